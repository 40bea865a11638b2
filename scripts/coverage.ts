// Counts what the catalogue has, by level: typed values, opaque bytes, names that cannot be used.
import { options } from '../src/catalog/index.ts';
import type { Os } from '../src/codec/abi.ts';
import type { Codec } from '../src/codec/codec.ts';
import { type LevelName, levelTable } from '../src/constants/levels.ts';
import type { AnyOption } from '../src/option.ts';

/** The names of one level on one system. Every name is one of typed, opaque, valueless and unusable. */
export interface Coverage {
  readonly level: LevelName;
  readonly options: number;
  /** Of these, other names of options. */
  readonly aliases: number;
  /** Values with a type of their own. */
  readonly typed: number;
  /** Values that are bytes, because nothing more is known of them. */
  readonly opaque: number;
  /** Options that do something and take no value. */
  readonly valueless: number;
  /** Names that the headers have and no call takes: control messages, ioctls, what was never implemented. */
  readonly unusable: number;
}

type Sort = 'typed' | 'opaque' | 'valueless' | 'unusable';

function decoded(codec: Codec<unknown, never>): unknown {
  return codec.decode(new Uint8Array(codec.size()));
}

function sortOf(option: AnyOption, os: Os): Sort {
  const { codec, input } = option;
  if (option.accessIn(os) === 'none') return 'unusable';
  const values = [decoded(codec), decoded(input as Codec<unknown, never>)];
  if (values.some((value) => value instanceof Uint8Array)) return 'opaque';
  return values.every((value) => value === null) ? 'valueless' : 'typed';
}

/** What the catalogue has for a system, by level; an option of two levels counts at both. */
export function coverage(os: Os): Coverage[] {
  const has = options.filter(({ declaration }) => declaration.on[os] !== undefined);
  return (Object.keys(levelTable) as LevelName[]).flatMap((level) => {
    // Of a name at two levels a system may have one (SO_BINDTODEVICE on macOS).
    if (!(os in levelTable[level])) return [];
    const here = has.filter(({ levels }) => levels.includes(level));
    if (here.length === 0) return [];
    const sorts = here.map((option) => sortOf(option, os));
    const count = (sort: Sort): number => sorts.filter((one) => one === sort).length;
    const aliases = here.filter(({ aliasOf }) => aliasOf !== undefined).length;
    const counts = { typed: count('typed'), opaque: count('opaque'), valueless: count('valueless') };
    return [{ level, options: here.length, aliases, ...counts, unusable: count('unusable') }];
  });
}
