// The documentation's site as `npm run docs` built it: every link is followed. What its pages show of programs and
// commands is compiled, run and read back, built or not. A browser looks at it in site-browser.test.ts.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, posix, relative } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { guides } from '../scripts/site-guides.ts';
import { byLevel } from '../scripts/site-lists.ts';
import { commands, exampleCalls, program, told } from '../scripts/site-option.ts';
import { levelPath, optionPath } from '../scripts/site-text.ts';
import { guideOf } from '../src/guide/index.ts';
import { options } from '../src/index.ts';
import { compile, root, workFolder } from './compiled.ts';

const site = join(root, 'docs/site');

/** When the newest of what the pages are made from was written. */
function newest(path: string): number {
  const stat = statSync(join(root, path));
  return stat.isDirectory()
    ? Math.max(...readdirSync(join(root, path)).map((name) => newest(join(path, name))))
    : stat.mtimeMs;
}

/** Why the built pages cannot be looked at; empty where they can. */
function lacking(): string {
  const first = join(site, 'index.html');
  if (!existsSync(first)) return 'the site is not built: npm run docs';
  const made = readdirSync(join(root, 'scripts')).filter((file) => file.startsWith('site'));
  const sources = ['src/catalog', 'src/codec', 'src/guide', 'site/.vitepress/config.mts', 'site/.vitepress/theme'];
  const guideFiles = guides().map(({ file }) => file);
  const all = [...sources, ...made.map((file) => `scripts/${file}`), ...guideFiles];
  const old = Math.max(...all.map(newest)) > statSync(first).mtimeMs;
  return old ? 'the site is older than what it is made from: npm run docs' : '';
}
const unbuilt = lacking();
const linux = process.platform === 'linux';

describe('what the pages show', () => {
  it('programs are typed right, and run as far as this kernel goes', { timeout: 120_000 }, () => {
    const names = new Set<string>();
    const shown = options.flatMap((option) => {
      const text = program(option);
      if (text === undefined) return [];
      const [imports = '', ...body] = text.split('\n');
      for (const name of /\{ (.*) \}/.exec(imports)?.[1]?.split(', ') ?? []) names.add(name);
      return [`try {\n${body.join('\n')}\n} catch (error) {\n  tell('${option.name}', error);\n}`];
    });
    expect(shown.length).toBeGreaterThan(500);
    const head = `import { ${[...names].sort().join(', ')} } from 'sockctl';
const told: [string, string][] = [];
const tell = (name: string, error: unknown): void => {
  told.push([name, (error as { code?: string }).code ?? String(error)]);
};
console.log = () => undefined;`;
    const folder = workFolder('site');
    const file = join(folder, 'shown.ts');
    writeFileSync(file, `${head}\n${shown.join('\n')}\nprocess.stdout.write(JSON.stringify(told));\n`);
    const compiled = compile(folder, [relative(root, file)]);
    try {
      expect(compiled.errors).toEqual([]);
      if (!linux) return;
      const program = join(compiled.out, relative(root, folder), 'shown.js');
      const { stdout, stderr } = spawnSync(process.execPath, [program], { encoding: 'utf8', cwd: root });
      expect(stderr).toBe('');
      // The kernel may refuse (E...); what the library refuses is a mistake of the page, but for other systems' options.
      const wrong = (JSON.parse(stdout) as [string, string][]).filter(
        ([name, code]) =>
          !/^E(?!RR_)[A-Z0-9]+$/.test(code) &&
          !(code === 'ERR_UNSUPPORTED' && options.find((option) => option.name === name)?.number === -1),
      );
      expect(wrong).toEqual([]);
    } finally {
      compiled.remove();
    }
  });

  it('commands give the sample, once they are read', () => {
    const wrong = options.flatMap((option) => {
      const { name, input, declaration } = option;
      const line = commands(option).find((command) => command.startsWith('sockctl try '));
      if (line === undefined) return [];
      const word = spawnless(line).at(-1) as string;
      const text = word.slice(name.length + 1);
      const same = Buffer.from(input.encode(input.parse(text) as never)).equals(
        input.encode(declaration.sample as never),
      );
      return word.startsWith(`${name}=`) && same ? [] : [line];
    });
    expect(wrong).toEqual([]);
  });
});

