// Options of IPv4 and IPv6 that only Windows has, by level, then by C name.
import { bytes } from '../codec/bytes.ts';
import { enumeration } from '../codec/enumeration.ts';
import { interfaceIndex } from '../codec/interface.ts';
import { list } from '../codec/list.ts';
import { bool, int, u32 } from '../codec/scalar.ts';
import { PROTECTION_LEVEL_RESTRICTED, protectionLevels } from '../constants/windows.ts';
import { type Kind, option } from '../option.ts';

const datagram: readonly Kind[] = ['udp', 'udp6', 'raw'];
const datagram6: readonly Kind[] = ['udp6', 'raw6'];

export const IP_ADD_IFLIST = option({
  name: 'IP_ADD_IFLIST',
  level: 'SOL_IP',
  access: 'wo',
  value: interfaceIndex(),
  on: { windows: 29 },
  summary: 'Adds an interface, by index, to the list of those that datagrams are taken from (IP_IFLIST).',
  when: 'any',
  kinds: datagram,
  see: ['IP_IFLIST'],
  man: 'ws2ipdef.h',
  instead: 'On Linux SO_BINDTODEVICE ties the socket to one interface; more need a filter on what IP_PKTINFO reports',
  sample: 1,
});

export const IP_DEL_IFLIST = option({
  name: 'IP_DEL_IFLIST',
  level: 'SOL_IP',
  access: 'wo',
  value: interfaceIndex(),
  on: { windows: 30 },
  summary: 'Takes an interface, by index, off the list of those that datagrams are taken from (IP_IFLIST).',
  when: 'any',
  kinds: datagram,
  see: ['IP_IFLIST'],
  man: 'ws2ipdef.h',
  instead: 'On Linux SO_BINDTODEVICE ties the socket to one interface; more need a filter on what IP_PKTINFO reports',
  sample: 1,
});

export const IP_DONTFRAGMENT = option({
  name: 'IP_DONTFRAGMENT',
  level: 'SOL_IP',
  access: 'rw',
  value: bool(),
  on: { windows: 14 },
  summary: 'Sets the "don\'t fragment" bit of outgoing datagrams.',
  notes: ['UDP and ICMP. The opposite of IP_PMTUDISC_DONT, and older than IP_MTU_DISCOVER.'],
  when: 'any',
  kinds: datagram,
  see: ['IP_MTU_DISCOVER', 'IP_DONTFRAG'],
  man: 'ws2ipdef.h',
  instead: 'On Linux set IP_MTU_DISCOVER to IP_PMTUDISC_DO; macOS and FreeBSD have IP_DONTFRAG',
  sample: true,
});

export const IP_ECN = option({
  name: 'IP_ECN',
  level: 'SOL_IP',
  access: 'rw',
  value: bool(),
  on: { windows: 50 },
  summary: 'Reports the two bits for congestion (ECN) of each datagram in WSARecvMsg; the same number as IP_RECVECN.',
  notes: ['The control message has the number and this name.'],
  when: 'any',
  kinds: datagram,
  see: ['IP_RECVTOS', 'IP_TOS'],
  man: 'ws2ipdef.h',
  instead: 'On Linux IP_RECVTOS reports the whole byte',
  sample: true,
});

export const IP_GET_IFLIST = option({
  name: 'IP_GET_IFLIST',
  level: 'SOL_IP',
  access: 'ro',
  value: list(interfaceIndex()),
  on: { windows: 33 },
  summary: 'The interfaces that datagrams are taken from, by index; an error while IP_IFLIST is off.',
  kinds: datagram,
  see: ['IP_IFLIST'],
  man: 'ws2ipdef.h',
  instead: 'On Linux SO_BINDTODEVICE ties the socket to one interface; more need a filter on what IP_PKTINFO reports',
});

export const IP_HOPLIMIT = option({
  name: 'IP_HOPLIMIT',
  level: 'SOL_IP',
  access: 'rw',
  value: bool(),
  on: { windows: 21 },
  summary: 'Reports the time to live of each datagram in WSARecvMsg: another name of IP_RECVTTL.',
  when: 'any',
  kinds: datagram,
  see: ['IP_RECVTTL'],
  man: 'ws2ipdef.h',
  instead: 'Use IP_RECVTTL, which has the number of each system',
  aliasOf: 'IP_RECVTTL',
  sample: true,
});

