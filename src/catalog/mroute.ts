// The options of multicast routing (SOL_IP, SOL_IPV6), sorted by C name: what routing programs such as pimd use.
import { nothing } from '../codec/bytes.ts';
import { flags } from '../codec/enumeration.ts';
import { mf6cctl, mfcctl, mif6ctl, vifctl } from '../codec/mroute.ts';
import { bool, int, u16, u32 } from '../codec/scalar.ts';
import { IGMPMSG_WRVIFWHOLE, MRT6MSG_WRMIFWHOLE, mrt6FlushFlags, mrtFlushFlags } from '../constants/mroute.ts';
import { type Kind, option } from '../option.ts';

/** Only a raw socket of IGMP has them, and for IPv6 one of ICMPv6. */
const igmp: readonly Kind[] = ['igmp'];
const icmp6: readonly Kind[] = ['icmp6'];
const needs = 'CAP_NET_ADMIN';

// Examples, no samples: a set changes the network of the machine, not only the socket. test/catalog/multicast-routing.test.ts
// does it in a network of its own.
const vif = { vifi: 0, lcl_addr: '127.0.0.1' };
const mif = { mifi: 0, pifi: 1 };
const route = { origin: '192.0.2.1', mcastgrp: '239.1.2.3' };
const route6 = { origin: '2001:db8::1', mcastgrp: 'ff0e::1:2' };
/** From any sender: these entries of a proxy need no origin. */
const proxy = { origin: '0.0.0.0', mcastgrp: '239.1.2.3' };
const proxy6 = { origin: '::', mcastgrp: 'ff0e::1:2' };

const exclusive = 'One socket at a time routes for a table; closing it removes what it added.';

export const MRT6_ADD_MFC = option({
  name: 'MRT6_ADD_MFC',
  level: 'SOL_IPV6',
  access: 'wo',
  value: mf6cctl(),
  on: { linux: 204 },
  summary: 'Adds or changes an entry of the IPv6 multicast forwarding cache: where packets of a sender and a group go.',
  notes: ['parent is the virtual interface that packets must come in on, ifset those that they leave by.'],
  needs,
  when: 'any',
  kinds: icmp6,
  after: { MRT6_INIT: 1, MRT6_ADD_MIF: mif },
  see: ['MRT6_DEL_MFC', 'MRT6_ADD_MFC_PROXY', 'MRT6_ADD_MIF', 'MRT_ADD_MFC'],
  man: 'linux/mroute6.h',
  since: '2.6.26',
  example: { ...route6, parent: 0, ifset: [1] },
});

export const MRT6_ADD_MFC_PROXY = option({
  name: 'MRT6_ADD_MFC_PROXY',
  level: 'SOL_IPV6',
  access: 'wo',
  value: mf6cctl(),
  on: { linux: 210 },
  summary:
    'Adds an entry of the IPv6 multicast forwarding cache for any sender: of one group, or of all with group ::.',
  notes: ['For multicast proxies. An entry that names the sender is preferred.'],
  needs,
  when: 'any',
  kinds: icmp6,
  after: { MRT6_INIT: 1, MRT6_ADD_MIF: mif },
  see: ['MRT6_DEL_MFC_PROXY', 'MRT6_ADD_MFC', 'MRT_ADD_MFC_PROXY'],
  man: 'linux/mroute6.h',
  since: '3.9',
  example: { ...proxy6, parent: 0, ifset: [1] },
});

export const MRT6_ADD_MIF = option({
  name: 'MRT6_ADD_MIF',
  level: 'SOL_IPV6',
  access: 'wo',
  value: mif6ctl(),
  on: { linux: 202 },
  summary: 'Makes a network interface one of those between which IPv6 multicast is routed, under a number of its own.',
  notes: [
    'mifi is that number, 0 to 31; pifi the index or the name of the interface.',
    'A packet whose hop limit is not above threshold does not leave by it. The rate limit was never implemented.',
    'Fails with EADDRINUSE when the number is taken, with EADDRNOTAVAIL when there is no such interface.',
  ],
  needs,
  when: 'any',
  kinds: icmp6,
  after: { MRT6_INIT: 1 },
  see: ['MRT6_DEL_MIF', 'MRT6_ADD_MFC', 'MRT_ADD_VIF'],
  man: 'linux/mroute6.h',
  since: '2.6.26',
  example: mif,
});

