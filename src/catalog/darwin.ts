// Options that only macOS has (those of IP have a file of their own), by level, then by C name.

import { udpKeepaliveOffload } from '../codec/bsd.ts';
import { tcpConnectionInfo } from '../codec/bsd-tcp.ts';
import { bytes } from '../codec/bytes.ts';
import { enumeration } from '../codec/enumeration.ts';
import { linger } from '../codec/linger.ts';
import { bool, int } from '../codec/scalar.ts';
import { NET_SERVICE_TYPE_BK, netServiceMarkings, netServiceTypes } from '../constants/bsd.ts';
import { type Kind, option } from '../option.ts';

const tcp: readonly Kind[] = ['tcp', 'tcp6', 'tcp-listen', 'tcp-connected'];
const udp: readonly Kind[] = ['udp', 'udp6'];

export const SO_DONTTRUNC = option({
  name: 'SO_DONTTRUNC',
  level: 'SOL_SOCKET',
  access: 'rw',
  value: bool(),
  on: { darwin: 0x2000 },
  summary: 'Keeps what a short read left of a datagram for the next read, instead of throwing it away.',
  when: 'any',
  see: ['SO_NREAD'],
  man: 'sys/socket.h',
  instead: 'On Linux ask for the size first, with MSG_PEEK and MSG_TRUNC',
  sample: true,
});

export const SO_LINGER_SEC = option({
  name: 'SO_LINGER_SEC',
  level: 'SOL_SOCKET',
  access: 'rw',
  value: linger(),
  on: { darwin: 0x1080 },
  summary: 'SO_LINGER with its time in seconds: whether close waits for unsent data, and for how long.',
  notes: [
    "Darwin's SO_LINGER (0x80) counts clock ticks, unless the program was compiled as strict POSIX; then that " +
      'name has this number.',
  ],
  when: 'any',
  see: ['SO_LINGER'],
  man: 'getsockopt(2)',
  instead: 'On other systems SO_LINGER itself counts seconds',
  sample: { on: true, seconds: 5 },
});

export const SO_NETSVC_MARKING_LEVEL = option({
  name: 'SO_NETSVC_MARKING_LEVEL',
  level: 'SOL_SOCKET',
  access: 'ro',
  value: enumeration(netServiceMarkings),
  on: { darwin: 0x1119 },
  summary:
    'Where the kind of traffic (SO_NET_SERVICE_TYPE) is written into packets on the way that the socket takes now.',
  see: ['SO_NET_SERVICE_TYPE'],
  man: 'sys/socket.h',
  instead: 'On Linux IP_TOS and SO_PRIORITY say it themselves',
});

export const SO_NET_SERVICE_TYPE = option({
  name: 'SO_NET_SERVICE_TYPE',
  level: 'SOL_SOCKET',
  access: 'rw',
  value: enumeration(netServiceTypes),
  on: { darwin: 0x1116 },
  summary: 'What kind of traffic the socket carries (telephony, streaming, background), for queues, Wi-Fi and DSCP.',
  notes: ['The types are no ranks: queues for voice are short, and lose what is sent in bulk.'],
  when: 'any',
  see: ['SO_NETSVC_MARKING_LEVEL', 'IP_TOS', 'SO_PRIORITY'],
  man: 'sys/socket.h',
  instead: 'On Linux set IP_TOS or IPV6_TCLASS (DSCP) and SO_PRIORITY',
  sample: NET_SERVICE_TYPE_BK,
});

export const SO_NKE = option({
  name: 'SO_NKE',
  level: 'SOL_SOCKET',
  access: 'wo',
  value: bytes(),
  on: { darwin: 0x1021 },
  summary: 'Attaches a socket filter of a kernel extension to the socket.',
  notes: ['Bytes, for the struct (so_nke) is not in the public headers. Kernel extensions are deprecated there.'],
  see: ['SO_ATTACH_BPF'],
  man: 'sys/socket.h',
  instead: 'On Linux filter with SO_ATTACH_BPF',
  sample: new Uint8Array(16),
});

