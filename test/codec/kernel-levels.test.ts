// The structs of packet, XDP, ICMP, TLS and crypto sockets against C, and how sets of them reach the kernel.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ALG_SET_IV } from '../../src/catalog/alg.ts';
import { ICMP_FILTER, ICMPV6_FILTER } from '../../src/catalog/icmp.ts';
import { NETLINK_RX_RING } from '../../src/catalog/netlink.ts';
import {
  PACKET_ADD_MEMBERSHIP,
  PACKET_FANOUT,
  PACKET_ROLLOVER_STATS,
  PACKET_RX_RING,
  PACKET_STATISTICS,
} from '../../src/catalog/packet.ts';
import { TLS_TX } from '../../src/catalog/tls.ts';
import { XDP_MMAP_OFFSETS, XDP_STATISTICS } from '../../src/catalog/xdp.ts';
import type { Abi } from '../../src/codec/abi.ts';
import { fanout } from '../../src/codec/packet.ts';
import { u16 } from '../../src/codec/scalar.ts';
import { tlsCryptoInfo } from '../../src/codec/tls.ts';
import { xdpUmemReg } from '../../src/codec/xdp.ts';
import { ALG_SET_AEAD_AUTHSIZE, fresh, PACKET_FANOUT_DATA, setsockopt } from '../../src/index.ts';
import { errorOf } from '../helpers.ts';
import { compareWithC } from './c-cases.ts';
import { s390x } from './every.ts';

compareWithC('structs of packet and netlink sockets', ['linux/if_packet.h', 'linux/netlink.h'], {
  'a membership': {
    type: 'struct packet_mreq',
    fill:
      'p->mr_ifindex = 70000; p->mr_type = PACKET_MR_MULTICAST; p->mr_alen = 6;' +
      'for (int i = 0; i < 6; i += 1) p->mr_address[i] = i + 1;',
    codec: PACKET_ADD_MEMBERSHIP.codec,
    value: { ifindex: 70000, type: 0, address: '01:02:03:04:05:06' },
  },
  'a ring': {
    type: 'struct tpacket_req3',
    fill:
      'p->tp_block_size = 4096; p->tp_block_nr = 2; p->tp_frame_size = 2048; p->tp_frame_nr = 4;' +
      'p->tp_retire_blk_tov = 5; p->tp_sizeof_priv = 6; p->tp_feature_req_word = TP_FT_REQ_FILL_RXHASH;',
    codec: PACKET_RX_RING.codec,
    value: {
      block_size: 4096,
      block_nr: 2,
      frame_size: 2048,
      frame_nr: 4,
      retire_blk_tov: 5,
      sizeof_priv: 6,
      feature_req_word: ['TP_FT_REQ_FILL_RXHASH'],
    },
  },
  'statistics, first two versions': {
    type: 'struct tpacket_stats',
    fill: 'p->tp_packets = 70000; p->tp_drops = 2;',
    codec: PACKET_STATISTICS.codec,
    value: { packets: 70000, drops: 2 },
  },
  'statistics, third version': {
    type: 'struct tpacket_stats_v3',
    fill: 'p->tp_packets = 70000; p->tp_drops = 2; p->tp_freeze_q_cnt = 3;',
    codec: PACKET_STATISTICS.codec,
    value: { packets: 70000, drops: 2, freeze_q_cnt: 3 },
  },
  'a fanout group': {
    type: 'unsigned int',
    fill: '*p = 4711 | (PACKET_FANOUT_QM | PACKET_FANOUT_FLAG_ROLLOVER | PACKET_FANOUT_FLAG_DEFRAG) << 16;',
    codec: PACKET_FANOUT.codec,
    value: { id: 4711, type: 5, flags: ['PACKET_FANOUT_FLAG_ROLLOVER', 'PACKET_FANOUT_FLAG_DEFRAG'] },
  },
  // The header declares the fields of struct fanout_args only where the kernel's macro for the byte order is defined.
  'a fanout group with a limit': {
    type: 'struct fanout_args',
    fill: 'p->id = 4711; p->type_flags = PACKET_FANOUT_LB | PACKET_FANOUT_FLAG_UNIQUEID; p->max_num_members = 300;',
    codec: PACKET_FANOUT.codec,
    value: { id: 4711, type: 1, flags: ['PACKET_FANOUT_FLAG_UNIQUEID'], max_num_members: 300 },
  },
  'statistics of rollover': {
    type: 'struct tpacket_rollover_stats',
    fill: 'p->tp_all = 1ull << 40; p->tp_huge = 2; p->tp_failed = 3;',
    codec: PACKET_ROLLOVER_STATS.codec,
    value: { all: 1n << 40n, huge: 2n, failed: 3n },
  },
  'a ring of netlink': {
    type: 'struct nl_mmap_req',
    fill: 'p->nm_block_size = 1; p->nm_block_nr = 2; p->nm_frame_size = 3; p->nm_frame_nr = 4;',
    codec: NETLINK_RX_RING.codec,
    value: { block_size: 1, block_nr: 2, frame_size: 3, frame_nr: 4 },
  },
});

