// Bytes and texts against an independent eye: python3's struct, socket and ipaddress modules, where python3 is there.
import { execFileSync, spawnSync } from 'node:child_process';
import { endianness } from 'node:os';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as codecs from '../../src/codec/index.ts';
import { calcsize, type Packable, pack, unpack } from '../../src/codec/pack.ts';
import { AF_INET6 } from '../../src/constants/families.ts';

const hasPython = spawnSync('python3', ['-c', '']).status === 0;
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** Runs one script over a list: it reads JSON from stdin and prints JSON. */
function python<T>(script: string, input: unknown): T {
  return JSON.parse(
    execFileSync('python3', ['-c', `import json, sys, struct, socket\ngiven = json.load(sys.stdin)\n${script}`], {
      input: JSON.stringify(input),
    }).toString(),
  ) as T;
}

const orders = ['', '@', '=', '<', '>', '!'];
const codes = fc.constantFrom(...'xcbB?hHiIlLqQfdsp');
const items = fc.array(
  fc
    .tuple(fc.constantFrom('', '', '', '0', '1', '2', '3', '7'), codes, fc.constantFrom('', ' '))
    .map((parts) => parts.join(''))
    // python3 fails on it with an error of its own.
    .filter((item) => item.trim() !== '0p'),
  { maxLength: 8 },
);
const formats = fc.tuple(fc.constantFrom(...orders), items).map(([order, all]) => order + all.join(''));

describe.runIf(hasPython && endianness() === 'LE')('pack, unpack and calcsize', () => {
  it('agree with python3 on sizes and values of any bytes', () => {
    const chosen = fc.sample(fc.tuple(formats, fc.infiniteStream(fc.integer({ min: 0, max: 255 }))), 600);
    const cases = chosen.map(([format, stream]) => ({
      format,
      bytes: hex(Uint8Array.from({ length: calcsize(format) }, () => stream.next().value as number)),
    }));
    const answers = python<[number, (string | boolean)[], string][]>(
      `
def show(v):
    if isinstance(v, bool): return v
    if isinstance(v, bytes): return v.hex()
    if isinstance(v, float): return struct.pack('>d', v).hex() if v == v else 'nan'
    return str(v)
def run(case):
    raw = bytes.fromhex(case['bytes'])
    values = struct.unpack(case['format'], raw)
    return [struct.calcsize(case['format']), [show(v) for v in values], struct.pack(case['format'], *values).hex()]
print(json.dumps([run(case) for case in given]))`,
      cases,
    );
    for (const [at, { format, bytes }] of cases.entries()) {
      const [size, values, packed] = answers[at] as (typeof answers)[number];
      expect([format, calcsize(format)]).toEqual([format, size]);
      const mine = unpack(format, Buffer.from(bytes, 'hex'));
      const floats = [...format.matchAll(/(\d*)([a-zA-Z?])/g)].flatMap(([, count, code]) =>
        'xsp'.includes(code as string)
          ? code === 'x'
            ? []
            : [code]
          : new Array(count === '' ? 1 : Number(count)).fill(code),
      );
      const shown = mine.map((value, index) => {
        if (typeof value === 'boolean') return value;
        if (value instanceof Uint8Array) return hex(value);
        if (!'fd'.includes(floats[index])) return String(value);
        return Number.isNaN(value) ? 'nan' : hex(pack('>d', value));
      });
      expect([format, shown]).toEqual([format, values]);
      if (!values.includes('nan')) expect([format, hex(pack(format, ...mine))]).toEqual([format, packed]);
    }
  });

  it('agree on native sizes', () => {
    const all = ['n', 'N', 'P', 'bn', 'bP0l', 'llh0l', 'bq', '3bl', '0q', 'h0q', '@lb0l', '5s2i', ' i  i '];
    expect(all.map(calcsize)).toEqual(python('print(json.dumps([struct.calcsize(f) for f in given]))', all));
  });

  it('refuse what python3 refuses', () => {
    const wrong: [string, unknown[]][] = [
      ['b', [128]],
      ['B', [-1]],
      ['H', [65536]],
      ['i', [2 ** 31]],
      ['I', [-1]],
      ['<l', [2 ** 31]],
      ['ll', [5]],
      ['l', [5, 6]],
      ['i', [1.5]],
      ['i', ['1']],
      ['<f', [1e300]],
      ['d', ['x']],
      ['z', [1]],
      ['<n', [1]],
      ['=P', [1]],
      ['3', []],
      ['3 i', [1, 2, 3]],
      ['<@i', [1]],
      ['-i', [1]],
    ];
    const refused = python<boolean[]>(
      `
def run(format, values):
    try: struct.pack(format, *values); return False
    except (struct.error, OverflowError): return True
print(json.dumps([run(f, v) for f, v in given]))`,
      wrong,
    );
    expect(refused).toEqual(wrong.map(() => true));
    for (const [format, values] of wrong) {
      expect(() => pack(format, ...(values as Packable[])), format).toThrow(
        expect.objectContaining({ code: 'ERR_INVALID_VALUE' }),
      );
    }
    expect(() => unpack('i', new Uint8Array(5))).toThrow(/4 bytes for the format "i"/);
  });
});

