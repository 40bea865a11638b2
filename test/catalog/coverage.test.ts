// docs/coverage.md is what the catalogue has now, and adds up.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { coverage } from '../../scripts/coverage.ts';
import { coveragePage } from '../../scripts/gen-coverage.ts';
import { headerCounts } from '../../scripts/header-counts.ts';
import { options } from '../../src/catalog/index.ts';

it('is fresh: npm run docs', () => {
  expect(readFileSync(new URL('../../docs/coverage.md', import.meta.url), 'utf8')).toBe(coveragePage());
});

it('counts every name of a system once for each of its levels', () => {
  for (const os of ['linux', 'darwin', 'freebsd', 'windows'] as const) {
    const rows = coverage(os);
    for (const row of rows) {
      expect(row.typed + row.opaque + row.valueless + row.unusable, row.level).toBe(row.options);
    }
    const has = options.filter(({ declaration }) => declaration.on[os] !== undefined);
    const names = has.reduce((sum, { levels }) => sum + levels.length, 0);
    expect(rows.reduce((sum, row) => sum + row.options, 0)).toBe(names);
  }
});

it('has no level with fewer names than some version of the headers', () => {
  const ours = new Map<string, number>(coverage('linux').map((row) => [row.level, row.options]));
  const counts = [...headerCounts()];
  expect(counts.length).toBeGreaterThan(1);
  for (const [version, levels] of counts) {
    for (const [level, count] of levels) expect(ours.get(level), `${version} ${level}`).toBeGreaterThanOrEqual(count);
  }
});
