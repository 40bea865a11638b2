// The options of Multipath TCP (SOL_MPTCP), sorted by C name.
import { mptcpInfo } from '../codec/mptcp-info.ts';
import {
  mptcpFullInfo,
  mptcpFullInfoQuery,
  subflowAddresses,
  subflowAddressesQuery,
  subflowTcpInfos,
  subflowTcpInfosQuery,
} from '../codec/mptcp-subflows.ts';
import { option } from '../option.ts';

const fallback =
  'Where the peer does not speak MPTCP the connection falls back to plain TCP: the read fails with EOPNOTSUPP.';
const room = 'The read takes a query: {}, or { room } where more than 16 subflows are expected; others are left out.';

export const MPTCP_FULL_INFO = option({
  name: 'MPTCP_FULL_INFO',
  level: 'SOL_MPTCP',
  access: 'ro',
  value: mptcpFullInfo(),
  query: mptcpFullInfoQuery(),
  length: 'in-out',
  on: { linux: 4 },
  summary: 'Everything about a Multipath TCP connection in one read: MPTCP_INFO, and each subflow with its TCP_INFO.',
  notes: [
    room,
    'All of it is of one moment; num_subflows counts subflows that are left out as well.',
    'A subflow has an id that stays while the connection lasts, so that two reads can be compared.',
    'In C the struct points to two arrays that the caller provides.',
    fallback,
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
  notes: ['Newer kernels return more fields: what the running kernel does not have is absent.', fallback],
  see: ['TCP_IS_MPTCP', 'TCP_INFO', 'MPTCP_FULL_INFO'],
  man: 'RFC 8684',
  since: '5.16',
});

export const MPTCP_SUBFLOW_ADDRS = option({
  name: 'MPTCP_SUBFLOW_ADDRS',
  level: 'SOL_MPTCP',
  access: 'ro',
  value: subflowAddresses(),
  query: subflowAddressesQuery(),
  length: 'in-out',
  on: { linux: 3 },
  summary: 'The local and remote address of each subflow of a Multipath TCP connection.',
  notes: [room, fallback],
  see: ['MPTCP_TCPINFO', 'MPTCP_FULL_INFO'],
  man: 'RFC 8684',
  since: '5.16',
});

export const MPTCP_TCPINFO = option({
  name: 'MPTCP_TCPINFO',
  level: 'SOL_MPTCP',
  access: 'ro',
  value: subflowTcpInfos(),
  query: subflowTcpInfosQuery(),
  length: 'in-out',
  on: { linux: 2 },
  summary: 'The struct of TCP_INFO for each subflow of a Multipath TCP connection.',
  notes: [room, 'The order is that of MPTCP_SUBFLOW_ADDRS, as long as no subflow comes or goes between.', fallback],
  see: ['TCP_INFO', 'MPTCP_SUBFLOW_ADDRS', 'MPTCP_FULL_INFO'],
  man: 'RFC 8684',
  since: '5.16',
});
