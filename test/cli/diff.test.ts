// sockctl diff: two sockets, a socket and the default, a socket now and then; with the exit codes of diff(1).
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasPython } from '../helpers.ts';
import { type Python, python } from '../live/check-programs.ts';
import { json, type Result, shell, sockctl, widest } from './sockctl.ts';

const words = ({ stdout }: Result): string[][] =>
  stdout
    .trimEnd()
    .split('\n')
    .map((line) => line.split(/ {2,}/));

describe.skipIf(!hasPython || process.platform !== 'linux')('diff (needs python3)', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sockctl-diff-'));
  let program: Python;
  let a: string;
  let b: string;
  let u: string;

  beforeAll(async () => {
    program = await python();
    await program.run('l = socket(); l.bind(("127.0.0.1", 0)); l.listen()');
    await program.run('a = socket(); a.setsockopt(SOL_SOCKET, SO_KEEPALIVE, 1); a.connect(l.getsockname())');
    await program.run('b = socket(); b.setsockopt(IPPROTO_TCP, TCP_KEEPIDLE, 50); b.connect(l.getsockname())');
    await program.run('u = socket(AF_INET, SOCK_DGRAM)');
    const target = async (name: string): Promise<string> => `${program.pid}/${await program.value(`${name}.fileno()`)}`;
    [a, b, u] = [await target('a'), await target('b'), await target('u')];
  });
  afterAll(async () => {
    await program.end();
    rmSync(folder, { recursive: true, force: true });
  });

  test('two sockets', () => {
    const result = sockctl('diff', a, b);
    expect(result).toMatchObject({ status: 1, stderr: '' });
    expect(words(result)).toEqual([
      ['OPTION', a, b],
      ['SO_KEEPALIVE', 'on', 'off'],
      ['TCP_KEEPIDLE', '7200', '50'],
    ]);
  });

  test('a socket with itself is the same', () => {
    expect(sockctl('diff', a, a)).toEqual({ status: 0, stderr: '', stdout: `${a} and ${a} have the same settings.\n` });
  });

  test.each([[[]], [['default']]])('with the default: %j', (more) => {
    expect(words(sockctl('diff', a, ...more))).toEqual([
      ['OPTION', a, 'default'],
      ['SO_KEEPALIVE', 'on', 'off'],
    ]);
    expect(sockctl('diff', u, ...more).status).toBe(0);
  });

  test('what ps and show call changed is what differs from the default', () => {
    const [{ differences }] = json('diff', b).value;
    const { options } = json('show', b, '--changed').value;
    expect(differences.map(({ name, a: text }: { name: string; a: string }) => [name, text])).toEqual(
      options.map(({ name, text }: { name: string; text: string }) => [name, text]),
    );
  });

  test('counters, clocks and addresses only with --all', () => {
    const names = (...flags: string[]): string[] =>
      json('diff', a, b, ...flags).value[0].differences.map(({ name }: { name: string }) => name);
    expect(names()).toEqual(['SO_KEEPALIVE', 'TCP_KEEPIDLE']);
    expect(names('--all')).toEqual(expect.arrayContaining(['SO_COOKIE', 'SO_KEEPALIVE', 'TCP_KEEPIDLE']));
    const { stdout } = sockctl('diff', a, '--all');
    expect(stdout).toMatch(/^TCP_INFO +state=TCP_ESTABLISHED/m);
    expect(widest(stdout)).toBeLessThanOrEqual(80);
  });

  test('sockets of two sorts: what only one has is no difference', () => {
    const { value, status } = json('diff', a, u);
    expect(status).toBe(1);
    expect(value[0].differences.map(({ name }: { name: string }) => name)).toEqual(['SO_KEEPALIVE']);
    expect(value[0].onlyA).toContain('TCP_NODELAY');
    expect(json('diff', a, u, '--all').value[0].differences).toEqual(
      expect.arrayContaining([{ name: 'TCP_NODELAY', level: 'SOL_TCP', a: 'off', b: null }]),
    );
  });

  test.each([
    ['show', (target: string) => ['show', target, '--json']],
    ['get', (target: string) => ['get', target, '--json']],
  ] as const)('now and then, saved by %s', async (verb, args) => {
    const file = join(folder, `${verb}.json`);
    writeFileSync(file, sockctl(...args(a)).stdout);
    expect(sockctl('diff', file, a)).toMatchObject({ status: 0, stderr: '' });
    await program.run('a.setsockopt(IPPROTO_TCP, TCP_NODELAY, 1)');
    const result = sockctl('diff', file, a);
    expect(result.status).toBe(1);
    expect(result.stdout).toMatch(/^TCP_NODELAY +off +on$/m);
    expect(result.stdout.replace(/\s+/g, ' ')).toContain(`OPTION ${a} in ${verb}.json ${a} TCP_NODELAY`);
    expect(sockctl('diff', file, file).status).toBe(0);
    expect(words(sockctl('diff', file))[1]).toEqual(['SO_KEEPALIVE', 'on', 'off']);
    await program.run('a.setsockopt(IPPROTO_TCP, TCP_NODELAY, 0)');
  });

  test('a whole process, then and now', async () => {
    const file = join(folder, 'all.json');
    writeFileSync(file, sockctl('show', `${program.pid}`, '--json').stdout);
    expect(sockctl('diff', file, `${program.pid}`)).toMatchObject({ status: 0 });
    await program.run('b.setsockopt(IPPROTO_TCP, TCP_KEEPIDLE, 51); n = socket()');
    const fresh = `${program.pid}/${await program.value('n.fileno()')}`;
    const { stdout, status } = sockctl('diff', file, `${program.pid}`);
    expect(status).toBe(1);
    expect(stdout).toMatch(/^TCP_KEEPIDLE +50 +51$/m);
    expect(stdout).toContain(`${fresh} is only in what is open now`);
    expect(json('diff', file, `${program.pid}`).value).toContainEqual({
      ...{ a: null, b: fresh, differences: [], onlyA: [], onlyB: [], same: false },
    });
    // One of them, out of the many that were saved.
    expect(words(sockctl('diff', b, file))[1]).toEqual(['TCP_KEEPIDLE', '51', '50']);
    await program.run('n.close(); b.setsockopt(IPPROTO_TCP, TCP_KEEPIDLE, 50)');
  });

  test('from a pipe', () => {
    const { stdout, status } = shell('bash', `sockctl show ${a} --json | sockctl diff - ${b}`);
    expect(status).toBe(1);
    expect(stdout).toMatch(/^SO_KEEPALIVE +on +off$/m);
    expect(shell('bash', `sockctl diff <(sockctl show ${a} --json) ${a}`).status).toBe(0);
  });

  test('--json has the keys that programs rely on', () => {
    expect(json('diff', a, b)).toEqual({
      status: 1,
      value: [
        {
          a,
          b,
          differences: [
            { name: 'SO_KEEPALIVE', level: 'SOL_SOCKET', a: 'on', b: 'off' },
            { name: 'TCP_KEEPIDLE', level: 'SOL_TCP', a: '7200', b: '50' },
          ],
          onlyA: [],
          onlyB: [],
          same: false,
        },
      ],
    });
  });

  test('buffer sizes count where a program has set them', async () => {
    await program.run('s = socket(); s.setsockopt(SOL_SOCKET, SO_SNDBUF, 9000); t = socket()');
    const [s, t] = [await program.value('s.fileno()'), await program.value('t.fileno()')];
    const differences = (one: string, other: string): string[] =>
      json('diff', one, other).value[0].differences.map(({ name }: { name: string }) => name);
    expect(differences(`${program.pid}/${s}`, `${program.pid}/${t}`)).toEqual(['SO_SNDBUF']);
    // Connected: the kernel has made them larger by itself.
    expect(differences(a, `${program.pid}/${t}`)).toEqual(['SO_KEEPALIVE']);
  });

  describe('trouble is exit 2', () => {
    const file = (name: string, text: string): string => {
      const path = join(folder, name);
      writeFileSync(path, text);
      return path;
    };

    test.each([
      [() => ['diff'], 'diff needs A'],
      [() => ['diff', 'default'], 'name that first'],
      [() => ['diff', '-', '-'], 'only one of both'],
      [() => ['diff', '2147483647/3'], 'there is no process'],
      [() => ['diff', a, 'nosuchprogram'], 'no process is called'],
      [() => ['diff', a, 'nosuch.json'], 'cannot be read'],
      [() => ['diff', a, file('text.json', 'hello')], 'is no JSON'],
      [() => ['diff', a, file('empty.json', '[]')], 'has no socket in it'],
      [() => ['diff', a, file('other.json', '{"name":"x"}')], 'is no document of a socket'],
      [() => ['diff', a, file('odd.json', '{"target":"x","options":[7]}')], 'without a name'],
      [() => ['diff', a, file('error.json', '{"error":{"code":"E","message":"it \\u001b broke"}}')], 'holds an error'],
    ] as const)('%#', (args, message) => {
      const { status, stderr } = sockctl(...args());
      expect(status).toBe(2);
      expect(stderr).toContain(message);
      expect(stderr).toMatch(/^sockctl: [\x20-\x7e]+\n$/);
    });

    test('a document of several sockets, none of them this one', () => {
      writeFileSync(
        join(folder, 'others.json'),
        JSON.stringify([1, 2].map((n) => ({ target: `${n}/1`, options: [] }))),
      );
      const { status, stderr } = sockctl('diff', a, join(folder, 'others.json'));
      expect({ status, stderr }).toEqual({
        status: 2,
        stderr: 'sockctl: the second is 2 sockets. Name one of them: 1/1, 2/1\n',
      });
    });

    test('a file without a slash is a process; the hint says how to name it', () => {
      file('saved', '');
      const { stderr } = shell('bash', `cd '${folder}' && sockctl diff saved ${a}; true`);
      expect(stderr).toContain('For the file: ./saved');
    });
  });
});
