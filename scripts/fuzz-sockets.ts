// The sockets, levels and names that the fuzz run uses, and what it leaves alone, each with the reason.
import {
  type FreshSocket,
  fresh,
  getsockopt,
  type Kind,
  kinds,
  options,
  SO_LINGER,
  SOL_SOCKET,
  setsockopt,
} from '../src/index.ts';

/** Ranges of option numbers that are never asked, by level number. `any` stands for both directions. */
const harmful: readonly { level: number; from: number; to: number; on: 'get' | 'set' | 'any'; why: string }[] = [
  {
    level: 0,
    from: 64,
    to: 127,
    on: 'any',
    why: 'iptables and arptables: replaces the firewall of the whole namespace',
  },
  { level: 41, from: 64, to: 79, on: 'any', why: 'ip6tables: replaces the firewall of the whole namespace' },
  { level: 0, from: 128, to: 159, on: 'any', why: 'ebtables: replaces the bridge firewall' },
  { level: 0, from: 200, to: 219, on: 'any', why: 'multicast routing: becomes the router of the namespace' },
  { level: 41, from: 200, to: 219, on: 'any', why: 'IPv6 multicast routing: becomes the router of the namespace' },
  { level: 0, from: 1152, to: 1279, on: 'any', why: 'IPVS: changes the load balancer of the namespace' },
  {
    level: 0,
    from: 41,
    to: 41,
    on: 'get',
    why: 'IP_MSFILTER: the kernel writes as many sources as the buffer claims, past its end',
  },
  { level: 0, from: 48, to: 48, on: 'get', why: 'MCAST_MSFILTER: the same' },
  { level: 41, from: 48, to: 48, on: 'get', why: 'MCAST_MSFILTER: the same' },
  {
    level: 6,
    from: 35,
    to: 35,
    on: 'any',
    why: 'TCP_ZEROCOPY_RECEIVE: the kernel writes to addresses inside of the bytes',
  },
  { level: 6, from: 13, to: 13, on: 'set', why: 'TCP_CONGESTION: an unknown name starts modprobe, a process a call' },
  { level: 6, from: 31, to: 31, on: 'set', why: 'TCP_ULP: an unknown name starts modprobe, a process a call' },
  { level: 1, from: 77, to: 77, on: 'get', why: 'SO_PEERPIDFD: each read opens a descriptor' },
  { level: 263, from: 5, to: 5, on: 'set', why: 'PACKET_RX_RING: maps up to all memory' },
  { level: 263, from: 13, to: 13, on: 'set', why: 'PACKET_TX_RING: maps up to all memory' },
];

/** Set where the run is in a network namespace of its own. */
export const inNamespace = process.env.SOCKCTL_FUZZ_NAMESPACE !== undefined;

const groups = 'joining a multicast group tells the network, where the run has no network namespace of its own';
const all = inNamespace
  ? harmful
  : [
      ...harmful,
      { level: 0, from: 35, to: 48, on: 'set', why: groups } as const,
      { level: 41, from: 20, to: 48, on: 'set', why: groups } as const,
    ];

/** What this run leaves alone. */
export const leftOut: typeof harmful = all;

/** True where the call is left out. */
export function isHarmful(level: number, name: number, direction: 'get' | 'set'): boolean {
  return all.some(
    ({ level: l, from, to, on }) => l === level && name >= from && name <= to && (on === 'any' || on === direction),
  );
}

/** Kinds that can be made here: vsock and mptcp may be missing, raw and packet need CAP_NET_RAW. */
export function availableKinds(): Kind[] {
  return kinds.filter((kind) => {
    try {
      fresh(kind).close();
      return true;
    } catch {
      return false;
    }
  });
}

const noLinger = new Uint8Array([1, 0, 0, 0, 0, 0, 0, 0]);

/** Closes at once: a random SO_LINGER would make close(2) wait. */
export function closeNow(socket: FreshSocket): void {
  try {
    setsockopt(socket.fd, SOL_SOCKET, SO_LINGER, noLinger);
    getsockopt(socket.fd, SOL_SOCKET, SO_LINGER);
  } finally {
    socket.close();
  }
}

/** Level numbers worth trying: those of the catalogue, those of other families, and nonsense. */
export const levels: readonly number[] = [
  0, 1, 6, 17, 41, 58, 255, 262, 263, 270, 279, 282, 284, 40, 47, 136, -1, 0x7fffffff,
];

/** The catalogue's own pairs: half of the calls go where the kernel has code. */
export const known: readonly (readonly [number, number])[] = options
  .filter(({ number, levelNumber }) => number >= 0 && levelNumber >= 0)
  .map(({ number, levelNumber }) => [levelNumber, number] as const);
