// The way back of sets that change more than what they name, or that the kernel does not let go of.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { apply } from '../../src/apply.ts';
import { revertLive, type SetResult, setLive } from '../../src/live/set.ts';
import type { LiveSocket } from '../../src/live/socket.ts';
import { findSockets } from '../../src/live/target.ts';
import { errorOf, hasPython } from '../helpers.ts';
import { type Python, python } from './check-programs.ts';

describe.skipIf(!hasPython)('the way back (needs python3)', () => {
  let program: Python;
  let mptcp = false;

  beforeAll(async () => {
    program = await python();
    await program.run('l = create_server(("127.0.0.1", 0)); c = create_connection(l.getsockname()); a, _ = l.accept()');
    mptcp = await program.run('m = socket(AF_INET, SOCK_STREAM, 262)').then(
      () => true,
      () => false,
    );
  });

  afterAll(() => program.end());

  const live = async (name: string): Promise<LiveSocket> => {
    const fd = await program.value(`${name}.fileno()`);
    return (await findSockets(`${program.pid}/${fd}`))[0] as LiveSocket;
  };
  const reads = (name: string, level: string, option: number): Promise<number> =>
    program.value(`${name}.getsockopt(${level}, ${option})`);
  const bufLock = 72;
  const windowClamp = 10;
  const names = ([result]: readonly SetResult[]): unknown => result?.undo.map(({ option }) => option.name);

  /** What the printed command does: each step in its order. */
  const undone = (socket: LiveSocket, [result]: readonly SetResult[]): SetResult[] =>
    setLive(
      socket,
      (result?.undo ?? []).map(({ by, value }) => [by, value] as const),
    );

  test('SO_RCVLOWAT raises the buffer: its undo leaves autotuning on', async () => {
    const socket = await live('c');
    const clamp = await reads('c', 'IPPROTO_TCP', windowClamp);
    const results = setLive(socket, { SO_RCVLOWAT: 200_000 });
    expect(names(results)).toContain('SO_RCVBUF');
    undone(socket, results);
    expect(await reads('c', 'SOL_SOCKET', bufLock)).toBe(0);
    expect(await reads('c', 'IPPROTO_TCP', windowClamp)).toBe(clamp);
    revertLive(setLive(socket, { SO_RCVLOWAT: 200_000 }));
    expect(await reads('c', 'SOL_SOCKET', bufLock)).toBe(0);
  });

  test('a size that the buffer has already: it locks the buffer, and is foreseen', async () => {
    const socket = await live('a');
    const half = (await program.value('a.getsockopt(SOL_SOCKET, SO_SNDBUF)')) / 2;
    const outcome = (): unknown => setLive(socket, { SO_SNDBUF: half }, { dryRun: true })[0]?.reports[0]?.outcome;
    expect(outcome()).toBe('would-set');
    const results = setLive(socket, { SO_SNDBUF: half });
    expect(names(results)).toEqual(['SO_BUF_LOCK']);
    expect(outcome()).toBe('unchanged');
    revertLive(results);
    expect(await reads('a', 'SOL_SOCKET', bufLock)).toBe(0);
  });

  test('TCP_WINDOW_CLAMP of a listener has no way back to none', async () => {
    const socket = await live('l');
    const lasting = [{ name: 'TCP_WINDOW_CLAMP', why: expect.stringContaining('before listen') }];
    expect(setLive(socket, { TCP_WINDOW_CLAMP: 50_000 }, { dryRun: true })[0]).toMatchObject({ lasting });
    const results = setLive(socket, { TCP_WINDOW_CLAMP: 50_000 });
    expect(results[0]).toMatchObject({ undo: [], lasting });
    // And the kernel agrees.
    expect(setLive(socket, { TCP_WINDOW_CLAMP: 0 })[0]?.reports[0]?.outcome).toBe('refused');
    // From one value to another there is one.
    expect(setLive(socket, { TCP_WINDOW_CLAMP: 60_000 })[0]).toMatchObject({ undo: [{ value: 50_000 }], lasting: [] });
  });

  test('MPTCP does not unlock a buffer (needs MPTCP)', async (ctx) => {
    if (!mptcp) ctx.skip('this kernel makes no MPTCP sockets');
    const socket = await live('m');
    const lasting = [{ name: 'SO_BUF_LOCK' }];
    expect(setLive(socket, { SO_SNDBUF: 50_000 }, { dryRun: true })[0]).toMatchObject({ lasting });
    const results = setLive(socket, { SO_SNDBUF: 50_000 });
    expect(results[0]).toMatchObject({ undo: [{ option: { name: 'SO_SNDBUF' } }], lasting });
    expect(undone(socket, results)[0]?.reports.map(({ outcome }) => outcome)).toEqual(['doubled']);
    expect(setLive(socket, { SO_BUF_LOCK: [] })[0]?.reports[0]?.outcome).toBe('unsupported');
  });

  test('a value that is no descriptor is refused alone: what was set before it is told, or set back', async () => {
    const socket = await live('c');
    const values = { TCP_NODELAY: true, SO_ATTACH_BPF: 1_000_000 };
    const [atomic] = setLive(socket, values, { atomic: true });
    expect(atomic?.reports).toMatchObject([{ restored: true }, { outcome: 'refused', code: 'EBADF' }]);
    expect(await program.value('c.getsockopt(IPPROTO_TCP, TCP_NODELAY)')).toBe(0);
    const results = setLive(socket, values);
    expect(results[0]?.error).toBeUndefined();
    expect(results[0]?.reports.map(({ outcome }) => outcome)).toEqual(['applied', 'refused']);
    expect(names(results)).toEqual(['TCP_NODELAY']);
    revertLive(results);
    // Where the socket itself is no descriptor there is nothing to report on.
    expect(errorOf(() => apply(1_000_000, { TCP_NODELAY: true })).code).toBe('EBADF');
  });
});
