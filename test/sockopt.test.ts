// getsockopt and setsockopt in every form, against the kernel.
import { execFileSync, spawnSync } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import net from 'node:net';
import { inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as sockctl from '../src/index.ts';
import {
  getsockopt,
  IPPROTO_TCP,
  SO_LINGER,
  SO_RCVBUF,
  SO_RCVTIMEO,
  SO_SNDBUFFORCE,
  SO_TYPE,
  SOL_SOCKET,
  setsockopt,
  TCP_NODELAY,
} from '../src/index.ts';
import { errorOf } from './helpers.ts';

let server: net.Server;
let fd: number;
beforeAll(async () => {
  server = net.createServer().listen(0, '127.0.0.1');
  await new Promise((done) => server.once('listening', done));
  fd = (server as unknown as { _handle: { fd: number } })._handle.fd;
});
afterAll(() => {
  server.close();
});

describe('getsockopt', () => {
  it('reads a C int, as Python does', () => {
    expect(getsockopt(fd, SOL_SOCKET, SO_TYPE)).toBe(sockctl.SOCK_STREAM);
    expect(getsockopt(server, SOL_SOCKET, 3)).toBe(sockctl.SOCK_STREAM);
  });

  it('reads bytes, at most as many as asked', () => {
    setsockopt(fd, SO_LINGER, { on: true, seconds: 7 });
    expect([...getsockopt(fd, SOL_SOCKET, SO_LINGER, 8)]).toEqual([1, 0, 0, 0, 7, 0, 0, 0]);
    expect(getsockopt(fd, SOL_SOCKET, SO_LINGER, 1024)).toHaveLength(8);
    expect(getsockopt(fd, SOL_SOCKET, SO_LINGER, 4)).toHaveLength(4);
    expect(getsockopt(fd, SOL_SOCKET, SO_LINGER, 0)).toHaveLength(0);
  });

  it('takes lengths that Python refuses, up to 1 MiB', () => {
    expect(getsockopt(fd, SOL_SOCKET, SO_TYPE, 1 << 20)).toHaveLength(4);
    expect(errorOf(() => getsockopt(fd, SOL_SOCKET, SO_TYPE, (1 << 20) + 1)).code).toBe('ERR_INVALID_ARGUMENT');
  });

  it('fills a buffer in place', () => {
    const buffer = Buffer.alloc(16, 0xaa);
    const filled = getsockopt(fd, SOL_SOCKET, SO_TYPE, buffer);
    expect([...filled]).toEqual([1, 0, 0, 0]);
    expect(buffer.readInt32LE(0)).toBe(1);
    expect(buffer[4]).toBe(0xaa);
  });

  it('reads typed values', () => {
    expect(getsockopt(fd, TCP_NODELAY)).toBe(false);
    expect(getsockopt(fd, SO_RCVTIMEO)).toBe(0);
    expect(getsockopt(fd, SO_LINGER)).toEqual({ on: true, seconds: 7 });
  });

  it('refuses to read what can only be set, before the system call', () => {
    // @ts-expect-error a write-only option does not compile either
    const error = errorOf(() => getsockopt(fd, SO_SNDBUFFORCE));
    expect(error).toMatchObject({ name: 'SockctlError', code: 'ERR_NOT_READABLE', option: 'SO_SNDBUFFORCE' });
  });
});

describe('setsockopt', () => {
  it('takes numbers, booleans, bigints and bytes', () => {
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, 1);
    expect(getsockopt(fd, TCP_NODELAY)).toBe(true);
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, false);
    expect(getsockopt(fd, TCP_NODELAY)).toBe(false);
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, new Uint8Array(new BigInt64Array([5n, 500_000n]).buffer));
    expect(getsockopt(fd, SO_RCVTIMEO)).toBe(5500);
    setsockopt(fd, SOL_SOCKET, sockctl.SO_MAX_PACING_RATE, 5_000_000_000n);
    expect(getsockopt(fd, sockctl.SO_MAX_PACING_RATE)).toBe(5_000_000_000n);
  });

  it('passes no buffer but a length for null, as Python does for None', () => {
    // The kernel reads the address: EFAULT shows that none was passed.
    expect(errorOf(() => setsockopt(fd, SOL_SOCKET, SO_RCVBUF, null, 4))).toMatchObject({
      code: 'EFAULT',
      syscall: 'setsockopt',
      errno: -14,
    });
    // TCP_ULP and others that ignore the buffer still need a length.
    expect(errorOf(() => setsockopt(fd, SOL_SOCKET, SO_RCVBUF, null, 0)).code).toBe('EINVAL');
  });

  it('doubles SO_RCVBUF, as ss sees it', () => {
    setsockopt(server, SO_RCVBUF, 20_000);
    expect(getsockopt(server, SO_RCVBUF)).toBe(40_000);
    const { port } = server.address() as net.AddressInfo;
    expect(execFileSync('ss', ['-tlnm', `sport = :${port}`], { encoding: 'utf8' })).toContain('rb40000');
  });

  it('refuses to set what can only be read, and values out of range, before the system call', () => {
    // @ts-expect-error a read-only option does not compile either
    expect(errorOf(() => setsockopt(fd, SO_TYPE, 1)).code).toBe('ERR_NOT_WRITABLE');
    // @ts-expect-error a string is no buffer size
    expect(errorOf(() => setsockopt(fd, SO_RCVBUF, 'many'))).toMatchObject({
      code: 'ERR_INVALID_VALUE',
      option: 'SO_RCVBUF',
      value: 'many',
    });
    expect(errorOf(() => setsockopt(fd, SO_LINGER, { on: true, seconds: Number.NaN })).code).toBe('ERR_INVALID_VALUE');
  });
});

