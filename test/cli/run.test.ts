// sockctl run: the policy is checked first, the program gets it, and sockctl ends as the program ends.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { dist, type Folder, folder } from '../preload/programs.ts';

const sockctl = join(dist, 'cli/main.js');
const runtimes = fileURLToPath(new URL('../runtimes/node_modules/', import.meta.url));
const { SOCKCTL_POLICY: _policy, SOCKCTL_TRACE: _trace, NODE_OPTIONS: _options, ...clean } = process.env;

let place: Folder;
let app: string;
beforeAll(() => {
  place = folder();
  place.policy([{ name: 'all', match: { side: 'client' }, options: { TCP_KEEPCNT: 3 } }]);
  app = join(place.path, 'the app.mjs');
  writeFileSync(
    app,
    `import net from 'node:net';
     const server = net.createServer((socket) => socket.end('x')).listen(0, '127.0.0.1', () => {
       net.connect(server.address().port, '127.0.0.1').on('data', (data) => console.log('got', String(data))).on('close', () => server.close());
     });`,
  );
});
afterAll(() => place[Symbol.dispose]());

function run(args: readonly string[], env: Record<string, string> = {}, cwd = place.path) {
  const { stdout, stderr, status, signal } = spawnSync(process.execPath, [sockctl, 'run', ...args], {
    cwd,
    encoding: 'utf8',
    env: { ...clean, ...env },
    timeout: 20_000,
  });
  return { stdout, stderr, status, signal };
}

describe('the policy', () => {
  test('./sockctl.json, SOCKCTL_POLICY and --policy; the trace goes to stderr', () => {
    expect(run(['--', process.execPath, app])).toMatchObject({ stdout: 'got x\n', stderr: '', status: 0 });
    const other = place.policy([{ name: 'other', options: { TCP_KEEPCNT: 4 } }], 'other.json');
    const traced = (args: string[], env = {}): string =>
      run(['--trace', ...args, '--', process.execPath, app], env).stderr;
    expect(traced([])).toMatch(/TCP_KEEPCNT 9 -> 3: applied by rule "all"/);
    expect(traced([], { SOCKCTL_POLICY: other })).toMatch(/-> 4: applied by rule "other"/);
    expect(traced(['--policy', other], { SOCKCTL_POLICY: '/nowhere' })).toMatch(/-> 4: applied by rule "other"/);
    const json = run(['--trace', '--json', '--', process.execPath, app]).stderr.trim().split('\n');
    expect(json.map((line) => JSON.parse(line).side).sort()).toEqual(['accepted', 'client', 'server']);
  });

  test('every mistake, a line each, exit 2, and nothing is started', () => {
    const made = join(place.path, 'made');
    const bad = place.policy([{ options: { TCP_NODELAI: 1 } }, { options: { SO_RCVBUF: 'x' } }], 'bad.json');
    const { status, stderr, stdout } = run(['-p', bad, '--', 'touch', made]);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr.trim().split('\n')).toHaveLength(3);
    expect(stderr).toMatch(/bad\.json:1:\d+ rules\[0\]\.options\.TCP_NODELAI: .*Did you mean TCP_NODELAY/);
    expect(stderr).toMatch(/bad\.json:1:\d+ rules\[1\]\.options\.SO_RCVBUF/);
    expect(existsSync(made)).toBe(false);
    expect(JSON.parse(run(['--json', '-p', bad, '--', 'true']).stdout).error.code).toBe('ERR_POLICY');
  });

  test('no policy at all: exit 2 and the way out', () => {
    const { status, stderr } = run(['--', 'true'], {}, '/');
    expect(status).toBe(2);
    expect(stderr).toBe(
      'sockctl: there is no ./sockctl.json. Write ./sockctl.json, or name a policy: sockctl run --policy FILE -- COMMAND\n',
    );
    expect(run(['-p', '/nowhere.json', '--', 'true'])).toMatchObject({ status: 2 });
  });
});

