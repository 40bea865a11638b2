// Address families (AF_*) and socket types (SOCK_*), with each system's own numbers.
import { onPlatform, type PerPlatform } from '../codec/abi.ts';

const inet6: PerPlatform<number> = { linux: 10, darwin: 30, freebsd: 28, windows: 23 };

export const AF_UNSPEC = 0;
export const AF_UNIX = 1;
/** The same as AF_UNIX, as POSIX once called it. */
export const AF_LOCAL = AF_UNIX;
export const AF_INET = 2;
export const AF_INET6: number = onPlatform(inet6) ?? 10;
/** Linux only, as are the families after it. */
export const AF_AX25 = 3;
export const AF_IPX = 4;
export const AF_NETROM = 6;
export const AF_ATMPVC = 8;
export const AF_X25 = 9;
export const AF_ROSE = 11;
export const AF_NETLINK = 16;
export const AF_PACKET = 17;
export const AF_ATMSVC = 20;
export const AF_RDS = 21;
export const AF_PPPOX = 24;
export const AF_LLC = 26;
export const AF_CAN = 29;
export const AF_TIPC = 30;
export const AF_BLUETOOTH = 31;
export const AF_IUCV = 32;
export const AF_RXRPC = 33;
export const AF_ISDN = 34;
export const AF_PHONET = 35;
export const AF_IEEE802154 = 36;
export const AF_CAIF = 37;
export const AF_ALG = 38;
export const AF_NFC = 39;
export const AF_VSOCK = 40;
export const AF_KCM = 41;
export const AF_QIPCRTR = 42;
export const AF_SMC = 43;
export const AF_XDP = 44;
export const AF_MCTP = 45;

/** Families by name, for the codec of SO_DOMAIN. */
export const families = {
  AF_UNSPEC,
  AF_UNIX,
  AF_INET,
  AF_INET6,
  AF_AX25,
  AF_IPX,
  AF_NETROM,
  AF_ATMPVC,
  AF_X25,
  AF_ROSE,
  AF_NETLINK,
  AF_PACKET,
  AF_ATMSVC,
  AF_RDS,
  AF_PPPOX,
  AF_LLC,
  AF_CAN,
  AF_TIPC,
  AF_BLUETOOTH,
  AF_IUCV,
  AF_RXRPC,
  AF_ISDN,
  AF_PHONET,
  AF_IEEE802154,
  AF_CAIF,
  AF_ALG,
  AF_NFC,
  AF_VSOCK,
  AF_KCM,
  AF_QIPCRTR,
  AF_SMC,
  AF_XDP,
  AF_MCTP,
} as const;

const mips = { 'linux-mips': 1 } as const;

export const SOCK_STREAM: number = onPlatform({ linux: 1, darwin: 1, freebsd: 1, windows: 1, 'linux-mips': 2 }) ?? 1;
export const SOCK_DGRAM: number = onPlatform({ linux: 2, darwin: 2, freebsd: 2, windows: 2, ...mips }) ?? 2;
export const SOCK_RAW = 3;
export const SOCK_RDM = 4;
export const SOCK_SEQPACKET = 5;
/** Linux only. */
export const SOCK_DCCP = 6;
/** Flags that socket(2) takes with the type (Linux, FreeBSD). */
export const SOCK_CLOEXEC: number = onPlatform({ linux: 0o2000000, freebsd: 0x10000000 }) ?? 0;
export const SOCK_NONBLOCK: number = onPlatform({ linux: 0o4000, freebsd: 0x20000000, 'linux-mips': 0o200 }) ?? 0;

/** Socket types by name, for the codec of SO_TYPE. */
export const socketTypes = { SOCK_STREAM, SOCK_DGRAM, SOCK_RAW, SOCK_RDM, SOCK_SEQPACKET, SOCK_DCCP } as const;
