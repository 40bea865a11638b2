// The options of TCP (SOL_TCP), sorted by C name.
import { freebsdTcpInfo } from '../codec/bsd-tcp.ts';
import { bytes } from '../codec/bytes.ts';
import { enumeration } from '../codec/enumeration.ts';
import { perSystem } from '../codec/per-system.ts';
import { bool, int, u32 } from '../codec/scalar.ts';
import { aoAdd, aoDel, aoInfo, aoKey, aoKeyQuery, aoRepair } from '../codec/tcp-ao.ts';
import { tcpInfo } from '../codec/tcp-info.ts';
import { md5sig } from '../codec/tcp-keys.ts';
import {
  ccInfo,
  fastopenKey,
  repairOptions,
  repairWindow,
  zerocopyQuery,
  zerocopyReceive,
} from '../codec/tcp-structs.ts';
import { text } from '../codec/text.ts';
import {
  TCP_RECV_QUEUE,
  TCP_REPAIR_ON,
  TCP_SEND_QUEUE,
  tcpQueues,
  tcpRepairModes,
  tcpUpperLayers,
} from '../constants/tcp.ts';
import { alias, type Kind, option } from '../option.ts';

/** Plain TCP: many options are not passed on by an MPTCP socket, which answers EOPNOTSUPP. */
const plain: readonly Kind[] = ['tcp', 'tcp6', 'tcp-listen', 'tcp-connected'];
/** Options that a socket only has in repair mode, which a listener cannot enter. */
const repairable: readonly Kind[] = ['tcp', 'tcp6', 'tcp-connected'];

export const TCP_AO_ADD_KEY = option({
  name: 'TCP_AO_ADD_KEY',
  secret: true,
  level: 'SOL_TCP',
  access: 'wo',
  value: aoAdd(),
  on: { linux: 38 },
  summary: 'Adds a key with which the segments to and from one peer are signed (TCP Authentication Option).',
  notes: [
    'A kernel without CONFIG_TCP_AO answers ENOPROTOOPT.',
    'The first key must be there before the connection is made; a socket has either these keys or those of TCP_MD5SIG.',
    'alg_name names a hash of the kernel: hmac(sha1), cmac(aes128).',
    'sndid and rcvid are the KeyIDs in outgoing and incoming segments; the peer has them the other way round.',
  ],
  when: 'before-connect',
  late: 'a connection that uses TCP-AO gets one more key',
  kinds: plain,
  see: ['TCP_AO_DEL_KEY', 'TCP_AO_GET_KEYS', 'TCP_AO_INFO', 'TCP_MD5SIG'],
  man: 'RFC 5925',
  since: '6.7',
  sample: {
    addr: { family: 'inet', address: '127.0.0.1', port: 0 },
    alg_name: 'hmac(sha1)',
    prefix: 32,
    sndid: 1,
    rcvid: 1,
    key: 'a key for tests',
  },
});

export const TCP_AO_DEL_KEY = option({
  name: 'TCP_AO_DEL_KEY',
  level: 'SOL_TCP',
  access: 'wo',
  value: aoDel(),
  on: { linux: 39 },
  summary: 'Deletes a key of the TCP Authentication Option.',
  notes: [
    'A kernel without CONFIG_TCP_AO answers ENOPROTOOPT; a key that is not there gives ENOENT.',
    'The key in use cannot go: set_current and set_rnext name its successors in the same call.',
    'del_async is for listeners only: the call returns before the key is out of use.',
  ],
  when: 'any',
  kinds: plain,
  see: ['TCP_AO_ADD_KEY', 'TCP_AO_GET_KEYS'],
  man: 'RFC 5925',
  since: '6.7',
  example: { addr: { family: 'inet', address: '192.0.2.1', port: 0 }, prefix: 32, sndid: 1, rcvid: 1 },
});

export const TCP_AO_GET_KEYS = option({
  name: 'TCP_AO_GET_KEYS',
  secret: true,
  level: 'SOL_TCP',
  access: 'ro',
  value: aoKey(),
  query: aoKeyQuery(),
  length: 'in-out',
  on: { linux: 41 },
  summary: 'Reads a key of the TCP Authentication Option, its secret included.',
  notes: [
    'The read takes a query: { get_all: true }, or what the key must have (sndid, rcvid, addr, is_current, is_rnext).',
    'It gives the first key that matches, and in nkeys how many match: ask by sndid and rcvid for the others.',
    'Raw reads must have 1 in nkeys: with more, the kernel writes that many times the length of the buffer.',
    'A kernel without CONFIG_TCP_AO answers ENOPROTOOPT; a socket without keys ENOENT.',
  ],
  kinds: plain,
  see: ['TCP_AO_ADD_KEY', 'TCP_AO_INFO'],
  man: 'RFC 5925',
  since: '6.7',
});

export const TCP_AO_INFO = option({
  name: 'TCP_AO_INFO',
  level: 'SOL_TCP',
  access: 'rw',
  value: aoInfo(),
  on: { linux: 40 },
  summary: 'The TCP Authentication Option of the whole socket: keys in use, counters, whether peers must sign.',
  notes: [
    'A kernel without CONFIG_TCP_AO answers ENOPROTOOPT; a socket without keys ENOENT on a read.',
    'Counters are taken over only with set_counters, key ids only with set_current and set_rnext.',
  ],
  when: 'any',
  kinds: plain,
  see: ['TCP_AO_ADD_KEY', 'TCP_AO_GET_KEYS'],
  man: 'RFC 5925',
  since: '6.7',
  example: { ao_required: true },
});

