// IPv4 header options: against C, as text and JSON, what is padded, and what the kernel makes of them.
import { describe, expect, it } from 'vitest';
import { IP_OPTIONS } from '../../src/catalog/ip.ts';
import { ipOptions } from '../../src/codec/ip-options.ts';
import { AF_INET, fresh, getsockopt, SOCK_STREAM, Socket, setsockopt } from '../../src/index.ts';
import { compareWithC } from './c-cases.ts';
import { darwin, x64 } from './every.ts';

const codec = ipOptions();
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const data = Uint8Array.of(0x12, 0x34);

compareWithC('IPv4 header options', ['netinet/in.h', 'linux/ip.h'], {
  'a recorded route': {
    type: 'unsigned char',
    bytes: '12',
    fill: `p[0] = IPOPT_RR; p[1] = 11; p[2] = 8; inet_pton(AF_INET, "192.0.2.1", p + 3);`,
    codec,
    value: [{ type: 7, pointer: 8, addresses: ['192.0.2.1', '0.0.0.0'] }],
  },
  'source routes and labels': {
    type: 'unsigned char',
    bytes: '28',
    fill: `p[0] = IPOPT_NOP; p[1] = IPOPT_LSRR; p[2] = 7; p[3] = IPOPT_MINOFF; inet_pton(AF_INET, "192.0.2.1", p + 4);
      p[8] = IPOPT_SSRR; p[9] = 3; p[10] = IPOPT_MINOFF; p[11] = IPOPT_SEC; p[12] = 4; p[13] = 0x12; p[14] = 0x34;
      p[15] = IPOPT_CIPSO; p[16] = 4; p[17] = 0x12; p[18] = 0x34; p[19] = IPOPT_SID; p[20] = 4; p[21] = 0x12; p[22] = 0x34;
      p[23] = IPOPT_RA; p[24] = 4; p[27] = IPOPT_END;`,
    codec,
    value: [
      { type: 1 },
      { type: 131, pointer: 4, addresses: ['192.0.2.1'] },
      { type: 137, pointer: 4, addresses: [] },
      { type: 130, data },
      { type: 134, data },
      { type: 136, data },
      { type: 148, data: new Uint8Array(2) },
    ],
  },
  'times alone': {
    type: 'unsigned char',
    bytes: '12',
    fill: `p[0] = IPOPT_TS; p[1] = 12; p[2] = 9; p[3] = IPOPT_TS_TSONLY | 2 << 4; p[6] = 1;`,
    codec,
    value: [{ type: 68, pointer: 9, overflow: 2, flag: 0, stamps: [{ time: 256 }, { time: 0 }] }],
  },
  'times of hosts': {
    type: 'unsigned char',
    bytes: '12',
    fill: `p[0] = IPOPT_TIMESTAMP; p[1] = 12; p[2] = 5; p[3] = IPOPT_TS_PRESPEC; inet_pton(AF_INET, "192.0.2.1", p + 4);`,
    codec,
    value: [{ type: 68, pointer: 5, overflow: 0, flag: 3, stamps: [{ address: '192.0.2.1', time: 0 }] }],
  },
});

