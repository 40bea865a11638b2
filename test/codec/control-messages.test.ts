// Rows of control messages: against C for each processor's word, their types by name, and what a connection has.
import { describe, expect, it } from 'vitest';
import { IP_PKTINFO, IP_PKTOPTIONS, IP_RECVTOS, IP_RECVTTL } from '../../src/catalog/ip.ts';
import {
  IPV6_2292PKTOPTIONS,
  IPV6_RECVHOPLIMIT,
  IPV6_RECVPKTINFO,
  IPV6_RECVTCLASS,
  IPV6_TCLASS,
} from '../../src/catalog/ipv6.ts';
import { abis } from '../../src/codec/abi.ts';
import { controlMessages, inPktinfo, messageTypes } from '../../src/codec/control-messages.ts';
import { AF_INET, AF_INET6, IP_TOS, lookup, SOCK_STREAM, Socket } from '../../src/index.ts';
import { compareWithC } from './c-cases.ts';
import { darwin, i386, x64 } from './every.ts';

const codec = controlMessages();
const bytes = (digits: string): Uint8Array => new Uint8Array(Buffer.from(digits, 'hex'));
const hex = (found: Uint8Array): string => Buffer.from(found).toString('hex');

/** C that writes a message at `c`, and moves `c` behind it. */
const put = (level: string, type: string, size: string, fill: string): string =>
  `c->cmsg_len = CMSG_LEN(${size}); c->cmsg_level = ${level}; c->cmsg_type = ${type};
   { unsigned char *d = CMSG_DATA(c); ${fill} } c = (void *)((char *)c + CMSG_SPACE(${size}));`;
const space = (...sizes: string[]): string => sizes.map((size) => `CMSG_SPACE(${size})`).join(' + ');

compareWithC('control messages', ['sys/socket.h', 'netinet/in.h'], {
  'of IPv4': {
    type: 'struct cmsghdr',
    bytes: space('sizeof(struct in_pktinfo)', 'sizeof(int)', 'sizeof(int)', '3'),
    fill: `struct cmsghdr *c = p; ${put(
      'SOL_IP',
      'IP_PKTINFO',
      'sizeof(struct in_pktinfo)',
      `struct in_pktinfo *i = (void *)d; i->ipi_ifindex = 259; inet_pton(AF_INET, "192.0.2.1", &i->ipi_spec_dst);
       inet_pton(AF_INET, "192.0.2.2", &i->ipi_addr);`,
    )} ${put('SOL_IP', 'IP_TTL', 'sizeof(int)', '*(int *)d = 64;')}
    ${put('SOL_IP', 'IP_TOS', 'sizeof(int)', '*(int *)d = 184;')} ${put('SOL_IP', '200', '3', 'd[0] = 1; d[2] = 3;')}`,
    codec,
    value: [
      { level: 0, type: 8, data: { ifindex: 259, spec_dst: '192.0.2.1', addr: '192.0.2.2' } },
      { level: 0, type: 2, data: 64 },
      { level: 0, type: 1, data: 184 },
      { level: 0, type: 200, data: bytes('010003') },
    ],
  },
  'of IPv6': {
    type: 'struct cmsghdr',
    bytes: space('sizeof(struct in6_pktinfo)', 'sizeof(int)', 'sizeof(int)', '8'),
    fill: `struct cmsghdr *c = p; ${put(
      'SOL_IPV6',
      'IPV6_PKTINFO',
      'sizeof(struct in6_pktinfo)',
      'struct in6_pktinfo *i = (void *)d; inet_pton(AF_INET6, "::1", &i->ipi6_addr); i->ipi6_ifindex = 259;',
    )} ${put('SOL_IPV6', 'IPV6_HOPLIMIT', 'sizeof(int)', '*(int *)d = 63;')}
    ${put('SOL_IPV6', 'IPV6_TCLASS', 'sizeof(int)', '*(int *)d = 32;')}
    ${put('SOL_IPV6', 'IPV6_DSTOPTS', '8', 'd[2] = 30; d[3] = 2; d[4] = 7; d[6] = 1;')}`,
    codec,
    value: [
      { level: 41, type: 50, data: { addr: '::1', ifindex: 259 } },
      { level: 41, type: 52, data: 63 },
      { level: 41, type: 67, data: 32 },
      { level: 41, type: 59, data: { nexthdr: 0, options: [{ type: 30, data: bytes('0700') }] } },
    ],
  },
});

compareWithC('struct in_pktinfo', ['netinet/in.h'], {
  'an interface and two addresses': {
    type: 'struct in_pktinfo',
    fill: 'p->ipi_ifindex = 259; inet_pton(AF_INET, "192.0.2.2", &p->ipi_addr);',
    codec: inPktinfo(),
    value: { ifindex: 259, spec_dst: '0.0.0.0', addr: '192.0.2.2' },
  },
});

it('has the numbers that the options have', () => {
  const wrong = [x64, darwin].flatMap((abi) =>
    Object.entries(messageTypes(abi)).filter(
      ([name, number]) => lookup(name)?.declaration.on[abi.os as 'linux'] !== number,
    ),
  );
  expect(wrong).toEqual([]);
});

