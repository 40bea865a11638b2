// Mistakes that were made once: what must not come back.
import { execFileSync } from 'node:child_process';
import dgram from 'node:dgram';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import {
  apply,
  fresh,
  getsockopt,
  type Settings,
  SO_ATTACH_FILTER,
  SO_GET_FILTER,
  SO_KEEPALIVE,
  SO_LINGER,
  SOL_SOCKET,
  SOL_TCP,
  Socket,
  setsockopt,
  snapshot,
  TCP_DEFER_ACCEPT,
  TCP_MAXSEG,
  TCP_MD5SIG,
  TCP_TIMESTAMP,
} from '../src/index.ts';
import { errorOf } from './helpers.ts';

describe('descriptors and levels', () => {
  it('an fd beyond 32 bits never acts on another one', () => {
    using socket = new Socket();
    expect(errorOf(() => setsockopt({ fd: 2 ** 32 + socket.fd }, SO_KEEPALIVE, true)).code).toBe('ERR_NO_FD');
    expect(socket.getsockopt(SO_KEEPALIVE)).toBe(false);
  });

  it('an option under another level is refused, not taken for its number', () => {
    using socket = new Socket();
    expect(errorOf(() => socket.setsockopt(SOL_TCP, SO_KEEPALIVE, 1))).toMatchObject({
      code: 'ERR_INVALID_ARGUMENT',
      option: 'SO_KEEPALIVE',
    });
    expect(socket.getsockopt(TCP_DEFER_ACCEPT)).toBe(0);
  });

  it('sockets of a thread that ends are closed', () => {
    const program = `
      import { readdirSync } from 'node:fs';
      import { Worker, isMainThread } from 'node:worker_threads';
      import { Socket } from './dist/index.js';
      if (isMainThread) {
        const count = () => readdirSync('/proc/self/fd').length;
        const run = () => new Promise((done) => new Worker(new URL('data:text/javascript,' + encodeURIComponent(
          "import { Socket } from '" + new URL('file://' + process.cwd() + '/dist/index.js') + "'; globalThis.kept = Array.from({ length: 20 }, () => new Socket());"))).on('exit', done));
        new Socket().close();
        await run();
        const before = count();
        for (let i = 0; i < 3; i++) await run();
        console.log(count() - before);
      }`;
    const output = execFileSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' });
    expect(Number(output)).toBe(0);
  });
});

describe('outcomes', () => {
  const atomicThenRefused = (socket: object, values: Settings): readonly { restored?: boolean }[] =>
    apply(socket, { ...values, UDP_CORK: true } as Settings, { atomic: true });

  it('a linger that is off is off, whatever its seconds', () => {
    using socket = fresh('tcp');
    setsockopt(socket, SO_LINGER, { on: true, seconds: 5 });
    expect(apply(socket, { SO_LINGER: { on: false } })[0]?.outcome).toBe('applied');
    expect(apply(socket, { SO_LINGER: { on: false } })[0]?.outcome).toBe('unchanged');
    expect(atomicThenRefused(socket, { SO_LINGER: { on: true, seconds: 3 } })[0]?.restored).toBe(true);
  });

  it('TCP_MAXSEG that was never set is unset again', () => {
    using listener = fresh('tcp-listen');
    const sizeOf = (prepare: (socket: Socket) => void): number => {
      using socket = new Socket();
      prepare(socket);
      socket.connect(listener.socket.getsockname());
      return socket.getsockopt(TCP_MAXSEG);
    };
    const usual = sizeOf(() => {});
    expect(sizeOf((socket) => expect(atomicThenRefused(socket, { TCP_MAXSEG: 1000 })[0]?.restored).toBe(true))).toBe(
      usual,
    );
  });

  it('what a read cannot show is not called unchanged, nor restored', async () => {
    const socket = dgram.createSocket('udp4').bind(0, '127.0.0.1');
    await once(socket, 'listening');
    expect(apply(socket, { IP_MULTICAST_IF: 'lo' })[0]).toMatchObject({ outcome: 'applied' });
    const reports = apply(socket, { IP_MULTICAST_IF: 'lo', TCP_NODELAY: true }, { atomic: true });
    expect(reports[0]?.restored).toBe(false);
    socket.close();
  });
});

describe('input', () => {
  it('apply takes a Map, and refuses what is no pair', () => {
    using socket = fresh('tcp');
    const map = new Map([['TCP_NODELAY', true]]);
    expect(apply(socket, map as never)[0]).toMatchObject({ name: 'TCP_NODELAY', outcome: 'applied' });
    for (const bad of [['SO_RCVBUF'], [null], 5]) {
      expect(errorOf(() => apply(socket, bad as never)).code).toBe('ERR_INVALID_ARGUMENT');
    }
  });

  it('snapshot reads what is named, by name too, and refuses what cannot be read', () => {
    using socket = fresh('tcp');
    expect(snapshot(socket, { only: ['so_rcvbuf', 'SO_ERROR'] }).options.map(({ name }) => name)).toEqual([
      'SO_RCVBUF',
      'SO_ERROR',
    ]);
    expect(errorOf(() => snapshot(socket, { only: ['SO_RCVBUFFORCE'] })).code).toBe('ERR_NOT_READABLE');
    expect(errorOf(() => snapshot(socket, null as never)).code).toBe('ERR_INVALID_ARGUMENT');
  });

  it('a raw read of a filter has all its bytes', () => {
    using socket = fresh('udp');
    setsockopt(socket, SO_ATTACH_FILTER, [
      { code: 0x28, jt: 0, jf: 0, k: 0 },
      { code: 6, jt: 0, jf: 0, k: 0xffff },
    ]);
    expect(getsockopt(socket, SOL_SOCKET, SO_GET_FILTER, 64)).toHaveLength(16);
    expect(getsockopt(socket, SO_GET_FILTER)).toHaveLength(2);
  });

  it('a key never shows in an error', () => {
    using socket = fresh('udp');
    const key = { addr: '127.0.0.1', key: 'swordfish' } as never;
    expect(errorOf(() => setsockopt(socket, TCP_MD5SIG, key)).message).not.toContain('swordfish');
    const wrong = { addr: 'nowhere', key: 'swordfish' } as never;
    expect(JSON.stringify(errorOf(() => setsockopt(socket, TCP_MD5SIG, wrong)))).not.toContain('swordfish');
  });

  it('a refusal for want of TCP_REPAIR says so', () => {
    using socket = fresh('tcp');
    expect(errorOf(() => setsockopt(socket, TCP_TIMESTAMP, 1)).hint).toContain('TCP_REPAIR');
  });
});
