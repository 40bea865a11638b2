// Every socket object of Node gives its descriptor, or says when it will have one.
import dgram from 'node:dgram';
import { once } from 'node:events';
import http from 'node:http';
import http2 from 'node:http2';
import https from 'node:https';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Duplex } from 'node:stream';
import tls from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  AF_INET,
  AF_UNIX,
  getsockopt,
  SO_DOMAIN,
  SO_KEEPALIVE,
  SO_TYPE,
  SOCK_DGRAM,
  setsockopt,
} from '../../src/index.ts';
import { errorOf } from '../helpers.ts';
import { certificate } from './certificate.ts';

const closers: (() => unknown)[] = [];
afterAll(() => {
  for (const close of closers.reverse()) close();
});

/** Sets an option through the object and reads it through the object again. */
function works(socket: object): void {
  setsockopt(socket, SO_KEEPALIVE, true);
  expect(getsockopt(socket, SO_KEEPALIVE)).toBe(true);
  expect(getsockopt(socket, SO_DOMAIN)).toBe(AF_INET);
}

const listen = async <T extends net.Server>(server: T): Promise<number> => {
  server.listen(0, '127.0.0.1');
  closers.push(() => server.close());
  await once(server, 'listening');
  return (server.address() as net.AddressInfo).port;
};

let warnings: string[];
beforeAll(() => {
  warnings = [];
  process.on('warning', ({ message }) => warnings.push(message));
});

describe('node', () => {
  it('net.Server and both ends of a net.Socket', async () => {
    const server = net.createServer();
    const port = await listen(server);
    works(server);
    const client = net.connect(port, '127.0.0.1');
    closers.push(() => client.destroy());
    const [accepted] = (await once(server, 'connection')) as [net.Socket];
    closers.push(() => accepted.destroy());
    works(accepted);
    works(client);
  });

  it('http: server, request, response, agent socket', async () => {
    const server = http.createServer((request, response) => {
      works(request);
      works(response);
      response.end('ok');
    });
    const port = await listen(server);
    works(server);
    const request = http.get({ port, host: '127.0.0.1' });
    const [response] = (await once(request, 'response')) as [http.IncomingMessage];
    works(request);
    works(response);
    works(response.socket);
    response.resume();
  });

  it('https and tls: server, TLSSocket on both ends', async () => {
    const server = https.createServer(certificate, (_request, response) => response.end('ok'));
    const port = await listen(server);
    works(server);
    const client = tls.connect({ port, host: '127.0.0.1', rejectUnauthorized: false });
    closers.push(() => client.destroy());
    const [accepted] = (await once(server, 'secureConnection')) as [tls.TLSSocket];
    works(accepted);
    works(client);
    accepted.destroy();
  });

  it('tls over a JavaScript stream: the socket below it', async () => {
    const server = tls.createServer(certificate);
    const port = await listen(server);
    const plain = net.connect(port, '127.0.0.1');
    const duplex = new Duplex({ read() {}, write: (chunk, _encoding, done) => plain.write(chunk, done) });
    plain.on('data', (chunk) => duplex.push(chunk));
    const client = tls.connect({ socket: duplex as never, rejectUnauthorized: false });
    closers.push(
      () => client.destroy(),
      () => plain.destroy(),
    );
    await once(client, 'secureConnect');
    // The Duplex hides what is behind it: the error says so instead of guessing.
    expect(errorOf(() => getsockopt(client, SO_TYPE)).code).toBe('ERR_NO_FD');
    works(plain);
  });

  it('http2: server, client and server session', async () => {
    const server = http2.createServer();
    const port = await listen(server as unknown as net.Server);
    works(server);
    const session = http2.connect(`http://127.0.0.1:${port}`);
    closers.push(() => session.destroy());
    const [theirs] = (await once(server, 'session')) as [http2.ServerHttp2Session];
    await once(session, 'connect');
    works(session);
    works(session.socket);
    works(theirs);
    theirs.destroy();
  });

  it('dgram.Socket, without a deprecation warning', async () => {
    const socket = dgram.createSocket('udp4');
    expect(errorOf(() => getsockopt(socket, SO_TYPE)).message).toContain('bind()');
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    expect(getsockopt(socket, SO_TYPE)).toBe(SOCK_DGRAM);
    works(socket);
    socket.close();
    expect(errorOf(() => getsockopt(socket, SO_TYPE)).code).toBe('ERR_NO_FD');
    await new Promise((done) => setImmediate(done));
    expect(warnings.filter((text) => text.includes('_handle'))).toEqual([]);
  });

  it('unix servers and sockets', async () => {
    const path = join(tmpdir(), `sockctl-d-${process.pid}.sock`);
    const server = net.createServer().listen(path);
    closers.push(() => server.close());
    await once(server, 'listening');
    const client = net.connect(path);
    closers.push(() => client.destroy());
    await once(client, 'connect');
    expect(getsockopt(server, SO_DOMAIN)).toBe(AF_UNIX);
    expect(getsockopt(client, SO_DOMAIN)).toBe(AF_UNIX);
  });

  it('{ fd } and numbers', async () => {
    const server = net.createServer();
    await listen(server);
    const { fd } = (server as unknown as { _handle: { fd: number } })._handle;
    works({ fd });
    expect(getsockopt(fd, SO_DOMAIN)).toBe(AF_INET);
  });
});

describe('without a descriptor', () => {
  const message = (socket: object): string => {
    const error = errorOf(() => getsockopt(socket, SO_TYPE));
    expect(error.code).toBe('ERR_NO_FD');
    return error.message;
  };
  it('a net.Socket before connect', () => expect(message(new net.Socket())).toContain("'connect'"));
  it('a net.Socket during the lookup', () => {
    const socket = net.connect({ port: 1, host: 'localhost', lookup: () => {} });
    expect(message(socket)).toContain('still connecting');
    socket.destroy();
  });
  it('a destroyed net.Socket', () => expect(message(new net.Socket().destroy())).toContain('closed'));
  it('a server that does not listen', () => expect(message(http.createServer())).toContain("'listening'"));
  it('a request without a socket yet', () => {
    const request = http.request({ port: 1, host: '127.0.0.1' }).on('error', () => {});
    expect(message(request)).toContain("'socket'");
    request.destroy();
  });
  it('a plain object, a stream, null', () => {
    expect(message({})).toContain('not a socket');
    expect(message(new Duplex())).toContain('no descriptor');
    expect(errorOf(() => getsockopt(null as never, SO_TYPE)).code).toBe('ERR_INVALID_ARGUMENT');
    expect(errorOf(() => getsockopt('tcp' as never, SO_TYPE)).code).toBe('ERR_INVALID_ARGUMENT');
  });
});
