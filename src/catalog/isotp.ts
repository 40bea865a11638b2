// The options of ISO-TP sockets (SOL_CAN_ISOTP), sorted by C name: messages of more than one frame (ISO 15765-2).
import { canIsotpFcOptions, canIsotpLlOptions, canIsotpOptions } from '../codec/can.ts';
import { u32 } from '../codec/scalar.ts';
import { option } from '../option.ts';

const man = 'linux/can/isotp.h';

export const CAN_ISOTP_LL_OPTS = option({
  name: 'CAN_ISOTP_LL_OPTS',
  level: 'SOL_CAN_ISOTP',
  access: 'rw',
  value: canIsotpLlOptions(),
  length: 'exact',
  on: { linux: 5 },
  summary: 'Which frames an ISO-TP message is cut into: classic or CAN FD, and how many bytes of data each has.',
  notes: [
    'mtu is CAN_MTU (16) or CANFD_MTU (72); tx_dl is 8, with CAN FD also 12, 16, 20, 24, 32, 48 or 64.',
    'tx_flags are those of CAN FD frames (CANFD_BRS); they must be empty with CAN_MTU.',
    'A bound socket refuses it with EISCONN.',
  ],
  when: 'before-bind',
  see: ['CAN_ISOTP_OPTS'],
  man,
  since: '5.10',
  sample: { mtu: 72, tx_dl: 64, tx_flags: ['CANFD_BRS'] },
});

export const CAN_ISOTP_OPTS = option({
  name: 'CAN_ISOTP_OPTS',
  level: 'SOL_CAN_ISOTP',
  access: 'rw',
  value: canIsotpOptions(),
  length: 'exact',
  on: { linux: 1 },
  summary: 'How an ISO-TP socket behaves: extended addresses, padding, listening only, broadcast.',
  notes: [
    'frame_txtime 0 leaves the time between frames as it is; CAN_ISOTP_FRAME_TXTIME_ZERO makes it 0.',
    'ext_address counts with CAN_ISOTP_EXTEND_ADDR, rx_ext_address with CAN_ISOTP_RX_EXT_ADDR: else it is ext_address.',
    'CAN_ISOTP_SF_BROADCAST and CAN_ISOTP_CF_BROADCAST exclude one another (EINVAL).',
    'A bound socket refuses it with EISCONN.',
  ],
  when: 'before-bind',
  see: ['CAN_ISOTP_RECV_FC', 'CAN_ISOTP_LL_OPTS'],
  man,
  since: '5.10',
  sample: { flags: ['CAN_ISOTP_EXTEND_ADDR', 'CAN_ISOTP_TX_PADDING'], ext_address: 0x12, txpad_content: 0xaa },
});

export const CAN_ISOTP_RECV_FC = option({
  name: 'CAN_ISOTP_RECV_FC',
  level: 'SOL_CAN_ISOTP',
  access: 'rw',
  value: canIsotpFcOptions(),
  length: 'exact',
  on: { linux: 2 },
  summary: 'What the socket asks of a sender in its flow control frames: how many frames in a row, how far apart.',
  notes: [
    'bs is the number of frames until the next flow control; 0 for all of them.',
    'stmin is a code: 0 to 0x7f are ms, 0xf1 to 0xf9 are 100 to 900 us.',
    'wftmax is the most wait frames that are sent.',
    'A bound socket refuses it with EISCONN.',
  ],
  when: 'before-bind',
  see: ['CAN_ISOTP_RX_STMIN', 'CAN_ISOTP_TX_STMIN'],
  man,
  since: '5.10',
  sample: { bs: 8, stmin: 0xf1, wftmax: 2 },
});

export const CAN_ISOTP_RX_STMIN = option({
  name: 'CAN_ISOTP_RX_STMIN',
  level: 'SOL_CAN_ISOTP',
  access: 'rw',
  value: u32({ unit: 'ns' }),
  length: 'exact',
  on: { linux: 4 },
  summary: 'For tests: drops received frames that come sooner after one another than this.',
  notes: ['It counts with CAN_ISOTP_FORCE_RXSTMIN in CAN_ISOTP_OPTS.', 'A bound socket refuses it with EISCONN.'],
  when: 'before-bind',
  see: ['CAN_ISOTP_TX_STMIN', 'CAN_ISOTP_OPTS'],
  man,
  since: '5.10',
  sample: 1_000_000,
});

export const CAN_ISOTP_TX_STMIN = option({
  name: 'CAN_ISOTP_TX_STMIN',
  level: 'SOL_CAN_ISOTP',
  access: 'rw',
  value: u32({ unit: 'ns' }),
  length: 'exact',
  on: { linux: 3 },
  summary: 'For tests: the time between frames that are sent, instead of the one that the receiver asks for.',
  notes: ['It counts with CAN_ISOTP_FORCE_TXSTMIN in CAN_ISOTP_OPTS.', 'A bound socket refuses it with EISCONN.'],
  when: 'before-bind',
  see: ['CAN_ISOTP_RX_STMIN', 'CAN_ISOTP_OPTS'],
  man,
  since: '5.10',
  sample: 2_000_000,
});
