// Values that DCCP options take and return: congestion controls, and how the send queue is emptied.

/** Congestion control like TCP's (RFC 4341). */
export const DCCPC_CCID2 = 2;
/** TCP-friendly rate control, for an even rate (RFC 4342). */
export const DCCPC_CCID3 = 3;

/** Congestion controls of DCCP by name. */
export const dccpCcids = { DCCPC_CCID2, DCCPC_CCID3 } as const;

/** In the order of sending. */
export const DCCPQ_POLICY_SIMPLE = 0;
/** By the priority that each packet was sent with; a full queue drops the lowest. */
export const DCCPQ_POLICY_PRIO = 1;

/** How the send queue is emptied, by name: DCCP_SOCKOPT_QPOLICY_ID. */
export const dccpQueuePolicies = { DCCPQ_POLICY_SIMPLE, DCCPQ_POLICY_PRIO } as const;
