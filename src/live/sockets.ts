// All sockets of the machine, or some, and the way to the options of each.
import { SockctlError, show } from '../errors.ts';
import { parseFilter } from './filter/index.ts';
import { SocketList } from './listing.ts';
import type { ReadOptions, SocketsOptions } from './query.ts';
import { reached } from './reached.ts';

export type { Blindness } from './blindness.ts';
export { SocketList } from './listing.ts';

/** @throws SockctlError ERR_FILTER */
export function readOptions(options: SocketsOptions): ReadOptions {
  const { where } = options;
  return typeof where === 'string' ? { ...options, where: parseFilter(where) } : (options as ReadOptions);
}

/**
 * The sockets of this machine: of all processes, in all network namespaces, of every family.
 * `for await (const socket of sockets({ proto: 'tcp', info: true }))`. They come as the kernel lists them, none is
 * held; a socket that is opened or closed meanwhile may be there or not. Linux; without privileges the sockets of
 * others are there, but not who has them: `blindness` says what could not be seen.
 * @throws SockctlError ERR_INVALID_ARGUMENT, ERR_NO_PROCESS, ERR_UNSUPPORTED on other systems
 */
export function sockets(options: SocketsOptions = {}): SocketList {
  if (typeof options !== 'object' || options === null) {
    throw new SockctlError('ERR_INVALID_ARGUMENT', `sockets takes an object, got ${show(options)}`);
  }
  return new SocketList(readOptions(options), reached);
}
