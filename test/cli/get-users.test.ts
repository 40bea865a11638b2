// sockctl get of programs of other users, and of a program in C.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mayPtrace, ptraceScope } from '../../src/kernel/processes.ts';
import { hasPython } from '../helpers.ts';
import { type Python, python } from '../live/check-programs.ts';
import { command, type Result, sockctl } from './sockctl.ts';

/** A user without privileges, as whom a command is run. */
const nobody = ['setpriv', '--reuid', 'nobody', '--clear-groups'] as const;
/** The system's python3: what is first in root's PATH may be root's alone. */
const publicPath = ['env', 'PATH=/usr/bin:/bin'] as const;
const mayBeNobody =
  process.getuid?.() === 0 &&
  hasPython &&
  spawnSync(nobody[0], [...nobody.slice(1), ...publicPath, 'python3', '-V']).status === 0 &&
  spawnSync(nobody[0], [...nobody.slice(1), process.execPath, command, '--version']).status === 0;

function asNobody(...args: string[]): Result {
  const [setpriv, ...more] = nobody;
  const { stdout, stderr, status } = spawnSync(setpriv, [...more, process.execPath, command, ...args], {
    encoding: 'utf8',
  });
  return { stdout, stderr, status };
}

describe.skipIf(!mayBeNobody)(
  'as another user (begins as root; setpriv, a python3 and a Node that all may run)',
  () => {
    let own: Python;
    let other: Python;
    let port: number;
    let ownTarget: string;
    let otherTarget: string;

    beforeAll(async () => {
      other = await python();
      await other.run("l = socket(); l.bind(('127.0.0.1', 0)); l.listen()");
      port = await other.value('l.getsockname()[1]');
      otherTarget = `${other.pid}/${await other.value('l.fileno()')}`;
      own = await python(...nobody, ...publicPath);
      await own.run('u = socket(AF_INET, SOCK_DGRAM); u.setsockopt(SOL_SOCKET, SO_BROADCAST, 1)');
      ownTarget = `${own.pid}/${await own.value('u.fileno()')}`;
    });
    afterAll(async () => {
      await own.end();
      await other.end();
    });

    test("a process of the same user's", (context) => {
      if (ptraceScope() > 0) context.skip('Yama lets a user reach only its own children');
      expect(asNobody('get', ownTarget, 'SO_BROADCAST', '--value')).toEqual({ status: 0, stderr: '', stdout: 'on\n' });
      expect(asNobody('diff', ownTarget).stdout).toMatch(/^SO_BROADCAST +on +off$/m);
      expect(asNobody('show', ownTarget, '--changed').stdout).toMatch(/^\* {2}SO_BROADCAST +on$/m);
    });

    test("another user's is refused, with what it needs", () => {
      const result = asNobody('get', otherTarget, 'SO_TYPE');
      expect(result).toMatchObject({ status: 1, stdout: '' });
      expect(result.stderr).toMatch(/EPERM.*run as root/);
      for (const target of [`${other.pid}`, `:${port}`]) {
        const { status, stdout, stderr } = asNobody('get', target, 'SO_TYPE');
        expect(status).toBe(1);
        expect((stdout + stderr).replace(/\s+/g, ' ')).toMatch(/run as root/i);
      }
      expect(asNobody('diff', otherTarget)).toMatchObject({ status: 2, stdout: '' });
    });

    test('root reads both', (context) => {
      if (!mayPtrace()) context.skip('needs CAP_SYS_PTRACE');
      expect(sockctl('get', ownTarget, 'SO_BROADCAST', '--value').stdout).toBe('on\n');
      expect(sockctl('get', otherTarget, 'SO_ACCEPTCONN', '--value').stdout).toBe('on\n');
    });
  },
);

const compiler = ['cc', 'gcc'].find((name) => spawnSync(name, ['--version']).status === 0);
const source = `
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>
int main(void) {
  int s = socket(AF_INET6, SOCK_STREAM, 0), count = 33;
  struct linger linger = {1, 7};
  setsockopt(s, SOL_SOCKET, SO_LINGER, &linger, sizeof linger);
  setsockopt(s, IPPROTO_TCP, TCP_KEEPCNT, &count, sizeof count);
  printf("%d\\n", s);
  fflush(stdout);
  pause();
}
`;

describe.skipIf(compiler === undefined || process.platform !== 'linux')('a program in C (needs a compiler)', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sockctl-get-'));
  let child: ChildProcess;
  let fd: string;

  beforeAll(async () => {
    const program = join(folder, 'sockctl-c-program');
    writeFileSync(`${program}.c`, source);
    expect(spawnSync(compiler as string, ['-o', program, `${program}.c`]).status).toBe(0);
    child = spawn(program, { stdio: ['ignore', 'pipe', 'inherit'] });
    fd = String(await new Promise((resolve) => child.stdout?.once('data', resolve))).trim();
  });
  afterAll(() => {
    child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });

  test('by PID/FD, and by the name of its program', () => {
    const { stdout } = sockctl('get', `${child.pid}/${fd}`, 'SO_LINGER', 'TCP_KEEPCNT');
    expect(stdout).toBe('OPTION       VALUE\nSO_LINGER    7s\nTCP_KEEPCNT  33\n');
    expect(sockctl('get', 'sockctl-c-program', 'TCP_KEEPCNT', '--proto', 'tcp', '--value').stdout).toBe('33\n');
  });
});
