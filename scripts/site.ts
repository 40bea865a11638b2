// `npm run docs`: writes docs/options/, docs/coverage.md and the pages of the site, from the catalogue and the guides, and
// builds the site into docs/site/. `--pages` writes the pages and does not build.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { argv, execPath, exit, stdout } from 'node:process';
import { type AnyOption, options } from '../src/index.ts';
import { coveragePage } from './gen-coverage.ts';
import { declaringFiles, writeOptionPages } from './gen-docs.ts';
import { type Entry, guideGroups, guidePage, guides } from './site-guides.ts';
import { levelTexts, systemTitles } from './site-levels.ts';
import { byLevel, homePage, levelPage, optionsIndex, split, topicPage, topicsIndex } from './site-lists.ts';
import { optionPage, told } from './site-option.ts';
import { levelPath, optionPath } from './site-text.ts';

interface Group {
  text: string;
  collapsed?: boolean;
  items: Entry[];
}

/** What search finds a page by, where that is not all of its text. */
interface Found {
  title: string;
  text: string;
}

const folder = 'site/pages';
const pages = new Map<string, string>();
const found: Record<string, Found> = {};

/** What people type who do not know how C shortens it. */
const short: readonly (readonly [RegExp, string])[] = [
  [/RCV|RECV/, 'receive'],
  [/SND/, 'send'],
  [/BUF/, 'buffer'],
  [/TIMEO/, 'timeout'],
  [/LOWAT/, 'low water mark'],
  [/CNT/, 'count'],
  [/INTVL/, 'interval'],
  [/TTL/, 'time to live'],
  [/TOS/, 'type of service'],
  [/PKTINFO/, 'packet info'],
  [/MREQ|MEMBERSHIP|MCAST/, 'multicast group'],
  [/CRED/, 'credentials'],
  [/ZEROCOPY/, 'zero copy'],
  [/KEEP(ALIVE|IDLE|CNT|INTVL)/, 'keep alive'],
  [/REUSEPORT/, 'reuse port'],
  [/REUSEADDR/, 'reuse address'],
  [/NODELAY/, 'no delay Nagle'],
];
const spelledOut = (name: string): string => short.flatMap(([part, word]) => (part.test(name) ? [word] : [])).join(' ');

/** The sidebar is narrow: a long name may go on in a second line, behind an underscore. */
const breakable = (name: string): string => (name.length > 20 ? name.replaceAll('_', '_<wbr>') : name);

/** The systems of an option that Linux lacks, for its line in the results of a search. */
function elsewhere({ platforms }: AnyOption): string {
  if (platforms.includes('linux') || platforms.length === 0) return '';
  return `on ${platforms.map((system) => systemTitles[system]).join(', ')}: `;
}

function writePages(): void {
  const declared = declaringFiles();
  for (const option of options) {
    const path = optionPath(option).slice(1);
    const { summary, notes = [], role, instead = '' } = option.declaration;
    pages.set(path, optionPage(option, declared.get(option.name) as string));
    const named = Object.keys(option.input.names ?? {}).filter((name) => name.length > 3);
    found[path] = {
      title: `${option.name} – ${elsewhere(option)}${role ? `${role}. ` : ''}${summary}`,
      text: [option.level, spelledOut(option.name), ...notes, instead, ...named.slice(0, 40)].join(' '),
    };
  }
  for (const level of byLevel.keys()) {
    const path = `${levelPath(level).slice(1)}index.md`;
    const { title, about } = levelTexts[level];
    pages.set(path, levelPage(level));
    found[path] = { title: `${level} – the options of ${title}`, text: about };
  }
  for (const topic of told) {
    const path = `topics/${topic.name}.md`;
    pages.set(path, topicPage(topic));
    const words = topic.sections.flatMap(({ heading, text }) => [heading, ...text]);
    found[path] = { title: topic.title, text: [topic.summary, ...topic.words, ...words].join(' ') };
  }
  const all = guides();
  for (const guide of all) pages.set(`guide/${guide.name}.md`, guidePage(guide, all));
  pages.set('options/index.md', optionsIndex());
  pages.set('topics/index.md', topicsIndex());
  pages.set('index.md', homePage());
  found['options/index.md'] = { title: 'All options', text: 'index levels' };

  const topics: Entry[] = told.map(({ name, title }) => ({ text: title, link: `/topics/${name}` }));
  const levels: Entry[] = [...byLevel.keys()].map((level) => ({
    text: `${level}: ${levelTexts[level].title}`,
    link: levelPath(level),
  }));
  const levelGroup: Group = { text: 'Levels', collapsed: true, items: levels };
  const topicGroup: Group = { text: 'Topics', items: topics };
  const everything: Entry = { text: 'All options', link: '/options/' };
  const sidebar: Record<string, Group[]> = {
    '/options/': [
      { text: 'Options', items: [everything] },
      { text: 'Levels', items: levels },
    ],
    '/topics/': [topicGroup, levelGroup],
    '/guide/': [...guideGroups(all), { ...topicGroup, collapsed: true }, levelGroup],
  };
  for (const [level, own] of byLevel) {
    const groups = split(own).map(([text, some], at) => ({
      text,
      ...(at > 0 && { collapsed: true }),
      items: some.map((option) => ({ text: breakable(option.name), link: optionPath(option).replace(/\.md$/, '') })),
    }));
    const about = { text: `${level}: ${levelTexts[level].title}`, link: levelPath(level) };
    sidebar[levelPath(level)] = [{ text: 'Levels', items: [everything, about] }, ...groups];
  }
  rmSync(folder, { recursive: true, force: true });
  for (const [path, text] of pages) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  writeFileSync(join(folder, 'made.json'), JSON.stringify({ sidebar, found }));
}

function run(command: string, args: readonly string[], cwd = '.'): void {
  const { status } = spawnSync(command, args, { cwd, stdio: 'inherit' });
  if (status !== 0) exit(status ?? 1);
}

const started = performance.now();
const since = (): string => `${((performance.now() - started) / 1000).toFixed(0)} s`;

console.log(`docs/options: ${writeOptionPages()} pages`);
writeFileSync('docs/coverage.md', coveragePage());
writePages();
console.log(`${folder}: ${pages.size} pages (${since()})`);
if (!argv.includes('--pages')) {
  if (!existsSync('site/node_modules/vitepress')) run('npm', ['ci', '--prefix', 'site', '--prefer-offline']);
  stdout.write('docs/site: ');
  run(execPath, ['--max-semi-space-size=64', 'node_modules/vitepress/bin/vitepress.js', 'build'], 'site');
  console.log(`docs/site: ${options.length} options, built in ${since()}`);
}
