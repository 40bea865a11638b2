// Runs what the guides and topics show, as it stands: `npx vitest run test/guide/snippets.test.ts -t SO_LINGER`.
//
// TypeScript: a module that imports from 'sockctl'. A value behind `// =>` is compared (`...` stands for anything), as is
// `// throws MESSAGE`; a console.log without one may print what it likes. It must end by itself.
// Shell: bash, which stops at the first command that fails, with `sockctl` on its PATH. `# => TEXT` behind or below a
// command is what it prints, `# exits with 1` behind a command its exit code.
// A snippet with a line `// as root` or `# as root` is skipped where the tests do not run as root.
import { type ChildProcess, fork, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allGuides } from '../../src/guide/index.ts';
import { topics as allTopics } from '../../src/guide/topics/index.ts';
import { type Compiled, compile, root, workFolder } from '../compiled.ts';
import { commandsOf, pattern, programOf, shell, tell, withEnd, withoutOthers } from '../shown.ts';
import type { Outcome } from './runner.ts';

const guides = allGuides();
const topics = allTopics();

interface Snippet {
  name: string;
  text: string;
}

const sections = topics.flatMap(({ name, sections }) =>
  sections.flatMap(({ heading, code }) => (code ? [{ name: `${name}: ${heading}`, ...code }] : [])),
);
const programs: Snippet[] = [
  ...Object.entries(guides).map(([name, { typescript }]) => ({ name, text: typescript })),
  ...sections.filter(({ language }) => language === 'ts'),
];
const consoles: Snippet[] = sections.filter(({ language }) => language === 'console');
const shells: Snippet[] = Object.entries(guides).map(([name, guide]) => ({ name, text: guide.shell }));

const linux = process.platform === 'linux';
const asRoot = /^(\/\/|#) as root/m;
const forbidden = ({ text }: Snippet): boolean => asRoot.test(text) && process.getuid?.() !== 0;

/** The lines of a text; all snippets are indented as they are shown. */
const linesOf = (text: string): string[] => text.replace(/^\n+|\s+$/g, '').split('\n');
const fileOf = ({ name }: Snippet): string => name.replaceAll(/\W+/g, '_');

/** What a program prints: with something between the lines where it prints what nothing is said of. */
function expectedOf(text: string): string[] {
  const lines = linesOf(text);
  const { expected } = programOf(lines);
  const told = (i: number): boolean => lines[i]?.includes('// =>') || /^\s*\/\/ =>/.test(lines[i + 1] ?? '');
  const free = lines.some((line, i) => /console\.|process\.stdout/.test(line) && !told(i));
  return free ? ['...', ...expected.flatMap((line) => [line, '...'])] : expected;
}

interface Step {
  script: string;
  output: string[] | undefined;
}

/** A shell text in steps, each up to where an output is told. */
function stepsOf(text: string): Step[] {
  const steps: Step[] = [];
  let open: Step = { script: '', output: undefined };
  const close = (): void => {
    if (open.script.trim() !== '') steps.push(open);
    open = { script: '', output: undefined };
  };
  for (const line of linesOf(text)) {
    const below = /^# => ?(.*)$/.exec(line);
    if (below) {
      open.output = [...(open.output ?? []), below[1] as string];
      continue;
    }
    if (open.output) close();
    const [, command, , exit, output] = /^(.*?)(\s+# exits with (\d+))?(?:\s+# => (.*))?$/.exec(
      line,
    ) as RegExpExecArray;
    open.script += exit ? `if ${command}\nthen false; else test $? = ${exit}; fi\n` : `${command}\n`;
    if (output !== undefined) open.output = [output];
  }
  close();
  return steps;
}

/** The built command starts twice as fast as the compiled tree: taken where no source is newer. */
function builtCommand(): string | undefined {
  const built = join(root, 'dist/cli/main.js');
  if (!existsSync(built)) return undefined;
  const since = statSync(built).mtimeMs;
  const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' });
  return sources.some((file) => statSync(join(root, 'src', file)).mtimeMs > since) ? undefined : built;
}

let compiled: Compiled;
let folder: string;
let child: ChildProcess | undefined;

beforeAll(() => {
  folder = workFolder('guide');
  mkdirSync(join(folder, 'code'), { recursive: true });
  writeFileSync(join(folder, 'code/tell.ts'), tell);
  const files = programs.map((snippet) => {
    const file = join(folder, 'code', `${fileOf(snippet)}.ts`);
    writeFileSync(file, programOf(linesOf(snippet.text)).code);
    return relative(root, file);
  });
  compiled = compile(folder, [...files, 'test/guide/runner.ts']);
  const built = builtCommand();
  if (built) writeFileSync(join(compiled.bin, 'sockctl'), `#!/bin/sh\nexec '${process.execPath}' '${built}' "$@"\n`);
});

afterAll(() => {
  child?.kill('SIGKILL');
  compiled.remove();
});

/** Many programs share one process: only one that failed takes it down. */
async function outcomeOf(snippet: Snippet): Promise<Outcome> {
  child ??= fork(join(compiled.out, 'test/guide/runner.js'), { cwd: root, stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
  const runner = child;
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
    runner.send(join(compiled.out, relative(root, folder), 'code', `${fileOf(snippet)}.js`));
  });
  runner.stderr?.off('data', listen);
  if (outcome.error === undefined && said !== '') outcome.error = said;
  if (outcome.error !== undefined) {
    runner.kill('SIGKILL');
    child = undefined;
  }
  return outcome;
}

describe.skipIf(!linux)('programs', () => {
  it('are typed right', () => {
    expect(compiled.errors).toEqual([]);
  });

  it.for(programs)('$name', async (snippet, { skip }) => {
    skip(forbidden(snippet), 'not root');
    const { stdout, error } = await outcomeOf(snippet);
    expect(error, snippet.text).toBeUndefined();
    expect(stdout, snippet.text).toMatch(pattern(expectedOf(snippet.text)));
  });
});

const MARK = '\x1e';

/** What these scripts print, standard error included; the first command that fails is the last. */
async function bash(scripts: readonly string[]): Promise<{ stdout: string; status: number | null }> {
  const env = { ...process.env, PATH: `${compiled.bin}:${process.env.PATH}`, NO_COLOR: '1' };
  const script = ['exec 2>&1', ...scripts].join('\n');
  const started = spawn('bash', ['-e', '-o', 'pipefail', '-c', script], { cwd: folder, env, timeout: 20_000 });
  let stdout = '';
  started.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    stdout += chunk;
  });
  const [status] = (await once(started, 'close')) as [number | null];
  return { stdout, status };
}