export const TCP_AO_REPAIR = option({
  name: 'TCP_AO_REPAIR',
  level: 'SOL_TCP',
  access: 'rw',
  value: aoRepair(),
  on: { linux: 42 },
  summary:
    'Saves and restores the sequence numbers that the TCP Authentication Option signs, for checkpoint and restore.',
  notes: ['Only in repair mode.', 'A kernel without CONFIG_TCP_AO answers ENOPROTOOPT.'],
  needs: 'CAP_NET_ADMIN',
  after: { TCP_REPAIR: TCP_REPAIR_ON },
  when: 'any',
  kinds: repairable,
  see: ['TCP_REPAIR', 'TCP_AO_INFO'],
  man: 'RFC 5925',
  since: '6.7',
  example: { snt_isn: 3055612321, rcv_isn: 1203775412, snd_sne: 0, rcv_sne: 0 },
});

export const TCP_CC_INFO = option({
  name: 'TCP_CC_INFO',
  level: 'SOL_TCP',
  access: 'ro',
  value: ccInfo(),
  on: { linux: 26 },
  summary: 'What the congestion control algorithm knows: for bbr the bandwidth, the round-trip time and its gains.',
  notes: [
    'The content depends on TCP_CONGESTION. reno and cubic tell nothing: the value is empty.',
    'vegas and dctcp have the same length, so both readings are given; bbr counts its gains in 1/256.',
  ],
  see: ['TCP_CONGESTION', 'TCP_INFO'],
  man: 'linux/inet_diag.h',
  since: '4.1',
});

export const TCP_CONGESTION = option({
  name: 'TCP_CONGESTION',
  level: 'SOL_TCP',
  access: 'rw',
  value: text({ size: 16 }),
  on: { linux: 13, freebsd: 64 },
  summary: 'The congestion control algorithm of this connection by name: cubic, bbr, reno, ...',
  notes: [
    'net.ipv4.tcp_available_congestion_control lists what the kernel has; an unknown name fails with ENOENT.',
    'net.ipv4.tcp_allowed_congestion_control lists what anybody may set; others fail with EPERM without CAP_NET_ADMIN.',
    'It can change while the connection runs. Accepted connections inherit it from the listener.',
  ],
  default: 'net.ipv4.tcp_congestion_control',
  needs: 'CAP_NET_ADMIN for an algorithm that net.ipv4.tcp_allowed_congestion_control does not list',
  when: 'any',
  see: ['TCP_CC_INFO', 'SO_MAX_PACING_RATE'],
  man: 'tcp(7), RFC 5681',
  since: '2.6.13',
  differs: { freebsd: 'An unknown name is ESRCH; sysctl net.inet.tcp.cc.available lists what the kernel has.' },
  sample: 'reno',
});

export const TCP_COOKIE_TRANSACTIONS = option({
  name: 'TCP_COOKIE_TRANSACTIONS',
  level: 'SOL_TCP',
  access: 'none',
  value: bytes({ max: 544 }),
  on: { linux: 15 },
  summary: 'TCP cookie transactions (RFC 6013), an experiment in carrying data in the handshake that Linux gave up.',
  notes: ['Kernels since 3.10 answer ENOPROTOOPT.'],
  see: ['TCP_FASTOPEN', 'TCP_FASTOPEN_CONNECT'],
  man: 'RFC 6013',
  since: '2.6.33',
  removed: '3.10',
  instead: 'Use TCP_FASTOPEN on the server and TCP_FASTOPEN_CONNECT on the client',
});

export const TCP_CORK = option({
  name: 'TCP_CORK',
  level: 'SOL_TCP',
  access: 'rw',
  value: bool(),
  on: { linux: 3 },
  summary:
    'Sends only full segments while it is on: collect a header and a body, turn it off, and all leaves together.',
  notes: [
    'Held-back data leaves after 200 ms even so.',
    'It wins over TCP_NODELAY while both are on; turning it off sends at once.',
    'macOS and FreeBSD have TCP_NOPUSH for this, with small differences.',
  ],
  when: 'any',
  see: ['TCP_NODELAY', 'UDP_CORK'],
  man: 'tcp(7)',
  since: '2.2',
  sample: true,
});

export const TCP_DEFER_ACCEPT = option({
  name: 'TCP_DEFER_ACCEPT',
  level: 'SOL_TCP',
  access: 'rw',
  value: int({ unit: 's' }),
  on: { linux: 9 },
  summary: 'Makes a listener hand out a connection only when its first data is there, waiting about this many seconds.',
  notes: [
    'Kept as a number of SYN-ACK retransmissions, so it reads back rounded up: 2 gives 3, 50 gives 63.',
    'Wrong for protocols in which the server speaks first (SMTP, SSH, MySQL): their clients would wait for nothing.',
    'A connection that stays silent is handed out, or dropped, after the last retransmission. 0 turns it off.',
  ],
  readback: { linux: 'rounded' },
  why: 'Linux keeps it as a whole number of SYN-ACK retransmissions',
  when: 'any',
  see: ['TCP_FASTOPEN', 'TCP_SYNCNT'],
  man: 'tcp(7)',
  since: '2.4',
  sample: 50,
  reads: 63,
});

