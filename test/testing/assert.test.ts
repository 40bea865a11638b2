// assertSocketOptions of sockctl/testing against real sockets: what passes, and every word of what fails.
import { AssertionError } from 'node:assert';
import { createServer, Socket as NetSocket } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { SO_KEEPALIVE, SO_LINGER, SO_RCVBUF, SO_RCVTIMEO, SO_SNDBUF } from '../../src/catalog/socket.ts';
import { TCP_CONGESTION, TCP_INFO, TCP_NODELAY, TCP_USER_TIMEOUT } from '../../src/catalog/tcp.ts';
import { fresh, type Kind, SO_TYPE } from '../../src/index.ts';
import { readSysctl } from '../../src/kernel/sysctl.ts';
import type { Socket } from '../../src/socket/socket.ts';
import { setsockopt } from '../../src/sockopt.ts';
import { asked, assertSocketOptions, atLeast, containing } from '../../src/testing.ts';
import { errorOf } from '../helpers.ts';

const open: { close(): void }[] = [];
afterEach(() => {
  for (const one of open.splice(0)) one.close();
});
function make(kind: Kind = 'tcp'): Socket {
  const made = fresh(kind);
  open.push(made);
  return made.socket;
}

describe('assertSocketOptions', () => {
  test('passes for what the kernel has, whoever set it', () => {
    const socket = make();
    setsockopt(socket, TCP_NODELAY, true);
    setsockopt(socket, SO_LINGER, { on: true, seconds: 5 });
    assertSocketOptions(socket, { TCP_NODELAY: true, SO_LINGER: { on: true, seconds: 5 }, SO_KEEPALIVE: false });
  });

  test('takes pairs, and the forms that a set takes', () => {
    const socket = make();
    assertSocketOptions(socket, [
      [TCP_NODELAY, 0],
      ['SO_TYPE', 'SOCK_STREAM'],
      [SO_TYPE, 1],
      [SO_TYPE, expect.any(Number)],
      [SO_LINGER, { on: false }],
    ]);
  });

  test('lists every difference, with units, as an AssertionError', () => {
    const socket = make();
    const error = errorOf(() =>
      assertSocketOptions(socket, { SO_KEEPALIVE: true, TCP_NODELAY: false, TCP_USER_TIMEOUT: 20_000 }, 'the pool'),
    ) as unknown as AssertionError;
    expect(error).toBeInstanceOf(AssertionError);
    expect(error.message).toBe(
      [
        'the pool',
        '',
        '2 of 3 options not as expected:',
        '',
        'OPTION            EXPECTED  THE KERNEL HAS',
        'SO_KEEPALIVE      on        off',
        'TCP_USER_TIMEOUT  20000 ms  default',
      ].join('\n'),
    );
    expect(error.actual).toEqual({ SO_KEEPALIVE: 'off', TCP_USER_TIMEOUT: 'default' });
    expect(error.expected).toEqual({ SO_KEEPALIVE: 'on', TCP_USER_TIMEOUT: '20000 ms' });
    expect(error.stack?.split('\n').find((line) => line.includes(' at '))).toContain('assert.test.ts');
  });

  test('throws an Error that is given as the message as it is', () => {
    const mine = new RangeError('mine');
    expect(errorOf(() => assertSocketOptions(make(), { TCP_NODELAY: true }, mine))).toBe(mine);
  });

  test('says of a socket without a descriptor why it has none', () => {
    const closed = make();
    closed.close();
    expect(() => assertSocketOptions(closed, { TCP_NODELAY: true })).toThrow(/is closed: its descriptor is gone/);
    const early = new NetSocket();
    expect(() => assertSocketOptions(early, { TCP_NODELAY: true })).toThrow(/not connected\. It has one when connect/);
    expect(() => assertSocketOptions(createServer(), { SO_REUSEADDR: true })).toThrow(AssertionError);
    // The reason stands there once, however many options were asked.
    const { message } = errorOf(() => assertSocketOptions(early, { TCP_NODELAY: true, SO_KEEPALIVE: true }));
    expect(message.match(/not connected/g)).toHaveLength(1);
  });

  test('an option that the socket does not have is a difference', () => {
    const error = errorOf(() => assertSocketOptions(make('udp'), { TCP_NODELAY: true, SO_KEEPALIVE: false }));
    expect(error).toBeInstanceOf(AssertionError);
    expect(error.message).toMatch(/1 of 2 options[\s\S]*TCP_NODELAY +on +\(nothing\)[\s\S]*ENOPROTOOPT|EOPNOTSUPP/);
  });

  test.each([
    [() => assertSocketOptions(make(), { TCP_NODELY: true } as never), 'ERR_UNKNOWN_OPTION'],
    [() => assertSocketOptions(make(), { TCP_NODELAY: 'yes' } as never), 'ERR_INVALID_VALUE'],
    [() => assertSocketOptions(make(), { TCP_NODELAY: undefined } as never), 'ERR_INVALID_VALUE'],
    [() => assertSocketOptions(make(), { SO_RCVBUFFORCE: 1 } as never), 'ERR_NOT_READABLE'],
    [() => assertSocketOptions(make(), {}), 'ERR_INVALID_ARGUMENT'],
    [() => assertSocketOptions(make(), null as never), 'ERR_INVALID_ARGUMENT'],
    [() => assertSocketOptions(null as never, { TCP_NODELAY: true }), 'ERR_INVALID_ARGUMENT'],
  ])('%s: the test itself is wrong: %s', (call, code) => {
    expect(errorOf(call).code).toBe(code);
  });
});

