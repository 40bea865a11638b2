// C structs with fields at fixed offsets, the same on every system: bit fields, and structs that grow with the kernel.
import { invalid } from '../errors.ts';
import { type Abi, type Codec, hostAbi, type Unit, viewOf } from './codec.ts';
import { joinFields, splitFields, unwrap, wrap } from './fields.ts';
import { u32, u64 } from './scalar.ts';
import { leftOut, within } from './struct.ts';

/** Where one field lies. */
export interface Place {
  readonly offset: number;
  readonly bytes: number;
  // biome-ignore lint/suspicious/noExplicitAny: a codec takes other types than it gives, in both directions
  readonly codec: Codec<any, any>;
  /** A number, or some bits of one: read without a codec in between. */
  readonly bits?: { readonly shift: number; readonly width: number };
  /** A 64-bit number: read without a codec in between as well. */
  readonly wide?: true;
  /** Length of the smallest struct that has the field, where that is more than the field's own end. */
  readonly from: number;
}

/** A field with a codec of its own. */
export function at<Out, In>(offset: number, codec: Codec<Out, In>, from = 0): Place {
  const bytes = codec.size();
  return { offset, bytes, codec, from: Math.max(from, offset + bytes) };
}

/**
 * Bits of a number that is `bytes` long. `shift` counts from the first bit field of the number: from the lowest bit
 * on little-endian systems, from the highest on big-endian ones, as C compilers lay them out.
 */
export function bits<Out, In>(
  offset: number,
  bytes: 1 | 2 | 4,
  shift: number,
  width: number,
  codec: Codec<Out, In>,
): Place {
  return { offset, bytes, codec, bits: { shift, width }, from: offset + bytes };
}

/** An unsigned number of 1, 2 or 4 bytes. */
export function number(offset: number, bytes: 1 | 2 | 4, unit?: Unit, from = 0): Place {
  const width = bytes * 8;
  const codec = u32({ max: 2 ** width - 1, ...(unit && { unit }) });
  return { offset, bytes, codec, bits: { shift: 0, width }, from: Math.max(from, offset + bytes) };
}

/** An unsigned 64-bit number, as a bigint. */
export function big(offset: number, unit?: Unit, from = 0): Place {
  return { ...at(offset, u64(unit ? { unit } : {}), from), wide: true };
}

/** One struct. */
export interface LayoutSpec<Out> {
  ctype: string;
  /** Bytes of the struct as the newest known header has it. */
  size: number;
  /** In C order. */
  fields: { readonly [Name in keyof Out & string]-?: Place };
  /** Fields that a set may leave out: their bytes are zero then. */
  optional?: readonly (keyof Out & string)[];
  /** Later kernels add fields at the end: a set may stop early. */
  grows?: boolean;
}

function shiftOf({ bytes }: Place, { shift, width }: { shift: number; width: number }, abi: Abi): number {
  return abi.littleEndian ? shift : bytes * 8 - shift - width;
}

/** Reads one field of a struct. */
type Reader = (bytes: Uint8Array, view: DataView, abi: Abi) => unknown;

/** The reader of a place, made once: a struct of sixty fields is read for each of a machine's sockets. */
function readerOf(place: Place): Reader {
  const { codec, offset, bytes: size, bits } = place;
  if (place.wide) return (_, view, { littleEndian }) => view.getBigUint64(offset, littleEndian);
  if (!bits) return (bytes, _, abi) => codec.decode(bytes.subarray(offset, offset + size), abi);
  const raw = rawReader(place);
  const value = codec.fromInt as (int: number) => unknown;
  if (bits.width === size * 8) return (_, view, abi) => value(raw(view, abi.littleEndian));
  const mask = 2 ** bits.width - 1;
  return (_, view, abi) => value((raw(view, abi.littleEndian) >>> shiftOf(place, bits, abi)) & mask);
}

function rawReader({ offset, bytes }: Place): (view: DataView, littleEndian: boolean) => number {
  if (bytes === 1) return (view) => view.getUint8(offset);
  if (bytes === 2) return (view, littleEndian) => view.getUint16(offset, littleEndian);
  return (view, littleEndian) => view.getUint32(offset, littleEndian);
}

function write(bytes: Uint8Array, view: DataView, place: Place, value: unknown, abi: Abi): void {
  const { codec, offset } = place;
  if (!place.bits) {
    bytes.set(codec.encode(value, abi), offset);
    return;
  }
  const int = (codec.toInt as (value: unknown) => number)(value) >>> 0;
  if (int >= 2 ** place.bits.width) throw invalid(`${codec.accepts}, in ${place.bits.width} bits`, value);
  const raw = rawReader(place)(view, abi.littleEndian) | (int << shiftOf(place, place.bits, abi));
  if (place.bytes === 1) view.setUint8(offset, raw);
  else if (place.bytes === 2) view.setUint16(offset, raw, abi.littleEndian);
  else view.setUint32(offset, raw, abi.littleEndian);
}

