// Values of IP Virtual Server: flags of services and of destinations, states of the synchronisation daemons.

/** The same client goes to the same server, until the timeout. */
export const IP_VS_SVC_F_PERSISTENT = 0x1;
/** The kernel's own: the service is in its table. */
export const IP_VS_SVC_F_HASHED = 0x2;
/** Every UDP packet is scheduled by itself. */
export const IP_VS_SVC_F_ONEPACKET = 0x4;
/** Flags whose meaning the scheduler gives them; sh: fall back to another server, hash the port as well. */
export const IP_VS_SVC_F_SCHED1 = 0x8;
export const IP_VS_SVC_F_SCHED2 = 0x10;
export const IP_VS_SVC_F_SCHED3 = 0x20;

/** Flags of a service by name. */
export const ipvsServiceFlags = {
  IP_VS_SVC_F_PERSISTENT,
  IP_VS_SVC_F_HASHED,
  IP_VS_SVC_F_ONEPACKET,
  IP_VS_SVC_F_SCHED1,
  IP_VS_SVC_F_SCHED2,
  IP_VS_SVC_F_SCHED3,
} as const;

/** How packets reach the server: with a rewritten address. */
export const IP_VS_CONN_F_MASQ = 0;
/** The server is this host. */
export const IP_VS_CONN_F_LOCALNODE = 1;
/** In a tunnel. */
export const IP_VS_CONN_F_TUNNEL = 2;
/** With the hardware address of the server, which has the virtual address as well. */
export const IP_VS_CONN_F_DROUTE = 3;
/** Past the balancer, to where the packet was sent. */
export const IP_VS_CONN_F_BYPASS = 4;

/**
 * How a destination is reached (the lower three bits, one of the five), and flags. IP_VS_CONN_F_DROUTE has the bits of
 * two others, so it stands before them.
 */
export const ipvsConnectionFlags = {
  IP_VS_CONN_F_MASQ,
  IP_VS_CONN_F_DROUTE,
  IP_VS_CONN_F_LOCALNODE,
  IP_VS_CONN_F_TUNNEL,
  IP_VS_CONN_F_BYPASS,
  IP_VS_CONN_F_SYNC: 0x20,
  IP_VS_CONN_F_HASHED: 0x40,
  IP_VS_CONN_F_NOOUTPUT: 0x80,
  IP_VS_CONN_F_INACTIVE: 0x100,
  IP_VS_CONN_F_OUT_SEQ: 0x200,
  IP_VS_CONN_F_IN_SEQ: 0x400,
  IP_VS_CONN_F_NO_CPORT: 0x800,
  IP_VS_CONN_F_TEMPLATE: 0x1000,
  IP_VS_CONN_F_ONE_PACKET: 0x2000,
  IP_VS_CONN_F_NFCT: 0x10000,
} as const;

/** The synchronisation daemon: not running, sends to the backups, receives from the master. */
export const IP_VS_STATE_NONE = 0;
export const IP_VS_STATE_MASTER = 1;
export const IP_VS_STATE_BACKUP = 2;

/** States of the synchronisation daemon by name. */
export const ipvsStates = { IP_VS_STATE_NONE, IP_VS_STATE_MASTER, IP_VS_STATE_BACKUP } as const;
