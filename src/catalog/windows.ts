// Options that only Windows has (those of IP have a file of their own), by level, then by C name.
import { bytes, nothing } from '../codec/bytes.ts';
import { enumeration } from '../codec/enumeration.ts';
import { bool, int, u32, u64 } from '../codec/scalar.ts';
import { sized } from '../codec/sized.ts';
import { csaddrInfo, icmpErrorInfo, protocolInfoA, protocolInfoW } from '../codec/windows.ts';
import { openTypes, SO_SYNCHRONOUS_ALERT, TCP_OFFLOAD_PREFERRED, tcpOffloadPreferences } from '../constants/windows.ts';
import { type Kind, option } from '../option.ts';

const connected: readonly Kind[] = ['tcp-connected'];
const tcp: readonly Kind[] = ['tcp', 'tcp6', 'tcp-listen', 'tcp-connected'];
const udp: readonly Kind[] = ['udp', 'udp6'];

export const PVD_CONFIG = option({
  name: 'PVD_CONFIG',
  level: 'SOL_SOCKET',
  access: 'rw',
  value: bytes(),
  on: { windows: 0x3001 },
  summary: 'Configuration that belongs to the provider of the socket.',
  notes: ['Bytes, for what they are is up to the provider of the socket.'],
  man: 'winsock2.h',
  instead: 'Linux has no providers of sockets to configure',
  sample: Uint8Array.of(1, 2, 3),
});

export const SO_BSP_STATE = option({
  name: 'SO_BSP_STATE',
  level: 'SOL_SOCKET',
  access: 'ro',
  value: csaddrInfo(),
  on: { windows: 0x1009 },
  summary: 'The local and the remote address of the socket, its type and its protocol, in one read.',
  notes: ['The addresses are pointers: 0 while the socket is not bound, or has no peer.', 'Windows Vista and later.'],
  see: ['SO_TYPE', 'SO_PROTOCOL', 'SO_PROTOCOL_INFOW', 'SO_PEERNAME'],
  man: 'ws2def.h',
  instead: 'On Linux getsockname and getpeername, SO_TYPE and SO_PROTOCOL',
});

export const SO_COMPARTMENT_ID = option({
  name: 'SO_COMPARTMENT_ID',
  level: 'SOL_SOCKET',
  access: 'rw',
  value: u32(),
  on: { windows: 0x3004 },
  summary: 'The compartment that the socket belongs to: routing tables of its own, as a number.',
  notes: ['1 is the compartment that Windows starts with.'],
  see: ['SO_NETNS_COOKIE'],
  man: 'ws2def.h',
  instead:
    'On Linux the socket belongs to the network namespace in which it was made, which SO_NETNS_COOKIE tells apart',
  sample: 2,
});

export const SO_CONDITIONAL_ACCEPT = option({
  name: 'SO_CONDITIONAL_ACCEPT',
  level: 'SOL_SOCKET',
  access: 'rw',
  value: bool(),
  on: { windows: 0x3002 },
  summary: 'Answers the handshake of a connection only after the program has decided to take it (WSAAccept).',
  notes: ['Set it before listen.'],
  when: 'before-listen',
  kinds: ['tcp-listen'],
  see: ['TCP_DEFER_ACCEPT', 'SO_ATTACH_FILTER'],
  man: 'ws2def.h',
  instead: 'On Linux drop unwanted connections with SO_ATTACH_FILTER or a firewall: accept takes what is there',
  sample: true,
});

export const SO_CONNDATA = option({
  name: 'SO_CONNDATA',
  level: 'SOL_SOCKET',
  access: 'rw',
  value: bytes(),
  on: { windows: 0x7000 },
  summary: 'Data that travels with the request to connect.',
  notes: ['For old transports (DECnet, OSI TP4); TCP/IP of Windows refuses it.'],
  man: 'mswsock.h',
  instead: 'Linux has no such transports; TCP_FASTOPEN carries data in the handshake',
  sample: Uint8Array.of(1, 2, 3),
});

export const SO_CONNDATALEN = option({
  name: 'SO_CONNDATALEN',
  level: 'SOL_SOCKET',
  access: 'wo',
  value: u32({ unit: 'bytes' }),
  on: { windows: 0x7004 },
  summary: 'The length of the data of SO_CONNDATA.',
  notes: ['For old transports (DECnet, OSI TP4); TCP/IP of Windows refuses it.'],
  see: ['SO_CONNDATA'],
  man: 'mswsock.h',
  instead: 'Linux has no such transports; TCP_FASTOPEN carries data in the handshake',
  sample: 3,
});

