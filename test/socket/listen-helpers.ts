// What the tests of listen() share: ports, open descriptors, one exchange with a server, errors of promises.
import { readdirSync } from 'node:fs';
import net from 'node:net';
import type { Thrown } from '../helpers.ts';

export const openFds = (): number => readdirSync('/proc/self/fd').length;

export const portOf = (server: net.Server): number => (server.address() as net.AddressInfo).port;

/** The descriptor of a listening server, for programs that look at it from outside. */
export const fdOf = (server: net.Server): number => (server as net.Server & { _handle: { fd: number } })._handle.fd;

export function closed(server: net.Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
  });
}

/** What a promise rejects with; fails the test where it does not. */
export async function refusalOf(promise: Promise<unknown>): Promise<Thrown & { address?: string; port?: number }> {
  const value = await promise.catch((error: Error) => error);
  if (value instanceof Error) return value as Thrown;
  throw new Error('the promise was expected to reject');
}

/** Everything that a server says to one connection. */
export function hear(to: net.NetConnectOpts, say = ''): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    const socket = net.connect(to, () => socket.end(say));
    socket.setEncoding('utf8');
    socket.on('data', (chunk) => {
      text += chunk;
    });
    socket.on('close', () => resolve(text));
    socket.on('error', reject);
  });
}

/** A server that says one text to each connection, whatever its clients do. */
export const saying = (text: string): net.Server =>
  net.createServer((socket) => {
    socket.on('error', () => {});
    socket.resume().end(text);
  });
