// The options of every socket (SOL_SOCKET), sorted by C name, an alias after its option.
import { sockFilters, sockFprog } from '../codec/bpf.ts';
import { nothing } from '../codec/bytes.ts';
import { enumeration, flags } from '../codec/enumeration.ts';
import { interfaceIndex, interfaceName } from '../codec/interface.ts';
import { linger } from '../codec/linger.ts';
import { list } from '../codec/list.ts';
import { meminfo } from '../codec/meminfo.ts';
import { bool, int, u32, u64 } from '../codec/scalar.ts';
import { sockaddr } from '../codec/sockaddr.ts';
import { struct } from '../codec/struct.ts';
import { text } from '../codec/text.ts';
import { timeval, timeval64 } from '../codec/time.ts';
import { soTimestamping } from '../codec/timestamping.ts';
import { sockTxtime } from '../codec/txtime.ts';
import { ucred } from '../codec/ucred.ts';
import { families, socketTypes } from '../constants/families.ts';
import { protocols } from '../constants/levels.ts';
import {
  bufferLocks,
  CLOCK_MONOTONIC,
  priorities,
  SOCK_TXREHASH_DISABLED,
  TC_PRIO_INTERACTIVE,
  txRehashModes,
} from '../constants/socket.ts';
import { alias, type Kind, option } from '../option.ts';

const unix: readonly Kind[] = ['unix', 'unix-dgram', 'unix-seqpacket'];
const tcp: readonly Kind[] = ['tcp', 'tcp6', 'tcp-listen', 'tcp-connected'];
const reuseport: readonly Kind[] = ['tcp', 'tcp6', 'tcp-listen', 'udp', 'udp6', 'udplite'];
/** MPTCP passes on what it knows, and refuses the other sets. */
const allButMptcp: readonly Kind[] = [
  ...tcp,
  'udp',
  'udp6',
  ...unix,
  'raw',
  'raw6',
  'packet',
  'netlink',
  'vsock',
  'icmp',
  'igmp',
  'icmp6',
  'udplite',
  'xdp',
];

/** BPF_RET with a constant: lets the first `k` bytes of every packet pass, or chooses the socket of that index. */
const returns = (k: number): { code: number; jt: number; jf: number; k: number }[] => [{ code: 0x06, jt: 0, jf: 0, k }];

const mptcpIgnores = 'MPTCP sockets accept it, to no effect.';
const mptcpRefuses = 'MPTCP sockets refuse to set it (EOPNOTSUPP).';
const ticks = 'Linux counts in clock ticks (4 ms at 250 Hz) and rounds up';
const blockingOnly =
  'It has no effect on non-blocking sockets, which are all that Node, Deno and Bun have: ' +
  'socket.setTimeout() or TCP_USER_TIMEOUT works there.';
const doubling = 'Linux keeps twice what is asked, for its own bookkeeping';

export const SO_ACCEPTCONN = option({
  name: 'SO_ACCEPTCONN',
  level: 'SOL_SOCKET',
  access: 'ro',
  value: bool(),
  on: {
    linux: 30,
    'linux-mips': 0x1009,
    'linux-alpha': 0x1014,
    'linux-hppa': 0x401c,
    'linux-sparc': 0x8000,
    darwin: 2,
    freebsd: 2,
    windows: 2,
  },
  summary: 'Tells whether the socket listens for connections.',
  see: ['SO_TYPE', 'TCP_INFO'],
  man: 'socket(7)',
  since: '2.4',
});

export const SO_ATTACH_BPF = option({
  name: 'SO_ATTACH_BPF',
  level: 'SOL_SOCKET',
  access: 'wo',
  value: int({ min: 0 }),
  on: { linux: 50, 'linux-hppa': 0x402b, 'linux-sparc': 52 },
  summary: 'Filters what arrives at the socket with a loaded eBPF program, given as its descriptor.',
  notes: [
    'The program must be of type BPF_PROG_TYPE_SOCKET_FILTER.',
    'It returns how many bytes of a packet to keep; 0 drops the packet.',
    'A socket has one filter: a new one, classic or eBPF, takes the place of the old.',
    'The descriptor may be closed afterwards; the socket holds on to the program.',
    mptcpRefuses,
  ],
  when: 'any',
  kinds: allButMptcp,
  see: ['SO_ATTACH_FILTER', 'SO_DETACH_BPF', 'SO_LOCK_FILTER', 'SO_ATTACH_REUSEPORT_EBPF'],
  man: 'socket(7), bpf(2)',
  since: '3.19',
});

export const SO_ATTACH_FILTER = option({
  name: 'SO_ATTACH_FILTER',
  level: 'SOL_SOCKET',
  access: 'wo',
  value: sockFprog(),
  on: { linux: 26, 'linux-hppa': 0x401a },
  summary: 'Filters what arrives at the socket with a classic BPF program, given as its instructions.',
  notes: [
    'The program returns how many bytes of a packet to keep; 0 drops the packet.',
    'No instruction at all, more than 4096, or a last one that does not return is EINVAL.',
    'A socket has one filter: a new one takes the place of the old.',
    'Reading the same number is another option, SO_GET_FILTER.',
    mptcpRefuses,
  ],
  limit: 'net.core.optmem_max',
  when: 'any',
  needs: 'CAP_NET_ADMIN on TCP sockets (recent kernels)',
  kinds: allButMptcp,
  see: ['SO_GET_FILTER', 'SO_DETACH_FILTER', 'SO_LOCK_FILTER', 'SO_ATTACH_BPF', 'SO_BPF_EXTENSIONS'],
  man: 'socket(7)',
  since: '2.2',
  sample: returns(0xffff),
  sampleOn: 'udp',
});

export const SO_ATTACH_REUSEPORT_CBPF = option({
  name: 'SO_ATTACH_REUSEPORT_CBPF',
  level: 'SOL_SOCKET',
  access: 'wo',
  value: sockFprog(),
  on: { linux: 51, 'linux-hppa': 0x402c, 'linux-sparc': 53 },
  summary: 'Lets a classic BPF program choose which socket of a SO_REUSEPORT group gets a packet or connection.',
  notes: [
    'The program returns the index of a socket, in the order of bind (UDP) or listen (TCP).',
    'An index that no socket has falls back to the choice by hash.',
    'It needs SO_REUSEPORT, set before bind on a socket that is bound; EINVAL otherwise.',
    'It counts for the whole group, and later members take it over.',
  ],
  when: 'any',
  kinds: reuseport,
  after: { SO_REUSEPORT: true },
  see: ['SO_REUSEPORT', 'SO_ATTACH_REUSEPORT_EBPF', 'SO_DETACH_REUSEPORT_BPF', 'SO_INCOMING_CPU'],
  man: 'socket(7)',
  since: '4.5',
  sample: returns(0),
});

export const SO_ATTACH_REUSEPORT_EBPF = option({
  name: 'SO_ATTACH_REUSEPORT_EBPF',
  level: 'SOL_SOCKET',
  access: 'wo',
  value: int({ min: 0 }),
  on: { linux: 52, 'linux-hppa': 0x402d, 'linux-sparc': 54 },
  summary: 'Lets a loaded eBPF program, given as its descriptor, choose the socket of a SO_REUSEPORT group.',
  notes: [
    'It takes programs of type BPF_PROG_TYPE_SK_REUSEPORT and BPF_PROG_TYPE_SOCKET_FILTER.',
    'An index that no socket has falls back to the choice by hash.',
    'It counts for the whole group, and later members take it over.',
  ],
  when: 'any',
  kinds: reuseport,
  after: { SO_REUSEPORT: true },
  see: ['SO_REUSEPORT', 'SO_ATTACH_REUSEPORT_CBPF', 'SO_DETACH_REUSEPORT_BPF', 'SO_ATTACH_BPF'],
  man: 'socket(7), bpf(2)',
  since: '4.5',
});

export const SO_BINDTODEVICE = option({
  name: 'SO_BINDTODEVICE',
  level: ['SOL_SOCKET', 'SOL_AX25'],
  access: 'rw',
  value: interfaceName(),
  on: { linux: 25, 'linux-hppa': 0x4019, 'linux-sparc': 13, darwin: 0x1134 },
  summary: 'Ties the socket to one network interface, by name: it receives and sends only there.',
  notes: [
    'The empty name removes the tie.',
    'A name that no interface has is ENODEV.',
    'Without the capability it can be set once, and neither changed nor removed afterwards.',
    'A local address is another thing: bind(2) to an address does not keep packets of other interfaces away.',
    'Packet sockets ignore it: bind(2) ties those to an interface.',
  ],
  when: 'any',
  needs: 'CAP_NET_RAW to change or remove it once it is set',
  see: ['SO_BINDTOIFINDEX', 'IP_UNICAST_IF', 'IP_PKTINFO', 'IPV6_UNICAST_IF'],
  man: 'socket(7)',
  since: '2.0.30',
  sample: 'lo',
});

export const SO_BINDTOIFINDEX = option({
  name: 'SO_BINDTOIFINDEX',
  level: 'SOL_SOCKET',
  access: 'rw',
  value: interfaceIndex(),
  on: { linux: 62, 'linux-hppa': 0x4037, 'linux-sparc': 65 },
  summary: 'Ties the socket to one network interface, by number: what SO_BINDTODEVICE does by name.',
  notes: [
    'The kernel does not check that an interface has the number: with a wrong one, nothing arrives or leaves.',
    '0 removes the tie; a negative number is EINVAL.',
    'An interface keeps its number when it is renamed.',
  ],
  when: 'any',
  needs: 'CAP_NET_RAW to change or remove it once it is set',
  see: ['SO_BINDTODEVICE', 'IP_UNICAST_IF'],
  man: 'asm-generic/socket.h',
  since: '5.1',
  sample: 1,
});

export const SO_BPF_EXTENSIONS = option({
  name: 'SO_BPF_EXTENSIONS',
  level: 'SOL_SOCKET',
  access: 'ro',
  value: int(),
  on: { linux: 48, 'linux-hppa': 0x4029, 'linux-sparc': 50 },
  summary: "Tells how far the kernel's extensions to classic BPF go, such as reading a packet's mark or queue.",
  notes: ['It knows the special load offsets (SKF_AD_*) below this number: 64 today.'],
  see: ['SO_ATTACH_FILTER'],
  man: 'linux/filter.h',
  since: '3.14',
});