export const SO_CONNECT_TIME = option({
  name: 'SO_CONNECT_TIME',
  level: 'SOL_SOCKET',
  access: 'ro',
  value: u32({ unit: 's', words: { never: 0xffffffff } }),
  on: { windows: 0x700c },
  summary: 'For how many seconds the socket has been connected.',
  notes: ['4294967295 while it is not. Servers find connections with it that never send.'],
  see: ['TCP_INFO'],
  man: 'mswsock.h',
  instead: 'On Linux TCP_INFO has times of the last data, ss(8) none of the connection',
});

export const SO_CONNOPT = option({
  name: 'SO_CONNOPT',
  level: 'SOL_SOCKET',
  access: 'rw',
  value: bytes(),
  on: { windows: 0x7001 },
  summary: 'Options that travel with the request to connect.',
  notes: ['For old transports (DECnet, OSI TP4); TCP/IP of Windows refuses it.'],
  man: 'mswsock.h',
  instead: 'Linux has no such transports; TCP_FASTOPEN carries data in the handshake',
  sample: Uint8Array.of(1, 2, 3),
});

export const SO_CONNOPTLEN = option({
  name: 'SO_CONNOPTLEN',
  level: 'SOL_SOCKET',
  access: 'wo',
  value: u32({ unit: 'bytes' }),
  on: { windows: 0x7005 },
  summary: 'The length of the options of SO_CONNOPT.',
  notes: ['For old transports (DECnet, OSI TP4); TCP/IP of Windows refuses it.'],
  see: ['SO_CONNOPT'],
  man: 'mswsock.h',
  instead: 'Linux has no such transports; TCP_FASTOPEN carries data in the handshake',
  sample: 3,
});

export const SO_DISCDATA = option({
  name: 'SO_DISCDATA',
  level: 'SOL_SOCKET',
  access: 'rw',
  value: bytes(),
  on: { windows: 0x7002 },
  summary: 'Data that travels with the request to disconnect.',
  notes: ['For old transports (DECnet, OSI TP4); TCP/IP of Windows refuses it.'],
  man: 'mswsock.h',
  instead: 'Linux has no such transports; TCP_FASTOPEN carries data in the handshake',
  sample: Uint8Array.of(1, 2, 3),
});

export const SO_DISCDATALEN = option({
  name: 'SO_DISCDATALEN',
  level: 'SOL_SOCKET',
  access: 'wo',
  value: u32({ unit: 'bytes' }),
  on: { windows: 0x7006 },
  summary: 'The length of the data of SO_DISCDATA.',
  notes: ['For old transports (DECnet, OSI TP4); TCP/IP of Windows refuses it.'],
  see: ['SO_DISCDATA'],
  man: 'mswsock.h',
  instead: 'Linux has no such transports; TCP_FASTOPEN carries data in the handshake',
  sample: 3,
});

export const SO_DISCOPT = option({
  name: 'SO_DISCOPT',
  level: 'SOL_SOCKET',
  access: 'rw',
  value: bytes(),
  on: { windows: 0x7003 },
  summary: 'Options that travel with the request to disconnect.',
  notes: ['For old transports (DECnet, OSI TP4); TCP/IP of Windows refuses it.'],
  man: 'mswsock.h',
  instead: 'Linux has no such transports; TCP_FASTOPEN carries data in the handshake',
  sample: Uint8Array.of(1, 2, 3),
});

export const SO_DISCOPTLEN = option({
  name: 'SO_DISCOPTLEN',
  level: 'SOL_SOCKET',
  access: 'wo',
  value: u32({ unit: 'bytes' }),
  on: { windows: 0x7007 },
  summary: 'The length of the options of SO_DISCOPT.',
  notes: ['For old transports (DECnet, OSI TP4); TCP/IP of Windows refuses it.'],
  see: ['SO_DISCOPT'],
  man: 'mswsock.h',
  instead: 'Linux has no such transports; TCP_FASTOPEN carries data in the handshake',
  sample: 3,
});

