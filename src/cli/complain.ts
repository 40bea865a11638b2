// Errors: one line on stderr, or one JSON document on stdout.

import { escapeControls } from '../render/escape.ts';
import { print } from './output.ts';
import { document, jsonValue } from './render/json.ts';
import { misuse } from './usage.ts';

interface Failure extends Error {
  code?: string;
  [detail: string]: unknown;
}

// Own properties in this order, where the error has them.
const details = ['option', 'level', 'value', 'errno', 'syscall', 'hint'] as const;

function asJson(error: Failure, code: string): string {
  const more = details.filter((name) => error[name] !== undefined).map((name) => [name, jsonValue(error[name])]);
  return document({ error: { code, message: error.message, ...Object.fromEntries(more) } });
}

/** Tells what went wrong, and returns the exit code. */
export function complain(thrown: unknown, json: boolean): number {
  const error = (thrown instanceof Error ? thrown : new Error(String(thrown))) as Failure;
  const known = error.name === 'SockctlError' || error.name === 'SocketOptionError';
  const code = typeof error.code === 'string' ? error.code : 'ERR_INTERNAL';
  if (json) print(asJson(error, code));
  else process.stderr.write(`sockctl: ${escapeControls(error.message)}\n`);
  // A bug of ours: where it happened is what its report needs.
  if (!known && process.env.SOCKCTL_DEBUG) process.stderr.write(`${error.stack}\n`);
  return misuse.has(code) ? 2 : 1;
}
