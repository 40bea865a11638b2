// Values of CAN sockets: bits of identifiers, classes of errors, flags of CAN XL, ISO-TP and J1939.

/** A CAN identifier of 29 bits; without it one of 11. */
export const CAN_EFF_FLAG = 0x80000000;
/** A request for data. */
export const CAN_RTR_FLAG = 0x40000000;
/** An error message of the controller, not a frame of the bus. */
export const CAN_ERR_FLAG = 0x20000000;
/** The bits of an identifier: standard, extended, and those of an error's class. */
export const CAN_SFF_MASK = 0x7ff;
export const CAN_EFF_MASK = 0x1fffffff;
export const CAN_ERR_MASK = 0x1fffffff;
/** In the identifier of a filter: it lets pass what does not match. */
export const CAN_INV_FILTER = 0x20000000;
/** The most filters of one socket. */
export const CAN_RAW_FILTER_MAX = 512;
/** Bytes of a classic CAN frame, and of a CAN FD frame, as sockets carry them. */
export const CAN_MTU = 16;
export const CANFD_MTU = 72;
/** CAN FD: the second part of the frame goes at the faster bit rate. */
export const CANFD_BRS = 1;
/** CAN FD: the sender is error passive. */
export const CANFD_ESI = 2;
/** CAN FD: marks a frame as CAN FD where both kinds share a struct. */
export const CANFD_FDF = 4;

/** Protocols of AF_CAN: the third argument of socket(2). */
export const CAN_RAW = 1;
export const CAN_BCM = 2;
export const CAN_ISOTP = 6;
export const CAN_J1939 = 7;

/** Classes of errors that a raw socket can ask for, by name. */
export const canErrorClasses = {
  CAN_ERR_TX_TIMEOUT: 0x1,
  CAN_ERR_LOSTARB: 0x2,
  CAN_ERR_CRTL: 0x4,
  CAN_ERR_PROT: 0x8,
  CAN_ERR_TRX: 0x10,
  CAN_ERR_ACK: 0x20,
  CAN_ERR_BUSOFF: 0x40,
  CAN_ERR_BUSERROR: 0x80,
  CAN_ERR_RESTARTED: 0x100,
  CAN_ERR_CNT: 0x200,
} as const;

/** CAN XL: the kernel writes the number of the virtual network into frames that are sent. */
export const CAN_RAW_XL_VCID_TX_SET = 1;
/** CAN XL: the program writes it. */
export const CAN_RAW_XL_VCID_TX_PASS = 2;
/** CAN XL: frames of other virtual networks are not received. */
export const CAN_RAW_XL_VCID_RX_FILTER = 4;

/** Flags of CAN_RAW_XL_VCID_OPTS by name. */
export const canVcidFlags = { CAN_RAW_XL_VCID_TX_SET, CAN_RAW_XL_VCID_TX_PASS, CAN_RAW_XL_VCID_RX_FILTER } as const;

/** How an ISO-TP socket behaves, by name. */
export const isotpFlags = {
  CAN_ISOTP_LISTEN_MODE: 0x1,
  CAN_ISOTP_EXTEND_ADDR: 0x2,
  CAN_ISOTP_TX_PADDING: 0x4,
  CAN_ISOTP_RX_PADDING: 0x8,
  CAN_ISOTP_CHK_PAD_LEN: 0x10,
  CAN_ISOTP_CHK_PAD_DATA: 0x20,
  CAN_ISOTP_HALF_DUPLEX: 0x40,
  CAN_ISOTP_FORCE_TXSTMIN: 0x80,
  CAN_ISOTP_FORCE_RXSTMIN: 0x100,
  CAN_ISOTP_RX_EXT_ADDR: 0x200,
  CAN_ISOTP_WAIT_TX_DONE: 0x400,
  CAN_ISOTP_SF_BROADCAST: 0x800,
  CAN_ISOTP_CF_BROADCAST: 0x1000,
  CAN_ISOTP_DYN_FC_PARMS: 0x2000,
} as const;
/** ISO-TP: a transmission time of 0 ns, where 0 means "as it is". */
export const CAN_ISOTP_FRAME_TXTIME_ZERO = 0xffffffff;

/** J1939: no name, no address (or all of them), no parameter group. */
export const J1939_NO_NAME = 0;
export const J1939_NO_ADDR = 0xff;
export const J1939_NO_PGN = 0x40000;
/** J1939: the address of a node that has lost its own. */
export const J1939_IDLE_ADDR = 0xfe;
/** The most filters of one J1939 socket. */
export const J1939_FILTER_MAX = 512;
