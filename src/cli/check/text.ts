// What a check has found, for people: a table a rule, with processes in it; then what could not be judged; a sum.
import { formatAddress } from '../../codec/sockaddr-text.ts';
import type { Fix, Mended, Violation } from '../../live/check.ts';
import { bold, dim, green, type Paint, red, yellow } from '../../render/colours.ts';
import { escapeControls } from '../../render/escape.ts';
import { columnWidths, table } from '../../render/table.ts';
import { hanging } from '../../render/wrap.ts';
import { type CheckedData, type Findings, hasFailed, placeOf } from './data.ts';

const count = (n: number, one: string): string => `${n} ${one}${n === 1 ? '' : 's'}`;

/** Several sockets of one process with the same to say of them. */
interface Group<Said> {
  readonly sockets: CheckedData[];
  readonly said: Said[];
}

/** By rule, then by process and by what there is to say: connections of a pool are mostly alike. */
function grouped<Said extends { readonly rule: string }>(
  sockets: readonly CheckedData[],
  listOf: (socket: CheckedData) => readonly Said[],
): Map<string, Group<Said>[]> {
  const rules = new Map<string, Map<string, Group<Said>>>();
  for (const socket of sockets) {
    for (const rule of new Set(listOf(socket).map((one) => one.rule))) {
      const said = listOf(socket).filter((one) => one.rule === rule);
      const groups = rules.get(rule) ?? new Map<string, Group<Said>>();
      rules.set(rule, groups);
      const key = JSON.stringify([socket.pid, socket.process, socket.side, socket.guessed, said]);
      const group = groups.get(key) ?? { sockets: [], said };
      groups.set(key, group);
      group.sockets.push(socket);
    }
  }
  return new Map([...rules].map(([rule, groups]) => [rule, [...groups.values()]]));
}

const SHOWN = 6;

/** `python3 4211/23, accepted, from 10.0.0.7:5432`; of several sockets their descriptors. */
function headOf(sockets: readonly CheckedData[]): string {
  const [first, second] = sockets as [CheckedData, CheckedData | undefined];
  const { process, pid, target, side, guessed } = first;
  const role = guessed ? `probably ${side}` : side;
  const name = process === null ? '' : `${process} `;
  if (second === undefined) return [`${name}${target}`, role, placeOf(first, formatAddress)].filter(Boolean).join(', ');
  const fds = sockets.slice(0, SHOWN).map((one) => one.fd ?? one.target);
  const more = sockets.length > SHOWN ? ` and ${sockets.length - SHOWN} more` : '';
  return `${name}${pid ?? ''}, ${role}, ${count(sockets.length, 'socket')}: ${fds.join(', ')}${more}`;
}

const fixes: Readonly<Record<Fix, string>> = {
  live: '',
  'too-late': 'too late for this socket',
  'no-privilege': 'not for this user',
  refused: 'could not be set',
};

function shouldText({ should, asked, why, fix }: Violation): string {
  const written = asked === should ? '' : ` (${asked} asked)`;
  // What a program would do instead is in --json.
  const reason = fix === 'too-late' ? undefined : why;
  return [`${should}${written}`, fixes[fix], reason].filter(Boolean).join('; ');
}

const indent = '  ';
const indented = (text: string): string => text.replace(/^(?=.)/gm, indent.repeat(2));

/** A table for each group below its head; all of them share their columns. */
function groupTables<Said>(
  groups: readonly Group<Said>[],
  titles: readonly [string, string],
  cells: (said: Said) => string[],
  paint: Paint,
  width: number,
): string {
  const room = width - 2 * indent.length;
  const columns = [
    { title: 'OPTION', paint: () => bold },
    { title: titles[0], most: 24, least: 8, paint: () => paint },
    { title: titles[1], paint: () => green },
  ];
  const all = groups.map(({ said }) => said.map(cells));
  const widths = columnWidths(columns, all.flat(), room);
  const blocks = groups.map(({ sockets }, i) => {
    const head = hanging(indent, escapeControls(headOf(sockets)), width);
    return `${head}\n${indented(table(columns, all[i] as string[][], { width: room, widths, bare: true }))}`;
  });
  return indented(table(columns, [], { width: room, widths })) + blocks.join('');
}

function violationTables({ sockets }: Findings, width: number): string[] {
  return [...grouped(sockets, ({ violations }) => violations)].map(([rule, groups]) => {
    const many = groups.reduce((sum, group) => sum + group.sockets.length, 0);
    const line = groups[0]?.said[0]?.line;
    const title = hanging('', escapeControls(`${rule} (line ${line}): ${count(many, 'socket')}`), width);
    const cells = (one: Violation): string[] => [one.option, one.has || '-', shouldText(one)];
    return `${bold(title)}\n${groupTables(groups, ['HAS', 'SHOULD HAVE'], cells, red, width)}`;
  });
}

