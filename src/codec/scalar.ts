// The single numbers: bool, int, u32, u8, u64.
import { invalid } from '../errors.ts';
import { type Abi, type Codec, hostAbi, parseInteger, type Unit, viewOf } from './codec.ts';

/** Limits, unit and special values of a number. */
export interface NumberSpec {
  min?: number;
  max?: number;
  unit?: Unit;
  /** Words for single values: `{ default: -1 }`. Read and written as text. */
  words?: Readonly<Record<string, number>>;
}

const trueWords = new Set(['1', 'on', 'true', 'yes', 'enable', 'enabled']);
const falseWords = new Set(['0', 'off', 'false', 'no', 'disable', 'disabled']);

/** Four bytes that a C int of this value is, in the byte order of the system. */
export function intBytes(value: number, abi: Abi = hostAbi): Uint8Array {
  const bytes = new Uint8Array(4);
  viewOf(bytes).setInt32(0, value, abi.littleEndian);
  return bytes;
}

/** A C int read from bytes; a kernel that returned one byte (IP_TTL does on request) means that byte. */
export function bytesToInt(bytes: Uint8Array, abi: Abi = hostAbi): number {
  if (bytes.byteLength >= 4) return viewOf(bytes).getInt32(0, abi.littleEndian);
  return bytes[0] ?? 0;
}

function describe(kind: string, spec: NumberSpec, min: number | bigint, max: number | bigint): string {
  const unit = spec.unit ? ` in ${spec.unit}` : '';
  const words = Object.keys(spec.words ?? {});
  return `${kind} from ${min} to ${max}${unit}${words.length > 0 ? ` or ${words.join(', ')}` : ''}`;
}

/** A C int used as a switch. Encodes exactly 1 or 0, for a dozen options refuse every other value. */
export function bool(): Codec<boolean, boolean | 0 | 1> {
  const accepts = 'on or off (true or false, 1 or 0)';
  const toInt = (value: boolean | 0 | 1): number => {
    if (value === true || value === 1) return 1;
    if (value === false || value === 0) return 0;
    throw invalid(accepts, value);
  };
  return {
    ctype: 'int',
    accepts,
    names: { off: 0, on: 1 },
    size: () => 4,
    align: () => 4,
    fromInt: (int) => int !== 0,
    toInt,
    decode: (bytes, abi) => bytesToInt(bytes, abi) !== 0,
    encode: (value, abi) => intBytes(toInt(value), abi),
    parse(text) {
      const word = text.trim().toLowerCase();
      if (trueWords.has(word)) return true;
      if (falseWords.has(word)) return false;
      throw invalid(accepts, text);
    },
    format: (value) => (value ? 'on' : 'off'),
  };
}

interface Shape {
  ctype: string;
  bytes: 1 | 2 | 4;
  least: number;
  most: number;
  signed: boolean;
}

function numeric(shape: Shape, spec: NumberSpec): Codec<number> {
  const min = spec.min ?? shape.least;
  const max = spec.max ?? shape.most;
  const accepts = describe('an integer', spec, min, max);
  const words = Object.entries(spec.words ?? {});
  const check = (value: number): number => {
    if (!Number.isInteger(value)) throw invalid(accepts, value);
    if ((value < min || value > max) && !words.some(([, at]) => at === value)) throw invalid(accepts, value);
    return value;
  };
  const codec: Codec<number> = {
    ctype: shape.ctype,
    accepts,
    min,
    max,
    ...(spec.unit && { unit: spec.unit }),
    ...(spec.words && { words: spec.words }),
    size: () => shape.bytes,
    align: () => shape.bytes,
    decode(bytes, abi = hostAbi) {
      const view = viewOf(bytes);
      if (bytes.byteLength < shape.bytes) return bytes[0] ?? 0;
      if (shape.bytes === 1) return view.getUint8(0);
      if (shape.bytes === 2) return view.getUint16(0, abi.littleEndian);
      return shape.signed ? view.getInt32(0, abi.littleEndian) : view.getUint32(0, abi.littleEndian);
    },
    encode(value, abi = hostAbi) {
      const bytes = new Uint8Array(shape.bytes);
      const view = viewOf(bytes);
      if (shape.bytes === 1) view.setUint8(0, check(value));
      else if (shape.bytes === 2) view.setUint16(0, check(value), abi.littleEndian);
      else view.setInt32(0, check(value), abi.littleEndian);
      return bytes;
    },
    parse(text) {
      const word = words.find(([name]) => name === text.trim().toLowerCase());
      return word ? word[1] : check(Number(parseInteger(text, accepts)));
    },
    format: (value) => words.find(([, at]) => at === value)?.[0] ?? String(value),
  };
  if (shape.bytes !== 4) return codec;
  return shape.signed
    ? { ...codec, fromInt: (int) => int, toInt: check }
    : { ...codec, fromInt: (int) => int >>> 0, toInt: (value) => check(value) | 0 };
}