describe('arguments', () => {
  const detached = new Uint8Array(8);
  structuredClone(detached.buffer, { transfer: [detached.buffer] });
  const bad: [string, unknown[]][] = [
    ['NaN as level', [Number.NaN, 1]],
    ['a level beyond 32 bits', [2 ** 32, 1]],
    ['a fractional name', [1, 1.5]],
    ['a name of another type', [1, '8']],
    ['a negative length', [1, 8, -1]],
    ['a detached buffer', [1, 8, detached]],
    ['a shared buffer', [1, 8, new Uint8Array(new SharedArrayBuffer(8))]],
    ['a DataView', [1, 8, new DataView(new ArrayBuffer(8))]],
  ];
  it.each(bad)('%s is refused', (_what, args) => {
    expect(errorOf(() => (getsockopt as (...all: unknown[]) => unknown)(fd, ...args)).code).toBe(
      'ERR_INVALID_ARGUMENT',
    );
  });
  const values = {
    NaN: Number.NaN,
    fraction: 1.5,
    '33 bits': 2 ** 32,
    text: '4',
    nothing: undefined,
    object: {},
    symbol: Symbol('s'),
    '65 bits': 2n ** 64n,
    'detached buffer': detached,
  };
  it.each(Object.keys(values) as (keyof typeof values)[])('as value: %s', (what) => {
    const value = values[what];
    expect(errorOf(() => (setsockopt as (...all: unknown[]) => unknown)(fd, 1, 8, value)).code).toBe(
      'ERR_INVALID_ARGUMENT',
    );
  });
  it.each([-1, 1.5, Number.NaN, 2 ** 31])('the descriptor %s is refused', (bad) => {
    expect(errorOf(() => getsockopt(bad, SO_TYPE)).code).toBe('ERR_INVALID_ARGUMENT');
  });
});

