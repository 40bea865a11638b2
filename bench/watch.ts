// `node scripts/run.mjs bench/watch.ts`: 1,000 of 20,000 connections watched every 100 ms; how much of a core that takes.
import { pathToFileURL } from 'node:url';
import { watch } from '../src/live/watch.ts';
import { median, printTargets, target } from './harness.ts';
import { hold } from './holder.ts';

const WATCHED = 1_000;
const OTHERS = 19_000;
const INTERVAL = 100;

/** The part of a core, in %, that watching for some seconds takes; and how many connections were there. */
async function measure(port: number, seconds: number): Promise<{ percent: number; watched: number; missed: number }> {
  let used: NodeJS.CpuUsage | undefined;
  let start = 0;
  let [watched, missed, touched] = [0, 0, 0];
  for await (const tick of watch(`:${port}`, { interval: INTERVAL })) {
    // What whoever watches would look at.
    for (const sample of tick.samples) {
      touched += (sample.retransmitted ?? 0) + (sample.sending ?? 0) + (sample.receiving ?? 0) + (sample.busy ?? 0);
      touched += (sample.limits?.rwnd ?? 0) + Number(sample.socket.infoOf('rtt') ?? 0);
    }
    watched = tick.samples.length;
    missed += tick.missed;
    // The first seconds are those of the compiler.
    if (tick.elapsed < 2000) continue;
    if (used === undefined) {
      used = process.cpuUsage();
      start = performance.now();
    } else if (performance.now() - start >= seconds * 1000) break;
  }
  const { user, system } = process.cpuUsage(used);
  if (!Number.isFinite(touched)) throw new Error('a figure is none');
  return { percent: ((user + system) / 1000 / (performance.now() - start)) * 100, watched, missed };
}

/** Measures, prints, and notes the target. */
export async function benchWatch(rounds = 3): Promise<void> {
  // A process may not have as many descriptors here.
  const started = await Promise.allSettled([WATCHED, OTHERS / 2, OTHERS / 2].map(hold));
  const holders = started.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  try {
    const [watched] = holders;
    if (watched === undefined || holders.length < started.length) {
      console.log('\nwatch could not be measured: it needs python3 and 10,000 descriptors a process');
      return;
    }
    const results: Awaited<ReturnType<typeof measure>>[] = [];
    for (let round = 0; round < rounds; round++) results.push(await measure(watched.port, 5));
    const percents = results.map(({ percent }) => percent);
    console.log(`\nwatch: ${results[0]?.watched} of 20,000 sockets every ${INTERVAL} ms`);
    for (const { percent, missed } of results) {
      console.log(`  ${percent.toFixed(1)} % of a core; ${missed} ticks left out`);
    }
    target(`watch of ${WATCHED} connections every ${INTERVAL} ms`, median(percents), 15, ' % of a core');
  } finally {
    for (const { child } of holders) child.kill();
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] as string).href) {
  await benchWatch();
  if (!printTargets()) process.exitCode = 1;
}
