// Values that TCP and MPTCP options take and return: states, congestion states, repair, flags, header options.

/** Connected: data flows in both directions. */
export const TCP_ESTABLISHED = 1;
/** A connect is under way: the SYN was sent. */
export const TCP_SYN_SENT = 2;
/** The peer's SYN arrived, its last ACK not yet. */
export const TCP_SYN_RECV = 3;
/** Closed here; the FIN is not acknowledged yet. */
export const TCP_FIN_WAIT1 = 4;
/** Closed here and acknowledged; the peer may still send. */
export const TCP_FIN_WAIT2 = 5;
/** Closed on both sides; waits for stray segments to die out. */
export const TCP_TIME_WAIT = 6;
/** Not connected. */
export const TCP_CLOSE = 7;
/** The peer closed; this side has not. */
export const TCP_CLOSE_WAIT = 8;
/** The peer closed first, then this side; the FIN is not acknowledged yet. */
export const TCP_LAST_ACK = 9;
/** Waits for connections. */
export const TCP_LISTEN = 10;
/** Both sides closed at the same time. */
export const TCP_CLOSING = 11;
/** A listener's half-open connection, before it has a socket of its own. */
export const TCP_NEW_SYN_RECV = 12;
/** Bound and neither connected nor listening; only seen through sock_diag. */
export const TCP_BOUND_INACTIVE = 13;

/** Connection states by name: `state` of TCP_INFO. */
export const tcpStates = {
  TCP_ESTABLISHED,
  TCP_SYN_SENT,
  TCP_SYN_RECV,
  TCP_FIN_WAIT1,
  TCP_FIN_WAIT2,
  TCP_TIME_WAIT,
  TCP_CLOSE,
  TCP_CLOSE_WAIT,
  TCP_LAST_ACK,
  TCP_LISTEN,
  TCP_CLOSING,
  TCP_NEW_SYN_RECV,
  TCP_BOUND_INACTIVE,
} as const;

/** Nothing wrong was seen lately. */
export const TCP_CA_Open = 0;
/** Duplicate or selective ACKs came in: loss, or only reordering. */
export const TCP_CA_Disorder = 1;
/** The window shrinks, after an ECN mark or a drop on this host. */
export const TCP_CA_CWR = 2;
/** Fast recovery: lost segments are sent again. */
export const TCP_CA_Recovery = 3;
/** Recovery after a retransmission timeout. */
export const TCP_CA_Loss = 4;

/** Congestion states by name: `ca_state` of TCP_INFO. */
export const tcpCaStates = { TCP_CA_Open, TCP_CA_Disorder, TCP_CA_CWR, TCP_CA_Recovery, TCP_CA_Loss } as const;

/** Timestamps were negotiated (RFC 7323). */
export const TCPI_OPT_TIMESTAMPS = 1;
/** Selective acknowledgements were negotiated (RFC 2018). */
export const TCPI_OPT_SACK = 2;
/** Window scaling was negotiated (RFC 7323). */
export const TCPI_OPT_WSCALE = 4;
/** Explicit congestion notification was negotiated (RFC 3168, RFC 9768). */
export const TCPI_OPT_ECN = 8;
/** At least one packet with an ECN-capable mark arrived. */
export const TCPI_OPT_ECN_SEEN = 16;
/** Data that travelled in the SYN was acknowledged (TCP Fast Open, RFC 7413). */
export const TCPI_OPT_SYN_DATA = 32;
/** Timestamps count microseconds (Linux 6.7). */
export const TCPI_OPT_USEC_TS = 64;
/** This connection was accepted through TCP Fast Open. */
export const TCPI_OPT_TFO_CHILD = 128;

/** What a connection negotiated, by name: `options` of TCP_INFO. */
export const tcpInfoOptions = {
  TCPI_OPT_TIMESTAMPS,
  TCPI_OPT_SACK,
  TCPI_OPT_WSCALE,
  TCPI_OPT_ECN,
  TCPI_OPT_ECN_SEEN,
  TCPI_OPT_SYN_DATA,
  TCPI_OPT_USEC_TS,
  TCPI_OPT_TFO_CHILD,
} as const;

