// What macOS and FreeBSD tell of a TCP connection: struct tcp_connection_info, FreeBSD's struct tcp_info and its costs.
import { bsdTcpStates, freebsdTcpOptions, tcpConnectionFlags, tcpConnectionOptions } from '../constants/bsd.ts';
import { enumeration, flags } from './enumeration.ts';
import { at, big, bits, layout, number, type Place } from './layout.ts';
import { list } from './list.ts';
import { bool, u8, u32, u64 } from './scalar.ts';
import { sized } from './sized.ts';
import { pad, struct } from './struct.ts';
import { text } from './text.ts';

/** How TCP Fast Open went, a bit each. */
const fastOpen = [
  'tfo_cookie_req',
  'tfo_cookie_rcv',
  'tfo_syn_loss',
  'tfo_syn_data_sent',
  'tfo_syn_data_acked',
  'tfo_syn_data_rcv',
  'tfo_cookie_req_rcv',
  'tfo_cookie_sent',
  'tfo_cookie_invalid',
  'tfo_cookie_wrong',
  'tfo_no_cookie_rcv',
  'tfo_heuristics_disable',
  'tfo_send_blackhole',
  'tfo_recv_blackhole',
  'tfo_onebyte_proxy',
] as const;

/** One TCP connection as macOS tells it. Times in ms, windows in bytes. Source: netinet/tcp.h of xnu. */
export type TcpConnectionInfo = {
  /** TCPS_ESTABLISHED, TCPS_LISTEN, ... */
  state: number;
  options: readonly string[];
  flags: readonly string[];
} & Record<
  | 'snd_wscale'
  | 'rcv_wscale'
  | 'rto'
  | 'maxseg'
  | 'snd_ssthresh'
  | 'snd_cwnd'
  | 'snd_wnd'
  | 'snd_sbbytes'
  | 'rcv_wnd'
  | 'rttcur'
  | 'srtt'
  | 'rttvar',
  number
> &
  Record<(typeof fastOpen)[number], boolean> &
  Record<
    | 'txpackets'
    | 'txbytes'
    | 'txretransmitbytes'
    | 'rxpackets'
    | 'rxbytes'
    | 'rxoutoforderbytes'
    | 'txretransmitpackets',
    bigint
  >;

const state = sized(enumeration(bsdTcpStates), 'u8');

/** struct tcp_connection_info, TCP_CONNECTION_INFO's value. */
export function tcpConnectionInfo() {
  const switches = fastOpen.map((name, shift) => [name, bits(52, 4, shift, 1, bool())] as const);
  return layout<TcpConnectionInfo>({
    ctype: 'struct tcp_connection_info',
    size: 112,
    grows: true,
    fields: {
      state: at(0, state),
      snd_wscale: number(1, 1),
      rcv_wscale: number(2, 1),
      options: at(4, flags(tcpConnectionOptions)),
      flags: at(8, flags(tcpConnectionFlags)),
      rto: number(12, 4, 'ms'),
      maxseg: number(16, 4, 'bytes'),
      snd_ssthresh: number(20, 4, 'bytes'),
      snd_cwnd: number(24, 4, 'bytes'),
      snd_wnd: number(28, 4, 'bytes'),
      snd_sbbytes: number(32, 4, 'bytes'),
      rcv_wnd: number(36, 4, 'bytes'),
      rttcur: number(40, 4, 'ms'),
      srtt: number(44, 4, 'ms'),
      rttvar: number(48, 4, 'ms'),
      ...(Object.fromEntries(switches) as Record<(typeof fastOpen)[number], Place>),
      txpackets: big(56, 'packets'),
      txbytes: big(64, 'bytes'),
      txretransmitbytes: big(72, 'bytes'),
      rxpackets: big(80, 'packets'),
      rxbytes: big(88, 'bytes'),
      rxoutoforderbytes: big(96, 'bytes'),
      txretransmitpackets: big(104, 'packets'),
    },
  });
}

/** One TCP connection as FreeBSD tells it: the fields that it fills in. Source: netinet/tcp.h, tcp(4) of FreeBSD. */
export type FreebsdTcpInfo = {
  /** TCPS_ESTABLISHED, TCPS_LISTEN, ... */
  state: number;
  options: readonly string[];
  /** Bytes sent again by tail loss probes. */
  total_tlp_bytes: bigint;
} & Record<
  | 'snd_wscale'
  | 'rcv_wscale'
  | 'rto'
  | 'snd_mss'
  | 'rcv_mss'
  | 'last_data_recv'
  | 'rtt'
  | 'rttvar'
  | 'snd_ssthresh'
  | 'snd_cwnd'
  | 'rcv_space'
  | 'snd_wnd'
  | 'snd_nxt'
  | 'rcv_nxt'
  | 'toe_tid'
  | 'snd_rexmitpack'
  | 'rcv_ooopack'
  | 'snd_zerowin'
  | 'delivered_ce'
  | 'received_ce'
  | 'total_tlp'
  | 'snd_una'
  | 'snd_max'
  | 'rcv_numsacks'
  | 'rcv_adv'
  | 'dupacks',
  number
>;

/**
 * FreeBSD's struct tcp_info. What lies behind `snd_zerowin` was padding before FreeBSD 14 and reads 0 there.
 * Fields that have Linux's name and two underscores are never filled in: they are left out.
 */
export function freebsdTcpInfo() {
  return layout<FreebsdTcpInfo>({
    ctype: 'struct tcp_info',
    size: 240,
    grows: true,
    fields: {
      state: at(0, state),
      options: at(5, sized(flags(freebsdTcpOptions), 'u8')),
      snd_wscale: bits(6, 1, 0, 4, u32()),
      rcv_wscale: bits(6, 1, 4, 4, u32()),
      rto: number(8, 4, 'us'),
      snd_mss: number(16, 4, 'bytes'),
      rcv_mss: number(20, 4, 'bytes'),
      last_data_recv: number(52, 4, 'us'),
      rtt: number(68, 4, 'us'),
      rttvar: number(72, 4, 'us'),
      snd_ssthresh: number(76, 4, 'bytes'),
      snd_cwnd: number(80, 4, 'bytes'),
      rcv_space: number(96, 4, 'bytes'),
      snd_wnd: number(100, 4, 'bytes'),
      snd_nxt: number(108, 4),
      rcv_nxt: number(112, 4),
      toe_tid: number(116, 4),
      snd_rexmitpack: number(120, 4, 'packets'),
      rcv_ooopack: number(124, 4, 'packets'),
      snd_zerowin: number(128, 4),
      delivered_ce: number(132, 4),
      received_ce: number(136, 4),
      total_tlp: number(164, 4),
      total_tlp_bytes: big(168, 'bytes'),
      snd_una: number(176, 4),
      snd_max: number(180, 4),
      rcv_numsacks: number(184, 4),
      rcv_adv: number(188, 4),
      dupacks: number(192, 4),
    },
  });
}

/** struct tcp_perf_info: what the connection cost, by kind of work, and in what clock. Source: as above. */
export function tcpPerfInfo() {
  const counters = list(u64(), { count: 13 });
  const fields = { cnt_counters: counters, proc_time: counters, timebase: u64(), tb_is_stable: u8(), gap: pad(7) };
  return struct('struct tcp_perf_info', fields);
}

/** struct tcp_function_set: a TCP stack by name, and how many sockets use it. Source: as above. */
export function tcpFunctionSet() {
  const fields = { name: text({ size: 32, what: "a stack's name" }), pcbcnt: u32() };
  return struct('struct tcp_function_set', fields, { defaults: { pcbcnt: 0 } });
}
