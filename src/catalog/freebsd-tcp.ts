// TCP options that only FreeBSD has, sorted by C name; those of its stacks rack and bbr have files of their own.
import { tcpFunctionSet, tcpPerfInfo } from '../codec/bsd-tcp.ts';
import { bytes } from '../codec/bytes.ts';
import { bool, int, u32 } from '../codec/scalar.ts';
import { text } from '../codec/text.ts';
import { TCP_REUSPORT_LB_NUMA_CURDOM, TCP_REUSPORT_LB_NUMA_NODOM } from '../constants/bsd.ts';
import { type Kind, option } from '../option.ts';

const tcp: readonly Kind[] = ['tcp', 'tcp6', 'tcp-listen', 'tcp-connected'];

export const TCP_CCALGOOPT = option({
  name: 'TCP_CCALGOOPT',
  level: 'SOL_TCP',
  access: 'rw',
  value: bytes({ max: 8 }),
  query: bytes({ max: 8 }),
  length: 'in-out',
  on: { freebsd: 65 },
  summary: 'Parameters of the congestion control algorithm in use.',
  notes: [
    'Bytes, for each algorithm has a struct of its own; that of newreno has 8 (struct cc_newreno_opts).',
    'A read passes in the struct with the number of the parameter.',
    'ENOENT where it has none.',
  ],
  when: 'any',
  kinds: tcp,
  see: ['TCP_CONGESTION'],
  man: 'mod_cc(4)',
  instead: 'On Linux algorithms are tuned by sysctl or module parameters',
  sample: new Uint8Array(8),
});

export const TCP_DELACK = option({
  name: 'TCP_DELACK',
  level: 'SOL_TCP',
  access: 'rw',
  value: int({ min: 0, max: 99 }),
  on: { freebsd: 72 },
  summary: 'How many segments may wait for one acknowledgement; 0 acknowledges each at once.',
  notes: ['The stack bbr takes numbers; rack and the usual stack only tell 0 from the rest.'],
  when: 'any',
  kinds: tcp,
  see: ['TCP_QUICKACK'],
  man: 'netinet/tcp.h',
  instead: 'On Linux TCP_QUICKACK and TCP_DELACK_MAX_US',
  sample: 0,
});

export const TCP_FIN_IS_RST = option({
  name: 'TCP_FIN_IS_RST',
  level: 'SOL_TCP',
  access: 'none',
  value: bool(),
  on: { freebsd: 73 },
  summary: "Treats the end of the peer's data as a reset: the connection is gone at once.",
  notes: ['The header has it, the stacks do not take it (ENOPROTOOPT).'],
  kinds: tcp,
  see: ['SO_LINGER'],
  man: 'netinet/tcp.h',
  instead: 'On Linux close with SO_LINGER { on, 0 } once the end is read',
});

export const TCP_FUNCTION_ALIAS = option({
  name: 'TCP_FUNCTION_ALIAS',
  level: 'SOL_TCP',
  access: 'ro',
  value: tcpFunctionSet(),
  on: { freebsd: 8193 },
  summary: 'The name under which the TCP stack of the connection was chosen.',
  kinds: tcp,
  see: ['TCP_FUNCTION_BLK'],
  man: 'netinet/tcp.h',
  instead: 'Linux has one TCP stack; TCP_CONGESTION names its algorithm',
});

export const TCP_FUNCTION_BLK = option({
  name: 'TCP_FUNCTION_BLK',
  level: 'SOL_TCP',
  access: 'rw',
  value: tcpFunctionSet(),
  on: { freebsd: 8192 },
  summary: 'The TCP stack of the connection: freebsd, rack or bbr, as far as the kernel has loaded them.',
  notes: ['sysctl net.inet.tcp.functions_available lists them.'],
  when: 'any',
  kinds: tcp,
  see: ['TCP_CONGESTION', 'TCP_FUNCTION_ALIAS'],
  man: 'tcp(4)',
  instead: 'Linux has one TCP stack; TCP_CONGESTION chooses its algorithm',
  sample: { name: 'rack' },
  reads: { name: 'rack', pcbcnt: 0 },
});

export const TCP_IDLE_REDUCE = option({
  name: 'TCP_IDLE_REDUCE',
  level: 'SOL_TCP',
  access: 'none',
  value: bool(),
  on: { freebsd: 70 },
  summary: 'Lets the congestion window shrink while the connection is idle.',
  notes: ['The header has it, the stacks do not take it (ENOPROTOOPT).'],
  kinds: tcp,
  see: ['TCP_INFO'],
  man: 'netinet/tcp.h',
  instead: 'On Linux net.ipv4.tcp_slow_start_after_idle, for all',
});

export const TCP_KEEPINIT = option({
  name: 'TCP_KEEPINIT',
  level: 'SOL_TCP',
  access: 'rw',
  value: u32({ unit: 's' }),
  on: { freebsd: 128 },
  summary: 'After how long a connection that does not come about is given up.',
  when: 'before-connect',
  kinds: tcp,
  see: ['TCP_SYNCNT', 'TCP_CONNECTIONTIMEOUT'],
  man: 'tcp(4)',
  instead: 'On Linux TCP_SYNCNT counts the attempts; macOS has TCP_CONNECTIONTIMEOUT',
  sample: 10,
});

