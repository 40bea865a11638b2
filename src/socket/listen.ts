// listen(): a server whose options were set before bind(2) and listen(2).
import type net from 'node:net';
import { closeSocket, identityOf } from '../kernel/socket.ts';
import { type BirthReport, remember } from './birth.ts';
import { forgetAccepted, onAccepted } from './listen-accepted.ts';
import { adopt, type HasServer, serverOf } from './listen-adopt.ts';
import { alreadyListening } from './listen-errors.ts';
import { openPassed } from './listen-fds.ts';
import { openIp, resolveListen } from './listen-ip.ts';
import { checkListen, type Listening, type ListenOptions, type Plan } from './listen-options.ts';
import { openPath } from './listen-unix.ts';
import { Watch } from './listen-watch.ts';

/** Servers for which a listen() is under way. */
const busy = new WeakSet<net.Server>();

/** Everything that can fail happens here, and synchronously, before the runtime knows of the descriptor. */
async function open(plan: Plan, report: BirthReport[], { stopped }: Watch): Promise<() => Listening> {
  if (plan.kind === 'path') return () => openPath(plan, report);
  if (plan.kind === 'systemd') return () => openPassed(plan, report);
  const candidates = await Promise.race([stopped, resolveListen(plan)]);
  return () => openIp(plan, candidates, report);
}

/** Resolves at 'listening'. Whatever happens instead, the descriptor is closed, once. */
function handOver(server: net.Server, listening: Listening, { stopped }: Watch): Promise<void> {
  const { fd, release } = listening;
  const identity = identityOf(fd);
  return new Promise<void>((resolve, reject) => {
    let done = false;
    const settle = (): void => {
      done = true;
      server.off('listening', listens);
      server.off('error', fails);
    };
    const listens = (): void => {
      settle();
      resolve();
    };
    const fails = (error: unknown): void => {
      if (done) return;
      settle();
      if (server.listening) server.close();
      // Where the runtime took the descriptor it has closed it by now; else both are still ours.
      release?.();
      closeSocket(fd, identity);
      reject(error);
    };
    server.prependOnceListener('listening', listens);
    server.prependOnceListener('error', fails);
    try {
      adopt(server, listening);
      stopped.catch(fails);
    } catch (error) {
      fails(error);
    }
  });
}

/** As with Node's own listen(): an abort closes the server, whenever it comes. */
function closeOnAbort(server: net.Server, signal: AbortSignal): void {
  const aborted = (): void => void server.close();
  // A listener of 'listening' may have aborted it.
  if (signal.aborted) aborted();
  signal.addEventListener('abort', aborted, { once: true });
  server.once('close', () => signal.removeEventListener('abort', aborted));
}

async function run(server: net.Server, plan: Plan, ready: (() => PromiseLike<unknown>) | undefined): Promise<void> {
  const { accepted, signal } = plan;
  const watching = new Watch(server, signal);
  const { stopped } = watching;
  try {
    const report: BirthReport[] = [];
    await Promise.race([stopped, ready?.()]);
    const opened = await Promise.race([stopped, open(plan, report, watching)]);
    // The program may have called the server's own listen() or close() meanwhile.
    if (server.listening) throw alreadyListening();
    watching.check();
    const listening = opened();
    if (accepted) onAccepted(server, accepted, listening.family);
    else forgetAccepted(server);
    remember(server, report);
    await handOver(server, listening, watching);
    if (signal) closeOnAbort(server, signal);
  } catch (error) {
    if (!server.listening) forgetAccepted(server);
    throw error;
  } finally {
    watching.end();
  }
}

/**
 * Lets a server listen on a socket that has its `options` before bind(2): any server of `net`, `http`, `https`,
 * `http2` and `tls`, or an application that has one as `.server` (Fastify). Works in cluster workers too, where the
 * socket is each worker's own.
 *
 * Resolves to the server when it listens. What goes wrong is in the rejection alone, not an 'error' event; nothing is
 * left open then, and the server can listen again. {@link bornWith} has the report of the options.
 *
 * Errors: Node's own of listen() with `code`, `errno`, `syscall`, `address`, `port` (EADDRINUSE, EACCES,
 * EADDRNOTAVAIL) and a `hint`; ENOTFOUND; ERR_SERVER_ALREADY_LISTEN; ERR_SERVER_NOT_RUNNING when the server was closed
 * meanwhile; the signal's reason; SocketOptionError, an option that the kernel refuses; SockctlError, a wrong argument,
 * option or value. Linux; macOS and FreeBSD without what is Linux's. See bind(2), listen(2), unix(7), sd_listen_fds(3).
 */
export function listen<S extends net.Server>(server: S, options: ListenOptions): Promise<S>;
export function listen<S extends net.Server>(application: HasServer<S>, options: ListenOptions): Promise<S>;
export async function listen(given: net.Server | HasServer, options: ListenOptions): Promise<net.Server> {
  const plan = checkListen(options);
  const { server, ready } = serverOf(given);
  if (busy.has(server) || server.listening) throw alreadyListening();
  busy.add(server);
  try {
    await run(server, plan, ready);
    return server;
  } finally {
    busy.delete(server);
  }
}
