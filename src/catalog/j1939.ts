// The options of J1939 sockets (SOL_CAN_J1939), sorted by C name: the protocol of trucks, buses and farm machines.
import { j1939Filters } from '../codec/can.ts';
import { bool, int } from '../codec/scalar.ts';
import { option } from '../option.ts';

const man = 'linux/can/j1939.h';

export const SO_J1939_ERRQUEUE = option({
  name: 'SO_J1939_ERRQUEUE',
  level: 'SOL_CAN_J1939',
  access: 'rw',
  value: bool(),
  length: 'exact',
  on: { linux: 4 },
  summary: 'Reports in the error queue of the socket what became of messages: sent, acknowledged, aborted.',
  notes: [
    'Turning it off empties the queue. SO_TIMESTAMPING says which of the reports are wanted.',
    'Read them with MSG_ERRQUEUE; they come as control messages of type SCM_J1939_ERRQUEUE.',
  ],
  when: 'any',
  see: ['SO_TIMESTAMPING'],
  man,
  since: '5.4',
  sample: true,
});

export const SO_J1939_FILTER = option({
  name: 'SO_J1939_FILTER',
  level: 'SOL_CAN_J1939',
  access: 'wo',
  value: j1939Filters(),
  on: { linux: 1 },
  summary: 'Which messages the socket receives, by name and address of the sender and by parameter group.',
  notes: [
    'A message passes that any of the filters takes; in each, all of name, pgn and addr must agree under their masks.',
    'An empty list takes everything again. At most 512 filters.',
  ],
  when: 'any',
  see: ['SO_J1939_PROMISC'],
  man,
  since: '5.4',
  sample: [{ pgn: 0xea00, pgn_mask: 0x3ff00, addr: 0x20, addr_mask: 0xff }],
});

export const SO_J1939_PROMISC = option({
  name: 'SO_J1939_PROMISC',
  level: 'SOL_CAN_J1939',
  access: 'rw',
  value: bool(),
  length: 'exact',
  on: { linux: 2 },
  summary: 'Lets the socket receive all messages of the bus, also those that are for others.',
  when: 'any',
  see: ['SO_J1939_FILTER'],
  man,
  since: '5.4',
  sample: true,
});

export const SO_J1939_SEND_PRIO = option({
  name: 'SO_J1939_SEND_PRIO',
  level: 'SOL_CAN_J1939',
  access: 'rw',
  value: int({ min: 0, max: 7 }),
  length: 'exact',
  on: { linux: 3 },
  summary: 'The priority of messages that the socket sends: 0 goes first, 7 last.',
  notes: ['6 at first. It is kept as SO_PRIORITY, the other way round.'],
  needs: 'CAP_NET_ADMIN for 0 and 1',
  when: 'any',
  alters: ['SO_PRIORITY'],
  see: ['SO_PRIORITY'],
  man,
  since: '5.4',
  sample: 3,
});