export const TCP_DELACK_MAX_US = option({
  name: 'TCP_DELACK_MAX_US',
  level: 'SOL_TCP',
  access: 'rw',
  value: int({ min: 1, max: 200_000, unit: 'us' }),
  on: { linux: 46 },
  summary: 'The longest time for which an acknowledgement may be held back, in the hope of data to send it with.',
  notes: [
    'Rounded up to clock ticks (4000 us at HZ=250); less than two ticks is refused with EINVAL.',
    'A peer whose TCP_RTO_MIN_US is shorter than this delay retransmits without need.',
  ],
  readback: { linux: 'rounded' },
  why: 'Linux rounds up to whole clock ticks',
  when: 'any',
  kinds: plain,
  see: ['TCP_QUICKACK', 'TCP_RTO_MIN_US'],
  man: 'RFC 9293',
  since: '6.15',
  sample: 40_000,
});

export const TCP_FASTOPEN = option({
  name: 'TCP_FASTOPEN',
  level: 'SOL_TCP',
  access: 'rw',
  value: int({ min: 0, unit: 'connections' }),
  on: { linux: 23, darwin: 0x105, freebsd: 1025, windows: 15 },
  summary: 'Lets a listener take data in the SYN, for up to this many connections whose handshake is not complete.',
  notes: [
    'The server side also needs bit 2 in net.ipv4.tcp_fastopen; the option can be set without it, to no effect.',
    'The data may arrive twice (RFC 7413): only for requests that may be repeated.',
    'A connected socket refuses it with EINVAL.',
  ],
  limit: 'net.core.somaxconn',
  when: 'before-connect',
  see: ['TCP_FASTOPEN_CONNECT', 'TCP_FASTOPEN_KEY', 'TCP_FASTOPEN_NO_COOKIE'],
  man: 'tcp(7), RFC 7413',
  since: '3.6',
  differs: {
    darwin: 'A switch.',
    freebsd: 'A switch; struct tcp_fastopen (the switch, and a key of 16 bytes) sets a secret that both sides share.',
    windows: 'A switch for both sides; the client sends the data with ConnectEx.',
  },
  sample: 16,
});

export const TCP_FASTOPEN_CONNECT = option({
  name: 'TCP_FASTOPEN_CONNECT',
  level: 'SOL_TCP',
  access: 'rw',
  value: bool(),
  on: { linux: 30 },
  summary:
    'Delays the SYN of a connect until the first write, and sends the data with it (TCP Fast Open, client side).',
  notes: [
    'connect(2) returns at once when a cookie of the server is known, and a write may be first to fail.',
    'Needs bit 1 in net.ipv4.tcp_fastopen, which is on by default; EOPNOTSUPP otherwise.',
    'A listener or a connected socket refuses it with EINVAL.',
  ],
  when: 'before-connect',
  see: ['TCP_FASTOPEN', 'TCP_FASTOPEN_NO_COOKIE'],
  man: 'tcp(7), RFC 7413',
  since: '4.11',
  sample: true,
});

export const TCP_FASTOPEN_KEY = option({
  name: 'TCP_FASTOPEN_KEY',
  secret: true,
  level: 'SOL_TCP',
  access: 'rw',
  value: fastopenKey(),
  on: { linux: 33 },
  summary: 'The secret with which a listener makes Fast Open cookies; servers behind one address share it.',
  notes: [
    '16 bytes, or 32: the key in use and the one before it, whose cookies stay valid.',
    'Empty while the listener uses the system-wide key of net.ipv4.tcp_fastopen_key.',
  ],
  when: 'any',
  see: ['TCP_FASTOPEN'],
  man: 'RFC 7413',
  since: '4.15',
  sample: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16),
});

export const TCP_FASTOPEN_NO_COOKIE = option({
  name: 'TCP_FASTOPEN_NO_COOKIE',
  level: 'SOL_TCP',
  access: 'rw',
  value: bool(),
  on: { linux: 34 },
  summary: 'Fast Open without a cookie: data goes in the first SYN to a server that was never seen before.',
  notes: [
    'Only where forged addresses cannot occur, such as one data centre: the cookie is what proves the address.',
    'Both ends must agree. A connected socket refuses it with EINVAL.',
  ],
  when: 'before-connect',
  see: ['TCP_FASTOPEN', 'TCP_FASTOPEN_CONNECT'],
  man: 'RFC 7413',
  since: '4.15',
  sample: true,
});

export const TCP_INFO = option({
  name: 'TCP_INFO',
  level: 'SOL_TCP',
  access: 'ro',
  value: perSystem(tcpInfo(), { freebsd: freebsdTcpInfo() as never }),
  length: 'grows',
  on: { linux: 11, freebsd: 32 },
  summary: 'The state of a connection: round-trip time, window, losses, rates, counters, what was negotiated.',
  notes: [
    'Newer kernels return more fields: what the running kernel does not have is absent.',
    'On a listener unacked is the number of connections that wait for accept, and sacked the backlog.',
    'Linux 6.18 and 6.19 have no ecn_mode; it is shown there only while ECN is off, as 0.',
  ],
  see: ['TCP_CC_INFO', 'MPTCP_INFO', 'SO_MEMINFO'],
  man: 'tcp(7), RFC 4898',
  since: '2.4',
  differs: {
    darwin: 'TCP_CONNECTION_INFO is the option there; a private TCP_INFO (0x200) has another struct.',
    freebsd:
      'Another struct: part of the fields, and some of its own (snd_nxt, rcv_ooopack, ...). Windows are in ' +
      'bytes, and the states have other numbers (TCPS_ESTABLISHED is 4).',
  },
});