export const SO_BROADCAST = option({
  name: 'SO_BROADCAST',
  level: 'SOL_SOCKET',
  access: 'rw',
  value: bool(),
  on: {
    linux: 6,
    'linux-mips': 32,
    'linux-alpha': 32,
    'linux-hppa': 32,
    'linux-sparc': 32,
    darwin: 0x20,
    freebsd: 0x20,
    windows: 0x20,
  },
  summary: 'Allows datagrams to a broadcast address; without it such a send fails with EACCES.',
  notes: ["It has no effect on TCP. In Node, dgram's socket.setBroadcast() sets it.", mptcpIgnores],
  when: 'any',
  see: ['SO_DONTROUTE', 'IP_MULTICAST_TTL'],
  man: 'socket(7), ip(7), RFC 919',
  since: '1.0',
  sample: true,
});

export const SO_BSDCOMPAT = option({
  name: 'SO_BSDCOMPAT',
  level: 'SOL_SOCKET',
  access: 'rw',
  value: bool(),
  on: { linux: 14, 'linux-hppa': 0x400e, 'linux-sparc': 1024 },
  summary: 'Does nothing any more: it once kept ICMP errors away from UDP programs.',
  notes: ['A set succeeds and changes nothing; a read always gives off.'],
  why: 'the option has had no effect since Linux 2.4',
  see: ['IP_RECVERR'],
  man: 'socket(7)',
  sample: true,
  reads: false,
});

export const SO_BUF_LOCK = option({
  name: 'SO_BUF_LOCK',
  level: 'SOL_SOCKET',
  access: 'rw',
  value: flags(bufferLocks),
  on: { linux: 72, 'linux-hppa': 0x4046, 'linux-sparc': 81 },
  summary: 'Tells which of the two buffers the kernel may no longer resize, and gives them back to autotuning.',
  notes: [
    'Setting SO_SNDBUF or SO_RCVBUF locks that buffer; none unlocks both and leaves their sizes as they are.',
    'Bits beyond the two are EINVAL.',
    mptcpRefuses,
  ],
  when: 'any',
  see: ['SO_RCVBUF', 'SO_SNDBUF'],
  man: 'linux/socket.h',
  since: '5.15',
  sample: ['SOCK_SNDBUF_LOCK'],
});

export const SO_BUSY_POLL = option({
  name: 'SO_BUSY_POLL',
  level: 'SOL_SOCKET',
  access: 'rw',
  value: int({ min: 0, unit: 'us' }),
  on: { linux: 46, 'linux-hppa': 0x4027, 'linux-sparc': 48 },
  summary: 'How long a read that finds nothing asks the network card itself before the process sleeps.',
  notes: [
    'It trades processor time and power for latency, and needs a driver that can be polled.',
    'Older kernels ask for CAP_NET_ADMIN to raise it; 6.18 does not.',
    'Event loops use epoll, where net.core.busy_poll decides how long is polled.',
  ],
  default: 'net.core.busy_read',
  when: 'any',
  see: ['SO_PREFER_BUSY_POLL', 'SO_BUSY_POLL_BUDGET', 'SO_INCOMING_NAPI_ID'],
  man: 'socket(7)',
  since: '3.11',
  sample: 50,
});

export const SO_BUSY_POLL_BUDGET = option({
  name: 'SO_BUSY_POLL_BUDGET',
  level: 'SOL_SOCKET',
  access: 'wo',
  value: int({ min: 0, max: 65535, unit: 'packets' }),
  on: { linux: 70, 'linux-hppa': 0x4044, 'linux-sparc': 73 },
  summary: 'How many packets one round of busy polling handles at most.',
  notes: ['The kernel uses 8 until it is set. It cannot be read back.'],
  when: 'any',
  needs: 'CAP_NET_ADMIN to raise it',
  see: ['SO_BUSY_POLL', 'SO_PREFER_BUSY_POLL'],
  man: 'asm-generic/socket.h',
  since: '5.11',
  sample: 16,
});

export const SO_CNX_ADVICE = option({
  name: 'SO_CNX_ADVICE',
  level: 'SOL_SOCKET',
  access: 'wo',
  value: int(),
  on: { linux: 53, 'linux-hppa': 0x402e, 'linux-sparc': 55 },
  summary: 'Tells the kernel that a connection goes badly: with 1 it looks for another route.',
  notes: [
    'Values other than 1 are accepted, to no effect.',
    'A connection over IPv6 also takes a new flow label, and so perhaps another path.',
    mptcpRefuses,
  ],
  when: 'connected',
  kinds: allButMptcp,
  see: ['SO_TXREHASH', 'TCP_USER_TIMEOUT'],
  man: 'asm-generic/socket.h',
  since: '4.6',
  sample: 1,
  sampleOn: 'tcp-connected',
});

export const SO_COOKIE = option({
  name: 'SO_COOKIE',
  level: 'SOL_SOCKET',
  access: 'ro',
  value: u64(),
  length: 'at-least',
  on: { linux: 57, 'linux-hppa': 0x4032, 'linux-sparc': 59 },
  summary: 'A number of 64 bits that no other socket of this host gets until it restarts.',
  notes: ['eBPF programs and sock_diag (ss -e prints it as sk) know the socket by the same number.'],
  see: ['SO_NETNS_COOKIE', 'SO_INCOMING_NAPI_ID'],
  man: 'asm-generic/socket.h',
  since: '4.12',
});

export const SO_DEBUG = option({
  name: 'SO_DEBUG',
  level: 'SOL_SOCKET',
  access: 'rw',
  value: bool(),
  on: { linux: 1, darwin: 1, freebsd: 1, windows: 1 },
  summary: 'Turns on debugging in the kernel for this socket; today hardly anything looks at it.',
  notes: ['Without the capability the refusal is EACCES, not EPERM.'],
  when: 'any',
  needs: 'CAP_NET_ADMIN to turn it on',
  see: ['TCP_INFO'],
  man: 'socket(7)',
  since: '1.0',
  sample: true,
});

export const SO_DETACH_FILTER = option({
  name: 'SO_DETACH_FILTER',
  level: 'SOL_SOCKET',
  access: 'wo',
  value: nothing(),
  length: 'at-least',
  on: { linux: 27, 'linux-hppa': 0x401b },
  summary: "Removes the socket's filter, classic or eBPF.",
  notes: [
    'ENOENT where there is none, EPERM after SO_LOCK_FILTER.',
    'The value is not looked at, yet Linux wants four bytes of it.',
    mptcpRefuses,
  ],
  when: 'any',
  kinds: allButMptcp,
  after: { SO_ATTACH_FILTER: returns(0xffff) },
  see: ['SO_ATTACH_FILTER', 'SO_ATTACH_BPF', 'SO_LOCK_FILTER'],
  man: 'socket(7)',
  since: '2.2',
  sample: null,
  sampleOn: 'udp',
});

export const SO_DETACH_BPF = alias('SO_DETACH_BPF', SO_DETACH_FILTER, { since: '3.19' });

export const SO_DETACH_REUSEPORT_BPF = option({
  name: 'SO_DETACH_REUSEPORT_BPF',
  level: 'SOL_SOCKET',
  access: 'wo',
  value: nothing(),
  length: 'at-least',
  on: { linux: 68, 'linux-hppa': 0x4042, 'linux-sparc': 71 },
  summary: 'Removes the program that chooses among the sockets of a SO_REUSEPORT group; the hash chooses again.',
  notes: ['ENOENT where the group has no program, EINVAL where the socket is in no group.'],
  when: 'any',
  kinds: reuseport,
  after: { SO_REUSEPORT: true, SO_ATTACH_REUSEPORT_CBPF: returns(0) },
  see: ['SO_ATTACH_REUSEPORT_CBPF', 'SO_ATTACH_REUSEPORT_EBPF', 'SO_REUSEPORT'],
  man: 'asm-generic/socket.h',
  since: '5.3',
  sample: null,
});

export const SO_DEVMEM_DMABUF = option({
  name: 'SO_DEVMEM_DMABUF',
  level: 'SOL_SOCKET',
  access: 'none',
  value: int(),
  on: { linux: 79, 'linux-hppa': 0x404f, 'linux-sparc': 88 },
  summary: "The type of a control message, not an option: data that arrived lies in a device's memory.",
  notes: ['recvmsg(2) with MSG_SOCK_DEVMEM delivers it, with the place inside a dmabuf and a token to give back.'],
  instead: 'It comes as a control message of recvmsg(2); SO_DEVMEM_DONTNEED gives its buffers back',
  see: ['SO_DEVMEM_DONTNEED', 'SO_DEVMEM_LINEAR'],
  since: '6.12',
});

export const SO_DEVMEM_DONTNEED = option({
  name: 'SO_DEVMEM_DONTNEED',
  level: 'SOL_SOCKET',
  access: 'wo',
  value: list(struct('struct dmabuf_token', { token_start: u32(), token_count: u32() })),
  on: { linux: 80, 'linux-hppa': 0x4050, 'linux-sparc': 89 },
  summary: "Gives received buffers that lie in a device's memory back to the kernel, by their tokens.",
  notes: [
    'The system call returns how many buffers it took back; tokens that mean nothing are passed over.',
    'Sockets other than TCP refuse it with EBADF.',
  ],
  when: 'any',
  kinds: tcp,
  see: ['SO_DEVMEM_DMABUF', 'SO_DEVMEM_LINEAR'],
  man: 'linux/uio.h',
  since: '6.12',
  sample: [{ token_start: 0, token_count: 1 }],
});

export const SO_DEVMEM_LINEAR = option({
  name: 'SO_DEVMEM_LINEAR',
  level: 'SOL_SOCKET',
  access: 'none',
  value: int(),
  on: { linux: 78, 'linux-hppa': 0x404e, 'linux-sparc': 87 },
  summary: "The type of a control message, not an option: these bytes came to main memory, not to the device's.",
  instead: 'It comes as a control message of recvmsg(2) with MSG_SOCK_DEVMEM',
  see: ['SO_DEVMEM_DMABUF', 'SO_DEVMEM_DONTNEED'],
  since: '6.12',
});

