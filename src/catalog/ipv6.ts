// Level SOL_IPV6: options of IPv6 sockets, except the MCAST_* family (multicast.ts).

import { controlMessages } from '../codec/control-messages.ts';
import { enumeration, flags } from '../codec/enumeration.ts';
import { interfaceIndex } from '../codec/interface.ts';
import { optionsHeader, orNone } from '../codec/ipv6-headers.ts';
import { in6FlowlabelReq, in6Pktinfo, ip6Mtuinfo } from '../codec/ipv6-structs.ts';
import { ipv6Mreq } from '../codec/multicast.ts';
import { orBytes } from '../codec/or-bytes.ts';
import { perSystem } from '../codec/per-system.ts';
import { ipsecPolicy } from '../codec/pfkey.ts';
import { routingHeader } from '../codec/routing-header.ts';
import { bool, int } from '../codec/scalar.ts';
import { sockaddr } from '../codec/sockaddr.ts';
import { xfrmPolicy } from '../codec/xfrm.ts';
import { families } from '../constants/families.ts';
import { IPV6_FL_F_CREATE, ipv6MtuDiscoveries, ipv6SourcePreferences } from '../constants/ipv6.ts';
import { pmtudStates } from '../constants/windows.ts';
import { alias, option } from '../option.ts';

/** Names that RFC 2292 and RFC 3542 have with different meanings; macOS has a number for each. */
const rfc3542 = (old: number, name: string): string =>
  `The number is RFC 3542's, for which C wants __APPLE_USE_RFC_3542; with RFC 2292 the name is ${old}, ${name} here.`;

/** What holds for both headers of options. */
const headerNotes = [
  'nexthdr is filled in by the kernel as it sends. The length of the header, and padding to a multiple of 8 bytes, ' +
    'are written by a set and left out by a read.',
  'Options that must begin at a boundary of their own (RFC 8200) want an IPV6_TLV_PADN in front.',
  'data is for bytes that are no row of options, which the kernel takes as well; a read has it only then.',
  'none takes the header away.',
] as const;

export const IPV6_2292DSTOPTS = option({
  name: 'IPV6_2292DSTOPTS',
  level: 'SOL_IPV6',
  access: 'rw',
  value: bool(),
  on: { linux: 4, darwin: 23 },
  summary: 'Delivers the destination options of received packets as control messages, in the form of RFC 2292.',
  notes: ['The successor IPV6_RECVDSTOPTS delivers the same bytes under the type that RFC 3542 gives them.'],
  when: 'any',
  see: ['IPV6_RECVDSTOPTS', 'IPV6_2292PKTOPTIONS'],
  man: 'RFC 2292',
  sample: true,
  sampleOn: 'udp6',
});

export const IPV6_2292HOPLIMIT = option({
  name: 'IPV6_2292HOPLIMIT',
  level: 'SOL_IPV6',
  access: 'rw',
  value: bool(),
  on: { linux: 8, darwin: 20 },
  summary: 'Delivers the hop limit of received packets as a control message, in the form of RFC 2292.',
  notes: ['On a TCP socket the message is not delivered with the data: read IPV6_2292PKTOPTIONS instead.'],
  when: 'any',
  see: ['IPV6_RECVHOPLIMIT', 'IPV6_2292PKTOPTIONS'],
  man: 'RFC 2292',
  sample: true,
  sampleOn: 'udp6',
});

export const IPV6_2292HOPOPTS = option({
  name: 'IPV6_2292HOPOPTS',
  level: 'SOL_IPV6',
  access: 'rw',
  value: bool(),
  on: { linux: 3, darwin: 22 },
  summary: 'Delivers the hop-by-hop options of received packets as a control message, in the form of RFC 2292.',
  when: 'any',
  see: ['IPV6_RECVHOPOPTS', 'IPV6_2292PKTOPTIONS'],
  man: 'RFC 2292',
  sample: true,
  sampleOn: 'udp6',
});

export const IPV6_2292PKTINFO = option({
  name: 'IPV6_2292PKTINFO',
  level: 'SOL_IPV6',
  access: 'rw',
  value: bool(),
  on: { linux: 2, darwin: 19 },
  summary: 'Delivers destination address and arrival interface of packets as a control message, as RFC 2292 had it.',
  notes: ['On a TCP socket the message is not delivered with the data: read IPV6_2292PKTOPTIONS instead.'],
  when: 'any',
  see: ['IPV6_RECVPKTINFO', 'IPV6_2292PKTOPTIONS'],
  man: 'RFC 2292',
  sample: true,
  sampleOn: 'udp6',
});

export const IPV6_2292PKTOPTIONS = option({
  name: 'IPV6_2292PKTOPTIONS',
  level: 'SOL_IPV6',
  access: 'rw',
  value: orBytes(controlMessages()),
  on: { linux: 6, darwin: 25 },
  summary: 'Holds all extension headers and ancillary data of a socket at once, as a row of control messages.',
  notes: [
    'data is what a message of its type has in sendmsg(2): a number, the fields of a struct or a header; of other types ' +
      'it is bytes.',
    'A read works on stream sockets only, and has what the switches IPV6_RECV* and IPV6_2292* ask for; with none on, ' +
      'it is empty.',
    'A set works on datagram and raw sockets too, replaces what was set before, and takes at most 64 KiB.',
    'Of a set only extension headers stay; IPV6_RTHDR is taken with type 2 alone.',
    'A set does not show in a read: the one is about packets to send, the other about packets received.',
  ],
  when: 'any',
  kinds: ['tcp6'],
  needs: 'CAP_NET_RAW for IPV6_HOPOPTS and IPV6_DSTOPTS',
  see: ['IPV6_PKTINFO', 'IPV6_HOPOPTS', 'IPV6_RTHDR', 'IPV6_DSTOPTS'],
  man: 'RFC 2292',
  sample: [
    { level: 'SOL_IPV6', type: 'IPV6_DSTOPTS', data: { options: [{ type: 30, data: Uint8Array.of(1, 2, 3, 4) }] } },
  ],
  reads: [],
});

export const IPV6_2292RTHDR = option({
  name: 'IPV6_2292RTHDR',
  level: 'SOL_IPV6',
  access: 'rw',
  value: bool(),
  on: { linux: 5, darwin: 24 },
  summary: 'Delivers the routing header of received packets as a control message, in the form of RFC 2292.',
  when: 'any',
  see: ['IPV6_RECVRTHDR', 'IPV6_2292PKTOPTIONS'],
  man: 'RFC 2292',
  sample: true,
  sampleOn: 'udp6',
});

