// apply, snapshot, diff: honest reports, the way back, and what a snapshot leaves out.
import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import {
  apply,
  diff,
  fresh,
  getsockopt,
  lookup,
  SO_BUF_LOCK,
  SO_KEEPALIVE,
  SO_RCVBUF,
  SO_SNDBUF,
  setsockopt,
  snapshot,
  TCP_NODELAY,
} from '../src/index.ts';
import { readSysctl } from '../src/kernel/sysctl.ts';
import { errorOf } from './helpers.ts';

const outcomes = (reports: readonly { name: string; outcome: string }[]): Record<string, string> =>
  Object.fromEntries(reports.map(({ name, outcome }) => [name, outcome]));

describe('apply', () => {
  it('tells applied, doubled, unchanged, rounded, clamped and ignored apart', () => {
    using socket = fresh('tcp');
    const reports = apply(socket, {
      TCP_NODELAY: true,
      SO_SNDBUF: 30_000,
      SO_KEEPALIVE: false,
      TCP_DEFER_ACCEPT: 50,
      TCP_LINGER2: 500,
      SO_RCVTIMEO: 0.001,
      SO_BSDCOMPAT: true,
    });
    expect(outcomes(reports)).toEqual({
      TCP_NODELAY: 'applied',
      SO_SNDBUF: 'doubled',
      SO_KEEPALIVE: 'unchanged',
      TCP_DEFER_ACCEPT: 'rounded',
      TCP_LINGER2: 'clamped',
      SO_RCVTIMEO: 'rounded',
      SO_BSDCOMPAT: 'ignored',
    });
    const [nodelay, sndbuf] = reports;
    expect(nodelay).toMatchObject({
      asked: true,
      before: false,
      after: true,
      text: { asked: 'on', before: 'off', after: 'on' },
    });
    expect(sndbuf).toMatchObject({ asked: 30_000, after: 60_000 });
    for (const { outcome, why } of reports)
      if (outcome !== 'applied' && outcome !== 'unchanged') expect(why).toBeTruthy();
  });

  it('names the sysctl that clamps, with its value', () => {
    using socket = fresh('tcp');
    const limit = Number(readSysctl('net.core.rmem_max'));
    const [report] = apply(socket, { SO_RCVBUF: limit + 1000 });
    expect(report).toMatchObject({ outcome: 'clamped', after: limit * 2 });
    expect(report?.why).toContain(`net.core.rmem_max = ${limit}`);
    expect(execFileSync('sysctl', ['-n', 'net.core.rmem_max'], { encoding: 'utf8' }).trim()).toBe(String(limit));
    const [least] = apply(socket, { SO_SNDBUF: 1 });
    expect(least).toMatchObject({ outcome: 'clamped', after: 4608 });
  });

  it('reports a refusal with its errno, and goes on', () => {
    using socket = fresh('udp');
    const reports = apply(socket, { TCP_NODELAY: true, SO_KEEPALIVE: true, IP_TTL: 33 });
    expect(outcomes(reports)).toEqual({ TCP_NODELAY: 'unsupported', SO_KEEPALIVE: 'applied', IP_TTL: 'applied' });
    expect(reports[0]).toMatchObject({ code: 'ENOPROTOOPT' });
    expect(reports[0]?.why).toContain('tcp');
  });

  it('checks every name and value before it sets anything', () => {
    using socket = fresh('tcp');
    const both = { TCP_NODELAY: true, TCP_KEEPCNT: 'many' } as never;
    expect(errorOf(() => apply(socket, both))).toMatchObject({ code: 'ERR_INVALID_VALUE', option: 'TCP_KEEPCNT' });
    expect(errorOf(() => apply(socket, { TCP_NODELAY: true, SO_RCVBUFF: 1 } as never)).message).toContain(
      'Did you mean SO_RCVBUF',
    );
    expect(errorOf(() => apply(socket, [['SO_TYPE', 1]])).code).toBe('ERR_NOT_WRITABLE');
    expect(getsockopt(socket, TCP_NODELAY)).toBe(false);
  });

  it('atomic: one refusal takes back what was set, autotuning included', () => {
    using socket = fresh('tcp');
    const before = snapshot(socket);
    const reports = apply(
      socket,
      [
        ['SO_RCVBUF', 50_000],
        ['IP_TOS', 16],
        ['TCP_NODELAY', true],
        ['UDP_CORK', true],
        ['SO_KEEPALIVE', true],
      ],
      { atomic: true },
    );
    expect(outcomes(reports)).toMatchObject({
      SO_RCVBUF: 'doubled',
      TCP_NODELAY: 'applied',
      UDP_CORK: 'unsupported',
      SO_KEEPALIVE: 'refused',
    });
    expect(reports.map(({ restored }) => restored)).toEqual([true, true, true, undefined, true]);
    expect(reports[4]?.why).toContain('not tried');
    // The clocks run on.
    const moving = ['TCP_INFO', 'TCP_TIMESTAMP'];
    expect(diff(before, snapshot(socket)).filter(({ name }) => !moving.includes(name))).toEqual([]);
    expect(getsockopt(socket, SO_BUF_LOCK)).toEqual([]);
    expect(getsockopt(socket, SO_KEEPALIVE)).toBe(false);
  });

  it('throws where there is no socket', () => {
    expect(errorOf(() => apply(1_000_000, { TCP_NODELAY: true })).code).toBe('EBADF');
  });
});

