// What `sockctl set` does to running connections: seen by the programs themselves, by their peers, by ss, on the wire.
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { has } from '../clients/daemon.ts';
import { hasPython } from '../helpers.ts';
import { type Python, python } from '../live/check-programs.ts';
import { command, json, sockctl } from './sockctl.ts';

const isRoot = process.getuid?.() === 0;

describe.skipIf(!hasPython)('a program on the same machine (needs python3)', () => {
  let program: Python;

  beforeAll(async () => {
    program = await python();
    await program.run('l = create_server(("127.0.0.1", 0)); c = create_connection(l.getsockname()); a, _ = l.accept()');
  });

  afterAll(() => program.end());

  const at = async (name: string): Promise<string> => `${program.pid}/${await program.value(`${name}.fileno()`)}`;

  test.skipIf(!has('ss'))('ss sees another congestion control (needs ss)', async () => {
    expect(sockctl('set', await at('c'), 'TCP_CONGESTION=reno').status).toBe(0);
    const port = await program.value('c.getsockname()[1]');
    const seen = execFileSync('ss', ['-tinH', 'sport', '=', `:${port}`], { encoding: 'utf8' });
    expect(seen).toContain(' reno ');
  });

  test('the peer sees the type of service of a running sender', async () => {
    await program.run(
      'r = socket(AF_INET, SOCK_DGRAM); r.bind(("127.0.0.1", 0)); r.setsockopt(IPPROTO_IP, IP_RECVTOS, 1)',
    );
    await program.run('s = socket(AF_INET, SOCK_DGRAM); s.connect(r.getsockname()); s.send(b"x")');
    const tos = 'r.recvmsg(10, 100)[1][0][2][0]';
    expect(await program.value(tos)).toBe(0);
    expect(sockctl('set', await at('s'), 'IP_TOS=0xb8').status).toBe(0);
    await program.run('s.send(b"x")');
    expect(await program.value(tos)).toBe(0xb8);
  });

  test('SO_MAX_PACING_RATE slows a running transfer down, and --for lets it go again', async () => {
    await program.run('import threading, time; sent = [0]');
    await program.run(
      `
def send():
    while c.fileno() >= 0:
        sent[0] += c.send(b"x" * 65536)
def receive():
    while a.recv(1 << 20): pass
for work in (send, receive): threading.Thread(target=work, daemon=True).start()
def rate():
    before, since = sent[0], time.monotonic()
    time.sleep(1)
    return (sent[0] - before) / (time.monotonic() - since)
`,
    );
    // A buffer that is full of what was sent before counts as sent: a small one says sooner how fast it goes.
    const words = ['SO_MAX_PACING_RATE=500000', 'SO_SNDBUF=65536', '--for', '6s'];
    const fast = await program.value('rate()');
    const child = spawn(process.execPath, [command, 'set', await at('c'), ...words], { stdio: ['ignore', 'pipe', 2] });
    const ended = new Promise((resolve) => child.once('close', resolve));
    await new Promise((resolve) => child.stdout?.once('data', resolve));
    await program.value('rate()');
    const slow = await program.value('rate()');
    expect(slow).toBeLessThan(2_000_000);
    expect(fast).toBeGreaterThan(slow * 5);
    expect(await ended).toBe(0);
    expect(await program.value('c.getsockopt(SOL_SOCKET, 47)')).not.toBe(500_000);
    expect(await program.value('rate()')).toBeGreaterThan(slow * 5);
  });
});

/** A program that says on its standard output, at SIGUSR2, what its socket reads. */
class Teller {
  readonly child: ChildProcess;
  readonly #lines: AsyncIterator<string>;

  constructor(program: string, args: readonly string[]) {
    this.child = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    this.#lines = createInterface({ input: this.child.stdout as NodeJS.ReadableStream })[Symbol.asyncIterator]();
  }

  async line(): Promise<string> {
    const { value, done } = await this.#lines.next();
    if (done) throw new Error('the program has ended');
    return value as string;
  }

  reads(): Promise<string> {
    this.child.kill('SIGUSR2');
    return this.line();
  }
}