export const IP_IFLIST = option({
  name: 'IP_IFLIST',
  level: 'SOL_IP',
  access: 'rw',
  value: bool(),
  on: { windows: 28 },
  summary: 'Takes datagrams only from the interfaces of a list, which begins empty.',
  notes: ['Windows 10, version 1803 and later.'],
  when: 'any',
  kinds: datagram,
  see: ['IP_ADD_IFLIST', 'IP_DEL_IFLIST', 'IP_GET_IFLIST'],
  man: 'ws2ipdef.h',
  instead: 'On Linux SO_BINDTODEVICE ties the socket to one interface; more need a filter on what IP_PKTINFO reports',
  sample: true,
});

export const IP_NRT_INTERFACE = option({
  name: 'IP_NRT_INTERFACE',
  level: 'SOL_IP',
  access: 'rw',
  value: bytes(),
  on: { windows: 74 },
  summary: 'Ties sends of the socket to an interface of a network that has no routing table of its own.',
  notes: ['Bytes, for Microsoft documents neither its type nor its values.'],
  when: 'any',
  see: ['IP_UNICAST_IF'],
  man: 'ws2ipdef.h',
  instead: 'On Linux use SO_BINDTODEVICE or IP_UNICAST_IF',
  sample: Uint8Array.of(1, 0, 0, 0),
});

export const IP_ORIGINAL_ARRIVAL_IF = option({
  name: 'IP_ORIGINAL_ARRIVAL_IF',
  level: 'SOL_IP',
  access: 'rw',
  value: bool(),
  on: { windows: 47 },
  summary:
    'Reports, beside each datagram in WSARecvMsg, the IPv4 interface below the tunnel that an IPv6 packet came in by.',
  notes: ['IPv6 sockets take the option at level SOL_IPV6 with the same name and number.'],
  when: 'any',
  kinds: datagram,
  see: ['IP_PKTINFO', 'IP_RECVIF'],
  man: 'ws2ipdef.h',
  instead: 'On Linux a packet of a tunnel shows the interface of the tunnel only (IPV6_RECVPKTINFO)',
  sample: true,
});

export const IP_PKTINFO_EX = option({
  name: 'IP_PKTINFO_EX',
  level: 'SOL_IP',
  access: 'none',
  value: bool(),
  on: { windows: 51 },
  summary: 'The type of a control message that has more than IP_PKTINFO: the compartment of the interface as well.',
  see: ['IP_PKTINFO'],
  man: 'ws2ipdef.h',
  role: 'control message',
  instead: 'On Linux IP_PKTINFO in a network namespace',
});

export const IP_PROTECTION_LEVEL = option({
  name: 'IP_PROTECTION_LEVEL',
  level: 'SOL_IP',
  access: 'rw',
  value: enumeration(protectionLevels),
  on: { windows: 23 },
  summary:
    'From how far away the socket may be reached: from anywhere, not through NAT traversal (Teredo), or from ' +
    'this site only.',
  when: 'before-bind',
  see: ['IP_MINTTL'],
  man: 'ws2ipdef.h',
  instead: 'On Linux IP_MINTTL 255 admits neighbours only; a firewall knows more',
  sample: PROTECTION_LEVEL_RESTRICTED,
});

export const IP_RECEIVE_BROADCAST = option({
  name: 'IP_RECEIVE_BROADCAST',
  level: 'SOL_IP',
  access: 'rw',
  value: bool(),
  on: { windows: 22 },
  summary: 'Whether the socket receives broadcasts.',
  notes: ['On by default.'],
  when: 'any',
  kinds: datagram,
  see: ['SO_BROADCAST'],
  man: 'ws2ipdef.h',
  instead:
    'On Linux bind to an address of the host: broadcasts go to sockets bound to 0.0.0.0 or to the broadcast address',
  sample: false,
});

