// connect(): happy eyeballs, with real addresses that refuse, answer and stay silent.
import { once } from 'node:events';
import net from 'node:net';
import { connect, getsockopt, Socket, TCP_USER_TIMEOUT } from 'sockctl';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { arrival, failure, greeter, named, openSockets, portOf, type Seen } from './peer.ts';

const accepted: Seen[] = [];
const server = net.createServer(greeter(accepted));

beforeAll(() => once(server.listen(0, '::'), 'listening'));
afterAll(() => server.close());

describe('happy eyeballs (RFC 8305)', () => {
  /** An address that answers nothing: the listener's queue is full. */
  async function silent(): Promise<{ port: number; close: () => void }> {
    const listener = new Socket();
    listener.bind(['127.0.0.2', 0]);
    listener.listen(0);
    const { port } = listener.getsockname() as { port: number };
    const fillers = [0, 1].map(() => {
      const filler = new Socket();
      filler.connect(['127.0.0.2', port]);
      return filler;
    });
    await new Promise((done) => setTimeout(done, 50));
    return {
      port,
      close: () => {
        for (const one of [listener, ...fillers]) one.close();
      },
    };
  }

  test('a silent address does not hold up the next one, and is closed', async () => {
    const { port, close } = await silent();
    const other = net.createServer((socket) => socket.end('second')).listen(port, '127.0.0.3');
    await once(other, 'listening');
    const before = openSockets();
    const tried: string[] = [];
    const socket = connect({
      host: 'two.test',
      port,
      lookup: named('127.0.0.2', '127.0.0.3'),
      autoSelectFamilyAttemptTimeout: 20,
      options: { TCP_USER_TIMEOUT: 1234 },
    });
    socket.on('connectionAttempt', (address: string) => tried.push(address));
    expect(await arrival(socket)).toBe('second');
    expect(getsockopt(socket, TCP_USER_TIMEOUT)).toBe(1234);
    expect(tried.slice(0, 2)).toEqual(['127.0.0.2', '127.0.0.3']);
    expect(socket.autoSelectFamilyAttemptedAddresses).toEqual([`127.0.0.2:${port}`, `127.0.0.3:${port}`]);
    socket.destroy();
    await once(socket, 'close');
    await new Promise((done) => setTimeout(done, 20));
    expect(openSockets()).toBe(before);
    other.close();
    close();
  });

  test('a refused address starts the next at once', async () => {
    const socket = connect({
      host: 'two.test',
      port: portOf(server),
      // Nobody listens there on IPv4 alone: the server's port is taken on :: only for ::1 and mapped addresses.
      lookup: (_host, _options, done) =>
        done(null, [
          { address: '::ffff:127.0.0.1', family: 6 },
          { address: '::1', family: 6 },
        ]),
      autoSelectFamilyAttemptTimeout: 60_000,
    });
    expect(await arrival(socket)).toBe('hello');
    socket.destroy();
  });

  test('families alternate', async () => {
    const tried: string[] = [];
    const socket = connect({
      host: 'four.test',
      port: 1,
      lookup: named('::1', '::2', '127.0.0.1', '127.0.0.2'),
      autoSelectFamilyAttemptTimeout: 10,
    });
    socket.on('connectionAttempt', (address: string) => tried.push(address));
    await failure(socket);
    expect(tried).toEqual(['::1', '127.0.0.1', '::2', '127.0.0.2']);
  });

  test("when all fail the error is Node's: an AggregateError with the first one's code", async () => {
    const error = await failure(connect({ host: 'two.test', port: 1, lookup: named('127.0.0.1', '::1') }));
    const nodes = await failure(
      net.connect({
        host: 'two.test',
        port: 1,
        lookup: named('127.0.0.1', '::1') as net.LookupFunction,
        autoSelectFamily: true,
      }),
    );
    expect(error.constructor.name).toBe(nodes.constructor.name);
    expect([error.code, (error as unknown as AggregateError).errors.length]).toEqual([nodes.code, 2]);
  });

  test('autoSelectFamily: false tries the first address alone', async () => {
    const error = await failure(
      connect({ host: 'two.test', port: 1, lookup: named('127.0.0.1', '::1'), autoSelectFamily: false }),
    );
    expect(error.message).toBe('connect ECONNREFUSED 127.0.0.1:1');
  });

  test('family asks for the addresses of one family', async () => {
    const socket = connect({ host: 'two.test', port: portOf(server), lookup: named('::1', '127.0.0.1'), family: 4 });
    await arrival(socket);
    expect(socket.remoteFamily).toBe('IPv4');
    socket.destroy();
  });
});