export const TCP_INQ = option({
  name: 'TCP_INQ',
  level: 'SOL_TCP',
  access: 'rw',
  value: bool(),
  on: { linux: 36 },
  summary: 'Each recvmsg also tells how many bytes are left to read, in a control message.',
  notes: [
    'The control message has the same number, under the name TCP_CM_INQ.',
    'Refuses every value but 0 and 1. ioctl SIOCINQ gives the same number without a read.',
  ],
  when: 'any',
  see: ['SO_INQ', 'SO_RCVLOWAT'],
  man: 'linux/tcp.h',
  since: '4.18',
  sample: true,
});

export const TCP_IS_MPTCP = option({
  name: 'TCP_IS_MPTCP',
  level: 'SOL_TCP',
  access: 'ro',
  value: bool(),
  on: { linux: 43 },
  summary: 'Whether the connection is a Multipath TCP connection at this moment.',
  notes: ['An MPTCP socket whose peer does not speak MPTCP falls back to plain TCP: then it is off.'],
  see: ['MPTCP_INFO', 'SO_PROTOCOL', 'TCP_ULP'],
  man: 'RFC 8684',
  since: '6.10',
});

export const TCP_KEEPCNT = option({
  name: 'TCP_KEEPCNT',
  level: 'SOL_TCP',
  access: 'rw',
  value: int({ min: 1, max: 127, unit: 'probes' }),
  on: { linux: 6, darwin: 0x102, freebsd: 1024, windows: 16 },
  summary: 'How many keepalive probes may stay unanswered before the connection is given up.',
  notes: [
    'Takes effect only with SO_KEEPALIVE on.',
    'With TCP_USER_TIMEOUT set, that time decides instead of this number.',
  ],
  default: 'net.ipv4.tcp_keepalive_probes',
  when: 'any',
  see: ['SO_KEEPALIVE', 'TCP_KEEPIDLE', 'TCP_KEEPINTVL', 'TCP_USER_TIMEOUT'],
  man: 'tcp(7), RFC 9293',
  since: '2.4',
  differs: { freebsd: 'The default is 8.', windows: 'From Windows 10, version 1703 on; at most 255.' },
  sample: 3,
});

export const TCP_KEEPIDLE = option({
  name: 'TCP_KEEPIDLE',
  level: 'SOL_TCP',
  access: 'rw',
  value: int({ min: 1, max: 32_767, unit: 's' }),
  on: { linux: 4, darwin: 0x10, freebsd: 256, windows: 3 },
  summary: 'How long a connection must be silent before the first keepalive probe is sent.',
  notes: [
    'Takes effect only with SO_KEEPALIVE on.',
    'Node sets it with socket.setKeepAlive(true, milliseconds).',
    'A connection with unacknowledged data is not idle: TCP_USER_TIMEOUT is what ends it.',
    'A new MPTCP socket takes values out of range as well, and refuses them only once it is connected.',
  ],
  default: 'net.ipv4.tcp_keepalive_time',
  when: 'any',
  see: ['SO_KEEPALIVE', 'TCP_KEEPCNT', 'TCP_KEEPINTVL', 'TCP_USER_TIMEOUT'],
  man: 'tcp(7), RFC 9293',
  since: '2.4',
  differs: {
    darwin: 'C calls it TCP_KEEPALIVE there.',
    freebsd: 'Takes up to 4294967295 divided by the clock rate (kern.hz).',
    windows: 'From Windows 10, version 1709 on; TCP_KEEPALIVE is its other name.',
  },
  sample: 60,
});

export const TCP_KEEPINTVL = option({
  name: 'TCP_KEEPINTVL',
  level: 'SOL_TCP',
  access: 'rw',
  value: int({ min: 1, max: 32_767, unit: 's' }),
  on: { linux: 5, darwin: 0x101, freebsd: 512, windows: 17 },
  summary: 'Time between keepalive probes that stay unanswered.',
  notes: ['Takes effect only with SO_KEEPALIVE on.'],
  default: 'net.ipv4.tcp_keepalive_intvl',
  when: 'any',
  see: ['SO_KEEPALIVE', 'TCP_KEEPCNT', 'TCP_KEEPIDLE'],
  man: 'tcp(7), RFC 9293',
  since: '2.4',
  differs: { windows: 'From Windows 10, version 1709 on; the default is 1 second.' },
  sample: 10,
});

export const TCP_LINGER2 = option({
  name: 'TCP_LINGER2',
  level: 'SOL_TCP',
  access: 'rw',
  value: int({ unit: 's', words: { never: -1 } }),
  on: { linux: 8 },
  summary: 'How long a closed connection waits in FIN-WAIT-2 for the peer to close as well.',
  notes: [
    'Not to be confused with SO_LINGER: close(2) does not wait, only the kernel does.',
    'Cut to 120 seconds. 0 gives the system default; a negative value (never) does not wait at all.',
  ],
  default: 'net.ipv4.tcp_fin_timeout',
  when: 'any',
  kinds: plain,
  see: ['SO_LINGER'],
  man: 'tcp(7), RFC 9293',
  since: '2.4',
  sample: 30,
});