export const IP_RECVRTHDR = option({
  name: 'IP_RECVRTHDR',
  level: 'SOL_IP',
  access: 'rw',
  value: bytes(),
  on: { windows: 38 },
  summary: 'Reports the routing header of received packets; IPv4 has none: the number of IPV6_RECVRTHDR.',
  notes: ['Bytes, for Microsoft documents neither its type nor its values.'],
  kinds: datagram,
  see: ['IPV6_RECVRTHDR'],
  man: 'ws2ipdef.h',
  instead: 'Use IPV6_RECVRTHDR',
  sample: Uint8Array.of(1, 0, 0, 0),
});

export const IP_RECVTCLASS = option({
  name: 'IP_RECVTCLASS',
  level: 'SOL_IP',
  access: 'rw',
  value: bool(),
  on: { windows: 40 },
  summary: 'Reports the traffic class byte of each datagram in WSARecvMsg: another name of IP_RECVTOS.',
  when: 'any',
  kinds: datagram,
  see: ['IP_RECVTOS'],
  man: 'ws2ipdef.h',
  instead: 'Use IP_RECVTOS, which has the number of each system',
  aliasOf: 'IP_RECVTOS',
  sample: true,
});

export const IP_RTHDR = option({
  name: 'IP_RTHDR',
  level: 'SOL_IP',
  access: 'rw',
  value: bytes(),
  on: { windows: 32 },
  summary: 'Sets a routing header; IPv4 has none: the number of IPV6_RTHDR.',
  notes: ['Bytes, for Microsoft documents neither its type nor its values.'],
  see: ['IPV6_RTHDR', 'IP_OPTIONS'],
  man: 'ws2ipdef.h',
  instead: 'Use IPV6_RTHDR, or IP_OPTIONS for source routes of IPv4',
  sample: Uint8Array.of(1, 0, 0, 0),
});

export const IP_TCLASS = option({
  name: 'IP_TCLASS',
  level: 'SOL_IP',
  access: 'none',
  value: int(),
  on: { windows: 39 },
  summary: 'The type of a control message with the traffic class of one packet.',
  see: ['IP_TOS', 'IPV6_TCLASS'],
  man: 'ws2ipdef.h',
  role: 'control message',
  instead: 'On Linux IP_TOS is the type of that control message',
});

export const IP_USER_MTU = option({
  name: 'IP_USER_MTU',
  level: 'SOL_IP',
  access: 'rw',
  value: u32({ unit: 'bytes', words: { none: 0xffffffff } }),
  on: { windows: 76 },
  summary: 'The largest IPv4 packet of this socket, where the path would take larger ones.',
  notes: ['4294967295 (default) is no limit of its own.'],
  when: 'any',
  see: ['IP_MTU', 'IP_MTU_DISCOVER', 'TCP_MAXSEG'],
  man: 'ws2ipdef.h',
  instead: 'On Linux TCP_MAXSEG limits TCP; for UDP send no more, or IP_MTU_DISCOVER with IP_PMTUDISC_PROBE',
  sample: 1400,
});

export const IP_WFP_REDIRECT_CONTEXT = option({
  name: 'IP_WFP_REDIRECT_CONTEXT',
  level: 'SOL_IP',
  access: 'none',
  value: bytes(),
  on: { windows: 70 },
  summary: 'The type of a control message of a redirected UDP socket, for services of the Windows Filtering Platform.',
  notes: ['Bytes: what the service put there itself.'],
  see: ['IP_RECVORIGDSTADDR'],
  man: 'ws2ipdef.h',
  role: 'control message',
  instead: 'On Linux IP_RECVORIGDSTADDR and IP_TRANSPARENT',
});

export const IP_WFP_REDIRECT_RECORDS = option({
  name: 'IP_WFP_REDIRECT_RECORDS',
  level: 'SOL_IP',
  access: 'none',
  value: bytes(),
  on: { windows: 60 },
  summary: 'The type of a control message of a redirected UDP socket, for services of the Windows Filtering Platform.',
  notes: ['Bytes, which belong to the system: a service passes them on as they are.'],
  see: ['IP_RECVORIGDSTADDR'],
  man: 'ws2ipdef.h',
  role: 'control message',
  instead: 'On Linux IP_RECVORIGDSTADDR and IP_TRANSPARENT',
});

