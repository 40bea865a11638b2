// Runs unmodified programs with the built preload on every Node that is installed, and reads their sockets from outside.
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** The build that is tested; another one than dist/ by SOCKCTL_DIST. */
export const dist = join(root, process.env.SOCKCTL_DIST ?? 'dist');
export const registerPath = join(dist, 'register.js');
export const register = pathToFileURL(registerPath).href;
const runtimes = join(root, 'test/runtimes/node_modules');

export interface Node {
  readonly name: string;
  /** undefined where it is not installed: `npm run test:runtimes` does that. */
  readonly command: string | undefined;
}

export const nodes: readonly Node[] = [20, 22, 24, 26].map((major) => {
  const installed = join(runtimes, `node${major}`, 'bin/node');
  const running = process.versions.node.startsWith(`${major}.`) ? process.execPath : undefined;
  return { name: `Node ${major}`, command: existsSync(installed) ? installed : running };
});

/** Neither a policy nor a trace of whoever runs the tests. */
const { SOCKCTL_POLICY: _policy, SOCKCTL_TRACE: _trace, NODE_OPTIONS: _options, ...clean } = process.env;

export interface Folder extends Disposable {
  readonly path: string;
  /** Writes a policy, and returns its path. */
  policy(rules: unknown, name?: string): string;
}

export function folder(): Folder {
  const path = mkdtempSync(join(tmpdir(), 'sockctl preload '));
  // A program that runs as another user reads its policy here.
  chmodSync(path, 0o755);
  return {
    path,
    policy(rules, name = 'sockctl.json') {
      const file = join(path, name);
      writeFileSync(file, JSON.stringify({ rules }));
      return file;
    },
    [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }),
  };
}

/** A key and a self-signed certificate, as files of the folder. */
export function certificate(path: string): void {
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  const files = ['-keyout', join(path, 'key.pem'), '-out', join(path, 'cert.pem')];
  execFileSync('openssl', ['req', '-x509', ...curve, '-subj', '/CN=localhost', '-days', '2', ...files], {
    stdio: 'ignore',
  });
}

export interface Ended {
  readonly stdout: string;
  readonly stderr: string;
  readonly status: number | null;
}

export interface Where {
  readonly cwd?: string;
  readonly env?: Record<string, string>;
  readonly uid?: number;
}

/** Runs a program to its end with the preload. */
export function runWith(command: string, args: readonly string[], { cwd, env, uid }: Where = {}): Ended {
  const { stdout, stderr, status } = spawnSync(command, ['--import', register, ...args], {
    encoding: 'utf8',
    timeout: 20_000,
    env: { ...clean, ...env },
    ...(cwd !== undefined && { cwd }),
    ...(uid !== undefined && { uid }),
  });
  return { stdout, stderr, status };
}

export interface Running extends AsyncDisposable {
  readonly child: ChildProcess;
  /** The first line of its output. */
  readonly first: string;
  /** What it has written to stderr until now. */
  stderr(): string;
}

/** Starts a program that prints a line when it is ready, and ends with its standard input. */
export async function start(command: string, args: readonly string[], { cwd, env }: Where = {}): Promise<Running> {
  const child = spawn(command, args, {
    stdio: 'pipe',
    env: { ...clean, ...env },
    ...(cwd !== undefined && { cwd }),
  });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const ended = once(child, 'exit');
  const lines = createInterface({ input: child.stdout });
  const first = await Promise.race([once(lines, 'line'), ended]);
  if (child.exitCode !== null) throw new Error(`the program ended with ${child.exitCode}: ${stderr}`);
  return {
    child,
    first: String(first[0]),
    stderr: () => stderr,
    async [Symbol.asyncDispose]() {
      child.stdin.end();
      await ended;
    },
  };
}

/** The same for a Node, with the preload. */
export function startWith(command: string, args: readonly string[], where?: Where): Promise<Running> {
  return start(command, ['--import', register, ...args], where);
}

/** One socket of a process, as python3 sees it through pidfd_getfd(2). */
export interface Seen {
  readonly family: number;
  readonly type: number;
  readonly listening: boolean;
  /** The port, or the path. */
  readonly local: number | string;
  readonly peer: number | string | null;
  readonly options: Record<string, number>;
}

const program = `
import ctypes, json, os, socket, sys
pid, options = json.load(sys.stdin)
libc = ctypes.CDLL(None, use_errno=True)
pidfd = os.pidfd_open(pid)
end = lambda a: a if isinstance(a, str) else a.decode() if isinstance(a, bytes) else a[1]
out = []
for name in os.listdir('/proc/%d/fd' % pid):
    try:
        if not os.readlink('/proc/%d/fd/%s' % (pid, name)).startswith('socket:'): continue
        fd = libc.syscall(438, pidfd, int(name), 0)
        if fd < 0: continue
        with socket.socket(fileno=fd) as s:
            if s.family not in (1, 2, 10): continue
            try: peer = end(s.getpeername())
            except OSError: peer = None
            read = {}
            for k, v in options.items():
                try: read[k] = s.getsockopt(*v)
                except OSError: pass
            out.append({'family': s.family, 'type': s.type & 15, 'listening': s.getsockopt(1, 30) == 1,
                        'local': end(s.getsockname()), 'peer': peer, 'options': read})
    except OSError:
        pass
print(json.dumps(out))`;

/** Every IP and named unix socket of a process. */
export function socketsOf(pid: number, options: Record<string, readonly [level: number, name: number]>): Seen[] {
  const out = execFileSync('python3', ['-c', program], { input: JSON.stringify([pid, options]), encoding: 'utf8' });
  return (JSON.parse(out) as Seen[]).filter(({ family, local, peer }) => family !== 1 || local || peer);
}
