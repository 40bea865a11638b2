// Extension headers of IPv6: against C, padding, text and JSON, and what the kernel keeps of them.
import { describe, expect, it } from 'vitest';
import { IPV6_DSTOPTS, IPV6_HOPOPTS, IPV6_RTHDR, IPV6_RTHDRDSTOPTS } from '../../src/catalog/ipv6.ts';
import { optionsHeader } from '../../src/codec/ipv6-headers.ts';
import { routingHeader } from '../../src/codec/routing-header.ts';
import { fresh, getsockopt, setsockopt } from '../../src/index.ts';
import { compareWithC } from './c-cases.ts';
import { x64 } from './every.ts';

const options = optionsHeader();
const routing = routingHeader();
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const bytes = (digits: string): Uint8Array => new Uint8Array(Buffer.from(digits, 'hex'));
const head = { nexthdr: 59, type: 2, segments_left: 1 };

compareWithC('IPv6 extension headers', ['netinet/in.h', 'netinet/ip6.h'], {
  'hop-by-hop options': {
    type: 'struct ip6_hbh',
    bytes: '16',
    fill: `p->ip6h_nxt = 59; p->ip6h_len = 1; struct ip6_opt *o = (void *)(p + 1); o->ip6o_type = IP6OPT_ROUTER_ALERT;
      o->ip6o_len = 2; o = (void *)((char *)o + 4); o->ip6o_type = IP6OPT_JUMBO; o->ip6o_len = 4;
      ((unsigned char *)o)[3] = 1; o = (void *)((char *)o + 6); o->ip6o_type = IP6OPT_PADN; o->ip6o_len = 2;`,
    codec: options,
    value: {
      nexthdr: 59,
      options: [
        { type: 5, data: bytes('0000') },
        { type: 194, data: bytes('00010000') },
      ],
    },
  },
  'options, with padding between them': {
    type: 'struct ip6_dest',
    bytes: '16',
    fill: `unsigned char *o = (void *)(p + 1); p->ip6d_len = 1; o[0] = IP6OPT_PAD1; o[1] = IP6OPT_PADN; o[2] = 1;
      o[4] = 30; o[5] = 7; o[12] = 9; o[13] = IP6OPT_PAD1;`,
    codec: options,
    value: {
      nexthdr: 0,
      options: [{ type: 0 }, { type: 1, data: bytes('00') }, { type: 30, data: bytes('00000000000009') }],
    },
  },
  'a route of type 0': {
    type: 'struct ip6_rthdr0',
    bytes: '40',
    fill: `p->ip6r0_nxt = 6; p->ip6r0_len = 4; p->ip6r0_type = IPV6_RTHDR_TYPE_0; p->ip6r0_segleft = 2;
      inet_pton(AF_INET6, "2001:db8::1", (char *)p + 8); inet_pton(AF_INET6, "2001:db8::2", (char *)p + 24);`,
    codec: routing,
    value: { nexthdr: 6, type: 0, segments_left: 2, segments: ['2001:db8::1', '2001:db8::2'] },
  },
});

compareWithC('segment routing', ['linux/in6.h', 'linux/ipv6.h', 'linux/seg6.h'], {
  'a header with TLVs': {
    type: 'struct ipv6_sr_hdr',
    bytes: '48',
    fill: `p->nexthdr = 59; p->hdrlen = 5; p->type = IPV6_SRCRT_TYPE_4; p->segments_left = 1; p->first_segment = 1;
      p->flags = SR6_FLAG1_OAM | SR6_FLAG1_PROTECTED; p->tag = htons(0x1234);
      inet_pton(AF_INET6, "2001:db8::1", &p->segments[0]); inet_pton(AF_INET6, "2001:db8::2", &p->segments[1]);
      struct sr6_tlv *t = (void *)&p->segments[2]; t->type = SR6_TLV_OPAQUE; t->len = 1; t->data[0] = 7;
      t = (void *)((char *)t + 3); t->type = SR6_TLV_PADDING; t->len = 3;`,
    codec: routing,
    value: {
      nexthdr: 59,
      type: 4,
      segments_left: 1,
      first_segment: 1,
      flags: ['SR6_FLAG1_OAM', 'SR6_FLAG1_PROTECTED'],
      tag: 0x1234,
      segments: ['2001:db8::1', '2001:db8::2'],
      tlvs: [{ type: 3, data: bytes('07') }],
    },
  },
  'a type without a form here': {
    type: 'struct ipv6_rt_hdr',
    bytes: '16',
    fill: 'p->nexthdr = 17; p->hdrlen = 1; p->type = IPV6_SRCRT_TYPE_3; p->segments_left = 3; ((char *)p)[15] = 5;',
    codec: routing,
    value: { nexthdr: 17, type: 3, segments_left: 3, data: bytes('000000000000000000000005') },
  },
});

