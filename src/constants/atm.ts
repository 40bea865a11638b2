// Values of ATM's options: traffic classes, adaptation layers, and what a service access point says of its layers.

/** No traffic in this direction. */
export const ATM_NONE = 0;
/** Whatever is left over: no promise. */
export const ATM_UBR = 1;
/** A constant rate. */
export const ATM_CBR = 2;
/** A variable rate. */
export const ATM_VBR = 3;
/** The rate that the network has to spare, told by resource management cells. */
export const ATM_ABR = 4;
/** Whichever class the other side wants. */
export const ATM_ANYCLASS = 5;

/** Traffic classes by name: `traffic_class` of SO_ATMQOS. */
export const atmClasses = { ATM_NONE, ATM_UBR, ATM_CBR, ATM_VBR, ATM_ABR, ATM_ANYCLASS } as const;

/** Bare cells, without adaptation. */
export const ATM_AAL0 = 13;
export const ATM_AAL1 = 1;
export const ATM_AAL2 = 2;
export const ATM_AAL34 = 3;
/** Packets, as IP over ATM has them. */
export const ATM_AAL5 = 5;

/** Adaptation layers by name: `aal` of SO_ATMQOS. */
export const atmAals = { ATM_AAL0, ATM_AAL1, ATM_AAL2, ATM_AAL34, ATM_AAL5 } as const;

/** Protocols of layer 2 in SO_ATMSAP. */
export const atmL2Protocols = {
  ATM_L2_NONE: 0,
  ATM_L2_ISO1745: 0x01,
  ATM_L2_Q291: 0x02,
  ATM_L2_X25_LL: 0x06,
  ATM_L2_X25_ML: 0x07,
  ATM_L2_LAPB: 0x08,
  ATM_L2_HDLC_ARM: 0x09,
  ATM_L2_HDLC_NRM: 0x0a,
  ATM_L2_HDLC_ABM: 0x0b,
  ATM_L2_ISO8802: 0x0c,
  ATM_L2_X75: 0x0d,
  ATM_L2_Q922: 0x0e,
  ATM_L2_USER: 0x10,
  ATM_L2_ISO7776: 0x11,
} as const;

/** Protocols of layer 3 in SO_ATMSAP. */
export const atmL3Protocols = {
  ATM_L3_NONE: 0,
  ATM_L3_X25: 0x06,
  ATM_L3_ISO8208: 0x07,
  ATM_L3_X223: 0x08,
  ATM_L3_ISO8473: 0x09,
  ATM_L3_T70: 0x0a,
  ATM_L3_TR9577: 0x0b,
  ATM_L3_H310: 0x0c,
  ATM_L3_H321: 0x0d,
  ATM_L3_USER: 0x10,
} as const;

/** What `hl_info` of SO_ATMSAP is. */
export const atmHighLayers = {
  ATM_HL_NONE: 0,
  ATM_HL_ISO: 0x01,
  ATM_HL_USER: 0x02,
  ATM_HL_HLP: 0x03,
  ATM_HL_VENDOR: 0x04,
} as const;

/** Modes of operation in SO_ATMSAP. */
export const atmModes = {
  ATM_IMD_NONE: 0,
  ATM_IMD_NORMAL: 1,
  ATM_IMD_EXTENDED: 2,
} as const;

/** Terminal types of H.310 in SO_ATMSAP. */
export const atmTerminals = {
  ATM_TT_NONE: 0,
  ATM_TT_RX: 1,
  ATM_TT_TX: 2,
  ATM_TT_RXTX: 3,
} as const;

/** Multiplexing capabilities of H.310 in SO_ATMSAP. */
export const atmMultiplexing = {
  ATM_MC_NONE: 0,
  ATM_MC_TS: 1,
  ATM_MC_TS_FEC: 2,
  ATM_MC_PS: 3,
  ATM_MC_PS_FEC: 4,
  ATM_MC_H221: 5,
} as const;
