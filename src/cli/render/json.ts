// Values as JSON: 64-bit numbers that JSON readers cannot hold become decimal strings, bytes become hex.
import { escapeJson } from '../../render/escape.ts';

export function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex');
}

/** A value of the library as a value of JSON. What is absent in a list or at the top is null. */
export function jsonValue(value: unknown): unknown {
  if (value === undefined) return null;
  if (typeof value === 'bigint') {
    return value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER ? Number(value) : value.toString();
  }
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
  if (value instanceof Uint8Array) return hex(value);
  if (Array.isArray(value)) return value.map(jsonValue);
  if (typeof value === 'object' && value !== null) {
    const fields = Object.entries(value).filter(([, field]) => field !== undefined && typeof field !== 'function');
    return Object.fromEntries(fields.map(([name, field]) => [name, jsonValue(field)]));
  }
  return value;
}

/** One JSON document, with the line end that a shell wants. */
export function document(value: unknown): string {
  return `${escapeJson(JSON.stringify(jsonValue(value), null, 2))}\n`;
}

/** A list as one JSON document, each entry made and written in its turn: there may be a million. */
export async function writeList(write: (text: string) => Promise<boolean>, entries: Iterable<unknown>): Promise<void> {
  let count = 0;
  for (const entry of entries) {
    // As `document` would indent it: without the brackets around it.
    if (!(await write(`${count++ === 0 ? '[\n' : ',\n'}${document([entry]).slice(2, -3)}`))) return;
  }
  await write(count === 0 ? '[]\n' : '\n]\n');
}
