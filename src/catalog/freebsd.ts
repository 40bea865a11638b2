// Options that only FreeBSD has (TCP's have files of their own), by level, then by C name.
import { acceptFilter, soSplice, splicedBytes } from '../codec/bsd.ts';
import { bytes } from '../codec/bytes.ts';
import { enumeration } from '../codec/enumeration.ts';
import { bool, int, u32 } from '../codec/scalar.ts';
import { SO_TS_MONOTONIC, timestampClocks } from '../constants/bsd.ts';
import { protocols } from '../constants/levels.ts';
import { type Kind, option } from '../option.ts';

const listener: readonly Kind[] = ['tcp-listen', 'unix'];
const connected: readonly Kind[] = ['tcp-connected'];
const datagram: readonly Kind[] = ['udp', 'udp6', 'raw'];
const datagram6: readonly Kind[] = ['udp6', 'raw6'];
const inet: readonly Kind[] = ['tcp', 'tcp6', 'tcp-listen', 'tcp-connected', 'udp', 'udp6', 'raw'];
const raw: readonly Kind[] = ['raw'];
const udp: readonly Kind[] = ['udp', 'udp6'];

export const SO_ACCEPTFILTER = option({
  name: 'SO_ACCEPTFILTER',
  level: 'SOL_SOCKET',
  access: 'rw',
  value: acceptFilter(),
  on: { freebsd: 0x1000 },
  summary:
    'Lets the kernel hold accepted connections back until a filter is content: data has arrived, or a whole HTTP ' +
    'request.',
  notes: [
    'Only after listen, EINVAL before. The filter is a kernel module: accf_data, accf_http, accf_dns.',
    'A null pointer with length 0 (the raw form of a set) takes the filter away.',
  ],
  kinds: listener,
  see: ['TCP_DEFER_ACCEPT'],
  man: 'getsockopt(2), accept_filter(9)',
  instead: 'On Linux TCP_DEFER_ACCEPT waits for data',
  sample: { name: 'dataready' },
  reads: { name: 'dataready', arg: '' },
});

export const SO_BINTIME = option({
  name: 'SO_BINTIME',
  level: 'SOL_SOCKET',
  access: 'rw',
  value: bool(),
  on: { freebsd: 0x2000 },
  summary: 'Reports when each datagram arrived, beside it in recvmsg, as a struct bintime (SCM_BINTIME).',
  when: 'any',
  kinds: udp,
  see: ['SO_TIMESTAMP', 'SO_TS_CLOCK', 'SO_TIMESTAMPNS'],
  man: 'getsockopt(2)',
  instead: 'On Linux use SO_TIMESTAMPNS',
  sample: true,
});

export const SO_LISTENINCQLEN = option({
  name: 'SO_LISTENINCQLEN',
  level: 'SOL_SOCKET',
  access: 'ro',
  value: int({ unit: 'connections' }),
  on: { freebsd: 0x1013 },
  summary: 'How many connections of a listener are not complete yet.',
  kinds: listener,
  see: ['SO_LISTENQLEN', 'SO_LISTENQLIMIT'],
  man: 'getsockopt(2)',
  instead: 'On Linux the table of TCP sockets has them, in state SYN_RECV',
});

export const SO_LISTENQLEN = option({
  name: 'SO_LISTENQLEN',
  level: 'SOL_SOCKET',
  access: 'ro',
  value: int({ unit: 'connections' }),
  on: { freebsd: 0x1012 },
  summary: 'How many connections wait for accept.',
  kinds: listener,
  see: ['SO_LISTENQLIMIT', 'TCP_INFO'],
  man: 'getsockopt(2)',
  instead: 'On Linux TCP_INFO of the listener: unacked',
});

export const SO_LISTENQLIMIT = option({
  name: 'SO_LISTENQLIMIT',
  level: 'SOL_SOCKET',
  access: 'ro',
  value: int({ unit: 'connections' }),
  on: { freebsd: 0x1011 },
  summary: 'How many connections may wait for accept: the backlog that listen was given.',
  kinds: listener,
  see: ['SO_LISTENQLEN', 'TCP_INFO'],
  man: 'getsockopt(2)',
  instead: 'On Linux TCP_INFO of the listener: sacked',
});

