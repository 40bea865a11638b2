// createConnection() with http2, http, https and ws.
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import http from 'node:http';
import http2 from 'node:http2';
import https from 'node:https';
import net from 'node:net';
import { NodeHttp2Handler } from '@smithy/node-http-handler';
import { bornWith, getsockopt, TCP_NODELAY } from 'sockctl';
import { describe, expect, onTestFinished, test } from 'vitest';
import WebSocket, { WebSocketServer } from 'ws';
import { createConnection } from '../../src/clients/create-connection.ts';
import { errorOf } from '../helpers.ts';
import { certificate } from '../kernel/certificate.ts';
import { expectWanted, readFromOutside, wanted } from './outside.ts';
import { http2SecureServer, http2Server, httpServer, httpsServer, serve, unixPath } from './servers.ts';

const ca = certificate.cert;

async function text(request: http.ClientRequest): Promise<string> {
  const [response] = (await once(request, 'response')) as [http.IncomingMessage];
  let all = '';
  for await (const chunk of response) all += chunk;
  return all;
}

async function ask(session: http2.ClientHttp2Session, path: string): Promise<string> {
  const stream = session.request({ ':path': path });
  let all = '';
  for await (const chunk of stream.setEncoding('utf8')) all += chunk;
  return all;
}

function open(authority: string | URL, options: http2.SecureClientSessionOptions): http2.ClientHttp2Session {
  const session = http2.connect(authority, { createConnection: createConnection(wanted), ...options });
  onTestFinished(() => session.destroy());
  return session;
}

describe('http2.connect', () => {
  test('http: options on a session with several requests', async () => {
    const { port } = await serve(http2Server());
    const session = open(`http://127.0.0.1:${port}`, {});
    expect(await Promise.all([ask(session, '/1'), ask(session, '/2')])).toEqual(['hello /1', 'hello /2']);
    expect(await ask(session, '/3')).toBe('hello /3');
    expectWanted(port);
  });

  test('https: ALPN h2 and the server name', async () => {
    const seen: unknown[] = [];
    const server = http2SecureServer();
    server.on('secureConnection', (socket) => seen.push(socket.servername, socket.alpnProtocol));
    const { port } = await serve(server);
    const session = open(`https://localhost:${port}`, { ca });
    expect(await ask(session, '/s')).toBe('hello /s 2.0');
    expect(seen).toEqual(['localhost', 'h2']);
    expect(session.encrypted && session.alpnProtocol).toBe('h2');
    expectWanted(port);
  });

  test('an IPv6 literal, the port of a URL object, a unix path', async () => {
    const six = http2Server().listen(0, '::1');
    await once(six, 'listening');
    onTestFinished(() => void six.close());
    const { port } = six.address() as net.AddressInfo;
    const session = open(new URL(`http://[::1]:${port}`), {});
    expect(await ask(session, '/6')).toBe('hello /6');
    session.close();
    await once(session, 'close');

    const { path } = await serve(http2Server(), unixPath());
    const options = { path, createConnection: createConnection({ SO_SNDBUF: 40_000 }) };
    expect(await ask(open('http://localhost', options as object), '/u')).toBe('hello /u');
    expect(readFromOutside(path, ['SO_SNDBUF'])).toEqual([{ SO_SNDBUF: 80_000 }]);
  });

  test("the AWS SDK's NodeHttp2Handler", async () => {
    const { port } = await serve(http2Server());
    const nodeHttp2ConnectOptions = { createConnection: createConnection(wanted) };
    const handler = new NodeHttp2Handler({ nodeHttp2ConnectOptions });
    onTestFinished(() => handler.destroy());
    for (const path of ['/1', '/2']) {
      const request = { protocol: 'http:', hostname: '127.0.0.1', port, path, method: 'GET', headers: {}, query: {} };
      const { response } = await handler.handle(request as never);
      let all = '';
      for await (const chunk of response.body as AsyncIterable<Buffer>) all += chunk;
      expect(all).toBe(`hello ${path}`);
    }
    expectWanted(port);
  });

  test('errors come as errors of the session; another protocol is refused', async () => {
    const session = open('http://127.0.0.1:1', {});
    const [error] = await once(session, 'error');
    expect(error).toMatchObject({ code: 'ECONNREFUSED', port: 1 });
    expect(errorOf(() => open('ftp://127.0.0.1', {})).message).toContain('got "ftp:"');
  });
});

