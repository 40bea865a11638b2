// IPsec policies in the form of PF_KEY, as KAME's stack has them. Source: linux/ipsec.h, netipsec/ipsec.h.

/** What becomes of the packets. */
export const ipsecPolicies = {
  IPSEC_POLICY_DISCARD: 0,
  IPSEC_POLICY_NONE: 1,
  IPSEC_POLICY_IPSEC: 2,
  IPSEC_POLICY_ENTRUST: 3,
  IPSEC_POLICY_BYPASS: 4,
} as const;

/** Which packets a policy is for. */
export const ipsecDirections = {
  IPSEC_DIR_ANY: 0,
  IPSEC_DIR_INBOUND: 1,
  IPSEC_DIR_OUTBOUND: 2,
  IPSEC_DIR_FWD: 3,
} as const;

export const ipsecModes = {
  IPSEC_MODE_ANY: 0,
  IPSEC_MODE_TRANSPORT: 1,
  IPSEC_MODE_TUNNEL: 2,
  IPSEC_MODE_BEET: 3,
} as const;

/** Whether packets may go without the transformation, and which association it takes. */
export const ipsecLevels = {
  IPSEC_LEVEL_DEFAULT: 0,
  IPSEC_LEVEL_USE: 1,
  IPSEC_LEVEL_REQUIRE: 2,
  IPSEC_LEVEL_UNIQUE: 3,
} as const;
