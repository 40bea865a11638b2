// Runs contenders in turns, so that what disturbs the machine disturbs all of them, and keeps the medians.
import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** Nanoseconds that `count` rounds of the work took. */
export type Work = (count: number) => number | Promise<number>;

export interface Contender {
  name: string;
  work: Work;
}

export interface Figure {
  name: string;
  median: number;
  least: number;
  /** Every round's time, in the order of the rounds: what was measured side by side is compared side by side. */
  times: readonly number[];
}

/** Times a plain function: the loop stands inside, as it does in the C program. */
export function loop(call: () => unknown): Work {
  return (count) => {
    const start = process.hrtime.bigint();
    for (let i = 0; i < count; i += 1) call();
    return Number(process.hrtime.bigint() - start);
  };
}

/** A program that answers "WHAT COUNT" lines with nanoseconds; it is started once and asked often. */
export class Asked {
  readonly #child: ChildProcess;
  readonly #answers: AsyncIterator<string>;

  constructor(command: string, args: readonly string[]) {
    this.#child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] });
    this.#answers = createInterface({ input: this.#child.stdout as NodeJS.ReadableStream })[Symbol.asyncIterator]();
  }

  work(what: string): Work {
    return async (count) => {
      this.#child.stdin?.write(`${what} ${count}\n`);
      const { value, done } = await this.#answers.next();
      if (done) throw new Error(`${this.#child.spawnfile} ended`);
      return Number(value);
    };
  }

  end(): void {
    this.#child.stdin?.end();
  }
}

export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] as number;
}

/** Calls that take about as long as `nanoseconds`: a sample must fit into the gaps that a busy machine leaves. */
async function calibrate(work: Work, nanoseconds: number): Promise<number> {
  await work(1000);
  return Math.max(1, Math.round((nanoseconds / (await work(1000))) * 1000));
}

/**
 * Nanoseconds per call of each contender, in turns. Samples are short and many: on a shared machine a neighbour doubles
 * all times for seconds, and long samples would meet it in one contender and not in the other.
 * @param count calls in a sample; 0 finds the count that takes two milliseconds
 */
export async function compare(contenders: readonly Contender[], count: number, rounds: number): Promise<Figure[]> {
  const times = contenders.map((): number[] => []);
  const counts = await Promise.all(contenders.map(() => count));
  for (const [at, { work }] of contenders.entries()) if (count === 0) counts[at] = await calibrate(work, 2e6);
  for (let round = -1; round < rounds; round += 1) {
    for (const [at, { work }] of contenders.entries()) {
      const calls = counts[at] as number;
      const nanoseconds = (await work(calls)) / calls;
      if (round >= 0) times[at]?.push(nanoseconds);
    }
  }
  return contenders.map(({ name }, at) => {
    const own = times[at] as number[];
    return { name, median: median(own), least: Math.min(...own), times: own };
  });
}

/** Prints a section: each figure with its ratio to the first one. */
export function print(title: string, figures: readonly Figure[], unit: 'ns' | 'ms'): void {
  const scale = unit === 'ms' ? 1e6 : 1;
  const base = figures[0] as Figure;
  console.log(`\n${title}`);
  for (const { name, median: middle, least } of figures) {
    const time = `${(middle / scale).toFixed(unit === 'ms' ? 1 : 0)} ${unit}`;
    console.log(
      `  ${name.padEnd(44)} ${time.padStart(10)}  ${(middle / base.median).toFixed(2)}x  (least ${(least / scale).toFixed(unit === 'ms' ? 1 : 0)})`,
    );
  }
}

const verdicts: { line: string; word: string }[] = [];

function note(word: 'reached' | 'MISSED' | 'unsure', text: string): void {
  verdicts.push({ word, line: `${word.padEnd(7)}  ${text}` });
}

/** Notes a plain figure beside what it should reach. */
export function target(what: string, figure: number, limit: number, unit: string): void {
  note(figure <= limit ? 'reached' : 'MISSED', `${what}: ${figure.toFixed(2)}${unit}, target at most ${limit}${unit}`);
}

/**
 * Notes a ratio, taken in two ways: of the least times, which a neighbour cannot make smaller, and the median of the
 * rounds' own ratios. Where these two disagree about the target the run cannot tell, and says so.
 */
export function targetRatio(figures: readonly Figure[], of: string, to: string, limit: number): void {
  const [a, b] = [of, to].map((start) => figures.find(({ name }) => name.startsWith(start)));
  if (!a || !b) return;
  const least = a.least / b.least;
  const paired = median(a.times.map((time, round) => time / (b.times[round] as number)));
  const words = `${of} / ${to}: ${least.toFixed(2)}x of least times, ${paired.toFixed(2)}x paired, target at most ${limit}x`;
  if (least <= limit !== paired <= limit) note('unsure', words);
  else note(least <= limit ? 'reached' : 'MISSED', words);
}

/** Prints all targets; true when each is reached. */
export function printTargets(): boolean {
  console.log('\nTargets');
  for (const { line } of verdicts) console.log(`  ${line}`);
  return verdicts.every(({ word }) => word === 'reached');
}
