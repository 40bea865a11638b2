// What an HTTP or database client asks of a connection, in connect()'s words.
import type { ConnectOptions } from '../socket/connect-options.ts';

/**
 * The connection that a client asks for, without what means something else in connect(): `options` are ours, `protocol`
 * is `https:` and the like, and null is how some clients say "none". Every option outlasts the client's own calls.
 */
export function wish(given: object): ConnectOptions {
  const wanted: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(given)) if (value !== null) wanted[key] = value;
  for (const key of ['options', 'protocol', 'tls']) delete wanted[key];
  return { ...wanted, enforce: true };
}
