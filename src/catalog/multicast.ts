// Multicast options that C has at two levels, SOL_IP and SOL_IPV6 (MCAST_*), sorted by C name (RFC 3678).
import { groupFilter, groupFilterQuery, groupReq, groupSourceReq } from '../codec/multicast.ts';
import { type Kind, option } from '../option.ts';

const levels = ['SOL_IP', 'SOL_IPV6'] as const;
/** All but MPTCP; TCP sockets accept the options, though multicast never reaches them. */
const inet: readonly Kind[] = [
  'udp',
  'udp6',
  'raw',
  'raw6',
  'tcp',
  'tcp6',
  'tcp-listen',
  'tcp-connected',
  'icmp',
  'igmp',
  'icmp6',
  'udplite',
];

/** A membership on the loopback interface, for samples and for the options that need one first. */
const group = { family: 'inet', address: '239.1.2.3', port: 0 } as const;
const sender = { family: 'inet', address: '127.0.0.2', port: 0 } as const;
const membership = { interface: 1, group };
const source = { ...membership, source: sender };

export const MCAST_BLOCK_SOURCE = option({
  name: 'MCAST_BLOCK_SOURCE',
  level: levels,
  access: 'wo',
  value: groupSourceReq(),
  length: 'at-least',
  on: { linux: 43, darwin: 84, freebsd: 84, windows: 43 },
  summary: 'Stops hearing one sender of a multicast group that the socket has joined, IPv4 or IPv6.',
  notes: ['Fails with EINVAL when the socket is not in the group there, or joined it for named senders only.'],
  when: 'any',
  kinds: inet,
  see: ['MCAST_UNBLOCK_SOURCE', 'MCAST_JOIN_GROUP', 'MCAST_MSFILTER', 'IP_BLOCK_SOURCE'],
  man: 'RFC 3678',
  since: '2.4.22',
  after: { MCAST_JOIN_GROUP: membership },
  sample: source,
  sampleOn: 'udp',
});

export const MCAST_JOIN_GROUP = option({
  name: 'MCAST_JOIN_GROUP',
  level: levels,
  access: 'wo',
  value: groupReq(),
  length: 'at-least',
  on: { linux: 42, darwin: 80, freebsd: 80, windows: 41 },
  summary: 'Joins a multicast group on one interface, with the same call for IPv4 and IPv6.',
  notes: [
    'Interface 0 lets the routing table choose.',
    'The level is that of the socket: an IPv6 one takes IPv6 groups here, and IPv4 groups by IP_ADD_MEMBERSHIP.',
    'Joining the same group on the same interface twice fails with EADDRINUSE.',
    'IPv4: at most net.ipv4.igmp_max_memberships groups for one socket (ENOBUFS).',
  ],
  limit: 'net.ipv4.igmp_max_memberships',
  when: 'any',
  kinds: inet,
  see: ['MCAST_LEAVE_GROUP', 'MCAST_JOIN_SOURCE_GROUP', 'IP_ADD_MEMBERSHIP', 'IPV6_ADD_MEMBERSHIP'],
  man: 'RFC 3678',
  since: '2.4.22',
  sample: membership,
  sampleOn: 'udp',
});

export const MCAST_JOIN_SOURCE_GROUP = option({
  name: 'MCAST_JOIN_SOURCE_GROUP',
  level: levels,
  access: 'wo',
  value: groupSourceReq(),
  length: 'at-least',
  on: { linux: 46, darwin: 82, freebsd: 82, windows: 45 },
  summary: 'Joins a multicast group for one sender only (source-specific multicast); each further call adds a sender.',
  notes: ['At most net.ipv4.igmp_max_msf senders for an IPv4 group, net.ipv6.mld_max_msf for an IPv6 one.'],
  limit: 'net.ipv4.igmp_max_msf',
  when: 'any',
  kinds: inet,
  see: ['MCAST_LEAVE_SOURCE_GROUP', 'MCAST_JOIN_GROUP', 'MCAST_MSFILTER', 'IP_ADD_SOURCE_MEMBERSHIP'],
  man: 'RFC 3678, RFC 4607',
  since: '2.4.22',
  sample: source,
  sampleOn: 'udp',
});

