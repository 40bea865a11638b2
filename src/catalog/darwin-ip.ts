// Options of IPv4 and IPv6 that only macOS has, by level, then by C name.
import { bytes, nothing } from '../codec/bytes.ts';
import { controlMessages } from '../codec/control-messages.ts';
import { interfaceIndex } from '../codec/interface.ts';
import { orBytes } from '../codec/or-bytes.ts';
import { bool } from '../codec/scalar.ts';
import { type Kind, option } from '../option.ts';

const datagram: readonly Kind[] = ['udp', 'udp6', 'raw'];
const datagram6: readonly Kind[] = ['udp6', 'raw6'];
const inet: readonly Kind[] = ['tcp', 'tcp6', 'tcp-listen', 'tcp-connected', 'udp', 'udp6', 'raw'];
const raw: readonly Kind[] = ['raw'];

export const IP_BOUND_IF = option({
  name: 'IP_BOUND_IF',
  level: 'SOL_IP',
  access: 'rw',
  value: interfaceIndex(),
  on: { darwin: 25 },
  summary: 'Ties sends of the socket to one interface, by index: only its routes count.',
  notes: ['0 removes the tie.'],
  when: 'any',
  kinds: inet,
  see: ['SO_BINDTODEVICE', 'SO_BINDTOIFINDEX', 'IP_UNICAST_IF', 'IPV6_BOUND_IF'],
  man: 'netinet/in.h',
  instead: 'On Linux use SO_BINDTODEVICE (both ways) or IP_UNICAST_IF (what is sent)',
  sample: 1,
});

export const IP_FAITH = option({
  name: 'IP_FAITH',
  level: 'SOL_IP',
  access: 'none',
  value: bool(),
  on: { darwin: 22 },
  summary:
    'Once let a translator from IPv6 to IPv4 (faith) take connections to foreign addresses; deprecated and ' +
    'without effect.',
  see: ['IP_TRANSPARENT'],
  man: 'netinet/in.h',
  instead: 'On Linux IP_TRANSPARENT takes such connections',
});

export const IP_MULTICAST_IFINDEX = option({
  name: 'IP_MULTICAST_IFINDEX',
  level: 'SOL_IP',
  access: 'rw',
  value: interfaceIndex(),
  on: { darwin: 66 },
  summary: 'The interface that outgoing IPv4 multicast leaves through, by index.',
  when: 'any',
  kinds: datagram,
  see: ['IP_MULTICAST_IF'],
  man: 'netinet/in.h',
  instead: 'On Linux and FreeBSD IP_MULTICAST_IF takes an index as well (struct ip_mreqn)',
  sample: 1,
});

export const IP_OLD_FW_ADD = option({
  name: 'IP_OLD_FW_ADD',
  level: 'SOL_IP',
  access: 'none',
  value: bytes(),
  on: { darwin: 50 },
  summary: 'Adds a rule of the packet filter ipfw, in an older form that was kept for old programs.',
  notes: ['ipfw is gone from macOS: pf is its packet filter, by ioctl on /dev/pf.'],
  man: 'netinet/in.h',
  instead: 'On Linux use nft(8); its older interface are the options IPT_SO_*',
});

export const IP_OLD_FW_DEL = option({
  name: 'IP_OLD_FW_DEL',
  level: 'SOL_IP',
  access: 'none',
  value: bytes(),
  on: { darwin: 51 },
  summary: 'Deletes a rule of the packet filter ipfw, in an older form that was kept for old programs.',
  notes: ['ipfw is gone from macOS: pf is its packet filter, by ioctl on /dev/pf.'],
  man: 'netinet/in.h',
  instead: 'On Linux use nft(8); its older interface are the options IPT_SO_*',
});

export const IP_OLD_FW_FLUSH = option({
  name: 'IP_OLD_FW_FLUSH',
  level: 'SOL_IP',
  access: 'none',
  value: bytes(),
  on: { darwin: 52 },
  summary: 'Deletes all rules of the packet filter ipfw, in an older form that was kept for old programs.',
  notes: ['ipfw is gone from macOS: pf is its packet filter, by ioctl on /dev/pf.'],
  man: 'netinet/in.h',
  instead: 'On Linux use nft(8); its older interface are the options IPT_SO_*',
});