describe('http.request and https.request without an agent', () => {
  const connection = createConnection(wanted);

  test('http, a name', async () => {
    const { port } = await serve(httpServer());
    const request = http.get({ host: 'localhost', port, path: '/a', createConnection: connection });
    const [socket] = (await once(request, 'socket')) as [net.Socket];
    await once(socket, 'connect');
    expectWanted(port);
    expect(await text(request)).toBe('hello /a');
    expect(bornWith(socket)).toHaveLength(Object.keys(wanted).length);
  });

  test('https: by URL and by options alone', async () => {
    const names: unknown[] = [];
    const server = httpsServer();
    server.on('secureConnection', (socket) => {
      names.push(socket.servername);
      expectWanted(port);
    });
    const { port } = await serve(server);
    const options = { ca, createConnection: connection };
    expect(await text(https.get(`https://localhost:${port}/u`, options))).toBe('hello /u');
    expect(await text(https.get({ ...options, port, path: '/o' }))).toBe('hello /o');
    expect(names).toEqual(['localhost', 'localhost']);
  });

  test('a unix path', async () => {
    const { path: socketPath } = await serve(httpServer(), unixPath());
    const made = createConnection({ SO_SNDBUF: 40_000 });
    const request = http.get({ socketPath, path: '/u', createConnection: made });
    await once((await once(request, 'socket'))[0], 'connect');
    expect(readFromOutside(socketPath, ['SO_SNDBUF'])).toEqual([{ SO_SNDBUF: 80_000 }]);
    expect(await text(request)).toBe('hello /u');
  });
});

test.each(['ws', 'wss', 'ws+unix'])('%s', async (scheme) => {
  const where = scheme === 'ws+unix' ? unixPath() : 0;
  const { server, port, path } = await serve(scheme === 'wss' ? httpsServer() : httpServer(), where);
  new WebSocketServer({ server }).on('connection', (socket) => socket.on('message', (data) => socket.send(`${data}!`)));
  const options = { ca, createConnection: createConnection(path ? { SO_SNDBUF: 40_000 } : wanted) };
  const client = new WebSocket(path ? `ws+unix://${path}:/` : `${scheme}://localhost:${port}/`, options as object);
  await once(client, 'open');
  client.send('hello');
  expect(String((await once(client, 'message'))[0])).toBe('hello!');
  if (path) expect(readFromOutside(path, ['SO_SNDBUF'])).toEqual([{ SO_SNDBUF: 80_000 }]);
  else expectWanted(port);
  client.terminate();
});

describe('a socket that is to be connected later, as for pg', () => {
  test.each(['port and host', 'port', 'options', 'listener'])('connect(%s)', async (form) => {
    const { port } = await serve(httpServer());
    const socket = createConnection(wanted)({});
    expect(socket.connecting).toBe(false);
    const connected = form === 'listener' ? undefined : once(socket, 'connect');
    socket.setNoDelay(true).setKeepAlive(true, 5000);
    if (form === 'port') socket.connect(port);
    else if (form === 'options') socket.connect({ port, host: '127.0.0.1' });
    else if (form === 'port and host') socket.connect(port, '127.0.0.1');
    else await new Promise<void>((resolve) => void socket.connect(port, '127.0.0.1', resolve));
    await connected;
    expectWanted(port);
    socket.destroy();
  });

  test('once only', () => {
    const socket = createConnection(wanted)({}).destroy();
    expect(errorOf(() => socket.connect(1)).code).toBe('ERR_NO_FD');
  });
});

test('connections that fail leave nothing open', async () => {
  const path = unixPath();
  const { port } = await serve(httpServer());
  const make = createConnection(wanted);
  const unix = createConnection({ SO_SNDBUF: 40_000 });
  const attempts: (() => net.Socket)[] = [
    () => make({}).connect(1, '127.0.0.1'),
    () => make({}).connect('/an/option/that/does/not/fit'),
    () => unix({}).connect(path),
    () => make({ host: 'localhost', port: 1 }),
    () => make({ host: 'localhost', port, protocol: 'https:' }),
    () => unix({ path, protocol: 'https:' }),
    () => make({ config: { host: 'nowhere.invalid', port } }),
    () => make({ host: '127.0.0.1', port }).destroy(),
    () => make({}).connect(port).destroy(),
  ];
  // The first time opens what stays open: the resolver, the certificates.
  let before: string[] = [];
  for (let round = 0; round < 20; round++) {
    if (round === 1) before = readdirSync('/proc/self/fd');
    await Promise.all(
      attempts.map(async (attempt) => {
        const socket = attempt().on('error', () => {});
        if (!socket.closed) await new Promise((resolve) => socket.once('close', resolve));
      }),
    );
  }
  expect(readdirSync('/proc/self/fd').length).toBeLessThanOrEqual(before.length);
});

test('a socket that the client connects itself connects once', async () => {
  const server = net.createServer((socket) => socket.resume());
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const socket = createConnection({ TCP_NODELAY: true })({}) as net.Socket;
  const { port } = server.address() as net.AddressInfo;
  socket.connect(port, '127.0.0.1');
  expect(() => socket.connect(port, '127.0.0.1')).toThrow('this socket is connecting or connected already');
  await once(socket, 'connect');
  expect(getsockopt(socket, TCP_NODELAY)).toBe(true);
  expect(() => socket.connect(port, '127.0.0.1')).toThrow('Make a new one for each connection');
  socket.destroy();
  server.close();
});
