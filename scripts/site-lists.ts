// The site's pages that lead to options: a level, the levels, all options, a topic, the topics, the home page.
import * as families from '../src/constants/families.ts';
import { kinds as everyKind, type Kind, kindsOfLevel, kindTable } from '../src/constants/kinds.ts';
import { type LevelName, levelTable } from '../src/constants/levels.ts';
import type { Topic } from '../src/guide/types.ts';
import { options } from '../src/index.ts';
import type { AnyOption } from '../src/option.ts';
import { levelTexts, systemTitles } from './site-levels.ts';
import { accesses, told, usable } from './site-option.ts';
import { references } from './site-references.ts';
import * as md from './site-text.ts';
import { levelOn } from './site-types.ts';

/** Options by level, in the catalogue's order; one that C has at two levels is under the first. */
export const byLevel: ReadonlyMap<LevelName, readonly AnyOption[]> = new Map(
  (Object.keys(levelTable) as LevelName[])
    .map((level): [LevelName, AnyOption[]] => [level, options.filter((option) => option.level === level)])
    .filter(([, own]) => own.length > 0),
);

/** The C name of a family or of a type of sockets. */
function constant(prefix: 'AF_' | 'SOCK_', number: number): string {
  const found = Object.entries(families).find(([name, value]) => name.startsWith(prefix) && value === number);
  return found?.[0] ?? String(number);
}

function madeWith(kind: Kind): string {
  const [family, type, protocol] = kindTable[kind];
  return md.code(`socket(${constant('AF_', family)}, ${constant('SOCK_', type)}, ${protocol})`);
}

const accessWord = ({ access, declaration }: AnyOption): string =>
  declaration.role ?? (access === 'none' ? 'cannot be used' : accesses[access as keyof typeof accesses]);

const rows = (own: readonly AnyOption[]): string[][] =>
  own.map((option) => [
    md.link(option.name),
    accessWord(option),
    usable(option) ? md.code(option.codec.ctype) : '',
    md.plain(option.declaration.summary),
  ]);

/** The names of a level in groups, each with its heading: those of Linux first, for most readers come for them. */
export function split(own: readonly AnyOption[]): [heading: string, options: readonly AnyOption[]][] {
  const onLinux = ({ declaration: { access, on } }: AnyOption): boolean => access !== 'none' && on.linux !== undefined;
  const groups: [string, (option: AnyOption) => boolean][] = [
    ['Options', (option) => onLinux(option)],
    ['Of other systems', (option) => !onLinux(option) && usable(option)],
    ['Names that cannot be used', (option) => !usable(option)],
  ];
  return groups
    .map(([heading, fits]): [string, AnyOption[]] => [heading, own.filter(fits)])
    .filter(([, some]) => some.length > 0);
}

/** Levels that have the same number on Linux: which is meant, the socket says. */
function sharing(level: LevelName): LevelName[] {
  const on = (name: LevelName): number | undefined => (levelTable[name] as { linux?: number }).linux;
  return [...byLevel.keys()].filter((other) => other !== level && on(level) !== undefined && on(other) === on(level));
}

export function levelPage(level: LevelName): string {
  const { title, about } = levelTexts[level];
  const own = byLevel.get(level) ?? [];
  const systems = Object.keys(levelTable[level]);
  const shared = sharing(level);
  const guests = options.filter((option) => option.level !== level && option.levels.includes(level));
  const kinds = kindsOfLevel[level];
  const groups = split(own);
  const body = md.join([
    `# ${md.plain(level)}: ${md.plain(title)}`,
    md.rich(about),
    systems.includes('linux') && `Its number on Linux is ${levelOn(level, 'linux')}.`,
    groups.length > 1 &&
      groups
        .map(([heading, { length }]) => `[${heading}](#${heading.toLowerCase().replaceAll(' ', '-')}) (${length})`)
        .join(' · '),
    ...groups.map(
      ([heading, some]) => `## ${heading}\n\n${md.table(['Option', 'Access', 'Type', 'What it does'], rows(some))}`,
    ),
    guests.length > 0 && `C has these at this level as well: ${guests.map(({ name }) => md.link(name)).join(', ')}.`,
    '## Numbers',
    md.table(
      ['System', 'Level'],
      systems.map((system) => [systemTitles[system] ?? system, levelOn(level, system)]),
    ),
    shared.length > 0 &&
      `On Linux ${shared.map(md.levelLink).join(', ')} ${shared.length === 1 ? 'has' : 'have'} the same number: the family and protocol of the socket say which is meant.`,
    '## Sockets',
    kinds.length === everyKind.length
      ? 'Every socket.'
      : md.table(
          ['Kind', 'Made with'],
          kinds.map((kind) => [md.code(kind), madeWith(kind)]),
        ),
  ]);
  const description = `${level} (${title}): its ${own.length} socket options with types, numbers and what they do.`;
  return `${md.front({ title: level, description, pageClass: 'level', aside: false })}${body}`;
}

