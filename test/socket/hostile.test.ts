// connect(), listen() and datagram() with arguments that no caller should pass: an error with a code, and nothing left open.
import dgram from 'node:dgram';
import net from 'node:net';
import { connect, datagram, httpAgent, listen, parsePolicy, whenReady } from 'sockctl';
import { expect, test } from 'vitest';
import { hostile, isItsOwn } from '../../scripts/fuzz-arguments.ts';
import { openSockets } from './peer.ts';

/** What is wrong with an error; undefined where it is one that a program can tell apart. */
function fault(error: unknown): string | undefined {
  if (isItsOwn(error) || (error as { name?: unknown } | null)?.name === 'AbortError') return undefined;
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown };
  // Node's AggregateError has its codes inside.
  if (typeof code === 'string' && typeof message === 'string') return undefined;
  return error instanceof Error ? (error.stack ?? String(error)) : String(error);
}

const connectKeys =
  'host port path options tls protocol localAddress localPort family hints lookup autoSelectFamily autoSelectFamilyAttemptTimeout connectTimeout timeout enforce noDelay keepAlive keepAliveInitialDelay signal allowHalfOpen';
const listenKeys = 'host port path backlog options accepted protocol ipv6Only mode signal systemd';
const datagramKeys = 'type address port options multicast connect signal lookup';

/** Each key with each value, one at a time. */
const each = (keys: string): { key: string; at: number }[] =>
  keys.split(' ').flatMap((key) => hostile.map((_, at) => ({ key, at })));
const pick = (at: number): unknown => (hostile[at] as () => unknown)();

const soon = (): Promise<void> => new Promise((done) => setTimeout(done, 20));

async function attack(keys: string, call: (key: string, value: unknown) => Promise<void>): Promise<string[]> {
  const wrong: string[] = [];
  for (const { key, at } of each(keys)) {
    try {
      await call(key, pick(at));
    } catch (error) {
      const what = fault(error);
      if (what) wrong.push(`${key}: hostile[${at}] ${String(hostile[at]).slice(0, 60)}: ${what}`);
    }
  }
  await soon();
  return wrong;
}

test('connect()', { timeout: 120_000 }, async () => {
  const before = openSockets();
  const wrong = await attack(connectKeys, async (key, value) => {
    const base = key === 'path' ? {} : { host: '127.0.0.1', port: 1 };
    const socket = connect({ ...base, [key]: value } as never);
    await new Promise<void>((resolve, reject) => {
      socket.on('error', reject);
      socket.on('close', () => resolve());
      setTimeout(() => socket.destroy(), 50);
    });
  });
  expect(wrong).toEqual([]);
  expect(openSockets()).toBe(before);
});

test('listen()', { timeout: 120_000 }, async () => {
  const before = openSockets();
  const wrong = await attack(listenKeys, async (key, value) => {
    const server = net.createServer();
    const base = key === 'path' ? {} : { host: '127.0.0.1', port: 0 };
    try {
      await listen(server, { ...base, [key]: value } as never);
    } finally {
      server.close(() => undefined);
    }
  });
  expect(wrong).toEqual([]);
  expect(openSockets()).toBe(before);
});

test('datagram()', { timeout: 120_000 }, async () => {
  const before = openSockets();
  const wrong = await attack(datagramKeys, async (key, value) => {
    const socket = await datagram({ type: 'udp4', address: '127.0.0.1', [key]: value } as never);
    socket.close();
  });
  expect(wrong).toEqual([]);
  expect(openSockets()).toBe(before);
});

test('what takes one argument', async () => {
  const calls: Record<string, (value: never) => unknown> = {
    connect,
    datagram,
    httpAgent,
    parsePolicy,
    listen: (value) => listen(value, { port: 0 }),
    whenReady: (value) => whenReady(value, { signal: AbortSignal.timeout(5) }),
  };
  const wrong: string[] = [];
  for (const [name, call] of Object.entries(calls)) {
    for (const at of hostile.keys()) {
      try {
        const made = await call(pick(at) as never);
        if (made instanceof net.Socket) made.on('error', () => undefined).destroy();
        if (made instanceof dgram.Socket) made.close();
      } catch (error) {
        const what = fault(error);
        if (what && (error as Error).name !== 'TimeoutError') wrong.push(`${name}: hostile[${at}]: ${what}`);
      }
    }
  }
  expect(wrong).toEqual([]);
});
