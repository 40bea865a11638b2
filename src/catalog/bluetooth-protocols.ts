// The options of single Bluetooth protocols (SOL_HCI, SOL_L2CAP, SOL_RFCOMM, SOL_SCO), sorted by C name.
import { btConnInfo, l2capOptions, scoOptions } from '../codec/bluetooth.ts';
import { flags } from '../codec/enumeration.ts';
import { hciFilter } from '../codec/hci.ts';
import { bool } from '../codec/scalar.ts';
import { l2capLinkModes, rfcommLinkModes } from '../constants/bluetooth.ts';
import { option } from '../option.ts';

export const HCI_DATA_DIR = option({
  name: 'HCI_DATA_DIR',
  level: 'SOL_HCI',
  access: 'rw',
  value: bool(),
  on: { linux: 1 },
  summary:
    'Delivers with each packet whether it went to the controller or came from it, as control message HCI_CMSG_DIR.',
  notes: ['Only on the raw channel, EBADFD on the others.'],
  when: 'any',
  see: ['HCI_FILTER', 'HCI_TIME_STAMP'],
  man: 'bluetooth/hci.h',
  sample: true,
});

export const HCI_FILTER = option({
  name: 'HCI_FILTER',
  level: 'SOL_HCI',
  access: 'rw',
  value: hciFilter(),
  on: { linux: 2 },
  summary: 'Which packets a raw socket of the controller receives: by type, by event, by the command they answer.',
  notes: [
    'A new socket receives nothing. Only on the raw channel, EBADFD on the others.',
    'Without CAP_NET_RAW the kernel takes out what could do harm: a read shows what is left.',
    'The bit of an event is its code; makers have bit 63 (EVT_VENDOR). opcode 0 is any command.',
  ],
  readback: { linux: 'masked' },
  why: 'Linux takes out events that need CAP_NET_RAW',
  when: 'any',
  see: ['HCI_DATA_DIR', 'HCI_TIME_STAMP'],
  man: 'bluetooth/hci.h',
  sample: { type_mask: ['HCI_EVENT_PKT'], event_mask: ['EVT_CMD_COMPLETE', 'EVT_CMD_STATUS'] },
});

export const HCI_TIME_STAMP = option({
  name: 'HCI_TIME_STAMP',
  level: 'SOL_HCI',
  access: 'rw',
  value: bool(),
  on: { linux: 3 },
  summary: 'Delivers with each packet the time at which it passed, as control message HCI_CMSG_TSTAMP.',
  notes: ['Only on the raw channel, EBADFD on the others.'],
  when: 'any',
  see: ['HCI_DATA_DIR', 'SO_TIMESTAMP'],
  man: 'bluetooth/hci.h',
  sample: true,
});

export const L2CAP_CONNINFO = option({
  name: 'L2CAP_CONNINFO',
  level: 'SOL_L2CAP',
  access: 'ro',
  value: btConnInfo('l2cap_conninfo'),
  on: { linux: 2 },
  summary: "The controller's handle of the link below this connection, and the peer's class of device.",
  notes: ['ENOTCONN before the connection. The class says what the peer is: a phone, a headset.'],
  see: ['L2CAP_OPTIONS'],
  man: 'bluetooth/l2cap.h',
});

export const L2CAP_LM = option({
  name: 'L2CAP_LM',
  level: 'SOL_L2CAP',
  access: 'rw',
  value: flags(l2capLinkModes, 'uint32_t'),
  on: { linux: 3 },
  summary: 'What is asked of the link: to be authenticated, encrypted, secure, reliable, or to be its master.',
  notes: [
    'BT_SECURITY came in its place: the two set the same level, and a read shows all that the level includes.',
    'L2CAP_LM_FIPS is only read: a set answers EINVAL. L2CAP_LM_TRUSTED has no effect.',
    'Leaving out what concerns security does not lower the level.',
  ],
  readback: { linux: 'masked' },
  why: 'Linux keeps a security level, and shows every flag that it includes',
  when: 'before-connect',
  see: ['BT_SECURITY', 'BT_FLUSHABLE'],
  man: 'bluetooth/l2cap.h',
  sample: ['L2CAP_LM_AUTH', 'L2CAP_LM_ENCRYPT'],
});