export const SO_DOMAIN = option({
  name: 'SO_DOMAIN',
  level: 'SOL_SOCKET',
  access: 'ro',
  value: enumeration(families),
  on: {
    linux: 39,
    'linux-mips': 0x1029,
    'linux-alpha': 0x1029,
    'linux-hppa': 0x1029,
    'linux-sparc': 0x1029,
    freebsd: 0x1019,
  },
  summary: "The socket's address family (AF_INET, AF_INET6, ...): the first argument of socket(2).",
  see: ['SO_TYPE', 'SO_PROTOCOL'],
  man: 'socket(7)',
  since: '2.6.32',
});

export const SO_DONTROUTE = option({
  name: 'SO_DONTROUTE',
  level: 'SOL_SOCKET',
  access: 'rw',
  value: bool(),
  on: {
    linux: 5,
    'linux-mips': 16,
    'linux-alpha': 16,
    'linux-hppa': 16,
    'linux-sparc': 16,
    darwin: 0x10,
    freebsd: 0x10,
    windows: 0x10,
  },
  summary: 'Sends only to hosts on directly connected networks, never through a gateway.',
  notes: ['MSG_DONTROUTE does the same for one send.', mptcpIgnores],
  when: 'any',
  see: ['SO_BINDTODEVICE', 'SO_BROADCAST'],
  man: 'socket(7)',
  since: '1.2',
  differs: { windows: 'Accepted and ignored: the routing table always counts.' },
  sample: true,
});

export const SO_ERROR = option({
  name: 'SO_ERROR',
  level: 'SOL_SOCKET',
  access: 'ro',
  value: int(),
  on: {
    linux: 4,
    'linux-mips': 0x1007,
    'linux-alpha': 0x1007,
    'linux-hppa': 0x1007,
    'linux-sparc': 0x1007,
    darwin: 0x1007,
    freebsd: 0x1007,
    windows: 0x1007,
  },
  summary: 'The error that waits on the socket, as a positive errno; 0 for none. Reading it clears it.',
  notes: [
    'After a non-blocking connect it tells how that ended.',
    'Node reads it to report errors: whoever reads it first takes it away from the others.',
    'util.getSystemErrorName(-value) gives its name.',
  ],
  sideEffect: 'clears the error',
  see: ['IP_RECVERR', 'IPV6_RECVERR', 'TCP_INFO'],
  man: 'socket(7), connect(2)',
  since: '1.0',
  differs: { windows: 'The number is one of Windows Sockets (WSAECONNRESET is 10054), not an errno.' },
});

export const SO_GET_FILTER = option({
  name: 'SO_GET_FILTER',
  level: 'SOL_SOCKET',
  access: 'ro',
  value: sockFilters(),
  length: 'elements',
  on: { linux: 26, 'linux-hppa': 0x401a },
  summary: 'The instructions of the classic BPF filter that is attached; none where there is no filter.',
  notes: [
    'The length counts instructions, not bytes: 0 asks for their number, too few is EINVAL.',
    'It gives the program as it was attached. An eBPF filter has no such form and is EACCES.',
    'Setting the same number is another option, SO_ATTACH_FILTER.',
  ],
  see: ['SO_ATTACH_FILTER', 'SO_DETACH_FILTER'],
  man: 'linux/filter.h',
  since: '3.8',
});

export const SO_INCOMING_CPU = option({
  name: 'SO_INCOMING_CPU',
  level: 'SOL_SOCKET',
  access: 'rw',
  value: int(),
  on: { linux: 49, 'linux-hppa': 0x402a, 'linux-sparc': 51 },
  summary: 'The processor that handled the last packet; set on members of a SO_REUSEPORT group, it steers to them.',
  notes: [
    '-1: nothing has arrived yet.',
    "A connection's own packets overwrite what was set, and an accepted socket does not inherit it.",
    'The number is not checked: a processor that does not exist is accepted.',
    'It can be set since Linux 4.4.',
  ],
  readback: { linux: 'volatile' },
  when: 'any',
  see: ['SO_REUSEPORT', 'SO_INCOMING_NAPI_ID', 'SO_ATTACH_REUSEPORT_CBPF'],
  man: 'socket(7)',
  since: '3.19',
  sample: 0,
});

export const SO_INCOMING_NAPI_ID = option({
  name: 'SO_INCOMING_NAPI_ID',
  level: 'SOL_SOCKET',
  access: 'ro',
  value: u32(),
  on: { linux: 56, 'linux-hppa': 0x4031, 'linux-sparc': 58 },
  summary: 'The receive queue of the network card that the last packet came through; 0 where there is none.',
  notes: ['Loopback has no such queues. Programs spread connections over threads by it, one per queue.'],
  see: ['SO_INCOMING_CPU', 'SO_BUSY_POLL'],
  man: 'socket(7)',
  since: '4.12',
});

export const SO_INQ = option({
  name: 'SO_INQ',
  level: 'SOL_SOCKET',
  access: 'wo',
  value: bool(),
  length: 'exact',
  on: { linux: 84, 'linux-hppa': 0x4052, 'linux-sparc': 93 },
  summary: 'Adds to every recvmsg(2) how many bytes still wait to be read (control message SCM_INQ).',
  notes: [
    'Only unix stream sockets have it; TCP has TCP_INQ.',
    'It takes 0 and 1 in exactly four bytes, and cannot be read back.',
  ],
  when: 'any',
  kinds: ['unix'],
  see: ['TCP_INQ', 'SO_PASSCRED'],
  man: 'asm-generic/socket.h',
  since: '6.17',
  sample: true,
});

export const SO_KEEPALIVE = option({
  name: 'SO_KEEPALIVE',
  level: 'SOL_SOCKET',
  access: 'rw',
  value: bool(),
  on: {
    linux: 9,
    'linux-mips': 8,
    'linux-alpha': 8,
    'linux-hppa': 8,
    'linux-sparc': 8,
    darwin: 8,
    freebsd: 8,
    windows: 8,
  },
  summary: 'Probes an idle connection now and then, to notice a peer that is gone and to keep middleboxes awake.',
  notes: [
    'The first probe goes out after two idle hours unless TCP_KEEPIDLE says otherwise.',
    'It does not notice a peer that is gone while data is on the way: that is TCP_USER_TIMEOUT.',
    'In Node, socket.setKeepAlive() sets it together with TCP_KEEPIDLE.',
    'Sockets other than TCP store it, to no effect.',
  ],
  when: 'any',
  see: ['TCP_KEEPIDLE', 'TCP_KEEPINTVL', 'TCP_KEEPCNT', 'TCP_USER_TIMEOUT'],
  man: 'socket(7), tcp(7), RFC 9293',
  since: '1.0',
  differs: {
    windows:
      'Probes follow each other after 1 second there, and 10 of them at the most before Windows 10, version 1703.',
  },
  sample: true,
});

export const SO_LINGER = option({
  name: 'SO_LINGER',
  level: 'SOL_SOCKET',
  access: 'rw',
  value: linger(),
  on: {
    linux: 13,
    'linux-mips': 128,
    'linux-alpha': 128,
    'linux-hppa': 128,
    'linux-sparc': 128,
    darwin: 0x80,
    freebsd: 0x80,
    windows: 0x80,
  },
  summary: 'What close(2) does with data that is not sent yet: wait so many seconds for it, or with 0 throw it away.',
  notes: [
    'Off, the default: close returns at once and the kernel sends the rest in the background.',
    'On with 0 seconds: close throws the data away and resets the connection (RST), without TIME_WAIT.',
    'On with more: close blocks for so long, even on a non-blocking socket, and with it the whole event loop.',
    'Turned off, a read still tells the seconds that were set last. Negative seconds mean practically for ever.',
  ],
  when: 'any',
  see: ['TCP_LINGER2', 'TCP_USER_TIMEOUT', 'SO_SNDTIMEO'],
  man: 'socket(7)',
  since: '1.0',
  differs: {
    darwin: 'The time counts clock ticks; SO_LINGER_SEC (0x1080) is the option in seconds.',
    windows: 'The struct has two 16-bit numbers in place of two ints, so that 65535 seconds are the most.',
  },
  sample: { on: true, seconds: 5 },
});

export const SO_LOCK_FILTER = option({
  name: 'SO_LOCK_FILTER',
  level: 'SOL_SOCKET',
  access: 'rw',
  value: bool(),
  on: { linux: 44, 'linux-hppa': 0x4025, 'linux-sparc': 40 },
  summary: "Locks the socket's filter for good, so that it can be handed to a process that must not remove it.",
  notes: [
    'There is no way back: to turn it off, or to attach or detach a filter afterwards, is EPERM, for root too.',
    'It also locks a socket that has no filter.',
    mptcpRefuses,
  ],
  when: 'any',
  see: ['SO_ATTACH_FILTER', 'SO_DETACH_FILTER', 'SO_ATTACH_BPF'],
  man: 'socket(7)',
  since: '3.9',
  sample: true,
});

export const SO_MARK = option({
  name: 'SO_MARK',
  level: 'SOL_SOCKET',
  access: 'rw',
  value: u32(),
  on: { linux: 36, 'linux-hppa': 0x401f, 'linux-sparc': 34 },
  summary: 'A number on every packet that the socket sends, for routing rules, firewalls and traffic control.',
  notes: [
    'It stays on this host: the packet on the wire does not carry it.',
    'Any set needs the capability, also one to 0. Before Linux 5.17 only CAP_NET_ADMIN counted.',
    "An accepted connection has the listener's mark, or the one of its packets with net.ipv4.tcp_fwmark_accept.",
  ],
  when: 'any',
  needs: 'CAP_NET_ADMIN or CAP_NET_RAW',
  see: ['SO_RCVMARK', 'SO_PRIORITY', 'SO_BINDTODEVICE'],
  man: 'socket(7), ip-rule(8)',
  since: '2.6.25',
  sample: 42,
});

