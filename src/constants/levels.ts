// Levels (SOL_*, IPPROTO_*): where an option lives, with each system's own numbers, and which sockets have it.
import { type Abi, hostAbi, onPlatform, type PerPlatform } from '../codec/abi.ts';
import * as af from './families.ts';

const everywhere = (n: number): PerPlatform<number> => ({ linux: n, darwin: n, freebsd: n, windows: n });

/** Level numbers per system, in the catalogue's order. A level that a system lacks has no entry there. */
export const levelTable = {
  SOL_SOCKET: {
    linux: 1,
    'linux-mips': 0xffff,
    'linux-alpha': 0xffff,
    'linux-hppa': 0xffff,
    'linux-sparc': 0xffff,
    darwin: 0xffff,
    freebsd: 0xffff,
    windows: 0xffff,
  },
  SOL_TCP: everywhere(6),
  SOL_UDP: everywhere(17),
  SOL_IP: everywhere(0),
  SOL_IPV6: everywhere(41),
  SOL_MPTCP: { linux: 284 },
  SOL_TLS: { linux: 282 },
  SOL_RAW: { linux: 255 },
  SOL_ICMPV6: { linux: 58, darwin: 58, freebsd: 58, windows: 58 },
  SOL_UDPLITE: { linux: 136, freebsd: 136 },
  SOL_SCTP: { linux: 132, freebsd: 132 },
  SOL_DCCP: { linux: 269 },
  /** Level 0, on sockets of AF_LOCAL. */
  SOL_LOCAL: { darwin: 0, freebsd: 0 },
  SOL_PACKET: { linux: 263 },
  SOL_NETLINK: { linux: 270 },
  /** The family's number serves as the level. */
  AF_VSOCK: { linux: 40 },
  SOL_XDP: { linux: 283 },
  SOL_ALG: { linux: 279 },
  SOL_KCM: { linux: 281 },
  SOL_SMC: { linux: 286 },
  SOL_TIPC: { linux: 271 },
  SOL_RDS: { linux: 276 },
  SOL_CAN_RAW: { linux: 101 },
  SOL_CAN_ISOTP: { linux: 106 },
  SOL_CAN_J1939: { linux: 107 },
  SOL_BLUETOOTH: { linux: 274 },
  SOL_HCI: { linux: 0 },
  SOL_L2CAP: { linux: 6 },
  SOL_SCO: { linux: 17 },
  SOL_RFCOMM: { linux: 18, windows: 3 },
  SOL_RXRPC: { linux: 272 },
  SOL_PPPOL2TP: { linux: 273 },
  SOL_NFC: { linux: 280 },
  SOL_PNPIPE: { linux: 275 },
  SOL_LLC: { linux: 268 },
  SOL_ATM: { linux: 264 },
  SOL_MCTP: { linux: 285 },
  SOL_IEEE802154: { linux: 0 },
  SOL_MISDN: { linux: 0 },
  SOL_IUCV: { linux: 277 },
  SOL_CAIF: { linux: 278 },
  SOL_X25: { linux: 262 },
  SOL_AX25: { linux: 257 },
  SOL_NETROM: { linux: 259 },
  SOL_ROSE: { linux: 260 },
  SOL_IPX: { linux: 256 },
} as const satisfies Record<string, PerPlatform<number>>;

/** The C name of a level that the catalogue has options at. */
export type LevelName = keyof typeof levelTable;

/** The number of a level on one system, or undefined where it does not exist. */
export function levelNumber(level: LevelName, abi: Abi = hostAbi): number | undefined {
  return onPlatform(levelTable[level] as PerPlatform<number>, abi);
}

const inet = [af.AF_INET, af.AF_INET6];

/**
 * Families whose sockets have a level. Level numbers collide between families (6 is TCP, and L2CAP on a
 * Bluetooth socket), so a level is only asked of the families that it belongs to. SOL_SOCKET: all.
 */
