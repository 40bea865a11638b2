// connector() with undici 7, undici 6 and the runtime's own fetch.
import { once } from 'node:events';
import http from 'node:http';
import net from 'node:net';
import tls from 'node:tls';
import * as undici7 from 'undici';
import * as undici6 from 'undici6';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type ConnectorOptions, connector } from '../../src/clients/connector.ts';
import { errorOf } from '../helpers.ts';
import { certificate } from '../kernel/certificate.ts';
import { expectWanted, readFromOutside, wanted } from './outside.ts';
import { http2SecureServer, http2Server, httpServer, httpsServer, serve, unixPath } from './servers.ts';

const ca = certificate.cert;

describe.each([
  ['undici 7', undici7],
  ['undici 6', undici6 as unknown as typeof undici7],
])('%s', (_, { Agent, Client, Pool, ProxyAgent, request, fetch }) => {
  /** An agent that is closed after the test. */
  function agent(options: ConnectorOptions = {}, more: object = {}, values: object = wanted): undici7.Agent {
    const made = new Agent({ connect: connector(values, options), connections: 1, ...more });
    onTestFinished(() => made.destroy());
    return made;
  }

  const text = async (url: string, dispatcher: undici7.Dispatcher): Promise<string> =>
    (await request(url, { dispatcher })).body.text();

  test('request and fetch keep their options on a kept-alive connection', async () => {
    const { port } = await serve(httpServer());
    const dispatcher = agent();
    expect(await text(`http://127.0.0.1:${port}/1`, dispatcher)).toBe('hello /1');
    expectWanted(port);
    expect(await (await fetch(`http://127.0.0.1:${port}/2`, { dispatcher })).text()).toBe('hello /2');
    expectWanted(port);
  });

  test('https: server name, ALPN, a session that is used again', async () => {
    const seen: unknown[] = [];
    const server = httpsServer({ ALPNProtocols: ['http/1.1'] });
    server.on('secureConnection', (socket) => {
      seen.push([socket.servername, socket.alpnProtocol, socket.isSessionReused()]);
    });
    const { port } = await serve(server);
    const dispatcher = agent({ ca }, { pipelining: 0 });
    for (const path of ['/1', '/2']) {
      expect(await text(`https://localhost:${port}${path}`, dispatcher)).toBe(`hello ${path}`);
    }
    expect(seen).toEqual([
      ['localhost', 'http/1.1', false],
      ['localhost', 'http/1.1', true],
    ]);
    const kept = agent({ ca });
    for (const path of ['/1', '/2']) {
      expect(await text(`https://localhost:${port}${path}`, kept)).toBe(`hello ${path}`);
    }
    expectWanted(port);
    expect(seen).toHaveLength(3);
  });

  test('HTTP/2 by ALPN where it is allowed', async () => {
    const { port } = await serve(http2SecureServer());
    const second = agent({ ca, allowH2: true }, { allowH2: true });
    for (const path of ['/1', '/2']) {
      expect(await text(`https://localhost:${port}${path}`, second)).toBe(`hello ${path} 2.0`);
    }
    expectWanted(port);
    expect(await text(`https://localhost:${port}/3`, agent({ ca }))).toBe('hello /3 1.1');
  });

  test('Pool and Client, a unix path, localAddress', async () => {
    const { server, port } = await serve(httpServer());
    const froms: unknown[] = [];
    server.on('connection', (socket: net.Socket) => froms.push(socket.remoteAddress));
    const pool = new Pool(`http://127.0.0.1:${port}`, { connect: connector(wanted), connections: 2 });
    onTestFinished(() => pool.destroy());
    await Promise.all(['/1', '/2'].map(async (path) => (await pool.request({ path, method: 'GET' })).body.text()));
    expectWanted(port, 2);
    const connect = connector(wanted);
    const client = new Client(`http://127.0.0.1:${port}`, { connect, localAddress: '127.0.0.5' });
    onTestFinished(() => client.destroy());
    await (await client.request({ path: '/', method: 'GET' })).body.text();
    expect(froms).toEqual(['127.0.0.1', '127.0.0.1', '127.0.0.5']);

    const { path } = await serve(httpServer(), unixPath());
    expect(await text('http://localhost/u', agent({ socketPath: path }, {}, { SO_SNDBUF: 40_000 }))).toBe('hello /u');
    expect(readFromOutside(path, ['SO_SNDBUF'])).toEqual([{ SO_SNDBUF: 80_000 }]);
  });

  test("a proxy: the options are those of the proxy's connection", async () => {
    const { port } = await serve(httpsServer());
    const proxy = http.createServer().on('connect', (request: http.IncomingMessage, near: net.Socket) => {
      const far = net.connect(Number(request.url?.split(':')[1]), '127.0.0.1', () => {
        near.write('HTTP/1.1 200 OK\r\n\r\n');
        near.pipe(far).pipe(near);
      });
      far.on('error', () => near.destroy());
      near.on('error', () => far.destroy()).on('close', () => far.destroy());
    });
    const { port: proxyPort } = await serve(proxy);
    const dispatcher = new ProxyAgent({
      uri: `http://127.0.0.1:${proxyPort}`,
      requestTls: { ca },
      clientFactory: (origin, options) => new Pool(origin, { ...options, connect: connector(wanted) }),
    });
    onTestFinished(() => dispatcher.destroy());
    expect(await text(`https://localhost:${port}/p`, dispatcher)).toBe('hello /p');
    expectWanted(proxyPort);
  });

  test('a server that is not there, or does not answer', async () => {
    const gone = net.createServer();
    const { port } = await serve(gone);
    gone.close();
    await once(gone, 'close');
    await expect(text(`http://127.0.0.1:${port}/`, agent())).rejects.toMatchObject({ code: 'ECONNREFUSED', port });
    // It accepts, and never shakes hands.
    const { port: silent } = await serve(net.createServer());
    const late = text(`https://127.0.0.1:${silent}/`, agent({ timeout: 100 }));
    await expect(late).rejects.toMatchObject({ name: 'ConnectTimeoutError', code: 'UND_ERR_CONNECT_TIMEOUT' });
    await expect(fetch(`https://127.0.0.1:${silent}/`, { dispatcher: agent({ timeout: 100 }) })).rejects.toMatchObject({
      cause: { code: 'UND_ERR_CONNECT_TIMEOUT' },
    });
    expect(readFromOutside(silent, [])).toEqual([]);
  });

  test('an option that the connection cannot have is an error of the request', async () => {
    const { path } = await serve(httpServer(), unixPath());
    const refused = text('http://localhost/', agent({ socketPath: path }));
    await expect(refused).rejects.toMatchObject({ code: 'ERR_INVALID_ARGUMENT', option: 'TCP_MAXSEG' });
  });
});

