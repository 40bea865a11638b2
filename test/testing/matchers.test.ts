// The matchers of sockctl/testing in vitest, and in jest's own expect: passes, failures, and .not.
import { once } from 'node:events';
import { connect, createServer, Socket as NetSocket, type Server } from 'node:net';
import { expect as jestExpect } from 'expect';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fresh, SO_KEEPALIVE, SO_RCVBUF, setsockopt, TCP_INFO, TCP_KEEPIDLE, TCP_NODELAY } from '../../src/index.ts';
import { asked, matchers } from '../../src/testing.ts';
import '../../src/testing/vitest.ts';
import { errorOf } from '../helpers.ts';

// Before sockctl/testing/jest can extend it, jest has put its expect there.
(globalThis as { expect?: unknown }).expect = jestExpect;
await import('../../src/testing/jest.ts');

let server: Server;
let client: NetSocket;

beforeEach(async () => {
  server = createServer((socket) => socket.on('error', () => {}).resume()).listen(0, '127.0.0.1');
  await once(server, 'listening');
  client = connect({ port: (server.address() as { port: number }).port, host: '127.0.0.1', noDelay: true });
  await once(client, 'connect');
});

afterEach(() => {
  client.destroy();
  server.close();
});

// One interface, as far as these tests go.
const runners = [
  ['vitest', expect],
  ['jest', jestExpect as unknown as typeof expect],
] as const;

