// Every metric that there is: its name, its type and what it means. docs/metrics.md has the same as a table.
import type { TcpInfo } from '../../codec/tcp-info.ts';
import { plainStates, stateNames } from '../../live/sort.ts';

/** What a metric is in Prometheus's words. */
export interface Family {
  readonly name: string;
  readonly type: 'counter' | 'gauge' | 'histogram';
  readonly help: string;
  /** Its labels besides those of a group; none of a group's either where `alone` is set. */
  readonly labels?: readonly string[];
  /** It is about the exporter or the machine, not about a group of sockets. */
  readonly alone?: boolean;
}

const us = 1e-6;

interface Counted extends Family {
  readonly type: 'counter';
  /** The fields of TCP_INFO that it adds up; of several the first that the kernel has. */
  readonly fields: readonly (keyof TcpInfo)[];
  readonly scale?: number;
}

/** What each connection counts for itself, added up over all of a group that there have been. */
export const counted = [
  {
    name: 'sockctl_retransmitted_segments_total',
    type: 'counter',
    help: 'Segments that were sent again, SYNs included (tcpi_total_retrans).',
    fields: ['total_retrans'],
  },
  {
    name: 'sockctl_retransmitted_bytes_total',
    type: 'counter',
    help: 'Bytes that were sent again (tcpi_bytes_retrans).',
    fields: ['bytes_retrans'],
  },
  {
    name: 'sockctl_sent_segments_total',
    type: 'counter',
    help: 'Segments that were sent, empty ones included (tcpi_segs_out).',
    fields: ['segs_out'],
  },
  {
    name: 'sockctl_received_segments_total',
    type: 'counter',
    help: 'Segments that arrived, empty ones included (tcpi_segs_in).',
    fields: ['segs_in'],
  },
  {
    name: 'sockctl_sent_bytes_total',
    type: 'counter',
    help: 'Bytes that were sent, those sent again included (tcpi_bytes_sent; before Linux 4.19 tcpi_bytes_acked).',
    fields: ['bytes_sent', 'bytes_acked'],
  },
  {
    name: 'sockctl_received_bytes_total',
    type: 'counter',
    help: 'Bytes that arrived in order (tcpi_bytes_received).',
    fields: ['bytes_received'],
  },
  {
    name: 'sockctl_busy_seconds_total',
    type: 'counter',
    help: 'Time in which a connection had data to send or to be acknowledged (tcpi_busy_time).',
    fields: ['busy_time'],
    scale: us,
  },
  {
    name: 'sockctl_receive_window_limited_seconds_total',
    type: 'counter',
    help: "Part of the busy time in which the peer's receive window was the limit (tcpi_rwnd_limited).",
    fields: ['rwnd_limited'],
    scale: us,
  },
  {
    name: 'sockctl_send_buffer_limited_seconds_total',
    type: 'counter',
    help: 'Part of the busy time in which the own send buffer was the limit (tcpi_sndbuf_limited).',
    fields: ['sndbuf_limited'],
    scale: us,
  },
] as const satisfies readonly Counted[];

export const dropped: Family = {
  name: 'sockctl_dropped_packets_total',
  type: 'counter',
  help: 'Packets that were dropped at a socket; of a listener also connections that found its queue full (SK_MEMINFO_DROPS).',
};

export const seen: Family = {
  name: 'sockctl_connections_seen_total',
  type: 'counter',
  help: 'Connections that were there at a scrape for the first time; those that came and went in between were not seen.',
};

/** Sums over the sockets that are there now. */
export const summed = [
  {
    name: 'sockctl_congestion_window_segments',
    type: 'gauge',
    help: 'Congestion windows of the established connections, added up (tcpi_snd_cwnd).',
  },
  {
    name: 'sockctl_in_flight_segments',
    type: 'gauge',
    help: 'Segments that are on their way, by what is not acknowledged, lost and sent again.',
  },
  {
    name: 'sockctl_delivery_rate_bytes_per_second',
    type: 'gauge',
    help: 'Latest measured goodput of the established connections, added up (tcpi_delivery_rate).',
  },
  { name: 'sockctl_receive_queue_bytes', type: 'gauge', help: 'Bytes that arrived and that no program has read yet.' },
  {
    name: 'sockctl_send_queue_bytes',
    type: 'gauge',
    help: 'Bytes that a program has written and that the peer has not acknowledged.',
  },
  {
    name: 'sockctl_unsent_bytes',
    type: 'gauge',
    help: 'Part of the send queue that was not sent yet (tcpi_notsent_bytes).',
  },
  { name: 'sockctl_memory_bytes', type: 'gauge', help: 'Memory of the kernel that the queues of the sockets take.' },
  {
    name: 'sockctl_stalled_sockets',
    type: 'gauge',
    help: 'Connections whose latest retransmission, or probe, is not answered.',
  },
  {
    name: 'sockctl_established_connections',
    type: 'gauge',
    help: 'Established connections: what the sums of windows, rates and queues are to be divided by.',
  },
] as const satisfies readonly Family[];

/** The same of listeners. */
export const listened = [
  {
    name: 'sockctl_accept_queue_connections',
    type: 'gauge',
    help: 'Connections that wait at a listener to be accepted.',
  },
  {
    name: 'sockctl_accept_queue_limit_connections',
    type: 'gauge',
    help: 'How many may wait: the smaller one of the backlog and net.core.somaxconn.',
  },
] as const satisfies readonly Family[];