export const IP_OLD_FW_GET = option({
  name: 'IP_OLD_FW_GET',
  level: 'SOL_IP',
  access: 'none',
  value: bytes(),
  on: { darwin: 54 },
  summary: 'Reads all rules of the packet filter ipfw, in an older form that was kept for old programs.',
  notes: ['ipfw is gone from macOS: pf is its packet filter, by ioctl on /dev/pf.'],
  man: 'netinet/in.h',
  instead: 'On Linux use nft(8); its older interface are the options IPT_SO_*',
});

export const IP_OLD_FW_RESETLOG = option({
  name: 'IP_OLD_FW_RESETLOG',
  level: 'SOL_IP',
  access: 'none',
  value: bytes(),
  on: { darwin: 56 },
  summary: 'Resets the log counters of the packet filter ipfw, in an older form that was kept for old programs.',
  notes: ['ipfw is gone from macOS: pf is its packet filter, by ioctl on /dev/pf.'],
  man: 'netinet/in.h',
  instead: 'On Linux use nft(8); its older interface are the options IPT_SO_*',
});

export const IP_OLD_FW_ZERO = option({
  name: 'IP_OLD_FW_ZERO',
  level: 'SOL_IP',
  access: 'none',
  value: bytes(),
  on: { darwin: 53 },
  summary: 'Resets the counters of the packet filter ipfw, in an older form that was kept for old programs.',
  notes: ['ipfw is gone from macOS: pf is its packet filter, by ioctl on /dev/pf.'],
  man: 'netinet/in.h',
  instead: 'On Linux use nft(8); its older interface are the options IPT_SO_*',
});

export const IP_RECVPKTINFO = option({
  name: 'IP_RECVPKTINFO',
  level: 'SOL_IP',
  access: 'rw',
  value: bool(),
  on: { darwin: 26 },
  summary:
    "Reports, beside each datagram in recvmsg, the address it was sent to and the interface: the switch's own " +
    'name for IP_PKTINFO.',
  when: 'any',
  kinds: datagram,
  see: ['IP_PKTINFO'],
  man: 'netinet/in.h',
  instead: 'Use IP_PKTINFO, which has the number of each system',
  aliasOf: 'IP_PKTINFO',
  sample: true,
});

export const IP_STRIPHDR = option({
  name: 'IP_STRIPHDR',
  level: 'SOL_IP',
  access: 'rw',
  value: bool(),
  on: { darwin: 23 },
  summary: 'Takes the IPv4 header off what a raw socket receives.',
  when: 'any',
  kinds: raw,
  see: ['IP_HDRINCL'],
  man: 'netinet/in.h',
  instead: 'Linux always gives the header: its first byte says how long it is',
  sample: true,
});

export const IP_TRAFFIC_MGT_BACKGROUND = option({
  name: 'IP_TRAFFIC_MGT_BACKGROUND',
  level: 'SOL_IP',
  access: 'rw',
  value: bool(),
  on: { darwin: 65 },
  summary: 'Marks the traffic of the socket as background, which gives way to everything else.',
  when: 'any',
  kinds: inet,
  see: ['SO_NET_SERVICE_TYPE', 'IP_TOS', 'TCP_CONGESTION'],
  man: 'netinet/in.h',
  instead: 'On Linux set IP_TOS to IPTOS_DSCP_LE and SO_PRIORITY, or TCP_CONGESTION to a yielding algorithm (lp)',
  sample: true,
});

export const IPV6_2292NEXTHOP = option({
  name: 'IPV6_2292NEXTHOP',
  level: 'SOL_IPV6',
  access: 'rw',
  value: bool(),
  on: { darwin: 21 },
  summary: "RFC 2292's name and meaning of IPV6_NEXTHOP: a switch, where RFC 3542 has an address.",
  when: 'any',
  kinds: datagram6,
  see: ['IPV6_NEXTHOP'],
  man: 'RFC 2292',
  instead: 'Use IPV6_NEXTHOP',
  sample: true,
});

export const IPV6_BOUND_IF = option({
  name: 'IPV6_BOUND_IF',
  level: 'SOL_IPV6',
  access: 'rw',
  value: interfaceIndex(),
  on: { darwin: 125 },
  summary: 'Ties sends of the socket to one interface, by index: only its routes count.',
  notes: ['0 removes the tie.'],
  when: 'any',
  see: ['SO_BINDTODEVICE', 'IPV6_UNICAST_IF', 'IP_BOUND_IF'],
  man: 'netinet6/in6.h',
  instead: 'On Linux use SO_BINDTODEVICE (both ways) or IPV6_UNICAST_IF (what is sent)',
  sample: 1,
});

