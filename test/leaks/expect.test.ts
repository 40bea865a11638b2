// expectNoLeaks: what is closed in time, what is not, and what the error says.
import { AssertionError } from 'node:assert';
import { once } from 'node:events';
import { connect, createServer, type Socket as NetSocket, type Server } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectNoLeaks, openSockets, SocketLeakError } from '../../src/leaks.ts';
import { Socket } from '../../src/socket/socket.ts';

let server: Server;
let port: number;
const accepted = new Set<NetSocket>();

beforeAll(async () => {
  server = createServer((socket) => accepted.add(socket.on('error', () => {}).resume())).listen(0, '127.0.0.1');
  await once(server, 'listening');
  port = (server.address() as { port: number }).port;
});

afterAll(() => {
  for (const socket of accepted) socket.destroy();
  server.close();
});

async function dial(): Promise<NetSocket> {
  const client = connect(port, '127.0.0.1');
  await once(client, 'connect');
  return client;
}

async function leakOf(promise: Promise<unknown>): Promise<SocketLeakError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(SocketLeakError);
  return error as SocketLeakError;
}

test('passes, with the result, where all is closed: the other end has a moment for it', async () => {
  const result = await expectNoLeaks(async () => {
    const client = await dial();
    client.end();
    return 42;
  });
  expect(result).toBe(42);
  expect(await expectNoLeaks(() => 'plain')).toBe('plain');
});

test('lists what was left open, by whom, and not what was there before', async () => {
  const old = await dial();
  let left: NetSocket | undefined;
  async function forgetIt(): Promise<void> {
    left = await dial();
  }
  const error = await leakOf(expectNoLeaks(forgetIt, { grace: 50 }));
  // Both ends are in this process.
  expect(error.sockets).toHaveLength(2);
  expect(error).toBeInstanceOf(AssertionError);
  expect(error.message).toMatch(/^2 sockets were left open:\n\nFD +KIND/);
  expect(error.message).toContain(`127.0.0.1:${left?.localPort} -> 127.0.0.1:${port}`);
  expect(error.message).toMatch(/at dial .*expect\.test\.ts:\d+:\d+\)?\n +at forgetIt .*expect\.test\.ts/);
  expect(error.message).not.toContain(String(old.localPort));
  left?.destroy();
  old.destroy();
});

test('ignores what it is told to', async () => {
  const kept: Socket[] = [];
  await expectNoLeaks(() => kept.push(new Socket()), { grace: 0, ignore: ({ kind }) => kind === 'tcp' });
  const error = await leakOf(
    expectNoLeaks(() => kept.push(new Socket(), new Socket(2, 2)), { grace: 0, ignore: ({ kind }) => kind === 'udp' }),
  );
  expect(error.sockets.map(({ kind }) => kind)).toEqual(['tcp']);
  for (const socket of kept) socket.close();
});

test('the error of the function goes through, and tracking ends', async () => {
  const mine = new Error('mine');
  await expect(expectNoLeaks(() => Promise.reject(mine))).rejects.toBe(mine);
  await expect(
    expectNoLeaks(() => {
      throw mine;
    }),
  ).rejects.toBe(mine);
  const after = await dial();
  const own = openSockets().find(({ local }) => local?.family === 'inet' && local.port === after.localPort);
  expect(own).not.toHaveProperty('age');
  after.destroy();
});
