// The options of SMC (SOL_SMC), sorted by C name.
import { bool } from '../codec/scalar.ts';
import { option } from '../option.ts';

export const SMC_LIMIT_HS = option({
  name: 'SMC_LIMIT_HS',
  level: 'SOL_SMC',
  access: 'rw',
  value: bool(),
  on: { linux: 1 },
  summary: 'Lets a busy listener accept connections as plain TCP when SMC handshakes pile up.',
  notes: [
    'SMC (RFC 7609) moves the data of a TCP connection through RDMA; its handshake is slow under many new connections.',
    'smcss(8) shows which connections fell back to TCP. Needs a kernel with CONFIG_SMC.',
  ],
  when: 'before-listen',
  man: 'RFC 7609, linux/smc.h',
  since: '5.18',
  sample: true,
});
