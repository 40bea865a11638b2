// Makes docs/options/ from the catalogue: an index, and a page per level. `npm run docs` writes them.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { LevelName } from '../src/constants/levels.ts';
import { type AnyOption, kinds as allKinds, type Kind, options } from '../src/index.ts';
import { levelTexts, systemTitles } from './site-levels.ts';
import { accessText, lengths, moments } from './site-option.ts';
import { references } from './site-references.ts';

const made = '<!-- Made by `npm run docs` from src/catalog/. Change it there. -->';

const fileOf = (level: string): string => `${level.toLowerCase()}.md`;
// Markdown keeps what stands in backquotes as it is; elsewhere a name with * or <> would be taken for markup.
const plain = (text: string): string => text.replace(/[<>*|]/g, (character) => `\\${character}`);
const code = (text: string): string => `\`${text}\``;

/** Options by level, in the catalogue's order. */
function byLevel(): Map<LevelName, AnyOption[]> {
  const levels = new Map<LevelName, AnyOption[]>();
  for (const option of options) {
    const list = levels.get(option.level);
    if (list) list.push(option);
    else levels.set(option.level, [option]);
  }
  return levels;
}

/** Which file declares an option, by its name. */
export function declaringFiles(): ReadonlyMap<string, string> {
  const folder = 'src/catalog';
  return new Map(
    readdirSync(folder).flatMap((file) => {
      const declared = readFileSync(`${folder}/${file}`, 'utf8').matchAll(/^export const (\w+)/gm);
      return [...declared].map(([, name]): [string, string] => [name as string, `${folder}/${file}`]);
    }),
  );
}

/** A level as a link to its page; as it is where the page is of another name. */
const levelLink = (level: string): string =>
  options.some((option) => option.level === level) ? `[${level}](${fileOf(level)})` : code(level);

const known = new Map(options.map((option) => [option.name, option]));

/** A name as a link to its entry; as it is where the catalogue has none of that name. */
function link(name: string, from: string): string {
  const option = known.get(name);
  if (!option) return code(name);
  return `[${name}](${option.level === from ? '' : fileOf(option.level)}#${name.toLowerCase()})`;
}

/** The values that have names; long lists are cut, for `sockctl explain` has them all. */
function namedValues({ input, codec }: AnyOption): string | undefined {
  const names = Object.keys(input.names ?? codec.names ?? {});
  if (names.length === 0) return undefined;
  const shown = names.slice(0, 24).map(code).join(', ');
  return names.length > 24 ? `${shown} and ${names.length - 24} more` : shown;
}

function numbers(option: AnyOption): string {
  const on = Object.entries(option.declaration.on);
  if (on.length === 0) return 'no system has it';
  return on.map(([system, number]) => `${system} ${number > 0x400 ? `0x${number.toString(16)}` : number}`).join(', ');
}

function kindsOf(option: AnyOption): string {
  const has = option.kinds as readonly Kind[];
  return has.length === allKinds.length ? 'all' : has.join(', ');
}