export const MRT6_ASSERT = option({
  name: 'MRT6_ASSERT',
  level: 'SOL_IPV6',
  access: 'rw',
  value: bool(),
  length: 'exact',
  on: { linux: 207 },
  summary: 'Tells the routing program when IPv6 multicast comes in on another interface than the one it should.',
  notes: [
    'The messages are read from the same socket (struct mrt6msg).',
    'It belongs to the table, not to the socket.',
  ],
  needs,
  when: 'any',
  kinds: icmp6,
  see: ['MRT6_PIM', 'MRT_ASSERT'],
  man: 'linux/mroute6.h',
  since: '2.6.26',
  example: true,
});

export const MRT6_DEL_MFC = option({
  name: 'MRT6_DEL_MFC',
  level: 'SOL_IPV6',
  access: 'wo',
  value: mf6cctl(),
  on: { linux: 205 },
  summary: 'Removes an entry of the IPv6 multicast forwarding cache.',
  notes: ['Fails with ENOENT when there is none for that sender and group.'],
  needs,
  when: 'any',
  kinds: icmp6,
  after: { MRT6_INIT: 1, MRT6_ADD_MIF: mif, MRT6_ADD_MFC: route6 },
  see: ['MRT6_ADD_MFC', 'MRT6_FLUSH'],
  man: 'linux/mroute6.h',
  since: '2.6.26',
  example: route6,
});

export const MRT6_DEL_MFC_PROXY = option({
  name: 'MRT6_DEL_MFC_PROXY',
  level: 'SOL_IPV6',
  access: 'wo',
  value: mf6cctl(),
  on: { linux: 211 },
  summary: 'Removes an entry of the IPv6 multicast forwarding cache that is for any sender.',
  notes: ['parent must be the one that the entry was added with.'],
  needs,
  when: 'any',
  kinds: icmp6,
  after: { MRT6_INIT: 1, MRT6_ADD_MIF: mif, MRT6_ADD_MFC_PROXY: proxy6 },
  see: ['MRT6_ADD_MFC_PROXY'],
  man: 'linux/mroute6.h',
  since: '3.9',
  example: proxy6,
});

export const MRT6_DEL_MIF = option({
  name: 'MRT6_DEL_MIF',
  level: 'SOL_IPV6',
  access: 'wo',
  value: u16({ max: 31 }),
  length: 'exact',
  on: { linux: 203 },
  summary: 'Takes an interface out of IPv6 multicast routing, by the number that MRT6_ADD_MIF gave it.',
  notes: ['The value has two bytes; IPv4 takes a whole struct there.'],
  needs,
  when: 'any',
  kinds: icmp6,
  after: { MRT6_INIT: 1, MRT6_ADD_MIF: mif },
  see: ['MRT6_ADD_MIF', 'MRT_DEL_VIF'],
  man: 'linux/mroute6.h',
  since: '2.6.26',
  example: 0,
});

export const MRT6_DONE = option({
  name: 'MRT6_DONE',
  level: 'SOL_IPV6',
  access: 'wo',
  value: nothing(),
  on: { linux: 201 },
  summary: 'Ends IPv6 multicast routing by this socket, and removes its interfaces and entries.',
  notes: ['Closing the socket does the same.', 'Fails with EACCES on a socket that did not set MRT6_INIT.'],
  needs,
  when: 'any',
  kinds: icmp6,
  after: { MRT6_INIT: 1 },
  see: ['MRT6_INIT', 'MRT6_FLUSH'],
  man: 'linux/mroute6.h',
  since: '2.6.26',
  example: null,
});

export const MRT6_FLUSH = option({
  name: 'MRT6_FLUSH',
  level: 'SOL_IPV6',
  access: 'wo',
  value: flags(mrt6FlushFlags),
  length: 'exact',
  on: { linux: 212 },
  summary: 'Removes all entries or all interfaces of IPv6 multicast routing at once.',
  notes: ['The _STATIC flags are for those that other programs added.'],
  needs,
  when: 'any',
  kinds: icmp6,
  after: { MRT6_INIT: 1 },
  see: ['MRT6_DEL_MFC', 'MRT6_DEL_MIF', 'MRT_FLUSH'],
  man: 'linux/mroute6.h',
  since: '5.1',
  example: ['MRT6_FLUSH_MFC', 'MRT6_FLUSH_MIFS'],
});

