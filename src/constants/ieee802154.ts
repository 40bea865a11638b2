// Values of the options of IEEE 802.15.4 sockets: whether and how frames are secured. Only the kernel's header has them.

/** What the interface is set to. */
export const WPAN_SECURITY_DEFAULT = 0;
/** Frames go out in the clear. */
export const WPAN_SECURITY_OFF = 1;
/** Frames are secured. */
export const WPAN_SECURITY_ON = 2;

/** The values of WPAN_SECURITY by name. */
export const wpanSecurities = { WPAN_SECURITY_DEFAULT, WPAN_SECURITY_OFF, WPAN_SECURITY_ON } as const;

/** What the interface is set to. */
export const WPAN_SECURITY_LEVEL_DEFAULT = -1;

/** The values of WPAN_SECURITY_LEVEL by name: the standard's security levels, and the interface's own. */
export const wpanSecurityLevels = {
  WPAN_SECURITY_LEVEL_DEFAULT,
  IEEE802154_SCF_SECLEVEL_NONE: 0,
  IEEE802154_SCF_SECLEVEL_MIC32: 1,
  IEEE802154_SCF_SECLEVEL_MIC64: 2,
  IEEE802154_SCF_SECLEVEL_MIC128: 3,
  IEEE802154_SCF_SECLEVEL_ENC: 4,
  IEEE802154_SCF_SECLEVEL_ENC_MIC32: 5,
  IEEE802154_SCF_SECLEVEL_ENC_MIC64: 6,
  IEEE802154_SCF_SECLEVEL_ENC_MIC128: 7,
} as const;
