// What stands behind an operator, by the type of the field: read once, then compared with many.

import { nearest } from '../../catalog/distance.ts';
import { type Codec, isInvalid } from '../../codec/codec.ts';
import { addressPattern, type End } from '../../policy/address.ts';
import { pathGlob } from '../../policy/glob.ts';
import { plainStates, stateNumbers, stateOf } from '../sort.ts';
import { userId } from '../users.ts';
import { type Comparison, type Test, type Written, WrongValue } from './comparison.ts';
import type { Field } from './fields.ts';
import { numbers, ports } from './numbers.ts';

function globOf(pattern: string, textOf: (value: unknown) => string): Test {
  // Longer ones take a while to compile, and no name is so long.
  if (pattern.length > 4096) throw new WrongValue('a pattern of at most 4096 characters');
  const glob = pathGlob(pattern);
  return (value) => glob.test(textOf(value));
}

const isGlob = ({ text, quoted }: Written): boolean => !quoted && text.includes('*');

/** Texts: as they are, or with `*` for any part. */
export function texts(textOf: (value: unknown) => string = String): Comparison {
  return {
    equal: (written) => (isGlob(written) ? globOf(written.text, textOf) : (value) => textOf(value) === written.text),
    glob: ({ text }) => globOf(text, textOf),
  };
}

/** A word as all are compared: `TIME_WAIT` is `time-wait`. */
const plainWord = (value: unknown): string => String(value).toLowerCase().replaceAll('_', '-');

/** Words, of which there may be only some. */
function words(known: readonly string[] | undefined, nameOf: (text: string) => string = plainWord): Comparison {
  const glob = (text: string): Test => globOf(plainWord(text), plainWord);
  return {
    equal(written) {
      if (isGlob(written)) return glob(written.text);
      const wanted = nameOf(written.text);
      if (known && !known.includes(wanted)) {
        const near = nearest(written.text, known);
        throw new WrongValue(`one of ${known.join(', ')}`, near && `Did you mean ${near}?`);
      }
      return (value) => plainWord(value) === wanted;
    },
    glob: ({ text }) => glob(text),
    name: (written) => (isGlob(written) ? undefined : nameOf(written.text)),
  };
}

const stateWords = [...stateNumbers.keys(), ...plainStates].map(plainWord);

/** The state that a word means; the word itself where it means none. */
function plainState(text: string): string {
  try {
    return plainWord(stateOf(text));
  } catch {
    return plainWord(text);
  }
}

const ends: Comparison = {
  equal({ text }) {
    const test = addressPattern(text);
    if (typeof test === 'function') return (value) => test(value as End);
    const name = /^[a-z][\w.-]*(?::\d+)?$/i.test(text) && !/^[0-9a-f:.]+$/i.test(text);
    throw new WrongValue(test.expects, name ? 'Names are not looked up: write the address' : test.hint);
  },
};

const users: Comparison = {
  equal({ text }) {
    const uid = userId(text);
    if (uid !== undefined) return (value) => value === uid;
    throw new WrongValue('a user of this machine', 'A number works where a name is not known');
  },
};

const trueWords = /^(?:on|1|true|yes)$/i;
const falseWords = /^(?:off|0|false|no)$/i;

/** Switches. */
export const bools: Comparison = {
  equal({ text }) {
    const wanted = trueWords.test(text);
    if (!wanted && !falseWords.test(text)) throw new WrongValue('on or off');
    return (value) => (typeof value === 'boolean' ? value === wanted : undefined);
  },
};

/** Runs a codec's parser. @param refuse throws where more can be said of what is wrong than the codec does */
export function parsed<T>(parse: () => T, refuse?: () => void): T {
  try {
    return parse();
  } catch (error) {
    if (!isInvalid(error)) throw error;
    refuse?.();
    // Its message says what is expected and what it got; the parser says the latter, with the place.
    throw new WrongValue(error.message.replace(/^expects /, '').replace(/, got [\s\S]*$/, ''));
  }
}

/** Flags: all that are named have to be there; `none` is for none at all. */
export function flags(
  codec: Codec<readonly string[], never>,
  of: (value: unknown) => unknown = (it) => it,
): Comparison {
  return {
    whole: true,
    equal({ text }) {
      const wanted = parsed(() => codec.parse(text)) as readonly string[];
      return (value) => {
        const found = of(value);
        if (!Array.isArray(found)) return undefined;
        return wanted.length === 0 ? found.length === 0 : wanted.every((name) => found.includes(name));
      };
    },
    glob: ({ text }) => {
      const test = globOf(text, String);
      return (value) => {
        const found = of(value);
        return Array.isArray(found) ? found.some(test) : undefined;
      };
    },
  };
}

// biome-ignore lint/suspicious/noExplicitAny: numbers with names, whichever
function enums(codec: Codec<any, any>): Comparison {
  return {
    equal({ text }) {
      const wanted = parsed(() => codec.parse(text));
      return (value) => value === wanted;
    },
    glob: ({ text }) => globOf(text, (value) => codec.format(value)),
  };
}

/** A name in front of a NUL is an abstract one's: people write `@`. */
const pathOf = (value: unknown): string => String(value).replace(/^\0/, '@');

/** How a field's values are compared. */
export function comparisonOf({ type, unit, units, max, words: known, codec }: Field): Comparison {
  switch (type) {
    case 'number':
      return max === 0xffff ? ports : numbers({ unit, units, max });
    case 'word':
      return words(known);
    case 'state':
      return words(stateWords, plainState);
    case 'text':
      return texts();
    case 'path':
      return texts(pathOf);
    case 'end':
      return ends;
    case 'user':
      return users;
    case 'bool':
      return bools;
    case 'enum':
      return enums(codec as Codec<number>);
    case 'flags':
      return flags(codec as Codec<readonly string[], never>);
  }
}