export const SO_MAX_PACING_RATE = option({
  name: 'SO_MAX_PACING_RATE',
  level: 'SOL_SOCKET',
  access: 'rw',
  value: u64({ word: true, unit: 'bytes/s', words: { unlimited: 0xffffffffffffffffn } }),
  on: { linux: 47, 'linux-hppa': 0x4028, 'linux-sparc': 49, freebsd: 0x1018 },
  summary: 'The most that the socket sends per second: packets are spread out in time instead of sent in bursts.',
  notes: [
    'TCP paces by itself; other sockets need the fq queueing discipline on the interface.',
    'Linux also takes and gives four bytes, where 4294967295 means unlimited.',
    mptcpRefuses,
  ],
  when: 'any',
  see: ['SO_TXTIME', 'TCP_INFO', 'TCP_CONGESTION'],
  man: 'tc-fq(8)',
  since: '3.13',
  differs: { freebsd: 'Four bytes only, and only where the network card does the pacing (RATELIMIT).' },
  sample: 1_000_000,
});

export const SO_MEMINFO = option({
  name: 'SO_MEMINFO',
  level: 'SOL_SOCKET',
  access: 'ro',
  value: meminfo(),
  length: 'grows',
  on: { linux: 55, 'linux-hppa': 0x4030, 'linux-sparc': 57 },
  summary: "The socket's memory: what waits to be read and sent, the limits of both, what was dropped.",
  notes: ['The same numbers as the skmem of ss -m, in one call.'],
  see: ['SO_RCVBUF', 'SO_SNDBUF', 'SO_RXQ_OVFL', 'SO_RESERVE_MEM'],
  man: 'ss(8)',
  since: '4.12',
});

export const SO_NETNS_COOKIE = option({
  name: 'SO_NETNS_COOKIE',
  level: 'SOL_SOCKET',
  access: 'ro',
  value: u64(),
  length: 'exact',
  on: { linux: 71, 'linux-hppa': 0x4045, 'linux-sparc': 80 },
  summary: 'A number of 64 bits for the network namespace that the socket was made in.',
  notes: [
    'Two sockets with the same number share interfaces, addresses and ports; a container has its own.',
    'A buffer of any length but eight bytes is EINVAL.',
  ],
  see: ['SO_COOKIE'],
  man: 'network_namespaces(7)',
  since: '5.14',
});

export const SO_NOFCS = option({
  name: 'SO_NOFCS',
  level: 'SOL_SOCKET',
  access: 'rw',
  value: bool(),
  on: { linux: 43, 'linux-hppa': 0x4024, 'linux-sparc': 39 },
  summary: "Sends Ethernet frames without adding their checksum: the program's last four bytes are the checksum.",
  notes: [
    'For packet sockets, to test hardware with broken frames; few drivers can, and the others refuse the send.',
    'Other sockets store it, to no effect.',
    mptcpIgnores,
  ],
  when: 'any',
  see: ['SO_NO_CHECK', 'SO_WIFI_STATUS'],
  man: 'packet(7)',
  since: '3.4',
  sample: true,
  sampleOn: 'packet',
});

export const SO_NO_CHECK = option({
  name: 'SO_NO_CHECK',
  level: 'SOL_SOCKET',
  access: 'rw',
  value: bool(),
  on: { linux: 11, 'linux-hppa': 0x400b },
  summary: 'Sends UDP datagrams over IPv4 without a checksum.',
  notes: [
    'Receivers accept these without looking for damage. IPv6 demands the checksum: see UDP_NO_CHECK6_TX there.',
    'Sockets other than UDP store it, to no effect.',
    mptcpIgnores,
  ],
  when: 'any',
  see: ['UDP_NO_CHECK6_TX', 'UDP_NO_CHECK6_RX', 'SO_NOFCS'],
  man: 'udp(7)',
  since: '1.0',
  sample: true,
  sampleOn: 'udp',
});

export const SO_OOBINLINE = option({
  name: 'SO_OOBINLINE',
  level: 'SOL_SOCKET',
  access: 'rw',
  value: bool(),
  on: {
    linux: 10,
    'linux-mips': 256,
    'linux-alpha': 256,
    'linux-hppa': 256,
    'linux-sparc': 256,
    darwin: 0x100,
    freebsd: 0x100,
    windows: 0x100,
  },
  summary: "Leaves TCP's urgent byte in the stream, in its place, instead of keeping it apart for MSG_OOB.",
  notes: ['Node reads without MSG_OOB: with the option off, an urgent byte is lost to it.', mptcpRefuses],
  when: 'any',
  man: 'socket(7), tcp(7), RFC 6093',
  since: '1.0',
  sample: true,
});

export const SO_PASSCRED = option({
  name: 'SO_PASSCRED',
  level: 'SOL_SOCKET',
  access: 'rw',
  value: bool(),
  on: { linux: 16, 'linux-mips': 17, 'linux-ppc': 20, 'linux-alpha': 17, 'linux-hppa': 0x4010, 'linux-sparc': 2 },
  summary: 'Adds to every message that is received who sent it: process, user and group (SCM_CREDENTIALS).',
  notes: [
    'The kernel checks what the sender says: only root can pretend to be another.',
    'A unix socket that has no name yet gets an abstract one with its next connect or send.',
    'MPTCP sockets accept a set, to no effect, and refuse the read.',
  ],
  when: 'any',
  kinds: [...unix, 'netlink'],
  see: ['SO_PEERCRED', 'SO_PASSPIDFD', 'SO_PASSSEC'],
  man: 'unix(7), socket(7)',
  since: '2.2',
  sample: true,
});

export const SO_PASSPIDFD = option({
  name: 'SO_PASSPIDFD',
  level: 'SOL_SOCKET',
  access: 'rw',
  value: bool(),
  on: { linux: 76, 'linux-hppa': 0x404a, 'linux-sparc': 85 },
  summary: 'Adds to every message that is received a descriptor of the sending process (SCM_PIDFD).',
  notes: [
    'Unlike a process number, a descriptor never comes to mean another process.',
    'Each message brings a new descriptor, which the receiver must close: Node does not read them.',
  ],
  when: 'any',
  kinds: unix,
  see: ['SO_PEERPIDFD', 'SO_PASSCRED'],
  man: 'unix(7), pidfd_open(2)',
  since: '6.5',
  sample: true,
});

export const SO_PASSRIGHTS = option({
  name: 'SO_PASSRIGHTS',
  level: 'SOL_SOCKET',
  access: 'rw',
  value: bool(),
  on: { linux: 83, 'linux-hppa': 0x4051, 'linux-sparc': 92 },
  summary: 'Lets peers pass descriptors to this socket (SCM_RIGHTS): on unless turned off.',
  notes: ['Turned off, a peer that tries gets EPERM, so that no stranger can fill the process with descriptors.'],
  when: 'any',
  kinds: unix,
  see: ['SO_PASSCRED', 'SO_RIGHTS_NOTRUNC'],
  man: 'unix(7)',
  since: '6.16',
  sample: false,
});

export const SO_PASSSEC = option({
  name: 'SO_PASSSEC',
  level: 'SOL_SOCKET',
  access: 'rw',
  value: bool(),
  on: { linux: 34, 'linux-hppa': 0x401e, 'linux-sparc': 31 },
  summary: 'Adds to every message that is received the security label of the sender (SCM_SECURITY).',
  notes: [
    'It needs a security module such as SELinux: without one, nothing is added.',
    'MPTCP sockets accept a set, to no effect, and refuse the read.',
  ],
  when: 'any',
  kinds: [...unix, 'netlink'],
  see: ['SO_PEERSEC', 'SO_PASSCRED', 'IP_PASSSEC'],
  man: 'unix(7)',
  since: '2.6.18',
  sample: true,
});

export const SO_PEEK_OFF = option({
  name: 'SO_PEEK_OFF',
  level: 'SOL_SOCKET',
  access: 'rw',
  value: int({ words: { off: -1 } }),
  on: { linux: 42, 'linux-hppa': 0x4023, 'linux-sparc': 38 },
  summary: 'Where the next read with MSG_PEEK begins in the queue; each such read moves it on.',
  notes: [
    'Negative, the default: MSG_PEEK always begins at the front.',
    'A normal read moves it back by what it took away.',
    'Unix sockets have it since Linux 3.4, UDP since 4.7, TCP since 6.9.',
  ],
  when: 'any',
  kinds: [...tcp, 'udp', 'udp6', 'udplite', ...unix],
  see: ['SO_RCVLOWAT', 'SO_INQ'],
  man: 'socket(7), unix(7)',
  since: '3.4',
  sample: 16,
});

export const SO_PEERCRED = option({
  name: 'SO_PEERCRED',
  level: 'SOL_SOCKET',
  access: 'ro',
  value: ucred(),
  on: { linux: 17, 'linux-mips': 18, 'linux-ppc': 21, 'linux-alpha': 18, 'linux-hppa': 0x4011, 'linux-sparc': 64 },
  summary: 'Process, user and group of whoever is at the other end of a unix socket.',
  notes: [
    'They are those of the moment of connect, listen or socketpair: later changes of the user do not show.',
    'On a socket that is not a unix one, or has no peer, pid is 0 and both ids are 4294967295: nobody.',
    'A process number may have come to mean another process: SO_PEERPIDFD is safe from that.',
  ],
  see: ['SO_PEERGROUPS', 'SO_PEERPIDFD', 'SO_PASSCRED', 'SO_PEERSEC'],
  man: 'unix(7), socket(7)',
  since: '2.2',
});

export const SO_PEERGROUPS = option({
  name: 'SO_PEERGROUPS',
  level: 'SOL_SOCKET',
  access: 'ro',
  value: list(u32()),
  on: { linux: 59, 'linux-hppa': 0x4034, 'linux-sparc': 61 },
  summary: 'The supplementary groups of whoever is at the other end of a unix socket.',
  notes: [
    'ENODATA where there is no peer, and on sockets that are not unix ones.',
    'ERANGE where the buffer is too short; the length then tells what is needed.',
    'The main group is not among them: SO_PEERCRED has it.',
  ],
  kinds: unix,
  see: ['SO_PEERCRED', 'SO_PEERPIDFD'],
  man: 'credentials(7)',
  since: '4.13',
});

