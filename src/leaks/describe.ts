// What one open socket is: its kind, its state, its addresses, and the options that are not at their defaults.
import { lookup } from '../catalog/index.ts';
import { SO_ACCEPTCONN, SO_BUF_LOCK, SO_PROTOCOL, SO_TYPE } from '../catalog/socket.ts';
import { TCP_INFO } from '../catalog/tcp.ts';
import { onPlatform } from '../codec/abi.ts';
import { type SocketAddress, sockaddr } from '../codec/sockaddr.ts';
import * as family from '../constants/families.ts';
import { IPPROTO_MPTCP, IPPROTO_TCP, IPPROTO_UDP } from '../constants/levels.ts';
import { tcpStates } from '../constants/tcp.ts';
import { nameOf } from '../kernel/socket.ts';
import type { AnyOption, Readable } from '../option.ts';
import { type Difference, diff, type Snapshot, snapshot } from '../snapshot.ts';
import { Socket } from '../socket/socket.ts';
import { getsockopt } from '../sockopt.ts';
import { familyOf } from '../typed.ts';

const { AF_INET, AF_INET6, AF_NETLINK, AF_PACKET, AF_UNIX, AF_VSOCK } = family;
const { SOCK_RAW, SOCK_SEQPACKET, SOCK_STREAM } = family;

/** An option of which the socket has not what a fresh one of its kind has. Values as text. */
export interface ChangedOption {
  readonly name: string;
  readonly value: string;
  readonly default: string;
}

/** What the kernel tells of a socket. */
export interface Described {
  /** `tcp`, `tcp6`, `mptcp`, `udp`, `udp6`, `unix`, `unix-dgram`, `raw`, `netlink`, ...; `ip-136` by protocol. */
  readonly kind: string;
  /** A TCP state without its prefix (`ESTABLISHED`), or LISTEN, CONNECTED, BOUND, UNCONNECTED. */
  readonly state: string;
  readonly local?: SocketAddress;
  readonly remote?: SocketAddress;
  readonly options: readonly ChangedOption[];
}

/** domain, type and protocol, as socket(2) takes them. */
type Sort = readonly [domain: number, type: number, protocol: number];

const addresses = sockaddr();

function attempt<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch {
    return undefined;
  }
}

const read = <T>(fd: number, option: Readable<T>): T | undefined => attempt(() => getsockopt(fd, option));

const domains = new Map([
  [AF_INET, ''],
  [AF_INET6, '6'],
]);
const families = new Map([
  [AF_UNIX, 'unix'],
  [AF_NETLINK, 'netlink'],
  [AF_PACKET, 'packet'],
  [AF_VSOCK, 'vsock'],
]);

// A datagram socket may also be one of ping or of UDP-Lite.
const transports = new Map([
  [IPPROTO_TCP, 'tcp'],
  [IPPROTO_MPTCP, 'mptcp'],
  [IPPROTO_UDP, 'udp'],
]);

function kindOf([domain, type, protocol]: Sort): string {
  const ip = domains.get(domain);
  const transport = type === SOCK_RAW ? 'raw' : transports.get(protocol);
  if (ip !== undefined) return transport ? `${transport}${ip}` : `ip${ip}-${protocol}`;
  const name = families.get(domain) ?? `family-${domain}`;
  if (domain !== AF_UNIX || type === SOCK_STREAM) return name;
  return `${name}-${type === SOCK_SEQPACKET ? 'seqpacket' : 'dgram'}`;
}

const isStream = ([domain, type]: Sort): boolean => domains.has(domain) && type === SOCK_STREAM;

const stateNames = new Map(Object.entries(tcpStates).map(([name, number]) => [number as number, name.slice(4)]));

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

function stateOf(fd: number, sort: Sort, bound: boolean, remote: boolean): string {
  const info = isStream(sort) ? read(fd, TCP_INFO)?.state : undefined;
  const name = typeof info === 'number' ? stateNames.get(info) : undefined;
  if (name) return name;
  if (read(fd, SO_ACCEPTCONN) === true) return 'LISTEN';
  // A pair of unix sockets has no names, but peers.
  if (remote || (sort[0] === AF_UNIX && attempt(() => nameOf(fd, 'getpeername')))) return 'CONNECTED';
  return bound ? 'BOUND' : 'UNCONNECTED';
}

/** What the kernel itself sets on a connection, or on the way to one: not what a program changed. */
const ofConnections = new Set(['TCP_MAXSEG', 'TCP_WINDOW_CLAMP', 'IPV6_ADDRFORM', 'IPV6_MTU']);
const always = new Set(['SO_INCOMING_CPU', 'SO_BUF_LOCK', 'TCP_TIMESTAMP']);
const buffers = new Map([
  ['SO_SNDBUF', 'SOCK_SNDBUF_LOCK'],
  ['SO_RCVBUF', 'SOCK_RCVBUF_LOCK'],
]);

function isChoice({ name, declaration, access }: AnyOption, fd: number, stream: boolean): boolean {
  if (access !== 'rw' || always.has(name)) return false;
  if (declaration.readback && onPlatform(declaration.readback) === 'volatile') return false;
  if (!stream) return true;
  if (ofConnections.has(name) || name.includes('MULTICAST')) return false;
  const lock = buffers.get(name);
  // Autotuning moves both; a set by the program locks them.
  return lock === undefined || (read(fd, SO_BUF_LOCK) as readonly string[] | undefined)?.includes(lock) === true;
}

/** Reads sockets, with what a fresh one of each kind has read once. */
export class Describer {
  readonly #fresh = new Map<string, Snapshot | undefined>();

  /** Undefined where the descriptor is no socket, or closed by now. */
  describe(fd: number): Described | undefined {
    const domain = attempt(() => familyOf(fd));
    const type = read(fd, SO_TYPE);
    if (domain === undefined || domain < 0 || type === undefined) return undefined;
    const sort: Sort = [domain, type as number, (read(fd, SO_PROTOCOL) as number | undefined) ?? 0];
    const local = addressOf(fd, 'getsockname', sort);
    const remote = addressOf(fd, 'getpeername', sort);
    return {
      kind: kindOf(sort),
      state: stateOf(fd, sort, local !== undefined, remote !== undefined),
      ...(local && { local }),
      ...(remote && { remote }),
      options: this.#changed(fd, sort),
    };
  }

  #changed(fd: number, sort: Sort): ChangedOption[] {
    const standard = this.#standard(sort);
    const own = standard && attempt(() => snapshot(fd));
    if (!standard || !own) return [];
    const stream = isStream(sort);
    // Where only one of both has the option, it is the state that differs.
    const both = ({ a, b }: Difference): boolean => a !== undefined && b !== undefined;
    return diff(standard, own)
      .filter((one) => both(one) && isChoice(lookup(one.name) as AnyOption, fd, stream))
      .map(({ name, a, b }) => ({ name, value: b as string, default: a as string }));
  }

  #standard(sort: Sort): Snapshot | undefined {
    const key = sort.join();
    if (!this.#fresh.has(key)) {
      this.#fresh.set(
        key,
        // Raw and packet sockets need a privilege that the process may have given up.
        attempt(() => {
          using socket = new Socket(...sort);
          return snapshot(socket);
        }),
      );
    }
    return this.#fresh.get(key);
  }
}