const inC = `
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdio.h>
#include <sys/socket.h>
int main(void) {
  sigset_t told;
  int signal, fd = socket(AF_INET, SOCK_STREAM, 0);
  sigemptyset(&told);
  sigaddset(&told, SIGUSR2);
  sigprocmask(SIG_BLOCK, &told, NULL);
  printf("%d\\n", fd);
  for (;;) {
    int on, idle;
    socklen_t length = sizeof on;
    fflush(stdout);
    sigwait(&told, &signal);
    getsockopt(fd, SOL_SOCKET, SO_KEEPALIVE, &on, &length);
    getsockopt(fd, IPPROTO_TCP, TCP_KEEPIDLE, &idle, &length);
    printf("%d %d\\n", on, idle);
  }
}`;

const inNode = `
const { getsockopt, SO_KEEPALIVE, TCP_KEEPIDLE, whenReady } = await import(process.argv[1]);
const net = await import('node:net');
const server = net.createServer().listen(0, '127.0.0.1', async () => {
  const client = net.connect(server.address().port, '127.0.0.1');
  await new Promise((resolve) => client.once('connect', resolve));
  process.on('SIGUSR2', () => console.log(Number(getsockopt(client, SO_KEEPALIVE)), getsockopt(client, TCP_KEEPIDLE)));
  console.log(client._handle.fd);
});`;

describe('programs in other languages read what was set', () => {
  let folder: string;
  const tellers: Teller[] = [];

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'sockctl-set-'));
  });

  afterAll(() => {
    for (const { child } of tellers) child.kill('SIGKILL');
    rmSync(folder, { recursive: true });
  });

  async function readsWhatIsSet(running: Teller): Promise<void> {
    tellers.push(running);
    const target = `${running.child.pid}/${await running.line()}`;
    expect(await running.reads()).toBe('0 7200');
    const { value, status } = json('set', target, 'SO_KEEPALIVE=on', 'TCP_KEEPIDLE=45');
    expect(status).toBe(0);
    expect(await running.reads()).toBe('1 45');
    expect(sockctl(...(value.sockets[0].undo as string).split(' ').slice(1)).status).toBe(0);
    expect(await running.reads()).toBe('0 7200');
  }

  test.skipIf(!has('cc'))('C (needs cc)', async () => {
    writeFileSync(join(folder, 'teller.c'), inC);
    execFileSync('cc', ['-o', join(folder, 'teller'), join(folder, 'teller.c')]);
    await readsWhatIsSet(new Teller(join(folder, 'teller'), []));
  });

  test('Node', async () => {
    const library = pathToFileURL(join(import.meta.dirname, '../../dist/index.js')).href;
    await readsWhatIsSet(new Teller(process.execPath, ['--input-type=module', '-e', inNode, library]));
  });
});

describe.skipIf(!isRoot || !hasPython)('as a user without privileges (needs root)', () => {
  /** Who gives up rights is closed to its new user until it says that it may be looked into (PR_SET_DUMPABLE). */
  async function become(one: Python, uid: number): Promise<void> {
    await one.run(`import ctypes; s = socket(); os.setgroups([]); os.setgid(${uid}); os.setuid(${uid})`);
    await one.run('ctypes.CDLL(None).prctl(4, 1, 0, 0, 0)');
  }

  let program: Python;
  let other: Python;

  beforeAll(async () => {
    [program, other] = await Promise.all([python(), python()]);
    await become(program, 65534);
    await become(other, 65533);
  });

  afterAll(() => Promise.all([program.end(), other.end()]));

  function run(...words: string[]): { stdout: string; stderr: string; status: number | null } {
    return spawnSync(process.execPath, [command, ...words], { encoding: 'utf8', uid: 65534, gid: 65534 });
  }

  test('the own program is set', async (context) => {
    const target = `${program.pid}/${await program.value('s.fileno()')}`;
    const { stdout, stderr, status } = run('set', target, 'SO_KEEPALIVE=on');
    if (/ptrace_scope|cannot find|EACCES/.test(stderr)) return context.skip(stderr.trim());
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
    expect(stdout).toContain('applied');
    expect(await program.value('s.getsockopt(SOL_SOCKET, SO_KEEPALIVE)')).toBe(1);
  });

  test('what needs a privilege is told before, and refused', async () => {
    const target = `${program.pid}/${await program.value('s.fileno()')}`;
    const before = run('set', target, 'SO_RCVBUFFORCE=100000', '--dry-run');
    expect(before.stdout.replace(/\s+/g, ' ')).toContain('refused: it needs CAP_NET_ADMIN, which this process lacks');
    const { stdout, status } = run('set', target, 'SO_RCVBUFFORCE=100000');
    expect(status).toBe(1);
    expect(stdout.replace(/\s+/g, ' ')).toContain('refused: EPERM');
  });

  test("another user's program is not touched", async () => {
    const target = `${other.pid}/${await other.value('s.fileno()')}`;
    const { stdout, stderr, status } = run('set', target, 'SO_KEEPALIVE=on');
    expect(status).toBe(1);
    expect(stdout + stderr).toContain('EPERM');
    expect(await other.value('s.getsockopt(SOL_SOCKET, SO_KEEPALIVE)')).toBe(0);
  });
});

