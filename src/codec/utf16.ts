// Short texts in UTF-16, as Windows keeps names.
import { invalid } from '../errors.ts';
import { type Codec, viewOf } from './codec.ts';

const unprintable = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** A string on one printable line: a backslash is doubled, what a terminal would act on is `\uNNNN` per unit. */
function escapeUnits(value: string): string {
  const escaped = (sign: string): string =>
    sign
      .split('')
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
      .join('');
  return value.replaceAll('\\', '\\\\').replace(unprintable, escaped);
}

/** What {@link escapeUnits} was given. A backslash that escapes nothing stands for itself. */
function unescapeUnits(line: string): string {
  return line.replace(/\\(?:\\|u([0-9a-f]{4}))/gi, (_whole, code?: string) =>
    code === undefined ? '\\' : String.fromCharCode(Number.parseInt(code, 16)),
  );
}

/** A text of at most `size` / 2 - 1 units in `size` bytes, zeros after it (WCHAR[256]). */
export function utf16({ size }: { size: number }): Codec<string> {
  const most = size / 2 - 1;
  const accepts = `a text of at most ${most} characters`;
  const encode = (value: string): Uint8Array => {
    if (typeof value !== 'string' || value.length > most || value.includes('\0')) throw invalid(accepts, value);
    const bytes = new Uint8Array(size);
    const view = viewOf(bytes);
    for (let at = 0; at < value.length; at += 1) view.setUint16(at * 2, value.charCodeAt(at), true);
    return bytes;
  };
  return {
    ctype: `WCHAR[${size / 2}]`,
    accepts,
    size: () => size,
    align: () => 2,
    decode(bytes) {
      const view = viewOf(bytes);
      let value = '';
      for (let at = 0; at + 1 < Math.min(bytes.byteLength, size); at += 2) {
        const unit = view.getUint16(at, true);
        if (unit === 0) break;
        value += String.fromCharCode(unit);
      }
      return value;
    },
    encode,
    parse(line) {
      const value = unescapeUnits(line);
      encode(value);
      return value;
    },
    format: escapeUnits,
  };
}
