// What ends a connect() early: its time limit, and a signal that is aborted from the start.
import net from 'node:net';
import { abortError, addressError } from './addresses.ts';
import { builtin } from './builtin.ts';
import type { Target } from './connect-options.ts';

/** A socket that is closed at once; Node's own would be closed and yet not destroyed, and connect all the same. */
export function aborted(target: Target, signal: AbortSignal): net.Socket {
  const socket = target.tls ? new (builtin('node:tls').TLSSocket)(new net.Socket()) : new net.Socket();
  return socket.destroy(abortError(signal));
}

function timedOut({ host, port, path }: Target): Error {
  const address = path ?? host;
  return addressError('connect', { code: 'ETIMEDOUT', errno: -110 }, { address, ...(path === undefined && { port }) });
}

/** Destroys the socket where it is not connected, TLS included, in time. */
export function limit(socket: net.Socket, target: Target): void {
  if (target.connectTimeout === undefined) return;
  const timer = setTimeout(() => socket.destroy(timedOut(target)), target.connectTimeout);
  const clear = (): void => clearTimeout(timer);
  socket.prependOnceListener(target.tls ? 'secureConnect' : 'connect', clear);
  socket.once('close', clear);
}
