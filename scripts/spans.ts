// Finds which bytes of a struct each part of a codec's value depends on, by changing one byte after the other.
import type { Abi } from '../src/codec/abi.ts';
import type { Codec } from '../src/codec/codec.ts';

export type AnyCodec = Codec<unknown, unknown>;

/** The first and the last byte that a part depends on. */
export interface Span {
  first: number;
  last: number;
}

const text = (value: unknown): string =>
  JSON.stringify(value, (_key, part) => (typeof part === 'bigint' ? `${part}n` : part)) ?? '';

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !(value instanceof Uint8Array);

/** Whether two values have parts that can be compared one by one; the names of flags come and go. */
function haveParts(one: unknown, other: unknown): boolean {
  if (!isRecord(one) || !isRecord(other) || Array.isArray(one) !== Array.isArray(other)) return false;
  if (!Array.isArray(one) || !Array.isArray(other)) return true;
  return one.length === other.length && !one.some((part) => typeof part === 'string');
}

/** The paths of the parts that differ: `initial.sid`, `groups[3]`. */
function* changed(one: unknown, other: unknown, path = ''): Generator<string> {
  if (!haveParts(one, other)) {
    if (text(one) !== text(other)) yield path;
    return;
  }
  // A part that goes away tells of another part, which says so: a length, the kind of an address.
  for (const [key, part] of Object.entries(other as object)) {
    const inner = Array.isArray(one) ? `${path}[${key}]` : path ? `${path}.${key}` : key;
    yield* changed((one as Record<string, unknown>)[key], part, inner);
  }
}

/** The bytes of each part of a codec's value. Codecs need not tell: what they decode does. */
export function spansOf(codec: AnyCodec, abi: Abi): Map<string, Span> {
  // Of a long list at the end, the first elements tell.
  const size = codec.variable ? Math.min(codec.size(abi), 512) : codec.size(abi);
  const blank = codec.decode(new Uint8Array(size), abi);
  const spans = new Map<string, Span>();
  if (!isRecord(blank) || Array.isArray(blank)) return spans;
  for (let at = 0; at < size; at += 1) {
    for (const byte of [1, 0x7f, 0xff]) {
      const bytes = new Uint8Array(size);
      bytes[at] = byte;
      for (const path of changed(blank, codec.decode(bytes, abi))) {
        spans.set(path, { first: spans.get(path)?.first ?? at, last: at });
      }
    }
  }
  return spans;
}

/** The spans of the outermost fields. */
export function fieldsOf(spans: ReadonlyMap<string, Span>): Map<string, Span> {
  const fields = new Map<string, Span>();
  for (const [path, { first, last }] of spans) {
    const field = path.split(/[.[]/)[0] as string;
    const known = fields.get(field);
    fields.set(field, { first: Math.min(first, known?.first ?? first), last: Math.max(last, known?.last ?? last) });
  }
  return fields;
}
