// What calls leave behind: bytes allocated for each int read, and resident memory over ten million of them.
import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Bytes of JavaScript heap that each call allocates, collected or not, over and above an empty loop. */
export function allocatedPerCall(call: () => unknown, count = 2000): number {
  const used = (work: () => unknown): number => {
    // Few enough calls that no collection runs in between.
    collect();
    const before = getHeapStatistics().used_heap_size;
    for (let i = 0; i < count; i += 1) work();
    return getHeapStatistics().used_heap_size - before;
  };
  const least = (work: () => unknown): number => Math.min(...Array.from({ length: 9 }, () => used(work)));
  for (let i = 0; i < 20_000; i += 1) call();
  return Math.max(0, least(call) - least(() => undefined)) / count;
}

/** Growth of resident memory in MiB from the first to the last tenth of the calls. */
export function growth(call: () => unknown, total = 10_000_000): number {
  const resident = (): number => {
    collect();
    return process.memoryUsage.rss();
  };
  const tenth = total / 10;
  let first = 0;
  for (let part = 0; part < 10; part += 1) {
    for (let i = 0; i < tenth; i += 1) call();
    if (part === 0) first = resident();
  }
  return (resident() - first) / 2 ** 20;
}
