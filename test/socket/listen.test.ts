// listen(): every kind of server serves, frameworks too; errors are Node's, and leave the server as it was.
import http from 'node:http';
import http2 from 'node:http2';
import https from 'node:https';
import net from 'node:net';
import tls from 'node:tls';
import { createAdaptorServer } from '@hono/node-server';
import express from 'express';
import fastify from 'fastify';
import { Hono } from 'hono';
import { afterEach, describe, expect, it } from 'vitest';
import { bornWith } from '../../src/socket/birth.ts';
import { listen } from '../../src/socket/listen.ts';
import { certificate } from '../kernel/certificate.ts';
import { closed, fdOf, hear, openFds, portOf, refusalOf, saying } from './listen-helpers.ts';

const servers: net.Server[] = [];
const kept = <S extends net.Server>(server: S): S => {
  servers.push(server);
  return server;
};

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.listening && closed(server)));
});

const options = { SO_REUSEPORT: true, SO_KEEPALIVE: true } as const;
const insecure = { rejectUnauthorized: false } as const;

function getText(url: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const get = url.startsWith('https:') ? https.get : http.get;
    get(url, { agent: false, ...insecure }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk) => {
        text += chunk;
      });
      response.on('end', () => resolve(text));
    }).on('error', reject);
  });
}

async function getTextOfHttp2(url: string): Promise<string> {
  const session = http2.connect(url, insecure);
  try {
    return await new Promise((resolve, reject) => {
      session.on('error', reject);
      let text = '';
      const stream = session.request({ ':path': '/' });
      stream.setEncoding('utf8').on('data', (chunk) => {
        text += chunk;
      });
      stream.on('end', () => resolve(text)).on('error', reject);
      stream.end();
    });
  } finally {
    session.close();
  }
}

describe('serves', () => {
  const answer = (_request: unknown, response: { end(text: string): unknown }): void => void response.end('served');
  const host = '127.0.0.1';

  it('net, over IPv4 and IPv6 alike', async () => {
    const server = await listen(kept(saying('served')), { port: 0, options });
    expect(server.address()).toMatchObject({ address: '::', family: 'IPv6' });
    expect(await hear({ port: portOf(server), host })).toBe('served');
    expect(await hear({ port: portOf(server), host: '::1' })).toBe('served');
    expect(bornWith(server)).toEqual([
      { name: 'SO_REUSEPORT', asked: true, outcome: 'set' },
      { name: 'SO_KEEPALIVE', asked: true, outcome: 'set' },
    ]);
  });

  it('http', async () => {
    const server = await listen(kept(http.createServer(answer)), { port: 0, host, options });
    expect(await getText(`http://127.0.0.1:${portOf(server)}`)).toBe('served');
  });

  it('https', async () => {
    const server = await listen(kept(https.createServer(certificate, answer)), { port: 0, host, options });
    expect(await getText(`https://127.0.0.1:${portOf(server)}`)).toBe('served');
  });

  it('http2', async () => {
    const server = await listen(kept(http2.createServer(answer)), { port: 0, host, options });
    expect(await getTextOfHttp2(`http://127.0.0.1:${portOf(server)}`)).toBe('served');
  });

  it('http2 over TLS', async () => {
    const server = await listen(kept(http2.createSecureServer(certificate, answer)), { port: 0, host, options });
    expect(await getTextOfHttp2(`https://127.0.0.1:${portOf(server)}`)).toBe('served');
  });

  it('tls', async () => {
    const server = await listen(kept(tls.createServer(certificate, (socket) => socket.end('served'))), {
      port: 0,
      host,
      options,
    });
    const text = await new Promise<string>((resolve, reject) => {
      const socket = tls.connect({ port: portOf(server), host, ...insecure });
      socket.once('data', (chunk) => resolve(String(chunk))).on('error', reject);
    });
    expect(text).toBe('served');
  });

  it('express', async () => {
    const app = express();
    app.get('/', (_request, response) => void response.send('served'));
    const server = await listen(kept(http.createServer(app)), { port: 0, host, options });
    expect(await getText(`http://127.0.0.1:${portOf(server)}`)).toBe('served');
    const refusal = await refusalOf(listen(app as never, { port: 0 }));
    expect(refusal.message).toContain('http.createServer(app)');
  });

  it('fastify, which gets ready by itself, and closes it', async () => {
    const app = fastify();
    app.get('/', async () => 'served');
    const server = await listen(app, { port: 0, host, options });
    expect(server).toBe(app.server);
    expect(await getText(`http://127.0.0.1:${portOf(server)}`)).toBe('served');
    await app.close();
    expect(server.listening).toBe(false);
  });

  it('hono', async () => {
    const app = new Hono();
    app.get('/', (context) => context.text('served'));
    const server = await listen(kept(createAdaptorServer(app) as http.Server), { port: 0, host, options });
    expect(await getText(`http://127.0.0.1:${portOf(server)}`)).toBe('served');
  });
});