export const IPV6_ADDRFORM = option({
  name: 'IPV6_ADDRFORM',
  level: 'SOL_IPV6',
  access: 'rw',
  value: enumeration(families),
  on: { linux: 1 },
  summary: 'Turns a connected IPv6 socket whose peer has an IPv4-mapped address into a real IPv4 socket.',
  notes: [
    'The conversion is for good: afterwards the socket is of family AF_INET and no SOL_IPV6 option works on it.',
    'The only value that a set takes is AF_INET; a peer with a native IPv6 address gives EADDRNOTAVAIL.',
    'Both reading and setting need a connected socket, else ENOTCONN; raw sockets do not have the option.',
    'A read always gives AF_INET6: on a converted socket it fails.',
    'A runtime that remembers the family of its sockets does not learn of the change.',
  ],
  when: 'connected',
  kinds: ['tcp6', 'udp6'],
  see: ['SO_DOMAIN', 'IPV6_V6ONLY'],
  man: 'ipv6(7)',
  since: '2.2',
  example: 'AF_INET',
});

export const IPV6_ADDR_PREFERENCES = option({
  name: 'IPV6_ADDR_PREFERENCES',
  level: 'SOL_IPV6',
  access: 'rw',
  value: flags(ipv6SourcePreferences),
  on: { linux: 72 },
  summary: 'Says which kind of source address the system should prefer: temporary or public, home or care-of.',
  notes: [
    'Two preferences that contradict each other (TMP with PUBLIC, COA with HOME, CGA with NONCGA) give EINVAL.',
    'A preference that a set does not name goes back to its default: HOME, and the choice left to the system.',
    'CGA and NONCGA are accepted and forgotten: a read never shows them. Bits without a name are ignored.',
    'It is a wish: when no such address exists, another one is used. net.ipv6.conf.*.use_tempaddr is the choice of ' +
      'the system.',
  ],
  readback: { linux: 'masked' },
  why: 'Linux fills in the preferences that were not named, and forgets those that it does not know',
  when: 'before-connect',
  see: ['IPV6_PKTINFO', 'IPV6_UNICAST_IF'],
  man: 'RFC 5014',
  since: '2.6.26',
  sample: ['IPV6_PREFER_SRC_TMP'],
  reads: ['IPV6_PREFER_SRC_TMP', 'IPV6_PREFER_SRC_HOME'],
  sampleOn: 'udp6',
});

export const IPV6_ADD_MEMBERSHIP = option({
  name: 'IPV6_ADD_MEMBERSHIP',
  level: 'SOL_IPV6',
  access: 'wo',
  value: ipv6Mreq(),
  length: 'at-least',
  on: { linux: 20, windows: 12 },
  summary: 'Joins a multicast group on one interface, so that the socket receives packets sent to that group.',
  notes: [
    'Interface 0 lets the routing table choose; without a route to the group that is ENODEV.',
    'Joining twice gives EADDRINUSE; an address that is not multicast gives EINVAL.',
    'Stream sockets answer EPROTO.',
    'Memberships take memory that net.core.optmem_max caps: after some 2300 of them a join fails with ENOMEM.',
  ],
  when: 'any',
  kinds: ['udp6', 'raw6', 'icmp6'],
  see: ['IPV6_DROP_MEMBERSHIP', 'MCAST_JOIN_GROUP', 'IPV6_MULTICAST_IF', 'IPV6_MULTICAST_ALL'],
  man: 'ipv6(7), RFC 3493',
  since: '2.2',
  sample: { multiaddr: 'ff02::1234', interface: 1 },
});

export const IPV6_AUTHHDR = option({
  name: 'IPV6_AUTHHDR',
  level: 'SOL_IPV6',
  access: 'none',
  value: bool(),
  on: { linux: 10 },
  summary: 'Would deliver the authentication header of received packets.',
  notes: ['Linux has the number in its headers only: reading and setting give ENOPROTOOPT.'],
  instead: 'IPsec is set up with IPV6_XFRM_POLICY or ip-xfrm(8); the kernel checks authentication headers itself.',
  see: ['IPV6_XFRM_POLICY'],
  man: 'ipv6(7)',
});

export const IPV6_AUTOFLOWLABEL = option({
  name: 'IPV6_AUTOFLOWLABEL',
  level: 'SOL_IPV6',
  access: 'rw',
  value: bool(),
  on: { linux: 70, darwin: 59, freebsd: 59 },
  summary: 'Gives every flow of the socket a flow label by itself, computed from addresses and ports.',
  notes: [
    'Routers use the label to spread flows over equal paths without looking into the packet.',
    'With net.ipv6.auto_flowlabels at 0 or 3 the system decides for all sockets: a set succeeds, without effect.',
  ],
  when: 'any',
  default: 'net.ipv6.auto_flowlabels',
  see: ['IPV6_FLOWINFO_SEND', 'IPV6_FLOWLABEL_MGR', 'SO_TXREHASH'],
  man: 'RFC 6437',
  since: '3.17',
  sample: false,
});

export const IPV6_CHECKSUM = option({
  name: 'IPV6_CHECKSUM',
  level: 'SOL_IPV6',
  access: 'rw',
  value: int({ min: -1, unit: 'bytes', words: { off: -1 } }),
  on: { linux: 7, darwin: 26, freebsd: 26, windows: 26 },
  summary: 'Has the kernel fill in and check a 16-bit checksum at this offset in the payload of a raw socket.',
  notes: [
    'The offset counts from the end of the IPv6 header and must be even: an odd one gives EINVAL. -1 turns it off.',
    'On an ICMPv6 socket it is always 2 and a set gives EINVAL, as RFC 3542 wants it.',
    'Packets that arrive with a wrong checksum are dropped without notice.',
  ],
  when: 'any',
  kinds: ['raw6', 'icmp6'],
  see: ['IPV6_HDRINCL'],
  man: 'RFC 3542, raw(7)',
  since: '2.2',
  sample: 12,
});

export const IPV6_DONTFRAG = option({
  name: 'IPV6_DONTFRAG',
  level: 'SOL_IPV6',
  access: 'rw',
  value: bool(),
  on: { linux: 62, darwin: 62, freebsd: 62, windows: 14 },
  summary: 'Refuses to split a datagram that is larger than the path MTU.',
  notes: [
    'Linux refuses the datagram with EMSGSIZE; with IPV6_RECVPATHMTU on, the MTU arrives as a control message.',
    'TCP sockets accept it, without effect: TCP cuts its segments to size anyway.',
  ],
  when: 'any',
  see: ['IPV6_MTU_DISCOVER', 'IPV6_RECVPATHMTU', 'IPV6_PATHMTU'],
  man: 'RFC 3542',
  since: '2.6.35',
  sample: true,
  sampleOn: 'udp6',
});

