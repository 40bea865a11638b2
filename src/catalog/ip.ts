// The options of IPv4 (SOL_IP), sorted by C name, an alias after its option. The MCAST_* names are in multicast.ts.

import { inAddr } from '../codec/address.ts';
import { msfilterreq } from '../codec/bsd.ts';
import { controlMessages } from '../codec/control-messages.ts';
import { enumeration } from '../codec/enumeration.ts';
import { interfaceIndex } from '../codec/interface.ts';
import { ipOptions } from '../codec/ip-options.ts';
import { ipMreqn, ipMreqSource, ipMsfilter, ipMsfilterQuery, multicastIf } from '../codec/multicast.ts';
import { orBytes } from '../codec/or-bytes.ts';
import { perSystem } from '../codec/per-system.ts';
import { ipsecPolicy } from '../codec/pfkey.ts';
import { portRange } from '../codec/port-range.ts';
import { bool, int, u8 } from '../codec/scalar.ts';
import { sized } from '../codec/sized.ts';
import { xfrmPolicy } from '../codec/xfrm.ts';
import { IP_PMTUDISC_DO, pathMtuDiscovery, trafficClassWords } from '../constants/ip.ts';
import { alias, type Kind, option } from '../option.ts';

const datagram: readonly Kind[] = ['udp', 'udp6', 'raw', 'icmp', 'igmp', 'udplite'];
/** IPv6 TCP and UDP sockets answer the level too, for the IPv4 traffic that they carry; raw IPv6 ones do not. */
const inet: readonly Kind[] = ['tcp', 'tcp6', 'tcp-listen', 'tcp-connected', ...datagram];
/** MPTCP passes on a handful of options only. */
const inetAndMptcp: readonly Kind[] = [...inet, 'mptcp'];

/** A membership on the loopback interface, for samples and for the options that need one first. */
const membership = { multiaddr: '239.1.2.3', address: '127.0.0.1', ifindex: 0 };
const source = { multiaddr: '239.1.2.3', interface: '127.0.0.1', sourceaddr: '127.0.0.2' };

/** What the BSDs have in another type under the same name. */
const oneByte = u8({ unit: 'hops' });
const byteSwitch = sized(bool(), 'u8');
const options = orBytes(ipOptions(), { max: 44 }) as never;
const privateFilter = msfilterreq() as never;
const shortRequest = 'A struct sadb_x_ipsecrequest has 8 bytes, with 16 bits for reqid.';

export const IP_ADD_MEMBERSHIP = option({
  name: 'IP_ADD_MEMBERSHIP',
  level: 'SOL_IP',
  access: 'wo',
  value: ipMreqn(),
  on: { linux: 35, darwin: 12, freebsd: 12, windows: 12 },
  summary: 'Joins an IPv4 multicast group on one interface, so that the socket receives what is sent to the group.',
  notes: [
    'Linux tells the two forms apart by length: struct ip_mreq (group, address) and struct ip_mreqn (also an index).',
    'A non-zero ifindex wins over the address; with neither, the routing table picks the interface.',
    'Joining the same group on the same interface twice fails with EADDRINUSE.',
    'A socket joins at most net.ipv4.igmp_max_memberships groups; one more fails with ENOBUFS.',
    'Without IP_MULTICAST_ALL off, a socket also receives groups that other sockets of this host joined.',
    'TCP sockets refuse it with EPROTO.',
  ],
  limit: 'net.ipv4.igmp_max_memberships',
  when: 'any',
  kinds: datagram,
  see: [
    'IP_DROP_MEMBERSHIP',
    'IP_ADD_SOURCE_MEMBERSHIP',
    'IP_MULTICAST_ALL',
    'MCAST_JOIN_GROUP',
    'IPV6_ADD_MEMBERSHIP',
  ],
  man: 'ip(7), RFC 1112',
  since: '1.2',
  differs: { windows: 'Only struct ip_mreq (group, address): no index.' },
  sample: membership,
  sampleOn: 'udp',
});

export const IP_ADD_SOURCE_MEMBERSHIP = option({
  name: 'IP_ADD_SOURCE_MEMBERSHIP',
  level: 'SOL_IP',
  access: 'wo',
  value: ipMreqSource(),
  on: { linux: 39, darwin: 70, freebsd: 70, windows: 15 },
  summary: 'Joins an IPv4 multicast group for one sender only; each further call adds a sender.',
  notes: [
    'After IP_ADD_MEMBERSHIP on the same group it turns the membership into one that hears the named senders only, ' +
      'unless a sender was ever blocked there: then EINVAL.',
    'At most net.ipv4.igmp_max_msf senders per group; one more fails with ENOBUFS.',
    'Linux has the interface before the source in the struct, other systems the source first.',
    'TCP sockets accept it, to no effect.',
  ],
  limit: 'net.ipv4.igmp_max_msf',
  when: 'any',
  kinds: inet,
  see: ['IP_DROP_SOURCE_MEMBERSHIP', 'IP_ADD_MEMBERSHIP', 'IP_MSFILTER', 'MCAST_JOIN_SOURCE_GROUP'],
  man: 'ip(7), RFC 3678',
  since: '2.4.22',
  sample: source,
  sampleOn: 'udp',
});

