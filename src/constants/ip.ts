// Values that IPv4 options take: traffic classes (IPTOS_*), path MTU discovery, multicast filters, addresses.
import { onPlatform } from '../codec/abi.ts';

/** DSCP "expedited forwarding" (RFC 3246): voice and other traffic that must not wait. */
export const IPTOS_DSCP_EF = 0xb8;
/** DSCP "voice admit" (RFC 5865): like EF, for calls that passed admission control. */
export const IPTOS_DSCP_VA = 0xb0;
/** DSCP "lower effort" (RFC 8622): bulk traffic that gives way to everything else. */
export const IPTOS_DSCP_LE = 0x04;

/** DSCP "assured forwarding" (RFC 2597): class 1 to 4, then drop precedence 1 (kept longest) to 3. */
export const IPTOS_DSCP_AF11 = 0x28;
export const IPTOS_DSCP_AF12 = 0x30;
export const IPTOS_DSCP_AF13 = 0x38;
export const IPTOS_DSCP_AF21 = 0x48;
export const IPTOS_DSCP_AF22 = 0x50;
export const IPTOS_DSCP_AF23 = 0x58;
export const IPTOS_DSCP_AF31 = 0x68;
export const IPTOS_DSCP_AF32 = 0x70;
export const IPTOS_DSCP_AF33 = 0x78;
export const IPTOS_DSCP_AF41 = 0x88;
export const IPTOS_DSCP_AF42 = 0x90;
export const IPTOS_DSCP_AF43 = 0x98;
/** The six DSCP bits of the traffic class byte. */
export const IPTOS_DSCP_MASK = 0xfc;

/** DSCP class selectors (RFC 2474): the old IP precedence 0 to 7 in the upper three bits. */
export const IPTOS_CLASS_CS0 = 0x00;
export const IPTOS_CLASS_CS1 = 0x20;
export const IPTOS_CLASS_CS2 = 0x40;
export const IPTOS_CLASS_CS3 = 0x60;
export const IPTOS_CLASS_CS4 = 0x80;
export const IPTOS_CLASS_CS5 = 0xa0;
export const IPTOS_CLASS_CS6 = 0xc0;
export const IPTOS_CLASS_CS7 = 0xe0;
/** Best effort: what a socket sends unless told otherwise. */
export const IPTOS_CLASS_DEFAULT = IPTOS_CLASS_CS0;
export const IPTOS_CLASS_MASK = 0xe0;

/** The byte's meaning before DSCP (RFC 1349): Linux still maps these bits to SO_PRIORITY. */
export const IPTOS_LOWDELAY = 0x10;
export const IPTOS_THROUGHPUT = 0x08;
export const IPTOS_RELIABILITY = 0x04;
/** Now one of the two ECN bits, so no longer of use. */
export const IPTOS_LOWCOST = 0x02;
export const IPTOS_MINCOST = IPTOS_LOWCOST;
export const IPTOS_TOS_MASK = 0x1e;

/** IP precedence (RFC 791): the class selectors under their first names. */
export const IPTOS_PREC_ROUTINE = IPTOS_CLASS_CS0;
export const IPTOS_PREC_PRIORITY = IPTOS_CLASS_CS1;
export const IPTOS_PREC_IMMEDIATE = IPTOS_CLASS_CS2;
export const IPTOS_PREC_FLASH = IPTOS_CLASS_CS3;
export const IPTOS_PREC_FLASHOVERRIDE = IPTOS_CLASS_CS4;
export const IPTOS_PREC_CRITIC_ECP = IPTOS_CLASS_CS5;
export const IPTOS_PREC_INTERNETCONTROL = IPTOS_CLASS_CS6;
export const IPTOS_PREC_NETCONTROL = IPTOS_CLASS_CS7;
export const IPTOS_PREC_MASK = IPTOS_CLASS_MASK;

/** Explicit congestion notification (RFC 3168): the lower two bits of the byte. */
export const IPTOS_ECN_NOT_ECT = 0x00;
export const IPTOS_ECN_ECT1 = 0x01;
export const IPTOS_ECN_ECT0 = 0x02;
export const IPTOS_ECN_CE = 0x03;
export const IPTOS_ECN_MASK = 0x03;

/**
 * The short names that people use for traffic classes, for the text of IP_TOS and IPV6_TCLASS: `ef`, `af41`, `cs1`.
 * 0 has no word, so that it is written as 0; where two words have one value, the first is written.
 */
