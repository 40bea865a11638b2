// What a policy asks of live sockets: the side, the ends, the path and the program, of sockets of a python3.

import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { factsOf, isGuess, sideOf } from '../../src/live/facts.ts';
import type { LiveSocket } from '../../src/live/socket.ts';
import { sockets } from '../../src/live/sockets.ts';
import { findSockets } from '../../src/live/target.ts';
import type { SocketFacts } from '../../src/policy/match.ts';
import { hasPython } from '../helpers.ts';
import { type Python, python } from './check-programs.ts';

const mayUnshare = hasPython && spawnSync('unshare', ['--net', 'true']).status === 0;

describe.skipIf(!hasPython)('sides (needs python3)', () => {
  let program: Python;
  let folder: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'sockctl-facts-'));
    program = await python();
  });

  afterAll(async () => {
    await program.end();
    rmSync(folder, { recursive: true });
  });

  /** The socket of an expression. */
  async function live(expression: string): Promise<LiveSocket> {
    const inode = (await program.value(`os.fstat(${expression}.fileno()).st_ino`)) as number;
    for (const socket of sockets({ pid: program.pid })) if (socket.inode === inode) return socket;
    throw new Error(`${expression} is not listed`);
  }

  async function seen(expression: string): Promise<[string | undefined, boolean, SocketFacts | undefined]> {
    const socket = await live(expression);
    return [sideOf(socket), isGuess(socket), factsOf(socket)];
  }

  test('a listener, a client and an accepted connection of TCP', async () => {
    await program.run('l = create_server(("127.0.0.1", 0)); c = create_connection(l.getsockname()); a, _ = l.accept()');
    const [port, own] = (await program.value('[l.getsockname()[1], c.getsockname()[1]]')) as [number, number];
    const host = '127.0.0.1';
    const server = await seen('l');
    expect(server).toMatchObject(['server', false, { protocol: 'tcp', local: host, localPort: port }]);
    expect(server[2]).not.toHaveProperty('remote');
    expect(server[2]).not.toHaveProperty('host');
    const client = await seen('c');
    expect(client.slice(0, 2)).toEqual(['client', false]);
    // Nobody knows what name it asked for.
    expect(client[2]).toMatchObject({ localPort: own, remote: host, remotePort: port, host: null });
    const accepted = await seen('a');
    expect(accepted).toMatchObject(['accepted', false, { localPort: port, remotePort: own }]);
    expect(accepted[2]).not.toHaveProperty('host');
  });

  test('a connection to a listener of all addresses, also by IPv4 to an IPv6 one', async () => {
    await program.run('l6 = create_server(("::", 0), family=AF_INET6, dualstack_ipv6=True)');
    await program.run('c4 = create_connection(("127.0.0.1", l6.getsockname()[1])); a4, _ = l6.accept()');
    expect((await seen('a4')).slice(0, 2)).toEqual(['accepted', false]);
    expect((await seen('c4')).slice(0, 2)).toEqual(['client', false]);
  });

  test('without its listener the side is a guess, and is said to be one', async () => {
    await program.run(
      'lg = create_server(("127.0.0.1", 0)); cg = create_connection(lg.getsockname()); ag, _ = lg.accept()',
    );
    expect((await seen('ag')).slice(0, 2)).toEqual(['accepted', false]);
    await program.run('lg.close()');
    // Both ports are ones that the kernel gives to clients.
    expect((await seen('ag'))[1]).toBe(true);
    expect((await seen('cg'))[1]).toBe(true);
  });

  test('a connection that was reset is taken for no listener', async () => {
    const reset = 'setsockopt(SOL_SOCKET, SO_LINGER, struct.pack("ii", 1, 0))';
    await program.run('lr = create_server(("127.0.0.1", 0))');
    await program.run(`cr = create_connection(lr.getsockname()); ar, _ = lr.accept(); cr.${reset}; cr.close()`);
    await program.run(`dr = create_connection(lr.getsockname()); br, _ = lr.accept(); br.${reset}; br.close()`);
    expect((await live('ar')).state).toBe('CLOSE');
    expect((await seen('ar')).slice(0, 2)).toEqual(['accepted', true]);
    expect((await seen('dr')).slice(0, 2)).toEqual(['client', true]);
  });

  test('a port outside of the range is a server port: its end was accepted', async (context) => {
    await program.run('lo = socket(AF_INET); lo.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)');
    let bound = false;
    for (const port of [1187, 2187, 3187, 4187, 5187]) {
      try {
        await program.run(`lo.bind(("127.0.0.1", ${port})); lo.listen()`);
        bound = true;
        break;
      } catch {
        // Somebody has it.
      }
    }
    context.skip(!bound, 'no free port');
    await program.run('co = create_connection(lo.getsockname()); ao, _ = lo.accept(); lo.close()');
    expect((await seen('ao')).slice(0, 2)).toEqual(['accepted', true]);
    expect((await seen('co')).slice(0, 2)).toEqual(['client', false]);
  });

  test('UDP is a datagram, with a remote end only where it is connected', async () => {
    await program.run('u = socket(AF_INET, SOCK_DGRAM); u.bind(("127.0.0.1", 0))');
    await program.run('v = socket(AF_INET, SOCK_DGRAM); v.connect(u.getsockname())');
    const unconnected = await seen('u');
    expect(unconnected).toMatchObject(['datagram', false, { protocol: 'udp', remote: undefined }]);
    expect(unconnected[2]).not.toHaveProperty('host');
    expect((await seen('v'))[2]).toMatchObject({ remote: '127.0.0.1', host: null });
  });

  test('unix sockets: listener, client and accepted have the path, a pair has no facts', async () => {
    const path = join(folder, 's');
    await program.run(`ul = socket(AF_UNIX); ul.bind(${JSON.stringify(path)}); ul.listen()`);
    await program.run(`uc = socket(AF_UNIX); uc.connect(${JSON.stringify(path)}); ua, _ = ul.accept()`);
    await program.run('p, q = socketpair(); r, t = socketpair(AF_UNIX, SOCK_DGRAM)');
    expect(await seen('ul')).toMatchObject(['server', false, { protocol: 'unix', path }]);
    expect(await seen('uc')).toMatchObject(['client', false, { protocol: 'unix', path }]);
    expect(await seen('ua')).toMatchObject(['accepted', false, { protocol: 'unix', path }]);
    expect((await seen('p'))[2]).toBeUndefined();
    expect((await seen('q'))[0]).toBeUndefined();
    expect((await seen('r'))[2]).toBeUndefined();
  });

  test('unix datagrams and abstract names', async () => {
    const name = `sockctl-facts-${process.pid}`;
    await program.run(`ud = socket(AF_UNIX, SOCK_DGRAM); ud.bind("\\0${name}")`);
    await program.run(`ue = socket(AF_UNIX, SOCK_DGRAM); ue.connect("\\0${name}")`);
    expect(await seen('ud')).toMatchObject(['datagram', false, { path: `\0${name}` }]);
    expect(await seen('ue')).toMatchObject(['datagram', false, { path: `\0${name}` }]);
  });

  test('one descriptor by its number has the same facts as in a listing', async () => {
    await program.run(
      'ld = create_server(("127.0.0.1", 0)); cd = create_connection(ld.getsockname()); ad, _ = ld.accept()',
    );
    const fd = (await program.value('ad.fileno()')) as number;
    const [one] = await findSockets(`${program.pid}/${fd}`);
    expect(factsOf(one as LiveSocket)).toEqual(factsOf(await live('ad')));
  });

  test('the program has the names of its executable and of its process', async () => {
    await program.run('lp = create_server(("127.0.0.1", 0))');
    const names = factsOf(await live('lp'))?.program as string[];
    expect(names).toContain('python3');
    expect(names.some((name) => /^\/.*python3[\d.]*$/.test(name))).toBe(true);
  });

  test('netlink sockets are nothing that a policy is about', async () => {
    await program.run('n = socket(AF_NETLINK, SOCK_RAW, 0)');
    expect((await seen('n'))[2]).toBeUndefined();
  });
});