describe('a set', () => {
  it('starts with the first free place, and writes lengths and padding', () => {
    expect(hex(codec.encode([{ type: 'IPOPT_RR', addresses: ['0.0.0.0'] }]))).toBe('0707040000000000');
    expect(hex(codec.encode([{ type: 'IPOPT_TS', flag: 'IPOPT_TS_TSANDADDR', stamps: [{}] }]))).toBe(
      '440c05010000000000000000',
    );
    expect(hex(codec.encode([{ type: 94, data: Uint8Array.of(1) }, { type: 'IPOPT_NOP' }]))).toBe('5e030101');
    expect(codec.encode([])).toEqual(new Uint8Array());
  });

  it('takes fields that are undefined as left out', () => {
    const none = undefined as never;
    expect(hex(codec.encode([{ type: 7, addresses: [], data: none }]))).toBe('07030400');
    expect(hex(codec.encode([{ type: 148, data, addresses: none, stamps: none }]))).toBe('94041234');
    expect(hex(codec.encode([{ type: 68, stamps: [], overflow: none, flag: none }]))).toBe('44040500');
  });

  it.each([
    ['type=rr,addresses={192.0.2.1,192.0.2.2}', '070b04c0000201c000020200'],
    ['type=ra,data=0000', '94040000'],
    ['type=ts,flag=tsonly,stamps={{time=0}}', '4408050000000000'],
  ])('%s', (text, bytes) => {
    expect(hex(codec.encode(codec.parse(`{${text}}`) as never))).toBe(bytes);
  });

  it('takes JSON, hex digits and bytes', () => {
    const option = IP_OPTIONS.input;
    const json = '[{"type":"IPOPT_RR","pointer":4,"addresses":["0.0.0.0"]},{"type":148,"data":"0000"}]';
    expect(hex(option.encode(option.parse(json) as never))).toBe('0707040000000094040000'.padEnd(24, '0'));
    expect(option.encode(option.parse('01 01 01 00') as never)).toEqual(Uint8Array.of(1, 1, 1, 0));
    expect(option.encode(Uint8Array.of(7, 9, 4))).toEqual(Uint8Array.of(7, 9, 4));
    expect(option.encode(option.parse('') as never)).toEqual(new Uint8Array());
  });

  it.each([
    [[{ type: 'IPOPT_RR', stamps: [] }], /not stamps/],
    [[{ type: 'IPOPT_RA', addresses: [] }], /not addresses/],
    [[{ type: 'IPOPT_NOP', data }], /not data, got .*"data":"Uint8Array\(2 bytes\)"/],
    [[{ type: 'IPOPT_XX' }], /one of IPOPT_EOL/],
    [[{ type: 'IPOPT_RR', addresses: ['::1'] }], /element 0/],
    [[{ type: 'IPOPT_TS', flag: 16, stamps: [] }], /4 bits.*field flag/],
    [[{ type: 'IPOPT_TS', flag: 256, stamps: [] }], /4 bits/],
    [[{ type: 'IPOPT_TS', flag: -1, stamps: [] }], /4 bits/],
    [[{ type: 'IPOPT_TS', overflow: 16, stamps: [] }], /0 to 15.*field overflow/],
    [[{ type: 'IPOPT_TS', state: 3, stamps: [] }], /not state/],
    [[{ data }], /one of IPOPT_EOL.*field type/],
    [[{ type: 'IPOPT_RR', addresses: new Array(10).fill('0.0.0.0') }], /at most 40/],
    [new Array(41).fill({ type: 1 }), /at most 40/],
    [[null], /fields type/],
    [{}, /a list/],
  ])('refuses it (%#): $1', (value, message) => {
    expect(() => codec.encode(value as never)).toThrow(message);
  });
});

describe('a read', () => {
  it.each([
    ['01010100', [{ type: 1 }, { type: 1 }, { type: 1 }]],
    ['00000000', [{ type: 0 }]],
    ['', []],
    // A length that fits no route: the bytes are kept.
    ['0706040000000000', [{ type: 7, data: Uint8Array.of(4, 0, 0, 0) }]],
    ['0730', []],
    ['0701', []],
  ])('of %s', (bytes, value) => {
    expect(codec.decode(Buffer.from(bytes, 'hex'), x64)).toEqual(value);
  });

  it('has the first host of a source route in its place, which the BSDs keep apart', () => {
    const route = (first: string): Buffer => Buffer.from(`${first}830704c000020200`, 'hex');
    expect(codec.decode(route('c0000201'), darwin)).toEqual([
      { type: 131, pointer: 4, addresses: ['192.0.2.1', '192.0.2.2'] },
    ]);
    expect(codec.decode(Buffer.from('0000000094040000', 'hex'), darwin)).toEqual([
      { type: 148, data: new Uint8Array(2) },
    ]);
  });
});

describe('the kernel', () => {
  it('takes options and gives them back', () => {
    using socket = fresh('udp');
    const value = [
      { type: 131, pointer: 4, addresses: ['127.0.0.1', '127.0.0.2'] },
      { type: 68, pointer: 5, overflow: 0, flag: 3, stamps: [{ address: '127.0.0.1', time: 0 }] },
      { type: 148, data: new Uint8Array(2) },
    ];
    setsockopt(socket, IP_OPTIONS, value as never);
    expect(getsockopt(socket, IP_OPTIONS)).toEqual(value);
    expect(() => setsockopt(socket, IP_OPTIONS, [{ type: 'IPOPT_RR', pointer: 3, addresses: [] }])).toThrow(/EINVAL/);
    expect(() => setsockopt(socket, IP_OPTIONS, Uint8Array.of(7, 9, 4))).toThrow(/EINVAL/);
    setsockopt(socket, IP_OPTIONS, Uint8Array.of(1, 1));
    expect(getsockopt(socket, IP_OPTIONS)).toEqual([{ type: 1 }, { type: 1 }]);
    setsockopt(socket, IP_OPTIONS, []);
    expect(getsockopt(socket, IP_OPTIONS)).toEqual([]);
  });

  it('writes the route of a connection', () => {
    using server = new Socket(AF_INET, SOCK_STREAM);
    server.bind(['127.0.0.1', 0]);
    server.listen();
    using client = new Socket(AF_INET, SOCK_STREAM);
    client.setsockopt(IP_OPTIONS, [{ type: 'IPOPT_RR', addresses: ['0.0.0.0', '0.0.0.0'] }]);
    client.connect(server.getsockname());
    const [accepted] = server.accept() ?? [];
    const [route] = accepted?.getsockopt(IP_OPTIONS) ?? [];
    accepted?.close();
    expect(route).toEqual({ type: 7, pointer: 12, addresses: ['127.0.0.1', '127.0.0.1'] });
  });
});
