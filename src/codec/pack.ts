// Bytes by a format text, in the manner of Python's struct module: for programs that are ported from Python.
import { invalid, type SockctlError } from '../errors.ts';
import { type Abi, hostAbi, viewOf } from './codec.ts';

/** What {@link unpack} gives: 64-bit numbers are bigints only where a number would not be exact. */
export type Unpacked = number | bigint | boolean | Uint8Array;
/** What {@link pack} takes; strings stand for their UTF-8 where bytes are expected. */
export type Packable = Unpacked | string;

type Kind = 'pad' | 'char' | 'signed' | 'unsigned' | 'bool' | 'float' | 'string' | 'pascal';

interface Item {
  code: string;
  kind: Kind;
  /** Bytes of one element. */
  size: number;
  /** Elements; the bytes of the one text for s and p. */
  count: number;
  /** Where the first one lies. */
  offset: number;
}

interface Plan {
  items: readonly Item[];
  size: number;
  littleEndian: boolean;
}

const kinds: Record<string, Kind> = {
  x: 'pad',
  c: 'char',
  '?': 'bool',
  f: 'float',
  d: 'float',
  s: 'string',
  p: 'pascal',
};
for (const code of 'bhilqn') kinds[code] = 'signed';
for (const code of 'BHILQNP') kinds[code] = 'unsigned';
const standardSizes: Record<string, number> = { h: 2, i: 4, l: 4, q: 8, f: 4, d: 8 };
const most = 1 << 30;

/** Bytes of one element; undefined where the format has no such element. */
function sizeOf(code: string, native: boolean, abi: Abi): number | undefined {
  if ('nNP'.includes(code)) return native ? abi.wordBytes : undefined;
  if (native && 'lL'.includes(code)) return abi.os === 'windows' ? 4 : abi.wordBytes;
  if (kinds[code] === undefined) return undefined;
  return standardSizes[code.toLowerCase()] ?? 1;
}

function plan(format: string, abi: Abi = hostAbi): Plan {
  if (typeof format !== 'string') throw invalid('a format such as "ll"', format);
  const [, order = '', rest = ''] = /^([@=<>!]?)(.*)$/s.exec(format) ?? [];
  const native = order === '' || order === '@';
  const items: Item[] = [];
  let size = 0;
  for (const found of rest.matchAll(/\s+|(\d*)([a-zA-Z?])|./gs)) {
    const [part, digits, code] = found;
    if (part.trim() === '') continue;
    const bytes = code === undefined ? undefined : sizeOf(code, native, abi);
    if (code === undefined || bytes === undefined) {
      const only =
        code !== undefined && 'nNP'.includes(code) ? ` (${code} is for native formats, without ${order})` : '';
      throw invalid(`a format of x c b B ? h H i I l L q Q n N f d s p P with counts${only}`, format);
    }
    // The i386 interface keeps 64-bit numbers at multiples of four.
    const align = native ? Math.min(bytes, abi.arch === 'ia32' ? 4 : 8) : 1;
    const offset = Math.ceil(size / align) * align;
    const count = digits ? Number(digits) : 1;
    size = offset + count * bytes;
    if (size > most) throw invalid(`a format of at most ${most} bytes`, format);
    items.push({ code, kind: kinds[code] as Kind, size: bytes, count, offset });
  }
  const littleEndian = order === '<' || (order !== '>' && order !== '!' && abi.littleEndian);
  return { items, size, littleEndian };
}

/** How many values an item takes or gives. */
function valuesOf({ kind, count }: Item): number {
  if (kind === 'pad') return 0;
  return kind === 'string' || kind === 'pascal' ? 1 : count;
}

function refuse(code: string, expected: string, value: unknown): SockctlError {
  return invalid(`${expected} for ${code}`, value);
}

function toBytes(code: string, value: Packable): Uint8Array {
  if (value instanceof Uint8Array) return value;
  if (typeof value === 'string') return new TextEncoder().encode(value);
  throw refuse(code, 'bytes or a string', value);
}

function putInteger(
  view: DataView,
  at: number,
  { code, kind, size }: Item,
  value: Packable,
  littleEndian: boolean,
): void {
  if (typeof value !== 'bigint' && !Number.isInteger(value)) throw refuse(code, 'an integer', value);
  const big = BigInt(value as number | bigint);
  const bits = BigInt(size * 8 - (kind === 'signed' ? 1 : 0));
  const least = kind === 'signed' ? -(1n << bits) : 0n;
  const limit = (1n << bits) - 1n;
  if (big < least || big > limit) throw refuse(code, `an integer from ${least} to ${limit}`, value);
  if (size === 8) view.setBigInt64(at, big, littleEndian);
  else if (size === 4) view.setInt32(at, Number(big), littleEndian);
  else if (size === 2) view.setInt16(at, Number(big), littleEndian);
  else view.setInt8(at, Number(big));
}