export const IPV6_ADD_IFLIST = option({
  name: 'IPV6_ADD_IFLIST',
  level: 'SOL_IPV6',
  access: 'wo',
  value: interfaceIndex(),
  on: { windows: 29 },
  summary: 'Adds an interface, by index, to the list of those that datagrams are taken from (IPV6_IFLIST).',
  when: 'any',
  kinds: datagram6,
  see: ['IPV6_IFLIST'],
  man: 'ws2ipdef.h',
  instead:
    'On Linux SO_BINDTODEVICE ties the socket to one interface; more need a filter on what IPV6_RECVPKTINFO reports',
  sample: 1,
});

export const IPV6_DEL_IFLIST = option({
  name: 'IPV6_DEL_IFLIST',
  level: 'SOL_IPV6',
  access: 'wo',
  value: interfaceIndex(),
  on: { windows: 30 },
  summary: 'Takes an interface, by index, off the list of those that datagrams are taken from (IPV6_IFLIST).',
  when: 'any',
  kinds: datagram6,
  see: ['IPV6_IFLIST'],
  man: 'ws2ipdef.h',
  instead:
    'On Linux SO_BINDTODEVICE ties the socket to one interface; more need a filter on what IPV6_RECVPKTINFO reports',
  sample: 1,
});

export const IPV6_ECN = option({
  name: 'IPV6_ECN',
  level: 'SOL_IPV6',
  access: 'rw',
  value: bool(),
  on: { windows: 50 },
  summary: 'Reports the two bits for congestion (ECN) of each datagram in WSARecvMsg; the same number as IPV6_RECVECN.',
  notes: ['The control message has the number and this name.'],
  when: 'any',
  kinds: datagram6,
  see: ['IPV6_RECVTCLASS', 'IPV6_TCLASS'],
  man: 'ws2ipdef.h',
  instead: 'On Linux IPV6_RECVTCLASS reports the whole byte',
  sample: true,
});

export const IPV6_GET_IFLIST = option({
  name: 'IPV6_GET_IFLIST',
  level: 'SOL_IPV6',
  access: 'ro',
  value: list(interfaceIndex()),
  on: { windows: 33 },
  summary: 'The interfaces that datagrams are taken from, by index; an error while IPV6_IFLIST is off.',
  kinds: datagram6,
  see: ['IPV6_IFLIST'],
  man: 'ws2ipdef.h',
  instead:
    'On Linux SO_BINDTODEVICE ties the socket to one interface; more need a filter on what IPV6_RECVPKTINFO reports',
});

export const IPV6_IFLIST = option({
  name: 'IPV6_IFLIST',
  level: 'SOL_IPV6',
  access: 'rw',
  value: bool(),
  on: { windows: 28 },
  summary: 'Takes datagrams only from the interfaces of a list, which begins empty.',
  notes: ['Windows 10, version 1803 and later.'],
  when: 'any',
  kinds: datagram6,
  see: ['IPV6_ADD_IFLIST', 'IPV6_DEL_IFLIST', 'IPV6_GET_IFLIST'],
  man: 'ws2ipdef.h',
  instead:
    'On Linux SO_BINDTODEVICE ties the socket to one interface; more need a filter on what IPV6_RECVPKTINFO reports',
  sample: true,
});

export const IPV6_NRT_INTERFACE = option({
  name: 'IPV6_NRT_INTERFACE',
  level: 'SOL_IPV6',
  access: 'rw',
  value: bytes(),
  on: { windows: 74 },
  summary: 'Ties sends of the socket to an interface of a network that has no routing table of its own.',
  notes: ['Bytes, for Microsoft documents neither its type nor its values.'],
  when: 'any',
  see: ['IPV6_UNICAST_IF'],
  man: 'ws2ipdef.h',
  instead: 'On Linux use SO_BINDTODEVICE or IPV6_UNICAST_IF',
  sample: Uint8Array.of(1, 0, 0, 0),
});

export const IPV6_PKTINFO_EX = option({
  name: 'IPV6_PKTINFO_EX',
  level: 'SOL_IPV6',
  access: 'none',
  value: bool(),
  on: { windows: 51 },
  summary: 'The type of a control message that has more than IPV6_PKTINFO: the compartment of the interface as well.',
  see: ['IPV6_RECVPKTINFO'],
  man: 'ws2ipdef.h',
  role: 'control message',
  instead: 'On Linux IPV6_RECVPKTINFO in a network namespace',
});