export const IP_BIND_ADDRESS_NO_PORT = option({
  name: 'IP_BIND_ADDRESS_NO_PORT',
  level: 'SOL_IP',
  access: 'rw',
  value: bool(),
  on: { linux: 24 },
  summary: 'Makes bind with port 0 fix the address only; the port is picked at connect, when the other end is known.',
  notes: [
    'Lets outgoing connections to different peers share a local port, so that one address serves far more of them.',
    'Between bind and connect, getsockname says port 0.',
    'Setting it after bind succeeds and has no effect.',
  ],
  when: 'before-bind',
  kinds: inetAndMptcp,
  see: ['IP_LOCAL_PORT_RANGE', 'SO_REUSEADDR'],
  man: 'ip(7)',
  since: '4.2',
  sample: true,
});

export const IP_BLOCK_SOURCE = option({
  name: 'IP_BLOCK_SOURCE',
  level: 'SOL_IP',
  access: 'wo',
  value: ipMreqSource(),
  on: { linux: 38, darwin: 72, freebsd: 72, windows: 17 },
  summary: 'Stops hearing one sender of an IPv4 multicast group that the socket has joined.',
  notes: [
    'Fails with EINVAL when the socket is not in the group on that interface, or joined it for named senders only.',
    'At most net.ipv4.igmp_max_msf senders per group.',
  ],
  limit: 'net.ipv4.igmp_max_msf',
  when: 'any',
  kinds: datagram,
  see: ['IP_UNBLOCK_SOURCE', 'IP_ADD_MEMBERSHIP', 'IP_MSFILTER', 'MCAST_BLOCK_SOURCE'],
  man: 'ip(7), RFC 3678',
  since: '2.4.22',
  after: { IP_ADD_MEMBERSHIP: membership },
  sample: source,
  sampleOn: 'udp',
});

export const IP_CHECKSUM = option({
  name: 'IP_CHECKSUM',
  level: 'SOL_IP',
  access: 'rw',
  value: bool(),
  on: { linux: 23 },
  summary: 'Reports the checksum of a received packet, as the network card computed it, beside the data in recvmsg.',
  notes: ["The control message carries a 32-bit one's complement sum; it comes only where the sum is at hand."],
  when: 'any',
  kinds: inet,
  see: ['SO_NO_CHECK'],
  man: 'linux/in.h',
  since: '4.0',
  sample: true,
});

export const IP_DROP_MEMBERSHIP = option({
  name: 'IP_DROP_MEMBERSHIP',
  level: 'SOL_IP',
  access: 'wo',
  value: ipMreqn(),
  on: { linux: 36, darwin: 13, freebsd: 13, windows: 13 },
  summary: 'Leaves an IPv4 multicast group; closing the socket leaves all of them.',
  notes: [
    'Fails with EADDRNOTAVAIL when the socket is not in the group on that interface.',
    'TCP sockets refuse it with EPROTO.',
  ],
  when: 'any',
  kinds: datagram,
  see: ['IP_ADD_MEMBERSHIP', 'IP_DROP_SOURCE_MEMBERSHIP', 'MCAST_LEAVE_GROUP', 'IPV6_DROP_MEMBERSHIP'],
  man: 'ip(7), RFC 1112',
  since: '1.2',
  after: { IP_ADD_MEMBERSHIP: membership },
  sample: membership,
  sampleOn: 'udp',
});

export const IP_DROP_SOURCE_MEMBERSHIP = option({
  name: 'IP_DROP_SOURCE_MEMBERSHIP',
  level: 'SOL_IP',
  access: 'wo',
  value: ipMreqSource(),
  on: { linux: 40, darwin: 71, freebsd: 71, windows: 16 },
  summary: 'Stops hearing one sender that IP_ADD_SOURCE_MEMBERSHIP named; without the last one the group is left.',
  notes: ['Fails with EINVAL when the socket has not joined the group, with EADDRNOTAVAIL when not for that sender.'],
  when: 'any',
  kinds: inet,
  see: ['IP_ADD_SOURCE_MEMBERSHIP', 'IP_DROP_MEMBERSHIP', 'MCAST_LEAVE_SOURCE_GROUP'],
  man: 'ip(7), RFC 3678',
  since: '2.4.22',
  after: { IP_ADD_SOURCE_MEMBERSHIP: source },
  sample: source,
  sampleOn: 'udp',
});

export const IP_FREEBIND = option({
  name: 'IP_FREEBIND',
  level: 'SOL_IP',
  access: 'rw',
  value: bool(),
  on: { linux: 15 },
  summary: 'Allows bind to an address that this host does not have, or does not have yet.',
  notes: [
    'For servers that start before their interface is up, and for addresses that move between hosts.',
    'Needs no privilege, unlike IP_TRANSPARENT; net.ipv4.ip_nonlocal_bind allows the same for every socket.',
    'Setting it after bind succeeds and changes nothing for that bind.',
  ],
  when: 'before-bind',
  kinds: inetAndMptcp,
  see: ['IP_TRANSPARENT', 'IPV6_FREEBIND'],
  man: 'ip(7)',
  since: '2.4',
  sample: true,
});

export const IP_HDRINCL = option({
  name: 'IP_HDRINCL',
  level: 'SOL_IP',
  access: 'rw',
  value: bool(),
  on: { linux: 3, darwin: 2, freebsd: 2, windows: 2 },
  summary: 'The program writes the IPv4 header itself, in front of the data that it sends.',
  notes: [
    'Raw sockets only: others refuse a set with ENOPROTOOPT, and read off.',
    'A raw socket made with IPPROTO_RAW has it on from the start.',
    'The kernel still fills in the header checksum and the total length, and a source address or packet id of 0.',
    'IP_OPTIONS, IP_TTL and IP_TOS have no effect while it is on.',
  ],
  when: 'any',
  kinds: inet,
  see: ['IP_NODEFRAG', 'IPV6_HDRINCL'],
  man: 'ip(7), raw(7)',
  since: '2.0',
  sample: true,
  sampleOn: 'raw',
});

