// struct tcp_info and struct mptcp_info: every length that a kernel returned, and what ss and C say of the same bytes.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hostAbi } from '../../src/codec/abi.ts';
import { mptcpInfo } from '../../src/codec/mptcp-info.ts';
import { tcpInfo } from '../../src/codec/tcp-info.ts';
import { TCP_ESTABLISHED } from '../../src/constants/tcp.ts';
import { SockctlError } from '../../src/errors.ts';

const tcp = tcpInfo();
const mptcp = mptcpInfo();
const bigEndian = { ...hostAbi, arch: 's390x', littleEndian: false };
const has = (command: string, flag: string): boolean => spawnSync(command, [flag]).status === 0;

/** Bytes with one number at an offset, the rest zero. */
function at(length: number, offset: number, value: number, bytes: 1 | 2 | 4 = 4): Uint8Array {
  const all = new Uint8Array(length);
  const view = new DataView(all.buffer);
  if (bytes === 1) view.setUint8(offset, value);
  else if (bytes === 2) view.setUint16(offset, value, true);
  else view.setUint32(offset, value, true);
  return all;
}

// Length, and the last field of it, by kernel.
const lengths = [
  [104, 'total_retrans'],
  [192, 'sndbuf_limited'],
  [224, 'reord_seen'],
  [232, 'snd_wnd'],
  [240, 'rehash'],
  [248, 'total_rto_time'],
] as const;

