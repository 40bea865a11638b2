// The C types of options as tables: the fields of a struct with where they lie, named values, numbers per system.
import { abis, type Os } from '../src/codec/abi.ts';
import type { Codec, Part } from '../src/codec/codec.ts';
import { type LevelName, levelTable } from '../src/constants/levels.ts';
import type { AnyOption } from '../src/option.ts';
import { systemTitles } from './site-levels.ts';
import { code, link, plain, table } from './site-text.ts';

// biome-ignore lint/suspicious/noExplicitAny: any option's codec
export type Any = Codec<any, any>;

/** What a read of zeros gives: it tells which JavaScript type the value has. */
function zero(codec: Any): unknown {
  try {
    return codec.decode(new Uint8Array(codec.size()));
  } catch {
    return undefined;
  }
}

const enough = 24;
const listed = (names: readonly string[]): string =>
  names
    .slice(0, enough)
    .map((name) => code(name))
    .join(', ') + (names.length > enough ? ` and ${names.length - enough} more` : '');

/** The range of a number, where it is not just that of its C type. */
function range({ min, max, ctype }: Any, width?: number): string {
  const widths: Readonly<Record<string, number>> = { uint8_t: 8, uint16_t: 16, uint32_t: 32, __be16: 16, __be32: 32 };
  const widest = 2 ** (width ?? widths[ctype] ?? 0) - 1;
  if (min === undefined || max === undefined || (min === 0 && max === widest)) return '';
  return min === -0x80000000 && max === 0x7fffffff ? '' : `, ${min} to ${max}`;
}

/** A value in words, for a row of a table. `width` is its number of bits, where these are fewer than the type has. */
function valueText(codec: Any, width?: number): string {
  const { names, unit, words, accepts } = codec;
  const example = zero(codec);
  const inUnit = unit ? ` in ${unit}` : '';
  const named = Object.keys(names ?? {});
  const special = words ? `; ${Object.keys(words).map(code).join(', ')}` : '';
  if (typeof example === 'boolean') return 'boolean';
  if (named.length > 0) return `${Array.isArray(example) ? 'any of' : 'one of'} ${listed(named)}`;
  if (typeof example === 'number') return `number${inUnit}${range(codec, width)}${special}`;
  if (typeof example === 'bigint') return `bigint${inUnit}${special}`;
  return plain(accepts);
}

interface Row {
  path: string;
  offset: string;
  type: string;
  value: string;
}

const linux = abis.linux;

/** A list, and lists of lists, as the element with brackets behind its name. */
function inside(codec: Any, path: string): { codec: Any; path: string } {
  if (codec.shape?.kind !== 'list') return { codec, path };
  const [element] = codec.shape.parts(linux);
  return element ? inside(element.codec, `${path}[]`) : { codec, path };
}

/** A number that a struct keeps in fewer bytes than its codec has, and bits of one, as C declares them. */
function fieldType({ codec, bytes, bits }: Part): string {
  const type = bytes === undefined ? codec.ctype : `uint${bytes * 8}_t`;
  return bits === undefined ? type : `${type} : ${bits}`;
}

function rowsOf(part: Part, base: number, before: string, depth: number): Row[] {
  const name = before === '' ? part.name : `${before}.${part.name}`;
  const offset = base + part.offset;
  const { codec, path } = inside(part.codec, name);
  const { shape } = codec;
  if (shape === undefined || shape.kind === 'choice' || depth > 3) {
    const where = path.includes('[]') && before.includes('[]') ? `+${offset}` : String(offset);
    return [
      {
        path,
        offset: where,
        type: fieldType(part),
        value: valueText(part.codec, part.bits ?? (part.bytes && part.bytes * 8)),
      },
    ];
  }
  const listHere = path.endsWith('[]') && path !== name;
  return shape.parts(linux).flatMap((inner) => rowsOf(inner, listHere ? 0 : offset, path, depth + 1));
}

function fieldsTable(parts: readonly Part[]): string {
  const rows = parts.flatMap((part) => rowsOf(part, 0, '', 0));
  return table(
    ['Field', 'Offset', 'C type', 'Value'],
    rows.map(({ path, offset, type, value }) => [code(path), offset, code(type), value]),
  );
}

const cUnion = 'Its members lie in the same bytes.';

/** The fields of a type, as a table each for types that are one of several; nothing for a single value. */
export function fieldTables(codec: Any): string | undefined {
  const { codec: element, path } = inside(codec, '');
  const { shape } = element;
  if (shape === undefined) return undefined;
  const each = path === '' ? '' : `An array: each element is a ${code(element.ctype)}.\n\n`;
  if (shape.kind === 'choice') {
    const all = shape.parts(linux).filter((part) => part.codec.shape);
    return `${each}${all.map((part) => `One of them: ${code(part.codec.ctype)}\n\n${fieldTables(part.codec)}`).join('\n\n')}`;
  }
  const note = shape.kind === 'union' ? `${cUnion}\n\n` : '';
  return `${each}${note}${fieldsTable(shape.parts(linux))}`;
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
