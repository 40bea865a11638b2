// httpAgent() and httpsAgent() with node:http and node:https.
import { once } from 'node:events';
import http from 'node:http';
import https from 'node:https';
import type net from 'node:net';
import type tls from 'node:tls';
import { bornWith, type SockctlError } from 'sockctl';
import { describe, expect, onTestFinished, test } from 'vitest';
import { httpAgent, httpsAgent } from '../../src/clients/agents.ts';
import { errorOf } from '../helpers.ts';
import { certificate } from '../kernel/certificate.ts';
import { expectWanted, peerMsses, readFromOutside, wanted } from './outside.ts';
import { httpServer, httpsServer, serve, unixPath } from './servers.ts';

const ca = certificate.cert;

function agent(options: http.AgentOptions = { keepAlive: true }): http.Agent {
  const made = httpAgent(wanted, options);
  onTestFinished(() => made.destroy());
  return made;
}

function secureAgent(options: https.AgentOptions = {}): https.Agent {
  const made = httpsAgent(wanted, { keepAlive: true, ca, ...options });
  onTestFinished(() => made.destroy());
  return made;
}

interface Answer {
  text: string;
  socket: net.Socket;
  reused: boolean;
}

/** A request with node:http or node:https; its socket is back in the pool when this is done. */
async function get(module: typeof http | typeof https, options: https.RequestOptions): Promise<Answer> {
  const request = module.get(options);
  const [response] = (await once(request, 'response')) as [http.IncomingMessage];
  const { socket } = response;
  let text = '';
  for await (const chunk of response) text += chunk;
  await new Promise(setImmediate);
  return { text, socket, reused: request.reusedSocket };
}

describe('httpAgent', () => {
  test('is an http.Agent; its sockets keep their options on a kept-alive connection', async () => {
    const { port } = await serve(httpServer());
    const made = agent({ keepAlive: true, maxSockets: 1 });
    expect(made).toBeInstanceOf(http.Agent);
    const first = await get(http, { port, path: '/a', agent: made });
    expect(first).toMatchObject({ text: 'hello /a', reused: false });
    expectWanted(port);
    // As libraries do on sockets that they get.
    first.socket.setKeepAlive(true, 5000);
    first.socket.setNoDelay(true);
    const second = await get(http, { port, path: '/b', agent: made });
    expect(second).toMatchObject({ text: 'hello /b', reused: true });
    expect(second.socket).toBe(first.socket);
    expectWanted(port);
    expect(bornWith(second.socket).map(({ outcome }) => outcome)).toEqual(Object.keys(wanted).map(() => 'set'));
  });

  test('pools as http.Agent does: maxSockets, names, localAddress', async () => {
    const { port } = await serve(httpServer());
    const made = agent({ keepAlive: true, maxSockets: 2 });
    const where = { host: '127.0.0.1', port, localAddress: '127.0.0.3', agent: made };
    const answers = await Promise.all(['/1', '/2', '/3', '/4'].map((path) => get(http, { ...where, path })));
    expect(new Set(answers.map(({ socket }) => socket)).size).toBe(2);
    expect(answers.map(({ socket }) => socket.localAddress)).toEqual(answers.map(() => '127.0.0.3'));
    expect(made.getName(where)).toBe(new http.Agent().getName(where));
    expect(Object.keys(made.freeSockets)).toEqual([made.getName(where)]);
    expectWanted(port, 2);
  });

  test('takes a unix path, and keeps its timeout', async () => {
    const { path: socketPath } = await serve(httpServer(), unixPath());
    const made = httpAgent({ SO_SNDBUF: 40_000 }, { keepAlive: true, timeout: 4321 });
    onTestFinished(() => made.destroy());
    const { text, socket } = await get(http, { socketPath, path: '/u', agent: made });
    expect(text).toBe('hello /u');
    expect(socket.timeout).toBe(4321);
    expect(readFromOutside(socketPath, ['SO_SNDBUF'])).toEqual([{ SO_SNDBUF: 80_000 }]);
  });

  test('errors are those of Node: refused, unknown host', async () => {
    const { server, port } = await serve(httpServer());
    server.close();
    await once(server, 'close');
    await expect(get(http, { host: '127.0.0.1', port, agent: agent() })).rejects.toMatchObject({
      code: 'ECONNREFUSED',
      syscall: 'connect',
      port,
    });
    const request = get(http, { host: 'nowhere.invalid', port, agent: agent() });
    await expect(request).rejects.toMatchObject({ code: expect.stringMatching(/^(ENOTFOUND|EAI_AGAIN)$/) });
  });

  test('a wrong option is an error when the agent is made; so is a proxy', () => {
    expect(errorOf(() => httpAgent({ TCP_MAXSEG: 'x' } as never)).message).toContain('TCP_MAXSEG');
    expect(errorOf(() => httpsAgent({ TCP_NODELY: true } as never)).code).toBe('ERR_UNKNOWN_OPTION');
    const refused = errorOf(() => httpAgent({}, { proxyEnv: { HTTP_PROXY: 'http://127.0.0.1:1' } } as never));
    expect(refused).toMatchObject({ code: 'ERR_INVALID_ARGUMENT' } satisfies Partial<SockctlError>);
  });
});

