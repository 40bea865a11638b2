// sockctl list: which options, in which form.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { options } from '../../src/catalog/index.ts';
import { listed } from '../../src/cli/listing.ts';
import { json, sockctl, widest } from './sockctl.ts';

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

  const [head = '', ...rows] = readFileSync(
    new URL('../catalog/linux-sol-socket-per-arch.tsv', import.meta.url),
    'utf8',
  )
    .trimEnd()
    .split('\n');

  test.each([
    ['linux-ppc64', 'powerpc64le-linux-gnu'],
    ['linux-mips', 'mips-linux-gnu'],
    ['linux-alpha', 'alpha-linux-gnu'],
    ['linux-hppa', 'hppa-linux-gnu'],
    ['linux-sparc64', 'sparc64-linux-gnu'],
    ['linux-s390x', 's390x-linux-gnu'],
    ['linux-ia32', 'i386-linux-gnu'],
  ])("--platform %s gives that processor's numbers", (platform, port) => {
    const column = head.split('\t').indexOf(port);
    const expected = rows.map((row): [string, string | undefined] => [
      row.split('\t')[0] ?? '',
      row.split('\t')[column],
    ]);
    const found: { name: string; levelNumber: number; number: number | null }[] = json(
      ...['list', '--all', '--level', 'SOL_SOCKET', '--platform', platform],
    ).value;
    const level = expected.find(([name]) => name === 'SOL_SOCKET')?.[1];
    expect(new Set(found.map(({ levelNumber }) => String(levelNumber)))).toEqual(new Set([level]));
    const ours = new Map(found.map(({ name, number }) => [name, String(number)]));
    // Macros that depend on the size of time_t have no number of their own.
    const numbers = expected.filter(([name, number]) => name !== 'SOL_SOCKET' && number !== 'expr');
    expect(numbers.length).toBeGreaterThan(80);
    expect(numbers.map(([name]) => [name, ours.get(name)])).toEqual(numbers);
  });

  test('--platform tells what can be done with an option there', () => {
    const [here] = json('list', 'IPV6_HOPLIMIT', '--all').value;
    expect(here).toMatchObject({ access: 'none', role: 'control message' });
    const [there] = json('list', 'IPV6_HOPLIMIT', '--platform', 'windows').value;
    expect(there).toMatchObject({ access: 'rw', number: 21 });
    expect(there).not.toHaveProperty('role');
    expect(names('lowat', '--platform', 'windows')).toEqual([]);
    expect(names('maxseg', '--platform', 'windows', '--access', 'ro')).toEqual(['TCP_MAXSEG']);
    expect(names('SO_SNDLOWAT', '--platform', 'freebsd', '--access', 'rw')).toEqual(['SO_SNDLOWAT']);
    expect(sockctl('list', 'TCP_MAXSEG', '--platform', 'windows').stdout).toMatch(/^TCP_MAXSEG +SOL_TCP +ro /m);
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

  test('--level as a number is all levels that it means', () => {
    const levels = json('list', '--level', '0x6').value.map(({ level }: { level: string }) => level);
    expect(new Set(levels)).toEqual(new Set(['SOL_TCP', 'SOL_L2CAP']));
  });

  test.each([
    ['macos', 'darwin'],
    ['win32-x64', 'windows-x64'],
    ['arm64', 'linux-arm64'],
    ['linux-ppc64le', 'linux-ppc64'],
  ])('--platform %s is %s', (other, own) => {
    expect(json('list', '--platform', other).value).toEqual(json('list', '--platform', own).value);
  });

  test('--type by the words of other languages', () => {
    for (const [other, own] of [
      ['boolean', 'bool'],
      ['integer', 'int'],
      ['string', 'text'],
    ] as const)
      expect(names('--type', other)).toEqual(names('--type', own));
  });

  test.each([
    [['--level', 'tpc'], 'there is no level tpc. Did you mean tcp?'],
    [['--level', '1234'], 'there is no level 1234'],
    [['--type', 'strct'], 'no option has the type strct. Did you mean struct?'],
    [['--type', 'timval'], 'Did you mean timeval?'],
    [['--needs', 'CAP_NET_ADMNI'], 'no option needs CAP_NET_ADMNI. Did you mean CAP_NET_ADMIN?'],
    [['--needs', 'root'], 'CAP_NET_RAW, CAP_SYS_ADMIN, any'],
    [['--platform', 'linus'], 'Did you mean linux?'],
    [['--since', 'yesterday'], '--since takes a version of Linux such as 5.10, got yesterday'],
  ])('%j is no empty list', (words, message) => {
    const { stdout, stderr, status } = sockctl('list', ...words);
    expect({ stdout, status }).toEqual({ stdout: '', status: 2 });
    expect(stderr).toContain(message);
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

  test('fits 80 columns, whatever the names and types', () => {
    for (const words of [['--kind', 'sctp'], ['--all'], ['--platform', 'freebsd']])
      expect(widest(sockctl('list', ...words).stdout), words.join(' ')).toBeLessThanOrEqual(80);
  });

  test('a typo is answered', () => {
    const { stdout, stderr, status } = sockctl('list', 'tcp_keepidel');
    expect({ stdout, status }).toEqual({ stdout: '', status: 0 });
    expect(stderr).toContain('Did you mean TCP_KEEPIDLE');
  });

  test.each([
    [['so_nosigpipe'], 'no option matches so_nosigpipe. With --all: SO_NOSIGPIPE\n'],
    [['keepid', '--level', 'tls'], 'no option matches keepid --level tls. Without --level tls: TCP_KEEPIDLE\n'],
    [['--since', '99'], 'no option matches --since 99\n'],
  ])('%j says what the flags leave out', (words, message) => {
    expect(sockctl('list', ...words).stderr).toBe(`sockctl: ${message}`);
  });
});
