// whenReady(): waits until a socket object has a descriptor that stays.
import type { EventEmitter } from 'node:events';
import { SockctlError } from '../errors.ts';
import { withDescriptor } from '../kernel/descriptor.ts';

// net.Socket and http2 sessions, servers and dgram.Socket, http requests, the WebSocket of ws.
const events = ['connect', 'listening', 'socket', 'open'] as const;

interface Waiting {
  connecting?: boolean;
  socket?: { connecting?: boolean } | null;
}

/** A connecting socket has a descriptor for one address after the other: only the last one stays. */
function ready(socket: object): boolean {
  const { connecting, socket: below } = (socket ?? {}) as Waiting;
  if (connecting || below?.connecting) return false;
  try {
    return withDescriptor(socket, () => true);
  } catch (error) {
    if (error instanceof SockctlError && error.code === 'ERR_NO_FD') return false;
    throw error;
  }
}

/**
 * Resolves with the same object when its options can be read and set: at once where it has a descriptor, else at
 * 'connect', 'listening' (servers, dgram), 'socket' (http requests; then at the socket's 'connect') or 'open' (ws).
 * @throws (rejects) the socket's error; SockctlError ERR_NO_FD when it closes first, ERR_INVALID_ARGUMENT for
 * what is no socket; the signal's reason
 */
export function whenReady<T extends object>(socket: T, { signal }: { signal?: AbortSignal } = {}): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    signal?.throwIfAborted();
    if (ready(socket)) return resolve(socket);
    const emitter = socket as T & EventEmitter & { destroyed?: boolean; closed?: boolean };
    if (typeof emitter.once !== 'function' || emitter.destroyed || emitter.closed) {
      withDescriptor(socket, () => undefined); // says why there is none
    }
    let inner: EventEmitter | undefined;
    const stop = (): void => {
      inner?.off('connect', check);
      for (const event of events) emitter.off(event, check);
      emitter.off('error', failed);
      emitter.off('close', closed);
      signal?.removeEventListener('abort', aborted);
    };
    const check = (): void => {
      const below = (socket as Waiting).socket as EventEmitter | null | undefined;
      if (ready(socket)) {
        stop();
        resolve(socket);
      } else if (typeof below?.once === 'function') {
        inner?.off('connect', check);
        inner = below.once('connect', check);
      }
    };
    const failed = (error: Error): void => {
      stop();
      reject(error);
    };
    const closed = (): void =>
      failed(new SockctlError('ERR_NO_FD', 'the socket was closed before it had a descriptor'));
    const aborted = (): void => failed(signal?.reason);
    for (const event of events) emitter.on(event, check);
    emitter.once('error', failed);
    emitter.once('close', closed);
    signal?.addEventListener('abort', aborted, { once: true });
  });
}