describe('httpsAgent', () => {
  test('is an https.Agent; options, server name and pool', async () => {
    const names: unknown[] = [];
    const server = httpsServer();
    server.on('secureConnection', (socket) => names.push(socket.servername));
    const { port } = await serve(server);
    const made = secureAgent();
    expect(made).toBeInstanceOf(https.Agent);
    const first = await get(https, { host: '127.0.0.1', servername: 'localhost', port, path: '/a', agent: made });
    expect(first.text).toBe('hello /a');
    expect((first.socket as tls.TLSSocket).authorized).toBe(true);
    const second = await get(https, { host: '127.0.0.1', servername: 'localhost', port, path: '/b', agent: made });
    expect(second).toMatchObject({ text: 'hello /b', reused: true });
    expect(names).toEqual(['localhost']);
    expectWanted(port);
    expect(bornWith(second.socket)).toHaveLength(Object.keys(wanted).length);
  });

  test('a name with several addresses, and a session that is used again', async () => {
    const reused: boolean[] = [];
    const server = httpsServer();
    server.on('secureConnection', (socket) => reused.push(socket.isSessionReused()));
    const { port } = await serve(server);
    const made = secureAgent({ keepAlive: false });
    for (const path of ['/a', '/b']) {
      const { text } = await get(https, { host: 'localhost', port, path, agent: made });
      expect(text).toBe(`hello ${path}`);
    }
    expect(reused).toEqual([false, true]);
  });

  test('localAddress, with an address and with a name', async () => {
    const from: unknown[] = [];
    const server = httpsServer();
    server.on('secureConnection', (socket) => from.push(socket.remoteAddress));
    const { port } = await serve(server);
    const made = secureAgent({ keepAlive: false });
    for (const [host, localAddress] of [
      ['127.0.0.1', '127.0.0.8'],
      ['localhost', '127.0.0.9'],
    ]) {
      const request = { host, servername: 'localhost', port, path: '/a', agent: made, localAddress };
      expect((await get(https, request)).text).toBe('hello /a');
    }
    expect(from.map((address) => String(address).replace('::ffff:', ''))).toEqual(['127.0.0.8', '127.0.0.9']);
  });

  test('client certificates, ALPN and refusal of an unknown issuer', async () => {
    const seen: unknown[] = [];
    const server = httpsServer({ requestCert: true, rejectUnauthorized: true, ca, ALPNProtocols: ['http/1.1'] });
    server.on('secureConnection', (socket) => seen.push(socket.getPeerCertificate().subject.CN, socket.alpnProtocol));
    const { port } = await serve(server);
    const host = 'localhost';
    const { text } = await get(https, {
      host,
      port,
      path: '/c',
      agent: secureAgent({ ...certificate, ALPNProtocols: ['http/1.1'] }),
    });
    expect(text).toBe('hello /c');
    expect(seen).toEqual(['localhost', 'http/1.1']);
    const strict = httpsAgent(wanted);
    await expect(get(https, { host, port, agent: strict })).rejects.toMatchObject({
      code: 'DEPTH_ZERO_SELF_SIGNED_CERT',
    });
  });

  test('takes a unix path, and keeps its timeout', async () => {
    const { path: socketPath } = await serve(httpsServer(), unixPath());
    const made = httpsAgent({ SO_SNDBUF: 40_000 }, { ca, keepAlive: true, timeout: 4321 });
    onTestFinished(() => made.destroy());
    const { text, socket } = await get(https, { socketPath, servername: 'localhost', path: '/u', agent: made });
    expect(text).toBe('hello /u');
    expect(socket.timeout).toBe(4321);
    expect(readFromOutside(socketPath, ['SO_SNDBUF'])).toEqual([{ SO_SNDBUF: 80_000 }]);
  });
});

test('without the agent a peer sees its usual mss', async () => {
  const { port } = await serve(httpServer());
  const plain = new http.Agent({ keepAlive: true });
  onTestFinished(() => plain.destroy());
  await get(http, { port, agent: plain });
  expect(peerMsses(port)[0]).toBeGreaterThan(1000);
});