export const IPV6_DROP_MEMBERSHIP = option({
  name: 'IPV6_DROP_MEMBERSHIP',
  level: 'SOL_IPV6',
  access: 'wo',
  value: ipv6Mreq(),
  length: 'at-least',
  on: { linux: 21, windows: 13 },
  summary: 'Leaves a multicast group that the socket has joined.',
  notes: [
    'Group and interface must be those of the join, else EADDRNOTAVAIL. Interface 0 means the first match.',
    'Closing the socket leaves all its groups.',
    'Stream sockets answer EPROTO.',
  ],
  when: 'any',
  kinds: ['udp6', 'raw6', 'icmp6'],
  after: { IPV6_ADD_MEMBERSHIP: { multiaddr: 'ff02::1234', interface: 1 } },
  see: ['IPV6_ADD_MEMBERSHIP', 'MCAST_LEAVE_GROUP'],
  man: 'ipv6(7), RFC 3493',
  since: '2.2',
  sample: { multiaddr: 'ff02::1234', interface: 1 },
});

export const IPV6_DSTOPTS = option({
  name: 'IPV6_DSTOPTS',
  level: 'SOL_IPV6',
  access: 'rw',
  value: orBytes(orNone(optionsHeader()), { max: 2040 }),
  on: { linux: 59, darwin: 50, freebsd: 50 },
  summary: 'Adds a destination options header, for the last receiver, to every packet that the socket sends.',
  notes: [...headerNotes, 'Many networks drop packets with this header.'],
  when: 'any',
  needs: 'CAP_NET_RAW',
  see: ['IPV6_RECVDSTOPTS', 'IPV6_RTHDRDSTOPTS', 'IPV6_HOPOPTS'],
  man: 'ipv6(7), RFC 3542',
  differs: { darwin: rfc3542(23, 'IPV6_2292DSTOPTS') },
  sample: { options: [{ type: 30, data: Uint8Array.of(1, 2, 3, 4) }] },
  sampleOn: 'udp6',
});

export const IPV6_FLOWINFO = option({
  name: 'IPV6_FLOWINFO',
  level: 'SOL_IPV6',
  access: 'rw',
  value: bool(),
  on: { linux: 11 },
  summary: 'Delivers traffic class and flow label of received packets as a control message of 4 bytes.',
  notes: ['The bytes of the message are in network order, the traffic class before the 20 bits of the label.'],
  when: 'any',
  see: ['IPV6_FLOWINFO_SEND', 'IPV6_RECVTCLASS', 'IPV6_FLOWLABEL_MGR'],
  man: 'ipv6(7)',
  since: '2.2',
  sample: true,
  sampleOn: 'udp6',
});

export const IPV6_FLOWINFO_SEND = option({
  name: 'IPV6_FLOWINFO_SEND',
  level: 'SOL_IPV6',
  access: 'rw',
  value: bool(),
  on: { linux: 33 },
  summary: 'Has connect and sendto use the flow label in sin6_flowinfo of the address that they are given.',
  notes: [
    'Without it the field is ignored.',
    'As soon as anybody in the network namespace holds an exclusive lease (IPV6_FLOWLABEL_MGR), only leased labels ' +
      'can be used: others give EINVAL. Before, any label can.',
  ],
  when: 'before-connect',
  see: ['IPV6_FLOWLABEL_MGR', 'IPV6_FLOWINFO', 'IPV6_AUTOFLOWLABEL'],
  man: 'RFC 6437',
  since: '2.2',
  sample: true,
  sampleOn: 'udp6',
});

export const IPV6_FLOWLABEL_MGR = option({
  name: 'IPV6_FLOWLABEL_MGR',
  level: 'SOL_IPV6',
  access: 'rw',
  value: in6FlowlabelReq(),
  query: in6FlowlabelReq(),
  length: 'in-out',
  on: { linux: 32 },
  summary: "Leases flow labels from the kernel's table, renews the leases and gives them back.",
  notes: [
    'Set IPV6_FL_A_GET with IPV6_FL_F_CREATE to lease. Label 0 asks for a random one; the kernel writes it into the ' +
      "caller's buffer, which a typed set does not return: choose a label yourself, or use connect and a read.",
    'A lease needs a destination other than :: and a sharing other than IPV6_FL_S_NONE, else EINVAL.',
    'A read passes a request with action GET in. With flags 0 it gives the label that the socket uses ' +
      '(ENOENT without one); with IPV6_FL_F_REMOTE, the label of the packets received.',
    'expires and linger below 6 seconds become 6.',
    'IPV6_FL_F_REFLECT is for TCP only, and refused with EPERM while net.ipv6.flowlabel_consistency is on (it is).',
    'Without CAP_NET_ADMIN a socket holds about 30 leases; then ENOBUFS.',
    'Labels belong to the network namespace, and stay for the linger time after their last socket is closed.',
  ],
  when: 'before-connect',
  needs: 'CAP_NET_ADMIN for leases and lingering above 150 seconds',
  see: ['IPV6_FLOWINFO_SEND', 'IPV6_FLOWINFO', 'IPV6_AUTOFLOWLABEL'],
  man: 'RFC 6437',
  since: '2.2',
  sample: { dst: '::1', label: 0, action: 'IPV6_FL_A_GET', share: 'IPV6_FL_S_EXCL', flags: IPV6_FL_F_CREATE },
  sampleOn: 'udp6',
});

export const IPV6_FREEBIND = option({
  name: 'IPV6_FREEBIND',
  level: 'SOL_IPV6',
  access: 'rw',
  value: bool(),
  on: { linux: 78 },
  summary: 'Lets the socket bind to an address that the machine does not have, or not yet.',
  notes: [
    'The same switch as IP_FREEBIND: setting one sets the other.',
    'net.ipv6.ip_nonlocal_bind does the same for all sockets.',
    'Needs no privilege; packets still leave only with addresses that routing accepts.',
    'A set reaches IPv6 MPTCP sockets too; on an IPv4 one it gives ENOPROTOOPT, though a read answers off.',
  ],
  when: 'before-bind',
  kinds: ['tcp6', 'udp6', 'raw6', 'icmp6', 'mptcp'],
  alters: ['IP_FREEBIND'],
  see: ['IP_FREEBIND', 'IPV6_TRANSPARENT'],
  man: 'ip(7)',
  since: '4.15',
  sample: true,
});

export const IPV6_HDRINCL = option({
  name: 'IPV6_HDRINCL',
  level: 'SOL_IPV6',
  access: 'rw',
  value: bool(),
  on: { linux: 36, windows: 2 },
  summary: 'Says that the program writes the IPv6 header of what it sends on a raw socket itself.',
  notes: [
    'Always on at first for a socket of protocol IPPROTO_RAW, and off for every other.',
    'The kernel sends the header as it is; it computes no checksum and does not fragment.',
  ],
  when: 'any',
  kinds: ['raw6', 'icmp6'],
  see: ['IP_HDRINCL', 'IPV6_CHECKSUM'],
  man: 'raw(7)',
  since: '4.5',
  sample: true,
});

