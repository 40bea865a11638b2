// sockctl set on running programs: what they read themselves then, the question, the way back, and the refusals.
import { type ChildProcess, spawn } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasPython } from '../helpers.ts';
import { type Python, python } from '../live/check-programs.ts';
import { command, json, type Result, shell, sockctl, sockctlWith, widest } from './sockctl.ts';

describe.skipIf(!hasPython)('set (needs python3)', () => {
  let program: Python;

  beforeAll(async () => {
    program = await python();
    await program.run('l = create_server(("127.0.0.1", 0)); u, v = socketpair()');
    await program.run('c = create_connection(l.getsockname()); a, _ = l.accept()');
  });

  afterAll(() => program.end());

  const at = async (name: string): Promise<string> => `${program.pid}/${await program.value(`${name}.fileno()`)}`;
  const idle = (name = 'c'): Promise<number> => program.value(`${name}.getsockopt(IPPROTO_TCP, TCP_KEEPIDLE)`);
  const nodelay = (name = 'c'): Promise<number> => program.value(`${name}.getsockopt(IPPROTO_TCP, TCP_NODELAY)`);

  /** A `set --for` that goes on until it is told to stop. */
  async function holding(...args: string[]): Promise<{ child: ChildProcess; ended: Promise<Result> }> {
    const child = spawn(process.execPath, [command, 'set', ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    let [stdout, stderr] = ['', ''];
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    const ended = new Promise<Result>((resolve) => {
      child.once('close', (status, signal) => resolve({ stdout, stderr: stderr + (signal ?? ''), status }));
    });
    await new Promise<void>((resolve) => {
      child.once('close', () => resolve());
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        stdout += text;
        if (/Set for |"leftOut"/.test(stdout)) resolve();
      });
    });
    return { child, ended };
  }

  test('shows the socket, before, after, outcome, and the command that undoes it, which does', async () => {
    const target = await at('c');
    const { stdout, stderr, status } = sockctl('set', target, 'tcp_keepidle=2min', 'SO_SNDBUF=10000', 'TCP_NODELAY=on');
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
    expect(stdout).toMatch(new RegExp(`^${target} python3, tcp ESTABLISHED, 127.0.0.1:\\d+ to 127.0.0.1:\\d+\n`));
    expect(stdout).toMatch(/^TCP_KEEPIDLE +7200 +120 +120 +applied$/m);
    expect(stdout).toMatch(/^SO_SNDBUF +\d+ +10000 +20000 +doubled: /m);
    expect(await idle()).toBe(120);
    const undo = /^ {2}(sockctl set .*)$/m.exec(stdout)?.[1] as string;
    expect(undo).toMatch(/ --inode \d+ TCP_NODELAY=off SO_SNDBUF=\d+ SO_BUF_LOCK=none TCP_KEEPIDLE=7200$/);
    const undone = shell('bash', undo);
    expect({ status: undone.status, stderr: undone.stderr }).toEqual({ status: 0, stderr: '' });
    expect([await idle(), await nodelay()]).toEqual([7200, 0]);
    expect(await program.value('c.getsockopt(SOL_SOCKET, SO_SNDBUF)')).toBeGreaterThan(20000);
  });

  test('keeps to 80 columns, but for the commands', async () => {
    const { stdout } = sockctl('set', await at('l'), 'IP_FREEBIND=on', 'TCP_CONGESTION=nosuch', 'TCP_NODELAY=on');
    expect(widest(stdout.replace(/^ {2}sockctl .*$/gm, ''))).toBeLessThanOrEqual(80);
    sockctl('set', await at('l'), 'TCP_NODELAY=off');
  });

  test('too late, refused, unsupported: told, exit 1', async () => {
    const { value, status } = json('set', await at('l'), 'IP_FREEBIND=on', 'TCP_CONGESTION=nosuch', 'UDP_CORK=on');
    expect(status).toBe(1);
    expect(value.sockets[0].options).toMatchObject([
      { name: 'IP_FREEBIND', outcome: 'too-late', why: expect.stringContaining('make the socket with it') },
      { name: 'TCP_CONGESTION', outcome: 'refused' },
      { name: 'UDP_CORK', outcome: 'unsupported' },
    ]);
    expect(value.sockets[0].undo).toBeNull();
  });

  test.each([
    [['NO_SUCH=1'], /no option is called NO_SUCH/],
    [['SO_TYPE=1'], /can only be read/],
    [['TCP_KEEPIDLE=0'], /TCP_KEEPIDLE expects/],
    [['TCP_KEEPIDLE'], /has no value/],
    [['TCP_MD5SIG=hunter2'], /TCP_MD5SIG expects/],
    [['SO_KEEPALIVE=on', '--inode', 'x'], /--inode takes a number/],
    [['SO_KEEPALIVE=on', '--for', '0s'], /no time at all/],
    [['SO_KEEPALIVE=on', '--for=-5m'], /takes a time/],
    [['SO_KEEPALIVE=on', '--for', '10'], /takes a time with its unit/],
    [['SO_KEEPALIVE=on', '--for', '25d'], /too long: 24 days/],
    [['SO_KEEPALIVE=on', '--for', '1m', '--dry-run'], /do not go together/],
    [['TCP_ULP=tls', '--for', '1m'], /cannot be set back/],
  ])('%j is refused before anything is touched, exit 2', async (words, message) => {
    const { stdout, stderr, status } = sockctl('set', await at('c'), 'TCP_NODELAY=on', ...words);
    expect({ stdout, status }).toEqual({ stdout: '', status: 2 });
    expect(stderr).toMatch(message);
    expect(stderr).not.toContain('hunter2');
    expect(await nodelay()).toBe(0);
  });

  test('words in the wrong order, and kinds, which are not running', () => {
    expect(sockctl('set', 'SO_KEEPALIVE=on', '1/2')).toMatchObject({ status: 2 });
    expect(sockctl('set', 'SO_KEEPALIVE=on', '1/2').stderr).toContain('the target comes first');
    expect(sockctl('set', 'udp', 'SO_BROADCAST=on').stderr).toContain('sockctl try udp');
  });

  test('several sockets without a terminal to ask on: exit 2, and nothing is set', async () => {
    const { stdout, stderr, status } = sockctl('set', String(program.pid), 'TCP_NODELAY=on');
    expect({ stdout, status }).toEqual({ stdout: '', status: 2 });
    expect(stderr).toContain(`3 sockets: 3 of python3 (${program.pid})`);
    expect(stderr).toContain('--yes');
    expect(await nodelay()).toBe(0);
  });

  test('--dry-run tells of each socket and sets nothing; those without the option are left out', async () => {
    const { stdout, status } = sockctl('set', String(program.pid), 'TCP_NODELAY=on', '--dry-run');
    expect(status).toBe(0);
    expect(stdout.match(/would-set/g)).toHaveLength(3);
    expect(stdout).toMatch(/Left out: \d+ sockets without TCP_NODELAY/);
    expect(stdout).toContain('Nothing was set: --dry-run.');
    expect(await nodelay()).toBe(0);
  });

  test('--yes sets all; flags choose among them', async () => {
    const { value, status } = json('set', String(program.pid), 'TCP_NODELAY=on', '--state', 'ESTABLISHED', '--yes');
    expect(status).toBe(0);
    expect(value.sockets).toHaveLength(2);
    expect([await nodelay(), await nodelay('a'), await nodelay('l')]).toEqual([1, 1, 0]);
    for (const { undo } of value.sockets) expect(shell('bash', undo).status).toBe(0);
    expect([await nodelay(), await nodelay('a')]).toEqual([0, 0]);
  });

  test('an option that no socket of the target has', () => {
    const { stderr, status } = sockctl('set', String(program.pid), 'UDP_CORK=on');
    expect(status).toBe(1);
    expect(stderr).toContain('UDP_CORK');
  });

  test('--inode protects the next socket of that number', async () => {
    const { stderr, status } = sockctl('set', await at('c'), '--inode', '1', 'TCP_NODELAY=on');
    expect(status).toBe(1);
    expect(stderr).toContain('is not the socket of inode 1');
    expect(await nodelay()).toBe(0);
  });

  test('--atomic sets nothing where one is refused', async () => {
    const { stdout, status } = sockctl('set', await at('c'), 'TCP_NODELAY=on', 'TCP_CONGESTION=nosuch', '--atomic');
    expect(status).toBe(1);
    expect(stdout).toContain('set back');
    expect(await nodelay()).toBe(0);
  });

  test('a process that is not there, a descriptor that is no socket', async () => {
    await program.run('f = open("/dev/null")');
    expect(sockctl('set', '2147483000', 'TCP_NODELAY=on')).toMatchObject({ status: 1, stdout: '' });
    expect(json('set', await at('f'), 'TCP_NODELAY=on')).toMatchObject({
      status: 1,
      value: { error: { code: 'ERR_NO_SOCKET' } },
    });
  });

  describe('--for', () => {
    test('sets back when the time is up', async () => {
      const { stdout, status } = sockctl('set', await at('c'), 'TCP_KEEPIDLE=60', '--for', '0.2s');
      expect(status).toBe(0);
      expect(stdout.indexOf('sockctl set')).toBeLessThan(stdout.indexOf('Set for 0.2s'));
      expect(stdout).toContain('Set back: 1 option of 1 socket.');
      expect(await idle()).toBe(7200);
    });

    test.each(['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const)('sets back at %s, which ends it', async (signal) => {
      const { child, ended } = await holding(await at('c'), 'TCP_KEEPIDLE=60', '--for', '10m');
      expect(await idle()).toBe(60);
      child.kill(signal);
      const { stdout, stderr } = await ended;
      expect(stdout).toContain('Set back: 1 option of 1 socket.');
      expect(stderr).toBe(signal);
      expect(await idle()).toBe(7200);
    });

    test('sets back when nobody reads its output any more', async () => {
      const { child, ended } = await holding(await at('c'), 'TCP_KEEPIDLE=60', '--for', '10m');
      expect(await idle()).toBe(60);
      child.stdout?.destroy();
      const { stderr, status } = await ended;
      expect(status).toBe(1);
      expect(stderr).toContain('Set back: 1 option of 1 socket.');
      expect(await idle()).toBe(7200);
    });

    test('leaves alone what somebody else has set, and tells of sockets that are gone', async () => {
      await program.run('g = create_connection(l.getsockname()); g_peer, _ = l.accept()');
      const words = [String(program.pid), 'TCP_KEEPIDLE=60', '--state', 'ESTABLISHED', '--yes', '--for', '10m'];
      const { child, ended } = await holding(...words);
      await program.run('c.setsockopt(IPPROTO_TCP, TCP_KEEPIDLE, 77); g.close(); g_peer.close()');
      child.kill('SIGTERM');
      const { stdout } = await ended;
      expect(stdout.replace(/\s+/g, ' ')).toContain('Set back: 1 option of 1 socket.');
      expect(stdout.replace(/\s+/g, ' ')).toContain('left alone: it was set to another value meanwhile; it is 77 now');
      expect(stdout.match(/is gone:/g)).toHaveLength(2);
      expect(await idle()).toBe(77);
      await program.run('c.setsockopt(IPPROTO_TCP, TCP_KEEPIDLE, 7200)');
    });

    test('with --json: a document when it is set, another when it is set back', async () => {
      const { stdout, status } = sockctl('set', await at('c'), 'TCP_KEEPIDLE=60', '--for', '0.2s', '--json');
      expect(status).toBe(0);
      const documents = stdout
        .trim()
        .split(/\n(?=\{)/)
        .map((text) => JSON.parse(text));
      expect(documents).toMatchObject([
        { sockets: [{ undo: expect.stringContaining('TCP_KEEPIDLE=7200') }] },
        { setBack: [{ options: [{ name: 'TCP_KEEPIDLE', outcome: 'restored' }] }] },
      ]);
    });

    test('does not wait where nothing was changed', async () => {
      const { stdout, status } = sockctl('set', await at('c'), 'TCP_KEEPIDLE=7200', '--for', '10m');
      expect(status).toBe(0);
      expect(stdout).toContain('nothing to wait for');
    });
  });

  describe('the question on a terminal', () => {
    // A terminal for the command, what is typed into it, and what it showed, with the exit code.
    const terminal = `
import os, pty, sys
pid, fd = pty.fork()
if pid == 0:
    os.execvp(sys.argv[2], sys.argv[2:])
seen, typed = b'', False
while True:
    try:
        data = os.read(fd, 4096)
    except OSError:
        break
    if not data:
        break
    seen += data
    if b'[y/N]' in seen and not typed:
        typed = True
        os.write(fd, sys.argv[1].encode())
code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
sys.stdout.write(seen.decode() + '\\nexit ' + str(code))`;

    async function typed(answer: string): Promise<string> {
      const words = [command, 'set', String(program.pid), 'TCP_NODELAY=on', '--state', 'ESTABLISHED'];
      const child = spawn('python3', ['-c', terminal, answer, process.execPath, ...words], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      let shown = '';
      for await (const data of child.stdout) shown += data;
      return shown;
    }

    test('names how many and whose; y sets them', async () => {
      const shown = await typed('y\n');
      expect(shown).toContain(`This touches 2 sockets: 2 of python3 (${program.pid}).`);
      expect(shown).toContain('Set TCP_NODELAY on all of them? [y/N]');
      expect(shown).toMatch(/exit 0$/);
      expect([await nodelay(), await nodelay('a')]).toEqual([1, 1]);
      sockctl('set', String(program.pid), 'TCP_NODELAY=off', '--yes');
    });

    test.each([
      ['n', 'n\n', 'exit 1'],
      ['an empty line', '\n', 'exit 1'],
      ['the end of the input', '\x04', 'exit 1'],
      ['Ctrl-C', '\x03', 'exit -2'],
    ])('%s sets nothing', async (_name, answer, code) => {
      expect(await typed(answer)).toContain(code);
      expect([await nodelay(), await nodelay('a')]).toEqual([0, 0]);
    });
  });

  test('a name that would drive the terminal is shown escaped', async () => {
    await program.run('open("/proc/self/comm", "w").write("\\x1b[2Jred")');
    const { stdout } = sockctlWith({ FORCE_COLOR: '0' }, 'set', await at('c'), 'TCP_KEEPIDLE=7200');
    const { stderr } = sockctl('set', String(program.pid), 'TCP_NODELAY=on');
    expect(stdout + stderr).not.toContain('\x1b');
    expect(stdout).toContain('\\x1b[2Jred');
    await program.run('open("/proc/self/comm", "w").write("python3")');
  });
});
