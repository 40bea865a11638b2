// struct tcp_info: what the kernel knows of one TCP connection.
import {
  tcpAccEcnFailures,
  tcpAccEcnOptions,
  tcpCaStates,
  tcpEcnModes,
  tcpFastopenFailures,
  tcpInfoOptions,
  tcpStates,
} from '../constants/tcp.ts';
import { invalid } from '../errors.ts';
import { type Codec, hostAbi } from './codec.ts';
import { enumeration, flags } from './enumeration.ts';
import { big, bits, layout, number } from './layout.ts';
import { bool, u32 } from './scalar.ts';
import { decodeWhole, WHOLE_BYTES } from './tcp-info-whole.ts';

/**
 * One TCP connection as the kernel sees it (linux/tcp.h, RFC 4898). A field that the kernel did not return is absent.
 * Linux 2.6 ended with `total_retrans`, 4.15 with `sndbuf_limited`, 4.19 with `reord_seen`, 5.4 with `snd_wnd`,
 * 6.6 with `rehash`, 6.10 with `total_rto_time`, 6.18 with the ECN fields.
 * Counters of 32 bits wrap around. Data is counted without headers unless a field says otherwise.
 */
export interface TcpInfo {
  /** TCP_ESTABLISHED, TCP_LISTEN, ... */
  state: number;
  /** TCP_CA_Open when all is well, TCP_CA_Loss after a timeout, ... */
  ca_state: number;
  /** Retransmissions of the segment at the head of the queue that are not acknowledged. */
  retransmits: number;
  /** Window or keepalive probes that are not answered. */
  probes: number;
  /** How often the retransmission timeout was doubled. */
  backoff: number;
  /** What was negotiated: TCPI_OPT_SACK, TCPI_OPT_ECN, ... */
  options: readonly (keyof typeof tcpInfoOptions | (string & {}))[];
  /** The peer's window counts in units of 2 to this power. */
  snd_wscale: number;
  /** This side's window counts in units of 2 to this power. */
  rcv_wscale: number;
  /** `delivery_rate` was measured while the application, not the network, was the limit. */
  delivery_rate_app_limited: boolean;
  /** Why TCP Fast Open did not work (TFO_*). */
  fastopen_client_fail: number;
  /** Retransmission timeout in us. */
  rto: number;
  /** Delay of acknowledgements in us; 0 while none is delayed. */
  ato: number;
  /** Segment size for sending, in bytes. */
  snd_mss: number;
  /** Segment size of the peer as guessed from what arrives, in bytes. */
  rcv_mss: number;
  /** Segments sent and not acknowledged; on a listener the connections that wait for accept. */
  unacked: number;
  /** Segments that the peer acknowledged selectively; on a listener its backlog. */
  sacked: number;
  /** Segments thought lost. */
  lost: number;
  /** Segments sent again and not acknowledged. */
  retrans: number;
  /** Unused since Linux 4.15: 0. */
  fackets: number;
  /** Since data was last sent, in ms. */
  last_data_sent: number;
  /** Not kept by Linux: 0. */
  last_ack_sent: number;
  /** Since data last arrived, in ms. */
  last_data_recv: number;
  /** Since an acknowledgement last arrived, in ms. */
  last_ack_recv: number;
  /** Path MTU in bytes. */
  pmtu: number;
  /** The receive window may grow to this, in bytes. */
  rcv_ssthresh: number;
  /** Smoothed round-trip time in us. */
  rtt: number;
  /** Its mean deviation in us. */
  rttvar: number;
  /** Slow start ends at this window, in segments; 2147483647 while there was no loss. */
  snd_ssthresh: number;
  /** Congestion window in segments. */
  snd_cwnd: number;
  /** Segment size told to the peer, in bytes. */
  advmss: number;
  /** Segments may be this far out of order before one counts as lost. */
  reordering: number;
  /** Round-trip time seen by the receiver in us. */
  rcv_rtt: number;
  /** Receive buffer autotuning: bytes read per round trip. */
  rcv_space: number;
  /** Segments sent again over the connection's life. */
  total_retrans: number;
  /** Pace of sending in bytes/s. */
  pacing_rate?: bigint;
  /** Upper limit of it (SO_MAX_PACING_RATE); 18446744073709551615 is none. */
  max_pacing_rate?: bigint;
  /** Bytes that the peer acknowledged; the SYN counts as one. */
  bytes_acked?: bigint;
  /** Bytes received in order. */
  bytes_received?: bigint;
  /** Segments sent, empty ones included. */
  segs_out?: number;
  /** Segments received, empty ones included. */
  segs_in?: number;
  /** Bytes written and not yet sent. */
  notsent_bytes?: number;
  /** Smallest round-trip time of late in us; 4294967295 while none was measured. */
  min_rtt?: number;
  /** Segments with data received. */
  data_segs_in?: number;
  /** Segments with data sent. */
  data_segs_out?: number;
  /** Latest measured goodput in bytes/s. */
  delivery_rate?: bigint;
  /** Time with data to send or to be acknowledged, in us. */
  busy_time?: bigint;
  /** Part of it in which the peer's window was the limit, in us. */
  rwnd_limited?: bigint;
  /** Part of it in which the send buffer was the limit, in us. */
  sndbuf_limited?: bigint;
  /** Segments delivered, retransmitted ones included. */
  delivered?: number;
  /** Of these, the ones with a congestion mark. */
  delivered_ce?: number;
  /** Bytes sent, retransmitted ones included. */
  bytes_sent?: bigint;
  /** Bytes sent again. */
  bytes_retrans?: bigint;
  /** Duplicates that the peer reported (RFC 2883). */
  dsack_dups?: number;
  /** Times that reordering was seen. */
  reord_seen?: number;
  /** Segments received out of order. */
  rcv_ooopack?: number;
  /** The peer's window in bytes. */
  snd_wnd?: number;
  /** This side's window in bytes. */
  rcv_wnd?: number;
  /** Times that the flow's hash changed, in search of another path. */
  rehash?: number;
  /** Retransmission timeouts, those of the handshake included. */
  total_rto?: number;
  /** Recoveries from such timeouts. */
  total_rto_recoveries?: number;
  /** Time spent in them in ms. */
  total_rto_time?: number;
  /** Segments received with a congestion mark. */
  received_ce?: number;
  /** Bytes that the peer reported with ECT(1), ECT(0) and CE marks (Accurate ECN, RFC 9768). */
  delivered_e1_bytes?: number;
  delivered_e0_bytes?: number;
  delivered_ce_bytes?: number;
  /** Bytes received with these marks. */
  received_e1_bytes?: number;
  received_e0_bytes?: number;
  received_ce_bytes?: number;
  /** What of Accurate ECN does not get through: TCP_ACCECN_ACE_FAIL_SEND, ... */
  accecn_fail_mode?: readonly (keyof typeof tcpAccEcnFailures | (string & {}))[];
  /** What was seen of the Accurate ECN option (TCP_ACCECN_OPT_*). */
  accecn_opt_seen?: number;
  /** TCPI_ECN_MODE_*; absent where a kernel before 7.0 does not say it. */
  ecn_mode?: number;
  /** More bits of the kind of `options`; none has a name yet. */
  options2?: number;
}

