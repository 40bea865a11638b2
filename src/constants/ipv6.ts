// Values that IPV6_* options and their structs take. Linux numbers: no other system has these names.

/** Fragment at the source and ignore path MTU discovery. */
export const IPV6_PMTUDISC_DONT = 0;
/** Follow the discovered path MTU; fragment at the source what is larger. */
export const IPV6_PMTUDISC_WANT = 1;
/** Never fragment: a packet above the path MTU fails with EMSGSIZE. */
export const IPV6_PMTUDISC_DO = 2;
/** Never fragment, and ignore the path MTU: for programs that probe it themselves. */
export const IPV6_PMTUDISC_PROBE = 3;
/** Use the interface's MTU only; ICMPv6 messages cannot shrink it. Larger packets are refused. */
export const IPV6_PMTUDISC_INTERFACE = 4;
/** As IPV6_PMTUDISC_INTERFACE, but packets above the interface's MTU may be fragmented. */
export const IPV6_PMTUDISC_OMIT = 5;

/** Modes of IPV6_MTU_DISCOVER by name. */
export const ipv6MtuDiscoveries = {
  IPV6_PMTUDISC_DONT,
  IPV6_PMTUDISC_WANT,
  IPV6_PMTUDISC_DO,
  IPV6_PMTUDISC_PROBE,
  IPV6_PMTUDISC_INTERFACE,
  IPV6_PMTUDISC_OMIT,
} as const;

/** Prefer a temporary (privacy) source address. RFC 5014, as are the ones after it. */
export const IPV6_PREFER_SRC_TMP = 0x0001;
/** Prefer a stable public source address. */
export const IPV6_PREFER_SRC_PUBLIC = 0x0002;
/** Prefer a care-of address: the one of the network where a mobile host is. */
export const IPV6_PREFER_SRC_COA = 0x0004;
/** Prefer a cryptographically generated address. */
export const IPV6_PREFER_SRC_CGA = 0x0008;
/** Leave the choice between temporary and public to the system (Linux's own bit). */
export const IPV6_PREFER_SRC_PUBTMP_DEFAULT = 0x0100;
/** Prefer the home address of a mobile host: the default. */
export const IPV6_PREFER_SRC_HOME = 0x0400;
/** Prefer an address that is not cryptographically generated. */
export const IPV6_PREFER_SRC_NONCGA = 0x0800;

/** Bits of IPV6_ADDR_PREFERENCES by name. */
export const ipv6SourcePreferences = {
  IPV6_PREFER_SRC_TMP,
  IPV6_PREFER_SRC_PUBLIC,
  IPV6_PREFER_SRC_COA,
  IPV6_PREFER_SRC_CGA,
  IPV6_PREFER_SRC_PUBTMP_DEFAULT,
  IPV6_PREFER_SRC_HOME,
  IPV6_PREFER_SRC_NONCGA,
} as const;

/** Lease a flow label, or look one up. */
export const IPV6_FL_A_GET = 0;
/** Give a flow label back. */
export const IPV6_FL_A_PUT = 1;
/** Extend a lease. */
export const IPV6_FL_A_RENEW = 2;

/** `action` of struct in6_flowlabel_req by name. */
export const flowlabelActions = { IPV6_FL_A_GET, IPV6_FL_A_PUT, IPV6_FL_A_RENEW } as const;

/** Make the label if nobody has it yet. */
export const IPV6_FL_F_CREATE = 1;
/** Together with CREATE: fail with EEXIST if somebody has it. */
export const IPV6_FL_F_EXCL = 2;
/** TCP: answer with the label that the peer sent. */
export const IPV6_FL_F_REFLECT = 4;
/** In a read: the label that the peer sent, not our own. */
export const IPV6_FL_F_REMOTE = 8;

/** `flags` of struct in6_flowlabel_req by name. */
export const flowlabelFlags = {
  IPV6_FL_F_CREATE,
  IPV6_FL_F_EXCL,
  IPV6_FL_F_REFLECT,
  IPV6_FL_F_REMOTE,
} as const;

