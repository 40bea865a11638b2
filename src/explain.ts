// Everything that is known of one option as plain data: the declaration, and how it stands on this machine.
import { get, options } from './catalog/index.ts';
import { type LayoutText, layoutsOf } from './codec/fields-text.ts';
import { guideOf, topicsOf } from './guide/index.ts';
import type { OptionGuide } from './guide/types.ts';
import { readSysctl } from './kernel/sysctl.ts';
import type { Access, AnyOption, Kind, Role, When } from './option.ts';
import { snapshot } from './snapshot.ts';
import { fresh } from './socket/kinds.ts';

/** A sysctl and its value on this machine; null where it cannot be read: absent here, or for root only. */
export interface SysctlValue {
  readonly sysctl: string;
  readonly value: string | null;
}

/** One option explained. Keys are missing where there is nothing to say. */
export interface Explanation {
  readonly name: string;
  readonly level: string;
  readonly levels?: readonly string[];
  /** null where this system does not have the level or the option. */
  readonly levelNumber: number | null;
  readonly number: number | null;
  readonly access: Access;
  /** What can be done with it on a system where that differs. */
  readonly accessOn?: Readonly<Record<string, Access>>;
  readonly type: string;
  readonly accepts: string;
  readonly unit?: string;
  readonly min?: number;
  readonly max?: number;
  readonly values?: Readonly<Record<string, number>>;
  /** The structs that a set takes, or a read gives where it can only be read, with their fields. */
  readonly fields?: readonly LayoutText[];
  /** The same of what a read gives, where that is another type. */
  readonly reads?: readonly LayoutText[];
  /** The same of what a read is asked with. */
  readonly asks?: readonly LayoutText[];
  readonly summary: string;
  readonly notes: readonly string[];
  readonly platforms: Readonly<Record<string, number>>;
  readonly when?: When;
  readonly late?: string;
  readonly needs?: string;
  readonly kinds: readonly Kind[];
  readonly length?: string;
  readonly readback?: Readonly<Record<string, string>>;
  readonly why?: string;
  readonly limit?: SysctlValue;
  readonly default?: SysctlValue;
  /** The value of a fresh socket on this machine. */
  readonly live?: { readonly kind: Kind; readonly value: unknown; readonly text: string };
  readonly sideEffect?: string;
  readonly after?: Readonly<Record<string, unknown>>;
  readonly alters?: readonly string[];
  readonly see: readonly string[];
  readonly aliases?: readonly string[];
  readonly aliasOf?: string;
  readonly man?: string;
  readonly since?: string;
  readonly removed?: string;
  readonly instead?: string;
  /** What a name that is no option is. */
  readonly role?: Role;
  /** How a system that has the same name differs. */
  readonly differs?: Readonly<Record<string, string>>;
  /** What more there is to tell, for the options that people use most. */
  readonly guide?: OptionGuide;
  /** Stories that it is part of: `explain` tells them by these names. */
  readonly topics?: readonly string[];
  /** A value to try it with, as text. */
  readonly sample?: string;
  /** What a set takes, as text, where trying it changes the machine rather than a socket, or wants a peer. */
  readonly example?: string;
}

/** The value on a fresh socket of the first kind that has it and can be made here. */
function liveDefault(option: AnyOption): Explanation['live'] {
  const { sampleOn, sideEffect } = option.declaration;
  if (option.access === 'none' || option.access === 'wo' || sideEffect) return undefined;
  for (const kind of new Set([...(sampleOn ? [sampleOn] : []), ...option.kinds])) {
    try {
      using socket = fresh(kind);
      const [entry] = snapshot(socket, { only: [option] }).options;
      if (entry) return { kind, value: entry.value, text: entry.text };
    } catch {
      // Raw and packet sockets need a privilege, other systems lack whole families: the next kind may do.
    }
  }
  return undefined;
}

/** The fields of what an option takes, gives, and is asked with. */
function structsOf({ access, codec, input, declaration }: AnyOption): Pick<Explanation, 'fields' | 'reads' | 'asks'> {
  const settable = access === 'rw' || access === 'wo';
  const fields = layoutsOf(settable ? input : codec);
  const reads = settable && access === 'rw' && input.ctype !== codec.ctype ? layoutsOf(codec) : [];
  const asks = declaration.query ? layoutsOf(declaration.query) : [];
  return {
    ...(fields.length > 0 && { fields }),
    ...(reads.length > 0 && { reads }),
    ...(asks.length > 0 && { asks }),
  };
}

/** A value as the shell takes it. */
const textOf = (input: AnyOption['input'], value: unknown): string =>
  input.format(input.decode(input.encode(value as never)));

const sysctl = (name: string): SysctlValue => ({ sysctl: name, value: readSysctl(name) ?? null });

/**
 * What an option is, takes and does, with its default and limits on this machine.
 * @param named an option, or its name in any case
 * @throws SockctlError ERR_UNKNOWN_OPTION with the names that were probably meant
 */
export function explain(named: AnyOption | string): Explanation {
  const option = get(named);
  const { declaration, codec, input } = option;
  const {
    level,
    value: _value,
    input: _input,
    query: _query,
    on,
    limit,
    default: standard,
    aliasOf,
    sample,
    example,
    reads: _reads,
    sampleOn: _on,
    role,
    see = [],
    notes = [],
    ...plain
  } = declaration;
  const aliases = options.filter((other) => other.aliasOf === option.name).map(({ name }) => name);
  const guide = guideOf(option);
  const topics = topicsOf(aliasOf ?? option.name);
  const live = liveDefault(option.aliasOf ? get(option.aliasOf) : option);
  return {
    ...plain,
    access: option.access,
    ...(role && option.access === 'none' && { role }),
    level: option.level,
    ...(typeof level !== 'string' && { levels: level }),
    levelNumber: option.levelNumber < 0 ? null : option.levelNumber,
    number: option.number < 0 ? null : option.number,
    type: codec.ctype,
    accepts: input.accepts,
    ...(input.unit && { unit: input.unit }),
    ...(input.min !== undefined && { min: input.min }),
    ...(input.max !== undefined && { max: input.max }),
    ...(input.names && { values: input.names }),
    ...structsOf(option),
    notes,
    see,
    platforms: { ...on } as Record<string, number>,
    kinds: option.kinds,
    ...(limit && { limit: sysctl(limit) }),
    ...(standard && { default: sysctl(standard) }),
    ...(live && { live }),
    ...(aliases.length > 0 && { aliases }),
    ...(aliasOf && { aliasOf }),
    ...(guide && { guide }),
    ...(topics.length > 0 && { topics }),
    ...(sample !== undefined && { sample: textOf(input, sample) }),
    ...(example !== undefined && { example: textOf(input, example) }),
  } as Explanation;
}
