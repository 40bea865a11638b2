// The IPv6 structs: byte layout as the C compiler lays it out, round trips, text.
import { describe, expect, it } from 'vitest';
import type { Abi } from '../../src/codec/abi.ts';
import { in6FlowlabelReq, in6Pktinfo, ip6Mtuinfo } from '../../src/codec/ipv6-structs.ts';

const little: Abi = { os: 'linux', arch: 'x64', littleEndian: true, wordBytes: 8 };
const big: Abi = { os: 'linux', arch: 's390x', littleEndian: false, wordBytes: 8 };
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const loopback = '00000000000000000000000000000001';

describe('in6_pktinfo', () => {
  const codec = in6Pktinfo();

  it('is an address and an index', () => {
    expect(codec.size(little)).toBe(20);
    expect(hex(codec.encode({ addr: '::1', ifindex: 1 }, little))).toBe(`${loopback}01000000`);
    expect(hex(codec.encode({ addr: '::1', ifindex: 1 }, big))).toBe(`${loopback}00000001`);
    expect(codec.decode(codec.encode({ addr: 'fe80::2', ifindex: 7 }, little), little)).toEqual({
      addr: 'fe80::2',
      ifindex: 7,
    });
  });

  it('lets the system choose what is left out', () => {
    expect(codec.encode({}, little)).toEqual(new Uint8Array(20));
    expect(hex(codec.encode({ addr: '::1' }, little))).toBe(`${loopback}00000000`);
  });

  it('has no field that the kernel did not return', () => {
    expect(codec.decode(new Uint8Array(16), little)).toEqual({ addr: '::' });
    expect(codec.decode(new Uint8Array(3), little)).toEqual({});
  });
});

describe('in6_flowlabel_req', () => {
  const codec = in6FlowlabelReq();
  const request = {
    dst: '::1',
    label: 0x12345,
    action: 'IPV6_FL_A_RENEW',
    share: 'IPV6_FL_S_ANY',
    flags: ['IPV6_FL_F_CREATE', 'IPV6_FL_F_EXCL'],
    expires: 10,
    linger: 7,
  } as const;

  it('lies as in linux/in6.h, the label in network order', () => {
    expect(codec.size(little)).toBe(32);
    expect(hex(codec.encode(request, little))).toBe(`${loopback}0001234502ff03000a00070000000000`);
    expect(hex(codec.encode(request, big))).toBe(`${loopback}0001234502ff0003000a000700000000`);
  });

  it('comes back with numbers for enums and names for flags', () => {
    for (const abi of [little, big]) {
      expect(codec.decode(codec.encode(request, abi), abi)).toEqual({ ...request, action: 2, share: 255 });
    }
  });

  it('defaults to a lookup', () => {
    expect(codec.encode({}, little)).toEqual(new Uint8Array(32));
  });

  it('refuses what the fields cannot hold', () => {
    const code = { code: 'ERR_INVALID_VALUE' };
    expect(() => codec.encode({ label: 0x100000 }, little)).toThrow(expect.objectContaining(code));
    expect(() => codec.encode({ share: 256 }, little)).toThrow(expect.objectContaining(code));
    expect(() => codec.encode({ flags: 0x10000 }, little)).toThrow(expect.objectContaining(code));
    expect(() => codec.encode({ expires: 65536 }, little)).toThrow(expect.objectContaining(code));
  });

  it('reads its own text', () => {
    const value = codec.decode(codec.encode(request, little), little);
    const parsed = codec.parse(codec.format(value)) as typeof value;
    expect(codec.encode(parsed, little)).toEqual(codec.encode(request, little));
    expect(codec.encode(codec.parse('dst=::1,flags=create|excl,share=any') as object, little)).toEqual(
      codec.encode({ dst: '::1', flags: 3, share: 255 }, little),
    );
  });
});

describe('ip6_mtuinfo', () => {
  const codec = ip6Mtuinfo();

  it('is a sockaddr_in6 and a number', () => {
    expect(codec.size(little)).toBe(32);
    const bytes = new Uint8Array(32);
    bytes.set([10, 0, 0x1f, 0x90], 0);
    bytes[23] = 1;
    bytes.set([0, 0, 1, 0], 28);
    const value = codec.decode(bytes, little);
    expect(value.mtu).toBe(65536);
    expect(JSON.stringify(value.addr)).toContain('::1');
    expect(codec.encode(value, little)).toEqual(bytes);
  });

  it('takes the all-zero address that Linux returns', () => {
    const bytes = new Uint8Array(32);
    bytes.set([0, 5, 0, 0], 28);
    const value = codec.decode(bytes, little);
    expect(value.mtu).toBe(1280);
    expect(() => codec.format(value)).not.toThrow();
  });

  it('has no MTU when the bytes end early', () => {
    expect(codec.decode(new Uint8Array(28), little)).not.toHaveProperty('mtu');
  });
});
