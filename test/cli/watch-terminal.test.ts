// sockctl watch on a terminal: a pseudo-terminal of python3's, and what is on its screen.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { hasPython } from '../helpers.ts';
import { type Python, python } from '../live/check-programs.ts';
import { command } from './sockctl.ts';

/** Runs a command on a terminal of a size; passes on what it prints, and keys and new sizes to it. */
const terminal = `
import fcntl, json, os, pty, select, signal, struct, sys, termios
rows, columns, *words = sys.argv[1:]
def resize(rows, columns): fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack('HHHH', int(rows), int(columns), 0, 0))
pid, fd = pty.fork()
if pid == 0:
    import time
    while os.get_terminal_size(0).columns == 0: time.sleep(0.01)
    os.execvp(words[0], words)
resize(rows, columns)
before = termios.tcgetattr(fd)[3]
open_ = [fd, 0]
while fd in open_:
    for ready in select.select(open_, [], [])[0]:
        try: data = os.read(ready, 65536)
        except OSError: data = b''
        if not data: open_.remove(ready)
        elif ready == fd: os.write(1, data)
        elif data.startswith(b'size '): resize(*data.split()[1:]); os.kill(pid, signal.SIGWINCH)
        else: os.write(fd, data)
status = os.waitpid(pid, 0)[1]
print('status', os.waitstatus_to_exitcode(status), flush=True)
`;

class Session {
  readonly child: ChildProcess;
  text = '';
  readonly #ended: Promise<unknown>;

  constructor(args: readonly string[], { rows = 24, columns = 80, env = {} } = {}) {
    const { NO_COLOR: _, FORCE_COLOR: __, ...quiet } = process.env;
    this.child = spawn('python3', ['-c', terminal, String(rows), String(columns), process.execPath, command, ...args], {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { ...quiet, TERM: 'xterm', LC_ALL: 'C.UTF-8', ...env },
    });
    this.child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      this.text += text;
    });
    this.#ended = once(this.child, 'close');
  }

  /** Waits until something is on the screen. */
  async until(wanted: RegExp): Promise<void> {
    const ended = this.#ended.then(() => 'ended');
    while (!wanted.test(this.screen)) {
      const more = await Promise.race([once(this.child.stdout as NodeJS.ReadableStream, 'data'), ended]);
      if (more === 'ended') throw new Error(`it has ended: ${JSON.stringify(this.text.slice(-2000))}`);
    }
  }

  send(text: string): void {
    this.child.stdin?.write(text);
  }

  /** All that it wrote, and its exit code. */
  async end(): Promise<string> {
    await this.#ended;
    return this.text;
  }

  /** The picture that was drawn last. */
  get screen(): string {
    const last = this.text.split('\x1b[H').at(-1) as string;
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character is what is looked for
    return last.replace(/\x1b\[[0-9;?]*[A-Za-z]/g, '').replace(/\r/g, '');
  }
}

const ENTER = '\x1b[?1049h\x1b[?25l';
const LEAVE = '\x1b[?25h\x1b[?1049l';

describe.skipIf(process.platform !== 'linux' || !hasPython)('watch on a terminal (needs python3)', () => {
  let program: Python;
  let target: string;
  let session: Session | undefined;

  beforeAll(async () => {
    program = await python();
    await program.run('l = create_server(("127.0.0.1", 0)); c = create_connection(l.getsockname()); a, _ = l.accept()');
    await program.run('more = []\nfor _ in range(30): more += [create_connection(l.getsockname()), l.accept()[0]]');
    // So much that the peer's window is 0.
    await program.run('c.setblocking(False)\ntry:\n  while True: c.send(b"x" * 65536)\nexcept BlockingIOError: pass');
    target = `${program.pid}/${await program.value('c.fileno()')}`;
  });
  afterEach(() => session?.child.kill('SIGKILL'));
  afterAll(() => program?.end());

  test('one connection: all of its figures, what they say, and the terminal as it was at q', async () => {
    session = new Session(['watch', target, '-i', '100ms']);
    await session.until(/the peer's window is 0: its program does not read/);
    await session.until(/send queue.*[█▇]{3}/);
    const lines = session.screen.split('\n');
    expect(lines[0]).toContain(`sockctl watch ${target}`);
    expect(lines[1]).toContain(`python3 ${target}  tcp ESTABLISHED`);
    expect(lines.length).toBeLessThanOrEqual(24);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
    session.send('q');
    const text = await session.end();
    expect(text).toContain(ENTER);
    expect(text.indexOf(LEAVE)).toBeGreaterThan(text.lastIndexOf('\x1b[H'));
    expect(text).toMatch(/status 0\s*$/);
  });

  test.each(['\x03', 'SIGTERM'])('the terminal is given back at %j', async (way) => {
    session = new Session(['watch', target, '-i', '100ms', '--until', 'event = ended']);
    await session.until(/recv queue/);
    if (way.startsWith('SIG')) {
      const { pid } = session.child;
      const [own] = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ');
      process.kill(Number(own), 'SIGTERM');
    } else session.send(way);
    const text = await session.end();
    expect(text).toContain(LEAVE);
    expect(text).toMatch(/status 1\s*$/);
  });

  test('many: a table that fits, the worst first; a new size is drawn at once', async () => {
    session = new Session(['watch', String(program.pid), '-i', '100ms'], { rows: 20, columns: 80 });
    await session.until(/PROCESS +REMOTE +RTT +SENDING/);
    await session.until(/! the p/);
    const lines = session.screen.split('\n');
    expect(lines.length).toBeLessThanOrEqual(20);
    expect(lines[0]).toContain('63 sockets');
    expect(session.screen).toMatch(/\d+ more/);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
    session.send('size 10 50');
    await session.until(/^(?:.{0,50}\n){3,9}.{0,50}$/);
    session.send('q');
    expect(await session.end()).toMatch(/status 0\s*$/);
  });

  test('a small terminal: no line is wider, and what the numbers say has its place', async () => {
    session = new Session(['watch', target, '-i', '100ms'], { rows: 10, columns: 40 });
    await session.until(/! the peer's window is 0: its program/);
    const fits = () => {
      const lines = (session as Session).screen.split('\n');
      expect(lines.length).toBeLessThanOrEqual(10);
      expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(40);
    };
    fits();
    expect(session.screen).toMatch(/^sockctl watch \d+\/\d+ *\nPYTHON/i);
    session.send('size 10 24');
    await session.until(/^(?:.{0,24}\n){3,9}.{0,24}$/);
    session.send('q');
    expect(await session.end()).toMatch(/status 0\s*$/);
  });

  test('without colours and without UTF-8 where these are not wanted', async () => {
    session = new Session(['watch', target, '-i', '100ms'], { env: { NO_COLOR: '1', LC_ALL: 'C' } });
    await session.until(/send queue.*@@/);
    session.send('q');
    const text = await session.end();
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
    expect(text).not.toMatch(/\x1b\[[0-9;]*m|[^\x00-\x7f]/);
  });

  test('a terminal that can do nothing gets lines', async () => {
    session = new Session(['watch', target, '-n', '1'], { env: { TERM: 'dumb' } });
    const text = await session.end();
    expect(text).toContain('SECONDS');
    expect(text).not.toContain('\x1b');
  });
});