export const SO_NO_DDP = option({
  name: 'SO_NO_DDP',
  level: 'SOL_SOCKET',
  access: 'rw',
  value: bool(),
  on: { freebsd: 0x8000 },
  summary: 'Keeps the network card from writing received data into the memory of the program by itself.',
  notes: ['An offload of Chelsio cards, for aio_read(2).'],
  when: 'any',
  see: ['SO_NO_OFFLOAD', 'TCP_ZEROCOPY_RECEIVE'],
  man: 'getsockopt(2)',
  instead: 'Linux asks for it by TCP_ZEROCOPY_RECEIVE and SO_DEVMEM_DMABUF, and does not otherwise',
  sample: true,
});

export const SO_NO_OFFLOAD = option({
  name: 'SO_NO_OFFLOAD',
  level: 'SOL_SOCKET',
  access: 'rw',
  value: bool(),
  on: { freebsd: 0x4000 },
  summary: 'Keeps the protocol of this socket out of the network card: no TCP offload engine.',
  when: 'before-connect',
  see: ['SO_NO_DDP'],
  man: 'getsockopt(2)',
  instead: 'Linux has no such engines; ethtool(8) turns off what cards do',
  sample: true,
});

export const SO_PROTOTYPE = option({
  name: 'SO_PROTOTYPE',
  level: 'SOL_SOCKET',
  access: 'ro',
  value: enumeration(protocols),
  on: { freebsd: 0x1016 },
  summary: "SunOS's name of SO_PROTOCOL.",
  see: ['SO_PROTOCOL'],
  man: 'getsockopt(2)',
  instead: 'Use SO_PROTOCOL',
  aliasOf: 'SO_PROTOCOL',
});

export const SO_RERROR = option({
  name: 'SO_RERROR',
  level: 'SOL_SOCKET',
  access: 'rw',
  value: bool(),
  on: { freebsd: 0x20000 },
  summary:
    'Reports datagrams that were lost because the receive buffer was full, as an error of the next read (ENOBUFS).',
  when: 'any',
  see: ['SO_RXQ_OVFL'],
  man: 'getsockopt(2)',
  instead: 'On Linux SO_RXQ_OVFL counts them beside each datagram',
  sample: true,
});

export const SO_REUSEPORT_LB = option({
  name: 'SO_REUSEPORT_LB',
  level: 'SOL_SOCKET',
  access: 'rw',
  value: bool(),
  on: { freebsd: 0x10000 },
  summary:
    'Lets several sockets bind to one address and port, and spreads connections and datagrams among them: ' +
    "Linux's SO_REUSEPORT.",
  notes: ['A hash of the ports and the foreign address chooses; at most 256 sockets are in a group.'],
  when: 'before-bind',
  see: ['SO_REUSEPORT', 'TCP_REUSPORT_LB_NUMA'],
  man: 'getsockopt(2)',
  instead: 'On Linux use SO_REUSEPORT',
  sample: true,
});

export const SO_SETFIB = option({
  name: 'SO_SETFIB',
  level: 'SOL_SOCKET',
  access: 'rw',
  value: int({ min: 0 }),
  on: { freebsd: 0x1014 },
  summary: 'Chooses the routing table (FIB) that the packets of the socket are routed by.',
  notes: ['From 0 to one less than net.fibs.', 'Older kernels only let it be set; those that read it call it SO_FIB.'],
  when: 'before-connect',
  see: ['SO_MARK', 'SO_BINDTODEVICE'],
  man: 'getsockopt(2), setfib(2)',
  instead: 'On Linux SO_MARK with a rule of ip-rule(8), or SO_BINDTODEVICE with a VRF',
  sample: 1,
});

export const SO_SPLICE = option({
  name: 'SO_SPLICE',
  level: 'SOL_SOCKET',
  access: 'rw',
  value: splicedBytes(),
  input: soSplice(),
  on: { freebsd: 0x1023 },
  summary:
    'Passes what arrives at the socket on to another one within the kernel; a read tells how many bytes went that way.',
  notes: [
    'A set takes the descriptor of the other socket, -1 to end it. Connected TCP sockets only, and one way only.',
    'max ends it after so many bytes, idle after so long; 0 is no limit.',
  ],
  when: 'connected',
  kinds: connected,
  see: ['SO_ZEROCOPY'],
  man: 'getsockopt(2)',
  instead: 'On Linux splice(2) through a pipe, or a sockmap of eBPF',
  sample: { fd: -1 },
  reads: 0n,
});