describe('a header of options', () => {
  it.each([
    [{}, '0000010400000000'],
    [{ options: [] }, '0000010400000000'],
    [{ options: [{ type: 'IPV6_TLV_ROUTERALERT', data: bytes('0000') }] }, '0000050200000100'],
    [{ options: [{ type: 30, data: bytes('010203') }] }, '00001e0301020300'],
    [{ options: [{ type: 30, data: bytes('01020304') }] }, '00001e0401020304'],
    [{ options: [{ type: 30, data: bytes('0102030405') }] }, '00011e0501020304050105'.padEnd(32, '0')],
  ])('%j is padded', (value, expected) => {
    expect(hex(options.encode(value as never, x64))).toBe(expected);
  });

  it.each([
    '0000000000000000', // Pad1 alone
    '0000010200000100', // PadN twice
    '0001010c00000000000000000000000000'.slice(0, 32),
    '00011e0200000108000000000000000000'.slice(0, 32),
  ])('%s is what a set of its value writes', (digits) => {
    expect(hex(options.encode(options.decode(bytes(digits), x64) as never, x64))).toBe(digits);
  });

  it.each([
    '00001e0a00000000', // longer than the header
    '0000050200001e06', // a second one
  ])('%s, which is no row of options, is kept', (digits) => {
    const found = options.decode(bytes(digits), x64);
    expect(hex(options.encode(found, x64))).toBe(digits);
    expect(hex(options.encode(options.parse(options.format(found)) as never, x64))).toBe(digits);
  });

  it('has its bytes as data where they are no row of options, and only there', () => {
    expect(options.decode(bytes('00001e0a00000000'), x64)).toEqual({
      ...{ nexthdr: 0, options: [] },
      data: bytes('1e0a00000000'),
    });
    expect(options.decode(bytes('00001e0401020304'), x64)).not.toHaveProperty('data');
    expect(hex(options.encode({ data: undefined as never }))).toBe('0000010400000000');
  });

  it('ends where its length says', () => {
    expect(options.decode(bytes('00001e0401020304ffffffffffffffff'), x64)).toEqual({
      nexthdr: 0,
      options: [{ type: 30, data: bytes('01020304') }],
    });
  });

  it.each([
    [{ options: [{ type: 'IPV6_TLV_PAD1', data: bytes('00') }] }, /no data/],
    [{ options: [{ type: 'IPV6_TLV_X' }] }, /one of IPV6_TLV_PAD1/],
    [{ options: new Array(8).fill({ type: 30, data: new Uint8Array(255) }) }, /at most 2040/],
    [{ options: [{ type: 30, data: new Uint8Array(256) }] }, /255/],
    [{ hdrlen: 1 }, /not hdrlen/],
    [{ options: [{ type: 5 }], data: bytes('000000000000') }, /options or data/],
    [{ options: null, data: bytes('000000000000') }, /options or data/],
    [{ data: bytes('00') }, /multiple of 8/],
    [[], /fields nexthdr/],
    [null, /fields nexthdr/],
  ])('refuses it (%#): $1', (value, message) => {
    expect(() => options.encode(value as never)).toThrow(message);
  });
});

