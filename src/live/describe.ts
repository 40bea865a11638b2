// What one open socket is, by its descriptor alone: its kind, its state and its addresses.
import { SO_ACCEPTCONN, SO_PROTOCOL, SO_TYPE } from '../catalog/socket.ts';
import { TCP_INFO } from '../catalog/tcp.ts';
import { type SocketAddress, sockaddr } from '../codec/sockaddr.ts';
import { AF_UNIX, SOCK_RAW } from '../constants/families.ts';
import { nameOf } from '../kernel/socket.ts';
import type { Readable } from '../option.ts';
import { getsockopt } from '../sockopt.ts';
import { familyOf } from '../typed.ts';
import { isTcp, kindOf, type Sort, stateNames } from './sort.ts';

/** What the kernel tells of a socket. */
export interface Described {
  /** `tcp`, `tcp6`, `mptcp`, `udp`, `udp6`, `unix`, `unix-dgram`, `raw`, `netlink`, ...; `ip-50` by protocol. */
  readonly kind: string;
  /** A TCP state without its prefix (`ESTABLISHED`), or LISTEN, CONNECTED, BOUND, UNCONNECTED. */
  readonly state: string;
  readonly local?: SocketAddress;
  readonly remote?: SocketAddress;
}

const addresses = sockaddr();

function attempt<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch {
    return undefined;
  }
}

const read = <T>(fd: number, option: Readable<T>): T | undefined => attempt(() => getsockopt(fd, option));

const VSOCK_ANY = 0xffffffff;

/** Whether an address is of a place: a socket that is not bound has one too, of zeros. */
function isPlace(address: SocketAddress, raw: boolean): boolean {
  switch (address.family) {
    case 'inet':
    case 'inet6':
      // The port of a raw socket is its protocol.
      return (address.port !== 0 && !raw) || !/^(0\.0\.0\.0|::)$/.test(address.address);
    case 'unix':
      return address.path !== '';
    case 'netlink':
      return address.pid !== 0 || address.groups !== 0;
    case 'packet':
      return address.ifindex !== 0;
    case 'vsock':
      return address.port !== VSOCK_ANY;
    default:
      return true;
  }
}

function addressOf(fd: number, which: 'getsockname' | 'getpeername', [, type]: Sort): SocketAddress | undefined {
  const address = attempt(() => addresses.decode(nameOf(fd, which)));
  return address && isPlace(address, type === SOCK_RAW) ? address : undefined;
}

/** A TCP state, or one of the words for other protocols. */
function stateOf(fd: number, sort: Sort, bound: boolean, remote: boolean): string {
  const info = isTcp(sort) ? read(fd, TCP_INFO)?.state : undefined;
  const name = typeof info === 'number' ? stateNames.get(info) : undefined;
  if (name) return name;
  if (read(fd, SO_ACCEPTCONN) === true) return 'LISTEN';
  // A pair of unix sockets has no names, but peers.
  if (remote || (sort[0] === AF_UNIX && attempt(() => nameOf(fd, 'getpeername')))) return 'CONNECTED';
  return bound ? 'BOUND' : 'UNCONNECTED';
}

/** What socket(2) made it from; undefined where the descriptor is no socket, or closed by now. */
export function sortOf(fd: number): Sort | undefined {
  const domain = attempt(() => familyOf(fd));
  const type = read(fd, SO_TYPE);
  if (domain === undefined || domain < 0 || type === undefined) return undefined;
  return [domain, type as number, (read(fd, SO_PROTOCOL) as number | undefined) ?? 0];
}

/** What a socket of that sort is. */
export function describe(fd: number, sort: Sort): Described {
  const local = addressOf(fd, 'getsockname', sort);
  const remote = addressOf(fd, 'getpeername', sort);
  return {
    kind: kindOf(sort),
    state: stateOf(fd, sort, local !== undefined, remote !== undefined),
    ...(local && { local }),
    ...(remote && { remote }),
  };
}
