// Values that options of macOS and FreeBSD take: ranges of ports, kinds of traffic, clocks, states of a TCP connection.

/** The ports that a bind to port 0 picks from, as sysctl net.inet.ip.portrange has them. */
export const IP_PORTRANGE_DEFAULT = 0;
export const IP_PORTRANGE_HIGH = 1;
/** Privileged ports. */
export const IP_PORTRANGE_LOW = 2;
export const portRanges = { IP_PORTRANGE_DEFAULT, IP_PORTRANGE_HIGH, IP_PORTRANGE_LOW } as const;

export const IPV6_PORTRANGE_DEFAULT = 0;
export const IPV6_PORTRANGE_HIGH = 1;
export const IPV6_PORTRANGE_LOW = 2;
export const ipv6PortRanges = { IPV6_PORTRANGE_DEFAULT, IPV6_PORTRANGE_HIGH, IPV6_PORTRANGE_LOW } as const;

/** What kind of traffic a socket carries, for SO_NET_SERVICE_TYPE of macOS: best effort. */
export const NET_SERVICE_TYPE_BE = 0;
/** Background: nobody waits for it. */
export const NET_SERVICE_TYPE_BK = 1;
/** Signalling, such as SIP. */
export const NET_SERVICE_TYPE_SIG = 2;
/** Video telephony. */
export const NET_SERVICE_TYPE_VI = 3;
/** Telephony. */
export const NET_SERVICE_TYPE_VO = 4;
/** Screen sharing. */
export const NET_SERVICE_TYPE_RV = 5;
/** Streaming with a buffer. */
export const NET_SERVICE_TYPE_AV = 6;
/** Operation of the network. */
export const NET_SERVICE_TYPE_OAM = 7;
/** Data that somebody waits for. */
export const NET_SERVICE_TYPE_RD = 8;
export const netServiceTypes = {
  NET_SERVICE_TYPE_BE,
  NET_SERVICE_TYPE_BK,
  NET_SERVICE_TYPE_SIG,
  NET_SERVICE_TYPE_VI,
  NET_SERVICE_TYPE_VO,
  NET_SERVICE_TYPE_RV,
  NET_SERVICE_TYPE_AV,
  NET_SERVICE_TYPE_OAM,
  NET_SERVICE_TYPE_RD,
} as const;

/** Where SO_NET_SERVICE_TYPE is written into packets: the way out is not known yet. */
export const NETSVC_MRKNG_UNKNOWN = 0;
/** At the link only, as Wi-Fi's classes. */
export const NETSVC_MRKNG_LVL_L2 = 1;
/** At the link and as DSCP. */
export const NETSVC_MRKNG_LVL_L3L2_ALL = 2;
/** At the link and as DSCP, for background traffic only. */
export const NETSVC_MRKNG_LVL_L3L2_BK = 3;
export const netServiceMarkings = {
  NETSVC_MRKNG_UNKNOWN,
  NETSVC_MRKNG_LVL_L2,
  NETSVC_MRKNG_LVL_L3L2_ALL,
  NETSVC_MRKNG_LVL_L3L2_BK,
} as const;

/** The clock and struct of FreeBSD's SO_TIMESTAMP: struct timeval, the default. */
export const SO_TS_REALTIME_MICRO = 0;
/** struct bintime. */
export const SO_TS_BINTIME = 1;
/** struct timespec. */
export const SO_TS_REALTIME = 2;
/** struct timespec of the monotonic clock. */
export const SO_TS_MONOTONIC = 3;
export const timestampClocks = {
  SO_TS_REALTIME_MICRO,
  SO_TS_BINTIME,
  SO_TS_REALTIME,
  SO_TS_MONOTONIC,
} as const;

/** No domain for FreeBSD's TCP_REUSPORT_LB_NUMA. */
export const TCP_REUSPORT_LB_NUMA_NODOM = -2;
/** The domain that the calling thread runs in. */
export const TCP_REUSPORT_LB_NUMA_CURDOM = -1;

/** States of a TCP connection as the BSDs number them; Linux has other numbers. */
export const bsdTcpStates = {
  TCPS_CLOSED: 0,
  TCPS_LISTEN: 1,
  TCPS_SYN_SENT: 2,
  TCPS_SYN_RECEIVED: 3,
  TCPS_ESTABLISHED: 4,
  TCPS_CLOSE_WAIT: 5,
  TCPS_FIN_WAIT_1: 6,
  TCPS_CLOSING: 7,
  TCPS_LAST_ACK: 8,
  TCPS_FIN_WAIT_2: 9,
  TCPS_TIME_WAIT: 10,
} as const;

/** What a connection negotiated, in macOS's struct tcp_connection_info. */
export const tcpConnectionOptions = {
  TCPCI_OPT_TIMESTAMPS: 1,
  TCPCI_OPT_SACK: 2,
  TCPCI_OPT_WSCALE: 4,
  TCPCI_OPT_ECN: 8,
} as const;
export const tcpConnectionFlags = { TCPCI_FLAG_LOSSRECOVERY: 1, TCPCI_FLAG_REORDERING_DETECTED: 2 } as const;

/** What a connection negotiated, in FreeBSD's struct tcp_info. */
export const freebsdTcpOptions = {
  TCPI_OPT_TIMESTAMPS: 1,
  TCPI_OPT_SACK: 2,
  TCPI_OPT_WSCALE: 4,
  TCPI_OPT_ECN: 8,
  TCPI_OPT_TOE: 16,
  TCPI_OPT_TFO: 32,
  TCPI_OPT_ACE: 64,
} as const;
