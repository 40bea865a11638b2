// The C types of options as tables: the fields of a struct with where they lie, named values, numbers per system.
import { abis, type Os } from '../src/codec/abi.ts';
import type { Codec } from '../src/codec/codec.ts';
import { inside, layoutsOf } from '../src/codec/fields-text.ts';
import { type LevelName, levelTable } from '../src/constants/levels.ts';
import type { AnyOption } from '../src/option.ts';
import { systemTitles } from './site-levels.ts';
import { code, link, plain, table } from './site-text.ts';

// biome-ignore lint/suspicious/noExplicitAny: any option's codec
export type Any = Codec<any, any>;

/** The fields of a type, as a table each for types that are one of several; nothing for a single value. */
export function fieldTables(codec: Any): string | undefined {
  const layouts = layoutsOf(codec, { name: code, plain });
  if (layouts.length === 0) return undefined;
  const each = layouts[0]?.array ? `An array: each element is a ${code(inside(codec, '').codec.ctype)}.\n\n` : '';
  const tables = layouts.map(({ type, choice, union, fields }) => {
    const rows = fields.map(({ name, offset, type: of, value }) => [code(name), offset, code(of), value]);
    const which = choice ? `One of them: ${code(type)}\n\n` : '';
    const together = union ? 'Its members lie in the same bytes.\n\n' : '';
    return `${which}${together}${table(['Field', 'Offset', 'C type', 'Value'], rows)}`;
  });
  return `${each}${tables.join('\n\n')}`;
}

/** Names that a value has, with their numbers; nothing for a switch. */
export function valuesTable({ input, codec }: AnyOption): string | undefined {
  const named: [string, string | number | bigint][] = Object.entries(input.names ?? codec.names ?? {});
  const words: [string, string | number | bigint][] = Object.entries(input.words ?? codec.words ?? {});
  const rows = [...named, ...words];
  if (rows.length === 0 || (rows.length === 2 && rows[0]?.[0] === 'off')) return undefined;
  const wide = rows.some(([, number]) => Number(number) > 0x400);
  const shown = (number: string | number | bigint): string =>
    wide && Number(number) >= 0 ? `0x${BigInt(number).toString(16)}` : String(number);
  return table(
    ['Name', 'Number'],
    rows.map(([name, number]) => [code(name), shown(number)]),
  );
}

const hex = (number: number): string => (number > 0x400 ? `0x${number.toString(16)}` : String(number));

/** A level's number on a system; `linux-mips` falls back to `linux`. */
export function levelOn(level: LevelName, system: string): string {
  const table = levelTable[level] as Readonly<Record<string, number>>;
  const number = table[system] ?? table[system.replace(/-.*/, '')];
  return number === undefined ? '' : hex(number);
}

const narrow: Readonly<Record<Os, string | undefined>> = {
  linux: 'linux-ia32',
  windows: 'windows-ia32',
  darwin: undefined,
  freebsd: undefined,
};

/** Bytes of the value on a system; on 32-bit processors too, where that is another number. */
function sizeOn(codec: Any, system: string): string {
  const os = system.replace(/-.*/, '') as Os;
  if (codec.variable) return 'varies';
  const size = codec.size(abis[os]);
  const other = narrow[os];
  const small = other === undefined ? size : codec.size(abis[other]);
  return small === size ? String(size) : `${size} (${small} on 32-bit)`;
}

/** The numbers that a C program needs, per system. */
export function numbersTable(option: AnyOption): string | undefined {
  const on = Object.entries(option.declaration.on) as [string, number][];
  // A processor whose level has another number has another pair.
  const own = option.levels.flatMap((level) => Object.keys(levelTable[level]));
  const more = option.declaration.on.linux === undefined ? [] : own.filter((system) => system.startsWith('linux-'));
  const systems = [...new Set([...on.map(([system]) => system), ...more])];
  if (systems.length === 0) return undefined;
  const order = Object.keys(systemTitles);
  systems.sort((a, b) => order.indexOf(a) - order.indexOf(b));
  const numbers = option.declaration.on as Readonly<Record<string, number>>;
  return table(
    ['System', option.levels.map((level) => plain(level)).join(', '), 'Option', 'Bytes'],
    systems.map((system) => [
      systemTitles[system] ?? system,
      option.levels.map((level) => levelOn(level, system) || '–').join(', '),
      hex((numbers[system] ?? numbers.linux) as number),
      sizeOn(option.codec as Any, system),
    ]),
  );
}

/** The number and its level's, on the first system that has it, which is Linux where Linux has it. */
export function numberText({ declaration, levels, platforms }: AnyOption): string | undefined {
  const system = platforms.includes('linux') ? 'linux' : platforms[0];
  if (system === undefined) return undefined;
  const number = (declaration.on as Readonly<Record<string, number>>)[system] as number;
  const at = levels.map((level) => levelOn(level, system)).filter(Boolean);
  const others = Object.keys(declaration.on).length > 1 ? '; [others below](#numbers)' : '';
  return `${code(hex(number))} at level ${at.map(code).join(' or ')} on ${systemTitles[system]}${others}`;
}

/** The types of an option in words: what a read gives, what a set takes. */
export function typeText({ codec, input, access, declaration: { query } }: AnyOption): string {
  const both = input.ctype === codec.ctype || access === 'ro' || access === 'wo';
  const read = code((access === 'wo' ? input : codec).ctype);
  const asked = query && query.ctype !== codec.ctype ? `; a read passes in ${code(query.ctype)}` : '';
  return `${read}${both ? '' : `; a set takes ${code(input.ctype)}`}${asked}`;
}

export const names = (list: readonly string[]): string => list.map((name) => link(name)).join(', ');