export const MRT6_INIT = option({
  name: 'MRT6_INIT',
  level: 'SOL_IPV6',
  access: 'wo',
  value: int(),
  length: 'exact',
  on: { linux: 200 },
  summary: 'Makes this socket the one that routes IPv6 multicast on this host.',
  notes: [
    'Only a raw socket of ICMPv6 has it and the other MRT6_* options; others answer EOPNOTSUPP.',
    exclusive,
    'A second socket gets EADDRINUSE. The value is not looked at; programs pass 1.',
  ],
  needs,
  when: 'any',
  kinds: icmp6,
  see: ['MRT6_DONE', 'MRT6_ADD_MIF', 'MRT6_ADD_MFC', 'MRT6_TABLE', 'MRT_INIT'],
  man: 'linux/mroute6.h',
  since: '2.6.26',
  example: 1,
});

export const MRT6_PIM = option({
  name: 'MRT6_PIM',
  level: 'SOL_IPV6',
  access: 'rw',
  value: bool(),
  input: int({ words: { off: 0, on: 1, wrmifwhole: MRT6MSG_WRMIFWHOLE } }),
  length: 'exact',
  on: { linux: 208 },
  summary: 'Turns on what the PIM protocol needs: register messages, and MRT6_ASSERT with it.',
  notes: [
    'A set takes 0, 1, or MRT6MSG_WRMIFWHOLE for whole packets from wrong interfaces too; a read tells on or off.',
  ],
  needs,
  when: 'any',
  alters: ['MRT6_ASSERT'],
  kinds: icmp6,
  see: ['MRT6_ASSERT', 'MRT_PIM'],
  man: 'linux/mroute6.h, RFC 7761',
  since: '2.6.26',
  example: 1,
});

export const MRT6_TABLE = option({
  name: 'MRT6_TABLE',
  level: 'SOL_IPV6',
  access: 'wo',
  value: u32(),
  length: 'exact',
  on: { linux: 209 },
  summary: 'Chooses the table of IPv6 multicast routing that the other MRT6_* options of this socket are about.',
  notes: ['Before MRT6_INIT: later it fails with EBUSY.', 'Which packets a table is for, `ip -6 mrule` tells.'],
  needs,
  kinds: icmp6,
  see: ['MRT6_INIT', 'MRT_TABLE'],
  man: 'linux/mroute6.h',
  since: '2.6.35',
  example: 100,
});

export const MRT6_VERSION = option({
  name: 'MRT6_VERSION',
  level: 'SOL_IPV6',
  access: 'ro',
  value: int(),
  on: { linux: 206 },
  summary: 'The version of the interface of IPv6 multicast routing: 0x305 for 3.5.',
  kinds: icmp6,
  see: ['MRT6_INIT', 'MRT_VERSION'],
  man: 'linux/mroute6.h',
  since: '2.6.26',
});

export const MRT_ADD_MFC = option({
  name: 'MRT_ADD_MFC',
  level: 'SOL_IP',
  access: 'wo',
  value: mfcctl(),
  on: { linux: 204 },
  summary: 'Adds or changes an entry of the IPv4 multicast forwarding cache: where packets of a sender and a group go.',
  notes: [
    'parent is the virtual interface that packets must come in on.',
    'ttls has a number for each virtual interface: packets with a larger TTL leave by it; 0 and 255 keep them from it.',
    '`ip mroute` shows the entries.',
  ],
  needs,
  when: 'any',
  kinds: igmp,
  after: { MRT_INIT: 1, MRT_ADD_VIF: vif },
  see: ['MRT_DEL_MFC', 'MRT_ADD_MFC_PROXY', 'MRT_ADD_VIF', 'MRT6_ADD_MFC'],
  man: 'linux/mroute.h',
  since: '2.0',
  example: { ...route, parent: 0, ttls: [0, 5] },
});

