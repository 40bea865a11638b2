// Keeps options when a library later calls setKeepAlive or setNoDelay, which overwrite them.
import { withDescriptor } from '../kernel/descriptor.ts';
import type { Birth } from './birth.ts';
import { overwriting, overwrittenBy } from './overwritten.ts';

type Call = (typeof overwriting.tcp)[number];
type Calls = { [K in Call]?: (...args: unknown[]) => number };

/** Sets again what a call of the runtime may have overwritten. A refusal is a warning: the option had been set once. */
export function setAgain(socket: object, birth: Birth, call: Call): void {
  try {
    withDescriptor(socket, (fd) => birth.again(fd, overwrittenBy[call]));
  } catch (error) {
    process.emitWarning(`could not keep an option that is enforced: ${(error as Error).message}`, 'SockctlWarning');
  }
}

/**
 * From now on the options of `birth` outlast `setKeepAlive`, `setNoDelay` and `setTypeOfService` of this socket.
 * It wraps these calls of the socket's handle, and only those that would touch one of the options.
 */
export function enforce(socket: object, birth: Birth): void {
  const handle = (socket as { _handle?: Calls | null })._handle;
  if (!handle) return;
  for (const call of overwriting.tcp) {
    const original = handle[call];
    const names = overwrittenBy[call];
    if (typeof original !== 'function' || !birth.settings.some(({ option }) => names.includes(option.name))) continue;
    handle[call] = function (this: unknown, ...args: unknown[]): number {
      const result = original.apply(this, args);
      setAgain(socket, birth, call);
      return result;
    };
  }
}