export const IP_IPSEC_POLICY = option({
  name: 'IP_IPSEC_POLICY',
  level: 'SOL_IP',
  access: 'wo',
  value: orBytes(ipsecPolicy()),
  on: { linux: 16, darwin: 21, freebsd: 21 },
  summary: 'Gives the socket an IPsec policy of its own, in the PF_KEY format (struct sadb_x_policy).',
  notes: [
    'Fails with EOPNOTSUPP where the kernel has no PF_KEY (af_key); use IP_XFRM_POLICY there.',
    'type and dir are what it needs at least; each of requests is a transformation that packets must have.',
    'src and dst of a request are its ends in tunnel mode; in transport mode it has neither.',
    'In C the requests (struct sadb_x_ipsecrequest) follow the policy in the same buffer. Lengths and the number of ' +
      'the extension are filled in here.',
  ],
  needs: 'CAP_NET_ADMIN',
  when: 'any',
  kinds: inet,
  see: ['IP_XFRM_POLICY', 'IPV6_IPSEC_POLICY'],
  man: 'RFC 2367',
  since: '2.6',
  differs: {
    darwin: shortRequest,
    freebsd: shortRequest,
  },
  example: { type: 'IPSEC_POLICY_BYPASS', dir: 'IPSEC_DIR_OUTBOUND' },
});

export const IP_LOCAL_PORT_RANGE = option({
  name: 'IP_LOCAL_PORT_RANGE',
  level: 'SOL_IP',
  access: 'rw',
  value: portRange(),
  length: 'exact',
  on: { linux: 51 },
  summary: 'The ports that the kernel may pick from for this socket, when it picks one at bind or connect.',
  notes: [
    '0 at either end leaves that end to net.ipv4.ip_local_port_range.',
    'A low end above the high end fails with EINVAL, and so does any length but 4.',
    'An end outside the range of the system is accepted and then disregarded: the one of the system counts.',
    'Works on IPv6 sockets too, at this level.',
  ],
  default: 'net.ipv4.ip_local_port_range',
  when: 'before-bind',
  kinds: inetAndMptcp,
  see: ['IP_BIND_ADDRESS_NO_PORT'],
  man: 'ip(7)',
  since: '6.3',
  sample: { low: 40000, high: 50000 },
});

export const IP_MINTTL = option({
  name: 'IP_MINTTL',
  level: 'SOL_IP',
  access: 'rw',
  value: int({ min: 0, max: 255, unit: 'hops' }),
  on: { linux: 21, freebsd: 66 },
  summary: 'Drops received IPv4 packets whose time to live is below this: a shield against senders far away.',
  notes: [
    'With 255, and peers that send with IP_TTL 255, only directly connected hosts can reach the socket (RFC 5082).',
    'On Linux TCP enforces it (a listener too: connections from farther away time out); UDP only keeps the value.',
  ],
  when: 'any',
  kinds: inet,
  see: ['IP_TTL', 'IPV6_MINHOPCOUNT'],
  man: 'RFC 5082',
  since: '2.6.34',
  sample: 5,
});

export const IP_MSFILTER = option({
  name: 'IP_MSFILTER',
  level: 'SOL_IP',
  access: 'rw',
  value: perSystem(ipMsfilter(), { darwin: privateFilter, freebsd: privateFilter }),
  query: perSystem(ipMsfilterQuery(), { darwin: privateFilter, freebsd: privateFilter }),
  length: 'in-out',
  on: { linux: 41, darwin: 74, freebsd: 74 },
  summary: 'The whole list of senders that the socket hears, or does not hear, in one IPv4 multicast group.',
  notes: [
    "A read passes in the group, the interface's address and the room for sources; the kernel returns the filter.",
    'The kernel trusts the count that is passed in, not the length: a count beyond the buffer overwrites memory.',
    'The count that comes back is that of the whole list, which may be longer than the room given.',
    'A set needs a membership first (EINVAL).',
    'EXCLUDE with no sources hears everybody, INCLUDE with none leaves the group.',
    'At most net.ipv4.igmp_max_msf sources; one more fails with ENOBUFS.',
  ],
  limit: 'net.ipv4.igmp_max_msf',
  when: 'any',
  kinds: datagram,
  see: ['IP_ADD_SOURCE_MEMBERSHIP', 'IP_BLOCK_SOURCE', 'MCAST_MSFILTER'],
  man: 'ip(7), RFC 3678',
  since: '2.4.22',
  after: { IP_ADD_MEMBERSHIP: membership },
  differs: {
    darwin: 'Another struct, with the address of the list: private to setsourcefilter(3).',
    freebsd: 'Another struct, with the address of the list: private to setsourcefilter(3).',
  },
  sample: { group: '239.1.2.3', interface: '127.0.0.1', mode: 'exclude', sources: ['127.0.0.2'] },
  sampleOn: 'udp',
});

