// Makes docs/coverage.md: what the catalogue has, by level and system. `npm run docs` writes it.
import { readFileSync } from 'node:fs';
import { lookup, options } from '../src/catalog/index.ts';
import type { Os } from '../src/codec/abi.ts';
import type { Codec } from '../src/codec/codec.ts';
import { type Coverage, coverage } from './coverage.ts';
import { headerCounts } from './header-counts.ts';
import { kindCounts, kindHead } from './kind-counts.ts';

type Row = readonly (string | number)[];

function table(head: Row, rows: readonly Row[]): string {
  const line = (cells: Row): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map((_, at) => (at === 0 ? '---' : '--:'))), ...rows.map(line)].join('\n');
}

/** A row with the sum of each column of numbers; a cell that is no number counts nothing. */
function summed(title: string, rows: readonly Row[]): Row {
  const width = rows[0]?.length ?? 1;
  const column = (at: number): number => rows.reduce((sum, row) => sum + (Number(row[at]) || 0), 0);
  return [title, ...Array.from({ length: width - 1 }, (_, at) => column(at + 1))];
}

const sorts = ({ typed, opaque, valueless, unusable }: Coverage): number[] => [typed, opaque, valueless, unusable];
const sortNames = ['typed', 'bytes', 'no value', 'cannot be used'];

/** A name of Linux's headers up to 7.3: an option, another name of one, or no option, such as a control message. */
export interface Listed {
  readonly level: string;
  readonly name: string;
  readonly number: number;
  readonly sort: 'option' | 'other name' | 'no option';
}

/** The names of test/catalog/linux-options.tsv. */
export function listed(): Listed[] {
  const [, ...lines] = readFileSync('test/catalog/linux-options.tsv', 'utf8').trimEnd().split('\n');
  return lines.map((line) => {
    const [level = '', name = '', number, sort] = line.split('\t');
    return { level, name, number: Number(number), sort: sort as Listed['sort'] };
  });
}

/** Whether the catalogue has a listed name at its level, with its number. */
export function isCovered({ level, name, number }: Listed): boolean {
  const option = lookup(name);
  return option?.declaration.on.linux === number && (option.levels as readonly string[]).includes(level);
}

/** How many of the listed names there are, and how many of them the catalogue has, by what they are. */
function survey(): string {
  const names = listed();
  const rows = (['option', 'other name', 'no option'] as const).map((sort): Row => {
    const ofSort = names.filter((one) => one.sort === sort);
    return [surveyed[sort], ofSort.length, ofSort.filter(isCovered).length];
  });
  return table(['listed names', 'listed', 'sockctl'], [...rows, summed('all', rows)]);
}

const surveyed = {
  option: 'options',
  'other name': 'other names of options',
  'no option': 'no options: control messages, never implemented',
} as const;

/** C types with named fields, each counted once. */
function structs(): number {
  const codecs = options.flatMap(({ codec, input, declaration }) => [codec, input, declaration.query]);
  return new Set(
    (codecs as (Codec<unknown> | undefined)[]).flatMap((codec) =>
      codec?.ctype.startsWith('struct ') ? codec.ctype : [],
    ),
  ).size;
}

function linux(): string {
  const recorded = [...headerCounts()];
  const list = new Map<string, number>();
  for (const { level } of listed()) list.set(level, (list.get(level) ?? 0) + 1);
  const rows = coverage('linux').map((one): Row => {
    const { level, options: all, aliases } = one;
    const headers = recorded.map(([, levels]) => levels.get(level) ?? '–');
    return [`\`${level}\``, all, list.get(level) ?? '–', ...headers, ...sorts(one), aliases];
  });
  const head = [
    'level',
    'sockctl',
    'listed',
    ...recorded.map(([version]) => `headers ${version}`),
    ...sortNames,
    'other names',
  ];
  return table(head, [...rows, summed('all', rows)]);
}

function others(): string {
  const systems: readonly Os[] = ['darwin', 'freebsd', 'windows'];
  const rows = systems.flatMap((os) =>
    coverage(os).map((one): Row => [`${os} \`${one.level}\``, one.options, ...sorts(one), one.aliases]),
  );
  const sums = systems.map((os) =>
    summed(
      os,
      rows.filter(([first]) => String(first).startsWith(`${os} `)),
    ),
  );
  return table(['system and level', 'sockctl', ...sortNames, 'other names'], [...rows, ...sums]);
}

/** What the options of each socket came to, on the kernel that was measured last. */
function sockets(): string {
  const { kernel, rows } = kindCounts();
  const cells = rows.map(([name, counts]): Row => [name, ...counts]);
  return `On Linux ${kernel}:\n\n${table(kindHead, [...cells, summed('all', cells)])}`;
}

/** The text of docs/coverage.md: the same wherever it is made. */
export function coveragePage(): string {
  return `# Coverage

<!-- Made by \`npm run docs\` from src/catalog/. Change it there. -->

What the catalogue has: ${options.length} names, of which ${options.filter(({ aliasOf }) => aliasOf !== undefined).length} are other names of options, and ${structs()} structs with named fields.
[All options](options/README.md) has an entry for each.

\`npm run docs\` writes this page, and a test compares it with the catalogue. Its figures come from:

| command | what it does |
| --- | --- |
| \`npm run check:catalog\` | compares numbers, levels, structs, fields and arrays with the headers of this machine, and fails on what differs or is lacking |
| \`npm run check:catalog -- INCLUDE_DIR\` | the same with the headers of another kernel |
| \`npm run check:catalog -- INCLUDE_DIR --record 7.2\` | notes how many options these headers have, by level |
| \`npm run check:catalog -- --kinds\` | reads every option on every kind of socket that this kernel makes |
| \`npm run check:catalog -- --kinds --record 6.18\` | notes what came of that |
| \`npm run docs\` | writes the tables |

## Linux

${survey()}

By level:

- sockctl: names in the catalogue. An option that C has at two levels counts at both. Beyond the list are control messages
  of SCTP, and two other names of options (ICMP6_FILTER, IP_PMTUDISC).
- listed: names in the kernel's and the C library's headers up to Linux 7.3, and in the kernel's own source where it
  exports no header. The tests demand each of them, with its number.
- headers: names that the headers of a Linux version have, with those of glibc 2.36 and BlueZ 5.66. The kernel's headers
  lose options over time; the catalogue keeps them.
- typed: the value is a number, a switch, an enum, a struct with named fields, or a list of these. bytes: it is opaque.
  no value: setting it is all there is. cannot be used: control messages, ioctls, and what no kernel ever served.

${linux()}

## Every socket that a kernel makes

Every option that can be read is read on every kind of socket, fresh, listening and connected.

- readable: the kernel answered with a value. decoded: the value has a type and a text.
- writable: of these, options that can be set with what was read. encoded: the value, and its text, are the kernel's bytes
  again.
- compared: python3 reads the same bytes from the same descriptor. The others changed between two reads, are changed by a
  read, or take a question, which python3's socket module does not put.

Tests of their own have the options that must be asked for something by name (IPT_SO_GET_ENTRIES), and SO_PEERPIDFD, which
opens a descriptor.

${sockets()}

## macOS, FreeBSD, Windows

${others()}
`;
}