describe('pack', () => {
  it('is the timeval and the linger of the reference programs', () => {
    expect(hex(pack('<ll', 5, 500000))).toBe('0500000020a10700');
    expect(pack('ll', 5, 500000)).toEqual(codecs.timeval().encode(5500));
    expect(pack('ii', 1, 5)).toEqual(codecs.linger().encode({ on: true, seconds: 5 }));
    expect(unpack('ll', codecs.timeval().encode(5500))).toEqual([5, 500000]);
  });

  it('gives a bigint only where a number is not exact', () => {
    expect(unpack('<qQQ', pack('<qQQ', -1, 2n ** 53n - 1n, 2n ** 64n - 1n))).toEqual([-1, 2 ** 53 - 1, 2n ** 64n - 1n]);
  });

  it('takes strings for bytes, and keeps its head on huge counts', () => {
    expect(hex(pack('4s3pc', 'hé', 'abc', 'x'))).toBe('68c3a900' + '026162' + '78');
    expect(() => calcsize('99999999999x')).toThrow(/at most/);
    expect(() => calcsize(5 as never)).toThrow(/a format/);
    expect(() => unpack('i', [0, 0, 0, 0] as never)).toThrow(/4 bytes/);
  });
});

describe.runIf(hasPython && process.platform === 'linux' && endianness() === 'LE')('known bytes', () => {
  it('structs are what struct.pack makes of them', () => {
    const made = [
      codecs.timeval().encode(1234.567),
      codecs.linger().encode({ on: true, seconds: 3 }),
      codecs.ucred().encode({ pid: 1, uid: 2, gid: 4294967295 }),
      codecs.ipMreqn().encode({ multiaddr: '239.1.2.3', address: '10.0.0.1', ifindex: 7 }),
      codecs.ipv6Mreq().encode({ multiaddr: 'ff02::1', interface: 9 }),
      codecs.groupReq().encode({ interface: 2, group: '239.1.2.3' }),
      codecs.groupSourceReq().encode({ interface: 2, group: 'ff02::1', source: 'fe80::1%5' }),
      codecs.ipMsfilter().encode({ group: '239.1.2.3', mode: 'include', sources: ['10.0.0.1', '10.0.0.2'] }),
      codecs.sockTxtime().encode({ clockid: 'CLOCK_TAI', flags: ['SOF_TXTIME_REPORT_ERRORS'] }),
      codecs.sockFprog().encode([{ code: 6, jt: 1, jf: 2, k: 0xffffffff }]),
      codecs
        .sockaddr()
        .encode({ family: 'packet', protocol: 0x806, ifindex: 1, hatype: 772, pkttype: 1, address: '0102' }),
    ].map(hex);
    const expected = python<string[]>(
      `
a4, a6 = socket.inet_aton, lambda t: socket.inet_pton(socket.AF_INET6, t)
s4 = lambda t: struct.pack('=H2x4s120x', 2, a4(t))
s6 = lambda t, scope=0: struct.pack('=H6x16sI100x', 10, a6(t), scope)
print(json.dumps([b.hex() for b in [
  struct.pack('ll', 1, 234567), struct.pack('ii', 1, 3), struct.pack('iII', 1, 2, 4294967295),
  struct.pack('4s4si', a4('239.1.2.3'), a4('10.0.0.1'), 7), struct.pack('16si', a6('ff02::1'), 9),
  struct.pack('I%dx' % (struct.calcsize('P') - 4), 2) + s4('239.1.2.3'),
  struct.pack('I%dx' % (struct.calcsize('P') - 4), 2) + s6('ff02::1') + s6('fe80::1', 5),
  struct.pack('4s4sII4s4s', a4('239.1.2.3'), a4('0.0.0.0'), 1, 2, a4('10.0.0.1'), a4('10.0.0.2')),
  struct.pack('iI', 11, 2), struct.pack('HBBI', 6, 1, 2, 0xffffffff),
  struct.pack('=H', 17) + struct.pack('>H', 0x806) + struct.pack('=iHBB8s', 1, 772, 1, 2, bytes([1, 2])),
]]))`,
      null,
    );
    expect(made).toEqual(expected);
  });

  it('IPv6 addresses read and print as in the C library', () => {
    const group = fc.constantFrom('0', '0', '0', '1', 'ffff', '00ff', 'AbC');
    const texts = fc.sample(
      fc.oneof(
        fc.array(group, { minLength: 8, maxLength: 8 }).map((parts) => parts.join(':')),
        fc
          .tuple(fc.array(group, { maxLength: 5 }), fc.array(group, { maxLength: 5 }))
          .map(([a, b]) => `${a.join(':')}::${b.join(':')}`),
        fc.array(group, { maxLength: 7 }).map((parts) => [...parts, '1.2.3.4'].join(':')),
        fc.string({ unit: fc.constantFrom(...'0123456789af:.'), maxLength: 20 }),
        fc.constantFrom(
          '::',
          '::1',
          '1::',
          ':::',
          '::ffff:1.2.3.4',
          '1.2.3.4::',
          '::1.2.3',
          '::01.2.3.4',
          '::1%1',
          ' ::1',
          '12345::',
        ),
      ),
      1500,
    );
    const expected = python<([string, string] | null)[]>(
      `
import ipaddress
def run(text):
    try: raw = socket.inet_pton(socket.AF_INET6, text)
    except (OSError, ValueError): return None
    mapped = ipaddress.IPv6Address(raw).ipv4_mapped
    return [raw.hex(), '::ffff:' + str(mapped) if mapped else str(ipaddress.IPv6Address(raw))]
print(json.dumps([run(t) for t in given]))`,
      texts,
    );
    for (const [at, text] of texts.entries()) {
      const bytes = codecs.parseIpv6(text);
      const mine = bytes ? [hex(bytes), codecs.formatIpv6(bytes)] : null;
      expect([text, mine]).toEqual([text, expected[at]]);
    }
  });

  it('IPv4 addresses are the strict ones', () => {
    const texts = fc.sample(
      fc.oneof(
        fc.tuple(...new Array(4).fill(fc.integer({ min: 0, max: 300 }))).map((parts) => parts.join('.')),
        fc.string({ unit: fc.constantFrom(...'0129.'), maxLength: 12 }),
        fc.constantFrom(
          '1.2.3.4',
          '01.2.3.4',
          '1.2.3',
          '1.2.3.4.',
          '',
          '0.0.0.0',
          '255.255.255.255',
          '1..2.3',
          '1.2.3.4 ',
        ),
      ),
      800,
    );
    const expected = python<boolean[]>(
      `
def ok(text):
    try: socket.inet_pton(socket.AF_INET, text); return True
    except (OSError, ValueError): return False
print(json.dumps([ok(t) for t in given]))`,
      texts,
    );
    expect(texts.map((text) => codecs.parseIpv4(text) !== undefined)).toEqual(expected);
  });

  it('knows the family of IPv6 here', () => {
    expect(python<number>('print(int(socket.AF_INET6))', null)).toBe(AF_INET6);
  });
});