export const TCP_MAXSEG = option({
  name: 'TCP_MAXSEG',
  level: 'SOL_TCP',
  access: 'rw',
  accessOn: { windows: 'ro' },
  value: int({ min: 88, max: 32_767, unit: 'bytes', words: { default: 0 } }),
  on: { linux: 2, darwin: 2, freebsd: 2, windows: 4 },
  summary: 'The largest segment: set before connecting it is a limit, read on a connection it is the size in use.',
  notes: [
    'Reads 536 on a socket that was never set nor connected; 0 gets back there.',
    'A connected socket accepts a new value and goes on with the size that it negotiated.',
    'The value in use is smaller by the header options: 1000 gives 988 with timestamps.',
    'A new MPTCP socket takes every value, and ignores the ones out of range.',
  ],
  when: 'before-connect',
  unset: { reads: 536, write: 0 },
  see: ['TCP_WINDOW_CLAMP', 'IP_MTU'],
  man: 'tcp(7), RFC 9293',
  since: '1.0',
  differs: {
    darwin: 'Can be lowered only: a size above the present one is EINVAL.',
    freebsd: 'Can be lowered only: a size above the present one is EINVAL.',
  },
  sample: 1000,
});

export const TCP_MD5SIG = option({
  name: 'TCP_MD5SIG',
  secret: true,
  level: 'SOL_TCP',
  access: 'wo',
  accessOn: { freebsd: 'rw' },
  value: perSystem(md5sig(), { freebsd: bool() as never }),
  on: { linux: 14, freebsd: 16 },
  summary: 'Adds or deletes a key with which the segments to and from one peer are signed (BGP sessions use it).',
  notes: [
    'An empty key deletes; one that is not there gives ENOENT. A key has at most 80 bytes.',
    'Segments without a valid signature are dropped in silence, so both ends must have the key before they connect.',
    'The family of the address must be that of the socket. The port of the address does not count.',
    'flags, prefixlen and ifindex count only in TCP_MD5SIG_EXT.',
  ],
  when: 'any',
  kinds: plain,
  see: ['TCP_MD5SIG_EXT', 'TCP_AO_ADD_KEY'],
  man: 'RFC 2385',
  since: '2.6.20',
  differs: { freebsd: 'A switch, which can be read as well: the keys are in the security associations of setkey(8).' },
  sample: { addr: { family: 'inet', address: '127.0.0.1', port: 0 }, key: 'a key for tests' },
  sampleOn: 'tcp',
});

export const TCP_MD5SIG_EXT = option({
  name: 'TCP_MD5SIG_EXT',
  secret: true,
  level: 'SOL_TCP',
  access: 'wo',
  value: md5sig(),
  on: { linux: 32 },
  summary: 'As TCP_MD5SIG, for a whole network of peers (prefixlen) or for the peers behind a VRF device (ifindex).',
  notes: [
    'TCP_MD5SIG_FLAG_PREFIX makes prefixlen count, TCP_MD5SIG_FLAG_IFINDEX makes ifindex count.',
    'The interface must be a VRF device: others give EINVAL.',
  ],
  when: 'any',
  kinds: plain,
  see: ['TCP_MD5SIG', 'TCP_AO_ADD_KEY'],
  man: 'RFC 2385',
  since: '4.13',
  sample: {
    addr: { family: 'inet', address: '127.0.0.0', port: 0 },
    flags: 'TCP_MD5SIG_FLAG_PREFIX',
    prefixlen: 24,
    key: 'a key for tests',
  },
  sampleOn: 'tcp',
});

export const TCP_NODELAY = option({
  name: 'TCP_NODELAY',
  level: 'SOL_TCP',
  access: 'rw',
  value: bool(),
  on: { linux: 1, darwin: 1, freebsd: 1, windows: 1 },
  summary: 'Sends small writes at once, instead of holding them back until the peer acknowledged what is under way.',
  notes: [
    "Holding back is Nagle's algorithm. With a peer that delays its acknowledgements it costs 40 ms and more a write.",
    'Node turns it on for http by default, and with socket.setNoDelay() elsewhere.',
    'TCP_CORK wins while both are on.',
  ],
  when: 'any',
  see: ['TCP_CORK', 'TCP_QUICKACK', 'TCP_NOTSENT_LOWAT'],
  man: 'tcp(7), RFC 9293',
  since: '1.0',
  sample: true,
});

export const TCP_NOTSENT_LOWAT = option({
  name: 'TCP_NOTSENT_LOWAT',
  level: 'SOL_TCP',
  access: 'rw',
  value: u32({ unit: 'bytes', words: { default: 0 } }),
  on: { linux: 25, darwin: 0x201 },
  summary: 'Calls the socket writable only while fewer than this many bytes wait to be sent, to keep the queue short.',
  notes: [
    '0 (default) means the system default, which is no limit.',
    'It limits what waits, not what is under way: throughput stays, and new data waits less.',
  ],
  default: 'net.ipv4.tcp_notsent_lowat',
  when: 'any',
  see: ['SO_SNDBUF', 'TCP_NODELAY', 'TCP_INFO'],
  man: 'linux/tcp.h',
  since: '3.12',
  sample: 16_384,
});

export const TCP_QUEUE_SEQ = option({
  name: 'TCP_QUEUE_SEQ',
  level: 'SOL_TCP',
  access: 'rw',
  value: u32(),
  on: { linux: 21 },
  summary: 'The sequence number of the queue that TCP_REPAIR_QUEUE chose, for checkpoint and restore.',
  notes: [
    'Read in repair mode with a queue chosen, EINVAL otherwise.',
    'Can be set only before the restored socket connects; a connected one answers EPERM.',
  ],
  needs: 'CAP_NET_ADMIN',
  after: { TCP_REPAIR: TCP_REPAIR_ON, TCP_REPAIR_QUEUE: TCP_SEND_QUEUE },
  when: 'before-connect',
  kinds: repairable,
  see: ['TCP_REPAIR', 'TCP_REPAIR_QUEUE'],
  man: 'linux/tcp.h',
  since: '3.5',
  sample: 123_456_789,
  sampleOn: 'tcp',
});

