// Multicast: memberships and source filters of IPv4 and IPv6. See ip(7), RFC 3678.
import { invalid } from '../errors.ts';
import { in6Addr, inAddr } from './address.ts';
import { type Abi, type Codec, hostAbi, isInvalid, viewOf } from './codec.ts';
import { joinFields, splitFields, unwrap, wrap } from './fields.ts';
import { interfaceIndex } from './interface.ts';
import { type SocketAddressInput, type SocketAddress, sockaddrStorage } from './sockaddr.ts';
import { struct } from './struct.ts';

/** struct ip_mreq: a group, and the local address of the interface. */
export function ipMreq() {
  return struct('struct ip_mreq', { multiaddr: inAddr(), interface: inAddr() }, { defaults: { interface: '0.0.0.0' } });
}

/** struct ip_mreqn: as ip_mreq, with the interface's index, which wins over the address. */
export function ipMreqn() {
  return struct(
    'struct ip_mreqn',
    { multiaddr: inAddr(), address: inAddr(), ifindex: interfaceIndex() },
    { defaults: { address: '0.0.0.0', ifindex: 0 } },
  );
}

/** struct ip_mreq_source, in Linux's order: group, interface, source (elsewhere the source comes second). */
export function ipMreqSource() {
  const fields = { multiaddr: inAddr(), interface: inAddr(), sourceaddr: inAddr() };
  return struct('struct ip_mreq_source', fields, { defaults: { interface: '0.0.0.0' } });
}

/** struct ipv6_mreq: a group and the interface's index. */
export function ipv6Mreq() {
  return struct('struct ipv6_mreq', { multiaddr: in6Addr(), interface: interfaceIndex() }, { defaults: { interface: 0 } });
}

/** struct group_req: either family, the interface by index or name. */
export function groupReq() {
  return struct('struct group_req', { interface: interfaceIndex(), group: sockaddrStorage() }, { defaults: { interface: 0 } });
}

/** struct group_source_req: a group and one sender. */
export function groupSourceReq() {
  const fields = { interface: interfaceIndex(), group: sockaddrStorage(), source: sockaddrStorage() };
  return struct('struct group_source_req', fields, { defaults: { interface: 0 } });
}

type MulticastIf = string | { multiaddr?: string; address?: string; ifindex?: number | string };

/** What IP_MULTICAST_IF takes: the interface's address, or struct ip_mreqn with its index or name. */
export function multicastIf(): Codec<string | { multiaddr: string; address: string; ifindex: number }, MulticastIf> {
  const address = inAddr();
  const whole = struct(
    'struct ip_mreqn',
    { multiaddr: inAddr(), address: inAddr(), ifindex: interfaceIndex() },
    { defaults: { multiaddr: '0.0.0.0', address: '0.0.0.0', ifindex: 0 } },
  );
  return {
    ctype: 'struct ip_mreqn',
    accepts: 'the IPv4 address of an interface, or fields address, ifindex',
    size: () => 12,
    align: () => 4,
    decode: (bytes, abi) => (bytes.byteLength < 12 ? address.decode(bytes, abi) : whole.decode(bytes, abi)),
    encode: (value, abi) => (typeof value === 'string' ? address.encode(value, abi) : whole.encode(value, abi)),
    parse: (text) => (text.includes('=') ? whole.parse(text) : address.parse(text)),
    format: (value) => (typeof value === 'string' ? value : whole.format(value)),
  };
}

/** A source filter: which group on which interface, whether the senders are the only ones heard or the ones left out. */
interface FilterShape<Group, GroupInput, Interface> {
  ctype: string;
  /** Offsets of the fields; the list of senders follows the fixed part. */
  at(abi: Abi): { interface: number; group: number; mode: number; count: number; sources: number };
  group: Codec<Group, GroupInput>;
  interface: Codec<Interface, never>;
  room: number;
}

/** What a filter is in JavaScript. `mode`: hear these senders only, or all others. */
export interface SourceFilter<Group, Interface> {
  group: Group;
  interface: Interface;
  mode: 'include' | 'exclude';
  sources: readonly Group[];
}

/** What an in/out read passes: the group and the interface. */
export interface FilterQuery<Group, Interface> {
  group: Group;
  interface?: Interface;
}

const filterAccepts = 'fields group, interface, mode (include or exclude), sources';

