// Targets: what words mean, which sockets they name, and what is said where they name none.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { formatAddress } from '../../src/codec/sockaddr-text.ts';
import type { SocketAddress } from '../../src/codec/sockaddr-types.ts';
import { AF_INET6, AF_UNIX, SOCK_DGRAM, SOCK_STREAM, Socket, type SocketsOptions } from '../../src/index.ts';
import type { LiveSocket } from '../../src/live/socket.ts';
import { findSockets, formatTarget, parseTarget } from '../../src/live/target.ts';
import { errorOf, hasPython, type Thrown } from '../helpers.ts';

const linux = process.platform === 'linux';

async function failureOf(target: string, options?: SocketsOptions): Promise<Thrown> {
  try {
    await findSockets(target, options);
  } catch (error) {
    return error as Thrown;
  }
  throw new Error(`${target} was expected to name nothing`);
}

/** The descriptors of this process among them. */
const own = (found: readonly LiveSocket[]): number[] =>
  found
    .flatMap(({ owners }) => owners.filter(({ pid }) => pid === process.pid).map(({ fd }) => fd))
    .sort((a, b) => a - b);

describe('parseTarget', () => {
  test.each([
    ['4211/23', { kind: 'descriptor', pid: 4211, fd: 23 }],
    ['4211', { kind: 'process', pid: 4211 }],
    [':443', { kind: 'port', port: 443 }],
    [':8000-8999', { kind: 'address', pattern: ':8000-8999' }],
    ['10.0.0.7:5432', { kind: 'address', pattern: '10.0.0.7:5432' }],
    ['10.0.0.0/8', { kind: 'address', pattern: '10.0.0.0/8' }],
    ['[::1]:443', { kind: 'address', pattern: '[::1]:443' }],
    ['[2001:db8::/32]', { kind: 'address', pattern: '[2001:db8::/32]' }],
    ['nginx', { kind: 'name', name: 'nginx' }],
    ['app.js', { kind: 'name', name: 'app.js' }],
    ['nginx: worker', { kind: 'name', name: 'nginx: worker' }],
    ['name:4211', { kind: 'name', name: '4211' }],
    ['name:tcp', { kind: 'name', name: 'tcp' }],
    ['/run/x.sock', { kind: 'unix', path: '/run/x.sock' }],
    ['./x.sock', { kind: 'unix', path: './x.sock' }],
    ['@abstract', { kind: 'unix', path: '@abstract' }],
    ['unix:x.sock', { kind: 'unix', path: 'x.sock' }],
  ])('%s', (text, target) => {
    expect(parseTarget(text)).toEqual(target);
    expect(formatTarget(parseTarget(text))).toBe(text.replace(/^(name|unix):/, ''));
  });

  test.each([
    ['', 'Write PID/FD'],
    ['  ', 'Write PID/FD'],
    ['::1:8080', '[::1]:8080'],
    ['fe80::1%eth0:80', '[fe80::1%eth0]:80'],
    ['2001:db8::7', '[2001:db8::7]'],
    [':0', 'a port from 1 to 65535'],
    [':65536', 'a port from 1 to 65535'],
    [':https', 'A port is a number'],
    ['*:443', 'Did you mean ":443"?'],
    ['localhost:5432', '127.0.0.1:5432'],
    ['db.example.com:5432', 'Names are not looked up'],
    ['10.0.0.0/33', 'a prefix length from 0 to 32'],
    ['10.0.0.1/8', 'Did you mean "10.0.0.0/8"'],
    ['1.2.3:80', 'It takes an address'],
    ['4211/', 'PID/FD'],
    ['4211/stdin', 'PID/FD'],
  ])('%j is refused, with what to write', (text, hint) => {
    const error = errorOf(() => parseTarget(text));
    expect(error).toMatchObject({ code: 'ERR_INVALID_ARGUMENT', value: text, hint: expect.stringContaining(hint) });
  });
});

