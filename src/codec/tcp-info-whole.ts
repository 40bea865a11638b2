// struct tcp_info in one piece: as long as the newest known one is, on a little-endian system. The layout of
// tcp-info.ts says the same, and takes five times as long: this is read for every connection of a machine.
import { TCPI_OPT_ECN, tcpAccEcnFailures, tcpInfoOptions } from '../constants/tcp.ts';
import { flags } from './enumeration.ts';
import type { TcpInfo } from './tcp-info.ts';

/** Sets of flags that were read before, by their bits. */
function remembered<Name>(fromInt: (int: number) => readonly Name[]): (int: number) => readonly Name[] {
  const known: (readonly Name[])[] = [];
  return (int) => {
    known[int] ??= Object.freeze(fromInt(int));
    return known[int] as readonly Name[];
  };
}

const optionsOf = remembered(flags(tcpInfoOptions).fromInt as (int: number) => TcpInfo['options']);
const failuresOf = remembered(flags(tcpAccEcnFailures).fromInt as (int: number) => TcpInfo['options']);

/** Bytes of the struct that has every field. */
export const WHOLE_BYTES = 280;

/**
 * All fields of a struct of 280 bytes; undefined for one of Linux 6.18 or 6.19 with ECN, whose last bytes lie elsewhere.
 * @param bytes exactly 280, of a little-endian system
 */
export function decodeWhole(bytes: Uint8Array): TcpInfo | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, WHOLE_BYTES);
  const last = view.getUint32(276, true);
  if (((view.getUint8(5) & TCPI_OPT_ECN) !== 0) !== ((last & 3) !== 0)) return undefined;
  return {
    state: view.getUint8(0),
    ca_state: view.getUint8(1),
    retransmits: view.getUint8(2),
    probes: view.getUint8(3),
    backoff: view.getUint8(4),
    options: optionsOf(view.getUint8(5)),
    snd_wscale: view.getUint8(6) & 0xf,
    rcv_wscale: view.getUint8(6) >> 4,
    delivery_rate_app_limited: (view.getUint8(7) & 1) === 1,
    fastopen_client_fail: (view.getUint8(7) >> 1) & 3,
    rto: view.getUint32(8, true),
    ato: view.getUint32(12, true),
    snd_mss: view.getUint32(16, true),
    rcv_mss: view.getUint32(20, true),
    unacked: view.getUint32(24, true),
    sacked: view.getUint32(28, true),
    lost: view.getUint32(32, true),
    retrans: view.getUint32(36, true),
    fackets: view.getUint32(40, true),
    last_data_sent: view.getUint32(44, true),
    last_ack_sent: view.getUint32(48, true),
    last_data_recv: view.getUint32(52, true),
    last_ack_recv: view.getUint32(56, true),
    pmtu: view.getUint32(60, true),
    rcv_ssthresh: view.getUint32(64, true),
    rtt: view.getUint32(68, true),
    rttvar: view.getUint32(72, true),
    snd_ssthresh: view.getUint32(76, true),
    snd_cwnd: view.getUint32(80, true),
    advmss: view.getUint32(84, true),
    reordering: view.getUint32(88, true),
    rcv_rtt: view.getUint32(92, true),
    rcv_space: view.getUint32(96, true),
    total_retrans: view.getUint32(100, true),
    pacing_rate: view.getBigUint64(104, true),
    max_pacing_rate: view.getBigUint64(112, true),
    bytes_acked: view.getBigUint64(120, true),
    bytes_received: view.getBigUint64(128, true),
    segs_out: view.getUint32(136, true),
    segs_in: view.getUint32(140, true),
    notsent_bytes: view.getUint32(144, true),
    min_rtt: view.getUint32(148, true),
    data_segs_in: view.getUint32(152, true),
    data_segs_out: view.getUint32(156, true),
    delivery_rate: view.getBigUint64(160, true),
    busy_time: view.getBigUint64(168, true),
    rwnd_limited: view.getBigUint64(176, true),
    sndbuf_limited: view.getBigUint64(184, true),
    delivered: view.getUint32(192, true),
    delivered_ce: view.getUint32(196, true),
    bytes_sent: view.getBigUint64(200, true),
    bytes_retrans: view.getBigUint64(208, true),
    dsack_dups: view.getUint32(216, true),
    reord_seen: view.getUint32(220, true),
    rcv_ooopack: view.getUint32(224, true),
    snd_wnd: view.getUint32(228, true),
    rcv_wnd: view.getUint32(232, true),
    rehash: view.getUint32(236, true),
    total_rto: view.getUint16(240, true),
    total_rto_recoveries: view.getUint16(242, true),
    total_rto_time: view.getUint32(244, true),
    received_ce: view.getUint32(248, true),
    delivered_e1_bytes: view.getUint32(252, true),
    delivered_e0_bytes: view.getUint32(256, true),
    delivered_ce_bytes: view.getUint32(260, true),
    received_e1_bytes: view.getUint32(264, true),
    received_e0_bytes: view.getUint32(268, true),
    received_ce_bytes: view.getUint32(272, true),
    accecn_fail_mode: failuresOf((last >>> 4) & 0xf),
    accecn_opt_seen: (last >>> 2) & 3,
    ecn_mode: last & 3,
    options2: last >>> 8,
  };
}
