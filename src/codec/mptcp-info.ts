// struct mptcp_info: what the kernel knows of one Multipath TCP connection as a whole.
import { mptcpInfoFlags } from '../constants/tcp.ts';
import type { Codec } from './codec.ts';
import { flags } from './enumeration.ts';
import { big, bits, layout, number } from './layout.ts';
import { bool } from './scalar.ts';

/** One MPTCP connection (linux/mptcp.h, RFC 8684). A field that the kernel did not return is absent. */
export interface MptcpInfo {
  /** Subflows besides the first one. */
  subflows: number;
  /** Addresses announced to the peer. */
  add_addr_signal: number;
  /** Addresses of the peer that were taken up. */
  add_addr_accepted: number;
  /** Limits of the three before. */
  subflows_max: number;
  add_addr_signal_max: number;
  add_addr_accepted_max: number;
  /** MPTCP_INFO_FLAG_FALLBACK, MPTCP_INFO_FLAG_REMOTE_KEY_RECEIVED. */
  flags: readonly (keyof typeof mptcpInfoFlags | (string & {}))[];
  /** This side's token: it names the connection in later handshakes. */
  token: number;
  /** Next data sequence number to send. */
  write_seq: bigint;
  /** First data sequence number that is not acknowledged. */
  snd_una: bigint;
  /** Next data sequence number expected. */
  rcv_nxt: bigint;
  /** Addresses in use for subflows of this side. */
  local_addr_used?: number;
  /** Limit of it. */
  local_addr_max?: number;
  /** Checksums were negotiated. */
  csum_enabled?: boolean;
  /** Times that data was sent again on another subflow (Linux 6.5, as the byte counters). */
  retransmits?: number;
  bytes_retrans?: bigint;
  bytes_sent?: bigint;
  bytes_received?: bigint;
  bytes_acked?: bigint;
  /** Subflows, the first one included (Linux 6.8). */
  subflows_total?: number;
  /** Endpoints of this host that are flagged laminar or fullmesh; 0 from kernels that do not count them. */
  endp_laminar_max?: number;
  endp_fullmesh_max?: number;
  /** Since data was sent or arrived, and since the last acknowledgement, in ms (Linux 6.10). */
  last_data_sent?: number;
  last_data_recv?: number;
  last_ack_recv?: number;
}

/**
 * The codec of MPTCP_INFO. Later kernels put fields where earlier ones had padding: such a field is only there in a
 * struct that is long enough to come from the later kernel.
 */
export function mptcpInfo(): Codec<MptcpInfo> {
  return layout<MptcpInfo>({
    ctype: 'struct mptcp_info',
    size: 96,
    grows: true,
    fields: {
      subflows: number(0, 1),
      add_addr_signal: number(1, 1),
      add_addr_accepted: number(2, 1),
      subflows_max: number(3, 1),
      add_addr_signal_max: number(4, 1),
      add_addr_accepted_max: number(5, 1),
      flags: bits(8, 4, 0, 32, flags(mptcpInfoFlags)),
      token: number(12, 4),
      write_seq: big(16),
      snd_una: big(24),
      rcv_nxt: big(32),
      local_addr_used: number(40, 1, undefined, 48),
      local_addr_max: number(41, 1, undefined, 48),
      csum_enabled: { ...bits(42, 1, 0, 8, bool()), from: 48 },
      retransmits: number(44, 4, undefined, 80),
      bytes_retrans: big(48, 'bytes', 80),
      bytes_sent: big(56, 'bytes', 80),
      bytes_received: big(64, 'bytes', 80),
      bytes_acked: big(72, 'bytes', 80),
      subflows_total: number(80, 1, undefined, 88),
      endp_laminar_max: number(81, 1, undefined, 96),
      endp_fullmesh_max: number(82, 1, undefined, 96),
      last_data_sent: number(84, 4, 'ms', 96),
      last_data_recv: number(88, 4, 'ms', 96),
      last_ack_recv: number(92, 4, 'ms', 96),
    },
  });
}
