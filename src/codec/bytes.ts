// Bytes that have no better type, and values that are not looked at.
import { invalid } from '../errors.ts';
import type { Codec } from './codec.ts';
import { intBytes } from './scalar.ts';

/** How many bytes there are. */
export interface BytesSpec {
  /** The most that a set takes, and what a read makes room for: 256 where it is not said. */
  max?: number;
  /** Exactly so many, as arrays inside structs have; a set may give fewer, zeros follow. */
  size?: number;
}

/** The bytes of hex digits, with or without `0x` in front and spaces or colons between them; undefined otherwise. */
export function fromHex(text: string): Uint8Array | undefined {
  const digits = text.trim().replace(/^0x/i, '').replaceAll(/[\s:]/g, '');
  if (digits.length % 2 !== 0 || !/^[0-9a-f]*$/i.test(digits)) return undefined;
  return Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

/** Bytes as hex digits. */
export function toHex(value: Uint8Array, between = ''): string {
  return Array.from(value, (byte) => byte.toString(16).padStart(2, '0')).join(between);
}

/** Raw bytes: the value is a Uint8Array of its own memory, the text is hex digits (`0a0b0c`). */
export function bytes({ max, size }: BytesSpec = {}): Codec<Uint8Array> {
  const most = size ?? max;
  const accepts = most === undefined ? 'bytes (as text: hex digits)' : `at most ${most} bytes (as text: hex digits)`;
  return {
    ctype: size === undefined ? 'void' : `char[${size}]`,
    accepts,
    ...(size === undefined && { variable: true }),
    size: () => most ?? 256,
    align: () => 1,
    decode: (found) => Uint8Array.from(found.subarray(0, size)),
    encode(value) {
      if (!(value instanceof Uint8Array) || value.byteLength > (most ?? 1 << 20)) throw invalid(accepts, value);
      const copy = new Uint8Array(size ?? value.byteLength);
      copy.set(value);
      return copy;
    },
    parse(text) {
      const value = fromHex(text);
      if (!value || value.byteLength > (most ?? 1 << 20)) throw invalid(accepts, text);
      return value;
    },
    format: (value) => toHex(value),
  };
}

/**
 * For options that do something and take no value (SO_DETACH_FILTER): a set takes null or undefined,
 * and passes a C int 0, for Linux demands four bytes even there. The text is empty.
 * With `empty` it passes no bytes at all, where the kernel refuses any (TIPC_GROUP_LEAVE).
 */
export function nothing({ empty = false } = {}): Codec<null, null | undefined> {
  const accepts = 'no value (null)';
  return {
    ctype: empty ? 'void' : 'int',
    accepts,
    size: () => (empty ? 0 : 4),
    align: () => (empty ? 1 : 4),
    decode: () => null,
    encode(value, abi) {
      if (value !== null && value !== undefined) throw invalid(accepts, value);
      return empty ? new Uint8Array() : intBytes(0, abi);
    },
    parse(text) {
      if (!['', 'null', 'none', '-'].includes(text.trim().toLowerCase())) throw invalid(accepts, text);
      return null;
    },
    format: () => '',
  };
}