export const SO_DONTLINGER = option({
  name: 'SO_DONTLINGER',
  level: 'SOL_SOCKET',
  access: 'rw',
  value: bool(),
  // ~SO_LINGER in C.
  on: { windows: 0xffffff7f },
  summary:
    'Whether close returns at once and goes on sending in the background: the first field of SO_LINGER, turned over.',
  notes: ['On by default.'],
  when: 'any',
  kinds: tcp,
  see: ['SO_LINGER'],
  man: 'winsock2.h',
  instead: 'On Linux SO_LINGER with on: false',
  sample: false,
});

export const SO_EXCLUSIVEADDRUSE = option({
  name: 'SO_EXCLUSIVEADDRUSE',
  level: 'SOL_SOCKET',
  access: 'rw',
  value: bool(),
  // ~SO_REUSEADDR in C.
  on: { windows: 0xfffffffb },
  summary: 'Keeps other sockets from binding to the address and port of this one.',
  notes: ['Without it a socket with SO_REUSEADDR can take over the port of a Windows server.'],
  when: 'before-bind',
  see: ['SO_REUSEADDR'],
  man: 'winsock2.h',
  instead:
    'Linux lets nobody else have the port, unless both sockets have SO_REUSEPORT and one user, or on UDP SO_REUSEADDR',
  sample: true,
});

export const SO_GROUP_ID = option({
  name: 'SO_GROUP_ID',
  level: 'SOL_SOCKET',
  access: 'none',
  value: u32(),
  on: { windows: 0x2001 },
  summary: 'Reserved: groups of sockets never came to be.',
  man: 'winsock2.h',
  role: 'never implemented',
  instead: 'Windows says not to use it; Linux has nothing like it',
});

export const SO_GROUP_PRIORITY = option({
  name: 'SO_GROUP_PRIORITY',
  level: 'SOL_SOCKET',
  access: 'none',
  value: int(),
  on: { windows: 0x2002 },
  summary: 'Reserved: groups of sockets never came to be.',
  see: ['SO_PRIORITY'],
  man: 'winsock2.h',
  role: 'never implemented',
  instead: 'Windows says not to use it; on Linux SO_PRIORITY ranks packets',
});

export const SO_MAXDG = option({
  name: 'SO_MAXDG',
  level: 'SOL_SOCKET',
  access: 'ro',
  value: u32({ unit: 'bytes' }),
  on: { windows: 0x7009 },
  summary: 'The largest datagram that the protocol sends.',
  kinds: udp,
  see: ['SO_MAX_MSG_SIZE', 'IP_MTU'],
  man: 'mswsock.h',
  instead: 'On Linux IP_MTU of a connected socket, less the headers',
});

export const SO_MAXPATHDG = option({
  name: 'SO_MAXPATHDG',
  level: 'SOL_SOCKET',
  access: 'ro',
  value: u32({ unit: 'bytes' }),
  on: { windows: 0x700a },
  summary: 'The largest datagram that can be sent to the address that the socket is connected to.',
  notes: ['May be the same as SO_MAXDG.'],
  kinds: udp,
  see: ['SO_MAXDG', 'IP_MTU'],
  man: 'mswsock.h',
  instead: 'On Linux IP_MTU of a connected socket, less the headers',
});

export const SO_MAX_MSG_SIZE = option({
  name: 'SO_MAX_MSG_SIZE',
  level: 'SOL_SOCKET',
  access: 'ro',
  value: u32({ unit: 'bytes' }),
  on: { windows: 0x2003 },
  summary: 'The largest message that can be sent; it means nothing on stream sockets.',
  kinds: udp,
  see: ['SO_MAXDG', 'SO_SNDBUF'],
  man: 'winsock2.h',
  instead: 'On Linux a larger send fails with EMSGSIZE; UDP takes 65507 bytes over IPv4',
});

export const SO_OPENTYPE = option({
  name: 'SO_OPENTYPE',
  level: 'SOL_SOCKET',
  access: 'rw',
  value: enumeration(openTypes),
  on: { windows: 0x7008 },
  summary: 'Whether sockets that the thread makes from now on are synchronous, without overlapped operations.',
  notes: ['Windows says not to use it: WSASocket without WSA_FLAG_OVERLAPPED does the same.'],
  when: 'any',
  man: 'mswsock.h',
  instead: 'Linux sockets are what the single call asks for (MSG_DONTWAIT, O_NONBLOCK)',
  sample: SO_SYNCHRONOUS_ALERT,
});