/** What is known of an option, one line per fact; facts that it does not have are left out. */
function facts(option: AnyOption, file: string): string[] {
  const { declaration: d, codec, input, level } = option;
  const range = input.min !== undefined && input.max !== undefined ? ` (${input.min} to ${input.max})` : '';
  const unit = input.unit ?? codec.unit;
  const rows: [string, string | undefined][] = [
    ['Levels', typeof d.level === 'string' ? undefined : d.level.map(levelLink).join(' or ')],
    ['Access', accessText(option)],
    ['Kind of name', d.role],
    ['Type', `${code(codec.ctype)}${input.ctype === codec.ctype ? '' : `; a set takes ${code(input.ctype)}`}`],
    ['Takes', option.access === 'ro' || option.access === 'none' ? undefined : plain(input.accepts)],
    ['Unit', unit && `${unit}${range}`],
    ['Values', namedValues(option)],
    ['When', d.when && moments[d.when]],
    ['Set late', d.late && plain(d.late)],
    ['Needs', d.needs && plain(d.needs)],
    [
      'Set first',
      d.after &&
        Object.keys(d.after)
          .map((name) => link(name, level))
          .join(', '),
    ],
    ['Also changes', d.alters?.map((name) => link(name, level)).join(', ')],
    ['Reading it', d.sideEffect && plain(d.sideEffect)],
    ['Length', d.length && lengths[d.length]],
    ['Limit', d.limit && code(d.limit)],
    ['Default from', d.default && code(d.default)],
    ['Sockets', option.access === 'none' ? undefined : kindsOf(option)],
    ['Numbers', numbers(option)],
    ['Since', d.since && `Linux ${d.since}`],
    ['Gone since', d.removed && `Linux ${d.removed}`],
    ['Use instead', d.instead && plain(d.instead)],
    ['See', d.see?.map((name) => link(name, level)).join(', ')],
    ['Man page, RFC', d.man && references(d.man, option.platforms)],
    ...Object.entries(d.differs ?? {}).map(([system, text]): [string, string] => [
      `On ${systemTitles[system] ?? system}`,
      plain(text as string),
    ]),
    ['Declared in', `[${file}](../../${file})`],
  ];
  return rows.filter(([, value]) => value).map(([name, value]) => `- ${name}: ${value}`);
}

function section(option: AnyOption, file: string): string {
  const { aliasOf, summary, notes = [] } = option.declaration;
  const heading = `## ${option.name}`;
  if (aliasOf) return `${heading}\n\nAnother name of ${link(aliasOf, option.level)}. ${plain(summary)}`;
  const remarks = notes.length > 0 ? `\n\n${notes.map((note) => `> ${plain(note)}`).join('\n>\n')}` : '';
  return `${heading}\n\n${plain(summary)}\n\n${facts(option, file).join('\n')}${remarks}`;
}

function page(level: LevelName, list: readonly AnyOption[], files: ReadonlyMap<string, string>): string {
  const { title: name, about } = levelTexts[level];
  const title = `# ${level}: the options of ${name}`;
  const intro = `${made}\n\n[All options](README.md)\n\n${plain(about)}`;
  return `${title}\n\n${intro}\n\n${list.map((option) => section(option, files.get(option.name) as string)).join('\n\n')}\n`;
}

function index(levels: ReadonlyMap<LevelName, readonly AnyOption[]>): string {
  const aliases = options.filter(({ declaration }) => declaration.aliasOf).length;
  const parts = [...levels].map(([level, list]) => {
    const rows = list.map(
      (option) =>
        `| [${option.name}](${fileOf(level)}#${option.name.toLowerCase()}) | ${option.access} | ${plain(option.declaration.summary)} |`,
    );
    return `## ${level}\n\n${levelLink(level)}: ${levelTexts[level].title}\n\n| option | access | what it does |\n|---|---|---|\n${rows.join('\n')}`;
  });
  const count = `${options.length - aliases} options and ${aliases} other names of them.`;
  const legend =
    '`rw` read and set, `ro` read only, `wo` set only, `none` a name that cannot be used (its entry says what can).';
  return `# Options\n\n${made}\n\n${count} ${legend}\n\n${parts.join('\n\n')}\n`;
}

/** Every generated page: its file's name in docs/options/, and its text. */
export function pages(): Map<string, string> {
  const levels = byLevel();
  const files = declaringFiles();
  const result = new Map([['README.md', index(levels)]]);
  for (const [level, list] of levels) result.set(fileOf(level), page(level, list, files));
  return result;
}

/** Writes the pages; gives how many there are. npm runs it from the package's own folder. */
export function writeOptionPages(): number {
  const folder = 'docs/options';
  mkdirSync(folder, { recursive: true });
  const wanted = pages();
  for (const old of readdirSync(folder)) if (!wanted.has(old)) rmSync(`${folder}/${old}`);
  for (const [name, text] of wanted) writeFileSync(`${folder}/${name}`, text);
  return wanted.size;
}