compareWithC('structs of XDP', ['linux/if_xdp.h'], {
  'where rings lie': {
    type: 'struct xdp_mmap_offsets',
    fill: 'p->rx.producer = 1; p->rx.desc = 1ull << 40; p->tx.flags = 4; p->fr.consumer = 5; p->cr.flags = 6;',
    codec: XDP_MMAP_OFFSETS.codec,
    value: {
      rx: { producer: 1n, consumer: 0n, desc: 1n << 40n, flags: 0n },
      tx: { producer: 0n, consumer: 0n, desc: 0n, flags: 4n },
      fr: { producer: 0n, consumer: 5n, desc: 0n, flags: 0n },
      cr: { producer: 0n, consumer: 0n, desc: 0n, flags: 6n },
    },
  },
  'where rings lay': {
    type: 'struct { __u64 ring[4][3]; }',
    fill: 'p->ring[0][1] = 1; p->ring[3][2] = 2;',
    codec: XDP_MMAP_OFFSETS.codec,
    value: {
      rx: { producer: 0n, consumer: 1n, desc: 0n },
      tx: { producer: 0n, consumer: 0n, desc: 0n },
      fr: { producer: 0n, consumer: 0n, desc: 0n },
      cr: { producer: 0n, consumer: 0n, desc: 2n },
    },
  },
  statistics: {
    type: 'struct xdp_statistics',
    fill: 'p->rx_dropped = 1ull << 40; p->rx_fill_ring_empty_descs = 5; p->tx_ring_empty_descs = 6;',
    codec: XDP_STATISTICS.codec,
    value: {
      rx_dropped: 1n << 40n,
      rx_invalid_descs: 0n,
      tx_invalid_descs: 0n,
      rx_ring_full: 0n,
      rx_fill_ring_empty_descs: 5n,
      tx_ring_empty_descs: 6n,
    },
  },
  'memory for packets': {
    type: 'struct { __u64 addr, len; __u32 chunk_size, headroom, flags, tx_metadata_len; }',
    fill:
      'p->addr = 1ull << 46; p->len = 1ull << 33; p->chunk_size = 2048; p->headroom = 256;' +
      'p->flags = XDP_UMEM_UNALIGNED_CHUNK_FLAG; p->tx_metadata_len = 24;',
    codec: xdpUmemReg() as never,
    value: {
      addr: 1n << 46n,
      len: 1n << 33n,
      chunk_size: 2048,
      headroom: 256,
      flags: ['XDP_UMEM_UNALIGNED_CHUNK_FLAG'],
      tx_metadata_len: 24,
    },
  },
});