/** The words of a command, its quotes taken away. */
function spawnless(line: string): string[] {
  return [...line.matchAll(/(?:'(?:[^']|'\\'')*'|[^\s'])+/g)].map(([word]) =>
    word.replaceAll("'\\''", '\0').replaceAll("'", '').replaceAll('\0', "'"),
  );
}

interface Page {
  readonly html: string;
  readonly ids: ReadonlySet<string>;
}

const unescaped = (text: string): string =>
  text
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');

describe.skipIf(unbuilt !== '')('the built pages', () => {
  const pages = new Map<string, Page>();
  beforeAll(() => {
    for (const file of readdirSync(site, { recursive: true, encoding: 'utf8' })) {
      if (!file.endsWith('.html')) continue;
      const html = readFileSync(join(site, file), 'utf8');
      const ids = [...html.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => unescaped(id as string));
      pages.set(`/${file}`, { html, ids: new Set(ids) });
    }
  });

  const htmlOf = (path: string): string => path.replace(/\.md$/, '.html').replace(/\/$/, '/index.html');

  it('there is one for every option, level, topic and guide: npm run docs', () => {
    const wanted = [
      ...options.map((option) => [optionPath(option), option.name]),
      ...[...byLevel.keys()].map((level) => [levelPath(level), level]),
      ...told.map(({ name, title }) => [`/topics/${name}.md`, title]),
      ...guides().map(({ name }) => [`/guide/${name}.md`, '']),
    ];
    const missing = wanted.filter(([path = '', title = '']) => {
      const heading = /<h1[^>]*>([\s\S]*?)<\/h1>/.exec(pages.get(htmlOf(path))?.html ?? '')?.[1];
      return !heading || !unescaped(heading.replace(/<[^>]*>/g, '')).includes(title);
    });
    expect(missing).toEqual([]);
  });

  it('every page has a title and a description of its own', () => {
    const seen = new Map<string, string>();
    const wrong: string[] = [];
    for (const [path, { html }] of pages) {
      if (path === '/404.html') continue;
      const title = /<title>([^<]*)<\/title>/.exec(html)?.[1] ?? '';
      const description = /<meta name="description" content="([^"]*)">/.exec(html)?.[1] ?? '';
      if (title.length < 4 || description.length < 20 || seen.has(title)) wrong.push(`${path}: ${title}`);
      seen.set(title, path);
    }
    expect(wrong).toEqual([]);
  });

  it('every link leads somewhere, and nothing is loaded from another host', () => {
    const dead: string[] = [];
    let links = 0;
    for (const [path, { html }] of pages) {
      for (const [, tag, , given = ''] of html.matchAll(/<(\w+)\b[^>]*?\s(href|src)="([^"]*)"/g)) {
        const target = unescaped(given);
        links++;
        if (target.startsWith('data:')) continue;
        if (/^[a-z]+:|^\/\//i.test(target)) {
          if (tag !== 'a' || !/^https?:$/.test(new URL(target).protocol)) dead.push(`${path}: ${tag} ${target}`);
          continue;
        }
        const [, file = '', anchor = ''] = /^([^#]*)(?:#(.*))?$/.exec(target) ?? [];
        const at =
          file === '' ? path : htmlOf(posix.resolve(posix.dirname(path), file) + (file.endsWith('/') ? '/' : ''));
        const page = pages.get(at.replace('//', '/'));
        if (
          page === undefined ? !existsSync(join(site, at)) : anchor !== '' && !page.ids.has(decodeURIComponent(anchor))
        )
          dead.push(`${path}: ${target}`);
      }
    }
    expect(links).toBeGreaterThan(10_000);
    expect([...new Set(dead)].slice(0, 40)).toEqual([]);
  });

  it('links to other hosts are man pages, RFCs, and what the guides cite', () => {
    const cited = guides().flatMap(({ text }) => [...text.matchAll(/https?:\/\/[^\s)<>"'`]+/g)].map(([url]) => url));
    const known =
      /^https:\/\/(?:man7\.org\/linux\/man-pages\/man([2378])\/[\w-]+\.\1\.html|manpages\.debian\.org\/[\w-]+\.[18]|man\.freebsd\.org\/cgi\/man\.cgi\?query=\w+&sektion=\d|www\.rfc-editor\.org\/rfc\/rfc\d+\.html|learn\.microsoft\.com\/en-us\/windows\/win32\/api\/\w+\/)$/;
    const others = [...pages].flatMap(([path, { html }]) =>
      [...html.matchAll(/<a\b[^>]*?\shref="(https?:[^"]*)"/g)]
        .map(([, given]) => unescaped(given as string))
        .filter((target) => !known.test(target) && !cited.some((url) => url.startsWith(target)))
        .map((target) => `${path}: ${target}`),
    );
    expect(others).toEqual([]);
  });

  it('a page shows no program or command but those that the tests run', () => {
    const topicCode = told.flatMap(({ sections }) => sections.flatMap(({ code }) => (code ? [code.text] : [])));
    const wrong: string[] = [];
    let shown = 0;
    const compare = (path: string, texts: readonly (string | undefined)[]): void => {
      const tested = new Set(texts.map((text) => text?.replace(/^\n+/, '').trimEnd()));
      const html = pages.get(htmlOf(path))?.html ?? '';
      for (const [, block = ''] of html.matchAll(/<pre\b[^>]*><code[^>]*>([\s\S]*?)<\/code><\/pre>/g)) {
        shown++;
        const text = unescaped(block.replace(/<[^>]*>/g, '')).trimEnd();
        if (!tested.has(text)) wrong.push(`${path}: ${text}`);
      }
    };
    for (const option of options) {
      const guide = option.aliasOf ? undefined : guideOf(option);
      compare(optionPath(option), [
        guide?.typescript ?? exampleCalls(option) ?? program(option),
        guide?.shell ?? commands(option).join('\n'),
      ]);
    }
    for (const { name } of told) compare(`/topics/${name}.md`, topicCode);
    expect(wrong).toEqual([]);
    expect(shown).toBeGreaterThan(1000);
  });

  it('styles load nothing from another host', () => {
    const styles = readdirSync(join(site, 'assets')).filter((file) => file.endsWith('.css'));
    expect(styles.length).toBeGreaterThan(0);
    for (const file of styles) {
      expect(readFileSync(join(site, 'assets', file), 'utf8')).not.toMatch(/url\(\s*["']?(?:https?:)?\/\/|@import/);
    }
  });

  it('no page shows what a template left over', () => {
    const odd = [...pages].filter(([, { html }]) => {
      const text = html.replace(/<(pre|code|script|style)\b[\s\S]*?<\/\1>/g, '').replace(/<[^>]*>/g, ' ');
      return /\bundefined\b(?! (?:where|for|if|as|when|is|or|then|until))|\[object |\bNaN\b/.test(text);
    });
    expect(odd.map(([path]) => path)).toEqual([]);
  });
});

if (unbuilt !== '') it('the built pages', (context) => context.skip(unbuilt));
