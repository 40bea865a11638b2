// What reading every option on every kind of socket came to, on one kernel: measured once, kept in scripts/kind-counts.tsv.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { Tally } from './kinds.ts';

// The compiled copy of this file lies elsewhere; npm runs it from the package's own folder.
const file = 'scripts/kind-counts.tsv';
const columns = ['readable', 'decoded', 'writable', 'encoded', 'compared'] as const;

/** One row: a socket, and its counts. */
export type KindCounts = readonly [name: string, counts: readonly number[]];

/** The counts of one tally, in the order of the table. */
export const countsOf = (tally: Tally): KindCounts => [tally.name, columns.map((column) => tally[column])];

/** The heads of the table. */
export const kindHead = ['socket', ...columns];

/** The kernel that was measured on, and its counts. */
export function kindCounts(): { kernel: string; rows: KindCounts[] } {
  if (!existsSync(file)) return { kernel: 'none', rows: [] };
  const [kernel = '', , ...lines] = readFileSync(file, 'utf8').trimEnd().split('\n');
  const rows = lines.map((line): KindCounts => {
    const [name = '', ...counts] = line.split('\t');
    return [name, counts.map(Number)];
  });
  return { kernel: kernel.replace('# Linux ', ''), rows };
}

/** Notes what was measured on a kernel, in place of what was noted before. */
export function recordKinds(kernel: string, rows: readonly KindCounts[]): void {
  const lines = rows.map(([name, counts]) => [name, ...counts].join('\t'));
  writeFileSync(file, `${[`# Linux ${kernel}`, kindHead.join('\t'), ...lines].join('\n')}\n`);
}