export const IPV6_HOPLIMIT = option({
  name: 'IPV6_HOPLIMIT',
  level: 'SOL_IPV6',
  access: 'none',
  accessOn: { windows: 'rw' },
  value: perSystem(int({ min: 0, max: 255, unit: 'hops', words: { default: -1 } }), { windows: bool() as never }),
  on: { linux: 52, darwin: 47, freebsd: 47, windows: 21 },
  summary: 'Type of the control message that carries the hop limit of one packet.',
  notes: ['As an option Linux refuses it with ENOPROTOOPT.'],
  differs: {
    darwin: rfc3542(20, 'IPV6_2292HOPLIMIT'),
    windows: 'A switch, which reports the hop limit of received packets: what IPV6_RECVHOPLIMIT is elsewhere.',
  },
  instead: 'Use IPV6_UNICAST_HOPS to set the hop limit, and IPV6_RECVHOPLIMIT to learn that of received packets.',
  role: 'control message',
  see: ['IPV6_RECVHOPLIMIT', 'IPV6_UNICAST_HOPS'],
  man: 'RFC 3542',
});

export const IPV6_HOPOPTS = option({
  name: 'IPV6_HOPOPTS',
  level: 'SOL_IPV6',
  access: 'rw',
  value: orBytes(orNone(optionsHeader()), { max: 2040 }),
  on: { linux: 54, darwin: 49, freebsd: 49, windows: 1 },
  summary: 'Adds a hop-by-hop options header, for every router on the way, to the packets that the socket sends.',
  notes: [...headerNotes, 'Most networks drop packets with this header, or handle them slowly.'],
  when: 'any',
  needs: 'CAP_NET_RAW',
  see: ['IPV6_RECVHOPOPTS', 'IPV6_DSTOPTS', 'IPV6_ROUTER_ALERT'],
  man: 'ipv6(7), RFC 3542',
  differs: { darwin: rfc3542(22, 'IPV6_2292HOPOPTS') },
  sample: { options: [{ type: 'IPV6_TLV_ROUTERALERT', data: Uint8Array.of(0, 0) }] },
  sampleOn: 'udp6',
});

export const IPV6_IPSEC_POLICY = option({
  name: 'IPV6_IPSEC_POLICY',
  level: 'SOL_IPV6',
  access: 'wo',
  value: orBytes(ipsecPolicy()),
  on: { linux: 34, darwin: 28, freebsd: 28 },
  summary: 'Gives the socket an IPsec policy of its own, in the PF_KEY format (struct sadb_x_policy).',
  notes: [
    'Fails with EOPNOTSUPP where the kernel has no PF_KEY (af_key); use IPV6_XFRM_POLICY there.',
    'Same form as IP_IPSEC_POLICY.',
  ],
  when: 'any',
  needs: 'CAP_NET_ADMIN',
  see: ['IPV6_XFRM_POLICY', 'IP_IPSEC_POLICY'],
  man: 'RFC 2367',
  example: { type: 'IPSEC_POLICY_BYPASS', dir: 'IPSEC_DIR_OUTBOUND' },
  sampleOn: 'udp6',
});

export const IPV6_JOIN_ANYCAST = option({
  name: 'IPV6_JOIN_ANYCAST',
  level: 'SOL_IPV6',
  access: 'wo',
  value: ipv6Mreq(),
  length: 'at-least',
  on: { linux: 27 },
  summary: 'Has the machine answer to an anycast address for as long as the socket is open.',
  notes: [
    'The field multiaddr holds the anycast address.',
    'A host (not a router) may join only inside a prefix of one of its own addresses, else EADDRNOTAVAIL.',
    "A multicast address or one of the machine's own addresses gives EINVAL. Stream sockets may join.",
    'Interface 0 lets the routing table choose.',
  ],
  when: 'any',
  needs: 'CAP_NET_ADMIN',
  see: ['IPV6_LEAVE_ANYCAST'],
  man: 'RFC 4291',
  example: { multiaddr: '2001:db8::', interface: 1 },
});

export const IPV6_JOIN_GROUP = alias('IPV6_JOIN_GROUP', IPV6_ADD_MEMBERSHIP, {
  on: { linux: 20, darwin: 12, freebsd: 12, windows: 12 },
});

export const IPV6_LEAVE_ANYCAST = option({
  name: 'IPV6_LEAVE_ANYCAST',
  level: 'SOL_IPV6',
  access: 'wo',
  value: ipv6Mreq(),
  length: 'at-least',
  on: { linux: 28 },
  summary: 'Ends what IPV6_JOIN_ANYCAST began.',
  notes: [
    'An address that the socket has not joined gives ENOENT.',
    'Closing the socket ends all of them. Leaving needs no privilege.',
  ],
  when: 'any',
  after: { IPV6_JOIN_ANYCAST: { multiaddr: '2001:db8::', interface: 1 } },
  see: ['IPV6_JOIN_ANYCAST'],
  man: 'RFC 4291',
  example: { multiaddr: '2001:db8::', interface: 1 },
});

export const IPV6_LEAVE_GROUP = alias('IPV6_LEAVE_GROUP', IPV6_DROP_MEMBERSHIP, {
  on: { linux: 21, darwin: 13, freebsd: 13, windows: 13 },
});

export const IPV6_MINHOPCOUNT = option({
  name: 'IPV6_MINHOPCOUNT',
  level: 'SOL_IPV6',
  access: 'rw',
  value: int({ min: 0, max: 255, unit: 'hops' }),
  on: { linux: 73 },
  summary: 'Drops packets that arrive with fewer hops left than this, so that only near machines can reach it.',
  notes: [
    'With 255 only neighbours on the same link get through, when they send with 255 themselves.',
    'Linux checks it on TCP only: UDP sockets keep the value without using it. 0 turns it off.',
    'TCP drops what falls short without an answer, so that a connect from too far away times out.',
  ],
  when: 'any',
  see: ['IPV6_UNICAST_HOPS', 'IPV6_RECVHOPLIMIT', 'IP_MINTTL'],
  man: 'RFC 5082',
  since: '2.6.35',
  sample: 5,
  sampleOn: 'tcp6',
});

export const IPV6_MTU = option({
  name: 'IPV6_MTU',
  level: 'SOL_IPV6',
  access: 'rw',
  accessOn: { windows: 'ro' },
  value: int({ min: 1280, unit: 'bytes', words: { unlimited: 0 } }),
  on: { linux: 24, windows: 72 },
  summary: 'Reads the path MTU to the peer, and sets the largest packet that the socket sends in one piece.',
  notes: [
    'A read and a set are about two different things: the set value never shows in a read.',
    'A datagram that fits the path leaves whole, whatever the limit: only one that is fragmented anyway is cut to it.',
    'A read needs a connected socket, else ENOTCONN; a set does not.',
    '1 to 1279 give EINVAL, for 1280 is the least MTU of IPv6. 0 removes the limit.',
  ],
  readback: { linux: 'masked' },
  why: 'A read gives the path MTU of the route, whatever limit was set',
  when: 'any',
  see: ['IPV6_MTU_DISCOVER', 'IPV6_PATHMTU', 'IP_MTU'],
  man: 'ipv6(7), RFC 8201',
  since: '2.2',
  example: 1400,
});

