// Values of packet socket options: memberships (PACKET_MR_*), ring versions (TPACKET_*), fanout. See linux/if_packet.h.

/** Frames to one group's hardware address. */
export const PACKET_MR_MULTICAST = 0;
/** Every frame on the wire, whoever it is for. */
export const PACKET_MR_PROMISC = 1;
/** Frames to every group. */
export const PACKET_MR_ALLMULTI = 2;
/** Frames to one more hardware address than the device's own. */
export const PACKET_MR_UNICAST = 3;

/** What PACKET_ADD_MEMBERSHIP asks of a device, by name. Linux. */
export const packetMemberships = {
  PACKET_MR_MULTICAST,
  PACKET_MR_PROMISC,
  PACKET_MR_ALLMULTI,
  PACKET_MR_UNICAST,
} as const;

/** One frame a slot, with a header that differs between 32 and 64 bits. */
export const TPACKET_V1 = 0;
/** One frame a slot, nanoseconds, VLAN tags, the same header on every processor. */
export const TPACKET_V2 = 1;
/** Frames of any size packed into blocks, which are handed over whole or when their time is up. */
export const TPACKET_V3 = 2;

/** Layouts of the ring by name, for PACKET_VERSION. Linux. */
export const tpacketVersions = { TPACKET_V1, TPACKET_V2, TPACKET_V3 } as const;

/** The flow's hash is wanted with every frame (TPACKET_V3). */
export const TP_FT_REQ_FILL_RXHASH = 1;

/** Features of a TPACKET_V3 ring by name. Linux. */
export const ringFeatures = { TP_FT_REQ_FILL_RXHASH } as const;

/** By the flow: all packets of a connection go to one socket. */
export const PACKET_FANOUT_HASH = 0;
/** One socket after the other. */
export const PACKET_FANOUT_LB = 1;
/** By the processor that the packet arrived on. */
export const PACKET_FANOUT_CPU = 2;
/** One socket until it is full, then the next. */
export const PACKET_FANOUT_ROLLOVER = 3;
/** By chance. */
export const PACKET_FANOUT_RND = 4;
/** By the receive queue of the network card. */
export const PACKET_FANOUT_QM = 5;
/** By a classic BPF program, which PACKET_FANOUT_DATA brings. */
export const PACKET_FANOUT_CBPF = 6;
/** By an eBPF program, which PACKET_FANOUT_DATA brings. */
export const PACKET_FANOUT_EBPF = 7;

/** How a fanout group shares out packets, by name. Linux. */
export const fanoutModes = {
  PACKET_FANOUT_HASH,
  PACKET_FANOUT_LB,
  PACKET_FANOUT_CPU,
  PACKET_FANOUT_ROLLOVER,
  PACKET_FANOUT_RND,
  PACKET_FANOUT_QM,
  PACKET_FANOUT_CBPF,
  PACKET_FANOUT_EBPF,
} as const;

/** A packet whose socket is full goes to another one of the group. */
export const PACKET_FANOUT_FLAG_ROLLOVER = 0x1000;
/** The kernel chooses an id that no group has; give 0 as the id. */
export const PACKET_FANOUT_FLAG_UNIQUEID = 0x2000;
/** The group does not see what this machine sends (Linux 6.2). */
export const PACKET_FANOUT_FLAG_IGNORE_OUTGOING = 0x4000;
/** Fragments are put together first, so that all of a datagram goes to one socket. */
export const PACKET_FANOUT_FLAG_DEFRAG = 0x8000;

/** Flags of PACKET_FANOUT by name. Linux. */
export const fanoutFlags = {
  PACKET_FANOUT_FLAG_ROLLOVER,
  PACKET_FANOUT_FLAG_UNIQUEID,
  PACKET_FANOUT_FLAG_IGNORE_OUTGOING,
  PACKET_FANOUT_FLAG_DEFRAG,
} as const;