export const TCP_QUICKACK = option({
  name: 'TCP_QUICKACK',
  level: 'SOL_TCP',
  access: 'rw',
  value: bool(),
  on: { linux: 12 },
  summary: 'Acknowledges at once instead of waiting for data to send along.',
  notes: [
    'Not sticky: the kernel goes back and forth by itself, so programs that want it set it again after every read.',
    'Turning it on sends an acknowledgement that is held back.',
  ],
  readback: { linux: 'volatile' },
  why: 'Linux turns it on and off by itself as the traffic goes',
  when: 'any',
  kinds: plain,
  see: ['TCP_NODELAY', 'TCP_DELACK_MAX_US'],
  man: 'tcp(7), RFC 5681',
  since: '2.4.4',
  sample: false,
});

export const TCP_REPAIR = option({
  name: 'TCP_REPAIR',
  level: 'SOL_TCP',
  access: 'rw',
  value: enumeration(tcpRepairModes),
  on: { linux: 19 },
  summary: 'Repair mode: the state of a connection can be saved and restored, and nothing goes over the network.',
  notes: [
    'For checkpoint and restore (CRIU): in repair mode connect(2) connects and close(2) closes without a segment.',
    'TCP_REPAIR_OFF_NO_WP leaves it without probing the window of the peer; it reads back as TCP_REPAIR_OFF.',
    'A listener refuses it with EPERM.',
  ],
  needs: 'CAP_NET_ADMIN',
  when: 'any',
  kinds: plain,
  see: ['TCP_REPAIR_QUEUE', 'TCP_QUEUE_SEQ', 'TCP_REPAIR_OPTIONS', 'TCP_REPAIR_WINDOW', 'TCP_TIMESTAMP'],
  man: 'linux/tcp.h',
  since: '3.5',
  sample: TCP_REPAIR_ON,
});

export const TCP_REPAIR_OPTIONS = option({
  name: 'TCP_REPAIR_OPTIONS',
  level: 'SOL_TCP',
  access: 'wo',
  value: repairOptions(),
  on: { linux: 22 },
  summary: 'Restores what a connection negotiated in its handshake: segment size, window scaling, SACK, timestamps.',
  notes: [
    'Only in repair mode, on a connected socket; EPERM before it is connected.',
    "TCPOPT_WINDOW has this side's scale in the upper 16 bits, the peer's in the lower; above 14 gives EFBIG.",
    'TCPOPT_SACK_PERMITTED and TCPOPT_TIMESTAMP take only the value 0.',
  ],
  needs: 'CAP_NET_ADMIN',
  after: { TCP_REPAIR: TCP_REPAIR_ON },
  when: 'connected',
  kinds: ['tcp-connected'],
  see: ['TCP_REPAIR', 'TCP_TIMESTAMP'],
  man: 'linux/tcp.h',
  since: '3.5',
  sample: [{ code: 'TCPOPT_MAXSEG', val: 1400 }],
});

export const TCP_REPAIR_QUEUE = option({
  name: 'TCP_REPAIR_QUEUE',
  level: 'SOL_TCP',
  access: 'rw',
  value: enumeration(tcpQueues),
  on: { linux: 20 },
  summary: 'Chooses the queue whose data and sequence number are read or written in repair mode.',
  notes: ['Outside of repair mode a read gives EINVAL and a set EPERM.', 'send and recv then work on that queue.'],
  needs: 'CAP_NET_ADMIN',
  after: { TCP_REPAIR: TCP_REPAIR_ON },
  when: 'any',
  kinds: repairable,
  see: ['TCP_REPAIR', 'TCP_QUEUE_SEQ'],
  man: 'linux/tcp.h',
  since: '3.5',
  sample: TCP_RECV_QUEUE,
});

export const TCP_REPAIR_WINDOW = option({
  name: 'TCP_REPAIR_WINDOW',
  level: 'SOL_TCP',
  access: 'rw',
  value: repairWindow(),
  length: 'exact',
  on: { linux: 29 },
  summary: 'Saves and restores the send and receive windows of a connection, for checkpoint and restore.',
  notes: [
    'Only in repair mode: EPERM otherwise. Sequence numbers that lie ahead of the queues give EINVAL.',
    'The length must be exactly 20 bytes, for reads as well.',
  ],
  needs: 'CAP_NET_ADMIN',
  after: { TCP_REPAIR: TCP_REPAIR_ON },
  when: 'any',
  kinds: repairable,
  see: ['TCP_REPAIR', 'TCP_QUEUE_SEQ'],
  man: 'linux/tcp.h',
  since: '4.8',
  sample: { snd_wl1: 0, snd_wnd: 2000, max_window: 3000, rcv_wnd: 4000, rcv_wup: 0 },
});

export const TCP_RTO_MAX_MS = option({
  name: 'TCP_RTO_MAX_MS',
  level: 'SOL_TCP',
  access: 'rw',
  value: int({ min: 1000, max: 120_000, unit: 'ms' }),
  on: { linux: 44 },
  summary: 'The longest time between two retransmissions: it doubles with each one until it is this long.',
  notes: [
    'Rounded up to clock ticks. A small value finds a path again soon after it was down.',
    'It also shortens the time until a dead connection is given up: with 1000 that is about 15 seconds.',
  ],
  default: 'net.ipv4.tcp_rto_max_ms',
  readback: { linux: 'rounded' },
  why: 'Linux rounds up to whole clock ticks',
  when: 'any',
  kinds: plain,
  see: ['TCP_RTO_MIN_US', 'TCP_USER_TIMEOUT'],
  man: 'RFC 6298',
  since: '6.15',
  sample: 5000,
});

