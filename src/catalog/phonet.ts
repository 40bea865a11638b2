// The options of Phonet's pipes, to the modems of Nokia (SOL_PNPIPE), sorted by C name.
import { enumeration } from '../codec/enumeration.ts';
import { bool, int } from '../codec/scalar.ts';
import { pnpipeEncaps } from '../constants/phonet.ts';
import { option } from '../option.ts';

export const PNPIPE_ENCAP = option({
  name: 'PNPIPE_ENCAP',
  level: 'SOL_PNPIPE',
  access: 'rw',
  value: enumeration(pnpipeEncaps),
  on: { linux: 1 },
  summary:
    'What the pipe carries: packets of the program, or IP from and to a network interface that the kernel makes.',
  notes: ['PNPIPE_IFINDEX then tells the interface. It goes away with PNPIPE_ENCAP_NONE.'],
  needs: 'CAP_NET_ADMIN',
  when: 'connected',
  see: ['PNPIPE_IFINDEX'],
  man: 'linux/phonet.h',
  since: '2.6.28',
  sample: 'PNPIPE_ENCAP_IP',
});

export const PNPIPE_HANDLE = option({
  name: 'PNPIPE_HANDLE',
  level: 'SOL_PNPIPE',
  access: 'rw',
  value: int({ min: 0, max: 254 }),
  on: { linux: 3 },
  summary: 'The number of the pipe at the modem.',
  notes: ['Only before the connection, EINVAL after. A read answers EINVAL where there is none.'],
  when: 'before-connect',
  see: ['PNPIPE_INITSTATE'],
  man: 'linux/phonet.h',
  sample: 7,
});

export const PNPIPE_IFINDEX = option({
  name: 'PNPIPE_IFINDEX',
  level: 'SOL_PNPIPE',
  access: 'ro',
  value: int(),
  on: { linux: 2 },
  summary: 'The index of the network interface that PNPIPE_ENCAP made; 0 without one.',
  see: ['PNPIPE_ENCAP'],
  man: 'linux/phonet.h',
  since: '2.6.28',
});

export const PNPIPE_INITSTATE = option({
  name: 'PNPIPE_INITSTATE',
  level: 'SOL_PNPIPE',
  access: 'rw',
  value: bool(),
  on: { linux: 4 },
  summary: 'Whether a new pipe is enabled at once, or waits until it is enabled (SIOCPNENABLEPIPE).',
  when: 'before-connect',
  see: ['PNPIPE_HANDLE'],
  man: 'linux/phonet.h',
  sample: true,
});
