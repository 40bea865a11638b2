// listen() where the kernel says no at a moment of the test's choosing: strace puts the errors in.
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Compiled, compile, workFolder } from '../compiled.ts';

let compiled: Compiled;
let program: string;

const source = `
import { readdirSync, readlinkSync } from 'node:fs';
import net from 'node:net';
import { listen } from './src/socket/listen.js';
const sockets = () => readdirSync('/proc/self/fd').filter((fd) => {
  try { return readlinkSync('/proc/self/fd/' + fd).startsWith('socket:'); } catch { return false; }
}).length;
const server = net.createServer();
const before = sockets();
const tell = (result) => ({ ...result, open: sockets() - before });
const attempt = (options) => listen(server, options).then(
  () => tell({ address: server.address().address }),
  ({ code, syscall, option }) => tell({ code, syscall, option }),
);
const told = [];
for (const options of JSON.parse(process.argv[2])) {
  told.push(await attempt(options));
  if (server.listening) await new Promise((done) => server.close(done));
}
told.push(tell({}));
console.log(JSON.stringify(told));
`;

beforeAll(() => {
  compiled = compile(workFolder('listen-faults'), []);
  program = join(compiled.out, 'program.mjs');
  writeFileSync(program, source);
});
afterAll(() => compiled.remove());

function run(inject: readonly string[], asks: readonly object[]): unknown {
  const faults = inject.flatMap((fault) => ['-e', `inject=${fault}`]);
  const args = ['-qq', '-f', '-o', '/dev/null', ...faults, process.execPath, program, JSON.stringify(asks)];
  const { stdout, stderr, error } = spawnSync('strace', args, { encoding: 'utf8' });
  if (error) throw new Error('strace is needed: apt-get install strace');
  expect(stderr).toBe('');
  return JSON.parse(stdout);
}

const all = { port: 0 };

it('a machine without IPv6 is served at 0.0.0.0, unless IPv6 was asked for', () => {
  expect(run(['socket:error=EAFNOSUPPORT:when=1'], [all, all])).toEqual([
    { address: '0.0.0.0', open: 1 },
    { address: '::', open: 1 },
    { open: 0 },
  ]);
  expect(run(['socket:error=EAFNOSUPPORT:when=1'], [{ ...all, ipv6Only: true }])).toEqual([
    { code: 'EAFNOSUPPORT', syscall: 'listen', open: 0 },
    { open: 0 },
  ]);
});

it('a refusal of any call leaves nothing open, and the server listens the next time', () => {
  const served = { address: '::', open: 1 };
  const refused = (code: string): object => ({ code, syscall: 'listen', open: 0 });
  expect(run(['bind:error=EADDRINUSE:when=1'], [all, all])).toEqual([refused('EADDRINUSE'), served, { open: 0 }]);
  expect(run(['listen:error=EADDRINUSE:when=1'], [all, all])).toEqual([refused('EADDRINUSE'), served, { open: 0 }]);
  expect(run(['socket:error=EMFILE:when=1'], [all, all])).toEqual([refused('EMFILE'), served, { open: 0 }]);
});

it("also where Node's own call fails, after it took the descriptor", () => {
  // The first listen(2) is ours, the second one is Node's.
  expect(run(['listen:error=EADDRINUSE:when=2'], [all, all])).toEqual([
    { code: 'EADDRINUSE', syscall: 'listen', open: 0 },
    { address: '::', open: 1 },
    { open: 0 },
  ]);
});

it('mptcp on a kernel without it says so', () => {
  expect(run(['socket:error=EPROTONOSUPPORT:when=1'], [{ ...all, protocol: 'mptcp' }])).toEqual([
    { code: 'EPROTONOSUPPORT', syscall: 'listen', open: 0 },
    { open: 0 },
  ]);
});
