// sockctl show: every kind of socket, and what is said of it.
import { describe, expect, test } from 'vitest';
import { type Kind, kinds } from '../../src/option.ts';
import { json, sockctl } from './sockctl.ts';

/** How many options a kind has at least, as measured on Linux 6.18; less on older kernels. */
const least: Partial<Record<Kind, number>> = { tcp: 80, tcp6: 100, udp: 60, udp6: 80, unix: 40 };

describe('show --json', () => {
  test.each(kinds)('%s', (kind) => {
    const { value, status } = json('show', kind);
    if (status === 1) {
      // No privilege, or a kernel without it.
      expect(value.error.code).toMatch(
        /^(EPERM|EACCES|EAFNOSUPPORT|ESOCKTNOSUPPORT|EPROTONOSUPPORT|ENODEV|ENOPROTOOPT)$/,
      );
      return;
    }
    expect(Object.keys(value)).toEqual(['target', 'options', 'unreadable']);
    expect(value.target).toBe(kind);
    expect(value.options.length).toBeGreaterThan(least[kind] ?? 30);
    for (const one of value.options) {
      expect(Object.keys(one)).toEqual(['name', 'level', 'value', 'text', 'raw']);
      expect(one.raw).toMatch(/^([0-9a-f]{2})*$/);
      expect(one.text).toEqual(expect.any(String));
    }
    for (const one of value.unreadable) expect(Object.keys(one)).toEqual(['name', 'code']);
    const names = value.options.map(({ name }: { name: string }) => name);
    expect(new Set(names).size).toBe(names.length);
  });

  test('reads with side effects only when asked', () => {
    const has = (...flags: string[]): boolean =>
      json('show', 'tcp', ...flags).value.options.some(({ name }: { name: string }) => name === 'SO_ERROR');
    expect(has()).toBe(false);
    expect(has('--side-effects')).toBe(true);
  });

  test('--changed has the settings that a listening socket does not share with a fresh one', () => {
    const { value } = json('show', 'tcp-listen', '--changed');
    expect(value.options.length).toBeLessThan(10);
    expect(json('show', 'tcp', '--changed').value.options).toEqual([]);
  });
});

describe('show', () => {
  test('groups by level, and counts what cannot be read', () => {
    const { stdout, status } = sockctl('show', 'tcp');
    expect(status).toBe(0);
    const titles = stdout.match(/^SOL_\w+ \(\d+\)$/gm);
    expect(titles).toEqual(['SOL_SOCKET (1)', 'SOL_TCP (6)', 'SOL_IP (0)']);
    expect(stdout).toMatch(/^ {2}SO_KEEPALIVE {2,}off$/m);
    expect(stdout).toMatch(/\d+ options of a tcp socket\. \d+ others cannot be read on it/);
  });

  test('--all names these, with the code', () => {
    expect(sockctl('show', 'tcp', '--all').stdout).toMatch(/^SO_PEERSEC {2,}\w+$/m);
  });

  test("--raw shows the kernel's bytes", () => {
    expect(sockctl('show', 'tcp', '-v').stdout).toMatch(/^ {2}SO_RCVLOWAT {2,}1 {2,}01000000$/m);
  });

  test('marks what connecting changed', () => {
    const { stdout } = sockctl('show', 'tcp-connected');
    expect(stdout).toMatch(/^\* {2}TCP_MAXSEG/m);
    expect(stdout).not.toMatch(/^\* {2}(SO_COOKIE|TCP_INFO)/m);
  });
});
