// The tables of netfilter, which sockets of IP and IPv6 read and replace, sorted by C name: what iptables-legacy(8) uses.
import { ebtReplace } from '../codec/ebtables.ts';
import { ipSetAnswer, ipSetQuery } from '../codec/ipset.ts';
import { arpt, ip6t, ipt, xtCountersInfo, xtGetRevision } from '../codec/netfilter.ts';
import { sockaddrIn, sockaddrIn6 } from '../codec/sockaddr-in.ts';
import { type Kind, option } from '../option.ts';

/** Any socket of the family will do: the options are about its network namespace. Raw ones are what programs take. */
const inet: readonly Kind[] = [
  'raw',
  'icmp',
  'igmp',
  'udp',
  'udplite',
  'tcp',
  'tcp-listen',
  'tcp-connected',
  'tcp6',
  'udp6',
];
const inet6: readonly Kind[] = ['raw6', 'icmp6', 'udp6', 'tcp6'];
const needs = 'CAP_NET_ADMIN';

const legacy = 'It is about the tables of iptables-legacy, not about those of nft and iptables-nft.';
const oneNumber = 'The same number means something else on a read and on a set.';
const making = 'The first read of a table makes it in this network namespace, empty.';
const opaque = 'The bytes of extensions (data of matches and targets) are laid out as only the extension knows.';

/** For ip_tables' raw table as it is made: two policies, and the rule at its end. */
const countersOfRaw = {
  name: 'raw',
  counters: [
    { pcnt: 12, bcnt: 1008 },
    { pcnt: 0, bcnt: 0 },
    { pcnt: 7, bcnt: 588 },
  ],
} as const;

export const ARPT_SO_GET_ENTRIES = option({
  name: 'ARPT_SO_GET_ENTRIES',
  level: 'SOL_IP',
  access: 'ro',
  value: arpt.entries(),
  query: arpt.entriesQuery(),
  length: 'in-out',
  on: { linux: 97 },
  summary: 'The rules of a table for ARP packets, with their counters.',
  notes: [
    "The query is the table's name and the size that ARPT_SO_GET_INFO tells; a table that has changed since gives EAGAIN.",
    "The target '' is the standard one: its verdict is accept (-2), drop (-1), return (-5), or the offset to jump to.",
    'The target ERROR is in front of each chain of the user, with its name, and at the end of the table.',
    opaque,
    legacy,
  ],
  needs,
  kinds: inet,
  see: ['ARPT_SO_GET_INFO', 'ARPT_SO_SET_REPLACE'],
  man: 'linux/netfilter_arp/arp_tables.h',
});

export const ARPT_SO_GET_INFO = option({
  name: 'ARPT_SO_GET_INFO',
  level: 'SOL_IP',
  access: 'ro',
  value: arpt.info(),
  query: arpt.infoQuery(),
  length: 'in-out',
  on: { linux: 96 },
  summary:
    'What a table of rules for ARP packets looks like: its hooks, where their chains begin, how many rules and bytes it has.',
  notes: [
    "The query is the table's name: { name: 'filter' }.",
    making,
    'hook_entry and underflow are offsets of the first and the last rule of each chain; those of unused hooks mean nothing.',
    legacy,
    oneNumber,
  ],
  needs,
  kinds: inet,
  see: ['ARPT_SO_GET_ENTRIES', 'ARPT_SO_SET_REPLACE', 'IPT_SO_GET_INFO'],
  man: 'linux/netfilter_arp/arp_tables.h',
});

export const ARPT_SO_GET_REVISION_TARGET = option({
  name: 'ARPT_SO_GET_REVISION_TARGET',
  level: 'SOL_IP',
  access: 'ro',
  value: xtGetRevision(),
  query: xtGetRevision(),
  length: 'in-out',
  on: { linux: 99 },
  summary: 'Asks whether the kernel has a revision of a target of arptables.',
  notes: [
    "The query names it: { name: 'MARK', revision: 2 }.",
    'The answer is in the outcome: success where the kernel has just this revision; EPROTONOSUPPORT: others; ENOENT: none.',
  ],
  needs,
  kinds: inet,
  see: ['IPT_SO_GET_REVISION_TARGET'],
  man: 'linux/netfilter_arp/arp_tables.h',
});