describe('asked', () => {
  test('holds for what was set, doubled where the kernel doubles; the plain value does not, and says why', () => {
    const socket = make();
    setsockopt(socket, SO_RCVBUF, 30_000);
    setsockopt(socket, TCP_USER_TIMEOUT, 7000);
    assertSocketOptions(socket, { SO_RCVBUF: asked(30_000), TCP_USER_TIMEOUT: asked(7000) });
    assertSocketOptions(socket, { SO_RCVBUF: 60_000 });
    expect(() => assertSocketOptions(socket, { SO_RCVBUF: asked(60_001) })).toThrow(/asked\(60001\) +60000 bytes/);
    expect(() => assertSocketOptions(socket, { TCP_USER_TIMEOUT: asked(3500) })).toThrow(AssertionError);
    expect(errorOf(() => assertSocketOptions(socket, { SO_RCVBUF: 30_000 })).message).toMatch(
      /30000 bytes {2}60000 bytes\n\nLinux keeps twice[\s\S]*after a set of 30000 it reads 60000\. Expect 60000, or asked\(30000\)/,
    );
  });

  test('holds for what the kernel rounded, on a fresh socket of the same kind', () => {
    const socket = make();
    setsockopt(socket, SO_RCVTIMEO, 1);
    assertSocketOptions(socket, { SO_RCVTIMEO: asked(1) });
    setsockopt(socket, SO_RCVTIMEO, 90);
    expect(() => assertSocketOptions(socket, { SO_RCVTIMEO: asked(1) })).toThrow(/rounds up/);
  });

  test('fails for a value that was cut, and names the limit', () => {
    const socket = make();
    const most = Number(readSysctl('net.core.wmem_max'));
    setsockopt(socket, SO_SNDBUF, most + 1);
    expect(() => assertSocketOptions(socket, { SO_SNDBUF: asked(most + 1) })).toThrow(
      `the kernel cuts what is asked to net.core.wmem_max = ${most}`,
    );
  });
});

describe('descriptions', () => {
  test('atLeast and containing look at a part', () => {
    const socket = make('tcp-connected');
    assertSocketOptions(socket, {
      SO_RCVBUF: atLeast(2304),
      TCP_INFO: containing({ state: 1, snd_mss: atLeast(100) }),
    });
    expect(() => assertSocketOptions(socket, { SO_SNDBUF: atLeast(1e12) })).toThrow(
      /at least 1000000000000 +\d+ bytes/,
    );
    expect(() => assertSocketOptions(socket, { TCP_INFO: containing({ state: 10 }) })).toThrow(
      /TCP_INFO +with \{ state: 10 \} +\{ state: 1 \}/,
    );
    expect(() => assertSocketOptions(socket, { TCP_CONGESTION: atLeast(1) })).toThrow(AssertionError);
    const { message } = errorOf(() => assertSocketOptions(socket, { TCP_INFO: containing({ state: 10 }) }));
    expect(message).not.toContain('{"state":10}');
    const bare = { asymmetricMatch: () => false };
    expect(() => assertSocketOptions(socket, { TCP_NODELAY: bare })).toThrow(/TCP_NODELAY +what asymmetricMatch takes/);
  });

  test('a description inside of a value, and names of its values', () => {
    const socket = make();
    setsockopt(socket, SO_LINGER, { on: true, seconds: 5 });
    assertSocketOptions(socket, [[SO_LINGER, { on: true, seconds: atLeast(5) }]]);
    expect(() => assertSocketOptions(socket, [[SO_LINGER, { on: true, seconds: atLeast(6) }]])).toThrow(AssertionError);
    expect(() => assertSocketOptions(socket, [[SO_TYPE, 'SOCK_DGRAM']])).toThrow(/SO_TYPE +SOCK_DGRAM +SOCK_STREAM/);
    expect(() => assertSocketOptions(socket, [[SO_LINGER, { seconds: atLeast(1) }]])).toThrow(AssertionError);
    assertSocketOptions(socket, [[TCP_CONGESTION, expect.stringMatching(/^[a-z]/)]]);
    assertSocketOptions(socket, [[TCP_INFO, expect.objectContaining({ state: 7 })]]);
    assertSocketOptions(socket, [[SO_KEEPALIVE, expect.any(Boolean)]]);
  });
});
