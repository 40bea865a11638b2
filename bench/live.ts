// `node scripts/run.mjs bench/live.ts`: all sockets of a machine with 20,000 connections, against ss and lsof in one run.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { snapshot } from '../src/index.ts';
import { sockets } from '../src/live/sockets.ts';
import { type Contender, compare, median, print, printTargets, target, targetRatio } from './harness.ts';
import { type Holder, hold } from './holder.ts';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** A process may have 20,000 descriptors here. */
const PER_PROCESS = 19_800;
const CLONE_NEWNET = 0x40000000;
const own = { proto: 'tcp', namespace: 'own' } as const;

/** A network of its own: what else runs on the machine is not counted. */
function ownNetwork(): void {
  const koffi = createRequire(resolve('package.json'))('koffi') as {
    load(path: null): { func(signature: string): (flags: number) => number };
  };
  if (koffi.load(null).func('int unshare(int)')(CLONE_NEWNET) !== 0) throw new Error('it needs root');
  spawnSync('ip', ['link', 'set', 'lo', 'up']);
}

/** Nanoseconds that a loop over all sockets takes. */
async function timed(act: () => Promise<unknown>, count: number): Promise<number> {
  const start = process.hrtime.bigint();
  for (let i = 0; i < count; i++) await act();
  return Number(process.hrtime.bigint() - start);
}

const command = (name: string, ...args: string[]): Contender['work'] => {
  return (count) =>
    timed(async () => {
      const { error } = spawnSync(name, args, { stdio: ['ignore', 'ignore', 'ignore'] });
      if (error) throw error;
    }, count);
};

async function rttOfAll(): Promise<void> {
  let [sum, seen] = [0, 0];
  for await (const socket of sockets({ ...own, info: true })) {
    sum += socket.infoOf('rtt') ?? 0;
    seen++;
  }
  if (seen < PER_PROCESS || sum === 0) throw new Error(`only ${seen} sockets were listed`);
}

async function infoOfAll(): Promise<void> {
  let sum = 0n;
  for await (const { info } of sockets({ ...own, info: true })) sum += info?.bytes_acked ?? 0n;
  if (sum === 0n) throw new Error('nothing was decoded');
}

/** Every readable option of every connection; gives how many sockets and options that were. */
async function optionsOfAll(): Promise<[number, number]> {
  let [count, options] = [0, 0];
  for await (const socket of sockets({ ...own, state: 'ESTABLISHED' })) {
    options += socket.borrow((one) => snapshot(one)).options.length;
    count++;
  }
  return [count, options];
}

/** MiB that are in use: of the heap and beside it, and of the process. */
function memory(): { used: number; resident: number } {
  collect();
  const { heapUsed, external, rss } = process.memoryUsage();
  return { used: (heapUsed + external) / 2 ** 20, resident: rss / 2 ** 20 };
}

async function growth(act: () => Promise<unknown>, rounds: number): Promise<{ used: number; resident: number }> {
  await act();
  await act();
  const before = memory();
  for (let i = 0; i < rounds; i++) await act();
  const after = memory();
  return { used: after.used - before.used, resident: after.resident - before.resident };
}

const signed = (number: number): string => `${number >= 0 ? '+' : ''}${number.toFixed(1)} MiB`;

/** Measures, prints, and notes the targets. */
export async function benchLive(rounds = 21): Promise<void> {
  ownNetwork();
  const holders: Holder[] = [await hold(PER_PROCESS)];
  try {
    const main = resolve('dist/cli/main.js');
    const verbs = existsSync(main) && existsSync('src/cli/commands/ps.ts');
    const figures = await compare(
      [
        { name: 'ss -tinem', work: command('ss', '-tinem') },
        { name: 'sockets(), rtt of each', work: (count) => timed(rttOfAll, count) },
        { name: 'sockets(), all of TCP_INFO', work: (count) => timed(infoOfAll, count) },
        ...(verbs
          ? [
              {
                name: 'sockctl ps --json --no-options',
                work: command(process.execPath, main, 'ps', '--json', '--no-options', '--proto', 'tcp'),
              },
            ]
          : []),
      ],
      1,
      rounds,
    );
    print(`All of ${PER_PROCESS} TCP sockets`, figures, 'ms');
    targetRatio(figures, 'sockets(), rtt', 'ss', 0.5);
    targetRatio(figures, 'sockets(), all', 'ss', 0.5);
    targetRatio(figures, 'sockctl ps', 'ss', 2);

    const owners = await compare(
      [
        { name: 'lsof -nP -iTCP', work: command('lsof', '-nP', '-iTCP') },
        {
          name: 'sockets(), the owners of each',
          work: (count) =>
            timed(async () => {
              for await (const socket of sockets(own))
                if (socket.inode !== 0 && socket.owners.length === 0) throw new Error('nobody has it');
            }, count),
        },
      ],
      1,
      5,
    );
    print('Who has which socket', owners, 'ms');

    const seconds: number[] = [];
    let read: [number, number] = [0, 0];
    const grown = await growth(async () => {
      seconds.push((await timed(async () => (read = await optionsOfAll()), 1)) / 1e9);
    }, 3);
    console.log(
      `\n${read[1]} options of ${read[0]} sockets, each borrowed: ${median(seconds).toFixed(2)} s (least ${Math.min(...seconds).toFixed(2)})`,
    );
    console.log(`  three more times: ${signed(grown.used)} in use, ${signed(grown.resident)} resident`);
    target('all options of 20,000 sockets', (median(seconds) / read[0]) * 20_000, 4, ' s');

    const ten = await growth(infoOfAll, 10);
    console.log(
      `\nTen listings of ${PER_PROCESS} sockets: ${signed(ten.used)} in use, ${signed(ten.resident)} resident`,
    );
    holders.push(await hold(PER_PROCESS));
    const double = await growth(infoOfAll, 10);
    console.log(
      `Ten listings of ${2 * PER_PROCESS} sockets: ${signed(double.used)} in use, ${signed(double.resident)} resident`,
    );
    target('growth over ten listings of 40,000 sockets', Math.max(0, double.used), 4, ' MiB');
  } finally {
    for (const { child } of holders) child.kill();
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await benchLive();
  printTargets();
}