export const MCAST_LEAVE_GROUP = option({
  name: 'MCAST_LEAVE_GROUP',
  level: levels,
  access: 'wo',
  value: groupReq(),
  length: 'at-least',
  on: { linux: 45, darwin: 81, freebsd: 81, windows: 42 },
  summary: 'Leaves a multicast group, IPv4 or IPv6; closing the socket leaves all of them.',
  notes: ['Fails with EADDRNOTAVAIL when the socket is not in the group on that interface.'],
  when: 'any',
  kinds: inet,
  see: ['MCAST_JOIN_GROUP', 'MCAST_LEAVE_SOURCE_GROUP', 'IP_DROP_MEMBERSHIP', 'IPV6_DROP_MEMBERSHIP'],
  man: 'RFC 3678',
  since: '2.4.22',
  after: { MCAST_JOIN_GROUP: membership },
  sample: membership,
  sampleOn: 'udp',
});

export const MCAST_LEAVE_SOURCE_GROUP = option({
  name: 'MCAST_LEAVE_SOURCE_GROUP',
  level: levels,
  access: 'wo',
  value: groupSourceReq(),
  length: 'at-least',
  on: { linux: 47, darwin: 83, freebsd: 83, windows: 46 },
  summary: 'Stops hearing one sender that MCAST_JOIN_SOURCE_GROUP named; without the last one the group is left.',
  notes: ['Fails with EINVAL when the socket has not joined the group, with EADDRNOTAVAIL when not for that sender.'],
  when: 'any',
  kinds: inet,
  see: ['MCAST_JOIN_SOURCE_GROUP', 'MCAST_LEAVE_GROUP', 'IP_DROP_SOURCE_MEMBERSHIP'],
  man: 'RFC 3678, RFC 4607',
  since: '2.4.22',
  after: { MCAST_JOIN_SOURCE_GROUP: source },
  sample: source,
  sampleOn: 'udp',
});

export const MCAST_MSFILTER = option({
  name: 'MCAST_MSFILTER',
  level: levels,
  access: 'rw',
  value: groupFilter(),
  query: groupFilterQuery(),
  length: 'in-out',
  on: { linux: 48 },
  summary: 'The whole list of senders that the socket hears, or does not hear, in one multicast group.',
  notes: [
    'A read passes in the interface, the group and the room for sources; the kernel returns the filter.',
    'The kernel trusts the count that is passed in, not the length: a count beyond the buffer overwrites memory.',
    'The count that comes back is that of the whole list, which may be longer than the room given.',
    'A set needs a membership first (EINVAL).',
    'EXCLUDE with no sources hears everybody, INCLUDE with none leaves the group.',
    'Setting it is limited by net.ipv4.igmp_max_msf and net.ipv6.mld_max_msf.',
  ],
  when: 'any',
  kinds: inet,
  see: ['IP_MSFILTER', 'MCAST_JOIN_SOURCE_GROUP', 'MCAST_BLOCK_SOURCE'],
  man: 'RFC 3678',
  since: '2.4.22',
  after: { MCAST_JOIN_GROUP: membership },
  sample: { ...membership, mode: 'exclude', sources: [sender] },
  sampleOn: 'udp',
});

export const MCAST_UNBLOCK_SOURCE = option({
  name: 'MCAST_UNBLOCK_SOURCE',
  level: levels,
  access: 'wo',
  value: groupSourceReq(),
  length: 'at-least',
  on: { linux: 44, darwin: 85, freebsd: 85, windows: 44 },
  summary: 'Hears a sender of a multicast group again, after MCAST_BLOCK_SOURCE.',
  notes: ['Fails with EADDRNOTAVAIL when that sender is not blocked.'],
  when: 'any',
  kinds: inet,
  see: ['MCAST_BLOCK_SOURCE', 'MCAST_MSFILTER', 'IP_UNBLOCK_SOURCE'],
  man: 'RFC 3678',
  since: '2.4.22',
  after: { MCAST_JOIN_GROUP: membership, MCAST_BLOCK_SOURCE: source },
  sample: source,
  sampleOn: 'udp',
});