compareWithC('filters of ICMP', ['linux/icmp.h', 'linux/icmpv6.h'], {
  'of IPv4': {
    type: 'struct icmp_filter',
    fill: 'p->data = 1 << ICMP_ECHO | 1 << ICMP_REDIRECT;',
    codec: ICMP_FILTER.codec,
    value: { block: [5, 8] },
  },
  'of IPv6': {
    type: 'struct { __u32 data[8]; }',
    fill: 'for (int i = 0; i < 8; i += 1) p->data[i] = -1; p->data[ICMPV6_ECHO_REQUEST / 32] &= ~(1 << ICMPV6_ECHO_REQUEST % 32);',
    codec: ICMPV6_FILTER.codec,
    value: { pass: [128] },
  },
});

const counted = (from: number, size: number): Uint8Array => Uint8Array.from({ length: size }, (_, at) => from + at);
const material = (cipher: string, version: string): string =>
  `p->info.version = ${version}; p->info.cipher_type = ${cipher};` +
  'for (int i = 0; i < sizeof p->iv; i += 1) p->iv[i] = i + 1; for (int i = 0; i < sizeof p->key; i += 1) p->key[i] = i + 20;' +
  'for (int i = 0; i < sizeof p->salt; i += 1) p->salt[i] = i + 90; for (int i = 0; i < 8; i += 1) p->rec_seq[i] = i + 60;';
const keys = (version: number, cipher_type: number, iv: number, key: number, salt: number): object => ({
  version,
  cipher_type,
  iv: counted(1, iv),
  key: counted(20, key),
  salt: counted(90, salt),
  rec_seq: counted(60, 8),
});

const onlyCipher = (abi: Abi): Uint8Array =>
  Uint8Array.from([0x304, 99].flatMap((number) => [...u16().encode(number, abi)]));

compareWithC('keys of TLS', ['linux/tls.h'], {
  'nothing but the cipher': {
    type: 'struct tls_crypto_info',
    fill: 'p->version = TLS_1_3_VERSION; p->cipher_type = 99;',
    // A cipher that is not known is read as far as it is, and cannot be set.
    codec: { ...tlsCryptoInfo(), encode: (_value: unknown, abi: Abi) => onlyCipher(abi), parse: () => ({}) } as never,
    value: { version: 0x304, cipher_type: 99 },
  },
  ...Object.fromEntries(
    (
      [
        ['AES_GCM_128', 51, 8, 16, 4],
        ['AES_GCM_256', 52, 8, 32, 4],
        ['AES_CCM_128', 53, 8, 16, 4],
        ['CHACHA20_POLY1305', 54, 12, 32, 0],
        ['SM4_GCM', 55, 8, 16, 4],
        ['SM4_CCM', 56, 8, 16, 4],
        ['ARIA_GCM_128', 57, 8, 16, 4],
        ['ARIA_GCM_256', 58, 8, 32, 4],
      ] as const
    ).map(([name, number, iv, key, salt]) => [
      name,
      {
        type: `struct tls12_crypto_info_${name.toLowerCase()}`,
        fill: material(`TLS_CIPHER_${name}`, 'TLS_1_2_VERSION'),
        codec: TLS_TX.codec as never,
        value: keys(0x303, number, iv, key, salt),
      },
    ]),
  ),
});

compareWithC('crypto sockets', ['linux/if_alg.h'], {
  'an initialisation vector': {
    type: 'struct af_alg_iv',
    bytes: 'sizeof *p + 3',
    fill: 'p->ivlen = 3; p->iv[0] = 7; p->iv[1] = 8; p->iv[2] = 9;',
    codec: ALG_SET_IV.codec as never,
    value: { iv: Uint8Array.of(7, 8, 9) },
  },
});

