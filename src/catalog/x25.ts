// The option of X.25 (SOL_X25).
import { bool } from '../codec/scalar.ts';
import { option } from '../option.ts';

export const X25_QBITINCL = option({
  name: 'X25_QBITINCL',
  level: 'SOL_X25',
  access: 'rw',
  value: bool(),
  on: { linux: 1 },
  summary: 'Puts a byte in front of each message that tells, or sets, its Q bit: 0 or 1.',
  notes: ['The bit marks messages that are for the terminal equipment, not for the user (X.29).'],
  when: 'any',
  see: ['ROSE_QBITINCL'],
  man: 'x25(7)',
  sample: true,
});
