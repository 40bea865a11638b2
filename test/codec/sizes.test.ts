// Sizes and alignments of structs, as C compilers have them on 64-bit systems and on i386.
import { describe, expect, it } from 'vitest';
import * as codecs from '../../src/codec/index.ts';
import { darwin, freebsd, i386, mips, s390x, windows, x64 } from './every.ts';

const room = 64;

describe('struct sizes on Linux', () => {
  it.each([
    ['struct timeval', codecs.timeval(), 16, 8],
    ['struct __kernel_sock_timeval', codecs.timeval64(), 16, 16],
    ['struct linger', codecs.linger(), 8, 8],
    ['struct ucred', codecs.ucred(), 12, 12],
    ['struct in_addr', codecs.inAddr(), 4, 4],
    ['struct in6_addr', codecs.in6Addr(), 16, 16],
    ['struct ip_mreq', codecs.ipMreq(), 8, 8],
    ['struct ip_mreqn', codecs.ipMreqn(), 12, 12],
    ['struct ip_mreq_source', codecs.ipMreqSource(), 12, 12],
    ['struct ipv6_mreq', codecs.ipv6Mreq(), 20, 20],
    ['struct group_req', codecs.groupReq(), 136, 132],
    ['struct group_source_req', codecs.groupSourceReq(), 264, 260],
    ['struct ip_msfilter, with room', codecs.ipMsfilter(), 20 + (room - 1) * 4, 20 + (room - 1) * 4],
    ['struct group_filter, with room', codecs.groupFilter(), 272 + (room - 1) * 128, 268 + (room - 1) * 128],
    ['struct sockaddr_storage', codecs.sockaddrStorage(), 128, 128],
    ['struct so_timestamping', codecs.soTimestamping(), 8, 8],
    ['struct sock_txtime', codecs.sockTxtime(), 8, 8],
    ['SO_MEMINFO', codecs.meminfo(), 36, 36],
    ['struct in6_pktinfo', codecs.in6Pktinfo(), 20, 20],
    ['struct in6_flowlabel_req', codecs.in6FlowlabelReq(), 32, 32],
    ['struct ip6_mtuinfo', codecs.ip6Mtuinfo(), 32, 32],
    ['struct tcp_info', codecs.tcpInfo(), 280, 280],
    ['struct mptcp_info', codecs.mptcpInfo(), 96, 96],
    ['struct tcp_md5sig', codecs.md5sig(), 216, 216],
  ])('%s', (_name, codec, wide, narrow) => {
    expect([codec.size(x64), codec.size(s390x)]).toEqual([wide, wide]);
    expect([codec.size(i386), codec.size(mips)]).toEqual([narrow, narrow]);
  });

  it('differ on other systems', () => {
    expect([codecs.linger().size(darwin), codecs.linger().size(windows)]).toEqual([8, 4]);
    expect([codecs.timeval().size(darwin), codecs.timeval().size(windows)]).toEqual([16, 4]);
    expect([codecs.groupReq().size(darwin), codecs.groupReq().size(freebsd)]).toEqual([132, 136]);
    expect([codecs.groupSourceReq().size(darwin), codecs.groupSourceReq().size(windows)]).toEqual([260, 264]);
  });
});

describe('struct()', () => {
  const { pad, struct, text, u16, u32, u64, u8, list, int } = codecs;

  it('aligns each field, and the end', () => {
    const codec = struct('struct x', { a: u8(), b: u64(), c: u16() });
    expect([codec.size(x64), codec.align(x64)]).toEqual([24, 8]);
    expect([codec.size(i386), codec.align(i386)]).toEqual([16, 4]);
    expect(codec.size(mips)).toBe(24);
    const nested = struct('struct y', { a: u8(), inner: struct('struct z', { b: u16(), c: u8() }), d: u8() });
    expect(nested.size(x64)).toBe(8);
    expect(nested.encode({ a: 1, inner: { b: 2, c: 3 }, d: 4 }, x64)).toEqual(Uint8Array.of(1, 0, 2, 0, 3, 0, 4, 0));
  });

  it('leaves out what did not come back', () => {
    const codec = struct('struct x', { a: u32(), b: u32(), c: u32() }, { grows: true });
    const bytes = codec.encode({ a: 1, b: 2, c: 3 }, x64);
    expect(codec.decode(bytes.subarray(0, 11), x64)).toEqual({ a: 1, b: 2 });
    expect(codec.decode(bytes.subarray(0, 3), x64)).toEqual({});
    expect(codec.format(codec.decode(bytes.subarray(0, 8), x64))).toBe('a=1,b=2');
    expect(codec.encode({ a: 1, b: 2 }, x64)).toEqual(bytes.subarray(0, 8));
    expect(codec.decode(Uint8Array.from([...bytes, 9, 9]), x64)).toEqual({ a: 1, b: 2, c: 3 });
    expect(() => codec.encode({ a: 1, c: 3 }, x64)).toThrow(/field b where c is given/);
  });

  it('takes defaults and other names, and refuses what it does not know', () => {
    const codec = struct('struct x', { a: int(), b: int() }, { defaults: { b: 7 }, aliases: { bee: 'b' } });
    const take = codec.encode as (value: unknown) => Uint8Array;
    expect(codec.decode(codec.encode({ a: 1 }))).toEqual({ a: 1, b: 7 });
    expect(codec.decode(take({ a: 1, bee: 2 }))).toEqual({ a: 1, b: 2 });
    expect(codec.parse('a=1, bee=0x10')).toEqual({ a: 1, b: 16 });
    expect(() => take({ a: 1, c: 2 })).toThrow('expects fields a, b (may be left out: b), not c, got {"a":1,"c":2}');
    expect(() => take({ b: 1 })).toThrow(/a is missing/);
    expect(() => take({ a: 1, b: 1, bee: 2 })).toThrow(/b once/);
    expect(() => take(null)).toThrow(/expects fields a, b/);
    expect(() => take([1, 2])).toThrow(/expects fields a, b/);
    expect(() => take({ a: 'x' })).toThrow(/an integer .* got "x" \(in field a\)/);
    expect(() => codec.parse('a=1,a=2')).toThrow(/a once/);
    expect(() => codec.parse('a=1,c=2')).toThrow(/field=value/);
    expect(() => codec.parse('1')).toThrow(/field=value/);
    expect(() => codec.parse('a={1')).toThrow(/braces and quotes that close/);
  });

  it('nests in text, whatever the parts say', () => {
    const inner = struct('struct in', { name: text({ size: 16 }) });
    const codec = struct('struct x', { first: inner, gap: pad(2), all: list(inner) });
    const value = { first: { name: 'a,b={"}' }, all: [{ name: '' }, { name: ' x ' }, { name: '{a,b}' }] };
    const line = codec.format(value);
    expect(codec.decode(codec.encode(codec.parse(line) as typeof value))).toEqual(value);
    expect(codec.format({ first: { name: 'eth0' }, all: [] })).toBe('first=name=eth0,all=""');
  });
});
