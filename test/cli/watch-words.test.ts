// sockctl watch where there is little to say, or much: what is not measured, kinds without TCP_INFO, many sockets.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasPython } from '../helpers.ts';
import { type Python, python } from '../live/check-programs.ts';
import { command, shell, sockctl } from './sockctl.ts';

const nobody = ['--reuid', 'nobody', '--clear-groups'];
const canBeNobody =
  process.getuid?.() === 0 && spawnSync('setpriv', [...nobody, process.execPath, command, '--version']).status === 0;

describe.skipIf(process.platform !== 'linux' || !hasPython)('watch (needs python3)', () => {
  let program: Python;
  const folder = mkdtempSync(join(tmpdir(), 'sockctl-watch-'));
  const at = async (name: string): Promise<string> => `${program.pid}/${await program.value(`${name}.fileno()`)}`;

  beforeAll(async () => {
    program = await python();
    await program.run('l = create_server(("127.0.0.1", 0)); c = create_connection(l.getsockname()); a, _ = l.accept()');
    await program.run(
      'u = socket(AF_INET, SOCK_DGRAM); u.bind(("127.0.0.1", 0)); u.sendto(b"x" * 10, u.getsockname())',
    );
    await program.run(`p = socket(AF_UNIX); p.bind(${JSON.stringify(join(folder, 'watched.sock'))}); p.listen()`);
  });
  afterAll(async () => {
    await program?.end();
    rmSync(folder, { recursive: true });
  });

  test('of what has no TCP_INFO the queues are shown', async () => {
    const { stdout } = sockctl('watch', await at('u'), '-n', '1');
    expect(stdout).toMatch(/^SECONDS PID\/FD +STATE +RECV-Q +SEND-Q DROPPED\n/);
    expect(stdout).toMatch(/ BOUND +[1-9]\S* k?B +0 B +-\n/);
  });

  test.skipIf(!canBeNobody)('the columns stay where nobody can be named (needs root, setpriv)', async () => {
    const port = await program.value('c.getsockname()[1]');
    const words = ['watch', `:${port}`, '--state', 'established', '-n', '1'];
    const { stdout } = spawnSync('setpriv', [...nobody, process.execPath, command, ...words], { encoding: 'utf8' });
    const [title = '', , row = ''] = stdout.split('\n');
    expect(row).toMatch(/^ +0\.0 inode \d+ +\S/);
    expect(row).toHaveLength(title.length);
  });

  test('a path means unix sockets', () => {
    const { stdout, status } = sockctl('watch', '--local', join(folder, '*'), '-n', '1');
    expect(status).toBe(0);
    expect(stdout).toContain(`unix LISTEN unix:${join(folder, 'watched.sock')}`);
    const none = sockctl('watch', '--local', join(folder, 'other'), '-n', '1');
    expect(none.stderr).toMatch(/nothing to watch\. No socket fits.*--wait/);
    expect(none.status).toBe(1);
  });

  test('--until takes the short names, and what is not measured is not true', async () => {
    const connection = await at('c');
    const until = (target: string, condition: string) => sockctl('watch', target, '-n', '1', '--until', condition);
    expect(until(connection, 'cwnd > 0 and mss > 0')).toMatchObject({ status: 0, stderr: '' });
    expect(until(connection, 'cwnd > 1000000')).toMatchObject({ status: 1, stderr: '' });
    // The kernel has 2^32 - 1 us for the one and 0 for the other.
    await program.run('full = create_server(("127.0.0.1", 0), backlog=0); waiting = []');
    await program.run(
      'for _ in range(3):\n  s = socket(); s.setblocking(False); s.connect_ex(full.getsockname()); waiting.append(s)',
    );
    const unanswered = await at('waiting[2]');
    expect(sockctl('watch', unanswered, '-n', '1').stdout).toContain('SYN_SENT');
    expect(until(unanswered, 'min_rtt > 1h').status).toBe(1);
    const { status, stderr } = until(unanswered, 'rtt < 1h');
    expect(status).toBe(1);
    expect(stderr).toMatch(/^sockctl: --until was neither true nor false of any socket/);
  });

  test('what cannot work is said at the start', async () => {
    const connection = await at('c');
    const wrong = (...args: string[]) => sockctl('watch', connection, '-n', '1', ...args);
    expect(wrong('--svg', folder)).toMatchObject({ status: 2, stdout: '' });
    expect(wrong('--svg', folder).stderr).toContain(`is a directory. --svg ${join(folder, 'plot.svg')}`);
    expect(wrong('--fields', 'rtt,').stderr).toContain('--fields has an empty word in rtt,');
  });

  test('an output that cannot be written ends it with 1, and is told once', async () => {
    const { status, stderr } = shell('bash', `sockctl watch ${await at('c')} -i 10ms --for 20s > /dev/full`);
    expect(stderr).toBe('sockctl: cannot write the output: ENOSPC\n');
    expect(status).toBe(1);
  });

  test('its help says what --json is here', () => {
    expect(sockctl('watch', '--help').stdout).toMatch(/--json +JSON lines/);
    expect(sockctl('ps', '--help').stdout).toMatch(/--json +one JSON document/);
  });

  test('a plot has the busiest, though they come after hundreds that do nothing', async () => {
    await program.run('import threading, time; many = [create_server(("127.0.0.1", 0)) for _ in range(520)]');
    await program.run('def send():\n  while True: c.send(b"x" * 1000); a.recv(1000); time.sleep(0.01)');
    await program.run('threading.Thread(target=send, daemon=True).start()');
    const file = join(folder, 'busy.svg');
    expect(sockctl('watch', String(program.pid), '-i', '200ms', '-n', '5', '--svg', file).status).toBe(0);
    const plot = readFileSync(file, 'utf8');
    expect(plot).toMatch(/the 8 busiest of 5\d\d sockets/);
    const remote = await program.value('c.getpeername()[1]');
    expect(plot).toContain(`${await at('c')} 127.0.0.1:${remote}</text>`);
    expect(plot.match(/nothing was measured/g) ?? []).not.toHaveLength(6);
  });
});
