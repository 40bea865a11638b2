// Options that macOS and FreeBSD share (some of them Windows has as well), by level, then by C name.
import { macLabel, msfilterreq, passFilter } from '../codec/bsd.ts';
import { nothing } from '../codec/bytes.ts';
import { enumeration } from '../codec/enumeration.ts';
import { icmp6Filter } from '../codec/icmp-filter.ts';
import { perSystem } from '../codec/per-system.ts';
import { bool, int } from '../codec/scalar.ts';
import { IP_PORTRANGE_HIGH, IPV6_PORTRANGE_HIGH, ipv6PortRanges, portRanges } from '../constants/bsd.ts';
import { type Kind, option } from '../option.ts';

const tcp: readonly Kind[] = ['tcp', 'tcp6', 'tcp-listen', 'tcp-connected'];
const datagram: readonly Kind[] = ['udp', 'udp6', 'raw'];
const inet: readonly Kind[] = ['tcp', 'tcp6', 'tcp-listen', 'tcp-connected', 'udp', 'udp6', 'raw'];
const raw: readonly Kind[] = ['raw'];

export const SO_LABEL = option({
  name: 'SO_LABEL',
  level: 'SOL_SOCKET',
  access: 'ro',
  value: macLabel(),
  query: macLabel(),
  length: 'in-out',
  on: { darwin: 0x1010, freebsd: 0x1009 },
  summary: "The socket's label of mandatory access control, as text that the kernel writes to an address.",
  notes: [
    'The read passes in the length and the address of the room for the text.',
    'macOS answers EOPNOTSUPP; FreeBSD wants a kernel with MAC.',
  ],
  see: ['SO_PEERLABEL', 'SO_PEERSEC'],
  man: 'getsockopt(2)',
  instead: 'On Linux SO_PEERSEC has the label of the peer, /proc/PID/attr/current that of a process',
});

export const SO_NOSIGPIPE = option({
  name: 'SO_NOSIGPIPE',
  level: 'SOL_SOCKET',
  access: 'rw',
  value: bool(),
  on: { darwin: 0x1022, freebsd: 0x0800 },
  summary: 'Lets a write to a connection that the peer has closed fail with EPIPE only, without the signal SIGPIPE.',
  notes: ['Node, Deno and Bun ignore SIGPIPE for the whole process: it changes nothing for them.'],
  when: 'any',
  see: ['SO_ERROR'],
  man: 'getsockopt(2)',
  instead: 'On Linux pass MSG_NOSIGNAL to each send, or ignore SIGPIPE in the process',
  sample: true,
});

export const SO_PEERLABEL = option({
  name: 'SO_PEERLABEL',
  level: 'SOL_SOCKET',
  access: 'ro',
  value: macLabel(),
  query: macLabel(),
  length: 'in-out',
  on: { darwin: 0x1011, freebsd: 0x1010 },
  summary:
    "The label that mandatory access control gave to the peer's socket, as text that the kernel writes to an address.",
  notes: [
    'The read passes in the length and the address of the room for the text.',
    'macOS answers EOPNOTSUPP; FreeBSD wants a kernel with MAC.',
  ],
  see: ['SO_LABEL', 'SO_PEERSEC'],
  man: 'getsockopt(2)',
  instead: 'On Linux use SO_PEERSEC',
});

export const SO_USELOOPBACK = option({
  name: 'SO_USELOOPBACK',
  level: 'SOL_SOCKET',
  access: 'rw',
  accessOn: { windows: 'none' },
  value: bool(),
  on: { darwin: 0x40, freebsd: 0x40, windows: 0x40 },
  summary: 'On a routing socket: the process hears of its own changes to the routing table as well.',
  notes: ['Other sockets of the BSDs keep it and do nothing with it.'],
  when: 'any',
  see: ['SO_DONTROUTE'],
  man: 'route(4)',
  differs: { windows: "Meant to send by the loopback address; Windows' TCP/IP refuses it with WSAEINVAL." },
  instead: 'Linux has no routing sockets of this kind: NETLINK_ROUTE tells the sender by the port of the message',
  sample: true,
});