export const ARPT_SO_SET_ADD_COUNTERS = option({
  name: 'ARPT_SO_SET_ADD_COUNTERS',
  level: 'SOL_IP',
  access: 'wo',
  value: xtCountersInfo(),
  on: { linux: 97 },
  summary: 'Adds numbers to the counters of all rules of a table for ARP packets.',
  notes: [
    'One pair for each rule, in their order; another number of them gives EINVAL.',
    'For tools that replace a table and bring back the old counters.',
    legacy,
  ],
  needs,
  when: 'any',
  kinds: inet,
  see: ['ARPT_SO_SET_REPLACE', 'ARPT_SO_GET_ENTRIES'],
  man: 'linux/netfilter_arp/arp_tables.h',
  example: {
    name: 'filter',
    counters: [
      { pcnt: 12, bcnt: 1008 },
      { pcnt: 0, bcnt: 0 },
      { pcnt: 7, bcnt: 588 },
      { pcnt: 3, bcnt: 252 },
    ],
  },
});

export const ARPT_SO_SET_REPLACE = option({
  name: 'ARPT_SO_SET_REPLACE',
  level: 'SOL_IP',
  access: 'wo',
  value: arpt.replace(),
  on: { linux: 96 },
  summary: 'Replaces a whole table of rules for ARP packets at once.',
  notes: [
    'num_counters must be the number of rules that the table has now (ARPT_SO_GET_INFO): EAGAIN otherwise.',
    'counters is an address where the kernel writes their counters; with 0 they are lost, and the kernel logs a warning.',
    'size and the number of rules are made from entries; valid_hooks must be as it was.',
    opaque,
    legacy,
  ],
  needs,
  when: 'any',
  kinds: inet,
  see: ['ARPT_SO_GET_ENTRIES', 'ARPT_SO_SET_ADD_COUNTERS'],
  man: 'linux/netfilter_arp/arp_tables.h',
});

export const EBT_SO_GET_ENTRIES = option({
  name: 'EBT_SO_GET_ENTRIES',
  level: 'SOL_IP',
  access: 'ro',
  value: ebtReplace(),
  query: ebtReplace(),
  length: 'in-out',
  on: { linux: 129 },
  summary: 'The rules of a table of ebtables, for packets that a bridge forwards.',
  notes: [
    'The rules and counters are not in the struct: it has their addresses in this process, which only native code knows.',
    'The query repeats nentries and entries_size of EBT_SO_GET_INFO: EINVAL otherwise.',
    'A kernel without ebtables-legacy answers ENOPROTOOPT; ebtables-nft(8) does without these options.',
  ],
  needs,
  kinds: inet,
  see: ['EBT_SO_GET_INFO'],
  man: 'linux/netfilter_bridge/ebtables.h',
  since: '2.6',
});

export const EBT_SO_GET_INFO = option({
  name: 'EBT_SO_GET_INFO',
  level: 'SOL_IP',
  access: 'ro',
  value: ebtReplace(),
  query: ebtReplace(),
  length: 'in-out',
  on: { linux: 128 },
  summary: 'What a table of ebtables looks like: its hooks, how many rules and bytes it has.',
  notes: [
    "The query is the table's name: { name: 'filter' }.",
    oneNumber,
    'A kernel without ebtables-legacy answers ENOPROTOOPT; ebtables-nft(8) does without these options.',
  ],
  needs,
  kinds: inet,
  see: ['EBT_SO_GET_ENTRIES', 'EBT_SO_GET_INIT_INFO'],
  man: 'linux/netfilter_bridge/ebtables.h',
  since: '2.6',
});