export const SO_TS_CLOCK = option({
  name: 'SO_TS_CLOCK',
  level: 'SOL_SOCKET',
  access: 'rw',
  value: enumeration(timestampClocks),
  on: { freebsd: 0x1017 },
  summary: 'The clock and the struct of the time that SO_TIMESTAMP reports.',
  when: 'any',
  see: ['SO_TIMESTAMP', 'SO_BINTIME'],
  man: 'getsockopt(2)',
  instead: 'On Linux SO_TIMESTAMP, SO_TIMESTAMPNS and SO_TIMESTAMPING are three options',
  sample: SO_TS_MONOTONIC,
});

export const SO_USER_COOKIE = option({
  name: 'SO_USER_COOKIE',
  level: 'SOL_SOCKET',
  access: 'wo',
  value: u32(),
  on: { freebsd: 0x1015 },
  summary:
    'A number that the packet filter ipfw sees with the traffic of the socket, such as a rule to go on at or a pipe.',
  when: 'any',
  see: ['SO_MARK'],
  man: 'getsockopt(2)',
  instead: 'On Linux use SO_MARK',
  sample: 100,
});

export const IP_BINDANY = option({
  name: 'IP_BINDANY',
  level: 'SOL_IP',
  access: 'rw',
  value: bool(),
  on: { freebsd: 24 },
  summary: 'Allows bind to an address that this host does not have, as transparent proxies need it.',
  notes: ['Together with firewall rules that hand the packets over (fwd of ipfw).'],
  when: 'before-bind',
  needs: 'the privilege PRIV_NETINET_BINDANY (root)',
  kinds: inet,
  see: ['IP_TRANSPARENT', 'IP_FREEBIND', 'IPV6_BINDANY'],
  man: 'ip(4)',
  instead: 'On Linux use IP_TRANSPARENT (proxies) or IP_FREEBIND (addresses to come)',
  sample: true,
});

export const IP_BINDMULTI = option({
  name: 'IP_BINDMULTI',
  level: 'SOL_IP',
  access: 'rw',
  value: bool(),
  on: { freebsd: 25 },
  summary: 'Lets several sockets bind to one address and port, each for its own receive queue (RSS bucket).',
  when: 'before-bind',
  kinds: inet,
  see: ['IP_RSS_LISTEN_BUCKET', 'SO_REUSEPORT', 'SO_REUSEPORT_LB'],
  man: 'netinet/in.h',
  instead: 'On Linux use SO_REUSEPORT with SO_INCOMING_CPU or SO_ATTACH_REUSEPORT_CBPF',
  sample: true,
});

export const IP_DUMMYNET3 = option({
  name: 'IP_DUMMYNET3',
  level: 'SOL_IP',
  access: 'rw',
  value: bytes(),
  on: { freebsd: 49 },
  summary:
    'How ipfw(8) configures the traffic shaper dummynet: a header that names an operation, and what belongs to it.',
  notes: ['Bytes, for the layout depends on the operation and on the version of the tool.'],
  needs: 'root',
  kinds: raw,
  man: 'dummynet(4)',
  instead: 'On Linux use tc(8)',
  sample: new Uint8Array(8),
});

export const IP_FLOWID = option({
  name: 'IP_FLOWID',
  level: 'SOL_IP',
  access: 'ro',
  value: u32(),
  on: { freebsd: 90 },
  summary: 'The hash that network card or kernel keeps this connection together by.',
  see: ['IP_FLOWTYPE', 'IP_RSSBUCKETID', 'SO_INCOMING_NAPI_ID'],
  man: 'netinet/in.h',
  instead: 'On Linux SO_INCOMING_NAPI_ID and SO_INCOMING_CPU tell where packets came in',
});

export const IP_FLOWTYPE = option({
  name: 'IP_FLOWTYPE',
  level: 'SOL_IP',
  access: 'ro',
  value: int(),
  on: { freebsd: 91 },
  summary: 'How the hash of IP_FLOWID was made (M_HASHTYPE_* of sys/mbuf.h).',
  see: ['IP_FLOWID'],
  man: 'netinet/in.h',
  instead: 'On Linux SO_INCOMING_NAPI_ID and SO_INCOMING_CPU tell where packets came in',
});

export const IP_FW3 = option({
  name: 'IP_FW3',
  level: 'SOL_IP',
  access: 'rw',
  value: bytes(),
  on: { freebsd: 48 },
  summary: 'How ipfw(8) configures the packet filter ipfw: a header that names an operation, and what belongs to it.',
  notes: ['Bytes, for the layout depends on the operation and on the version of the tool.'],
  needs: 'root',
  kinds: raw,
  man: 'ipfw(4)',
  instead: 'On Linux use nft(8), by NETLINK_NETFILTER',
  sample: new Uint8Array(8),
});

