// What people call live sockets by: PID/FD, PID, :PORT, or a process's name.
import { SockctlError, show } from '../errors.ts';
import type { SocketsOptions } from './query.ts';
import type { LiveSocket } from './socket.ts';
import { sockets } from './sockets.ts';

/** A target as it was read. */
export type Target =
  | { readonly kind: 'descriptor'; readonly pid: number; readonly fd: number }
  | { readonly kind: 'process'; readonly pid: number }
  | { readonly kind: 'port'; readonly port: number }
  | { readonly kind: 'name'; readonly name: string };

/** @throws SockctlError ERR_INVALID_ARGUMENT */
export function parseTarget(text: string): Target {
  const descriptor = /^(\d+)\/(\d+)$/.exec(text);
  if (descriptor) return { kind: 'descriptor', pid: Number(descriptor[1]), fd: Number(descriptor[2]) };
  if (/^\d+$/.test(text)) return { kind: 'process', pid: Number(text) };
  const port = /^:(\d{1,5})$/.exec(text);
  if (port && Number(port[1]) <= 0xffff) return { kind: 'port', port: Number(port[1]) };
  if (text !== '' && !text.startsWith(':')) return { kind: 'name', name: text };
  throw new SockctlError('ERR_INVALID_ARGUMENT', `${show(text)} is no socket`, {
    hint: 'Write PID/FD, PID, :PORT or the name of a process; sockctl ps lists them',
  });
}

const ports = ({ local, remote }: LiveSocket): unknown[] =>
  [local, remote].map((end) => end && 'port' in end && end.port);

/**
 * The live sockets that a target names, of those that the options select.
 * @throws SockctlError ERR_NO_PROCESS, ERR_NO_SOCKET where there is none, ERR_INVALID_ARGUMENT
 */
export async function findSockets(target: string | Target, options: SocketsOptions = {}): Promise<LiveSocket[]> {
  const wanted = typeof target === 'string' ? parseTarget(target) : target;
  const found: LiveSocket[] = [];
  const selected: SocketsOptions = {
    ...options,
    ...('pid' in wanted && { pid: wanted.pid }),
    ...('name' in wanted && { process: ({ name }) => name === wanted.name }),
  };
  for await (const socket of sockets(selected)) {
    if (wanted.kind === 'port' && !ports(socket).includes(wanted.port)) continue;
    if (wanted.kind === 'descriptor' && !socket.owners.some(({ pid, fd }) => pid === wanted.pid && fd === wanted.fd))
      continue;
    found.push(socket);
  }
  if (found.length > 0) return found;
  throw new SockctlError('ERR_NO_SOCKET', `no open socket is ${typeof target === 'string' ? target : show(target)}`, {
    hint: 'sockctl ps lists them',
  });
}