export const levelFamilies: Readonly<Partial<Record<LevelName, readonly number[]>>> = {
  SOL_TCP: [...inet, af.AF_SMC],
  SOL_UDP: inet,
  SOL_IP: [...inet, af.AF_SMC],
  SOL_IPV6: [af.AF_INET6, af.AF_SMC],
  SOL_MPTCP: inet,
  SOL_TLS: inet,
  SOL_RAW: [af.AF_INET],
  SOL_ICMPV6: [af.AF_INET6],
  SOL_UDPLITE: inet,
  SOL_SCTP: inet,
  SOL_DCCP: inet,
  SOL_LOCAL: [af.AF_UNIX],
  SOL_PACKET: [af.AF_PACKET],
  SOL_NETLINK: [af.AF_NETLINK],
  AF_VSOCK: [af.AF_VSOCK],
  SOL_XDP: [af.AF_XDP],
  SOL_ALG: [af.AF_ALG],
  SOL_KCM: [af.AF_KCM],
  SOL_SMC: [af.AF_SMC],
  SOL_TIPC: [af.AF_TIPC],
  SOL_RDS: [af.AF_RDS],
  SOL_CAN_RAW: [af.AF_CAN],
  SOL_CAN_ISOTP: [af.AF_CAN],
  SOL_CAN_J1939: [af.AF_CAN],
  SOL_BLUETOOTH: [af.AF_BLUETOOTH],
  SOL_HCI: [af.AF_BLUETOOTH],
  SOL_L2CAP: [af.AF_BLUETOOTH],
  SOL_SCO: [af.AF_BLUETOOTH],
  SOL_RFCOMM: [af.AF_BLUETOOTH],
  SOL_RXRPC: [af.AF_RXRPC],
  SOL_PPPOL2TP: [af.AF_PPPOX],
  SOL_NFC: [af.AF_NFC],
  SOL_PNPIPE: [af.AF_PHONET],
  SOL_LLC: [af.AF_LLC],
  SOL_ATM: [af.AF_ATMPVC, af.AF_ATMSVC],
  SOL_MCTP: [af.AF_MCTP],
  SOL_IEEE802154: [af.AF_IEEE802154],
  SOL_MISDN: [af.AF_ISDN],
  SOL_IUCV: [af.AF_IUCV],
  SOL_CAIF: [af.AF_CAIF],
  SOL_X25: [af.AF_X25],
  SOL_AX25: [af.AF_AX25],
  SOL_NETROM: [af.AF_NETROM],
  SOL_ROSE: [af.AF_ROSE],
  SOL_IPX: [af.AF_IPX],
};

/** Of a family with several protocols, those that have a level, as SO_PROTOCOL tells them. Other levels: all. */
export const levelProtocols: Readonly<Partial<Record<LevelName, readonly number[]>>> = {
  // SMC keeps the options of TCP on the TCP socket below; its own protocol numbers are 0 and 1 (IPv6), and IPPROTO_SMC
  // (256) of AF_INET and AF_INET6.
  SOL_TCP: [6, 262, 0, 1, 256],
  SOL_UDP: [17, 136],
  SOL_MPTCP: [262],
  SOL_TLS: [6, 262],
  SOL_RAW: [1],
  SOL_ICMPV6: [58],
  SOL_UDPLITE: [136],
  SOL_SCTP: [132],
  SOL_DCCP: [33],
  // The kernel does not note the protocol of CAN sockets: SO_PROTOCOL reads 0 on all of them.
  SOL_CAN_RAW: [0, 1],
  SOL_CAN_ISOTP: [0, 6],
  SOL_CAN_J1939: [0, 7],
  SOL_HCI: [1],
  SOL_L2CAP: [0],
  SOL_SCO: [2],
  SOL_RFCOMM: [3],
};

/**
 * Whether sockets of a family and protocol have a level. What is not known (undefined) is taken to be right:
 * darwin tells neither.
 */
export function levelServes(level: LevelName, family: number | undefined, protocol?: number): boolean {
  const families = levelFamilies[level];
  if (families === undefined || family === undefined) return true;
  if (!families.includes(family)) return false;
  const protocols = levelProtocols[level];
  return protocols === undefined || protocol === undefined || protocols.includes(protocol);
}

export const SOL_SOCKET: number = levelNumber('SOL_SOCKET') ?? 1;
export const SOL_IP = 0;
export const SOL_TCP = 6;
export const SOL_UDP = 17;
export const SOL_RFCOMM = 18;
export const SOL_IPV6 = 41;
export const SOL_ICMPV6 = 58;
/** Linux only, as are the levels after it (SCTP and UDP-Lite: FreeBSD too). */
export const SOL_CAN_RAW = 101;
export const SOL_CAN_ISOTP = 106;
export const SOL_CAN_J1939 = 107;
export const SOL_SCTP = 132;
export const SOL_UDPLITE = 136;
export const SOL_RAW = 255;
export const SOL_IPX = 256;
export const SOL_AX25 = 257;
export const SOL_NETROM = 259;
export const SOL_ROSE = 260;
export const SOL_X25 = 262;
export const SOL_PACKET = 263;
export const SOL_ATM = 264;
export const SOL_LLC = 268;
export const SOL_DCCP = 269;
export const SOL_NETLINK = 270;
export const SOL_TIPC = 271;
export const SOL_RXRPC = 272;
export const SOL_PPPOL2TP = 273;
export const SOL_BLUETOOTH = 274;
export const SOL_PNPIPE = 275;
export const SOL_RDS = 276;
export const SOL_IUCV = 277;
export const SOL_CAIF = 278;
export const SOL_ALG = 279;
export const SOL_NFC = 280;
export const SOL_KCM = 281;
export const SOL_TLS = 282;
export const SOL_XDP = 283;
export const SOL_MPTCP = 284;
export const SOL_MCTP = 285;
export const SOL_SMC = 286;
/** Levels whose number another level has as well: which one is meant, the socket's family and protocol say. */
export const SOL_HCI = 0;
export const SOL_L2CAP = 6;
export const SOL_SCO = 17;
export const SOL_IEEE802154 = 0;
export const SOL_MISDN = 0;
/** macOS and FreeBSD. */
export const SOL_LOCAL = 0;
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
