// The options of netlink sockets (SOL_NETLINK), sorted by C name.
import { netlinkGroups } from '../codec/netlink.ts';
import { bool, int, u32 } from '../codec/scalar.ts';
import { struct } from '../codec/struct.ts';
import { RTNLGRP_LINK } from '../constants/netlink.ts';
import { option } from '../option.ts';

/** struct nl_mmap_req, of kernels that shared rings with programs. */
const mmapReq = () =>
  struct('struct nl_mmap_req', {
    block_size: u32({ unit: 'bytes' }),
    block_nr: u32(),
    frame_size: u32({ unit: 'bytes' }),
    frame_nr: u32(),
  });
const noRing = 'Read with recvmsg, with SO_RCVBUF large enough for bursts';
const group = () => int({ min: 1 });

export const NETLINK_ADD_MEMBERSHIP = option({
  name: 'NETLINK_ADD_MEMBERSHIP',
  level: 'SOL_NETLINK',
  access: 'wo',
  value: group(),
  on: { linux: 1 },
  summary: "Joins a multicast group of the socket's protocol: the kernel then sends its events there.",
  notes: [
    'The value is the number of the group (RTNLGRP_LINK), not a bit as bind(2) takes them; groups above 32 only so.',
    'A group that the protocol does not have gives EINVAL.',
    'Some groups need CAP_NET_ADMIN, such as those of the packet filter.',
    'The process that does not read fast enough gets ENOBUFS and has lost events: NETLINK_NO_ENOBUFS.',
  ],
  when: 'any',
  see: ['NETLINK_DROP_MEMBERSHIP', 'NETLINK_LIST_MEMBERSHIPS', 'NETLINK_LISTEN_ALL_NSID'],
  man: 'netlink(7), rtnetlink(7)',
  since: '2.6.14',
  sample: RTNLGRP_LINK,
});

export const NETLINK_BROADCAST_ERROR = option({
  name: 'NETLINK_BROADCAST_ERROR',
  level: 'SOL_NETLINK',
  access: 'rw',
  value: bool(),
  on: { linux: 4 },
  summary: 'Tells the sender of a multicast message when it could not be delivered to this socket.',
  notes: ['The sender is the kernel for most groups: a few of its parts then send again what was lost.'],
  when: 'any',
  see: ['NETLINK_NO_ENOBUFS', 'NETLINK_ADD_MEMBERSHIP'],
  man: 'netlink(7)',
  since: '2.6.30',
  sample: true,
});

export const NETLINK_CAP_ACK = option({
  name: 'NETLINK_CAP_ACK',
  level: 'SOL_NETLINK',
  access: 'rw',
  value: bool(),
  on: { linux: 10 },
  summary: 'Answers without a copy of the request: an error then has the header of what failed, and no more.',
  notes: ['For large requests, whose copy would need as large a buffer for the answer.'],
  when: 'any',
  see: ['NETLINK_EXT_ACK'],
  man: 'netlink(7)',
  since: '4.3',
  sample: true,
});

export const NETLINK_DROP_MEMBERSHIP = option({
  name: 'NETLINK_DROP_MEMBERSHIP',
  level: 'SOL_NETLINK',
  access: 'wo',
  value: group(),
  on: { linux: 2 },
  summary: 'Leaves a multicast group.',
  notes: ['A group that the socket is not in is no error; one that the protocol does not have gives EINVAL.'],
  when: 'any',
  see: ['NETLINK_ADD_MEMBERSHIP', 'NETLINK_LIST_MEMBERSHIPS'],
  man: 'netlink(7)',
  since: '2.6.14',
  sample: RTNLGRP_LINK,
});

export const NETLINK_EXT_ACK = option({
  name: 'NETLINK_EXT_ACK',
  level: 'SOL_NETLINK',
  access: 'rw',
  value: bool(),
  on: { linux: 11 },
  summary: 'Adds to answers what was wrong, as a sentence, and where in the request.',
  notes: ['What "RTNETLINK answers: ..." of ip(8) prints in addition comes from here.'],
  when: 'any',
  see: ['NETLINK_CAP_ACK', 'NETLINK_GET_STRICT_CHK'],
  man: 'netlink(7)',
  since: '4.12',
  sample: true,
});

