// Values that SCTP options take and return: ids of associations, states, policies, events, flags, chunks (RFC 6458).
import { hostAbi } from '../codec/abi.ts';

/** Names that Linux and FreeBSD have with numbers of their own. */
interface PerSystem<Name extends string> {
  readonly linux: Readonly<Record<Name, number>>;
  readonly freebsd: Readonly<Record<Name, number>>;
}

/** The number of a name on the system that this code runs on. */
function here<Name extends string>(tables: PerSystem<Name>, name: Name): number {
  return tables[hostAbi.os === 'freebsd' ? 'freebsd' : 'linux'][name];
}

/** Instead of an association's id: those that come later. Id 0, so it is what is meant where none is given. */
export const SCTP_FUTURE_ASSOC = 0;
/** Instead of an association's id: all that the socket has now. */
export const SCTP_CURRENT_ASSOC = 1;
/** Instead of an association's id: all that the socket has, and those that come later. */
export const SCTP_ALL_ASSOC = 2;

/** States of an association by name: `state` of SCTP_STATUS. */
export const sctpStates = {
  linux: {
    SCTP_EMPTY: 0,
    SCTP_CLOSED: 1,
    SCTP_COOKIE_WAIT: 2,
    SCTP_COOKIE_ECHOED: 3,
    SCTP_ESTABLISHED: 4,
    SCTP_SHUTDOWN_PENDING: 5,
    SCTP_SHUTDOWN_SENT: 6,
    SCTP_SHUTDOWN_RECEIVED: 7,
    SCTP_SHUTDOWN_ACK_SENT: 8,
  },
  freebsd: {
    SCTP_CLOSED: 0,
    SCTP_COOKIE_WAIT: 2,
    SCTP_COOKIE_ECHOED: 4,
    SCTP_ESTABLISHED: 8,
    SCTP_SHUTDOWN_SENT: 0x10,
    SCTP_SHUTDOWN_RECEIVED: 0x20,
    SCTP_SHUTDOWN_ACK_SENT: 0x40,
    SCTP_SHUTDOWN_PENDING: 0x80,
    SCTP_BOUND: 0x1000,
    SCTP_LISTEN: 0x2000,
  },
} as const;

/** The association is up: data flows. */
export const SCTP_ESTABLISHED: number = here(sctpStates, 'SCTP_ESTABLISHED');
/** There is no association. */
export const SCTP_CLOSED: number = here(sctpStates, 'SCTP_CLOSED');

/** States of a path by name: `state` of SCTP_GET_PEER_ADDR_INFO. */
export const sctpPathStates = {
  linux: { SCTP_INACTIVE: 0, SCTP_PF: 1, SCTP_ACTIVE: 2, SCTP_UNCONFIRMED: 3, SCTP_UNKNOWN: 0xffff },
  freebsd: { SCTP_ACTIVE: 1, SCTP_INACTIVE: 2, SCTP_UNCONFIRMED: 0x200 },
} as const;

/** The address answers, and carries data. */
export const SCTP_ACTIVE: number = here(sctpPathStates, 'SCTP_ACTIVE');
/** The address does not answer any more. */
export const SCTP_INACTIVE: number = here(sctpPathStates, 'SCTP_INACTIVE');
/** The peer named the address, and it has not answered a heartbeat yet. */
export const SCTP_UNCONFIRMED: number = here(sctpPathStates, 'SCTP_UNCONFIRMED');

/** Policies of partial reliability by name (RFC 3758, RFC 7496): when a message is given up. */
export const sctpPrPolicies = {
  linux: { SCTP_PR_SCTP_NONE: 0, SCTP_PR_SCTP_TTL: 0x10, SCTP_PR_SCTP_RTX: 0x20, SCTP_PR_SCTP_PRIO: 0x30 },
  freebsd: { SCTP_PR_SCTP_NONE: 0, SCTP_PR_SCTP_TTL: 1, SCTP_PR_SCTP_PRIO: 2, SCTP_PR_SCTP_RTX: 3 },
} as const;

/** Never: the message is sent until it arrives. */
export const SCTP_PR_SCTP_NONE = 0;
/** After so many milliseconds. */
export const SCTP_PR_SCTP_TTL: number = here(sctpPrPolicies, 'SCTP_PR_SCTP_TTL');
/** After so many retransmissions. */
export const SCTP_PR_SCTP_RTX: number = here(sctpPrPolicies, 'SCTP_PR_SCTP_RTX');
/** When a message of a higher priority needs the room. */
export const SCTP_PR_SCTP_PRIO: number = here(sctpPrPolicies, 'SCTP_PR_SCTP_PRIO');

