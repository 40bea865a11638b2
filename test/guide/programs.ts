// Compiles the programs of the guides and runs them, several at a time: a few processes, each with one program at once.
import { type ChildProcess, fork, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { type Compiled, compile, root } from '../compiled.ts';
import type { Outcome } from './runner.ts';

const built = join(root, 'dist');

/** Whether dist/ is what src/ says. The guides are not in what they show, so they may be newer. */
function isFresh(): boolean {
  const command = join(built, 'cli/main.js');
  if (!existsSync(command)) return false;
  const since = statSync(command).mtimeMs;
  const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' });
  return sources.every((file) => file.startsWith(`guide${sep}`) || statSync(join(root, 'src', file)).mtimeMs <= since);
}

/**
 * Compiles and type-checks programs that import from 'sockctl': against the package in dist/, which starts twice as
 * fast, where it is up to date; else together with src/.
 * @param files paths relative to the repo
 */
export function compilePrograms(folder: string, files: readonly string[]): Compiled {
  if (!isFresh()) return compile(folder, files);
  const out = join(folder, 'out');
  const bin = join(folder, 'bin');
  mkdirSync(bin, { recursive: true });
  const up = (path: string): string => relative(folder, join(root, path));
  const config = {
    extends: up('tsconfig.json'),
    compilerOptions: { noEmit: false, rootDir: up('.'), outDir: 'out', paths: { sockctl: [up('dist/index.d.ts')] } },
    include: [],
    files: files.map(up),
  };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
  const command = `#!/bin/sh\nexec '${process.execPath}' '${join(built, 'cli/main.js')}' "$@"\n`;
  writeFileSync(join(bin, 'sockctl'), command, { mode: 0o755 });
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  const { stdout } = spawnSync(process.execPath, [tsc, '-p', folder, '--pretty', 'false'], {
    cwd: root,
    encoding: 'utf8',
  });
  const errors = stdout.split('\n').filter((line) => line !== '');
  return { out, bin, errors, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Processes that run programs. One lives for many of them: only a program that failed takes its process down. */
export class Runners {
  private readonly idle: ChildProcess[] = [];
  private readonly all = new Set<ChildProcess>();
  private readonly script: string;

  constructor(script: string) {
    this.script = script;
  }

  /** Runs a program as if it were alone. What it writes to standard error counts as a failure. */
  async run(file: string): Promise<Outcome> {
    const runner = this.idle.pop() ?? this.start();
    let said = '';
    const listen = (chunk: Buffer): void => {
      said += chunk;
    };
    runner.stderr?.on('data', listen);
    const outcome = await new Promise<Outcome>((resolve) => {
      const ended = (code: number | null): void =>
        resolve({ stdout: '', error: `the process ended with ${code}: ${said}` });
      runner.once('exit', ended);
      runner.once('message', (message) => {
        runner.off('exit', ended);
        resolve(message as Outcome);
      });
      runner.send(file);
    });
    runner.stderr?.off('data', listen);
    if (outcome.error === undefined && said !== '') outcome.error = said;
    if (outcome.error === undefined) this.idle.push(runner);
    else this.end(runner);
    return outcome;
  }

  close(): void {
    for (const runner of this.all) this.end(runner);
  }

  private start(): ChildProcess {
    const runner = fork(this.script, { cwd: root, stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
    this.all.add(runner);
    return runner;
  }

  private end(runner: ChildProcess): void {
    this.all.delete(runner);
    runner.kill('SIGKILL');
  }
}
