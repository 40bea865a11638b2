// The options of IEEE 802.15.4, low-rate wireless (SOL_IEEE802154), sorted by C name.
import { enumeration } from '../codec/enumeration.ts';
import { bool } from '../codec/scalar.ts';
import { wpanSecurities, wpanSecurityLevels } from '../constants/ieee802154.ts';
import { option } from '../option.ts';

export const WPAN_SECURITY = option({
  name: 'WPAN_SECURITY',
  level: 'SOL_IEEE802154',
  access: 'rw',
  value: enumeration(wpanSecurities),
  on: { linux: 1 },
  summary: 'Whether frames are secured: as the interface is set, always, never.',
  notes: ['Only SOCK_DGRAM has it. The headers of the C library do not have the name.'],
  default: 'WPAN_SECURITY_DEFAULT',
  needs: 'CAP_NET_ADMIN or CAP_NET_RAW',
  when: 'any',
  see: ['WPAN_SECURITY_LEVEL'],
  man: 'net/af_ieee802154.h',
  since: '3.16',
  sample: 'WPAN_SECURITY_ON',
});

export const WPAN_SECURITY_LEVEL = option({
  name: 'WPAN_SECURITY_LEVEL',
  level: 'SOL_IEEE802154',
  access: 'rw',
  value: enumeration(wpanSecurityLevels),
  on: { linux: 2 },
  summary: 'How frames are secured: with which length of check code, encrypted or not, or as the interface is set.',
  notes: ['Only SOCK_DGRAM has it. Outside of -1 to 7: EINVAL.'],
  default: 'WPAN_SECURITY_LEVEL_DEFAULT',
  needs: 'CAP_NET_ADMIN or CAP_NET_RAW',
  when: 'any',
  see: ['WPAN_SECURITY'],
  man: 'net/af_ieee802154.h',
  since: '3.16',
  sample: 'IEEE802154_SCF_SECLEVEL_ENC_MIC64',
});

export const WPAN_WANTACK = option({
  name: 'WPAN_WANTACK',
  level: 'SOL_IEEE802154',
  access: 'rw',
  value: bool(),
  on: { linux: 0 },
  summary: 'Whether receivers must acknowledge the frames.',
  notes: ['Only SOCK_DGRAM has it.'],
  default: 'on',
  when: 'any',
  see: ['WPAN_WANTLQI'],
  man: 'net/af_ieee802154.h',
  sample: false,
});

export const WPAN_WANTLQI = option({
  name: 'WPAN_WANTLQI',
  level: 'SOL_IEEE802154',
  access: 'rw',
  value: bool(),
  on: { linux: 3 },
  summary: 'Delivers with each frame how well it was received (link quality), as control message WPAN_WANTLQI.',
  notes: ['Only SOCK_DGRAM has it.'],
  when: 'any',
  see: ['WPAN_WANTACK'],
  man: 'net/af_ieee802154.h',
  sample: true,
});
