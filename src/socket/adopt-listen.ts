// listen() on Bun, whose servers heed less of what they are told about a descriptor.
import net from 'node:net';
import { SockctlError } from '../errors.ts';
import { listenSocket } from '../kernel/socket.ts';

/**
 * The server serves the descriptor from now on, and closes it.
 * @throws SockctlError ERR_RUNTIME a server of `http` or `https`, which would silently listen elsewhere
 */
export function listenOnBun(
  server: net.Server,
  { fd, backlog, path }: { fd: number; backlog: number; path?: string },
): void {
  if (!(server instanceof net.Server)) {
    throw new SockctlError('ERR_RUNTIME', 'the http and https servers of Bun take no descriptor', {
      hint: "Let a server of net listen (for https: of tls) that passes its connections on: net.createServer((socket) => app.emit('connection', socket))",
    });
  }
  server.prependOnceListener('listening', () => {
    // Bun has called listen(2) with a number of its own; a second call only changes the backlog.
    listenSocket(fd, backlog);
    if (path !== undefined) nameAs(server, path);
  });
  server.listen({ fd, exclusive: true });
}

/** Bun knows no path for a descriptor: until the server closes, `address()` gives it as it does for a path of its own. */
function nameAs(server: net.Server, path: string): void {
  const own = server as { address?: () => string | net.AddressInfo | null };
  const original = server.address;
  own.address = () => (server.listening ? path : original.call(server));
  server.once('close', () => delete own.address);
}
