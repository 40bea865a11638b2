// Socket addresses: texts, layouts of each system, forms of IPv6, and refusals.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SocketAddressInput } from '../../src/codec/index.ts';
import * as codecs from '../../src/codec/index.ts';
import { darwin, freebsd, s390x, socketAddresses, windows, x64 } from './every.ts';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const codec = codecs.sockaddr();

describe('sockaddr as text', () => {
  it.each<[string, SocketAddressInput]>([
    ['127.0.0.1:80', { family: 'inet', address: '127.0.0.1', port: 80 }],
    ['[::1]:80', { family: 'inet6', address: '::1', port: 80 }],
    ['[fe80::1%2]:80', { family: 'inet6', address: 'fe80::1', port: 80, scopeId: 2 }],
    ['[::1]:80,flowinfo=0x12345', { family: 'inet6', address: '::1', port: 80, flowinfo: 0x12345 }],
    ['unix:/run/x.sock', { family: 'unix', path: '/run/x.sock' }],
    ['unix:@bus', { family: 'unix', path: '\0bus' }],
    ['unix:@', { family: 'unix', path: '\0' }],
    ['unix:\\x40home', { family: 'unix', path: '@home' }],
    ['unix:@a\\x00b', { family: 'unix', path: '\0a\0b' }],
    ['unix: a b ', { family: 'unix', path: ' a b ' }],
    ['unix:', { family: 'unix', path: '' }],
    ['netlink:5,0x11', { family: 'netlink', pid: 5, groups: 17 }],
    [
      'packet:0x0800,2,1,4,02:00:00:00:00:01',
      { family: 'packet', protocol: 0x800, ifindex: 2, hatype: 1, pkttype: 4, address: '02:00:00:00:00:01' },
    ],
    ['packet:0x0003,2,0,0', { family: 'packet', protocol: 3, ifindex: 2, hatype: 0, pkttype: 0, address: '' }],
    ['vsock:2:1024', { family: 'vsock', cid: 2, port: 1024 }],
    ['family:38,0a0b', { family: 38, data: Uint8Array.of(10, 11) }],
  ])('%s', (text, value) => {
    expect(codec.parse(text)).toEqual(value);
    expect(codec.format(value as never)).toBe(text);
    expect(codec.decode(codec.encode(value, x64), x64)).toEqual(value);
  });

  it('takes the JSON of a family that it does not know', () => {
    const bytes = codec.encode(codec.parse('{"family":50,"data":"0a0b"}') as SocketAddressInput, x64);
    expect(codec.decode(bytes, x64)).toEqual({ family: 50, data: Uint8Array.of(10, 11) });
  });

  it('takes shorter forms', () => {
    expect(codec.parse('10.0.0.1')).toEqual({ family: 'inet', address: '10.0.0.1', port: 0 });
    expect(codec.parse('fe80::1%3')).toEqual({ family: 'inet6', address: 'fe80::1', port: 0, scopeId: 3 });
    expect(codec.parse('abcd::1')).toEqual({ family: 'inet6', address: 'abcd::1', port: 0 });
    expect(codec.parse('netlink:7')).toEqual({ family: 'netlink', pid: 7, groups: 0 });
    expect(codec.parse('packet:0x800')).toMatchObject({ protocol: 0x800, ifindex: 0 });
  });

  it.each([
    '',
    'localhost:80',
    '127.0.0.1:65536',
    '127.0.0.1:',
    '127.1:80',
    '::1:80:',
    '[::1]',
    '[::1]:x',
    '[::1:80',
    'vsock:2',
    'netlink:1,2,3',
    'packet:1,2,3,4,5',
    'family:1,2,3',
    'inet:1',
  ])('refuses %j', (text) => {
    const parse = (): unknown => codec.encode(codec.parse(text) as SocketAddressInput, x64);
    if (text === '[::1]') expect(parse()).toBeDefined();
    else expect(parse).toThrow(/a socket address/);
  });
});