/** Fast Open did not fail, or failed for another reason. */
export const TFO_STATUS_UNSPEC = 0;
/** There was no cookie for that server yet. */
export const TFO_COOKIE_UNAVAILABLE = 1;
/** The server did not acknowledge the data in the SYN. */
export const TFO_DATA_NOT_ACKED = 2;
/** The SYN timed out and was sent again without data. */
export const TFO_SYN_RETRANSMITTED = 3;

/** Why Fast Open failed, by name: `fastopen_client_fail` of TCP_INFO. */
export const tcpFastopenFailures = {
  TFO_STATUS_UNSPEC,
  TFO_COOKIE_UNAVAILABLE,
  TFO_DATA_NOT_ACKED,
  TFO_SYN_RETRANSMITTED,
} as const;

/** No ECN on this connection. */
export const TCPI_ECN_MODE_DISABLED = 0;
/** Classic ECN: one signal per round trip (RFC 3168). */
export const TCPI_ECN_MODE_RFC3168 = 1;
/** Accurate ECN: marks are counted (RFC 9768). */
export const TCPI_ECN_MODE_ACCECN = 2;
/** The handshake has not decided yet. */
export const TCPI_ECN_MODE_PENDING = 3;

/** ECN modes by name: `ecn_mode` of TCP_INFO. */
export const tcpEcnModes = {
  TCPI_ECN_MODE_DISABLED,
  TCPI_ECN_MODE_RFC3168,
  TCPI_ECN_MODE_ACCECN,
  TCPI_ECN_MODE_PENDING,
} as const;

/** No Accurate ECN option arrived. */
export const TCP_ACCECN_OPT_NOT_SEEN = 0;
/** One arrived without counters. */
export const TCP_ACCECN_OPT_EMPTY_SEEN = 1;
/** One arrived with counters. */
export const TCP_ACCECN_OPT_COUNTER_SEEN = 2;
/** One arrived that something on the path had damaged. */
export const TCP_ACCECN_OPT_FAIL_SEEN = 3;

/** What was seen of the Accurate ECN option, by name: `accecn_opt_seen` of TCP_INFO. */
export const tcpAccEcnOptions = {
  TCP_ACCECN_OPT_NOT_SEEN,
  TCP_ACCECN_OPT_EMPTY_SEEN,
  TCP_ACCECN_OPT_COUNTER_SEEN,
  TCP_ACCECN_OPT_FAIL_SEEN,
} as const;

/** The ACE counter that this side sends does not get through. */
export const TCP_ACCECN_ACE_FAIL_SEND = 1;
/** The peer's ACE counter does not get through. */
export const TCP_ACCECN_ACE_FAIL_RECV = 2;
/** The option that this side sends does not get through. */
export const TCP_ACCECN_OPT_FAIL_SEND = 4;
/** The peer's option does not get through. */
export const TCP_ACCECN_OPT_FAIL_RECV = 8;

/** How Accurate ECN fails on the path, by name: `accecn_fail_mode` of TCP_INFO. */
export const tcpAccEcnFailures = {
  TCP_ACCECN_ACE_FAIL_SEND,
  TCP_ACCECN_ACE_FAIL_RECV,
  TCP_ACCECN_OPT_FAIL_SEND,
  TCP_ACCECN_OPT_FAIL_RECV,
} as const;

/** Leave repair mode, and probe the peer's window. */
export const TCP_REPAIR_OFF = 0;
/** Enter repair mode: the state of the connection can be read and written, nothing goes on the wire. */
export const TCP_REPAIR_ON = 1;
/** Leave repair mode in silence. */
export const TCP_REPAIR_OFF_NO_WP = -1;

/** The values of TCP_REPAIR by name. */
export const tcpRepairModes = { TCP_REPAIR_OFF, TCP_REPAIR_ON, TCP_REPAIR_OFF_NO_WP } as const;