export const SO_PEERNAME = option({
  name: 'SO_PEERNAME',
  level: 'SOL_SOCKET',
  access: 'ro',
  value: sockaddr(),
  length: 'at-most',
  on: { linux: 28, 'linux-hppa': 0x2000 },
  summary: 'The address of the other end: what getpeername(2) gives.',
  notes: [
    'A buffer that is longer than the address is EINVAL: 16 bytes for IPv4, 28 for IPv6, 12 for netlink.',
    'A shorter buffer gets the beginning of the address, without a word about the rest.',
    'ENOTCONN where there is no other end.',
  ],
  kinds: ['tcp-connected', ...unix, 'netlink'],
  see: ['SO_PEERCRED', 'SO_DOMAIN'],
  man: 'getpeername(2)',
  since: '2.4',
});

export const SO_PEERPIDFD = option({
  name: 'SO_PEERPIDFD',
  level: 'SOL_SOCKET',
  access: 'ro',
  value: int(),
  on: { linux: 77, 'linux-hppa': 0x404b, 'linux-sparc': 86 },
  summary: 'A new descriptor of the process at the other end of a unix socket.',
  notes: [
    'Whoever reads it must close it. It never comes to mean another process, as a process number may.',
    'ENODATA where there is no peer, and on sockets that are not unix ones.',
  ],
  sideEffect: 'opens a descriptor, which the reader must close',
  kinds: unix,
  see: ['SO_PEERCRED', 'SO_PASSPIDFD'],
  man: 'unix(7), pidfd_open(2)',
  since: '6.5',
});

export const SO_PEERSEC = option({
  name: 'SO_PEERSEC',
  level: 'SOL_SOCKET',
  access: 'ro',
  value: text({ size: 256 }),
  on: { linux: 31, 'linux-mips': 30, 'linux-alpha': 30, 'linux-hppa': 0x401d, 'linux-sparc': 30 },
  summary: 'The security label of the other end, as SELinux, Smack or AppArmor write it.',
  notes: [
    'ENOPROTOOPT where no security module is active, or the socket has no labelled peer.',
    'ERANGE where the label does not fit into the buffer.',
  ],
  kinds: ['tcp-connected', 'unix', 'unix-seqpacket'],
  see: ['SO_PASSSEC', 'SO_PEERCRED'],
  man: 'unix(7), socket(7)',
  since: '2.6.2',
});

export const SO_PREFER_BUSY_POLL = option({
  name: 'SO_PREFER_BUSY_POLL',
  level: 'SOL_SOCKET',
  access: 'rw',
  value: bool(),
  on: { linux: 69, 'linux-hppa': 0x4043, 'linux-sparc': 72 },
  summary: "Has the kernel leave the network card's queue to busy polling and put its interrupts off.",
  notes: ['It needs napi_defer_hard_irqs and gro_flush_timeout on the interface, and a program that polls steadily.'],
  when: 'any',
  needs: 'CAP_NET_ADMIN to turn it on',
  see: ['SO_BUSY_POLL', 'SO_BUSY_POLL_BUDGET'],
  man: 'asm-generic/socket.h',
  since: '5.11',
  sample: true,
});

export const SO_PRIORITY = option({
  name: 'SO_PRIORITY',
  level: 'SOL_SOCKET',
  access: 'rw',
  value: enumeration(priorities),
  on: { linux: 12, 'linux-hppa': 0x400c },
  summary: "Which of this host's queues the socket's packets take: higher ones may leave first.",
  notes: [
    'It stays on this host; IP_TOS and IPV6_TCLASS mark the packets for others.',
    "Setting IP_TOS sets it as well, and an accepted connection begins with 0, not with the listener's.",
    'A queueing discipline with classes also takes a class here: 0x10010 for 1:10.',
  ],
  when: 'any',
  needs: 'CAP_NET_ADMIN or CAP_NET_RAW outside 0 to 6',
  see: ['IP_TOS', 'IPV6_TCLASS', 'SO_MARK', 'SO_RCVPRIORITY'],
  man: 'socket(7), tc-prio(8)',
  since: '1.0',
  sample: TC_PRIO_INTERACTIVE,
});

export const SO_PROTOCOL = option({
  name: 'SO_PROTOCOL',
  level: 'SOL_SOCKET',
  access: 'ro',
  value: enumeration(protocols),
  on: {
    linux: 38,
    'linux-mips': 0x1028,
    'linux-alpha': 0x1028,
    'linux-hppa': 0x1028,
    'linux-sparc': 0x1028,
    freebsd: 0x1016,
  },
  summary: "The socket's protocol (IPPROTO_TCP, IPPROTO_UDP, ...): the third argument of socket(2).",
  notes: [
    'The names are those of IPv4 and IPv6 sockets. Unix, packet and vsock sockets read 0, whose name is IPPROTO_IP.',
    'A netlink socket has numbers of its own (NETLINK_ROUTE is 0).',
  ],
  see: ['SO_DOMAIN', 'SO_TYPE', 'TCP_IS_MPTCP'],
  man: 'socket(7)',
  since: '2.6.32',
  differs: { freebsd: 'Known for IPv4 and IPv6 sockets.' },
});

export const SO_RCVBUF = option({
  name: 'SO_RCVBUF',
  level: 'SOL_SOCKET',
  access: 'rw',
  value: int({ unit: 'bytes' }),
  on: {
    linux: 8,
    'linux-mips': 0x1002,
    'linux-alpha': 0x1002,
    'linux-hppa': 0x1002,
    'linux-sparc': 0x1002,
    darwin: 0x1002,
    freebsd: 0x1002,
    windows: 0x1002,
  },
  summary: 'The most memory that received data may occupy until the program reads it.',
  notes: [
    'Linux keeps twice what is asked, for its own bookkeeping, and a read gives the doubled number.',
    'More than net.core.rmem_max is cut to it without an error; SO_RCVBUFFORCE passes it. At least 2304 remain.',
    'A set turns off autotuning, which can grow a TCP buffer beyond net.core.rmem_max: often better left alone.',
    'For TCP it also bounds the window that is offered. Set it before connect or listen: the scale is agreed there.',
    'TCP begins with the middle number of net.ipv4.tcp_rmem, other sockets with net.core.rmem_default.',
    'An accepted socket inherits it from the listener. A negative number asks for the maximum.',
  ],
  readback: { linux: 'doubled' },
  why: doubling,
  limit: 'net.core.rmem_max',
  default: 'net.ipv4.tcp_rmem',
  when: 'before-connect',
  late: 'the buffer changes, the window scale was fixed when the connection was made',
  alters: ['SO_BUF_LOCK'],
  see: ['SO_RCVBUFFORCE', 'SO_SNDBUF', 'SO_BUF_LOCK', 'SO_MEMINFO', 'TCP_WINDOW_CLAMP', 'SO_RCVLOWAT'],
  man: 'socket(7), tcp(7), RFC 7323',
  since: '1.0',
  differs: {
    darwin: 'Nothing is doubled. At most kern.ipc.maxsockbuf.',
    freebsd: 'Nothing is doubled. More than kern.ipc.maxsockbuf allows is an error (ENOBUFS).',
    windows: 'Nothing is doubled; 0 is allowed, and then data goes from and to the memory of the program.',
  },
  sample: 32768,
  reads: 65536,
});

export const SO_RCVBUFFORCE = option({
  name: 'SO_RCVBUFFORCE',
  level: 'SOL_SOCKET',
  access: 'wo',
  value: int({ unit: 'bytes' }),
  on: { linux: 33, 'linux-alpha': 0x100b, 'linux-hppa': 0x100b, 'linux-sparc': 0x100b },
  summary: 'Sets SO_RCVBUF beyond the maximum that net.core.rmem_max allows.',
  notes: [
    'Read SO_RCVBUF to see the result: twice what is asked, at most 2147483646.',
    'A negative number asks for the minimum here, where SO_RCVBUF takes it for the maximum.',
  ],
  when: 'before-connect',
  late: 'the buffer changes, the window scale was fixed when the connection was made',
  needs: 'CAP_NET_ADMIN',
  alters: ['SO_RCVBUF', 'SO_BUF_LOCK'],
  see: ['SO_RCVBUF', 'SO_SNDBUFFORCE'],
  man: 'socket(7)',
  since: '2.6.14',
  sample: 32768,
});

export const SO_RCVLOWAT = option({
  name: 'SO_RCVLOWAT',
  level: 'SOL_SOCKET',
  access: 'rw',
  accessOn: { windows: 'none' },
  value: int({ unit: 'bytes' }),
  on: {
    linux: 18,
    'linux-mips': 0x1004,
    'linux-ppc': 16,
    'linux-alpha': 0x1010,
    'linux-hppa': 0x1004,
    'linux-sparc': 0x800,
    darwin: 0x1004,
    freebsd: 0x1004,
    windows: 0x1004,
  },
  summary: 'How many bytes must wait before the socket counts as readable.',
  notes: [
    'It saves wake-ups of a program that reads large blocks; less than that waits until more, or the end, comes.',
    'On TCP it enlarges SO_RCVBUF to what the number takes, unless a set has fixed that; half of the last number of ' +
      'net.ipv4.tcp_rmem is the most.',
    '0 reads back as 1; a negative number asks for the largest one, which vsock sockets refuse with EINVAL.',
  ],
  why: 'at least 1, and on TCP at most half of the largest receive buffer',
  limit: 'net.ipv4.tcp_rmem',
  when: 'any',
  alters: ['SO_RCVBUF', 'SO_BUF_LOCK', 'TCP_WINDOW_CLAMP'],
  see: ['SO_SNDLOWAT', 'SO_RCVBUF', 'TCP_NOTSENT_LOWAT'],
  man: 'socket(7)',
  since: '2.4',
  differs: { windows: "Windows' TCP/IP does not have it: WSAEINVAL, on old systems WSAENOPROTOOPT." },
  sample: 1024,
});

export const SO_RCVMARK = option({
  name: 'SO_RCVMARK',
  level: 'SOL_SOCKET',
  access: 'rw',
  value: bool(),
  on: { linux: 75, 'linux-hppa': 0x4049, 'linux-sparc': 84 },
  summary: 'Adds to every message that is received the mark of its packet (control message SO_MARK).',
  notes: ["The mark is the one that this host's firewall, or a local sender's SO_MARK, gave it.", mptcpRefuses],
  when: 'any',
  see: ['SO_MARK', 'SO_RCVPRIORITY'],
  man: 'asm-generic/socket.h',
  since: '5.19',
  sample: true,
});