describe.each(runners)('%s', (_name, expect) => {
  test('toHaveSocketOption reads what the kernel has', () => {
    expect(client).toHaveSocketOption(TCP_NODELAY, true);
    expect(client).toHaveSocketOption('TCP_NODELAY', 1);
    expect(client).toHaveSocketOption(TCP_INFO);
    expect(client).toHaveSocketOption(TCP_INFO, expect.objectContaining({ state: 1 }));
    expect(client).not.toHaveSocketOption(TCP_NODELAY, false);
    client.setNoDelay(false);
    expect(client).toHaveSocketOption(TCP_NODELAY, false);
    expect(server).toHaveSocketOption('SO_REUSEADDR', expect.any(Boolean));
  });

  test('its message has both values, with units, and the reason', () => {
    setsockopt(client, SO_RCVBUF, 30_000);
    expect(client).toHaveSocketOption(SO_RCVBUF, asked(30_000));
    const { message } = errorOf(() => expect(client).toHaveSocketOption(SO_RCVBUF, 30_000));
    expect(message).toMatch(
      /^expect\(socket\)\.toHaveSocketOption\(SO_RCVBUF, expected\)\n\nExpected: 30000 bytes\nReceived: 60000 bytes\n\nLinux keeps twice/,
    );
    const not = errorOf(() => expect(client).not.toHaveSocketOption(TCP_NODELAY, true)).message;
    expect(not).toContain('Expected: not on\nReceived: on');
    const any = errorOf(() => expect(client).toHaveSocketOption(TCP_KEEPIDLE, expect.any(String))).message;
    expect(any).toContain('Expected: Any<String>\nReceived: 7200 s');
  });

  test('toHaveSocketOptions lists all that differ', () => {
    expect(client).toHaveSocketOptions({ TCP_NODELAY: true, SO_KEEPALIVE: false });
    expect(client).not.toHaveSocketOptions({ TCP_NODELAY: true, SO_KEEPALIVE: true });
    const { message } = errorOf(() =>
      expect(client).toHaveSocketOptions({ TCP_NODELAY: true, SO_KEEPALIVE: true, TCP_KEEPIDLE: 60 }),
    );
    expect(message).toContain(
      '2 of 3 options not as expected:\n\nOPTION        EXPECTED  THE KERNEL HAS\nSO_KEEPALIVE  on        off\nTCP_KEEPIDLE  60 s      7200 s',
    );
    const not = errorOf(() => expect(client).not.toHaveSocketOptions([[SO_KEEPALIVE, false]])).message;
    expect(not).toContain('All of them are as the test expects them not to be');
  });

  test('a socket without a descriptor fails both ways, with its reason', () => {
    client.destroy();
    for (const call of [
      () => expect(client).toHaveSocketOption(TCP_NODELAY, true),
      () => expect(client).not.toHaveSocketOption(TCP_NODELAY, true),
      () => expect(client).not.toHaveSocketOption(TCP_NODELAY),
      () => expect(client).toHaveSocketOptions({ TCP_NODELAY: true }),
      () => expect(client).not.toHaveSocketOptions({ TCP_NODELAY: true }),
    ]) {
      expect(errorOf(call).message).toContain('this Socket is closed: its descriptor is gone');
    }
    expect(errorOf(() => expect(new NetSocket()).not.toHaveSocketOption(TCP_NODELAY)).message).toContain(
      'not connected',
    );
    expect(errorOf(() => expect(1_000_000).not.toHaveSocketOption(TCP_NODELAY)).message).toContain('EBADF');
  });

  test('an option that the socket does not have: .not passes', () => {
    using socket = fresh('unix');
    expect(socket).not.toHaveSocketOption(TCP_NODELAY);
    expect(socket).not.toHaveSocketOption(TCP_NODELAY, true);
    expect(errorOf(() => expect(socket).toHaveSocketOption(TCP_NODELAY)).message).toContain('it cannot be read');
  });

  test('what is wrong with the test is thrown, behind .not as well', () => {
    const wrong = [
      [() => expect(client).not.toHaveSocketOption('TCP_NODELY' as never), 'ERR_UNKNOWN_OPTION'],
      [() => expect(client).not.toHaveSocketOption(TCP_NODELAY, 'yes' as never), 'ERR_INVALID_VALUE'],
      [() => expect(client).not.toHaveSocketOption(TCP_NODELAY, undefined as never), 'ERR_INVALID_VALUE'],
      [() => expect(null).not.toHaveSocketOption(TCP_NODELAY, true), 'ERR_INVALID_ARGUMENT'],
      [() => expect(client).toHaveSocketOptions({}), 'ERR_INVALID_ARGUMENT'],
      [() => expect(client).not.toHaveSocketOptions([]), 'ERR_INVALID_ARGUMENT'],
      [() => expect(client).toHaveSocketOptions([['TCP_NODELAY']] as never), 'ERR_INVALID_ARGUMENT'],
      [() => expect(client).toHaveSocketOptions(new Map([['TCP_NODELAY', 'yes']]) as never), 'ERR_INVALID_VALUE'],
    ] as const;
    for (const [call, code] of wrong) expect(errorOf(call).code).toBe(code);
  });
});

test('the same matchers without a runner: node:test users and others can call them', () => {
  const outcome = matchers.toHaveSocketOption.call({}, client, TCP_NODELAY, false);
  expect(outcome.pass).toBe(false);
  expect(outcome.message()).toContain('Expected: off\nReceived: on');
});

test('types: a wrong name or value does not compile', () => {
  // Only compiled.
  const typed = (): void => {
    expect(client).toHaveSocketOption(TCP_NODELAY, true);
    // @ts-expect-error a switch is no text
    expect(client).toHaveSocketOption(TCP_NODELAY, 'on');
    // @ts-expect-error no such option
    expect(client).toHaveSocketOptions({ TCP_NODELY: true });
    // @ts-expect-error not a boolean
    expect(client).toHaveSocketOptions({ TCP_KEEPIDLE: true });
    // @ts-expect-error write-only
    expect(client).toHaveSocketOptions({ SO_RCVBUFFORCE: 1 });
    jestExpect(client).toHaveSocketOption(TCP_NODELAY, true);
    // @ts-expect-error a switch is no text
    jestExpect(client).toHaveSocketOption(TCP_NODELAY, 'on');
  };
  expect(typed).toBeTypeOf('function');
});
