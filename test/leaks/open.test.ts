// openSockets and its report: every kind of socket, as the kernel lists them, with ages, options and stacks.
import { spawn } from 'node:child_process';
import dgram from 'node:dgram';
import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { connect, createServer, Socket as NetSocket, type Server } from 'node:net';
import { connect as tlsConnect } from 'node:tls';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Worker } from 'node:worker_threads';
import { afterEach, describe, expect, test } from 'vitest';
import { SO_KEEPALIVE, SO_RCVBUF } from '../../src/catalog/socket.ts';
import { TCP_USER_TIMEOUT } from '../../src/catalog/tcp.ts';
import { AF_INET6, SOCK_DGRAM } from '../../src/constants/families.ts';
import { IPPROTO_UDPLITE } from '../../src/constants/levels.ts';
import { type OpenSocket, openSockets, report, trackSockets } from '../../src/leaks.ts';
import type { Kind } from '../../src/option.ts';
import { fresh } from '../../src/socket/kinds.ts';
import { Socket } from '../../src/socket/socket.ts';
import { setsockopt } from '../../src/sockopt.ts';

const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const one of undo.splice(0).reverse()) await one();
});

async function serving(host = '127.0.0.1'): Promise<{ server: Server; port: number }> {
  const peers = new Set<NetSocket>();
  const server = createServer((socket) => peers.add(socket.on('error', () => {}).resume())).listen(0, host);
  undo.push(() => {
    for (const peer of peers) peer.destroy();
    server.close();
  });
  await once(server, 'listening');
  return { server, port: (server.address() as { port: number }).port };
}

async function dialled(port: number, host = '127.0.0.1'): Promise<NetSocket> {
  const client = connect(port, host);
  undo.push(() => client.destroy());
  await once(client, 'connect');
  return client;
}

const fdOf = (socket: object): number => (socket as { _handle: { fd: number } })._handle.fd;
const byFd = (fd: number): OpenSocket => openSockets().find((one) => one.fd === fd) as OpenSocket;
const mine = expect.stringContaining('open.test.ts');

