// The options of all Bluetooth sockets (SOL_BLUETOOTH), sorted by C name.
import { btCodecs, btIsoQos, btPower, btSecurity, btVoice } from '../codec/bluetooth.ts';
import { bytes } from '../codec/bytes.ts';
import { enumeration, flags } from '../codec/enumeration.ts';
import { bool, u16 } from '../codec/scalar.ts';
import { sized } from '../codec/sized.ts';
import { btChannelPolicies, btModes, btPhys } from '../constants/bluetooth.ts';
import { option } from '../option.ts';

export const BT_CHANNEL_POLICY = option({
  name: 'BT_CHANNEL_POLICY',
  level: 'SOL_BLUETOOTH',
  access: 'rw',
  value: sized(enumeration(btChannelPolicies), 'u32'),
  on: { linux: 10 },
  summary: 'Whether an L2CAP channel may use a second controller (AMP, Bluetooth over Wi-Fi) beside that of BR/EDR.',
  notes: [
    'Linux has no such controllers any more: a set answers EOPNOTSUPP there, a read gives BT_CHANNEL_POLICY_BREDR_ONLY.',
    'Kernels that have them take it only in modes ERTM and streaming, EOPNOTSUPP otherwise.',
  ],
  kinds: ['l2cap'],
  see: ['BT_MODE', 'L2CAP_OPTIONS'],
  man: 'bluetooth/bluetooth.h',
  sample: 'BT_CHANNEL_POLICY_BREDR_PREFERRED',
});

export const BT_CODEC = option({
  name: 'BT_CODEC',
  level: 'SOL_BLUETOOTH',
  access: 'rw',
  value: btCodecs(),
  on: { linux: 19 },
  summary: 'A read lists the codecs that the controller has for voice; a set chooses the one for this connection.',
  notes: [
    'A set takes one codec; its capabilities are not looked at. Linux answers EINVAL for more.',
    'EOPNOTSUPP where offloading codecs is not turned on, or the driver cannot; EBADFD without a controller.',
    'A read with too little room answers ENOBUFS.',
    'A codec of a maker has id 0xff, the company in cid and its number for the codec in vid.',
  ],
  when: 'before-connect',
  kinds: ['sco'],
  see: ['BT_VOICE'],
  man: 'bluetooth/bluetooth.h',
  since: '5.16',
  sample: [{ id: 'BT_CODEC_MSBC', data_path: 1 }],
});

export const BT_DEFER_SETUP = option({
  name: 'BT_DEFER_SETUP',
  level: 'SOL_BLUETOOTH',
  access: 'rw',
  value: bool(),
  on: { linux: 7 },
  summary: 'Hands out incoming connections before they are accepted, so that the program can decide about each.',
  notes: [
    'The first read(2) on the socket that accept(2) gave accepts the connection; close(2) rejects it.',
    'Only on a socket that is bound or listens, EINVAL otherwise.',
    'With ISO it also holds back outgoing streams until all of a group are there.',
  ],
  when: 'before-listen',
  kinds: ['l2cap', 'sco', 'rfcomm', 'iso'],
  see: ['BT_SECURITY'],
  man: 'bluetooth/bluetooth.h',
  since: '2.6.30',
  sample: true,
});

export const BT_FLUSHABLE = option({
  name: 'BT_FLUSHABLE',
  level: 'SOL_BLUETOOTH',
  access: 'rw',
  value: bool(),
  on: { linux: 8 },
  summary: 'Whether the controller may throw away packets of the channel that it could not deliver in time.',
  notes: [
    'Turning it off needs a connection whose controller can send packets that are never flushed: EINVAL otherwise.',
    'flush_to of L2CAP_OPTIONS says after how long.',
  ],
  when: 'any',
  kinds: ['l2cap'],
  see: ['L2CAP_OPTIONS'],
  man: 'bluetooth/bluetooth.h',
  since: '2.6.39',
  sample: true,
});

export const BT_ISO_BASE = option({
  name: 'BT_ISO_BASE',
  level: 'SOL_BLUETOOTH',
  access: 'rw',
  value: bytes({ max: 255 }),
  on: { linux: 20 },
  summary: 'The description of a broadcast (BASE) that is sent in its announcement: streams, codecs, languages.',
  notes: [
    'The kernel passes the bytes on as they are; their form is that of the Basic Audio Profile.',
    'More than fits into an announcement answers EINVAL (EOVERFLOW on older kernels), and so does a set afterwards.',
    'A receiver reads the description that the sender announces.',
  ],
  when: 'before-connect',
  kinds: ['iso'],
  see: ['BT_ISO_QOS'],
  man: 'bluetooth/bluetooth.h',
  since: '6.0',
  sample: Uint8Array.of(0x51, 0x18, 0x40, 0x9c, 0x00, 0x01),
});

