// The options of AX.25, amateur packet radio (SOL_AX25), sorted by C name.
import { bool, int } from '../codec/scalar.ts';
import { option } from '../option.ts';

export const AX25_BACKOFF = option({
  name: 'AX25_BACKOFF',
  level: 'SOL_AX25',
  access: 'rw',
  value: int({ min: 0, max: 2 }),
  on: { linux: 6 },
  summary: 'How the time between retransmissions grows: 0 not at all, 1 evenly, 2 doubling.',
  when: 'any',
  see: ['AX25_T1', 'AX25_N2'],
  man: 'linux/ax25.h',
  removed: '7.1',
  sample: 0,
});

export const AX25_EXTSEQ = option({
  name: 'AX25_EXTSEQ',
  level: 'SOL_AX25',
  access: 'rw',
  value: bool(),
  on: { linux: 7 },
  summary: 'Counts packets up to 128 rather than 8, so that more of them can be on their way.',
  when: 'before-connect',
  see: ['AX25_WINDOW'],
  man: 'linux/ax25.h',
  removed: '7.1',
  sample: true,
});

export const AX25_IAMDIGI = option({
  name: 'AX25_IAMDIGI',
  level: 'SOL_AX25',
  access: 'rw',
  value: bool(),
  on: { linux: 12 },
  summary: 'Lets addresses say which repeaters a packet has passed: for programs that repeat packets themselves.',
  when: 'any',
  see: ['AX25_PIDINCL'],
  man: 'linux/ax25.h',
  removed: '7.1',
  sample: true,
});

export const AX25_IDLE = option({
  name: 'AX25_IDLE',
  level: 'SOL_AX25',
  access: 'rw',
  value: int({ min: 0 }),
  on: { linux: 9 },
  summary: 'How many minutes without traffic end the connection; 0 never.',
  when: 'any',
  see: ['AX25_T3'],
  man: 'linux/ax25.h',
  removed: '7.1',
  sample: 30,
});

export const AX25_KILL = option({
  name: 'AX25_KILL',
  level: 'SOL_AX25',
  access: 'none',
  role: 'ioctl',
  value: int(),
  on: { linux: 99 },
  summary: 'A command that ends a connection at once, for ioctl(2) with SIOCAX25CTLCON.',
  notes: ['As an option the kernel answers ENOPROTOOPT.'],
  man: 'linux/ax25.h',
  removed: '7.1',
  instead: 'Use ioctl(2) with SIOCAX25CTLCON',
});

export const AX25_N2 = option({
  name: 'AX25_N2',
  level: 'SOL_AX25',
  access: 'rw',
  value: int({ min: 1, max: 31, unit: 'retries' }),
  on: { linux: 3 },
  summary: 'How often a packet is sent again before the connection counts as lost.',
  when: 'any',
  see: ['AX25_T1'],
  man: 'linux/ax25.h',
  removed: '7.1',
  sample: 7,
});

export const AX25_PACLEN = option({
  name: 'AX25_PACLEN',
  level: 'SOL_AX25',
  access: 'rw',
  value: int({ min: 16, max: 65535, unit: 'bytes' }),
  on: { linux: 10 },
  summary: 'The largest packet that is sent; longer writes are cut up.',
  when: 'any',
  see: ['AX25_WINDOW'],
  man: 'linux/ax25.h',
  removed: '7.1',
  sample: 128,
});

export const AX25_PIDINCL = option({
  name: 'AX25_PIDINCL',
  level: 'SOL_AX25',
  access: 'rw',
  value: bool(),
  on: { linux: 8 },
  summary: 'Puts the protocol number of each packet in front of its data, in both directions.',
  when: 'any',
  see: ['AX25_IAMDIGI'],
  man: 'linux/ax25.h',
  removed: '7.1',
  sample: true,
});

export const AX25_T1 = option({
  name: 'AX25_T1',
  level: 'SOL_AX25',
  access: 'rw',
  value: int({ min: 1, unit: 's' }),
  on: { linux: 2 },
  summary: 'How long to wait for an acknowledgement before sending again.',
  when: 'any',
  see: ['AX25_N2', 'AX25_BACKOFF'],
  man: 'linux/ax25.h',
  removed: '7.1',
  sample: 20,
});

export const AX25_T2 = option({
  name: 'AX25_T2',
  level: 'SOL_AX25',
  access: 'rw',
  value: int({ min: 1, unit: 's' }),
  on: { linux: 5 },
  summary: 'How long an acknowledgement may be held back, in the hope of data to send it with.',
  when: 'any',
  see: ['AX25_T1'],
  man: 'linux/ax25.h',
  removed: '7.1',
  sample: 2,
});

export const AX25_T3 = option({
  name: 'AX25_T3',
  level: 'SOL_AX25',
  access: 'rw',
  value: int({ min: 1, unit: 's' }),
  on: { linux: 4 },
  summary: 'How long a silent connection is trusted before the peer is asked.',
  when: 'any',
  see: ['AX25_IDLE'],
  man: 'linux/ax25.h',
  removed: '7.1',
  sample: 600,
});

export const AX25_WINDOW = option({
  name: 'AX25_WINDOW',
  level: 'SOL_AX25',
  access: 'rw',
  value: int({ min: 1, max: 63, unit: 'packets' }),
  on: { linux: 1 },
  summary: 'How many packets may be sent before an acknowledgement must come.',
  notes: ['At most 7 without AX25_EXTSEQ, EINVAL above.'],
  when: 'any',
  see: ['AX25_EXTSEQ'],
  man: 'linux/ax25.h',
  removed: '7.1',
  sample: 4,
});
