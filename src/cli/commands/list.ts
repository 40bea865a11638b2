// sockctl list: the catalogue, or the part of it that is looked for.
import { type Abi, onPlatform } from '../../codec/abi.ts';
import { type LevelName, levelNumber } from '../../constants/levels.ts';
import { bold, cyan, dim, type Paint } from '../../render/colours.ts';
import { escapeControls } from '../../render/escape.ts';
import { table } from '../../render/table.ts';
import type { Command } from '../command.ts';
import { abiOf, listFlags, listTest } from '../list-filters.ts';
import { type Listed, listing } from '../listing.ts';
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
function entry({ name, levels: own, more, ...plain }: Listed, abi: Abi): object {
  const [level] = own as readonly [LevelName];
  return {
    name,
    level,
    ...(own.length > 1 && { levels: own }),
    levelNumber: levelNumber(level, abi) ?? null,
    number: onPlatform(plain.platforms, abi) ?? null,
    ...plain,
    ...more,
  };
}

async function explainEmpty(pattern: string | undefined): Promise<void> {
  const { suggest } = await import('../../catalog/index.ts');
  const meant = pattern === undefined ? [] : suggest(pattern);
  const hint = meant.length > 0 ? `. Did you mean ${meant.join(' or ')}?` : '';
  process.stderr.write(
    `sockctl: no option matches${pattern === undefined ? '' : ` ${escapeControls(pattern)}`}${hint}\n`,
  );
}

function asTable(found: readonly Listed[]): string {
  const faded =
    (paint: Paint) =>
    (row: number): Paint =>
      found[row]?.access === 'none' ? dim : paint;
  const columns = [
    { title: 'OPTION', paint: faded(bold) },
    { title: 'LEVEL', paint: faded(dim) },
    { title: 'ACCESS', paint: faded(cyan) },
    { title: 'TYPE', least: 16, paint: faded(dim) },
    { title: 'SUMMARY' },
  ];
  const rows = found.map(({ name, levels: own, access, type, summary }) => [
    name,
    own.join(','),
    access,
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
    const keeps = listTest(request);
    const all = await listing();
    const found = (pattern === undefined ? all : await matching(all, pattern)).filter(keeps);
    if (has('json')) print(document(found.map((one) => entry(one, abi))));
    else if (found.length === 0) await explainEmpty(pattern);
    else print(asTable(found));
    return 0;
  },
};

export default list;