export const IPV6_FAITH = option({
  name: 'IPV6_FAITH',
  level: 'SOL_IPV6',
  access: 'none',
  value: bool(),
  on: { darwin: 29 },
  summary:
    'Once let a translator from IPv6 to IPv4 (faith) take connections to foreign addresses; deprecated and ' +
    'without effect.',
  see: ['IPV6_TRANSPARENT'],
  man: 'netinet6/in6.h',
  instead: 'On Linux IPV6_TRANSPARENT takes such connections',
});

export const IPV6_OPTIONS = option({
  name: 'IPV6_OPTIONS',
  level: 'SOL_IPV6',
  access: 'none',
  value: bytes(),
  on: { darwin: 1 },
  summary: 'A number kept from IP_OPTIONS; IPv6 has no such options, and the header has it between #if 0 and #endif.',
  see: ['IP_OPTIONS'],
  man: 'netinet6/in6.h',
  role: 'never implemented',
  instead: 'Use IPV6_HOPOPTS and IPV6_DSTOPTS',
});

export const IPV6_PKTOPTIONS = option({
  name: 'IPV6_PKTOPTIONS',
  level: 'SOL_IPV6',
  access: 'rw',
  value: orBytes(controlMessages()),
  on: { darwin: 25 },
  summary:
    "RFC 2292's name of IPV6_2292PKTOPTIONS: all extension headers of a socket at once, as a row of control messages.",
  when: 'any',
  see: ['IPV6_2292PKTOPTIONS'],
  man: 'RFC 2292',
  instead: 'Use IPV6_2292PKTOPTIONS, or the single options of RFC 3542',
  aliasOf: 'IPV6_2292PKTOPTIONS',
  sample: [],
});

export const IPV6_REACHCONF = option({
  name: 'IPV6_REACHCONF',
  level: 'SOL_IPV6',
  access: 'none',
  value: nothing(),
  on: { darwin: 45 },
  summary:
    'Was to tell neighbour discovery that a peer answers, by a control message; drafts had it, RFC 3542 does not.',
  man: 'netinet6/in6.h',
  role: 'never implemented',
  instead: 'On Linux send with the flag MSG_CONFIRM',
});

export const IPV6_RECVOPTS = option({
  name: 'IPV6_RECVOPTS',
  level: 'SOL_IPV6',
  access: 'none',
  value: bytes(),
  on: { darwin: 5 },
  summary: 'A number kept from IP_RECVOPTS; IPv6 has no such options, and the header has it between #if 0 and #endif.',
  see: ['IP_RECVOPTS'],
  man: 'netinet6/in6.h',
  role: 'never implemented',
  instead: 'Use IPV6_RECVHOPOPTS and IPV6_RECVDSTOPTS',
});

export const IPV6_RECVRETOPTS = option({
  name: 'IPV6_RECVRETOPTS',
  level: 'SOL_IPV6',
  access: 'none',
  value: bytes(),
  on: { darwin: 6 },
  summary:
    'A number kept from IP_RECVRETOPTS; IPv6 has no such options, and the header has it between #if 0 and #endif.',
  see: ['IP_RECVRETOPTS'],
  man: 'netinet6/in6.h',
  role: 'never implemented',
  instead: 'Use IPV6_RECVHOPOPTS and IPV6_RECVDSTOPTS',
});

export const IPV6_RECVRTHDRDSTOPTS = option({
  name: 'IPV6_RECVRTHDRDSTOPTS',
  level: 'SOL_IPV6',
  access: 'none',
  value: bool(),
  on: { darwin: 41 },
  summary: "The kernel's own number for reporting destination options that stood before the routing header.",
  notes: ['RFC 3542 left the name out: IPV6_RECVDSTOPTS reports them too.'],
  see: ['IPV6_RECVDSTOPTS', 'IPV6_RTHDRDSTOPTS'],
  man: 'netinet6/in6.h',
  role: 'internal',
  instead: 'Use IPV6_RECVDSTOPTS',
});

export const IPV6_RETOPTS = option({
  name: 'IPV6_RETOPTS',
  level: 'SOL_IPV6',
  access: 'none',
  value: bytes(),
  on: { darwin: 8 },
  summary: 'A number kept from IP_RETOPTS; IPv6 has no such options, and the header has it between #if 0 and #endif.',
  see: ['IP_RETOPTS'],
  man: 'netinet6/in6.h',
  role: 'never implemented',
  instead: 'Use IPV6_HOPOPTS and IPV6_DSTOPTS',
});
