// sockctl ps: sockets that several processes of a C program share, whose names have escape codes.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listed, sockctl } from './sockctl.ts';

describe.skipIf(spawnSync('cc', ['--version']).status !== 0 || process.platform !== 'linux')('ps (needs cc)', () => {
  let folder: string;
  let child: ChildProcess;
  let ready: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'sockctl-ps-'));
    writeFileSync(
      join(folder, 'program.c'),
      `#include <stdio.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <signal.h>
#include <unistd.h>
int main() {
  prctl(PR_SET_NAME, "c \\033[31mred");
  int fd = socket(AF_INET, SOCK_STREAM, 0), one = 1, ms = 12345;
  struct sockaddr_in at = { .sin_family = AF_INET };
  socklen_t length = sizeof at;
  setsockopt(fd, IPPROTO_TCP, TCP_USER_TIMEOUT, &ms, sizeof ms);
  setsockopt(fd, SOL_SOCKET, SO_REUSEPORT, &one, sizeof one);
  bind(fd, (void *)&at, sizeof at); listen(fd, 5); getsockname(fd, (void *)&at, &length);
  if (fork() == 0) { pause(); return 0; }
  printf("%d %d\\n", ntohs(at.sin_port), fd); fflush(stdout);
  char end; read(0, &end, 1);
  kill(0, 15);
}
`,
    );
    const { status, stderr } = spawnSync('cc', ['-o', join(folder, 'program'), join(folder, 'program.c')]);
    expect(status, String(stderr)).toBe(0);
    // A group of its own, which it ends as a whole.
    child = spawn(join(folder, 'program'), { stdio: ['pipe', 'pipe', 'inherit'], detached: true });
    ready = await new Promise((resolve) => child.stdout?.once('data', (data) => resolve(String(data))));
  });
  afterAll(async () => {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.stdin?.end('x');
    await ended;
    rmSync(folder, { recursive: true });
  });

  test('shares of a socket are listed all, escape codes are written out, options as they were set', () => {
    const [port = '', fd = ''] = ready.trim().split(' ');
    const [one] = listed('--port', port, '--state', 'listen');
    expect(one.owners).toMatchObject([
      { process: 'c \x1b[31mred', fd: Number(fd) },
      { process: 'c \x1b[31mred', fd: Number(fd) },
    ]);
    expect(one.owners.map(({ pid }: { pid: number }) => pid)).toContain(child.pid);
    expect(one.options.map(({ name, text }: { name: string; text: string }) => `${name}=${text}`)).toEqual([
      'SO_REUSEPORT=on',
      'TCP_USER_TIMEOUT=12345',
    ]);
    const { stdout } = sockctl('ps', '--port', port);
    expect(stdout).not.toContain('\x1b');
    expect(stdout).toContain('c \\x1b[31mred');
    expect(stdout).toContain('SO_REUSEPORT=on TCP_USER_TIMEOUT=12345');
    expect(sockctl('ps', '--port', port, '--json').stdout).not.toContain('\x1b');
    // By its program too, whatever it calls itself.
    expect(listed('--process', 'program', '--port', port)).toHaveLength(1);
  });
});
