// C structs: fields in order, each at its natural alignment, with a text form that nests.
import { invalid, SockctlError } from '../errors.ts';
import { type Abi, type Codec, hostAbi, type InOf, isInvalid, type OutOf } from './codec.ts';
import { joinFields, splitFields, unwrap, wrap } from './fields.ts';

/** Reserved bytes: zero in a set, not shown in a read. */
export interface Padding extends Codec<undefined> {
  readonly padding: true;
  /** The field is the number of elements of this one, a list. */
  readonly counts?: string;
  readonly int?: Codec<number>;
}

/** The fields of a struct, in the order of C. */
// biome-ignore lint/suspicious/noExplicitAny: a codec takes other types than it gives, in both directions
export type Fields = Readonly<Record<string, Codec<any, any>>>;

type Named<F> = { [K in keyof F as F[K] extends Padding ? never : K]: F[K] };
type Values<F> = { -readonly [K in keyof Named<F>]: OutOf<Named<F>[K]> };
type Inputs<F> = { -readonly [K in keyof Named<F>]: InOf<Named<F>[K]> };

/** What a read of a struct gives; every field of a growing struct may be absent. */
export type StructOut<F, Grows extends boolean = false> = Grows extends true ? Partial<Values<F>> : Values<F>;
/** Which of a struct's fields may be left out, in words. */
export function leftOut(optional: readonly string[], fields: number): string {
  if (optional.length === 0) return '';
  if (optional.length === fields && fields > 1) return ', each of which may be left out';
  return ` (may be left out: ${optional.join(', ')})`;
}

/** What a set of a struct takes: fields that have a default may be left out. */
export type StructIn<F, D = unknown, Grows extends boolean = false> = Grows extends true
  ? Partial<Inputs<F>>
  : Omit<Inputs<F>, keyof D> & Partial<Pick<Inputs<F>, keyof D & keyof Inputs<F>>>;

/** How a struct departs from plain fields. */
export interface StructOptions<D, Grows extends boolean> {
  /** Values of fields that a set may leave out. */
  defaults?: D;
  /** Later kernels add fields at the end: a set may stop early, and a read has what came back. */
  grows?: Grows;
  /** Other names that a set takes for a field: `{ interface: 'ifindex' }`. */
  aliases?: Readonly<Record<string, string>>;
}

/** Reserved bytes inside a struct, written as zeros. Give the field any name: no read shows it. */
export function pad(bytes: number): Padding {
  return {
    padding: true,
    ctype: `char[${bytes}]`,
    accepts: 'nothing',
    size: () => bytes,
    align: () => 1,
    decode: () => undefined,
    encode: () => new Uint8Array(bytes),
    parse: () => undefined,
    format: () => '',
  };
}

/** The number of elements of the list that another field is: a read cuts the list there, a set fills it in. */
export function countOf(field: string, int: Codec<number>): Padding {
  return { ...pad(0), ctype: int.ctype, size: int.size, align: int.align, counts: field, int };
}

interface Placed {
  name: string;
  codec: Codec<unknown, unknown>;
  offset: number;
  size: number;
  /** The last field of a struct may have any number of bytes. */
  open: boolean;
}

interface Layout {
  fields: readonly Placed[];
  size: number;
  align: number;
}

function arrange(fields: Fields, abi: Abi): Layout {
  // The i386 interface keeps 64-bit numbers at multiples of four.
  const widest = abi.arch === 'ia32' ? 4 : 8;
  const placed: Placed[] = [];
  let end = 0;
  let align = 1;
  for (const [name, codec] of Object.entries(fields)) {
    const at = Math.min(codec.align(abi), widest);
    const offset = Math.ceil(end / at) * at;
    const size = codec.size(abi);
    placed.push({ name, codec, offset, size, open: false });
    end = offset + size;
    align = Math.max(align, at);
  }
  const last = placed.at(-1);
  if (last?.codec.variable) last.open = true;
  return { fields: placed, size: Math.ceil(end / align) * align, align };
}

function isPadding(codec: Codec<unknown, unknown>): boolean {
  return (codec as Partial<Padding>).padding === true;
}

/** Runs `act`; a refusal inside says which field it is about. */
export function within<T>(place: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (!isInvalid(error)) throw error;
    throw new SockctlError('ERR_INVALID_VALUE', `${error.message} (in ${place})`, { value: error.value });
  }
}

/** The fields that are given, where these decide which struct it is: one that is undefined is as good as not there. */
export function given<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || ArrayBuffer.isView(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)) as T;
}

/**
 * A codec for a C struct. Fields lie in the order given, aligned as C compilers do, with sizes by the ABI.
 * A read has the fields that fit into the bytes that came back: what is not there is absent, never 0.
 * The text is `field=value,field=value`, with braces around values that have commas of their own.
 * A set refuses unknown fields, so that a typing error is not a silent no-op (ERR_INVALID_VALUE).
 */
export function struct<
  const F extends Fields,
  const D extends Partial<Inputs<F>> = Record<never, never>,
  const G extends boolean = false,