describe('a routing header', () => {
  it.each([
    [{ type: 'IPV6_SRCRT_TYPE_2', segments: ['::1'] }, `00020201${'00'.repeat(19)}01`],
    [{ type: 4, segments: ['::1'] }, `00020400${'00'.repeat(19)}01`],
    [
      { type: 4, segments: ['::1', '::2'], segments_left: 0 },
      `0004040001000000${'00'.repeat(15)}01${'00'.repeat(15)}02`,
    ],
    [{ type: 9, data: bytes('01020304') }, '0000090001020304'],
    [
      { type: 4, segments: ['::1'], first_segment: undefined, segments_left: undefined, data: undefined },
      `00020400${'00'.repeat(19)}01`,
    ],
    [{ type: 2, segments: ['::1'], segments_left: undefined, tlvs: undefined }, `00020201${'00'.repeat(19)}01`],
  ])('%j', (value, expected) => {
    expect(hex(routing.encode(value as never, x64))).toBe(expected);
  });

  it.each([
    // Reserved bytes that are not 0, half an address: the bytes are kept.
    ['00020201000000010000000000000000000000000000000001'.slice(0, 48), '0000000100000000000000000000000000000000'],
    ['0001000100000000aaaaaaaaaaaaaaaa', '00000000aaaaaaaaaaaaaaaa'],
  ])('%s is kept', (digits, data) => {
    const found = routing.decode(bytes(digits), x64);
    expect(found.data && hex(found.data)).toBe(data);
    expect(hex(routing.encode(found as never, x64))).toBe(digits);
  });

  it.each([
    [{ type: 9, data: bytes('01') }, /multiple of 8/],
    [{ type: 4 }, /a list.*field segments/],
    [{ type: 4, segments: ['::1'], tlvs: [{ type: 'x' }] }, /one of SR6_TLV_PAD1.*field tlvs/],
    [{ type: 4, segments: ['::1'], rest: bytes('00') }, /not rest/],
    [{ type: 0 }, /segments is missing/],
    [{ type: 4, segments: ['1.2.3.4'] }, /IPv6 address/],
    [{ type: 2, segments: ['::1'], tag: 1 }, /not tag/],
    [{}, /one of IPV6_SRCRT_TYPE_0.*field type/],
    [7, /fields nexthdr/],
  ])('refuses it (%#): $1', (value, message) => {
    expect(() => routing.encode(value as never)).toThrow(message);
  });
});

describe('the kernel', () => {
  const option = { type: 30, data: bytes('0102030405060708') };

  it.each([IPV6_HOPOPTS, IPV6_DSTOPTS, IPV6_RTHDRDSTOPTS])('keeps a header of %s', (name) => {
    using socket = fresh('udp6');
    expect(getsockopt(socket, name)).toBe('none');
    setsockopt(socket, name, { options: [{ type: 1, data: bytes('0000') }, option] });
    expect(getsockopt(socket, name)).toEqual({ nexthdr: 0, options: [{ type: 1, data: bytes('0000') }, option] });
    setsockopt(socket, name, bytes('0000050200000000'));
    expect(getsockopt(socket, name)).toEqual({
      nexthdr: 0,
      options: [{ type: 5, data: bytes('0000') }, { type: 0 }],
    });
    setsockopt(socket, name, bytes('00001e0a00000000'));
    const odd = getsockopt(socket, name);
    setsockopt(socket, name, { options: [] });
    expect(getsockopt(socket, name)).not.toEqual(odd);
    setsockopt(socket, name, odd);
    expect(getsockopt(socket, name)).toEqual(odd);
    setsockopt(socket, name, 'none');
    expect(getsockopt(socket, name)).toBe('none');
    expect(() => setsockopt(socket, name, bytes('000105020000'))).toThrow(/EINVAL/);
  });

  it('keeps a route', () => {
    using socket = fresh('udp6');
    setsockopt(socket, IPV6_RTHDR, { type: 'IPV6_SRCRT_TYPE_4', segments: ['::1', '2001:db8::1'], tag: 7 });
    expect(getsockopt(socket, IPV6_RTHDR)).toMatchObject({
      ...{ type: 4, segments_left: 1, first_segment: 1, tag: 7 },
      segments: ['::1', '2001:db8::1'],
    });
    expect(() => setsockopt(socket, IPV6_RTHDR, { ...head, segments: ['::1'], segments_left: 2 })).toThrow(/EINVAL/);
    setsockopt(socket, IPV6_RTHDR, new Uint8Array());
    expect(getsockopt(socket, IPV6_RTHDR)).toBe('none');
  });
});

it('takes text, JSON, hex digits and bytes', () => {
  const { input } = IPV6_HOPOPTS;
  const set = (text: string): string => hex(input.encode(input.parse(text) as never));
  expect(set('options={{type=routeralert,data=0000}}')).toBe('0000050200000100');
  expect(set('{"nexthdr":0,"options":[{"type":5,"data":"0000"}]}')).toBe('0000050200000100');
  expect(set('00 00 05 02 00 00 01 00')).toBe('0000050200000100');
  expect([set('none'), set('0x')]).toEqual(['', '']);
  const route = IPV6_RTHDR.input;
  const text = route.parse('type=IPV6_SRCRT_TYPE_4,segments=::1,flags=oam,tlvs={{type=hmac,data=01}}') as never;
  expect(hex(route.encode(text))).toBe(`0003040000200000${'00'.repeat(15)}0105010104030000`.padEnd(64, '0'));
});