export const TCP_RTO_MIN_US = option({
  name: 'TCP_RTO_MIN_US',
  level: 'SOL_TCP',
  access: 'rw',
  value: int({ min: 1, max: 200_000, unit: 'us' }),
  on: { linux: 45 },
  summary: 'The shortest time before a segment that is not acknowledged is sent again.',
  notes: [
    'Rounded up to clock ticks (4000 us at HZ=250); less than two ticks is refused with EINVAL.',
    'Small values suit a data centre. Where the peer delays acknowledgements for longer, each delay looks like a loss.',
  ],
  default: 'net.ipv4.tcp_rto_min_us',
  readback: { linux: 'rounded' },
  why: 'Linux rounds up to whole clock ticks',
  when: 'any',
  kinds: plain,
  see: ['TCP_RTO_MAX_MS', 'TCP_DELACK_MAX_US'],
  man: 'RFC 6298',
  since: '6.15',
  sample: 40_000,
});

export const TCP_SAVED_SYN = option({
  name: 'TCP_SAVED_SYN',
  level: 'SOL_TCP',
  access: 'ro',
  value: bytes({ max: 512 }),
  on: { linux: 28 },
  summary: 'The headers of the SYN that opened an accepted connection, where its listener had TCP_SAVE_SYN on.',
  notes: [
    'IP and TCP headers, with the link header in front where TCP_SAVE_SYN was 2. Empty where nothing was kept.',
    'A successful read frees them, so a second read is empty. Too small a buffer gives EINVAL and frees nothing.',
  ],
  sideEffect: 'Frees the saved headers: the next read is empty.',
  kinds: plain,
  see: ['TCP_SAVE_SYN'],
  man: 'linux/tcp.h',
  since: '4.2',
});

export const TCP_SAVE_SYN = option({
  name: 'TCP_SAVE_SYN',
  level: 'SOL_TCP',
  access: 'rw',
  value: int({ min: 0, max: 2 }),
  on: { linux: 27 },
  summary: 'Makes a listener keep the headers of each SYN, for TCP_SAVED_SYN on the accepted connection.',
  notes: [
    '1 keeps the IP and TCP headers, 2 the link header as well (Linux 5.10), 0 nothing.',
    'They show the options in the SYN: window scale, segment size, timestamps, the TTL on arrival.',
  ],
  when: 'any',
  kinds: plain,
  see: ['TCP_SAVED_SYN'],
  man: 'linux/tcp.h',
  since: '4.2',
  sample: 1,
});

export const TCP_SYNCNT = option({
  name: 'TCP_SYNCNT',
  level: 'SOL_TCP',
  access: 'rw',
  value: int({ min: 1, max: 127, unit: 'retries' }),
  on: { linux: 7 },
  summary: 'How often a connect sends its SYN again before it fails with ETIMEDOUT.',
  notes: [
    'The pauses grow: the default of 6 takes about two minutes. TCP_USER_TIMEOUT limits the time instead.',
    'Since Linux 6.5 the first repeats go out a second apart (net.ipv4.tcp_syn_linear_timeouts).',
  ],
  default: 'net.ipv4.tcp_syn_retries',
  when: 'before-connect',
  kinds: plain,
  see: ['TCP_USER_TIMEOUT', 'SO_SNDTIMEO'],
  man: 'tcp(7), RFC 6298',
  since: '2.4',
  sample: 3,
});

export const TCP_THIN_DUPACK = option({
  name: 'TCP_THIN_DUPACK',
  level: 'SOL_TCP',
  access: 'rw',
  value: bool(),
  on: { linux: 17 },
  summary:
    'Retransmitted after one duplicate acknowledgement on connections with little traffic; no longer does anything.',
  notes: ['Linux 4.11 took it out, for RACK does it better: a set is checked and ignored, a read gives off.'],
  why: 'Linux has ignored this option since 4.11',
  when: 'any',
  kinds: plain,
  see: ['TCP_THIN_LINEAR_TIMEOUTS'],
  man: 'linux/tcp.h',
  since: '2.6.34',
  sample: true,
  reads: false,
});

export const TCP_THIN_LINEAR_TIMEOUTS = option({
  name: 'TCP_THIN_LINEAR_TIMEOUTS',
  level: 'SOL_TCP',
  access: 'rw',
  value: bool(),
  on: { linux: 16 },
  summary:
    'Repeats a lost segment at even pauses at first, on connections that have little under way (games, control).',
  notes: [
    'Up to six times, while fewer than four segments are under way; then the pauses double. Not in the first slow start.',
    'With bbr as congestion control it has no effect (Linux 6.18): it never leaves what the kernel takes for that start.',
    'Refuses every value but 0 and 1. net.ipv4.tcp_thin_linear_timeouts turns it on for all.',
  ],
  when: 'any',
  kinds: plain,
  see: ['TCP_RTO_MAX_MS', 'TCP_USER_TIMEOUT'],
  man: 'linux/tcp.h',
  since: '2.6.34',
  sample: true,
});