export function optionsIndex(): string {
  const aliases = options.filter(({ aliasOf }) => aliasOf).length;
  const body = md.join([
    '# All options',
    `${options.length - aliases} options and ${aliases} other names of them, at ${byLevel.size} levels.`,
    md.table(
      ['Level', 'What it is', 'Options'],
      [...byLevel].map(([level, own]) => [md.levelLink(level), md.plain(levelTexts[level].title), String(own.length)]),
    ),
    ...[...byLevel].map(
      ([level, own]) =>
        `## ${md.plain(level)}\n\n${md.levelLink(level)}: ${md.plain(levelTexts[level].title)}\n\n${own.map(({ name }) => md.link(name)).join(' ')}`,
    ),
  ]);
  const description = 'Every socket option of Linux, and those of macOS, FreeBSD and Windows, by level.';
  return `${md.front({ title: 'All options', description, pageClass: 'index', aside: false })}${body}`;
}

export function topicPage(topic: Topic): string {
  const { name, title, summary, sections, sysctls = [], see = [], sources } = topic;
  const others = see.flatMap((other) => told.filter((one) => one.name === other));
  const list = topic.options.flatMap((option) => {
    const found = md.known(option);
    return found ? [[md.link(option), md.plain(found.declaration.summary)]] : [];
  });
  const body = md.join([
    `# ${md.plain(title)}`,
    md.rich(summary),
    ...sections.flatMap(({ heading, text, code }) => [
      `## ${md.plain(heading)}`,
      md.paragraphs(text),
      code && md.fence(code.language === 'console' ? 'sh' : code.language, code.text),
    ]),
    list.length > 0 && `## Options\n\n${md.table(['Option', 'What it does'], list)}`,
    sysctls.length > 0 && `## Sysctls\n\n${sysctls.map(md.code).join(', ')}`,
    others.length > 0 &&
      `## Other topics\n\n${others.map((other) => `- [${md.plain(other.title)}](/topics/${other.name}.md): ${md.rich(other.summary)}`).join('\n')}`,
    sources.length > 0 && `## Read on\n\n${sources.map((source) => `- ${references(source)}`).join('\n')}`,
    `In a terminal: ${md.code(`sockctl explain ${name}`)}. Written in ${md.code(`src/guide/topics/${name}.ts`)}.`,
  ]);
  return `${md.front({ title, description: summary, pageClass: 'topic' })}${body}`;
}

export function topicsIndex(): string {
  const body = md.join([
    '# Topics',
    'Stories across options: what happens, which options decide about it, and what to set.',
    md.table(
      ['Topic', 'What it tells'],
      told.map(({ name, title, summary }) => [`[${md.plain(title)}](/topics/${name}.md)`, md.rich(summary)]),
    ),
  ]);
  return `${md.front({ title: 'Topics', description: 'Stories across socket options.', outline: false })}${body}`;
}

/** The first page. */
export function homePage(): string {
  const feature = (title: string, details: string, link: string): object => ({ title, details, link });
  const stories = told.map(
    ({ name, title, summary }) => `- [${md.plain(title)}](/topics/${name}.md): ${md.rich(summary)}`,
  );
  const levels = [...byLevel.keys()].map((level) => `${md.levelLink(level)} (${md.plain(levelTexts[level].title)})`);
  const front = md.front({
    layout: 'home',
    title: 'sockctl',
    titleTemplate: 'every socket option, read, changed and explained',
    description: 'Every socket option: what it does, its type, its numbers, and how to read and set it on any socket.',
    hero: {
      name: 'sockctl',
      text: 'sysctl for sockets',
      tagline:
        "Read, change and explain any socket option, on any socket: your own, from TypeScript or the shell, or a running program's.",
      actions: [
        { theme: 'brand', text: `All ${options.length} options`, link: '/options/' },
        { theme: 'alt', text: 'Get started', link: '/guide/getting-started' },
        { theme: 'alt', text: 'Topics', link: '/topics/' },
      ],
    },
    features: [
      feature(
        'Look an option up',
        'Type, unit, range, default, when it must be set, mistakes people make, numbers per system.',
        '/options/',
      ),
      feature(
        'Understand a topic',
        'Keepalive, latency, buffers, reuse of ports, timestamps: whole stories across options.',
        '/topics/',
      ),
      feature(
        'See what a program does',
        'All sockets of the machine, who has them, and which options are not at the default.',
        '/guide/ps',
      ),
      feature(
        'Change a running program',
        'Set options on the sockets of a process without restarting it, and undo it.',
        '/guide/set',
      ),
      feature(
        'From birth',
        'Sockets, servers and clients that have their options before they connect or listen.',
        '/guide/connect',
      ),
      feature('In the shell', 'list, explain, show, try, ps, get, set, diff, watch, check.', '/guide/shell'),
    ],
  });
  return `${front}${md.join(['## Topics', stories.join('\n'), '## Levels', levels.join(', ')])}`;
}