function getInteger(view: DataView, at: number, { kind, size }: Item, littleEndian: boolean): number | bigint {
  const signed = kind === 'signed';
  if (size === 1) return signed ? view.getInt8(at) : view.getUint8(at);
  if (size === 2) return signed ? view.getInt16(at, littleEndian) : view.getUint16(at, littleEndian);
  if (size === 4) return signed ? view.getInt32(at, littleEndian) : view.getUint32(at, littleEndian);
  const big = signed ? view.getBigInt64(at, littleEndian) : view.getBigUint64(at, littleEndian);
  return Number.isSafeInteger(Number(big)) ? Number(big) : big;
}

function put(bytes: Uint8Array, at: number, item: Item, value: Packable, littleEndian: boolean): void {
  const { code, kind, size, count } = item;
  const view = viewOf(bytes);
  switch (kind) {
    case 'bool':
      if (typeof value !== 'boolean' && typeof value !== 'number') throw refuse(code, 'true or false', value);
      view.setUint8(at, value ? 1 : 0);
      return;
    case 'char': {
      const char = toBytes(code, value);
      if (char.byteLength !== 1) throw refuse(code, 'one byte', value);
      bytes.set(char, at);
      return;
    }
    case 'float':
      if (typeof value !== 'number') throw refuse(code, 'a number', value);
      if (size === 4 && Number.isFinite(value) && !Number.isFinite(Math.fround(value))) {
        throw refuse(code, 'a number that 32 bits can hold', value);
      }
      if (size === 4) view.setFloat32(at, value, littleEndian);
      else view.setFloat64(at, value, littleEndian);
      return;
    case 'string':
      bytes.set(toBytes(code, value).subarray(0, count), at);
      return;
    case 'pascal': {
      // A byte for the length, which has at most 255, then the text.
      const text = toBytes(code, value).subarray(0, Math.max(0, count - 1));
      bytes.set(text, count > 0 ? at + 1 : at);
      if (count > 0) bytes[at] = Math.min(text.byteLength, 255);
      return;
    }
    default:
      putInteger(view, at, item, value, littleEndian);
  }
}

function get(bytes: Uint8Array, at: number, item: Item, littleEndian: boolean): Unpacked {
  const { kind, size, count } = item;
  const view = viewOf(bytes);
  switch (kind) {
    case 'bool':
      return view.getUint8(at) !== 0;
    case 'char':
      return bytes.slice(at, at + 1);
    case 'float':
      return size === 4 ? view.getFloat32(at, littleEndian) : view.getFloat64(at, littleEndian);
    case 'string':
      return bytes.slice(at, at + count);
    case 'pascal':
      return count === 0 ? new Uint8Array(0) : bytes.slice(at + 1, at + 1 + Math.min(bytes[at] as number, count - 1));
    default:
      return getInteger(view, at, item, littleEndian);
  }
}

/**
 * Bytes of values by a format, as Python's `struct.pack`: `pack('ll', 5, 500000)` is a struct timeval.
 * First sign: `@` (the default) for this system's sizes, order and alignment, `=` for its order alone, `<` and `>`
 * (or `!`) for little and big endian. Wrong counts, types and ranges throw ERR_INVALID_VALUE.
 */
export function pack(format: string, ...values: Packable[]): Uint8Array {
  const { items, size, littleEndian } = plan(format);
  const wanted = items.reduce((sum, item) => sum + valuesOf(item), 0);
  if (wanted !== values.length)
    throw invalid(`${wanted} values for the format ${JSON.stringify(format)}`, values.length);
  const bytes = new Uint8Array(size);
  let next = 0;
  for (const item of items) {
    for (let at = 0; at < valuesOf(item); at += 1) {
      put(bytes, item.offset + at * item.size, item, values[next] as Packable, littleEndian);
      next += 1;
    }
  }
  return bytes;
}

/**
 * The values in bytes by a format, as Python's `struct.unpack`; the bytes have exactly the format's size
 * (ERR_INVALID_VALUE otherwise). Texts (`s`, `p`, `c`) are Uint8Arrays, `?` is a boolean.
 */
export function unpack(format: string, bytes: Uint8Array): Unpacked[] {
  const { items, size, littleEndian } = plan(format);
  if (!(bytes instanceof Uint8Array) || bytes.byteLength !== size) {
    throw invalid(`${size} bytes for the format ${JSON.stringify(format)}`, bytes);
  }
  return items.flatMap((item) =>
    Array.from({ length: valuesOf(item) }, (_none, at) => get(bytes, item.offset + at * item.size, item, littleEndian)),
  );
}

/** How many bytes a format has, as Python's `struct.calcsize`. */
export function calcsize(format: string): number {
  return plan(format).size;
}
