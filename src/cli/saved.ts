// Documents that `sockctl show --json` and `sockctl get --json` wrote, read again.
import { readFileSync, statSync } from 'node:fs';
import { SockctlError } from '../errors.ts';
import type { Taken, Value } from './compare.ts';

/** Whether a word is a document's path rather than a live socket's. `-` is standard input. */
export function isDocument(word: string): boolean {
  if (word === '-' || word.endsWith('.json')) return true;
  // A descriptor is written like a path.
  if (!word.includes('/') || /^\d+\/\d+$/.test(word)) return false;
  try {
    const found = statSync(word);
    return found.isFile() || found.isFIFO();
  } catch {
    return false;
  }
}

function refuse(path: string, why: string, cause?: unknown): SockctlError {
  const name = path === '-' ? 'standard input' : path;
  return new SockctlError(
    'ERR_INVALID_ARGUMENT',
    `${name} ${why}`,
    { hint: 'It takes what sockctl show TARGET --json, or get, has written' },
    cause,
  );
}

function textOf(path: string): string {
  try {
    return readFileSync(path === '-' ? 0 : path, 'utf8');
  } catch (cause) {
    throw refuse(path, `cannot be read: ${(cause as Error).message}`, cause);
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function savedValue(path: string, entry: unknown): [string, Value] {
  if (isObject(entry)) {
    const { name, level, text, raw } = entry;
    if (typeof name === 'string' && typeof text === 'string') {
      return [name, { level: String(level ?? ''), text, raw: typeof raw === 'string' ? raw : '' }];
    }
  }
  throw refuse(path, 'has an option without a name or a text');
}

function socketOf(path: string, one: unknown): Taken {
  if (!isObject(one) || typeof one.target !== 'string' || !Array.isArray(one.options)) {
    const { error } = isObject(one) ? one : {};
    const why = isObject(error) ? `holds an error: ${String(error.message)}` : 'is no document of a socket';
    throw refuse(path, why);
  }
  return { target: one.target, options: new Map(one.options.map((entry) => savedValue(path, entry))) };
}

/**
 * The sockets of a document.
 * @throws SockctlError ERR_INVALID_ARGUMENT
 */
export function readDocument(path: string): Taken[] {
  let parsed: unknown;
  const text = textOf(path);
  try {
    parsed = JSON.parse(text);
  } catch (cause) {
    throw refuse(path, `is no JSON: ${(cause as Error).message}`, cause);
  }
  const sockets = (Array.isArray(parsed) ? parsed : [parsed]).map((one) => socketOf(path, one));
  if (sockets.length === 0) throw refuse(path, 'has no socket in it');
  return sockets;
}
