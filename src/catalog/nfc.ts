// The options of NFC's link protocol LLCP (SOL_NFC), sorted by C name.
import { u32 } from '../codec/scalar.ts';
import { option } from '../option.ts';

export const NFC_LLCP_MIUX = option({
  name: 'NFC_LLCP_MIUX',
  level: 'SOL_NFC',
  access: 'rw',
  value: u32({ max: 0x7ff, unit: 'bytes' }),
  on: { linux: 1 },
  summary: 'How many bytes beyond 128 a packet to this side may have.',
  notes: ['Only before bind(2) and connect(2), EINVAL after. A read answers ENODEV before them.'],
  when: 'before-bind',
  see: ['NFC_LLCP_REMOTE_MIU', 'NFC_LLCP_RW'],
  man: 'linux/nfc.h',
  since: '3.10',
  sample: 120,
});

export const NFC_LLCP_REMOTE_LTO = option({
  name: 'NFC_LLCP_REMOTE_LTO',
  level: 'SOL_NFC',
  access: 'ro',
  value: u32(),
  on: { linux: 3 },
  summary: 'How long the other device may be silent before the link counts as lost, in units of 10 ms.',
  notes: ['ENODEV before bind(2) or connect(2).'],
  see: ['NFC_LLCP_REMOTE_MIU'],
  man: 'linux/nfc.h',
});

export const NFC_LLCP_REMOTE_MIU = option({
  name: 'NFC_LLCP_REMOTE_MIU',
  level: 'SOL_NFC',
  access: 'ro',
  value: u32({ unit: 'bytes' }),
  on: { linux: 2 },
  summary: 'The largest packet that the other device takes.',
  notes: [
    'The whole size: the 128 bytes that NFC_LLCP_MIUX leaves out are in it. ENODEV before bind(2) or connect(2).',
  ],
  see: ['NFC_LLCP_MIUX'],
  man: 'linux/nfc.h',
});

export const NFC_LLCP_REMOTE_RW = option({
  name: 'NFC_LLCP_REMOTE_RW',
  level: 'SOL_NFC',
  access: 'ro',
  value: u32({ unit: 'packets' }),
  on: { linux: 4 },
  summary: 'How many packets the other device takes before it must acknowledge.',
  notes: ['ENODEV before bind(2) or connect(2).'],
  see: ['NFC_LLCP_RW'],
  man: 'linux/nfc.h',
});

export const NFC_LLCP_RW = option({
  name: 'NFC_LLCP_RW',
  level: 'SOL_NFC',
  access: 'rw',
  value: u32({ max: 15, unit: 'packets' }),
  on: { linux: 0 },
  summary: 'How many packets this side takes before it must acknowledge (the receive window).',
  notes: ['Only before bind(2) and connect(2), EINVAL after. A read answers ENODEV before them.'],
  when: 'before-bind',
  see: ['NFC_LLCP_REMOTE_RW', 'NFC_LLCP_MIUX'],
  man: 'linux/nfc.h',
  since: '3.10',
  sample: 4,
});
