// Values of CAIF's options: which of several links to the modem to take.

export const CAIF_LINK_HIGH_BANDW = 0;
export const CAIF_LINK_LOW_LATENCY = 1;

/** The values of CAIFSO_LINK_SELECT by name. */
export const caifLinks = { CAIF_LINK_HIGH_BANDW, CAIF_LINK_LOW_LATENCY } as const;