export const TCP_TIMESTAMP = option({
  name: 'TCP_TIMESTAMP',
  level: 'SOL_TCP',
  access: 'rw',
  value: u32(),
  on: { linux: 24 },
  summary: 'The clock that the timestamps in the segments of this connection show.',
  notes: [
    'It runs: in ms, or in us where TCP_INFO has TCPI_OPT_USEC_TS. Every connection has an offset of its own.',
    'Can be set only in repair mode, EPERM otherwise.',
  ],
  readback: { linux: 'volatile' },
  why: 'it is a clock that runs on',
  needs: 'CAP_NET_ADMIN',
  after: { TCP_REPAIR: TCP_REPAIR_ON },
  when: 'any',
  kinds: plain,
  see: ['TCP_REPAIR', 'TCP_REPAIR_OPTIONS'],
  man: 'RFC 7323',
  since: '3.9',
  sample: 1_000_000,
});

export const TCP_TX_DELAY = option({
  name: 'TCP_TX_DELAY',
  level: 'SOL_TCP',
  access: 'rw',
  value: int({ min: 0, max: 0xfffffff, unit: 'us' }),
  on: { linux: 37 },
  summary: 'Holds every segment back for this long before it leaves: a long path, simulated for one connection.',
  notes: [
    'For tests of slow networks without netem. Half of the round trip on each end gives the whole.',
    'Only the fq queueing discipline keeps the time of departure: without it on the device, nothing is delayed.',
    'Once any socket of the system used it, the extra check stays on for all until a reboot.',
  ],
  when: 'any',
  kinds: plain,
  see: ['SO_TXTIME', 'SO_MAX_PACING_RATE'],
  man: 'linux/tcp.h',
  since: '5.3',
  sample: 1000,
});

export const TCP_ULP = option({
  name: 'TCP_ULP',
  level: 'SOL_TCP',
  access: 'rw',
  value: text({ size: 16 }),
  on: { linux: 31 },
  summary: 'Puts a kernel layer on top of a connection by name, such as tls for encryption in the kernel.',
  notes: [
    `Names: ${tcpUpperLayers.join(', ')}, as far as the kernel has them: ENOENT otherwise.`,
    'It cannot be taken off again. tls wants a connected socket: ENOTCONN otherwise.',
    'A layer whose module is not loaded is loaded only with CAP_NET_ADMIN.',
    'Empty while there is none. An MPTCP socket reads mptcp, which nobody can set (EOPNOTSUPP).',
  ],
  when: 'connected',
  see: ['TCP_IS_MPTCP'],
  man: 'linux/tcp.h',
  since: '4.13',
  sample: 'tls',
  sampleOn: 'tcp-connected',
});

export const TCP_USER_TIMEOUT = option({
  name: 'TCP_USER_TIMEOUT',
  level: 'SOL_TCP',
  access: 'rw',
  value: int({ min: 0, unit: 'ms', words: { default: 0 } }),
  on: { linux: 18 },
  summary: 'How long sent data may stay unacknowledged before the connection is given up with ETIMEDOUT.',
  notes: [
    '0 (default) leaves it to net.ipv4.tcp_retries2, about 15 minutes.',
    'With SO_KEEPALIVE on it also decides when unanswered probes end the connection, whatever TCP_KEEPCNT says.',
    'Works on non-blocking sockets, where SO_SNDTIMEO does not.',
  ],
  when: 'any',
  kinds: plain,
  see: ['TCP_KEEPIDLE', 'TCP_KEEPCNT', 'TCP_RTO_MAX_MS', 'SO_SNDTIMEO'],
  man: 'tcp(7), RFC 5482',
  since: '2.6.37',
  sample: 30_000,
});

export const TCP_WINDOW_CLAMP = option({
  name: 'TCP_WINDOW_CLAMP',
  level: 'SOL_TCP',
  access: 'rw',
  value: int({ unit: 'bytes' }),
  on: { linux: 10 },
  summary: 'The largest window that this side offers: the peer may have so much under way at most.',
  notes: [
    'Raised to 1152 bytes where it is less. 0 lifts the limit on a socket that is not connected; others give EINVAL.',
    'Reads 0 on a new socket, and the limit in use on a connected one. SO_RCVBUF limits the window as well.',
  ],
  when: 'any',
  kinds: plain,
  see: ['SO_RCVBUF', 'TCP_MAXSEG', 'TCP_INFO'],
  man: 'tcp(7), RFC 7323',
  since: '2.4',
  sample: 65_536,
});

export const TCP_ZEROCOPY_RECEIVE = option({
  name: 'TCP_ZEROCOPY_RECEIVE',
  level: 'SOL_TCP',
  access: 'ro',
  value: zerocopyReceive(),
  query: zerocopyQuery(),
  length: 'in-out',
  on: { linux: 35 },
  summary: 'Maps received data into memory instead of copying it.',
  notes: [
    'The read takes a query: {} maps nothing, and tells what is there (inq) and what to read first (recv_skip_hint).',
    'address must come from mmap(2) on the socket; the kernel writes to copybuf_address and msg_control.',
    'Only whole pages can be mapped, so it pays where the network card splits headers from data.',
    'Older kernels return less: 16 bytes in 4.18. A listener answers ENOTCONN.',
  ],
  sideEffect: 'Takes the mapped and copied bytes out of the receive queue.',
  kinds: repairable,
  see: ['SO_ZEROCOPY', 'TCP_INQ', 'SO_RCVLOWAT'],
  man: 'linux/tcp.h',
  since: '4.18',
});

/** The name of the control message, which has the option's number. */
export const TCP_CM_INQ = alias('TCP_CM_INQ', TCP_INQ);
