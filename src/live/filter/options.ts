// Options in a filter: which one a word names, or which field of its struct, and how its values are compared.
import { lookup } from '../../catalog/index.ts';
import type { Codec } from '../../codec/codec.ts';
import { type AnyOption, unsupported } from '../../option.ts';
import { readValue, unitsOf } from '../../policy/values.ts';
import { type Comparison, type Test, type Written, WrongValue } from './comparison.ts';
import { numbers } from './numbers.ts';
import { bools, flags, parsed, texts } from './values.ts';

/** An option, or a part of its value: `SO_LINGER`, `SO_LINGER.on`. */
export interface OptionPart {
  readonly option: AnyOption;
  /** Names of fields, one inside of the other; empty for the whole value. */
  readonly path: readonly string[];
}

/** What an option's name and a path mean; undefined where the word begins with no option's name. */
export function optionOf(word: string): OptionPart | undefined {
  const parts = word.split('.');
  // `SOL_SOCKET.SO_LINGER.on`: a level may stand in front.
  for (let end = Math.min(parts.length, 2); end > 0; end -= 1) {
    const option = lookup(parts.slice(0, end).join('.'));
    if (option) return { option, path: parts.slice(end) };
  }
  return undefined;
}

/** Why an option cannot be in a filter; undefined where it can. */
export function unusable(option: AnyOption): string | undefined {
  const { name, declaration, access } = option;
  if (option.number < 0 || access === 'none') return unsupported(option).message;
  if (access === 'wo') return `${name} can only be set, not read`;
  if (declaration.secret) return `${name} is a secret`;
  if (declaration.query) return `${name} is read with a query, which a filter has not`;
  // A look must not take away what the program itself will ask for.
  if (declaration.sideEffect) return `reading ${name} changes the socket (${declaration.sideEffect.toLowerCase()})`;
  return undefined;
}

/** What an option reads as where all of its bytes are zero: it has the fields, and the types, of any value. */
function blank({ codec }: AnyOption): unknown {
  return codec.decode(new Uint8Array(codec.size()));
}

/** The value of a field, one inside of the other. */
export function partOf(value: unknown, path: readonly string[]): unknown {
  let part = value;
  for (const name of path) {
    if (typeof part !== 'object' || part === null || !Object.hasOwn(part, name)) return undefined;
    part = (part as Record<string, unknown>)[name];
  }
  return part;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array);

/** The same path as the value spells it, whatever the case. @throws WrongValue there is no such field */
export function pathIn({ option, path }: OptionPart): string[] {
  let part = blank(option);
  return path.map((word) => {
    const names = isRecord(part) ? Object.keys(part) : [];
    const name = names.find((one) => one.toLowerCase() === word.toLowerCase());
    if (name === undefined) {
      throw new WrongValue(
        names.length > 0
          ? `a field of ${option.name} (${names.join(', ')})`
          : `${option.name} alone, for it has no fields`,
      );
    }
    part = (part as Record<string, unknown>)[name];
    return name;
  });
}

function ofField(option: AnyOption, path: readonly string[]): Comparison {
  const example = partOf(blank(option), path);
  if (typeof example === 'boolean') return bools;
  if (typeof example === 'number' || typeof example === 'bigint') return numbers({ unit: option.codec.unit });
  if (Array.isArray(example)) return flags({ parse: namesIn } as Codec<readonly string[], never>);
  if (!isRecord(example)) return texts();
  const whole = [option.name, ...path].join('.');
  const refuse = (): never => {
    throw new WrongValue(`a field of ${whole} (${Object.keys(example).join(', ')})`, `Write ${whole}.FIELD = VALUE`);
  };
  return { equal: refuse };
}

const namesIn = (text: string): readonly string[] =>
  text
    .split('|')
    .map((name) => name.trim().toUpperCase())
    .filter((name) => name !== '' && name !== 'NONE');

/** Flags as they are, or in a struct beside others (SO_TIMESTAMPING). */
function flagsOf(value: unknown): unknown {
  return isRecord(value) ? value.flags : value;
}

/** How the values of an option, or of a field of it, are compared: by its codec. */
export function comparisonOfOption(option: AnyOption, path: readonly string[]): Comparison {
  if (path.length > 0) return ofField(option, path);
  const codec = option.codec as Codec<unknown>;
  const example = blank(option);
  const isNumber = typeof example === 'number' || typeof example === 'bigint';
  if (codec.names && Array.isArray(flagsOf(example))) {
    const parse = (text: string): unknown => flagsOf(codec.parse(text));
    return flags({ parse } as Codec<readonly string[], never>, flagsOf);
  }
  const units = unitsOf({ codec: option.codec, input: option.codec as never });
  const text = texts((value) => codec.format(value));
  const measure = isNumber ? numbers({ unit: codec.unit }) : undefined;
  return {
    units: units ?? measure?.units,
    whole: true,
    equal: (written) =>
      typeof example === 'string' && isPattern(written) ? text.equal(written) : same(option, written, measure),
    order: measure?.order,
    glob: text.glob,
  };
}

const isPattern = ({ text, quoted }: Written): boolean => !quoted && text.includes('*');

/** Equal by what the codec makes of both. */
function same(option: AnyOption, written: Written, measure: Comparison | undefined): Test {
  const { declaration } = option;
  const codec = option.codec as Codec<unknown>;
  if (measure && /^\d[^-]*-\d/.test(written.text)) return measure.equal(written);
  const wanted = parsed(
    () =>
      codec.decode(
        codec.encode(readValue({ codec: option.codec, input: option.codec as never, declaration }, written.text)),
      ),
    () => {
      const [first] = codec.accepts.startsWith('fields ') ? Object.keys(blank(option) as object) : [];
      if (first !== undefined) throw new WrongValue(`a field of ${option.name}`, `Write ${option.name}.${first}=VALUE`);
    },
  );
  const text = codec.format(wanted);
  return (value) => codec.format(value) === text || codec.same?.(value, wanted) === true;
}
