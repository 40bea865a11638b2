// struct linger: whether close(2) waits for unsent data, and for how long.
import { invalid } from '../errors.ts';
import { type Codec, hostAbi, viewOf } from './codec.ts';
import { bool, int } from './scalar.ts';
import { struct } from './struct.ts';

/** SO_LINGER's value. `seconds` counts only while `on` is true. */
export interface Linger {
  on: boolean;
  /** Whole seconds; 0 with `on` makes close reset the connection. */
  seconds: number;
}

/**
 * SO_LINGER's value as `{ on, seconds }`; a set also takes `{ on: false }`. As text `off` or `5s`.
 * Two C ints, on Windows two 16-bit numbers. Source: socket(7).
 */
export function linger(): Codec<Linger, Linger | { on: false; seconds?: number }> {
  const fields = struct('struct linger', { on: bool(), seconds: int() }, { defaults: { seconds: 0 } });
  const accepts = 'off, or whole seconds such as 5s ({ on, seconds })';
  return {
    ctype: 'struct linger',
    accepts,
    unit: 's',
    shape: {
      kind: 'struct',
      parts: () => [
        { name: 'on', offset: 0, codec: bool() },
        { name: 'seconds', offset: 4, codec: int({ unit: 's' }) },
      ],
    },
    size: (abi = hostAbi) => (abi.os === 'windows' ? 4 : 8),
    align: (abi = hostAbi) => (abi.os === 'windows' ? 2 : 4),
    decode(bytes, abi = hostAbi) {
      const view = viewOf(bytes);
      if (bytes.byteLength < (abi.os === 'windows' ? 4 : 8)) return { on: (bytes[0] ?? 0) !== 0, seconds: 0 };
      if (abi.os === 'windows') return { on: view.getUint16(0, true) !== 0, seconds: view.getUint16(2, true) };
      return { on: view.getInt32(0, abi.littleEndian) !== 0, seconds: view.getInt32(4, abi.littleEndian) };
    },
    encode(value, abi = hostAbi) {
      if (typeof value?.on !== 'boolean') throw invalid(accepts, value);
      const { on, seconds = on ? Number.NaN : 0 } = value;
      const [least, most] = abi.os === 'windows' ? [0, 0xffff] : [-0x80000000, 0x7fffffff];
      if (!Number.isInteger(seconds)) throw invalid(accepts, value);
      if (seconds < least || seconds > most) throw invalid(`whole seconds from ${least} to ${most}`, value);
      const bytes = new Uint8Array(abi.os === 'windows' ? 4 : 8);
      const view = viewOf(bytes);
      if (abi.os === 'windows') {
        view.setUint16(0, Number(on), true);
        view.setUint16(2, seconds, true);
      } else {
        view.setInt32(0, Number(on), abi.littleEndian);
        view.setInt32(4, seconds, abi.littleEndian);
      }
      return bytes;
    },
    parse(text) {
      if (text.includes('{')) return fields.parse(text);
      // `off,9s` is what darwin can answer: off, with the seconds of an earlier set.
      const found = /^(?:(off)|(?:(off),)?(-?\d+)\s*s?)$/i.exec(text.trim());
      if (!found) throw invalid(accepts, text);
      return { on: found[1] === undefined && found[2] === undefined, seconds: Number(found[3] ?? 0) };
    },
    // The seconds of a linger that is off mean nothing; Linux keeps the last ones.
    same: (a, b) => !a.on && !b.on,
    format({ on, seconds }) {
      if (on) return `${seconds}s`;
      return seconds === 0 ? 'off' : `off,${seconds}s`;
    },
  };
}