/** A C int. Limits are what the kernel takes, not what is wise: a value beyond them is refused before the call. */
export function int(spec: NumberSpec = {}): Codec<number> {
  return numeric({ ctype: 'int', bytes: 4, least: -0x80000000, most: 0x7fffffff, signed: true }, spec);
}

/** An unsigned 32-bit number. */
export function u32(spec: NumberSpec = {}): Codec<number> {
  return numeric({ ctype: 'uint32_t', bytes: 4, least: 0, most: 0xffffffff, signed: false }, spec);
}

/** An unsigned 16-bit number, as structs hold them. */
export function u16(spec: NumberSpec = {}): Codec<number> {
  return numeric({ ctype: 'uint16_t', bytes: 2, least: 0, most: 0xffff, signed: false }, spec);
}

/** One byte, where a system wants it (IP_MULTICAST_TTL on the BSDs). */
export function u8(spec: NumberSpec = {}): Codec<number> {
  return numeric({ ctype: 'uint8_t', bytes: 1, least: 0, most: 0xff, signed: false }, spec);
}

/** An unsigned 64-bit number, or a C `unsigned long` where `word` is set (4 bytes on 32-bit systems). */
export function u64(
  spec: Omit<NumberSpec, 'min' | 'max' | 'words'> & { word?: boolean; words?: Readonly<Record<string, bigint>> } = {},
): Codec<bigint, bigint | number> {
  const most = 0xffffffffffffffffn;
  const words = Object.entries(spec.words ?? {});
  const named = words.map(([name]) => ` or ${name}`).join('');
  const accepts = `an integer from 0 to ${most}${spec.unit ? ` in ${spec.unit}` : ''}${named}`;
  const size = (abi: Abi = hostAbi): number => (spec.word ? abi.wordBytes : 8);
  const check = (value: bigint | number): bigint => {
    if (typeof value !== 'bigint' && !Number.isSafeInteger(value)) throw invalid(accepts, value);
    const big = BigInt(value);
    if (big < 0n || big > most) throw invalid(accepts, value);
    return big;
  };
  return {
    ctype: spec.word ? 'unsigned long' : 'uint64_t',
    accepts,
    min: 0,
    ...(spec.unit && { unit: spec.unit }),
    ...(spec.words && { words: spec.words }),
    size,
    align: size,
    decode(bytes, abi = hostAbi) {
      if (bytes.byteLength >= 8) return viewOf(bytes).getBigUint64(0, abi.littleEndian);
      return BigInt(bytesToInt(bytes, abi) >>> 0);
    },
    encode(value, abi = hostAbi) {
      const big = check(value);
      const bytes = new Uint8Array(size(abi));
      if (bytes.byteLength === 8) viewOf(bytes).setBigUint64(0, big, abi.littleEndian);
      else if (big > 0xffffffffn) throw invalid('an integer from 0 to 4294967295 on a 32-bit system', value);
      else viewOf(bytes).setUint32(0, Number(big), abi.littleEndian);
      return bytes;
    },
    parse(text) {
      const word = words.find(([name]) => name === text.trim().toLowerCase());
      return word ? word[1] : check(parseInteger(text, accepts));
    },
    format: (value) => words.find(([, at]) => at === value)?.[0] ?? value.toString(),
  };
}