const common = {
  state: bits(0, 1, 0, 8, enumeration(tcpStates)),
  ca_state: bits(1, 1, 0, 8, enumeration(tcpCaStates)),
  retransmits: number(2, 1),
  probes: number(3, 1),
  backoff: number(4, 1),
  options: bits(5, 1, 0, 8, flags(tcpInfoOptions)),
  snd_wscale: bits(6, 1, 0, 4, u32({ max: 15 })),
  rcv_wscale: bits(6, 1, 4, 4, u32({ max: 15 })),
  delivery_rate_app_limited: bits(7, 1, 0, 1, bool()),
  fastopen_client_fail: bits(7, 1, 1, 2, enumeration(tcpFastopenFailures)),
  rto: number(8, 4, 'us'),
  ato: number(12, 4, 'us'),
  snd_mss: number(16, 4, 'bytes'),
  rcv_mss: number(20, 4, 'bytes'),
  unacked: number(24, 4, 'segments'),
  sacked: number(28, 4, 'segments'),
  lost: number(32, 4, 'segments'),
  retrans: number(36, 4, 'segments'),
  fackets: number(40, 4, 'segments'),
  last_data_sent: number(44, 4, 'ms'),
  last_ack_sent: number(48, 4, 'ms'),
  last_data_recv: number(52, 4, 'ms'),
  last_ack_recv: number(56, 4, 'ms'),
  pmtu: number(60, 4, 'bytes'),
  rcv_ssthresh: number(64, 4, 'bytes'),
  rtt: number(68, 4, 'us'),
  rttvar: number(72, 4, 'us'),
  snd_ssthresh: number(76, 4, 'segments'),
  snd_cwnd: number(80, 4, 'segments'),
  advmss: number(84, 4, 'bytes'),
  reordering: number(88, 4, 'segments'),
  rcv_rtt: number(92, 4, 'us'),
  rcv_space: number(96, 4, 'bytes'),
  total_retrans: number(100, 4, 'segments'),
  pacing_rate: big(104, 'bytes/s'),
  max_pacing_rate: big(112, 'bytes/s'),
  bytes_acked: big(120, 'bytes'),
  bytes_received: big(128, 'bytes'),
  segs_out: number(136, 4, 'segments'),
  segs_in: number(140, 4, 'segments'),
  notsent_bytes: number(144, 4, 'bytes'),
  min_rtt: number(148, 4, 'us'),
  data_segs_in: number(152, 4, 'segments'),
  data_segs_out: number(156, 4, 'segments'),
  delivery_rate: big(160, 'bytes/s'),
  busy_time: big(168, 'us'),
  rwnd_limited: big(176, 'us'),
  sndbuf_limited: big(184, 'us'),
  delivered: number(192, 4, 'segments'),
  delivered_ce: number(196, 4, 'segments'),
  bytes_sent: big(200, 'bytes'),
  bytes_retrans: big(208, 'bytes'),
  dsack_dups: number(216, 4, 'segments'),
  reord_seen: number(220, 4),
  rcv_ooopack: number(224, 4, 'segments'),
  snd_wnd: number(228, 4, 'bytes'),
  rcv_wnd: number(232, 4, 'bytes'),
  rehash: number(236, 4),
  total_rto: number(240, 2),
  total_rto_recoveries: number(242, 2),
  total_rto_time: number(244, 4, 'ms'),
  received_ce: number(248, 4, 'segments'),
  delivered_e1_bytes: number(252, 4, 'bytes'),
  delivered_e0_bytes: number(256, 4, 'bytes'),
  delivered_ce_bytes: number(260, 4, 'bytes'),
  received_e1_bytes: number(264, 4, 'bytes'),
  received_e0_bytes: number(268, 4, 'bytes'),
  received_ce_bytes: number(272, 4, 'bytes'),
};