export const IP_ONESBCAST = option({
  name: 'IP_ONESBCAST',
  level: 'SOL_IP',
  access: 'rw',
  value: bool(),
  on: { freebsd: 23 },
  summary: 'Sends broadcasts to 255.255.255.255, out of the interface whose broadcast address the program named.',
  notes: ["The man page's example passes one byte; the kernel wants a whole int.", 'SO_BROADCAST must be on.'],
  when: 'any',
  kinds: datagram,
  see: ['SO_BROADCAST', 'SO_BINDTODEVICE'],
  man: 'ip(4)',
  instead: 'On Linux send to 255.255.255.255 with SO_BINDTODEVICE or IP_UNICAST_IF',
  sample: true,
});

export const IP_RECVFLOWID = option({
  name: 'IP_RECVFLOWID',
  level: 'SOL_IP',
  access: 'rw',
  value: bool(),
  on: { freebsd: 93 },
  summary: 'Reports the hash and its type beside each datagram in recvmsg.',
  when: 'any',
  kinds: datagram,
  see: ['IP_FLOWID'],
  man: 'netinet/in.h',
  instead: 'On Linux SO_INCOMING_NAPI_ID and SO_INCOMING_CPU tell where packets came in',
  sample: true,
});

export const IP_RECVRSSBUCKETID = option({
  name: 'IP_RECVRSSBUCKETID',
  level: 'SOL_IP',
  access: 'rw',
  value: bool(),
  on: { freebsd: 94 },
  summary: 'Reports the receive queue (RSS bucket) beside each datagram in recvmsg; kernels with RSS only.',
  when: 'any',
  kinds: datagram,
  see: ['IP_RSSBUCKETID'],
  man: 'netinet/in.h',
  instead: 'On Linux SO_INCOMING_NAPI_ID and SO_INCOMING_CPU tell where packets came in',
  sample: true,
});

export const IP_RSSBUCKETID = option({
  name: 'IP_RSSBUCKETID',
  level: 'SOL_IP',
  access: 'ro',
  value: int(),
  on: { freebsd: 92 },
  summary: 'The receive queue (RSS bucket) that the connection belongs to; kernels with RSS only.',
  see: ['IP_FLOWID', 'IP_RSS_LISTEN_BUCKET'],
  man: 'netinet/in.h',
  instead: 'On Linux SO_INCOMING_NAPI_ID and SO_INCOMING_CPU tell where packets came in',
});

export const IP_RSS_LISTEN_BUCKET = option({
  name: 'IP_RSS_LISTEN_BUCKET',
  level: 'SOL_IP',
  access: 'wo',
  value: int({ min: 0 }),
  on: { freebsd: 26 },
  summary: 'Takes connections or datagrams of one receive queue (RSS bucket) only; kernels with RSS only.',
  when: 'before-bind',
  see: ['IP_BINDMULTI', 'SO_INCOMING_CPU'],
  man: 'netinet/in.h',
  instead: 'On Linux SO_INCOMING_CPU in a SO_REUSEPORT group',
  sample: 0,
});

export const IP_SENDSRCADDR = option({
  name: 'IP_SENDSRCADDR',
  level: 'SOL_IP',
  access: 'none',
  value: bool(),
  on: { freebsd: 7 },
  summary:
    'The type of a control message of sendmsg that chooses the source address of one datagram; as an option it ' +
    'is IP_RECVDSTADDR.',
  notes: ['What IP_RECVDSTADDR delivered can be passed back as it is.'],
  see: ['IP_RECVDSTADDR', 'IP_PKTINFO'],
  man: 'ip(4)',
  role: 'control message',
  instead: 'On Linux pass an IP_PKTINFO control message to sendmsg(2)',
});

export const IP_VLAN_PCP = option({
  name: 'IP_VLAN_PCP',
  level: 'SOL_IP',
  access: 'rw',
  value: int({ min: -1, max: 7, words: { default: -1 } }),
  on: { freebsd: 75 },
  summary: 'The priority in the VLAN tag of outgoing packets; -1 leaves it to the interface.',
  when: 'any',
  see: ['SO_PRIORITY'],
  man: 'netinet/in.h',
  instead: 'On Linux SO_PRIORITY, which egress-qos-map of the VLAN device translates',
  sample: 3,
});

