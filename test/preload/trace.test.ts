// SOCKCTL_TRACE where it cannot go where it should, and with addresses that a terminal would take for commands.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Folder, folder, nodes, register, runWith } from './programs.ts';

let place: Folder;
let policy: string;
beforeAll(() => {
  place = folder();
  policy = place.policy([{ name: 'all', match: { protocol: 'tcp' }, options: { TCP_KEEPCNT: 3 } }]);
});
afterAll(() => place[Symbol.dispose]());

const talk = `const net = require('node:net');
  let left = 20;
  const server = net.createServer((socket) => socket.end('x')).listen(0, '127.0.0.1', () => next());
  const next = () => left-- > 0
    ? net.connect(server.address().port, '127.0.0.1').resume().on('close', next)
    : server.close(() => console.log('done'));`;

for (const { name, command } of nodes) {
  test.for([
    ['is closed', '2>&-'],
    ['is full', '2>/dev/full'],
    ['is a pipe that nobody reads', '2> >(exec 0<&-)'],
  ] as const)(`${name}: the program runs on where stderr %s`, ([, redirect], ctx) => {
    if (command === undefined) return ctx.skip(`${name} is not installed`);
    const { stdout, status } = spawnSync('bash', ['-c', `"$NODE" --import "$REGISTER" -e "$CODE" ${redirect}`], {
      encoding: 'utf8',
      timeout: 20_000,
      env: {
        PATH: process.env.PATH,
        NODE: command,
        REGISTER: register,
        CODE: talk,
        SOCKCTL_POLICY: policy,
        SOCKCTL_TRACE: '1',
      },
    });
    expect([stdout, status]).toEqual(['done\n', 0]);
  });

  test(`${name}: a file that cannot be written is one warning, and the trace goes to stderr`, (ctx) => {
    if (command === undefined) return ctx.skip(`${name} is not installed`);
    const env = { SOCKCTL_POLICY: policy, SOCKCTL_TRACE: join(place.path, 'nowhere', 'trace.json') };
    const { stdout, stderr, status } = runWith(command, ['-e', talk], { cwd: place.path, env });
    expect([stdout, status]).toEqual(['done\n', 0]);
    expect(stderr.match(/SOCKCTL_TRACE cannot be written to .*nowhere\/trace\.json \(ENOENT\)/g)).toHaveLength(1);
    expect(stderr.match(/"side":"client"/g)).toHaveLength(20);
  });

  test(`${name}: a file is where it was when the program started, whatever its folder is by then`, (ctx) => {
    if (command === undefined) return ctx.skip(`${name} is not installed`);
    const env = { SOCKCTL_POLICY: policy, SOCKCTL_TRACE: `${name}.trace` };
    expect(runWith(command, ['-e', `process.chdir('/'); ${talk}`], { cwd: place.path, env }).status).toBe(0);
    expect(existsSync(join('/', `${name}.trace`))).toBe(false);
    expect(readFileSync(join(place.path, `${name}.trace`), 'utf8')).toMatch(/client tcp/);
  });

  test(`${name}: paths are shown, never sent, and lines stay within 80 columns`, (ctx) => {
    if (command === undefined) return ctx.skip(`${name} is not installed`);
    const code = `const path = 'x\\u001b[2J\\u009b2J\\u202e\\n' + '/y'.repeat(30);
      require('node:net').connect(path).on('error', () => {});`;
    for (const SOCKCTL_TRACE of ['1', 'json']) {
      const { stderr } = runWith(command, ['-e', code], { cwd: place.path, env: { SOCKCTL_TRACE } });
      expect(stderr).toMatch(/x(\\x1b|\\u001b)\[2J/);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these must not be there
      expect(stderr).not.toMatch(/[\x1b\x9b\u202e]/);
      if (SOCKCTL_TRACE === '1') {
        expect(Math.max(...stderr.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(80);
      }
    }
  });

  test(`${name}: no descriptor left at the first socket; the next ones get their options`, (ctx) => {
    if (command === undefined) return ctx.skip(`${name} is not installed`);
    const code = `const fs = require('node:fs'); const net = require('node:net'); const held = [];
      try { for (;;) held.push(fs.openSync('/dev/null', 'r')); } catch {}
      net.connect(1, '127.0.0.1').on('error', ({ code }) => {
        console.log(code);
        for (const fd of held) fs.closeSync(fd);
        ${talk}
      });`;
    const env = { ...process.env, SOCKCTL_POLICY: policy, SOCKCTL_TRACE: 'json', CODE: code } as Record<string, string>;
    const script = `ulimit -n 64; exec '${command}' --import '${register}' -e "$CODE"`;
    const { stdout, stderr } = spawnSync('sh', ['-c', script], { encoding: 'utf8', timeout: 20_000, env });
    expect(stdout).toBe('EMFILE\ndone\n');
    expect(stderr.match(/"side":"client".*"TCP_KEEPCNT".*"after":"3"/g)).toHaveLength(20);
  });
}
