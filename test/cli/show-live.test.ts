// sockctl show on live sockets: the same document as of a fresh one, and stars by the system's default.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasPython } from '../helpers.ts';
import { type Python, python } from '../live/check-programs.ts';
import { json, sockctl, widest } from './sockctl.ts';

describe.skipIf(!hasPython || process.platform !== 'linux')('show on live sockets (needs python3)', () => {
  let program: Python;
  let target: string;

  beforeAll(async () => {
    program = await python();
    await program.run(
      's = socket(); s.setsockopt(IPPROTO_TCP, TCP_NODELAY, 1); s.setsockopt(SOL_SOCKET, SO_RCVBUF, 9000)',
    );
    await program.run('u = socket(AF_UNIX); u.bind("\\0sockctl-show-%d" % os.getpid())');
    target = `${program.pid}/${await program.value('s.fileno()')}`;
  });
  afterAll(() => program.end());

  test('one socket has the keys of a fresh one', () => {
    const { value, status } = json('show', target);
    expect(status).toBe(0);
    expect(Object.keys(value)).toEqual(Object.keys(json('show', 'tcp').value));
    expect(value.target).toBe(target);
    expect(value.options.length).toBeGreaterThan(80);
    expect(Object.keys(value.options[0])).toEqual(['name', 'level', 'value', 'text', 'raw']);
    expect(value.options).toEqual(
      expect.arrayContaining([{ name: 'TCP_NODELAY', level: 'SOL_TCP', value: true, text: 'on', raw: '01000000' }]),
    );
  });

  test('several are an array', () => {
    const { value } = json('show', `${program.pid}`);
    expect(value.map((one: { target: string }) => one.target)).toContain(target);
    for (const one of value) expect(Object.keys(one)).toEqual(['target', 'options', 'unreadable']);
  });

  test('stars mark what a fresh socket has otherwise', () => {
    const { stdout } = sockctl('show', target);
    const starred = [...stdout.matchAll(/^\* {2}(\w+)/gm)].map(([, name]) => name);
    expect(starred).toEqual(['SO_RCVBUF', 'TCP_NODELAY']);
    expect(stdout).toContain(`${target} python3`);
    expect(stdout.replace(/\s+/g, ' ')).toContain('* marks 2 not at the default of a fresh tcp socket.');
    expect(widest(stdout)).toBeLessThanOrEqual(80);
  });

  test('--changed has only these', () => {
    const { value } = json('show', target, '--changed');
    expect(value.options.map(({ name }: { name: string }) => name)).toEqual(['SO_RCVBUF', 'TCP_NODELAY']);
    expect(sockctl('show', target, '--changed').stdout).toMatch(/^\* {2}TCP_NODELAY {2}on$/m);
  });

  test('--all, --raw and the flags that choose', () => {
    const { stdout } = sockctl('show', `${program.pid}`, '--proto', 'tcp', '--all', '--raw');
    expect(stdout).toMatch(/^\* {2}TCP_NODELAY {2,}on {2,}01000000$/m);
    expect(stdout).toMatch(/^TCP_REPAIR_WINDOW {2,}EPERM$/m);
  });

  test('a unix socket by its abstract name', () => {
    const name = `@sockctl-show-${program.pid}`;
    expect(sockctl('show', name).stdout).toContain(`unix BOUND, unix:${name}`);
  });

  test('reads with side effects when asked', () => {
    const { stderr, status } = sockctl('show', `${program.pid}`, '--side-effects');
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  });

  test.each([
    [['show', '2147483647'], 1, 'there is no process'],
    [['show', 'tcp', '--port', '443'], 2, 'name:tcp'],
    [['show', 'nosuchprogram'], 1, 'no process is called'],
  ] as const)('%j', (args, status, message) => {
    expect(sockctl(...args)).toMatchObject({ status, stdout: '', stderr: expect.stringContaining(message) });
  });
});