export const states: Family = {
  name: 'sockctl_sockets',
  type: 'gauge',
  help: 'Sockets by their state.',
  labels: ['state'],
};

export const timers: Family = {
  name: 'sockctl_timer_sockets',
  type: 'gauge',
  help: 'Sockets by the timer that runs.',
  labels: ['timer'],
};

export const rtt: Family & { readonly buckets: readonly number[] } = {
  name: 'sockctl_rtt_seconds',
  type: 'histogram',
  help: 'Smoothed round-trip time of the connections on which segments have arrived since the scrape before (tcpi_rtt).',
  buckets: [0.0001, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
};

export const optionSockets: Family = {
  name: 'sockctl_option_sockets',
  type: 'gauge',
  help: 'Sockets by the value of an option (--values).',
  labels: ['process', 'option', 'value'],
  alone: true,
};

export const optionLeast: Family = {
  name: 'sockctl_option_minimum',
  type: 'gauge',
  help: 'Smallest value of an option that is a number, a word with a number, or off and on as 0 and 1 (--values).',
  labels: ['process', 'option'],
  alone: true,
};

export const optionMost: Family = {
  name: 'sockctl_option_maximum',
  type: 'gauge',
  help: 'Largest value of such an option (--values).',
  labels: ['process', 'option'],
  alone: true,
};

export const optionUnread: Family = {
  name: 'sockctl_option_unread_sockets',
  type: 'gauge',
  help: 'Sockets whose options were not read: nobody has them, they may not be borrowed, or their turn is yet to come.',
  alone: true,
};

export const violations: Family = {
  name: 'sockctl_policy_violations',
  type: 'gauge',
  help: 'Sockets on which an option is not as a rule of a policy says (--policy).',
  labels: ['policy', 'rule', 'option', 'process'],
  alone: true,
};

export const policyChecked: Family = {
  name: 'sockctl_policy_checked_sockets',
  type: 'gauge',
  help: 'Sockets that a rule of a policy is for.',
  labels: ['policy'],
  alone: true,
};

export const policyUnseen: Family = {
  name: 'sockctl_policy_unseen_sockets',
  type: 'gauge',
  help: 'Those of them that could not be looked at.',
  labels: ['policy'],
  alone: true,
};

/** What the exporter tells of itself. */
export const own = [
  { name: 'sockctl_up', type: 'gauge', help: '1 where the latest look at the sockets worked, 0 where it failed.' },
  { name: 'sockctl_passes_total', type: 'counter', help: 'Looks at all sockets; scrapes within --min-age share one.' },
  { name: 'sockctl_pass_errors_total', type: 'counter', help: 'Looks that failed.' },
  { name: 'sockctl_pass_duration_seconds', type: 'gauge', help: 'How long the latest look took.' },
  { name: 'sockctl_pass_timestamp_seconds', type: 'gauge', help: 'When the latest look ended, in Unix time.' },
  { name: 'sockctl_pass_sockets', type: 'gauge', help: 'Sockets that the latest look has found.' },
  { name: 'sockctl_tracked_sockets', type: 'gauge', help: 'Sockets whose counters are remembered from look to look.' },
  { name: 'sockctl_groups', type: 'gauge', help: 'Groups of sockets that are exported now.' },
  { name: 'sockctl_groups_limit', type: 'gauge', help: 'How many groups --max-series allows.' },
  {
    name: 'sockctl_overflow_sockets',
    type: 'gauge',
    help: 'Sockets in the group "other", because there are more groups than --max-series allows.',
  },
  {
    name: 'sockctl_blind_spots',
    type: 'gauge',
    help: 'What the latest look could not see: processes whose descriptors are closed to this user, hidden processes, network namespaces, tables that the kernel refuses, tables that changed all the time.',
    labels: ['kind'],
  },
  {
    name: 'sockctl_build_info',
    type: 'gauge',
    help: 'The version of sockctl and of its runtime; always 1.',
    labels: ['version', 'runtime'],
  },
  { name: 'process_cpu_seconds_total', type: 'counter', help: 'CPU time of the exporter, in user and system mode.' },
  { name: 'process_resident_memory_bytes', type: 'gauge', help: 'Memory of the exporter.' },
  { name: 'process_start_time_seconds', type: 'gauge', help: 'When the exporter was started, in Unix time.' },
] as const satisfies readonly Omit<Family, 'alone'>[];

/** All of them, in the order in which they are exported. */
export const families: readonly Family[] = [
  states,
  ...summed,
  ...listened,
  timers,
  rtt,
  ...counted,
  dropped,
  seen,
  optionSockets,
  optionLeast,
  optionMost,
  optionUnread,
  violations,
  policyChecked,
  policyUnseen,
  ...own.map((family): Family => ({ ...family, alone: true })),
];

/** The most states, and the timers, that a group's sockets can be in at once. */
const STATES = stateNames.size + plainStates.length;
const TIMERS = 4;

/** The most series that one group can have: what --max-series is divided by. */
export const SERIES_PER_GROUP =
  STATES + TIMERS + summed.length + listened.length + rtt.buckets.length + 3 + counted.length + 2;