export const SO_RCVPRIORITY = option({
  name: 'SO_RCVPRIORITY',
  level: 'SOL_SOCKET',
  access: 'rw',
  value: bool(),
  on: { linux: 82, 'linux-hppa': 0x404d, 'linux-sparc': 91 },
  summary: 'Adds to every message that is received the priority of its packet (control message SO_PRIORITY).',
  notes: [mptcpRefuses],
  when: 'any',
  see: ['SO_PRIORITY', 'SO_RCVMARK'],
  man: 'asm-generic/socket.h',
  since: '6.14',
  sample: true,
});

export const SO_RCVTIMEO = option({
  name: 'SO_RCVTIMEO',
  level: 'SOL_SOCKET',
  access: 'rw',
  value: timeval(),
  on: {
    linux: 20,
    'linux-mips': 0x1006,
    'linux-ppc': 18,
    'linux-alpha': 0x1012,
    'linux-hppa': 0x1006,
    'linux-sparc': 0x2000,
    darwin: 0x1006,
    freebsd: 0x1006,
    windows: 0x1006,
  },
  summary: 'How long a blocking read or accept waits before it gives up with EAGAIN; 0 waits for ever.',
  notes: [
    blockingOnly,
    'It is not looked at by poll, select and epoll either.',
    `${ticks}: 1 us reads back as one tick.`,
  ],
  readback: { linux: 'rounded' },
  why: ticks,
  when: 'any',
  see: ['SO_SNDTIMEO', 'TCP_USER_TIMEOUT', 'SO_KEEPALIVE', 'SO_TIMEOUT'],
  man: 'socket(7)',
  since: '2.3.41',
  differs: {
    windows:
      'A number of milliseconds (DWORD), not a struct timeval. After a timeout the connection is in no certain state.',
  },
  sample: 5500,
});

export const SO_RCVTIMEO_NEW = option({
  name: 'SO_RCVTIMEO_NEW',
  level: 'SOL_SOCKET',
  access: 'rw',
  value: timeval64(),
  on: { linux: 66, 'linux-hppa': 0x4040, 'linux-sparc': 68 },
  summary: 'SO_RCVTIMEO with 64-bit seconds on every processor.',
  notes: [
    'It is the same setting as SO_RCVTIMEO, which differs only on 32-bit systems, where its seconds end in 2038.',
    blockingOnly,
  ],
  readback: { linux: 'rounded' },
  why: ticks,
  when: 'any',
  see: ['SO_RCVTIMEO', 'SO_SNDTIMEO_NEW'],
  man: 'socket(7)',
  since: '5.1',
  sample: 5500,
});

export const SO_RCVTIMEO_OLD = alias('SO_RCVTIMEO_OLD', SO_RCVTIMEO, {
  on: {
    linux: 20,
    'linux-mips': 0x1006,
    'linux-ppc': 18,
    'linux-alpha': 0x1012,
    'linux-hppa': 0x1006,
    'linux-sparc': 0x2000,
  },
});

export const SO_RESERVE_MEM = option({
  name: 'SO_RESERVE_MEM',
  level: 'SOL_SOCKET',
  access: 'rw',
  value: int({ min: 0, unit: 'bytes' }),
  on: { linux: 73, 'linux-hppa': 0x4047, 'linux-sparc': 82 },
  summary: 'Memory that is set aside for the socket for good, so that sending never has to ask for it.',
  notes: [
    'It needs a process in a memory control group that counts socket memory; EOPNOTSUPP otherwise.',
    'Rounded up to whole pages, and charged to the control group at once.',
    mptcpRefuses,
  ],
  readback: { linux: 'rounded' },
  why: 'Linux sets whole pages aside',
  when: 'any',
  see: ['SO_MEMINFO', 'SO_SNDBUF', 'SO_RCVBUF'],
  man: 'cgroups(7)',
  since: '5.16',
  example: 65536,
});

export const SO_REUSEADDR = option({
  name: 'SO_REUSEADDR',
  level: 'SOL_SOCKET',
  access: 'rw',
  value: bool(),
  on: {
    linux: 2,
    'linux-mips': 4,
    'linux-alpha': 4,
    'linux-hppa': 4,
    'linux-sparc': 4,
    darwin: 4,
    freebsd: 4,
    windows: 4,
  },
  summary: 'Lets bind(2) take a local address that old connections still hold: a server can restart at once.',
  notes: [
    'Set it before bind. Node does so for its servers on Linux, and for dgram with { reuseAddr: true }.',
    'The socket that held the address before must have had it on as well: its old connections keep what it had.',
    'Two TCP sockets never listen on the same address with it: that is SO_REUSEPORT.',
    'UDP sockets that all set it share an address; the last one bound gets what is not multicast.',
    'Raw sockets begin with it on.',
  ],
  when: 'before-bind',
  late: 'this bind is done; it counts for sockets that bind later',
  see: ['SO_REUSEPORT', 'IP_FREEBIND', 'IP_BIND_ADDRESS_NO_PORT'],
  man: 'socket(7), ip(7)',
  since: '1.0',
  differs: {
    darwin:
      'Sockets with a wildcard and with a certain address may share a port; listeners of the same address may not.',
    freebsd:
      'Sockets with a wildcard and with a certain address may share a port; listeners of the same address may not.',
    windows:
      'Lets a socket take over an address and port in use, as SO_REUSEPORT does without its check of the user; ' +
      'SO_EXCLUSIVEADDRUSE prevents it. The wait after a connection (TIME_WAIT) needs no option there.',
  },
  sample: true,
});

export const SO_REUSEPORT = option({
  name: 'SO_REUSEPORT',
  level: 'SOL_SOCKET',
  access: 'rw',
  value: bool(),
  on: {
    linux: 15,
    'linux-mips': 512,
    'linux-alpha': 512,
    'linux-hppa': 512,
    'linux-sparc': 512,
    darwin: 0x200,
    freebsd: 0x200,
  },
  summary: 'Lets several sockets bind to the same address and port; Linux spreads connections and datagrams over them.',
  notes: [
    'All of them must set it before bind and belong to the same user.',
    'When a listener closes, connections in its queue are lost, unless net.ipv4.tcp_migrate_req is on.',
    'Only IPv4 and IPv6 sockets can turn it on; others answer EOPNOTSUPP (older kernels accept it, to no effect).',
  ],
  when: 'before-bind',
  late: 'this bind is done; other sockets can join from now on',
  see: ['SO_REUSEADDR', 'SO_ATTACH_REUSEPORT_CBPF', 'SO_INCOMING_CPU'],
  man: 'socket(7)',
  since: '3.9',
  differs: {
    darwin: 'Nothing is spread over the sockets: the last one bound gets every connection and unicast datagram.',
    freebsd: 'Nothing is spread over the sockets, it is for multicast and broadcast: SO_REUSEPORT_LB spreads.',
  },
  sample: true,
});

export const SO_RIGHTS_NOTRUNC = option({
  name: 'SO_RIGHTS_NOTRUNC',
  level: 'SOL_SOCKET',
  access: 'wo',
  value: bool(),
  length: 'exact',
  on: { linux: 85, 'linux-hppa': 0x4053, 'linux-sparc': 94 },
  summary: 'Keeps a place for each descriptor that a peer passed, also for one that a security module denies.',
  notes: [
    'A denied one arrives as a negative errno (-EPERM) in its place; without the option the list ends before it.',
    'It takes exactly four bytes, and cannot be read back. Linux 6.18 does not have it.',
  ],
  when: 'any',
  kinds: unix,
  see: ['SO_PASSRIGHTS', 'SO_PASSSEC'],
  man: 'asm-generic/socket.h',
  since: '7.3',
  sample: true,
});

export const SO_RXQ_OVFL = option({
  name: 'SO_RXQ_OVFL',
  level: 'SOL_SOCKET',
  access: 'rw',
  value: bool(),
  on: { linux: 40, 'linux-hppa': 0x4021, 'linux-sparc': 36 },
  summary: 'Adds to received datagrams how many the socket had to drop so far, because its buffer was full.',
  notes: ['Nothing is added while nothing was dropped. SO_MEMINFO tells the number without receiving.', mptcpIgnores],
  when: 'any',
  see: ['SO_RCVBUF', 'SO_MEMINFO'],
  man: 'socket(7)',
  since: '2.6.33',
  sample: true,
  sampleOn: 'udp',
});

export const SO_SECURITY_AUTHENTICATION = option({
  name: 'SO_SECURITY_AUTHENTICATION',
  level: 'SOL_SOCKET',
  access: 'none',
  value: int(),
  on: { linux: 22, 'linux-alpha': 19, 'linux-hppa': 0x4016, 'linux-sparc': 0x5001 },
  summary: 'A number that was set aside for authentication and never did anything.',
  notes: ['Both calls answer ENOPROTOOPT.'],
  instead: 'Linux never implemented it: use TLS, or TCP_AO_ADD_KEY to authenticate the segments of a connection',
  see: ['TCP_ULP', 'TCP_AO_ADD_KEY', 'SO_PEERCRED'],
});

export const SO_SECURITY_ENCRYPTION_NETWORK = option({
  name: 'SO_SECURITY_ENCRYPTION_NETWORK',
  level: 'SOL_SOCKET',
  access: 'none',
  value: int(),
  on: { linux: 24, 'linux-alpha': 21, 'linux-hppa': 0x4018, 'linux-sparc': 0x5004 },
  summary: 'A number that was set aside for encryption by the network layer and never did anything.',
  notes: ['Both calls answer ENOPROTOOPT.'],
  instead: 'Linux never implemented it: use IPsec (IP_XFRM_POLICY) or TLS',
  see: ['IP_XFRM_POLICY', 'TCP_ULP'],
});

