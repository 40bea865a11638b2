// Runs what README.md and docs/ show: every command with its output, every TypeScript block with its `// =>` values.
// Below the comment `<!-- numbers vary -->` any number stands for any other, and lines may be wrapped elsewhere.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pages } from '../scripts/gen-docs.ts';
import { errorCodes, options } from '../src/index.ts';
import { type Compiled, compile, root, workFolder } from './compiled.ts';
import { commandsOf, pattern, programOf, shell, tell, withEnd } from './shown.ts';

const guides = [
  'README.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  'CHANGELOG.md',
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' }).map((file) => `docs/${file}`),
].filter((file) => file.endsWith('.md') && !file.startsWith('docs/options/'));
const textOf = (file: string): string => readFileSync(join(root, file), 'utf8');

interface Block {
  language: string;
  lines: string[];
  /** `README.md:12`, for the name of its test. */
  at: string;
  numbersVary: boolean;
}

function blocksOf(file: string): Block[] {
  const blocks: Block[] = [];
  let open: Block | undefined;
  const lines = textOf(file).split('\n');
  for (const [i, line] of lines.entries()) {
    const fence = /^```(\S*)\s*$/.exec(line);
    if (!fence) open?.lines.push(line);
    else if (open) {
      blocks.push(open);
      open = undefined;
    } else
      open = {
        language: fence[1] ?? '',
        lines: [],
        at: `${file}:${i + 1}`,
        numbersVary: lines[i - 1] === '<!-- numbers vary -->',
      };
  }
  return blocks;
}

const blocks = guides.flatMap(blocksOf);
const ofLanguage = (language: string): Block[] => blocks.filter((block) => block.language === language);

/** Other numbers have other widths, so columns and line ends move: both texts become one line of words. */
const loose = (text: string): string =>
  `${text
    .replace(/\d+/g, '0')
    .replace(/\.\.\.\n/g, '... ')
    .replace(/\s+/g, ' ')
    .trim()}\n`;

const scripts = ofLanguage('ts').map((block) => ({
  block,
  ...programOf(block.lines),
  name: block.at.replace(/[^\w]/g, '_'),
}));
let compiled: Compiled;
let folder: string;

beforeAll(() => {
  folder = workFolder('docs');
  mkdirSync(join(folder, 'blocks'), { recursive: true });
  writeFileSync(join(folder, 'blocks/tell.ts'), tell);
  for (const { name, code } of scripts) writeFileSync(join(folder, 'blocks', `${name}.ts`), code);
  const files = scripts.map(({ name }) => relative(root, join(folder, 'blocks', `${name}.ts`)));
  compiled = compile(folder, files);
});

afterAll(() => compiled.remove());

const linux = process.platform === 'linux';

describe.skipIf(!linux)('commands and their output', () => {
  it.each(ofLanguage('console').map((block) => ({ block, at: block.at })))('$at', ({ block }) => {
    const commands = commandsOf(block.lines);
    const answers = shell(
      compiled.bin,
      commands.map(({ line }) => line),
    );
    for (const [i, { line, output }] of commands.entries()) {
      const printed = withEnd(answers[i] ?? '(the shell had ended by then)');
      if (block.numbersVary) expect(loose(printed), line).toMatch(pattern([loose(output.join('\n')).trimEnd()]));
      else expect(printed, line).toMatch(pattern(output));
    }
  });
});

describe('TypeScript blocks', () => {
  it('are typed right', () => {
    expect(compiled.errors).toEqual([]);
  });

  it.skipIf(!linux).each(scripts.map((script) => ({ ...script, at: script.block.at })))(
    '$at',
    ({ name, expected, code }) => {
      const file = join(compiled.out, relative(root, folder), 'blocks', `${name}.js`);
      const { stdout, stderr, status } = spawnSync(process.execPath, [file], { encoding: 'utf8', cwd: root });
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      expect(stdout, code).toMatch(pattern(expected));
    },
  );
});

const anchors = new Map<string, ReadonlySet<string>>();

/** The anchors that Git hosts make of a page's headings. */
function anchorsOf(path: string): ReadonlySet<string> {
  const made = anchors.get(path);
  if (made) return made;
  const headings = [...readFileSync(path, 'utf8').matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
    (heading as string)
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replaceAll(/\s/g, '-'),
  );
  anchors.set(path, new Set(headings));
  return new Set(headings);
}

describe('the pages', () => {
  it('name only scripts that package.json has', () => {
    const { scripts: known } = JSON.parse(textOf('package.json')) as { scripts: Record<string, string> };
    const named = blocks.flatMap(({ lines }) =>
      [...lines.join('\n').matchAll(/npm run (?:--silent )?([\w:-]+)/g)].map(([, name]) => name as string),
    );
    const inText = guides.flatMap((file) =>
      [...textOf(file).matchAll(/`npm run ([\w:-]+)/g)].map(([, name]) => name as string),
    );
    expect([...named, ...inText].filter((name) => !(name in known))).toEqual([]);
  });

  it('have no dead links among themselves', () => {
    const dead = [...guides, ...[...pages().keys()].map((name) => `docs/options/${name}`)].flatMap((file) =>
      [...textOf(file).matchAll(/\]\(([^)#\s]*)(?:#([\w-]+))?\)/g)]
        .map(([, target = '', anchor]) => ({ target, anchor }))
        .filter(({ target, anchor }) => !/^[a-z]+:/.test(target) && (target !== '' || anchor !== undefined))
        .filter(({ target, anchor }) => {
          const path = target === '' ? resolve(root, file) : resolve(root, dirname(file), target);
          return !existsSync(path) || (anchor !== undefined && !anchorsOf(path).has(anchor));
        })
        .map(({ target, anchor }) => `${file}: ${target}${anchor === undefined ? '' : `#${anchor}`}`),
    );
    expect(dead).toEqual([]);
  });

  it('errors.md documents every code with its meaning, and no other', () => {
    const rows = textOf('docs/errors.md').matchAll(/^\| `(ERR_\w+)` \| (.*?) \|/gm);
    expect(Object.fromEntries([...rows].map(([, code, meaning]) => [code, meaning]))).toEqual(errorCodes);
  });

  it('the option pages are up to date: npm run docs', () => {
    for (const [name, text] of pages()) expect(textOf(`docs/options/${name}`), name).toBe(text);
    expect(readdirSync(join(root, 'docs/options')).sort()).toEqual([...pages().keys()].sort());
  });

  it('every option has an entry', () => {
    const all = [...pages().values()].join('\n');
    expect(options.filter(({ name }) => !all.includes(`\n## ${name}\n`)).map(({ name }) => name)).toEqual([]);
  });
});
