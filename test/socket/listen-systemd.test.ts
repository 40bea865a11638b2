// listen() on what a service manager passes on: LISTEN_FDS, by a parent that does what systemd does, and by systemd's own tool.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import type net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as sockctl from '../../src/index.ts';
import { Socket } from '../../src/index.ts';
import { type Compiled, compile, workFolder } from '../compiled.ts';
import { hear } from './listen-helpers.ts';

let compiled: Compiled;
let folder: string;
let program: string;

// Listens as each argument says, one after the other; tells of each what came of it, then serves until its input ends.
const source = `
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import net from 'node:net';
import { bornWith, getsockopt, lookup } from './src/index.js';
import { listen } from './src/socket/listen.js';
const servers = [];
for (const text of process.argv.slice(2)) {
  const { close, read, ...options } = JSON.parse(text);
  const server = net.createServer((socket) => socket.end('from ' + process.pid));
  try {
    await listen(server, options);
    servers.push(server);
    const inode = /ino:\\s*(\\d+)/.exec(readFileSync('/proc/self/fdinfo/' + server._handle.fd, 'utf8'))?.[1];
    const list = execFileSync('ss', ['-tlneH'], { encoding: 'utf8' }).split('\\n').find((line) => line.includes('ino:' + inode));
    console.log(JSON.stringify({
      address: server.address(),
      backlog: list && Number(list.split(/\\s+/)[2]),
      born: bornWith(server),
      value: read && getsockopt(server, lookup(read)),
      cloexec: (parseInt(/flags:\\s+(\\d+)/.exec(readFileSync('/proc/self/fdinfo/3', 'utf8'))[1], 8) & 0o2000000) !== 0,
    }));
    if (close) await new Promise((done) => server.close(done));
  } catch (error) {
    console.log(JSON.stringify({ message: error.message, code: error.code, option: error.option }));
  }
}
process.stdin.on('end', () => servers.forEach((server) => server.close())).resume();
`;

interface Told {
  address?: string | net.AddressInfo;
  backlog?: number;
  born?: unknown[];
  value?: unknown;
  cloexec?: boolean;
  message?: string;
  code?: string;
  option?: string;
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sockctl-systemd-'));
  compiled = compile(workFolder('listen-systemd'), []);
  program = join(compiled.out, 'program.mjs');
  writeFileSync(program, source);
});

afterAll(() => {
  compiled.remove();
  rmSync(folder, { recursive: true, force: true });
});

/** Runs the program with the descriptors from 3 on, as systemd does; `visit` may call while it serves. */
async function passed(
  fds: readonly number[],
  asks: readonly object[],
  { env = {}, visit }: { env?: Record<string, string>; visit?: () => Promise<void> } = {},
): Promise<Told[]> {
  const variables = { ...process.env, LISTEN_FDS: String(fds.length), ...env };
  const args = ['-c', 'LISTEN_PID=$' + '{PID_FOR:-$$} exec "$@"', 'sh', process.execPath, program];
  const child = spawn('sh', [...args, ...asks.map((ask) => JSON.stringify(ask))], {
    env: variables,
    stdio: ['pipe', 'pipe', 'pipe', ...fds],
  });
  let stdout = '';
  let stderr = '';
  const enough = new Promise<void>((resolve) => {
    child.stdout?.setEncoding('utf8').on('data', (chunk) => {
      stdout += chunk;
      if (stdout.split('\n').length > asks.length) resolve();
    });
  });
  child.stderr?.setEncoding('utf8').on('data', (chunk) => {
    stderr += chunk;
  });
  const exit = once(child, 'exit');
  await Promise.race([enough, exit]);
  await visit?.();
  child.stdin?.end();
  await exit;
  expect(stderr).toBe('');
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Told);
}

function tcp(options: Record<string, unknown> = {}, backlog = 33): Socket & { port: number } {
  const socket = new Socket();
  for (const [name, value] of Object.entries(options)) {
    socket.setsockopt(sockctl.lookup(name) as never, value as never);
  }
  socket.bind(['127.0.0.1', 0]);
  socket.listen(backlog);
  return Object.assign(socket, { port: (socket.getsockname() as { port: number }).port });
}

