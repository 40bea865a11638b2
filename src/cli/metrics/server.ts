// The HTTP server that Prometheus scrapes.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { listen } from '../../socket/listen.ts';
import type { ListenOptions } from '../../socket/listen-options.ts';
import { type Exposition, formatFor } from './exposition.ts';

/** ms in which a request has to be there, how often that is looked at, and in which its answer has to be read. */
const REQUEST = 10_000;
const INTERVAL = 1_000;
const IDLE = 60_000;

/** Connections at once. Prometheus needs one. */
const CONNECTIONS = 256;

/** ms that those who are being answered get when it ends. */
const GRACE = 5_000;

const page = `<!DOCTYPE html>
<html lang="en"><head><title>sockctl</title></head>
<body><h1>sockctl</h1><p><a href="metrics">Metrics</a> of the sockets of this machine, for Prometheus.</p></body></html>
`;

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly text: string | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
}

const plain = (status: number, text: string): Answer => ({ status, type: 'text/plain; charset=utf-8', text });

async function answerTo({ method, url = '/', headers }: IncomingMessage, exposition: Exposition): Promise<Answer> {
  const path = url.replace(/[?#].*$/s, '');
  const known = ['/', '/metrics', '/-/healthy', '/-/ready'];
  if (!known.includes(path)) return plain(404, 'There is nothing here: see /metrics\n');
  if (method !== 'GET' && method !== 'HEAD') {
    return { ...plain(405, 'Only GET and HEAD\n'), headers: { Allow: 'GET, HEAD' } };
  }
  if (path === '/') return { status: 200, type: 'text/html; charset=utf-8', text: page };
  if (path !== '/metrics') return plain(200, 'OK\n');
  const format = formatFor(headers.accept);
  const vary = { Vary: 'Accept' };
  // Who asks only for the head does not want the machine to be looked at.
  const text = method === 'HEAD' ? '' : await exposition.text(format);
  return { status: 200, type: exposition.contentType(format), text, headers: vary };
}

function send(request: IncomingMessage, response: ServerResponse, { status, type, text, headers }: Answer): void {
  const body = typeof text === 'string' ? Buffer.from(text) : text;
  const length = request.method === 'HEAD' ? {} : { 'Content-Length': body.byteLength };
  response.writeHead(status, {
    'Content-Type': type,
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
    ...length,
    ...headers,
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}

/**
 * Keeps the number of connections within bounds: whoever comes takes the place of the one that has asked for nothing for
 * longest, so that connections which only lie there do not keep Prometheus out.
 */
class Connections {
  /** True: its answer is being made. Whoever asked last comes last. */
  readonly #busy = new Map<Socket, boolean>();

  add(socket: Socket): void {
    if (this.#busy.size >= CONNECTIONS) {
      const [idle] = [...this.#busy].find(([, busy]) => !busy) ?? [socket];
      this.#busy.delete(idle);
      idle.destroy();
    }
    if (socket.destroyed) return;
    this.#busy.set(socket, false);
    socket.once('close', () => this.#busy.delete(socket));
  }

  mark(socket: Socket, busy: boolean): void {
    if (this.#busy.delete(socket)) this.#busy.set(socket, busy);
  }
}

export function serverFor(exposition: Exposition): Server {
  const connections = new Connections();
  const limits = { requestTimeout: REQUEST, headersTimeout: REQUEST, connectionsCheckingInterval: INTERVAL };
  const server = createServer(limits, (request, response) => {
    const { socket } = request;
    connections.mark(socket, true);
    answerTo(request, exposition)
      .catch((error: Error) => plain(500, `${error.message}\n`))
      .then((answer) => {
        // It ends: a connection that is kept alive would hold it up.
        if (!server.listening) response.shouldKeepAlive = false;
        send(request, response, answer);
      })
      .catch(() => response.destroy())
      .finally(() => connections.mark(socket, false));
  });
  server.on('connection', (socket) => connections.add(socket));
  // A reader that has stopped reading.
  server.setTimeout(IDLE, (socket) => socket.destroy());
  return server;
}

/** Serves until a signal says that it is enough; those who are being answered still are. */
export async function serve(server: Server, where: ListenOptions, started: () => void): Promise<void> {
  let end = (): void => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const signals = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, end);
  try {
    await listen(server, where);
    // What one connection does wrong is no reason to end.
    server.on('error', (error) => process.stderr.write(`sockctl: ${error.message}\n`));
    started();
    await ended;
    await closed(server);
  } finally {
    for (const signal of signals) process.off(signal, end);
  }
}

async function closed(server: Server): Promise<void> {
  const late = setTimeout(() => server.closeAllConnections(), GRACE);
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
  });
  clearTimeout(late);
}
