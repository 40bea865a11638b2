// The values of RxRPC's options that have a form of their own: a key's name, two services.
import { invalid } from '../errors.ts';
import { escapeText, fromText, toText, unescapeText } from './bytestring.ts';
import type { Codec } from './codec.ts';
import { u16 } from './scalar.ts';
import { struct } from './struct.ts';

/** The description of a key of the kernel, 1 to 4095 bytes without a NUL behind them. The key itself stays there. */
export function keyDescription(): Codec<string> {
  const accepts = 'the description of a key, 1 to 4095 bytes';
  const encode = (value: string): Uint8Array => {
    const content = typeof value === 'string' ? fromText(value) : undefined;
    if (!content || content.byteLength < 1 || content.byteLength > 4095) throw invalid(accepts, value);
    if (content.includes(0)) throw invalid(`${accepts}, without NUL`, value);
    return content;
  };
  return {
    ctype: 'char[]',
    accepts,
    variable: true,
    size: () => 4095,
    align: () => 1,
    decode: toText,
    encode,
    parse(line) {
      const value = unescapeText(line);
      encode(value);
      return value;
    },
    format: escapeText,
  };
}

/** Two service numbers: calls to the first may be moved to the second. */
export function serviceUpgrade() {
  return struct('uint16_t[2]', { from: u16(), to: u16() });
}
