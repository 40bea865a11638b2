// The structs of TCP options other than tcp_info and keys: repair, zero-copy receive, congestion control's own state.
import { tcpRepairOptions, tcpZerocopyFlags } from '../constants/tcp.ts';
import { invalid } from '../errors.ts';
import { bytes } from './bytes.ts';
import { type Codec, hostAbi, viewOf } from './codec.ts';
import { enumeration, type FlagsInput, flags } from './enumeration.ts';
import { at, big, bits, layout, number } from './layout.ts';
import { list } from './list.ts';
import { int, u16, u32, u64 } from './scalar.ts';
import { struct } from './struct.ts';
import { union } from './union.ts';

/** struct tcp_repair_opt[]: header options that the connection negotiated before it was saved. */
export function repairOptions() {
  return list(
    struct('struct tcp_repair_opt', { code: enumeration(tcpRepairOptions), val: u32() }, { defaults: { val: 0 } }),
  );
}

/** struct tcp_repair_window: both windows; sequence numbers and bytes. */
export function repairWindow() {
  return struct('struct tcp_repair_window', {
    snd_wl1: u32(),
    snd_wnd: u32({ unit: 'bytes' }),
    max_window: u32({ unit: 'bytes' }),
    rcv_wnd: u32({ unit: 'bytes' }),
    rcv_wup: u32(),
  });
}

/** What TCP_ZEROCOPY_RECEIVE reads and fills; a field that an older kernel does not have is absent. */
export interface ZerocopyReceive {
  /** In: where pages of this socket were mapped with mmap(2). 0 for none. */
  address: bigint;
  /** In: bytes to map there. Out: bytes mapped. */
  length: number;
  /** Out: bytes to read in the ordinary way before mapping can go on. */
  recv_skip_hint?: number;
  /** Out: bytes in the receive queue. */
  inq?: number;
  /** Out: the socket's pending error as a negative errno. */
  err?: number;
  /** In: where to copy bytes to that cannot be mapped. 0 for nowhere. */
  copybuf_address?: bigint;
  /** In: its room. Out: bytes copied, or a negative errno. */
  copybuf_len?: number;
  flags?: readonly (keyof typeof tcpZerocopyFlags | (string & {}))[];
  msg_control?: bigint;
  msg_controllen?: bigint;
  msg_flags?: number;
}
/** What a read passes in: everything may be left out. */
export type ZerocopyQuery = Partial<Omit<ZerocopyReceive, 'flags'>> & {
  flags?: FlagsInput<keyof typeof tcpZerocopyFlags>;
};

const zerocopyFields = {
  address: big(0),
  length: number(8, 4, 'bytes'),
  recv_skip_hint: number(12, 4, 'bytes'),
  inq: number(16, 4, 'bytes'),
  err: at(20, int()),
  copybuf_address: big(24),
  copybuf_len: at(32, int({ unit: 'bytes' })),
  flags: bits(36, 4, 0, 32, flags(tcpZerocopyFlags)),
  msg_control: big(40),
  msg_controllen: big(48),
  msg_flags: number(56, 4),
} as const;

/** struct tcp_zerocopy_receive (64 bytes, 16 in Linux 4.18) as a read returns it. */
export function zerocopyReceive(): Codec<ZerocopyReceive, ZerocopyReceive> {
  return layout<ZerocopyReceive>({
    ctype: 'struct tcp_zerocopy_receive',
    size: 64,
    grows: true,
    fields: zerocopyFields,
  });
}

/** The same as a read passes it in: everything may be left out. */
export function zerocopyQuery(): Codec<ZerocopyReceive, ZerocopyQuery> {
  const optional = Object.keys(zerocopyFields) as (keyof typeof zerocopyFields)[];
  return layout<ZerocopyReceive, ZerocopyQuery>({
    ctype: 'struct tcp_zerocopy_receive',
    size: 64,
    fields: zerocopyFields,
    optional,
  });
}

/** What a congestion control tells of itself. A union: the length says which, or which two. */
export interface CcInfo {
  /** bbr (20 bytes): bandwidth in bytes/s, smallest round trip in us, gains in 1/256. */
  bbr?: { bw: bigint; min_rtt: number; pacing_gain: number; cwnd_gain: number };
  /** vegas, veno, yeah, illinois, nv, westwood (16 bytes); round trips in us. */
  vegas?: { enabled: number; rttcnt: number; rtt: number; minrtt: number };
  /** dctcp (16 bytes as well: TCP_CONGESTION tells which of the two applies). */
  dctcp?: { enabled: number; ce_state: number; alpha: number; ab_ecn: number; ab_tot: number };
}

/** A bandwidth in two 32-bit halves, the lower one first on every system. */
function bandwidth(): Codec<bigint> {
  const whole = u64({ unit: 'bytes/s' });
  return {
    ...whole,
    size: () => 8,
    align: () => 4,
    decode(found, { littleEndian } = hostAbi) {
      const view = viewOf(found);
      return BigInt(view.getUint32(0, littleEndian)) | (BigInt(view.getUint32(4, littleEndian)) << 32n);
    },
    encode(value, { littleEndian } = hostAbi) {
      const big = viewOf(whole.encode(value, { ...hostAbi, littleEndian: false, wordBytes: 8 })).getBigUint64(0);
      const found = new Uint8Array(8);
      viewOf(found).setUint32(0, Number(big & 0xffffffffn), littleEndian);
      viewOf(found).setUint32(4, Number(big >> 32n), littleEndian);
      return found;
    },
  };
}

const parts = {
  bbr: struct('struct tcp_bbr_info', {
    bw: bandwidth(),
    min_rtt: u32({ unit: 'us' }),
    pacing_gain: u32(),
    cwnd_gain: u32(),
  }),
  vegas: struct('struct tcpvegas_info', {
    enabled: u32(),
    rttcnt: u32(),
    rtt: u32({ unit: 'us' }),
    minrtt: u32({ unit: 'us' }),
  }),
  dctcp: struct('struct tcp_dctcp_info', {
    enabled: u16(),
    ce_state: u16(),
    alpha: u32(),
    ab_ecn: u32(),
    ab_tot: u32(),
  }),
} as const;

/**
 * union tcp_cc_info: each member that has the length which came back; none where the congestion control tells
 * nothing (reno, cubic). Text: `bbr={bw=...,min_rtt=...}`.
 */
export function ccInfo(): Codec<CcInfo> {
  return union('union tcp_cc_info', parts, { size: 20, align: 4, fits: 'exact' });
}

/** The key of TCP_FASTOPEN_KEY: 16 bytes, or 32: the key in use and the one before it. Empty while none is set. */
export function fastopenKey(): Codec<Uint8Array> {
  const inner = bytes({ max: 32 });
  const accepts = '16 or 32 bytes (as text: hex digits)';
  const check = (value: Uint8Array): Uint8Array => {
    if (value.byteLength !== 16 && value.byteLength !== 32) throw invalid(accepts, value);
    return value;
  };
  return {
    ...inner,
    accepts,
    encode: (value, abi) => check(inner.encode(value, abi)),
    parse: (text) => check(inner.parse(text) as Uint8Array),
  };
}
