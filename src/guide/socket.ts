// Guides of the options of every socket (SOL_SOCKET), sorted by C name.
import type { Guides } from './types.ts';

const pair = `const listener = new Socket();
listener.bind(['127.0.0.1', 0]);
listener.listen();
const client = new Socket();
client.connect(listener.getsockname());
const [accepted] = listener.accept()!;`;

const closeAll = 'for (const socket of [accepted, client, listener]) socket.close();';

const neverReads = 'Node and libuv read without control messages, so that a program in plain Node never sees it.';

export const socketGuides = (): Guides => ({
  SO_ACCEPTCONN: {
    use: [
      'It tells a listening socket from one that is only bound or connected: on after listen(2), off otherwise.',
      'It answers the question for a descriptor that somebody else opened: one that the service manager passed on, ' +
        'one that a supervisor inherited, one that you look at in a foreign process. systemd uses it in the same way ' +
        '(sd_is_socket).',
    ],
    timing: 'It turns on with listen(2), which may come at any time after bind(2), and an accepted socket has it off.',
    interacts: [
      'The state in TCP_INFO says the same of a TCP socket (TCP_LISTEN), but not of a unix one.',
      'SO_TYPE has to be SOCK_STREAM or SOCK_SEQPACKET: a datagram socket never listens and always reads off.',
    ],
    mistakes: [
      'Taking off for an error: a freshly made socket that is yet to be bound reads off as well, so ask for the ' +
        'address (getsockname) too before you reject a descriptor that was passed on.',
    ],
    typescript: `
import { SO_ACCEPTCONN, Socket } from 'sockctl';

const socket = new Socket();
socket.bind(['127.0.0.1', 0]);
socket.getsockopt(SO_ACCEPTCONN); // => false
socket.listen();
socket.getsockopt(SO_ACCEPTCONN); // => true
socket.close();
`,
    shell: `
sockctl get tcp-listen SO_ACCEPTCONN --value # => on
sockctl get tcp-connected SO_ACCEPTCONN --value # => off
`,
  },
  SO_ATTACH_BPF: {
    use: [
      'An eBPF program looks at every packet before it is queued on the socket, and drops it, keeps it, or keeps its ' +
        'beginning. What is dropped costs no wake-up and no copy.',
      'It does what SO_ATTACH_FILTER does, with the means of eBPF: maps that user space changes while the program ' +
        'runs, counters, helper functions, loops within the limits of the verifier. Where the filter fits into a ' +
        'dozen classic instructions, SO_ATTACH_FILTER needs no loader and fewer rights.',
    ],
    default: 'No filter: everything that arrives is kept.',
    value:
      'The descriptor of a loaded program of type BPF_PROG_TYPE_SOCKET_FILTER. A descriptor of anything else is ' +
      'EINVAL, a closed one EBADF. The socket holds on to the program, so the descriptor may be closed.',
    timing: 'At any time; what is queued already stays. An accepted TCP socket has the filter of its listener.',
    interacts: [
      'A socket has one filter: attaching replaces the classic or eBPF one that was there.',
      'SO_LOCK_FILTER keeps it from being replaced or detached.',
      'SO_GET_FILTER cannot read it: it answers EACCES for an eBPF filter.',
      'Loading the program takes CAP_BPF unless kernel.unprivileged_bpf_disabled is 0; attaching takes no right, not even ' +
        'on TCP, where SO_ATTACH_FILTER asks for CAP_NET_ADMIN (measured on Linux 6.18).',
    ],
    mistakes: [
      'Returning 1 for "accept": the result is the number of bytes to keep, so the packet is cut to one byte. Return ' +
        'a number that is larger than any packet.',
      'Expecting IP at offset 0: on a UDP or TCP socket the program begins at the transport header, on a packet ' +
        'socket of type SOCK_RAW at the link header.',
    ],
    typescript: `
import { openSync } from 'node:fs';
import { AF_INET, SO_ATTACH_BPF, SOCK_DGRAM, Socket } from 'sockctl';

// Where a loader such as bpftool pinned a program, open it with BPF_OBJ_GET. Any other descriptor is refused:
const socket = new Socket(AF_INET, SOCK_DGRAM);
socket.setsockopt(SO_ATTACH_BPF, openSync('/dev/null', 'r')); // throws ...EINVAL...
socket.close();
`,
    shell: `
sockctl try udp SO_ATTACH_BPF=0 # exits with 1
cat /proc/sys/kernel/unprivileged_bpf_disabled
`,
  },
  SO_ATTACH_FILTER: {
    use: [
      'A small program of classic BPF decides about every packet before it is queued on the socket: 0 drops it, any ' +
        'other number keeps so many bytes of it. The program is not woken for what is dropped.',
      'This is how tcpdump, DHCP clients and ping keep a packet or raw socket from waking up for all traffic of the ' +
        'machine. On UDP it is a firewall of the program itself: for example only datagrams with a magic number in ' +
        'front.',
    ],
    default: 'No filter: everything that arrives is kept.',
    value:
      'One to 4096 instructions, checked as a whole: jumps only go forwards and within, and the last one returns. ' +
      'Every attached byte counts towards net.core.optmem_max, beyond which it is ENOMEM. The lengths count from the ' +
      'transport header: on UDP the first 8 bytes are the header, so that 10 keeps two bytes of data.',
    timing:
      'At any time, but packets that were queued before stay. A packet socket is best made with protocol 0, given its ' +
      'filter, and only then bound, so that nothing unfiltered arrives in between. Accepted TCP sockets have the ' +
      "listener's filter.",
    interacts: [
      'SO_DETACH_FILTER removes it, SO_LOCK_FILTER keeps it for good, and SO_GET_FILTER reads it back.',
      'What it drops counts as a drop in SO_MEMINFO, and SO_RXQ_OVFL reports it with the next datagram.',
      'SO_BPF_EXTENSIONS tells which ancillary loads (mark, queue, random number) this kernel knows.',
    ],
    mistakes: [
      'Filtering a TCP connection: the filter also drops acknowledgements and retransmissions, so the peer sends the ' +
        'same segment again and again and the connection dies. It belongs on datagram, raw and packet sockets.',
      'Attaching the output of tcpdump -dd to a UDP socket: tcpdump compiles for a link header in front, which a UDP ' +
        'socket does not have. Use offsets from the UDP header, or SKF_NET_OFF for the IP header.',
    ],
    typescript: `
import { readSync, writeSync } from 'node:fs';
import { AF_INET, SO_ATTACH_FILTER, SOCK_DGRAM, Socket } from 'sockctl';

const receiver = new Socket(AF_INET, SOCK_DGRAM);
receiver.bind(['127.0.0.1', 0]);
const sender = new Socket(AF_INET, SOCK_DGRAM);
sender.connect(receiver.getsockname());

// The byte behind the UDP header must be '!': load it, compare, keep all or nothing.
receiver.setsockopt(SO_ATTACH_FILTER, [
  { code: 0x30, jt: 0, jf: 0, k: 8 },
  { code: 0x15, jt: 0, jf: 1, k: 0x21 },
  { code: 0x06, jt: 0, jf: 0, k: 65535 },
  { code: 0x06, jt: 0, jf: 0, k: 0 },
]);
writeSync(sender.fd, 'noise');
writeSync(sender.fd, '!news');
const buffer = Buffer.alloc(100);
buffer.toString('utf8', 0, readSync(receiver.fd, buffer)); // => '!news'
receiver.close();
sender.close();
`,
    shell: `
# One instruction that keeps 65535 bytes; then one program that jumps out of itself.
sockctl try udp 'SO_ATTACH_FILTER=1,6 0 0 65535'
sockctl try udp 'SO_ATTACH_FILTER=1,21 9 9 0' # exits with 1
`,
  },
  SO_ATTACH_REUSEPORT_CBPF: {
    use: [
      'In a group of sockets that share a port with SO_REUSEPORT, a classic BPF program picks the socket that gets ' +
        'the next connection or datagram. Without it the kernel picks by a hash of addresses and ports.',
      'The usual programs are short: the number of the processor (one load of SKF_AD_CPU), which keeps a connection ' +
        'on the processor that its packets arrive on; or a byte of the datagram, which keeps the packets of one QUIC ' +
        'connection or one DNS zone with one worker.',
    ],
    default: 'No program: a hash of both ends chooses.',
    value:
      'The program returns the index of a member, counted in the order in which they were bound (UDP) or began to ' +
      'listen (TCP). An index beyond the last one falls back to the hash: with three listeners and a program that ' +
      'returns 9, all three got connections.',
    timing:
      'On one member that is bound; it counts for the whole group at once, and members that join later are under it ' +
      'too. Before bind, without SO_REUSEPORT, it is EINVAL.',
    interacts: [
      'SO_ATTACH_REUSEPORT_EBPF takes the place of it, and SO_DETACH_REUSEPORT_BPF returns to the hash.',
      'SO_INCOMING_CPU steers by processor without any program.',
      'When a member closes, the last one takes its index: a worker that restarts does not get its old number back.',
    ],
    mistakes: [
      'Attaching it in every worker: there is one program for a group, and the last one wins. Let one process do it, ' +
        'when all are bound.',
      'Counting on index 0 being worker 0: the order is that of bind or listen, which races when workers start ' +
        'together. Open all sockets in the parent, in order, and hand them out.',
    ],
    typescript: `
import { SO_ATTACH_REUSEPORT_CBPF, SO_REUSEPORT, Socket } from 'sockctl';

const first = new Socket();
first.setsockopt(SO_REUSEPORT, true);
first.bind(['127.0.0.1', 0]);
first.listen();
const second = new Socket();
second.setsockopt(SO_REUSEPORT, true);
second.bind(first.getsockname());
second.listen();

// One instruction: return 1, the member that came second.
first.setsockopt(SO_ATTACH_REUSEPORT_CBPF, [{ code: 0x06, jt: 0, jf: 0, k: 1 }]);
const counts = [0, 0];
for (let i = 0; i < 20; i++) {
  const client = new Socket();
  client.connect(first.getsockname());
  for (const [index, listener] of [first, second].entries()) {
    const accepted = listener.accept();
    if (accepted) counts[index]!++;
    accepted?.[0].close();
  }
  client.close();
}
counts; // => [ 0, 20 ]
first.close();
second.close();
`,
    shell: `
sockctl try tcp-listen 'SO_ATTACH_REUSEPORT_CBPF=1,6 0 0 0' # exits with 1
sockctl explain SO_ATTACH_REUSEPORT_CBPF
`,
  },
  SO_BINDTODEVICE: {
    use: [
      'The socket then only receives what comes in through this interface, and only sends through it, whatever the ' +
        'routing table prefers. It is what ping -I eth0, DHCP clients and VRF setups use.',
      'Use it where the interface counts and not the address: several interfaces in one network, an interface without ' +
        'an address yet, a service that must answer in one VRF only. To serve one address, bind(2) to it; to choose ' +
        'the interface of what is sent alone, IP_UNICAST_IF has no effect on what is received.',
    ],
    value:
      'A name of at most 15 bytes; ENODEV where no interface has it. The kernel keeps the number, so that a read after ' +
      'a rename gives the new name. The empty name removes the tie. Anybody may set it once, and change it only with ' +
      'CAP_NET_RAW; before Linux 5.7 every set took that.',
    timing:
      'Best before bind and connect: a route that a connection has chosen already is not looked up again until it has ' +
      'to be. Accepted sockets inherit it.',
    interacts: [
      'SO_BINDTOIFINDEX is the same setting by number.',
      'Packet sockets ignore it: bind(2) ties those to an interface.',
      'A listener that is tied to an interface may share its port with one that is tied to another, or to none.',
      'A socket that is tied to a VRF device takes part in that VRF; net.ipv4.tcp_l3mdev_accept and ' +
        'net.ipv4.udp_l3mdev_accept let untied ones do so too.',
      'Packets between addresses of this host go through lo: a socket that is tied to eth0 does not get what a local ' +
        "program sends to eth0's address.",
    ],
    mistakes: [
      'Tying a socket to eth0 and testing from the same machine: nothing arrives, because such packets never pass ' +
        'eth0. Test from another host or a network namespace.',
      'Tying a client to lo by accident: its connect to the outside does not fail, it waits until ETIMEDOUT.',
      'Expecting it to survive a replug: an interface that goes and comes back has another number, and the socket stays ' +
        'tied to the old one.',
    ],
    typescript: `
import { SO_BINDTODEVICE, SO_BINDTOIFINDEX, Socket } from 'sockctl';

const socket = new Socket();
socket.getsockopt(SO_BINDTODEVICE); // => ''
socket.setsockopt(SO_BINDTODEVICE, 'lo');
socket.getsockopt(SO_BINDTOIFINDEX); // => 1
socket.setsockopt(SO_BINDTODEVICE, 'nosuch0'); // throws ...ENODEV...
socket.close();
`,
    shell: `
sockctl try udp SO_BINDTODEVICE=lo --json | jq -r '.[0].outcome' # => applied
sockctl try udp SO_BINDTODEVICE=nosuch0 # exits with 1
`,
  },
  SO_BINDTOIFINDEX: {
    use: [
      'The same tie to one interface as SO_BINDTODEVICE, by the number of the interface. Programs that have the number ' +
        'already, from netlink, IP_PKTINFO or a scope such as fe80::1%2, need no name.',
    ],
    value:
      'The number is not checked when it is set: one that no interface has is accepted, and the first send fails with ' +
      'ENODEV. 0 removes the tie, a negative number is EINVAL. A rename does not change it.',
    timing: 'As SO_BINDTODEVICE: before bind and connect, and accepted sockets inherit it.',
    interacts: [
      'Setting it changes what SO_BINDTODEVICE reads, and the other way round.',
      'Numbers belong to a network namespace: 2 in a container is another interface than 2 on the host.',
    ],
    mistakes: [
      'Storing the number in a configuration: interfaces get their numbers in the order in which they appear. Store ' +
        'the name, and look the number up when the program starts.',
    ],
    typescript: `
import { writeSync } from 'node:fs';
import { AF_INET, SO_BINDTOIFINDEX, SOCK_DGRAM, Socket } from 'sockctl';

const socket = new Socket(AF_INET, SOCK_DGRAM);
socket.setsockopt(SO_BINDTOIFINDEX, 424242);
socket.getsockopt(SO_BINDTOIFINDEX); // => 424242
socket.connect(['127.0.0.1', 9]); // throws ...ENODEV...
socket.close();
`,
    shell: `
sockctl try udp SO_BINDTOIFINDEX=1 --json | jq '.[0].after' # => 1
sockctl try udp SO_BINDTOIFINDEX=-1 # exits with 1
`,
  },
  SO_BROADCAST: {
    use: [
      'Without it a datagram to a broadcast address is refused with EACCES; with it the kernel sends. It is a safety ' +
        'catch, not a setting of the network: no receiver needs it.',
      'Discovery protocols and Wake-on-LAN need it. New protocols take multicast, which only bothers those who joined, ' +
        'and which IPv6 has in place of broadcast.',
    ],
    value:
      'On or off, for 255.255.255.255 and for the broadcast addresses of the interfaces, 127.255.255.255 included.',
    timing: 'Before the send; it counts for each one that follows.',
    interacts: [
      '255.255.255.255 goes out through one interface, the one of the route: choose it with SO_BINDTODEVICE, or send ' +
        "to each network's own broadcast address.",
      'A receiver that is bound to one address of its own does not get broadcasts; one that is bound to the wildcard, ' +
        'or to the broadcast address itself, does.',
    ],
    mistakes: [
      'Setting it on the receiver when nothing arrives: it has no effect there. Bind the receiver to the wildcard.',
      'In Node, calling setBroadcast() before the socket is bound, which throws EBADF: wait for listening, or take ' +
        'datagram() with options.',
    ],
    typescript: `
import { AF_INET, SO_BROADCAST, SOCK_DGRAM, Socket } from 'sockctl';

const socket = new Socket(AF_INET, SOCK_DGRAM);
socket.connect(['127.255.255.255', 9]); // throws ...EACCES...
socket.setsockopt(SO_BROADCAST, true);
socket.connect(['127.255.255.255', 9]); // => true
socket.close();
`,
    shell: `
sockctl try udp SO_BROADCAST=on --json | jq -r '.[0].outcome' # => applied
sockctl ps --proto udp --option SO_BROADCAST=on --columns target,local
`,
  },
  SO_BUF_LOCK: {
    use: [
      'A set of SO_RCVBUF or SO_SNDBUF stops TCP from tuning that buffer. This option shows which of the two is ' +
        'stopped, and undoes it: written as none, both sizes are tuned again.',
      'It is the way to repair a connection, or a listener, whose buffer somebody fixed too small, without a restart. ' +
        'CRIU uses it to bring a socket back as it was.',
    ],
    value: 'SOCK_SNDBUF_LOCK, SOCK_RCVBUF_LOCK, both, or none. Unlocking leaves the sizes as they are.',
    timing: 'At any time; accepted sockets inherit it from the listener together with the sizes.',
    interacts: [
      'Locking the receive buffer also keeps SO_RCVLOWAT from enlarging it.',
      'On sockets other than TCP it is stored; nothing tunes their buffers.',
    ],
    mistakes: [
      'Unlocking a buffer and expecting the old size at once: it grows with the connection, when data flows, up to the ' +
        'last number of net.ipv4.tcp_rmem or net.ipv4.tcp_wmem.',
    ],
    typescript: `
import { SO_BUF_LOCK, SO_RCVBUF, Socket } from 'sockctl';

const socket = new Socket();
socket.getsockopt(SO_BUF_LOCK); // => []
socket.setsockopt(SO_RCVBUF, 100_000);
socket.getsockopt(SO_BUF_LOCK); // => [ 'SOCK_RCVBUF_LOCK' ]
socket.setsockopt(SO_BUF_LOCK, []);
socket.getsockopt(SO_RCVBUF); // => 200000
socket.close();
`,
    shell: `
sockctl try tcp SO_SNDBUF=65536 SO_BUF_LOCK=none --json | jq -r '.[1].outcome' # => applied
sockctl ps --proto tcp --option SO_BUF_LOCK=SOCK_RCVBUF_LOCK --columns target,local,remote
`,
  },
  SO_BUSY_POLL: {
    use: [
      'A blocking read that finds nothing does not sleep at once, but asks the network card itself for new packets, ' +
        'for so many microseconds. That saves the interrupt and the wake-up, some microseconds for each message, and ' +
        'costs a processor that is busy meanwhile.',
      'It is for programs with a core to spare for each thread that waits: trading, HPC. Over loopback, and with ' +
        'drivers without NAPI, nothing is polled and nothing is gained.',
    ],
    default: 'net.core.busy_read when the socket is made: 0, off, unless the administrator has set it.',
    value: 'Microseconds, 0 for off; 50 to 100 is usual. Negative numbers are refused.',
    timing: 'At any time; accepted sockets inherit it.',
    interacts: [
      'poll and select poll for net.core.busy_poll, on sockets that have this option on; epoll goes by net.core.busy_poll, ' +
        'or by what EPIOCSPARAMS has set, and not by this option.',
      'SO_PREFER_BUSY_POLL lets the kernel put off the interrupts of the queue meanwhile, and SO_BUSY_POLL_BUDGET ' +
        'says how many packets a round takes.',
      'SO_INCOMING_NAPI_ID tells which queue is polled; threads that each take the connections of one queue gain most.',
    ],
    mistakes: [
      'Setting it in a program with an event loop and net.core.busy_poll left at 0: the loop waits in epoll, never in ' +
        'a blocking read, so nothing changes.',
      'Measuring on loopback: it has no queue to poll.',
    ],
    typescript: `
import { SO_BUSY_POLL, SO_INCOMING_NAPI_ID, Socket } from 'sockctl';

const socket = new Socket();
socket.setsockopt(SO_BUSY_POLL, 50);
socket.getsockopt(SO_BUSY_POLL); // => 50
// 0: no queue has brought a packet yet, so there is nothing to poll.
socket.getsockopt(SO_INCOMING_NAPI_ID); // => 0
socket.close();
`,
    shell: `
sockctl try tcp SO_BUSY_POLL=50 --json | jq '.[0].after' # => 50
cat /proc/sys/net/core/busy_read /proc/sys/net/core/busy_poll
`,
  },
  SO_COOKIE: {
    use: [
      'A number for the socket that no other socket of this host gets until it restarts, not even after it is closed. ' +
        'Descriptor numbers and ports come back within milliseconds; this number does not.',
      'It joins what different tools know of one socket: ss -e prints it in hex (sk:), sock_diag returns and takes it, ' +
        'an eBPF program gets it from bpf_get_socket_cookie. Log it with a connection, and traces can be matched later.',
    ],
    value: '64 bits, a bigint here; a JSON number may not hold it. It is given when somebody first asks.',
    timing: 'It stays the same from then on, also over connect, dup, and the passing on to another process.',
    interacts: ['SO_NETNS_COOKIE is the same for the network namespace.'],
    mistakes: [
      'Taking it for a secret: it counts up and is easily guessed. It identifies, it does not authorise.',
      'Comparing it across hosts or restarts: it is unique on one running kernel only.',
    ],
    typescript: `
import { SO_COOKIE, Socket } from 'sockctl';

const one = new Socket();
const two = new Socket();
one.getsockopt(SO_COOKIE) === one.getsockopt(SO_COOKIE); // => true
one.getsockopt(SO_COOKIE) === two.getsockopt(SO_COOKIE); // => false
one.close();
two.close();
`,
    shell: `
sockctl get tcp SO_COOKIE --value
sockctl ps --proto tcp --columns target,local,cookie
`,
  },
  SO_DEBUG: {
    use: [
      'It sets a flag that a kernel with TCP tracing of old would have looked at. In Linux today the flag changes ' +
        'nothing that a program, or an administrator, can see.',
      'For what it promised use TCP_INFO for one connection, or the tracepoints of the kernel (tcp:tcp_probe, ' +
        'tcp:tcp_retransmit_skb) and bpftrace for many.',
    ],
    value: 'On needs CAP_NET_ADMIN, and without it the refusal is EACCES where others say EPERM. Off is for everybody.',
    timing: 'At any time; accepted sockets inherit the flag.',
    interacts: ['TCP_INFO tells what it was meant to show.'],
    mistakes: [
      'Failing when it is refused: programs that set it "for development" stop working as an ordinary user. Drop the ' +
        'call.',
    ],
    typescript: `
// as root
import { SO_DEBUG, Socket } from 'sockctl';

const socket = new Socket();
socket.setsockopt(SO_DEBUG, true);
socket.getsockopt(SO_DEBUG); // => true
socket.close();
`,
    shell: `
sockctl get tcp SO_DEBUG --value # => off
sockctl try tcp SO_DEBUG=off --json | jq -r '.[0].outcome' # => unchanged
`,
  },
  SO_DETACH_FILTER: {
    use: [
      'It removes the filter of the socket, whether SO_ATTACH_FILTER or SO_ATTACH_BPF put it there, and every packet ' +
        'arrives again.',
      'SO_DETACH_BPF is another name of the same number.',
    ],
    default: 'A new socket has no filter.',
    value:
      'The value says nothing, yet the kernel demands four bytes of it: null does that here. ENOENT means that there ' +
      'was no filter.',
    timing: 'At any time; what arrives from then on is no longer filtered.',
    interacts: [
      'After SO_LOCK_FILTER it is EPERM, for root too.',
      'It does not touch the program of a SO_REUSEPORT group, which SO_DETACH_REUSEPORT_BPF removes.',
    ],
    mistakes: [
      'Detaching in order to attach another: attaching replaces the old filter in one step, and between the two calls ' +
        'everything would pass.',
      'Forgetting that what was queued while no filter was there stays in the queue: read it away first.',
    ],
    typescript: `
import { AF_INET, SO_ATTACH_FILTER, SO_DETACH_FILTER, SO_GET_FILTER, SOCK_DGRAM, Socket } from 'sockctl';

const socket = new Socket(AF_INET, SOCK_DGRAM);
socket.setsockopt(SO_ATTACH_FILTER, [{ code: 0x06, jt: 0, jf: 0, k: 0 }]);
socket.getsockopt(SO_GET_FILTER).length; // => 1
socket.setsockopt(SO_DETACH_FILTER, null);
socket.getsockopt(SO_GET_FILTER).length; // => 0
socket.setsockopt(SO_DETACH_FILTER, null); // throws ...ENOENT...
socket.close();
`,
    shell: `
sockctl try udp 'SO_ATTACH_FILTER=1,6 0 0 0' SO_DETACH_FILTER=
sockctl try udp SO_DETACH_FILTER= # exits with 1
`,
  },
  SO_DOMAIN: {
    use: [
      'It gives the address family of a descriptor: AF_INET, AF_INET6, AF_UNIX and so on. Together with SO_TYPE and ' +
        'SO_PROTOCOL it says what socket(2) was asked for.',
      'Ask it of descriptors that come from elsewhere: before you choose between IP_TOS and IPV6_TCLASS, or before you ' +
        'decode an address. macOS and Windows do not have it; the family of getsockname tells it there.',
    ],
    timing: 'From socket(2) on; only IPV6_ADDRFORM changes it.',
    interacts: [
      'An IPv6 socket that talks to an IPv4 peer (::ffff:192.0.2.1) still reads AF_INET6; IPV6_ADDRFORM can change it.',
    ],
    mistakes: [
      'Taking AF_INET6 for "the peer has IPv6": a dual-stack listener accepts IPv4 connections on AF_INET6 sockets. ' +
        'Look at the address of the peer.',
    ],
    typescript: `
import { AF_INET6, AF_UNIX, fresh, SO_DOMAIN, Socket } from 'sockctl';

const socket = new Socket(AF_INET6);
socket.getsockopt(SO_DOMAIN) === AF_INET6; // => true
socket.close();
const pair = fresh('unix');
pair.socket.getsockopt(SO_DOMAIN) === AF_UNIX; // => true
pair.close();
`,
    shell: `
sockctl get tcp6 SO_DOMAIN SO_TYPE SO_PROTOCOL --value
# => AF_INET6
# => SOCK_STREAM
# => IPPROTO_TCP
`,
  },
  SO_DONTROUTE: {
    use: [
      'Packets go to neighbours on a directly connected network only; the kernel does not hand them to a gateway. ' +
        'Routing daemons use it so that their words never leave the link.',
      'For anything else the better means are link-local addresses, IP_TTL 1, or SO_BINDTODEVICE.',
    ],
    value: 'On or off. A destination that no directly connected network has is ENETUNREACH.',
    timing: 'Before connect on a stream: the route is chosen there. Accepted sockets inherit it.',
    interacts: ['MSG_DONTROUTE does the same for one datagram.', 'MPTCP sockets store it, to no effect.'],
    mistakes: [
      'Using it as a protection: it binds this socket only, and says nothing of where answers come from. RFC 5082 ' +
        'checks the hop limit of what arrives instead (IP_MINTTL).',
    ],
    typescript: `
import { AF_INET, SO_DONTROUTE, SOCK_DGRAM, Socket } from 'sockctl';

const socket = new Socket(AF_INET, SOCK_DGRAM);
socket.setsockopt(SO_DONTROUTE, true);
// Loopback is directly connected; a documentation address is not, unless this host has a network of it.
socket.connect(['127.0.0.1', 9]); // => true
socket.connect(['203.0.113.1', 9]); // throws ...ENETUNREACH...
socket.close();
`,
    shell: `
sockctl try udp SO_DONTROUTE=on --json | jq -r '.[0].outcome' # => applied
`,
  },
  SO_ERROR: {
    use: [
      'It gives the error that waits on the socket, and clears it. After a non-blocking connect it is the verdict: 0 ' +
        'for connected, ECONNREFUSED, ETIMEDOUT and so on otherwise.',
      'On UDP it holds what ICMP said about an earlier datagram, where the socket is connected. TCP keeps there what ' +
        'ended a connection, until a read or write reports it.',
    ],
    default: '0: no error waits.',
    value:
      'A positive errno, 0 for none. Reading takes it away: the second read gives 0. So does whatever call comes first ' +
      'after the error, a send or a recv, which fails with it.',
    timing: 'After a non-blocking connect wait until the socket is writable, then read it once.',
    interacts: [
      'IP_RECVERR keeps every ICMP error in a queue with its origin, where this option only has the last one.',
      'A UDP socket that is not connected does not get ICMP errors at all, unless IP_RECVERR is on.',
    ],
    mistakes: [
      'Reading it on a socket of Node, or on one of a foreign process: the event loop asks for it too, and whoever is ' +
        "first takes it away from the other. sockctl's snapshots leave it out for that reason.",
      'Asking before the connect has ended: it reads 0, which is then taken for success.',
    ],
    typescript: `
import { setTimeout } from 'node:timers/promises';
import { SO_ERROR, Socket } from 'sockctl';

// A port that is bound, and where nobody listens.
const closed = new Socket();
closed.bind(['127.0.0.1', 0]);
const client = new Socket();
client.connect(closed.getsockname()); // => false
await setTimeout(50);
client.getsockopt(SO_ERROR); // => 111
client.getsockopt(SO_ERROR); // => 0
client.close();
closed.close();
`,
    shell: `
sockctl get tcp SO_ERROR --value # => 0
node -p "require('util').getSystemErrorName(-111)" # => ECONNREFUSED
`,
  },
  SO_INCOMING_CPU: {
    use: [
      'Read, it gives the processor that handled the last packet of the socket. A server with a thread per processor ' +
        'hands each connection to the thread that is already there, so that its data stays in one cache.',
      'Set, on the members of a SO_REUSEPORT group, it steers: a connection or datagram goes to the member that has the ' +
        'number of the processor that handles the packet. Two listeners with 0 and 1 got exactly the connections that ' +
        'were made on their processor.',
    ],
    value:
      '-1 while nothing has arrived. A set is not checked: a processor that does not exist is accepted and never met.',
    timing:
      'On a listener a set stays; on a connection the next packet overwrites it. An accepted socket begins with the ' +
      'processor that its handshake was handled on, not with the number of the listener.',
    interacts: [
      'It steers only where no program chooses (SO_ATTACH_REUSEPORT_CBPF).',
      'Which processor handles a packet is decided by the interrupts of the card (RSS, /proc/irq) and by RPS.',
    ],
    mistakes: [
      'Setting it without SO_REUSEPORT: a listener that is alone gets everything, and the number means nothing.',
      'Pinning threads and not the interrupts: when irqbalance moves them, the connections move as well.',
    ],
    typescript: `
import { SO_INCOMING_CPU, Socket } from 'sockctl';

${pair}
new Socket().getsockopt(SO_INCOMING_CPU); // => -1
accepted.getsockopt(SO_INCOMING_CPU) >= 0; // => true
listener.setsockopt(SO_INCOMING_CPU, 1);
listener.getsockopt(SO_INCOMING_CPU); // => 1
${closeAll}
`,
    shell: `
sockctl get tcp SO_INCOMING_CPU --value # => -1
sockctl ps --proto tcp --columns target,SO_INCOMING_CPU
`,
  },
  SO_INCOMING_NAPI_ID: {
    use: [
      'It names the receive queue of the network card that the last packet of the socket came through. Servers that ' +
        'busy poll give each thread the connections of one queue, and each queue one thread.',
    ],
    value:
      '0 where no packet came through a queue: fresh sockets, and all of loopback. Queues have numbers above that of the processors the kernel was built for.',
    timing: 'Read it on an accepted socket; until it changes with the next packet, it is the queue of the handshake.',
    interacts: [
      'SO_BUSY_POLL polls this queue. SO_INCOMING_CPU is the better key where threads sleep instead of polling.',
      'RSS decides which queue a flow takes: ethtool -x shows the table.',
    ],
    mistakes: [
      'Using it as a small index: it is an arbitrary number that changes when the interface is reset. Keep a map from ' +
        'number to thread, and expect new ones.',
    ],
    typescript: `
import { SO_INCOMING_NAPI_ID, Socket } from 'sockctl';

${pair}
// Loopback has no queues.
accepted.getsockopt(SO_INCOMING_NAPI_ID); // => 0
${closeAll}
`,
    shell: `
sockctl get tcp-connected SO_INCOMING_NAPI_ID --value # => 0
sockctl ps --proto tcp --columns target,remote,SO_INCOMING_NAPI_ID
`,
  },
  SO_KEEPALIVE: {
    use: [
      'When a connection has been idle for a while, the kernel asks the peer whether it is still there; when several ' +
        'questions stay unanswered, the connection ends with ETIMEDOUT. Without it, an idle connection to a machine ' +
        'that has lost power stays open for ever.',
      'Turn it on for every connection that may be idle and that you do not watch with messages of your own: pools of ' +
        'database connections, long polls, accepted connections of any server. The probes also keep NAT and firewall ' +
        'entries alive, where they come more often than those expire.',
    ],
    default: 'Off. Go turns it on for every connection, Node only for those of an HTTP agent with keepAlive.',
    value:
      'On or off. The times are those of TCP_KEEPIDLE, TCP_KEEPINTVL and TCP_KEEPCNT; as they come, 2 hours and then 9 ' +
      'probes 75 seconds apart, a dead peer is noticed after 2 hours and 11 minutes.',
    timing: 'At any time. Accepted sockets inherit it from the listener: one set there is enough for a server.',
    interacts: [
      'Probes are only sent while nothing is on the way: data that nobody acknowledges is retransmitted instead, for ' +
        'about 15 minutes, unless TCP_USER_TIMEOUT limits that.',
      'TCP_USER_TIMEOUT also takes the place of TCP_KEEPCNT: the connection ends when a probe finds that much time gone.',
      'Sockets other than TCP store it, to no effect.',
    ],
    mistakes: [
      'Turning it on and leaving the 2 hours: load balancers and NATs forget an idle connection after 5 to 10 minutes. ' +
        'Set TCP_KEEPIDLE to less than that.',
      'Relying on it for requests that hang: the peer answers probes as long as its kernel lives, even when the program ' +
        'does not. That takes a timeout in the protocol.',
      'In Node, calling setKeepAlive(true) without a delay, which leaves TCP_KEEPIDLE at 2 hours.',
    ],
    typescript: `
import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { getsockopt, listen, SO_KEEPALIVE, TCP_KEEPIDLE } from 'sockctl';

const server = await listen(createServer(), { port: 0, options: { SO_KEEPALIVE: true, TCP_KEEPIDLE: 60 } });
const client = connect((server.address() as AddressInfo).port);
const [accepted] = await once(server, 'connection');
getsockopt(accepted, SO_KEEPALIVE); // => true
getsockopt(accepted, TCP_KEEPIDLE); // => 60
getsockopt(client, SO_KEEPALIVE); // => false
client.destroy();
accepted.destroy();
server.close();
`,
    shell: `
sockctl try tcp SO_KEEPALIVE=on TCP_KEEPIDLE=60 TCP_KEEPINTVL=10 TCP_KEEPCNT=6
# Connections of this machine that would never notice a dead peer:
sockctl ps --proto tcp --state ESTABLISHED --option SO_KEEPALIVE=off --columns target,remote,process
`,
  },
  SO_LINGER: {
    use: [
      'It decides what close(2) does with data that is not sent yet. Off, the default, is right nearly always: close ' +
        'returns at once, and the kernel delivers the rest and says goodbye in the background.',
      'On with 0 seconds, close throws away what is unsent and sends RST in place of FIN. The peer gets ECONNRESET, and ' +
        'this side keeps no TIME_WAIT. Use it to get rid of a connection that misbehaves, or of an overload.',
      'On with more, close waits until the peer has acknowledged everything, or until the time is up. That is no proof ' +
        'that the peer has read it, so a reply at the level of the protocol is better.',
    ],
    value:
      'Whole seconds. A negative number is taken for practically for ever; fractions do not exist. Turned off, the ' +
      'seconds that were set last still read.',
    timing: 'Until close. Accepted sockets inherit it, so that a listener with 0 seconds resets every connection.',
    interacts: [
      'The wait blocks close even on a non-blocking socket: measured with a peer that reads nothing and 1 second, close ' +
        'took 1.009 s, and an event loop stands still for as long.',
      'A close with unread data in the receive buffer sends RST whatever this option says.',
      'TCP_LINGER2 limits how long the kernel waits for the FIN of the peer afterwards; shutdown(2) is not concerned.',
      'It acts when the last descriptor of the socket is closed, so a child process that inherited one delays it.',
    ],
    mistakes: [
      'Setting 0 seconds to "avoid TIME_WAIT" on ordinary connections: the last response is lost when it is still in ' +
        'the buffer. Let the client close first, or use SO_REUSEADDR for the restart.',
      'Setting it to some seconds in Node: socket.destroy() then blocks the whole process. Use socket.end() and wait ' +
        'for close.',
      'Calling it a timeout: it has nothing to do with how long a connection may be idle.',
    ],
    typescript: `
import { readSync, writeSync } from 'node:fs';
import { SO_LINGER, Socket } from 'sockctl';

${pair}
client.setsockopt(SO_LINGER, { on: true, seconds: 0 });
writeSync(client.fd, 'last words');
client.close();
const buffer = Buffer.alloc(100);
// What had arrived can still be read; then there is no orderly end, but a reset.
readSync(accepted.fd, buffer); // => 10
readSync(accepted.fd, buffer); // throws ECONNRESET...
accepted.close();
listener.close();
`,
    shell: `
sockctl try tcp SO_LINGER=0s --json | jq -c '.[0].after' # => {"on":true,"seconds":0}
sockctl try tcp SO_LINGER=off --json | jq -c '.[0].after' # => {"on":false,"seconds":0}
`,
  },
  SO_LOCK_FILTER: {
    use: [
      'It locks the filter of the socket as it is: nobody can attach, replace or detach one afterwards, and nobody can ' +
        'take the lock away. A privileged process can so make a raw or packet socket, filter it, lock it, and hand it ' +
        'to a process that must not see other packets.',
    ],
    value: 'On only. To turn it off again, or to change the filter, is EPERM, for root too.',
    timing: 'After the filter is attached; a socket without one is locked as well, and then never gets any.',
    interacts: [
      'It locks the filters of SO_ATTACH_FILTER and SO_ATTACH_BPF, not the program of a SO_REUSEPORT group.',
      'The lock belongs to the socket and not to the descriptor: it holds for copies that were passed on, too.',
    ],
    mistakes: [
      'Locking before the last attach: that attach is refused, and the socket stays open to everything, or filtered by ' +
        'the wrong program, until it is closed.',
    ],
    typescript: `
import { AF_INET, SO_ATTACH_FILTER, SO_DETACH_FILTER, SO_LOCK_FILTER, SOCK_DGRAM, Socket } from 'sockctl';

const socket = new Socket(AF_INET, SOCK_DGRAM);
socket.setsockopt(SO_ATTACH_FILTER, [{ code: 0x06, jt: 0, jf: 0, k: 100 }]);
socket.setsockopt(SO_LOCK_FILTER, true);
socket.setsockopt(SO_DETACH_FILTER, null); // throws ...EPERM...
socket.setsockopt(SO_LOCK_FILTER, false); // throws ...EPERM...
socket.close();
`,
    shell: `
sockctl try udp 'SO_ATTACH_FILTER=1,6 0 0 100' SO_LOCK_FILTER=on
sockctl try udp SO_LOCK_FILTER=on SO_LOCK_FILTER=off # exits with 1
`,
  },
  SO_MARK: {
    use: [
      'Every packet that the socket sends carries this number inside the kernel, for ip rule (fwmark), nftables (meta ' +
        'mark), and traffic control. A VPN client marks its own packets so that they do not go into its own tunnel; a ' +
        'proxy marks what it re-sends, so that it is not redirected again.',
      'The number never leaves the host. To tell other machines use IP_TOS or IPV6_TCLASS.',
    ],
    value: '32 bits; 0 is no mark. Setting it takes CAP_NET_ADMIN or CAP_NET_RAW, also to set 0.',
    timing:
      'Before connect, so that the route is chosen by the mark; later it counts for packets that are sent from then on, ' +
      'and a route that is cached is looked up again. Accepted sockets inherit it from the listener.',
    interacts: [
      'With net.ipv4.tcp_fwmark_accept on, an accepted socket takes the mark of the incoming packet instead.',
      'net.ipv4.fwmark_reflect gives answers that no socket sends (RST, ICMP) the mark of the packet they answer.',
      'SO_RCVMARK tells a receiver the mark of what arrives, over loopback also the one of the sender.',
    ],
    mistakes: [
      'Marking and forgetting the way back: with the strict reverse path filter (net.ipv4.conf.all.rp_filter 1) answers ' +
        'that come in through another interface are dropped, unless net.ipv4.conf.all.src_valid_mark is on.',
      'Taking the whole number: other software marks as well (Kubernetes, Docker, wg-quick). Agree on bits, and match ' +
        'with a mask in ip rule.',
    ],
    typescript: `
// as root
import { SO_MARK, Socket } from 'sockctl';

${pair}
new Socket().getsockopt(SO_MARK); // => 0
listener.setsockopt(SO_MARK, 0x1a);
const second = new Socket();
second.connect(listener.getsockname());
const [later] = listener.accept()!;
accepted.getsockopt(SO_MARK); // => 0
later.getsockopt(SO_MARK); // => 26
${closeAll}
second.close();
later.close();
`,
    shell: `
# as root
sockctl try udp SO_MARK=0x1a --json | jq '.[0].after' # => 26
# Which rules look at marks, and who sets them:
ip rule show
sockctl ps --columns target,process,SO_MARK 'SO_MARK > 0'
`,
  },
  SO_MAX_PACING_RATE: {
    use: [
      'The most that the socket sends per second, spread evenly: packets leave one by one instead of in bursts of a ' +
        'whole window. Video servers pace a stream a little above its bit rate, backups leave room for others, and ' +
        'switches with small buffers drop less.',
      'It limits what is sent, not what the program may write: writes succeed until the send buffer is full, and then ' +
        'wait or would block.',
    ],
    value:
      'Bytes per second. All ones means unlimited, and so does 0, which does not stop a connection. On loopback ' +
      '10 MB/s came out as 10.4; the first ten segments pass before the pacing begins.',
    timing: 'At any time, also in the middle of a transfer. Accepted sockets inherit it.',
    interacts: [
      'TCP paces by itself where the interface has no fq queueing discipline, with a timer in the kernel; with fq the ' +
        'interface does it, and cheaper.',
      'UDP is paced by fq only: on loopback, 100 kB at a rate of 1000 bytes/s left within a millisecond.',
      'TCP_INFO has the rate in use (pacing_rate) and the limit (max_pacing_rate).',
    ],
    mistakes: [
      'Giving bits: 8000000 is 64 Mbit/s. The unit is bytes.',
      'Limiting each connection to share a line: the limit is for one socket, and two connections take twice of it. A ' +
        'limit for all needs tc.',
      'Passing four bytes in C for more than 4.29 GB/s: use unsigned long, eight bytes.',
    ],
    typescript: `
import { SO_MAX_PACING_RATE, Socket, TCP_INFO } from 'sockctl';

${pair}
client.getsockopt(SO_MAX_PACING_RATE); // => 18446744073709551615n
client.setsockopt(SO_MAX_PACING_RATE, 1_000_000);
client.getsockopt(TCP_INFO).max_pacing_rate; // => 1000000n
${closeAll}
`,
    shell: `
sockctl try tcp SO_MAX_PACING_RATE=1MB/s --json | jq '.[0].after' # => 1000000
# Slow a running transfer down for ten minutes: sockctl set PID/FD SO_MAX_PACING_RATE=1MB/s --for 10m
sockctl get tcp SO_MAX_PACING_RATE --value # => unlimited
`,
  },
  SO_MEMINFO: {
    use: [
      'All that the kernel accounts of the memory of a socket, in one read: what waits to be read and to be sent, the ' +
        'limits of both, and how many packets were dropped.',
      'Watch drops of UDP sockets with it: a count that rises means that the program reads too slowly, or that ' +
        'SO_RCVBUF is too small. rmem_alloc near rcvbuf says the same before it happens.',
    ],
    value:
      'rmem_alloc and wmem_alloc count memory, overhead included, not bytes of data: a datagram of one byte takes some ' +
      'hundred. wmem_queued is what TCP has written and not had acknowledged, and backlog what arrived while a system ' +
      'call had the socket.',
    timing: 'At any time; the numbers are those of that moment.',
    interacts: [
      'rcvbuf and sndbuf are what SO_RCVBUF and SO_SNDBUF read; ss -m prints all of it as skmem.',
      'drops counts what a full buffer and what SO_ATTACH_FILTER refused; SO_RXQ_OVFL gives it with each datagram.',
      'The field list grows with the kernel: what it does not have is absent.',
    ],
    mistakes: [
      'Taking wmem_alloc for the bytes that a TCP peer has not got: that is notsent_bytes and unacked in TCP_INFO.',
      'Looking at drops of a TCP socket for loss in the network: the retransmissions in TCP_INFO tell that.',
    ],
    typescript: `
import { writeSync } from 'node:fs';
import { AF_INET, SO_MEMINFO, SO_RCVBUF, SOCK_DGRAM, Socket } from 'sockctl';

const receiver = new Socket(AF_INET, SOCK_DGRAM);
receiver.setsockopt(SO_RCVBUF, 4096);
receiver.bind(['127.0.0.1', 0]);
const sender = new Socket(AF_INET, SOCK_DGRAM);
sender.connect(receiver.getsockname());
for (let i = 0; i < 50; i++) writeSync(sender.fd, 'x');
const { rcvbuf, rmem_alloc = 0, drops = 0 } = receiver.getsockopt(SO_MEMINFO);
rcvbuf; // => 8192
rmem_alloc > 4096; // => true
drops > 0; // => true
receiver.close();
sender.close();
`,
    shell: `
sockctl get udp SO_MEMINFO --json | jq '.[0].options[0].value.drops' # => 0
# The UDP sockets of this machine that lose datagrams:
sockctl ps --proto udp 'memory.drops > 0' --columns target,local,process,drops
`,
  },
  SO_NETNS_COOKIE: {
    use: [
      'A number for the network namespace that the socket was made in. Two sockets with the same number share ' +
        'interfaces, addresses, ports and sysctls; those of another container have another number.',
      'It tells whose port 80 a listener has, without a look at the process: a descriptor that was passed between ' +
        'containers keeps the namespace that it came from.',
    ],
    value: '64 bits, a bigint here, never given twice until the host restarts.',
    timing: 'It never changes: a process that moves to another namespace keeps its old sockets in the old one.',
    interacts: [
      'eBPF programs get the same number from bpf_get_netns_cookie.',
      'The inode of /proc/PID/ns/net is another number for the same thing, and does come back when a namespace is gone.',
    ],
    mistakes: ['Comparing it with the inode that lsns or ip netns print: these are different numbers.'],
    typescript: `
import { fresh, SO_NETNS_COOKIE, Socket } from 'sockctl';

const tcp = new Socket();
const unix = fresh('unix');
tcp.getsockopt(SO_NETNS_COOKIE) === unix.socket.getsockopt(SO_NETNS_COOKIE); // => true
tcp.close();
unix.close();
`,
    shell: `
sockctl get tcp SO_NETNS_COOKIE --value
sockctl ps 'state listen' --columns target,local,SO_NETNS_COOKIE
`,
  },
  SO_NO_CHECK: {
    use: [
      'UDP datagrams over IPv4 leave with the checksum field 0, which means that there is none. It once saved processor ' +
        'time; network cards compute the checksum today, so it saves nothing.',
      'What is left for it: tunnels whose content has checksums of its own, and tests of receivers.',
    ],
    value: 'On or off. Receivers accept such datagrams without looking for damage.',
    timing: 'At any time; it counts for each datagram that follows.',
    interacts: [
      'IPv6 demands the checksum: UDP_NO_CHECK6_TX turns it off there, and the receiver must allow it with ' +
        'UDP_NO_CHECK6_RX.',
      'Raw sockets compute their own: see IPV6_CHECKSUM. Sockets other than UDP store this one, to no effect.',
    ],
    mistakes: [
      'Turning it off because the network is reliable: memory errors in a switch, or a bug in a NAT, then reach the ' +
        'program unnoticed.',
      'Believing packet captures: tcpdump shows a wrong checksum on the sender where the card computes it, with this ' +
        'option or without.',
    ],
    typescript: `
import { readSync, writeSync } from 'node:fs';
import { AF_INET, SO_NO_CHECK, SOCK_DGRAM, Socket } from 'sockctl';

const receiver = new Socket(AF_INET, SOCK_DGRAM);
receiver.bind(['127.0.0.1', 0]);
const sender = new Socket(AF_INET, SOCK_DGRAM);
sender.setsockopt(SO_NO_CHECK, true);
sender.connect(receiver.getsockname());
writeSync(sender.fd, 'unchecked');
readSync(receiver.fd, Buffer.alloc(100)); // => 9
receiver.close();
sender.close();
`,
    shell: `
sockctl try udp SO_NO_CHECK=on --json | jq -r '.[0].outcome' # => applied
`,
  },
  SO_OOBINLINE: {
    use: [
      'TCP can mark one byte as urgent (MSG_OOB). Off, the kernel takes this byte out of the stream and keeps it for a ' +
        'read with MSG_OOB; on, it stays in the stream where it was sent.',
      'Only old protocols use urgent data (telnet, FTP abort, rlogin), and RFC 6093 advises against it for new ones. A ' +
        'server for those turns the option on and finds the place with SIOCATMARK.',
    ],
    timing: 'Before the byte arrives. Accepted sockets inherit it.',
    interacts: [
      'Sent ab, then ! as urgent, then cd: off, reads give ab and cd, and MSG_OOB gives ! until the read goes past it; ' +
        'on, they give ab and !cd.',
      'poll reports POLLPRI when an urgent byte is there.',
      'MPTCP sockets refuse it.',
    ],
    mistakes: [
      'Leaving it off in a program that never reads with MSG_OOB, as in Node: whoever sends urgent data can so make a ' +
        'byte vanish from the stream, past an inspection that sees it.',
      'Taking urgent data for a second channel: there is one mark only, and a second urgent byte turns the first into an ' +
        'ordinary one.',
    ],
    typescript: `
import { SO_OOBINLINE, Socket } from 'sockctl';

${pair}
accepted.getsockopt(SO_OOBINLINE); // => false
accepted.setsockopt(SO_OOBINLINE, true);
accepted.getsockopt(SO_OOBINLINE); // => true
${closeAll}
`,
    shell: `
python3 - <<'END'
import socket, time
listener = socket.create_server(('127.0.0.1', 0))
for inline in (0, 1):
    client = socket.create_connection(listener.getsockname())
    server, _ = listener.accept()
    server.setsockopt(socket.SOL_SOCKET, socket.SO_OOBINLINE, inline)
    client.send(b'ab'); client.send(b'!', socket.MSG_OOB); client.send(b'cd')
    time.sleep(0.05)
    print(inline, server.recv(9), server.recv(9))
END
# => 0 b'ab' b'cd'
# => 1 b'ab' b'!cd'
`,
  },
  SO_PEEK_OFF: {
    use: [
      'MSG_PEEK always looks at the front of the queue. With this option on, each peek begins where the last one ended, ' +
        'so that a program can look through what waits, piece by piece, and take nothing.',
      'Parsers that need a whole record first, and CRIU, which saves the content of a queue, use it.',
    ],
    value:
      '-1 is off, 0 begins at the front, more skips so many bytes. A read without MSG_PEEK moves it back by what it took.',
    timing: 'At any time; accepted sockets inherit it from the listener.',
    interacts: [
      'Unix sockets have it since Linux 3.4, UDP since 4.7, TCP since 6.9.',
      'FIONREAD and TCP_INQ tell how much waits in all, without any peek.',
    ],
    mistakes: [
      'Peeking past the end: the read then waits for more, or would block, although bytes are there.',
      'Sharing the socket among threads: the offset is one for all of them.',
    ],
    typescript: `
import { readSync, writeSync } from 'node:fs';
import { SO_PEEK_OFF, Socket } from 'sockctl';

${pair}
accepted.setsockopt(SO_PEEK_OFF, 4);
writeSync(client.fd, 'abcdef');
// An ordinary read takes from the front, and moves the offset back by as much.
readSync(accepted.fd, Buffer.alloc(3)); // => 3
accepted.getsockopt(SO_PEEK_OFF); // => 1
${closeAll}
`,
    shell: `
python3 - <<'END'
import socket
a, b = socket.socketpair()
a.setsockopt(socket.SOL_SOCKET, 42, 0)  # SO_PEEK_OFF
b.send(b'abcdef')
print(a.recv(2, socket.MSG_PEEK), a.recv(2, socket.MSG_PEEK), a.recv(6))
END
# => b'ab' b'cd' b'abcdef'
`,
  },
  SO_PREFER_BUSY_POLL: {
    use: [
      'A program that busy polls tells the kernel that it will fetch the packets itself. While it polls in time, the ' +
        'interrupts of the queue stay off, so that they no longer take the processor from the program under load.',
    ],
    value: 'On or off; turning it on takes CAP_NET_ADMIN.',
    timing: 'When the socket is set up, before traffic comes. Accepted sockets inherit it.',
    interacts: [
      'It does nothing without SO_BUSY_POLL, and without napi_defer_hard_irqs and gro_flush_timeout of the interface ' +
        '(/sys/class/net/NAME), which say how long the kernel waits for the next poll before it turns to interrupts.',
      'SO_BUSY_POLL_BUDGET raises the 8 packets that one round takes.',
      'The queue goes back to interrupts when the program does not poll within gro_flush_timeout.',
    ],
    mistakes: [
      'Turning it on for sockets of a queue that other programs use as well: their packets wait for your polls.',
      'Deferring for milliseconds and then polling seldom: each idle moment costs the whole gro_flush_timeout in latency.',
    ],
    typescript: `
// as root
import { SO_BUSY_POLL, SO_BUSY_POLL_BUDGET, SO_PREFER_BUSY_POLL, Socket } from 'sockctl';

const socket = new Socket();
socket.setsockopt(SO_BUSY_POLL, 50);
socket.setsockopt(SO_PREFER_BUSY_POLL, true);
socket.setsockopt(SO_BUSY_POLL_BUDGET, 64);
socket.getsockopt(SO_PREFER_BUSY_POLL); // => true
socket.close();
`,
    shell: `
# as root
sockctl try udp SO_PREFER_BUSY_POLL=on SO_BUSY_POLL=50 SO_BUSY_POLL_BUDGET=64
grep -H . /sys/class/net/*/napi_defer_hard_irqs /sys/class/net/*/gro_flush_timeout
`,
  },
  SO_PRIORITY: {
    use: [
      'It chooses the queue of the own interface that the packets of the socket take. With pfifo_fast three bands ' +
        'are emptied in order: interactive traffic first, bulk last. fq_codel, which most distributions put in its ' +
        'place (net.core.default_qdisc), does not look at it.',
      'It only matters where packets wait on this host, that is on a slow uplink or at full load, and it never leaves ' +
        'the host. To ask the network use IP_TOS and IPV6_TCLASS.',
    ],
    value:
      '0 to 6 for everybody, anything else with CAP_NET_ADMIN or CAP_NET_RAW. With a discipline that has classes, ' +
      '0x10010 is class 1:10.',
    timing: 'At any time. An accepted connection begins with 0: the listener does not pass it on.',
    interacts: [
      'Setting IP_TOS sets it too, by the old meaning of the bits: 0x10 makes it 6, 0x08 makes it 2, and the DSCP for ' +
        'voice (EF, 0xb8) makes it 4. IPV6_TCLASS leaves it alone.',
      'Setting it does not change IP_TOS, so set IP_TOS first where you want both.',
      'SO_RCVPRIORITY tells a receiver on the same host, or one behind a VLAN, the priority of what arrives.',
      'VLAN interfaces map it to the priority bits of the tag (egress-qos-map), cgroups can set it (net_prio).',
    ],
    mistakes: [
      'Taking a higher number for faster: with pfifo_fast 6 and 7 are in the first band, 4 is in the second, 1, 2, 3 and 5 ' +
        'in the last.',
      'Setting it on the listener of a server: the connections are made with 0. Set it on each of them, with accepted of ' +
        'listen().',
    ],
    typescript: `
import { IP_TOS, SO_PRIORITY, Socket, TC_PRIO_BULK, TC_PRIO_INTERACTIVE } from 'sockctl';

const socket = new Socket();
socket.setsockopt(SO_PRIORITY, TC_PRIO_BULK);
socket.setsockopt(IP_TOS, 0x10);
socket.getsockopt(SO_PRIORITY) === TC_PRIO_INTERACTIVE; // => true
socket.setsockopt(SO_PRIORITY, TC_PRIO_BULK);
socket.getsockopt(IP_TOS); // => 16
socket.close();
`,
    shell: `
sockctl try tcp IP_TOS=0x10 SO_PRIORITY=TC_PRIO_BULK
sockctl get tcp SO_PRIORITY --value # => TC_PRIO_BESTEFFORT
`,
  },
  SO_PROTOCOL: {
    use: [
      'It gives the protocol of a descriptor: IPPROTO_TCP, IPPROTO_UDP, IPPROTO_MPTCP and so on. SO_TYPE alone does not ' +
        'say whether a stream is TCP or SCTP, or a datagram socket UDP, UDP-Lite or ping.',
    ],
    value:
      'A number of the family: IPPROTO_* for IPv4 and IPv6, NETLINK_* for netlink, an ethertype for packet sockets.',
    timing: 'From socket(2) on, for good.',
    interacts: [
      'An MPTCP socket reads IPPROTO_MPTCP even when it fell back to plain TCP: TCP_IS_MPTCP tells which it is.',
      'SO_DOMAIN says whose numbers these are.',
    ],
    mistakes: [
      'Comparing with IPPROTO_IP: the kernel replaces the 0 that socket(2) was given by the protocol it chose, so a TCP ' +
        'socket always reads IPPROTO_TCP.',
    ],
    typescript: `
import { AF_INET, IPPROTO_TCP, IPPROTO_UDP, SO_PROTOCOL, SOCK_DGRAM, Socket } from 'sockctl';

// Both were asked for with protocol 0.
const tcp = new Socket();
tcp.getsockopt(SO_PROTOCOL) === IPPROTO_TCP; // => true
const udp = new Socket(AF_INET, SOCK_DGRAM);
udp.getsockopt(SO_PROTOCOL) === IPPROTO_UDP; // => true
tcp.close();
udp.close();
`,
    shell: `
sockctl get udp6 SO_PROTOCOL --value # => IPPROTO_UDP
sockctl get tcp SO_PROTOCOL --value # => IPPROTO_TCP
`,
  },
  SO_RCVBUF: {
    use: [
      'The most memory that received data may occupy before the program reads it. For UDP it is the length of the queue: ' +
        'what does not fit is dropped without a word. For TCP it bounds the window that is offered to the peer, and so ' +
        'the speed over a long line.',
      'For UDP raise it, so that bursts survive until the program comes to read. For TCP leave it alone nearly always: ' +
        'the kernel tunes it by itself, up to the last number of net.ipv4.tcp_rmem, and a set ends that.',
    ],
    default: 'TCP begins with the middle number of net.ipv4.tcp_rmem, all others with net.core.rmem_default.',
    value:
      'Doubled for bookkeeping, and a read gives the doubled number. More than net.core.rmem_max is cut to it without an ' +
      'error, and at least 2304 remain; a negative number asks for the maximum. The memory counts, not the data: asked for 65536, a UDP socket kept 157 ' +
      'datagrams of one byte, or 56 of 1400.',
    timing:
      'A listener passes it on to its connections, unix listeners do not. Set before connect or listen, the window scale ' +
      'fits this buffer; set later it fits the larger of net.core.rmem_max and the last number of net.ipv4.tcp_rmem, so ' +
      'that a set that comes late is harmless below that.',
    interacts: [
      'It locks the buffer against tuning: SO_BUF_LOCK shows that, and takes it back.',
      'SO_RCVBUFFORCE passes net.core.rmem_max with CAP_NET_ADMIN.',
      'TCP_WINDOW_CLAMP bounds the window without fixing the buffer.',
      'SO_MEMINFO shows how full it is, and how much was dropped.',
    ],
    mistakes: [
      'Setting it on TCP "for more throughput": net.core.rmem_max is 212992 on many kernels, where tuning would have gone ' +
        'to several MB, so the set makes the connection slower. Raise net.ipv4.tcp_rmem instead.',
      'Comparing what is read with what was set, and taking the double for an error.',
      'Asking for 8 MB and not reading back: without net.core.rmem_max it stays at a fraction. sockctl try says clamped.',
    ],
    typescript: `
import { readSync, writeSync } from 'node:fs';
import { AF_INET, SO_RCVBUF, SOCK_DGRAM, Socket } from 'sockctl';

const receiver = new Socket(AF_INET, SOCK_DGRAM);
receiver.setsockopt(SO_RCVBUF, 4096);
receiver.getsockopt(SO_RCVBUF); // => 8192
receiver.bind(['127.0.0.1', 0]);
const sender = new Socket(AF_INET, SOCK_DGRAM);
sender.connect(receiver.getsockname());
for (let i = 0; i < 100; i++) writeSync(sender.fd, 'x');
let kept = 0;
try {
  for (;;) kept += readSync(receiver.fd, Buffer.alloc(10));
} catch {
  // Nothing waits any more.
}
kept > 0 && kept < 20; // => true
receiver.close();
sender.close();
`,
    shell: `
sockctl try udp SO_RCVBUF=4096 --json | jq -r '.[0] | "\\(.after) \\(.outcome)"' # => 8192 doubled
sockctl try udp SO_RCVBUF=1GiB --json | jq -r '.[0].outcome' # => clamped
cat /proc/sys/net/core/rmem_max
`,
  },
  SO_RCVBUFFORCE: {
    use: [
      'It sets SO_RCVBUF without regard to net.core.rmem_max. A privileged collector (syslog, NetFlow, netlink events) ' +
        'can so have a large queue without a change of the sysctl for all programs.',
    ],
    default: 'As for SO_RCVBUF.',
    value:
      'Doubled as SO_RCVBUF is, 2147483646 at most. A negative number asks for the smallest buffer, where SO_RCVBUF ' +
      'takes it for the largest. It cannot be read: read SO_RCVBUF.',
    timing: 'As SO_RCVBUF. It takes CAP_NET_ADMIN, in the user namespace that owns the network namespace.',
    interacts: [
      'It locks the buffer against tuning, as SO_RCVBUF does (SO_BUF_LOCK).',
      'For TCP and UDP the sum of all buffers stays under net.ipv4.tcp_mem and net.ipv4.udp_mem.',
    ],
    mistakes: [
      'Calling it without a fallback: without the capability it is EPERM. Set SO_RCVBUF first, then try this one.',
      'Giving a gigabyte "to be safe": a program that hangs then holds as much memory of the kernel, which no limit of ' +
        'the process counts.',
    ],
    typescript: `
// as root
import { AF_INET, SO_RCVBUF, SO_RCVBUFFORCE, SOCK_DGRAM, Socket } from 'sockctl';

const socket = new Socket(AF_INET, SOCK_DGRAM);
socket.setsockopt(SO_RCVBUFFORCE, 50_000_000);
socket.getsockopt(SO_RCVBUF); // => 100000000
socket.close();
`,
    shell: `
# as root
sockctl try udp SO_RCVBUF=50MB SO_RCVBUFFORCE=50MB
`,
  },
  SO_RCVLOWAT: {
    use: [
      'A TCP socket counts as readable only when so many bytes wait, or the end or an error has come. A program that ' +
        'takes blocks of 64 KiB is so woken once for each block, not once for each segment.',
      'It is a matter of wake-ups, not of framing: a read may still return less, so check what came.',
    ],
    default: '1 byte.',
    value:
      '0 is stored as 1, a negative number as the largest. On TCP half of the last number of net.ipv4.tcp_rmem is the ' +
      'most, and the receive buffer grows to what the number takes, unless SO_RCVBUF has fixed it.',
    timing: 'At any time, also between two records. Accepted sockets inherit it.',
    interacts: [
      'Only TCP honours it in poll, select and epoll. UDP and unix sockets are readable with one byte, whatever it says.',
      'A blocking read waits for so many bytes as well, on all stream sockets, until SO_RCVTIMEO ends it.',
      'A read on a non-blocking socket takes what is there, also less.',
    ],
    mistakes: [
      'Setting it larger than the last record of a conversation: the peer waits for an answer, the program for more ' +
        'bytes, and both for ever. Set it back to 1 before the end.',
      'Setting it in Node: the stream reads when epoll says so, and a short message stays unseen until more comes.',
    ],
    typescript: `
import { readSync, writeSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { type AddressInfo, connect, createServer } from 'node:net';
import { listen, SO_RCVLOWAT } from 'sockctl';

const server = await listen(createServer(), { port: 0, accepted: { SO_RCVLOWAT: 100 } });
let got = 0;
server.on('connection', (socket) => {
  socket.on('data', (data) => {
    got += data.length;
  });
  socket.on('end', () => server.close());
});
const client = connect((server.address() as AddressInfo).port);
client.write('x'.repeat(60));
await setTimeout(50);
got; // => 0
client.write('x'.repeat(60));
await setTimeout(50);
got; // => 120
client.end();
`,
    shell: `
sockctl try tcp SO_RCVLOWAT=64KiB --json | jq '.[0].after' # => 65536
sockctl get udp SO_RCVLOWAT --value # => 1
`,
  },
  SO_RCVMARK: {
    use: [
      'Every message that is received brings the mark of its packet: the number that a firewall rule of this host gave ' +
        'it, or over loopback the SO_MARK of the sender. A proxy learns so which rule sent it a datagram.',
    ],
    value: 'On or off. The control message is of level SOL_SOCKET and type SO_MARK, 32 bits.',
    timing: 'Before the packets arrive that are to be told. Accepted sockets inherit it.',
    interacts: [
      'For a TCP connection net.ipv4.tcp_fwmark_accept and a read of SO_MARK on the accepted socket are the way.',
      `It needs recvmsg(2). ${neverReads}`,
      'SO_RCVPRIORITY does the same for the priority.',
    ],
    mistakes: ['Expecting the mark that another host has set: marks never travel with a packet.'],
    typescript: `
import { AF_INET, SO_RCVMARK, SOCK_DGRAM, Socket } from 'sockctl';

const socket = new Socket(AF_INET, SOCK_DGRAM);
socket.setsockopt(SO_RCVMARK, true);
socket.getsockopt(SO_RCVMARK); // => true
socket.close();
`,
    shell: `
# as root
python3 - <<'END'
import socket
receiver = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
receiver.bind(('127.0.0.1', 0))
receiver.setsockopt(socket.SOL_SOCKET, 75, 1)  # SO_RCVMARK
sender = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
sender.setsockopt(socket.SOL_SOCKET, socket.SO_MARK, 7)
sender.sendto(b'x', receiver.getsockname())
for level, kind, data in receiver.recvmsg(10, 100)[1]:
    print(level, kind, int.from_bytes(data, 'little'))
END
# => 1 36 7
`,
  },
  SO_RCVTIMEO: {
    use: [
      'A blocking recv, read or accept gives up with EAGAIN when nothing has come for so long. It is the easy timeout of ' +
        'simple programs in C and Python, one thread for each connection.',
      'It has no effect on non-blocking sockets, which are all that Node, Bun, Deno, Go and every event loop have. ' +
        'There a timer of the program does it: socket.setTimeout() in Node.',
    ],
    default: 'Off: a read waits for ever.',
    value:
      'Milliseconds here, a struct timeval for the kernel, rounded up to clock ticks: 1 us reads back as 4 ms where the ' +
      'kernel has 250 ticks a second. A million microseconds or more is EDOM; negative seconds do not wait at all.',
    timing: 'Before the call that is to be limited. Accepted sockets inherit it from the listener.',
    interacts: [
      'poll, select and epoll do not look at it.',
      'It starts anew with each call: a peer that sends a byte now and then keeps a reader for ever.',
      'MSG_WAITALL returns what has come by then, and EAGAIN only when that is nothing.',
      'On a listener it limits accept, and SO_SNDTIMEO limits connect.',
    ],
    mistakes: [
      'Setting it in Node and wondering why nothing times out.',
      'Passing a DWORD of milliseconds, as on Windows, where it is no struct.',
      'Taking EAGAIN for a dead connection and reading on later into the middle of a message: after a timeout, close.',
    ],
    typescript: `
import { readSync } from 'node:fs';
import { SO_RCVTIMEO, Socket } from 'sockctl';

${pair}
accepted.setsockopt(SO_RCVTIMEO, 1500);
accepted.getsockopt(SO_RCVTIMEO); // => 1500
// The socket does not block, so that nothing is waited for.
const before = Date.now();
readSync(accepted.fd, Buffer.alloc(1)); // throws EAGAIN...
Date.now() - before < 1000; // => true
${closeAll}
`,
    shell: `
sockctl try tcp SO_RCVTIMEO=1us --json | jq -r '.[0].outcome' # => rounded
python3 - <<'END'
import socket, struct
server = socket.create_server(('127.0.0.1', 0))
server.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, struct.pack('ll', 0, 100000))
try:
    server.accept()
except BlockingIOError as error:
    print(error.strerror)
END
# => Resource temporarily unavailable
`,
  },
  SO_RESERVE_MEM: {
    use: [
      'It sets memory aside for the socket for good, so that it never has to wait for a charge to the control group or ' +
        'to give memory back under pressure. A few connections that must not stall, of a busy proxy, profit.',
    ],
    value: 'Bytes, rounded up to pages. 0 gives the memory back.',
    timing: 'On any socket of a process in a control group that accounts socket memory; elsewhere it is EOPNOTSUPP.',
    interacts: [
      'It is charged to the control group at once, in full, used or not.',
      'It is no size of a buffer: SO_RCVBUF and SO_SNDBUF still limit what may wait.',
      'TCP goes on to offer a window for what is left of it when the host is short of memory.',
    ],
    mistakes: [
      'Reserving for thousands of connections: it is gone for everything else in the control group.',
      'Testing on a host without control groups of version 2 and taking the refusal for a missing right.',
    ],
    typescript: `
import { SO_RESERVE_MEM, Socket } from 'sockctl';

const socket = new Socket();
socket.getsockopt(SO_RESERVE_MEM); // => 0
try {
  socket.setsockopt(SO_RESERVE_MEM, 5000);
  console.log(socket.getsockopt(SO_RESERVE_MEM), 'bytes, whole pages');
} catch (error) {
  console.log((error as Error).message);
}
socket.close();
`,
    shell: `
sockctl get tcp SO_RESERVE_MEM --value # => 0
cat /proc/self/cgroup
`,
  },
  SO_REUSEADDR: {
    use: [
      'It lets bind(2) take an address that only the remains of old connections hold. A server that is restarted would ' +
        'otherwise get EADDRINUSE for a minute, because its last connections are still in TIME_WAIT.',
      'Every TCP server should set it; Node, nginx and Go do. For UDP it means something else: several sockets share the ' +
        'address, which is what receivers of multicast need.',
    ],
    default: 'Off; on for raw sockets, and for the TCP servers of Node and Go.',
    value:
      'On or off. For TCP it never lets two sockets listen on one address: two sockets that both have it on may be bound ' +
      'to the same address, and the second listen(2) is then EADDRINUSE.',
    timing:
      'Before bind, and on the old socket as well: what a connection in TIME_WAIT, or one that is still open, allows is ' +
      'what its listener had on. After a server without it, the new one with it still gets EADDRINUSE.',
    interacts: [
      'SO_REUSEPORT is the one for several listeners on one port.',
      'For UDP the socket that was bound last gets what is sent to the shared address, and multicast goes to all. Any ' +
        'user may join when the first socket has it on, and so take its datagrams away: SO_REUSEPORT asks for the same ' +
        'user.',
      'net.ipv4.tcp_tw_reuse is about ports of outgoing connections, not about bind.',
      'On Windows the name stands for taking over an address that is in use; SO_EXCLUSIVEADDRUSE is what to set there.',
    ],
    mistakes: [
      'Leaving it off and shortening TIME_WAIT by SO_LINGER with 0 seconds, which loses data.',
      'Setting it after bind: the bind has failed, or was done without it.',
      'Setting it on a UDP server that must be the only one: a second instance starts without an error, and steals the ' +
        'traffic of the first.',
      'Expecting it to remove EADDRINUSE while another process listens: find that one with sockctl ps state listen.',
    ],
    typescript: `
import { SO_REUSEADDR, Socket } from 'sockctl';

/** A server that closes a connection first, so that its port is left in TIME_WAIT; then its restart. */
function restart(before: boolean, after: boolean): string {
  const server = new Socket();
  server.setsockopt(SO_REUSEADDR, before);
  server.bind(['127.0.0.1', 0]);
  server.listen();
  const address = server.getsockname();
  const client = new Socket();
  client.connect(address);
  server.accept()?.[0].close();
  client.close();
  server.close();
  const next = new Socket();
  try {
    next.setsockopt(SO_REUSEADDR, after);
    next.bind(address);
    return 'bound';
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? '';
  } finally {
    next.close();
  }
}

restart(false, false); // => 'EADDRINUSE'
restart(false, true); // => 'EADDRINUSE'
restart(true, true); // => 'bound'
`,
    shell: `
sockctl try tcp SO_REUSEADDR=on --json | jq -r '.[0].outcome' # => applied
# Listeners that will not be able to restart at once:
sockctl ps 'state listen' --proto tcp --option SO_REUSEADDR=off --columns target,local,process
`,
  },
  SO_REUSEPORT: {
    use: [
      'Several sockets bind to the same address and port, and the kernel spreads connections, or datagrams, over them. ' +
        'Each worker has a listener and a queue of its own, so that nothing is passed between processes, and none is ' +
        'woken for a connection that another one takes.',
      'It also starts a new version beside the old one: both listen for a while, then the old one closes.',
    ],
    value:
      'On or off. The choice is a hash of both addresses and ports, so that one UDP flow stays with one socket: of 200 ' +
      'connections two listeners got 100 each here, of 100 datagrams from one sender one socket got all.',
    timing:
      'Before bind on every socket that wants to join. A socket that was bound without it can still turn it on, and lets ' +
      'others in from then on.',
    interacts: [
      'All sockets must belong to the same effective user: others get EADDRINUSE, so that nobody can steal a port.',
      'SO_ATTACH_REUSEPORT_CBPF and SO_ATTACH_REUSEPORT_EBPF choose the socket by a program, SO_INCOMING_CPU by the ' +
        'processor.',
      'net.ipv4.tcp_migrate_req moves the waiting connections of a listener that closes to another member.',
      'SO_REUSEADDR is not enough in its place, and does no harm beside it.',
    ],
    mistakes: [
      'Closing one listener under load: what waited in its queue is reset. Of 20 connections on two listeners 9 were lost ' +
        'when one of them closed. Turn net.ipv4.tcp_migrate_req on, or accept what waits first.',
      'Expecting an even load: connections are spread evenly, work is not, and a worker that is slow still gets its share.',
      'Using it on macOS or FreeBSD for workers: there the last one bound gets everything (FreeBSD has SO_REUSEPORT_LB).',
    ],
    typescript: `
import { SO_REUSEPORT, Socket } from 'sockctl';

const listeners: Socket[] = [];
for (let i = 0; i < 2; i++) {
  const listener = new Socket();
  listener.setsockopt(SO_REUSEPORT, true);
  listener.bind(listeners[0]?.getsockname() ?? ['127.0.0.1', 0]);
  listener.listen();
  listeners.push(listener);
}
const counts = [0, 0];
for (let i = 0; i < 100; i++) {
  const client = new Socket();
  client.connect(listeners[0]!.getsockname());
  for (const [index, listener] of listeners.entries()) {
    const accepted = listener.accept();
    if (accepted) counts[index]!++;
    accepted?.[0].close();
  }
  client.close();
}
counts.every((count) => count > 10); // => true
for (const listener of listeners) listener.close();
`,
    shell: `
sockctl try tcp SO_REUSEPORT=on --json | jq -r '.[0].outcome' # => applied
sockctl try unix SO_REUSEPORT=on # exits with 1
# Ports of this machine that several listeners share:
sockctl ps 'state listen' --option SO_REUSEPORT=on --columns target,local,process
`,
  },
  SO_RXQ_OVFL: {
    use: [
      'Each datagram brings the number of those that the socket had to drop before it, because its buffer was full. The ' +
        'receiver sees at which place of the stream something is missing, and whether it was lost here and not on the ' +
        'way.',
    ],
    value:
      'On or off. The control message is 32 bits, level SOL_SOCKET, type SO_RXQ_OVFL, counts since the socket was made, ' +
      'and is left out while nothing was dropped.',
    timing: 'Before the datagrams arrive: the number is noted when a datagram is queued.',
    interacts: [
      'With a buffer for 9 datagrams and 50 sent, the 9 that waited carried nothing, and the next one said 41.',
      'SO_MEMINFO gives the same number (drops) without a message, also for a foreign socket. In Node it is the way.',
      'What SO_ATTACH_FILTER drops counts as well.',
    ],
    mistakes: [
      'Adding the numbers up: each is the total so far. Take the difference.',
      'Waiting for the number when the stream stops: it comes with the next datagram only. Read SO_MEMINFO for the rest.',
    ],
    typescript: `
import { AF_INET, SO_RXQ_OVFL, SOCK_DGRAM, Socket } from 'sockctl';

const socket = new Socket(AF_INET, SOCK_DGRAM);
socket.setsockopt(SO_RXQ_OVFL, true);
socket.getsockopt(SO_RXQ_OVFL); // => true
socket.close();
`,
    shell: `
python3 - <<'END'
import socket
receiver = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
receiver.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
receiver.setsockopt(socket.SOL_SOCKET, 40, 1)  # SO_RXQ_OVFL
receiver.bind(('127.0.0.1', 0))
receiver.setblocking(False)
sender = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
for _ in range(50):
    sender.sendto(b'x', receiver.getsockname())
kept = 0
try:
    while True:
        receiver.recv(10)
        kept += 1
except BlockingIOError:
    sender.sendto(b'x', receiver.getsockname())
[(_, _, data)] = receiver.recvmsg(10, 100)[1]
print(kept + int.from_bytes(data, 'little'))
END
# => 50
sockctl try udp SO_RXQ_OVFL=on --json | jq -r '.[0].outcome' # => applied
`,
  },
  SO_SELECT_ERR_QUEUE: {
    use: [
      'A message on the error queue (a timestamp, the end of a zero-copy send, an ICMP error) makes poll report POLLERR. ' +
        'With this option on, poll adds POLLPRI, and select has the socket in its third set, so that a program with ' +
        'select can tell such a message from data.',
    ],
    value: 'On or off. A waiting ICMP error gave POLLERR without it, and POLLERR with POLLPRI when it was on.',
    timing: 'At any time. Accepted sockets inherit it.',
    interacts: [
      'It only matters with something that fills the error queue: IP_RECVERR, SO_TIMESTAMPING, SO_ZEROCOPY, SO_TXTIME.',
      'epoll and poll report POLLERR anyway, asked or not, so that a loop with these does not need it.',
    ],
    mistakes: [
      'Turning it on and never reading the error queue: the event stays until MSG_ERRQUEUE has emptied it, and the loop ' +
        'spins.',
    ],
    typescript: `
import { AF_INET, SO_SELECT_ERR_QUEUE, SOCK_DGRAM, Socket } from 'sockctl';

const socket = new Socket(AF_INET, SOCK_DGRAM);
socket.setsockopt(SO_SELECT_ERR_QUEUE, true);
socket.getsockopt(SO_SELECT_ERR_QUEUE); // => true
socket.close();
`,
    shell: `
python3 - <<'END'
import select, socket, time
closed = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
closed.bind(('127.0.0.1', 0))
address = closed.getsockname()
closed.close()
for value in (0, 1):
    client = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    client.setsockopt(socket.SOL_SOCKET, 45, value)  # SO_SELECT_ERR_QUEUE
    client.setsockopt(socket.IPPROTO_IP, 11, 1)  # IP_RECVERR
    client.connect(address)
    client.send(b'x')
    time.sleep(0.05)
    print(value, len(select.select([], [], [client], 0)[2]))
END
# => 0 0
# => 1 1
sockctl get udp SO_SELECT_ERR_QUEUE --value # => off
`,
  },
  SO_SNDBUF: {
    use: [
      'The most memory that written data may occupy until it is sent and, for TCP, acknowledged. When it is full, a write ' +
        'blocks, or says EAGAIN, and the stream in Node reports that the drain has to be waited for.',
      'For TCP leave it alone: it grows with the connection up to the last number of net.ipv4.tcp_wmem. Too small, it ' +
        'limits the speed to one buffer per round trip; too large, data waits here where it can no longer be cancelled. ' +
        'Against the latter TCP_NOTSENT_LOWAT is the better means.',
      'On unix datagram sockets it limits the size of a message.',
    ],
    default: 'TCP begins with the middle number of net.ipv4.tcp_wmem, all others with net.core.wmem_default.',
    value:
      'Doubled, and a read gives the double. More than net.core.wmem_max is cut to it without an error, and at least 4608 ' +
      'remain. A negative number asks for the maximum.',
    timing: 'At any time. Accepted TCP sockets inherit it, accepted unix sockets do not: set it on each of them.',
    interacts: [
      'It locks the buffer against tuning: SO_BUF_LOCK shows that, and takes it back.',
      'SO_SNDBUFFORCE passes net.core.wmem_max with CAP_NET_ADMIN.',
      'A unix datagram that does not fit is EMSGSIZE: with 9216 read back, 9000 bytes passed and 9216 did not.',
      'A fresh connection reads more than 16384 at once: the kernel has begun to tune.',
    ],
    mistakes: [
      'Setting a small one for low latency: TCP then cannot keep the line busy. TCP_NOTSENT_LOWAT limits what is unsent, ' +
        'and leaves room for what is on the way.',
      'Taking a write that succeeds for delivery: it is in this buffer, no more.',
    ],
    typescript: `
import { writeSync } from 'node:fs';
import { fresh, SO_SNDBUF } from 'sockctl';

const pair = fresh('unix-dgram');
pair.socket.setsockopt(SO_SNDBUF, 4608);
pair.socket.getsockopt(SO_SNDBUF); // => 9216
writeSync(pair.fd, Buffer.alloc(5000)); // => 5000
writeSync(pair.fd, Buffer.alloc(10_000)); // throws EMSGSIZE...
pair.close();
`,
    shell: `
sockctl try tcp SO_SNDBUF=4096 --json | jq -r '.[0] | "\\(.after) \\(.outcome)"' # => 8192 doubled
cat /proc/sys/net/ipv4/tcp_wmem /proc/sys/net/core/wmem_max
`,
  },
  SO_SNDBUFFORCE: {
    use: [
      'It sets SO_SNDBUF without regard to net.core.wmem_max: for a privileged program with large unix datagrams, such as ' +
        'a logger, or for one transfer over a very long line.',
    ],
    default: 'As for SO_SNDBUF.',
    value:
      'Doubled as SO_SNDBUF is, 2147483646 at most. A negative number asks for the smallest buffer. It cannot be read: ' +
      'read SO_SNDBUF.',
    timing: 'At any time. It takes CAP_NET_ADMIN.',
    interacts: [
      'It locks the buffer against tuning, as SO_SNDBUF does (SO_BUF_LOCK).',
      'systemd sets it for the sockets of the journal, so that whole log messages fit into a datagram.',
    ],
    mistakes: [
      'Calling it without a fallback: without the capability it is EPERM. Set SO_SNDBUF first, then try this one.',
      'Using it for throughput of TCP, where the last number of net.ipv4.tcp_wmem does it for all, and tunes.',
    ],
    typescript: `
// as root
import { writeSync } from 'node:fs';
import { fresh, SO_SNDBUF, SO_SNDBUFFORCE } from 'sockctl';

const pair = fresh('unix-dgram');
pair.socket.setsockopt(SO_SNDBUFFORCE, 8_000_000);
pair.socket.getsockopt(SO_SNDBUF); // => 16000000
writeSync(pair.fd, Buffer.alloc(1_000_000)); // => 1000000
pair.close();
`,
    shell: `
# as root
sockctl try unix-dgram SO_SNDBUF=50MB SO_SNDBUFFORCE=50MB
`,
  },
  SO_SNDLOWAT: {
    use: [
      'It would say how much room there must be before a socket counts as writable. Linux only lets it be read, and always ' +
        'answers 1; TCP decides by a rule of its own, a third of the buffer being free.',
      'What people want from it, TCP_NOTSENT_LOWAT does on Linux: a socket is writable only while less than so much is ' +
        'unsent.',
    ],
    value: 'A set is ENOPROTOOPT on Linux. macOS and FreeBSD take it.',
    timing: 'At any time, and always the same.',
    interacts: ['SO_SNDBUF is the buffer of which a third must be free on TCP.'],
    mistakes: [
      'Treating the refusal as fatal in a program that was written for BSD: ignore ENOPROTOOPT, or leave the call out on ' +
        'Linux.',
    ],
    typescript: `
import { SO_SNDLOWAT, Socket, SOL_SOCKET } from 'sockctl';

const socket = new Socket();
socket.getsockopt(SO_SNDLOWAT); // => 1
socket.setsockopt(SOL_SOCKET, SO_SNDLOWAT, 2048); // throws ...ENOPROTOOPT...
socket.close();
`,
    shell: `
sockctl get tcp SO_SNDLOWAT --value # => 1
sockctl try tcp TCP_NOTSENT_LOWAT=128KiB
`,
  },
  SO_SNDTIMEO: {
    use: [
      'A blocking send or connect gives up after so long: a send with EAGAIN, a connect with EINPROGRESS. Simple blocking ' +
        'programs limit connect with it, which otherwise takes two minutes and more to fail.',
      'It has no effect on non-blocking sockets, which are all that Node, Bun, Deno and Go have.',
    ],
    default: 'Off: a send waits for ever, and connect until net.ipv4.tcp_syn_retries are used up.',
    value:
      'Milliseconds here, a struct timeval for the kernel, rounded up to clock ticks. A million microseconds or more is ' +
      'EDOM.',
    timing: 'Before the call that is to be limited. Accepted sockets inherit it.',
    interacts: [
      'A send that could place a part returns the length of that part: 200 ms against a full peer gave a short count ' +
        'first, and EAGAIN with the next call.',
      'It waits for room in SO_SNDBUF, not for the peer: TCP_USER_TIMEOUT is the limit for data that is not acknowledged.',
      'TCP_SYNCNT limits connect for non-blocking sockets as well.',
    ],
    mistakes: [
      'Going on with the socket after connect has said EINPROGRESS: the attempt is still running. Close it, or poll and ' +
        'read SO_ERROR.',
      'Ignoring short counts: with a timeout, send may place a part, and the rest has to be sent again.',
    ],
    typescript: `
import { SO_SNDTIMEO, Socket } from 'sockctl';

const socket = new Socket();
socket.setsockopt(SO_SNDTIMEO, 2000);
socket.getsockopt(SO_SNDTIMEO); // => 2000
socket.setsockopt(SO_SNDTIMEO, 0);
socket.getsockopt(SO_SNDTIMEO); // => 0
socket.close();
`,
    shell: `
sockctl try tcp SO_SNDTIMEO=2s --json | jq '.[0].after' # => 2000
python3 - <<'END'
import socket, struct
full = socket.create_server(('127.0.0.1', 0), backlog=0)
first = socket.create_connection(full.getsockname())
second = socket.socket()
second.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, struct.pack('ll', 0, 100000))
print(second.connect_ex(full.getsockname()) == 115)  # EINPROGRESS
END
# => True
`,
  },
  SO_TIMESTAMP: {
    use: [
      'Each message that is received brings the time at which the kernel took its packet from the card, in microseconds. ' +
        'It is more exact than asking for the time after recv: the waiting of the program is not in it. ping measures ' +
        'with it.',
      'New programs take SO_TIMESTAMPNS, which costs the same and is finer, or SO_TIMESTAMPING, which knows more moments.',
    ],
    value: 'On or off. The control message is SCM_TIMESTAMP with a struct timeval of the wall clock.',
    timing:
      'At any time, but a moment before the packets: when no other socket of the host has asked, the kernel begins to note ' +
      'times a little later, and a packet without one gets the time of its reading. Accepted sockets inherit it.',
    interacts: [
      'SO_TIMESTAMPNS, SO_TIMESTAMP_NEW and SO_TIMESTAMPNS_NEW take the place of one another: a set of one turns the others off.',
      'On 32-bit systems only SO_TIMESTAMP_NEW has seconds beyond 2038.',
      'On TCP the time is that of the last segment of what was read.',
      `It needs recvmsg(2). ${neverReads}`,
    ],
    mistakes: [
      'Subtracting it from a monotonic clock: it is the wall clock, which steps when NTP sets it.',
      'Turning SO_TIMESTAMP off "to be clean" next to SO_TIMESTAMPNS: the set turns both off.',
    ],
    typescript: `
import { AF_INET, SO_TIMESTAMP, SO_TIMESTAMPNS, SOCK_DGRAM, Socket } from 'sockctl';

const socket = new Socket(AF_INET, SOCK_DGRAM);
socket.setsockopt(SO_TIMESTAMP, true);
socket.setsockopt(SO_TIMESTAMPNS, true);
socket.getsockopt(SO_TIMESTAMP); // => false
socket.getsockopt(SO_TIMESTAMPNS); // => true
socket.close();
`,
    shell: `
sockctl try udp SO_TIMESTAMP=on --json | jq -r '.[0].outcome' # => applied
python3 - <<'END'
import socket, struct, time
receiver = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
receiver.bind(('127.0.0.1', 0))
receiver.setsockopt(socket.SOL_SOCKET, 29, 1)  # SO_TIMESTAMP
time.sleep(0.1)  # the first socket of the host to ask has to wait until the kernel has begun
socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', receiver.getsockname())
time.sleep(0.2)
[(_, _, data)] = receiver.recvmsg(10, 100)[1]
seconds, micros = struct.unpack('ll', data)
print(time.time() - (seconds + micros / 1e6) > 0.19)  # the sleep is not in it
END
# => True
`,
  },
  SO_TIMESTAMPING: {
    use: [
      'It notes down moments in the life of a packet: when the card or the kernel received it, when it left the queueing ' +
        'discipline, the driver, the card, and when TCP had it acknowledged. PTP and NTP daemons take the times of the ' +
        'card, and latency tools find out where a request waits.',
    ],
    value:
      'Flags of two sorts, and both are needed: SOF_TIMESTAMPING_RX_* and SOF_TIMESTAMPING_TX_* say what is noted, ' +
      'SOF_TIMESTAMPING_SOFTWARE and SOF_TIMESTAMPING_RAW_HARDWARE what is reported. Unknown bits are EINVAL.',
    timing:
      'Before the packets that matter. On TCP SOF_TIMESTAMPING_OPT_ID numbers the bytes from the moment of the set on, ' +
      'and is EINVAL before the connection stands.',
    interacts: [
      'Times of received packets come as a control message (SCM_TIMESTAMPING, three struct timespec), those of sent ones ' +
        'on the error queue, with a copy of the packet unless SOF_TIMESTAMPING_OPT_TSONLY is on.',
      'Hardware times need the card to be told, once for the interface (SIOCSHWTSTAMP; hwstamp_ctl, ethtool -T).',
      'SO_SELECT_ERR_QUEUE tells times of sent packets apart in select.',
      'SO_TIMESTAMPNS is simpler where only the arrival counts.',
    ],
    mistakes: [
      'Setting only SOF_TIMESTAMPING_RX_SOFTWARE: without SOF_TIMESTAMPING_SOFTWARE nothing is reported.',
      'Asking for times of sent packets on a socket of Node: it does not empty the error queue and spins.',
      'Reading the first of the three times for hardware: the first is software, the third is the card.',
    ],
    typescript: `
import { AF_INET, SO_TIMESTAMPING, SOCK_DGRAM, Socket } from 'sockctl';

const socket = new Socket(AF_INET, SOCK_DGRAM);
socket.setsockopt(SO_TIMESTAMPING, { flags: ['SOF_TIMESTAMPING_RX_SOFTWARE', 'SOF_TIMESTAMPING_SOFTWARE'], bind_phc: 0 });
socket.getsockopt(SO_TIMESTAMPING).flags; // => [ 'SOF_TIMESTAMPING_RX_SOFTWARE', 'SOF_TIMESTAMPING_SOFTWARE' ]
socket.close();
`,
    shell: `
sockctl try udp 'SO_TIMESTAMPING=SOF_TIMESTAMPING_RX_SOFTWARE|SOF_TIMESTAMPING_SOFTWARE'
python3 - <<'END'
import socket, struct, time
receiver = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
receiver.bind(('127.0.0.1', 0))
sender = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
sender.setsockopt(socket.SOL_SOCKET, 37, 1 << 1 | 1 << 4)  # TX_SOFTWARE, SOFTWARE
sender.sendto(b'hello', receiver.getsockname())
time.sleep(0.05)
data, control, _, _ = sender.recvmsg(100, 300, socket.MSG_ERRQUEUE)
seconds = struct.unpack('6q', control[0][2])[0]
print(data[-5:], abs(time.time() - seconds) < 2)
END
# => b'hello' True
`,
  },
  SO_TIMESTAMPNS: {
    use: [
      'Each message that is received brings the time at which the kernel took its packet from the card, in nanoseconds. ' +
        'It is the usual choice for one-way delays, NTP clients and logs of what came when.',
    ],
    value: 'On or off. The control message is SCM_TIMESTAMPNS with a struct timespec of the wall clock.',
    timing:
      'At any time, but a moment before the packets: when no other socket of the host has asked, the kernel begins to note ' +
      'times a little later, and a packet without one gets the time of its reading. Accepted sockets inherit it.',
    interacts: [
      'It takes the place of SO_TIMESTAMP and the other way round: a set of one, even to off, turns the other off.',
      'The kernel notes times for all packets once any socket of the host asks for them, which costs every packet a little.',
      'SO_TIMESTAMPING has the times of the card, and of sent packets.',
      `It needs recvmsg(2). ${neverReads}`,
    ],
    mistakes: [
      'Taking nanoseconds of resolution for nanoseconds of truth: interrupt moderation of the card alone is some ' +
        'microseconds. Only hardware times are better.',
    ],
    typescript: `
import { AF_INET, SO_TIMESTAMP, SO_TIMESTAMPNS, SOCK_DGRAM, Socket } from 'sockctl';

const socket = new Socket(AF_INET, SOCK_DGRAM);
socket.setsockopt(SO_TIMESTAMPNS, true);
socket.getsockopt(SO_TIMESTAMPNS); // => true
socket.setsockopt(SO_TIMESTAMP, false);
socket.getsockopt(SO_TIMESTAMPNS); // => false
socket.close();
`,
    shell: `
sockctl try udp SO_TIMESTAMPNS=on --json | jq -r '.[0].outcome' # => applied
`,
  },
  SO_TXREHASH: {
    use: [
      'A TCP connection that loses packets again and again may take a new hash, which IPv6 routers see in the flow label, ' +
        'and tunnels in their outer port. With several paths of equal cost it so gets away from a broken one, without a ' +
        'reconnect.',
      'Turn it off where a middlebox keeps state by the flow label or the outer port, and a change breaks the connection.',
    ],
    default: 'What net.core.txrehash says when the socket is made: 1, on.',
    value:
      'SOCK_TXREHASH_ENABLED, SOCK_TXREHASH_DISABLED, or SOCK_TXREHASH_DEFAULT (-1), which reads back as one of the two.',
    timing: 'Before or during the connection; accepted sockets inherit it from the listener.',
    interacts: [
      'Over plain IPv4 no router sees the hash, and there is no effect outside of this host.',
      'IPV6_AUTOFLOWLABEL off takes the hash out of the flow label, so that a new one changes nothing.',
      'Only TCP has it: UDP answers EOPNOTSUPP.',
    ],
    mistakes: ['Passing 255, as the header writes the default: the kernel refuses it with EINVAL, and wants -1.'],
    typescript: `
import { SO_TXREHASH, SOCK_TXREHASH_DEFAULT, SOCK_TXREHASH_DISABLED, Socket } from 'sockctl';

const socket = new Socket();
socket.setsockopt(SO_TXREHASH, SOCK_TXREHASH_DISABLED);
socket.getsockopt(SO_TXREHASH); // => 0
socket.setsockopt(SO_TXREHASH, SOCK_TXREHASH_DEFAULT);
socket.getsockopt(SO_TXREHASH) === SOCK_TXREHASH_DEFAULT; // => false
socket.close();
`,
    shell: `
sockctl try tcp6 SO_TXREHASH=SOCK_TXREHASH_DISABLED
cat /proc/sys/net/core/txrehash
`,
  },
  SO_TXTIME: {
    use: [
      'Each packet carries the time at which it shall leave, given with sendmsg (SCM_TXTIME). The queueing discipline, or ' +
        'a card with a launch-time queue, holds it until then. Time-sensitive networks (TSN) and QUIC stacks that pace ' +
        'their packets use it.',
    ],
    value:
      'A clock and flags. SOF_TXTIME_DEADLINE_MODE makes the time the latest and not the exact one, ' +
      'SOF_TXTIME_REPORT_ERRORS reports dropped packets on the error queue. CLOCK_REALTIME and CLOCK_TAI take ' +
      'CAP_NET_ADMIN, and all other clocks are EINVAL. In C exactly eight bytes.',
    timing: 'Before the first packet that carries a time: without the option a time is EINVAL.',
    interacts: [
      'The interface needs etf (with CLOCK_TAI) or fq (with CLOCK_MONOTONIC). Without one the time is ignored: over ' +
        'loopback a packet for 200 ms later came at once.',
      'A clock that differs from the one of etf makes it drop the packet.',
      'SO_MAX_PACING_RATE lets the kernel compute the times.',
    ],
    mistakes: [
      'Testing on loopback or behind pfifo_fast, where nothing is held.',
      'Giving CLOCK_REALTIME for TAI: these differ by the leap seconds, 37 now.',
    ],
    typescript: `
import { AF_INET, CLOCK_MONOTONIC, SO_TXTIME, SOCK_DGRAM, Socket } from 'sockctl';

const socket = new Socket(AF_INET, SOCK_DGRAM);
socket.setsockopt(SO_TXTIME, { clockid: CLOCK_MONOTONIC, flags: ['SOF_TXTIME_REPORT_ERRORS'] });
socket.getsockopt(SO_TXTIME).flags; // => [ 'SOF_TXTIME_REPORT_ERRORS' ]
socket.close();
`,
    shell: `
sockctl try udp SO_TXTIME=clockid=CLOCK_MONOTONIC,flags=SOF_TXTIME_REPORT_ERRORS
# Which interface holds packets back (fq, etf):
tc qdisc show
`,
  },
  SO_TYPE: {
    use: [
      'It gives the type of a descriptor: SOCK_STREAM, SOCK_DGRAM, SOCK_SEQPACKET, SOCK_RAW. Ask it of descriptors that ' +
        'were passed on, before you call listen or recvfrom.',
      'It is also the cheapest question that only a socket answers: ENOTSOCK means that the descriptor is a file, a pipe ' +
        'or something else.',
    ],
    value: 'Without the flags of socket(2): SOCK_NONBLOCK and SOCK_CLOEXEC are not in it.',
    timing: 'From socket(2) on, for good.',
    interacts: [
      'With SO_DOMAIN and SO_PROTOCOL it says all that socket(2) was told; SO_ACCEPTCONN says what was done with it.',
    ],
    mistakes: ['Taking SOCK_STREAM for TCP: unix and vsock sockets, MPTCP and SCTP have it as well.'],
    typescript: `
import { openSync, closeSync } from 'node:fs';
import { getsockopt, SO_TYPE, SOCK_STREAM, Socket } from 'sockctl';

const socket = new Socket();
socket.getsockopt(SO_TYPE) === SOCK_STREAM; // => true
socket.close();
const file = openSync('/dev/null', 'r');
getsockopt(file, SO_TYPE); // throws ...ENOTSOCK...
closeSync(file);
`,
    shell: `
sockctl get unix-seqpacket SO_TYPE --value # => SOCK_SEQPACKET
sockctl get udp SO_TYPE --value # => SOCK_DGRAM
`,
  },
  SO_ZEROCOPY: {
    use: [
      'It allows sends with MSG_ZEROCOPY: the card reads the data from the memory of the program, and the kernel copies ' +
        'nothing. From about 10 kB a send that saves processor time; below, pinning the pages costs more than a copy.',
      'Sending files is another matter: sendfile(2) and splice(2) never copied.',
    ],
    value: 'On or off, exactly 0 or 1. TCP, UDP and vsock sockets have it, others answer EOPNOTSUPP.',
    timing:
      'Before the first such send. Without the option the flag is ignored, and the kernel copies. Accepted sockets inherit it.',
    interacts: [
      'A message on the error queue says when the memory is free again; SO_EE_CODE_ZEROCOPY_COPIED in it says that the ' +
        'kernel copied after all, which it always does over loopback.',
      'The notices count towards net.core.optmem_max: with too many unread, sends fail with ENOBUFS.',
      'TCP_ZEROCOPY_RECEIVE is the other direction.',
    ],
    mistakes: [
      'Changing the buffer before the notice: what is then sent, also again, is the changed data.',
      'Measuring on loopback, where it is slower than without.',
      'Looking for it in Node: it sends with writev and has no such flag.',
    ],
    typescript: `
import { fresh, SO_ZEROCOPY, Socket } from 'sockctl';

const tcp = new Socket();
tcp.setsockopt(SO_ZEROCOPY, true);
tcp.getsockopt(SO_ZEROCOPY); // => true
tcp.close();
const unix = fresh('unix');
unix.socket.setsockopt(SO_ZEROCOPY, true); // throws ...EOPNOTSUPP...
unix.close();
`,
    shell: `
python3 - <<'END'
import socket, struct, time
server = socket.create_server(('127.0.0.1', 0))
client = socket.create_connection(server.getsockname())
peer, _ = server.accept()
client.setsockopt(socket.SOL_SOCKET, 60, 1)  # SO_ZEROCOPY
client.send(b'x' * 20000, 0x4000000)  # MSG_ZEROCOPY
time.sleep(0.05)
peer.recv(30000)
time.sleep(0.05)
notice = client.recvmsg(10, 200, socket.MSG_ERRQUEUE)[1][0][2]
print(struct.unpack('IBBBBII', notice[:16]))  # origin 5, and code 1: copied
END
# => (0, 5, 0, 1, 0, 0, 0)
sockctl try udp SO_ZEROCOPY=on --json | jq -r '.[0].outcome' # => applied
`,
  },
});