export const trafficClassWords = {
  ef: IPTOS_DSCP_EF,
  va: IPTOS_DSCP_VA,
  af11: IPTOS_DSCP_AF11,
  af12: IPTOS_DSCP_AF12,
  af13: IPTOS_DSCP_AF13,
  af21: IPTOS_DSCP_AF21,
  af22: IPTOS_DSCP_AF22,
  af23: IPTOS_DSCP_AF23,
  af31: IPTOS_DSCP_AF31,
  af32: IPTOS_DSCP_AF32,
  af33: IPTOS_DSCP_AF33,
  af41: IPTOS_DSCP_AF41,
  af42: IPTOS_DSCP_AF42,
  af43: IPTOS_DSCP_AF43,
  cs1: IPTOS_CLASS_CS1,
  cs2: IPTOS_CLASS_CS2,
  cs3: IPTOS_CLASS_CS3,
  cs4: IPTOS_CLASS_CS4,
  cs5: IPTOS_CLASS_CS5,
  cs6: IPTOS_CLASS_CS6,
  cs7: IPTOS_CLASS_CS7,
  le: IPTOS_DSCP_LE,
  lowdelay: IPTOS_LOWDELAY,
  throughput: IPTOS_THROUGHPUT,
  reliability: IPTOS_RELIABILITY,
} as const;

/** Never set the "don't fragment" bit: packets above the MTU are cut by this host or by a router. */
export const IP_PMTUDISC_DONT: number = onPlatform({ linux: 0, windows: 2 }) ?? 0;
/** Follow the route's setting: discover the path MTU, and fragment where a datagram does not fit. */
export const IP_PMTUDISC_WANT: number = onPlatform({ linux: 1, windows: 0 }) ?? 1;
/** Always set the "don't fragment" bit: a datagram above the path MTU fails with EMSGSIZE. */
export const IP_PMTUDISC_DO: number = onPlatform({ linux: 2, windows: 1 }) ?? 2;
/** Set the bit, but disregard the path MTU known so far: for programs that probe it themselves. */
export const IP_PMTUDISC_PROBE = 3;
/** Linux only: never set the bit, use the interface's MTU, and disregard what ICMP says of the path. */
export const IP_PMTUDISC_INTERFACE = 4;
/** Linux only: like INTERFACE, but a datagram above the interface's MTU is fragmented rather than refused. */
export const IP_PMTUDISC_OMIT = 5;

/** Path MTU discovery by name, for IP_MTU_DISCOVER. */
export const pathMtuDiscovery = {
  IP_PMTUDISC_DONT,
  IP_PMTUDISC_WANT,
  IP_PMTUDISC_DO,
  IP_PMTUDISC_PROBE,
  IP_PMTUDISC_INTERFACE,
  IP_PMTUDISC_OMIT,
} as const;

/** A source filter that lists whom not to hear (IP_MSFILTER, MCAST_MSFILTER). */
export const MCAST_EXCLUDE: number = onPlatform({ linux: 0, darwin: 2, freebsd: 2, windows: 1 }) ?? 0;
/** A source filter that lists whom to hear, and nobody else. */
export const MCAST_INCLUDE: number = onPlatform({ linux: 1, darwin: 1, freebsd: 1, windows: 0 }) ?? 1;

/** The two modes of a multicast source filter by name. */
export const multicastFilterModes = { MCAST_EXCLUDE, MCAST_INCLUDE } as const;

/** What a socket starts with: multicast stays on the local network, and comes back to this host's own members. */
export const IP_DEFAULT_MULTICAST_TTL = 1;
export const IP_DEFAULT_MULTICAST_LOOP = 1;

/** IPv4 addresses as C has them: unsigned numbers in host byte order. */
export const INADDR_ANY = 0x00000000;
export const INADDR_BROADCAST = 0xffffffff;
export const INADDR_LOOPBACK = 0x7f000001;
/** What inet_addr(3) returns for text that is no address; the same number as the broadcast address. */
export const INADDR_NONE = 0xffffffff;
/** 192.0.0.8, the source of ICMP errors from a host without an IPv4 address (RFC 7600). */
export const INADDR_DUMMY = 0xc0000008;
/** 224.0.0.0, the first multicast address. */
export const INADDR_UNSPEC_GROUP = 0xe0000000;
/** 224.0.0.1, every host of the local network. */
export const INADDR_ALLHOSTS_GROUP = 0xe0000001;
/** 224.0.0.2, every router of the local network. */
export const INADDR_ALLRTRS_GROUP = 0xe0000002;
/** 224.0.0.106, every device that snoops on multicast membership. */
export const INADDR_ALLSNOOPERS_GROUP = 0xe000006a;
/** 224.0.0.255, the last group that no router forwards. */
export const INADDR_MAX_LOCAL_GROUP = 0xe00000ff;
