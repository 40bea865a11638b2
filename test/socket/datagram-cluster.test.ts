// datagram() in workers of a cluster: each has a socket of its own, and the primary has none.
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Compiled, compile, workFolder } from '../compiled.ts';

let compiled: Compiled;

const program = (out: string): string => `
import cluster from 'node:cluster';
import { datagram } from ${JSON.stringify(join(out, 'src/socket/datagram.js'))};
if (cluster.isPrimary) {
  const said = [];
  const first = cluster.fork();
  let second;
  first.on('message', (port) => {
    said.push(port);
    second = cluster.fork({ PORT: port });
    second.on('message', (answer) => {
      said.push(answer);
      if (answer !== port) return;
      console.log(JSON.stringify(said));
      for (const worker of [first, second]) worker.kill();
    });
  });
} else {
  const port = Number(process.env.PORT ?? 0);
  const options = { SO_REUSEPORT: true };
  if (port) {
    const error = await datagram({ type: 'udp4', address: '127.0.0.1', port }).catch((error) => error.message);
    process.send(error);
  }
  const socket = await datagram({ type: 'udp4', address: '127.0.0.1', port, options });
  process.send(socket.address().port);
}
`;

beforeAll(() => {
  const folder = workFolder('datagram-cluster');
  compiled = compile(folder, []);
  mkdirSync(folder, { recursive: true });
});

afterAll(() => compiled.remove());

it('does not go through the primary', () => {
  const file = join(compiled.out, 'cluster.mjs');
  writeFileSync(file, program(compiled.out));
  const { stdout, stderr } = spawnSync(process.execPath, [file], { encoding: 'utf8', timeout: 20_000 });
  expect(stderr).toBe('');
  const [port, refused, shared] = JSON.parse(stdout) as [number, string, number];
  expect(refused).toBe(`bind EADDRINUSE 127.0.0.1:${port}`);
  expect(shared).toBe(port);
});