export const TCP_LOG = option({
  name: 'TCP_LOG',
  level: 'SOL_TCP',
  access: 'rw',
  value: int(),
  on: { freebsd: 34 },
  summary: 'Records what happens on the connection (black box logging): the state of the recording.',
  notes: ['Kernels built with TCP_BLACKBOX only. The states are TCP_LOG_STATE_* of netinet/tcp_log_buf.h.'],
  when: 'any',
  kinds: tcp,
  see: ['TCP_LOGBUF', 'TCP_LOGDUMP', 'TCP_LOGID'],
  man: 'netinet/tcp.h',
  instead: 'On Linux read TCP_INFO, or trace with eBPF',
  sample: 2,
});

export const TCP_LOGBUF = option({
  name: 'TCP_LOGBUF',
  level: 'SOL_TCP',
  access: 'ro',
  value: bytes({ max: 65536 }),
  on: { freebsd: 35 },
  summary: 'Takes the events that were recorded (TCP_LOG).',
  notes: ['Bytes: a row of struct tcp_log_buffer, which changes with the kernel.'],
  kinds: tcp,
  sideEffect: 'Takes the events out of the record.',
  see: ['TCP_LOG'],
  man: 'netinet/tcp.h',
  instead: 'On Linux read TCP_INFO, or trace with eBPF',
});

export const TCP_LOGDUMP = option({
  name: 'TCP_LOGDUMP',
  level: 'SOL_TCP',
  access: 'wo',
  value: text({ size: 32, what: 'a reason' }),
  on: { freebsd: 37 },
  summary: 'Writes the recorded events of the connection to /dev/tcp_log, with a reason.',
  when: 'any',
  kinds: tcp,
  see: ['TCP_LOG', 'TCP_LOGDUMPID'],
  man: 'netinet/tcp.h',
  instead: 'On Linux read TCP_INFO, or trace with eBPF',
  sample: 'slow',
});

export const TCP_LOGDUMPID = option({
  name: 'TCP_LOGDUMPID',
  level: 'SOL_TCP',
  access: 'wo',
  value: text({ size: 32, what: 'a reason' }),
  on: { freebsd: 38 },
  summary: 'Writes the recorded events of all connections with the same TCP_LOGID to /dev/tcp_log.',
  when: 'any',
  kinds: tcp,
  see: ['TCP_LOGDUMP', 'TCP_LOGID'],
  man: 'netinet/tcp.h',
  instead: 'On Linux read TCP_INFO, or trace with eBPF',
  sample: 'slow',
});

export const TCP_LOGID = option({
  name: 'TCP_LOGID',
  level: 'SOL_TCP',
  access: 'rw',
  value: text({ size: 64, what: 'a name' }),
  on: { freebsd: 36 },
  summary: 'A name that connections which belong together share in the record of TCP_LOG.',
  when: 'any',
  kinds: tcp,
  see: ['TCP_LOG'],
  man: 'netinet/tcp.h',
  instead: 'On Linux read TCP_INFO, or trace with eBPF',
  sample: 'session 7',
});

export const TCP_LOG_LIMIT = option({
  name: 'TCP_LOG_LIMIT',
  level: 'SOL_TCP',
  access: 'none',
  value: int({ min: 0 }),
  on: { freebsd: 74 },
  summary: 'How many events TCP_LOG keeps for the connection.',
  notes: ['The header has it, the stacks do not take it (ENOPROTOOPT).'],
  kinds: tcp,
  see: ['TCP_LOG'],
  man: 'netinet/tcp.h',
  instead: 'On Linux read TCP_INFO, or trace with eBPF',
});

export const TCP_LRD = option({
  name: 'TCP_LRD',
  level: 'SOL_TCP',
  access: 'rw',
  value: bool(),
  on: { freebsd: 79 },
  summary: 'Notices that a segment which was sent again is lost again, without waiting for a timeout.',
  when: 'any',
  kinds: tcp,
  see: ['TCP_INFO'],
  man: 'netinet/tcp.h',
  instead: 'Linux always does so (RACK)',
  sample: true,
});

export const TCP_MAXUNACKTIME = option({
  name: 'TCP_MAXUNACKTIME',
  level: 'SOL_TCP',
  access: 'rw',
  value: u32({ unit: 's', words: { default: 0 } }),
  on: { freebsd: 68 },
  summary: 'How long sent data may stay unacknowledged before the connection is given up.',
  notes: ['Kernels whose header is older than their support of it answer ENOPROTOOPT.'],
  when: 'any',
  kinds: tcp,
  see: ['TCP_USER_TIMEOUT'],
  man: 'netinet/tcp.h',
  instead: 'On Linux use TCP_USER_TIMEOUT, in milliseconds',
  sample: 30,
});

