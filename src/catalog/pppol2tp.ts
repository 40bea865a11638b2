// The options of PPP over L2TP (SOL_PPPOL2TP), sorted by C name.
import { flags } from '../codec/enumeration.ts';
import { bool, int } from '../codec/scalar.ts';
import { pppol2tpMessages } from '../constants/pppol2tp.ts';
import { option } from '../option.ts';

export const PPPOL2TP_SO_DEBUG = option({
  name: 'PPPOL2TP_SO_DEBUG',
  level: 'SOL_PPPOL2TP',
  access: 'rw',
  value: flags(pppol2tpMessages),
  on: { linux: 1 },
  summary: 'What the kernel writes to its log about this tunnel or session.',
  notes: ['Kernels of today take it without effect and read 0: dynamic debugging has come in its place.'],
  when: 'connected',
  see: ['SO_DEBUG'],
  man: 'linux/if_pppol2tp.h',
  since: '2.6.23',
  sample: ['PPPOL2TP_MSG_CONTROL', 'PPPOL2TP_MSG_SEQ'],
});

export const PPPOL2TP_SO_LNSMODE = option({
  name: 'PPPOL2TP_SO_LNSMODE',
  level: 'SOL_PPPOL2TP',
  access: 'rw',
  value: bool(),
  on: { linux: 4 },
  summary: 'Whether this side is the network server (LNS), which decides about sequence numbers, or the concentrator.',
  notes: ['ENOTCONN before connect(2). Only sessions have it, not the tunnel itself.'],
  when: 'connected',
  see: ['PPPOL2TP_SO_SENDSEQ'],
  man: 'linux/if_pppol2tp.h',
  since: '2.6.23',
  sample: true,
});

export const PPPOL2TP_SO_RECVSEQ = option({
  name: 'PPPOL2TP_SO_RECVSEQ',
  level: 'SOL_PPPOL2TP',
  access: 'rw',
  value: bool(),
  on: { linux: 2 },
  summary: 'Whether packets that arrive without a sequence number are dropped.',
  notes: ['ENOTCONN before connect(2). Only sessions have it, not the tunnel itself.'],
  when: 'connected',
  see: ['PPPOL2TP_SO_SENDSEQ', 'PPPOL2TP_SO_REORDERTO'],
  man: 'linux/if_pppol2tp.h',
  since: '2.6.23',
  sample: true,
});

export const PPPOL2TP_SO_REORDERTO = option({
  name: 'PPPOL2TP_SO_REORDERTO',
  level: 'SOL_PPPOL2TP',
  access: 'rw',
  value: int({ min: 0, unit: 'ms' }),
  on: { linux: 5 },
  summary: 'How long packets that arrive early wait for those before them.',
  notes: ['Kept in clock ticks. ENOTCONN before connect(2). Only sessions have it, not the tunnel itself.'],
  readback: { linux: 'rounded' },
  why: 'Linux rounds to whole clock ticks',
  when: 'connected',
  see: ['PPPOL2TP_SO_RECVSEQ'],
  man: 'linux/if_pppol2tp.h',
  since: '2.6.23',
  sample: 1000,
});

export const PPPOL2TP_SO_SENDSEQ = option({
  name: 'PPPOL2TP_SO_SENDSEQ',
  level: 'SOL_PPPOL2TP',
  access: 'rw',
  value: bool(),
  on: { linux: 3 },
  summary: 'Whether packets are sent with sequence numbers.',
  notes: [
    'The network server may change it by what it sends, unless this side is the server itself.',
    'ENOTCONN before connect(2). Only sessions have it, not the tunnel itself.',
  ],
  when: 'connected',
  see: ['PPPOL2TP_SO_RECVSEQ', 'PPPOL2TP_SO_LNSMODE'],
  man: 'linux/if_pppol2tp.h',
  since: '2.6.23',
  sample: true,
});
