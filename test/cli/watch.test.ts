// sockctl watch where nobody looks at a terminal: lines, JSON lines, CSV, a plot, conditions and exit codes.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasPython } from '../helpers.ts';
import { type Python, python } from '../live/check-programs.ts';
import { command, shell, sockctl, sockctlWith, widest } from './sockctl.ts';

describe.skipIf(process.platform !== 'linux' || !hasPython)('watch (needs python3)', () => {
  let program: Python;
  let target: string;
  const folder = mkdtempSync(join(tmpdir(), 'sockctl-watch-'));

  beforeAll(async () => {
    program = await python();
    await program.run('import threading, time');
    await program.run('l = create_server(("127.0.0.1", 0)); c = create_connection(l.getsockname()); a, _ = l.accept()');
    await program.run('def send():\n  while True: c.send(b"x" * 1000); a.recv(1000); time.sleep(0.02)');
    await program.run('threading.Thread(target=send, daemon=True).start()');
    target = `${program.pid}/${await program.value('c.fileno()')}`;
  });
  afterAll(async () => {
    await program?.end();
    rmSync(folder, { recursive: true });
  });

  // biome-ignore lint/suspicious/noExplicitAny: each test knows the shape that it looks at
  const documents = (text: string): any[] =>
    text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));

  test('appends a line a tick, tells what it says in words once, and keeps to 80 columns', () => {
    const { stdout, stderr, status } = sockctl('watch', target, '--interval', '200ms', '--count', '5');
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
    expect(stdout).toMatch(/^SECONDS PID\/FD +RTT +CWND +SENDING +RECEIVING +RETR +BUSY +RWND SNDBUF\n/);
    expect(stdout).toMatch(new RegExp(`^ +0\\.0 ${target} +python3, tcp ESTABLISHED 127\\.0\\.0\\.1:\\d+ -> `, 'm'));
    expect(stdout.match(/^ +\d\.\d .*(kB\/s|-) /gm)).toHaveLength(5);
    expect(stdout.match(/the application is the limit/g)).toHaveLength(1);
    expect(widest(stdout)).toBeLessThanOrEqual(80);
    expect(stdout).not.toContain('\x1b');
  });

  test('JSON lines: everything, or the fields that are asked for', () => {
    const { stdout, status } = sockctl('watch', target, '-i', '100ms', '-n', '3', '--json');
    const all = documents(stdout);
    expect(status).toBe(0);
    expect(all.map(({ event }) => event)).toEqual(['appeared', 'sample', 'sample']);
    expect(all[2]).toMatchObject({
      target,
      kind: 'tcp',
      state: 'ESTABLISHED',
      owners: [{ pid: program.pid, process: 'python3' }],
      retransmitted: 0,
      info: { state: 1, snd_mss: expect.any(Number) },
      memory: { sndbuf: expect.any(Number) },
    });
    expect(all[2].sending).toBeGreaterThan(0);
    expect(all[0].sending).toBeNull();
    expect(all[1].elapsed).toBeGreaterThan(0);
    const few = documents(sockctl('watch', target, '-n', '1', '--json', '--fields', 'rtt,cwnd,busy_share').stdout);
    expect(Object.keys(few[0])).toEqual(['time', 'elapsed', 'event', 'target', 'rtt', 'snd_cwnd', 'busy_share']);
  });

  test('CSV that other programs read, and whose cells are no formulas', async () => {
    const { stdout, status } = sockctl(
      'watch',
      target,
      '-i',
      '100ms',
      '-n',
      '3',
      '--csv',
      '--fields',
      'state,rtt,sending',
    );
    expect(status).toBe(0);
    const rows = stdout.trimEnd().split('\n');
    expect(rows[0]).toBe('time,elapsed,event,target,process,local,remote,state,rtt,sending');
    expect(rows).toHaveLength(4);
    expect(rows[3]).toMatch(
      /^\d{4}-[^,]+Z,[\d.]+,sample,\d+\/\d+,python3,127\.0\.0\.1:\d+,127\.0\.0\.1:\d+,ESTABLISHED,\d+,[\d.]+$/,
    );
    const other = await python();
    await other.run('open("/proc/self/comm", "w").write("=a\\"b,\\x1b")\nl = create_server(("127.0.0.1", 0))');
    const hostile = sockctl('watch', String(other.pid), '-n', '1', '--csv').stdout;
    await other.end();
    expect(hostile).toContain(`,"'=a""b,\\x1b",`);
  });

  test('--until ends it with 0 when the condition comes true; with 1 when the time ran out', () => {
    const until = (condition: string, ...more: string[]) =>
      sockctl('watch', target, '-i', '50ms', '--until', condition, ...more).status;
    expect(until('sending > 1 and busy_share < 100%')).toBe(0);
    expect(until("state established and rtt < 10s and process 'python3'", '-n', '1')).toBe(0);
    expect(until('TCP_NODELAY = off', '--count', '1')).toBe(0);
    expect(until('finding = application-limited', '--for', '20s')).toBe(0);
    expect(until('retransmitted > 5 or finding = zero-window', '--for', '300ms')).toBe(1);
    expect(until('rtt > 1h', '-n', '2')).toBe(1);
  });

  test('--until that waits for the end; 1 when the connection ended and that was not asked for', async () => {
    for (const [condition, code] of [
      ['event = ended', 0],
      ['rtt > 1h', 1],
    ] as const) {
      await program.run('c2 = create_connection(l.getsockname()); a2, _ = l.accept()');
      const second = `${program.pid}/${await program.value('c2.fileno()')}`;
      const child = spawn(process.execPath, [command, 'watch', second, '-i', '50ms', '--until', condition]);
      const exit = once(child, 'exit');
      await once(child.stdout, 'data');
      child.stdout.resume();
      await program.run('c2.close(); a2.close()');
      expect(await exit).toEqual([code, null]);
    }
  });

  test('--svg writes a plot that is valid XML, whatever the program is called', async () => {
    const [one, many] = [join(folder, 'one.svg'), join(folder, 'many.svg')];
    expect(sockctl('watch', target, '-i', '50ms', '-n', '6', '--svg', one).status).toBe(0);
    const other = await python();
    await other.run('open("/proc/self/comm", "w").write("<&\\"\\x01>")');
    await other.run('l = create_server(("127.0.0.1", 0)); c = create_connection(l.getsockname()); a, _ = l.accept()');
    expect(sockctl('watch', String(other.pid), '-i', '50ms', '-n', '6', '--svg', many).status).toBe(0);
    await other.end();
    const parse = 'import sys, xml.dom.minidom as m\nfor f in sys.argv[1:]: print(m.parse(f).documentElement.tagName)';
    expect(spawnSync('python3', ['-c', parse, one, many], { encoding: 'utf8' }).stdout).toBe('svg\nsvg\n');
    const text = readFileSync(one, 'utf8');
    for (const title of ['Rate', 'Round trip', 'On the way', 'Segments sent again', 'What limits the sender']) {
      expect(text).toContain(`>${title}</text>`);
    }
    expect(text).toMatch(/class="line" stroke="#2563eb" d="M[\d. ]+h0L/);
    expect(text).not.toMatch(/NaN|Infinity|undefined/);
    expect(readFileSync(many, 'utf8')).toContain('&lt;&amp;&quot;\\x01&gt;');
  });

  test('ends at Ctrl-C with its plot written, and when nobody reads any more', async () => {
    const file = join(folder, 'interrupted.svg');
    const child = spawn(process.execPath, [command, 'watch', target, '-i', '50ms', '--svg', file]);
    const exit = once(child, 'exit');
    await once(child.stdout, 'data');
    child.stdout.resume();
    child.kill('SIGINT');
    expect(await exit).toEqual([0, null]);
    expect(existsSync(file)).toBe(true);
    const { stdout, stderr } = shell('bash', `sockctl watch ${target} -i 20ms | head -1`);
    expect(stdout).toMatch(/^SECONDS/);
    expect(stderr).toBe('');
  });

  test('mistakes are named, before anything is watched', () => {
    const wrong = (...args: string[]) => {
      const { stderr, stdout, status } = sockctl('watch', ...args);
      expect({ stdout, status }).toEqual({ stdout: '', status: 2 });
      return stderr;
    };
    expect(wrong()).toContain('watch needs TARGET');
    expect(wrong(target, '--interval', 'soon')).toContain('--interval takes a time, got soon. Write 100ms');
    expect(wrong(target, '--interval', '1ms')).toContain('10ms at least');
    expect(wrong(target, '--for', '1000h')).toContain('24 days at most');
    expect(wrong(target, '--count', '0')).toContain('--count takes a number');
    expect(wrong(target, '--fields', 'rrt')).toContain('there is no field rrt. Did you mean rtt?');
    expect(wrong(target, '--svg', '/nowhere/plot.svg')).toContain('--svg cannot write /nowhere/plot.svg: ENOENT');
    expect(wrong(target, '--until', 'rtt >')).toContain('the filter is wrong');
    expect(wrong(target, '--until', 'finding = nonsense')).toContain('nonsense');
    expect(sockctl('watch', target, '--json', '--csv').stdout).toContain('--json and --csv exclude each other');
    expect(sockctl('watch', '4194304').stderr).toContain('4194304');
    expect(sockctl('watch', '4194304').status).toBe(1);
  });

  test('flags choose as well, and the first second of a pipe is not lost in colours', async () => {
    const port = await program.value('l.getsockname()[1]');
    const { stdout } = sockctlWith(
      { FORCE_COLOR: '1' },
      'watch',
      '--pid',
      String(program.pid),
      '--port',
      String(port),
      '--state',
      'listen',
      '-n',
      '1',
    );
    expect(stdout).toMatch(/tcp LISTEN 127\.0\.0\.1:\d+\n/);
  });
});