describe('a row', () => {
  const hops = [{ level: 'SOL_IPV6', type: 'IPV6_2292HOPLIMIT', data: 9 }] as const;

  it('lies by the word of the processor, and by that of the system', () => {
    expect(hex(codec.encode(hops, x64))).toBe('14000000000000002900000008000000090000000000'.padEnd(48, '0'));
    expect(hex(codec.encode(hops, i386))).toBe('10000000290000000800000009000000');
    expect(hex(codec.encode(hops, abis['linux-s390x']))).toBe(
      '00000000000000140000002900000008000000090000'.padEnd(48, '0'),
    );
    expect(hex(codec.encode(hops, darwin))).toBe('10000000290000001400000009000000');
  });

  it('ends before what is cut short', () => {
    const whole = codec.encode(hops, x64);
    expect(codec.decode(whole.subarray(0, 20), x64)).toEqual([{ level: 41, type: 8, data: 9 }]);
    expect(codec.decode(whole.subarray(0, 19), x64)).toEqual([]);
    expect(codec.decode(new Uint8Array(40), x64)).toEqual([]);
    expect(codec.decode(bytes('ffffffffffffffff2900000008000000'), x64)).toEqual([]);
  });

  it('keeps the bytes of a known type that are not what it has, in text too', () => {
    const odd = [{ level: 0, type: 1, data: bytes('40') }];
    const found = codec.decode(codec.encode(odd, x64), x64);
    expect(found).toEqual(odd);
    expect(codec.format(found)).toBe('{level=SOL_IP,type=IP_TOS,data=40:}');
    expect(codec.parse(codec.format(found))).toEqual(odd);
  });

  it.each([
    ['{level=ipv6,type=dstopts,data={options={{type=30,data=0102}}}}', 41, 59, '00001e0201020100'],
    ['[{"level":"SOL_IPV6","type":"IPV6_HOPLIMIT","data":3}]', 41, 52, '03000000'],
    ['{level=41,type=8,data=3}', 41, 8, '03000000'],
    ['{level=7,type=8,data=0102}', 7, 8, '0102'],
    ['{level=SOL_IP,type=IP_PKTINFO,data={spec_dst=127.0.0.1}}', 0, 8, '000000007f00000100000000'],
  ])('%s', (text, level, type, data) => {
    const found = Buffer.from(codec.encode(codec.parse(text) as never, x64));
    const length = Number(found.readBigUInt64LE(0));
    expect([found.readInt32LE(8), found.readInt32LE(12), hex(found.subarray(16, length))]).toEqual([level, type, data]);
  });

  it.each([
    [[{ level: 'SOL_IP', type: 'IPV6_HOPLIMIT', data: 1 }], /one of IP_TOS.*field type/],
    [[{ level: 'SOL_TCP', type: 1, data: 1 }], /SOL_IPV6.*field level/],
    [[{ level: 'SOL_IP', type: 'IP_TTL', data: {} }], /integer.*field data/],
    [[{ level: 'SOL_IP', type: 99, data: 1 }], /bytes.*field data/],
    [[{ level: 'SOL_IP', type: 'IP_TTL', data: 1, len: 20 }], /not len/],
    [[{ level: 'SOL_IP', type: 'IP_TTL' }], /field data/],
    [[null], /fields level/],
  ])('refuses it (%#): $1', (value, message) => {
    expect(() => codec.encode(value as never, x64)).toThrow(message);
  });

  it('may also be bytes', () => {
    const { input } = IPV6_2292PKTOPTIONS;
    expect(input.encode(bytes('0102'))).toEqual(bytes('0102'));
    expect(input.encode(input.parse('01 02') as never)).toEqual(bytes('0102'));
  });
});

describe('the kernel', () => {
  it('tells of the packets of a connection', () => {
    using server = new Socket(AF_INET, SOCK_STREAM);
    server.bind(['127.0.0.1', 0]);
    server.listen();
    using client = new Socket(AF_INET, SOCK_STREAM);
    client.setsockopt(IP_TOS, 0xb8);
    client.connect(server.getsockname());
    const [accepted] = server.accept() ?? [];
    expect(accepted?.getsockopt(IP_PKTOPTIONS)).toEqual([]);
    for (const option of [IP_PKTINFO, IP_RECVTTL, IP_RECVTOS]) accepted?.setsockopt(option, true);
    const found = accepted?.getsockopt(IP_PKTOPTIONS) ?? [];
    accepted?.close();
    expect(found.map(({ level, type }) => [level, type])).toEqual([
      [0, 8],
      [0, 2],
      [0, 1],
    ]);
    expect(found.map(({ data }) => data)).toEqual([{ ifindex: 1, spec_dst: '127.0.0.1', addr: '127.0.0.1' }, 64, 0xb8]);
  });

  it('tells of those of IPv6, and takes headers to send', () => {
    using server = new Socket(AF_INET6, SOCK_STREAM);
    server.bind(['::1', 0]);
    server.listen();
    using client = new Socket(AF_INET6, SOCK_STREAM);
    client.setsockopt(IPV6_TCLASS, 0x20);
    client.connect(server.getsockname());
    const [accepted] = server.accept() ?? [];
    for (const option of [IPV6_RECVPKTINFO, IPV6_RECVHOPLIMIT, IPV6_RECVTCLASS]) accepted?.setsockopt(option, true);
    const found = accepted?.getsockopt(IPV6_2292PKTOPTIONS);
    accepted?.close();
    expect(found).toEqual([
      { level: 41, type: 50, data: { addr: '::1', ifindex: 1 } },
      { level: 41, type: 52, data: 64 },
      { level: 41, type: 67, data: 0x20 },
    ]);
    const dstopts = { options: [{ type: 30, data: bytes('01020304') }] };
    client.setsockopt(IPV6_2292PKTOPTIONS, [{ level: 'SOL_IPV6', type: 'IPV6_DSTOPTS', data: dstopts }]);
    const route = { type: 'IPV6_SRCRT_TYPE_4', segments: ['::1'] } as const;
    const routed = [{ level: 'SOL_IPV6', type: 'IPV6_RTHDR', data: route }] as const;
    expect(() => client.setsockopt(IPV6_2292PKTOPTIONS, routed)).toThrow(/EINVAL/);
    client.setsockopt(IPV6_2292PKTOPTIONS, []);
  });
});
