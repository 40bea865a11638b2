// Runs the built command as a child process, as a shell would.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export const command = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

export interface Result {
  readonly stdout: string;
  readonly stderr: string;
  readonly status: number | null;
}

// Neither the colours nor the width of the terminal that the tests run in.
const { NO_COLOR: _no, FORCE_COLOR: _force, ...quiet } = process.env;

export function sockctlWith(env: Record<string, string>, ...args: string[]): Result {
  const { stdout, stderr, status } = spawnSync(process.execPath, [command, ...args], {
    encoding: 'utf8',
    env: { ...quiet, ...env },
    maxBuffer: 1 << 26,
  });
  return { stdout, stderr, status };
}

export function sockctl(...args: string[]): Result {
  return sockctlWith({}, ...args);
}

/** What a verb prints with `--json`, and its exit code. */
// biome-ignore lint/suspicious/noExplicitAny: each test knows the shape that it looks at
export function json(...args: string[]): { value: any; status: number | null } {
  const { stdout, status, stderr } = sockctl(...args, '--json');
  if (stderr !== '') throw new Error(`--json wrote to stderr: ${stderr}`);
  return { value: JSON.parse(stdout), status };
}

/** What `ps --json` prints. Standard error may say what this machine hides; standard output is always the one document. */
// biome-ignore lint/suspicious/noExplicitAny: each test knows the keys that it looks at
export function listed(...args: string[]): any[] {
  const { stdout, stderr, status } = sockctl('ps', ...args, '--json');
  if (status !== 0) throw new Error(`ps ended with ${status}: ${stderr}`);
  return JSON.parse(stdout);
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character is what is looked for
const colour = /\x1b\[[0-9;?]*[A-Za-z]/g;

export function isColoured(text: string): boolean {
  return text.search(colour) >= 0;
}

export function withoutColours(text: string): string {
  return text.replace(colour, '');
}

/** The longest line. */
export function widest(text: string): number {
  return Math.max(...text.split('\n').map((line) => line.length));
}

/** Runs a shell script with `sockctl` as a command in it. */
export function shell(program: string, script: string, args: readonly string[] = ['-c']): Result {
  const sockctl = `sockctl() { '${process.execPath}' '${command}' "$@"; }\n`;
  const fish = `function sockctl; '${process.execPath}' '${command}' $argv; end\n`;
  const { stdout, stderr, status } = spawnSync(program, [...args, (program === 'fish' ? fish : sockctl) + script], {
    encoding: 'utf8',
    maxBuffer: 1 << 26,
    env: quiet,
  });
  return { stdout, stderr, status };
}

/** Whether a program is installed here. */
export function installed(program: string): boolean {
  return spawnSync(program, ['--version']).status === 0;
}
