// sockctl show: every option that a fresh socket of a kind has, and which of them are not at the default.
import { onPlatform } from '../../codec/abi.ts';
import { type AnyOption, type Kind, kinds } from '../../option.ts';
import { bold, dim, yellow } from '../../render/colours.ts';
import { columnWidths, table } from '../../render/table.ts';
import { hanging } from '../../render/wrap.ts';
import type { Entry, Snapshot } from '../../snapshot.ts';
import { type Command, choose } from '../command.ts';
import { print, width } from '../output.ts';
import { document, hex } from '../render/json.ts';

// What these kinds are made from: their options are compared with those of such a socket.
const madeFrom: Partial<Record<Kind, Kind>> = { 'tcp-listen': 'tcp', 'tcp-connected': 'tcp' };

interface Shown {
  kind: Kind;
  base: Kind;
  snapshot: Snapshot;
  changed: ReadonlySet<string>;
}

/** Settings have defaults; a cookie, a counter, a clock or what the kernel adjusts by itself has none. */
function hasDefault({ access, declaration }: AnyOption): boolean {
  return access === 'rw' && onPlatform(declaration.readback ?? {}) !== 'volatile';
}

/** In the catalogue's order: by level, then by name. */
function sorted<Named extends { option: AnyOption }>(
  list: readonly Named[],
  order: ReadonlyMap<AnyOption, number>,
): Named[] {
  return [...list].sort((a, b) => (order.get(a.option) ?? 0) - (order.get(b.option) ?? 0));
}

async function look(kind: Kind, sideEffects: boolean): Promise<Shown> {
  const [{ snapshot, diff }, { fresh }, { options: catalog }] = await Promise.all([
    import('../../snapshot.ts'),
    import('../../socket/kinds.ts'),
    import('../../catalog/index.ts'),
  ]);
  const order = new Map(catalog.map((option, i) => [option, i]));
  const read = (of: Kind): Snapshot => {
    using socket = fresh(of);
    const { options, unreadable } = snapshot(socket, { sideEffects });
    return { options: sorted(options, order), unreadable: sorted(unreadable, order) };
  };
  const own = read(kind);
  const base = madeFrom[kind] ?? kind;
  const settings = new Set(own.options.filter(({ option }) => hasDefault(option)).map(({ name }) => name));
  const differences =
    base === kind ? [] : diff(read(base), own).filter(({ name, a }) => a !== undefined && settings.has(name));
  return { kind, base, snapshot: own, changed: new Set(differences.map(({ name }) => name)) };
}

const count = (n: number, one: string): string => `${n} ${one}${n === 1 ? '' : 's'}`;

/** One table a level; all of them share their column widths. */
function tables(entries: readonly Entry[], changed: ReadonlySet<string>, raw: boolean): string {
  const columns = [
    { title: '' },
    { title: 'OPTION' },
    ...(raw ? [{ title: 'VALUE', most: 24, least: 16 }, { title: 'RAW' }] : [{ title: 'VALUE' }]),
  ];
  const cells = ({ name, text, raw: bytes }: Entry): string[] => {
    return [changed.has(name) ? '*' : '', name, text || '-', ...(raw ? [hex(bytes)] : [])];
  };
  const widths = columnWidths(columns, entries.map(cells), width());
  const levels = [...new Set(entries.map(({ level }) => level))];
  const titles = table(columns, [], { width: width(), widths });
  const blocks = levels.map((level) => {
    const own = entries.filter((entry) => entry.level === level);
    const mark = (row: number) => (changed.has(own[row]?.name ?? '') ? yellow : undefined);
    const painted = columns.map((column) => ({ ...column, paint: column.title === 'RAW' ? () => dim : mark }));
    return `${bold(`${level} (${own[0]?.option.levelNumber})`)}\n${table(painted, own.map(cells), { width: width(), widths, bare: true })}`;
  });
  return titles + blocks.join('\n');
}

function footer({ kind, base, snapshot: { options, unreadable }, changed }: Shown, all: boolean): string {
  const refused = unreadable.filter(({ reason }) => reason === 'refused').length;
  const absent = unreadable.length - refused;
  const sentences = [
    `${count(options.length, 'option')} of a ${kind} socket.`,
    ...(changed.size > 0 ? [`* marks ${changed.size} not at the default of a fresh ${base} socket.`] : []),
    ...(absent > 0 ? [`${count(absent, 'other')} cannot be read on it${all ? '' : ' (--all lists them)'}.`] : []),
    ...(refused > 0 ? [`${refused} refused for want of a privilege or a mode.`] : []),
  ];
  return `\n${dim(hanging('', sentences.join(' '), width()))}\n`;
}

function missing({ snapshot: { unreadable } }: Shown): string {
  const rows = unreadable.map(({ name, code, reason }) => [name, `${code}${reason === 'refused' ? ' (refused)' : ''}`]);
  return `\n${bold('Not readable on this socket')}\n${table([{ title: 'OPTION' }, { title: 'CODE' }], rows, { width: width() })}`;
}

function asJson({ kind, snapshot: { unreadable } }: Shown, entries: readonly Entry[]): string {
  return document({
    target: kind,
    options: entries.map(({ name, level, value, text, raw }) => ({ name, level, value: value ?? null, text, raw })),
    unreadable: unreadable.map(({ name, code }) => ({ name, code })),
  });
}

function asText(shown: Shown, entries: readonly Entry[], all: boolean, raw: boolean): string {
  const body = entries.length > 0 ? tables(entries, shown.changed, raw) : '';
  return body + (all ? missing(shown) : '') + footer(shown, all);
}

const show: Command = {
  summary: 'show every option of a fresh socket',
  about: [
    'Makes a socket of the kind, reads every option that it has, and closes it. Nothing else is touched.',
    'Options are grouped by level. A star marks settings of a listening or connected socket that differ from those of a fresh one.',
  ],
  arguments: [{ name: 'KIND', about: kinds.join(', '), complete: kinds }],
  flags: {
    all: { about: 'also list the options that cannot be read on it, with the error code', short: 'a' },
    changed: { about: 'only settings that are not at the default', short: 'c' },
    raw: { about: "the kernel's bytes as well, in hex", short: 'v' },
    'side-effects': { about: 'also reads that change something (SO_ERROR clears the error)' },
  },
  examples: [
    ['sockctl show tcp', 'the options of a fresh TCP socket'],
    ['sockctl show tcp-connected --changed', 'what connecting changed'],
    ['sockctl show udp6 --raw', "with the kernel's bytes"],
    ["sockctl show unix --json | jq '.options[] | {name, value}'", 'as data'],
  ],
  async run({ words, has }) {
    const shown = await look(choose('kind', words[0] as string, kinds), has('side-effects'));
    const all = shown.snapshot.options;
    const entries = has('changed') ? all.filter(({ name }) => shown.changed.has(name)) : all;
    print(has('json') ? asJson(shown, entries) : asText(shown, entries, has('all'), has('raw')));
    return 0;
  },
};

export default show;
