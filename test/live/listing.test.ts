// A listing that is left half-way, one of a table that changes all the time, and what many of them leave behind.
import { readdirSync } from 'node:fs';
import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getsockopt, SO_COOKIE, sockets } from '../../src/index.ts';
import { errorOf, hasPython } from '../helpers.ts';
import { enterNetwork } from '../socket/datagram-netns.ts';
import { type Python, python } from './check-programs.ts';

const available = process.platform === 'linux' && process.getuid?.() === 0 && hasPython && enterNetwork();
const openFds = (): number => readdirSync('/proc/self/fd').length;

describe.skipIf(!available)('needs root, python3 and a network namespace: listings', () => {
  let program: Python;
  const own = { namespace: 'own' } as const;
  const CONNECTIONS = 1000;
  const ROUNDS = 16;

  beforeAll(async () => {
    program = await python();
    await program.run(`
import resource; resource.setrlimit(resource.RLIMIT_NOFILE, (20000, 20000))
s = socket(); s.bind(('127.0.0.1', 0)); s.listen(64); kept = []
for _ in range(${CONNECTIONS}): kept += [create_connection(s.getsockname()), s.accept()[0]]`);
  });
  afterAll(() => program?.end());

  it('has every connection once', async () => {
    const inodes: number[] = [];
    for await (const socket of sockets({ ...own, proto: 'tcp', state: 'established' })) inodes.push(socket.inode);
    expect(inodes).toHaveLength(2 * CONNECTIONS);
    expect(new Set(inodes).size).toBe(2 * CONNECTIONS);
  });

  it('gives the same in one go, and with other work in between', async () => {
    const asynchronous: bigint[] = [];
    for await (const { cookie } of sockets({ ...own, proto: 'tcp' })) asynchronous.push(cookie as bigint);
    const synchronous = [...sockets({ ...own, proto: 'tcp' })].map(({ cookie }) => cookie as bigint);
    expect(asynchronous.sort()).toEqual(synchronous.sort());
  });

  it('leaves no descriptor when it is left: break, throw, abort, return', async () => {
    const before = openFds();
    const reason = new Error('enough');
    for (let i = 0; i < 50; i++) {
      let left = Math.floor(Math.random() * 1500);
      for (const _ of sockets({ ...own, proto: 'tcp' })) if (left-- === 0) break;
      for await (const _ of sockets({ ...own, proto: 'tcp' })) if (left++ > 700) break;
      const thrown = (async () => {
        for await (const _ of sockets(own)) if (left++ > 100) throw reason;
      })();
      await expect(thrown).rejects.toBe(reason);
      expect(
        errorOf(() => {
          for (const _ of sockets(own)) throw reason;
        }),
      ).toBe(reason);
      const iterator = sockets(own)[Symbol.asyncIterator]();
      await iterator.next();
      expect(await iterator.return?.()).toEqual({ value: undefined, done: true });
      expect(await iterator.next()).toEqual({ value: undefined, done: true });
    }
    expect(openFds()).toBe(before);
  });

  it('stops at an abort, in the midst of a batch too', async () => {
    const reason = new Error('stop');
    const before = openFds();
    for (const at of [1, 7, 500]) {
      const controller = new AbortController();
      let count = 0;
      const loop = async (): Promise<void> => {
        for await (const _ of sockets({ ...own, proto: 'tcp', signal: controller.signal })) {
          if (++count === at) controller.abort(reason);
        }
      };
      await expect(loop()).rejects.toBe(reason);
      expect(count).toBe(at);
      const again = new AbortController();
      count = 0;
      const error = errorOf(() => {
        for (const _ of sockets({ ...own, signal: again.signal })) if (++count === at) again.abort(reason);
      });
      expect([error, count]).toEqual([reason, at]);
    }
    const aborted = AbortSignal.abort(reason);
    expect(errorOf(() => [...sockets({ ...own, signal: aborted })])).toBe(reason);
    await expect(
      sockets({ ...own, signal: aborted })
        [Symbol.asyncIterator]()
        .next(),
    ).rejects.toBe(reason);
    expect(openFds()).toBe(before);
  });

  it('loses nothing when it is asked many times at once', async () => {
    const iterator = sockets({ ...own, proto: 'tcp', state: 'established' })[Symbol.asyncIterator]();
    const results = await Promise.all(Array.from({ length: 2 * CONNECTIONS + 5 }, () => iterator.next()));
    const inodes = results.flatMap(({ value }) => (value === undefined ? [] : [value.inode]));
    expect(new Set(inodes).size).toBe(2 * CONNECTIONS);
  });

  it('lets other work go on', async () => {
    let ticks = 0;
    const timer = setInterval(() => ticks++, 1);
    // Reading owners and options of each takes its time.
    for await (const socket of sockets({ ...own, proto: 'tcp' })) socket.changed();
    clearInterval(timer);
    expect(ticks).toBeGreaterThan(2);
  });

  it('a table that changes all the time: nothing twice, nothing crashes, no descriptor stays', async () => {
    const churn = await python();
    await churn.run(`
import threading, random
stop = False
def work():
    server = socket(); server.bind(('127.0.0.1', 0)); server.listen(64)
    kept = []
    while not stop:
        # A reset when it closes: TIME_WAIT would use up the ports.
        one = create_connection(server.getsockname()); one.setsockopt(SOL_SOCKET, SO_LINGER, struct.pack('ii', 1, 0))
        kept += [one, server.accept()[0], socket(AF_INET, SOCK_DGRAM), *socketpair()]
        kept[-3].bind(('127.0.0.1', 0))
        random.shuffle(kept)
        while len(kept) > 100: kept.pop().close()
for _ in range(3): threading.Thread(target=work, daemon=True).start()`);
    try {
      const before = openFds();
      let listed = 0;
      let borrowed = 0;
      const gone = new Set<string>();
      for (let i = 0; i < ROUNDS; i++) {
        const seen = new Set<string>();
        const options = [
          { ...own, info: true },
          { ...own, pid: churn.pid, memory: true },
        ][i % 2];
        for await (const socket of sockets(options)) {
          listed++;
          if (socket.inode === 0) continue;
          const key = `${socket.inode}/${socket.cookie ?? ''}`;
          expect(seen.has(key), `${socket.kind} ${key} came twice`).toBe(false);
          seen.add(key);
          if (i % 2 === 0 || socket.cookie === undefined) continue;
          try {
            // What is read is of the socket that was listed, or nothing is read.
            expect(socket.borrow((one) => getsockopt(one, SO_COOKIE))).toBe(socket.cookie);
            borrowed++;
          } catch (error) {
            const { code } = error as { code: string };
            if (code === undefined) throw error;
            gone.add(code);
          }
        }
      }
      expect(listed).toBeGreaterThan(ROUNDS * CONNECTIONS);
      expect(borrowed).toBeGreaterThan(0);
      expect([...gone].filter((code) => code !== 'ERR_NO_SOCKET')).toEqual([]);
      expect(openFds()).toBe(before);
    } finally {
      await churn.end();
    }
  }, 120_000);

  it('listings leave no memory behind', async () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    // Buffers are given back a little after the collection.
    const used = async (): Promise<number> => {
      const found: number[] = [];
      for (let i = 0; i < 5; i++) {
        collect();
        await new Promise((resolve) => setTimeout(resolve, 20));
        const { used_heap_size, external_memory } = getHeapStatistics();
        found.push(used_heap_size + external_memory);
      }
      return Math.min(...found);
    };
    const round = (): void => {
      let sum = 0;
      for (const socket of sockets({ ...own, info: true, memory: true }))
        sum += (socket.infoOf('rtt') ?? 0) + socket.owners.length;
      expect(sum).toBeGreaterThan(0);
    };
    for (let i = 0; i < 5; i++) round();
    const before = await used();
    for (let i = 0; i < 20; i++) round();
    expect(((await used()) - before) / 2 ** 20).toBeLessThan(2);
  });

  it('the listing’s own sockets are not in it', () => {
    const asked = [{ ...own, proto: 'netlink' } as const, { ...own, unlisted: true }];
    for (const options of asked) {
      const netlink = [...sockets(options)].filter(({ proto, local }) => proto === 'netlink' && local !== undefined);
      // The kernel's own are bound to nothing, and nobody else is in this network namespace.
      expect(netlink).toEqual([]);
    }
  });
});