describe('sockaddr as bytes', () => {
  it('has the layout of each system', () => {
    const four = { family: 'inet', address: '127.0.0.1', port: 80 } as const;
    const six = { family: 'inet6', address: '::1', port: 80, scopeId: 2 } as const;
    const zeros = '0000000000000000';
    expect(hex(codec.encode(four, x64))).toBe(`020000507f000001${zeros}`);
    expect(hex(codec.encode(four, s390x))).toBe(`000200507f000001${zeros}`);
    expect(hex(codec.encode(four, darwin))).toBe(`100200507f000001${zeros}`);
    expect(hex(codec.encode(four, windows))).toBe(`020000507f000001${zeros}`);
    const address = '00000000000000000000000000000001';
    expect(hex(codec.encode(six, x64))).toBe(`0a00005000000000${address}02000000`);
    expect(hex(codec.encode(six, s390x))).toBe(`000a005000000000${address}00000002`);
    expect(hex(codec.encode(six, darwin))).toBe(`1c1e005000000000${address}02000000`);
    expect(hex(codec.encode(six, freebsd))).toBe(`1c1c005000000000${address}02000000`);
    expect(hex(codec.encode(six, windows))).toBe(`1700005000000000${address}02000000`);
    expect(hex(codec.encode({ family: 'unix', path: '/a' }, x64))).toBe('01002f6100');
    expect(hex(codec.encode({ family: 'unix', path: '/a' }, freebsd))).toBe('05012f6100');
    expect(hex(codec.encode({ family: 'unix', path: '\0a' }, x64))).toBe('01000061');
    expect(hex(codec.encode({ family: 'unix', path: '' }, x64))).toBe('0100');
  });

  it('round-trips on other systems what they have', () => {
    const portable = socketAddresses.filter(
      (value) =>
        value.family === 'inet' ||
        value.family === 'inet6' ||
        (value.family === 'unix' && /^[^\0]{0,25}$/u.test(value.path)),
    );
    fc.assert(
      fc.property(portable, fc.constantFrom(darwin, freebsd, windows), (value, abi) => {
        expect(codec.decode(codec.encode(value, abi), abi)).toEqual(value);
      }),
    );
  });

  it('keeps what it does not know, and what came back cut', () => {
    expect(codec.decode(Uint8Array.of(38, 0, 1, 2), x64)).toEqual({ family: 38, data: Uint8Array.of(1, 2) });
    expect(codec.decode(Uint8Array.of(2, 0, 0, 80), x64)).toEqual({ family: 2, data: Uint8Array.of(0, 80) });
    expect(codec.decode(new Uint8Array(0), x64)).toEqual({ family: 0, data: new Uint8Array(0) });
    expect(codec.decode(Uint8Array.of(16, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0), darwin)).toMatchObject({ family: 0 });
  });

  it('reads unix paths with and without their NUL', () => {
    const full = Uint8Array.from([1, 0, ...new Array<number>(108).fill(0x61)]);
    expect(codec.decode(full, x64)).toEqual({ family: 'unix', path: 'a'.repeat(108) });
    expect(codec.encode({ family: 'unix', path: 'a'.repeat(108) }, x64)).toEqual(full);
    expect(codec.decode(Uint8Array.of(1, 0), x64)).toEqual({ family: 'unix', path: '' });
    expect(codecs.sockaddrStorage().decode(codecs.sockaddrStorage().encode({ family: 'unix', path: '' }))).toEqual({
      family: 'unix',
      path: '',
    });
  });

  it.each<[string, unknown, RegExp]>([
    ['no family', { address: '127.0.0.1', port: 80 }, /a socket address/],
    ['an unknown family', { family: 'ipx' }, /a socket address/],
    ['a typing error', { family: 'inet', address: '127.0.0.1', prot: 80 }, /not prot/],
    ['a port beyond 16 bits', { family: 'inet', address: '127.0.0.1', port: 65536 }, /a port from 0 to 65535/],
    ['a host name', { family: 'inet', address: 'localhost', port: 1 }, /an IPv4 address/],
    ['a zone in the address', { family: 'inet6', address: 'fe80::1%2', port: 1 }, /its zone goes into scopeId/],
    ['a path that is too long', { family: 'unix', path: 'a'.repeat(109) }, /at most 108 bytes/],
    ['a path with NUL', { family: 'unix', path: 'a\0b' }, /without NUL/],
    ['a packet address without interface', { family: 'packet', protocol: 3 }, /an interface's index/],
    ['half a vsock address', { family: 'vsock', cid: 2 }, /cid and port/],
    ['a family without data', { family: 2 }, /data of at most/],
    ['a string', '127.0.0.1:80', /a socket address/],
    ['nothing', undefined, /a socket address/],
  ])('refuses %s', (_what, value, message) => {
    expect(() => codec.encode(value as SocketAddressInput, x64)).toThrow(message);
  });

  it('refuses what only Linux has elsewhere', () => {
    expect(() => codec.encode({ family: 'unix', path: '\0a' }, darwin)).toThrow(/of Linux/);
    expect(() => codec.encode({ family: 'netlink' }, darwin)).toThrow(/a socket address/);
  });
});

describe('ip_mreq_source', () => {
  it('has the sender second on other systems', () => {
    const value = { multiaddr: '239.0.0.1', interface: '10.0.0.1', sourceaddr: '10.0.0.2' };
    expect(hex(codecs.ipMreqSource().encode(value, x64))).toBe('ef0000010a0000010a000002');
    expect(hex(codecs.ipMreqSource().encode(value, darwin))).toBe('ef0000010a0000020a000001');
    expect(codecs.ipMreqSource().decode(codecs.ipMreqSource().encode(value, darwin), darwin)).toEqual(value);
  });
});