export const SO_NOADDRERR = option({
  name: 'SO_NOADDRERR',
  level: 'SOL_SOCKET',
  access: 'rw',
  value: bool(),
  on: { darwin: 0x1023 },
  summary: 'Reports EADDRNOTAVAIL once the local address of the socket is gone from this host.',
  when: 'any',
  see: ['TCP_USER_TIMEOUT'],
  man: 'sys/socket.h',
  instead: 'Linux has no switch: TCP_USER_TIMEOUT ends such a connection, NETLINK_ROUTE tells of addresses',
  sample: true,
});

export const SO_NOTIFYCONFLICT = option({
  name: 'SO_NOTIFYCONFLICT',
  level: 'SOL_SOCKET',
  access: 'rw',
  value: bool(),
  on: { darwin: 0x1026 },
  summary: 'Tells the kernel event socket when another program tries to bind to the port of this one.',
  notes: ['In the headers for Apple programs only (__APPLE_API_PRIVATE).'],
  when: 'any',
  needs: 'root',
  see: ['SO_REUSEADDR'],
  man: 'sys/socket.h',
  instead: 'Linux has nothing like it',
  sample: true,
});

export const SO_NREAD = option({
  name: 'SO_NREAD',
  level: 'SOL_SOCKET',
  access: 'ro',
  value: int({ unit: 'bytes' }),
  on: { darwin: 0x1020 },
  summary: 'How many bytes wait to be read; of a datagram socket those of the first datagram.',
  see: ['SO_NWRITE', 'SO_NUMRCVPKT', 'SO_MEMINFO'],
  man: 'getsockopt(2)',
  instead: 'On Linux ioctl FIONREAD tells the same',
});

export const SO_NUMRCVPKT = option({
  name: 'SO_NUMRCVPKT',
  level: 'SOL_SOCKET',
  access: 'ro',
  value: int({ unit: 'packets' }),
  on: { darwin: 0x1112 },
  summary: 'How many datagrams wait in the receive buffer.',
  kinds: udp,
  see: ['SO_NREAD', 'SO_MEMINFO'],
  man: 'sys/socket.h',
  instead: 'Linux counts bytes only: SO_MEMINFO',
});

export const SO_NWRITE = option({
  name: 'SO_NWRITE',
  level: 'SOL_SOCKET',
  access: 'ro',
  value: int({ unit: 'bytes' }),
  on: { darwin: 0x1024 },
  summary: 'How many bytes that were written the protocol has not sent or does not know to have arrived.',
  see: ['SO_NREAD', 'TCP_INFO'],
  man: 'getsockopt(2)',
  instead: 'On Linux ioctl SIOCOUTQ, or TCP_INFO (notsent_bytes)',
});

export const SO_RANDOMPORT = option({
  name: 'SO_RANDOMPORT',
  level: 'SOL_SOCKET',
  access: 'rw',
  value: bool(),
  on: { darwin: 0x1082 },
  summary: 'Makes the local port that the kernel chooses hard to guess.',
  when: 'before-bind',
  see: ['IP_LOCAL_PORT_RANGE'],
  man: 'sys/socket.h',
  instead: 'Linux does so by itself (RFC 6056)',
  sample: true,
});

export const SO_RESOLVER_SIGNATURE = option({
  name: 'SO_RESOLVER_SIGNATURE',
  level: 'SOL_SOCKET',
  access: 'rw',
  value: bytes(),
  on: { darwin: 0x1131 },
  summary: 'A signed answer of the system resolver, by which policies know the name that the socket connects to.',
  notes: ['The content is known to the resolver only.'],
  when: 'before-connect',
  man: 'sys/socket.h',
  instead: 'Linux has nothing like it',
  sample: Uint8Array.of(1, 2, 3),
});

