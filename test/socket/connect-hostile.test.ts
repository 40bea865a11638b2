// connect(): lookups that misbehave, arguments that would lead past the descriptor, values that change later, keys that must stay secret.
import { once } from 'node:events';
import net from 'node:net';
import { apply, type ConnectOptions, connect, fresh, getsockopt, SO_LINGER } from 'sockctl';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Birth } from '../../src/socket/birth.ts';
import { errorOf } from '../helpers.ts';
import { failure, greeter, openSockets, portOf, type Seen } from './peer.ts';

const accepted: Seen[] = [];
const server = net.createServer(greeter(accepted));

beforeAll(() => once(server.listen(0, '::'), 'listening'));
afterAll(() => server.close());

type Answer = Parameters<NonNullable<ConnectOptions['lookup']>>[2];

describe('a lookup of the caller', () => {
  test('that answers twice: the first answer counts', async () => {
    for (const answer of ['127.0.0.1', [{ address: '127.0.0.1' }, { address: '::1' }]]) {
      const lookup = (_host: string, _options: object, done: Answer): void => {
        done(null, answer as string);
        done(null, answer as string);
        done(new Error('late'), '');
      };
      const before = openSockets();
      const socket = connect({ host: 'two.test', port: portOf(server), lookup, options: { TCP_NODELAY: true } });
      await once(socket, 'connect');
      socket.destroy();
      await once(socket, 'close');
      await expect.poll(openSockets).toBe(before);
    }
  });

  test('that throws: an error of the socket', async () => {
    const lookup = (): never => {
      throw new Error('boom');
    };
    expect((await failure(connect({ host: 'x.test', port: 1, lookup }))).message).toBe('boom');
    expect((await failure(connect({ host: 'x.test', port: 1, hints: 12_345 }))).code).toBe('ERR_INVALID_ARG_VALUE');
  });

  test.each([[undefined], [null], [5], [''], ['nope'], [[null]], [['127.0.0.1']], [{ address: '127.0.0.1' }]])(
    'that answers %j',
    async (answer) => {
      const lookup = (_host: string, _options: object, done: Answer): void => done(null, answer as never);
      const error = await failure(connect({ host: 'x.test', port: portOf(server), lookup }));
      expect(error.code).toBe('ERR_INVALID_IP_ADDRESS');
    },
  );
});

describe('arguments', () => {
  test("family as Node's, thrown at once", async () => {
    for (const family of [5, '4']) {
      const error = errorOf(() => connect({ host: 'localhost', port: 1, family: family as number }));
      expect(error.code).toBe('ERR_INVALID_ARG_VALUE');
    }
    const socket = connect({ host: 'localhost', port: portOf(server), family: 'IPv4' as never });
    await once(socket, 'connect');
    expect(socket.remoteAddress).toBe('127.0.0.1');
    socket.destroy();
  });

  test("null and '' are none, as in Node", async () => {
    const none = { host: null, path: null, localAddress: '', lookup: undefined } as object;
    const socket = connect({ ...none, port: portOf(server) });
    await once(socket, 'connect');
    socket.destroy();
    expect(errorOf(() => connect({ path: '' })).code).toBe('ERR_MISSING_ARGS');
  });

  test('what would lead past the descriptor that has the options is refused', () => {
    const before = openSockets();
    const to = { host: '127.0.0.1', port: portOf(server) };
    const socket = new net.Socket();
    for (const wrong of [{ fd: 1 }, { handle: {} }, { socket }, { tls: { socket } }, { tls: { path: '/x' } }]) {
      const error = errorOf(() => connect({ ...to, ...(wrong as object) }));
      expect(error.code).toBe('ERR_INVALID_ARGUMENT');
      expect(error.message).toMatch(/^connect cannot use (tls\.)?(fd|handle|socket|path)\. /);
    }
    expect(openSockets()).toBe(before);
  });

  test('a scope that is no interface', async () => {
    const error = await failure(connect({ host: 'fe80::1%nosuch', port: 9 }));
    expect(error.message).toBe('"fe80::1%nosuch" names no interface of this machine. ip link lists them');
  });

  test('connectTimeout counts the handshake of TLS', async () => {
    const before = openSockets();
    const silent = net.createServer((socket) => socket.on('error', () => undefined)).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const error = await failure(
      connect({ host: '127.0.0.1', port: portOf(silent), tls: { rejectUnauthorized: false }, connectTimeout: 100 }),
    );
    expect(error.code).toBe('ETIMEDOUT');
    silent.close();
    await expect.poll(openSockets).toBe(before);
  });

  test('what a listener throws is an uncaught exception, as in Node', async () => {
    const lookup = (_host: string, _options: object, done: Answer): void => done(null, '127.0.0.1');
    const socket = connect({ host: 'x.test', port: portOf(server), lookup });
    const listeners = process.rawListeners('uncaughtException') as (() => void)[];
    process.removeAllListeners('uncaughtException');
    const caught = once(process, 'uncaughtException');
    socket.on('lookup', () => {
      throw new Error('mine');
    });
    const [error, origin] = await caught;
    for (const listener of listeners) process.on('uncaughtException', listener);
    socket.destroy();
    expect([(error as Error).message, origin]).toEqual(['mine', 'uncaughtException']);
  });
});

test('values count as they were when they were checked', () => {
  using socket = fresh('tcp');
  const linger = { on: true as const, seconds: 7 };
  const birth = new Birth({ SO_LINGER: linger }, 'test');
  linger.seconds = -5;
  birth.set(socket.fd, 2, 'fresh');
  expect(getsockopt(socket, SO_LINGER)).toMatchObject({ seconds: 7 });
});

test('keys stay secret in errors and reports', async () => {
  const key = { key: 'swordfish', addr: { family: 'inet', address: '127.0.0.1', port: 0 } };
  const error = await failure(connect({ path: '/x', options: [['TCP_MD5SIG', key]] }));
  expect(error.message).toMatch(/^TCP_MD5SIG = a secret cannot be set/);
  expect(JSON.stringify(error)).not.toContain('swordfish');
  using socket = fresh('tcp');
  const [fastopen] = apply(socket, [['TCP_FASTOPEN_KEY', Buffer.from('swordfish-456789')]]);
  expect(fastopen?.text).toEqual({ asked: '(secret)', before: '(secret)', after: '(secret)' });
});
