// watch(): counters that agree with what the programs did, ends told once, no descriptor held, abort at any moment.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LiveSocket } from '../../src/live/socket.ts';
import { sockets } from '../../src/live/sockets.ts';
import { watch } from '../../src/live/watch.ts';
import type { Sample, Tick } from '../../src/live/watch-sample.ts';
import { errorOf, hasPython } from '../helpers.ts';
import { type Python, python } from './check-programs.ts';
import { FAR, hasLab, lab } from './lab.ts';

const linux = process.platform === 'linux';
const descriptors = (): number => readdirSync('/proc/self/fd').length;

/** Ticks until `done` says so. */
async function ticksOf(ticks: AsyncIterable<Tick>, done: (tick: Tick) => boolean | Promise<boolean>): Promise<Tick[]> {
  const found: Tick[] = [];
  for await (const tick of ticks) {
    found.push(tick);
    if (await done(tick)) break;
  }
  return found;
}

describe.skipIf(!linux || !hasPython)('watch (needs python3)', () => {
  let program: Python;
  const fd = (name: string): Promise<number> => program.value(`${name}.fileno()`);
  const at = async (name: string): Promise<string> => `${program.pid}/${await fd(name)}`;
  const port = (name: string): Promise<number> => program.value(`${name}.getsockname()[1]`);

  beforeAll(async () => {
    program = await python();
    await program.run('l = create_server(("127.0.0.1", 0)); c = create_connection(l.getsockname()); a, _ = l.accept()');
  });
  afterAll(() => program?.end());

  it('the differences add up to what was sent, and nothing is counted at the first tick', async () => {
    let step = 0;
    const ticks = await ticksOf(watch(await at('c'), { interval: 50 }), async () => {
      // Between ticks, so that each has some of it.
      if (step < 3) await program.run('c.sendall(b"x" * 1000); n = 0\nwhile n < 1000: n += len(a.recv(1000 - n))');
      return step++ === 6;
    });
    const [first, ...rest] = ticks.map(({ samples }) => samples[0] as Sample);
    expect(first).toMatchObject({ appeared: true, ended: false, milliseconds: 0, before: undefined });
    expect(first?.sending).toBeUndefined();
    expect(first?.socket.owners).toMatchObject([{ pid: program.pid }]);
    expect(rest.every(({ key, appeared }) => key === first?.key && !appeared)).toBe(true);
    expect(rest.reduce((sum, sample) => sum + (sample.grown('bytes_acked') ?? 0), 0)).toBe(3000);
    const bytes = rest.reduce((sum, { sending = 0, milliseconds }) => sum + (sending * milliseconds) / 1000, 0);
    expect(Math.round(bytes)).toBe(3000);
    expect(rest.map(({ retransmitted }) => retransmitted)).toEqual(rest.map(() => 0));
    expect(rest.every(({ busy = -1 }) => busy >= 0 && busy <= 1)).toBe(true);
  });

  it('says the same as ss -ti', async (ctx) => {
    ctx.skip(spawnSync('ss', ['-V']).status !== 0, 'ss is not installed here');
    await program.run('c.sendall(b"x" * 50000)\nn = 0\nwhile n < 50000: n += len(a.recv(65536))');
    const own = await port('c');
    const [tick] = await ticksOf(watch(await at('c')), () => true);
    const info = tick?.samples[0]?.socket.info;
    const { stdout } = spawnSync('ss', ['-tinH', `sport = :${own} and dport = :${await port('l')}`], {
      encoding: 'utf8',
    });
    const told = (name: string): number => Number(new RegExp(`\\b${name}:([\\d.]+)`).exec(stdout)?.[1]);
    expect(info?.snd_cwnd).toBe(told('cwnd'));
    expect(info?.snd_mss).toBe(told('mss'));
    expect(info?.pmtu).toBe(told('pmtu'));
    expect(Number(info?.bytes_acked)).toBe(told('bytes_acked'));
    expect(info?.segs_out).toBe(told('segs_out'));
    expect((info?.rtt ?? 0) / 1000).toBeCloseTo(told('rtt'), 2);
    expect(Number(info?.busy_time ?? 0n) / 1000).toBe(told('busy') || 0);
  });

  it('a connection ends while it is watched: at once for its peer, told once, and then the watch is over', async () => {
    await program.run('c2 = create_connection(l.getsockname()); a2, _ = l.accept(); a2.settimeout(20)');
    const target = await at('c2');
    let closed: string | undefined;
    const ticks = await ticksOf(watch(target, { interval: 20 }), async ({ number }) => {
      if (number !== 2) return false;
      await program.run('c2.close()');
      // It would wait if a copy of the descriptor were open here.
      closed = await program.value('a2.recv(1).decode()');
      await program.run('a2.close()');
      return false;
    });
    expect(closed).toBe('');
    const all = ticks.flatMap(({ samples }) => samples);
    expect(all.filter(({ ended }) => ended)).toHaveLength(1);
    expect(ticks.at(-1)?.samples).toMatchObject([{ ended: true, appeared: false }]);
    // What was known of it last is still there.
    expect(ticks.at(-1)?.samples[0]?.socket.infoOf('bytes_acked')).toBeTypeOf('bigint');
  });

  it('connections that fit join, and those that are left go on', async () => {
    await program.run('l3 = create_server(("127.0.0.1", 0)); more = []');
    const listening = await port('l3');
    let joined = 0;
    const ticks = await ticksOf(
      watch({ target: `:${listening}`, pid: program.pid }, { interval: 20, relist: 0 }),
      async ({ number, samples }) => {
        if (number === 1) await program.run('more += [create_connection(l3.getsockname()), l3.accept()[0]]');
        joined += samples.filter(({ appeared, socket }) => appeared && socket.state === 'ESTABLISHED').length;
        if (joined === 2) await program.run('for one in more: one.close()');
        return joined === 2 && samples.length === 1;
      },
    );
    expect(ticks[0]?.samples.map(({ socket }) => socket.state)).toEqual(['LISTEN']);
    expect(ticks.flatMap(({ samples }) => samples.filter(({ ended }) => ended))).toHaveLength(2);
    expect(ticks.at(-1)?.samples.map(({ socket }) => socket.state)).toEqual(['LISTEN']);
  });

  it('waits for connections where it is told to, and says that there are none where not', async () => {
    await program.run('s = socket(); s.bind(("127.0.0.1", 0))');
    const free = await port('s');
    const options = { target: `:${free}`, pid: program.pid, state: 'listen' } as const;
    await expect(watch(options).next()).rejects.toMatchObject({ code: 'ERR_NO_SOCKET' });
    const ticks = await ticksOf(
      watch(options, { interval: 20, relist: 0, wait: true }),
      async ({ number, samples }) => {
        if (number === 1) await program.run('s.listen()');
        return samples.length > 0;
      },
    );
    expect(ticks[0]?.samples).toEqual([]);
    expect(ticks.at(-1)?.samples).toMatchObject([{ appeared: true, socket: { state: 'LISTEN' } }]);
  });

  it('looks more often while there is nothing to watch, though a look takes long', async () => {
    await program.run('s2 = socket(); s2.bind(("127.0.0.1", 0))');
    const free = await port('s2');
    // A look of 0.3 s and more: a fiftieth of the time would be every 15 s.
    const where = ({ local, state }: LiveSocket): boolean => {
      if (local && 'port' in local && local.port === free) return state === 'LISTEN';
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 150);
      return false;
    };
    const options = { pid: program.pid, proto: 'tcp', where: { test: where } } as const;
    const ticks = await ticksOf(watch(options, { interval: 20, wait: true }), async ({ number, samples }) => {
      if (number === 0) await program.run('s2.listen()');
      return samples.length > 0;
    });
    expect(ticks.at(-1)?.samples.map(({ appeared, socket }) => [appeared, socket.state])).toEqual([[true, 'LISTEN']]);
    // Some 70 of them; where it is looked for every 15 s, ten times as many.
    expect(ticks.length).toBeLessThan(350);
  });

  it('listeners that share a port, and UDP sockets, are not taken for ended', async () => {
    await program.run(`
shared = []
for _ in range(3):
    one = socket(); one.setsockopt(SOL_SOCKET, SO_REUSEPORT, 1)
    one.bind(shared[0].getsockname() if shared else ('127.0.0.1', 0)); one.listen(); shared.append(one)
u = socket(AF_INET, SOCK_DGRAM); u.bind(shared[0].getsockname())`);
    const number = await port('u');
    const ticks = await ticksOf(
      watch({ target: `:${number}`, pid: program.pid, memory: true }, { interval: 20 }),
      (tick) => tick.number === 4,
    );
    for (const { samples } of ticks) {
      expect(samples.map(({ socket, ended }) => [socket.proto, ended]).sort()).toEqual([
        ['tcp', false],
        ['tcp', false],
        ['tcp', false],
        ['udp', false],
      ]);
    }
    await program.run(
      'u.setsockopt(SOL_SOCKET, SO_RCVBUF, 2304)\nfor _ in range(100): u.sendto(b"x" * 1000, u.getsockname())',
    );
    const [, after] = await ticksOf(
      watch({ target: `:${number}`, proto: 'udp', memory: true }, { interval: 20 }),
      async (tick) => {
        if (tick.number === 0) await program.run('for _ in range(7): u.sendto(b"x" * 1000, u.getsockname())');
        return tick.number === 1;
      },
    );
    expect(after?.samples[0]?.dropped).toBe(7);
  });

  it('many are found at every tick, by single questions and by whole tables', async () => {
    await program.run('l4 = create_server(("127.0.0.1", 0), backlog=256); many = []');
    await program.run('for _ in range(150): many += [create_connection(l4.getsockname()), l4.accept()[0]]');
    const number = await port('l4');
    // A quarter of the table, then nearly all that this port has.
    const ticks = await ticksOf(
      watch({ target: `:${number}`, pid: program.pid }, { interval: 20 }),
      (tick) => tick.number === 3,
    );
    expect(ticks.map(({ samples }) => samples.length)).toEqual([301, 301, 301, 301]);
    const found = [...sockets({ proto: 'tcp', pid: program.pid })].filter(({ state }) => state === 'ESTABLISHED');
    const few = found.slice(0, 20);
    const chosen = await ticksOf(watch(few, { interval: 20 }), (tick) => tick.number === 2);
    for (const { samples } of chosen)
      expect(samples.map(({ socket }) => socket.inode)).toEqual(few.map(({ inode }) => inode));
    await program.run('for one in many: one.close()');
  });

  it('an abort ends it with the reason, while it waits and between ticks; nothing stays open', async () => {
    const target = await at('c');
    const before = descriptors();
    const reason = new Error('enough');
    const waiting = new AbortController();
    const first = watch(target, { interval: 60_000, signal: waiting.signal });
    await first.next();
    const pending = first.next();
    waiting.abort(reason);
    await expect(pending).rejects.toBe(reason);
    const idle = new AbortController();
    const second = watch(target, { interval: 60_000, signal: idle.signal });
    await second.next();
    expect(descriptors()).toBeGreaterThan(before);
    idle.abort(reason);
    // Nobody asks for the next tick.
    expect(descriptors()).toBe(before);
    await expect(second.next()).rejects.toBe(reason);
    await expect(watch(target, { signal: AbortSignal.abort(reason) }).next()).rejects.toBe(reason);
    const third = watch(target);
    await third.next();
    await third.return(undefined);
    expect(descriptors()).toBe(before);
  });

  it('ticks keep to their times, and those that were missed are not caught up on', async () => {
    const interval = 20;
    let missed = 0;
    const ticks = await ticksOf(watch(await at('c'), { interval }), async (tick) => {
      missed += tick.missed;
      // The clock starts with the first tick.
      expect(tick.elapsed + 2).toBeGreaterThanOrEqual((tick.number + missed) * interval);
      if (tick.number === 2) await new Promise((resolve) => setTimeout(resolve, interval * 5));
      return tick.number === 5;
    });
    expect(ticks[3]?.missed).toBeGreaterThanOrEqual(4);
  });

  it('what cannot be watched is refused by name', async () => {
    const refused = (call: () => unknown): unknown => errorOf(call).code;
    expect(refused(() => watch(':80', { interval: 1 }))).toBe('ERR_INVALID_ARGUMENT');
    expect(refused(() => watch(':80', { relist: Number.NaN }))).toBe('ERR_INVALID_ARGUMENT');
    expect(refused(() => watch(null as never))).toBe('ERR_INVALID_ARGUMENT');
    expect(refused(() => watch([{}] as never))).toBe('ERR_INVALID_ARGUMENT');
    expect(refused(() => watch('1/'))).toBe('ERR_INVALID_ARGUMENT');
    await expect(watch('4194304').next()).rejects.toMatchObject({ code: 'ERR_NO_PROCESS' });
    await program.run('fresh = socket()');
    await expect(watch(await at('fresh')).next()).rejects.toMatchObject({ code: 'ERR_NO_SOCKET' });
  });
});

describe.skipIf(!hasLab)('needs root, python3, ip and /dev/net/tun: another network namespace', () => {
  it('is asked through a socket of its own, which is closed at the end', async () => {
    const path = await lab({ delay: 0.001 });
    try {
      await path.far.run(`l = create_server(('${FAR}', 7000))`);
      await path.near.run(`c = create_connection(('${FAR}', 7000))`);
      const before = descriptors();
      const target = `${path.near.pid}/${await path.near.value('c.fileno()')}`;
      const ticks = await ticksOf(watch(target, { interval: 20 }), async ({ number }) => {
        if (number === 0) await path.near.run('c.sendall(b"x" * 5000)');
        return number === 10;
      });
      expect(ticks.at(-1)?.samples[0]?.socket.infoOf('bytes_acked')).toBe(5001n);
      expect(descriptors()).toBe(before);
    } finally {
      await path.end();
    }
  });
});
