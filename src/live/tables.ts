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
import { BOTH_FAMILIES, type Table } from '../kernel/sock-diag.ts';
import { COOKIE, InetSocket, inetSort, protocolOfRaw } from './inet.ts';
import { tableSockets } from './others.ts';
import type { Place } from './place.ts';
import type { LiveSocket } from './socket.ts';
import type { LiveProtocol, Sort } from './sort.ts';

/** One table, and what makes records of it. */
export interface SocketTable extends Table {
  readonly proto: LiveProtocol;
  /** Where its messages have the socket's cookie. */
  readonly cookieAt: number;
  record(place: Place, message: Message): LiveSocket;
}

function inet(proto: LiveProtocol, protocol: number): SocketTable[] {
  return [AF_INET, AF_INET6].map((family) => {
    const sort = inetSort(family, protocol);
    const record = (place: Place, message: Message): LiveSocket => new InetSocket(place, sort, message);
    return { proto, family, protocol, cookieAt: COOKIE, record };
  });
}

/** One table for all protocols of raw sockets: each has its own where others have a port. */
function raw(): SocketTable[] {
  return [AF_INET, AF_INET6].map((family) => ({
    proto: 'raw',
    family,
    protocol: IPPROTO_RAW,
    cookieAt: COOKIE,
    record: (place, message) => new InetSocket(place, [family, SOCK_RAW, protocolOfRaw(message)], message),
  }));
}

/** All protocols of netlink. */
const NETLINK_ALL = 255;

function other(proto: LiveProtocol, family: number, cookieAt: number, protocol = 0): SocketTable {
  const Record = tableSockets.get(family) as new (place: Place, message: Message) => LiveSocket;
  return { proto, family, protocol, cookieAt, record: (place, message) => new Record(place, message) };
}

/** Every table. A kernel may lack some: it is built without them, or their module may not be loaded. */
export const socketTables: readonly SocketTable[] = [
  ...inet('tcp', IPPROTO_TCP),
  ...inet('mptcp', IPPROTO_MPTCP),
  ...inet('udp', IPPROTO_UDP),
  ...inet('udplite', IPPROTO_UDPLITE),
  ...inet('sctp', IPPROTO_SCTP),
  ...raw(),
  other('unix', AF_UNIX, 8),
  other('netlink', AF_NETLINK, 20, NETLINK_ALL),
  other('packet', AF_PACKET, 8),
  other('vsock', AF_VSOCK, 24),
  other('xdp', AF_XDP, 8),
];

const tcpSorts = [AF_INET, AF_INET6].map((family) => inetSort(family, IPPROTO_TCP)) as [Sort, Sort];

/** TCP of both families: for who wants all of it. */
const allTcp: SocketTable = {
  proto: 'tcp',
  family: BOTH_FAMILIES,
  protocol: IPPROTO_TCP,
  cookieAt: COOKIE,
  record: (place, message) => {
    const family = message.piece.bytes[message.at];
    return new InetSocket(place, tcpSorts[family === AF_INET ? 0 : 1], message);
  },
};

/** The tables as they are best read from one end to the other. */
export const wholeTables: readonly SocketTable[] = [allTcp, ...socketTables.filter(({ proto }) => proto !== 'tcp')];