export const TCP_KEEPALIVE = option({
  name: 'TCP_KEEPALIVE',
  level: 'SOL_TCP',
  access: 'rw',
  value: int({ min: 0, unit: 's' }),
  on: { darwin: 0x10, windows: 3 },
  summary:
    'How long a connection must be silent before the first keepalive probe is sent: what others call TCP_KEEPIDLE.',
  notes: ['Takes effect only with SO_KEEPALIVE on.', 'In seconds on both systems.'],
  when: 'any',
  kinds: tcp,
  see: ['TCP_KEEPIDLE', 'TCP_KEEPINTVL', 'TCP_KEEPCNT', 'SO_KEEPALIVE'],
  man: 'tcp(4)',
  instead: 'Use TCP_KEEPIDLE, which has the number of each system',
  aliasOf: 'TCP_KEEPIDLE',
  sample: 60,
});

export const TCP_NOOPT = option({
  name: 'TCP_NOOPT',
  level: 'SOL_TCP',
  access: 'rw',
  value: bool(),
  on: { darwin: 8, freebsd: 8 },
  summary: 'Sends segments without TCP options: no window scaling, no SACK, no timestamps.',
  notes: ['For peers that choke on options. A connection over a long path becomes much slower without them.'],
  when: 'before-connect',
  kinds: tcp,
  see: ['TCP_MAXSEG'],
  man: 'tcp(4)',
  instead: 'On Linux the system-wide net.ipv4.tcp_window_scaling, tcp_sack and tcp_timestamps, or route attributes',
  sample: true,
});

export const TCP_NOPUSH = option({
  name: 'TCP_NOPUSH',
  level: 'SOL_TCP',
  access: 'rw',
  value: bool(),
  on: { darwin: 4, freebsd: 4 },
  summary: 'Holds partly filled segments back, so that a header and what follows it leave together.',
  notes: ['FreeBSD sends what waits when it is turned off on a connection.'],
  when: 'any',
  kinds: tcp,
  see: ['TCP_CORK', 'TCP_NODELAY'],
  man: 'tcp(4)',
  instead: 'On Linux use TCP_CORK, which also sends after 200 ms at the latest',
  sample: true,
});

export const IP_DONTFRAG = option({
  name: 'IP_DONTFRAG',
  level: 'SOL_IP',
  access: 'rw',
  value: bool(),
  on: { darwin: 28, freebsd: 67 },
  summary:
    'Sets the "don\'t fragment" bit of outgoing datagrams; one that does not fit the interface fails with EMSGSIZE.',
  notes: ['UDP and raw sockets. TCP sets the bit itself where it discovers the path MTU.'],
  when: 'any',
  kinds: datagram,
  see: ['IP_MTU_DISCOVER', 'IP_DONTFRAGMENT', 'IPV6_DONTFRAG'],
  man: 'ip(4)',
  instead: 'On Linux and Windows set IP_MTU_DISCOVER to IP_PMTUDISC_DO; Windows also has IP_DONTFRAGMENT',
  sample: true,
});

export const IP_MULTICAST_VIF = option({
  name: 'IP_MULTICAST_VIF',
  level: 'SOL_IP',
  access: 'rw',
  value: int({ min: -1, words: { none: -1 } }),
  on: { darwin: 14, freebsd: 14 },
  summary: "Sends multicast through a virtual interface of the kernel's multicast router, by number.",
  notes: ['Only while a multicast routing daemon has made such interfaces.'],
  when: 'any',
  kinds: raw,
  see: ['IP_MULTICAST_IF'],
  man: 'multicast(4)',
  instead: 'On Linux choose a real interface with IP_MULTICAST_IF',
  sample: 1,
});