describe('key material', () => {
  const { input, codec } = TLS_TX;
  const sample = TLS_TX.declaration.sample as { key: string };

  it('is taken as hex digits, with TLS 1.3 and record 0 where it is not said, also from the shell', () => {
    const bytes = input.encode(sample as never);
    expect(Buffer.from(bytes).toString('hex')).toBe(
      '04033300' + '0102030405060708' + '000102030405060708090a0b0c0d0e0f' + '0a0b0c0d' + '0000000000000000',
    );
    expect(input.encode(codec.parse(JSON.stringify(sample)) as never)).toEqual(bytes);
    const text = 'iv=0102030405060708,key=000102030405060708090a0b0c0d0e0f,salt=0a0b0c0d,cipher_type=AES_GCM_128';
    expect(input.encode(codec.parse(text) as never)).toEqual(bytes);
  });

  it('of a wrong length, and of no known cipher, is refused', () => {
    for (const wrong of [
      { ...sample, key: '00' },
      { ...sample, cipher_type: 77 },
      { ...sample, salt: undefined },
      null,
    ]) {
      expect(errorOf(() => input.encode(wrong as never)).code).toBe('ERR_INVALID_VALUE');
    }
  });

  it('is never shown: the set of a wrong key does not quote it', () => {
    using made = fresh('tcp');
    const error = errorOf(() => setsockopt(made, TLS_TX, { ...sample, key: 'beefbeef' } as never));
    expect(`${error.message} ${JSON.stringify(error)} ${error.hint}`).not.toContain('beef');
  });
});

it('a fanout group is one number, in the order of the processor', () => {
  const value = { id: 0x1267, type: 1, flags: ['PACKET_FANOUT_FLAG_UNIQUEID'], max_num_members: 5 } as const;
  const bytes = fanout().encode(value, s390x);
  expect(Buffer.from(bytes).toString('hex')).toBe('2001126700000005');
  expect(fanout().decode(bytes, s390x)).toEqual(value);
});

const hasStrace = spawnSync('strace', ['-V']).status === 0 && process.getuid?.() === 0;
it.runIf(hasStrace)('a number as the length, a descriptor as an int (as root, with strace)', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sockctl-strace-'));
  const file = join(folder, 'calls');
  const strace = spawn('strace', ['-f', '-e', 'trace=setsockopt', '-o', file, '-p', `${process.pid}`]);
  try {
    // "strace: Process 123 attached"
    await new Promise((done) => strace.stderr.once('data', done));
    using made = fresh('tcp');
    // No socket of this kernel has these levels: the calls are what matters, not their results.
    for (let round = 0; round < 100; round += 1) {
      for (const call of [
        () => setsockopt(made, ALG_SET_AEAD_AUTHSIZE, 16),
        () => setsockopt(made, PACKET_FANOUT_DATA, 7),
        () => setsockopt(made, PACKET_FANOUT_DATA, [{ code: 6, jt: 0, jf: 0, k: 1 }]),
      ]) {
        expect(errorOf(call).code).toBe('ENOPROTOOPT');
      }
      await new Promise((done) => setTimeout(done, 20));
      if (existsSync(file) && readFileSync(file, 'utf8').split('\n').length > 4) break;
    }
  } finally {
    strace.kill('SIGINT');
    await new Promise((done) => strace.once('exit', done));
  }
  const calls = readFileSync(file, 'utf8');
  rmSync(folder, { recursive: true });
  expect(calls).toMatch(/SOL_ALG, ALG_SET_AEAD_AUTHSIZE, NULL, 16\)/);
  expect(calls).toMatch(/SOL_PACKET, PACKET_FANOUT_DATA, .*\\?7.*, 4\)/);
  expect(calls).toMatch(/SOL_PACKET, PACKET_FANOUT_DATA, .*, 16\)/);
});

it('refuses a list of types that is longer than there are types', () => {
  const invalid = expect.objectContaining({ code: 'ERR_INVALID_VALUE' });
  expect(() => ICMP_FILTER.input.encode({ block: new Array(40).fill(3) })).toThrow(invalid);
  expect(() => ICMPV6_FILTER.input.encode({ block: new Array(300).fill(3) })).toThrow(invalid);
});