export const MRT_ADD_MFC_PROXY = option({
  name: 'MRT_ADD_MFC_PROXY',
  level: 'SOL_IP',
  access: 'wo',
  value: mfcctl(),
  on: { linux: 210 },
  summary:
    'Adds an entry of the IPv4 multicast forwarding cache for any sender: of one group, or of all with group 0.0.0.0.',
  notes: ['For multicast proxies. An entry that names the sender is preferred.'],
  needs,
  when: 'any',
  kinds: igmp,
  after: { MRT_INIT: 1, MRT_ADD_VIF: vif },
  see: ['MRT_DEL_MFC_PROXY', 'MRT_ADD_MFC', 'MRT6_ADD_MFC_PROXY'],
  man: 'linux/mroute.h',
  since: '3.9',
  example: { ...proxy, parent: 0, ttls: [1, 5] },
});

export const MRT_ADD_VIF = option({
  name: 'MRT_ADD_VIF',
  level: 'SOL_IP',
  access: 'wo',
  value: vifctl(),
  on: { linux: 202 },
  summary: 'Makes a network interface one of those between which IPv4 multicast is routed, under a number of its own.',
  notes: [
    'vifi is that number, 0 to 31. As text: vifi=0,lcl_addr=192.0.2.1.',
    'The interface is given by its address (lcl_addr), or by its index or name (lcl_ifindex; Linux 2.6.33).',
    'A packet whose TTL is not above threshold does not leave by it. The rate limit was never implemented.',
    'Fails with EADDRINUSE when the number is taken, with EADDRNOTAVAIL when there is no such interface.',
  ],
  needs,
  when: 'any',
  kinds: igmp,
  after: { MRT_INIT: 1 },
  see: ['MRT_DEL_VIF', 'MRT_ADD_MFC', 'MRT6_ADD_MIF'],
  man: 'linux/mroute.h',
  since: '2.0',
  example: vif,
});

export const MRT_ASSERT = option({
  name: 'MRT_ASSERT',
  level: 'SOL_IP',
  access: 'rw',
  value: bool(),
  length: 'exact',
  on: { linux: 207 },
  summary: 'Tells the routing program when IPv4 multicast comes in on another interface than the one it should.',
  notes: [
    'The messages are read from the same socket (struct igmpmsg).',
    'It belongs to the table, not to the socket.',
  ],
  needs,
  when: 'any',
  kinds: igmp,
  see: ['MRT_PIM', 'MRT6_ASSERT'],
  man: 'linux/mroute.h',
  since: '2.2',
  example: true,
});

export const MRT_DEL_MFC = option({
  name: 'MRT_DEL_MFC',
  level: 'SOL_IP',
  access: 'wo',
  value: mfcctl(),
  on: { linux: 205 },
  summary: 'Removes an entry of the IPv4 multicast forwarding cache.',
  notes: ['Fails with ENOENT when there is none for that sender and group.'],
  needs,
  when: 'any',
  kinds: igmp,
  after: { MRT_INIT: 1, MRT_ADD_VIF: vif, MRT_ADD_MFC: route },
  see: ['MRT_ADD_MFC', 'MRT_FLUSH'],
  man: 'linux/mroute.h',
  since: '2.0',
  example: route,
});

export const MRT_DEL_MFC_PROXY = option({
  name: 'MRT_DEL_MFC_PROXY',
  level: 'SOL_IP',
  access: 'wo',
  value: mfcctl(),
  on: { linux: 211 },
  summary: 'Removes an entry of the IPv4 multicast forwarding cache that is for any sender.',
  notes: ['parent must be the one that the entry was added with.'],
  needs,
  when: 'any',
  kinds: igmp,
  after: { MRT_INIT: 1, MRT_ADD_VIF: vif, MRT_ADD_MFC_PROXY: proxy },
  see: ['MRT_ADD_MFC_PROXY'],
  man: 'linux/mroute.h',
  since: '3.9',
  example: proxy,
});

export const MRT_DEL_VIF = option({
  name: 'MRT_DEL_VIF',
  level: 'SOL_IP',
  access: 'wo',
  value: vifctl(),
  on: { linux: 203 },
  summary: 'Takes an interface out of IPv4 multicast routing, by the number that MRT_ADD_VIF gave it.',
  notes: ['Only vifi is looked at: { vifi: 0 }.'],
  needs,
  when: 'any',
  kinds: igmp,
  after: { MRT_INIT: 1, MRT_ADD_VIF: vif },
  see: ['MRT_ADD_VIF', 'MRT6_DEL_MIF'],
  man: 'linux/mroute.h',
  since: '2.0',
  example: { vifi: 0 },
});

