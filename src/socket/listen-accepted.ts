// The options of accepted sockets, set before the program sees them.
import type net from 'node:net';
import { AF_UNIX } from '../constants/families.ts';
import { SocketOptionError } from '../errors.ts';
import { withDescriptor } from '../kernel/descriptor.ts';
import { type Birth, type BirthReport, remember } from './birth.ts';

type Listener = (socket: net.Socket) => void;

interface Listeners {
  readonly connection: Listener;
  readonly close: () => void;
}

/** Per server, so that a server that listens anew does not set the options of its former life. */
const listeners = new WeakMap<net.Server, Listeners>();

/** Takes away what {@link onAccepted} added. */
export function forgetAccepted(server: net.Server): void {
  const own = listeners.get(server);
  if (own === undefined) return;
  server.off('connection', own.connection);
  server.off('close', own.close);
  listeners.delete(server);
}

function failed(family: number, { outcome }: BirthReport): boolean {
  // An IPV6_* option that an IPv4 listener skips is as it should be; a unix socket skips what can never be.
  return outcome === 'refused' || (outcome === 'skipped' && family === AF_UNIX);
}

/**
 * Sets the options on every socket that the server accepts. One that cannot be set is told once, as a warning of the
 * process: neither the connection nor the server ends for it.
 */
export function onAccepted(server: net.Server, birth: Birth, family: number): void {
  const warned = new Set<string>();
  const warn = (name: string, why: string | undefined): void => {
    if (warned.has(name)) return;
    warned.add(name);
    process.emitWarning(`${name} was not set on an accepted socket: ${why}`, {
      type: 'SockctlWarning',
      code: 'SOCKCTL_ACCEPTED',
      detail: 'The connection goes on without it. This is said once for each option of a server.',
    });
  };
  const listener: Listener = (socket) => {
    const report: BirthReport[] = [];
    try {
      withDescriptor(socket, (fd) => {
        birth.set(fd, family, 'fresh', report);
        birth.set(fd, family, 'connected', report);
      });
    } catch (error) {
      // A stream that the program emitted as a connection of its own has no descriptor; a reset one, none any more.
      if (!socket.destroyed) warn('accepted', error instanceof SocketOptionError ? error.message : `${error}`);
    }
    for (const one of report) if (failed(family, one)) warn(one.name, one.why);
    remember(socket, report);
  };
  forgetAccepted(server);
  // Before the program's own listener, and before TLS and HTTP begin: it is the raw socket.
  server.prependListener('connection', listener);
  // The 'close' of an earlier life may come when the server listens already.
  const close = (): void => {
    if (!server.listening) forgetAccepted(server);
  };
  server.on('close', close);
  listeners.set(server, { connection: listener, close });
}
