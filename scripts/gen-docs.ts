// Writes docs/options/ from the catalogue: an index, and a page per level. Run: npm run docs
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';
import { type Access, type AnyOption, kinds as allKinds, type Kind, options } from '../src/index.ts';

const titles: Readonly<Record<string, string>> = {
  SOL_SOCKET: 'every socket',
  SOL_TCP: 'TCP',
  SOL_UDP: 'UDP',
  SOL_IP: 'IPv4',
  SOL_IPV6: 'IPv6',
  SOL_MPTCP: 'Multipath TCP',
};
const accesses = { rw: 'read and set', ro: 'read only', wo: 'set only', none: 'cannot be used' } as const;
const moments: Readonly<Record<string, string>> = {
  'before-bind': 'before bind',
  'before-listen': 'before listen',
  'before-connect': 'before connect',
  connected: 'once connected',
  any: 'at any time',
};
const lengths: Readonly<Record<string, string>> = {
  exact: 'exactly the size of the type',
  'at-least': 'at least the size of the type',
  grows: 'grows with the kernel: a field that the kernel did not return is absent',
  elements: 'counted in elements, not in bytes',
  'in-out': 'the kernel reads the buffer before it fills it',
};
const made = '<!-- Made by `npm run docs` from src/catalog/. Change it there. -->';

const fileOf = (level: string): string => `${level.toLowerCase()}.md`;
// Markdown keeps what stands in backquotes as it is; elsewhere a name with * or <> would be taken for markup.
const plain = (text: string): string => text.replace(/[<>*|]/g, (character) => `\\${character}`);
const code = (text: string): string => `\`${text}\``;

/** Options by level, in the catalogue's order. */
function byLevel(): Map<string, AnyOption[]> {
  const levels = new Map<string, AnyOption[]>();
  for (const option of options) {
    const list = levels.get(option.level);
    if (list) list.push(option);
    else levels.set(option.level, [option]);
  }
  return levels;
}

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
function facts(option: AnyOption): string[] {
  const { declaration: d, codec, input, level } = option;
  const range = input.min !== undefined && input.max !== undefined ? ` (${input.min} to ${input.max})` : '';
  const unit = input.unit ?? codec.unit;
  const rows: [string, string | undefined][] = [
    ['Levels', typeof d.level === 'string' ? undefined : d.level.map(code).join(' or ')],
    ['Access', accesses[option.access as Access]],
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
    ['Source', d.man && plain(d.man)],
  ];
  return rows.filter(([, value]) => value).map(([name, value]) => `- ${name}: ${value}`);
}

function section(option: AnyOption): string {
  const { aliasOf, summary, notes = [] } = option.declaration;
  const heading = `## ${option.name}`;
  if (aliasOf) return `${heading}\n\nAnother name of ${link(aliasOf, option.level)}. ${plain(summary)}`;
  const remarks = notes.length > 0 ? `\n\n${notes.map((note) => `> ${plain(note)}`).join('\n>\n')}` : '';
  return `${heading}\n\n${plain(summary)}\n\n${facts(option).join('\n')}${remarks}`;
}

function page(level: string, list: readonly AnyOption[]): string {
  const title = `# ${level}: the options of ${titles[level] ?? level}`;
  const intro = `${made}\n\n[All options](README.md)`;
  return `${title}\n\n${intro}\n\n${list.map(section).join('\n\n')}\n`;
}

function index(levels: ReadonlyMap<string, readonly AnyOption[]>): string {
  const aliases = options.filter(({ declaration }) => declaration.aliasOf).length;
  const parts = [...levels].map(([level, list]) => {
    const rows = list.map(
      (option) =>
        `| [${option.name}](${fileOf(level)}#${option.name.toLowerCase()}) | ${option.access} | ${plain(option.declaration.summary)} |`,
    );
    return `## ${level}\n\n| option | access | what it does |\n|---|---|---|\n${rows.join('\n')}`;
  });
  const count = `${options.length - aliases} options and ${aliases} other names of them.`;
  const legend =
    '`rw` read and set, `ro` read only, `wo` set only, `none` a name that cannot be used (its entry says what can).';
  return `# Options\n\n${made}\n\n${count} ${legend}\n\n${parts.join('\n\n')}\n`;
}

/** Every generated page: its file's name in docs/options/, and its text. */
export function pages(): Map<string, string> {
  const levels = byLevel();
  const result = new Map([['README.md', index(levels)]]);
  for (const [level, list] of levels) result.set(fileOf(level), page(level, list));
  return result;
}

if (argv[1] === fileURLToPath(import.meta.url)) {
  // The compiled copy of this file lies elsewhere; npm runs it from the package's own folder.
  const folder = 'docs/options';
  mkdirSync(folder, { recursive: true });
  const wanted = pages();
  for (const old of readdirSync(folder)) if (!wanted.has(old)) rmSync(`${folder}/${old}`);
  for (const [name, text] of wanted) writeFileSync(`${folder}/${name}`, text);
  console.log(`docs/options: ${wanted.size} pages, ${options.length} names`);
}
