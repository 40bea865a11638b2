// How values are written as text, and which texts are refused.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as codecs from '../../src/codec/index.ts';
import { setInterfaceResolver } from '../../src/codec/interface.ts';
import { darwin, windows, x64 } from './every.ts';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

describe('timeval', () => {
  const codec = codecs.timeval();

  it.each([
    ['5.5s', 5500, '5500ms'],
    ['5500ms', 5500, '5500ms'],
    ['5500', 5500, '5500ms'],
    [' 250us ', 0.25, '0.25ms'],
    ['1us', 0.001, '0.001ms'],
    ['never', 0, 'never'],
    ['0', 0, 'never'],
    ['1.0001', 1, '1ms'],
  ])('%s', (text, value, printed) => {
    const bytes = codec.encode(codec.parse(text) as number, x64);
    expect(codec.decode(bytes, x64)).toBe(value);
    expect(codec.format(value)).toBe(printed);
  });

  it('never makes "never" of a short time', () => {
    expect(codec.decode(codec.encode(0.0001, x64), x64)).toBe(0.001);
    expect(codec.encode('never', x64)).toEqual(new Uint8Array(16));
    expect(codec.decode(codec.encode(0.5, windows), windows)).toBe(1);
  });

  it.each(['', '5 m', '-1', '1e9', 'soon', '5.5.5s', '99999999999999999s'])('refuses %j', (text) => {
    expect(() => codec.parse(text)).toThrow(/5\.5s/);
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, -1, 1e300])('refuses %d', (value) => {
    expect(() => codec.encode(value, x64)).toThrow(/a time such as/);
  });

  it('has 32-bit microseconds on darwin', () => {
    const bytes = codec.encode(5500, darwin);
    bytes.fill(0xff, 12);
    expect(codec.decode(bytes, darwin)).toBe(5500);
  });
});

describe('linger', () => {
  const codec = codecs.linger();

  it.each([
    ['off', { on: false, seconds: 0 }],
    ['5s', { on: true, seconds: 5 }],
    ['0s', { on: true, seconds: 0 }],
    ['off,9s', { on: false, seconds: 9 }],
  ])('%s', (text, value) => {
    expect(codec.parse(text)).toEqual(value);
    expect(codec.format(value)).toBe(text);
  });

  it('takes a bare number, and "off" without seconds', () => {
    expect(codec.parse('5')).toEqual({ on: true, seconds: 5 });
    expect(codec.encode({ on: false }, x64)).toEqual(new Uint8Array(8));
  });

  it('wants whole seconds, and says for how long', () => {
    expect(() => codec.encode({ on: true } as never, x64)).toThrow(/whole seconds/);
    expect(() => codec.encode({ on: true, seconds: 0.5 }, x64)).toThrow(/whole seconds/);
    expect(() => codec.encode({ on: true, seconds: 70000 }, windows)).toThrow(/from 0 to 65535/);
    expect(() => codec.parse('on')).toThrow(/whole seconds/);
    expect(() => codec.parse('')).toThrow(/whole seconds/);
  });
});

describe('text', () => {
  const codec = codecs.text({ size: 16 });

  it('ends at the first NUL', () => {
    expect(codec.decode(Buffer.from('cubic\0rest'))).toBe('cubic');
    expect(codec.decode(new Uint8Array(0))).toBe('');
    expect(codec.decode(Buffer.from('sixteen bytes it'))).toBe('sixteen bytes it');
  });

  it('keeps bytes that are no UTF-8', () => {
    const bytes = new Uint8Array(16);
    bytes.set([0x61, 0xff, 0xc3, 0xa9, 0x1b, 0x5c]);
    const value = codec.decode(bytes);
    expect(value).toBe('a\udcffé\x1b\\');
    expect(codec.format(value)).toBe('a\\xffé\\x1b\\\\');
    expect(codec.encode(value)).toEqual(bytes);
    expect(codec.encode(codec.parse('a\\xffé\\x1b\\\\') as string)).toEqual(bytes);
  });

  it('keeps bytes that are no UTF-8 beside an escaped one', () => {
    expect(codec.parse('\udcff\\x41')).toBe('\udcffA');
  });

  it.each(['a\0b', 'x'.repeat(16), 'é'.repeat(8), '\ud800'])('refuses %j', (value) => {
    expect(() => codec.encode(value)).toThrow(/a text of at most 15 bytes/);
    expect(() => codec.parse(value)).toThrow(/a text of at most 15 bytes/);
  });

  it('refuses a NUL that is escaped', () => {
    expect(() => codec.parse('a\\x00')).toThrow(/without NUL/);
  });
});