export const NETLINK_GET_STRICT_CHK = option({
  name: 'NETLINK_GET_STRICT_CHK',
  level: 'SOL_NETLINK',
  access: 'rw',
  value: bool(),
  on: { linux: 12 },
  summary:
    'Checks the headers of requests for lists strictly, and lets them filter: routes of one table, one interface.',
  notes: ['Without it the kernel ignores what it does not know in such requests, and sends everything.'],
  when: 'any',
  see: ['NETLINK_EXT_ACK'],
  man: 'linux/netlink.h',
  since: '4.20',
  sample: true,
});

export const NETLINK_LISTEN_ALL_NSID = option({
  name: 'NETLINK_LISTEN_ALL_NSID',
  level: 'SOL_NETLINK',
  access: 'rw',
  value: bool(),
  on: { linux: 8 },
  summary: "Receives the events of all network namespaces that have an id in the socket's own, not only of its own.",
  notes: ['Which namespace an event is from is told in a control message, of the same name and type.'],
  needs: 'CAP_NET_BROADCAST',
  when: 'any',
  see: ['NETLINK_ADD_MEMBERSHIP'],
  man: 'netlink(7)',
  since: '4.2',
  sample: true,
});

export const NETLINK_LIST_MEMBERSHIPS = option({
  name: 'NETLINK_LIST_MEMBERSHIPS',
  level: 'SOL_NETLINK',
  access: 'ro',
  value: netlinkGroups(),
  on: { linux: 9 },
  summary: 'The multicast groups that the socket is in.',
  notes: [
    'In memory a bit for each group; the kernel returns the length that all groups of the protocol need, even where the buffer is shorter.',
  ],
  see: ['NETLINK_ADD_MEMBERSHIP', 'NETLINK_DROP_MEMBERSHIP'],
  man: 'netlink(7)',
  since: '4.2',
});

export const NETLINK_NO_ENOBUFS = option({
  name: 'NETLINK_NO_ENOBUFS',
  level: 'SOL_NETLINK',
  access: 'rw',
  value: bool(),
  on: { linux: 5 },
  summary: 'Does not report lost messages as ENOBUFS when the socket is full.',
  notes: [
    'The messages are lost all the same: right for programs that sample, wrong for those that keep a copy of the state.',
  ],
  when: 'any',
  see: ['NETLINK_BROADCAST_ERROR', 'SO_RCVBUFFORCE'],
  man: 'netlink(7)',
  since: '2.6.30',
  sample: true,
});

export const NETLINK_PKTINFO = option({
  name: 'NETLINK_PKTINFO',
  level: 'SOL_NETLINK',
  access: 'rw',
  value: bool(),
  on: { linux: 3 },
  summary: 'Each recvmsg also tells, in a control message, which multicast group the message came through.',
  notes: ['The only way to tell apart the groups above 32, which have no bit in the address.'],
  when: 'any',
  see: ['NETLINK_ADD_MEMBERSHIP'],
  man: 'netlink(7)',
  since: '2.6.14',
  sample: true,
});

export const NETLINK_RX_RING = option({
  name: 'NETLINK_RX_RING',
  level: 'SOL_NETLINK',
  access: 'none',
  value: mmapReq(),
  on: { linux: 6 },
  summary: 'A ring in memory shared with the kernel for received messages, given up for its security problems.',
  man: 'linux/netlink.h',
  since: '3.10',
  removed: '4.6',
  instead: noRing,
});

export const NETLINK_TX_RING = option({
  name: 'NETLINK_TX_RING',
  level: 'SOL_NETLINK',
  access: 'none',
  value: mmapReq(),
  on: { linux: 7 },
  summary: 'A ring in memory shared with the kernel for messages to be sent, given up for its security problems.',
  man: 'linux/netlink.h',
  since: '3.10',
  removed: '4.6',
  instead: 'Send with sendmsg; several messages may lie in one buffer',
});