describe('a descriptor', () => {
  it('is served, keeps its backlog, takes what is not too late, and is kept from children', async () => {
    using socket = tcp({ SO_REUSEPORT: true });
    let heard = '';
    const options = { SO_REUSEPORT: true, SO_KEEPALIVE: true, TCP_DEFER_ACCEPT: 1, IPV6_V6ONLY: true };
    const [told] = await passed([socket.fd], [{ systemd: true, options, read: 'SO_KEEPALIVE' }], {
      visit: async () => {
        heard = await hear({ port: socket.port, host: '127.0.0.1' }, 'hello');
      },
    });
    expect(told).toMatchObject({ address: { port: socket.port }, backlog: 33, value: true, cloexec: true });
    expect(told?.born).toMatchObject([
      { name: 'SO_REUSEPORT', outcome: 'set', why: 'the descriptor came with it' },
      { name: 'SO_KEEPALIVE', outcome: 'set' },
      { name: 'TCP_DEFER_ACCEPT', outcome: 'set' },
      { name: 'IPV6_V6ONLY', outcome: 'skipped' },
    ]);
    expect(heard).toMatch(/^from \d+$/);
  });

  it('takes a backlog, and refuses what had to be set before bind', async () => {
    using socket = tcp();
    const [late, told] = await passed(
      [socket.fd],
      [
        { systemd: true, options: { IP_FREEBIND: true } },
        { systemd: true, backlog: 9, options: { IP_FREEBIND: false } },
      ],
    );
    expect(late).toMatchObject({ code: 'ERR_INVALID_ARGUMENT', option: 'IP_FREEBIND' });
    expect(late?.message).toContain(
      'IP_FREEBIND = true is too late: the service manager has bound this socket, with false',
    );
    expect(told).toMatchObject({ backlog: 9 });
  });

  it('is found by name; a path is told and stays; a closed server gives the descriptor back', async () => {
    using http = tcp();
    using admin = new Socket(sockctl.AF_UNIX);
    const path = join(folder, 'admin.sock');
    admin.bind(path);
    admin.listen(5);
    let heard = '';
    const told = await passed(
      [http.fd, admin.fd],
      [
        { systemd: true },
        { systemd: 'none' },
        { systemd: 'admin', close: true },
        { systemd: 'admin' },
        { systemd: 'admin' },
        { systemd: 'http' },
      ],
      {
        env: { LISTEN_FDNAMES: 'http:admin' },
        visit: async () => {
          heard = await hear({ path });
        },
      },
    );
    expect(told[0]?.message).toContain('passed sockets of 2 names: http, admin. Say which: systemd: "http"');
    expect(told[1]?.message).toContain('no socket named "none", but http, admin');
    expect(told.slice(2, 4)).toMatchObject([{ address: path }, { address: path }]);
    expect(told[4]?.message).toContain('in use in this process');
    expect(told[5]).toMatchObject({ address: { port: http.port } });
    expect(heard).toMatch(/^from/);
    expect(existsSync(path)).toBe(true);
  });

  it('that shares its name is taken in turn', async () => {
    using one = tcp();
    using two = tcp();
    const told = await passed([one.fd, two.fd], [{ systemd: true }, { systemd: true }], {
      env: { LISTEN_FDNAMES: 'app.socket:app.socket' },
    });
    expect(told).toMatchObject([{ address: { port: one.port } }, { address: { port: two.port } }]);
  });

  it('that is no socket for a server is refused', async () => {
    using datagrams = new Socket(sockctl.AF_INET, sockctl.SOCK_DGRAM);
    const file = openSync('/dev/null', 'r');
    const [first, second, third, fourth] = await passed(
      [datagrams.fd, file],
      ['a', 'b', 'c', 'd'].map((systemd) => ({ systemd })),
      { env: { LISTEN_FDS: '3', LISTEN_FDNAMES: 'a:b:c' } },
    );
    closeSync(file);
    expect(first?.message).toContain('descriptor 3 of LISTEN_FDS (a) is not a stream socket');
    expect(second?.message).toContain('descriptor 4 of LISTEN_FDS (b) is not a socket');
    expect(third?.message).toMatch(/descriptor 5 of LISTEN_FDS \(c\) is not/);
    expect(fourth?.message).toContain('no socket named "d"');
  });

  it('of another process is refused', async () => {
    using socket = tcp();
    const [told] = await passed([socket.fd], [{ systemd: true }], { env: { PID_FOR: '1' } });
    expect(told?.message).toContain('passed to process 1');
  });
});

it("systemd's own systemd-socket-activate starts it at the first connection", async (ctx) => {
  if (spawnSync('systemd-socket-activate', ['--version']).status !== 0) ctx.skip('systemd-socket-activate is not here');
  const path = join(folder, 'activated.sock');
  const child = spawn(
    'systemd-socket-activate',
    ['-l', path, '--fdname=web', process.execPath, program, JSON.stringify({ systemd: 'web' })],
    { stdio: ['pipe', 'pipe', 'ignore'] },
  );
  const exit = once(child, 'exit');
  while (!existsSync(path)) await new Promise((resolve) => setTimeout(resolve, 10));
  const heard = await hear({ path });
  expect(heard).toBe(`from ${child.pid}`);
  child.stdin?.end();
  await exit;
});
