// Values of multicast routing: flags of virtual interfaces, what MRT_FLUSH removes.

/** IPv4: a virtual interface is a tunnel (IPIP) to the remote address. */
export const VIFF_TUNNEL = 0x1;
/** Never implemented. */
export const VIFF_SRCRT = 0x2;
/** The virtual interface of PIM, which hands whole packets to the routing program. */
export const VIFF_REGISTER = 0x4;
/** The interface is given by its index, not by its address. */
export const VIFF_USE_IFINDEX = 0x8;

/** Flags of an IPv4 virtual interface by name. */
export const vifFlags = { VIFF_TUNNEL, VIFF_SRCRT, VIFF_REGISTER, VIFF_USE_IFINDEX } as const;

/** IPv6: the virtual interface of PIM. */
export const MIFF_REGISTER = 0x1;

/** Flags of an IPv6 virtual interface by name. */
export const mifFlags = { MIFF_REGISTER } as const;

/** MRT_FLUSH: entries that the routing program got by itself. */
export const MRT_FLUSH_MFC = 1;
/** MRT_FLUSH: entries that somebody else added (`ip mroute`, another socket). */
export const MRT_FLUSH_MFC_STATIC = 2;
/** MRT_FLUSH: virtual interfaces that the routing program added. */
export const MRT_FLUSH_VIFS = 4;
/** MRT_FLUSH: virtual interfaces that somebody else added. */
export const MRT_FLUSH_VIFS_STATIC = 8;

/** What MRT_FLUSH removes, by name. */
export const mrtFlushFlags = {
  MRT_FLUSH_MFC,
  MRT_FLUSH_MFC_STATIC,
  MRT_FLUSH_VIFS,
  MRT_FLUSH_VIFS_STATIC,
} as const;

/** The same for IPv6. */
export const MRT6_FLUSH_MFC = 1;
export const MRT6_FLUSH_MFC_STATIC = 2;
export const MRT6_FLUSH_MIFS = 4;
export const MRT6_FLUSH_MIFS_STATIC = 8;

/** What MRT6_FLUSH removes, by name. */
export const mrt6FlushFlags = {
  MRT6_FLUSH_MFC,
  MRT6_FLUSH_MFC_STATIC,
  MRT6_FLUSH_MIFS,
  MRT6_FLUSH_MIFS_STATIC,
} as const;

/** The most virtual interfaces of one table, IPv4 and IPv6. */
export const MAXVIFS = 32;
export const MAXMIFS = 32;

/** What MRT_PIM takes instead of 1: whole packets also where they come in on the wrong interface. */
export const IGMPMSG_WRVIFWHOLE = 4;
/** The same for MRT6_PIM. */
export const MRT6MSG_WRMIFWHOLE = 4;
