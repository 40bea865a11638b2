// HTTP servers on free loopback ports or unix paths.
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import http from 'node:http';
import http2 from 'node:http2';
import https from 'node:https';
import type { AddressInfo, Server, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { certificate } from '../kernel/certificate.ts';

/** Listens until the test is over, with the connections that it accepted. */
export async function serve<S extends Server | http.Server | https.Server>(
  server: S,
  where: number | string = 0,
): Promise<{ server: S; port: number; path: string }> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => sockets.add(socket));
  if (typeof where === 'string') server.listen(where);
  else server.listen(where, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(async () => {
    server.close();
    for (const socket of sockets) socket.destroy();
    if (server.listening) await once(server, 'close');
  });
  const address = server.address() as AddressInfo | string;
  return typeof address === 'string' ? { server, port: 0, path: address } : { server, port: address.port, path: '' };
}

export const httpServer = (): http.Server =>
  http.createServer({ keepAliveTimeout: 60_000 }, (request, response) => response.end(`hello ${request.url}`));

export const httpsServer = (options: https.ServerOptions = {}): https.Server =>
  https.createServer({ ...certificate, keepAliveTimeout: 60_000, ...options }, (request, response) =>
    response.end(`hello ${request.url}`),
  );

export const http2Server = (): http2.Http2Server =>
  http2.createServer((request, response) => response.end(`hello ${request.url}`));

/** Answers with the version as well; HTTP/1.1 for those that do not ask for HTTP/2. */
export const http2SecureServer = (): http2.Http2SecureServer =>
  http2.createSecureServer({ ...certificate, allowHTTP1: true }, (request, response) =>
    response.end(`hello ${request.url} ${request.httpVersion}`),
  );

/** A path for a unix socket, gone after the test. */
export function unixPath(): string {
  const folder = mkdtempSync(join(tmpdir(), 'sockctl-clients-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'server.sock');
}