describe('struct tcp_info', () => {
  it.each(lengths)('of %i bytes ends with %s', (length, last) => {
    const info = tcp.decode(new Uint8Array(length));
    expect(Object.keys(info).at(-1)).toBe(last);
    expect(tcp.encode(info)).toHaveLength(length);
  });

  it('has 280 bytes, and takes no notice of what later kernels add', () => {
    expect(tcp.size()).toBe(280);
    expect(tcp.decode(new Uint8Array(400))).toEqual(tcp.decode(new Uint8Array(280)));
  });

  it('decodes 280 bytes in one piece to the same as field by field, in the same order', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 280, maxLength: 280 }), (bytes) => {
        // One byte more: then it goes field by field.
        const [whole, byField] = [bytes, new Uint8Array([...bytes, 0])].map((one) => Object.entries(tcp.decode(one)));
        expect(whole).toEqual(byField);
      }),
      { numRuns: 300 },
    );
  });

  it('is the identity for what a decoder gave, at every length and in both byte orders', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.constantFrom(hostAbi, bigEndian), (bytes, abi) => {
        const info = tcp.decode(bytes, abi);
        expect(tcp.decode(tcp.encode(info, abi), abi)).toEqual(info);
      }),
      { numRuns: 300 },
    );
  });

  it('is the same after a way through text', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const info = tcp.decode(bytes);
        const text = tcp.format(info);
        expect(tcp.decode(tcp.encode(tcp.parse(text) as typeof info))).toEqual(info);
      }),
      { numRuns: 200 },
    );
  });

  it('reads bit fields in both byte orders', () => {
    const bytes = at(104, 6, 0x75, 1);
    expect(tcp.decode(bytes, { ...hostAbi, littleEndian: true })).toMatchObject({ snd_wscale: 5, rcv_wscale: 7 });
    expect(tcp.decode(bytes, bigEndian)).toMatchObject({ snd_wscale: 7, rcv_wscale: 5 });
    const flags = at(104, 7, 0b101, 1);
    expect(tcp.decode(flags)).toMatchObject({ delivery_rate_app_limited: true, fastopen_client_fail: 2 });
  });

  it('names options, and keeps the bits without a name', () => {
    const { options } = tcp.decode(at(104, 5, 0xff, 1));
    expect(options).toContain('TCPI_OPT_SACK');
    expect(options).toHaveLength(8);
  });

  it('tells the last four bytes of Linux 6.18 from those of 7.0', () => {
    const withEcn = (word: number): Uint8Array => {
      const bytes = at(280, 276, word);
      bytes[5] = 8;
      return bytes;
    };
    expect(tcp.decode(withEcn(0x1))).toMatchObject({
      ecn_mode: 1,
      accecn_fail_mode: [],
      accecn_opt_seen: 0,
      options2: 0,
    });
    expect(tcp.decode(withEcn(0x1_2_6))).toMatchObject({
      ecn_mode: 2,
      accecn_opt_seen: 1,
      accecn_fail_mode: ['TCP_ACCECN_ACE_FAIL_RECV'],
    });
    // 6.18 with ECN negotiated: the mode is not said, and must not read as "disabled".
    const early = tcp.decode(withEcn(0x20000));
    expect(early).not.toHaveProperty('ecn_mode');
    expect(early).toMatchObject({ accecn_opt_seen: 2, accecn_fail_mode: [] });
  });

  it('writes states by name and takes them so', () => {
    const info = tcp.decode(at(104, 0, TCP_ESTABLISHED, 1));
    expect(tcp.format(info)).toMatch(/^state=TCP_ESTABLISHED,ca_state=TCP_CA_Open,/);
  });

  it.each([
    ['a gap', { state: 1, retransmits: 0 }],
    ['an unknown field', { status: 1 }],
    ['a number that is too large', { state: 256 }],
    ['no object', 5],
  ])('refuses %s', (_what, value) => {
    expect(() => tcp.encode(value as never)).toThrow(SockctlError);
  });

  it.skipIf(!has('python3', '-V') || !has('ss', '-V'))('agrees with ss on a live connection', () => {
    const program = `
import socket, subprocess, time
l = socket.socket(); l.bind(('127.0.0.1', 0)); l.listen(1)
c = socket.create_connection(l.getsockname()); a, _ = l.accept()
for i in range(5):
    c.sendall(b'x' * 10000); a.recv(100000); a.sendall(b'y' * 777); c.recv(10000)
time.sleep(0.3)
print(a.getsockopt(6, 11, 1000).hex())
print(subprocess.run(['ss', '-tinemH', 'sport', '=', str(a.getsockname()[1])], capture_output=True, text=True).stdout)`;
    const [hex = '', ...said] = execFileSync('python3', ['-c', program], { encoding: 'utf8' }).split('\n');
    const info = tcp.decode(Buffer.from(hex, 'hex'));
    const ss = said.join(' ');
    const told = (name: string): number | undefined => {
      const found = new RegExp(`[ (]${name}[: ](\\d+)`).exec(ss)?.[1];
      return found === undefined ? undefined : Number(found);
    };
    const expected = {
      mss: info.snd_mss,
      pmtu: info.pmtu,
      rcvmss: info.rcv_mss,
      advmss: info.advmss,
      cwnd: info.snd_cwnd,
      bytes_sent: Number(info.bytes_sent),
      bytes_acked: Number(info.bytes_acked),
      bytes_received: Number(info.bytes_received),
      segs_out: info.segs_out,
      segs_in: info.segs_in,
      data_segs_out: info.data_segs_out,
      data_segs_in: info.data_segs_in,
      delivered: info.delivered,
      rcv_space: info.rcv_space,
      rcv_ssthresh: info.rcv_ssthresh,
      snd_wnd: info.snd_wnd,
      rto: info.rto / 1000,
      ato: info.ato / 1000,
      delivery_rate: Number(info.delivery_rate) * 8,
      pacing_rate: Number(info.pacing_rate) * 8,
    };
    const same = Object.entries(expected).filter(([name]) => told(name) !== undefined);
    expect(same.length).toBeGreaterThan(14);
    expect(Object.fromEntries(same)).toEqual(Object.fromEntries(same.map(([name]) => [name, told(name)])));
    expect(ss).toContain(`rtt:${info.rtt / 1000}/${info.rttvar / 1000}`);
    expect(ss).toContain(`wscale:${info.snd_wscale},${info.rcv_wscale}`);
    expect(ss).toContain(`minrtt:${(info.min_rtt as number) / 1000}`);
    expect(info).toMatchObject({
      state: TCP_ESTABLISHED,
      options: expect.arrayContaining(['TCPI_OPT_SACK', 'TCPI_OPT_WSCALE']),
    });
  });

  it.skipIf(!has('cc', '--version'))('has the offsets of the header', () => {
    // The fields that the installed header knows; bit fields have no offset in C.
    const bitFields = new Set(['snd_wscale', 'rcv_wscale', 'delivery_rate_app_limited', 'fastopen_client_fail']);
    const names = Object.keys(tcp.decode(new Uint8Array(232))).filter((name) => !bitFields.has(name));
    const folder = mkdtempSync(join(tmpdir(), 'tcp-info-'));
    try {
      const source = join(folder, 'offsets.c');
      const lines = names.map((name) => `printf("%zu\\n", offsetof(struct tcp_info, tcpi_${name}));`);
      writeFileSync(
        source,
        `#include <stdio.h>\n#include <stddef.h>\n#include <linux/tcp.h>\nint main(void) {\n${lines.join('\n')}\n}\n`,
      );
      execFileSync('cc', ['-o', join(folder, 'offsets'), source]);
      const offsets = execFileSync(join(folder, 'offsets'), { encoding: 'utf8' }).trim().split('\n').map(Number);
      const zero = tcp.decode(new Uint8Array(232));
      // A single one at the C offset of a field must change exactly that field.
      for (const [i, name] of names.entries()) {
        const bytes = at(232, offsets[i] as number, 1, 1);
        const changed = Object.entries(tcp.decode(bytes)).filter(
          ([key, value]) => `${value}` !== `${zero[key as keyof typeof zero]}`,
        );
        expect(changed.map(([key]) => key)).toEqual([name]);
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('struct mptcp_info', () => {
  it.each([
    [40, 'rcv_nxt'],
    [48, 'csum_enabled'],
    [80, 'bytes_acked'],
    [88, 'subflows_total'],
    [96, 'last_ack_recv'],
  ])('of %i bytes ends with %s: padding of older kernels is no field', (length, last) => {
    const info = mptcp.decode(new Uint8Array(length));
    expect(Object.keys(info).at(-1)).toBe(last);
    expect(mptcp.encode(info)).toHaveLength(length);
  });

  it('decodes 280 bytes in one piece to the same as field by field, in the same order', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 280, maxLength: 280 }), (bytes) => {
        // One byte more: then it goes field by field.
        const [whole, byField] = [bytes, new Uint8Array([...bytes, 0])].map((one) => Object.entries(tcp.decode(one)));
        expect(whole).toEqual(byField);
      }),
      { numRuns: 300 },
    );
  });

  it('is the identity for what a decoder gave', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 120 }), fc.constantFrom(hostAbi, bigEndian), (bytes, abi) => {
        const info = mptcp.decode(bytes, abi);
        expect(mptcp.decode(mptcp.encode(info, abi), abi)).toEqual(info);
        expect(mptcp.decode(mptcp.encode(mptcp.parse(mptcp.format(info)) as typeof info, abi), abi)).toEqual(info);
      }),
      { numRuns: 200 },
    );
  });
});
