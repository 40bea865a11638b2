// sockctl set that is interrupted, or cannot tell: nothing stays changed without a word, and the way back is printed.
import { spawn } from 'node:child_process';
import { closeSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasPython } from '../helpers.ts';
import { type Python, python } from '../live/check-programs.ts';
import { command, json, type Result, shell, sockctl } from './sockctl.ts';

/** Interfaces of here, by index. */
const interfaces = new Map(
  readdirSync('/sys/class/net').map((name) => [Number(readFileSync(`/sys/class/net/${name}/ifindex`, 'utf8')), name]),
);
const far = [...interfaces].find(([index, name]) => index > 1 && /^[a-z]+\d+$/.test(name));

describe.skipIf(!hasPython)('set (needs python3)', () => {
  let program: Python;

  beforeAll(async () => {
    program = await python();
    await program.run('many = [socket(AF_INET, SOCK_DGRAM) for _ in range(600)]');
    await program.run('for s in many: s.bind(("127.0.0.1", 0))');
  });

  afterAll(() => program.end());

  const priorities = (): Promise<number[]> =>
    program.value('sorted(set(s.getsockopt(SOL_SOCKET, SO_PRIORITY) for s in many))');

  function started(stdout: 'pipe' | number, ...args: string[]) {
    const child = spawn(process.execPath, [command, 'set', ...args], { stdio: ['ignore', stdout, 'pipe'] });
    let [out, stderr] = ['', ''];
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      out += text;
    });
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    const ended = new Promise<Result>((resolve) => {
      child.once('close', (status, signal) => resolve({ stdout: out, stderr: stderr + (signal ?? ''), status }));
    });
    return { child, ended };
  }

  test('Ctrl-C in the middle: all of them or none, and all are told', async () => {
    for (let delay = 0; delay < 400; delay += 25) {
      const [before] = await priorities();
      const wanted = before === 3 ? 4 : 3;
      const { child, ended } = started('pipe', String(program.pid), `SO_PRIORITY=${wanted}`, '--yes');
      // Once it is set on the first one the signal meets it in the middle; sometimes later, sometimes before.
      await new Promise((resolve) => setTimeout(resolve, 100 + delay));
      child.kill('SIGINT');
      const { stdout } = await ended;
      const [now, ...others] = await priorities();
      expect(others).toEqual([]);
      const lines = stdout.match(/^ {2}sockctl set /gm) ?? [];
      expect(lines.length).toBe(now === before ? 0 : 600);
    }
  }, 60_000);

  test('a disk that is full does not take the way back with it', async () => {
    const [before] = await priorities();
    const target = `${program.pid}/${await program.value('many[0].fileno()')}`;
    const full = openSync('/dev/full', 'w');
    const { stderr, status } = await started(full, target, 'SO_PRIORITY=5').ended;
    closeSync(full);
    expect(status).toBe(1);
    expect(stderr).toContain('cannot write the output: ENOSPC');
    expect(await priorities()).toContain(5);
    expect(shell('bash', /^ {2}(sockctl set .*)$/m.exec(stderr)?.[1] as string).status).toBe(0);
    expect(await priorities()).toEqual([before]);
  });

  test('a size that several buffers have already is asked for: it locks them', async () => {
    const half = (await program.value('many[0].getsockopt(SOL_SOCKET, SO_RCVBUF)')) / 2;
    const { stderr, status } = sockctl('set', String(program.pid), `SO_RCVBUF=${half}`, '--proto', 'udp');
    expect(status).toBe(2);
    expect(stderr).toContain('600 sockets');
    expect(await program.value('max(s.getsockopt(SOL_SOCKET, 72) for s in many)')).toBe(0);
  });
});

describe.skipIf(!hasPython || process.getuid?.() !== 0 || far === undefined)(
  'set in another network namespace (needs root, python3, an interface besides lo)',
  () => {
    let program: Python;
    const [index, name] = far ?? [0, ''];

    beforeAll(async () => {
      program = await python('unshare', '--net');
      await program.run('s = socket(AF_INET, SOCK_DGRAM); s.bind(("127.0.0.1", 0))').catch(() => {});
    });

    afterAll(() => program.end());

    test('the name of an interface is one of there: none is bound to what has its number', async () => {
      const target = `${program.pid}/${await program.value('s.fileno()')}`;
      const bound = (): Promise<number> => program.value('s.getsockopt(SOL_SOCKET, 62)');
      const { value, status } = json('set', target, `SO_BINDTOIFINDEX=${name}`);
      expect(status).toBe(1);
      expect(value.sockets).toMatchObject([{ options: [], error: { code: 'ERR_INVALID_VALUE' } }]);
      expect(await bound()).toBe(0);
      // A number is not called what has that number here; neither in the table, nor in the way back.
      expect(sockctl('set', target, `SO_BINDTOIFINDEX=${index}`).stdout).not.toContain(name);
      const { stdout } = sockctl('set', target, 'SO_BINDTOIFINDEX=lo');
      expect(stdout).toMatch(new RegExp(`SO_BINDTOIFINDEX +${index} +lo +lo +applied`));
      expect(shell('bash', /^ {2}(sockctl set .*)$/m.exec(stdout)?.[1] as string).status).toBe(0);
      expect(await bound()).toBe(index);
      expect(sockctl('get', target, 'SO_BINDTOIFINDEX', '--value').stdout).toBe(`${index}\n`);
      expect(sockctl('show', target, '--changed').stdout).toMatch(new RegExp(`SO_BINDTOIFINDEX +${index}$`, 'm'));
    });
  },
);