/** Neither queue. */
export const TCP_NO_QUEUE = 0;
/** What came in and was not read yet. */
export const TCP_RECV_QUEUE = 1;
/** What was written and is not acknowledged yet. */
export const TCP_SEND_QUEUE = 2;

/** The values of TCP_REPAIR_QUEUE by name. */
export const tcpQueues = { TCP_NO_QUEUE, TCP_RECV_QUEUE, TCP_SEND_QUEUE } as const;

/** The kinds of option in a TCP header. */
export const TCPOPT_EOL = 0;
export const TCPOPT_NOP = 1;
/** Maximum segment size. */
export const TCPOPT_MAXSEG = 2;
/** Window scaling; in TCP_REPAIR_OPTIONS this side's factor in the upper 16 bits, the peer's in the lower. */
export const TCPOPT_WINDOW = 3;
export const TCPOPT_SACK_PERMITTED = 4;
export const TCPOPT_SACK = 5;
export const TCPOPT_TIMESTAMP = 8;
/** MD5 signature (RFC 2385). */
export const TCPOPT_MD5SIG = 19;
/** Authentication (RFC 5925). */
export const TCPOPT_AO = 29;
/** Multipath TCP (RFC 8684). */
export const TCPOPT_MPTCP = 30;
/** Fast Open cookie (RFC 7413). */
export const TCPOPT_FASTOPEN = 34;

/** The header options that TCP_REPAIR_OPTIONS takes, by name. */
export const tcpRepairOptions = { TCPOPT_MAXSEG, TCPOPT_WINDOW, TCPOPT_SACK_PERMITTED, TCPOPT_TIMESTAMP } as const;

/** Longest key of TCP_MD5SIG in bytes. */
export const TCP_MD5SIG_MAXKEYLEN = 80;
/** `prefixlen` counts: the key is for a whole network. */
export const TCP_MD5SIG_FLAG_PREFIX = 1;
/** `ifindex` counts: the key is for peers behind one VRF device. */
export const TCP_MD5SIG_FLAG_IFINDEX = 2;

/** The flags of TCP_MD5SIG_EXT by name. */
export const tcpMd5Flags = { TCP_MD5SIG_FLAG_PREFIX, TCP_MD5SIG_FLAG_IFINDEX } as const;

/** Longest key of TCP-AO in bytes. */
export const TCP_AO_MAXKEYLEN = 80;
/** `ifindex` counts: the key is for peers behind one VRF device. */
export const TCP_AO_KEYF_IFINDEX = 1;
/** Header options other than TCP-AO itself are left out of the signature, for middleboxes that change them. */
export const TCP_AO_KEYF_EXCLUDE_OPT = 2;

/** The flags of a TCP-AO key by name. */
export const tcpAoKeyFlags = { TCP_AO_KEYF_IFINDEX, TCP_AO_KEYF_EXCLUDE_OPT } as const;

/** A hint that the unmapped pages need no flush of the TLB. */
export const TCP_RECEIVE_ZEROCOPY_FLAG_TLB_CLEAN_HINT = 1;

/** The flags of TCP_ZEROCOPY_RECEIVE by name. */
export const tcpZerocopyFlags = { TCP_RECEIVE_ZEROCOPY_FLAG_TLB_CLEAN_HINT } as const;

/** The layers that TCP_ULP can put on a connection, where the kernel has them. `mptcp` is only ever read. */
export const tcpUpperLayers = ['tls', 'espintcp', 'smc', 'mptcp'] as const;

/** The connection fell back to plain TCP. */
export const MPTCP_INFO_FLAG_FALLBACK = 1;
/** The peer's key arrived: the handshake is complete. */
export const MPTCP_INFO_FLAG_REMOTE_KEY_RECEIVED = 2;

/** The flags of MPTCP_INFO by name. */
export const mptcpInfoFlags = { MPTCP_INFO_FLAG_FALLBACK, MPTCP_INFO_FLAG_REMOTE_KEY_RECEIVED } as const;