export const BT_ISO_QOS = option({
  name: 'BT_ISO_QOS',
  secret: true,
  level: 'SOL_BLUETOOTH',
  access: 'rw',
  value: btIsoQos(),
  on: { linux: 17 },
  summary:
    'What an isochronous stream wants: interval, latency, size and radio layer in each direction, and its group.',
  notes: [
    'ucast is for a stream to one device, bcast for a broadcast; a set takes one of them.',
    'A read cannot tell the two apart and has both: the socket of a broadcast is connected to no address.',
    'sync_timeout and timeout count 10 ms; skip counts announcements. bcode is the key of an encrypted broadcast.',
    'A direction whose phy is none has no stream: its sdu must be 0.',
    'Linux 6.0 to 6.2 have only the first 32 bytes.',
  ],
  when: 'before-connect',
  kinds: ['iso'],
  see: ['BT_ISO_BASE', 'BT_DEFER_SETUP'],
  man: 'bluetooth/bluetooth.h',
  since: '6.0',
  sample: {
    ucast: {
      cig: 1,
      cis: 2,
      in: { interval: 10_000, latency: 10, sdu: 120, phy: 'BT_ISO_PHY_2M', rtn: 5 },
      out: { interval: 10_000, latency: 10, sdu: 120, phy: 'BT_ISO_PHY_2M', rtn: 5 },
    },
  },
});

export const BT_MODE = option({
  name: 'BT_MODE',
  level: 'SOL_BLUETOOTH',
  access: 'rw',
  value: sized(enumeration(btModes), 'u8'),
  on: { linux: 15 },
  summary: 'How an L2CAP channel moves data: as it is, with retransmission, or with credits (Low Energy).',
  notes: [
    'Only with enhanced credits turned on (enable_ecred of the module bluetooth), ENOPROTOOPT otherwise.',
    'Only on a bound socket that is not connected, EINVAL otherwise.',
    'Its numbers differ from those of mode in L2CAP_OPTIONS.',
  ],
  when: 'before-connect',
  kinds: ['l2cap'],
  see: ['L2CAP_OPTIONS'],
  man: 'bluetooth/bluetooth.h',
  since: '5.7',
  sample: 'BT_MODE_EXT_FLOWCTL',
});

export const BT_PHY = option({
  name: 'BT_PHY',
  level: 'SOL_BLUETOOTH',
  access: 'rw',
  value: flags(btPhys, 'uint32_t'),
  on: { linux: 14 },
  summary: 'The radio layers and packet sizes that the link of this connection may use.',
  notes: [
    'ENOTCONN before the connection.',
    'A set is newer than the read, and only L2CAP has it: kernels without it answer ENOPROTOOPT.',
  ],
  when: 'connected',
  kinds: ['l2cap', 'sco'],
  see: ['BT_MODE'],
  man: 'bluetooth/bluetooth.h',
  since: '5.7',
  sample: ['BT_PHY_LE_2M_TX', 'BT_PHY_LE_2M_RX'],
});

export const BT_PKT_SEQNUM = option({
  name: 'BT_PKT_SEQNUM',
  level: 'SOL_BLUETOOTH',
  access: 'wo',
  value: bool(),
  on: { linux: 22 },
  summary: 'Delivers the sequence number of each packet of a stream with it, as control message BT_SCM_PKT_SEQNUM.',
  notes: ['The number is that of the air: what is missing was lost. There is no read of the option.'],
  when: 'any',
  kinds: ['iso'],
  see: ['BT_PKT_STATUS'],
  man: 'net/bluetooth/bluetooth.h',
  since: '6.17',
  sample: true,
});

export const BT_PKT_STATUS = option({
  name: 'BT_PKT_STATUS',
  level: 'SOL_BLUETOOTH',
  access: 'rw',
  value: bool(),
  on: { linux: 16 },
  summary: 'Delivers with each packet whether it arrived whole, as control message BT_SCM_PKT_STATUS.',
  notes: ['0 is a good packet; others are damaged, missing or partly lost.'],
  when: 'any',
  kinds: ['sco', 'iso'],
  see: ['BT_PKT_SEQNUM'],
  man: 'bluetooth/bluetooth.h',
  since: '5.9',
  sample: true,
});