describe('refuses', () => {
  it("with Node's own error, without an 'error' event, and the server can listen again", async () => {
    const first = await listen(kept(saying('first')), { port: 0, host: '127.0.0.1' });
    const port = portOf(first);
    const second = kept(saying('second'));
    let events = 0;
    second.on('error', () => events++);
    const before = openFds();
    const ours = await refusalOf(listen(second, { port, host: '127.0.0.1' }));
    expect(openFds()).toBe(before);
    const nodes = await new Promise<Error>((resolve) => {
      net.createServer().on('error', resolve).listen(port, '127.0.0.1');
    });
    const { code, errno, syscall, address } = ours;
    expect({ message: ours.message, code, errno, syscall, address, port: ours.port }).toEqual({
      ...nodes,
      message: nodes.message,
    });
    expect(ours.message).toBe(`listen EADDRINUSE: address already in use 127.0.0.1:${port}`);
    expect(events).toBe(0);
    await listen(second, { port: 0, host: '127.0.0.1' });
    expect(await hear({ port: portOf(second), host: '127.0.0.1' })).toBe('second');
  });

  it('an address that is not of this machine, a name that is not there, an option that the kernel refuses', async () => {
    const server = kept(net.createServer());
    const before = openFds();
    expect(await refusalOf(listen(server, { port: 0, host: '192.0.2.1' }))).toMatchObject({
      code: 'EADDRNOTAVAIL',
      message: 'listen EADDRNOTAVAIL: address not available 192.0.2.1',
      hint: expect.stringContaining('IP_FREEBIND'),
    });
    expect(await refusalOf(listen(server, { port: 0, host: 'fe80::1' }))).toMatchObject({
      code: 'EINVAL',
      hint: expect.stringContaining('fe80::1%eth0'),
    });
    expect(await refusalOf(listen(server, { port: 0, host: 'nowhere.invalid' }))).toMatchObject({
      syscall: 'getaddrinfo',
    });
    expect(await refusalOf(listen(server, { port: 0, options: { TCP_CONGESTION: 'none-such' } }))).toMatchObject({
      code: 'ENOENT',
      option: 'TCP_CONGESTION',
    });
    expect(openFds()).toBe(before);
    expect(server.listening).toBe(false);
  });

  it('what a server whose listen() was patched throws, and closes what that did not take', async () => {
    const server = kept(net.createServer());
    const { listen: original } = server;
    server.listen = () => {
      throw new Error('patched');
    };
    const before = openFds();
    expect(await refusalOf(listen(server, { port: 0 }))).toMatchObject({ message: 'patched' });
    expect(openFds()).toBe(before);
    server.listen = original;
    await listen(server, { port: 0 });
    expect(server.listening).toBe(true);
  });

  it('a second listen, as Node does', async () => {
    const server = kept(net.createServer());
    const [first, second] = await Promise.allSettled([listen(server, { port: 0 }), listen(server, { port: 0 })]);
    expect(first.status).toBe('fulfilled');
    expect(second).toMatchObject({ reason: { code: 'ERR_SERVER_ALREADY_LISTEN' } });
    expect(await refusalOf(listen(server, { port: 0 }))).toMatchObject({ code: 'ERR_SERVER_ALREADY_LISTEN' });
    expect(server.listening).toBe(true);
    expect(fdOf(server)).toBeGreaterThan(2);
  });

  it.each([
    [{}, 'needs a port'],
    [{ port: undefined }, 'needs a port'],
    [{ port: 70_000 }, 'should be >= 0 and < 65536'],
    [{ port: 0, path: '/tmp/x' }, 'port does not go with path'],
    [{ port: 0, mode: 0o600 }, 'mode does not go with port'],
    [{ path: '\0name', mode: 0o600 }, 'abstract name'],
    [{ path: '' }, 'must not be empty'],
    [{ path: '/tmp/sockctl-x', mode: 0o1777 }, 'from 0 to 0o777, got 0o1777'],
    [{ path: '/tmp/sockctl-x', mode: '660' }, 'got "660". For example 0o660'],
    [{ port: 0, backlog: 0 }, 'backlog must be an integer from 1'],
    [{ port: 0, reusePort: true }, 'SO_REUSEPORT: true'],
    [{ port: 0, ipv6only: true }, 'not ipv6only'],
    [{ port: 0, signal: {} }, 'AbortSignal'],
    [{ port: 0, protocol: 'udp' }, 'must be'],
    [{ port: 0, ipv6Only: true, options: { IPV6_V6ONLY: false } }, 'say the same'],
    [{ port: 0, options: { SO_REUSPORT: true } }, 'SO_REUSPORT'],
    [{ port: 0, options: { TCP_ULP: 'tls' } }, 'Put it into accepted'],
    [{ port: 0, accepted: { SO_REUSEPORT: true } }, 'Put it into options'],
    [{ port: 0, accepted: { TCP_NODELAY: 'maybe' } }, 'TCP_NODELAY'],
    [{ path: '/tmp/sockctl-x', options: { TCP_NODELAY: true } }, 'a unix socket has no TCP options'],
    [{ port: 0, host: 'fe80::1%none0' }, 'names no interface'],
  ])('%j', async (given, text) => {
    const before = openFds();
    const refusal = await refusalOf(listen(kept(net.createServer()), given as never));
    expect(refusal.message).toContain(text);
    expect(openFds()).toBe(before);
  });

  it.each([[null], [42], [{}], [new net.Socket()]])('%s for a server', async (given) => {
    expect(await refusalOf(listen(given as never, { port: 0 }))).toMatchObject({ code: 'ERR_INVALID_ARGUMENT' });
  });
});
