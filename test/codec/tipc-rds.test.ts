// The structs of TIPC and RDS against C. Those of RDS are packed.
import { expect, it } from 'vitest';
import * as rds from '../../src/catalog/rds.ts';
import { TIPC_GROUP_JOIN, TIPC_GROUP_LEAVE, TIPC_IMPORTANCE } from '../../src/catalog/tipc.ts';
import type { Codec } from '../../src/codec/codec.ts';
import { compareWithC } from './c-cases.ts';
import { s390x } from './every.ts';

compareWithC('structs of TIPC', ['netinet/in.h', 'linux/tipc.h'], {
  'a group to join': {
    type: 'struct tipc_group_req',
    fill: 'p->type = 4711; p->instance = 2; p->scope = TIPC_NODE_SCOPE; p->flags = TIPC_GROUP_MEMBER_EVTS;',
    codec: TIPC_GROUP_JOIN.input as Codec<unknown>,
    value: { type: 4711, instance: 2, scope: 3, flags: ['TIPC_GROUP_MEMBER_EVTS'] },
  },
  importance: {
    type: '__u32',
    fill: '*p = TIPC_CRITICAL_IMPORTANCE;',
    codec: TIPC_IMPORTANCE.codec,
    value: 3,
  },
});

const v4 = (field: string, address: string): string => `inet_pton(AF_INET, "${address}", (void *)&p->${field});`;
const v6 = (field: string, address: string): string => `inet_pton(AF_INET6, "${address}", (void *)&p->${field});`;
const sent = 'p->flags = RDS_INFO_MESSAGE_FLAG_ACK; p->tos = 9; p->lport = htons(80); p->fport = htons(443);';
const tcp = 'p->hdr_rem = 1; p->data_rem = 2; p->last_sent_nxt = 3; p->last_expected_una = 4; p->last_seen_una = 5;';
const tcpRead = { hdr_rem: 1n, data_rem: 2n, last_sent_nxt: 3, last_expected_una: 4, last_seen_una: 5 };
const bound = 'p->sndbuf = 1; p->rcvbuf = 2; p->inum = 3; p->bound_port = htons(80); p->connected_port = htons(81);';
const boundRead = { sndbuf: 1, rcvbuf: 2, inum: 3n, bound_port: 80, connected_port: 81 };
const rdma =
  'p->src_gid[15] = 1; p->dst_gid[15] = 2; p->max_send_wr = 3; p->max_recv_wr = 4; p->max_send_sge = 5;' +
  'p->rdma_mr_max = 6; p->rdma_mr_size = 7; p->tos = 8; p->sl = 9; p->cache_allocs = 10;';
const rdmaRead = {
  src_gid: '::1',
  dst_gid: '::2',
  max_send_wr: 3,
  max_recv_wr: 4,
  max_send_sge: 5,
  rdma_mr_max: 6,
  rdma_mr_size: 7,
  tos: 8,
  sl: 9,
  cache_allocs: 10,
};
const memory = 'p->vec.addr = 1; p->vec.bytes = 4096; p->cookie_addr = 2; p->flags = RDS_RDMA_READWRITE;';
const memoryRead = { vec: { addr: 1n, bytes: 4096n }, cookie_addr: 2n, flags: ['RDS_RDMA_READWRITE'] };

