// listen() that is given up: by its signal, by close(), at any moment; nothing is left open, and nothing listens on.
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { listen } from '../../src/socket/listen.ts';
import type { ListenOptions } from '../../src/socket/listen-options.ts';
import { closed, hear, openFds, portOf, refusalOf, saying } from './listen-helpers.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sockctl-abort-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const places = (): ListenOptions[] => [
  { port: 0, host: '127.0.0.1' },
  { port: 0, host: 'localhost' },
  { path: join(folder, 'x.sock') },
];

it('an aborted signal: nothing begins, the reason is the rejection', async () => {
  const server = net.createServer();
  let closes = 0;
  server.on('close', () => closes++);
  const before = openFds();
  for (const place of places()) {
    const reason = new Error('enough');
    await expect(listen(server, { ...place, signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  }
  expect(await refusalOf(listen(server, { port: 0, signal: AbortSignal.abort() }))).toMatchObject({
    name: 'AbortError',
  });
  await turn();
  expect({ closes, fds: openFds(), listening: server.listening }).toEqual({ closes: 0, fds: before, listening: false });
  expect(['close', 'connection', 'error', 'listening'].map((event) => server.listenerCount(event))).toEqual([
    1, 0, 0, 0,
  ]);
});

it('an abort meanwhile, and one later, which closes the server as in Node', async () => {
  for (const place of places()) {
    const server = saying('served');
    const early = new AbortController();
    const attempt = listen(server, { ...place, signal: early.signal });
    early.abort();
    expect(await refusalOf(attempt)).toMatchObject({ name: 'AbortError' });
    expect(server.listening).toBe(false);
    const late = new AbortController();
    await listen(server, { ...place, signal: late.signal });
    const gone = once(server, 'close');
    late.abort();
    await gone;
    expect(server.listening).toBe(false);
  }
  expect(readdirSync(folder)).toEqual([]);
});

it("an abort by a listener of 'listening' closes the server as well", async () => {
  for (const place of places()) {
    const server = net.createServer();
    const controller = new AbortController();
    server.once('listening', () => controller.abort());
    const gone = once(server, 'close');
    await listen(server, { ...place, signal: controller.signal });
    await gone;
    expect(server.listening).toBe(false);
  }
  expect(readdirSync(folder)).toEqual([]);
});

it('close() meanwhile, in the same breath or during the look-up', async () => {
  for (const place of places()) {
    const server = net.createServer();
    const attempt = listen(server, place);
    server.close();
    expect(await refusalOf(attempt)).toMatchObject({ code: 'ERR_SERVER_NOT_RUNNING' });
    // Where the microtasks run before 'close' is emitted.
    const nested = Promise.resolve().then(() => {
      const second = listen(server, place);
      server.close();
      return second;
    });
    expect(await refusalOf(nested)).toMatchObject({ code: 'ERR_SERVER_NOT_RUNNING' });
    expect(server.listening).toBe(false);
  }
});

it('an abort when Node has the descriptor already', async () => {
  for (const place of places()) {
    const server = net.createServer();
    const { listen: original } = server;
    const controller = new AbortController();
    server.listen = (...args: unknown[]) => {
      (original as (...all: unknown[]) => void).apply(server, args);
      controller.abort();
      return server;
    };
    const before = openFds();
    expect(await refusalOf(listen(server, { ...place, signal: controller.signal }))).toMatchObject({
      name: 'AbortError',
    });
    expect({ fds: openFds(), listening: server.listening }).toEqual({ fds: before, listening: false });
    server.listen = original;
    await listen(server, place);
    await closed(server);
  }
});

it("the 'close' of an earlier life is not taken for one of this", async () => {
  for (const place of places()) {
    const server = await listen(saying('served'), place);
    server.close();
    await listen(server, place);
    await turn();
    expect(server.listening).toBe(true);
    if (place.path) expect(existsSync(place.path)).toBe(true);
    expect(await hear(place.path ? { path: place.path } : { port: portOf(server), host: 'localhost' })).toBe('served');
    await closed(server);
  }
});

it("Node's own listen() meanwhile keeps the server", async () => {
  const server = net.createServer();
  const attempt = listen(server, { port: 0, host: 'localhost' });
  server.listen(0, '127.0.0.1');
  expect(await refusalOf(attempt)).toMatchObject({ code: 'ERR_SERVER_ALREADY_LISTEN' });
  expect(server.address()).toMatchObject({ address: '127.0.0.1' });
  await closed(server);
});

it('ten thousand, given up at random, leave no descriptor, no path and no listener', async () => {
  // A fixed seed: the same run each time, as far as the machine allows.
  let seed = 42;
  const random = (most: number): number => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((seed / 2_147_483_648) * most);
  };
  const moments: ((act: () => void) => unknown)[] = [
    (act) => act(),
    (act) => process.nextTick(act),
    (act) => queueMicrotask(() => queueMicrotask(act)),
    (act) => setImmediate(act),
    (act) => setTimeout(act, random(3)),
  ];
  const counts = { listened: 0, given: 0 };
  const one = async (number: number): Promise<void> => {
    const server = random(2) ? net.createServer() : http.createServer();
    const listeners = (): number[] =>
      ['close', 'connection', 'error', 'listening'].map((event) => server.listenerCount(event));
    const first = listeners();
    const place = [
      { port: 0, host: '127.0.0.1' },
      { port: 0, host: 'localhost' },
      { port: 0 },
      { path: join(folder, `${number}.sock`), mode: 0o600 },
      { path: `\0sockctl-abort-${process.pid}-${number}` },
    ][random(5)] as ListenOptions;
    const controller = new AbortController();
    const attempt = listen(server, { ...place, options: { SO_KEEPALIVE: true }, signal: controller.signal });
    const giveUp = random(3) ? () => controller.abort() : () => server.close();
    moments[random(moments.length)]?.(giveUp);
    await attempt.then(
      () => counts.listened++,
      () => {
        counts.given++;
        expect(server.listening).toBe(false);
      },
    );
    if (server.listening) await closed(server);
    await turn();
    expect(listeners()).toEqual(first);
  };
  // The first look-ups open what stays open (threads, epoll).
  await Promise.all(Array.from({ length: 50 }, (_, i) => one(i)));
  await turn();
  const before = openFds();
  for (let done = 0; done < 10_000; done += 100) {
    await Promise.all(Array.from({ length: 100 }, (_, i) => one(done + i)));
  }
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(openFds()).toBe(before);
  expect(readdirSync(folder)).toEqual([]);
  expect(counts.listened).toBeGreaterThan(500);
  expect(counts.given).toBeGreaterThan(500);
}, 120_000);