>(ctype: string, fields: F, options: StructOptions<D, G> = {}): Codec<StructOut<F, G>, StructIn<F, D, G>> {
  type Out = StructOut<F, G>;
  type In = StructIn<F, D, G>;
  type Loose = Record<string, unknown>;
  const { grows } = options;
  const aliases = options.aliases ?? {};
  const defaults = (options.defaults ?? {}) as Loose;
  const entries = Object.entries(fields);
  const names = entries.filter(([, codec]) => !isPadding(codec)).map(([name]) => name);
  const variable = grows === true || entries.at(-1)?.[1].variable === true;
  const optional = names.filter((name) => Object.hasOwn(defaults, name));
  const accepts = `fields ${names.join(', ')}${leftOut(optional, names.length)}`;
  let lastAbi: Abi | undefined;
  let lastLayout: Layout;
  const layout = (abi: Abi = hostAbi): Layout => {
    if (abi !== lastAbi) {
      lastLayout = arrange(fields, abi);
      lastAbi = abi;
    }
    return lastLayout;
  };
  const check = (value: unknown): Loose => {
    if (typeof value !== 'object' || value === null || Array.isArray(value) || value instanceof Uint8Array) {
      throw invalid(accepts, value);
    }
    const found: Loose = {};
    for (const [key, part] of Object.entries(value)) {
      const name = Object.hasOwn(aliases, key) ? (aliases[key] as string) : key;
      if (!names.includes(name)) throw invalid(`${accepts}, not ${key}`, value);
      if (part === undefined) continue;
      if (Object.hasOwn(found, name)) throw invalid(`${name} once, not also as ${key}`, value);
      found[name] = part;
    }
    let ended = '';
    for (const name of names) {
      if (Object.hasOwn(found, name)) {
        if (ended) throw invalid(`field ${ended} where ${name} is given`, value);
      } else if (Object.hasOwn(defaults, name)) found[name] = defaults[name];
      else if (!grows) throw invalid(`${accepts}; ${name} is missing`, value);
      else ended ||= name;
    }
    return found;
  };
  return {
    ctype,
    accepts,
    shape: { kind: 'struct', parts: (abi) => layout(abi).fields.filter(({ codec }) => !isPadding(codec)) },
    ...(variable && { variable }),
    size: (abi) => layout(abi).size,
    align: (abi) => layout(abi).align,
    decode(bytes, abi = hostAbi) {
      const out: Loose = {};
      const limits = new Map<string, number>();
      for (const { name, codec, offset, size, open } of layout(abi).fields) {
        if (bytes.byteLength < offset + (open ? 0 : size)) break;
        const part = bytes.subarray(offset, open ? undefined : offset + size);
        const { counts, int } = codec as Partial<Padding>;
        if (counts !== undefined && int) limits.set(counts, int.decode(part, abi));
        if (isPadding(codec)) continue;
        const value = codec.decode(part, abi);
        const limit = limits.get(name);
        out[name] = limit === undefined ? value : (value as unknown[]).slice(0, limit);
      }
      return out as Out;
    },
    encode(value, abi = hostAbi) {
      const found = check(value);
      const { fields: placed, size } = layout(abi);
      const parts: [number, Uint8Array][] = [];
      let length = size;
      for (const { name, codec, offset, size: room, open } of placed) {
        if (!isPadding(codec) && !Object.hasOwn(found, name)) {
          length = (parts.at(-1)?.[0] ?? 0) + (parts.at(-1)?.[1].byteLength ?? 0);
          break;
        }
        const { counts, int } = codec as Partial<Padding>;
        const given = counts === undefined ? found[name] : ((found[counts] as unknown[] | undefined)?.length ?? 0);
        const bytes = within(`field ${counts ?? name}`, () => (int ?? codec).encode(given as never, abi));
        if (open) length = offset + bytes.byteLength;
        else if (bytes.byteLength > room) throw invalid(`at most ${room} bytes in field ${name}`, given);
        parts.push([offset, bytes]);
      }
      const all = new Uint8Array(length);
      for (const [offset, bytes] of parts) all.set(bytes, offset);
      return all;
    },
    parse(text) {
      const value: Loose = {};
      for (const piece of splitFields(text, accepts)) {
        const equals = piece.indexOf('=');
        const key = piece.slice(0, Math.max(equals, 0)).trim();
        const name = Object.hasOwn(aliases, key) ? (aliases[key] as string) : key;
        if (!names.includes(name)) throw invalid(`${accepts}, each as field=value`, piece);
        if (Object.hasOwn(value, name)) throw invalid(`${name} once`, text);
        const codec = fields[name] as Codec<unknown, unknown>;
        value[name] = within(`field ${name}`, () => codec.parse(unwrap(piece.slice(equals + 1), accepts)));
      }
      check(value);
      return value as In;
    },
    format(value) {
      const there = names.filter((name) => (value as Loose)[name] !== undefined);
      return joinFields(
        there.map((name) => `${name}=${wrap((fields[name] as Codec<unknown>).format((value as Loose)[name]))}`),
      );
    },
  };
}