/** No sharing was said. A label cannot be made with it. */
export const IPV6_FL_S_NONE = 0;
/** Only this socket may use the label. */
export const IPV6_FL_S_EXCL = 1;
/** Sockets of this process may. */
export const IPV6_FL_S_PROCESS = 2;
/** Sockets of this user may. */
export const IPV6_FL_S_USER = 3;
/** Every socket may. */
export const IPV6_FL_S_ANY = 255;

/** `share` of struct in6_flowlabel_req by name. */
export const flowlabelShares = {
  IPV6_FL_S_NONE,
  IPV6_FL_S_EXCL,
  IPV6_FL_S_PROCESS,
  IPV6_FL_S_USER,
  IPV6_FL_S_ANY,
} as const;

/** The 20 bits of a flow label in host order; `sin6_flowinfo` holds them in network order. */
export const IPV6_FLOWINFO_FLOWLABEL = 0x000fffff;
/** The 8 bits of the traffic class in the same word. */
export const IPV6_FLOWINFO_PRIORITY = 0x0ff00000;

/** Third byte of an IPV6_RTHDR value: source routing of old. Deprecated by RFC 5095, refused by Linux. */
export const IPV6_RTHDR_TYPE_0 = 0;
/** The same, as Linux's own headers call it. */
export const IPV6_SRCRT_TYPE_0 = IPV6_RTHDR_TYPE_0;
/** Mobile IPv6 (RFC 6275): needs a kernel built with it. */
export const IPV6_SRCRT_TYPE_2 = 2;
/** RPL source routes (RFC 6554). */
export const IPV6_SRCRT_TYPE_3 = 3;
/** Segment routing (RFC 8754). */
export const IPV6_SRCRT_TYPE_4 = 4;

/** First byte of an entry in an IPV6_HOPOPTS or IPV6_DSTOPTS value: one byte of padding. */
export const IPV6_TLV_PAD1 = 0;
/** Two bytes or more of padding. */
export const IPV6_TLV_PADN = 1;
/** Router alert (RFC 2711). */
export const IPV6_TLV_ROUTERALERT = 5;
/** CALIPSO security label (RFC 5570). */
export const IPV6_TLV_CALIPSO = 7;
/** In-situ measurement data (RFC 9486). */
export const IPV6_TLV_IOAM = 49;
/** Length of a jumbogram (RFC 2675). */
export const IPV6_TLV_JUMBO = 194;
/** Home address of a mobile host (RFC 6275). */
export const IPV6_TLV_HAO = 201;

/** What an entry in an IPV6_HOPOPTS or IPV6_DSTOPTS value is, by name. */
export const ipv6HeaderOptions = {
  IPV6_TLV_PAD1,
  IPV6_TLV_PADN,
  IPV6_TLV_ROUTERALERT,
  IPV6_TLV_CALIPSO,
  IPV6_TLV_IOAM,
  IPV6_TLV_JUMBO,
  IPV6_TLV_HAO,
} as const;

/** The kinds of routing headers by name. */
export const routingHeaderTypes = {
  IPV6_SRCRT_TYPE_0,
  IPV6_SRCRT_TYPE_2,
  IPV6_SRCRT_TYPE_3,
  IPV6_SRCRT_TYPE_4,
} as const;

/** The flags of a segment routing header (IPV6_SRCRT_TYPE_4). Source: linux/seg6.h. */
export const segmentRoutingFlags = {
  SR6_FLAG1_HMAC: 1 << 3,
  SR6_FLAG1_ALERT: 1 << 4,
  SR6_FLAG1_OAM: 1 << 5,
  SR6_FLAG1_PROTECTED: 1 << 6,
} as const;

/** What stands behind the segments of a segment routing header; 0 is one byte of padding. */
export const segmentRoutingTlvs = {
  SR6_TLV_PAD1: 0,
  SR6_TLV_INGRESS: 1,
  SR6_TLV_EGRESS: 2,
  SR6_TLV_OPAQUE: 3,
  SR6_TLV_PADDING: 4,
  SR6_TLV_HMAC: 5,
} as const;
