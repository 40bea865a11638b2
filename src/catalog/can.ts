// The options of raw CAN sockets (SOL_CAN_RAW), sorted by C name.
import { canFilters, canRawVcidOptions } from '../codec/can.ts';
import { flags } from '../codec/enumeration.ts';
import { bool } from '../codec/scalar.ts';
import { sized } from '../codec/sized.ts';
import { canErrorClasses } from '../constants/can.ts';
import { option } from '../option.ts';

const man = 'linux/can/raw.h';

export const CAN_RAW_ERR_FILTER = option({
  name: 'CAN_RAW_ERR_FILTER',
  level: 'SOL_CAN_RAW',
  access: 'rw',
  value: sized(flags(canErrorClasses), 'u32'),
  length: 'exact',
  on: { linux: 2 },
  summary: 'Which errors of the CAN controller the socket receives, as frames with CAN_ERR_FLAG in their identifier.',
  notes: ['None at first; CAN_ERR_MASK (0x1fffffff) asks for all of them.'],
  when: 'any',
  see: ['CAN_RAW_FILTER'],
  man,
  since: '2.6.25',
  sample: ['CAN_ERR_BUSOFF', 'CAN_ERR_RESTARTED'],
});

export const CAN_RAW_FD_FRAMES = option({
  name: 'CAN_RAW_FD_FRAMES',
  level: 'SOL_CAN_RAW',
  access: 'rw',
  value: bool(),
  length: 'exact',
  on: { linux: 5 },
  summary: 'Lets the socket send and receive CAN FD frames (up to 64 bytes of data) besides classic ones.',
  notes: [
    'A read of the socket then gives CANFD_MTU (72) bytes for a CAN FD frame, CAN_MTU (16) for a classic one.',
    'CAN_RAW_XL_FRAMES includes it: while that is on, turning this off fails with EINVAL.',
  ],
  when: 'any',
  see: ['CAN_RAW_XL_FRAMES'],
  man,
  since: '3.6',
  sample: true,
});

export const CAN_RAW_FILTER = option({
  name: 'CAN_RAW_FILTER',
  level: 'SOL_CAN_RAW',
  access: 'rw',
  value: canFilters(),
  on: { linux: 1 },
  summary: 'Which frames the socket receives, by identifier and mask: a frame passes that any of the filters takes.',
  notes: [
    'A fresh socket has one filter that takes everything: can_id 0, can_mask 0.',
    'An empty list receives nothing: for sockets that only send.',
    'Put CAN_EFF_FLAG and CAN_RTR_FLAG into can_mask too, or standard and extended frames are not told apart.',
    'At most 512 filters. CAN_RAW_JOIN_FILTERS asks that all of them take a frame.',
  ],
  when: 'any',
  see: ['CAN_RAW_JOIN_FILTERS', 'CAN_RAW_ERR_FILTER'],
  man,
  since: '2.6.25',
  sample: [
    { can_id: 0x123, can_mask: 0xc00007ff },
    { can_id: 0x200, can_mask: 0x700, inverted: true },
  ],
});

export const CAN_RAW_JOIN_FILTERS = option({
  name: 'CAN_RAW_JOIN_FILTERS',
  level: 'SOL_CAN_RAW',
  access: 'rw',
  value: bool(),
  length: 'exact',
  on: { linux: 6 },
  summary: 'A frame is received only when all filters of CAN_RAW_FILTER take it, not when one of them does.',
  notes: ['With inverted filters this leaves out several identifiers at once.'],
  when: 'any',
  see: ['CAN_RAW_FILTER'],
  man,
  since: '4.1',
  sample: true,
});

export const CAN_RAW_LOOPBACK = option({
  name: 'CAN_RAW_LOOPBACK',
  level: 'SOL_CAN_RAW',
  access: 'rw',
  value: bool(),
  length: 'exact',
  on: { linux: 3 },
  summary: 'Shows the frames that are sent to the other sockets of this host as well; on at first.',
  when: 'any',
  see: ['CAN_RAW_RECV_OWN_MSGS'],
  man,
  since: '2.6.25',
  sample: false,
});

export const CAN_RAW_RECV_OWN_MSGS = option({
  name: 'CAN_RAW_RECV_OWN_MSGS',
  level: 'SOL_CAN_RAW',
  access: 'rw',
  value: bool(),
  length: 'exact',
  on: { linux: 4 },
  summary: 'Lets the socket receive the frames that it sends itself, once they are on the bus; off at first.',
  notes: ['It needs CAN_RAW_LOOPBACK.'],
  when: 'any',
  see: ['CAN_RAW_LOOPBACK'],
  man,
  since: '2.6.25',
  sample: true,
});

export const CAN_RAW_XL_FRAMES = option({
  name: 'CAN_RAW_XL_FRAMES',
  level: 'SOL_CAN_RAW',
  access: 'rw',
  value: bool(),
  length: 'exact',
  on: { linux: 7 },
  summary: 'Lets the socket send and receive CAN XL frames (up to 2048 bytes of data), and CAN FD ones with them.',
  notes: ['It turns on CAN_RAW_FD_FRAMES.'],
  when: 'any',
  alters: ['CAN_RAW_FD_FRAMES'],
  see: ['CAN_RAW_FD_FRAMES', 'CAN_RAW_XL_VCID_OPTS'],
  man,
  since: '6.1',
  sample: true,
});

export const CAN_RAW_XL_VCID_OPTS = option({
  name: 'CAN_RAW_XL_VCID_OPTS',
  level: 'SOL_CAN_RAW',
  access: 'rw',
  value: canRawVcidOptions(),
  length: 'exact',
  on: { linux: 8 },
  summary: 'Which virtual network (VCID) CAN XL frames are sent to, and which are received.',
  notes: [
    'Without CAN_RAW_XL_VCID_RX_FILTER only frames of no virtual network are received; with a mask of 0, all.',
    'CAN_RAW_XL_VCID_TX_SET writes tx_vcid into each frame; CAN_RAW_XL_VCID_TX_PASS leaves what the program wrote.',
  ],
  when: 'any',
  see: ['CAN_RAW_XL_FRAMES'],
  man,
  since: '6.9',
  sample: { flags: ['CAN_RAW_XL_VCID_TX_SET', 'CAN_RAW_XL_VCID_RX_FILTER'], tx_vcid: 7, rx_vcid: 7, rx_vcid_mask: 255 },
});