export const L2CAP_OPTIONS = option({
  name: 'L2CAP_OPTIONS',
  level: 'SOL_L2CAP',
  access: 'rw',
  value: l2capOptions(),
  on: { linux: 1 },
  summary: 'Sizes, mode, checksum and retransmission of a channel over BR/EDR.',
  notes: [
    'A set needs all of it: read it, change what you want, set it. On a connection it answers EINVAL.',
    'Low Energy has BT_RCVMTU, BT_SNDMTU and BT_MODE instead: EINVAL there.',
    'flush_to 65535 never gives up. fcs is 0 for none, 1 for CRC-16. imtu below 48 and txwin_size above 16383: EINVAL.',
    'Modes: basic, ERTM and streaming; the latter two not where the module has disable_ertm.',
  ],
  when: 'before-connect',
  see: ['BT_MODE', 'BT_RCVMTU', 'BT_SNDMTU', 'BT_FLUSHABLE'],
  man: 'bluetooth/l2cap.h',
  sample: { omtu: 0, imtu: 1024, flush_to: 65535, mode: 'L2CAP_MODE_ERTM', fcs: 1, max_tx: 5, txwin_size: 63 },
});

export const RFCOMM_CONNINFO = option({
  name: 'RFCOMM_CONNINFO',
  level: 'SOL_RFCOMM',
  access: 'ro',
  value: btConnInfo('rfcomm_conninfo'),
  on: { linux: 2 },
  summary: "The controller's handle of the link below this connection, and the peer's class of device.",
  notes: ['ENOTCONN before the connection. The class says what the peer is: a phone, a headset.'],
  see: ['L2CAP_CONNINFO'],
  man: 'bluetooth/rfcomm.h',
});

export const RFCOMM_LM = option({
  name: 'RFCOMM_LM',
  level: 'SOL_RFCOMM',
  access: 'rw',
  value: flags(rfcommLinkModes, 'uint32_t'),
  on: { linux: 3 },
  summary: 'What is asked of the link: to be authenticated, encrypted, secure, or to be its master.',
  notes: [
    'BT_SECURITY came in its place: the two set the same level, and a read shows all that the level includes.',
    'RFCOMM_LM_TRUSTED and RFCOMM_LM_RELIABLE have no effect.',
    'Leaving out what concerns security does not lower the level.',
  ],
  readback: { linux: 'masked' },
  why: 'Linux keeps a security level, and shows every flag that it includes',
  when: 'before-connect',
  see: ['BT_SECURITY'],
  man: 'bluetooth/rfcomm.h',
  sample: ['RFCOMM_LM_AUTH', 'RFCOMM_LM_ENCRYPT'],
});

export const SCO_CONNINFO = option({
  name: 'SCO_CONNINFO',
  level: 'SOL_SCO',
  access: 'ro',
  value: btConnInfo('sco_conninfo'),
  on: { linux: 2 },
  summary: "The controller's handle of the voice link, and the peer's class of device.",
  notes: ['ENOTCONN before the connection, unless its setup is deferred.'],
  see: ['SCO_OPTIONS', 'BT_DEFER_SETUP'],
  man: 'bluetooth/sco.h',
});

export const SCO_OPTIONS = option({
  name: 'SCO_OPTIONS',
  level: 'SOL_SCO',
  access: 'ro',
  value: scoOptions(),
  on: { linux: 1 },
  summary: 'The largest packet of a voice connection.',
  notes: ['ENOTCONN before the connection, unless its setup is deferred.'],
  see: ['SCO_CONNINFO', 'BT_RCVMTU'],
  man: 'bluetooth/sco.h',
});