describe.skipIf(!isRoot || !hasPython || !has('ip') || !has('nft'))(
  'a peer that is gone (needs root, ip, nft, python3)',
  () => {
    const near = `sockctl-set-near-${process.pid}`;
    const far = `sockctl-set-far-${process.pid}`;
    let client: Python;
    let server: Python;

    const ip = (...args: string[]): Buffer => execFileSync('ip', args, { stdio: ['ignore', 'pipe', 'pipe'] });

    beforeAll(async () => {
      for (const name of [near, far]) ip('netns', 'add', name);
      ip('link', 'add', 'veth0', 'netns', near, 'type', 'veth', 'peer', 'name', 'veth0', 'netns', far);
      for (const [name, address] of [
        [near, '10.231.9.1/24'],
        [far, '10.231.9.2/24'],
      ] as const) {
        ip('-n', name, 'address', 'add', address, 'dev', 'veth0');
        for (const link of ['lo', 'veth0']) ip('-n', name, 'link', 'set', link, 'up');
      }
      [client, server] = await Promise.all([python('ip', 'netns', 'exec', near), python('ip', 'netns', 'exec', far)]);
      await server.run('l = create_server(("10.231.9.2", 7000))');
      await client.run(
        'idle = create_connection(("10.231.9.2", 7000)); busy = create_connection(("10.231.9.2", 7000))',
      );
      await server.run('held = [l.accept()[0], l.accept()[0]]');
    });

    afterAll(async () => {
      await Promise.all([client?.end(), server?.end()]);
      for (const name of [near, far]) spawnSync('ip', ['netns', 'del', name]);
    });

    test('keepalive and TCP_USER_TIMEOUT, set while the connections run, tell the program', async () => {
      const at = async (name: string): Promise<string> => `${client.pid}/${await client.value(`${name}.fileno()`)}`;
      const quick = ['SO_KEEPALIVE=on', 'TCP_KEEPIDLE=1', 'TCP_KEEPINTVL=1', 'TCP_KEEPCNT=1'];
      expect(sockctl('set', await at('idle'), ...quick).status).toBe(0);
      expect(sockctl('set', await at('busy'), 'TCP_USER_TIMEOUT=1s').status).toBe(0);
      // From now on nothing leaves the far side, nor gets in: not even a reset.
      const chain = (hook: string): string => `chain ${hook} { type filter hook ${hook} priority 0; policy drop; }`;
      const rules = `table inet dead {\n${chain('input')}\n${chain('output')}\n}\n`;
      execFileSync('ip', ['netns', 'exec', far, 'nft', '-f', '-'], { input: rules });
      const ends = 'import errno; idle.settimeout(60); busy.settimeout(60); busy.send(b"x")';
      await client.run(ends);
      await client.run(
        `
def end(s):
    try:
        return s.recv(1).hex()
    except OSError as error:
        return errno.errorcode.get(error.errno, repr(error))
`,
      );
      expect(await client.value('[end(idle), end(busy)]')).toEqual(['ETIMEDOUT', 'ETIMEDOUT']);
    }, 90_000);

    test('a port of another network namespace is a target', async () => {
      const { value, status } = json('set', '10.231.9.2:7000', 'TCP_DEFER_ACCEPT=5', '--state', 'LISTEN');
      expect(status).toBe(0);
      expect(value.sockets).toMatchObject([{ pid: server.pid, options: [{ name: 'TCP_DEFER_ACCEPT' }] }]);
      expect(await server.value('l.getsockopt(IPPROTO_TCP, TCP_DEFER_ACCEPT)')).toBeGreaterThan(0);
    });
  },
);
