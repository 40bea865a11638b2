// Abstract unix names on Node 20, which fills them up with NULs, and so listens and connects to other names than all the world.
import type net from 'node:net';
import { sockaddr } from '../codec/sockaddr.ts';
import { SocketOptionError } from '../errors.ts';
import { withDescriptor } from '../kernel/descriptor.ts';
import { connectSocket } from '../kernel/socket.ts';
import { addressError } from './addresses.ts';
import { findsConnected } from './handle.ts';

const fillsUp = Number.parseInt(process.versions.node, 10) < 22;

/**
 * Connects a socket that has a descriptor to an abstract name, where the runtime would take another one; connect() of
 * the socket finds it done. Where nobody listens the runtime shall try: it may have been a server of its own kind.
 * Such a connect(2) never waits.
 * @throws as Node does for a refused connect
 */
export function connectAbstract(socket: net.Socket, path: string): void {
  if (!fillsUp || !path.startsWith('\0')) return;
  try {
    withDescriptor(socket, (fd) => connectSocket(fd, sockaddr().encode({ family: 'unix', path }), path));
  } catch (error) {
    if (!(error instanceof SocketOptionError)) throw error;
    if (error.code === 'ECONNREFUSED') return;
    throw addressError('connect', error, { address: path });
  }
  findsConnected(socket);
}