export const IP_MTU = option({
  name: 'IP_MTU',
  level: 'SOL_IP',
  access: 'ro',
  value: int({ unit: 'bytes' }),
  on: { linux: 14, windows: 73 },
  summary: 'The path MTU that the kernel knows for the connected peer: the largest packet that passes unfragmented.',
  notes: [
    'Connected sockets only (UDP too): ENOTCONN otherwise.',
    'Includes the IPv4 header; a UDP payload may be 28 bytes smaller.',
    'To probe a path: set IP_MTU_DISCOVER to IP_PMTUDISC_DO, send, and read this after EMSGSIZE.',
  ],
  when: 'connected',
  kinds: ['tcp-connected'],
  see: ['IP_MTU_DISCOVER', 'IPV6_MTU', 'TCP_MAXSEG'],
  man: 'ip(7), RFC 1191',
  since: '2.2',
});

export const IP_MTU_DISCOVER = option({
  name: 'IP_MTU_DISCOVER',
  level: 'SOL_IP',
  access: 'rw',
  value: enumeration(pathMtuDiscovery),
  on: { linux: 10, windows: 71 },
  summary: 'Whether the "don\'t fragment" bit is set, and so whether the path MTU is discovered or packets are cut up.',
  notes: [
    'A new socket has IP_PMTUDISC_WANT, or IP_PMTUDISC_DONT where net.ipv4.ip_no_pmtu_disc is not 0.',
    'With IP_PMTUDISC_DO a datagram that is too large fails with EMSGSIZE; IP_MTU then has the size that fits.',
    'The constants here are those of the running system.',
    'macOS and FreeBSD have IP_DONTFRAG instead.',
  ],
  when: 'any',
  default: 'net.ipv4.ip_no_pmtu_disc',
  kinds: inet,
  see: ['IP_MTU', 'IPV6_MTU_DISCOVER', 'IP_RECVERR'],
  man: 'ip(7), RFC 1191',
  since: '2.2',
  differs: { windows: 'Other numbers: 0 not set, 1 do, 2 do not, 3 probe. Not set is the default.' },
  sample: IP_PMTUDISC_DO,
});
export const IP_PMTUDISC = alias('IP_PMTUDISC', IP_MTU_DISCOVER, { on: { linux: 10 } });

export const IP_MULTICAST_ALL = option({
  name: 'IP_MULTICAST_ALL',
  level: 'SOL_IP',
  access: 'rw',
  value: bool(),
  on: { linux: 49 },
  summary: 'Receives every multicast group that any socket of this host joined, not only the groups joined here.',
  notes: [
    'On by default for IPv4 sockets, against what other systems do; turn it off to hear only your own groups.',
    'Strict: any value but 0 and 1 is refused with EINVAL.',
    'IPv6 sockets read off.',
  ],
  when: 'any',
  kinds: inet,
  see: ['IP_ADD_MEMBERSHIP', 'IPV6_MULTICAST_ALL'],
  man: 'ip(7)',
  since: '2.6.31',
  sample: false,
  sampleOn: 'udp',
});

export const IP_MULTICAST_IF = option({
  name: 'IP_MULTICAST_IF',
  level: 'SOL_IP',
  access: 'rw',
  value: inAddr(),
  input: multicastIf(),
  on: { linux: 32, darwin: 9, freebsd: 9, windows: 9 },
  summary: 'The interface that outgoing IPv4 multicast leaves through; 0.0.0.0 leaves it to the routing table.',
  notes: [
    'A set takes an address of this host, or struct ip_mreqn with an interface index; a read always gives an address.',
    'Set by index alone, it reads back 0.0.0.0: the index is kept, but not told.',
    'An address that no interface has fails with EADDRNOTAVAIL.',
    "An interface other than SO_BINDTODEVICE's fails with EINVAL.",
    'TCP sockets can read it and refuse a set with EINVAL.',
  ],
  when: 'any',
  kinds: inet,
  see: ['IP_MULTICAST_TTL', 'IP_MULTICAST_LOOP', 'IP_ADD_MEMBERSHIP', 'IPV6_MULTICAST_IF'],
  man: 'ip(7), RFC 1112',
  since: '1.2',
  differs: {
    freebsd: 'Takes an index as well, in struct ip_mreqn.',
    windows: 'An address 0.x.x.x is an interface index; a read gives an index in the order of the processor.',
  },
  sample: '127.0.0.1',
  sampleOn: 'udp',
});

export const IP_MULTICAST_LOOP = option({
  name: 'IP_MULTICAST_LOOP',
  level: 'SOL_IP',
  access: 'rw',
  value: perSystem(bool(), { darwin: byteSwitch, freebsd: byteSwitch }),
  on: { linux: 34, darwin: 11, freebsd: 11, windows: 11 },
  summary: 'Whether multicast that this socket sends also reaches members of the group on this host.',
  notes: ['On by default.', 'It belongs to the sender: a member of the group cannot refuse what this host sends.'],
  when: 'any',
  kinds: inet,
  see: ['IP_MULTICAST_IF', 'IP_MULTICAST_TTL', 'IPV6_MULTICAST_LOOP'],
  man: 'ip(7), RFC 1112',
  since: '1.2',
  differs: {
    darwin: 'One byte.',
    freebsd: 'One byte.',
    windows: 'Belongs to the receiver: off, the socket does not hear what this host sends.',
  },
  sample: false,
  sampleOn: 'udp',
});