export const SO_SECURITY_ENCRYPTION_TRANSPORT = option({
  name: 'SO_SECURITY_ENCRYPTION_TRANSPORT',
  level: 'SOL_SOCKET',
  access: 'none',
  value: int(),
  on: { linux: 23, 'linux-alpha': 20, 'linux-hppa': 0x4017, 'linux-sparc': 0x5002 },
  summary: 'A number that was set aside for encryption by the transport layer and never did anything.',
  notes: ['Both calls answer ENOPROTOOPT.'],
  instead: 'Linux never implemented it: use TLS, which the kernel can take over with TCP_ULP',
  see: ['TCP_ULP'],
});

export const SO_SELECT_ERR_QUEUE = option({
  name: 'SO_SELECT_ERR_QUEUE',
  level: 'SOL_SOCKET',
  access: 'rw',
  value: bool(),
  on: { linux: 45, 'linux-hppa': 0x4026, 'linux-sparc': 41 },
  summary: 'Makes select(2) and poll(2) tell a waiting error apart from data that can be read.',
  notes: [
    'poll then adds POLLPRI to POLLERR, and select has the socket in its third set.',
    'Since Linux 4.16 errors no longer look like data, so that it is hardly needed.',
    mptcpIgnores,
  ],
  when: 'any',
  see: ['IP_RECVERR', 'SO_TIMESTAMPING', 'SO_ZEROCOPY'],
  man: 'socket(7)',
  since: '3.10',
  sample: true,
});

export const SO_SNDBUF = option({
  name: 'SO_SNDBUF',
  level: 'SOL_SOCKET',
  access: 'rw',
  value: int({ unit: 'bytes' }),
  on: {
    linux: 7,
    'linux-mips': 0x1001,
    'linux-alpha': 0x1001,
    'linux-hppa': 0x1001,
    'linux-sparc': 0x1001,
    darwin: 0x1001,
    freebsd: 0x1001,
    windows: 0x1001,
  },
  summary: 'The most memory that written data may occupy until it is sent and, for TCP, acknowledged.',
  notes: [
    'Linux keeps twice what is asked, for its own bookkeeping, and a read gives the doubled number.',
    'More than net.core.wmem_max is cut to it without an error; SO_SNDBUFFORCE passes it. At least 4608 remain.',
    'A set turns autotuning off, and TCP no longer grows the buffer with the connection.',
    'A unix datagram that is larger than the buffer is refused with EMSGSIZE.',
    'TCP begins with the middle number of net.ipv4.tcp_wmem, other sockets with net.core.wmem_default.',
    'An accepted TCP socket inherits it from the listener, an accepted unix socket does not.',
    'A negative number asks for the maximum.',
  ],
  readback: { linux: 'doubled' },
  why: doubling,
  limit: 'net.core.wmem_max',
  default: 'net.ipv4.tcp_wmem',
  when: 'any',
  alters: ['SO_BUF_LOCK'],
  see: ['SO_SNDBUFFORCE', 'SO_RCVBUF', 'SO_BUF_LOCK', 'SO_MEMINFO', 'TCP_NOTSENT_LOWAT'],
  man: 'socket(7), tcp(7)',
  since: '1.0',
  differs: {
    darwin: 'Nothing is doubled. At most kern.ipc.maxsockbuf.',
    freebsd: 'Nothing is doubled. More than kern.ipc.maxsockbuf allows is an error (ENOBUFS).',
    windows: 'Nothing is doubled; 0 is allowed, and then data goes from and to the memory of the program.',
  },
  sample: 4096,
  reads: 8192,
});

export const SO_SNDBUFFORCE = option({
  name: 'SO_SNDBUFFORCE',
  level: 'SOL_SOCKET',
  access: 'wo',
  value: int({ unit: 'bytes' }),
  on: { linux: 32, 'linux-mips': 31, 'linux-alpha': 0x100a, 'linux-hppa': 0x100a, 'linux-sparc': 0x100a },
  summary: 'Sets SO_SNDBUF beyond the maximum that net.core.wmem_max allows.',
  notes: [
    'Read SO_SNDBUF to see the result: twice what is asked, at most 2147483646.',
    'A negative number asks for the minimum here, where SO_SNDBUF takes it for the maximum.',
  ],
  when: 'any',
  needs: 'CAP_NET_ADMIN',
  alters: ['SO_SNDBUF', 'SO_BUF_LOCK'],
  see: ['SO_SNDBUF', 'SO_RCVBUFFORCE'],
  man: 'socket(7)',
  since: '2.6.14',
  sample: 4096,
});

export const SO_SNDLOWAT = option({
  name: 'SO_SNDLOWAT',
  level: 'SOL_SOCKET',
  access: 'ro',
  accessOn: { darwin: 'rw', freebsd: 'rw', windows: 'none' },
  value: int({ unit: 'bytes' }),
  on: {
    linux: 19,
    'linux-mips': 0x1003,
    'linux-ppc': 17,
    'linux-alpha': 0x1011,
    'linux-hppa': 0x1003,
    'linux-sparc': 0x1000,
    darwin: 0x1003,
    freebsd: 0x1003,
    windows: 0x1003,
  },
  summary: 'How many bytes must be free before the socket counts as writable: on Linux always 1.',
  notes: ['Linux refuses to set it with ENOPROTOOPT.'],
  differs: {
    windows: "Windows' TCP/IP does not have it: WSAEINVAL, on old systems WSAENOPROTOOPT.",
  },
  instead: 'TCP_NOTSENT_LOWAT decides on Linux when a TCP socket counts as writable',
  see: ['TCP_NOTSENT_LOWAT', 'SO_RCVLOWAT'],
  man: 'socket(7)',
  since: '2.2',
});

export const SO_SNDTIMEO = option({
  name: 'SO_SNDTIMEO',
  level: 'SOL_SOCKET',
  access: 'rw',
  value: timeval(),
  on: {
    linux: 21,
    'linux-mips': 0x1005,
    'linux-ppc': 19,
    'linux-alpha': 0x1013,
    'linux-hppa': 0x1005,
    'linux-sparc': 0x4000,
    darwin: 0x1005,
    freebsd: 0x1005,
    windows: 0x1005,
  },
  summary: 'How long a blocking write or connect waits before it gives up; 0 waits for ever.',
  notes: [
    blockingOnly,
    'A write gives up with EAGAIN, a connect with EINPROGRESS.',
    `${ticks}: 1 us reads back as one tick.`,
  ],
  readback: { linux: 'rounded' },
  why: ticks,
  when: 'any',
  see: ['SO_RCVTIMEO', 'TCP_USER_TIMEOUT', 'TCP_SYNCNT', 'SO_TIMEOUT'],
  man: 'socket(7)',
  since: '2.3.41',
  differs: {
    windows:
      'A number of milliseconds (DWORD), not a struct timeval. After a timeout the connection is in no certain state.',
  },
  sample: 5500,
});

export const SO_SNDTIMEO_NEW = option({
  name: 'SO_SNDTIMEO_NEW',
  level: 'SOL_SOCKET',
  access: 'rw',
  value: timeval64(),
  on: { linux: 67, 'linux-hppa': 0x4041, 'linux-sparc': 69 },
  summary: 'SO_SNDTIMEO with 64-bit seconds on every processor.',
  notes: [
    'It is the same setting as SO_SNDTIMEO, which differs only on 32-bit systems, where its seconds end in 2038.',
    blockingOnly,
  ],
  readback: { linux: 'rounded' },
  why: ticks,
  when: 'any',
  see: ['SO_SNDTIMEO', 'SO_RCVTIMEO_NEW'],
  man: 'socket(7)',
  since: '5.1',
  sample: 5500,
});

export const SO_SNDTIMEO_OLD = alias('SO_SNDTIMEO_OLD', SO_SNDTIMEO, {
  on: {
    linux: 21,
    'linux-mips': 0x1005,
    'linux-ppc': 19,
    'linux-alpha': 0x1013,
    'linux-hppa': 0x1005,
    'linux-sparc': 0x4000,
  },
});

export const SO_TIMEOUT = option({
  name: 'SO_TIMEOUT',
  level: 'SOL_SOCKET',
  access: 'none',
  value: int({ unit: 'ms' }),
  on: {},
  summary: 'No system has an option of this name, though tutorials list it: it is a constant of Java.',
  notes: ['What C has are two options, SO_RCVTIMEO for reads and SO_SNDTIMEO for writes.'],
  instead:
    'SO_RCVTIMEO and SO_SNDTIMEO are the timeouts of blocking sockets; JavaScript runtimes use non-blocking ones, ' +
    'where those have no effect: use socket.setTimeout(), or TCP_USER_TIMEOUT for data that nobody acknowledges',
  see: ['SO_RCVTIMEO', 'SO_SNDTIMEO', 'TCP_USER_TIMEOUT', 'SO_KEEPALIVE'],
});

export const SO_TIMESTAMP = option({
  name: 'SO_TIMESTAMP',
  level: 'SOL_SOCKET',
  access: 'rw',
  accessOn: { windows: 'none' },
  value: bool(),
  on: { linux: 29, 'linux-hppa': 0x4012, darwin: 0x400, freebsd: 0x400, windows: 0x300a },
  summary: 'Adds to every message that is received when its packet arrived, to the microsecond (struct timeval).',
  notes: [
    'It arrives as a control message of recvmsg(2), which Node does not read.',
    'SO_TIMESTAMPNS and the _NEW forms exclude it: setting one of the four, even to off, turns the others off.',
    'On TCP the time is that of the last packet of what was read.',
  ],
  when: 'any',
  alters: ['SO_TIMESTAMPNS', 'SO_TIMESTAMP_NEW', 'SO_TIMESTAMPNS_NEW'],
  see: ['SO_TIMESTAMPNS', 'SO_TIMESTAMPING', 'SO_TIMESTAMP_NEW', 'TCP_TIMESTAMP'],
  man: 'socket(7)',
  since: '2.4',
  differs: {
    freebsd: 'SO_TS_CLOCK chooses another clock and another struct for it.',
    windows: 'Only the type of a control message, which ioctl SIO_TIMESTAMPING turns on.',
  },
  sample: true,
});