test('HTTP/2 without TLS, known beforehand', async () => {
  const { port } = await serve(http2Server());
  const connect = connector(wanted, { useH2c: true });
  const known = new undici7.Client(`http://127.0.0.1:${port}`, { connect, allowH2: true });
  onTestFinished(() => known.destroy());
  expect(await (await known.request({ path: '/h2c', method: 'GET' })).body.text()).toBe('hello /h2c');
  expectWanted(port);
});

test("the runtime's own fetch takes an agent of undici 7 as its dispatcher", async () => {
  const { port } = await serve(httpServer());
  const dispatcher = new undici7.Agent({ connect: connector(wanted), connections: 1 });
  onTestFinished(() => dispatcher.destroy());
  for (const path of ['/1', '/2']) {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, { dispatcher } as object);
    expect(await response.text()).toBe(`hello ${path}`);
  }
  expectWanted(port);
});

test('by hand: the callback comes once, with the socket', async () => {
  const { port } = await serve(httpsServer());
  const connect = connector(wanted, { ca });
  const origin = { hostname: 'localhost', host: `localhost:${port}`, protocol: 'https:', port: String(port) };
  const results: unknown[] = [];
  const socket = await new Promise<net.Socket>((resolve) =>
    connect(origin, (error, made) => {
      results.push(error);
      if (made) resolve(made);
    }),
  );
  expect(socket).toBeInstanceOf(tls.TLSSocket);
  expect((socket as tls.TLSSocket).authorized).toBe(true);
  socket.destroy(new Error('later'));
  await new Promise((resolve) => socket.once('close', resolve));
  expect(results).toEqual([null]);
});

test('a wrong option is an error at once', () => {
  expect(errorOf(() => connector({ TCP_NODELY: true } as never)).code).toBe('ERR_UNKNOWN_OPTION');
});