export const IP_MULTICAST_TTL = option({
  name: 'IP_MULTICAST_TTL',
  level: 'SOL_IP',
  access: 'rw',
  value: perSystem(int({ min: 0, max: 255, unit: 'hops', words: { default: -1 } }), {
    darwin: oneByte,
    freebsd: oneByte,
  }),
  on: { linux: 33, darwin: 10, freebsd: 10, windows: 10 },
  summary: 'How many routers outgoing IPv4 multicast may pass; 1, the default, keeps it on the local network.',
  notes: [
    'Setting -1 restores the default, and reads back 1.',
    '0 keeps multicast on this host.',
    'TCP sockets can read it and refuse a set with EINVAL.',
  ],
  why: '-1 stands for the default, 1',
  when: 'any',
  kinds: inet,
  see: ['IP_TTL', 'IP_MULTICAST_IF', 'IP_MULTICAST_LOOP', 'IPV6_MULTICAST_HOPS'],
  man: 'ip(7), RFC 1112',
  since: '1.2',
  differs: {
    darwin: 'One byte, without -1 for the default.',
    freebsd: 'One byte, without -1 for the default.',
    windows: 'Without -1 for the default.',
  },
  sample: 7,
  sampleOn: 'udp',
});

export const IP_NODEFRAG = option({
  name: 'IP_NODEFRAG',
  level: 'SOL_IP',
  access: 'rw',
  value: bool(),
  on: { linux: 22 },
  summary: 'Fragments that this raw socket sends pass netfilter as they are, without being put together first.',
  notes: ['Raw sockets only: others refuse a set with ENOPROTOOPT, and read off.'],
  when: 'any',
  kinds: inet,
  see: ['IP_HDRINCL'],
  man: 'ip(7)',
  since: '2.6.36',
  sample: true,
  sampleOn: 'raw',
});

export const IP_OPTIONS = option({
  name: 'IP_OPTIONS',
  level: 'SOL_IP',
  access: 'rw',
  value: orBytes(ipOptions(), { max: 40 }),
  on: { linux: 4, darwin: 1, freebsd: 1, windows: 1 },
  summary: 'The IPv4 header options that go out with every packet: routes, time stamps, labels, in up to 40 bytes.',
  notes: [
    'An empty list removes them, and is what a read gives where there are none.',
    'Routes have addresses and a pointer, time stamps also stamps, a flag and an overflow; all others have data.',
    'They are padded with zeros (IPOPT_EOL) to a multiple of 4 bytes, which a read leaves out.',
    'The kernel refuses options that are malformed with EINVAL.',
    'Many networks drop packets with header options.',
    'A TCP connection gets the options of the request that opened it, with routes reversed.',
  ],
  readback: { linux: 'rounded' },
  why: 'Linux pads header options to a multiple of 4 bytes',
  alters: ['TCP_MAXSEG'],
  when: 'any',
  kinds: inet,
  see: ['IP_RECVOPTS', 'IP_RETOPTS', 'IP_ROUTER_ALERT'],
  man: 'ip(7), RFC 791',
  since: '2.0',
  sample: [{ type: 'IPOPT_RR', addresses: ['0.0.0.0', '0.0.0.0'] }],
});

export const IP_PASSSEC = option({
  name: 'IP_PASSSEC',
  level: 'SOL_IP',
  access: 'rw',
  value: bool(),
  on: { linux: 18 },
  summary: 'Reports the security label of the sender beside each datagram in recvmsg (labelled IPsec, NetLabel).',
  notes: ['Nothing is delivered unless both hosts run a security module with labelled networking.', 'UDP only.'],
  when: 'any',
  kinds: inet,
  see: ['SO_PASSSEC', 'SO_PEERSEC'],
  man: 'ip(7)',
  since: '2.6.17',
  sample: true,
});

export const IP_PKTINFO = option({
  name: 'IP_PKTINFO',
  level: 'SOL_IP',
  access: 'rw',
  value: bool(),
  on: { linux: 8, darwin: 26, windows: 19 },
  summary: 'Reports, beside each datagram in recvmsg, the address it was sent to and the interface it came in on.',
  notes: [
    'For servers bound to 0.0.0.0 that must answer from the address that was asked.',
    'The same control message on sendmsg chooses the source address and interface of one datagram.',
    'TCP sockets accept it; there IP_PKTOPTIONS reads the information.',
    'FreeBSD has IP_RECVDSTADDR and IP_SENDSRCADDR instead.',
  ],
  when: 'any',
  kinds: inet,
  see: ['IP_RECVORIGDSTADDR', 'IP_PKTOPTIONS', 'IP_RECVDSTADDR', 'IPV6_RECVPKTINFO'],
  man: 'ip(7)',
  since: '2.2',
  sample: true,
});

export const IP_PKTOPTIONS = option({
  name: 'IP_PKTOPTIONS',
  level: 'SOL_IP',
  access: 'ro',
  value: controlMessages(),
  on: { linux: 9 },
  summary: 'The control messages that recvmsg would give on a datagram socket, for a TCP connection.',
  notes: [
    'Holds what IP_PKTINFO, IP_RECVTTL and IP_RECVTOS ask for, and is empty when none of them is on.',
    'data is a struct in_pktinfo for IP_PKTINFO and a number for IP_TTL and IP_TOS.',
    'Stream sockets only: others answer ENOPROTOOPT.',
  ],
  kinds: ['tcp', 'tcp6', 'tcp-listen', 'tcp-connected'],
  see: ['IP_PKTINFO', 'IP_RECVTTL', 'IP_RECVTOS', 'IPV6_2292PKTOPTIONS'],
  man: 'cmsg(3)',
  since: '2.2',
});

