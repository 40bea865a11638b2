// `npm run bench`: sockctl against C, CPython and its npm peers, in one run and in turns. Compare the ratios.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { connect, createServer, type Socket as NetSocket } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { getsockopt, SO_KEEPALIVE, SO_RCVBUF, SOL_SOCKET, Socket, snapshot } from 'sockctl';
import { connectContenders, serve } from './connect.ts';
import { Asked, type Contender, compare, loop, print, printTargets, target, targetRatio } from './harness.ts';
import { allocatedPerCall, growth } from './memory.ts';
import { peers } from './peers.ts';
import { benchPreload } from './preload.ts';

const folder = mkdtempSync(join(tmpdir(), 'sockctl-bench-'));
const tcp = new Socket();
const server = createServer().listen(0, '127.0.0.1');
await new Promise((done) => server.once('listening', done));
const { port } = server.address() as { port: number };
const net = await new Promise<NetSocket>((done) => {
  const socket = connect(port, '127.0.0.1', () => done(socket));
});

/** LEVEL NAME LENGTH of every read that a snapshot makes. */
function readsOfSnapshot(): number[][] {
  const { options, unreadable } = snapshot(tcp);
  const asked = [
    ...options.map(({ option }) => option),
    ...unreadable.filter(({ code }) => code !== 'ERR_UNSUPPORTED').map(({ option }) => option),
  ];
  return asked.map(({ levelNumber, number, codec }) => [levelNumber, number, codec.variable ? 1024 : codec.size()]);
}

function compileC(): Asked | undefined {
  const program = join(folder, 'loop');
  const { status } = spawnSync('cc', ['-O2', '-pthread', '-o', program, 'bench/loop.c'], { stdio: 'inherit' });
  if (status === 0) return new Asked(program, readsOfSnapshot().flat().map(String));
  console.log('C could not be measured: no cc here');
  return undefined;
}

const c = compileC();
const python = spawnSync('python3', ['-V']).status === 0 ? new Asked('python3', ['bench/loop.py']) : undefined;
if (!python) console.log('CPython could not be measured: no python3 here');

const named = (name: string, work: Contender['work'] | undefined): Contender[] => (work ? [{ name, work }] : []);

const { fd } = tcp;
// The FFI alone, without this library: what is left of the distance to C can only be its own.
const koffi = createRequire(resolve('package.json'))('koffi') as {
  load(path: null): { func(signature: string): (...args: number[]) => number };
  address(buffer: Uint8Array): bigint;
};
const bare = koffi.load(null).func('int getsockopt(int, int, int, uintptr_t, uintptr_t)');
const memory = new Uint8Array(65544);
const address = Number(koffi.address(memory));
const lengthCell = new Uint32Array(memory.buffer, 65536, 1);
const bareRead = (level: number, name: number, length: number): number => {
  lengthCell[0] = length;
  return bare(fd, level, name, address, address + 65536);
};
const reads = readsOfSnapshot();
const bareSnapshot = (): void => {
  for (const [level, name, length] of reads) bareRead(level as number, name as number, length as number);
};

const raw = (): number => getsockopt(fd, SOL_SOCKET, SO_RCVBUF);
const calls = await compare(
  [
    ...named('C', c?.work('int')),
    { name: 'koffi alone', work: loop(() => bareRead(SOL_SOCKET, 8, 4)) },
    { name: 'raw int', work: loop(raw) },
    { name: 'typed int', work: loop(() => getsockopt(fd, SO_RCVBUF)) },
    { name: 'typed bool', work: loop(() => getsockopt(fd, SO_KEEPALIVE)) },
    { name: 'raw int of a net.Socket', work: loop(() => getsockopt(net, SOL_SOCKET, SO_RCVBUF)) },
    ...named('CPython', python?.work('int')),
    ...peers(net, SOL_SOCKET, Number(SO_RCVBUF)),
  ],
  0,
  200,
);
print('One int of a TCP socket: getsockopt(fd, SOL_SOCKET, SO_RCVBUF)', calls, 'ns');
targetRatio(calls, 'raw int', 'C', 1.35);
targetRatio(calls, 'typed int', 'raw int', 1.1);
targetRatio(calls, 'typed bool', 'raw int', 1.1);
targetRatio(calls, 'raw int of a net.Socket', 'sockopt', 1);
targetRatio(calls, 'raw int of a net.Socket', 'net-keepalive', 1);

const snapshots = await compare(
  [
    ...named('C', c?.work('list')),
    { name: 'koffi alone', work: loop(bareSnapshot) },
    { name: 'snapshot', work: loop(() => snapshot(fd)) },
  ],
  0,
  200,
);
print(`A snapshot of a TCP socket: ${reads.length} options`, snapshots, 'ns');
targetRatio(snapshots, 'snapshot', 'C', 1.5);

const node = (...args: string[]): Contender['work'] =>
  loop(() => {
    const { status, stderr } = spawnSync(process.execPath, args, {
      stdio: ['ignore', 'ignore', 'pipe'],
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(`node ${args.join(' ')}: ${stderr}`);
  });
const library = createRequire(import.meta.url).resolve('sockctl');
const processes = await compare(
  [
    { name: 'node -e 0', work: node('-e', '0') },
    { name: 'sockctl list', work: node(resolve('dist/cli/main.js'), 'list') },
    { name: 'sockctl explain', work: node(resolve('dist/cli/main.js'), 'explain', 'SO_RCVBUF') },
    { name: 'import sockctl', work: node('--input-type=module', '-e', `import ${JSON.stringify(library)}`) },
    { name: 'an empty module', work: node('--input-type=module', '-e', '0') },
  ],
  1,
  41,
);
print('Whole processes', processes, 'ms');
targetRatio(processes, 'sockctl list', 'node -e 0', 1.6);
targetRatio(processes, 'sockctl explain', 'node -e 0', 1.8);
targetRatio(processes, 'import sockctl', 'node -e 0', 1.5);

const far = await serve();
const connections = await compare(connectContenders(far.port), 50, 100);
print('One connection, from connect to close', connections, 'ns');
targetRatio(connections, 'connect', 'net.connect', 1.15);
targetRatio(connections, 'connect with four options', 'net.connect', 1.15);
targetRatio(connections, 'connect by name', 'net.connect by name', 1.15);
far.child.kill();
await benchPreload();

const ffi = allocatedPerCall(() => bareRead(SOL_SOCKET, 8, 4));
const ours = allocatedPerCall(raw);
console.log(`\nMemory\n  allocated per raw int read: ${ours.toFixed(1)} bytes, of which the FFI ${ffi.toFixed(1)}`);
target('allocated beyond the FFI', Math.max(0, ours - ffi), 1, ' bytes');
const grown = growth(raw);
console.log(`  resident memory over ten million reads: ${grown >= 0 ? '+' : ''}${grown.toFixed(1)} MiB`);
target('growth over ten million reads', Math.max(0, grown), 4, ' MiB');

const ok = printTargets();
// Each in a process of its own: in a network of its own, and with a heap that nothing else has filled.
for (const other of ['live.js', 'watch.js']) {
  console.log(`\nbench/${other.replace('.js', '.ts')}`);
  spawnSync(process.execPath, [fileURLToPath(new URL(other, import.meta.url))], { stdio: 'inherit' });
}
net.destroy();
server.close();
c?.end();
python?.end();
tcp.close();
rmSync(folder, { recursive: true });
if (!ok)
  console.log(
    '\nNot all were reached. On a machine that others use, "unsure" is no verdict: run it again when it is idle.',
  );