export const IPV6_MTU_DISCOVER = option({
  name: 'IPV6_MTU_DISCOVER',
  level: 'SOL_IPV6',
  access: 'rw',
  value: perSystem(enumeration(ipv6MtuDiscoveries), { windows: enumeration(pmtudStates) as never }),
  on: { linux: 23, windows: 71 },
  summary: 'Says how the socket treats the path MTU: whether it is followed, and whether packets may be fragmented.',
  notes: [
    'IPV6_PMTUDISC_DO refuses large datagrams with EMSGSIZE instead of splitting them.',
    'IPV6_PMTUDISC_PROBE, _INTERFACE and _OMIT ignore what ICMPv6 says of the path, so that nobody can forge it.',
    'IPv4 traffic of a dual-stack socket follows IP_MTU_DISCOVER, which keeps a value of its own.',
  ],
  when: 'any',
  see: ['IPV6_MTU', 'IPV6_DONTFRAG', 'IPV6_RECVERR', 'IP_MTU_DISCOVER'],
  man: 'ipv6(7), RFC 8201',
  since: '2.2',
  differs: { windows: 'Other numbers: 0 not set, 1 do, 2 do not, 3 probe. Not set is the default.' },
  sample: 'IPV6_PMTUDISC_DO',
  reads: ipv6MtuDiscoveries.IPV6_PMTUDISC_DO,
});

export const IPV6_MULTICAST_ALL = option({
  name: 'IPV6_MULTICAST_ALL',
  level: 'SOL_IPV6',
  access: 'rw',
  value: bool(),
  on: { linux: 29 },
  summary: 'Delivers packets of every group that any socket of the machine has joined, not only of the own ones.',
  notes: ['On by default: a socket bound to :: gets groups that it never joined, which surprises most people.'],
  when: 'any',
  see: ['IPV6_ADD_MEMBERSHIP', 'IP_MULTICAST_ALL'],
  man: 'ip(7)',
  since: '4.20',
  sample: false,
  sampleOn: 'udp6',
});

export const IPV6_MULTICAST_HOPS = option({
  name: 'IPV6_MULTICAST_HOPS',
  level: 'SOL_IPV6',
  access: 'rw',
  value: int({ min: 0, max: 255, unit: 'hops', words: { default: -1 } }),
  on: { linux: 18, darwin: 10, freebsd: 10, windows: 10 },
  summary: 'How many routers a multicast packet of this socket may pass.',
  notes: [
    '1 by default: the packet stays on the link. -1 goes back to that. 0 keeps it inside the machine.',
    'Stream sockets can read it, but a set gives ENOPROTOOPT.',
  ],
  when: 'any',
  see: ['IPV6_UNICAST_HOPS', 'IPV6_MULTICAST_LOOP', 'IP_MULTICAST_TTL'],
  man: 'ipv6(7), RFC 3493',
  since: '2.2',
  sample: 8,
  sampleOn: 'udp6',
});

export const IPV6_MULTICAST_IF = option({
  name: 'IPV6_MULTICAST_IF',
  level: 'SOL_IPV6',
  access: 'rw',
  value: interfaceIndex(),
  on: { linux: 17, darwin: 9, freebsd: 9, windows: 9 },
  summary: 'The interface through which multicast packets leave.',
  notes: [
    '0 lets the routing table choose. An index that does not exist gives ENODEV.',
    'On a socket bound with SO_BINDTODEVICE, only that interface is accepted.',
    'Stream sockets can read it, but a set gives ENOPROTOOPT.',
  ],
  when: 'any',
  see: ['IPV6_UNICAST_IF', 'IPV6_ADD_MEMBERSHIP', 'IP_MULTICAST_IF'],
  man: 'ipv6(7), RFC 3493',
  since: '2.2',
  sample: 1,
  sampleOn: 'udp6',
});

export const IPV6_MULTICAST_LOOP = option({
  name: 'IPV6_MULTICAST_LOOP',
  level: 'SOL_IPV6',
  access: 'rw',
  value: bool(),
  on: { linux: 19, darwin: 11, freebsd: 11, windows: 11 },
  summary: 'Delivers multicast packets that the socket sends to listeners on the same machine as well.',
  notes: ['On by default. It belongs to the sender.', 'Values other than 0 and 1 give EINVAL.'],
  when: 'any',
  see: ['IPV6_MULTICAST_HOPS', 'IPV6_ADD_MEMBERSHIP', 'IP_MULTICAST_LOOP'],
  man: 'ipv6(7), RFC 3493',
  since: '2.2',
  differs: { windows: 'Belongs to the receiver: off, the socket does not hear what this host sends.' },
  sample: false,
  sampleOn: 'udp6',
});

export const IPV6_NEXTHOP = option({
  name: 'IPV6_NEXTHOP',
  level: 'SOL_IPV6',
  access: 'none',
  accessOn: { darwin: 'rw', freebsd: 'rw' },
  value: sockaddr(),
  on: { linux: 9, darwin: 48, freebsd: 48 },
  summary: 'Would name the first router of every packet that the socket sends.',
  notes: ['Linux has the number in its headers only: reading and setting give ENOPROTOOPT.'],
  differs: { darwin: rfc3542(21, 'IPV6_2292NEXTHOP') },
  instead: 'Use policy routing: SO_MARK with a rule of ip-rule(8), or IPV6_UNICAST_IF for the interface.',
  see: ['SO_MARK', 'IPV6_UNICAST_IF', 'IPV6_RTHDR'],
  man: 'RFC 3542',
});

export const IPV6_PATHMTU = option({
  name: 'IPV6_PATHMTU',
  level: 'SOL_IPV6',
  access: 'ro',
  value: ip6Mtuinfo(),
  length: 'at-least',
  on: { linux: 61, darwin: 44, freebsd: 44 },
  summary: 'The path MTU to the peer of a connected socket.',
  notes: [
    'Linux leaves the address all zeros: only mtu says something.',
    'On a socket that is not connected, ENOTCONN.',
  ],
  when: 'connected',
  see: ['IPV6_MTU', 'IPV6_RECVPATHMTU'],
  man: 'RFC 3542',
  since: '2.6.35',
});

