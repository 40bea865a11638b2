// The packed structs that RDS_INFO_* list: counters, connections, messages, sockets.
import { rdsConnectionFlags, rdsMessageFlags } from '../constants/rds.ts';
import { in6Addr, inAddr } from './address.ts';
import type { Codec } from './codec.ts';
import { flags } from './enumeration.ts';
import { at, big, layout, number } from './layout.ts';
import { list } from './list.ts';
import { be16, sized } from './sized.ts';
import { text } from './text.ts';

/** How addresses lie in the two forms of each struct. */
type Address = typeof inAddr | typeof in6Addr;

const port = (offset: number) => at(offset, be16());

/** struct rds_info_counter. The structs of RDS_INFO_* are packed. Source: linux/rds.h. */
export interface RdsCounter {
  name: string;
  value: bigint;
}
/** What RDS_INFO_COUNTERS lists. */
export function rdsCounters() {
  const fields = { name: at(0, text({ size: 32 })), value: big(32) };
  return list(layout<RdsCounter>({ ctype: 'struct rds_info_counter', size: 40, fields }));
}

/** struct rds_info_connection, struct rds6_info_connection. */
export interface RdsConnection {
  next_tx_seq: bigint;
  next_rx_seq: bigint;
  laddr: string;
  faddr: string;
  /** `tcp`, `infiniband`, ... */
  transport: string;
  flags: readonly (keyof typeof rdsConnectionFlags)[];
}
function connections<Out extends RdsConnection>(ctype: string, address: Address, tos: object): Codec<readonly Out[]> {
  const size = address().size();
  const behind = 16 + 2 * size;
  const fields = {
    next_tx_seq: big(0),
    next_rx_seq: big(8),
    laddr: at(16, address()),
    faddr: at(16 + size, address()),
    transport: at(behind, text({ size: 16 })),
    flags: at(behind + 16, sized(flags(rdsConnectionFlags), 'u8')),
    ...tos,
  };
  const bytes = behind + 17 + Object.keys(tos).length;
  return list(layout<RdsConnection>({ ctype, size: bytes, fields })) as unknown as Codec<readonly Out[]>;
}
/** What RDS_INFO_CONNECTIONS lists: the IPv4 ones. */
export function rdsConnections(): Codec<readonly (RdsConnection & { tos: number })[]> {
  return connections('struct rds_info_connection', inAddr, { tos: number(41, 1) });
}
/** What RDS6_INFO_CONNECTIONS lists: all, with IPv4 addresses as IPv6 maps them. */
export function rds6Connections(): Codec<readonly RdsConnection[]> {
  return connections('struct rds6_info_connection', in6Addr, {});
}

/** struct rds_info_message, struct rds6_info_message. */
export interface RdsMessage {
  seq: bigint;
  len: number;
  laddr: string;
  faddr: string;
  lport: number;
  fport: number;
  flags: readonly (keyof typeof rdsMessageFlags)[];
  tos: number;
}
function messages(ctype: string, address: Address): Codec<readonly RdsMessage[]> {
  const size = address().size();
  const behind = 12 + 2 * size;
  const fields = {
    seq: big(0),
    len: number(8, 4, 'bytes'),
    laddr: at(12, address()),
    faddr: at(12 + size, address()),
    lport: port(behind),
    fport: port(behind + 2),
    flags: at(behind + 4, sized(flags(rdsMessageFlags), 'u8')),
    tos: number(behind + 5, 1),
  };
  return list(layout<RdsMessage>({ ctype, size: behind + 6, fields }));
}
/** What RDS_INFO_SEND_MESSAGES and its like list. */
export const rdsMessages = () => messages('struct rds_info_message', inAddr);
/** What RDS6_INFO_SEND_MESSAGES and its like list. */
export const rds6Messages = () => messages('struct rds6_info_message', in6Addr);

