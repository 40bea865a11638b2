// Writes docs/coverage.md: what the catalogue has, by level and system. Run: npm run docs
import { readFileSync, writeFileSync } from 'node:fs';
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';
import { options } from '../src/catalog/index.ts';
import type { Os } from '../src/codec/abi.ts';
import type { Codec } from '../src/codec/codec.ts';
import { type Coverage, coverage } from './coverage.ts';
import { headerCounts } from './header-counts.ts';

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

/** The names that Linux's headers up to 7.3 have, by level, as test/catalog/linux-options.tsv lists them. */
function listed(): Map<string, number> {
  const counts = new Map<string, number>();
  const [, ...lines] = readFileSync('test/catalog/linux-options.tsv', 'utf8').trimEnd().split('\n');
  for (const line of lines) {
    const level = line.split('\t')[0] as string;
    counts.set(level, (counts.get(level) ?? 0) + 1);
  }
  return counts;
}

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
  const list = listed();
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

/** The text of docs/coverage.md: the same wherever it is made. */
export function coveragePage(): string {
  return `# Coverage

<!-- Made by \`npm run docs\` from src/catalog/. Change it there. -->

What the catalogue has: ${options.length} names, of which ${options.filter(({ aliasOf }) => aliasOf !== undefined).length} are other names of options, and ${structs()} structs with named fields.
[All options](options/README.md) has an entry for each.

- sockctl: names in the catalogue. An option that C has at two levels counts at both.
- listed: names in the kernel's and the C library's headers up to Linux 7.3, and in the kernel's own source where it
  exports no header. The tests demand each of them, with its number.
- headers: names that the headers of a Linux version have, with those of glibc 2.36 and BlueZ 5.66, as
  \`npm run check:catalog -- --record\` counted them. The kernel's headers lose options over time; the catalogue keeps them.
- typed: the value is a number, a switch, an enum, a struct with named fields, or a list of these. bytes: it is opaque.
  no value: setting it is all there is. cannot be used: control messages, ioctls, and what no kernel ever served.

## Linux

${linux()}

## macOS, FreeBSD, Windows

${others()}
`;
}

if (argv[1] === fileURLToPath(import.meta.url)) {
  // The compiled copy of this file lies elsewhere; npm runs it from the package's own folder.
  writeFileSync('docs/coverage.md', coveragePage());
  console.log('docs/coverage.md');
}
