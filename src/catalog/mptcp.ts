// The options of Multipath TCP (SOL_MPTCP), sorted by C name.
import { bytes } from '../codec/bytes.ts';
import { mptcpInfo } from '../codec/mptcp-info.ts';
import { option } from '../option.ts';

export const MPTCP_FULL_INFO = option({
  name: 'MPTCP_FULL_INFO',
  level: 'SOL_MPTCP',
  access: 'ro',
  value: bytes({ max: 136 }),
  query: bytes({ max: 136 }),
  length: 'in-out',
  on: { linux: 4 },
  summary: 'Everything about a Multipath TCP connection in one read: MPTCP_INFO, and the state of each subflow.',
  notes: [
    'The read takes a query: struct mptcp_full_info (136 bytes) as raw bytes, all zero for the connection alone.',
    'Its fields subflow_info and tcp_info are addresses that the kernel writes to, size_arrays_user elements each.',
    'From byte 40 on the answer is the struct of MPTCP_INFO.',
  ],
  see: ['MPTCP_INFO', 'MPTCP_TCPINFO', 'MPTCP_SUBFLOW_ADDRS'],
  man: 'RFC 8684',
  since: '6.5',
});

export const MPTCP_INFO = option({
  name: 'MPTCP_INFO',
  level: 'SOL_MPTCP',
  access: 'ro',
  value: mptcpInfo(),
  length: 'grows',
  on: { linux: 1 },
  summary: 'The state of a Multipath TCP connection as a whole: subflows, addresses, counters, whether it fell back.',
  notes: [
    'Newer kernels return more fields: what the running kernel does not have is absent.',
    'Where the peer does not speak MPTCP the connection falls back to plain TCP: the read fails with EOPNOTSUPP.',
  ],
  see: ['TCP_IS_MPTCP', 'TCP_INFO', 'MPTCP_FULL_INFO'],
  man: 'RFC 8684',
  since: '5.16',
});

export const MPTCP_SUBFLOW_ADDRS = option({
  name: 'MPTCP_SUBFLOW_ADDRS',
  level: 'SOL_MPTCP',
  access: 'ro',
  value: bytes({ max: 2064 }),
  query: bytes({ max: 2064 }),
  length: 'in-out',
  on: { linux: 3 },
  summary: 'The local and remote address of each subflow of a Multipath TCP connection.',
  notes: [
    'The read takes a query as raw bytes: struct mptcp_subflow_data, which is 16, 0, 0, 256 as four C ints.',
    'The answer has that struct again, with the number of subflows second, then two sockaddr_storage a subflow.',
  ],
  see: ['MPTCP_TCPINFO', 'MPTCP_FULL_INFO'],
  man: 'RFC 8684',
  since: '5.16',
});

export const MPTCP_TCPINFO = option({
  name: 'MPTCP_TCPINFO',
  level: 'SOL_MPTCP',
  access: 'ro',
  value: bytes({ max: 2576 }),
  query: bytes({ max: 2576 }),
  length: 'in-out',
  on: { linux: 2 },
  summary: 'The struct of TCP_INFO for each subflow of a Multipath TCP connection.',
  notes: [
    'The read takes a query as raw bytes: struct mptcp_subflow_data, which is 16, 0, 0, 280 as four C ints.',
    'The answer has that struct again, with the number of subflows second, then one struct tcp_info a subflow.',
  ],
  see: ['TCP_INFO', 'MPTCP_SUBFLOW_ADDRS', 'MPTCP_FULL_INFO'],
  man: 'RFC 8684',
  since: '5.16',
});
