// connect(): Node's own errors, refusals that name the option, aborts, and nothing left open.

import { once } from 'node:events';
import net from 'node:net';
import { type ConnectOptions, connect, TCP_CONGESTION } from 'sockctl';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { errorOf } from '../helpers.ts';
import { type Failure, failure, greeter, named, openSockets, portOf, type Seen } from './peer.ts';

const accepted: Seen[] = [];
const server = net.createServer(greeter(accepted));

beforeAll(() => once(server.listen(0, '::'), 'listening'));
afterAll(() => server.close());

describe("errors are Node's own", () => {
  const same: Record<string, net.NetConnectOpts> = {
    'a refused port': { host: '127.0.0.1', port: 1 },
    'an unknown name': { host: 'no-such-name.invalid', port: 80 },
    'a foreign localAddress': { host: '127.0.0.1', port: 80, localAddress: '192.0.2.9' },
    'a missing path': { path: '/no/such/socket' },
    'an address without a route': { host: '240.0.0.1', port: 80 },
  };
  for (const [what, options] of Object.entries(same)) {
    test(what, async () => {
      const [ours, nodes] = await Promise.all([
        failure(connect(options as ConnectOptions)),
        failure(net.connect(options)),
      ]);
      const shape = ({ message, code, errno, syscall, address, port }: Failure): unknown => ({
        message,
        code,
        errno,
        syscall,
        address,
        port,
      });
      expect(shape(ours)).toEqual(shape(nodes));
    });
  }

  for (const options of [
    { port: 70_000 },
    {},
    { port: 1, localAddress: 'x' },
    { port: 1, host: 5 },
    { port: 1, lookup: 5 },
  ]) {
    test(`thrown at once: ${JSON.stringify(options)}`, () => {
      const ours = errorOf(() => connect(options as ConnectOptions));
      const nodes = errorOf(() => net.connect(options as net.NetConnectOpts).destroy());
      expect(ours.code).toBe(nodes.code);
      expect(ours.constructor).toBe(nodes.constructor);
    });
  }

  test('a wrong option, value, protocol or argument, before anything is made', () => {
    const port = portOf(server);
    expect(errorOf(() => connect({ port, options: { TCP_NODELAI: true } as object })).message).toContain('TCP_NODELAY');
    expect(errorOf(() => connect({ port, options: { TCP_KEEPCNT: 500 } })).message).toContain('1 to 127');
    expect(errorOf(() => connect({ port, options: { SO_TYPE: 1 } as object })).code).toBe('ERR_NOT_WRITABLE');
    expect(errorOf(() => connect({ port, protocol: 'sctp' as 'tcp' })).message).toContain("'tcp' or 'mptcp'");
    expect(errorOf(() => connect({ port, connectTimeout: -1 })).message).toContain('connectTimeout');
    expect(errorOf(() => connect(undefined as unknown as ConnectOptions)).message).toContain('takes an object');
  });

  test('a refused option is an error event that names it, by address and by name', async () => {
    for (const host of ['127.0.0.1', 'localhost', '::1']) {
      const error = await failure(connect({ host, port: portOf(server), options: { TCP_CONGESTION: 'nonesuch' } }));
      expect(error).toMatchObject({ code: 'ENOENT', option: TCP_CONGESTION.name, syscall: 'setsockopt' });
    }
  });

  test('an option of TCP for a path', async () => {
    const error = await failure(connect({ path: '/x', options: { TCP_NODELAY: true } }));
    expect(error.message).toBe(
      'TCP_NODELAY = true cannot be set: a unix socket has no TCP options. Leave it out for a path, or use host and port',
    );
  });

  test('connectTimeout', async () => {
    const lookup: ConnectOptions['lookup'] = () => undefined;
    const error = await failure(connect({ host: 'slow.test', port: 80, lookup, connectTimeout: 20 }));
    expect(error).toMatchObject({ code: 'ETIMEDOUT', syscall: 'connect', address: 'slow.test', port: 80 });
  });

  test('AbortSignal: from the start, and later', async () => {
    const port = portOf(server);
    const at = accepted.length;
    for (const tls of [false, true]) {
      const socket = connect({ host: '127.0.0.1', port, signal: AbortSignal.abort(), tls });
      expect([socket.destroyed, 'encrypted' in socket]).toEqual([true, tls]);
      expect(await failure(socket)).toMatchObject({ name: 'AbortError', code: 'ABORT_ERR' });
      expect(socket.destroyed).toBe(true);
    }
    const controller = new AbortController();
    const socket = connect({ host: 'localhost', port, signal: controller.signal });
    controller.abort();
    expect((await failure(socket)).name).toBe('AbortError');
    await new Promise((done) => setTimeout(done, 20));
    expect(accepted.length).toBe(at);
  });
});

test('ten thousand connects, aborted at random, leave nothing open', { timeout: 120_000 }, async () => {
  const before = openSockets();
  let random = 20_261_121;
  const chance = (): number => {
    random = (Math.imul(random, 1_103_515_245) + 12_345) >>> 0;
    return random / 2 ** 32;
  };
  const options = { TCP_NODELAY: true, SO_RCVBUF: 65_536 };
  const targets: ConnectOptions[] = [
    { host: '127.0.0.1', port: portOf(server) },
    { host: '::1', port: portOf(server) },
    { host: 'two.test', port: portOf(server), lookup: named('::1', '127.0.0.1') },
    { host: 'two.test', port: portOf(server), lookup: named('127.0.0.1', '::1'), autoSelectFamilyAttemptTimeout: 10 },
    { host: '127.0.0.1', port: 1 },
    { host: 'two.test', port: 1, lookup: named('127.0.0.1', '::1') },
    { path: '/no/such/socket', options: { SO_SNDBUF: 5000 } },
    { host: '127.0.0.1', port: portOf(server), options: { TCP_CONGESTION: 'nonesuch' } },
    { host: '127.0.0.1', port: portOf(server), localAddress: '192.0.2.1' },
    { host: 'two.test', port: portOf(server), lookup: named('127.0.0.1', '::1'), localPort: 0, connectTimeout: 1 },
  ];
  const one = (): Promise<void> =>
    new Promise((done) => {
      const controller = new AbortController();
      const target = targets[Math.floor(chance() * targets.length)] as ConnectOptions;
      const socket = connect({ options, signal: controller.signal, ...target });
      socket.on('error', () => undefined);
      socket.on('close', () => done());
      const end = (): unknown => (chance() < 0.5 ? controller.abort() : socket.destroy());
      const when = chance();
      if (when < 0.2) end();
      else if (when < 0.4) process.nextTick(end);
      else if (when < 0.6) setImmediate(end);
      else if (when < 0.8) setTimeout(end, chance() * 5);
      else socket.on('connect', end);
    });
  for (let i = 0; i < 10_000; i += 100) await Promise.all(Array.from({ length: 100 }, one));
  await new Promise((done) => setTimeout(done, 100));
  expect(openSockets()).toBe(before);
});
