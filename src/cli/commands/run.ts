// sockctl run: starts a program with a policy for all of its sockets, and ends as it ends.
import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { basename } from 'node:path';
import { isatty } from 'node:tty';
import { fileURLToPath } from 'node:url';
import { escapeControls, shellWord } from '../../render/escape.ts';
import type { Command, Request } from '../command.ts';
import { loadPolicy, policyMistakes } from '../policy-file.ts';

/** The entry in the same dist/ as this command. */
const register = new URL('../../register.js', import.meta.url);

/** The commands of Deno that run a program of the user's. */
const denoRuns = new Set(['run', 'serve', 'test', 'bench', 'eval', 'repl']);

interface Program {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
}

/** A variable of options with one more in front, so that it comes before what others load; not twice. */
function withOption(options: string | undefined, more: string): string {
  if (!options?.trim()) return more;
  return options.split(/\s+/).includes(more) ? options : `${more} ${options}`;
}

/** How each runtime is told to load the preload, wherever in the program's tree of processes it is started. */
function prepared(words: readonly string[], own: NodeJS.ProcessEnv): Program {
  const [command = '', ...args] = words;
  const runtime = basename(command).replace(/\.exe$/, '');
  const path = fileURLToPath(register);
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    ...own,
    // As an address, so that no space of the path has to be quoted.
    NODE_OPTIONS: withOption(process.env.NODE_OPTIONS, `--import=${register.href}`),
  };
  // Bun splits at spaces and knows no quotes here.
  const splits = /\s/.test(path);
  if (!splits) env.BUN_OPTIONS = withOption(process.env.BUN_OPTIONS, `--preload=${path}`);
  if (runtime === 'bun' && splits) return { command, args: ['--preload', path, ...args], env };
  if (runtime !== 'deno' || args.length === 0) return { command, args, env };
  const [verb = '', ...rest] = args;
  if (denoRuns.has(verb)) return { command, args: [verb, `--preload=${path}`, ...rest], env };
  // `deno app.ts`, `deno -A app.ts`: run is meant.
  if (/\.[cm]?[jt]sx?$/.test(args.find((arg) => !arg.startsWith('-')) ?? '')) {
    return { command, args: ['run', `--preload=${path}`, ...args], env };
  }
  if (verb === 'task') process.stderr.write('sockctl: the policy reaches no Deno that a task starts: use deno run\n');
  return { command, args, env };
}

/** What a program that does not start is told: as shells do, 127 for not found, 126 for not allowed. */
function notStarted(command: string, code = '', message = ''): number {
  const missing = existsSync(command) ? 'the interpreter in its first line is missing' : 'there is no such command';
  const reasons: Record<string, string> = { ENOENT: missing, EACCES: 'it is no file that may be executed (chmod +x)' };
  process.stderr.write(`sockctl: cannot run ${shellWord(escapeControls(command))}: ${reasons[code] ?? message}\n`);
  return code === 'ENOENT' ? 127 : 126;
}

const forwarded: readonly NodeJS.Signals[] = [
  'SIGINT',
  'SIGTERM',
  'SIGHUP',
  'SIGQUIT',
  // To Node it means: start the debugger. That is the program's to do, not ours.
  'SIGUSR1',
  'SIGUSR2',
  'SIGWINCH',
  'SIGCONT',
];

/** Whose end does not become ours: SIGUSR1 would start a debugger here; of the others we would write a core, too. */
const notOurs: ReadonlySet<string> = new Set(
  'SIGUSR1 SIGQUIT SIGILL SIGTRAP SIGABRT SIGBUS SIGFPE SIGSEGV SIGXCPU SIGXFSZ SIGSYS'.split(' '),
);

/** Hands signals on. Ctrl-C of a terminal reaches the program by itself, for it is in the same group. */
function forward(child: ChildProcess): () => void {
  const terminal = [0, 1, 2].some((fd) => isatty(fd));
  const handlers = forwarded.map((signal) => {
    const byTerminal = terminal && (signal === 'SIGINT' || signal === 'SIGQUIT');
    const handler = (): void => {
      if (!byTerminal) child.kill(signal);
    };
    process.on(signal, handler);
    return { signal, handler };
  });
  return () => {
    for (const { signal, handler } of handlers) process.off(signal, handler);
  };
}

/** Runs it to its end. A program that a signal ends takes this process with it, by the same signal. */
async function ended({ command, args, env }: Program): Promise<number> {
  // Node throws for this one.
  if (command === '') return notStarted(command, 'ENOENT');
  const { spawn } = await import('node:child_process');
  return await new Promise((resolve) => {
    const child = spawn(command, args, { stdio: 'inherit', env });
    const stop = forward(child);
    child.once('error', ({ code, message }: NodeJS.ErrnoException) => {
      stop();
      resolve(notStarted(command, code, message));
    });
    child.once('exit', (code, signal) => {
      stop();
      if (signal === null) {
        resolve(code ?? 1);
        return;
      }
      const likeShell = 128 + constants.signals[signal];
      if (notOurs.has(signal)) {
        resolve(likeShell);
        return;
      }
      process.kill(process.pid, signal);
      // Where the signal does not end this process.
      setTimeout(() => resolve(likeShell), 100);
    });
  });
}

const command: Command = {
  summary: 'run a program with a policy for all of its sockets',
  about: [
    'Checks the policy, then runs the command with sockctl/register loaded into every Node and Bun process that comes ' +
      'of it, and into Deno where the command is deno. The policy is FILE, else SOCKCTL_POLICY, else ./sockctl.json; ' +
      'sockctl check --policies lists the ready ones; docs/preload.md says what reaches which sockets.',
    'Signals are handed on, and the exit code or the signal of the program is that of sockctl. Exit code 2: the policy ' +
      'has mistakes, and nothing was started; 126: the command cannot be executed; 127: there is none; 128 and the ' +
      "signal's number: a signal ended it that writes a core. " +
      'Deno needs --allow-ffi --allow-read --allow-env beside what the program needs.',
  ],
  arguments: [{ name: 'COMMAND', about: 'the program and its arguments, behind --', many: true }],
  flags: {
    policy: { about: 'the policy file, or the name of a ready policy', value: 'FILE', short: 'p' },
    trace: { about: 'tell on stderr what became of each socket, with --json as JSON lines', short: 't' },
  },
  examples: [
    ['sockctl run -- node app.js', 'with ./sockctl.json'],
    ['sockctl run --policy prod.json --trace -- npm start', 'whatever starts Node in the end'],
    ['sockctl run -- bun app.ts', 'Bun; deno run as well'],
  ],
  async run({ words, has, value }: Request) {
    let policy: string;
    try {
      // A mistake in it must not start the program.
      policy = (await loadPolicy(value('policy'), 'sockctl run --policy FILE -- COMMAND')).file;
    } catch (error) {
      if (has('json')) throw error;
      return policyMistakes(error);
    }
    const trace = has('json') ? 'json' : '1';
    const own = { SOCKCTL_POLICY: policy, ...(has('trace') && { SOCKCTL_TRACE: trace }) };
    return await ended(prepared(words, own));
  },
};

export default command;
