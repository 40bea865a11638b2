// What a codec is: bytes <-> value <-> text, for one C type.
import { invalid, type SockctlError } from '../errors.ts';
import { type Abi, hostAbi } from './abi.ts';

/** The unit of a number, as a reader would say it. */
export type Unit =
  | 'bytes'
  | 'bytes/s'
  | 'ms'
  | 's'
  | 'us'
  | 'ns'
  | 'hops'
  | 'packets'
  | 'segments'
  | 'probes'
  | 'retries'
  | 'connections';

/** One part of a type: a field of a struct with where it lies, a member of a union, the element of a list. */
export interface Part {
  /** The field's name; empty for the element of a list. */
  readonly name: string;
  readonly offset: number;
  // biome-ignore lint/suspicious/noExplicitAny: a part has a type of its own
  readonly codec: Codec<any, any>;
  /** Bytes of the number at `offset`, where these are not the codec's size. */
  readonly bytes?: number;
  /** So many bits of that number. */
  readonly bits?: number;
}

/** What a type is made of, for those who describe it. */
export interface Shape {
  /** `choice`: one of several types, told apart by the content. */
  readonly kind: 'struct' | 'union' | 'list' | 'choice';
  parts(abi?: Abi): readonly Part[];
}

/**
 * One C type: how it lies in memory, what it is in JavaScript, how it is written as text.
 *
 * `Out` is what a read gives, `In` is what a set takes (often wider: a number or its name).
 * `decode` never throws on short or odd bytes that a kernel could return: what is not there is absent.
 * `encode` and `parse` throw ERR_INVALID_VALUE; the caller puts the option's name in front.
 */
export interface Codec<Out, In = Out> {
  /** The type as man pages write it: `int`, `struct linger`. */
  readonly ctype: string;
  /** What a set takes, for messages and help: `an integer from 0 to 255`. */
  readonly accepts: string;
  readonly unit?: Unit;
  readonly min?: number;
  readonly max?: number;
  /** The names of an enum's or a flag set's values. */
  readonly names?: Readonly<Record<string, number>>;
  /** Words that stand for single numbers, which may lie outside of `min` and `max`: `{ default: -1 }`. */
  readonly words?: Readonly<Record<string, number | bigint>>;
  /** What it is made of, where it is more than one number or text. */
  readonly shape?: Shape;
  /** The length varies: `size` is then what a read offers to the kernel at first. */
  readonly variable?: boolean;
  /**
   * A set does not pass these bytes but a struct of their count and their address (struct sock_fprog).
   * The number is the size of one element in bytes; what is no whole number of them is passed as it is
   * (PACKET_FANOUT_DATA takes a program or a descriptor).
   */
  readonly indirect?: number;
  /** A set passes no bytes: the value, an unsigned C int, is the length argument (ALG_SET_AEAD_AUTHSIZE). */
  readonly asLength?: true;
  /** Lengths of which the kernel takes just one, which depends on the value: a read tries them in turn (TLS_TX). */
  readonly sizes?: readonly number[];
  /**
   * A query whose bytes from `from` on are not passed but pointed to: at each of `pointers` it has a 64-bit offset into
   * itself, which becomes an address. A read gives what the kernel returned, and these bytes behind it.
   */
  readonly behind?: { readonly from: number; readonly pointers: readonly number[] };
  size(abi?: Abi): number;
  align(abi?: Abi): number;
  decode(bytes: Uint8Array, abi?: Abi): Out;
  encode(value: In, abi?: Abi): Uint8Array;
  /** An input of this codec, from text; typed `unknown` so that options stay assignable by what a set takes. */
  parse(text: string): unknown;
  /** Whether two values mean the same although their texts differ; equal texts always do. */
  same?(a: Out, b: Out): boolean;
  format(value: Out): string;
  /** The value from a C int, without bytes in between: the fast path of reads. */
  readonly fromInt?: (int: number) => Out;
  /** The C int of a value: the fast path of sets. */
  readonly toInt?: (value: In) => number;
}

/** What a read with this codec gives. */
export type OutOf<C> = C extends Codec<infer Out, never> ? Out : never;
/** What a set with this codec takes. */
export type InOf<C> = C extends { encode(value: infer In, abi?: Abi): Uint8Array } ? In : never;

/** A view of the bytes for reading numbers. */
export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

const number = /^[+-]?(0x[0-9a-f]+|0o[0-7]+|0b[01]+|\d+)$/i;

/** An integer from text: decimal, hex, octal, binary; an error that says what is expected otherwise. */
export function parseInteger(text: string, accepts: string): bigint {
  const trimmed = text.trim();
  if (!number.test(trimmed)) throw invalid(accepts, text);
  const negative = trimmed.startsWith('-');
  const digits = BigInt(trimmed.replace(/^[+-]/, ''));
  return negative ? -digits : digits;
}

/** True for the error that codecs throw; a parser that tries several forms goes on after it. */
export function isInvalid(error: unknown): error is SockctlError {
  return (error as { code?: unknown } | null)?.code === 'ERR_INVALID_VALUE';
}

export { type Abi, hostAbi };
