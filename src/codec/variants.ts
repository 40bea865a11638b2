// One place in memory that holds one of several structs: unions that a field tells apart, requests that differ by number.
import { invalid } from '../errors.ts';
import { type Abi, type Codec, type InOf, isInvalid, type OutOf } from './codec.ts';

// biome-ignore lint/suspicious/noExplicitAny: each of the structs has its own type
type Any = Codec<any, any>;

/**
 * One of several structs. Which of them the bytes are, `choose` tells; which of them a set means, its fields tell: the
 * first that takes them. Fewer bytes than the shortest of them are offered to no read.
 */
export function variants<const C extends readonly [Any, ...Any[]]>(
  ctype: string,
  all: C,
  choose: (bytes: Uint8Array, abi?: Abi) => number,
): Codec<OutOf<C[number]>, InOf<C[number]>> {
  const [first] = all;
  const accepts = all.map((one) => one.accepts).join('; or ');
  /** What the first of them makes of it that does not refuse it. */
  const firstThat = <T>(given: unknown, act: (codec: Any) => T): T => {
    for (const codec of all) {
      try {
        return act(codec);
      } catch (error) {
        if (!isInvalid(error)) throw error;
      }
    }
    throw invalid(accepts, given);
  };
  const takes = (codec: Any, value: unknown): boolean => {
    try {
      codec.encode(value);
      return true;
    } catch (error) {
      if (!isInvalid(error)) throw error;
      return false;
    }
  };
  return {
    ctype,
    accepts,
    shape: { kind: 'choice', parts: () => all.map((codec) => ({ name: codec.ctype, offset: 0, codec })) },
    variable: true,
    size: (abi) => Math.min(...all.map((one) => one.size(abi))),
    align: (abi) => Math.max(...all.map((one) => one.align(abi))),
    decode: (bytes, abi) => (all[choose(bytes, abi)] ?? first).decode(bytes, abi),
    encode: (value, abi) => firstThat(value, (codec) => codec.encode(value, abi)),
    parse: (text) => firstThat(text, (codec) => codec.parse(text)),
    format(value) {
      const texts = all.map((codec) => codec.format(value));
      const whole = all.findIndex((codec) => takes(codec, value));
      // What came back in part, or with a number that no set takes, is none of them: then the one that says the most.
      return texts[whole] ?? texts.reduce((most, text) => (text.length > most.length ? text : most));
    },
  };
}
