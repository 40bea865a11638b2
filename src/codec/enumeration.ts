// Numbers with names: an enum (one of them) and flags (any of them together).
import { invalid } from '../errors.ts';
import { type Codec, parseInteger } from './codec.ts';
import { bytesToInt, intBytes } from './scalar.ts';

/** What an enum takes: the constant, its C name, or a number that has no name yet. */
export type EnumInput<N extends string> = N | (number & {});

function nameIn(names: Readonly<Record<string, number>>, text: string, prefix: string): string | undefined {
  const wanted = text.trim().toUpperCase();
  const all = Object.keys(names);
  return (
    all.find((name) => name.toUpperCase() === wanted) ??
    all.find((name) => name.toUpperCase() === prefix.toUpperCase() + wanted)
  );
}

function commonPrefix(names: readonly string[]): string {
  const [first = ''] = names;
  let length = first.length;
  for (const name of names) while (!name.startsWith(first.slice(0, length))) length -= 1;
  return first.slice(0, first.slice(0, length).lastIndexOf('_') + 1);
}

/**
 * A C int that is one of several named values. A read gives the number, so that it can be compared
 * with the constants (`=== AF_INET`); the text is the C name; a set takes either.
 */
export function enumeration<const T extends Readonly<Record<string, number>>>(
  names: T,
  ctype = 'int',
): Codec<number, EnumInput<keyof T & string>> {
  const prefix = commonPrefix(Object.keys(names));
  const accepts = `one of ${Object.keys(names).join(', ')}, or its number`;
  const toInt = (value: string | number): number => {
    if (typeof value === 'number') {
      if (!Number.isInteger(value) || value < -0x80000000 || value > 0x7fffffff) throw invalid(accepts, value);
      return value;
    }
    const name = typeof value === 'string' ? nameIn(names, value, prefix) : undefined;
    if (name === undefined) throw invalid(accepts, value);
    return names[name] as number;
  };
  return {
    ctype,
    accepts,
    names,
    size: () => 4,
    align: () => 4,
    fromInt: (int) => int,
    toInt,
    decode: bytesToInt,
    encode: (value, abi) => intBytes(toInt(value), abi),
    parse: (text) => toInt(/^\s*[+-]?\d/.test(text) ? Number(parseInteger(text, accepts)) : text),
    format: (value) => Object.keys(names).find((name) => names[name] === value) ?? String(value),
  };
}

/** The names in a JSON array, as `--json` shows flags; any other text as it is. */
export function namesIn(text: string): string | readonly string[] {
  if (!text.trim().startsWith('[')) return text;
  try {
    return (JSON.parse(text) as unknown[]).map(String);
  } catch {
    return text;
  }
}

/** What a flag set takes: the names, the numbers or-ed together, or one name. */
export type FlagsInput<N extends string> = number | N | readonly (N | (string & {}))[];

/**
 * A 32-bit set of named bits. A read gives the C names of the bits that are set, and the bits that
 * have no name as one hex string, so that nothing is lost; a set takes names, or the number.
 */
export function flags<const T extends Readonly<Record<string, number>>>(
  names: T,
  ctype = 'int',
): Codec<readonly (keyof T & string)[], FlagsInput<keyof T & string>> {
  type Name = keyof T & string;
  const prefix = commonPrefix(Object.keys(names));
  const accepts = `names joined with | (${Object.keys(names).join(', ')}), none, or a number`;
  const toInt = (value: FlagsInput<Name>): number => {
    if (typeof value === 'number') {
      if (!Number.isInteger(value) || value < -0x80000000 || value > 0xffffffff) throw invalid(accepts, value);
      return value | 0;
    }
    if (typeof value !== 'string' && !Array.isArray(value)) throw invalid(accepts, value);
    let bits = 0;
    for (const part of typeof value === 'string' ? value.split('|') : (value as readonly string[])) {
      if (typeof part !== 'string') throw invalid(accepts, value);
      if (part.trim() === '' || part.trim().toLowerCase() === 'none') continue;
      const name = nameIn(names, part, prefix);
      bits |= name === undefined ? toInt(Number(parseInteger(part, accepts))) : (names[name] as number);
    }
    return bits;
  };
  const fromInt = (int: number): Name[] => {
    const found: string[] = [];
    let rest = int;
    for (const [name, bit] of Object.entries(names)) {
      if (bit !== 0 && (int & bit) === bit && (rest & bit) !== 0) {
        found.push(name);
        rest &= ~bit;
      }
    }
    if (rest !== 0) found.push(`0x${(rest >>> 0).toString(16)}`);
    return found as Name[];
  };
  return {
    ctype,
    accepts,
    names,
    size: () => 4,
    align: () => 4,
    fromInt,
    toInt,
    decode: (bytes, abi) => fromInt(bytesToInt(bytes, abi)),
    encode: (value, abi) => intBytes(toInt(value), abi),
    parse: (text) => fromInt(toInt(namesIn(text) as Name)),
    format: (value) => (value.length === 0 ? 'none' : value.join('|')),
  };
}