describe('snapshot', () => {
  it('has every readable option, and tells absent from refused', () => {
    using socket = fresh('tcp');
    const { options, unreadable } = snapshot(socket);
    expect(options.length).toBeGreaterThan(110);
    expect(options.find(({ name }) => name === 'SO_SNDBUF')).toMatchObject({
      level: 'SOL_SOCKET',
      value: getsockopt(socket, SO_SNDBUF),
    });
    expect(unreadable.find(({ name }) => name === 'SO_PEERSEC')).toMatchObject({
      code: 'ENOPROTOOPT',
      reason: 'absent',
    });
    // TCP_REPAIR_WINDOW answers EPERM, even to root, until TCP_REPAIR is on.
    expect(unreadable.filter(({ reason }) => reason === 'refused').map(({ name }) => name)).toEqual([]);
  });

  it('leaves out reads with side effects unless asked', () => {
    using socket = fresh('tcp');
    const names = (sideEffects: boolean): string[] => snapshot(socket, { sideEffects }).options.map(({ name }) => name);
    expect(names(false)).not.toContain('SO_ERROR');
    expect(names(true)).toContain('SO_ERROR');
  });

  it('does not ask a unix socket for TCP options', () => {
    using socket = fresh('unix');
    const levels = ({ options, unreadable }: ReturnType<typeof snapshot>): Set<string> =>
      new Set([...options, ...unreadable].map(({ option }) => option.level));
    expect(levels(snapshot(socket))).toEqual(new Set(['SOL_SOCKET']));
    expect(snapshot(socket, { only: ['TCP_NODELAY'] }).unreadable[0]).toMatchObject({
      code: 'ERR_UNSUPPORTED',
      reason: 'absent',
    });
  });

  it('diff shows what was changed', () => {
    using socket = fresh('tcp');
    const before = snapshot(socket);
    setsockopt(socket, TCP_NODELAY, true);
    setsockopt(socket, SO_RCVBUF, 10_000);
    expect(
      diff(before, snapshot(socket)).filter(({ name }) => name !== 'TCP_INFO' && name !== 'TCP_TIMESTAMP'),
    ).toEqual([
      { name: 'SO_BUF_LOCK', level: 'SOL_SOCKET', a: 'none', b: 'SOCK_RCVBUF_LOCK' },
      { name: 'SO_MEMINFO', level: 'SOL_SOCKET', a: expect.any(String), b: expect.any(String) },
      { name: 'SO_RCVBUF', level: 'SOL_SOCKET', a: expect.any(String), b: '20000' },
      { name: 'TCP_NODELAY', level: 'SOL_TCP', a: 'off', b: 'on' },
    ]);
  });
});

describe('names', () => {
  it('lookup takes any case, with or without level', () => {
    const option = lookup('so_rcvbuf');
    expect(option?.name).toBe('SO_RCVBUF');
    expect(lookup('SOL_SOCKET.SO_RCVBUF')).toBe(option);
    expect(lookup('ipproto_tcp/tcp_nodelay')?.name).toBe('TCP_NODELAY');
    expect(lookup('SOL_IP.TCP_NODELAY')).toBeUndefined();
    expect(lookup('nothing')).toBeUndefined();
  });
});