describe('interfaces', () => {
  const names = new Map([
    ['lo', 1],
    ['eth0', 2],
    ['7', 3],
    ['a b\x1b', 4],
  ]);
  beforeAll(() => {
    setInterfaceResolver({
      index: (name) => names.get(name) ?? 0,
      name: (index) => [...names].find(([, at]) => at === index)?.[0],
    });
  });
  afterAll(() => setInterfaceResolver(undefined));
  const codec = codecs.interfaceIndex();

  it('are set by index or name, and read as a number', () => {
    expect(hex(codec.encode('eth0', x64))).toBe('02000000');
    expect(hex(codecs.interfaceIndex({ bigEndian: true }).encode('eth0', x64))).toBe('00000002');
    expect(codec.decode(codec.encode(2))).toBe(2);
    expect(codec.parse('lo')).toBe(1);
    expect(codec.parse('0x2')).toBe(2);
    expect(codec.parse('7')).toBe(3);
  });

  it('print by name where that is safe to parse again', () => {
    expect([0, 1, 2, 3, 4, 99, -1].map(codec.format)).toEqual(['0', 'lo', 'eth0', '3', '4', '99', '-1']);
  });

  it('are refused where there is none of the name', () => {
    expect(() => codec.encode('eth9')).toThrow(/this system has none of that name, got "eth9"/);
    expect(() => codec.encode('lo\0x')).toThrow(/none of that name/);
    expect(() => codec.encode(1.5)).toThrow(/index or name/);
    expect(() => codec.encode(2 ** 32)).toThrow(/index or name/);
    expect(() => codec.parse('')).toThrow(/none of that name/);
    expect(() => codecs.interfaceName().encode('x'.repeat(16))).toThrow(/an interface's name .* of at most 15 bytes/);
  });

  it('stand for themselves in multicast', () => {
    expect(hex(codecs.multicastIf().encode('eth0', x64))).toBe('000000000000000002000000');
    expect(hex(codecs.multicastIf().encode(2, x64))).toBe('000000000000000002000000');
    expect(hex(codecs.multicastIf().encode('127.0.0.1', x64))).toBe('7f000001');
    expect(() => codecs.multicastIf().encode('nowhere', x64)).toThrow(/the address, the index or the name/);
    expect(codecs.groupReq().parse('interface=eth0,group=239.1.2.3')).toMatchObject({ interface: 2 });
  });
});

describe('the small ones', () => {
  it('BPF is as tcpdump -ddd has it', () => {
    const codec = codecs.sockFprog();
    const line = '4,48 0 0 9,21 0 1 6,6 0 0 1,6 0 0 0';
    const program = codec.parse(line) as codecs.Instruction[];
    expect(program[1]).toEqual({ code: 21, jt: 0, jf: 1, k: 6 });
    expect(codec.format(program)).toBe(line);
    expect(codec.parse(`${line.replaceAll(',', '\n')}\n`)).toEqual(program);
    expect(codec.indirect).toBe(8);
    for (const wrong of ['', '0', '2,6 0 0 0', '1,6 0 0', '1,6 0 0 0 0', '1,6 256 0 0', '1,x 0 0 0']) {
      expect(() => codec.parse(wrong)).toThrow(/instructions/);
    }
    expect(() => codec.encode([])).toThrow(/1 to 4096/);
  });

  it('timestamping flags go by name, by number, or with a clock', () => {
    const codec = codecs.soTimestamping();
    expect(hex(codec.encode(0x50, x64))).toBe('5000000000000000');
    expect(hex(codec.encode(['SOF_TIMESTAMPING_SOFTWARE', 'SOF_TIMESTAMPING_RAW_HARDWARE'], x64))).toBe(
      '5000000000000000',
    );
    expect(hex(codec.encode({ flags: 0x8000, bind_phc: 3 }, x64))).toBe('0080000003000000');
    expect(codec.decode(Uint8Array.of(16, 0, 0, 0), x64)).toEqual({ flags: ['SOF_TIMESTAMPING_SOFTWARE'] });
    expect(codec.decode(new Uint8Array(8), x64)).toEqual({ flags: [], bind_phc: 0 });
    expect(codec.format({ flags: ['SOF_TIMESTAMPING_SOFTWARE'], bind_phc: 0 })).toBe('SOF_TIMESTAMPING_SOFTWARE');
    expect(codec.parse('software|tx_sched')).toEqual(['SOF_TIMESTAMPING_SOFTWARE', 'SOF_TIMESTAMPING_TX_SCHED']);
    expect(codec.decode(codec.encode(0x40000000, x64), x64).flags).toEqual(['0x40000000']);
  });

  it('bytes are hex', () => {
    expect(codecs.bytes().parse('0x0a:0B 0c')).toEqual(Uint8Array.of(10, 11, 12));
    const shared = Uint8Array.of(1, 2);
    const own = codecs.bytes().decode(shared);
    shared.fill(0);
    expect(own).toEqual(Uint8Array.of(1, 2));
    expect(codecs.bytes().format(Uint8Array.of(10, 11))).toBe('0a0b');
    expect(() => codecs.bytes().parse('abc')).toThrow(/hex/);
    expect(() => codecs.bytes({ max: 2 }).encode(new Uint8Array(3))).toThrow(/at most 2 bytes/);
  });

  it('nothing takes nothing, and passes an int', () => {
    expect(codecs.nothing().encode(null)).toEqual(new Uint8Array(4));
    expect(() => codecs.nothing().encode(0 as never)).toThrow(/no value/);
  });

  it('a list leaves out an element that came back in part', () => {
    expect(codecs.list(codecs.u32()).decode(Uint8Array.of(1, 0, 0, 0, 2, 0), x64)).toEqual([1]);
    expect(() => codecs.list(codecs.u32(), { count: 2 }).encode([1])).toThrow(/a list of 2/);
    expect(() => codecs.list(codecs.u32()).parse('1,x')).toThrow(/in element 1/);
  });

  it('a source filter has as many senders as the kernel says, not as there is room', () => {
    const filter = codecs.ipMsfilter();
    const bytes = new Uint8Array(filter.size(x64));
    bytes.set(filter.encode({ group: '239.1.1.1', mode: 'include', sources: ['10.0.0.1'] }, x64));
    expect(filter.decode(bytes, x64).sources).toEqual(['10.0.0.1']);
  });

  it('a filter query makes the room that it promises', () => {
    const query = codecs.ipMsfilterQuery().encode({ group: '239.1.1.1', interface: '127.0.0.1', room: 2 }, x64);
    expect(hex(query)).toBe('ef0101017f00000101000000020000000000000000000000');
    expect(codecs.groupFilterQuery().encode({ group: '239.1.1.1' }, x64).byteLength).toBe(144 + 64 * 128);
    expect(() => codecs.ipMsfilterQuery().encode({ group: '239.1.1.1', room: 1e9 })).toThrow(/an integer from 0/);
    const more = Uint8Array.from(query, (byte, at) => (at === 12 ? 9 : byte));
    expect(codecs.ipMsfilter().decode(more, x64).sources).toEqual(['0.0.0.0', '0.0.0.0']);
  });
});