describe('the kernel refuses', () => {
  it('EBADF for a closed descriptor, ENOTSOCK for a file', () => {
    const file = openSync('/dev/null', 'r');
    expect(errorOf(() => getsockopt(file, SO_TYPE))).toMatchObject({
      name: 'SocketOptionError',
      code: 'ENOTSOCK',
      errno: -88,
      syscall: 'getsockopt',
      option: 'SO_TYPE',
      level: 1,
    });
    closeSync(file);
    expect(errorOf(() => getsockopt(file, SOL_SOCKET, SO_TYPE))).toMatchObject({ code: 'EBADF', errno: -9 });
    expect(errorOf(() => setsockopt(1_000_000, SO_RCVBUF, 1)).code).toBe('EBADF');
  });

  it('an option that no catalogue has works, and is named by number when refused', () => {
    expect(errorOf(() => getsockopt(fd, SOL_SOCKET, 9999))).toMatchObject({
      code: 'ENOPROTOOPT',
      option: 9999,
      level: 1,
    });
  });
});

it('strace sees the calls that are made', () => {
  if (spawnSync('strace', ['-V']).error) throw new Error('strace is needed: apt-get install strace');
  const program = `import { Socket, SO_LINGER, TCP_KEEPIDLE, SO_RCVTIMEO, setsockopt, getsockopt } from './dist/index.js';
    const s = new Socket(); s.setsockopt(SO_LINGER, { on: true, seconds: 5 }); s.setsockopt(TCP_KEEPIDLE, 77);
    s.setsockopt(SO_RCVTIMEO, 5500); s.getsockopt(TCP_KEEPIDLE); s.setsockopt(1, 8, 4096);`;
  const { stderr } = spawnSync(
    'strace',
    ['-f', '-e', 'trace=getsockopt,setsockopt', process.execPath, '--input-type=module', '-e', program],
    { encoding: 'utf8' },
  );
  expect(stderr).toMatch(/setsockopt\(\d+, SOL_SOCKET, SO_LINGER, \{l_onoff=1, l_linger=5\}, 8\) = 0/);
  expect(stderr).toMatch(/setsockopt\(\d+, SOL_TCP, TCP_KEEPIDLE, \[77\], 4\) = 0/);
  expect(stderr).toMatch(
    /setsockopt\(\d+, SOL_SOCKET, SO_RCVTIMEO_OLD, "\\5\\0\\0\\0\\0\\0\\0\\0 \\241\\7\\0\\0\\0\\0\\0", 16\) = 0/,
  );
  expect(stderr).toMatch(/getsockopt\(\d+, SOL_TCP, TCP_KEEPIDLE, \[77\], \[4\]\) = 0/);
  expect(stderr).toMatch(/setsockopt\(\d+, SOL_SOCKET, SO_RCVBUF, \[4096\], 4\) = 0/);
});

describe('options with a query', () => {
  it('are read without one where all of it may be left out', () => {
    using socket = sockctl.fresh('mptcp');
    const read = getsockopt as (socket: object, option: object, query?: unknown) => unknown;
    // Not connected: no subflow yet.
    expect([read(socket, sockctl.MPTCP_SUBFLOW_ADDRS), read(socket, sockctl.MPTCP_SUBFLOW_ADDRS, {})]).toEqual([
      [],
      [],
    ]);
    expect(errorOf(() => read(socket, sockctl.IP_MSFILTER))).toMatchObject({
      code: 'ERR_INVALID_VALUE',
      option: 'IP_MSFILTER',
    });
  });
});

describe('an option as a value', () => {
  it('stands for its name in JSON and in what console.log prints, read or not', () => {
    const { SCTP_RTOINFO, SO_MAX_PACING_RATE } = sockctl;
    for (const option of [SCTP_RTOINFO, SO_MAX_PACING_RATE]) {
      const before = [JSON.stringify({ option }), inspect(option)];
      expect(before).toEqual([`{"option":"${option.name}"}`, `[Option ${option.level}.${option.name}]`]);
      expect(option.codec.accepts).not.toBe('');
      expect([JSON.stringify({ option }), inspect(option)]).toEqual(before);
    }
  });
});