export const EBT_SO_GET_INIT_ENTRIES = option({
  name: 'EBT_SO_GET_INIT_ENTRIES',
  level: 'SOL_IP',
  access: 'ro',
  value: ebtReplace(),
  query: ebtReplace(),
  length: 'in-out',
  on: { linux: 131 },
  summary: 'The rules that a table of ebtables had when it was made.',
  notes: [
    'The rules and counters are not in the struct: it has their addresses in this process, which only native code knows.',
    'A kernel without ebtables-legacy answers ENOPROTOOPT; ebtables-nft(8) does without these options.',
  ],
  needs,
  kinds: inet,
  see: ['EBT_SO_GET_INIT_INFO'],
  man: 'linux/netfilter_bridge/ebtables.h',
  since: '2.6',
});

export const EBT_SO_GET_INIT_INFO = option({
  name: 'EBT_SO_GET_INIT_INFO',
  level: 'SOL_IP',
  access: 'ro',
  value: ebtReplace(),
  query: ebtReplace(),
  length: 'in-out',
  on: { linux: 130 },
  summary: 'What a table of ebtables looked like when it was made.',
  notes: [
    "The query is the table's name: { name: 'filter' }.",
    'A kernel without ebtables-legacy answers ENOPROTOOPT; ebtables-nft(8) does without these options.',
  ],
  needs,
  kinds: inet,
  see: ['EBT_SO_GET_INFO', 'EBT_SO_GET_INIT_ENTRIES'],
  man: 'linux/netfilter_bridge/ebtables.h',
  since: '2.6',
});

export const EBT_SO_SET_COUNTERS = option({
  name: 'EBT_SO_SET_COUNTERS',
  level: 'SOL_IP',
  access: 'wo',
  value: ebtReplace(),
  on: { linux: 129 },
  summary: 'Adds numbers to the counters of all rules of a table of ebtables.',
  notes: [
    'The rules and counters are not in the struct: it has their addresses in this process, which only native code knows.',
    'A kernel without ebtables-legacy answers ENOPROTOOPT; ebtables-nft(8) does without these options.',
  ],
  needs,
  when: 'any',
  kinds: inet,
  see: ['EBT_SO_SET_ENTRIES'],
  man: 'linux/netfilter_bridge/ebtables.h',
  since: '2.6',
});

export const EBT_SO_SET_ENTRIES = option({
  name: 'EBT_SO_SET_ENTRIES',
  level: 'SOL_IP',
  access: 'wo',
  value: ebtReplace(),
  on: { linux: 128 },
  summary: 'Replaces a whole table of rules of ebtables at once.',
  notes: [
    'The rules and counters are not in the struct: it has their addresses in this process, which only native code knows.',
    oneNumber,
    'A kernel without ebtables-legacy answers ENOPROTOOPT; ebtables-nft(8) does without these options.',
  ],
  needs,
  when: 'any',
  kinds: inet,
  see: ['EBT_SO_GET_ENTRIES'],
  man: 'linux/netfilter_bridge/ebtables.h',
  since: '2.6',
});

export const IP6T_SO_GET_ENTRIES = option({
  name: 'IP6T_SO_GET_ENTRIES',
  level: 'SOL_IPV6',
  access: 'ro',
  value: ip6t.entries(),
  query: ip6t.entriesQuery(),
  length: 'in-out',
  on: { linux: 65 },
  summary: 'The rules of a table for IPv6 packets, with their counters.',
  notes: [
    "The query is the table's name and the size that IP6T_SO_GET_INFO tells; a table that has changed since gives EAGAIN.",
    "The target '' is the standard one: its verdict is accept (-2), drop (-1), return (-5), or the offset to jump to.",
    'The target ERROR is in front of each chain of the user, with its name, and at the end of the table.',
    opaque,
    legacy,
  ],
  needs,
  kinds: inet6,
  see: ['IP6T_SO_GET_INFO', 'IP6T_SO_SET_REPLACE'],
  man: 'linux/netfilter_ipv6/ip6_tables.h',
  since: '2.4',
});