export const SO_REUSESHAREUID = option({
  name: 'SO_REUSESHAREUID',
  level: 'SOL_SOCKET',
  access: 'rw',
  value: bool(),
  on: { darwin: 0x1025 },
  summary: 'Lets programs of other users bind to the same port too, as far as the SO_REUSE options allow.',
  when: 'before-bind',
  see: ['SO_REUSEADDR', 'SO_REUSEPORT'],
  man: 'sys/socket.h',
  instead: 'On Linux SO_REUSEPORT wants the same user, without a way around',
  sample: true,
});

export const SO_TIMESTAMP_MONOTONIC = option({
  name: 'SO_TIMESTAMP_MONOTONIC',
  level: 'SOL_SOCKET',
  access: 'rw',
  value: bool(),
  on: { darwin: 0x0800 },
  summary: 'Reports when each datagram arrived, beside it in recvmsg, by a clock that is never set back.',
  notes: ['The control message is SCM_TIMESTAMP_MONOTONIC.'],
  when: 'any',
  see: ['SO_TIMESTAMP', 'SO_TIMESTAMPNS'],
  man: 'sys/socket.h',
  instead: 'On Linux SO_TIMESTAMPNS and SO_TIMESTAMPING have the wall clock or that of the network card',
  sample: true,
});

export const SO_UPCALLCLOSEWAIT = option({
  name: 'SO_UPCALLCLOSEWAIT',
  level: 'SOL_SOCKET',
  access: 'rw',
  value: bool(),
  on: { darwin: 0x1027 },
  summary: 'Makes close wait until a call from the kernel into an extension is done with the socket.',
  notes: ['In the headers for Apple programs only (__APPLE_API_PRIVATE).'],
  when: 'any',
  man: 'sys/socket.h',
  instead: 'Linux has nothing like it',
  sample: true,
});

export const SO_WANTMORE = option({
  name: 'SO_WANTMORE',
  level: 'SOL_SOCKET',
  access: 'rw',
  value: bool(),
  on: { darwin: 0x4000 },
  summary: 'Marks a read with MSG_HAVEMORE while more data waits.',
  when: 'any',
  see: ['SO_INQ', 'TCP_INQ'],
  man: 'sys/socket.h',
  instead: 'On Linux SO_INQ, TCP_INQ or ioctl FIONREAD tell how much is left',
  sample: true,
});

export const SO_WANTOOBFLAG = option({
  name: 'SO_WANTOOBFLAG',
  level: 'SOL_SOCKET',
  access: 'rw',
  value: bool(),
  on: { darwin: 0x8000 },
  summary: 'Tells by the flag MSG_OOB of recvmsg that urgent data was read.',
  when: 'any',
  see: ['SO_OOBINLINE'],
  man: 'sys/socket.h',
  instead: 'On Linux SO_OOBINLINE and ioctl SIOCATMARK show where it is',
  sample: true,
});

export const TCP_CONNECTIONTIMEOUT = option({
  name: 'TCP_CONNECTIONTIMEOUT',
  level: 'SOL_TCP',
  access: 'rw',
  value: int({ min: 0, unit: 's', words: { default: 0 } }),
  on: { darwin: 0x20 },
  summary: 'After how long a connection that does not come about is given up.',
  notes: ['0 means the system default, net.inet.tcp.keepinit.'],
  when: 'before-connect',
  kinds: tcp,
  see: ['TCP_SYNCNT', 'TCP_USER_TIMEOUT', 'TCP_KEEPINIT'],
  man: 'tcp(4)',
  instead: 'On Linux TCP_SYNCNT counts the attempts; TCP_USER_TIMEOUT limits the time. FreeBSD has TCP_KEEPINIT',
  sample: 10,
});

