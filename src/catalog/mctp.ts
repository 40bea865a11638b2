// The options of MCTP, the protocol of management controllers (SOL_MCTP), sorted by C name.
import { bool } from '../codec/scalar.ts';
import { option } from '../option.ts';

export const MCTP_OPT_ADDR_EXT = option({
  name: 'MCTP_OPT_ADDR_EXT',
  level: 'SOL_MCTP',
  access: 'rw',
  value: bool(),
  length: 'exact',
  on: { linux: 1 },
  summary: 'Has interface and hardware address in the addresses of messages (struct sockaddr_mctp_ext), past routing.',
  notes: ['It reaches devices that have no endpoint number yet.', 'Another level answers EINVAL, not ENOPROTOOPT.'],
  when: 'any',
  man: 'linux/mctp.h',
  since: '5.16',
  sample: true,
});