export const IP_PROTOCOL = option({
  name: 'IP_PROTOCOL',
  level: 'SOL_IP',
  access: 'ro',
  value: int(),
  on: { linux: 52 },
  summary: 'The protocol number of a raw socket.',
  notes: [
    'Only raw sockets give a protocol: on TCP and UDP the kernel keeps the local port in its place, and returns that.',
    'Also the name of a control message: the protocol for one packet sent by an IPPROTO_RAW socket.',
    'For other sockets read SO_PROTOCOL.',
  ],
  kinds: inet,
  see: ['SO_PROTOCOL', 'IP_HDRINCL'],
  man: 'raw(7)',
  since: '6.4',
});

export const IP_RECVDSTADDR = option({
  name: 'IP_RECVDSTADDR',
  level: 'SOL_IP',
  access: 'rw',
  value: bool(),
  on: { darwin: 7, freebsd: 7, windows: 25 },
  summary: 'Reports, beside each datagram in recvmsg, the address that it was sent to (macOS, FreeBSD).',
  notes: ['Linux does not have it: number 7 there is IP_RETOPTS, so a hard-coded 7 turns on something else.'],
  differs: { windows: 'In the headers; Microsoft documents IP_PKTINFO only, which has the address as well.' },
  instead: 'On Linux use IP_PKTINFO (address and interface), or IP_RECVORIGDSTADDR (address and port)',
  when: 'any',
  kinds: datagram,
  see: ['IP_PKTINFO', 'IP_RECVORIGDSTADDR'],
  man: 'ip(4)',
  sample: true,
});

export const IP_RECVERR = option({
  name: 'IP_RECVERR',
  level: 'SOL_IP',
  access: 'rw',
  value: bool(),
  on: { linux: 11, windows: 75 },
  summary: 'Keeps network errors (ICMP) in a queue, to be read in full with recvmsg and MSG_ERRQUEUE.',
  notes: [
    'Also makes an unconnected UDP socket hear of errors at all.',
    'Turning it off empties the queue.',
    'On TCP there is no queue: errors that TCP would ride out are then reported to the program at once.',
    'On a dgram.Socket use datagram(), which empties the queue: Node 20 and 22 spin on it, Node 24 and 26 abort ' +
      'the process.',
  ],
  when: 'any',
  kinds: inet,
  see: ['IP_RECVERR_RFC4884', 'SO_ERROR', 'IP_MTU_DISCOVER', 'IPV6_RECVERR'],
  man: 'ip(7), RFC 792',
  since: '2.2',
  sample: true,
});

export const IP_RECVERR_RFC4884 = option({
  name: 'IP_RECVERR_RFC4884',
  level: 'SOL_IP',
  access: 'rw',
  value: bool(),
  on: { linux: 26 },
  summary: 'With IP_RECVERR, also tells where the extra information of an ICMP error starts (RFC 4884).',
  notes: ['Strict: any value but 0 and 1 is refused with EINVAL.'],
  when: 'any',
  kinds: inet,
  see: ['IP_RECVERR', 'IPV6_RECVERR_RFC4884'],
  man: 'ip(7), RFC 4884',
  since: '5.9',
  sample: true,
});

export const IP_RECVFRAGSIZE = option({
  name: 'IP_RECVFRAGSIZE',
  level: 'SOL_IP',
  access: 'rw',
  value: bool(),
  on: { linux: 25 },
  summary: 'Reports, beside each datagram in recvmsg, the largest fragment that it arrived in.',
  notes: ['UDP and raw sockets only: TCP sockets refuse a set with EINVAL, and read off.'],
  when: 'any',
  kinds: inet,
  see: ['IP_MTU_DISCOVER', 'IPV6_RECVFRAGSIZE'],
  man: 'linux/in.h',
  since: '4.10',
  sample: true,
  sampleOn: 'udp',
});

export const IP_RECVOPTS = option({
  name: 'IP_RECVOPTS',
  level: 'SOL_IP',
  access: 'rw',
  value: bool(),
  on: { linux: 6, darwin: 5, freebsd: 5 },
  summary: 'Reports the IPv4 header options of each datagram in recvmsg, as processed by this host.',
  notes: ['TCP sockets accept it, but have no per-packet reports.'],
  when: 'any',
  kinds: inet,
  see: ['IP_RETOPTS', 'IP_OPTIONS', 'IP_RECVTTL'],
  man: 'ip(7)',
  since: '2.2',
  sample: true,
});

export const IP_RECVORIGDSTADDR = option({
  name: 'IP_RECVORIGDSTADDR',
  level: 'SOL_IP',
  access: 'rw',
  value: bool(),
  on: { linux: 20, freebsd: 27 },
  summary: 'Reports, beside each datagram in recvmsg, the address and port it was sent to before any redirection.',
  notes: ['For UDP proxies behind TPROXY; a TCP proxy finds the same with getsockname.'],
  when: 'any',
  kinds: inet,
  see: ['IP_TRANSPARENT', 'IP_PKTINFO', 'IPV6_RECVORIGDSTADDR'],
  man: 'ip(7)',
  since: '2.6.29',
  sample: true,
});

export const IP_ORIGDSTADDR = alias('IP_ORIGDSTADDR', IP_RECVORIGDSTADDR, {
  notes: ['The same number as IP_RECVORIGDSTADDR, and the name of the control message that it turns on.'],
});