/** struct rds_info_socket, struct rds6_info_socket. */
export interface RdsSocket {
  sndbuf: number;
  bound_addr: string;
  connected_addr: string;
  bound_port: number;
  connected_port: number;
  rcvbuf: number;
  inum: bigint;
}
function sockets(ctype: string, address: Address): Codec<readonly RdsSocket[]> {
  const size = address().size();
  const behind = 4 + 2 * size;
  const fields = {
    sndbuf: number(0, 4, 'bytes'),
    bound_addr: at(4, address()),
    connected_addr: at(4 + size, address()),
    bound_port: port(behind),
    connected_port: port(behind + 2),
    rcvbuf: number(behind + 4, 4, 'bytes'),
    inum: big(behind + 8),
  };
  return list(layout<RdsSocket>({ ctype, size: behind + 16, fields }));
}
/** What RDS_INFO_SOCKETS lists. */
export const rdsSockets = () => sockets('struct rds_info_socket', inAddr);
/** What RDS6_INFO_SOCKETS lists. */
export const rds6Sockets = () => sockets('struct rds6_info_socket', in6Addr);

/** struct rds_info_tcp_socket, struct rds6_info_tcp_socket: a TCP connection that carries RDS. */
export interface RdsTcpSocket {
  local_addr: string;
  local_port: number;
  peer_addr: string;
  peer_port: number;
  hdr_rem: bigint;
  data_rem: bigint;
  last_sent_nxt: number;
  last_expected_una: number;
  last_seen_una: number;
}
function tcpSockets<Out extends RdsTcpSocket>(ctype: string, address: Address, tos: object): Codec<readonly Out[]> {
  const size = address().size();
  const behind = 4 + 2 * size;
  const fields = {
    local_addr: at(0, address()),
    local_port: port(size),
    peer_addr: at(size + 2, address()),
    peer_port: port(2 * size + 2),
    hdr_rem: big(behind, 'bytes'),
    data_rem: big(behind + 8, 'bytes'),
    last_sent_nxt: number(behind + 16, 4),
    last_expected_una: number(behind + 20, 4),
    last_seen_una: number(behind + 24, 4),
    ...tos,
  };
  const bytes = behind + 28 + Object.keys(tos).length;
  return list(layout<RdsTcpSocket>({ ctype, size: bytes, fields })) as unknown as Codec<readonly Out[]>;
}
/** What RDS_INFO_TCP_SOCKETS lists. */
export function rdsTcpSockets(): Codec<readonly (RdsTcpSocket & { tos: number })[]> {
  return tcpSockets('struct rds_info_tcp_socket', inAddr, { tos: number(40, 1) });
}
/** What RDS6_INFO_TCP_SOCKETS lists. */
export function rds6TcpSockets(): Codec<readonly RdsTcpSocket[]> {
  return tcpSockets('struct rds6_info_tcp_socket', in6Addr, {});
}

/** struct rds_info_rdma_connection, struct rds6_info_rdma_connection. */
export interface RdsRdmaConnection {
  src_addr: string;
  dst_addr: string;
  /** The InfiniBand addresses of both ends. */
  src_gid: string;
  dst_gid: string;
  max_send_wr: number;
  max_recv_wr: number;
  max_send_sge: number;
  rdma_mr_max: number;
  rdma_mr_size: number;
  tos: number;
  sl: number;
  cache_allocs: number;
}
function rdmaConnections(ctype: string, address: Address): Codec<readonly RdsRdmaConnection[]> {
  const size = address().size();
  const behind = 2 * size + 32;
  const fields = {
    src_addr: at(0, address()),
    dst_addr: at(size, address()),
    // 16 bytes in network byte order, written as IPv6 addresses are.
    src_gid: at(2 * size, in6Addr()),
    dst_gid: at(2 * size + 16, in6Addr()),
    max_send_wr: number(behind, 4),
    max_recv_wr: number(behind + 4, 4),
    max_send_sge: number(behind + 8, 4),
    rdma_mr_max: number(behind + 12, 4),
    rdma_mr_size: number(behind + 16, 4),
    tos: number(behind + 20, 1),
    sl: number(behind + 21, 1),
    cache_allocs: number(behind + 24, 4),
  };
  return list(layout<RdsRdmaConnection>({ ctype, size: behind + 28, fields }));
}
/** What RDS_INFO_IB_CONNECTIONS lists. */
export const rdsRdmaConnections = () => rdmaConnections('struct rds_info_rdma_connection', inAddr);
/** What RDS6_INFO_IB_CONNECTIONS lists. */
export const rds6RdmaConnections = () => rdmaConnections('struct rds6_info_rdma_connection', in6Addr);