const failures = flags(tcpAccEcnFailures);
const seen = enumeration(tcpAccEcnOptions);

/** Every field, with the codec that knows its unit, its names and its text. */
export const tcpInfoFields = {
  ...common,
  accecn_fail_mode: bits(276, 4, 4, 4, failures),
  accecn_opt_seen: bits(276, 4, 2, 2, seen),
  ecn_mode: bits(276, 4, 0, 2, enumeration(tcpEcnModes)),
  options2: bits(276, 4, 8, 24, u32({ max: 0xffffff })),
};

const shape = { ctype: 'struct tcp_info', size: 280, grows: true };

/** Linux 7.0 and later. */
const recent = layout<TcpInfo>({ ...shape, fields: tcpInfoFields });

/** Linux 6.18 and 6.19 gave the last four bytes to two fields. */
const early = layout<Omit<TcpInfo, 'ecn_mode' | 'options2'>>({
  ...shape,
  fields: { ...common, accecn_fail_mode: bits(276, 2, 0, 16, failures), accecn_opt_seen: bits(278, 2, 0, 16, seen) },
});

/**
 * The length does not tell the two apart, the content does: from 7.0 on the mode is other than 0 exactly where ECN
 * was negotiated. Only a 6.18 or 6.19 connection whose Accurate ECN counters get lost on the path looks like 7.0.
 */
function isRecent(info: TcpInfo): boolean {
  return info.ecn_mode === undefined || info.options.includes('TCPI_OPT_ECN') === (info.ecn_mode !== 0);
}

/**
 * The codec of TCP_INFO; also of the INET_DIAG_INFO attribute of sock_diag. `state` is a number with its C name as
 * text, 64-bit counters are bigint. A struct of an older kernel decodes to fewer fields, and encodes to its length;
 * bytes that were cut off before `total_retrans` lack required fields as well.
 */
export function tcpInfo(): Codec<TcpInfo> {
  return {
    ...recent,
    decode(bytes, abi = hostAbi) {
      const info =
        (bytes.byteLength === WHOLE_BYTES && abi.littleEndian && decodeWhole(bytes)) || recent.decode(bytes, abi);
      return isRecent(info) ? info : early.decode(bytes, abi);
    },
    encode(value, abi) {
      const codec = value?.ecn_mode === undefined ? early : recent;
      const bytes = codec.encode(value, abi);
      if (bytes.byteLength === recent.size() && isRecent(recent.decode(bytes, abi)) !== (codec === recent)) {
        throw invalid('an ecn_mode other than 0 exactly where options has TCPI_OPT_ECN', value);
      }
      return bytes;
    },
  };
}

/** Where the bytes of these lie depends on the kernel that they are from. */
const moved = new Set<keyof TcpInfo>(['accecn_fail_mode', 'accecn_opt_seen', 'ecn_mode', 'options2']);
const whole = tcpInfo();

/** One field of TCP_INFO without decoding the others; undefined where the kernel did not return it. */
export function tcpInfoField<Name extends keyof TcpInfo>(bytes: Uint8Array, name: Name): TcpInfo[Name] | undefined {
  return moved.has(name) ? whole.decode(bytes)[name] : recent.field(bytes, name);
}