export const SO_PAUSE_ACCEPT = option({
  name: 'SO_PAUSE_ACCEPT',
  level: 'SOL_SOCKET',
  access: 'rw',
  value: bool(),
  on: { windows: 0x3003 },
  summary: 'Has a listening socket answer connections with a reset instead of taking them.',
  when: 'any',
  kinds: ['tcp-listen'],
  see: ['SO_CONDITIONAL_ACCEPT'],
  man: 'ws2def.h',
  instead: 'On Linux close the listening socket, and make a new one to go on',
  sample: true,
});

export const SO_PORT_SCALABILITY = option({
  name: 'SO_PORT_SCALABILITY',
  level: 'SOL_SOCKET',
  access: 'rw',
  value: bool(),
  on: { windows: 0x3006 },
  summary: 'Lets a bind to an address and port 0 take a port that a socket on another address of the host has.',
  notes: [
    'Set it before bind. SO_REUSE_UNICASTPORT is the newer way.',
    'A port that was taken so cannot be had by sockets without the option.',
    'Windows 7, Windows Server 2008 and later.',
  ],
  when: 'before-bind',
  kinds: tcp,
  see: ['SO_REUSE_UNICASTPORT', 'IP_BIND_ADDRESS_NO_PORT'],
  man: 'ws2def.h',
  instead: 'On Linux a port is taken for one address only, unless a socket is bound to all of them',
  sample: true,
});

export const SO_PROTOCOL_INFOA = option({
  name: 'SO_PROTOCOL_INFOA',
  level: 'SOL_SOCKET',
  access: 'ro',
  value: protocolInfoA(),
  on: { windows: 0x2004 },
  summary:
    'Which provider serves the socket, with what abilities: the form with a name in the code page of the system.',
  notes: ['Windows has no SO_PROTOCOL and no SO_DOMAIN: the fields protocol and address_family tell.'],
  see: ['SO_PROTOCOL', 'SO_DOMAIN', 'SO_PROTOCOL_INFOW'],
  man: 'winsock2.h',
  instead: 'On Linux SO_PROTOCOL, SO_DOMAIN and SO_TYPE',
});

export const SO_PROTOCOL_INFOW = option({
  name: 'SO_PROTOCOL_INFOW',
  level: 'SOL_SOCKET',
  access: 'ro',
  value: protocolInfoW(),
  on: { windows: 0x2005 },
  summary: 'Which provider serves the socket, with what abilities: the form with a name in UTF-16.',
  notes: ['Windows has no SO_PROTOCOL and no SO_DOMAIN: the fields protocol and address_family tell.'],
  see: ['SO_PROTOCOL', 'SO_DOMAIN', 'SO_PROTOCOL_INFOA'],
  man: 'winsock2.h',
  instead: 'On Linux SO_PROTOCOL, SO_DOMAIN and SO_TYPE',
});

export const SO_RANDOMIZE_PORT = option({
  name: 'SO_RANDOMIZE_PORT',
  level: 'SOL_SOCKET',
  access: 'rw',
  value: bool(),
  on: { windows: 0x3005 },
  summary: 'Gives the socket a port by chance where the system chooses one, instead of the next free one.',
  notes: [
    'Set it before the socket is bound; it fails after SO_REUSE_UNICASTPORT, whose ports are by chance already.',
    'Windows Vista and later.',
  ],
  when: 'before-bind',
  kinds: [...tcp, ...udp],
  see: ['SO_REUSE_UNICASTPORT', 'SO_RANDOMPORT'],
  man: 'ws2def.h',
  instead: 'Linux chooses ports by chance without being asked',
  sample: true,
});

export const SO_RECEIVED_PROCESSOR = option({
  name: 'SO_RECEIVED_PROCESSOR',
  level: 'SOL_SOCKET',
  access: 'rw',
  value: sized(bool(), 'u8'),
  on: { windows: 0x3011 },
  summary: 'Reports the processor that handled received packets.',
  notes: ['The value is one byte. Windows 11, version 24H2 and later.'],
  when: 'any',
  kinds: udp,
  see: ['SO_INCOMING_CPU'],
  man: 'ws2def.h',
  instead: 'On Linux SO_INCOMING_CPU tells it of the socket',
  sample: true,
});