test.skipIf(!mayUnshare)('listeners of another namespace do not count here (needs python3, unshare)', async () => {
  const [far, near] = [await python('unshare', '--net'), await python()];
  try {
    await far.run('os.system("ip link set lo up")');
    await far.run('l = create_server(("127.0.0.1", 0)); c = create_connection(l.getsockname()); a, _ = l.accept()');
    const port = (await far.value('l.getsockname()[1]')) as number;
    const sides = new Map<number, string | undefined>();
    for (const socket of sockets({ pid: far.pid, proto: 'tcp' })) {
      const fd = socket.owners[0]?.fd as number;
      sides.set(fd, sideOf(socket));
      expect(isGuess(socket)).toBe(false);
    }
    expect([...sides.values()].sort()).toEqual(['accepted', 'client', 'server']);
    // The same port here is another one: its connection has no listener of that namespace.
    await near.run(`l = create_server(("127.0.0.1", 0)); c = socket(); c.bind(("127.0.0.1", ${port}))`);
    await near.run('c.connect(l.getsockname())');
    const own = [...sockets({ pid: near.pid, proto: 'tcp' })].find(({ state }) => state === 'ESTABLISHED');
    expect(sideOf(own as LiveSocket)).toBe('client');
  } finally {
    await far.end();
    await near.end();
  }
});

test('a script is known by its whole path, however it was started; what PATH has found is not in its folder', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sockctl-script-'));
  writeFileSync(
    join(folder, 'app.mjs'),
    "import net from 'node:net'; net.createServer().listen(0, () => console.log('up'));",
  );
  const child = spawn(process.execPath, ['--no-warnings', './app.mjs', 'word'], {
    cwd: folder,
    argv0: 'daemon',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    await once(child.stdout, 'data');
    const [socket] = [...sockets({ pid: child.pid as number, proto: 'tcp' })];
    const program = factsOf(socket as LiveSocket)?.program as string[];
    expect(program).toContain(join(folder, 'app.mjs'));
    expect(program).toContain(process.execPath);
    expect(program).toContain('daemon');
    expect(program).not.toContain(join(folder, 'daemon'));
  } finally {
    child.kill('SIGKILL');
    rmSync(folder, { recursive: true });
  }
});
