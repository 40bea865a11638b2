// The options of RDS (SOL_RDS), sorted by C name: reliable datagrams over InfiniBand or TCP.
import { enumeration } from '../codec/enumeration.ts';
import { rdsFreeMrArgs, rdsGetMrArgs, rdsGetMrForDestArgs, rdsRxTrace } from '../codec/rds.ts';
import {
  rds6Connections,
  rds6Messages,
  rds6RdmaConnections,
  rds6Sockets,
  rds6TcpSockets,
  rdsConnections,
  rdsCounters,
  rdsMessages,
  rdsRdmaConnections,
  rdsSockets,
  rdsTcpSockets,
} from '../codec/rds-info.ts';
import { bool } from '../codec/scalar.ts';
import { sockaddr } from '../codec/sockaddr.ts';
import { rdsTransports } from '../constants/rds.ts';
import { option } from '../option.ts';

const man = 'linux/rds.h';
const ofHost = 'It is about the whole host, whichever socket is asked.';
const inResult =
  'The call returns the length of one element, not 0; a buffer that is too short gives ENOSPC and the length it takes.';
const infiniband = 'Only where the InfiniBand transport is loaded (module rds_rdma): ENOPROTOOPT otherwise.';
const tcp = 'Only where the TCP transport is loaded (module rds_tcp): ENOPROTOOPT otherwise.';

export const RDS6_INFO_CONNECTIONS = option({
  name: 'RDS6_INFO_CONNECTIONS',
  level: 'SOL_RDS',
  access: 'ro',
  value: rds6Connections(),
  on: { linux: 10011 },
  summary: 'Lists the connections of RDS to other hosts, IPv4 and IPv6, on which all sockets share.',
  notes: [ofHost, inResult],
  see: ['RDS_INFO_CONNECTIONS'],
  man,
  since: '4.19',
});

export const RDS6_INFO_IB_CONNECTIONS = option({
  name: 'RDS6_INFO_IB_CONNECTIONS',
  level: 'SOL_RDS',
  access: 'ro',
  value: rds6RdmaConnections(),
  on: { linux: 10017 },
  summary: 'Lists the InfiniBand connections that carry RDS, IPv4 and IPv6, and their limits.',
  notes: [ofHost, inResult, infiniband],
  see: ['RDS_INFO_IB_CONNECTIONS'],
  man,
  since: '4.19',
});

export const RDS6_INFO_RECV_MESSAGES = option({
  name: 'RDS6_INFO_RECV_MESSAGES',
  level: 'SOL_RDS',
  access: 'ro',
  value: rds6Messages(),
  on: { linux: 10014 },
  summary: 'Lists the messages that were received and that no program has read yet, IPv4 and IPv6.',
  notes: [ofHost, inResult],
  see: ['RDS_INFO_RECV_MESSAGES'],
  man,
  since: '4.19',
});

export const RDS6_INFO_RETRANS_MESSAGES = option({
  name: 'RDS6_INFO_RETRANS_MESSAGES',
  level: 'SOL_RDS',
  access: 'ro',
  value: rds6Messages(),
  on: { linux: 10013 },
  summary: 'Lists the messages that were sent and that the other side has not acknowledged, IPv4 and IPv6.',
  notes: [ofHost, inResult],
  see: ['RDS_INFO_RETRANS_MESSAGES'],
  man,
  since: '4.19',
});

export const RDS6_INFO_SEND_MESSAGES = option({
  name: 'RDS6_INFO_SEND_MESSAGES',
  level: 'SOL_RDS',
  access: 'ro',
  value: rds6Messages(),
  on: { linux: 10012 },
  summary: 'Lists the messages that wait to be sent, IPv4 and IPv6.',
  notes: [ofHost, inResult],
  see: ['RDS_INFO_SEND_MESSAGES'],
  man,
  since: '4.19',
});

export const RDS6_INFO_SOCKETS = option({
  name: 'RDS6_INFO_SOCKETS',
  level: 'SOL_RDS',
  access: 'ro',
  value: rds6Sockets(),
  on: { linux: 10015 },
  summary: 'Lists the RDS sockets of this host, IPv4 and IPv6: addresses, buffers, inode numbers.',
  notes: [ofHost, inResult],
  see: ['RDS_INFO_SOCKETS'],
  man,
  since: '4.19',
});

export const RDS6_INFO_TCP_SOCKETS = option({
  name: 'RDS6_INFO_TCP_SOCKETS',
  level: 'SOL_RDS',
  access: 'ro',
  value: rds6TcpSockets(),
  on: { linux: 10016 },
  summary: 'Lists the TCP connections that carry RDS, IPv4 and IPv6.',
  notes: [ofHost, inResult, tcp],
  see: ['RDS_INFO_TCP_SOCKETS'],
  man,
  since: '4.19',
});

