// listen() at unix paths: mode, stale and live sockets, files that are none, removal, abstract names.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import * as sockctl from '../../src/index.ts';
import { getsockopt, SO_RCVBUF, SO_SNDBUF, Socket } from '../../src/index.ts';
import { listen } from '../../src/socket/listen.ts';
import { type Compiled, compile, workFolder } from '../compiled.ts';
import { errorOf } from '../helpers.ts';
import { closed, hear, openFds, refusalOf, saying } from './listen-helpers.ts';

let folder: string;
let compiled: Compiled;
let count = 0;
const nextPath = (): string => join(folder, `${++count}.sock`);
const servers: net.Server[] = [];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sockctl-listen-'));
  compiled = compile(workFolder('listen-unix'), []);
});

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.listening && closed(server)));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
  compiled.remove();
});

async function listening(options: Parameters<typeof listen>[1], server = saying('served')): Promise<net.Server> {
  servers.push(server);
  return listen(server, options);
}

/** A socket at the path whose process did not clean up. */
function leaveStale(path: string, type: number = sockctl.SOCK_STREAM): void {
  using socket = new Socket(sockctl.AF_UNIX, type);
  socket.bind(path);
}

it('serves, has the mode and the options, tells its path, and removes it at close', async () => {
  const path = nextPath();
  const server = await listening({
    path,
    mode: 0o640,
    options: { SO_RCVBUF: 20_000 },
    accepted: { SO_SNDBUF: 30_000 },
  });
  expect(server.address()).toBe(path);
  expect(statSync(path).mode & 0o777).toBe(0o640);
  expect(getsockopt(server, SO_RCVBUF)).toBe(40_000);
  let sendBuffer = 0;
  server.once('connection', (socket) => {
    sendBuffer = getsockopt(socket, SO_SNDBUF);
  });
  expect(await hear({ path })).toBe('served');
  expect(sendBuffer).toBe(60_000);
  const gone = closed(server);
  expect(existsSync(path), 'at close(), not when the last connection ends').toBe(false);
  await gone;
  const again = await listening({ path }, server);
  expect(await hear({ path })).toBe('served');
  await closed(again);
});

