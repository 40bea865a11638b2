// Hands a listening descriptor to a server of Node's, and finds the server in what frameworks give.
import net from 'node:net';
import { SockctlError, show } from '../errors.ts';
import { runtime } from '../kernel/runtime.ts';
import { listenOnBun } from './adopt-listen.ts';
import { builtin } from './builtin.ts';
import type { Listening } from './listen-options.ts';

type Ending = (...args: unknown[]) => unknown;

/** What a server of Node's looks like inside. */
interface Inside {
  /** Bun calls `stop` where it has one. */
  _handle?: { close?: Ending; stop?: Ending } | null;
  _pipeName?: string;
  _listen2?(address: null, port: number, addressType: number, backlog: number): void;
}

/** An application with a server of Node's inside, as Fastify's. */
export interface HasServer<S extends net.Server = net.Server> {
  readonly server: S;
}

const inside = (server: net.Server): Inside => server as unknown as Inside;

function isServer(value: unknown): value is net.Server {
  if (value instanceof net.Server) return true;
  // Elsewhere than in Node an http.Server need not be a net.Server. Express has listen() as well, but no address().
  const server = value as { listen?: unknown; address?: unknown; close?: unknown } | null;
  return (
    typeof value === 'object' &&
    [server?.listen, server?.address, server?.close].every((method) => typeof method === 'function')
  );
}

/**
 * The server itself. An application that has to get ready first, as Fastify's, is given the time.
 * @throws SockctlError ERR_INVALID_ARGUMENT
 */
export function serverOf(given: unknown): { server: net.Server; ready?: () => PromiseLike<unknown> } {
  if (isServer(given)) return { server: given };
  const app = given as { server?: unknown; ready?: unknown; listen?: unknown } | null | undefined;
  if (isServer(app?.server)) {
    const { server, ready } = app;
    return typeof ready === 'function' ? { server, ready: () => ready.call(app) } : { server };
  }
  const isApp = typeof given === 'function' || typeof app?.listen === 'function';
  throw new SockctlError(
    'ERR_INVALID_ARGUMENT',
    `listen takes a server of net, http, https, http2 or tls, or an object with one as .server, got ${isApp ? 'an application' : show(given)}`,
    {
      hint: 'Express: http.createServer(app); Hono: createAdaptorServer(app) of @hono/node-server; Koa: http.createServer(app.callback())',
    },
  );
}

/**
 * The server serves the descriptor from now on, and closes it.
 * @throws what Node throws, with the descriptor still open; some refusals come as 'error' events instead
 */
export function adopt(server: net.Server, { fd, backlog, path, release }: Listening): void {
  const own = inside(server);
  if (path === undefined) delete own._pipeName;
  else own._pipeName = path;
  if (runtime === 'bun') listenOnBun(server, { fd, backlog, ...(path !== undefined && { path }) });
  // In a worker Node and Deno would look { fd } up among the descriptors of the primary, whatever `exclusive` says.
  else if (builtin('node:cluster').isWorker) adoptInWorker(server, fd, backlog);
  else server.listen({ fd }, backlog);
  const handle = own._handle;
  if (!release) return;
  if (!handle) {
    server.once('close', release);
    return;
  }
  // 'close' comes when the last connection has ended, but the path has to go while the descriptor still holds it.
  const end = typeof handle.stop === 'function' ? 'stop' : 'close';
  const original = handle[end] as Ending;
  handle[end] = (...args) => {
    release();
    return original.apply(handle, args);
  };
}

function adoptInWorker(server: net.Server, fd: number, backlog: number): void {
  const wrapped = new net.Socket({ fd, readable: false, manualStart: true } as net.SocketConstructorOpts);
  const own = inside(server);
  if (runtime === 'node' && (own._pipeName === undefined || !own._listen2)) {
    server.listen(wrapped, backlog);
    return;
  }
  // listen(handle) knows handles of TCP alone, and in Deno asks the primary: this is what listen() ends with.
  own._handle = inside(wrapped as never)._handle as NonNullable<Inside['_handle']>;
  own._listen2?.(null, -1, -1, backlog);
}