describe.skipIf(!linux)('findSockets', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sockctl-target-'));
  const path = join(folder, 'a.sock');
  const abstract = `sockctl-${process.pid}-\x1b`;
  const open: Socket[] = [];
  const made = (...of: ConstructorParameters<typeof Socket>): Socket => {
    const socket = new Socket(...of);
    open.push(socket);
    return socket;
  };
  let server: Server;
  let port: number;
  let client: Socket;
  let datagram: Socket;
  let listener: Socket;
  let dialled: Socket;
  let named: Socket;

  beforeAll(async () => {
    server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    ({ port } = server.address() as { port: number });
    client = made(2, SOCK_STREAM);
    client.connect(['127.0.0.1', port]);
    datagram = made(AF_INET6, SOCK_DGRAM);
    datagram.bind(['::1', 0]);
    listener = made(AF_UNIX, SOCK_STREAM);
    listener.bind(path);
    listener.listen();
    dialled = made(AF_UNIX, SOCK_STREAM);
    dialled.connect(path);
    const accepted = listener.accept();
    if (accepted) open.push(accepted[0]);
    named = made(AF_UNIX, SOCK_DGRAM);
    named.bind(`\0${abstract}`);
  });

  afterAll(() => {
    for (const socket of open) socket.close();
    server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test('PID/FD is that descriptor, described', async () => {
    const [found, ...more] = await findSockets(`${process.pid}/${client.fd}`);
    expect(more).toEqual([]);
    expect(found).toMatchObject({
      kind: 'tcp',
      state: 'ESTABLISHED',
      remote: { family: 'inet', address: '127.0.0.1', port },
      owners: [{ pid: process.pid, fd: client.fd }],
    });
    expect(found?.borrow(({ inode }) => inode)).toBe(found?.inode);
  });

  test('PID/FD with tcp_info is found in the table', async () => {
    const [found] = await findSockets(`${process.pid}/${client.fd}`, { info: true });
    expect(found?.info?.snd_mss).toBeGreaterThan(0);
  });

  test('PID/FD that the options leave out is nothing', async () => {
    expect(await failureOf(`${process.pid}/${client.fd}`, { proto: 'udp' })).toMatchObject({ code: 'ERR_NO_SOCKET' });
    expect(await failureOf(`${process.pid}/${client.fd}`, { pid: 1 })).toMatchObject({ code: 'ERR_NO_SOCKET' });
    expect(await findSockets(`${process.pid}/${client.fd}`, { state: 'established' })).toHaveLength(1);
  });

  test('PID is all sockets of the process, as far as they are selected', async () => {
    expect(own(await findSockets(`${process.pid}`))).toEqual(
      expect.arrayContaining([client.fd, datagram.fd, listener.fd, dialled.fd, named.fd]),
    );
    expect(own(await findSockets(`${process.pid}`, { proto: 'udp' }))).toContain(datagram.fd);
    expect(own(await findSockets(`${process.pid}`, { proto: 'udp' }))).not.toContain(client.fd);
  });

  test(':PORT is both ends', async () => {
    const found = await findSockets(`:${port}`);
    expect(own(found)).toContain(client.fd);
    expect(found.map(({ state }) => state)).toContain('LISTEN');
    expect(own(await findSockets(`:${port}`, { state: 'listen' }))).not.toContain(client.fd);
  });

  test('ADDRESS:PORT, a network, IPv6 in brackets', async () => {
    expect(own(await findSockets(`127.0.0.1:${port}`))).toContain(client.fd);
    expect(own(await findSockets(`127.0.0.0/8:${port}`))).toContain(client.fd);
    expect(await failureOf(`127.0.0.2:${port}`)).toMatchObject({ code: 'ERR_NO_SOCKET' });
    const [found] = await findSockets(`${process.pid}/${datagram.fd}`);
    const address = formatAddress(found?.local as SocketAddress);
    expect(own(await findSockets(address))).toEqual([datagram.fd]);
  });

  test('a path is the listener, and who is connected to it', async () => {
    expect(own(await findSockets(path))).toEqual(expect.arrayContaining([listener.fd, dialled.fd]));
    expect(own(await findSockets(join(folder, '*.sock')))).toContain(listener.fd);
  });

  test('an abstract name, as ps prints it', async () => {
    expect(own(await findSockets(`@${abstract}`))).toEqual([named.fd]);
    expect(own(await findSockets(`@${abstract.replace('\x1b', '\\x1b')}`))).toEqual([named.fd]);
  });

  test('a relative path is of the folder that its process is in', async () => {
    const socket = made(AF_UNIX, SOCK_STREAM);
    const relative = `sockctl-relative-${process.pid}.sock`;
    socket.bind(relative);
    try {
      expect(own(await findSockets(`./${relative}`))).toEqual([socket.fd]);
      expect(own(await findSockets(`unix:${relative}`))).toEqual([socket.fd]);
      expect(own(await findSockets(join(process.cwd(), relative)))).toEqual([socket.fd]);
    } finally {
      rmSync(relative, { force: true });
    }
  });

  describe('that name nothing say why', () => {
    test('no such process', async () => {
      expect(await failureOf('2147483647')).toMatchObject({ code: 'ERR_NO_PROCESS' });
      expect(await failureOf('2147483647/3')).toMatchObject({ code: 'ERR_NO_PROCESS' });
      expect(await failureOf('0')).toMatchObject({ code: 'ERR_INVALID_ARGUMENT' });
    });

    test('a closed descriptor, and one that is a file', async () => {
      expect((await failureOf(`${process.pid}/99999`)).message).toContain('has no descriptor 99999');
      const error = await failureOf(`${process.pid}/0`).catch(() => undefined);
      if (error)
        expect(error).toMatchObject({ code: 'ERR_NO_SOCKET', message: expect.stringContaining('not a socket') });
    });

    test('a port: those that listen', async () => {
      const { hint } = await failureOf(':1');
      expect(hint).toMatch(/^Ports that listen: \d+(, \d+)*(, ...)?$/);
    });

    test('a name: the nearest, or the kind', async () => {
      expect((await failureOf('nosuchprogram')).message).toContain('no process is called "nosuchprogram"');
      expect((await failureOf('tcp')).hint).toContain('sockctl show tcp');
    });

    test('a unix socket: the nearest', async () => {
      expect((await failureOf(`${path}x`)).hint).toBe(`Did you mean ${path}?`);
    });
  });

  describe.skipIf(!hasPython)('names (python3)', () => {
    const script = join(folder, 'sockctl-named.py');
    const children: ChildProcess[] = [];
    const start = async (command: string, ...args: string[]): Promise<number> => {
      const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
      children.push(child);
      await new Promise((resolve) => child.stdout?.once('data', resolve));
      return child.pid as number;
    };
    const pids = async (target: string): Promise<number[]> =>
      // Their standard streams may be sockets too.
      [...new Set((await findSockets(target)).flatMap(({ owners }) => owners.map(({ pid }) => pid)))];

    beforeAll(() => {
      writeFileSync(script, "import socket, time\ns = socket.socket()\nprint('x', flush=True)\ntime.sleep(600)\n");
    });
    afterAll(() => {
      for (const child of children) child.kill('SIGKILL');
    });

    test('the script that an interpreter runs, the interpreter, and what it was started as', async () => {
      const pid = await start('python3', '-W', 'ignore', script);
      expect(await pids('sockctl-named.py')).toEqual([pid]);
      expect(await pids('sockctl-nam*')).toEqual([pid]);
      expect(await pids('python3')).toContain(pid);
      // Not what is found first in PATH: that may be a script around it.
      const real = execFileSync('python3', ['-c', 'import sys; print(sys.executable)'], { encoding: 'utf8' }).trim();
      const other = await start('bash', '-c', `exec -a sockctl-renamed-beyond-15-bytes '${real}' "$0"`, script);
      expect(await pids('sockctl-renamed-beyond-15-bytes')).toEqual([other]);
      expect((await failureOf('sockctl-namde.py')).hint).toContain('Did you mean sockctl-named.py?');
    });

    test('this process is not meant by its name', async () => {
      const found = await findSockets('*').catch(() => []);
      expect(own(found)).toEqual([]);
    });
  });
});
