// The option of IPX, NetWare's protocol (SOL_IPX).
import { int } from '../codec/scalar.ts';
import { option } from '../option.ts';

export const IPX_TYPE = option({
  name: 'IPX_TYPE',
  level: 'SOL_IPX',
  access: 'rw',
  value: int({ min: 0, max: 255 }),
  on: { linux: 1 },
  summary: 'The packet type in the header of what is sent: 0 unknown, 4 packet exchange, 5 SPX, 17 NetWare core.',
  notes: ['Linux has had no IPX since 4.18.'],
  when: 'any',
  man: 'linux/ipx.h',
  removed: '4.18',
  sample: 4,
});
