// Structs of macOS and FreeBSD: who is at the other end, accept filters, spliced sockets, source filters.
import { invalid } from '../errors.ts';
import { bytes, fromHex, toHex } from './bytes.ts';
import { type Abi, type Codec, hostAbi } from './codec.ts';
import { icmp6Filter } from './icmp-filter.ts';
import { interfaceIndex } from './interface.ts';
import { list } from './list.ts';
import { int, u8, u16, u32, u64 } from './scalar.ts';
import { sockaddrStorage } from './sockaddr.ts';
import { pad, struct } from './struct.ts';
import { text } from './text.ts';
import { timeval } from './time.ts';

/** What LOCAL_PEERCRED tells: the effective user, and the groups, of which the first is the effective one. */
export interface Xucred {
  version: number;
  uid: number;
  groups: readonly number[];
  /** FreeBSD 13 and later. */
  pid?: number;
}

/** struct xucred: up to 16 groups; FreeBSD has the process behind them. Source: sys/ucred.h of both systems. */
export function xucred(): Codec<Xucred> {
  const head = { version: u32(), uid: u32(), ngroups: u16(), gap: pad(2), groups: list(u32(), { count: 16 }) };
  const darwin = struct('struct xucred', head);
  // The process shares its place with a pointer.
  const narrow = struct('struct xucred', { ...head, pid: int() });
  const wide = struct('struct xucred', { ...head, gap2: pad(4), pid: int(), gap3: pad(4) });
  const layout = (abi: Abi = hostAbi): Codec<object, never> => {
    if (abi.os !== 'freebsd') return darwin as Codec<object, never>;
    return (abi.wordBytes === 8 ? wide : narrow) as Codec<object, never>;
  };
  const outer = struct(
    'struct xucred',
    { version: u32(), uid: u32(), groups: list(u32()), pid: int() },
    { defaults: { pid: 0 } },
  );
  return {
    ...outer,
    variable: false,
    size: (abi) => layout(abi).size(abi),
    align: () => 4,
    decode(found, abi) {
      const { ngroups, groups, ...rest } = layout(abi).decode(found, abi) as Xucred & { ngroups: number };
      return { ...rest, ...(groups && { groups: groups.slice(0, ngroups) }) } as Xucred;
    },
    encode(value, abi = hostAbi) {
      const { groups, pid = 0, ...rest } = value ?? {};
      if (!Array.isArray(groups) || groups.length > 16) throw invalid(outer.accepts, value);
      const all = [...groups, ...new Array<number>(16 - groups.length).fill(0)];
      const whole = { ...rest, ngroups: groups.length, groups: all, ...(abi.os === 'freebsd' && { pid }) };
      return layout(abi).encode(whole as never, abi);
    },
    parse: (line) => outer.parse(line),
    format: (value) => outer.format(value as never),
  };
}

const groupsOf = [4, 2, 2, 2, 6];

/**
 * Sixteen bytes as `'01234567-89ab-cdef-0123-456789abcdef'`. A GUID of Windows has its first three groups in the
 * processor's order; a uuid_t has all bytes as they are written.
 */
export function uuid({ guid = false }: { guid?: boolean } = {}): Codec<string> {
  const accepts = 'hex digits such as 01234567-89ab-cdef-0123-456789abcdef';
  const order = (found: Uint8Array): Uint8Array => {
    if (!guid) return found;
    const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = found;
    return Uint8Array.of(d, c, b, a, f, e, h, g, ...found.subarray(8));
  };
  const encode = (value: string): Uint8Array => {
    const shaped = typeof value === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value.trim());
    const found = shaped ? fromHex(value.replaceAll('-', '')) : undefined;
    if (!found) throw invalid(accepts, value);
    return order(found);
  };
  return {
    ctype: guid ? 'GUID' : 'uuid_t',
    accepts,
    size: () => 16,
    align: () => (guid ? 4 : 1),
    decode(found) {
      const whole = new Uint8Array(16);
      whole.set(found.subarray(0, 16));
      const digits = toHex(order(whole));
      let at = 0;
      const groups = groupsOf.map((count) => {
        at += count * 2;
        return digits.slice(at - count * 2, at);
      });
      return groups.join('-');
    },
    encode,
    parse(line) {
      encode(line);
      return line.trim().toLowerCase();
    },
    format: (value) => value,
  };
}

/** audit_token_t: eight numbers that only the audit functions of macOS take apart. Source: mach/message.h. */
export function auditToken() {
  return list(u32(), { count: 8 });
}

/** struct accept_filter_arg: the filter's name, and what it is told. Source: getsockopt(2) of FreeBSD. */
export function acceptFilter() {
  const fields = { name: text({ size: 16, what: "a filter's name" }), arg: text({ size: 240 }) };
  return struct('struct accept_filter_arg', fields, { defaults: { arg: '' } });
}

/** Where SO_SPLICE sends what arrives. */
export interface Splice {
  /** The other socket's descriptor, -1 to end it. */
  fd: number;
  /** After so many bytes it ends; 0 (default): never. */
  max?: bigint | number;
  /** After so long without data it ends, in ms. */
  idle?: number | 'never';
}

/** struct so_splice: the other socket's descriptor, after how many bytes or what silence to end. Source: as above. */
export function soSplice(): Codec<never, Splice> {
  const fields = { fd: int({ min: -1, words: { none: -1 } }), max: u64({ unit: 'bytes' }), idle: timeval() };
  return struct('struct so_splice', fields, { defaults: { max: 0n, idle: 0 } }) as never;
}

/** What reading SO_SPLICE gives: how many bytes went to the other socket. */
export function splicedBytes(): Codec<bigint, Splice> {
  return u64({ unit: 'bytes' }) as never;
}

/** struct udp_keepalive_offload: what the Wi-Fi driver sends while the machine sleeps. Source: netinet/udp.h of xnu. */
export function udpKeepaliveOffload() {
  const fields = { data: bytes({ size: 32 }), interval: u16({ unit: 's' }), data_len: u8({ max: 32 }), type: u8() };
  return struct('struct udp_keepalive_offload', fields, { defaults: { type: 0 } });
}

/** struct __msfilterreq: what setsourcefilter(3) passes; `srcs` is an address. Source: netinet/in.h of both systems. */
export function msfilterreq() {
  const head = { ifindex: interfaceIndex(), fmode: u32(), nsrcs: u32(), gap: pad(4) };
  return struct('struct __msfilterreq', { ...head, group: sockaddrStorage(), srcs: u64({ word: true }) });
}

/** struct icmp6_filter with a bit for each type that gets through, where Linux has one for each that does not. */
export function passFilter(): ReturnType<typeof icmp6Filter> {
  const linux = icmp6Filter();
  const turned = (found: Uint8Array): Uint8Array => found.map((byte) => ~byte);
  return {
    ...linux,
    decode: (found, abi) => linux.decode(turned(found), abi),
    encode: (value, abi) => turned(linux.encode(value, abi)),
  };
}

/** struct mac: length and address of the room for a label's text. Source: sys/mac.h of FreeBSD. */
export function macLabel() {
  return struct('struct mac', { buflen: u64({ word: true }), string: u64({ word: true }) });
}
