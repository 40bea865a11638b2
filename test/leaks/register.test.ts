// `node --import sockctl/leaks/register`: an unmodified program, its workers, signals and exit, seen from outside.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Compiled, compile, workFolder } from '../compiled.ts';

let compiled: Compiled;
let folder: string;
let register: string;

beforeAll(() => {
  folder = workFolder('leaks');
  mkdirSync(folder, { recursive: true });
  compiled = compile(folder, []);
  register = pathToFileURL(join(compiled.out, 'src/leaks/register.js')).href;
});

afterAll(() => compiled.remove());

function program(name: string, code: string): string {
  const file = join(folder, name);
  writeFileSync(file, code);
  return file;
}

const server = `import { createServer } from 'node:net';
const server = createServer();
function begin(then) { server.listen(0, '127.0.0.1', then); }
`;

const run = (
  file: string,
  env: Record<string, string> = {},
): { status: number | null; stdout: string; stderr: string } =>
  spawnSync(process.execPath, ['--import', register, file], {
    encoding: 'utf8',
    env: { ...process.env, ...env },
    timeout: 20_000,
  });

test('prints at exit what is open, with its maker, and leaves the exit code alone', () => {
  const file = program('exit.mjs', `${server}begin(() => { console.log('up'); process.exit(3); });`);
  const { status, stdout, stderr } = run(file);
  expect({ status, stdout }).toEqual({ status: 3, stdout: 'up\n' });
  expect(stderr).toMatch(/^sockctl: process \d+, at exit: \d open sockets?\n\nFD +KIND/);
  expect(stderr).toMatch(/tcp +LISTEN +\d+ ms +127\.0\.0\.1:\d+\n(.*\n)* +at begin \(.*exit\.mjs:3:\d+\)/);
});

test('the pipes to the parent are named, and are no part of the program', () => {
  const { stderr } = run(program('quiet.mjs', ''));
  for (const line of stderr.split('\n').filter((one) => /^\d+ +unix/.test(one))) expect(line).toMatch(/\(stdio\)$/);
});

test('an empty SOCKCTL_LEAKS only tracks; a wrong one is a warning', () => {
  const file = program('exit.mjs', `${server}begin(() => process.exit());`);
  expect(run(file, { SOCKCTL_LEAKS: '' })).toMatchObject({ status: 0, stderr: '' });
  for (const wrong of ['sometimes', 'SIGKILL']) {
    const { status, stderr } = run(file, { SOCKCTL_LEAKS: wrong });
    expect(status).toBe(0);
    expect(stderr).toContain(`SOCKCTL_LEAKS takes exit and the names of signals, not ${wrong}`);
  }
});

async function textUntil(child: ChildProcess, stream: 'stdout' | 'stderr', wanted: RegExp): Promise<string> {
  let text = '';
  for await (const chunk of child[stream] as AsyncIterable<Buffer>) {
    text += chunk;
    if (wanted.test(text)) break;
  }
  return text;
}

test('prints upon a signal, and the program goes on', async () => {
  const file = program(
    'signal.mjs',
    `${server}begin(() => console.log('up')); process.on('SIGTERM', () => process.exit(7));`,
  );
  const child = spawn(process.execPath, ['--import', register, file], {
    env: { ...process.env, SOCKCTL_LEAKS: 'SIGUSR2' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  try {
    const ended = once(child, 'exit');
    await textUntil(child, 'stdout', /up/);
    child.kill('SIGUSR2');
    expect(await textUntil(child, 'stderr', /begin/)).toMatch(/upon SIGUSR2: \d open/);
    child.kill('SIGTERM');
    expect(await ended).toEqual([7, null]);
  } finally {
    child.kill('SIGKILL');
  }
});

test('a worker prints its own sockets when it ends, with their makers', () => {
  const file = program(
    'worker.mjs',
    `import { isMainThread, Worker } from 'node:worker_threads';
${server}if (isMainThread) new Worker(new URL(import.meta.url)); else begin(() => process.exit());`,
  );
  const { status, stderr } = run(file);
  expect(status).toBe(0);
  expect(stderr).toMatch(/process \d+, thread 1, at exit: 1 open socket\n(.*\n)* +at begin \(.*worker\.mjs/);
  expect(stderr).toMatch(/process \d+, at exit: /);
});

test('a program with a frozen Error, or whose standard error nobody reads, runs as before', async () => {
  const file = program(
    'odd.mjs',
    `${server}Object.freeze(Error);\nbegin(() => { console.log('up'); server.close(); });`,
  );
  expect(run(file)).toMatchObject({ status: 0, stdout: 'up\n' });
  const child = spawn(process.execPath, ['--import', register, file], { stdio: ['ignore', 'pipe', 'pipe'] });
  child.stderr.destroy();
  expect(await once(child, 'exit')).toEqual([0, null]);
});
