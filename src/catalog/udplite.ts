// The options of UDP-Lite (SOL_UDPLITE), sorted by C name.
import { int } from '../codec/scalar.ts';
import { option } from '../option.ts';

const coverage = () => int({ min: 0, unit: 'bytes' });
const gone = 'Linux 7.1 has dropped UDP-Lite: such a socket cannot be made there (EPROTONOSUPPORT).';
const rounds = 'Linux takes 8, the length of the header, for 1 to 7, and 65535 for more than that';

export const UDPLITE_RECV_CSCOV = option({
  name: 'UDPLITE_RECV_CSCOV',
  level: 'SOL_UDPLITE',
  access: 'rw',
  value: coverage(),
  on: { linux: 11 },
  summary: 'How many bytes of a datagram its checksum must cover at least, for the datagram to be received.',
  notes: [
    '0, the default, accepts every coverage; the header of 8 bytes counts, so 1 to 7 become 8.',
    'Datagrams whose checksum covers less are dropped without a word.',
    gone,
  ],
  readback: { linux: 'rounded' },
  why: rounds,
  when: 'any',
  see: ['UDPLITE_SEND_CSCOV', 'SO_NO_CHECK'],
  man: 'udplite(7), RFC 3828',
  since: '2.6.20',
  removed: '7.1',
  sample: 20,
});

export const UDPLITE_SEND_CSCOV = option({
  name: 'UDPLITE_SEND_CSCOV',
  level: 'SOL_UDPLITE',
  access: 'rw',
  value: coverage(),
  on: { linux: 10 },
  summary: 'How many bytes of each sent datagram its checksum covers, from the header on: damage behind them passes.',
  notes: [
    '0, the default, covers all of the datagram; the header of 8 bytes counts, so 1 to 7 become 8.',
    'For audio and video, where a damaged datagram is worth more than a lost one.',
    gone,
  ],
  readback: { linux: 'rounded' },
  why: rounds,
  when: 'any',
  see: ['UDPLITE_RECV_CSCOV', 'SO_NO_CHECK'],
  man: 'udplite(7), RFC 3828',
  since: '2.6.20',
  removed: '7.1',
  sample: 20,
});
