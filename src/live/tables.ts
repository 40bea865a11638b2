// Which tables of the kernel hold the sockets of a protocol, and how a message of each becomes a record.
import {
  AF_INET,
  AF_INET6,
  AF_NETLINK,
  AF_PACKET,
  AF_UNIX,
  AF_VSOCK,
  AF_XDP,
  SOCK_RAW,
} from '../constants/families.ts';
import {
  IPPROTO_MPTCP,
  IPPROTO_RAW,
  IPPROTO_SCTP,
  IPPROTO_TCP,
  IPPROTO_UDP,
  IPPROTO_UDPLITE,
} from '../constants/levels.ts';
import type { Message } from '../kernel/netlink.ts';
import type { Table } from '../kernel/sock-diag.ts';
import { InetSocket, inetSort } from './inet.ts';
import { tableSockets } from './others.ts';
import type { Place } from './place.ts';
import type { LiveSocket } from './socket.ts';
import type { LiveProtocol, Sort } from './sort.ts';

/** One table, and what makes records of it. */
export interface SocketTable extends Table {
  readonly proto: LiveProtocol;
  record(place: Place, message: Message): LiveSocket;
}

function inet(proto: LiveProtocol, protocol: number, type?: number): SocketTable[] {
  return [AF_INET, AF_INET6].map((family) => {
    const sort: Sort = type === undefined ? inetSort(family, protocol) : [family, type, protocol];
    return { proto, family, protocol, record: (place, message) => new InetSocket(place, sort, message) };
  });
}

/** All protocols of netlink. */
const NETLINK_ALL = 255;

function other(proto: LiveProtocol, family: number, protocol = 0): SocketTable {
  const Record = tableSockets.get(family) as new (place: Place, message: Message) => LiveSocket;
  return { proto, family, protocol, record: (place, message) => new Record(place, message) };
}

/** Every table. A kernel may lack some: it is built without them, or their module may not be loaded. */
export const socketTables: readonly SocketTable[] = [
  ...inet('tcp', IPPROTO_TCP),
  ...inet('mptcp', IPPROTO_MPTCP),
  ...inet('udp', IPPROTO_UDP),
  ...inet('udplite', IPPROTO_UDPLITE),
  ...inet('sctp', IPPROTO_SCTP),
  ...inet('raw', IPPROTO_RAW, SOCK_RAW),
  other('unix', AF_UNIX),
  other('netlink', AF_NETLINK, NETLINK_ALL),
  other('packet', AF_PACKET),
  other('vsock', AF_VSOCK),
  other('xdp', AF_XDP),
];