export const SO_REUSE_MULTICASTPORT = option({
  name: 'SO_REUSE_MULTICASTPORT',
  level: 'SOL_SOCKET',
  access: 'rw',
  value: bool(),
  on: { windows: 0x3008 },
  summary: 'Says that the socket takes no unicast packets, so that other multicast programs may share its port.',
  notes: ['Windows 10 and later.'],
  when: 'before-bind',
  kinds: udp,
  see: ['SO_REUSEADDR', 'SO_REUSE_UNICASTPORT'],
  man: 'ws2def.h',
  instead: 'On Linux SO_REUSEADDR lets UDP sockets share a port; each gets the multicast packets',
  sample: true,
});

export const SO_REUSE_UNICASTPORT = option({
  name: 'SO_REUSE_UNICASTPORT',
  level: 'SOL_SOCKET',
  access: 'rw',
  value: bool(),
  on: { windows: 0x3007 },
  summary: 'Puts off the choice of a local port until the connection is made, so that many connections can share one.',
  notes: ['For ConnectEx, which wants a bind before; connect without a bind does so anyway.', 'Windows 10 and later.'],
  when: 'before-bind',
  kinds: tcp,
  see: ['IP_BIND_ADDRESS_NO_PORT', 'SO_PORT_SCALABILITY'],
  man: 'ws2def.h',
  instead: 'On Linux use IP_BIND_ADDRESS_NO_PORT',
  sample: true,
});

export const SO_TIMESTAMP_ID = option({
  name: 'SO_TIMESTAMP_ID',
  level: 'SOL_SOCKET',
  access: 'none',
  value: u32(),
  on: { windows: 0x300b },
  summary:
    'The type of a control message that gives a sent datagram a number, under which its time is asked for ' +
    '(SIO_GET_TX_TIMESTAMP).',
  see: ['SO_TIMESTAMP', 'SO_TIMESTAMPING'],
  man: 'mswsock.h',
  role: 'control message',
  instead: 'On Linux SO_TIMESTAMPING with SOF_TIMESTAMPING_OPT_ID',
});

export const SO_UPDATE_ACCEPT_CONTEXT = option({
  name: 'SO_UPDATE_ACCEPT_CONTEXT',
  level: 'SOL_SOCKET',
  access: 'wo',
  value: u64({ word: true }),
  on: { windows: 0x700b },
  summary: 'Lets a socket that AcceptEx filled take over the properties of its listener.',
  notes: [
    'The value is the handle of the listening socket, as long as a pointer.',
    'getpeername, shutdown and options fail on such a socket before.',
  ],
  kinds: connected,
  man: 'mswsock.h',
  instead: 'Linux needs nothing: accept(2) gives a complete socket',
  sample: 584n,
});

export const SO_UPDATE_CONNECT_CONTEXT = option({
  name: 'SO_UPDATE_CONNECT_CONTEXT',
  level: 'SOL_SOCKET',
  access: 'wo',
  value: nothing(),
  on: { windows: 0x7010 },
  summary: 'Completes a socket that ConnectEx connected, so that getpeername, shutdown and options work on it.',
  notes: ['The call takes a null pointer and no length.'],
  kinds: connected,
  man: 'mswsock.h',
  instead: 'Linux needs nothing: connect(2) gives a complete socket',
  sample: null,
});

export const TCP_ATMARK = option({
  name: 'TCP_ATMARK',
  level: 'SOL_TCP',
  access: 'rw',
  value: bytes(),
  on: { windows: 8 },
  summary: 'Whether the read position is at the urgent data.',
  notes: ['Bytes, for Microsoft documents neither its type nor its values.'],
  kinds: tcp,
  see: ['SO_OOBINLINE'],
  man: 'ws2ipdef.h',
  instead: 'On Linux ioctl SIOCATMARK',
  sample: Uint8Array.of(1, 0, 0, 0),
});

export const TCP_BSDURGENT = option({
  name: 'TCP_BSDURGENT',
  level: 'SOL_TCP',
  access: 'rw',
  value: bool(),
  on: { windows: 0x7000 },
  summary: 'Where urgent data ends, as BSD counts it: the default, and the opposite of TCP_EXPEDITED_1122.',
  notes: ['Once on, it cannot be turned off.'],
  when: 'any',
  kinds: tcp,
  see: ['TCP_EXPEDITED_1122'],
  man: 'mswsock.h',
  instead: 'On Linux net.ipv4.tcp_stdurg, for all',
  sample: true,
});

