// The smaller structs of TCP options: sizes, keys of their own length, the union of congestion controls.
import { describe, expect, it } from 'vitest';
import { aoAdd, aoDel, aoInfo, aoKey, aoKeyQuery, aoRepair } from '../../src/codec/tcp-ao.ts';
import { md5sig } from '../../src/codec/tcp-keys.ts';
import {
  ccInfo,
  fastopenKey,
  repairOptions,
  repairWindow,
  zerocopyQuery,
  zerocopyReceive,
} from '../../src/codec/tcp-structs.ts';
import { SockctlError } from '../../src/errors.ts';

const addr = { family: 'inet', address: '192.0.2.1', port: 0 } as const;

describe('structs of TCP', () => {
  it.each([
    ['tcp_md5sig', md5sig(), 216],
    ['tcp_ao_add', aoAdd(), 288],
    ['tcp_ao_del', aoDel(), 144],
    ['tcp_ao_info_opt', aoInfo(), 48],
    ['tcp_ao_getsockopt', aoKey(), 304],
    ['tcp_ao_repair', aoRepair(), 16],
    ['tcp_repair_window', repairWindow(), 20],
    ['tcp_zerocopy_receive', zerocopyReceive(), 64],
    ['tcp_cc_info', ccInfo(), 20],
  ])('%s has the size of the header', (_name, codec, size) => {
    expect(codec.size()).toBe(size);
  });

  it('keeps the length of a key', () => {
    const codec = md5sig();
    const bytes = codec.encode({ addr, key: 'hunter2' });
    expect(new DataView(bytes.buffer).getUint16(130, true)).toBe(7);
    expect(codec.decode(bytes)).toMatchObject({ addr, key: new TextEncoder().encode('hunter2') });
    expect(codec.encode(codec.parse('addr=192.0.2.1:0,key=hunter2') as { addr: typeof addr; key: string })).toEqual(
      bytes,
    );
    expect(codec.encode({ addr, key: '' })[130]).toBe(0);
  });

  it('never shows a key that it refuses', () => {
    const secret = 'secret'.repeat(20);
    expect(() => md5sig().encode({ addr, key: secret })).toThrow(SockctlError);
    expect(() => md5sig().encode({ addr, key: secret })).not.toThrow(/secretsecret/);
  });

  it('lays out a TCP-AO key', () => {
    const codec = aoAdd();
    const bytes = codec.encode({
      addr,
      alg_name: 'hmac(sha1)',
      prefix: 32,
      sndid: 100,
      rcvid: 101,
      key: 'abc',
      set_rnext: true,
    });
    expect([...bytes.subarray(196, 211)]).toEqual([2, 0, 0, 0, 0, 0, 32, 100, 101, 0, 0, 3, 97, 98, 99]);
    expect(codec.encode(codec.parse(codec.format(codec.decode(bytes))) as never)).toEqual(bytes);
  });

  it('asks for one TCP-AO key at a time: the kernel would write further ones behind the buffer', () => {
    const bytes = aoKeyQuery().encode({ get_all: true });
    expect(bytes).toHaveLength(304);
    expect([...bytes.subarray(272, 278)]).toEqual([1, 0, 0, 0, 4, 0]);
  });

  it('writes the initial sequence numbers of TCP-AO in network order', () => {
    expect([...aoRepair().encode({ snt_isn: 1, rcv_isn: 2, snd_sne: 3, rcv_sne: 4 })]).toEqual([
      0, 0, 0, 1, 0, 0, 0, 2, 3, 0, 0, 0, 4, 0, 0, 0,
    ]);
  });

  it('reads the union of congestion controls by its length', () => {
    const codec = ccInfo();
    const bytes = Uint8Array.from({ length: 20 }, (_none, i) => i);
    expect(codec.decode(bytes.subarray(0, 0))).toEqual({});
    expect(Object.keys(codec.decode(bytes.subarray(0, 16)))).toEqual(['vegas', 'dctcp']);
    const info = codec.decode(bytes);
    expect(info.bbr?.bw).toBe(0x0706050403020100n);
    expect(codec.encode(codec.parse(codec.format(info)) as typeof info)).toEqual(bytes);
    expect(codec.encode(codec.decode(bytes.subarray(0, 16)))).toEqual(bytes.subarray(0, 16));
  });

  it('decodes the zero-copy struct of old kernels, and asks with nothing', () => {
    expect(zerocopyReceive().decode(new Uint8Array(16))).toEqual({ address: 0n, length: 0, recv_skip_hint: 0 });
    expect(zerocopyQuery().encode({})).toEqual(new Uint8Array(64));
  });

  it('takes header options by name', () => {
    const bytes = repairOptions().encode([{ code: 'TCPOPT_MAXSEG', val: 1400 }, { code: 'TCPOPT_SACK_PERMITTED' }]);
    expect(bytes).toHaveLength(16);
    expect(repairOptions().decode(bytes)).toEqual([
      { code: 2, val: 1400 },
      { code: 4, val: 0 },
    ]);
  });

  it('takes Fast Open keys of 16 or 32 bytes', () => {
    expect(fastopenKey().encode(new Uint8Array(32))).toHaveLength(32);
    expect(() => fastopenKey().encode(new Uint8Array(17))).toThrow(SockctlError);
    expect(fastopenKey().decode(new Uint8Array())).toHaveLength(0);
  });
});
