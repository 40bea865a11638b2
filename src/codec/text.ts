// Short texts in fixed room: names of congestion controls, of protocols, of interfaces.
import { invalid } from '../errors.ts';
import { escapeText, fromText, toText, unescapeText, untilNul } from './bytestring.ts';
import type { Codec } from './codec.ts';

/** How much room a text has, and what it is. */
export interface TextSpec {
  /** Bytes, the NUL included. */
  size: number;
  /** What the text is, for messages: `a text` where it is not said. */
  what?: string;
}

/**
 * A text in `size` bytes, NUL-padded as the kernel keeps it (TCP_CONGESTION). The value is a string of at most
 * `size` - 1 bytes of UTF-8 without a NUL (ERR_INVALID_VALUE otherwise); an unset one reads as ''.
 * Bytes that are no UTF-8 are kept in the string as Python's `surrogateescape` keeps them; as text they, and
 * characters that a terminal would act on, are `\xNN`.
 */
export function text({ size, what = 'a text' }: TextSpec): Codec<string> {
  const accepts = `${what} of at most ${size - 1} bytes`;
  const encode = (value: string): Uint8Array => {
    const content = typeof value === 'string' ? fromText(value) : undefined;
    if (!content) throw invalid(accepts, value);
    if (content.includes(0)) throw invalid(`${accepts}, without NUL`, value);
    if (content.byteLength >= size) throw invalid(accepts, value);
    const bytes = new Uint8Array(size);
    bytes.set(content);
    return bytes;
  };
  return {
    ctype: `char[${size}]`,
    accepts,
    size: () => size,
    align: () => 1,
    decode: (bytes) => toText(untilNul(bytes.subarray(0, size))),
    encode,
    parse(line) {
      const value = unescapeText(line);
      encode(value);
      return value;
    },
    format: escapeText,
  };
}
