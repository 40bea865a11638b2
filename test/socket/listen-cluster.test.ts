// listen() in cluster workers: each has a socket of its own, with its options, and none is looked up in the primary.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Socket } from '../../src/index.ts';
import { type Compiled, compile, workFolder } from '../compiled.ts';

let compiled: Compiled;
let folder: string;
let program: string;

// The primary asks its workers one after the other to listen, calls what listens, and tells what it heard.
const source = `
import cluster from 'node:cluster';
import { once } from 'node:events';
import http from 'node:http';
import net from 'node:net';
import { getsockopt, SO_RCVBUF, SO_REUSEPORT } from './src/index.js';
import { listen } from './src/socket/listen.js';
const { workers, options, calls, to } = JSON.parse(process.argv[2]);
const hear = () => new Promise((resolve, reject) => {
  http.get({ ...to, agent: false }, (response) => {
    let text = '';
    response.setEncoding('utf8').on('data', (chunk) => { text += chunk; }).on('end', () => resolve(text));
  }).on('error', reject);
});
if (cluster.isPrimary) {
  const told = [];
  for (let i = 0; i < workers; i++) {
    const worker = cluster.fork();
    told.push((await once(worker, 'message'))[0]);
  }
  const heard = new Set();
  for (let i = 0; i < calls; i++) heard.add(await hear());
  // In the primary, where a descriptor that was sent or looked up would be.
  const own = process.getActiveResourcesInfo().filter((name) => name === 'TCPServerWrap' || name === 'PipeServerWrap');
  for (const worker of Object.values(cluster.workers)) worker.send('close');
  while (Object.keys(cluster.workers).length > 0) await once(cluster, 'exit');
  console.log(JSON.stringify({ told, heard: [...heard], own }));
} else {
  const server = http.createServer((_request, response) => response.end('worker ' + cluster.worker.id));
  try {
    await listen(server, options);
    const kernel = { reusePort: typeof server.address() === 'object' && getsockopt(server, SO_REUSEPORT), receive: getsockopt(server, SO_RCVBUF) };
    process.send({ address: server.address(), kernel });
  } catch (error) {
    process.send({ message: error.message, code: error.code, hint: error.hint });
  }
  await once(process, 'message');
  if (server.listening) await new Promise((done) => server.close(done));
  process.disconnect();
}
`;

interface Told {
  told: { address?: { port: number } | string; kernel?: object; message?: string; code?: string; hint?: string }[];
  heard: string[];
  own: string[];
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sockctl-cluster-'));
  compiled = compile(workFolder('listen-cluster'), []);
  program = join(compiled.out, 'program.mjs');
  writeFileSync(program, source);
});

afterAll(() => {
  compiled.remove();
  rmSync(folder, { recursive: true, force: true });
});

async function run(ask: object): Promise<Told> {
  const child = spawn(process.execPath, [program, JSON.stringify(ask)], { stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr.setEncoding('utf8').on('data', (chunk) => {
    stderr += chunk;
  });
  await once(child, 'close');
  expect(stderr).toBe('');
  return JSON.parse(stdout) as Told;
}

/** A port that nobody listens on, kept by a socket that is bound with SO_REUSEPORT. */
function reservedPort(): Socket & { port: number } {
  const socket = new Socket();
  socket.setsockopt(1, 15, 1);
  socket.bind(['127.0.0.1', 0]);
  return Object.assign(socket, { port: (socket.getsockname() as { port: number }).port });
}

it('workers share a port with SO_REUSEPORT, each with options of its own', async () => {
  using reserved = reservedPort();
  const to = { host: '127.0.0.1', port: reserved.port };
  const options = { ...to, options: { SO_REUSEPORT: true, SO_RCVBUF: 20_000 } };
  const { told, heard, own } = await run({ workers: 2, options, to, calls: 64 });
  const one = { address: { port: reserved.port }, kernel: { reusePort: true, receive: 40_000 } };
  expect(told).toMatchObject([one, one]);
  expect(heard.sort()).toEqual(['worker 1', 'worker 2']);
  expect(own).toEqual([]);
});

it('without it the second worker gets EADDRINUSE with the way out', async () => {
  const reserved = reservedPort();
  const to = { host: '127.0.0.1', port: reserved.port };
  reserved.close();
  const { told, heard } = await run({ workers: 2, options: to, to, calls: 4 });
  expect(told[0]).toMatchObject({ address: { port: to.port } });
  expect(told[1]).toEqual({
    code: 'EADDRINUSE',
    message: `listen EADDRINUSE: address already in use 127.0.0.1:${to.port}`,
    hint: 'Each worker binds for itself: all of them need options: { SO_REUSEPORT: true }',
  });
  expect(heard).toEqual(['worker 1']);
});

it('a unix path in a worker', async () => {
  const path = join(folder, 'worker.sock');
  const to = { socketPath: path };
  const { told, heard } = await run({ workers: 2, options: { path, mode: 0o600 }, to, calls: 2 });
  expect(told).toMatchObject([{ address: path }, { code: 'EADDRINUSE' }]);
  expect(heard).toEqual(['worker 1']);
  expect(existsSync(path)).toBe(false);
});
