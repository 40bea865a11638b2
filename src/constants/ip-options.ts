// What IPv4 headers carry behind their fixed part: the options of RFC 791 and its successors. Source: netinet/ip.h, linux/ip.h.

/** Ends the list; one byte, without a length. */
export const IPOPT_EOL = 0;
/** Fills up to a boundary; one byte, without a length. */
export const IPOPT_NOP = 1;
/** Record route: every host on the way writes its address. */
export const IPOPT_RR = 7;
/** Time stamps of the hosts on the way. */
export const IPOPT_TS = 68;
/** Security label of RFC 1108. */
export const IPOPT_SEC = 130;
/** Loose source route: these hosts, with others between them. */
export const IPOPT_LSRR = 131;
/** Security label of CIPSO, the form of NetLabel. */
export const IPOPT_CIPSO = 134;
/** SATNET's stream identifier. */
export const IPOPT_SID = 136;
/** Strict source route: these hosts and no others. */
export const IPOPT_SSRR = 137;
/** Router alert (RFC 2113): routers shall look at the packet. */
export const IPOPT_RA = 148;

/** The first byte of an option by name. */
export const ipHeaderOptions = {
  IPOPT_EOL,
  IPOPT_NOP,
  IPOPT_RR,
  IPOPT_TS,
  IPOPT_SEC,
  IPOPT_LSRR,
  IPOPT_CIPSO,
  IPOPT_SID,
  IPOPT_SSRR,
  IPOPT_RA,
} as const;

/** In an IPOPT_TS: times alone, without addresses. */
export const IPOPT_TS_TSONLY = 0;
/** In an IPOPT_TS: each host writes its address and its time. */
export const IPOPT_TS_TSANDADDR = 1;
/** In an IPOPT_TS: the hosts whose addresses are there write their times. */
export const IPOPT_TS_PRESPEC = 3;

/** What the hosts on the way write into an IPOPT_TS, by name. */
export const ipTimestampFlags = { IPOPT_TS_TSONLY, IPOPT_TS_TSANDADDR, IPOPT_TS_PRESPEC } as const;