export const RDS_CANCEL_SENT_TO = option({
  name: 'RDS_CANCEL_SENT_TO',
  level: 'SOL_RDS',
  access: 'wo',
  value: sockaddr(),
  on: { linux: 1 },
  summary: 'Drops the messages of this socket to one address that are not acknowledged yet.',
  notes: [
    'The socket must be bound: ENOTCONN otherwise.',
    'Whether they have arrived cannot be known; with RDS_RECVERR the program hears which were dropped.',
  ],
  when: 'any',
  see: ['RDS_RECVERR'],
  man,
  since: '2.6.30',
  sample: { family: 'inet', address: '192.0.2.1', port: 4000 },
});

export const RDS_CONG_MONITOR = option({
  name: 'RDS_CONG_MONITOR',
  level: 'SOL_RDS',
  access: 'wo',
  value: bool(),
  length: 'at-least',
  on: { linux: 6 },
  summary: 'Tells by a control message which ports of a congested receiver have room again.',
  notes: [
    'It comes as RDS_CMSG_CONG_UPDATE with 64 bits: bit n stands for the ports whose remainder by 64 is n.',
    'Off, poll wakes the program whenever any congestion ends. It can be set, not read.',
  ],
  when: 'any',
  see: ['RDS_RECVERR'],
  man,
  since: '2.6.30',
  sample: true,
});

export const RDS_FREE_MR = option({
  name: 'RDS_FREE_MR',
  level: 'SOL_RDS',
  access: 'wo',
  value: rdsFreeMrArgs(),
  length: 'exact',
  on: { linux: 3 },
  summary: 'Gives back a memory region that RDS_GET_MR registered, so that other hosts cannot reach it any more.',
  notes: [
    'RDS_RDMA_INVALIDATE makes the key useless at once, not some time later.',
    'Cookie 0 gives back nothing, but makes all keys useless that were given back before.',
  ],
  when: 'any',
  see: ['RDS_GET_MR'],
  man,
  since: '2.6.30',
  sample: { cookie: 0n, flags: ['RDS_RDMA_INVALIDATE'] },
});

export const RDS_GET_MR = option({
  name: 'RDS_GET_MR',
  level: 'SOL_RDS',
  access: 'wo',
  value: rdsGetMrArgs(),
  length: 'exact',
  on: { linux: 2 },
  summary: 'Registers memory of this process, which other hosts may then read or write by RDMA.',
  notes: [
    'vec is an address and a length in this process; the kernel writes the cookie for the others to cookie_addr.',
    'JavaScript has no fixed addresses: only memory that native code holds can be given.',
    'RDS_RDMA_READWRITE allows writing. Transports without RDMA, such as TCP, answer EOPNOTSUPP.',
  ],
  when: 'any',
  see: ['RDS_GET_MR_FOR_DEST', 'RDS_FREE_MR'],
  man,
  since: '2.6.30',
});

export const RDS_GET_MR_FOR_DEST = option({
  name: 'RDS_GET_MR_FOR_DEST',
  level: 'SOL_RDS',
  access: 'wo',
  value: rdsGetMrForDestArgs(),
  length: 'exact',
  on: { linux: 7 },
  summary: 'Registers memory of this process as RDS_GET_MR does, for use by one host.',
  notes: [
    'vec is an address and a length in this process; the kernel writes the cookie for the other to cookie_addr.',
    'JavaScript has no fixed addresses: only memory that native code holds can be given.',
  ],
  when: 'any',
  see: ['RDS_GET_MR', 'RDS_FREE_MR'],
  man,
});

export const RDS_INFO_CONNECTIONS = option({
  name: 'RDS_INFO_CONNECTIONS',
  level: 'SOL_RDS',
  access: 'ro',
  value: rdsConnections(),
  on: { linux: 10001 },
  summary: 'Lists the IPv4 connections of RDS to other hosts, on which all sockets share.',
  notes: [ofHost, inResult],
  see: ['RDS6_INFO_CONNECTIONS', 'RDS_INFO_SOCKETS'],
  man,
  since: '2.6.30',
});

export const RDS_INFO_CONNECTION_STATS = option({
  name: 'RDS_INFO_CONNECTION_STATS',
  level: 'SOL_RDS',
  access: 'none',
  role: 'never implemented',
  value: rdsCounters(),
  on: { linux: 10009 },
  summary: 'Was to list the counters of single connections: a number that no kernel ever answered.',
  instead: 'RDS_INFO_COUNTERS counts for the whole host',
  man,
});

export const RDS_INFO_COUNTERS = option({
  name: 'RDS_INFO_COUNTERS',
  level: 'SOL_RDS',
  access: 'ro',
  value: rdsCounters(),
  on: { linux: 10000 },
  summary: 'Lists the counters of RDS on this host by name: messages, retransmissions, drops.',
  notes: [ofHost, inResult],
  see: ['RDS_INFO_CONNECTIONS'],
  man,
  since: '2.6.30',
});

export const RDS_INFO_IB_CONNECTIONS = option({
  name: 'RDS_INFO_IB_CONNECTIONS',
  level: 'SOL_RDS',
  access: 'ro',
  value: rdsRdmaConnections(),
  on: { linux: 10008 },
  summary: 'Lists the InfiniBand connections that carry RDS over IPv4, and their limits.',
  notes: [ofHost, inResult, infiniband],
  see: ['RDS6_INFO_IB_CONNECTIONS'],
  man,
  since: '2.6.30',
});

