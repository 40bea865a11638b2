// IPsec policies of sockets: directions, actions, modes. Source: linux/xfrm.h.

/** Which packets a policy is for. A socket has one of each of the first two. */
export const xfrmDirections = { XFRM_POLICY_IN: 0, XFRM_POLICY_OUT: 1, XFRM_POLICY_FWD: 2 } as const;

/** What becomes of the packets that a policy is for. */
export const xfrmActions = { XFRM_POLICY_ALLOW: 0, XFRM_POLICY_BLOCK: 1 } as const;

export const xfrmPolicyFlags = { XFRM_POLICY_LOCALOK: 1, XFRM_POLICY_ICMP: 2 } as const;

/** Who may use one security association. */
export const xfrmShares = {
  XFRM_SHARE_ANY: 0,
  XFRM_SHARE_SESSION: 1,
  XFRM_SHARE_USER: 2,
  XFRM_SHARE_UNIQUE: 3,
} as const;

export const xfrmModes = {
  XFRM_MODE_TRANSPORT: 0,
  XFRM_MODE_TUNNEL: 1,
  XFRM_MODE_ROUTEOPTIMIZATION: 2,
  XFRM_MODE_IN_TRIGGER: 3,
  XFRM_MODE_BEET: 4,
} as const;