export const IPV6_PROTECTION_LEVEL = option({
  name: 'IPV6_PROTECTION_LEVEL',
  level: 'SOL_IPV6',
  access: 'rw',
  value: enumeration(protectionLevels),
  on: { windows: 23 },
  summary:
    'From how far away the socket may be reached: from anywhere, not through NAT traversal (Teredo), or from ' +
    'this site only.',
  when: 'before-bind',
  see: ['IPV6_MINHOPCOUNT'],
  man: 'ws2ipdef.h',
  instead: 'On Linux IPV6_MINHOPCOUNT 255 admits neighbours only; a firewall knows more',
  sample: PROTECTION_LEVEL_RESTRICTED,
});

export const IPV6_RECVDSTADDR = option({
  name: 'IPV6_RECVDSTADDR',
  level: 'SOL_IPV6',
  access: 'rw',
  value: bytes(),
  on: { windows: 25 },
  summary: 'Reports, beside each datagram in WSARecvMsg, the address that it was sent to.',
  notes: [
    'Bytes, for Microsoft documents neither its type nor its values.',
    'The header of macOS has the name with 7, between #if 0 and #endif.',
  ],
  kinds: datagram6,
  see: ['IPV6_RECVPKTINFO', 'IPV6_PKTINFO'],
  man: 'ws2ipdef.h',
  instead: 'Use IPV6_RECVPKTINFO, which on Windows is IPV6_PKTINFO',
  sample: Uint8Array.of(1, 0, 0, 0),
});

export const IPV6_RECVIF = option({
  name: 'IPV6_RECVIF',
  level: 'SOL_IPV6',
  access: 'rw',
  value: bool(),
  on: { windows: 24 },
  summary: 'Reports, beside each datagram in WSARecvMsg, the index of the interface that it came in on.',
  when: 'any',
  kinds: datagram6,
  see: ['IPV6_RECVPKTINFO', 'IP_RECVIF'],
  man: 'ws2ipdef.h',
  instead: 'On Linux use IPV6_RECVPKTINFO',
  sample: true,
});

export const IPV6_USER_MTU = option({
  name: 'IPV6_USER_MTU',
  level: 'SOL_IPV6',
  access: 'rw',
  value: u32({ unit: 'bytes', words: { none: 0xffffffff } }),
  on: { windows: 76 },
  summary: 'The largest IPv6 packet of this socket, where the path would take larger ones.',
  notes: ['4294967295 (default) is no limit of its own.'],
  when: 'any',
  see: ['IPV6_MTU', 'IPV6_MTU_DISCOVER'],
  man: 'ws2ipdef.h',
  instead: 'On Linux set IPV6_MTU',
  sample: 1400,
});

export const IPV6_WFP_REDIRECT_CONTEXT = option({
  name: 'IPV6_WFP_REDIRECT_CONTEXT',
  level: 'SOL_IPV6',
  access: 'none',
  value: bytes(),
  on: { windows: 70 },
  summary: 'The type of a control message of a redirected UDP socket, for services of the Windows Filtering Platform.',
  notes: ['Bytes: what the service put there itself.'],
  see: ['IPV6_RECVORIGDSTADDR'],
  man: 'ws2ipdef.h',
  role: 'control message',
  instead: 'On Linux IPV6_RECVORIGDSTADDR and IPV6_TRANSPARENT',
});

export const IPV6_WFP_REDIRECT_RECORDS = option({
  name: 'IPV6_WFP_REDIRECT_RECORDS',
  level: 'SOL_IPV6',
  access: 'none',
  value: bytes(),
  on: { windows: 60 },
  summary: 'The type of a control message of a redirected UDP socket, for services of the Windows Filtering Platform.',
  notes: ['Bytes, which belong to the system: a service passes them on as they are.'],
  see: ['IPV6_RECVORIGDSTADDR'],
  man: 'ws2ipdef.h',
  role: 'control message',
  instead: 'On Linux IPV6_RECVORIGDSTADDR and IPV6_TRANSPARENT',
});
