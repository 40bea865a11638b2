// Sockets of other programs, borrowed: what python3 and C have set is read, what is set here they see, and nothing stays open.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  apply,
  type BorrowedSocket,
  borrow,
  getsockopt,
  type LiveSocket,
  SO_KEEPALIVE,
  SO_LINGER,
  SO_RCVBUF,
  SO_TYPE,
  SOCK_STREAM,
  setsockopt,
  snapshot,
  sockets,
  TCP_KEEPIDLE,
  TCP_NODELAY,
} from '../../src/index.ts';
import { errorOf, hasPython } from '../helpers.ts';
import { type Python, python } from './check-programs.ts';

const available = process.platform === 'linux' && hasPython;
const openFds = (): number => readdirSync('/proc/self/fd').length;

// Sets what its standard input says, LEVEL NAME VALUE a line; tells its descriptor first, then what it reads back.
const inC = `
#include <stdio.h>
#include <sys/socket.h>
int main(void) {
  int fd = socket(AF_INET, SOCK_STREAM, 0), level, name, value;
  printf("%d\\n", fd);
  fflush(stdout);
  while (scanf("%d %d %d", &level, &name, &value) == 3) {
    socklen_t length = sizeof value;
    if (value >= 0) setsockopt(fd, level, name, &value, sizeof value);
    getsockopt(fd, level, name, &value, &length);
    printf("%d\\n", value);
    fflush(stdout);
  }
}`;