export const IPV6_PKTINFO = option({
  name: 'IPV6_PKTINFO',
  level: 'SOL_IPV6',
  access: 'wo',
  accessOn: { darwin: 'rw', freebsd: 'rw', windows: 'rw' },
  value: perSystem(in6Pktinfo(), { windows: bool() as never }),
  length: 'at-least',
  on: { linux: 50, darwin: 46, freebsd: 46, windows: 19 },
  summary: 'Fixes the source address and the outgoing interface of all packets of the socket.',
  notes: [
    'Nothing is checked at once: an address or an interface that does not exist shows when a packet is sent.',
    'Address :: and interface 0 undo it.',
    'Linux cannot read it back: ENOPROTOOPT.',
  ],
  when: 'any',
  see: ['IPV6_RECVPKTINFO', 'IPV6_UNICAST_IF', 'IP_PKTINFO', 'IPV6_FREEBIND'],
  man: 'RFC 3542',
  differs: {
    darwin: rfc3542(19, 'IPV6_2292PKTINFO'),
    windows: 'A switch, which reports address and interface of received packets: what IPV6_RECVPKTINFO is elsewhere.',
  },
  sample: { addr: '::1', ifindex: 1 },
  sampleOn: 'udp6',
});

export const IPV6_RECVDSTOPTS = option({
  name: 'IPV6_RECVDSTOPTS',
  level: 'SOL_IPV6',
  access: 'rw',
  value: bool(),
  on: { linux: 58, darwin: 40, freebsd: 40 },
  summary: 'Delivers the destination options of received packets as control messages of type IPV6_DSTOPTS.',
  notes: ['Both headers that can carry them, before and after the routing header, arrive under this one type.'],
  when: 'any',
  see: ['IPV6_DSTOPTS', 'IPV6_RECVRTHDR', 'IPV6_2292DSTOPTS'],
  man: 'RFC 3542',
  sample: true,
  sampleOn: 'udp6',
});

export const IPV6_RECVERR = option({
  name: 'IPV6_RECVERR',
  level: 'SOL_IPV6',
  access: 'rw',
  value: bool(),
  on: { linux: 25, windows: 75 },
  summary: 'Keeps errors that the network reports in a queue, which recvmsg reads with MSG_ERRQUEUE.',
  notes: [
    'Unconnected datagram sockets then learn of ICMPv6 errors that they would never see otherwise.',
    'A pending error fails the next call on the socket; turning the option off empties the queue.',
    'Errors of IPv4 traffic on a dual-stack socket need IP_RECVERR.',
    'On a dgram.Socket use datagram(), which empties the queue: Node 20 and 22 spin on it, Node 24 and 26 abort ' +
      'the process.',
  ],
  when: 'any',
  see: ['IPV6_RECVERR_RFC4884', 'IP_RECVERR', 'IPV6_MTU_DISCOVER'],
  man: 'ipv6(7), ip(7), RFC 4443',
  since: '2.2',
  sample: true,
  sampleOn: 'udp6',
});

export const IPV6_RECVERR_RFC4884 = option({
  name: 'IPV6_RECVERR_RFC4884',
  level: 'SOL_IPV6',
  access: 'rw',
  value: bool(),
  on: { linux: 31 },
  summary: 'Adds to queued errors where the extensions of an ICMPv6 message (RFC 4884) begin.',
  notes: ['Needs IPV6_RECVERR to have an effect.', 'Values other than 0 and 1 give EINVAL.'],
  when: 'any',
  see: ['IPV6_RECVERR', 'IP_RECVERR_RFC4884'],
  man: 'RFC 4884',
  since: '5.9',
  sample: true,
  sampleOn: 'udp6',
});

export const IPV6_RECVFRAGSIZE = option({
  name: 'IPV6_RECVFRAGSIZE',
  level: 'SOL_IPV6',
  access: 'rw',
  value: bool(),
  on: { linux: 77 },
  summary: 'Delivers the size of the largest fragment of a reassembled packet as a control message.',
  notes: ['Packets that arrived whole have no such message.'],
  when: 'any',
  see: ['IP_RECVFRAGSIZE', 'IPV6_RECVPATHMTU'],
  man: 'RFC 8200',
  since: '4.10',
  sample: true,
  sampleOn: 'udp6',
});

export const IPV6_RECVHOPLIMIT = option({
  name: 'IPV6_RECVHOPLIMIT',
  level: 'SOL_IPV6',
  access: 'rw',
  value: bool(),
  on: { linux: 51, darwin: 37, freebsd: 37 },
  summary: 'Delivers the hop limit of received packets as a control message of type IPV6_HOPLIMIT.',
  notes: [
    'Packets of IPv4 on a dual-stack socket come without the message: IP_RECVTTL is their switch.',
    'On Windows the switch is called IPV6_HOPLIMIT.',
  ],
  when: 'any',
  see: ['IPV6_UNICAST_HOPS', 'IPV6_MINHOPCOUNT', 'IP_RECVTTL'],
  man: 'RFC 3542',
  since: '2.6.14',
  sample: true,
  sampleOn: 'udp6',
});

export const IPV6_RECVHOPOPTS = option({
  name: 'IPV6_RECVHOPOPTS',
  level: 'SOL_IPV6',
  access: 'rw',
  value: bool(),
  on: { linux: 53, darwin: 39, freebsd: 39 },
  summary: 'Delivers the hop-by-hop options of received packets as a control message of type IPV6_HOPOPTS.',
  when: 'any',
  see: ['IPV6_HOPOPTS', 'IPV6_RECVDSTOPTS'],
  man: 'RFC 3542',
  sample: true,
  sampleOn: 'udp6',
});

export const IPV6_RECVORIGDSTADDR = option({
  name: 'IPV6_RECVORIGDSTADDR',
  level: 'SOL_IPV6',
  access: 'rw',
  value: bool(),
  on: { linux: 74, freebsd: 72 },
  summary: 'Delivers the address and port that a packet was sent to before it was redirected here.',
  notes: ['For transparent proxies of UDP. The control message has the same number, and holds a sockaddr_in6.'],
  when: 'any',
  see: ['IPV6_TRANSPARENT', 'IPV6_RECVPKTINFO', 'IP_RECVORIGDSTADDR'],
  man: 'ip(7)',
  since: '2.6.37',
  sample: true,
  sampleOn: 'udp6',
});

/** The control message's name; as an option the same as {@link IPV6_RECVORIGDSTADDR}. */
export const IPV6_ORIGDSTADDR = alias('IPV6_ORIGDSTADDR', IPV6_RECVORIGDSTADDR);

