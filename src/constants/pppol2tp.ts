// Values of PPPoL2TP's options: what a session's debugging tells.

/** Everything that does not belong to one of the others. */
export const PPPOL2TP_MSG_DEBUG = 1;
/** Messages between the kernel and programs. */
export const PPPOL2TP_MSG_CONTROL = 2;
/** Sequence numbers. */
export const PPPOL2TP_MSG_SEQ = 4;
/** Data packets. */
export const PPPOL2TP_MSG_DATA = 8;

/** The flags of PPPOL2TP_SO_DEBUG by name. */
export const pppol2tpMessages = {
  PPPOL2TP_MSG_DEBUG,
  PPPOL2TP_MSG_CONTROL,
  PPPOL2TP_MSG_SEQ,
  PPPOL2TP_MSG_DATA,
} as const;