describe.skipIf(!available)('needs Linux and python3: borrowed sockets', () => {
  let program: Python;
  let fd: number;
  beforeAll(async () => {
    program = await python();
    await program.run('s = socket(); t = socket(); u = socket(AF_INET, SOCK_DGRAM)');
    fd = (await program.value('s.fileno()')) as number;
  });
  afterAll(() => program?.end());

  const listedOf = async (expression: string): Promise<LiveSocket> => {
    const inode = (await program.value(`os.fstat(${expression}).st_ino`)) as number;
    for await (const socket of sockets({ pid: program.pid })) if (socket.inode === inode) return socket;
    throw new Error(`${expression} is not listed`);
  };

  it('what python3 sets is read here, and what is set here python3 reads', async () => {
    await program.run(`
s.setsockopt(SOL_SOCKET, SO_LINGER, struct.pack('ii', 1, 7)); s.setsockopt(IPPROTO_TCP, TCP_NODELAY, 1)
s.setsockopt(SOL_SOCKET, SO_RCVBUF, 50000); s.setsockopt(SOL_SOCKET, SO_KEEPALIVE, 1)`);
    const found = borrow(program.pid, fd, (socket) => ({
      linger: getsockopt(socket, SO_LINGER),
      delay: getsockopt(socket, TCP_NODELAY),
      buffer: getsockopt(socket, SO_RCVBUF),
      all: snapshot(socket).options.length,
    }));
    expect(found).toEqual({ linger: { on: true, seconds: 7 }, delay: true, buffer: 100_000, all: expect.any(Number) });
    expect(found.all).toBeGreaterThan(80);
    borrow(program.pid, fd, (socket) => {
      setsockopt(socket, TCP_KEEPIDLE, 91);
      expect(apply(socket, { TCP_NODELAY: false })[0]?.outcome).toBe('applied');
    });
    expect(await program.value('[s.getsockopt(IPPROTO_TCP, n) for n in (TCP_KEEPIDLE, TCP_NODELAY)]')).toEqual([91, 0]);
    expect((await listedOf('s.fileno()')).changed()).toEqual([
      { name: 'SO_KEEPALIVE', value: 'on', default: 'off' },
      { name: 'SO_LINGER', value: '7s', default: 'off' },
      { name: 'SO_RCVBUF', value: '100000', default: expect.any(String) },
      { name: 'TCP_KEEPIDLE', value: '91', default: '7200' },
    ]);
  });

  it('the same with a program in C', async (context) => {
    const folder = mkdtempSync(join(tmpdir(), 'sockctl-borrow-'));
    try {
      writeFileSync(join(folder, 'c.c'), inC);
      if (spawnSync('cc', ['-o', join(folder, 'c'), join(folder, 'c.c')]).status !== 0) context.skip('no cc here');
      const child = spawn(join(folder, 'c'), { stdio: ['pipe', 'pipe', 'inherit'] });
      const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
      const next = async (): Promise<number> => Number((await lines.next()).value);
      const theirs = await next();
      // SOL_SOCKET, SO_KEEPALIVE.
      child.stdin.write('1 9 1\n');
      expect(await next()).toBe(1);
      borrow(child.pid as number, theirs, (socket) => {
        expect(getsockopt(socket, SO_KEEPALIVE)).toBe(true);
        setsockopt(socket, SO_KEEPALIVE, false);
      });
      child.stdin.write('1 9 -1\n');
      expect(await next()).toBe(0);
      child.stdin.end();
      await once(child, 'exit');
      expect(errorOf(() => borrow(child.pid as number, theirs)).code).toBe('ERR_NO_PROCESS');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('a descriptor that was closed and opened again is another socket: nothing of it is read', async () => {
    const socket = await listedOf('t.fileno()');
    await program.run('number = t.fileno(); v = socket(); os.dup2(v.fileno(), number)');
    expect(socket.owners[0]?.fd).toBe(await program.value('number'));
    let called = 0;
    const before = openFds();
    const error = errorOf(() => socket.borrow(() => called++));
    expect([error.code, error.message]).toEqual(['ERR_NO_SOCKET', expect.stringContaining('is another socket by now')]);
    expect(errorOf(() => socket.changed()).code).toBe('ERR_NO_SOCKET');
    // By the inode too, where no table tells a cookie.
    const { inode } = socket;
    expect(errorOf(() => borrow(program.pid, socket.owners[0]?.fd as number, { inode })).code).toBe('ERR_NO_SOCKET');
    expect([called, openFds()]).toEqual([0, before]);
    await program.run('v.close()');
  });

  it('files, pipes, closed ones and threads are refused by what they are', async () => {
    await program.run(`
import threading
f = open('/dev/null'); r, w = os.pipe(); o = os.open('/tmp', os.O_PATH)
e = threading.Event(); thread = threading.Thread(target=e.wait); thread.start()`);
    const numbers = (await program.value('[f.fileno(), r, o]')) as number[];
    for (const number of numbers) {
      const { code, message } = errorOf(() => borrow(program.pid, number));
      expect([code, message]).toEqual(['ERR_NO_SOCKET', expect.stringContaining('is not a socket')]);
      expect(errorOf(() => borrow(program.pid, number, { inode: 1 })).message).toContain('is not a socket');
    }
    expect(errorOf(() => borrow(program.pid, 9999)).message).toContain('has no descriptor 9999');
    const thread = (await program.value('thread.native_id')) as number;
    const { code, message } = errorOf(() => borrow(thread, fd));
    expect([code, message]).toEqual([
      'ERR_NO_PROCESS',
      expect.stringContaining(`${thread} is a thread, not a process`),
    ]);
    expect(message).toContain('Tgid');
    await program.run('e.set(); f.close(); os.close(r); os.close(w); os.close(o)');
    for (const [pid, number] of [
      [0, 1],
      [1.5, 1],
      [program.pid, -1],
      [program.pid, 2 ** 31],
    ] as const) {
      expect(errorOf(() => borrow(pid, number)).code).toBe('ERR_INVALID_ARGUMENT');
    }
  });

  it('is closed after use, whatever comes of it', async () => {
    const before = openFds();
    let kept: BorrowedSocket | undefined;
    expect(
      errorOf(() =>
        borrow(program.pid, fd, (socket) => {
          kept = socket;
          throw new Error('decoding failed');
        }),
      ).message,
    ).toBe('decoding failed');
    expect([kept?.fd, openFds()]).toEqual([-1, before]);
    expect(errorOf(() => getsockopt(kept as BorrowedSocket, SO_TYPE)).code).toBe('ERR_NO_FD');

    const rejected = borrow(program.pid, fd, async (socket) => {
      await new Promise(setImmediate);
      expect(getsockopt(socket, SO_TYPE)).toBe(SOCK_STREAM);
      throw new Error('later');
    });
    expect(openFds()).toBe(before + 1);
    await expect(rejected).rejects.toThrow('later');
    expect(openFds()).toBe(before);

    // Whatever can be waited for counts as a promise.
    const thenable = borrow(program.pid, fd, () => ({
      // biome-ignore lint/suspicious/noThenProperty: that is what is tested
      then: (done: (value: number) => void) => setImmediate(done, 5),
    }));
    expect(openFds()).toBe(before + 1);
    expect(await thenable).toBe(5);
    expect(openFds()).toBe(before);

    {
      using socket = borrow(program.pid, fd);
      expect(openFds()).toBe(before + 1);
      socket.close();
      socket.close();
    }
    expect(openFds()).toBe(before);
  });

  it('10,000 borrows, of which half go wrong, leave no descriptor', async () => {
    const socket = await listedOf('u.fileno()');
    const pipe = (await program.value('os.pipe()[0]')) as number;
    const before = openFds();
    const wrong = [
      () => socket.borrow(() => JSON.parse('{')),
      () => borrow(program.pid, fd, { inode: 1 }),
      () => borrow(program.pid, fd, { cookie: 1n }),
      () => borrow(program.pid, fd, { start: 1 }),
      () => borrow(program.pid, pipe),
      () => borrow(program.pid, 4000),
      () => borrow(2 ** 30, 1),
    ];
    let threw = 0;
    for (let i = 0; i < 10_000; i++) {
      const fails = Math.random() < 0.5;
      try {
        if (fails) (wrong[Math.floor(Math.random() * wrong.length)] as () => unknown)();
        else socket.borrow((one) => getsockopt(one, SO_TYPE));
      } catch {
        threw += fails ? 1 : 100_000;
      }
    }
    expect(threw).toBeLessThan(10_001);
    expect(threw).toBeGreaterThan(4000);
    expect(openFds()).toBe(before);
  });

  it('a process that has ended takes its sockets with it', async () => {
    const brief = await python();
    await brief.run("s = socket(AF_UNIX); s.bind('\\0sockctl-brief-' + str(os.getpid())); s.listen()");
    const found: LiveSocket[] = [];
    for await (const socket of sockets({ pid: brief.pid })) found.push(socket);
    await brief.end();
    const [socket] = found.filter(({ kind, state }) => kind === 'unix' && state === 'LISTEN') as [LiveSocket];
    expect(errorOf(() => socket.borrow()).code).toBe('ERR_NO_PROCESS');
    expect(errorOf(() => [...sockets({ pid: brief.pid })]).code).toBe('ERR_NO_PROCESS');
  });
});