export const TCP_CONGESTION_ALGORITHM = option({
  name: 'TCP_CONGESTION_ALGORITHM',
  level: 'SOL_TCP',
  access: 'rw',
  value: bytes(),
  on: { windows: 12 },
  summary: 'The congestion control of the connection.',
  notes: ['Bytes, for Microsoft documents neither its type nor its values.'],
  kinds: tcp,
  see: ['TCP_CONGESTION'],
  man: 'ws2ipdef.h',
  instead: 'On Linux use TCP_CONGESTION',
  sample: Uint8Array.of(1, 0, 0, 0),
});

export const TCP_DELAY_FIN_ACK = option({
  name: 'TCP_DELAY_FIN_ACK',
  level: 'SOL_TCP',
  access: 'rw',
  value: bytes(),
  on: { windows: 13 },
  summary: 'Whether the acknowledgement of the end of the connection may wait.',
  notes: ['Bytes, for Microsoft documents neither its type nor its values.'],
  kinds: tcp,
  see: ['TCP_QUICKACK'],
  man: 'ws2ipdef.h',
  instead: 'Linux has no switch; TCP_QUICKACK acknowledges at once',
  sample: Uint8Array.of(1, 0, 0, 0),
});

export const TCP_EXPEDITED_1122 = option({
  name: 'TCP_EXPEDITED_1122',
  level: 'SOL_TCP',
  access: 'rw',
  value: bool(),
  on: { windows: 2 },
  summary: 'Where urgent data ends, as RFC 1122 counts it.',
  notes: ['Once on, it cannot be turned off.'],
  when: 'any',
  kinds: tcp,
  see: ['TCP_BSDURGENT'],
  man: 'ws2ipdef.h',
  instead: 'On Linux net.ipv4.tcp_stdurg, for all',
  sample: true,
});

export const TCP_FAIL_CONNECT_ON_ICMP_ERROR = option({
  name: 'TCP_FAIL_CONNECT_ON_ICMP_ERROR',
  level: 'SOL_TCP',
  access: 'rw',
  value: bool(),
  on: { windows: 18 },
  summary:
    'Lets a connect fail with WSAEHOSTUNREACH as soon as an ICMP error comes in; TCP_ICMP_ERROR_INFO then says ' +
    'from whom.',
  when: 'before-connect',
  kinds: tcp,
  see: ['TCP_ICMP_ERROR_INFO', 'IP_RECVERR'],
  man: 'ws2ipdef.h',
  instead: 'On Linux IP_RECVERR reports such errors to a connect at once',
  sample: true,
});

export const TCP_ICMP_ERROR_INFO = option({
  name: 'TCP_ICMP_ERROR_INFO',
  level: 'SOL_TCP',
  access: 'ro',
  value: icmpErrorInfo(),
  on: { windows: 19 },
  summary: 'Which ICMP error ended the last connect: from what address, of what type and code.',
  notes: ['Empty where none did. Only after TCP_FAIL_CONNECT_ON_ICMP_ERROR.'],
  kinds: tcp,
  see: ['TCP_FAIL_CONNECT_ON_ICMP_ERROR', 'IP_RECVERR'],
  man: 'ws2ipdef.h',
  instead: 'On Linux IP_RECVERR and recvmsg with MSG_ERRQUEUE',
});

export const TCP_MAXRT = option({
  name: 'TCP_MAXRT',
  level: 'SOL_TCP',
  access: 'rw',
  value: int({ min: -1, unit: 's', words: { never: -1 } }),
  on: { windows: 5 },
  summary: 'For how long data, or the handshake, is sent again before the connection is given up.',
  notes: ['-1 never gives up: it goes on every 60 s.'],
  when: 'any',
  kinds: tcp,
  see: ['TCP_USER_TIMEOUT', 'TCP_MAXRTMS'],
  man: 'ws2ipdef.h',
  instead: 'On Linux use TCP_USER_TIMEOUT, in milliseconds',
  sample: 30,
});

export const TCP_MAXRTMS = option({
  name: 'TCP_MAXRTMS',
  level: 'SOL_TCP',
  access: 'rw',
  value: bytes(),
  on: { windows: 14 },
  summary: 'TCP_MAXRT in milliseconds.',
  notes: ['Bytes, for Microsoft documents neither its type nor its values.'],
  kinds: tcp,
  see: ['TCP_MAXRT', 'TCP_USER_TIMEOUT'],
  man: 'ws2ipdef.h',
  instead: 'On Linux use TCP_USER_TIMEOUT',
  sample: Uint8Array.of(1, 0, 0, 0),
});