export const IPV6_RECVPATHMTU = option({
  name: 'IPV6_RECVPATHMTU',
  level: 'SOL_IPV6',
  access: 'rw',
  value: bool(),
  on: { linux: 60, darwin: 43, freebsd: 43 },
  summary: 'Reports the path MTU, as a control message, when a datagram turns out too large for the path.',
  notes: ['Works together with IPV6_DONTFRAG, which keeps the datagram from being split.'],
  when: 'any',
  see: ['IPV6_PATHMTU', 'IPV6_DONTFRAG'],
  man: 'RFC 3542',
  since: '2.6.35',
  sample: true,
  sampleOn: 'udp6',
});

export const IPV6_RECVPKTINFO = option({
  name: 'IPV6_RECVPKTINFO',
  level: 'SOL_IPV6',
  access: 'rw',
  value: bool(),
  on: { linux: 49, darwin: 61, freebsd: 36 },
  summary: 'Delivers the destination address and the arrival interface of packets as a control message.',
  notes: [
    'A server bound to :: can so answer from the address that it was asked at.',
    'Packets of IPv4 on a dual-stack socket report an IPv4-mapped address.',
    'On Windows the switch is called IPV6_PKTINFO.',
  ],
  when: 'any',
  see: ['IPV6_PKTINFO', 'IP_PKTINFO', 'IPV6_RECVORIGDSTADDR'],
  man: 'ipv6(7), RFC 3542',
  since: '2.6.14',
  sample: true,
  sampleOn: 'udp6',
});

export const IPV6_RECVRTHDR = option({
  name: 'IPV6_RECVRTHDR',
  level: 'SOL_IPV6',
  access: 'rw',
  value: bool(),
  on: { linux: 56, darwin: 38, freebsd: 38, windows: 38 },
  summary: 'Delivers the routing header of received packets as a control message of type IPV6_RTHDR.',
  when: 'any',
  see: ['IPV6_RTHDR', 'IPV6_RECVDSTOPTS'],
  man: 'RFC 3542',
  sample: true,
  sampleOn: 'udp6',
});

export const IPV6_RECVTCLASS = option({
  name: 'IPV6_RECVTCLASS',
  level: 'SOL_IPV6',
  access: 'rw',
  value: bool(),
  on: { linux: 66, darwin: 35, freebsd: 57, windows: 40 },
  summary: 'Delivers the traffic class of received packets (DSCP and ECN) as a control message.',
  notes: ['Packets of IPv4 on a dual-stack socket come without the message: IP_RECVTOS is their switch.'],
  when: 'any',
  see: ['IPV6_TCLASS', 'IP_RECVTOS'],
  man: 'RFC 3542',
  since: '2.6.14',
  sample: true,
  sampleOn: 'udp6',
});

export const IPV6_ROUTER_ALERT = option({
  name: 'IPV6_ROUTER_ALERT',
  level: 'SOL_IPV6',
  access: 'rw',
  value: int({ min: -1, words: { off: -1 } }),
  on: { linux: 22 },
  summary: 'Hands forwarded packets that carry a router alert of this value to a raw socket.',
  notes: [
    'A set works on raw sockets of protocol IPPROTO_RAW only, else ENOPROTOOPT; -1 ends it.',
    'The packets are taken out of forwarding: the program must send them on.',
    'A second set without -1 in between gives EADDRINUSE, a second -1 ENOBUFS.',
    'A read gives 1 after any value but 0, also after -1, and 0 after 0: it does not say which value is registered.',
  ],
  readback: { linux: 'masked' },
  why: 'Linux only keeps whether the number that was set differs from 0',
  when: 'any',
  see: ['IPV6_ROUTER_ALERT_ISOLATE', 'IP_ROUTER_ALERT', 'IPV6_HOPOPTS'],
  man: 'ipv6(7), RFC 2711',
  since: '2.2',
  example: 1,
});

export const IPV6_ROUTER_ALERT_ISOLATE = option({
  name: 'IPV6_ROUTER_ALERT_ISOLATE',
  level: 'SOL_IPV6',
  access: 'rw',
  value: bool(),
  on: { linux: 30 },
  summary: 'Limits IPV6_ROUTER_ALERT to packets of the network namespace that the socket belongs to.',
  when: 'any',
  see: ['IPV6_ROUTER_ALERT'],
  man: 'RFC 2711',
  since: '5.1',
  sample: true,
});

export const IPV6_RTHDR = option({
  name: 'IPV6_RTHDR',
  level: 'SOL_IPV6',
  access: 'rw',
  value: orBytes(orNone(routingHeader()), { max: 2040 }),
  on: { linux: 57, darwin: 51, freebsd: 51, windows: 32 },
  summary: 'Adds a routing header, the way that packets shall take, to everything that the socket sends.',
  notes: [
    'segments are the hosts; of type 4 the last of them comes first, and Linux puts the destination in its place.',
    'first_segment and segments_left follow from the segments where they are left out.',
    'Other types have data: what follows segments_left.',
    'Linux takes type 4 (segment routing, RFC 8754), and type 2 when built for Mobile IPv6. ' +
      'Type 0 is deprecated (RFC 5095): EINVAL.',
    'none takes the header away. Unlike the other extension headers it needs no privilege.',
  ],
  when: 'any',
  see: ['IPV6_RECVRTHDR', 'IPV6_RTHDRDSTOPTS'],
  man: 'ipv6(7), RFC 3542',
  differs: { darwin: rfc3542(24, 'IPV6_2292RTHDR') },
  sample: { type: 'IPV6_SRCRT_TYPE_4', segments: ['::1', '2001:db8::1'] },
  sampleOn: 'udp6',
});

export const IPV6_RTHDRDSTOPTS = option({
  name: 'IPV6_RTHDRDSTOPTS',
  level: 'SOL_IPV6',
  access: 'rw',
  value: orBytes(orNone(optionsHeader()), { max: 2040 }),
  on: { linux: 55, darwin: 57, freebsd: 35 },
  summary: 'Adds a destination options header for every stop named in the routing header.',
  notes: [
    'Without a routing header (IPV6_RTHDR) it is kept but not sent.',
    'Same form as IPV6_DSTOPTS; none takes it away.',
    'Linux has no IPV6_RECVRTHDRDSTOPTS: IPV6_RECVDSTOPTS delivers these headers, too.',
  ],
  when: 'any',
  needs: 'CAP_NET_RAW',
  see: ['IPV6_RTHDR', 'IPV6_DSTOPTS', 'IPV6_RECVDSTOPTS'],
  man: 'RFC 3542',
  sample: { options: [{ type: 30, data: Uint8Array.of(1, 2, 3, 4) }] },
  sampleOn: 'udp6',
});

/** Linux's older name of {@link IPV6_DSTOPTS}. */
export const IPV6_RXDSTOPTS = alias('IPV6_RXDSTOPTS', IPV6_DSTOPTS, {
  on: { linux: 59 },
  notes: ["The C library's older name; despite its look it is not the switch for receiving: that is IPV6_RECVDSTOPTS."],
});