compareWithC('structs of RDS', ['netinet/in.h', 'linux/rds.h'], {
  counters: {
    type: 'struct rds_info_counter',
    bytes: '2 * sizeof *p',
    fill: 'strcpy(p->name, "conn_reset"); p->value = 7; strcpy(p[1].name, "send_queued"); p[1].value = 1ULL << 40;',
    codec: rds.RDS_INFO_COUNTERS.codec,
    value: [
      { name: 'conn_reset', value: 7n },
      { name: 'send_queued', value: 1n << 40n },
    ],
  },
  connections: {
    type: 'struct rds_info_connection',
    fill: `p->next_tx_seq = 1; p->next_rx_seq = 2; ${v4('laddr', '192.0.2.1')} ${v4('faddr', '192.0.2.2')}
      strcpy(p->transport, "tcp"); p->flags = RDS_INFO_CONNECTION_FLAG_CONNECTED; p->tos = 3;`,
    codec: rds.RDS_INFO_CONNECTIONS.codec,
    value: [
      {
        next_tx_seq: 1n,
        next_rx_seq: 2n,
        laddr: '192.0.2.1',
        faddr: '192.0.2.2',
        transport: 'tcp',
        flags: ['RDS_INFO_CONNECTION_FLAG_CONNECTED'],
        tos: 3,
      },
    ],
  },
  'connections of IPv6': {
    type: 'struct rds6_info_connection',
    fill: `p->next_tx_seq = 1; ${v6('laddr', '2001:db8::1')} ${v6('faddr', '::ffff:192.0.2.2')}
      strcpy(p->transport, "infiniband"); p->flags = RDS_INFO_CONNECTION_FLAG_SENDING;`,
    codec: rds.RDS6_INFO_CONNECTIONS.codec,
    value: [
      {
        next_tx_seq: 1n,
        next_rx_seq: 0n,
        laddr: '2001:db8::1',
        faddr: '::ffff:192.0.2.2',
        transport: 'infiniband',
        flags: ['RDS_INFO_CONNECTION_FLAG_SENDING'],
      },
    ],
  },
  messages: {
    type: 'struct rds_info_message',
    fill: `p->seq = 5; p->len = 6; ${v4('laddr', '192.0.2.1')} ${v4('faddr', '192.0.2.2')} ${sent}`,
    codec: rds.RDS_INFO_RECV_MESSAGES.codec,
    value: [
      {
        seq: 5n,
        len: 6,
        laddr: '192.0.2.1',
        faddr: '192.0.2.2',
        lport: 80,
        fport: 443,
        flags: ['RDS_INFO_MESSAGE_FLAG_ACK'],
        tos: 9,
      },
    ],
  },
  'messages of IPv6': {
    type: 'struct rds6_info_message',
    fill: `p->seq = 5; p->len = 6; ${v6('laddr', '2001:db8::1')} ${v6('faddr', '2001:db8::2')} ${sent}`,
    codec: rds.RDS6_INFO_SEND_MESSAGES.codec,
    value: [
      {
        seq: 5n,
        len: 6,
        laddr: '2001:db8::1',
        faddr: '2001:db8::2',
        lport: 80,
        fport: 443,
        flags: ['RDS_INFO_MESSAGE_FLAG_ACK'],
        tos: 9,
      },
    ],
  },
  sockets: {
    type: 'struct rds_info_socket',
    fill: `${v4('bound_addr', '192.0.2.1')} ${v4('connected_addr', '192.0.2.2')} ${bound}`,
    codec: rds.RDS_INFO_SOCKETS.codec,
    value: [{ bound_addr: '192.0.2.1', connected_addr: '192.0.2.2', ...boundRead }],
  },
  'sockets of IPv6': {
    type: 'struct rds6_info_socket',
    fill: `${v6('bound_addr', '2001:db8::1')} ${bound}`,
    codec: rds.RDS6_INFO_SOCKETS.codec,
    value: [{ bound_addr: '2001:db8::1', connected_addr: '::', ...boundRead }],
  },
  'TCP sockets': {
    type: 'struct rds_info_tcp_socket',
    fill: `${v4('local_addr', '192.0.2.1')} p->local_port = htons(80); ${v4('peer_addr', '192.0.2.2')} ${tcp} p->tos = 6;`,
    codec: rds.RDS_INFO_TCP_SOCKETS.codec,
    value: [{ local_addr: '192.0.2.1', local_port: 80, peer_addr: '192.0.2.2', peer_port: 0, ...tcpRead, tos: 6 }],
  },
  'TCP sockets of IPv6': {
    type: 'struct rds6_info_tcp_socket',
    fill: `${v6('local_addr', '2001:db8::1')} ${v6('peer_addr', '2001:db8::2')} p->peer_port = htons(81); ${tcp}`,
    codec: rds.RDS6_INFO_TCP_SOCKETS.codec,
    value: [{ local_addr: '2001:db8::1', local_port: 0, peer_addr: '2001:db8::2', peer_port: 81, ...tcpRead }],
  },
  'InfiniBand connections': {
    type: 'struct rds_info_rdma_connection',
    fill: `${v4('src_addr', '192.0.2.1')} ${v4('dst_addr', '192.0.2.2')} ${rdma}`,
    codec: rds.RDS_INFO_IB_CONNECTIONS.codec,
    value: [{ src_addr: '192.0.2.1', dst_addr: '192.0.2.2', ...rdmaRead }],
  },
  'InfiniBand connections of IPv6': {
    type: 'struct rds6_info_rdma_connection',
    fill: `${v6('src_addr', '2001:db8::1')} ${v6('dst_addr', '2001:db8::2')} ${rdma}`,
    codec: rds.RDS6_INFO_IB_CONNECTIONS.codec,
    value: [{ src_addr: '2001:db8::1', dst_addr: '2001:db8::2', ...rdmaRead }],
  },
  'a memory region': {
    type: 'struct rds_get_mr_args',
    fill: memory,
    codec: rds.RDS_GET_MR.codec,
    value: memoryRead,
  },
  'a memory region for one host': {
    type: 'struct rds_get_mr_for_dest_args',
    fill: `in4(&p->dest_addr, "192.0.2.1", 80); ${memory}`,
    codec: rds.RDS_GET_MR_FOR_DEST.codec,
    value: { dest_addr: { family: 'inet', address: '192.0.2.1', port: 80 }, ...memoryRead },
  },
  'a memory region to give back': {
    type: 'struct rds_free_mr_args',
    fill: 'p->cookie = 0x1234567890ULL; p->flags = RDS_RDMA_INVALIDATE;',
    codec: rds.RDS_FREE_MR.codec,
    value: { cookie: 0x1234567890n, flags: ['RDS_RDMA_INVALIDATE'] },
  },
  'points of a trace': {
    type: 'struct rds_rx_trace_so',
    fill: 'p->rx_traces = 2; p->rx_trace_pos[0] = 1; p->rx_trace_pos[1] = 2;',
    codec: rds.SO_RDS_MSG_RXPATH_LATENCY.codec,
    value: { rx_trace_pos: [1, 2] },
  },
  'no transport': {
    type: 'int',
    fill: '*p = RDS_TRANS_NONE;',
    codec: rds.SO_RDS_TRANSPORT.codec,
    value: -1,
  },
});

it('passes no bytes at all to leave a group', () => {
  expect(TIPC_GROUP_LEAVE.input.encode(null as never)).toHaveLength(0);
});

it('has the flags of a memory region in the lower half on big-endian systems too', () => {
  const { input } = rds.RDS_FREE_MR;
  expect([...input.encode({ cookie: 1n, flags: 4 } as never, s390x)]).toEqual([
    0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 4,
  ]);
});
