// The filters of raw ICMP sockets (SOL_RAW, SOL_ICMPV6), sorted by C name.
import { icmp6Filter, icmpFilter } from '../codec/icmp-filter.ts';
import { option } from '../option.ts';

const shape = 'The value is { block: [types] } or { pass: [types] }; a read gives the shorter of the two.';

export const ICMPV6_FILTER = option({
  name: 'ICMPV6_FILTER',
  level: 'SOL_ICMPV6',
  access: 'rw',
  value: icmp6Filter(),
  on: { linux: 1 },
  summary: 'Which types of ICMPv6 messages a raw socket receives; all others are dropped before they reach it.',
  notes: [
    shape,
    'Only raw sockets of protocol IPPROTO_ICMPV6 have it. A new one receives every type.',
    'In memory a set bit blocks its type on Linux; RFC 3542 and the BSDs, where the name is ICMP6_FILTER, have it pass.',
  ],
  when: 'any',
  see: ['ICMP_FILTER', 'SO_ATTACH_FILTER'],
  man: 'RFC 3542, linux/icmpv6.h',
  sample: { pass: ['ICMPV6_ECHO_REPLY', 'ND_NEIGHBOR_ADVERT'] },
});

export const ICMP_FILTER = option({
  name: 'ICMP_FILTER',
  level: 'SOL_RAW',
  access: 'rw',
  value: icmpFilter(),
  on: { linux: 1 },
  summary: 'Which types of ICMP messages a raw socket does not receive.',
  notes: [shape, 'Only raw sockets of protocol IPPROTO_ICMP have it. Types from 32 on have no bit and always arrive.'],
  when: 'any',
  see: ['ICMPV6_FILTER', 'SO_ATTACH_FILTER'],
  man: 'raw(7)',
  since: '2.2',
  sample: { block: ['ICMP_ECHO'] },
});
