// The guides of docs/ and of the root as pages of the site: links go to the site's pages, option names become links.
import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { levelTable } from '../src/constants/levels.ts';
import * as md from './site-text.ts';

/** The guides by what a reader wants to do. What stands in no list comes last. */
const tasks: readonly (readonly [title: string, guides: readonly string[]])[] = [
  ['Start', ['overview', 'getting-started', 'options-guide', 'shell', 'from-python']],
  ['Sockets of your own', ['connect', 'listen', 'datagram', 'apply', 'snapshot', 'errors']],
  ['Clients', ['clients', 'clients/*']],
  ['Running programs', ['ps', 'filter', 'get', 'set', 'diff', 'watch', 'live']],
  ['Whole programs and machines', ['preload', 'policies', 'policy', 'check', 'metrics']],
  ['Tests', ['testing', 'leaks']],
  ['About', ['coverage', 'runtimes', 'limits', 'benchmarks', 'architecture', 'contributing', 'security', 'changelog']],
];

const roots: Readonly<Record<string, string>> = {
  'README.md': 'overview',
  'CONTRIBUTING.md': 'contributing',
  'SECURITY.md': 'security',
  'CHANGELOG.md': 'changelog',
};

export interface Guide {
  /** The file, from the root of the repo. */
  readonly file: string;
  /** Its page's name below /guide/. */
  readonly name: string;
  readonly title: string;
  readonly text: string;
}

const isGuide = (file: string): boolean =>
  file.endsWith('.md') && !file.startsWith('options/') && !file.startsWith('site/');

export function guides(): Guide[] {
  const inDocs = readdirSync('docs', { recursive: true, encoding: 'utf8' }).filter(isGuide).sort();
  const files = [
    ...Object.entries(roots),
    ...inDocs.map((file): [string, string] => [`docs/${file}`, file.replace(/\.md$/, '')]),
  ];
  return files.map(([file, name]) => {
    const text = readFileSync(file, 'utf8');
    const title = /^# (.+)$/m.exec(text)?.[1] ?? name;
    return { file, name, title: name === 'overview' ? 'Overview' : title.replaceAll('`', ''), text };
  });
}

export interface Entry {
  readonly text: string;
  readonly link: string;
}

/** The guides as the sidebar has them. */
export function guideGroups(all: readonly Guide[]): { text: string; items: Entry[] }[] {
  const left = new Map(all.map((guide) => [guide.name, guide]));
  const take = (pattern: string): Entry[] => {
    const fits = [...left.values()].filter(({ name }) =>
      pattern.endsWith('/*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern,
    );
    for (const { name } of fits) left.delete(name);
    return fits.map(({ name, title }) => ({ text: title, link: `/guide/${name}` }));
  };
  const groups = tasks.map(([text, names]) => ({ text, items: names.flatMap(take) }));
  const rest = [...left.keys()].flatMap(take);
  return rest.length > 0 ? [...groups, { text: 'More', items: rest }] : groups;
}

/** Where a file of the repo is within the site; undefined for what is no page. */
function pageOf(file: string, anchor: string, pages: ReadonlyMap<string, string>): string | undefined {
  const guide = pages.get(file);
  if (guide !== undefined) return `/guide/${guide}.md${anchor}`;
  const level = /^docs\/options\/(\w+)\.md$/.exec(file)?.[1];
  if (level === undefined) return undefined;
  if (level === 'README') return '/options/index.md';
  const option = md.known(anchor.slice(1).toUpperCase());
  if (option) return md.optionPath(option);
  return level.toUpperCase() in levelTable ? `${md.levelPath(level)}index.md` : undefined;
}

/** Text between links and code spans, in which names of options may become links. */
function linked(text: string): string {
  return text.replace(
    /(!?\[(?:[^\]`]|`[^`]*`)*\]\([^)]*\))|(`+)(.+?)\2|\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b/g,
    (all: string, isLink?: string, ticks?: string, inside?: string) => {
      if (isLink !== undefined) return all;
      const option = md.known(ticks === undefined ? all : (inside as string));
      return option ? `[${all}](${md.optionPath(option)})` : all;
    },
  );
}

/** A guide's Markdown for the site. */
export function guidePage(guide: Guide, all: readonly Guide[]): string {
  const pages = new Map(all.map(({ file, name }) => [file, name]));
  const folder = posix.dirname(guide.file);
  let inFence = false;
  const lines = guide.text.split('\n').flatMap((line) => {
    if (/^\s*```/.test(line)) {
      inFence = !inFence;
      return [line.replace(/^(\s*)```console/, '$1```sh')];
    }
    if (inFence) return [line];
    if (/^<!--.*-->$/.test(line)) return [];
    const moved = line.replace(/\[((?:[^\]`]|`[^`]*`)*)\]\(([^)\s]+)\)/g, (whole, text: string, target: string) => {
      if (/^[a-z]+:|^#/.test(target)) return whole;
      const [, path = '', anchor = ''] = /^([^#]*)(#.*)?$/.exec(target) ?? [];
      const file = posix.join(folder, path).replace(/\/$/, '');
      const page = pageOf(file, anchor, pages);
      // What is a file of the repo is named, and no more.
      if (page === undefined) return text === file || text === md.code(file) ? text : `${text} (${md.code(file)})`;
      return `[${text}](${page})`;
    });
    return [/^#/.test(line) ? moved : linked(moved)];
  });
  const first = guide.text.split('\n\n').find((paragraph) => /^(?:[A-Z]|`[^`])/.test(paragraph)) ?? guide.title;
  const description = first
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replaceAll('`', '')
    .replaceAll(/\s+/g, ' ')
    .slice(0, 200);
  return `${md.front({ title: guide.title, description })}${lines.join('\n').trimEnd()}\n\nSource: ${md.code(guide.file)}.\n`;
}
