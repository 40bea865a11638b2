// Values of TIPC: importance of messages, scopes, flags of groups.

/** Messages that go first where there is too much of them: from low to critical. */
export const TIPC_LOW_IMPORTANCE = 0;
export const TIPC_MEDIUM_IMPORTANCE = 1;
export const TIPC_HIGH_IMPORTANCE = 2;
export const TIPC_CRITICAL_IMPORTANCE = 3;

/** Importance by name. */
export const tipcImportance = {
  TIPC_LOW_IMPORTANCE,
  TIPC_MEDIUM_IMPORTANCE,
  TIPC_HIGH_IMPORTANCE,
  TIPC_CRITICAL_IMPORTANCE,
} as const;

/** Who can see a member: the whole cluster, or this node. */
export const TIPC_CLUSTER_SCOPE = 2;
export const TIPC_NODE_SCOPE = 3;

/** Scopes by name. */
export const tipcScopes = { TIPC_CLUSTER_SCOPE, TIPC_NODE_SCOPE } as const;

/** A member of a group also receives what it sends, where it is among the receivers. */
export const TIPC_GROUP_LOOPBACK = 1;
/** A member of a group receives a message when another one joins or leaves. */
export const TIPC_GROUP_MEMBER_EVTS = 2;

/** Flags of TIPC_GROUP_JOIN by name. */
export const tipcGroupFlags = { TIPC_GROUP_LOOPBACK, TIPC_GROUP_MEMBER_EVTS } as const;
