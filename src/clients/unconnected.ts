// A net.Socket that gets its options when somebody calls its connect().
import net from 'node:net';
import { SockctlError } from '../errors.ts';
import type { Birth } from '../socket/birth.ts';
import { connectWith } from '../socket/connect.ts';
import { wish } from './wish.ts';

const isPort = (text: string): boolean => /^\s*\d+\s*$/.test(text);

/** The forms of `socket.connect()`: (options), (path), (port, host), each with a listener at the end. */
function asOptions(args: readonly unknown[]): object {
  const [first, second] = args;
  if (typeof first === 'object' && first !== null) return first;
  if (typeof first === 'string' && !isPort(first)) return { path: first };
  return { port: first, host: typeof second === 'string' ? second : undefined };
}

/** For clients that are handed a socket and call `connect()` themselves. */
export function unconnected(birth: Birth): net.Socket {
  const socket = new net.Socket();
  const connect = (...args: unknown[]): net.Socket => {
    if (socket.destroyed) {
      throw new SockctlError('ERR_NO_FD', 'this socket is closed', { hint: 'Make a new one for each connection' });
    }
    if (socket.connecting || !socket.pending) {
      throw new SockctlError('ERR_RUNTIME', 'this socket is connecting or connected already', {
        hint: 'Make a new one for each connection',
      });
    }
    const listener = args.at(-1);
    if (typeof listener === 'function') socket.once('connect', listener as () => void);
    return connectWith(wish(asOptions(args)), { birth, socket });
  };
  return Object.assign(socket, { connect });
}