export const TCP_PCAP_IN = option({
  name: 'TCP_PCAP_IN',
  level: 'SOL_TCP',
  access: 'rw',
  value: int({ min: 0, unit: 'packets' }),
  on: { freebsd: 4096 },
  summary: 'How many of the last packets that the connection received are kept, to be found in a core dump.',
  notes: ['Kernels built with TCPPCAP only.'],
  when: 'any',
  kinds: tcp,
  see: ['TCP_LOG'],
  man: 'netinet/tcp.h',
  instead: 'On Linux capture with tcpdump(8)',
  sample: 5,
});

export const TCP_PCAP_OUT = option({
  name: 'TCP_PCAP_OUT',
  level: 'SOL_TCP',
  access: 'rw',
  value: int({ min: 0, unit: 'packets' }),
  on: { freebsd: 2048 },
  summary: 'How many of the last packets that the connection sent are kept, to be found in a core dump.',
  notes: ['Kernels built with TCPPCAP only.'],
  when: 'any',
  kinds: tcp,
  see: ['TCP_LOG'],
  man: 'netinet/tcp.h',
  instead: 'On Linux capture with tcpdump(8)',
  sample: 5,
});

export const TCP_PERF_INFO = option({
  name: 'TCP_PERF_INFO',
  level: 'SOL_TCP',
  access: 'none',
  value: tcpPerfInfo(),
  on: { freebsd: 78 },
  summary:
    'What the connection cost: counts and processor cycles of each kind of work, while TCP_PROC_ACCOUNTING is on.',
  notes: ['The header has it, the stacks do not take it (ENOPROTOOPT).'],
  kinds: tcp,
  see: ['TCP_PROC_ACCOUNTING'],
  man: 'netinet/tcp.h',
  instead: 'On Linux use perf(1)',
});

export const TCP_PROC_ACCOUNTING = option({
  name: 'TCP_PROC_ACCOUNTING',
  level: 'SOL_TCP',
  access: 'none',
  value: bool(),
  on: { freebsd: 76 },
  summary: 'Counts what the connection costs the processor, for TCP_PERF_INFO.',
  notes: ['The header has it, the stacks do not take it (ENOPROTOOPT).'],
  kinds: tcp,
  see: ['TCP_PERF_INFO'],
  man: 'netinet/tcp.h',
  instead: 'On Linux use perf(1)',
});

export const TCP_REMOTE_UDP_ENCAPS_PORT = option({
  name: 'TCP_REMOTE_UDP_ENCAPS_PORT',
  level: 'SOL_TCP',
  access: 'rw',
  value: int({ min: 0, max: 65535, words: { off: 0 } }),
  on: { freebsd: 71 },
  summary: 'Sends the connection inside of UDP, to this port of the peer.',
  notes: ['net.inet.tcp.udp_tunneling_port must be set, and the socket not connected: EINVAL otherwise.'],
  when: 'before-connect',
  kinds: tcp,
  see: ['UDP_ENCAP'],
  man: 'netinet/tcp.h',
  instead: 'Linux has no TCP over UDP; FOU (ip-fou(8)) carries TCP in a tunnel',
  sample: 9899,
});

export const TCP_REUSPORT_LB_NUMA = option({
  name: 'TCP_REUSPORT_LB_NUMA',
  level: 'SOL_TCP',
  access: 'wo',
  value: int({ min: -2, words: { none: TCP_REUSPORT_LB_NUMA_NODOM, current: TCP_REUSPORT_LB_NUMA_CURDOM } }),
  on: { freebsd: 1026 },
  summary: 'Has a listener of a SO_REUSEPORT_LB group prefer connections that come in at its own memory domain (NUMA).',
  notes: [
    'C spells it REUSPORT, without the E.',
    '-1 is the domain of the calling thread, -2 takes the preference away.',
  ],
  when: 'any',
  kinds: ['tcp-listen'],
  see: ['SO_REUSEPORT_LB', 'SO_INCOMING_CPU'],
  man: 'tcp(4)',
  instead: 'On Linux SO_INCOMING_CPU in a SO_REUSEPORT group',
  sample: 0,
});

export const TCP_SHARED_CWND_ALLOWED = option({
  name: 'TCP_SHARED_CWND_ALLOWED',
  level: 'SOL_TCP',
  access: 'none',
  value: bool(),
  on: { freebsd: 75 },
  summary: 'Allows the congestion window to be shared with other connections to the same place (stack rack).',
  notes: ['The header has it, the stacks do not take it (ENOPROTOOPT).'],
  kinds: tcp,
  man: 'netinet/tcp.h',
  instead: 'On Linux routes remember windows (net.ipv4.tcp_no_metrics_save)',
});

export const TCP_USE_CMP_ACKS = option({
  name: 'TCP_USE_CMP_ACKS',
  level: 'SOL_TCP',
  access: 'rw',
  value: bool(),
  on: { freebsd: 77 },
  summary: 'Takes acknowledgements from the network card in compressed form (stack rack).',
  notes: ['It cannot be turned off again once it is in use: EINVAL.'],
  when: 'any',
  kinds: tcp,
  man: 'netinet/tcp.h',
  instead: 'Linux has no switch',
  sample: true,
});
