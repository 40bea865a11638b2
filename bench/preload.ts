// What the preload costs: an http client's connects, requests and megabytes with and without it, in turns.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { Asked, type Contender, compare, loop, print, targetRatio } from './harness.ts';

const four = { TCP_USER_TIMEOUT: 30_000, SO_KEEPALIVE: true, TCP_KEEPIDLE: 30, TCP_KEEPINTVL: 10 };

/** Measures, prints, and notes the targets. */
export async function benchPreload(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'sockctl-bench-preload-'));
  const policy = (options: object): string => {
    const file = join(folder, `${Object.keys(options).length}.json`);
    writeFileSync(file, JSON.stringify({ rules: [{ match: { side: 'client' }, options, enforce: true }] }));
    return file;
  };
  const register = `--import=${pathToFileURL(resolve('dist/register.js')).href}`;
  const server = spawn(process.execPath, ['bench/preload-server.mjs'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: server.stdout });
  const port = String((await lines[Symbol.asyncIterator]().next()).value);
  const client = (options: object, ...flags: string[]): Asked => {
    // The child inherits it; without the preload it means nothing.
    process.env.SOCKCTL_POLICY = policy(options);
    return new Asked(process.execPath, [...flags, 'bench/preload-client.mjs', port]);
  };
  const [plain, one, preloaded] = [
    client(four),
    client({ TCP_USER_TIMEOUT: 30_000 }, register),
    client(four, register),
  ];
  const contenders = (what: string): Contender[] => [
    { name: what, work: plain.work(what) },
    { name: `${what} with the preload, 4 options`, work: preloaded.work(what) },
  ];
  try {
    // Code that is still being compiled would be measured otherwise.
    const all = [
      ...contenders('connects'),
      { name: 'connects with the preload, 1 option', work: one.work('connects') },
    ];
    for (const { work } of all) await work(3000);
    const connects = await compare(all, 150, 200);
    print('One connect and request of an http client, 8 at a time, options that are enforced', connects, 'ns');
    targetRatio(connects, 'connects with the preload, 1', 'connects', 1.05);
    targetRatio(connects, 'connects with the preload, 4', 'connects', 1.05);
    const requests = await compare(contenders('requests'), 300, 60);
    print('One request on a connection that is kept', requests, 'ns');
    targetRatio(requests, 'requests with the preload', 'requests', 1.02);
    const bytes = await compare(contenders('megabytes'), 32, 60);
    print('One megabyte of a response', bytes, 'ns');
    targetRatio(bytes, 'megabytes with the preload', 'megabytes', 1.02);
  } finally {
    plain.end();
    one.end();
    preloaded.end();
    server.stdin.end();
    lines.close();
  }
  const start = (...flags: string[]): Contender['work'] =>
    loop(() => {
      const { status } = spawnSync(process.execPath, [...flags, '-e', '0']);
      if (status !== 0) throw new Error(`node ${flags.join(' ')} ended with ${status}`);
    });
  const processes = await compare(
    [
      { name: 'node -e 0', work: start() },
      { name: 'node --import sockctl/register -e 0', work: start(register) },
    ],
    1,
    31,
  );
  print('A process that opens no socket', processes, 'ms');
  delete process.env.SOCKCTL_POLICY;
  rmSync(folder, { recursive: true });
}
