// Multicast source filters: which senders of a group are heard (struct ip_msfilter, struct group_filter).
import { invalid } from '../errors.ts';
import { inAddr } from './address.ts';
import { type Codec, hostAbi } from './codec.ts';
import { joinFields, splitFields } from './fields.ts';
import { type GroupAddressInput, groupAddress } from './group-address.ts';
import { interfaceIndex } from './interface.ts';
import { list } from './list.ts';
import { u32 } from './scalar.ts';
import type { SocketAddress } from './sockaddr-types.ts';
import { type Fields, struct } from './struct.ts';

/** `include`: hear these senders only; `exclude`: hear all others. */
export type FilterMode = 'include' | 'exclude';

/** A source filter: of which group, on which interface. */
export interface SourceFilter<Group, Interface> {
  group: Group;
  interface: Interface;
  mode: FilterMode;
  /** Those that fit into the room that the read gave; the kernel may know more. */
  sources: readonly Group[];
}

/** What a set takes. Without an interface the routing table chooses it. */
export type SourceFilterInput<Group, Interface> = Omit<SourceFilter<Group, Interface>, 'interface'> & {
  interface?: Interface;
};

/** What a read passes in. */
export interface FilterQuery<Group, Interface> {
  group: Group;
  interface?: Interface;
  /** For how many senders there shall be room; 64 where it is not said. */
  room?: number;
}

const usualRoom = 64;

/** MCAST_INCLUDE and MCAST_EXCLUDE of Linux. */
function filterMode(): Codec<FilterMode> {
  const accepts = 'include or exclude';
  const number = u32();
  const check = (value: unknown): FilterMode => {
    if (value !== 'include' && value !== 'exclude') throw invalid(accepts, value);
    return value;
  };
  return {
    ctype: 'uint32_t',
    accepts,
    names: { exclude: 0, include: 1 },
    size: () => 4,
    align: () => 4,
    decode: (bytes, abi) => (number.decode(bytes, abi) === 1 ? 'include' : 'exclude'),
    encode: (value, abi) => number.encode(check(value) === 'include' ? 1 : 0, abi),
    parse: (text) => check(text.trim().toLowerCase()),
    format: (value) => value,
  };
}

/** The struct with its count; the count is the list's length and not part of the value. */
interface Whole {
  decoded: { numsrc: number; sources?: readonly unknown[] };
  given: Record<string, unknown>;
}

function whole(ctype: string, head: Fields, source: Fields[string]): Codec<Whole['decoded'], Whole['given']> {
  const fields = { ...head, mode: filterMode(), numsrc: u32(), sources: list(source, { room: usualRoom }) };
  return struct(ctype, fields, {
    defaults: { numsrc: 0, interface: head.interface?.decode(new Uint8Array(4)) },
  }) as never;
}

function filter<Out, In>(codec: Codec<Whole['decoded'], Whole['given']>): Codec<Out, In> {
  const accepts = 'fields group, interface, mode (include or exclude), sources';
  const check = (value: unknown): Record<string, unknown> => {
    const { sources } = (value ?? {}) as { sources?: unknown };
    if (!Array.isArray(sources) || 'numsrc' in (value as object)) throw invalid(accepts, value);
    return { ...(value as object), numsrc: sources.length };
  };
  return {
    ctype: codec.ctype,
    accepts,
    variable: true,
    size: codec.size,
    align: codec.align,
    decode(bytes, abi) {
      const { numsrc, sources, ...rest } = codec.decode(bytes, abi);
      return { ...rest, ...(sources && { sources: sources.slice(0, numsrc) }) } as Out;
    },
    encode: (value, abi) => codec.encode(check(value), abi),
    parse: (text) => {
      const value = codec.parse(text);
      check(value);
      return value;
    },
    format: (value) => codec.format(value as Whole['decoded']),
  };
}

function query<In>(codec: Codec<Whole['decoded'], Whole['given']>, step: number): Codec<{ room: number }, In> {
  const accepts = 'fields group, interface, room: whose source filter is asked for';
  const room = u32({ max: Math.floor((1 << 20) / step) - 2 });
  const asked = struct(codec.ctype, { room }, { defaults: { room: usualRoom } });
  return {
    ctype: codec.ctype,
    accepts,
    variable: true,
    size: codec.size,
    align: codec.align,
    decode(bytes, abi) {
      const found = codec.decode(bytes, abi) as Whole['decoded'] & { mode: unknown };
      const { numsrc, sources: _none, mode: _unused, ...rest } = found;
      return { ...rest, room: numsrc };
    },
    encode(value, abi = hostAbi) {
      if (typeof value !== 'object' || value === null) throw invalid(accepts, value);
      const { room: places = usualRoom, ...rest } = value as { room?: number };
      room.encode(places, abi);
      const head = codec.encode({ ...rest, mode: 'include', numsrc: places, sources: [] }, abi);
      // The kernel writes as many senders as the count says, whatever the length: the room is really there.
      const bytes = new Uint8Array(head.byteLength + places * step);
      bytes.set(head);
      return bytes;
    },
    parse(text) {
      const pieces = splitFields(text, accepts);
      const wanted = pieces.filter((piece) => piece.startsWith('room='));
      const rest = pieces.filter((piece) => !wanted.includes(piece));
      const filled = codec.parse(joinFields([...rest, 'mode=include', 'sources='])) as Record<string, unknown>;
      const { mode: _mode, sources: _sources, ...value } = filled;
      return { ...value, ...(asked.parse(joinFields(wanted)) as object) };
    },
    format: (value) => {
      const { room: places, ...rest } = value;
      return `${codec.format(rest as never)},room=${places}`;
    },
  };
}

const ip = () => whole('struct ip_msfilter', { group: inAddr(), interface: inAddr() }, inAddr());
const any = () => whole('struct group_filter', { interface: interfaceIndex(), group: groupAddress() }, groupAddress());

/** struct ip_msfilter: the source filter of an IPv4 group on the interface with an address. Linux. Source: ip(7). */
export function ipMsfilter(): Codec<SourceFilter<string, string>, SourceFilterInput<string, string>> {
  return filter(ip());
}

/** struct group_filter: the source filter of a group of either family, by the interface's index. Source: RFC 3678. */
export function groupFilter(): Codec<
  SourceFilter<SocketAddress, number>,
  SourceFilterInput<GroupAddressInput, number | string>
> {
  return filter(any());
}

/** What reading IP_MSFILTER passes in: the group, the interface, and how many senders there is room for. */
export function ipMsfilterQuery(): Codec<unknown, FilterQuery<string, string>> {
  return query(ip(), 4);
}

/** What reading MCAST_MSFILTER passes in. */
export function groupFilterQuery(): Codec<unknown, FilterQuery<GroupAddressInput, number | string>> {
  return query(any(), 128);
}