export const TCP_NOSYNRETRIES = option({
  name: 'TCP_NOSYNRETRIES',
  level: 'SOL_TCP',
  access: 'rw',
  value: bytes(),
  on: { windows: 9 },
  summary: 'Whether the SYN of a connect is sent once only.',
  notes: ['Bytes, for Microsoft documents neither its type nor its values.'],
  kinds: tcp,
  see: ['TCP_SYNCNT'],
  man: 'ws2ipdef.h',
  instead: 'On Linux TCP_SYNCNT says how often it is sent again',
  sample: Uint8Array.of(1, 0, 0, 0),
});

export const TCP_NOURG = option({
  name: 'TCP_NOURG',
  level: 'SOL_TCP',
  access: 'rw',
  value: bytes(),
  on: { windows: 7 },
  summary: 'Whether urgent data is left out.',
  notes: ['Bytes, for Microsoft documents neither its type nor its values.'],
  kinds: tcp,
  see: ['SO_OOBINLINE'],
  man: 'ws2ipdef.h',
  instead: 'Linux has no switch; SO_OOBINLINE puts it among the rest',
  sample: Uint8Array.of(1, 0, 0, 0),
});

export const TCP_OFFLOAD_PREFERENCE = option({
  name: 'TCP_OFFLOAD_PREFERENCE',
  level: 'SOL_TCP',
  access: 'rw',
  value: enumeration(tcpOffloadPreferences),
  on: { windows: 11 },
  summary: 'Whether the network card shall do the work of this connection (TCP chimney).',
  notes: ['The three values are those of the header.'],
  when: 'before-connect',
  kinds: tcp,
  man: 'ws2ipdef.h',
  instead: 'Linux has no such engines; ethtool(8) turns off what cards do',
  sample: TCP_OFFLOAD_PREFERRED,
});

export const TCP_STDURG = option({
  name: 'TCP_STDURG',
  level: 'SOL_TCP',
  access: 'rw',
  value: bytes(),
  on: { windows: 6 },
  summary: 'Where urgent data ends.',
  notes: ['Bytes, for Microsoft documents neither its type nor its values.'],
  kinds: tcp,
  see: ['TCP_EXPEDITED_1122'],
  man: 'ws2ipdef.h',
  instead: 'On Linux net.ipv4.tcp_stdurg, for all',
  sample: Uint8Array.of(1, 0, 0, 0),
});

export const TCP_TIMESTAMPS = option({
  name: 'TCP_TIMESTAMPS',
  level: 'SOL_TCP',
  access: 'rw',
  value: bool(),
  on: { windows: 10 },
  summary: 'Puts timestamps into the segments of this connection (RFC 7323), whatever the system does otherwise.',
  notes: ['Off by default there.'],
  when: 'before-connect',
  kinds: tcp,
  see: ['TCP_TIMESTAMP', 'TCP_INFO'],
  man: 'ws2ipdef.h',
  instead: 'On Linux net.ipv4.tcp_timestamps, for all; on by default',
  sample: true,
});

export const UDP_CHECKSUM_COVERAGE = option({
  name: 'UDP_CHECKSUM_COVERAGE',
  level: 'SOL_UDP',
  access: 'rw',
  value: bool(),
  on: { windows: 20 },
  summary: 'Sends datagrams with a checksum.',
  when: 'any',
  see: ['SO_NO_CHECK'],
  man: 'ws2tcpip.h',
  instead: 'On Linux UDP always does, unless SO_NO_CHECK is on; UDP-Lite has UDPLITE_SEND_CSCOV',
  sample: true,
});

export const UDP_NOCHECKSUM = option({
  name: 'UDP_NOCHECKSUM',
  level: 'SOL_UDP',
  access: 'rw',
  value: bool(),
  on: { windows: 1 },
  summary: 'Sends datagrams over IPv4 without a checksum.',
  notes: ['A provider that cannot do so may keep the value and do nothing.'],
  when: 'any',
  see: ['SO_NO_CHECK'],
  man: 'ws2tcpip.h',
  instead: 'On Linux use SO_NO_CHECK, or UDP_NO_CHECK6_TX for IPv6',
  sample: true,
});

