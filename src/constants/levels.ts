// Levels (SOL_*, IPPROTO_*): where an option lives, with each system's own numbers.
import { type Abi, hostAbi, onPlatform, type PerPlatform } from '../codec/abi.ts';
import { AF_INET, AF_INET6 } from './families.ts';

const everywhere = (n: number): PerPlatform<number> => ({ linux: n, darwin: n, freebsd: n, windows: n });

/** Level numbers per system. A level that a system lacks has no entry there. */
export const levelTable = {
  SOL_SOCKET: { linux: 1, 'linux-mips': 0xffff, darwin: 0xffff, freebsd: 0xffff, windows: 0xffff },
  SOL_IP: everywhere(0),
  SOL_TCP: everywhere(6),
  SOL_UDP: everywhere(17),
  SOL_IPV6: everywhere(41),
  SOL_MPTCP: { linux: 284 },
} as const satisfies Record<string, PerPlatform<number>>;

/** The C name of a level that the catalogue has options at. */
export type LevelName = keyof typeof levelTable;

/** The number of a level on one system, or undefined where it does not exist. */
export function levelNumber(level: LevelName, abi: Abi = hostAbi): number | undefined {
  return onPlatform(levelTable[level] as PerPlatform<number>, abi);
}

/**
 * Families whose sockets have a level. Level numbers collide between families (6 is TCP, and L2CAP on a
 * Bluetooth socket), so a level is only asked of the families that it belongs to. SOL_SOCKET: all.
 */
export const levelFamilies: Readonly<Partial<Record<LevelName, readonly number[]>>> = {
  SOL_IP: [AF_INET, AF_INET6],
  SOL_TCP: [AF_INET, AF_INET6],
  SOL_UDP: [AF_INET, AF_INET6],
  SOL_IPV6: [AF_INET, AF_INET6],
  SOL_MPTCP: [AF_INET, AF_INET6],
};

export const SOL_SOCKET: number = levelNumber('SOL_SOCKET') ?? 1;
export const SOL_IP = 0;
export const SOL_TCP = 6;
export const SOL_UDP = 17;
export const SOL_IPV6 = 41;
/** Linux only, as are the levels after it. */
export const SOL_MPTCP = 284;
export const SOL_RAW = 255;
export const SOL_ICMPV6 = 58;
export const SOL_PACKET = 263;
export const SOL_NETLINK = 270;
export const SOL_TLS = 282;
export const SOL_XDP = 283;
export const SOL_ALG = 279;
export const SOL_BLUETOOTH = 274;
export const SOL_SCTP = 132;
export const SOL_UDPLITE = 136;

/** Protocols: the third argument of socket(2), and levels as POSIX names them. */
export const IPPROTO_IP = 0;
export const IPPROTO_ICMP = 1;
export const IPPROTO_IGMP = 2;
export const IPPROTO_TCP = 6;
export const IPPROTO_UDP = 17;
export const IPPROTO_IPV6 = 41;
export const IPPROTO_GRE = 47;
export const IPPROTO_ESP = 50;
export const IPPROTO_AH = 51;
export const IPPROTO_ICMPV6 = 58;
export const IPPROTO_SCTP = 132;
export const IPPROTO_UDPLITE = 136;
export const IPPROTO_RAW = 255;
/** Linux only: Multipath TCP. */
export const IPPROTO_MPTCP = 262;

/** Protocols by name, for the codec of SO_PROTOCOL. */
export const protocols = {
  IPPROTO_IP,
  IPPROTO_ICMP,
  IPPROTO_IGMP,
  IPPROTO_TCP,
  IPPROTO_UDP,
  IPPROTO_IPV6,
  IPPROTO_GRE,
  IPPROTO_ESP,
  IPPROTO_AH,
  IPPROTO_ICMPV6,
  IPPROTO_SCTP,
  IPPROTO_UDPLITE,
  IPPROTO_RAW,
  IPPROTO_MPTCP,
} as const;