function mendedTable({ sockets }: Findings, width: number): string[] {
  const groups = [...grouped(sockets, ({ mended }) => mended).values()].flat();
  if (groups.length === 0) return [];
  const cells = ({ option, before, after, why }: Mended): string[] => [
    option,
    before || '-',
    [after || '-', why].filter(Boolean).join('; '),
  ];
  return [`${bold('Set now')}\n${groupTables(groups, ['BEFORE', 'NOW'], cells, dim, width)}`];
}

const PLACES = 3;

function placesOf(sockets: readonly CheckedData[]): string {
  const names = sockets.slice(0, PLACES).map((one) => `${one.kind} ${placeOf(one, formatAddress)}`.trim());
  return [...names, ...(sockets.length > PLACES ? [`and ${sockets.length - PLACES} more`] : [])].join(', ');
}

/** Lines that say one thing of many sockets, and of several options. */
function notes({ sockets }: Findings): string[] {
  const found = new Map<string, { sockets: Set<CheckedData>; options: Set<string>; end: string }>();
  const note = (socket: CheckedData, option: string, end: string): void => {
    const one = found.get(end) ?? { sockets: new Set(), options: new Set(), end };
    found.set(end, one);
    one.sockets.add(socket);
    if (option !== '') one.options.add(option);
  };
  for (const socket of sockets) {
    for (const { option, rule, reason, why } of socket.unjudged) {
      // An option of another protocol or family is not missing.
      if (reason !== 'absent') note(socket, option, `of rule ${JSON.stringify(rule)} not judged: ${why}`);
    }
    for (const { option, has, asked, why } of socket.compromises) {
      note(socket, option, `is ${has} where ${asked} was asked: ${why}`);
    }
    if (socket.unseen) note(socket, '', `could not be looked at: ${socket.unseen.message}`);
  }
  return [...found.values()].map(({ sockets: of, options, end }) => {
    const head = count(of.size, 'socket');
    // Whoever has to find one that nobody is known to have needs to know where it is.
    if (options.size === 0) return `${head}: ${end} (${placesOf([...of])})`;
    return `${head}: ${[...options].join(', ')} ${end}`;
  });
}

function sum({ policy, checked, sockets, dryRun, incomplete }: Findings): string {
  const missing = incomplete ? ['Some processes could not be looked at.'] : [];
  if (checked === 0) return [`${policy} is for none of these sockets.`, ...missing].join(' ');
  const bad = sockets.filter(({ violations }) => violations.length > 0);
  const all = bad.flatMap(({ violations }) => violations);
  const unseen = sockets.filter((one) => one.unseen !== null).length;
  const set = sockets.reduce((most, { mended }) => most + mended.length, 0);
  const violate = bad.length === 1 ? 'violates' : 'violate';
  return [
    ...(set > 0 ? [`${count(set, 'option')} set.`] : []),
    ...(bad.length > 0
      ? [`${bad.length} of ${count(checked, 'socket')} ${violate} ${policy}: ${count(all.length, 'option')}.`]
      : checked > unseen
        ? [`No violations of ${policy} in ${count(checked - unseen, 'socket')}.`]
        : []),
    ...(all.length > 0 ? [wayOut(all, dryRun)] : []),
    ...(unseen > 0 ? [`${count(unseen, 'socket')} could not be looked at.`] : []),
    ...missing,
  ].join(' ');
}

function wayOut(all: readonly Violation[], dryRun: boolean): string {
  const live = all.filter(({ fix }) => fix === 'live').length;
  const how = dryRun ? 'nothing was set: --dry-run' : 'with --fix';
  if (live === all.length) return `All can be set now (${how}).`;
  if (all.every(({ fix }) => fix === 'too-late')) {
    return 'None can be set on these sockets: only new ones will have it.';
  }
  if (live === 0) return 'None can be set on these sockets now.';
  return `${live} can be set now (${how}), ${all.length - live} cannot.`;
}

/** The whole report. */
export function checkText(found: Findings, width: number): string {
  const blocks = [...violationTables(found, width), ...mendedTable(found, width)];
  const lines = notes(found).map((line) => `${dim(hanging('- ', escapeControls(line), width))}\n`);
  if (lines.length > 0) blocks.push(lines.join(''));
  const total = hanging('', escapeControls(sum(found)), width);
  return [...blocks, `${(hasFailed(found) ? yellow : green)(total)}\n`].join('\n');
}