/** Policies that statistics are asked for: one of them, or all together. */
export const sctpPrStatusPolicies = {
  linux: { ...sctpPrPolicies.linux, SCTP_PR_SCTP_ALL: 0x80 },
  freebsd: { ...sctpPrPolicies.freebsd, SCTP_PR_SCTP_ALL: 0x0f },
} as const;

/** All policies together, in statistics. */
export const SCTP_PR_SCTP_ALL: number = here(sctpPrStatusPolicies, 'SCTP_PR_SCTP_ALL');

/** How a message is sent, by name: `flags` of SCTP_DEFAULT_SNDINFO and SCTP_DEFAULT_SEND_PARAM. */
export const sctpSendFlags = {
  linux: {
    SCTP_UNORDERED: 1,
    SCTP_ADDR_OVER: 2,
    SCTP_ABORT: 4,
    SCTP_SACK_IMMEDIATELY: 8,
    // Before its own bits: a policy is one number in two bits.
    SCTP_PR_SCTP_PRIO: 0x30,
    SCTP_PR_SCTP_TTL: 0x10,
    SCTP_PR_SCTP_RTX: 0x20,
    SCTP_SENDALL: 0x40,
    SCTP_PR_SCTP_ALL: 0x80,
    SCTP_EOF: 0x200,
    SCTP_NOTIFICATION: 0x8000,
  },
  freebsd: {
    SCTP_PR_SCTP_RTX: 3,
    SCTP_PR_SCTP_TTL: 1,
    SCTP_PR_SCTP_PRIO: 2,
    SCTP_NOTIFICATION: 0x10,
    SCTP_COMPLETE: 0x20,
    SCTP_EOF: 0x100,
    SCTP_ABORT: 0x200,
    SCTP_UNORDERED: 0x400,
    SCTP_ADDR_OVER: 0x800,
    SCTP_SENDALL: 0x1000,
    SCTP_EOR: 0x2000,
    SCTP_SACK_IMMEDIATELY: 0x4000,
  },
} as const;

/** Deliver it as soon as it is there, whatever comes before it. */
export const SCTP_UNORDERED: number = here(sctpSendFlags, 'SCTP_UNORDERED');
/** Send it to the address that the call names, not to the primary one. */
export const SCTP_ADDR_OVER: number = here(sctpSendFlags, 'SCTP_ADDR_OVER');
/** End the association at once. */
export const SCTP_ABORT: number = here(sctpSendFlags, 'SCTP_ABORT');
/** End the association when everything has arrived. */
export const SCTP_EOF: number = here(sctpSendFlags, 'SCTP_EOF');
/** Ask the peer to acknowledge without delay (RFC 7053). */
export const SCTP_SACK_IMMEDIATELY: number = here(sctpSendFlags, 'SCTP_SACK_IMMEDIATELY');

/** Notifications by name: `type` of SCTP_EVENT. */
export const sctpEvents = {
  linux: {
    SCTP_DATA_IO_EVENT: 0x8000,
    SCTP_ASSOC_CHANGE: 0x8001,
    SCTP_PEER_ADDR_CHANGE: 0x8002,
    SCTP_SEND_FAILED: 0x8003,
    SCTP_REMOTE_ERROR: 0x8004,
    SCTP_SHUTDOWN_EVENT: 0x8005,
    SCTP_PARTIAL_DELIVERY_EVENT: 0x8006,
    SCTP_ADAPTATION_INDICATION: 0x8007,
    SCTP_AUTHENTICATION_EVENT: 0x8008,
    SCTP_SENDER_DRY_EVENT: 0x8009,
    SCTP_STREAM_RESET_EVENT: 0x800a,
    SCTP_ASSOC_RESET_EVENT: 0x800b,
    SCTP_STREAM_CHANGE_EVENT: 0x800c,
    SCTP_SEND_FAILED_EVENT: 0x800d,
  },
  freebsd: {
    SCTP_ASSOC_CHANGE: 1,
    SCTP_PEER_ADDR_CHANGE: 2,
    SCTP_REMOTE_ERROR: 3,
    SCTP_SEND_FAILED: 4,
    SCTP_SHUTDOWN_EVENT: 5,
    SCTP_ADAPTATION_INDICATION: 6,
    SCTP_PARTIAL_DELIVERY_EVENT: 7,
    SCTP_AUTHENTICATION_EVENT: 8,
    SCTP_STREAM_RESET_EVENT: 9,
    SCTP_SENDER_DRY_EVENT: 10,
    SCTP_ASSOC_RESET_EVENT: 12,
    SCTP_STREAM_CHANGE_EVENT: 13,
    SCTP_SEND_FAILED_EVENT: 14,
  },
} as const;

