// Runs programs one after the other in one process, each as if it were alone: what it prints is kept apart, and it must
// end by itself. Told by messages which; see snippets.test.ts.
import { setTimeout as wait } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';

/** What became of a program. */
export interface Outcome {
  stdout: string;
  error?: string;
}

const PATIENCE = 60_000;
// Made when it is first looked at, and then there for good: not what a program left open.
void process.stderr;
let printed = '';
let runs = 0;
process.stdout.write = ((chunk: string | Uint8Array) => {
  printed += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString();
  return true;
}) as typeof process.stdout.write;

const answer = (error?: unknown): void => {
  const outcome: Outcome = { stdout: printed };
  if (error !== undefined) outcome.error = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.send?.(outcome);
};

/** What keeps the process alive now and did not before. */
function left(before: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const name of before) counts.set(name, (counts.get(name) ?? 0) + 1);
  return process.getActiveResourcesInfo().filter((name) => {
    const count = counts.get(name) ?? 0;
    counts.set(name, count - 1);
    return count <= 0;
  });
}

async function run(file: string): Promise<void> {
  printed = '';
  const before = process.getActiveResourcesInfo();
  const end = Date.now() + PATIENCE;
  const late = setTimeout(() => answer('it waits for something that does not happen'), PATIENCE).unref();
  // A test that is tried again runs its program again.
  runs += 1;
  await import(`${pathToFileURL(file)}?${runs}`);
  clearTimeout(late);
  while (left(before).length > 0) {
    if (Date.now() > end) throw new Error(`it does not end by itself: ${left(before).join(', ')} left open`);
    await wait(2);
  }
  process.exitCode = undefined;
}

process.on('uncaughtException', answer);
process.on('message', (file: string) => {
  run(file).then(() => answer(), answer);
});
