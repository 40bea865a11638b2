// The options of IUCV, between guests of z/VM (SOL_IUCV), sorted by C name.
import { bool, int } from '../codec/scalar.ts';
import { option } from '../option.ts';

export const SO_IPRMDATA_MSG = option({
  name: 'SO_IPRMDATA_MSG',
  level: 'SOL_IUCV',
  access: 'rw',
  value: bool(),
  on: { linux: 0x80 },
  summary: 'Sends messages of up to seven bytes within the parameters of the call, without a buffer.',
  notes: ['Longer messages go as before.'],
  when: 'before-connect',
  see: ['SO_MSGLIMIT'],
  man: 'net/iucv/af_iucv.h',
  sample: true,
});

export const SO_MSGLIMIT = option({
  name: 'SO_MSGLIMIT',
  level: 'SOL_IUCV',
  access: 'rw',
  value: int({ min: 1, max: 65535 }),
  on: { linux: 0x1000 },
  summary: 'How many messages may be on their way until the other side has taken them.',
  notes: ['Only before the connection, EINVAL after; a connection reads what the two sides agreed on.'],
  when: 'before-connect',
  see: ['SO_MSGSIZE'],
  man: 'net/iucv/af_iucv.h',
  sample: 100,
});

export const SO_MSGSIZE = option({
  name: 'SO_MSGSIZE',
  level: 'SOL_IUCV',
  access: 'ro',
  value: int({ unit: 'bytes' }),
  on: { linux: 0x800 },
  summary: 'The largest message: over HiperSockets what the device takes, else 2147483647.',
  notes: ['EBADFD before bind(2).'],
  see: ['SO_MSGLIMIT'],
  man: 'net/iucv/af_iucv.h',
});
