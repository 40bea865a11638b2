// docs/coverage.md is what the catalogue has now, and adds up.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { coverage } from '../../scripts/coverage.ts';
import { coveragePage, isCovered, listed } from '../../scripts/gen-coverage.ts';
import { headerCounts } from '../../scripts/header-counts.ts';
import { kindCounts } from '../../scripts/kind-counts.ts';
import { specimens } from '../../scripts/kinds.ts';
import { options } from '../../src/catalog/index.ts';
import { levelTable } from '../../src/constants/levels.ts';

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
    const names = has.reduce((sum, { levels }) => sum + levels.filter((level) => os in levelTable[level]).length, 0);
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

it('has all 603 options that are listed', () => {
  const wanted = listed().filter(({ sort }) => sort === 'option');
  expect(wanted).toHaveLength(603);
  expect(wanted.filter((one) => !isCovered(one))).toEqual([]);
  expect(isCovered({ level: 'SOL_UDP', name: 'TCP_NODELAY', number: 1, sort: 'option' })).toBe(false);
  expect(isCovered({ level: 'SOL_TCP', name: 'TCP_NODELAY', number: 2, sort: 'option' })).toBe(false);
});

it('tells of sockets that are looked at, all of whose options were decoded and encoded again', () => {
  const { kernel, rows } = kindCounts();
  expect(kernel).toMatch(/^\d+\.\d+$/);
  const names = rows.map(([name]) => name);
  expect(specimens.map(({ name }) => name)).toEqual(expect.arrayContaining(names));
  expect(names).toEqual(
    expect.arrayContaining([
      ...['tcp', 'tcp-listen', 'tcp-connected', 'tcp6', 'tcp6, listening', 'tcp6, connected', 'udp', 'unix', 'raw'],
      ...['packet', 'netlink', 'mptcp', 'vsock', 'xdp'],
    ]),
  );
  for (const [name, [readable, decoded, writable, encoded]] of rows) {
    expect([name, decoded, encoded]).toEqual([name, readable, writable]);
  }
});