export const TCP_CONNECTION_INFO = option({
  name: 'TCP_CONNECTION_INFO',
  level: 'SOL_TCP',
  access: 'ro',
  value: tcpConnectionInfo(),
  length: 'grows',
  on: { darwin: 0x106 },
  summary: 'The state of a connection: round-trip time, windows, counters, how Fast Open went.',
  notes: [
    'Times in ms and windows in bytes, where Linux has us and segments. The states have other numbers than on Linux.',
  ],
  kinds: tcp,
  see: ['TCP_INFO'],
  man: 'netinet/tcp.h',
  instead: 'On Linux and FreeBSD use TCP_INFO',
});

export const TCP_ENABLE_ECN = option({
  name: 'TCP_ENABLE_ECN',
  level: 'SOL_TCP',
  access: 'rw',
  value: bool(),
  on: { darwin: 0x104 },
  summary: 'Offers explicit congestion notification (ECN) to the peer when the connection is made.',
  when: 'before-connect',
  kinds: tcp,
  see: ['TCP_CONNECTION_INFO'],
  man: 'tcp(4), RFC 3168',
  instead: 'On Linux net.ipv4.tcp_ecn turns it on for all, or the feature ecn of a route',
  sample: true,
});

export const TCP_RXT_CONNDROPTIME = option({
  name: 'TCP_RXT_CONNDROPTIME',
  level: 'SOL_TCP',
  access: 'rw',
  value: int({ min: 0, unit: 's', words: { default: 0 } }),
  on: { darwin: 0x80 },
  summary: 'For how long data that is not acknowledged is sent again before the connection is given up.',
  when: 'any',
  kinds: tcp,
  see: ['TCP_USER_TIMEOUT', 'TCP_MAXUNACKTIME'],
  man: 'netinet/tcp.h',
  instead: 'On Linux use TCP_USER_TIMEOUT, in milliseconds',
  sample: 30,
});

export const TCP_RXT_FINDROP = option({
  name: 'TCP_RXT_FINDROP',
  level: 'SOL_TCP',
  access: 'rw',
  value: bool(),
  on: { darwin: 0x100 },
  summary: 'Gives a connection up after its end (FIN) was sent again three times.',
  when: 'any',
  kinds: tcp,
  see: ['TCP_LINGER2'],
  man: 'netinet/tcp.h',
  instead: 'On Linux net.ipv4.tcp_orphan_retries limits it for closed sockets',
  sample: true,
});

export const TCP_SENDMOREACKS = option({
  name: 'TCP_SENDMOREACKS',
  level: 'SOL_TCP',
  access: 'rw',
  value: bool(),
  on: { darwin: 0x103 },
  summary: 'Acknowledges every other segment, where the system would acknowledge only one of eight in a stream.',
  when: 'any',
  kinds: tcp,
  see: ['TCP_QUICKACK'],
  man: 'tcp(4)',
  instead: 'On Linux TCP_QUICKACK acknowledges each at once',
  sample: true,
});

export const UDP_KEEPALIVE_OFFLOAD = option({
  name: 'UDP_KEEPALIVE_OFFLOAD',
  level: 'SOL_UDP',
  access: 'wo',
  value: udpKeepaliveOffload(),
  on: { darwin: 2 },
  summary: 'Lets the Wi-Fi driver send a small datagram at intervals while the machine sleeps.',
  notes: ['In the headers for Apple programs only (PRIVATE).'],
  when: 'any',
  man: 'netinet/udp.h',
  instead: 'Linux has nothing like it',
  sample: { data: Uint8Array.of(1, 2), interval: 60, data_len: 2, type: 1 },
});

export const UDP_NOCKSUM = option({
  name: 'UDP_NOCKSUM',
  level: 'SOL_UDP',
  access: 'rw',
  value: bool(),
  on: { darwin: 1 },
  summary: 'Sends datagrams over IPv4 without a checksum.',
  when: 'any',
  see: ['SO_NO_CHECK', 'UDP_NO_CHECK6_TX', 'UDP_NOCHECKSUM'],
  man: 'netinet/udp.h',
  instead: 'On Linux use SO_NO_CHECK, or UDP_NO_CHECK6_TX for IPv6; on Windows UDP_NOCHECKSUM',
  sample: true,
});
