// How many options the headers of some Linux versions have, by level: measured once, kept in scripts/header-counts.tsv.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

// The compiled copy of this file lies elsewhere; npm runs it from the package's own folder.
const file = 'scripts/header-counts.tsv';
const head = 'linux\tlevel\toptions';

/** Counts by version of Linux, then by level. */
export function headerCounts(): Map<string, Map<string, number>> {
  const found = new Map<string, Map<string, number>>();
  if (!existsSync(file)) return found;
  for (const line of readFileSync(file, 'utf8').trimEnd().split('\n').slice(1)) {
    const [version = '', level = '', count] = line.split('\t');
    found.set(version, (found.get(version) ?? new Map<string, number>()).set(level, Number(count)));
  }
  return found;
}

/** Notes what one version's headers have, in place of what was noted for it before. */
export function recordHeaders(version: string, counts: ReadonlyMap<string, number>): void {
  const all = new Map<string, ReadonlyMap<string, number>>([...headerCounts(), [version, counts]]);
  const versions = [...all].sort(([one], [other]) => one.localeCompare(other, 'en', { numeric: true }));
  const rows = versions.flatMap(([linux, levels]) =>
    [...levels].sort().map(([level, count]) => `${linux}\t${level}\t${count}`),
  );
  writeFileSync(file, `${[head, ...rows].join('\n')}\n`);
}
