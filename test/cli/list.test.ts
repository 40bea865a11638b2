// sockctl list: which options, in which form.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { options } from '../../src/catalog/index.ts';
import { listed } from '../../src/cli/listing.ts';
import { json, sockctl } from './sockctl.ts';

const names = (...args: string[]): string[] => json('list', ...args).value.map(({ name }: { name: string }) => name);

describe('list --json', () => {
  const { value: all, status } = json('list');

  test('has every usable option of this system', () => {
    expect(status).toBe(0);
    const usable = options.filter(({ access, number }) => access !== 'none' && number >= 0);
    expect(all.map(({ name }: { name: string }) => name)).toEqual(usable.map(({ name }) => name));
  });

  test('gives each the keys that programs rely on', () => {
    for (const one of all) {
      expect(one).toEqual(
        expect.objectContaining({
          name: expect.any(String),
          level: expect.any(String),
          levelNumber: expect.any(Number),
          number: expect.any(Number),
          type: expect.any(String),
          summary: expect.any(String),
        }),
      );
      expect(['rw', 'ro', 'wo']).toContain(one.access);
      expect(one.platforms).toMatchObject({ [process.platform]: one.number });
    }
    expect(all.find(({ name }: { name: string }) => name === 'SO_SNDBUFFORCE').needs).toContain('CAP_NET_ADMIN');
    expect(all.find(({ name }: { name: string }) => name === 'TCP_KEEPIDLE')).toMatchObject({
      level: 'SOL_TCP',
      levelNumber: 6,
      number: 4,
      unit: 's',
      min: 1,
    });
  });

  test('the file that the build makes says what the catalogue says', () => {
    const built = JSON.parse(readFileSync(new URL('../../dist/cli/listing.json', import.meta.url), 'utf8')) as unknown;
    expect(built).toEqual(JSON.parse(JSON.stringify(options.map(listed))));
  });

  test("--platform gives that system's numbers", () => {
    const darwin = json('list', 'so_reuseaddr', '--platform', 'darwin').value;
    expect(darwin).toMatchObject([{ name: 'SO_REUSEADDR', levelNumber: 0xffff, number: 4 }]);
    expect(names('--platform', 'darwin')).not.toContain('TCP_INFO');
  });

  test('nothing that matches is an empty list', () => {
    expect(json('list', 'qqqqq')).toEqual({ value: [], status: 0 });
  });
});

describe('patterns', () => {
  test('part of a name, in any case', () => {
    expect(names('keepid')).toEqual(['TCP_KEEPIDLE']);
    expect(names('TCP_KEEP')).toEqual(['TCP_KEEPCNT', 'TCP_KEEPIDLE', 'TCP_KEEPINTVL']);
  });

  test('with * and ?', () => {
    expect(names('tcp_keep*t')).toEqual(['TCP_KEEPCNT']);
    expect(names('SO_???BUF')).toEqual(['SO_RCVBUF', 'SO_SNDBUF']);
    expect(names('(*')).toEqual([]);
  });

  test('words of summaries, where no name has them', () => {
    expect(names('congestion algorithm')).toContain('TCP_CONGESTION');
  });

  test('--level in each of its names', () => {
    for (const level of ['tcp', 'SOL_TCP', 'ipproto_tcp'])
      expect(names('--level', level, 'nodelay')).toEqual(['TCP_NODELAY']);
    expect(names('-l', 'SOL_UDP').every((name) => name.startsWith('UDP_'))).toBe(true);
  });

  test('--all has the names that cannot be used', () => {
    expect(names('so_timeout')).not.toContain('SO_TIMEOUT');
    expect(json('list', 'so_timeout', '--all').value).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ name: 'SO_TIMEOUT', number: null, instead: expect.any(String) }),
      ]),
    );
  });
});

describe('as a table', () => {
  test('wraps the summary under itself', () => {
    const lines = sockctl('list', 'tcp_keep').stdout.split('\n');
    expect(lines[0]).toBe('OPTION         LEVEL    ACCESS  TYPE  SUMMARY');
    expect(lines[1]).toMatch(/^TCP_KEEPCNT {4}SOL_TCP {2}rw {6}int {3}\S/);
    expect(lines[2]).toMatch(/^ {38}\S/);
  });

  test('a typo is answered', () => {
    const { stdout, stderr, status } = sockctl('list', 'tcp_keepidel');
    expect({ stdout, status }).toEqual({ stdout: '', status: 0 });
    expect(stderr).toContain('Did you mean TCP_KEEPIDLE');
  });
});