export const BT_POWER = option({
  name: 'BT_POWER',
  level: 'SOL_BLUETOOTH',
  access: 'rw',
  value: btPower(),
  on: { linux: 9 },
  summary: 'Whether sending on the channel wakes the link from its power saving (sniff mode).',
  notes: ['It is on at first; turned off, packets go at the times at which the link is awake anyway.'],
  default: 'on',
  when: 'any',
  kinds: ['l2cap'],
  see: ['L2CAP_OPTIONS'],
  man: 'bluetooth/bluetooth.h',
  since: '3.1',
  sample: { force_active: false },
});

export const BT_RCVMTU = option({
  name: 'BT_RCVMTU',
  level: 'SOL_BLUETOOTH',
  access: 'rw',
  value: u16({ unit: 'bytes' }),
  on: { linux: 13 },
  summary: 'The largest packet that this side takes.',
  notes: [
    'On L2CAP only with Low Energy addresses; BR/EDR has L2CAP_OPTIONS. EISCONN once the connection is there.',
    'In mode BT_MODE_EXT_FLOWCTL it can grow later on.',
    'SCO only reads it, when connected; HCI has one size for both directions, on channels other than raw and user.',
    'SCO writes four bytes: on big-endian systems a read there gives 0.',
  ],
  when: 'before-connect',
  kinds: ['l2cap', 'sco', 'hci'],
  see: ['BT_SNDMTU', 'L2CAP_OPTIONS', 'SCO_OPTIONS'],
  man: 'bluetooth/bluetooth.h',
  since: '3.14',
  sample: 512,
});

export const BT_SECURITY = option({
  name: 'BT_SECURITY',
  level: 'SOL_BLUETOOTH',
  access: 'rw',
  value: btSecurity(),
  on: { linux: 4 },
  summary: 'How well the link must be secured before data flows: not at all, encrypted, encrypted with a checked peer.',
  notes: [
    'On a connection the kernel secures the link when it is raised; data waits until then.',
    'key_size is only read, on a connection of L2CAP.',
    'RFCOMM takes it on SOCK_STREAM only.',
  ],
  default: 'BT_SECURITY_LOW',
  when: 'any',
  kinds: ['l2cap', 'rfcomm'],
  see: ['L2CAP_LM', 'RFCOMM_LM', 'BT_DEFER_SETUP'],
  man: 'bluetooth/bluetooth.h',
  since: '2.6.30',
  sample: { level: 'BT_SECURITY_HIGH' },
});

export const BT_SNDMTU = option({
  name: 'BT_SNDMTU',
  level: 'SOL_BLUETOOTH',
  access: 'rw',
  value: u16({ unit: 'bytes' }),
  on: { linux: 12 },
  summary: 'The largest packet that the other side takes.',
  notes: [
    'The other side decides: on L2CAP a set is refused with EPERM, a read before the connection with ENOTCONN.',
    'On L2CAP only with Low Energy addresses; BR/EDR has L2CAP_OPTIONS.',
    'HCI lets it be set, on channels other than raw and user: one size for both directions.',
    'SCO writes four bytes: on big-endian systems a read there gives 0.',
  ],
  when: 'any',
  kinds: ['l2cap', 'sco', 'hci'],
  see: ['BT_RCVMTU', 'L2CAP_OPTIONS', 'SCO_OPTIONS'],
  man: 'bluetooth/bluetooth.h',
  since: '3.14',
  sample: 512,
  sampleOn: 'hci',
});

export const BT_VOICE = option({
  name: 'BT_VOICE',
  level: 'SOL_BLUETOOTH',
  access: 'rw',
  value: btVoice(),
  on: { linux: 11 },
  summary: 'How voice is coded on the air: by the controller (CVSD), or by the program, whose bytes pass as they are.',
  notes: [
    'Only before the connection, or on one whose setup is deferred: EINVAL otherwise.',
    'BT_VOICE_TRANSPARENT is for codecs such as mSBC; without it in the controller connect(2) answers EOPNOTSUPP.',
  ],
  default: 'BT_VOICE_CVSD_16BIT',
  when: 'before-connect',
  kinds: ['sco'],
  see: ['BT_CODEC', 'BT_DEFER_SETUP'],
  man: 'bluetooth/bluetooth.h',
  since: '3.12',
  sample: { setting: 'BT_VOICE_TRANSPARENT' },
});
