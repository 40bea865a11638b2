// The option of modular ISDN (SOL_MISDN).
import { bool } from '../codec/scalar.ts';
import { option } from '../option.ts';

export const MISDN_TIME_STAMP = option({
  name: 'MISDN_TIME_STAMP',
  level: 'SOL_MISDN',
  access: 'rw',
  value: bool(),
  on: { linux: 1 },
  summary: 'Delivers with each message the time at which it arrived, as control message MISDN_TIME_STAMP.',
  notes: ['Data sockets have it, not the base socket.'],
  when: 'any',
  see: ['SO_TIMESTAMP'],
  man: 'linux/mISDNif.h',
  since: '2.6.27',
  removed: '7.1',
  sample: true,
});
