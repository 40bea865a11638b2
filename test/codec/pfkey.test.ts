// IPsec policies of sockets in the form of PF_KEY: against C, text and JSON, the BSDs' shorter requests, the kernel.
import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { IP_IPSEC_POLICY } from '../../src/catalog/ip.ts';
import { IPV6_IPSEC_POLICY } from '../../src/catalog/ipv6.ts';
import { ipsecPolicy } from '../../src/codec/pfkey.ts';
import { fresh, setsockopt } from '../../src/index.ts';
import { compareWithC } from './c-cases.ts';
import { freebsd, x64 } from './every.ts';

const codec = ipsecPolicy();
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const inet = (address: string) => ({ family: 'inet', address, port: 0 });
const inet6 = (address: string) => ({ family: 'inet6', address, port: 0 });

/** C that fills the fixed part of the request at `r`. */
const request = (proto: string, mode: string, level: string, reqid: number): string =>
  `r->sadb_x_ipsecrequest_proto = ${proto}; r->sadb_x_ipsecrequest_mode = ${mode};
   r->sadb_x_ipsecrequest_level = ${level}; r->sadb_x_ipsecrequest_reqid = ${reqid};`;

compareWithC('struct sadb_x_policy', ['netinet/in.h', 'linux/pfkeyv2.h', 'linux/ipsec.h'], {
  alone: {
    type: 'struct sadb_x_policy',
    fill: `p->sadb_x_policy_len = sizeof *p / 8; p->sadb_x_policy_exttype = SADB_X_EXT_POLICY;
      p->sadb_x_policy_type = IPSEC_POLICY_BYPASS; p->sadb_x_policy_dir = IPSEC_DIR_INBOUND;
      p->sadb_x_policy_id = 0x10203; p->sadb_x_policy_priority = 7;`,
    codec,
    value: { type: 4, dir: 1, id: 0x10203, priority: 7, requests: [] },
  },
  'with a request of each mode': {
    type: 'struct sadb_x_policy',
    bytes: '16 + 16 + 48 + 72',
    fill: `p->sadb_x_policy_len = 152 / 8; p->sadb_x_policy_exttype = SADB_X_EXT_POLICY;
      p->sadb_x_policy_type = IPSEC_POLICY_IPSEC; p->sadb_x_policy_dir = IPSEC_DIR_OUTBOUND;
      struct sadb_x_ipsecrequest *r = (void *)(p + 1); r->sadb_x_ipsecrequest_len = sizeof *r;
      ${request('IPPROTO_AH', 'IPSEC_MODE_TRANSPORT', 'IPSEC_LEVEL_USE', 0)}
      r = r + 1; r->sadb_x_ipsecrequest_len = 48;
      ${request('IPPROTO_ESP', 'IPSEC_MODE_TUNNEL', 'IPSEC_LEVEL_UNIQUE', 0x10005)}
      in4(r + 1, "192.0.2.1", 0); in4((char *)(r + 1) + 16, "192.0.2.2", 0);
      r = (void *)((char *)r + 48); r->sadb_x_ipsecrequest_len = 72;
      ${request('IPPROTO_ESP', 'IPSEC_MODE_BEET', 'IPSEC_LEVEL_REQUIRE', 5)}
      in6(r + 1, "2001:db8::1", 0); in6((char *)(r + 1) + 28, "2001:db8::2", 0);`,
    codec,
    value: {
      ...{ type: 2, dir: 2, id: 0, priority: 0 },
      requests: [
        { proto: 51, mode: 1, level: 1, reqid: 0 },
        { proto: 50, mode: 2, level: 3, reqid: 0x10005, src: inet('192.0.2.1'), dst: inet('192.0.2.2') },
        { proto: 50, mode: 3, level: 2, reqid: 5, src: inet6('2001:db8::1'), dst: inet6('2001:db8::2') },
      ],
    },
  },
});