export const IP_PORTRANGE = option({
  name: 'IP_PORTRANGE',
  level: 'SOL_IP',
  access: 'rw',
  value: enumeration(portRanges),
  on: { darwin: 19, freebsd: 19 },
  summary:
    'Which ports the kernel picks from when the program leaves the choice to it: the usual, the high, or the ' +
    'privileged ones.',
  notes: ['The ranges are net.inet.ip.portrange.first and last, hifirst and hilast, lowfirst and lowlast.'],
  when: 'before-bind',
  kinds: inet,
  see: ['IP_LOCAL_PORT_RANGE', 'IPV6_PORTRANGE'],
  man: 'ip(4)',
  instead: 'On Linux use IP_LOCAL_PORT_RANGE, which takes two port numbers',
  sample: IP_PORTRANGE_HIGH,
});

export const IP_RECVIF = option({
  name: 'IP_RECVIF',
  level: 'SOL_IP',
  access: 'rw',
  value: bool(),
  on: { darwin: 20, freebsd: 20, windows: 24 },
  summary: 'Reports, beside each datagram in recvmsg, the interface that it came in on.',
  notes: [
    'The control message has a struct sockaddr_dl on macOS and FreeBSD: the index, the name and the hardware address.',
  ],
  when: 'any',
  kinds: datagram,
  see: ['IP_PKTINFO', 'IP_RECVDSTADDR', 'IPV6_RECVIF'],
  man: 'ip(4)',
  differs: { windows: 'The control message has the index only, as a DWORD.' },
  instead: 'On Linux use IP_PKTINFO, which has the index',
  sample: true,
});

export const IP_RSVP_OFF = option({
  name: 'IP_RSVP_OFF',
  level: 'SOL_IP',
  access: 'wo',
  value: nothing(),
  on: { darwin: 16, freebsd: 16 },
  summary: 'Ends what IP_RSVP_ON began.',
  notes: ['The kernel does not look at the value.'],
  when: 'any',
  needs: 'root',
  kinds: raw,
  see: ['IP_RSVP_ON'],
  man: 'netinet/in.h',
  instead:
    'On Linux nothing takes its place: a program that handles RSVP reads protocol 46 from a raw socket with ' +
    'IP_ROUTER_ALERT',
  sample: null,
});

export const IP_RSVP_ON = option({
  name: 'IP_RSVP_ON',
  level: 'SOL_IP',
  access: 'wo',
  value: nothing(),
  on: { darwin: 15, freebsd: 15 },
  summary: 'Hands RSVP packets that pass through this host to the raw socket, which is the RSVP daemon of the system.',
  notes: ['The kernel does not look at the value. One socket of the system can have it.'],
  when: 'any',
  needs: 'root',
  kinds: raw,
  see: ['IP_RSVP_OFF', 'IP_ROUTER_ALERT'],
  man: 'netinet/in.h',
  instead:
    'On Linux nothing takes its place: a program that handles RSVP reads protocol 46 from a raw socket with ' +
    'IP_ROUTER_ALERT',
  sample: null,
});

export const IP_RSVP_VIF_OFF = option({
  name: 'IP_RSVP_VIF_OFF',
  level: 'SOL_IP',
  access: 'wo',
  value: int({ min: 0 }),
  on: { darwin: 18, freebsd: 18 },
  summary: 'Ends what IP_RSVP_VIF_ON began.',
  when: 'any',
  needs: 'root',
  kinds: raw,
  see: ['IP_RSVP_VIF_ON'],
  man: 'netinet/in.h',
  instead:
    'On Linux nothing takes its place: a program that handles RSVP reads protocol 46 from a raw socket with ' +
    'IP_ROUTER_ALERT',
  sample: 1,
});

export const IP_RSVP_VIF_ON = option({
  name: 'IP_RSVP_VIF_ON',
  level: 'SOL_IP',
  access: 'wo',
  value: int({ min: 0 }),
  on: { darwin: 17, freebsd: 17 },
  summary: 'As IP_RSVP_ON, for the packets of one virtual interface of the multicast router.',
  when: 'any',
  needs: 'root',
  kinds: raw,
  see: ['IP_RSVP_ON', 'IP_RSVP_VIF_OFF'],
  man: 'netinet/in.h',
  instead:
    'On Linux nothing takes its place: a program that handles RSVP reads protocol 46 from a raw socket with ' +
    'IP_ROUTER_ALERT',
  sample: 1,
});

