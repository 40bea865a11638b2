// What the tests of connect() share: a server that tells what the peer sees, names with made-up addresses, waiting.
import { once } from 'node:events';
import { readdirSync, readlinkSync } from 'node:fs';
import net, { type AddressInfo } from 'node:net';
import { type ConnectOptions, getsockopt, TCP_MAXSEG } from 'sockctl';

export interface Seen {
  mss: number;
  remotePort: number | undefined;
}

/** Greets, echoes, and notes what the peer's kernel knows of the connection. */
export function greeter(accepted: Seen[]): (socket: net.Socket) => void {
  return (socket) => {
    accepted.push({ mss: getsockopt(socket, TCP_MAXSEG), remotePort: socket.remotePort });
    socket.on('error', () => undefined);
    socket.write('hello');
    socket.pipe(socket);
  };
}

export const portOf = (server: net.Server): number => (server.address() as AddressInfo).port;

/** A lookup that answers with these addresses. */
export function named(...addresses: string[]): NonNullable<ConnectOptions['lookup']> {
  return (_host, _options, done) =>
    done(
      null,
      addresses.map((address) => ({ address, family: net.isIP(address) })),
    );
}

export type Failure = Error & { code: string; errno?: number; syscall?: string; address?: string; port?: number };

/** The error with which a socket closes. */
export function failure(socket: net.Socket): Promise<Failure> {
  return new Promise((resolve, reject) => {
    let failed: Failure | undefined;
    socket.on('error', (error) => {
      failed = error as Failure;
    });
    socket.on('close', () => (failed ? resolve(failed) : reject(new Error('closed without an error'))));
  });
}

/** The next data. */
export async function arrival(socket: net.Socket): Promise<string> {
  const [data] = (await once(socket, 'data')) as [Buffer];
  return data.toString();
}

/** The sockets among this process's descriptors. */
export function openSockets(): number {
  return readdirSync('/proc/self/fd').filter((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`).startsWith('socket:');
    } catch {
      // The descriptor of the listing itself is closed by now.
      return false;
    }
  }).length;
}