/** A tool that the snippet needs and that is not here. */
const tools = ['jq', 'ss', 'ip', 'tc', 'python3'].filter((tool) => spawnSync('which', [tool]).status !== 0);
const missing = ({ text }: Snippet): string | undefined =>
  tools.find((tool) => new RegExp(`(^|[|&;(] *)${tool} `, 'm').test(text.replaceAll(/^\$ /gm, '')));

describe.skipIf(!linux)('commands', () => {
  it.concurrent.for(shells)('$name', async (snippet, { skip, expect }) => {
    skip(forbidden(snippet), 'not root');
    skip(missing(snippet) !== undefined, `no ${missing(snippet)}`);
    const steps = stepsOf(snippet.text);
    const { stdout, status } = await bash(steps.map((step) => `${step.script}printf '${MARK}'`));
    expect(status, `${snippet.text}\n${stdout}`).toBe(0);
    const answers = withoutOthers(stdout).split(MARK);
    for (const [i, { script, output }] of steps.entries()) {
      // Of several commands the last one prints it.
      if (output) expect(withEnd(answers[i] ?? ''), script).toMatch(pattern(['...', ...output]));
    }
  });

  it.for(consoles)('$name', (snippet, { skip }) => {
    skip(forbidden(snippet), 'not root');
    skip(missing(snippet) !== undefined, `no ${missing(snippet)}`);
    const commands = commandsOf(linesOf(snippet.text));
    const answers = shell(
      compiled.bin,
      commands.map(({ line }) => line),
    );
    for (const [i, { line, output }] of commands.entries()) {
      expect(withEnd(answers[i] ?? '(the shell had ended by then)'), line).toMatch(pattern(output));
    }
  });
});