it('serves http', async () => {
  const path = nextPath();
  await listening(
    { path },
    http.createServer((_request, response) => void response.end('served')),
  );
  const text = await hear({ path }, 'GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
  expect(text).toMatch(/served$/);
});

it('replaces a socket that nobody listens on, and leaves nothing beside it', async () => {
  const path = nextPath();
  leaveStale(path);
  const before = openFds();
  const server = await listening({ path });
  expect(await hear({ path })).toBe('served');
  await closed(server);
  expect(existsSync(path)).toBe(false);
  expect(existsSync(`${path}.${process.pid}`)).toBe(false);
  expect(openFds()).toBe(before);
});

it('replaces it at a path of the longest length too', async () => {
  const path = join(folder, 'x'.repeat(107 - folder.length - 1));
  leaveStale(path);
  await listening({ path });
  expect(await hear({ path })).toBe('served');
});

it('EADDRINUSE for a live one, as Node has it, and it lives on', async () => {
  const path = nextPath();
  let connections = 0;
  const first = await listening({ path }, saying('first'));
  first.on('connection', () => connections++);
  const before = openFds();
  const { mtimeNs } = statSync(folder, { bigint: true });
  const ours = await refusalOf(listening({ path }));
  expect(statSync(folder, { bigint: true }).mtimeNs, 'the path was not touched').toBe(mtimeNs);
  const nodes = await new Promise<Error>((resolve) => {
    net.createServer().on('error', resolve).listen(path);
  });
  const { code, errno, syscall, address, port, message } = ours;
  expect({ code, errno, syscall, address, port, message }).toEqual({ ...nodes, message: nodes.message });
  expect(openFds()).toBe(before);
  expect(await hear({ path })).toBe('first');
  expect(connections, 'the question was no connection').toBe(1);
});

it('EADDRINUSE for a datagram socket that is in use, and for stream sockets that do not answer', async () => {
  const datagrams = nextPath();
  using owner = new Socket(sockctl.AF_UNIX, sockctl.SOCK_DGRAM);
  owner.bind(datagrams);
  expect(await refusalOf(listening({ path: datagrams }))).toMatchObject({ code: 'EADDRINUSE' });
  const full = nextPath();
  using busy = new Socket(sockctl.AF_UNIX);
  busy.bind(full);
  busy.listen(1);
  const waiting = [1, 2].map(() => new Socket(sockctl.AF_UNIX));
  for (const client of waiting) client.connect(full);
  expect(await refusalOf(listening({ path: full }))).toMatchObject({ code: 'EADDRINUSE' });
  for (const client of waiting) client.close();
  const early = nextPath();
  using bound = new Socket(sockctl.AF_UNIX);
  bound.bind(early);
  expect(await refusalOf(listening({ path: early })), 'bound, about to listen').toMatchObject({ code: 'EADDRINUSE' });
  expect(existsSync(full) && existsSync(datagrams)).toBe(true);
});

it('removes the path again where the server does not take the descriptor', async () => {
  const path = nextPath();
  const server = net.createServer();
  server.listen = () => {
    throw new Error('patched');
  };
  expect((await refusalOf(listening({ path }, server))).message).toBe('patched');
  expect(existsSync(path)).toBe(false);
});

it('gives a path back that another process took while the stale socket was removed', async () => {
  const path = nextPath();
  leaveStale(path);
  const program = `import net from 'node:net';
    import { listen } from '${compiled.out}/src/socket/listen.js';
    console.log('now');
    await listen(net.createServer(), { path: process.argv[1] }).then(
      (server) => server.close(() => console.log('listened')), (error) => console.log(error.code));`;
  // The other process removes the stale socket for a second, and this one is done with it before.
  const slow = ['-qq', '-f', '-o', '/dev/null', '-e', 'inject=rename:delay_enter=1000000:when=1'];
  const child = spawn('strace', [...slow, process.execPath, '--input-type=module', '-e', program, path]);
  let said = '';
  child.stdout.on('data', (chunk) => {
    said += chunk;
  });
  await once(child.stdout, 'data');
  await new Promise((resolve) => setTimeout(resolve, 200));
  rmSync(path);
  await listening({ path });
  await once(child, 'close');
  expect(said).toBe('now\nEADDRINUSE\n');
  expect(await hear({ path })).toBe('served');
});

it('never removes a file that is not a socket', async () => {
  const path = nextPath();
  writeFileSync(path, 'precious');
  expect(await refusalOf(listening({ path }))).toMatchObject({
    code: 'EADDRINUSE',
    hint: expect.stringContaining('not a socket'),
  });
  expect(readFileSync(path, 'utf8')).toBe('precious');
});

it('does not remove what another server put at the path', async () => {
  const path = nextPath();
  const first = await listening({ path }, saying('first'));
  rmSync(path);
  await listening({ path }, saying('second'));
  await closed(first);
  expect(await hear({ path })).toBe('second');
});

it('says what bind(2) and chmod(2) say, with nothing left open', async () => {
  const before = openFds();
  const missing = join(folder, 'none', 'x.sock');
  expect(await refusalOf(listening({ path: missing }))).toMatchObject({
    code: 'ENOENT',
    message: `listen ENOENT: no such file or directory ${missing}`,
  });
  expect(await refusalOf(listening({ path: 'x'.repeat(109) }))).toMatchObject({
    code: 'ERR_INVALID_ARGUMENT',
    message: expect.stringMatching(/^path expects .* at most 108 bytes, got "x.*Use a shorter one/),
  });
  expect(openFds()).toBe(before);
});

it('abstract names, without the NULs that Node 20 adds behind them', async () => {
  const path = `\0sockctl-listen-${process.pid}`;
  const server = await listening({ path });
  expect(server.address()).toBe(path);
  const accepted = once(server, 'connection');
  using client = new Socket(sockctl.AF_UNIX);
  expect(client.connect(path)).toBe(true);
  await accepted;
  expect(await refusalOf(listening({ path }))).toMatchObject({
    code: 'EADDRINUSE',
    hint: expect.stringContaining('ss -xlp'),
  });
  client.close();
  await closed(server);
  using late = new Socket(sockctl.AF_UNIX);
  expect(errorOf(() => late.connect(path))).toMatchObject({ code: 'ECONNREFUSED' });
});

it('removes the path when the process exits', () => {
  const path = nextPath();
  const program = `import net from 'node:net';
    import { existsSync } from 'node:fs';
    import { listen } from '${compiled.out}/src/socket/listen.js';
    await listen(net.createServer(), { path: process.argv[1] });
    process.chdir('/');
    console.log(existsSync(process.argv[1]));
    process.exit(0);`;
  const relative = path.slice(folder.length + 1);
  const run = spawnSync(process.execPath, ['--input-type=module', '-e', program, relative], {
    encoding: 'utf8',
    cwd: folder,
  });
  expect(run.stderr).toBe('');
  expect(existsSync(path)).toBe(false);
});