export const IP6T_SO_GET_INFO = option({
  name: 'IP6T_SO_GET_INFO',
  level: 'SOL_IPV6',
  access: 'ro',
  value: ip6t.info(),
  query: ip6t.infoQuery(),
  length: 'in-out',
  on: { linux: 64 },
  summary:
    'What a table of rules for IPv6 packets looks like: its hooks, where their chains begin, how many rules and bytes it has.',
  notes: [
    "The query is the table's name: { name: 'filter' }.",
    making,
    'hook_entry and underflow are offsets of the first and the last rule of each chain; those of unused hooks mean nothing.',
    legacy,
    oneNumber,
  ],
  needs,
  kinds: inet6,
  see: ['IP6T_SO_GET_ENTRIES', 'IP6T_SO_SET_REPLACE', 'IPT_SO_GET_INFO'],
  man: 'linux/netfilter_ipv6/ip6_tables.h',
  since: '2.4',
});

export const IP6T_SO_GET_REVISION_MATCH = option({
  name: 'IP6T_SO_GET_REVISION_MATCH',
  level: 'SOL_IPV6',
  access: 'ro',
  value: xtGetRevision(),
  query: xtGetRevision(),
  length: 'in-out',
  on: { linux: 68 },
  summary: 'Asks whether the kernel has a revision of a match of ip6tables.',
  notes: [
    "The query names it: { name: 'conntrack', revision: 3 }.",
    'The answer is in the outcome: success where the kernel has just this revision; EPROTONOSUPPORT: others; ENOENT: none.',
  ],
  needs,
  kinds: inet6,
  see: ['IP6T_SO_GET_REVISION_TARGET'],
  man: 'linux/netfilter_ipv6/ip6_tables.h',
});

export const IP6T_SO_GET_REVISION_TARGET = option({
  name: 'IP6T_SO_GET_REVISION_TARGET',
  level: 'SOL_IPV6',
  access: 'ro',
  value: xtGetRevision(),
  query: xtGetRevision(),
  length: 'in-out',
  on: { linux: 69 },
  summary: 'Asks whether the kernel has a revision of a target of ip6tables.',
  notes: [
    "The query names it: { name: 'MARK', revision: 2 }.",
    'The answer is in the outcome: success where the kernel has just this revision; EPROTONOSUPPORT: others; ENOENT: none.',
  ],
  needs,
  kinds: inet6,
  see: ['IP6T_SO_GET_REVISION_MATCH'],
  man: 'linux/netfilter_ipv6/ip6_tables.h',
});

export const IP6T_SO_ORIGINAL_DST = option({
  name: 'IP6T_SO_ORIGINAL_DST',
  level: 'SOL_IPV6',
  access: 'ro',
  value: sockaddrIn6(),
  on: { linux: 80 },
  summary: 'The IPv6 address and port that a connection was made to before NAT changed them.',
  notes: [
    'Read it from the connection that the proxy accepted; it needs no privilege.',
    'Fails with ENOENT when connection tracking does not know the connection.',
    'TCP and SCTP only: ENOPROTOOPT on others.',
  ],
  kinds: ['tcp6'],
  see: ['SO_ORIGINAL_DST', 'IPV6_ORIGDSTADDR'],
  man: 'linux/netfilter_ipv6/ip6_tables.h',
});

export const IP6T_SO_SET_ADD_COUNTERS = option({
  name: 'IP6T_SO_SET_ADD_COUNTERS',
  level: 'SOL_IPV6',
  access: 'wo',
  value: xtCountersInfo(),
  on: { linux: 65 },
  summary: 'Adds numbers to the counters of all rules of a table for IPv6 packets.',
  notes: [
    'One pair for each rule, in their order; another number of them gives EINVAL.',
    'For tools that replace a table and bring back the old counters.',
    legacy,
  ],
  needs,
  when: 'any',
  kinds: inet6,
  see: ['IP6T_SO_SET_REPLACE', 'IP6T_SO_GET_ENTRIES'],
  man: 'linux/netfilter_ipv6/ip6_tables.h',
  since: '2.4',
  example: countersOfRaw,
});

