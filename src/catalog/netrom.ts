// The options of NET/ROM, amateur packet radio (SOL_NETROM), sorted by C name.
import { int } from '../codec/scalar.ts';
import { option } from '../option.ts';

export const NETROM_IDLE = option({
  name: 'NETROM_IDLE',
  level: 'SOL_NETROM',
  access: 'rw',
  value: int({ min: 0 }),
  on: { linux: 7 },
  summary: 'How many minutes without traffic end the connection; 0 never.',
  when: 'any',
  man: 'linux/netrom.h',
  removed: '7.1',
  sample: 30,
});

export const NETROM_N2 = option({
  name: 'NETROM_N2',
  level: 'SOL_NETROM',
  access: 'rw',
  value: int({ min: 1, max: 31, unit: 'retries' }),
  on: { linux: 3 },
  summary: 'How often a packet is sent again before the connection counts as lost.',
  when: 'any',
  see: ['NETROM_T1'],
  man: 'linux/netrom.h',
  removed: '7.1',
  sample: 7,
});

export const NETROM_T1 = option({
  name: 'NETROM_T1',
  level: 'SOL_NETROM',
  access: 'rw',
  value: int({ min: 1, unit: 's' }),
  on: { linux: 1 },
  summary: 'How long to wait for an acknowledgement before sending again.',
  when: 'any',
  see: ['NETROM_N2'],
  man: 'linux/netrom.h',
  removed: '7.1',
  sample: 60,
});

export const NETROM_T2 = option({
  name: 'NETROM_T2',
  level: 'SOL_NETROM',
  access: 'rw',
  value: int({ min: 1, unit: 's' }),
  on: { linux: 2 },
  summary: 'How long an acknowledgement may be held back, in the hope of data to send it with.',
  when: 'any',
  see: ['NETROM_T1'],
  man: 'linux/netrom.h',
  removed: '7.1',
  sample: 2,
});

export const NETROM_T4 = option({
  name: 'NETROM_T4',
  level: 'SOL_NETROM',
  access: 'rw',
  value: int({ min: 1, unit: 's' }),
  on: { linux: 6 },
  summary: 'How long to wait for a peer that said it is busy.',
  when: 'any',
  see: ['NETROM_T1'],
  man: 'linux/netrom.h',
  removed: '7.1',
  sample: 90,
});
