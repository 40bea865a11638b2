// sockctl ps where something is missing, hostile or in the way: privileges, namespaces, readers that go, odd names.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasPython } from '../helpers.ts';
import { type Python, python } from '../live/check-programs.ts';
import { command, installed, type Result, shell, sockctl, widest } from './sockctl.ts';

const linux = process.platform === 'linux';
const root = linux && process.getuid?.() === 0;
const nobody = ['setpriv', '--reuid', 'nobody', '--clear-groups'];
const canBeNobody =
  root && spawnSync('setpriv', [...nobody.slice(1), process.execPath, command, '--version']).status === 0;

function asNobody(...args: string[]): Result {
  const { stdout, stderr, status } = spawnSync(
    nobody[0] as string,
    [...nobody.slice(1), process.execPath, command, ...args],
    {
      encoding: 'utf8',
    },
  );
  return { stdout, stderr, status };
}

describe.skipIf(!hasPython || !linux)('ps (needs python3)', () => {
  let program: Python;
  let port: number;
  let pid: string;
  let folder: string;

  beforeAll(async () => {
    program = await python();
    pid = String(program.pid);
    folder = mkdtempSync(join(tmpdir(), 'sockctl-ps-'));
    await program.run("l = socket(); l.setsockopt(SOL_SOCKET, SO_KEEPALIVE, 1); l.bind(('127.0.0.1', 0)); l.listen()");
    port = await program.value('l.getsockname()[1]');
  });
  afterAll(async () => {
    await program?.end();
    rmSync(folder, { recursive: true, force: true });
  });

  describe.skipIf(!canBeNobody)('as an unprivileged user (needs root, setpriv)', () => {
    test('the sockets of others are there without owner and options, and standard error says so', () => {
      // The port may have been another test's before, whose last connections wait still.
      const { stdout, stderr, status } = asNobody('ps', '--port', `${port}`, '--state', 'listen', '--json');
      expect(status).toBe(0);
      expect(JSON.parse(stdout)).toMatchObject([{ state: 'LISTEN', uid: 0, user: 'root', owners: [], options: null }]);
      expect(stderr).toMatch(/^sockctl: the descriptors .*\d+ processes.* may not be seen.*run as root/m);
      const text = asNobody('ps', '--port', `${port}`);
      expect(text.stdout).toContain(`127.0.0.1:${port}`);
      expect(text.stderr).toContain('run as root');
      expect(text.status).toBe(0);
    });

    test('its own sockets have all of it', async () => {
      const own = await python(...nobody, 'env', 'PATH=/usr/bin:/bin');
      try {
        await own.run(
          "s = socket(); s.setsockopt(IPPROTO_TCP, TCP_KEEPIDLE, 31); s.bind(('127.0.0.1', 0)); s.listen()",
        );
        const at = String(await own.value('s.getsockname()[1]'));
        const { stdout } = asNobody('ps', '--json', 'state', 'listen', 'and', 'port', at);
        expect(JSON.parse(stdout)).toMatchObject([
          {
            owners: [{ pid: own.pid, user: 'nobody', fd: await own.value('s.fileno()') }],
            options: [{ name: 'TCP_KEEPIDLE', text: '31', default: '7200' }],
          },
        ]);
      } finally {
        await own.end();
      }
    });
  });

  test.skipIf(!root || spawnSync('unshare', ['--net', 'true']).status !== 0)(
    'sockets of other namespaces are listed, and then there is a column of namespaces (needs root, unshare)',
    async () => {
      const other = await python('unshare', '--net');
      try {
        await other.run("import ctypes; s = socket(); s.bind(('127.0.0.1', 0)); s.listen()");
        const at = String(await other.value('s.getsockname()[1]'));
        const namespace = Number(/\d+/.exec(readlinkSync(`/proc/${other.pid}/ns/net`))?.[0]);
        const { stdout } = sockctl('ps', '--json', '--port', at, '--where', `pid ${other.pid}`);
        expect(JSON.parse(stdout)).toMatchObject([{ namespace, owners: [{ pid: other.pid }] }]);
        const both = sockctl('ps', '--port', `${port},${at}`, '--no-options').stdout;
        expect(both).toMatch(/^NAMESPACE /);
        expect(both).toMatch(new RegExp(`^${namespace} .*127\\.0\\.0\\.1:${at}`, 'm'));
        expect(sockctl('ps', '--port', `${port}`, '--pid', pid).stdout).not.toContain('NAMESPACE');
      } finally {
        await other.end();
      }
    },
  );

  test('a connection in TIME_WAIT has no owner, no inode and no user', async () => {
    await program.run(
      'c = socket(); c.connect(l.getsockname()); a = l.accept()[0]; p = c.getsockname()[1]; c.close(); a.close()',
    );
    const client = await program.value('p');
    const { stdout } = sockctl('ps', '--json', 'state', 'time-wait', 'and', 'port', String(client));
    const [one] = JSON.parse(stdout);
    expect(one).toMatchObject({ state: 'TIME_WAIT', owners: [], inode: null, uid: null, user: null, options: null });
    expect(one.timer.kind).toBe('time-wait');
  });

  test('paths and abstract names cannot drive a terminal', async () => {
    await program.run(`b = socket(AF_UNIX); b.bind('${folder}/we ird\\x1b[2J.sock'); b.listen()`);
    await program.run(`e = socket(AF_UNIX); e.bind('\\0ev\\x1b]0;il\\x07' + str(os.getpid())); e.listen()`);
    for (const flags of [[], ['--json'], ['--columns', 'local,owners']]) {
      const { stdout } = sockctl('ps', '--pid', pid, '--proto', 'unix', '--state', 'listen', ...flags);
      expect(stdout.includes('\x1b') || stdout.includes('\x07')).toBe(false);
      expect(stdout).toContain(flags[0] === '--json' ? 'ird\\u001b[2J.sock' : 'ird\\x1b[2J.sock');
    }
    const found = sockctl('ps', '--json', '--local', `${folder}/*`, '--no-options').stdout;
    expect(JSON.parse(found)).toHaveLength(1);
  });

  test('no line is wider than 80 columns in a pipe', async () => {
    await program.run("s6 = socket(AF_INET6, SOCK_DGRAM); s6.bind(('::1', 0)); s6.connect(('::1', 65535))");
    for (const flags of [[], ['--all-options', '--state', 'listen'], ['--columns', 'owners,local,remote,peer,timer']]) {
      expect(widest(sockctl('ps', '--pid', pid, ...flags).stdout)).toBeLessThanOrEqual(80);
    }
  });

  test.skipIf(!installed('script'))('a wide terminal has the queues beside, and colours (needs script)', () => {
    const line = `stty cols 200; '${process.execPath}' '${command}' ps --pid ${pid} --state listen --proto tcp`;
    const { stdout } = spawnSync('script', ['-qec', line, '/dev/null'], {
      encoding: 'utf8',
      env: { ...process.env, TERM: 'xterm', NO_COLOR: undefined, FORCE_COLOR: undefined },
    });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are what is taken away
    expect(stdout.replace(/\x1b\[\d+m/g, '')).toMatch(/RECVQ {2}SENDQ {2}LOCAL .*OPTIONS\r?\n.*SO_KEEPALIVE=on/);
    expect(stdout).toContain('\x1b[32mLISTEN');
  });

  test('a reader that goes ends it at once, without a word', () => {
    const { stdout, stderr } = shell('bash', `set -o pipefail; sockctl ps --pid ${pid} | head -1; echo "$?"`);
    expect(stdout).toMatch(/^PROCESS .*\n0\n$/);
    expect(stderr).not.toMatch(/EPIPE|write/);
  });

  test('processes and sockets that come and go while it looks do no harm', async () => {
    const restless = spawn(
      'python3',
      [
        '-c',
        `import os, socket
while True:
    if os.fork() == 0:
        s = [socket.socket() for _ in range(50)]
        os._exit(0)
    c = [socket.socketpair() for _ in range(20)]
    for a, b in c: a.close(); b.close()
    os.wait()`,
      ],
      { stdio: 'ignore' },
    );
    try {
      for (let i = 0; i < 2; i++) {
        const { stdout, stderr, status } = sockctl('ps', '--json');
        expect(status, stderr).toBe(0);
        expect(Array.isArray(JSON.parse(stdout))).toBe(true);
        expect(stderr).not.toMatch(/ERR_|could not be read/);
      }
    } finally {
      restless.kill('SIGKILL');
      await once(restless, 'exit');
    }
  }, 60_000);
});

describe.skipIf(!linux)('ps', () => {
  test('nothing found is a word on standard error, an empty array, and exit code 0', () => {
    const none = ['ps', '--process', 'no such process'];
    expect(sockctl(...none)).toMatchObject({ status: 0, stdout: '' });
    expect(sockctl(...none).stderr).toContain('sockctl: no socket matches\n');
    expect(JSON.parse(sockctl(...none, '--json').stdout)).toEqual([]);
  });

  test.each([
    [['nginx'], 'nginx alone is no filter. Did you mean --process nginx?'],
    [['tcp'], 'tcp alone is no filter. Did you mean proto tcp?'],
    [['listen'], 'listen alone is no filter. Did you mean state listen?'],
    [[':443'], ':443 alone is no filter. Did you mean port 443?'],
    [['4711'], '4711 alone is no filter. Did you mean pid 4711, or port 4711?'],
    [['/run/x.sock'], '/run/x.sock alone is no filter. Did you mean --local /run/x.sock?'],
    [['state', 'listen', 'and'], 'the filter is wrong'],
    [['--columns', 'inod'], 'there is no column inod. Did you mean inode?'],
    [['--columns', 'pid,,fd'], '--columns has an empty word in pid,,fd'],
    [['--columns', 'pid,pid'], '--columns has pid twice'],
    [['--columns', 'SO_ERROR'], 'SO_ERROR cannot be a column: to read it changes the socket'],
    [['--sort', 'SO_KEEPALIV'], 'there is no column SO_KEEPALIV. Did you mean SO_KEEPALIVE?'],
    [['--proto', 'tpc'], 'there is no protocol tpc. Did you mean tcp?'],
    [['--state', 'listn'], 'there is no state "listn"'],
    [['--pid', 'nginx'], '--pid takes numbers of processes, got nginx. For a name: --process NAME'],
    [['--port', '70000'], '--port takes 443 or 8000-8999, got 70000'],
    [['--local', '10.0.0.1/8'], 'Did you mean "10.0.0.0/8" or "10.0.0.1"?'],
    [['--user', 'no such user'], 'there is no user no such user'],
    [['--option', 'TCP_NODELAY'], '--option takes OPTION=VALUE, got TCP_NODELAY'],
    [['--all-options', '--no-options'], '--all-options and --no-options exclude each other'],
    [['--columns', 'pid', '--all-options'], '--all-options needs the column options'],
  ])('%j is refused with what would be right', (args, message) => {
    const { stdout, stderr, status } = sockctl('ps', ...args);
    expect(stderr).toContain(message);
    expect(stdout).toBe('');
    expect(status).toBe(2);
  });

  test('a process that is not there is said so', () => {
    expect(sockctl('ps', '--pid', '4194305')).toMatchObject({ status: 1, stdout: '' });
  });
});
