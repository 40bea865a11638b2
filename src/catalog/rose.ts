// The options of ROSE, amateur packet radio with X.25 (SOL_ROSE), sorted by C name.
import { bool, int } from '../codec/scalar.ts';
import { option } from '../option.ts';

export const ROSE_DEFER = option({
  name: 'ROSE_DEFER',
  level: 'SOL_ROSE',
  access: 'rw',
  value: bool(),
  on: { linux: 1 },
  summary: 'Hands out incoming calls before they are accepted; ioctl(2) with SIOCRSACCEPT accepts one.',
  when: 'before-listen',
  man: 'linux/rose.h',
  removed: '7.1',
  sample: true,
});

export const ROSE_HOLDBACK = option({
  name: 'ROSE_HOLDBACK',
  level: 'SOL_ROSE',
  access: 'rw',
  value: int({ min: 1, unit: 's' }),
  on: { linux: 7 },
  summary: 'How long an acknowledgement may be held back, in the hope of data to send it with.',
  when: 'any',
  see: ['ROSE_T1'],
  man: 'linux/rose.h',
  removed: '7.1',
  sample: 10,
});

export const ROSE_IDLE = option({
  name: 'ROSE_IDLE',
  level: 'SOL_ROSE',
  access: 'rw',
  value: int({ min: 0 }),
  on: { linux: 5 },
  summary: 'How many minutes without traffic end the connection; 0 never.',
  when: 'any',
  man: 'linux/rose.h',
  removed: '7.1',
  sample: 30,
});

export const ROSE_QBITINCL = option({
  name: 'ROSE_QBITINCL',
  level: 'SOL_ROSE',
  access: 'rw',
  value: bool(),
  on: { linux: 6 },
  summary: 'Puts a byte in front of each message that tells, or sets, its Q bit: 0 or 1.',
  when: 'any',
  see: ['X25_QBITINCL'],
  man: 'linux/rose.h',
  removed: '7.1',
  sample: true,
});

export const ROSE_T1 = option({
  name: 'ROSE_T1',
  level: 'SOL_ROSE',
  access: 'rw',
  value: int({ min: 1, unit: 's' }),
  on: { linux: 2 },
  summary: 'How long to wait for the answer to a call request.',
  when: 'any',
  see: ['ROSE_T2', 'ROSE_T3'],
  man: 'linux/rose.h',
  removed: '7.1',
  sample: 100,
});

export const ROSE_T2 = option({
  name: 'ROSE_T2',
  level: 'SOL_ROSE',
  access: 'rw',
  value: int({ min: 1, unit: 's' }),
  on: { linux: 3 },
  summary: 'How long to wait for the answer to a reset request.',
  when: 'any',
  see: ['ROSE_T1', 'ROSE_T3'],
  man: 'linux/rose.h',
  removed: '7.1',
  sample: 100,
});

export const ROSE_T3 = option({
  name: 'ROSE_T3',
  level: 'SOL_ROSE',
  access: 'rw',
  value: int({ min: 1, unit: 's' }),
  on: { linux: 4 },
  summary: 'How long to wait for the answer to a clear request.',
  when: 'any',
  see: ['ROSE_T1', 'ROSE_T2'],
  man: 'linux/rose.h',
  removed: '7.1',
  sample: 100,
});