function filter<Group, GroupInput, Out, In>(
  shape: FilterShape<Group, GroupInput, Out>,
  standard: In,
): Codec<SourceFilter<Group, Out>, SourceFilter<GroupInput, In>> {
  const { group, room } = shape;
  const network = shape.interface as unknown as Codec<Out, In>;
  const encode = (value: SourceFilter<GroupInput, In>, abi: Abi = hostAbi): Uint8Array => {
    if (typeof value !== 'object' || value === null || !Array.isArray(value.sources)) throw invalid(filterAccepts, value);
    const { mode, sources } = value;
    if (mode !== 'include' && mode !== 'exclude') throw invalid(filterAccepts, value);
    const at = shape.at(abi);
    const step = group.size(abi);
    const bytes = new Uint8Array(at.sources + step * sources.length);
    bytes.set(network.encode(value.interface ?? standard, abi), at.interface);
    bytes.set(group.encode(value.group, abi), at.group);
    viewOf(bytes).setUint32(at.mode, mode === 'include' ? 1 : 0, abi.littleEndian);
    viewOf(bytes).setUint32(at.count, sources.length, abi.littleEndian);
    for (const [i, source] of sources.entries()) bytes.set(group.encode(source as GroupInput, abi), at.sources + i * step);
    return bytes;
  };
  return {
    ctype: shape.ctype,
    accepts: filterAccepts,
    variable: true,
    size: (abi = hostAbi) => shape.at(abi).sources + room * group.size(abi),
    align: () => 4,
    encode,
    decode(bytes, abi = hostAbi) {
      const at = shape.at(abi);
      const step = group.size(abi);
      const fixed = new Uint8Array(at.sources);
      fixed.set(bytes.subarray(0, at.sources));
      const claimed = viewOf(fixed).getUint32(at.count, abi.littleEndian);
      const there = Math.max(0, Math.floor((bytes.byteLength - at.sources) / step));
      return {
        group: group.decode(fixed.subarray(at.group, at.group + step), abi),
        interface: network.decode(fixed.subarray(at.interface, at.interface + 4), abi),
        mode: viewOf(fixed).getUint32(at.mode, abi.littleEndian) === 1 ? 'include' : 'exclude',
        sources: Array.from({ length: Math.min(claimed, there) }, (_, i) =>
          group.decode(bytes.subarray(at.sources + i * step, at.sources + (i + 1) * step), abi),
        ),
      };
    },
    parse(text) {
      const given = new Map(splitFields(text, filterAccepts).map((field): [string, string] => {
        const cut = field.indexOf('=');
        return [field.slice(0, cut).trim(), unwrap(field.slice(cut + 1), filterAccepts)];
      }));
      const value = {
        group: group.parse(given.get('group') ?? ''),
        interface: given.has('interface') ? network.parse(given.get('interface') ?? '') : standard,
        mode: given.get('mode'),
        sources: splitFields(given.get('sources') ?? '', filterAccepts).filter(Boolean).map((source) => group.parse(unwrap(source, filterAccepts))),
      } as SourceFilter<GroupInput, In>;
      encode(value);
      return value;
    },
    format(value) {
      const sources = joinFields(value.sources.map((source) => wrap(group.format(source))));
      return joinFields([`group=${group.format(value.group)}`, `interface=${network.format(value.interface)}`, `mode=${value.mode}`, `sources={${sources}}`]);
    },
  };
}

const ipShape = {
  ctype: 'struct ip_msfilter',
  at: () => ({ group: 0, interface: 4, mode: 8, count: 12, sources: 16 }),
  group: inAddr(),
  interface: inAddr(),
  room: 64,
};

const groupShape = {
  ctype: 'struct group_filter',
  at: ({ wordBytes }: Abi) => ({ interface: 0, group: wordBytes, mode: wordBytes + 128, count: wordBytes + 132, sources: wordBytes + 136 }),
  group: sockaddrStorage(),
  interface: interfaceIndex() as unknown as Codec<number, never>,
  room: 64,
};

/** struct ip_msfilter: the source filter of an IPv4 group. */
export function ipMsfilter(): Codec<SourceFilter<string, string>, SourceFilter<string, string>> {
  return filter<string, string, string, string>(ipShape as never, '0.0.0.0');
}

/** struct group_filter: the source filter of a group of either family. */
export function groupFilter(): Codec<SourceFilter<SocketAddress, number>, SourceFilter<SocketAddressInput, number | string>> {
  return filter<SocketAddress, SocketAddressInput, number, number | string>(groupShape, 0);
}

/** A query is a filter that asks for as many senders as there is room for. */
function query<Group, GroupInput, Out, In>(
  whole: Codec<SourceFilter<Group, Out>, SourceFilter<GroupInput, In>>,
  countAt: (abi: Abi) => number,
  room: number,
): Codec<unknown, FilterQuery<GroupInput, In>> {
  const accepts = 'fields group, interface: whose source filter is asked for';
  return {
    ctype: whole.ctype,
    accepts,
    variable: true,
    size: whole.size,
    align: whole.align,
    decode: whole.decode,
    encode(value, abi = hostAbi) {
      if (typeof value !== 'object' || value === null) throw invalid(accepts, value);
      const fixed = whole.encode({ ...value, mode: 'include', sources: [] } as unknown as SourceFilter<GroupInput, In>, abi);
      const bytes = new Uint8Array(whole.size(abi));
      bytes.set(fixed);
      viewOf(bytes).setUint32(countAt(abi), room, abi.littleEndian);
      return bytes;
    },
    parse(text) {
      try {
        const { group, interface: network } = whole.parse(`${text},mode=include,sources={}`) as SourceFilter<GroupInput, In>;
        return { group, interface: network };
      } catch (error) {
        throw isInvalid(error) ? invalid(accepts, text) : error;
      }
    },
    format: (value) => whole.format(value as SourceFilter<Group, Out>),
  };
}

/** What reading IP_MSFILTER passes in. */
export function ipMsfilterQuery(): Codec<unknown, FilterQuery<string, string>> {
  return query(ipMsfilter(), () => 12, ipShape.room);
}

/** What reading MCAST_MSFILTER passes in. */
export function groupFilterQuery(): Codec<unknown, FilterQuery<SocketAddressInput, number | string>> {
  return query(groupFilter(), ({ wordBytes }) => wordBytes + 132, groupShape.room);
}
