// The options of TIPC (SOL_TIPC), sorted by C name: messages between the programs of a cluster.
import { nothing } from '../codec/bytes.ts';
import { enumeration } from '../codec/enumeration.ts';
import { bool, u32 } from '../codec/scalar.ts';
import { sized } from '../codec/sized.ts';
import { type TipcGroupReq, tipcGroupReq } from '../codec/tipc.ts';
import { tipcImportance } from '../constants/tipc.ts';
import { option } from '../option.ts';

const man = 'linux/tipc.h';

export const TIPC_CONN_TIMEOUT = option({
  name: 'TIPC_CONN_TIMEOUT',
  level: 'SOL_TIPC',
  access: 'rw',
  value: u32({ unit: 'ms' }),
  length: 'at-least',
  on: { linux: 130 },
  summary: 'How long connect waits for the other end; 8 s at first.',
  notes: ['It is of no use to sockets that have no connection.'],
  when: 'before-connect',
  see: ['TIPC_IMPORTANCE'],
  man,
  since: '2.6.16',
  sample: 2000,
});

export const TIPC_DEST_DROPPABLE = option({
  name: 'TIPC_DEST_DROPPABLE',
  level: 'SOL_TIPC',
  access: 'rw',
  value: bool(),
  length: 'at-least',
  on: { linux: 129 },
  summary: 'What becomes of messages that cannot be delivered: on, they are thrown away; off, they come back.',
  notes: ['At first on for sockets without connections (SOCK_DGRAM, SOCK_RDM), off for the others.'],
  when: 'any',
  see: ['TIPC_SRC_DROPPABLE'],
  man,
  since: '2.6.16',
  sample: true,
});

export const TIPC_GROUP_JOIN = option<number, 'rw', TipcGroupReq>({
  name: 'TIPC_GROUP_JOIN',
  level: 'SOL_TIPC',
  access: 'rw',
  value: u32(),
  input: tipcGroupReq(),
  length: 'at-least',
  on: { linux: 135 },
  summary: 'Joins a group, whose members send to one another, to any of them or to all, with flow control.',
  notes: [
    'A set takes the group and how this socket is known in it; a read gives the number of the group, 0 for none.',
    'Not on stream sockets. A socket is in one group at a time (EACCES otherwise), and types below 64 are reserved.',
    'TIPC_GROUP_MEMBER_EVTS tells of members that come and go by empty messages.',
  ],
  when: 'any',
  see: ['TIPC_GROUP_LEAVE'],
  man,
  since: '4.15',
  sample: { type: 4711, instance: 1, flags: ['TIPC_GROUP_LOOPBACK'] },
  reads: 4711,
});

export const TIPC_GROUP_LEAVE = option({
  name: 'TIPC_GROUP_LEAVE',
  level: 'SOL_TIPC',
  access: 'wo',
  value: nothing({ empty: true }),
  on: { linux: 136 },
  summary: 'Leaves the group that TIPC_GROUP_JOIN joined.',
  notes: ['A raw call must pass no buffer and the length 0: anything else gives EINVAL.'],
  when: 'any',
  after: { TIPC_GROUP_JOIN: { type: 4711 } },
  see: ['TIPC_GROUP_JOIN'],
  man,
  since: '4.15',
  sample: null,
});

export const TIPC_IMPORTANCE = option({
  name: 'TIPC_IMPORTANCE',
  level: 'SOL_TIPC',
  access: 'rw',
  value: sized(enumeration(tipcImportance), 'u32'),
  length: 'at-least',
  on: { linux: 127 },
  summary:
    'How important the messages of the socket are: where queues fill up, the less important ones are refused first.',
  notes: ['TIPC_LOW_IMPORTANCE at first. A number above TIPC_CRITICAL_IMPORTANCE gives EINVAL.'],
  when: 'any',
  see: ['TIPC_SRC_DROPPABLE'],
  man,
  since: '2.6.16',
  sample: 'TIPC_HIGH_IMPORTANCE',
});

export const TIPC_MCAST_BROADCAST = option({
  name: 'TIPC_MCAST_BROADCAST',
  level: 'SOL_TIPC',
  access: 'wo',
  value: nothing({ empty: true }),
  on: { linux: 133 },
  summary: 'Sends multicast messages once to the whole network, instead of what TIPC chooses.',
  notes: ['A raw call must pass no buffer and the length 0: anything else gives EINVAL.'],
  when: 'any',
  see: ['TIPC_MCAST_REPLICAST'],
  man,
  sample: null,
});

export const TIPC_MCAST_REPLICAST = option({
  name: 'TIPC_MCAST_REPLICAST',
  level: 'SOL_TIPC',
  access: 'wo',
  value: nothing({ empty: true }),
  on: { linux: 134 },
  summary: 'Sends multicast messages to each node by itself, instead of what TIPC chooses.',
  notes: ['A raw call must pass no buffer and the length 0: anything else gives EINVAL.'],
  when: 'any',
  see: ['TIPC_MCAST_BROADCAST'],
  man,
  sample: null,
});

export const TIPC_NODELAY = option({
  name: 'TIPC_NODELAY',
  level: 'SOL_TIPC',
  access: 'wo',
  value: bool(),
  length: 'at-least',
  on: { linux: 138 },
  summary: 'Sends small messages of a stream at once, instead of collecting them while others are under way.',
  notes: ['It can be set, not read.'],
  when: 'any',
  see: ['TCP_NODELAY'],
  man,
  since: '5.5',
  sample: true,
});

export const TIPC_NODE_RECVQ_DEPTH = option({
  name: 'TIPC_NODE_RECVQ_DEPTH',
  level: 'SOL_TIPC',
  access: 'ro',
  value: u32(),
  on: { linux: 131 },
  summary: 'Of no use any more: always 0. It was the number of messages in all receive queues of the node.',
  see: ['TIPC_SOCK_RECVQ_DEPTH'],
  man,
  since: '2.6.32',
});

export const TIPC_SOCK_RECVQ_DEPTH = option({
  name: 'TIPC_SOCK_RECVQ_DEPTH',
  level: 'SOL_TIPC',
  access: 'ro',
  value: u32(),
  on: { linux: 132 },
  summary: 'How many messages wait in the receive queue of the socket.',
  see: ['TIPC_SOCK_RECVQ_USED'],
  man,
  since: '2.6.32',
});

export const TIPC_SOCK_RECVQ_USED = option({
  name: 'TIPC_SOCK_RECVQ_USED',
  level: 'SOL_TIPC',
  access: 'ro',
  value: u32({ unit: 'bytes' }),
  on: { linux: 137 },
  summary: 'How much memory the receive queue of the socket takes, to be compared with SO_RCVBUF.',
  see: ['TIPC_SOCK_RECVQ_DEPTH', 'SO_RCVBUF'],
  man,
  since: '5.2',
});

export const TIPC_SRC_DROPPABLE = option({
  name: 'TIPC_SRC_DROPPABLE',
  level: 'SOL_TIPC',
  access: 'rw',
  value: bool(),
  length: 'at-least',
  on: { linux: 128 },
  summary: 'Lets TIPC throw messages away where a link is congested, instead of making the sender wait.',
  notes: ['At first on for datagrams (SOCK_DGRAM). Stream sockets have it only to be read: a set gives ENOPROTOOPT.'],
  when: 'any',
  see: ['TIPC_DEST_DROPPABLE', 'TIPC_IMPORTANCE'],
  man,
  since: '2.6.16',
  sample: true,
});