export const IPV6_BINDANY = option({
  name: 'IPV6_BINDANY',
  level: 'SOL_IPV6',
  access: 'rw',
  value: bool(),
  on: { freebsd: 64 },
  summary: 'Allows bind to an IPv6 address that this host does not have, as transparent proxies need it.',
  when: 'before-bind',
  needs: 'the privilege PRIV_NETINET_BINDANY (root)',
  see: ['IPV6_TRANSPARENT', 'IPV6_FREEBIND', 'IP_BINDANY'],
  man: 'ip6(4)',
  instead: 'On Linux use IPV6_TRANSPARENT (proxies) or IPV6_FREEBIND (addresses to come)',
  sample: true,
});

export const IPV6_BINDMULTI = option({
  name: 'IPV6_BINDMULTI',
  level: 'SOL_IPV6',
  access: 'rw',
  value: bool(),
  on: { freebsd: 65 },
  summary: 'Lets several sockets bind to one IPv6 address and port, each for its own receive queue (RSS bucket).',
  when: 'before-bind',
  see: ['IPV6_RSS_LISTEN_BUCKET', 'SO_REUSEPORT'],
  man: 'netinet6/in6.h',
  instead: 'On Linux use SO_REUSEPORT with SO_INCOMING_CPU or SO_ATTACH_REUSEPORT_CBPF',
  sample: true,
});

export const IPV6_RECVFLOWID = option({
  name: 'IPV6_RECVFLOWID',
  level: 'SOL_IPV6',
  access: 'rw',
  value: bool(),
  on: { freebsd: 70 },
  summary: 'Reports the hash and its type beside each datagram in recvmsg.',
  when: 'any',
  kinds: datagram6,
  see: ['IP_FLOWID'],
  man: 'netinet6/in6.h',
  instead: 'On Linux SO_INCOMING_NAPI_ID and SO_INCOMING_CPU tell where packets came in',
  sample: true,
});

export const IPV6_RECVRSSBUCKETID = option({
  name: 'IPV6_RECVRSSBUCKETID',
  level: 'SOL_IPV6',
  access: 'rw',
  value: bool(),
  on: { freebsd: 71 },
  summary: 'Reports the receive queue (RSS bucket) beside each datagram in recvmsg; kernels with RSS only.',
  when: 'any',
  kinds: datagram6,
  see: ['IPV6_RSSBUCKETID'],
  man: 'netinet6/in6.h',
  instead: 'On Linux SO_INCOMING_NAPI_ID and SO_INCOMING_CPU tell where packets came in',
  sample: true,
});

export const IPV6_RSSBUCKETID = option({
  name: 'IPV6_RSSBUCKETID',
  level: 'SOL_IPV6',
  access: 'ro',
  value: int(),
  on: { freebsd: 69 },
  summary: 'The receive queue (RSS bucket) that the connection belongs to; kernels with RSS only.',
  see: ['IP_FLOWID', 'IPV6_RSS_LISTEN_BUCKET'],
  man: 'netinet6/in6.h',
  instead: 'On Linux SO_INCOMING_NAPI_ID and SO_INCOMING_CPU tell where packets came in',
});

export const IPV6_RSS_LISTEN_BUCKET = option({
  name: 'IPV6_RSS_LISTEN_BUCKET',
  level: 'SOL_IPV6',
  access: 'wo',
  value: int({ min: 0 }),
  on: { freebsd: 66 },
  summary: 'Takes connections or datagrams of one receive queue (RSS bucket) only; kernels with RSS only.',
  when: 'before-bind',
  see: ['IPV6_BINDMULTI', 'SO_INCOMING_CPU'],
  man: 'netinet6/in6.h',
  instead: 'On Linux SO_INCOMING_CPU in a SO_REUSEPORT group',
  sample: 0,
});

export const IPV6_VLAN_PCP = option({
  name: 'IPV6_VLAN_PCP',
  level: 'SOL_IPV6',
  access: 'rw',
  value: int({ min: -1, max: 7, words: { default: -1 } }),
  on: { freebsd: 75 },
  summary: 'The priority in the VLAN tag of outgoing packets; -1 leaves it to the interface.',
  when: 'any',
  see: ['SO_PRIORITY'],
  man: 'netinet6/in6.h',
  instead: 'On Linux SO_PRIORITY, which egress-qos-map of the VLAN device translates',
  sample: 3,
});
