// Bytes that are meant as text (names, paths), without loss: to a string, and to one printable line.

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const encoder = new TextEncoder();

// Control characters, line separators, invisible marks, signs that turn text around, and the bytes that are no UTF-8.
const unprintable = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

function tryDecode(bytes: Uint8Array): string | undefined {
  try {
    return strict.decode(bytes);
  } catch {
    return undefined;
  }
}

/** How many bytes a character of UTF-8 has, by its first byte. */
function lengthFrom(first: number): number {
  if (first < 0x80) return 1;
  if (first < 0xe0) return 2;
  return first < 0xf0 ? 3 : 4;
}

/**
 * UTF-8 as a string. A byte that is no UTF-8 becomes U+DC00 + byte, as Python's `surrogateescape` has it,
 * so that {@link fromText} gives the same bytes again.
 */
export function toText(bytes: Uint8Array): string {
  const whole = tryDecode(bytes);
  if (whole !== undefined) return whole;
  let text = '';
  for (let at = 0; at < bytes.byteLength; ) {
    const first = bytes[at] as number;
    const length = lengthFrom(first);
    const sign = tryDecode(bytes.subarray(at, at + length));
    text += sign ?? String.fromCharCode(0xdc00 + first);
    at += sign === undefined ? 1 : length;
  }
  return text;
}

/** The bytes of a string, {@link toText} turned around; undefined where it has a surrogate that stands for no byte. */
export function fromText(text: string): Uint8Array | undefined {
  const bytes: number[] = [];
  for (const sign of text) {
    const code = sign.codePointAt(0) as number;
    if (code >= 0xdc80 && code <= 0xdcff) bytes.push(code - 0xdc00);
    else if (code >= 0xd800 && code <= 0xdfff) return undefined;
    else if (code < 0x80) bytes.push(code);
    else bytes.push(...encoder.encode(sign));
  }
  return Uint8Array.from(bytes);
}

/** The bytes up to the first NUL. */
export function untilNul(bytes: Uint8Array): Uint8Array {
  const end = bytes.indexOf(0);
  return end === -1 ? bytes : bytes.subarray(0, end);
}

/** A string on one printable line: a backslash is doubled, what a terminal would act on is `\xNN` per byte. */
export function escapeText(text: string): string {
  const hex = (byte: number): string => `\\x${byte.toString(16).padStart(2, '0')}`;
  const bytesOf = (sign: string): Uint8Array => fromText(sign) ?? encoder.encode(sign);
  return text.replaceAll('\\', '\\\\').replace(unprintable, (sign) => Array.from(bytesOf(sign), hex).join(''));
}

/** What {@link escapeText} was given. A backslash that escapes nothing stands for itself. */
export function unescapeText(line: string): string {
  if (!line.includes('\\')) return line;
  const bytes: number[] = [];
  for (const [part, code] of line.matchAll(/\\\\|\\x([0-9a-f]{2})|[^\\]+|\\/gi)) {
    if (code !== undefined) bytes.push(Number.parseInt(code, 16));
    else bytes.push(...(part === '\\\\' ? [0x5c] : (fromText(part) ?? encoder.encode(part))));
  }
  return toText(Uint8Array.from(bytes));
}