export const IPV6_BINDV6ONLY = option({
  name: 'IPV6_BINDV6ONLY',
  level: 'SOL_IPV6',
  access: 'rw',
  value: bool(),
  on: { darwin: 27, freebsd: 27 },
  summary: 'The name that IPV6_V6ONLY had before RFC 3493.',
  when: 'before-bind',
  see: ['IPV6_V6ONLY'],
  man: 'ip6(4)',
  instead: 'Use IPV6_V6ONLY, which every system has',
  aliasOf: 'IPV6_V6ONLY',
  sample: true,
});

export const IPV6_MSFILTER = option({
  name: 'IPV6_MSFILTER',
  level: 'SOL_IPV6',
  access: 'none',
  value: msfilterreq(),
  on: { darwin: 74, freebsd: 74 },
  summary:
    'What setsourcefilter(3) passes to the kernel: the list of senders that the socket hears in one multicast group.',
  notes: ['The headers call it private; the struct has the address of the list.'],
  see: ['MCAST_MSFILTER', 'IP_MSFILTER'],
  man: 'netinet/in.h',
  role: 'internal',
  instead: 'Use MCAST_JOIN_SOURCE_GROUP and its siblings, or MCAST_MSFILTER on Linux',
});

export const IPV6_PORTRANGE = option({
  name: 'IPV6_PORTRANGE',
  level: 'SOL_IPV6',
  access: 'rw',
  value: enumeration(ipv6PortRanges),
  on: { darwin: 14, freebsd: 14 },
  summary:
    'Which ports the kernel picks from when the program leaves the choice to it: the usual, the high, or the ' +
    'privileged ones.',
  when: 'before-bind',
  see: ['IP_PORTRANGE', 'IP_LOCAL_PORT_RANGE'],
  man: 'ip6(4)',
  instead: 'On Linux use IP_LOCAL_PORT_RANGE, on IPv6 sockets too',
  sample: IPV6_PORTRANGE_HIGH,
});

export const IPV6_USE_MIN_MTU = option({
  name: 'IPV6_USE_MIN_MTU',
  level: 'SOL_IPV6',
  access: 'rw',
  value: int({ min: -1, max: 1, words: { multicast: -1, never: 0, always: 1 } }),
  on: { darwin: 42, freebsd: 42 },
  summary: 'Sends packets of at most 1280 bytes, which every IPv6 path takes, instead of discovering the path MTU.',
  notes: ['-1 does so for multicast only, and is the default (RFC 3542).'],
  when: 'any',
  see: ['IPV6_MTU', 'IPV6_DONTFRAG', 'IPV6_MTU_DISCOVER'],
  man: 'RFC 3542',
  instead: 'On Linux set IPV6_MTU to 1280',
  sample: 1,
});

export const ICMP6_FILTER = option({
  name: 'ICMP6_FILTER',
  level: 'SOL_ICMPV6',
  access: 'rw',
  value: perSystem(icmp6Filter(), { darwin: passFilter(), freebsd: passFilter() }),
  on: { linux: 1, darwin: 18, freebsd: 18 },
  summary:
    'Which types of ICMPv6 messages a raw socket receives: the name of RFC 3542, which the C library of Linux has too.',
  notes: ["Linux's own name is ICMPV6_FILTER."],
  when: 'any',
  see: ['ICMPV6_FILTER'],
  man: 'RFC 3542',
  differs: {
    darwin: 'A bit that is set lets its type pass; on Linux it keeps the type away. The value is the same.',
    freebsd: 'A bit that is set lets its type pass; on Linux it keeps the type away. The value is the same.',
  },
  aliasOf: 'ICMPV6_FILTER',
  sample: { pass: ['ICMPV6_ECHO_REPLY'] },
});