describe('openSockets', () => {
  test('tells kind, state, both addresses and what was changed, and nothing else of what the kernel set', async () => {
    const { server, port } = await serving();
    const client = await dialled(port);
    await new Promise((done) => client.write(Buffer.alloc(1 << 20), done));
    expect(byFd(fdOf(client))).toMatchObject({
      kind: 'tcp',
      state: 'ESTABLISHED',
      local: { family: 'inet', address: '127.0.0.1', port: client.localPort },
      remote: { family: 'inet', address: '127.0.0.1', port },
      options: [],
    });
    setsockopt(client, SO_KEEPALIVE, true);
    setsockopt(client, TCP_USER_TIMEOUT, 5000);
    setsockopt(client, SO_RCVBUF, 40_000);
    expect(byFd(fdOf(client)).options).toEqual([
      { name: 'SO_KEEPALIVE', value: 'on', default: 'off' },
      { name: 'SO_RCVBUF', value: '80000', default: expect.any(String) },
      { name: 'TCP_USER_TIMEOUT', value: '5000', default: 'default' },
    ]);
    const listening = byFd(fdOf(server));
    expect(listening).toMatchObject({ kind: 'tcp', state: 'LISTEN', local: { port } });
    expect(listening.remote).toBeUndefined();
    expect(listening.options.map(({ name }) => name)).toEqual(['SO_REUSEADDR']);
  });

  test.for<[Kind, string]>([
    ['tcp', 'CLOSE'],
    ['tcp6', 'CLOSE'],
    ['tcp-listen', 'LISTEN'],
    ['tcp-connected', 'ESTABLISHED'],
    ['udp', 'UNCONNECTED'],
    ['udp6', 'UNCONNECTED'],
    ['unix', 'CONNECTED'],
    ['unix-dgram', 'CONNECTED'],
    ['unix-seqpacket', 'CONNECTED'],
    ['raw', 'UNCONNECTED'],
    ['raw6', 'UNCONNECTED'],
    ['packet', 'UNCONNECTED'],
    ['netlink', 'UNCONNECTED'],
    ['mptcp', 'CLOSE'],
    ['vsock', 'UNCONNECTED'],
  ])('knows a socket of the kind %s', ([kind, state], ctx) => {
    let made: ReturnType<typeof fresh>;
    try {
      made = fresh(kind);
    } catch (error) {
      return ctx.skip((error as Error).message);
    }
    using socket = made;
    expect(byFd(socket.fd)).toMatchObject({ kind: kind.replace(/-(listen|connected)$/, ''), state, options: [] });
  });

  test('does not take every datagram socket for one of UDP', () => {
    using socket = new Socket(AF_INET6, SOCK_DGRAM, IPPROTO_UDPLITE);
    expect(byFd(socket.fd).kind).toBe('udplite6');
  });

  test('finds a socket that no object holds', () => {
    const fd = new Socket().detach();
    using owner = new Socket(2, 1, 0, fd);
    expect(openSockets().map((one) => one.fd)).toContain(fd);
    owner.close();
    expect(openSockets().map((one) => one.fd)).not.toContain(fd);
  });

  test('a socket that is older than tracking has no age, and the report says why', async () => {
    const { server } = await serving();
    expect(byFd(fdOf(server))).not.toHaveProperty('age');
    expect(report([byFd(fdOf(server))])).toMatch(/LISTEN +- +127[\s\S]*AGE -: made before tracking began/);
  });

  test('lists the sockets of other threads, whose makers this one does not know', async () => {
    const worker = new Worker(
      `const net = require('node:net');
       const server = net.createServer().listen(0, '127.0.0.1', () => require('node:worker_threads').parentPort.postMessage(server.address().port));`,
      { eval: true },
    );
    undo.push(() => worker.terminate());
    using tracker = trackSockets();
    const [port] = (await once(worker, 'message')) as [number];
    const found = tracker.sockets().find(({ local }) => local?.family === 'inet' && local.port === port);
    expect(found).toMatchObject({ kind: 'tcp', state: 'LISTEN' });
    expect(found).not.toHaveProperty('age');
  });
});