export const RDS_INFO_IWARP_CONNECTIONS = option({
  name: 'RDS_INFO_IWARP_CONNECTIONS',
  level: 'SOL_RDS',
  access: 'none',
  role: 'never implemented',
  value: rdsRdmaConnections(),
  on: { linux: 10010 },
  summary: 'Listed the connections over iWARP, a transport that is gone.',
  instead: 'RDS_INFO_IB_CONNECTIONS lists those of InfiniBand',
  man,
});

export const RDS_INFO_RECV_MESSAGES = option({
  name: 'RDS_INFO_RECV_MESSAGES',
  level: 'SOL_RDS',
  access: 'ro',
  value: rdsMessages(),
  on: { linux: 10005 },
  summary: 'Lists the IPv4 messages that were received and that no program has read yet.',
  notes: [ofHost, inResult],
  see: ['RDS6_INFO_RECV_MESSAGES'],
  man,
  since: '2.6.30',
});

export const RDS_INFO_RETRANS_MESSAGES = option({
  name: 'RDS_INFO_RETRANS_MESSAGES',
  level: 'SOL_RDS',
  access: 'ro',
  value: rdsMessages(),
  on: { linux: 10004 },
  summary: 'Lists the IPv4 messages that were sent and that the other side has not acknowledged.',
  notes: [ofHost, inResult],
  see: ['RDS6_INFO_RETRANS_MESSAGES'],
  man,
  since: '2.6.30',
});

export const RDS_INFO_SEND_MESSAGES = option({
  name: 'RDS_INFO_SEND_MESSAGES',
  level: 'SOL_RDS',
  access: 'ro',
  value: rdsMessages(),
  on: { linux: 10003 },
  summary: 'Lists the IPv4 messages that wait to be sent.',
  notes: [ofHost, inResult],
  see: ['RDS6_INFO_SEND_MESSAGES'],
  man,
  since: '2.6.30',
});

export const RDS_INFO_SOCKETS = option({
  name: 'RDS_INFO_SOCKETS',
  level: 'SOL_RDS',
  access: 'ro',
  value: rdsSockets(),
  on: { linux: 10006 },
  summary: 'Lists the RDS sockets of this host that are bound to IPv4: addresses, buffers, inode numbers.',
  notes: [ofHost, inResult],
  see: ['RDS6_INFO_SOCKETS'],
  man,
  since: '2.6.30',
});

export const RDS_INFO_TCP_SOCKETS = option({
  name: 'RDS_INFO_TCP_SOCKETS',
  level: 'SOL_RDS',
  access: 'ro',
  value: rdsTcpSockets(),
  on: { linux: 10007 },
  summary: 'Lists the TCP connections that carry RDS over IPv4.',
  notes: [ofHost, inResult, tcp],
  see: ['RDS6_INFO_TCP_SOCKETS'],
  man,
  since: '2.6.30',
});

export const RDS_RECVERR = option({
  name: 'RDS_RECVERR',
  level: 'SOL_RDS',
  access: 'rw',
  value: bool(),
  length: 'at-least',
  on: { linux: 5 },
  summary: 'Tells by a control message which RDMA operations of the socket failed or were cancelled.',
  notes: ['It comes as RDS_CMSG_RDMA_STATUS.'],
  when: 'any',
  see: ['RDS_CANCEL_SENT_TO'],
  man,
  since: '2.6.30',
  sample: true,
});

export const SO_RDS_MSG_RXPATH_LATENCY = option({
  name: 'SO_RDS_MSG_RXPATH_LATENCY',
  level: 'SOL_RDS',
  access: 'wo',
  value: rdsRxTrace(),
  length: 'exact',
  on: { linux: 10 },
  summary: 'Tells by a control message how long each received message took, up to the points that are named.',
  notes: ['It comes as RDS_CMSG_RXPATH_LATENCY, in ns.', 'A point that the kernel does not know gives EFAULT.'],
  when: 'any',
  see: ['SO_TIMESTAMP'],
  man,
  since: '4.11',
  sample: { rx_trace_pos: ['RDS_MSG_RX_DGRAM_REASSEMBLE', 'RDS_MSG_RX_DGRAM_DELIVERED'] },
});

export const SO_RDS_TRANSPORT = option({
  name: 'SO_RDS_TRANSPORT',
  level: 'SOL_RDS',
  access: 'rw',
  value: enumeration(rdsTransports),
  on: { linux: 8 },
  summary: 'What carries the messages of the socket: InfiniBand or TCP.',
  notes: [
    'Without it bind chooses by the address. A read before that gives RDS_TRANS_NONE.',
    'Once it is chosen, a set fails with EOPNOTSUPP; a transport that is not loaded with ENOPROTOOPT.',
  ],
  when: 'before-bind',
  man,
  since: '4.2',
  sample: 'RDS_TRANS_TCP',
});
