// The options of LLC, IEEE 802.2 (SOL_LLC), sorted by C name.
import { bool, int } from '../codec/scalar.ts';
import { option } from '../option.ts';

export const LLC_OPT_ACK_TMR_EXP = option({
  name: 'LLC_OPT_ACK_TMR_EXP',
  level: 'SOL_LLC',
  access: 'rw',
  value: int({ min: 0, max: 60, unit: 's' }),
  length: 'exact',
  on: { linux: 3 },
  summary: 'How long to wait for an acknowledgement before asking again.',
  when: 'any',
  see: ['LLC_OPT_RETRY', 'LLC_OPT_P_TMR_EXP'],
  man: 'linux/llc.h',
  sample: 5,
});

export const LLC_OPT_BUSY_TMR_EXP = option({
  name: 'LLC_OPT_BUSY_TMR_EXP',
  level: 'SOL_LLC',
  access: 'rw',
  value: int({ min: 0, max: 60, unit: 's' }),
  length: 'exact',
  on: { linux: 6 },
  summary: 'How long to wait for a peer that said it is busy before asking whether it still is.',
  when: 'any',
  see: ['LLC_OPT_RETRY'],
  man: 'linux/llc.h',
  sample: 5,
});

export const LLC_OPT_PKTINFO = option({
  name: 'LLC_OPT_PKTINFO',
  level: 'SOL_LLC',
  access: 'rw',
  value: bool(),
  length: 'exact',
  on: { linux: 9 },
  summary: 'Delivers interface, service access point and hardware address with each packet, as a control message.',
  notes: ['The control message has the same number and holds a struct llc_pktinfo.'],
  when: 'any',
  see: ['IP_PKTINFO'],
  man: 'linux/llc.h',
  since: '2.6.34',
  sample: true,
});

export const LLC_OPT_P_TMR_EXP = option({
  name: 'LLC_OPT_P_TMR_EXP',
  level: 'SOL_LLC',
  access: 'rw',
  value: int({ min: 0, max: 60, unit: 's' }),
  length: 'exact',
  on: { linux: 4 },
  summary: 'How long to wait for the answer to a poll before polling again.',
  when: 'any',
  see: ['LLC_OPT_RETRY', 'LLC_OPT_ACK_TMR_EXP'],
  man: 'linux/llc.h',
  sample: 5,
});

export const LLC_OPT_REJ_TMR_EXP = option({
  name: 'LLC_OPT_REJ_TMR_EXP',
  level: 'SOL_LLC',
  access: 'rw',
  value: int({ min: 0, max: 60, unit: 's' }),
  length: 'exact',
  on: { linux: 5 },
  summary: 'How long to wait for the answer to a reject before rejecting again.',
  when: 'any',
  see: ['LLC_OPT_RETRY'],
  man: 'linux/llc.h',
  sample: 5,
});

export const LLC_OPT_RETRY = option({
  name: 'LLC_OPT_RETRY',
  level: 'SOL_LLC',
  access: 'rw',
  value: int({ min: 0, max: 100, unit: 'retries' }),
  length: 'exact',
  on: { linux: 1 },
  summary: 'How often a packet is sent again before the connection counts as lost.',
  when: 'any',
  see: ['LLC_OPT_ACK_TMR_EXP'],
  man: 'linux/llc.h',
  sample: 7,
});

export const LLC_OPT_RX_WIN = option({
  name: 'LLC_OPT_RX_WIN',
  level: 'SOL_LLC',
  access: 'rw',
  value: int({ min: 0, max: 127, unit: 'packets' }),
  length: 'exact',
  on: { linux: 8 },
  summary: 'How many packets the peer may send before it must wait for an acknowledgement.',
  when: 'any',
  see: ['LLC_OPT_TX_WIN'],
  man: 'linux/llc.h',
  sample: 16,
});

export const LLC_OPT_SIZE = option({
  name: 'LLC_OPT_SIZE',
  level: 'SOL_LLC',
  access: 'rw',
  value: int({ min: 0, max: 4196, unit: 'bytes' }),
  length: 'exact',
  on: { linux: 2 },
  summary: 'The largest packet.',
  when: 'any',
  see: ['LLC_OPT_TX_WIN'],
  man: 'linux/llc.h',
  sample: 1024,
});

export const LLC_OPT_TX_WIN = option({
  name: 'LLC_OPT_TX_WIN',
  level: 'SOL_LLC',
  access: 'rw',
  value: int({ min: 0, max: 127, unit: 'packets' }),
  length: 'exact',
  on: { linux: 7 },
  summary: 'How many packets may be sent before an acknowledgement must come.',
  when: 'any',
  see: ['LLC_OPT_RX_WIN'],
  man: 'linux/llc.h',
  sample: 16,
});

export const LLC_OPT_UNKNOWN = option({
  name: 'LLC_OPT_UNKNOWN',
  level: 'SOL_LLC',
  access: 'none',
  role: 'never implemented',
  value: int(),
  on: { linux: 0 },
  summary: 'The number 0, which stands for no option: the kernel answers ENOPROTOOPT.',
  man: 'linux/llc.h',
  instead: 'Use one of the other options of SOL_LLC',
});
