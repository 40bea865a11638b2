// Runs what the guides and topics show, as it stands: `npx vitest run test/guide/snippets.test.ts -t SO_LINGER`.
//
// TypeScript: a module that imports from 'sockctl'. A value behind `// =>` is compared (`...` stands for anything), as is
// `// throws MESSAGE`; a console.log without one may print what it likes. It must end by itself.
// Shell: bash, which stops at the first command that fails, with `sockctl` on its PATH. `# => TEXT` behind or below a
// command is what it prints, `# exits with 1` behind a command its exit code.
// A snippet with a line `// as root` or `# as root` is skipped where the tests do not run as root.
// Several run at once: names of network namespaces, files and multicast groups are each snippet's own.
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { allGuides } from '../../src/guide/index.ts';
import { topics as allTopics } from '../../src/guide/topics/index.ts';
import { type Compiled, root, workFolder } from '../compiled.ts';
import { commandsOf, pattern, programOf, tell, withEnd, withoutOthers } from '../shown.ts';
import { compilePrograms, Runners } from './programs.ts';
import { bash, stepsOf } from './shells.ts';

const guides = allGuides();

interface Snippet {
  name: string;
  text: string;
}

const sections = allTopics().flatMap(({ name, sections }) =>
  sections.flatMap(({ heading, code }) => (code ? [{ name: `${name}: ${heading}`, ...code }] : [])),
);
const programs: Snippet[] = [
  ...sections.filter(({ language }) => language === 'ts'),
  ...Object.entries(guides).map(([name, { typescript }]) => ({ name, text: typescript })),
];
const consoles: Snippet[] = sections.filter(({ language }) => language === 'console');
const shells: Snippet[] = Object.entries(guides).map(([name, guide]) => ({ name, text: guide.shell }));

const linux = process.platform === 'linux';
const asRoot = /^(\/\/|#) as root/m;

/** The lines of a text; all snippets are indented as they are shown. */
const linesOf = (text: string): string[] => text.replace(/^\n+|\s+$/g, '').split('\n');
const fileOf = ({ name }: Snippet): string => name.replaceAll(/\W+/g, '_');

/** Tools that snippets need. */
const tools = ['bash', 'jq', 'ss', 'ip', 'tc', 'nft', 'python3', 'unshare', 'nsenter', 'ethtool', 'nstat'];
const missing = tools.filter((tool) => spawnSync('which', [tool]).status !== 0);

/** Why a snippet cannot run here. */
function obstacle({ text }: Snippet): string | undefined {
  if (asRoot.test(text) && process.getuid?.() !== 0) return 'not root';
  const needed = missing.find((tool) => new RegExp(`(^|[\\s|&;('"])${tool}['"]?[ ,]`, 'm').test(text));
  return needed && `no ${needed}`;
}

/** What a program prints: with something between the lines where it prints what nothing is said of. */
function expectedOf(text: string): string[] {
  const lines = linesOf(text);
  const { expected } = programOf(lines);
  const told = (i: number): boolean => lines[i]?.includes('// =>') || /^\s*\/\/ =>/.test(lines[i + 1] ?? '');
  const free = lines.some((line, i) => /console\.|process\.stdout/.test(line) && !told(i));
  return free ? ['...', ...expected.flatMap((line) => [line, '...'])] : expected;
}

let compiled: Compiled;
let folder: string;
let runners: Runners;

beforeAll(() => {
  folder = workFolder('guide');
  mkdirSync(join(folder, 'code'), { recursive: true });
  writeFileSync(join(folder, 'code/tell.ts'), tell);
  const files = programs.map((snippet) => {
    const file = join(folder, 'code', `${fileOf(snippet)}.ts`);
    writeFileSync(file, programOf(linesOf(snippet.text)).code);
    return relative(root, file);
  });
  compiled = compilePrograms(folder, [...files, 'test/guide/runner.ts']);
  runners = new Runners(join(compiled.out, 'test/guide/runner.js'));
});

afterAll(() => {
  runners.close();
  compiled.remove();
});

describe.skipIf(!linux)('programs', () => {
  it('are typed right', ({ expect }) => {
    expect(compiled.errors).toEqual([]);
  });

  it.concurrent.for(programs)('$name', async (snippet, { skip, expect }) => {
    const why = obstacle(snippet);
    skip(why !== undefined, why);
    const file = join(compiled.out, relative(root, folder), 'code', `${fileOf(snippet)}.js`);
    const { stdout, error } = await runners.run(file);
    expect(error, snippet.text).toBeUndefined();
    expect(stdout, snippet.text).toMatch(pattern(expectedOf(snippet.text)));
  });
});

describe.skipIf(!linux)('commands', () => {
  // Those that wait come first: the others fill the gaps.
  it.concurrent.for(consoles)('$name', async (snippet, { skip, expect }) => {
    const why = obstacle(snippet);
    skip(why !== undefined, why);
    const commands = commandsOf(linesOf(snippet.text));
    const lines = commands.map(({ line }) => line);
    const { printed } = await bash(lines, { bin: compiled.bin, cwd: root });
    for (const [i, { line, output }] of commands.entries()) {
      const answer = printed.length > i + 1 ? withoutOthers(printed[i] as string) : '(the shell had ended by then)';
      expect(withEnd(answer), line).toMatch(pattern(output));
    }
  });

  it.concurrent.for(shells)('$name', async (snippet, { skip, expect }) => {
    const why = obstacle(snippet);
    skip(why !== undefined, why);
    const steps = stepsOf(linesOf(snippet.text));
    const scripts = steps.map(({ script }) => script);
    const options = ['-e', '-o', 'pipefail'];
    const { printed, status } = await bash(scripts, { bin: compiled.bin, cwd: folder, options });
    expect(status, `${snippet.text}\n${printed.join('')}`).toBe(0);
    for (const [i, { script, output }] of steps.entries()) {
      // Of several commands the last one prints it.
      const answer = withEnd(withoutOthers(printed[i] ?? ''));
      if (output) expect(answer, script).toMatch(pattern(['...', ...output]));
    }
  });
});
