// struct timeval: a span of time, as milliseconds.
import { invalid } from '../errors.ts';
import { type Abi, type Codec, hostAbi, viewOf } from './codec.ts';

const accepts = 'a time such as 5.5s, 5500ms or 250us, a number of milliseconds, or never';
const perUnit: Record<string, number> = { s: 1_000_000, ms: 1000, us: 1 };
const most = Number.MAX_SAFE_INTEGER;

/** Whole microseconds of a number of milliseconds, or undefined where it is no span of time. */
function microseconds(value: unknown): number | undefined {
  if (value === 'never') return 0;
  if (typeof value !== 'number' || !Number.isFinite(value) || value < 0 || value * 1000 > most) return undefined;
  const whole = Math.round(value * 1000);
  // 0 would mean "never": the shortest time is not none at all.
  return whole === 0 && value > 0 ? 1 : whole;
}

/** Milliseconds without an exponent: whole ones, and up to three digits of fraction. */
function milliseconds(micro: number): string {
  const sign = micro < 0 ? '-' : '';
  const fraction = String(Math.abs(micro) % 1000)
    .padStart(3, '0')
    .replace(/0+$/, '');
  return `${sign}${Math.floor(Math.abs(micro) / 1000)}${fraction && `.${fraction}`}`;
}

function span(ctype: string, wordBytes: (abi: Abi) => 4 | 8): Codec<number, number | 'never'> {
  const isDword = (abi: Abi): boolean => abi.os === 'windows';
  return {
    ctype,
    accepts,
    unit: 'ms',
    names: { never: 0 },
    size: (abi = hostAbi) => (isDword(abi) ? 4 : wordBytes(abi) * 2),
    align: (abi = hostAbi) => (isDword(abi) ? 4 : wordBytes(abi)),
    decode(bytes, abi = hostAbi) {
      const view = viewOf(bytes);
      const word = wordBytes(abi);
      if (isDword(abi)) return bytes.byteLength < 4 ? 0 : view.getUint32(0, true);
      if (bytes.byteLength < 2 * word) return 0;
      if (word === 4) return view.getInt32(0, abi.littleEndian) * 1000 + view.getInt32(4, abi.littleEndian) / 1000;
      const micro = view.getBigInt64(0, abi.littleEndian) * 1_000_000n + BigInt(microPart(view, abi));
      return Number(micro) / 1000;
    },
    encode(value, abi = hostAbi) {
      const micro = microseconds(value);
      if (micro === undefined) throw invalid(accepts, value);
      const word = wordBytes(abi);
      if (isDword(abi)) return dword(micro, value);
      const bytes = new Uint8Array(2 * word);
      const view = viewOf(bytes);
      const seconds = Math.floor(micro / 1_000_000);
      if (word === 4) {
        if (seconds > 0x7fffffff) throw invalid('a time of at most 2147483647 seconds', value);
        view.setInt32(0, seconds, abi.littleEndian);
        view.setInt32(4, micro % 1_000_000, abi.littleEndian);
      } else {
        view.setBigInt64(0, BigInt(seconds), abi.littleEndian);
        view.setBigInt64(8, BigInt(micro % 1_000_000), abi.littleEndian);
      }
      return bytes;
    },
    parse(text) {
      const word = text.trim().toLowerCase();
      if (word === 'never') return 0;
      const found = /^(\d+(?:\.\d+)?)\s*(s|ms|us)?$/.exec(word);
      const value = found ? (Number(found[1]) * (perUnit[found[2] ?? 'ms'] as number)) / 1000 : undefined;
      if (value === undefined || microseconds(value) === undefined) throw invalid(accepts, text);
      return value;
    },
    format: (value) => (value === 0 ? 'never' : `${milliseconds(Math.round(value * 1000))}ms`),
  };
}

/** The microseconds: darwin has four bytes for them and four of padding. */
function microPart(view: DataView, abi: Abi): bigint | number {
  return abi.os === 'darwin' ? view.getInt32(8, abi.littleEndian) : view.getBigInt64(8, abi.littleEndian);
}

/** Windows takes whole milliseconds in four bytes. */
function dword(micro: number, value: unknown): Uint8Array {
  const whole = Math.ceil(micro / 1000);
  if (whole > 0xffffffff) throw invalid('a time of at most 4294967295 ms', value);
  const bytes = new Uint8Array(4);
  viewOf(bytes).setUint32(0, whole, true);
  return bytes;
}

/**
 * struct timeval with the system's own word: 16 bytes on 64-bit systems, 8 on 32-bit ones.
 * The value is a number of milliseconds with up to three digits of fraction; 0 means no limit,
 * for which a set also takes `'never'`. Text: `5500ms`, `5.5s`, `250us`, `5500` or `never`.
 * Windows has no timeval here: four bytes of whole milliseconds, rounded up. Source: socket(7).
 */
export function timeval(): Codec<number, number | 'never'> {
  return span('struct timeval', (abi) => abi.wordBytes);
}

/** struct __kernel_sock_timeval: as {@link timeval}, with 64-bit fields on every system (SO_RCVTIMEO_NEW). Linux. */
export function timeval64(): Codec<number, number | 'never'> {
  return span('struct __kernel_sock_timeval', () => 8);
}