export const UDP_RECV_MAX_COALESCED_SIZE = option({
  name: 'UDP_RECV_MAX_COALESCED_SIZE',
  level: 'SOL_UDP',
  access: 'rw',
  value: u32({ unit: 'bytes' }),
  on: { windows: 3 },
  summary: 'Lets datagrams that follow each other arrive as one message, of at most so many bytes.',
  notes: ['0, the default, keeps them apart. From Windows 10, version 2004 on.'],
  when: 'any',
  see: ['UDP_GRO', 'UDP_SEND_MSG_SIZE'],
  man: 'ws2ipdef.h',
  instead: 'On Linux use UDP_GRO, a switch',
  sample: 65507,
});

export const UDP_SEND_MSG_SIZE = option({
  name: 'UDP_SEND_MSG_SIZE',
  level: 'SOL_UDP',
  access: 'rw',
  value: u32({ unit: 'bytes' }),
  on: { windows: 2 },
  summary: 'Cuts what one call sends into datagrams of so many bytes.',
  notes: ['0, the default, sends it as one. From Windows 10, version 2004 on.'],
  when: 'any',
  see: ['UDP_SEGMENT', 'UDP_RECV_MAX_COALESCED_SIZE'],
  man: 'ws2ipdef.h',
  instead: 'On Linux use UDP_SEGMENT',
  sample: 1200,
});

export const SO_BTH_AUTHENTICATE = option({
  name: 'SO_BTH_AUTHENTICATE',
  level: 'SOL_RFCOMM',
  access: 'wo',
  value: bool(),
  on: { windows: 0x80000001 },
  summary: 'Asks for authentication of the other Bluetooth device.',
  notes: ['Four bytes (ULONG). It can only be turned on, and Windows does not read it.'],
  when: 'before-connect',
  see: ['BT_SECURITY'],
  man: 'ws2bth.h',
  instead: 'On Linux use BT_SECURITY',
  sample: true,
});

export const SO_BTH_ENCRYPT = option({
  name: 'SO_BTH_ENCRYPT',
  level: 'SOL_RFCOMM',
  access: 'wo',
  value: bool(),
  on: { windows: 2 },
  summary: 'Asks for an encrypted connection to the other Bluetooth device.',
  notes: ['Four bytes (ULONG). It can only be turned on, and Windows does not read it.'],
  when: 'before-connect',
  see: ['BT_SECURITY'],
  man: 'ws2bth.h',
  instead: 'On Linux use BT_SECURITY',
  sample: true,
});

export const SO_BTH_MTU = option({
  name: 'SO_BTH_MTU',
  level: 'SOL_RFCOMM',
  access: 'rw',
  value: u32({ unit: 'bytes' }),
  on: { windows: 0x80000007 },
  summary: 'The largest frame of the RFCOMM channel, as agreed.',
  notes: ['From 23 to 1011 bytes.'],
  when: 'before-connect',
  see: ['L2CAP_OPTIONS'],
  man: 'ws2bth.h',
  instead: 'On Linux RFCOMM_CONNINFO tells of the channel, L2CAP_OPTIONS of the layer below',
  sample: 100,
});

export const SO_BTH_MTU_MAX = option({
  name: 'SO_BTH_MTU_MAX',
  level: 'SOL_RFCOMM',
  access: 'wo',
  value: u32({ unit: 'bytes' }),
  on: { windows: 0x80000008 },
  summary: 'The largest frame that may be agreed on.',
  notes: ['From 23 to 1011 bytes. Windows does not read it: SO_BTH_MTU is the only one that it reads.'],
  when: 'before-connect',
  see: ['L2CAP_OPTIONS'],
  man: 'ws2bth.h',
  instead: 'On Linux RFCOMM_CONNINFO tells of the channel, L2CAP_OPTIONS of the layer below',
  sample: 100,
});

export const SO_BTH_MTU_MIN = option({
  name: 'SO_BTH_MTU_MIN',
  level: 'SOL_RFCOMM',
  access: 'wo',
  value: u32({ unit: 'bytes' }),
  on: { windows: 0x8000000a },
  summary: 'The smallest frame limit that is taken from the other side.',
  notes: ['From 23 to 1011 bytes. Windows does not read it: SO_BTH_MTU is the only one that it reads.'],
  when: 'before-connect',
  see: ['L2CAP_OPTIONS'],
  man: 'ws2bth.h',
  instead: 'On Linux RFCOMM_CONNINFO tells of the channel, L2CAP_OPTIONS of the layer below',
  sample: 100,
});
