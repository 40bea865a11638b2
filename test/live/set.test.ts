// Options of another program's sockets, set and set back: what the program itself reads then.
import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readSysctl } from '../../src/kernel/sysctl.ts';
import { revertLive, type SetResult, setLive } from '../../src/live/set.ts';
import type { LiveSocket } from '../../src/live/socket.ts';
import { findSockets } from '../../src/live/target.ts';
import { errorOf, hasPython } from '../helpers.ts';
import { type Python, python } from './check-programs.ts';

const isRoot = process.getuid?.() === 0;

describe.skipIf(!hasPython)('setLive (needs python3)', () => {
  let program: Python;

  beforeAll(async () => {
    program = await python();
    await program.run('l = create_server(("127.0.0.1", 0)); u, v = socketpair()');
  });

  afterAll(() => program.end());

  const reads = (name: string, level: string, option: string): Promise<number> =>
    program.value(`${name}.getsockopt(${level}, ${option})`);

  const live = async (name: string): Promise<LiveSocket> => {
    const fd = await program.value(`${name}.fileno()`);
    return (await findSockets(`${program.pid}/${fd}`))[0] as LiveSocket;
  };

  /** A connection of its own for a test. */
  const connection = async (name: string): Promise<LiveSocket> => {
    await program.run(`${name} = create_connection(l.getsockname()); ${name}_peer, _ = l.accept()`);
    return live(name);
  };

  const outcomes = ([result]: readonly SetResult[]): unknown => result?.reports.map(({ outcome }) => outcome);
  const undo = ([result]: readonly SetResult[]): unknown =>
    Object.fromEntries(result?.undo.map(({ by, value }) => [by.name, value]) ?? []);

  test('the program reads what was set, and after revertLive what it had', async () => {
    const socket = await connection('a');
    const tos = await reads('a', 'IPPROTO_IP', 'IP_TOS');
    const results = setLive(socket, { SO_KEEPALIVE: true, TCP_KEEPIDLE: 60, IP_TOS: 0x10 });
    expect(outcomes(results)).toEqual(['applied', 'applied', 'applied']);
    expect(await reads('a', 'SOL_SOCKET', 'SO_KEEPALIVE')).toBe(1);
    expect(await reads('a', 'IPPROTO_TCP', 'TCP_KEEPIDLE')).toBe(60);
    // Setting IP_TOS changes the priority as well: it is on the way back, behind what changes it.
    expect(results[0]?.undo.map(({ option }) => option.name)).toEqual([
      'IP_TOS',
      'SO_PRIORITY',
      'TCP_KEEPIDLE',
      'SO_KEEPALIVE',
    ]);
    const [reverted] = revertLive(results);
    expect(new Set(reverted?.options.map(({ outcome }) => outcome))).toEqual(new Set(['restored']));
    expect(await reads('a', 'SOL_SOCKET', 'SO_KEEPALIVE')).toBe(0);
    expect(await reads('a', 'IPPROTO_TCP', 'TCP_KEEPIDLE')).toBe(7200);
    expect(await reads('a', 'IPPROTO_IP', 'IP_TOS')).toBe(tos);
    expect(await reads('a', 'SOL_SOCKET', 'SO_PRIORITY')).toBe(0);
  });

  test('a doubled value is halved on the way back, and the lock of the buffer opened', async () => {
    const socket = await connection('b');
    await program.run('b.setsockopt(SOL_SOCKET, SO_RCVBUF, 40000)');
    const results = setLive(socket, { SO_RCVBUF: 10000, SO_SNDBUF: 10000 });
    expect(outcomes(results)).toEqual(['doubled', 'doubled']);
    expect(undo(results)).toMatchObject({ SO_RCVBUF: 40000, SO_BUF_LOCK: ['SOCK_RCVBUF_LOCK'] });
    revertLive(results);
    expect(await reads('b', 'SOL_SOCKET', 'SO_RCVBUF')).toBe(80000);
    expect(setLive(socket, { SO_BUF_LOCK: ['SOCK_RCVBUF_LOCK'] })[0]?.reports[0]?.outcome).toBe('unchanged');
  });

  test.skipIf(!isRoot)('a buffer beyond the limit gets back by the option that may exceed it (root)', async () => {
    const socket = await connection('f');
    const limit = Number(readSysctl('net.core.rmem_max'));
    setLive(socket, { SO_RCVBUFFORCE: limit + 4096 });
    const results = setLive(socket, { SO_RCVBUF: 10000 });
    expect(undo(results)).toEqual({ SO_RCVBUFFORCE: limit + 4096 });
    revertLive(results);
    expect(await reads('f', 'SOL_SOCKET', 'SO_RCVBUF')).toBe(2 * (limit + 4096));
  });

  test('one set twice gets its first value back', async () => {
    const socket = await connection('t');
    const results = setLive(socket, [
      ['TCP_KEEPIDLE', 10],
      ['TCP_KEEPIDLE', 20],
    ]);
    expect(undo(results)).toEqual({ TCP_KEEPIDLE: 7200 });
    revertLive(results);
    expect(await reads('t', 'IPPROTO_TCP', 'TCP_KEEPIDLE')).toBe(7200);
  });

  test('what another option alters is set back behind that one, in whatever order both were set', async () => {
    const socket = await connection('p');
    const results = setLive(socket, [
      ['IP_TOS', 0x10],
      ['SO_PRIORITY', 3],
    ]);
    expect(results[0]?.undo.map(({ option }) => option.name)).toEqual(['IP_TOS', 'SO_PRIORITY']);
    revertLive(results);
    expect(await reads('p', 'SOL_SOCKET', 'SO_PRIORITY')).toBe(0);
  });

  test('what comes too late is not tried, and says what to do instead', async () => {
    const socket = await live('l');
    const [result] = setLive(socket, { IP_FREEBIND: true });
    expect(result?.reports).toMatchObject([{ outcome: 'too-late', code: 'ERR_TOO_LATE' }]);
    expect(result?.reports[0]?.why).toContain('before bind');
    expect(result?.undo).toEqual([]);
  });

  test('what a socket does not have, and what does nothing on it', async () => {
    const socket = await live('u');
    const [result] = setLive(socket, { TCP_NODELAY: true, SO_ZEROCOPY: true, SO_KEEPALIVE: true });
    const outcomes = ['unsupported', 'unsupported', 'ignored'].map((outcome) => ({ outcome }));
    expect(result?.reports).toMatchObject(outcomes);
    const [foreign, refused, useless] = result?.reports.map(({ why }) => why) ?? [];
    expect(foreign).toContain('SOL_TCP has another meaning on sockets of this family: TCP_NODELAY is for tcp, tcp6');
    // The number of the descriptor is the program's, not that of our copy.
    expect(refused).toContain(`of process ${program.pid}`);
    expect(refused).toContain('it exists on all kinds of sockets');
    expect(useless).toContain('nothing on a unix socket');
    const [fitting] = setLive(socket, { TCP_NODELAY: true, SO_KEEPALIVE: true, SO_PASSCRED: true }, { fitting: true });
    expect(fitting?.reports.map(({ name }) => name)).toEqual(['SO_PASSCRED']);
    // Options that cannot be read are told apart by the kinds of sockets that have them.
    expect(setLive(socket, { IP_ADD_MEMBERSHIP: { multiaddr: '224.0.0.9' } }, { fitting: true })[0]?.reports).toEqual(
      [],
    );
  });

  test('dryRun changes nothing, and tells what would be', async () => {
    const socket = await connection('d');
    const values = { TCP_NODELAY: true, TCP_KEEPIDLE: 7200, IP_FREEBIND: true, TCP_ULP: 'tls' };
    const [result] = setLive(socket, values, { dryRun: true });
    expect(result?.reports.map(({ outcome }) => outcome)).toEqual(['would-set', 'unchanged', 'too-late', 'would-set']);
    expect(result?.lasting).toMatchObject([{ name: 'TCP_ULP' }]);
    expect(await reads('d', 'IPPROTO_TCP', 'TCP_NODELAY')).toBe(0);
  });

  test('atomic gives back what was set before the refusal', async () => {
    const socket = await connection('at');
    const results = setLive(socket, { TCP_NODELAY: true, TCP_CONGESTION: 'nosuch' }, { atomic: true });
    expect(results[0]?.reports).toMatchObject([{ restored: true }, { outcome: 'refused', code: 'ENOENT' }]);
    expect(results[0]?.undo).toEqual([]);
    expect(await reads('at', 'IPPROTO_TCP', 'TCP_NODELAY')).toBe(0);
  });

  test('names and values are checked before any socket is touched', async () => {
    const socket = await connection('n');
    expect(errorOf(() => setLive(socket, { TCP_NODELAY: true, NO_SUCH: 1 } as never)).code).toBe('ERR_UNKNOWN_OPTION');
    expect(errorOf(() => setLive(socket, { TCP_NODELAY: true, TCP_KEEPIDLE: 0 })).code).toBe('ERR_INVALID_VALUE');
    expect(errorOf(() => setLive(socket, { TCP_NODELAY: true, SO_TYPE: 1 } as never)).code).toBe('ERR_NOT_WRITABLE');
    expect(errorOf(() => setLive(7 as never, { TCP_NODELAY: true })).code).toBe('ERR_INVALID_ARGUMENT');
    expect(await reads('n', 'IPPROTO_TCP', 'TCP_NODELAY')).toBe(0);
  });

  test('a socket that is closed or another one by now is told in its place, and the others are set', async () => {
    const [closed, replaced, kept] = [await connection('x'), await connection('y'), await connection('z')];
    // The number of y means another socket from now on.
    await program.run('x.close(); other = create_connection(l.getsockname()); os.dup2(other.fileno(), y.fileno())');
    const results = setLive([closed, replaced, kept], { TCP_NODELAY: true });
    expect(results.map(({ error }) => error?.code)).toEqual(['ERR_NO_SOCKET', 'ERR_NO_SOCKET', undefined]);
    expect(results[0]?.reports).toEqual([]);
    expect(await reads('z', 'IPPROTO_TCP', 'TCP_NODELAY')).toBe(1);
    expect(await reads('other', 'IPPROTO_TCP', 'TCP_NODELAY')).toBe(0);
  });

  test('revertLive leaves alone what somebody else has set since, and the next socket of that number', async () => {
    const [mine, gone] = [await connection('m'), await connection('g')];
    const results = setLive([mine, gone], { TCP_KEEPIDLE: 60, TCP_NODELAY: true });
    await program.run('m.setsockopt(IPPROTO_TCP, TCP_KEEPIDLE, 99)');
    await program.run('h = create_connection(l.getsockname()); h.setsockopt(IPPROTO_TCP, TCP_NODELAY, 1)');
    await program.run('os.dup2(h.fileno(), g.fileno())');
    const [first, second] = revertLive(results);
    expect(first?.options).toMatchObject([
      { name: 'TCP_NODELAY', outcome: 'restored', now: 'off' },
      { name: 'TCP_KEEPIDLE', outcome: 'left-alone', now: '99' },
    ]);
    expect(second).toMatchObject({ options: [], error: { code: 'ERR_NO_SOCKET' } });
    expect(await reads('h', 'IPPROTO_TCP', 'TCP_NODELAY')).toBe(1);
  });

  test('a process that has ended is told, set or set back', async () => {
    const short = await python();
    await short.run('s = socket()');
    const [socket] = await findSockets(`${short.pid}/${await short.value('s.fileno()')}`);
    const results = setLive(socket as LiveSocket, { TCP_NODELAY: true });
    await short.end();
    expect(setLive(socket as LiveSocket, { TCP_NODELAY: true })[0]?.error?.code).toBe('ERR_NO_PROCESS');
    expect(revertLive(results)[0]?.error?.code).toBe('ERR_NO_PROCESS');
  });

  test('what has no way back is named, and a key is not shown', async () => {
    const socket = await connection('k');
    const [result] = setLive(socket, { SO_LOCK_FILTER: true });
    expect(result).toMatchObject({ undo: [], lasting: [{ name: 'SO_LOCK_FILTER' }] });
    const [keyed] = setLive(await live('l'), { TCP_FASTOPEN_KEY: Buffer.alloc(16, 0x5a) });
    expect(JSON.stringify(keyed?.reports.map(({ text }) => text))).not.toMatch(/5a5a|90,90/);
    expect(keyed?.reports[0]?.outcome).toBe('applied');
  });

  test('no descriptor is left open', async () => {
    const socket = await connection('o');
    const open = (): number => readdirSync('/proc/self/fd').length;
    const before = open();
    for (let i = 0; i < 20; i++) {
      revertLive(setLive([socket, await live('u')], { TCP_NODELAY: true, TCP_CONGESTION: 'nosuch' }));
    }
    expect(open()).toBe(before);
  });
});