/** Linux's older name of {@link IPV6_HOPOPTS}. */
export const IPV6_RXHOPOPTS = alias('IPV6_RXHOPOPTS', IPV6_HOPOPTS, {
  on: { linux: 54 },
  notes: ["The C library's older name; despite its look it is not the switch for receiving: that is IPV6_RECVHOPOPTS."],
});

export const IPV6_TCLASS = option({
  name: 'IPV6_TCLASS',
  level: 'SOL_IPV6',
  access: 'rw',
  accessOn: { windows: 'none' },
  value: int({ min: 0, max: 255, words: { default: -1 } }),
  on: { linux: 67, darwin: 36, freebsd: 61, windows: 39 },
  summary: 'The traffic class of outgoing packets: six bits of DSCP and two of ECN.',
  notes: [
    'TCP owns the two ECN bits: a set cannot change them, so 255 reads 252.',
    'It does not change SO_PRIORITY, as IP_TOS does.',
    'IPv4 traffic of a dual-stack socket carries IP_TOS.',
    '-1 goes back to the default, which reads 0.',
  ],
  readback: { linux: 'masked' },
  why: 'TCP keeps the two ECN bits for itself',
  when: 'any',
  see: ['IPV6_RECVTCLASS', 'IP_TOS', 'SO_PRIORITY'],
  man: 'RFC 3542',
  since: '2.6.14',
  differs: {
    windows: 'The type of a control message that sets or reports the class of one packet.',
  },
  sample: 32,
});

export const IPV6_TRANSPARENT = option({
  name: 'IPV6_TRANSPARENT',
  level: 'SOL_IPV6',
  access: 'rw',
  value: bool(),
  on: { linux: 75 },
  summary: 'Lets a proxy bind to foreign addresses and receive connections that are redirected to it (TPROXY).',
  notes: [
    'The same switch as IP_TRANSPARENT: setting one sets the other.',
    'Turning it off needs no privilege.',
    'A set reaches IPv6 MPTCP sockets too; on an IPv4 one it gives ENOPROTOOPT, though a read answers off.',
  ],
  when: 'before-bind',
  late: 'this bind is done; the firewall sees the flag from now on',
  needs: 'CAP_NET_ADMIN or CAP_NET_RAW to turn it on',
  kinds: ['tcp6', 'udp6', 'raw6', 'icmp6', 'mptcp'],
  alters: ['IP_TRANSPARENT'],
  see: ['IP_TRANSPARENT', 'IPV6_FREEBIND', 'IPV6_RECVORIGDSTADDR'],
  man: 'ip(7)',
  since: '2.6.37',
  sample: true,
});

export const IPV6_UNICAST_HOPS = option({
  name: 'IPV6_UNICAST_HOPS',
  level: 'SOL_IPV6',
  access: 'rw',
  value: int({ min: 0, max: 255, unit: 'hops', words: { default: -1 } }),
  on: { linux: 16, darwin: 4, freebsd: 4, windows: 4 },
  summary: 'How many routers a packet of this socket may pass before it is dropped.',
  notes: [
    '-1 goes back to the default: the hop limit of the route, else that of the interface. A read shows the result, ' +
      'never -1.',
    'IPv4 traffic of a dual-stack socket carries IP_TTL.',
  ],
  when: 'any',
  default: 'net.ipv6.conf.all.hop_limit',
  see: ['IPV6_MULTICAST_HOPS', 'IPV6_MINHOPCOUNT', 'IPV6_RECVHOPLIMIT', 'IP_TTL'],
  man: 'ipv6(7), RFC 3493',
  since: '2.2',
  sample: 42,
});

export const IPV6_UNICAST_IF = option({
  name: 'IPV6_UNICAST_IF',
  level: 'SOL_IPV6',
  access: 'rw',
  value: perSystem(interfaceIndex({ bigEndian: true }), { windows: interfaceIndex() }),
  on: { linux: 76, windows: 31 },
  summary: 'The interface through which unicast packets of the socket leave.',
  notes: [
    'Linux takes the index in network byte order; here it is a plain index or a name.',
    '0 lets the routing table choose. An index that does not exist gives EADDRNOTAVAIL.',
    'On a socket bound with SO_BINDTODEVICE, a set gives EINVAL.',
    'Unlike SO_BINDTODEVICE it does not limit what is received.',
  ],
  when: 'any',
  see: ['SO_BINDTODEVICE', 'IPV6_MULTICAST_IF', 'IP_UNICAST_IF'],
  man: 'ip(7)',
  since: '3.4',
  differs: { windows: 'In the byte order of the processor.' },
  sample: 1,
});

export const IPV6_V6ONLY = option({
  name: 'IPV6_V6ONLY',
  level: 'SOL_IPV6',
  access: 'rw',
  value: bool(),
  on: { linux: 26, darwin: 27, freebsd: 27, windows: 27 },
  summary: 'Restricts the socket to IPv6; off, it also serves IPv4 through mapped addresses (::ffff:192.0.2.1).',
  notes: [
    'A set after bind gives EINVAL, and always on raw sockets.',
    'Binding to an IPv6 address other than :: turns it on: the read says 1 although nobody set it.',
    'A new socket has what net.ipv6.bindv6only says (off).',
    'Node turns it on with the option ipv6Only of listen.',
    'A set reaches IPv6 MPTCP sockets too; on an IPv4 one it gives ENOPROTOOPT, though a read answers off.',
  ],
  when: 'before-bind',
  kinds: ['tcp6', 'udp6', 'raw6', 'icmp6', 'mptcp'],
  default: 'net.ipv6.bindv6only',
  see: ['IPV6_ADDRFORM', 'SO_REUSEADDR'],
  man: 'ipv6(7), RFC 3493',
  since: '2.4.21',
  differs: { freebsd: 'On by default (net.inet6.ip6.v6only).', windows: 'On by default.' },
  sample: true,
});

export const IPV6_XFRM_POLICY = option({
  name: 'IPV6_XFRM_POLICY',
  level: 'SOL_IPV6',
  access: 'wo',
  value: xfrmPolicy(),
  on: { linux: 35 },
  summary: 'Sets the IPsec policy of one socket, for one direction.',
  notes: [
    'The family of sel and dir are what it needs at least; without tmpls packets pass as they are.',
    'In C the templates (struct xfrm_user_tmpl) follow the policy in the same buffer.',
    'Its direction must be in or out, else EINVAL. One call sets one direction.',
    'none removes the policies of both directions; in C it is a null pointer with length 0.',
  ],
  when: 'any',
  needs: 'CAP_NET_ADMIN',
  see: ['IP_XFRM_POLICY', 'IPV6_IPSEC_POLICY'],
  man: 'ip-xfrm(8)',
  sample: { sel: { family: 'AF_INET6' }, dir: 'XFRM_POLICY_OUT' },
});
