// Rows of records that each tell their own length: header options, control messages, what follows a policy.
import { invalid } from '../errors.ts';
import { type Abi, type Codec, hostAbi, isInvalid } from './codec.ts';
import { list } from './list.ts';
import { within } from './struct.ts';

/** How the records of a row lie. */
export interface RecordsSpec {
  /** Bytes that a read makes room for. */
  room: number;
  /** Bytes of the record that these start with; 0 where it cannot be told. */
  length(bytes: Uint8Array, abi: Abi): number;
  /** Each begins at a multiple of so many bytes. */
  align?(abi: Abi): number;
}

/** Bytes of several parts, one behind the other. */
export function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { byteLength }) => sum + byteLength, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.byteLength;
  }
  return whole;
}

/** The bytes with zeros behind them, to a multiple of so many. */
export function filledUp(bytes: Uint8Array, align: number): Uint8Array {
  return joined([bytes, new Uint8Array(-bytes.byteLength & (align - 1))]);
}

/** The same codec where no compiler moves it to a boundary of its own: in headers of packets. */
export function packed<Out, In>(codec: Codec<Out, In>): Codec<Out, In> {
  return { ...codec, align: () => 1 };
}

/** The value that stands for just these bytes; undefined where the codec would write others for what it reads. */
export function exactly<Out>(codec: Codec<Out, never>, bytes: Uint8Array, abi?: Abi): Out | undefined {
  try {
    const value = codec.decode(bytes, abi);
    const again = codec.encode(value as never, abi);
    const same = again.byteLength === bytes.byteLength && again.every((byte, at) => byte === bytes[at]);
    return same ? value : undefined;
  } catch (error) {
    if (!isInvalid(error)) throw error;
    return undefined;
  }
}

/** An array of records of different lengths; text as a list's. What came back in part, at the end, is left out. */
export function records<Out, In>(
  element: Codec<Out, In>,
  { room, length, align = () => 1 }: RecordsSpec,
): Codec<readonly Out[], readonly In[]> {
  const row = list(element);
  return {
    ...row,
    size: () => room,
    decode(bytes, abi = hostAbi) {
      const found: Out[] = [];
      let at = 0;
      while (at < bytes.byteLength) {
        const rest = bytes.subarray(at);
        const own = length(rest, abi);
        if (own < 1 || own > rest.byteLength) break;
        found.push(element.decode(rest.subarray(0, own), abi));
        at += own + (-own & (align(abi) - 1));
      }
      return found;
    },
    encode(value, abi = hostAbi) {
      if (!Array.isArray(value)) throw invalid(row.accepts, value);
      const parts = [...value.entries()].map(([at, part]) =>
        within(`element ${at}`, () => filledUp(element.encode(part, abi), align(abi))),
      );
      return joined(parts);
    },
  };
}
