// sockctl check where it cannot be sure: processes that may not be seen, guessed sides, names that are two things.
import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasPython } from '../helpers.ts';
import { type Python, python } from '../live/check-programs.ts';
import { command, type Result, sockctl } from './sockctl.ts';

const nobody = 65534;
const canBeNobody =
  process.getuid?.() === 0 &&
  existsSync('/usr/bin/python3') &&
  spawnSync(process.execPath, [command, '--version'], { uid: nobody, gid: nobody }).status === 0;

let folder: string;
let policy: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sockctl-unsure-'));
  chmodSync(folder, 0o755);
  policy = join(folder, 'policy.json');
  const rules = ['server', 'client', 'accepted'].map((side) => ({
    name: side,
    match: { side },
    options: { SO_REUSEADDR: false, SO_KEEPALIVE: side !== 'server' },
  }));
  writeFileSync(policy, JSON.stringify({ rules }));
});

afterAll(() => rmSync(folder, { recursive: true }));

describe.skipIf(!hasPython || !canBeNobody)('as an unprivileged user (needs root, python3)', () => {
  let mine: Python;
  let others: Python;
  const name = `unsure${process.pid}`;

  const asNobody = (...words: string[]): Result => {
    const { stdout, stderr, status } = spawnSync(process.execPath, [command, ...words], {
      encoding: 'utf8',
      uid: nobody,
      gid: nobody,
    });
    return { stdout, stderr, status };
  };

  beforeAll(async () => {
    const rename = `open("/proc/self/comm", "w").write(${JSON.stringify(name)})`;
    others = await python();
    // What python() starts is the first of PATH, which may be in a folder of root's.
    mine = await python('env', 'PATH=/usr/bin', 'setpriv', `--reuid=${nobody}`, `--regid=${nobody}`, '--clear-groups');
    for (const program of [mine, others]) {
      await program.run(rename);
      await program.run('l = create_server(("127.0.0.1", 0))');
      await program.run('l.setsockopt(SOL_SOCKET, SO_REUSEADDR, 0)');
    }
  });

  afterAll(async () => {
    await mine.end();
    await others.end();
  });

  test.each([
    ['a target', [name]],
    ['--process', ['--process', name]],
  ])('processes of a name that may not be seen are not clean: %s', (_, words) => {
    const { stdout, stderr, status } = asNobody('check', policy, ...words);
    expect(status).toBe(1);
    expect(stdout.replace(/\s+/g, ' ')).toContain('in 1 socket. Some processes could not be looked at.');
    expect(stderr).toMatch(/1 process of other users may not be seen/);
    const report = JSON.parse(asNobody('check', policy, ...words, '--json').stdout);
    expect(report).toMatchObject({ checked: 1, clean: 1, incomplete: true });
    const junit = asNobody('check', policy, ...words, '--junit').stdout;
    expect(junit).toMatch(/tests="2" failures="0" errors="1"/);
    expect(junit.match(/<testcase /g)).toHaveLength(2);
    const [{ invocations }] = JSON.parse(asNobody('check', policy, ...words, '--sarif').stdout).runs;
    expect(invocations).toMatchObject([{ executionSuccessful: false, exitCode: 1 }]);
  });

  test('what others have does not count where only the own processes are asked for', () => {
    const { stdout, status } = asNobody('check', policy, String(mine.pid));
    expect([stdout, status]).toEqual([`No violations of ${policy} in 1 socket.\n`, 0]);
  });

  test('a socket that could not be looked at is named by its place', async () => {
    const port = (await others.value('l.getsockname()[1]')) as number;
    const { stdout, status } = asNobody('check', policy, '--port', String(port));
    expect(status).toBe(1);
    expect(stdout.replace(/\s+/g, ' ')).toContain(`(tcp at 127.0.0.1:${port})`);
  });
});

test.skipIf(!hasPython)('a side that is known and one that is a guess are told apart (needs python3)', async () => {
  const program = await python();
  try {
    await program.run('l = create_server(("127.0.0.1", 0)); c = create_connection(l.getsockname())');
    await program.run('f = socket()');
    const [client, fresh] = (await program.value('[c.fileno(), f.fileno()]')) as [number, number];
    const { stdout } = sockctl('check', policy, String(program.pid));
    expect(stdout).toContain(`${program.pid}/${client}, client, `);
    expect(stdout).toContain(`${program.pid}/${fresh}, probably client\n`);
  } finally {
    await program.end();
  }
});

test('a folder that is called as a ready policy is not taken for it; a file is', () => {
  const [place, other] = [join(folder, 'a'), join(folder, 'b')] as const;
  mkdirSync(join(place, 'low-latency'), { recursive: true });
  mkdirSync(other);
  copyFileSync(policy, join(other, 'low-latency'));
  const run = (cwd: string): { policy: string; file: string } =>
    JSON.parse(
      spawnSync(process.execPath, [command, 'check', 'low-latency', '--pid', String(process.pid), '--json'], {
        cwd,
        encoding: 'utf8',
      }).stdout,
    );
  expect(run(place).file).toMatch(/policies\/low-latency\.json$/);
  expect(run(other).file).toBe(join(other, 'low-latency'));
});