export const MRT_DONE = option({
  name: 'MRT_DONE',
  level: 'SOL_IP',
  access: 'wo',
  value: nothing(),
  on: { linux: 201 },
  summary: 'Ends IPv4 multicast routing by this socket, and removes its interfaces and entries.',
  notes: ['Closing the socket does the same.', 'Fails with EACCES on a socket that did not set MRT_INIT.'],
  needs,
  when: 'any',
  kinds: igmp,
  after: { MRT_INIT: 1 },
  see: ['MRT_INIT', 'MRT_FLUSH'],
  man: 'linux/mroute.h',
  since: '2.0',
  example: null,
});

export const MRT_FLUSH = option({
  name: 'MRT_FLUSH',
  level: 'SOL_IP',
  access: 'wo',
  value: flags(mrtFlushFlags),
  length: 'exact',
  on: { linux: 212 },
  summary: 'Removes all entries or all interfaces of IPv4 multicast routing at once.',
  notes: ['The _STATIC flags are for those that other programs added.'],
  needs,
  when: 'any',
  kinds: igmp,
  after: { MRT_INIT: 1 },
  see: ['MRT_DEL_MFC', 'MRT_DEL_VIF', 'MRT6_FLUSH'],
  man: 'linux/mroute.h',
  since: '5.1',
  example: ['MRT_FLUSH_MFC', 'MRT_FLUSH_VIFS'],
});

export const MRT_INIT = option({
  name: 'MRT_INIT',
  level: 'SOL_IP',
  access: 'wo',
  value: int(),
  length: 'exact',
  on: { linux: 200 },
  summary: 'Makes this socket the one that routes IPv4 multicast on this host.',
  notes: [
    'Only a raw socket of IGMP has it and the other MRT_* options; others answer EOPNOTSUPP.',
    exclusive,
    'A second socket gets EADDRINUSE. The value is not looked at; programs pass 1.',
    'From then on the socket also receives messages of the kernel (struct igmpmsg), which look like IP packets.',
  ],
  needs,
  when: 'any',
  kinds: igmp,
  see: ['MRT_DONE', 'MRT_ADD_VIF', 'MRT_ADD_MFC', 'MRT_TABLE', 'MRT6_INIT'],
  man: 'linux/mroute.h',
  since: '2.0',
  example: 1,
});

export const MRT_PIM = option({
  name: 'MRT_PIM',
  level: 'SOL_IP',
  access: 'rw',
  value: bool(),
  input: int({ words: { off: 0, on: 1, wrvifwhole: IGMPMSG_WRVIFWHOLE } }),
  length: 'exact',
  on: { linux: 208 },
  summary: 'Turns on what the PIM protocol needs: register messages, and MRT_ASSERT with it.',
  notes: [
    'A set takes 0, 1, or IGMPMSG_WRVIFWHOLE for whole packets from wrong interfaces too; a read tells on or off.',
  ],
  needs,
  when: 'any',
  alters: ['MRT_ASSERT'],
  kinds: igmp,
  see: ['MRT_ASSERT', 'MRT6_PIM'],
  man: 'linux/mroute.h, RFC 7761',
  since: '2.2',
  example: 1,
});

export const MRT_TABLE = option({
  name: 'MRT_TABLE',
  level: 'SOL_IP',
  access: 'wo',
  value: u32(),
  length: 'exact',
  on: { linux: 209 },
  summary: 'Chooses the table of IPv4 multicast routing that the other MRT_* options of this socket are about.',
  notes: ['Before MRT_INIT: later it fails with EBUSY.', 'Which packets a table is for, `ip mrule` tells.'],
  needs,
  kinds: igmp,
  see: ['MRT_INIT', 'MRT6_TABLE'],
  man: 'linux/mroute.h',
  since: '2.6.35',
  example: 100,
});

export const MRT_VERSION = option({
  name: 'MRT_VERSION',
  level: 'SOL_IP',
  access: 'ro',
  value: int(),
  on: { linux: 206 },
  summary: 'The version of the interface of IPv4 multicast routing: 0x305 for 3.5.',
  kinds: igmp,
  see: ['MRT_INIT', 'MRT6_VERSION'],
  man: 'linux/mroute.h',
  since: '2.0',
});