export const SO_TIMESTAMPING = option({
  name: 'SO_TIMESTAMPING',
  level: 'SOL_SOCKET',
  access: 'rw',
  value: soTimestamping(),
  on: { linux: 37, 'linux-hppa': 0x4020, 'linux-sparc': 35 },
  summary: "Chooses which moments of a packet's way, received or sent, the kernel or the network card notes down.",
  notes: [
    'SOF_TIMESTAMPING_RX_* and _TX_* choose the moments, SOF_TIMESTAMPING_SOFTWARE and _RAW_HARDWARE what is reported.',
    'Times of sent packets come on the error queue (MSG_ERRQUEUE), those of received ones as control messages.',
    'SOF_TIMESTAMPING_OPT_ID is EINVAL on a TCP socket that is not connected; so are bits that have no meaning.',
    'bind_phc chooses a clock of the card, with SOF_TIMESTAMPING_BIND_PHC; before 5.14 there were only the flags.',
    'The card must be told to take times as well (ioctl SIOCSHWTSTAMP).',
    'Not on a dgram.Socket with times of what is sent: Node does not empty the error queue, and spins or aborts.',
  ],
  when: 'any',
  alters: ['SO_TIMESTAMPING_NEW'],
  see: ['SO_TIMESTAMP', 'SO_TIMESTAMPNS', 'SO_TXTIME', 'SO_SELECT_ERR_QUEUE', 'SO_TIMESTAMPING_NEW'],
  man: 'linux/net_tstamp.h',
  since: '2.6.30',
  sample: { flags: ['SOF_TIMESTAMPING_RX_SOFTWARE', 'SOF_TIMESTAMPING_SOFTWARE'], bind_phc: 0 },
});

export const SO_TIMESTAMPING_NEW = option({
  name: 'SO_TIMESTAMPING_NEW',
  level: 'SOL_SOCKET',
  access: 'rw',
  value: soTimestamping(),
  on: { linux: 65, 'linux-hppa': 0x403a, 'linux-sparc': 67 },
  summary: 'SO_TIMESTAMPING whose control messages carry 64-bit seconds on every processor.',
  notes: ['The flags are one setting with SO_TIMESTAMPING; this form reads as none while the other one is in use.'],
  when: 'any',
  alters: ['SO_TIMESTAMPING'],
  see: ['SO_TIMESTAMPING', 'SO_TIMESTAMP_NEW'],
  man: 'linux/net_tstamp.h',
  since: '5.1',
  sample: { flags: ['SOF_TIMESTAMPING_RX_SOFTWARE', 'SOF_TIMESTAMPING_SOFTWARE'], bind_phc: 0 },
});

export const SO_TIMESTAMPING_OLD = alias('SO_TIMESTAMPING_OLD', SO_TIMESTAMPING);

export const SO_TIMESTAMPNS = option({
  name: 'SO_TIMESTAMPNS',
  level: 'SOL_SOCKET',
  access: 'rw',
  value: bool(),
  on: { linux: 35, 'linux-hppa': 0x4013, 'linux-sparc': 33 },
  summary: 'Adds to every message that is received when its packet arrived, to the nanosecond (struct timespec).',
  notes: [
    'It arrives as a control message of recvmsg(2), which Node does not read.',
    'It and SO_TIMESTAMP exclude each other: setting one, even to off, turns the other off.',
  ],
  when: 'any',
  alters: ['SO_TIMESTAMP', 'SO_TIMESTAMP_NEW', 'SO_TIMESTAMPNS_NEW'],
  see: ['SO_TIMESTAMP', 'SO_TIMESTAMPING', 'SO_TIMESTAMPNS_NEW'],
  man: 'socket(7)',
  since: '2.6.22',
  sample: true,
});

export const SO_TIMESTAMPNS_NEW = option({
  name: 'SO_TIMESTAMPNS_NEW',
  level: 'SOL_SOCKET',
  access: 'rw',
  value: bool(),
  on: { linux: 64, 'linux-hppa': 0x4039, 'linux-sparc': 66 },
  summary: 'SO_TIMESTAMPNS whose control message carries 64-bit seconds on every processor.',
  notes: ['While it is on, SO_TIMESTAMP_NEW reads as on as well.'],
  when: 'any',
  alters: ['SO_TIMESTAMP', 'SO_TIMESTAMPNS', 'SO_TIMESTAMP_NEW'],
  see: ['SO_TIMESTAMPNS', 'SO_TIMESTAMP_NEW'],
  man: 'socket(7)',
  since: '5.1',
  sample: true,
});

export const SO_TIMESTAMPNS_OLD = alias('SO_TIMESTAMPNS_OLD', SO_TIMESTAMPNS);

export const SO_TIMESTAMP_NEW = option({
  name: 'SO_TIMESTAMP_NEW',
  level: ['SOL_SOCKET', 'SOL_RDS'],
  access: 'rw',
  value: bool(),
  on: { linux: 63, 'linux-hppa': 0x4038, 'linux-sparc': 70 },
  summary: 'SO_TIMESTAMP whose control message carries 64-bit seconds on every processor.',
  notes: [
    'It also reads as on while SO_TIMESTAMPNS_NEW is on.',
    'RDS takes a set, no read, at SOL_RDS as well; SOL_SOCKET does the same there.',
  ],
  when: 'any',
  alters: ['SO_TIMESTAMP', 'SO_TIMESTAMPNS', 'SO_TIMESTAMPNS_NEW'],
  see: ['SO_TIMESTAMP', 'SO_TIMESTAMPNS_NEW', 'SO_TIMESTAMPING_NEW'],
  man: 'socket(7)',
  since: '5.1',
  sample: true,
});

export const SO_TIMESTAMP_OLD = alias('SO_TIMESTAMP_OLD', SO_TIMESTAMP, {
  level: ['SOL_SOCKET', 'SOL_RDS'],
  on: { linux: 29, 'linux-hppa': 0x4012 },
});

export const SO_TXREHASH = option({
  name: 'SO_TXREHASH',
  level: 'SOL_SOCKET',
  access: 'rw',
  value: enumeration(txRehashModes),
  on: { linux: 74, 'linux-hppa': 0x4048, 'linux-sparc': 83 },
  summary: 'Whether a connection that loses packets takes a new hash, and with it perhaps another path.',
  notes: [
    'SOCK_TXREHASH_DEFAULT sets whatever net.core.txrehash says, and reads back as that.',
    'The C header writes the default as 255, which the kernel refuses: it takes -1.',
    'Routers see the hash in the flow label of IPv6 and in the ports of tunnels.',
  ],
  why: 'the default is what net.core.txrehash says',
  default: 'net.core.txrehash',
  when: 'any',
  kinds: tcp,
  see: ['SO_CNX_ADVICE', 'IPV6_AUTOFLOWLABEL'],
  man: 'linux/socket.h',
  since: '5.18',
  sample: SOCK_TXREHASH_DISABLED,
});

export const SO_TXTIME = option({
  name: 'SO_TXTIME',
  level: 'SOL_SOCKET',
  access: 'rw',
  value: sockTxtime(),
  length: 'exact',
  on: { linux: 61, 'linux-hppa': 0x4036, 'linux-sparc': 63 },
  summary: 'Lets a program say when each packet is to leave (control message SCM_TXTIME), and by which clock.',
  notes: [
    'The interface needs a queueing discipline that keeps the times: etf, or fq with CLOCK_MONOTONIC.',
    'Clocks other than CLOCK_REALTIME, CLOCK_MONOTONIC and CLOCK_TAI are EINVAL.',
    'A set takes exactly eight bytes.',
    mptcpRefuses,
  ],
  when: 'any',
  needs: 'CAP_NET_ADMIN for clocks other than CLOCK_MONOTONIC',
  see: ['SO_MAX_PACING_RATE', 'SO_TIMESTAMPING', 'SO_PRIORITY'],
  man: 'tc-etf(8)',
  since: '4.19',
  sample: { clockid: CLOCK_MONOTONIC, flags: ['SOF_TXTIME_REPORT_ERRORS'] },
  sampleOn: 'udp',
});

export const SO_TYPE = option({
  name: 'SO_TYPE',
  level: 'SOL_SOCKET',
  access: 'ro',
  value: enumeration(socketTypes),
  on: {
    linux: 3,
    'linux-mips': 0x1008,
    'linux-alpha': 0x1008,
    'linux-hppa': 0x1008,
    'linux-sparc': 0x1008,
    darwin: 0x1008,
    freebsd: 0x1008,
    windows: 0x1008,
  },
  summary: "The socket's type (SOCK_STREAM, SOCK_DGRAM, ...): the second argument of socket(2).",
  see: ['SO_DOMAIN', 'SO_PROTOCOL', 'SO_ACCEPTCONN'],
  man: 'socket(7)',
  since: '1.0',
});

export const SO_WIFI_STATUS = option({
  name: 'SO_WIFI_STATUS',
  level: 'SOL_SOCKET',
  access: 'rw',
  value: bool(),
  on: { linux: 41, 'linux-hppa': 0x4022, 'linux-sparc': 37 },
  summary: 'Reports on the error queue whether the other station acknowledged each frame that was sent over Wi-Fi.',
  notes: ['For datagram, raw and packet sockets; the control message is SCM_WIFI_STATUS.', mptcpIgnores],
  when: 'any',
  see: ['SO_TIMESTAMPING', 'SO_NOFCS'],
  man: 'asm-generic/socket.h',
  since: '3.3',
  sample: true,
  sampleOn: 'udp',
});

export const SO_ZEROCOPY = option({
  name: 'SO_ZEROCOPY',
  level: 'SOL_SOCKET',
  access: 'rw',
  value: bool(),
  on: { linux: 60, 'linux-hppa': 0x4035, 'linux-sparc': 62 },
  summary: "Allows sends with MSG_ZEROCOPY, where the network card reads the program's own memory.",
  notes: [
    'The memory must not change until the error queue (MSG_ERRQUEUE) says that it is free again: Node cannot do that.',
    'Only TCP, UDP and vsock sockets can turn it on; all others read off and answer EOPNOTSUPP.',
    'It pays from about 10 kB a send. Over loopback the kernel copies after all.',
  ],
  when: 'any',
  see: ['TCP_ZEROCOPY_RECEIVE', 'SO_SELECT_ERR_QUEUE'],
  man: 'linux/errqueue.h',
  since: '4.14',
  sample: true,
});
