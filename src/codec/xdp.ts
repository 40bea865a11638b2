// The structs of AF_XDP options: where the rings lie, the packet memory, statistics. Source: linux/if_xdp.h.
import { xdpOptionFlags, xdpUmemFlags } from '../constants/xdp.ts';
import type { Codec } from './codec.ts';
import { flags } from './enumeration.ts';
import { big, bits, layout, number } from './layout.ts';
import { u64 } from './scalar.ts';
import { struct } from './struct.ts';

/** Where the parts of one ring lie in its mapping, in bytes. */
export interface XdpRingOffset {
  producer: bigint;
  consumer: bigint;
  desc: bigint;
  /** Since Linux 5.4. */
  flags?: bigint;
}
/** The same of the four rings: received, to be sent, to be filled, completed. */
export interface XdpMmapOffsets {
  rx: XdpRingOffset;
  tx: XdpRingOffset;
  fr: XdpRingOffset;
  cr: XdpRingOffset;
}

/** struct xdp_mmap_offsets: 128 bytes, 96 before Linux 5.4, whose rings had no flags. */
export function xdpMmapOffsets(): Codec<XdpMmapOffsets> {
  const first = { producer: u64({ unit: 'bytes' }), consumer: u64({ unit: 'bytes' }), desc: u64({ unit: 'bytes' }) };
  const of = (ring: Codec<XdpRingOffset>) =>
    struct('struct xdp_mmap_offsets', { rx: ring, tx: ring, fr: ring, cr: ring });
  const now = of(struct('struct xdp_ring_offset', { ...first, flags: u64({ unit: 'bytes' }) }) as Codec<XdpRingOffset>);
  const before = of(struct('struct xdp_ring_offset', first));
  return {
    ...now,
    variable: true,
    decode: (bytes, abi) => (bytes.byteLength < now.size(abi) ? before : now).decode(bytes, abi),
    encode: (value, abi) => (value?.rx?.flags === undefined ? before : now).encode(value, abi),
    parse: (text) => (text.includes('flags') ? now : before).parse(text),
  };
}

/** The memory that packets lie in. */
export interface XdpUmemReg {
  /** Where it begins, a multiple of the page size. */
  addr: bigint;
  len: bigint;
  chunk_size: number;
  /** Room in front of each packet. */
  headroom: number;
  flags: readonly (keyof typeof xdpUmemFlags | (string & {}))[];
  /** Bytes of metadata in front of packets to be sent (Linux 6.8). */
  tx_metadata_len: number;
}
/** What a set takes: the last three may be left out. */
export type XdpUmemRegInput = Pick<XdpUmemReg, 'addr' | 'len' | 'chunk_size'> &
  Partial<Pick<XdpUmemReg, 'headroom' | 'tx_metadata_len'>> & {
    flags?: number | keyof typeof xdpUmemFlags | readonly (keyof typeof xdpUmemFlags | (string & {}))[];
  };

/** struct xdp_umem_reg: 32 bytes since Linux 5.4, which older kernels take as well and read the first 24 of. */
export function xdpUmemReg(): Codec<XdpUmemReg, XdpUmemRegInput> {
  return layout<XdpUmemReg, XdpUmemRegInput>({
    ctype: 'struct xdp_umem_reg',
    size: 32,
    fields: {
      addr: big(0),
      len: big(8, 'bytes'),
      chunk_size: number(16, 4, 'bytes'),
      headroom: number(20, 4, 'bytes'),
      flags: bits(24, 4, 0, 32, flags(xdpUmemFlags)),
      tx_metadata_len: number(28, 4, 'bytes'),
    },
    optional: ['headroom', 'flags', 'tx_metadata_len'],
  });
}

/** Packets that an AF_XDP socket lost, and why. */
export interface XdpStatistics {
  rx_dropped: bigint;
  rx_invalid_descs: bigint;
  tx_invalid_descs: bigint;
  /** Since Linux 5.9, as the ones after it; before, part of rx_dropped. */
  rx_ring_full?: bigint;
  rx_fill_ring_empty_descs?: bigint;
  tx_ring_empty_descs?: bigint;
}

/** struct xdp_statistics: 48 bytes, 24 before Linux 5.9. */
export function xdpStatistics(): Codec<XdpStatistics> {
  return layout<XdpStatistics>({
    ctype: 'struct xdp_statistics',
    size: 48,
    grows: true,
    fields: {
      rx_dropped: big(0, 'packets'),
      rx_invalid_descs: big(8),
      tx_invalid_descs: big(16),
      rx_ring_full: big(24, 'packets'),
      rx_fill_ring_empty_descs: big(32),
      tx_ring_empty_descs: big(40),
    },
  });
}

/** struct xdp_options. */
export function xdpOptions() {
  return struct('struct xdp_options', { flags: flags(xdpOptionFlags) });
}