/** Heartbeats on: `hbinterval` counts. */
export const SPP_HB_ENABLE = 1;
/** Heartbeats off. */
export const SPP_HB_DISABLE = 2;
/** Send a heartbeat now. */
export const SPP_HB_DEMAND = 4;
/** Find out the path's MTU. */
export const SPP_PMTUD_ENABLE = 8;
/** Do not find out the path's MTU: `pathmtu` counts. */
export const SPP_PMTUD_DISABLE = 0x10;
/** Delayed acknowledgements on: `sackdelay` counts. Linux. */
export const SPP_SACKDELAY_ENABLE = 0x20;
/** Delayed acknowledgements off. Linux. */
export const SPP_SACKDELAY_DISABLE = 0x40;
/** A heartbeat interval of 0 is meant, and not "leave it". */
export const SPP_HB_TIME_IS_ZERO = 0x80;
/** `ipv6_flowlabel` counts. */
export const SPP_IPV6_FLOWLABEL = 0x100;
/** `dscp` counts. */
export const SPP_DSCP = 0x200;

/** What a set of SCTP_PEER_ADDR_PARAMS changes, by name. */
export const sctpPathFlags = {
  SPP_HB_ENABLE,
  SPP_HB_DISABLE,
  SPP_HB_DEMAND,
  SPP_PMTUD_ENABLE,
  SPP_PMTUD_DISABLE,
  SPP_SACKDELAY_ENABLE,
  SPP_SACKDELAY_DISABLE,
  SPP_HB_TIME_IS_ZERO,
  SPP_IPV6_FLOWLABEL,
  SPP_DSCP,
} as const;

/** The peer may have streams set back to number 0. */
export const SCTP_ENABLE_RESET_STREAM_REQ = 1;
/** The peer may have the whole association set back. */
export const SCTP_ENABLE_RESET_ASSOC_REQ = 2;
/** The peer may add streams. */
export const SCTP_ENABLE_CHANGE_ASSOC_REQ = 4;

/** What the peer may ask for (RFC 6525), by name. */
export const sctpResetRequests = {
  SCTP_ENABLE_RESET_STREAM_REQ,
  SCTP_ENABLE_RESET_ASSOC_REQ,
  SCTP_ENABLE_CHANGE_ASSOC_REQ,
} as const;

/** The streams on which this side receives. */
export const SCTP_STREAM_RESET_INCOMING = 1;
/** The streams on which this side sends. */
export const SCTP_STREAM_RESET_OUTGOING = 2;

/** Which streams SCTP_RESET_STREAMS sets back, by name. */
export const sctpResetDirections = { SCTP_STREAM_RESET_INCOMING, SCTP_STREAM_RESET_OUTGOING } as const;

/** In the order of sending. */
export const SCTP_SS_FCFS = 0;
/** The stream with the lowest number in SCTP_STREAM_SCHEDULER_VALUE first. */
export const SCTP_SS_PRIO = 1;
/** One message of each stream in turn. */
export const SCTP_SS_RR = 2;

/** Which stream sends next, by name: SCTP_STREAM_SCHEDULER. */
export const sctpSchedulers = { SCTP_SS_FCFS, SCTP_SS_PRIO, SCTP_SS_RR } as const;

/** The first algorithm of RFC 4895, which everybody has. */
export const SCTP_AUTH_HMAC_ID_SHA1 = 1;
export const SCTP_AUTH_HMAC_ID_SHA256 = 3;

/** Algorithms that sign chunks, by name: SCTP_HMAC_IDENT. */
export const sctpHmacs = { SCTP_AUTH_HMAC_ID_SHA1, SCTP_AUTH_HMAC_ID_SHA256 } as const;

/** Whether programs are told of paths that may have failed, by name: SCTP_EXPOSE_POTENTIALLY_FAILED_STATE. */
export const sctpPfExpose = { unset: 0, disable: 1, enable: 2 } as const;

/** Types of chunks, as their RFCs call them (9260; 4895, 5061, 6525, 4820, 3758, 8260). */
export const sctpChunks = {
  DATA: 0,
  INIT: 1,
  INIT_ACK: 2,
  SACK: 3,
  HEARTBEAT: 4,
  HEARTBEAT_ACK: 5,
  ABORT: 6,
  SHUTDOWN: 7,
  SHUTDOWN_ACK: 8,
  ERROR: 9,
  COOKIE_ECHO: 10,
  COOKIE_ACK: 11,
  ECNE: 12,
  CWR: 13,
  SHUTDOWN_COMPLETE: 14,
  AUTH: 15,
  I_DATA: 64,
  ASCONF_ACK: 128,
  RE_CONFIG: 130,
  PAD: 132,
  FORWARD_TSN: 192,
  ASCONF: 193,
  I_FORWARD_TSN: 194,
} as const;