export const IP6T_SO_SET_REPLACE = option({
  name: 'IP6T_SO_SET_REPLACE',
  level: 'SOL_IPV6',
  access: 'wo',
  value: ip6t.replace(),
  on: { linux: 64 },
  summary: 'Replaces a whole table of rules for IPv6 packets at once.',
  notes: [
    'num_counters must be the number of rules that the table has now (IP6T_SO_GET_INFO): EAGAIN otherwise.',
    'counters is an address where the kernel writes their counters; with 0 they are lost, and the kernel logs a warning.',
    'size and the number of rules are made from entries; valid_hooks must be as it was.',
    opaque,
    legacy,
  ],
  needs,
  when: 'any',
  kinds: inet6,
  see: ['IP6T_SO_GET_ENTRIES', 'IP6T_SO_SET_ADD_COUNTERS'],
  man: 'linux/netfilter_ipv6/ip6_tables.h',
  since: '2.4',
});

export const IPT_SO_GET_ENTRIES = option({
  name: 'IPT_SO_GET_ENTRIES',
  level: 'SOL_IP',
  access: 'ro',
  value: ipt.entries(),
  query: ipt.entriesQuery(),
  length: 'in-out',
  on: { linux: 65 },
  summary: 'The rules of a table for IPv4 packets, with their counters.',
  notes: [
    "The query is the table's name and the size that IPT_SO_GET_INFO tells; a table that has changed since gives EAGAIN.",
    "The target '' is the standard one: its verdict is accept (-2), drop (-1), return (-5), or the offset to jump to.",
    'The target ERROR is in front of each chain of the user, with its name, and at the end of the table.',
    opaque,
    legacy,
  ],
  needs,
  kinds: inet,
  see: ['IPT_SO_GET_INFO', 'IPT_SO_SET_REPLACE'],
  man: 'linux/netfilter_ipv4/ip_tables.h',
  since: '2.4',
});

export const IPT_SO_GET_INFO = option({
  name: 'IPT_SO_GET_INFO',
  level: 'SOL_IP',
  access: 'ro',
  value: ipt.info(),
  query: ipt.infoQuery(),
  length: 'in-out',
  on: { linux: 64 },
  summary:
    'What a table of rules for IPv4 packets looks like: its hooks, where their chains begin, how many rules and bytes it has.',
  notes: [
    "The query is the table's name: { name: 'filter' }.",
    making,
    'hook_entry and underflow are offsets of the first and the last rule of each chain; those of unused hooks mean nothing.',
    legacy,
    oneNumber,
  ],
  needs,
  kinds: inet,
  see: ['IPT_SO_GET_ENTRIES', 'IPT_SO_SET_REPLACE', 'IP6T_SO_GET_INFO'],
  man: 'linux/netfilter_ipv4/ip_tables.h',
  since: '2.4',
});

export const IPT_SO_GET_REVISION_MATCH = option({
  name: 'IPT_SO_GET_REVISION_MATCH',
  level: 'SOL_IP',
  access: 'ro',
  value: xtGetRevision(),
  query: xtGetRevision(),
  length: 'in-out',
  on: { linux: 66 },
  summary: 'Asks whether the kernel has a revision of a match of iptables.',
  notes: [
    "The query names it: { name: 'conntrack', revision: 3 }.",
    'The answer is in the outcome: success where the kernel has just this revision; EPROTONOSUPPORT: others; ENOENT: none.',
  ],
  needs,
  kinds: inet,
  see: ['IPT_SO_GET_REVISION_TARGET'],
  man: 'linux/netfilter_ipv4/ip_tables.h',
});

export const IPT_SO_GET_REVISION_TARGET = option({
  name: 'IPT_SO_GET_REVISION_TARGET',
  level: 'SOL_IP',
  access: 'ro',
  value: xtGetRevision(),
  query: xtGetRevision(),
  length: 'in-out',
  on: { linux: 67 },
  summary: 'Asks whether the kernel has a revision of a target of iptables.',
  notes: [
    "The query names it: { name: 'MARK', revision: 2 }.",
    'The answer is in the outcome: success where the kernel has just this revision; EPROTONOSUPPORT: others; ENOENT: none.',
  ],
  needs,
  kinds: inet,
  see: ['IPT_SO_GET_REVISION_MATCH'],
  man: 'linux/netfilter_ipv4/ip_tables.h',
});