export const IP_RECVTOS = option({
  name: 'IP_RECVTOS',
  level: 'SOL_IP',
  access: 'rw',
  value: bool(),
  on: { linux: 13, darwin: 27, freebsd: 68, windows: 40 },
  summary: 'Reports the traffic class byte (DSCP and ECN) of each datagram in recvmsg.',
  notes: ['The control message is named IP_TOS and has one byte on Linux.', 'On TCP, IP_PKTOPTIONS reads it.'],
  when: 'any',
  kinds: inet,
  see: ['IP_TOS', 'IP_PKTOPTIONS', 'IPV6_RECVTCLASS'],
  man: 'ip(7), RFC 3168',
  since: '2.2',
  differs: { freebsd: 'The control message is named IP_RECVTOS and has one byte.' },
  sample: true,
});

export const IP_RECVTTL = option({
  name: 'IP_RECVTTL',
  level: 'SOL_IP',
  access: 'rw',
  value: bool(),
  on: { linux: 12, darwin: 24, freebsd: 65, windows: 21 },
  summary: 'Reports the time to live of each datagram in recvmsg: how far it may still have gone.',
  notes: ['The control message is named IP_TTL and has an int on Linux.', 'On TCP, IP_PKTOPTIONS reads it.'],
  when: 'any',
  kinds: inet,
  see: ['IP_TTL', 'IP_MINTTL', 'IP_PKTOPTIONS', 'IPV6_RECVHOPLIMIT'],
  man: 'ip(7)',
  since: '2.2',
  differs: { freebsd: 'The control message is named IP_RECVTTL and has one byte.' },
  sample: true,
});

export const IP_RETOPTS = option({
  name: 'IP_RETOPTS',
  level: 'SOL_IP',
  access: 'rw',
  accessOn: { darwin: 'ro', freebsd: 'ro' },
  value: perSystem(bool(), { darwin: options, freebsd: options }),
  on: { linux: 7, darwin: 8, freebsd: 8 },
  summary: 'Reports the IPv4 header options of each datagram in recvmsg, ready to be sent back in an answer.',
  notes: ['Like IP_RECVOPTS, but without an entry of this host in timestamps and recorded routes.'],
  when: 'any',
  kinds: inet,
  see: ['IP_RECVRETOPTS', 'IP_RECVOPTS', 'IP_OPTIONS'],
  man: 'ip(7)',
  since: '2.2',
  differs: {
    darwin: 'The IPv4 options that the socket sends, as in IP_OPTIONS; IP_RECVRETOPTS (6) is the switch.',
    freebsd: 'The IPv4 options that the socket sends, as in IP_OPTIONS; IP_RECVRETOPTS (6) is the switch.',
  },
  sample: true,
});

export const IP_RECVRETOPTS = option({
  name: 'IP_RECVRETOPTS',
  level: 'SOL_IP',
  access: 'rw',
  value: bool(),
  on: { linux: 7, darwin: 6, freebsd: 6 },
  summary: 'Reports the IPv4 header options of each datagram in recvmsg, ready to be sent back in an answer.',
  notes: ['On Linux another name for IP_RETOPTS; on macOS and FreeBSD the only name.'],
  when: 'any',
  kinds: inet,
  see: ['IP_RETOPTS', 'IP_RECVOPTS', 'IP_OPTIONS'],
  man: 'ip(7)',
  since: '2.2',
  aliasOf: 'IP_RETOPTS',
  sample: true,
});

export const IP_ROUTER_ALERT = option({
  name: 'IP_ROUTER_ALERT',
  level: 'SOL_IP',
  access: 'rw',
  value: bool(),
  on: { linux: 5 },
  summary: 'Hands packets that this host would forward, and that carry the Router Alert option, to this raw socket.',
  notes: [
    'Raw sockets only, and not IPPROTO_RAW: others refuse a set with EINVAL, and read off.',
    'Turning it on twice fails with EADDRINUSE, turning it off when it is not on with ENOBUFS.',
    'The kernel does not forward such packets any more: the program must send them on.',
    'Binding makes no difference; only the protocol selects.',
  ],
  when: 'any',
  kinds: inet,
  see: ['IP_OPTIONS', 'IPV6_ROUTER_ALERT'],
  man: 'ip(7), RFC 2113',
  since: '2.2',
  sample: true,
  sampleOn: 'raw',
});

export const IP_TOS = option({
  name: 'IP_TOS',
  level: 'SOL_IP',
  access: 'rw',
  value: int({ min: 0, max: 255, words: trafficClassWords }),
  on: { linux: 1, darwin: 3, freebsd: 3, windows: 3 },
  summary: 'The traffic class byte of outgoing IPv4 packets: six bits of DSCP, two of ECN.',
  notes: [
    'A DSCP goes into the upper six bits: EF is 46, so the byte is 184 (0xb8).',
    'The text form takes names: ef, af41, cs1, le.',
    'TCP keeps the two ECN bits for itself: they are masked out of what is set.',
    'A change also sets SO_PRIORITY, from the old type-of-service bits; set SO_PRIORITY afterwards to have another.',
    'Accepted connections inherit it from the listener.',
  ],
  readback: { linux: 'masked' },
  why: 'TCP sets the two ECN bits itself',
  when: 'any',
  kinds: inetAndMptcp,
  alters: ['SO_PRIORITY'],
  see: ['IPV6_TCLASS', 'SO_PRIORITY', 'IP_RECVTOS', 'IP_TTL'],
  man: 'ip(7), RFC 2474, RFC 3168',
  since: '1.0',
  differs: {
    windows:
      'Not for use: the QoS API (qWAVE) marks packets. A value is accepted and, unless policy allows, 0 is sent.',
  },
  sample: 0xb8,
});

