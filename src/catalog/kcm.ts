// The options of the kernel connection multiplexor (SOL_KCM), sorted by C name.
import { bool } from '../codec/scalar.ts';
import { option } from '../option.ts';

export const KCM_RECV_DISABLE = option({
  name: 'KCM_RECV_DISABLE',
  level: 'SOL_KCM',
  access: 'rw',
  value: bool(),
  on: { linux: 1 },
  summary: 'Takes a KCM socket out of those to which arriving messages are handed: it sends only.',
  notes: [
    'The sockets of one multiplexor share the messages of its TCP connections; one that is off gets no more.',
    'A message that was handed to the socket before goes to another one, or waits.',
    'Needs a kernel with CONFIG_AF_KCM.',
  ],
  when: 'any',
  man: 'linux/kcm.h',
  since: '4.6',
  sample: true,
});