/** The codec of a struct, which can also read one of its fields. */
export interface LayoutCodec<Out, In = Out> extends Codec<Out, In> {
  /** One field without the others; undefined where it is not within the bytes. */
  field<Name extends keyof Out & string>(bytes: Uint8Array, name: Name, abi?: Abi): Out[Name] | undefined;
}

interface Template {
  readonly blank: Record<string, unknown>;
  readonly byName: ReadonlyMap<string, Reader>;
  readonly readers: readonly { readonly name: string; readonly read: Reader }[];
}

/**
 * A codec for a struct of the given layout. A read has the fields that lie within the bytes that came back: what is
 * not there is absent, never 0. A set refuses unknown fields, and with `grows` a gap (ERR_INVALID_VALUE).
 * Text: `field=value,field=value`.
 */
export function layout<Out extends object, In = Out>(spec: LayoutSpec<Out>): LayoutCodec<Out, In> {
  type Loose = Record<string, unknown>;
  const { ctype, size, grows = false } = spec;
  const places = Object.entries<Place>(spec.fields);
  const byName = new Map(places);
  // An object of the fields that are there, by length: a copy of it is filled faster than an empty one.
  const templates = new Map<number, Template>();
  const templateOf = (length: number): Template => {
    let template = templates.get(length);
    if (template === undefined) {
      const there = places.filter(([, { from }]) => from <= length);
      const readers = there.map(([name, place]) => ({ name, read: readerOf(place) }));
      const byName = new Map(readers.map(({ name, read }) => [name, read]));
      template = { blank: Object.fromEntries(there.map(([name]) => [name, 0])), readers, byName };
      templates.set(length, template);
    }
    return template;
  };
  const optional = new Set<string>(spec.optional);
  const accepts = `fields ${[...byName.keys()].join(', ')}${leftOut([...optional], byName.size)}`;
  const check = (value: unknown): Loose => {
    if (typeof value !== 'object' || value === null || Array.isArray(value) || value instanceof Uint8Array) {
      throw invalid(accepts, value);
    }
    for (const name of Object.keys(value)) if (!byName.has(name)) throw invalid(`${accepts}, not ${name}`, value);
    let ended = '';
    for (const name of byName.keys()) {
      const given = (value as Loose)[name] !== undefined;
      if (given && ended) throw invalid(`field ${ended} where ${name} is given`, value);
      if (given || optional.has(name)) continue;
      if (!grows) throw invalid(`${accepts}; ${name} is missing`, value);
      ended ||= name;
    }
    return value as Loose;
  };
  return {
    ctype,
    accepts,
    shape: {
      kind: 'struct',
      parts: () =>
        places.map(([name, { offset, codec, bits, bytes }]) => ({
          ...{ name, offset, codec },
          ...(bytes !== codec.size() && { bytes }),
          ...(bits && bits.width < bytes * 8 && { bits: bits.width }),
        })),
    },
    ...(grows && { variable: true }),
    size: () => size,
    align: () => 8,
    decode(bytes, abi = hostAbi) {
      const view = viewOf(bytes);
      const { blank, readers } = templateOf(Math.min(bytes.byteLength, size));
      const out: Loose = { ...blank };
      for (const { name, read } of readers) out[name] = read(bytes, view, abi);
      return out as Out;
    },
    field(bytes, name, abi = hostAbi) {
      const reader = templateOf(Math.min(bytes.byteLength, size)).byName.get(name);
      return reader?.(bytes, viewOf(bytes), abi) as never;
    },
    encode(value, abi = hostAbi) {
      const found = check(value);
      const there = places.filter(([name]) => found[name] !== undefined);
      const bytes = new Uint8Array(grows ? Math.max(0, ...there.map(([, place]) => place.from)) : size);
      const view = viewOf(bytes);
      for (const [name, place] of there) within(`field ${name}`, () => write(bytes, view, place, found[name], abi));
      return bytes;
    },
    parse(text) {
      const value: Loose = {};
      for (const piece of splitFields(text, accepts)) {
        const equals = piece.indexOf('=');
        const name = piece.slice(0, Math.max(equals, 0)).trim();
        const place = byName.get(name);
        if (!place) throw invalid(`${accepts}, each as field=value`, piece);
        if (Object.hasOwn(value, name)) throw invalid(`${name} once`, text);
        value[name] = within(`field ${name}`, () => place.codec.parse(unwrap(piece.slice(equals + 1), accepts)));
      }
      return check(value);
    },
    format(value) {
      const there = places.filter(([name]) => (value as Loose)[name] !== undefined);
      return joinFields(there.map(([name, { codec }]) => `${name}=${wrap(codec.format((value as Loose)[name]))}`));
    },
  };
}