describe('a policy', () => {
  it.each([
    'type=bypass,dir=outbound',
    '{"type":"IPSEC_POLICY_BYPASS","dir":"IPSEC_DIR_OUTBOUND","requests":[]}',
    '02001200040002000000000000000000',
  ])('%s', (text) => {
    const { input } = IP_IPSEC_POLICY;
    expect(hex(input.encode(input.parse(text) as never))).toBe('02001200040002000000000000000000');
  });

  it('has requests with ends as text', () => {
    const text = 'type=ipsec,dir=inbound,requests={{proto=esp,mode=tunnel,src=192.0.2.1,dst=192.0.2.2}}';
    const found = codec.decode(codec.encode(codec.parse(text) as never, x64), x64);
    expect(found.requests[0]).toMatchObject({ proto: 50, mode: 2, src: inet('192.0.2.1'), dst: inet('192.0.2.2') });
    expect(codec.format(found)).toContain('src=192.0.2.1,dst=192.0.2.2');
    const given = { proto: 'IPPROTO_ESP', mode: 'IPSEC_MODE_TUNNEL', src: '::1', dst: '::2' } as const;
    expect(codec.encode({ type: 2, dir: 1, requests: [given] }, x64).byteLength).toBe(16 + 72);
  });

  it('has shorter requests on the BSDs, and addresses with their length', () => {
    const requests = [{ proto: 50, mode: 2, level: 2, reqid: 5, src: '192.0.2.1', dst: '192.0.2.2' }];
    const bytes = codec.encode({ type: 2, dir: 2, requests } as never, freebsd);
    expect(hex(bytes.subarray(16, 32))).toBe('280032000202050010020000c0000201');
    expect(codec.decode(bytes, freebsd).requests).toEqual([
      { proto: 50, mode: 2, level: 2, reqid: 5, src: inet('192.0.2.1'), dst: inet('192.0.2.2') },
    ]);
  });

  it.each([
    [{ dir: 1 }, /type is missing/],
    [{ type: 'bypass', dir: 'up' }, /one of IPSEC_DIR_ANY/],
    [{ type: 2, dir: 1, requests: [{}] }, /proto is missing.*element 0/],
    [{ type: 2, dir: 1, requests: [{ proto: 50, src: '::1' }] }, /together/],
    [{ type: 2, dir: 1, requests: [{ proto: 50, src: '192.0.2.1', dst: '::1' }] }, /both of IPv4, or both of IPv6/],
    [{ type: 2, dir: 1, requests: [{ proto: 50, src: { family: 'unix', path: '' }, dst: '::1' }] }, /both of IPv4/],
    [{ type: 2, dir: 1, requests: [{ proto: 50, src: '::1', dst: 'x' }] }, /an IPv4 or IPv6 address.*field dst/],
    [{ type: 2, dir: 1, requests: [null] }, /fields proto/],
    [{ type: 2, dir: 1, exttype: 18 }, /not exttype/],
  ])('refuses it (%#): $1', (value, message) => {
    expect(() => codec.encode(value as never, x64)).toThrow(message);
  });

  it('may also be bytes', () => {
    expect(IPV6_IPSEC_POLICY.input.encode(Uint8Array.of(1, 2))).toEqual(Uint8Array.of(1, 2));
  });
});

describe.each(['udp', 'udp6'] as const)('the kernel, on %s', (kind) => {
  const option = kind === 'udp' ? IP_IPSEC_POLICY : IPV6_IPSEC_POLICY;
  const bypass = { type: 'IPSEC_POLICY_BYPASS', dir: 'IPSEC_DIR_OUTBOUND' } as const;

  it('takes a policy where it has PF_KEY', (context) => {
    if (!existsSync('/proc/net/pfkey')) context.skip('no PF_KEY in this kernel');
    using socket = fresh(kind);
    setsockopt(socket, option, bypass);
    expect(() => setsockopt(socket, option, { ...bypass, dir: 'IPSEC_DIR_ANY' })).toThrow(/EINVAL/);
  });

  it('says so where it has none', (context) => {
    if (existsSync('/proc/net/pfkey')) context.skip('this kernel has PF_KEY');
    using socket = fresh(kind);
    expect(() => setsockopt(socket, option, bypass)).toThrow(/EOPNOTSUPP/);
  });
});
