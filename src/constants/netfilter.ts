// Values of netfilter's tables: hooks, verdicts, flags of rules, operations of SO_IP_SET.

/** Verdicts of netfilter. A rule's target holds `-verdict - 1`. */
export const NF_DROP = 0;
export const NF_ACCEPT = 1;
export const NF_STOLEN = 2;
export const NF_QUEUE = 3;
export const NF_REPEAT = 4;
export const NF_STOP = 5;

/** What the standard target of iptables and arptables does, as its field `verdict` has it; from 0 on it is a jump. */
export const xtVerdicts = { drop: -1, accept: -2, queue: -4, return: -5 } as const;

/** The hooks of IPv4 and IPv6 that a table has chains for, as the bits of `valid_hooks`. */
export const inetHookBits = {
  NF_INET_PRE_ROUTING: 1,
  NF_INET_LOCAL_IN: 2,
  NF_INET_FORWARD: 4,
  NF_INET_LOCAL_OUT: 8,
  NF_INET_POST_ROUTING: 16,
} as const;

/** The same for ARP. */
export const arpHookBits = { NF_ARP_IN: 1, NF_ARP_OUT: 2, NF_ARP_FORWARD: 4 } as const;

/** The same for bridges. */
export const bridgeHookBits = {
  NF_BR_PRE_ROUTING: 1,
  NF_BR_LOCAL_IN: 2,
  NF_BR_FORWARD: 4,
  NF_BR_LOCAL_OUT: 8,
  NF_BR_POST_ROUTING: 16,
  NF_BR_BROUTING: 32,
} as const;

/** Flags of an IPv4 rule: only fragments after the first; the jump does not come back. */
export const iptFlags = { IPT_F_FRAG: 1, IPT_F_GOTO: 2 } as const;

/** What an IPv4 rule turns round: it matches where this does not. */
export const iptInverted = {
  IPT_INV_VIA_IN: 0x01,
  IPT_INV_VIA_OUT: 0x02,
  IPT_INV_TOS: 0x04,
  IPT_INV_SRCIP: 0x08,
  IPT_INV_DSTIP: 0x10,
  IPT_INV_FRAG: 0x20,
  IPT_INV_PROTO: 0x40,
} as const;

/** Flags of an IPv6 rule: it looks at the protocol, at the traffic class; the jump does not come back. */
export const ip6tFlags = { IP6T_F_PROTO: 1, IP6T_F_TOS: 2, IP6T_F_GOTO: 4 } as const;

/** What an IPv6 rule turns round. */
export const ip6tInverted = {
  IP6T_INV_VIA_IN: 0x01,
  IP6T_INV_VIA_OUT: 0x02,
  IP6T_INV_TOS: 0x04,
  IP6T_INV_SRCIP: 0x08,
  IP6T_INV_DSTIP: 0x10,
  IP6T_INV_FRAG: 0x20,
  IP6T_INV_PROTO: 0x40,
} as const;

/** What an ARP rule turns round. */
export const arptInverted = {
  ARPT_INV_VIA_IN: 0x0001,
  ARPT_INV_VIA_OUT: 0x0002,
  ARPT_INV_SRCIP: 0x0004,
  ARPT_INV_TGTIP: 0x0008,
  ARPT_INV_SRCDEVADDR: 0x0010,
  ARPT_INV_TGTDEVADDR: 0x0020,
  ARPT_INV_ARPOP: 0x0040,
  ARPT_INV_ARPHRD: 0x0080,
  ARPT_INV_ARPPRO: 0x0100,
  ARPT_INV_ARPHLN: 0x0200,
} as const;

/** SO_IP_SET: the index of a set that has a name. */
export const IP_SET_OP_GET_BYNAME = 0x6;
/** SO_IP_SET: the name of the set that has an index. */
export const IP_SET_OP_GET_BYINDEX = 0x7;
/** SO_IP_SET: the index and the family of a set that has a name. */
export const IP_SET_OP_GET_FNAME = 0x8;
/** SO_IP_SET: the version of the protocol that the kernel speaks. */
export const IP_SET_OP_VERSION = 0x100;
/** The index that stands for no set. */
export const IPSET_INVALID_ID = 65535;