export const IP_TRANSPARENT = option({
  name: 'IP_TRANSPARENT',
  level: 'SOL_IP',
  access: 'rw',
  value: bool(),
  on: { linux: 19 },
  summary: 'Lets a proxy act under addresses that are not its own: accept for them, and send from them.',
  notes: [
    'Routing must bring the packets here (iptables TPROXY and a local route).',
    'bind to a foreign address works too, as with IP_FREEBIND.',
    'Turning it off needs no privilege.',
    'IPV6_TRANSPARENT is the same switch.',
  ],
  needs: 'CAP_NET_ADMIN or CAP_NET_RAW to turn it on',
  when: 'before-bind',
  late: 'this bind is done; the firewall sees the flag from now on',
  kinds: inetAndMptcp,
  see: ['IP_FREEBIND', 'IP_RECVORIGDSTADDR', 'IPV6_TRANSPARENT'],
  man: 'ip(7)',
  since: '2.6.24',
  sample: true,
});

export const IP_TTL = option({
  name: 'IP_TTL',
  level: 'SOL_IP',
  access: 'rw',
  value: int({ min: 1, max: 255, unit: 'hops', words: { default: -1 } }),
  on: { linux: 2, darwin: 4, freebsd: 4, windows: 4 },
  summary: 'The time to live of outgoing unicast IPv4 packets: how many routers they may pass.',
  notes: [
    'Setting -1 goes back to the system default; a read then gives that default, even when it changes later.',
    '0 is refused with EINVAL; multicast has IP_MULTICAST_TTL, which takes it.',
    'Accepted connections inherit it from the listener.',
  ],
  why: '-1 stands for the system default, net.ipv4.ip_default_ttl',
  default: 'net.ipv4.ip_default_ttl',
  when: 'any',
  kinds: inet,
  see: ['IP_MULTICAST_TTL', 'IP_MINTTL', 'IP_RECVTTL', 'IPV6_UNICAST_HOPS'],
  man: 'ip(7), RFC 791',
  since: '1.0',
  differs: {
    freebsd: 'Nothing is checked: the low byte of the number counts, so that -1 is 255.',
    windows: 'Without -1 for the default.',
  },
  sample: 33,
});

export const IP_UNBLOCK_SOURCE = option({
  name: 'IP_UNBLOCK_SOURCE',
  level: 'SOL_IP',
  access: 'wo',
  value: ipMreqSource(),
  on: { linux: 37, darwin: 73, freebsd: 73, windows: 18 },
  summary: 'Hears a sender of an IPv4 multicast group again, after IP_BLOCK_SOURCE.',
  notes: ['Fails with EADDRNOTAVAIL when that sender is not blocked.'],
  when: 'any',
  kinds: datagram,
  see: ['IP_BLOCK_SOURCE', 'IP_MSFILTER', 'MCAST_UNBLOCK_SOURCE'],
  man: 'ip(7), RFC 3678',
  since: '2.4.22',
  after: { IP_ADD_MEMBERSHIP: membership, IP_BLOCK_SOURCE: source },
  sample: source,
  sampleOn: 'udp',
});

export const IP_UNICAST_IF = option({
  name: 'IP_UNICAST_IF',
  level: 'SOL_IP',
  access: 'rw',
  value: perSystem(interfaceIndex({ bigEndian: true }), { windows: interfaceIndex() }),
  input: interfaceIndex({ bigEndian: true }),
  on: { linux: 50, windows: 31 },
  summary: 'The interface that outgoing unicast IPv4 packets leave through; 0 leaves it to the routing table.',
  notes: [
    'The kernel wants the index in network byte order, unlike most options; the codec takes care of it.',
    'Only chooses where packets go out: what comes in is not filtered, unlike with SO_BINDTODEVICE.',
    'An index that does not exist fails with EADDRNOTAVAIL, one other than that of SO_BINDTODEVICE with EINVAL.',
  ],
  when: 'before-connect',
  kinds: inet,
  see: ['SO_BINDTODEVICE', 'SO_BINDTOIFINDEX', 'IP_MULTICAST_IF', 'IPV6_UNICAST_IF'],
  man: 'linux/in.h',
  since: '3.4',
  differs: { windows: 'Set in network byte order as on Linux, but read in the order of the processor.' },
  sample: 1,
});

export const IP_XFRM_POLICY = option({
  name: 'IP_XFRM_POLICY',
  level: 'SOL_IP',
  access: 'wo',
  value: xfrmPolicy(),
  on: { linux: 17 },
  summary: "Gives the socket an IPsec policy of its own (struct xfrm_userpolicy_info), before the system's policies.",
  notes: [
    'How key exchange daemons let their own packets pass unencrypted.',
    'The family of sel and dir are what it needs at least; without tmpls packets pass as they are.',
    'In C the templates (struct xfrm_user_tmpl) follow the policy in the same buffer.',
    'none takes the policies of both directions away.',
    'IPv6 sockets refuse it with EOPNOTSUPP: they have IPV6_XFRM_POLICY.',
  ],
  needs: 'CAP_NET_ADMIN',
  when: 'any',
  kinds: ['tcp', 'tcp-listen', 'tcp-connected', 'udp', 'raw', 'icmp', 'igmp', 'udplite'],
  see: ['IP_IPSEC_POLICY', 'IPV6_XFRM_POLICY'],
  man: 'ip-xfrm(8)',
  since: '2.6',
  sample: { sel: { family: 'AF_INET' }, dir: 'XFRM_POLICY_OUT' },
});