describe('trackSockets', () => {
  test('notes age and maker of every way to make a socket', async () => {
    using tracker = trackSockets();
    const { server, port } = await serving();
    const made: Record<string, object> = { listen: server, connect: await dialled(port) };
    made.instance = new NetSocket().connect(port, '127.0.0.1');
    made.tls = tlsConnect({ port, host: '127.0.0.1' }).on('error', () => {});
    made.udp = dgram.createSocket('udp4').bind(0);
    for (const one of ['instance', 'tls'] as const) undo.push(() => (made[one] as NetSocket).destroy());
    undo.push(() => (made.udp as dgram.Socket).close());
    await Promise.all([once(made.instance as NetSocket, 'connect'), once(made.udp as dgram.Socket, 'listening')]);
    await expect.poll(() => fdOf(made.tls as object)).toBeGreaterThan(0);
    const found = tracker.sockets();
    for (const name of ['listen', 'connect', 'instance', 'tls']) {
      const one = found.find(({ fd }) => fd === fdOf(made[name] as object));
      expect(one, name).toMatchObject({ age: expect.any(Number), stack: expect.arrayContaining([mine]) });
      expect(one?.stack?.[0], name).toMatch(/open\.test\.ts/);
    }
    expect(found.find(({ kind }) => kind === 'udp')?.stack?.[0]).toMatch(/open\.test\.ts/);
  });

  test('notes the maker of a sockctl Socket, without the frames of sockctl', () => {
    using tracker = trackSockets();
    using pair = fresh('unix');
    const found = tracker.sockets();
    expect(found).toHaveLength(2);
    expect(found[0]).toMatchObject({ fd: pair.fd, stack: expect.arrayContaining([mine]) });
    expect(found[0]?.stack?.join('\n')).not.toMatch(/kinds\.ts|socket\.ts|tracker\.ts/);
  });

  test('an accepted socket has the maker of its server', async () => {
    using tracker = trackSockets();
    async function openTheShop(): Promise<number> {
      return (await serving()).port;
    }
    const port = await openTheShop();
    const client = await dialled(port);
    await expect.poll(() => tracker.sockets().length).toBe(3);
    const accepted = tracker
      .sockets()
      .find(({ remote }) => remote?.family === 'inet' && remote.port === client.localPort);
    expect(accepted).toMatchObject({ accepted: true, age: expect.any(Number) });
    expect(accepted?.stack?.join('\n')).toMatch(/openTheShop/);
    expect(report([accepted as OpenSocket])).toMatch(/accepted by the server that was made\n +at .*serving/);
  });

  test('finds who called fetch, below the many frames of fetch itself', async () => {
    using tracker = trackSockets();
    const server = createHttpServer((_request, response) => response.end('x')).listen(0, '127.0.0.1');
    undo.push(
      () => server.closeAllConnections(),
      () => server.close(),
    );
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    async function askForIt(): Promise<string> {
      return await (await fetch(`http://127.0.0.1:${port}`)).text();
    }
    expect(await askForIt()).toBe('x');
    const client = tracker.sockets().find(({ remote }) => remote?.family === 'inet' && remote.port === port);
    expect(client?.stack?.[0]).toMatch(/askForIt .*open\.test\.ts/);
  });

  test('knows the pipes to a child process', async () => {
    using tracker = trackSockets();
    const child = spawn('cat');
    const found = tracker.sockets();
    expect(found.length).toBe(3);
    for (const one of found) expect(one).toMatchObject({ kind: 'unix', stack: expect.arrayContaining([mine]) });
    child.stdin.end();
    await once(child, 'close');
  });

  test('stop ends it, what is known stays known, and trackers nest', async () => {
    const method = NetSocket.prototype.connect;
    const outer = trackSockets();
    const inner = trackSockets();
    inner.stop();
    inner.stop();
    const { server, port } = await serving();
    expect(byFd(fdOf(server))).toHaveProperty('age');
    outer.stop();
    const client = await dialled(port);
    expect(byFd(fdOf(client))).not.toHaveProperty('age');
    expect(byFd(fdOf(server))).toHaveProperty('age');
    expect(NetSocket.prototype.connect).toBe(method);
  });

  test('keeps no socket alive', async () => {
    setFlagsFromString('--expose-gc');
    const gc = runInNewContext('gc') as () => void;
    using _tracker = trackSockets();
    const refs = Array.from({ length: 20 }, () => {
      const socket = new Socket();
      const ref = new WeakRef(socket);
      socket.close();
      return ref;
    });
    await expect
      .poll(() => {
        gc();
        return refs.filter((ref) => ref.deref()).length;
      })
      .toBe(0);
  });
});

describe('report', () => {
  test('keeps to 80 columns, escapes, and has a line for each', async () => {
    using tracker = trackSockets();
    const path = `\0sockctl-leaks-\x1b[31m-${process.pid}-${'x'.repeat(60)}`;
    const server = createServer().listen(path);
    undo.push(() => server.close());
    await once(server, 'listening');
    const { port } = await serving('::1');
    setsockopt(await dialled(port, '::1'), SO_KEEPALIVE, true);
    await expect.poll(() => tracker.sockets().length).toBe(4);
    const lines = tracker.report().split('\n');
    expect(lines[0]).toBe('4 open sockets');
    expect(lines[2]).toMatch(/^FD {2,}KIND {2,}STATE {2,}AGE {2,}ADDRESS$/);
    expect(lines.filter((line) => /^\d/.test(line))).toHaveLength(5);
    expect(lines.join('\n')).not.toContain('\x1b');
    expect(lines.join('\n')).toContain('SO_KEEPALIVE=on (not off)');
    expect(lines.filter((line) => line.length > 80 && !line.startsWith('    at '))).toEqual([]);
    expect(report([])).toBe('No open sockets.\n');
  });
});
