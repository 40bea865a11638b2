// connect(): options before connect(2), as the peer and the wire see them.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import tls from 'node:tls';
import { bornWith, connect, getsockopt, SO_KEEPALIVE, SO_SNDBUF, TCP_KEEPIDLE, TCP_NODELAY } from 'sockctl';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { certificate } from '../kernel/certificate.ts';
import { arrival, type Failure, greeter, named, portOf, type Seen } from './peer.ts';

const folder = mkdtempSync(join(tmpdir(), 'sockctl-connect-'));
const accepted: Seen[] = [];
const server = net.createServer(greeter(accepted));
const secure = tls.createServer(certificate, greeter(accepted));

beforeAll(async () => {
  await Promise.all([server, secure].map((one) => once(one.listen(0, '::'), 'listening')));
});
afterAll(() => {
  server.close();
  secure.close();
  rmSync(folder, { recursive: true });
});

/** The peer reads what was set before the SYN; timestamps take 12 bytes of each segment. */
const peersMss = (): number | undefined => accepted.at(-1)?.mss;

describe('options before connect(2)', () => {
  const options = { TCP_MAXSEG: 700, IP_TOS: 0x10, IPV6_TCLASS: 0x10 };

  for (const [what, target] of Object.entries({
    'an IPv4 address': { host: '127.0.0.1' },
    'an IPv6 address': { host: '::1' },
    'a name': { host: 'localhost' },
    'a name with one address': { host: 'one.test', lookup: named('127.0.0.1') },
    'a name with two addresses': { host: 'two.test', lookup: named('127.0.0.1', '::1') },
    'an IPv6 address with a scope': { host: '::1%lo' },
  })) {
    test(`${what}: the peer sees the segment size, early data arrives`, async () => {
      const socket = connect({ ...target, port: portOf(server), options });
      expect(await arrival(socket)).toBe('hello');
      expect(peersMss()).toBe(688);
      expect(accepted.at(-1)?.remotePort).toBe(socket.localPort);
      socket.end('echo');
      expect(await arrival(socket)).toBe('echo');
    });

    test(`${what}: TLS`, async () => {
      const socket = connect({ ...target, port: portOf(secure), options, tls: { rejectUnauthorized: false } });
      expect(socket).toBeInstanceOf(tls.TLSSocket);
      await once(socket, 'secureConnect');
      expect(await arrival(socket)).toBe('hello');
      expect(peersMss()).toBe(688);
      socket.destroy();
    });
  }

  test('without options the peer sees another size', async () => {
    const socket = connect({ port: portOf(server), host: '127.0.0.1' });
    await arrival(socket);
    expect(peersMss()).toBeGreaterThan(10_000);
    socket.destroy();
  });

  test('an option of the other family is skipped, and said so', async () => {
    const outcomes = async (host: string): Promise<string[]> => {
      const socket = connect({ host, port: portOf(server), options });
      await once(socket, 'connect');
      socket.destroy();
      return bornWith(socket).map(({ name, outcome }) => `${name} ${outcome}`);
    };
    expect(await outcomes('127.0.0.1')).toEqual(['TCP_MAXSEG set', 'IP_TOS set', 'IPV6_TCLASS skipped']);
    // Linux has IP_TOS on IPv6 sockets too: it counts for IPv4-mapped peers.
    expect(await outcomes('::1')).toEqual(['TCP_MAXSEG set', 'IP_TOS set', 'IPV6_TCLASS set']);
  });

  test('a unix path, in the file system and abstract', async () => {
    for (const path of [join(folder, 'a.sock'), `\0sockctl-${process.pid}`]) {
      const local = net.createServer((socket) => socket.end('unix')).listen(path);
      await once(local, 'listening');
      const socket = connect({ path, options: { SO_SNDBUF: 50_000 } });
      expect(await arrival(socket)).toBe('unix');
      expect(getsockopt(socket, SO_SNDBUF)).toBe(100_000);
      socket.destroy();
      local.close();
    }
  });

  test('TLS over a unix path', async () => {
    const path = join(folder, 'tls.sock');
    const local = tls.createServer(certificate, (socket) => socket.end('secret')).listen(path);
    await once(local, 'listening');
    const socket = connect({ path, tls: { rejectUnauthorized: false }, options: { SO_SNDBUF: 50_000 } });
    expect(await arrival(socket)).toBe('secret');
    expect(getsockopt(socket, SO_SNDBUF)).toBe(100_000);
    local.close();
  });

  test('Multipath TCP', async () => {
    const socket = connect({
      host: '127.0.0.1',
      port: portOf(server),
      protocol: 'mptcp',
      options: { TCP_NODELAY: true },
    });
    await once(socket, 'connect');
    expect(execFileSync('ss', ['-tnHM'], { encoding: 'utf8', maxBuffer: 1 << 26 })).toContain(`:${socket.localPort}`);
    socket.destroy();
  });

  test('localAddress and localPort', async () => {
    const port = 20_000 + (process.pid % 10_000);
    const socket = connect({ host: '127.0.0.1', port: portOf(server), localAddress: '127.0.0.9', localPort: port });
    await once(socket, 'connect');
    expect([socket.localAddress, socket.localPort]).toEqual(['127.0.0.9', port]);
    socket.destroy();
  });

  test("noDelay and keepAlive of Node's do not overwrite what was asked by name", async () => {
    const socket = connect({
      host: '127.0.0.1',
      port: portOf(server),
      keepAlive: true,
      keepAliveInitialDelay: 5000,
      options: { TCP_KEEPIDLE: 77 },
    });
    await once(socket, 'connect');
    expect([getsockopt(socket, SO_KEEPALIVE), getsockopt(socket, TCP_KEEPIDLE)]).toEqual([true, 77]);
    socket.setKeepAlive(true, 9000);
    expect(getsockopt(socket, TCP_KEEPIDLE)).toBe(9);
    socket.destroy();
  });

  for (const encrypted of [false, true]) {
    test(`enforce keeps them against later calls${encrypted ? ' (TLS)' : ''}`, async () => {
      const socket = connect({
        host: 'localhost',
        port: portOf(encrypted ? secure : server),
        enforce: true,
        ...(encrypted && { tls: { rejectUnauthorized: false } }),
        options: { TCP_KEEPIDLE: 77, TCP_NODELAY: true },
      });
      await once(socket, 'connect');
      socket.setKeepAlive(true, 9000);
      socket.setNoDelay(false);
      expect([getsockopt(socket, TCP_KEEPIDLE), getsockopt(socket, TCP_NODELAY)]).toEqual([77, true]);
      socket.destroy();
    });
  }

  test('an option that needs a connection is set at connect, before the listener runs', async () => {
    const socket = connect({ host: '127.0.0.1', port: portOf(server), options: { TCP_ULP: 'tls' } });
    const refused = await new Promise<Failure | undefined>((resolve) => {
      socket.on('error', (error) => resolve(error as Failure));
      socket.on('connect', () => setImmediate(resolve, undefined));
    });
    // A kernel without the tls module says so; both ways the option was tried when connected.
    if (refused) expect(refused).toMatchObject({ code: 'ENOENT', option: 'TCP_ULP' });
    else expect(bornWith(socket)).toMatchObject([{ name: 'TCP_ULP', outcome: 'set' }]);
    socket.destroy();
  });
});

test('a window scale that fits SO_RCVBUF is in the SYN (tcpdump)', async (context) => {
  if (spawnSync('tcpdump', ['--version']).error) context.skip('there is no tcpdump here');
  if (process.getuid?.() !== 0) context.skip('tcpdump needs root');
  const scaleWith = async (size: number): Promise<number> => {
    const dump = spawn('tcpdump', [
      '-i',
      'lo',
      '-n',
      '-l',
      '-c',
      '1',
      `dst port ${portOf(server)} and tcp[tcpflags] == tcp-syn`,
    ]);
    await once(dump.stderr, 'data');
    const socket = connect({ host: '127.0.0.1', port: portOf(server), options: { SO_RCVBUF: size } });
    const [line] = (await once(dump.stdout, 'data')) as [Buffer];
    socket.destroy();
    return Number(/wscale (\d+)/.exec(line.toString())?.[1]);
  };
  const limit = Number(readFileSync('/proc/sys/net/core/rmem_max', 'utf8'));
  const [small, large] = [await scaleWith(4096), await scaleWith(limit)];
  expect(small).toBe(0);
  expect(large).toBeGreaterThan(small);
});