describe('the program', () => {
  test('its exit code and its signal are those of sockctl; arguments arrive as they are', () => {
    expect(run(['--', 'sh', '-c', 'exit 7']).status).toBe(7);
    expect(run(['--', 'sh', '-c', 'kill -TERM $$'])).toMatchObject({ status: null, signal: 'SIGTERM' });
    // Node is deaf to this one.
    expect(run(['--', 'sh', '-c', 'kill -PIPE $$']).status).toBe(141);
    // Neither a second core nor a debugger of sockctl's own.
    for (const [signal, code] of Object.entries({ ABRT: 134, SEGV: 139, USR1: 138 })) {
      expect(run(['--', 'sh', '-c', `kill -${signal} $$`])).toEqual({
        stdout: '',
        stderr: '',
        status: code,
        signal: null,
      });
    }
    expect(run(['--', 'nowhere-to-be-found'])).toMatchObject({
      status: 127,
      stderr: 'sockctl: cannot run nowhere-to-be-found: there is no such command\n',
    });
    expect(run(['--', place.path])).toMatchObject({
      status: 126,
      stderr: `sockctl: cannot run '${place.path}': it is no file that may be executed (chmod +x)\n`,
    });
    expect(run(['--', ''])).toMatchObject({
      status: 127,
      stderr: "sockctl: cannot run '': there is no such command\n",
    });
    const script = join(place.path, 'script');
    writeFileSync(script, '#!/nowhere/sh\n', { mode: 0o755 });
    expect(run(['--', script]).stderr).toContain('the interpreter in its first line is missing');
    const words = ['--policy', '-x', 'a b', "it's", '--', '$HOME'];
    const { stdout } = run(['--', process.execPath, '-p', 'JSON.stringify(process.argv.slice(1))', '--', ...words]);
    expect(JSON.parse(stdout)).toEqual(words);
    expect(run([]).status).toBe(2);
  });

  test('NODE_OPTIONS of the user stay, and a shell, npm and a child inherit', () => {
    const env = { NODE_OPTIONS: '--title="a  b" --max-http-header-size=12345', SOCKCTL_TRACE: 'json' };
    const script = `echo "$NODE_OPTIONS"; '${process.execPath}' "$APP"`;
    const { stdout, stderr } = run(['--', 'sh', '-c', script], { ...env, APP: app });
    expect(stdout).toMatch(
      /^--import=file:\/\/\S+\/register\.js --title="a {2}b" --max-http-header-size=12345\ngot x\n$/,
    );
    expect(stderr).toMatch(/"side":"client"/);
    // Twice is once.
    const nested = run(['--', process.execPath, sockctl, 'run', '--', 'sh', '-c', 'echo "$NODE_OPTIONS"']);
    expect(nested.stdout.match(/--import/g)).toHaveLength(1);
    const child = `require('child_process').spawnSync(process.execPath, [process.env.APP], { stdio: 'inherit' })`;
    expect(run(['--', process.execPath, '-e', child], { APP: app, SOCKCTL_TRACE: 'json' }).stderr).toMatch(
      /"side":"client"/,
    );
  });

  test('signals are handed on', async () => {
    const program = `process.on('SIGTERM', () => { console.log('term'); process.exit(3); });
      process.on('SIGINT', () => console.log('int')); process.on('SIGHUP', () => console.log('hup'));
      process.on('SIGUSR1', () => console.log('usr1'));
      console.log('ready'); setInterval(() => {}, 1000);`;
    const child: ChildProcess = spawn(process.execPath, [sockctl, 'run', '--', process.execPath, '-e', program], {
      cwd: place.path,
      env: clean,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    // Which it hands on as well; what is left of a test holds the whole run open.
    onTestFinished(() => void child.kill('SIGTERM'));
    let out = '';
    const until = async (text: string): Promise<void> => {
      while (!out.includes(text)) out += String((await once(child.stdout as NodeJS.ReadableStream, 'data'))[0]);
    };
    const ended = once(child, 'exit');
    await until('ready');
    child.kill('SIGINT');
    await until('int');
    child.kill('SIGHUP');
    await until('hup');
    child.kill('SIGUSR1');
    await until('usr1');
    child.kill('SIGTERM');
    await until('term');
    expect(await ended).toEqual([3, null]);
  });

  test("a terminal's Ctrl-C reaches the program once, also where standard input is no terminal", () => {
    const program = `let n = 0; process.on('SIGINT', () => { n++; });
      console.log('ready'); setTimeout(() => console.log('interrupts ' + n), 1500);`;
    const typist = `
import os, pty, sys
pid, terminal = pty.fork()
if pid == 0:
    os.execvp('sh', ['sh', '-c', 'exec "$@" < /dev/null', 'sh'] + sys.argv[1:])
out = b''
while True:
    try: some = os.read(terminal, 1000)
    except OSError: break
    if not some: break
    if b'ready' in some: os.write(terminal, b'\\x03')
    out += some
os.waitpid(pid, 0)
print(out.decode())`;
    const words = [process.execPath, sockctl, 'run', '--', process.execPath, '-e', program];
    const { stdout } = spawnSync('python3', ['-c', typist, ...words], {
      cwd: place.path,
      encoding: 'utf8',
      env: clean,
      timeout: 20_000,
    });
    expect(stdout).toContain('interrupts 1');
  });

  test.for([
    ['bun', join(runtimes, '@oven/bun-linux-x64/bin/bun'), []],
    ['deno', join(runtimes, '@deno/linux-x64-glibc/deno'), ['run', '-A', '--no-lock']],
  ] as const)('%s gets the preload', ([name, command, flags], ctx) => {
    if (!existsSync(command)) return ctx.skip(`${name} is not installed`);
    const { stdout, stderr, status } = run(['--trace', '--', command, ...flags, app]);
    expect([stdout, status]).toEqual(['got x\n', 0]);
    expect(stderr).toMatch(/TCP_KEEPCNT 9 -> 3: applied by rule "all"/);
  });

  test('deno without a verb runs a program as well; a task of deno is out of reach, which is said', (ctx) => {
    const deno = join(runtimes, '@deno/linux-x64-glibc/deno');
    if (!existsSync(deno)) return ctx.skip('Deno is not installed');
    expect(run(['--trace', '--', deno, '-A', app]).stderr).toMatch(/TCP_KEEPCNT 9 -> 3: applied by rule "all"/);
    expect(run(['--', deno, 'task', 'none']).stderr).toContain('the policy reaches no Deno that a task starts');
  });
});