export const IPT_SO_SET_ADD_COUNTERS = option({
  name: 'IPT_SO_SET_ADD_COUNTERS',
  level: 'SOL_IP',
  access: 'wo',
  value: xtCountersInfo(),
  on: { linux: 65 },
  summary: 'Adds numbers to the counters of all rules of a table for IPv4 packets.',
  notes: [
    'One pair for each rule, in their order; another number of them gives EINVAL.',
    'For tools that replace a table and bring back the old counters.',
    legacy,
  ],
  needs,
  when: 'any',
  kinds: inet,
  see: ['IPT_SO_SET_REPLACE', 'IPT_SO_GET_ENTRIES'],
  man: 'linux/netfilter_ipv4/ip_tables.h',
  since: '2.4',
  example: countersOfRaw,
});

export const IPT_SO_SET_REPLACE = option({
  name: 'IPT_SO_SET_REPLACE',
  level: 'SOL_IP',
  access: 'wo',
  value: ipt.replace(),
  on: { linux: 64 },
  summary: 'Replaces a whole table of rules for IPv4 packets at once.',
  notes: [
    'num_counters must be the number of rules that the table has now (IPT_SO_GET_INFO): EAGAIN otherwise.',
    'counters is an address where the kernel writes their counters; with 0 they are lost, and the kernel logs a warning.',
    'size and the number of rules are made from entries; valid_hooks must be as it was.',
    opaque,
    legacy,
  ],
  needs,
  when: 'any',
  kinds: inet,
  see: ['IPT_SO_GET_ENTRIES', 'IPT_SO_SET_ADD_COUNTERS'],
  man: 'linux/netfilter_ipv4/ip_tables.h',
  since: '2.4',
});

export const SO_IP_SET = option({
  name: 'SO_IP_SET',
  level: 'SOL_IP',
  access: 'ro',
  value: ipSetAnswer(),
  query: ipSetQuery(),
  length: 'in-out',
  on: { linux: 83 },
  summary: 'Asks which sets of addresses there are (ipset): the index of a name, the name of an index, the version.',
  notes: [
    "The query is { op: 'IP_SET_OP_GET_BYNAME', name: 'blocked' }, { op: 'IP_SET_OP_GET_BYINDEX', index: 0 } or { op: 'IP_SET_OP_VERSION' }.",
    'IP_SET_OP_GET_FNAME tells the family (NFPROTO_IPV4 is 2, NFPROTO_IPV6 10) too.',
    "A name that no set has gives the index 65535, an index without a set gives the name ''.",
    'What is in a set, netlink tells: ipset(8).',
  ],
  needs,
  kinds: inet,
  see: ['IPT_SO_GET_ENTRIES'],
  man: 'linux/netfilter/ipset/ip_set.h',
  since: '2.6.39',
});

export const SO_ORIGINAL_DST = option({
  name: 'SO_ORIGINAL_DST',
  level: 'SOL_IP',
  access: 'ro',
  value: sockaddrIn(),
  on: { linux: 80 },
  summary:
    'The address and port that a connection was made to before NAT changed them: for transparent proxies behind REDIRECT.',
  notes: [
    'Read it from the connection that the proxy accepted; it needs no privilege.',
    'Fails with ENOENT when connection tracking does not know the connection.',
    'With TPROXY instead of REDIRECT the destination is kept: getsockname tells it.',
    'TCP and SCTP only: ENOPROTOOPT on others.',
  ],
  kinds: ['tcp', 'tcp6', 'tcp-listen', 'tcp-connected', 'sctp'],
  see: ['IP6T_SO_ORIGINAL_DST', 'IP_ORIGDSTADDR', 'IP_TRANSPARENT'],
  man: 'linux/netfilter_ipv4.h',
  since: '2.4',
});
