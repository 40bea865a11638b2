// sockctl list: the catalogue, or the part of it that is looked for.
import { type Abi, onPlatform } from '../../codec/abi.ts';
import { type LevelName, levelNumber } from '../../constants/levels.ts';
import { bold, cyan, dim, type Paint } from '../../render/colours.ts';
import { escapeControls } from '../../render/escape.ts';
import { table } from '../../render/table.ts';
import type { Command, Request } from '../command.ts';
import { abiOf, flagsGiven, listFlags, listTest } from '../list-filters.ts';
import { accessOf, type Listed, listing } from '../listing.ts';
import { print, width } from '../output.ts';
import { document } from '../render/json.ts';

/** `*` and `?` as in a shell; other patterns match anywhere in a name, or else are searched for as words. */
async function matching(all: readonly Listed[], pattern: string): Promise<readonly Listed[]> {
  const wanted = pattern.toUpperCase();
  if (/[*?]/.test(wanted)) {
    const literal = wanted.replace(/[.+^${}()|[\]\\]/g, '\\$&');
    const glob = new RegExp(`^${literal.replace(/\*+/g, '.*').replaceAll('?', '.')}$`);
    return all.filter(({ name }) => glob.test(name));
  }
  const named = all.filter(({ name }) => name.includes(wanted));
  if (named.length > 0) return named;
  const { search } = await import('../../catalog/index.ts');
  const byName = new Map(all.map((one) => [one.name, one]));
  return search(pattern).flatMap(({ name }) => byName.get(name) ?? []);
}

/** One option as `--json` shows it, with its numbers on one system. */
function entry(option: Listed, abi: Abi): object {
  const { name, levels: own, more, ...plain } = option;
  const { role, ...rest } = more;
  const [level] = own as readonly [LevelName];
  const access = accessOf(option, abi);
  return {
    name,
    level,
    ...(own.length > 1 && { levels: own }),
    levelNumber: levelNumber(level, abi) ?? null,
    number: onPlatform(plain.platforms, abi) ?? null,
    ...plain,
    access,
    ...rest,
    ...(access === 'none' && { role }),
  };
}

/** A few names, and how many more. */
function few(found: readonly Listed[]): string {
  const names = found.slice(0, 3).map(({ name }) => name);
  return `${names.join(', ')}${found.length > names.length ? ` and ${found.length - names.length} more` : ''}`;
}

/** What would have been listed: in another system, without the flags, or by another name. */
async function whatElse(request: Request, all: readonly Listed[], matched: readonly Listed[]): Promise<string> {
  const [pattern] = request.words;
  const others = matched.filter(listTest(request, all, true));
  if (others.length > 0) return `With --all: ${few(others)}`;
  const flags = flagsGiven(request);
  if (pattern !== undefined && matched.length > 0) return `Without ${flags.join(' ')}: ${few(matched)}`;
  const { suggest } = await import('../../catalog/index.ts');
  const meant = pattern === undefined ? [] : suggest(pattern);
  return meant.length > 0 ? `Did you mean ${meant.join(' or ')}?` : '';
}

async function explainEmpty(request: Request, all: readonly Listed[], matched: readonly Listed[]): Promise<void> {
  const asked = [...request.words, ...flagsGiven(request)].map((word) => ` ${escapeControls(word)}`).join('');
  const hint = await whatElse(request, all, matched);
  process.stderr.write(`sockctl: no option matches${asked}${hint && `. ${hint}`}\n`);
}

function asTable(found: readonly Listed[], abi: Abi): string {
  const accesses = found.map((one) => accessOf(one, abi));
  const faded =
    (paint: Paint) =>
    (row: number): Paint =>
      accesses[row] === 'none' ? dim : paint;
  const columns = [
    { title: 'OPTION', paint: faded(bold) },
    { title: 'LEVEL', least: 10, paint: faded(dim) },
    { title: 'ACCESS', paint: faded(cyan) },
    { title: 'TYPE', least: 16, paint: faded(dim) },
    { title: 'SUMMARY' },
  ];
  const rows = found.map(({ name, levels: own, type, summary }, row) => [
    name,
    own.join(','),
    accesses[row] as string,
    type,
    summary,
  ]);
  return table(columns, rows, { width: width() });
}

const list: Command = {
  summary: 'list socket options, all or those that match',
  about: [
    'A pattern is part of a name in any case, or a name with * and ?. Where no name matches, options are shown whose ' +
      'summary or notes have all its words, the best match first.',
    'ACCESS is rw (read and write), ro (read only) or wo (write only).',
  ],
  arguments: [
    {
      name: 'PATTERN',
      about: 'part of a name, a name with * and ?, or words to search',
      optional: true,
      complete: 'option',
    },
  ],
  flags: listFlags,
  examples: [
    ['sockctl list', 'every option that this system has'],
    ['sockctl list keep', 'those with KEEP in their name'],
    ["sockctl list 'TCP_*CNT'", 'by pattern'],
    ['sockctl list --level tcp --platform darwin', 'the TCP options of macOS'],
    ['sockctl list --kind udp --type struct', 'structs that a UDP socket has'],
    ['sockctl list --since 6.0 --needs any', 'what is new and needs a privilege'],
    ["sockctl list --json | jq -r '.[].name'", 'just the names'],
  ],
  async run(request) {
    const { words, has } = request;
    const [pattern] = words;
    const abi = abiOf(request);
    const all = await listing();
    const keeps = listTest(request, all, has('all'));
    const matched = pattern === undefined ? all : await matching(all, pattern);
    const found = matched.filter(keeps);
    if (has('json')) print(document(found.map((one) => entry(one, abi))));
    else if (found.length === 0) await explainEmpty(request, all, matched);
    else print(asTable(found, abi));
    return 0;
  },
};

export default list;
