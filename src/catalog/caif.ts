// The options of CAIF, to the modems of ST-Ericsson (SOL_CAIF), sorted by C name.
import { bytes } from '../codec/bytes.ts';
import { enumeration } from '../codec/enumeration.ts';
import { caifLinks } from '../constants/caif.ts';
import { option } from '../option.ts';

export const CAIFSO_LINK_SELECT = option({
  name: 'CAIFSO_LINK_SELECT',
  level: 'SOL_CAIF',
  access: 'wo',
  value: enumeration(caifLinks),
  on: { linux: 127 },
  summary: 'Which of several links to the modem to take: the one of most bandwidth, or the one of least delay.',
  notes: ['Only on a socket that was never connected. SO_BINDTODEVICE names the link itself.'],
  when: 'before-connect',
  see: ['SO_BINDTODEVICE', 'CAIFSO_REQ_PARAM'],
  man: 'linux/caif/caif_socket.h',
  since: '2.6.35',
  removed: '7.1',
  sample: 'CAIF_LINK_LOW_LATENCY',
});

export const CAIFSO_REQ_PARAM = option({
  name: 'CAIFSO_REQ_PARAM',
  level: 'SOL_CAIF',
  access: 'wo',
  value: bytes({ max: 256 }),
  on: { linux: 128 },
  summary: 'What the modem is told when a utility channel is opened.',
  notes: ['Bytes, for each service of the modem has its own form. Sockets of other protocols answer ENOPROTOOPT.'],
  when: 'before-connect',
  see: ['CAIFSO_LINK_SELECT'],
  man: 'linux/caif/caif_socket.h',
  since: '2.6.35',
  removed: '7.1',
  sample: Uint8Array.of(1, 2, 3),
});

export const CAIFSO_RSP_PARAM = option({
  name: 'CAIFSO_RSP_PARAM',
  level: 'SOL_CAIF',
  access: 'none',
  role: 'never implemented',
  value: bytes({ max: 256 }),
  on: { linux: 129 },
  summary: 'What the modem answers when a utility channel is opened.',
  notes: ['The header describes it, but there is no read of options on sockets of CAIF.'],
  see: ['CAIFSO_REQ_PARAM'],
  man: 'linux/caif/caif_socket.h',
  since: '2.6.35',
  removed: '7.1',
  instead: 'There is nothing in its place: the answer cannot be read',
});
