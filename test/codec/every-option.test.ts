// What holds for the codecs of every option: hostile bytes, values and texts do no harm, and what was read can be written.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonValue } from '../../src/cli/render/json.ts';
import type { Abi, Codec } from '../../src/codec/codec.ts';
import { type AnyOption, options } from '../../src/index.ts';
import { darwin, freebsd, linuxAbis, windows, x64 } from './every.ts';

// biome-ignore lint/suspicious/noExplicitAny: the codecs have all types
type Any = Codec<any, any>;

/** Whether a set takes what a read of this codec gives. */
type Tried = { readonly where: string; readonly codec: Any; readonly abis: readonly Abi[]; readonly writes: boolean };

const abisOf = (option: AnyOption): Abi[] => {
  const all = [...linuxAbis, darwin, freebsd, windows].filter(({ os }) => option.platforms.includes(os));
  return all.length > 0 ? all : [x64];
};

/** Plain numbers of one type and range are one codec. */
const seen = new Set<string>();
function isNew({ codec, abis, writes }: Tried): boolean {
  if (codec.toInt === undefined) return true;
  const key = `${codec.ctype} ${codec.accepts} ${abis.map(({ os }) => os)} ${writes}`;
  return !seen.has(key) && seen.add(key) !== undefined;
}

const tried: Tried[] = options
  .filter(({ aliasOf }) => aliasOf === undefined)
  .flatMap((option) => {
    const { value, input, query } = option.declaration;
    const sets = option.access === 'rw' || option.access === 'wo';
    const parts: [string, Any | undefined, boolean][] = [
      ['value', value as Any, sets && input === undefined],
      ['input', input as Any | undefined, sets],
      // What a query encodes to has its answer's room as well: it is not read.
      ['query', query as Any | undefined, false],
    ];
    return parts.flatMap(([part, codec, writes]) =>
      codec ? [{ where: `${option.name} ${part}`, codec, abis: abisOf(option), writes }] : [],
    );
  })
  .filter(isNew);

// The same in every run, so that a failure can be looked at.
const some = <T>(values: fc.Arbitrary<T>, numRuns: number): T[] => fc.sample(values, { seed: 5, numRuns });

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const json = (value: unknown): string | undefined => JSON.stringify(jsonValue(value));

const small = some(fc.uint8Array({ minLength: 24, maxLength: 24, max: 3 }), 2);
const any = some(fc.uint8Array({ minLength: 24, maxLength: 24 }), 3);

/** Bytes of all lengths around those of the codec; mostly zeros and small numbers, so that enums and lengths are met. */
function bytesFor(codec: Any, abi: Abi): Uint8Array[] {
  const size = codec.size(abi);
  // Room for long lists is of one kind.
  const all = [0, 1, 3, 7, ...(size > 2000 ? [600] : [size - 1, size, size + 5])];
  const lengths = all.filter((length) => length >= 0);
  const filled = (from: Uint8Array, length: number): Uint8Array =>
    Uint8Array.from({ length }, (_none, at) => (from[(at * 7 + length) % 24] as number) * (at % 5 === 0 ? 1 : at % 3));
  return [
    ...lengths.flatMap((length) => [...small, ...any].map((from) => filled(from, length))),
    new Uint8Array(size),
    new Uint8Array(size).fill(0xff),
  ];
}

/** What `act` throws that is no refusal of a value. */
function harm(act: () => unknown): string | undefined {
  try {
    act();
    return undefined;
  } catch (error) {
    const { code, stack } = error as { code?: string; stack?: string };
    return code === 'ERR_INVALID_VALUE' ? undefined : stack?.split('\n').slice(0, 3).join(' ');
  }
}

/** The codecs of which `fault` says something, each once. */
function faults(fault: (one: Tried) => string | undefined): string[] {
  return tried.flatMap((one) => {
    const found = fault(one);
    return found === undefined ? [] : [`${one.where}: ${found}`];
  });
}

function first<T, R>(all: Iterable<T>, find: (one: T) => R | undefined): R | undefined {
  for (const one of all) {
    const found = find(one);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Structs with one of the values in one field: the other fields are what zeros decode to. */
function within(codec: Any, values: readonly unknown[]): object[] {
  if (codec.shape?.kind !== 'struct') return [];
  const zeros: unknown = codec.decode(new Uint8Array(codec.size(x64)), x64);
  if (typeof zeros !== 'object' || zeros === null) return [];
  return Object.keys(zeros).flatMap((name) => values.map((value) => ({ ...zeros, [name]: value })));
}

// Control characters, lone surrogates, and what moves or hides text on a terminal.
const unprintable = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;

// A set counts entries and their bytes by itself, so that what a read of other numbers gives is not what it writes.
const counted = /_SO_SET_REPLACE value$/;

describe('every option', () => {
  it('decodes bytes of every length to one line, on its systems', () => {
    const wrong = faults(({ codec, abis }) =>
      first(abis, (abi) =>
        first(bytesFor(codec, abi), (bytes) => {
          try {
            const text = codec.format(codec.decode(bytes, abi));
            if (typeof text === 'string' && !unprintable.test(text)) return undefined;
            return `${hex(bytes)} on ${abi.os}: ${text}`;
          } catch (error) {
            // What describes a type is that of the system that runs: a codec of another one has no text here.
            if (abi.os !== x64.os && harm(() => codec.decode(bytes, abi)) === undefined) return undefined;
            return `${hex(bytes).slice(0, 80)} on ${abi.os} ${abi.arch}: ${error}`;
          }
        }),
      ),
    );
    expect(wrong).toEqual([]);
  });

  it('takes what it read, from the value and from its text, or refuses it', () => {
    const wrong = faults(({ where, codec, abis, writes }) => {
      if (!writes || counted.test(where) || !abis.includes(x64)) return undefined;
      return first(bytesFor(codec, x64), (bytes) => {
        if (bytes.byteLength < codec.size(x64)) return undefined;
        const value = codec.decode(bytes, x64);
        const encode = (given: unknown): string | undefined => {
          try {
            return hex(codec.encode(given, x64));
          } catch (error) {
            if ((error as { code?: string }).code === 'ERR_INVALID_VALUE') return undefined;
            throw error;
          }
        };
        const once = encode(value);
        if (once === undefined) return undefined;
        const again = codec.decode(Buffer.from(once, 'hex'), x64);
        if (json(again) !== json(value)) return `${json(value)} becomes ${json(again)}`;
        const text = codec.format(value);
        if (encode(codec.parse(text)) !== once) return `${text} is ${encode(codec.parse(text))}, not ${once}`;
        return undefined;
      });
    });
    expect(wrong).toEqual([]);
  });

  it('refuses other values with ERR_INVALID_VALUE, or takes them', () => {
    const anything = fc.anything({
      withBigInt: true,
      withNullPrototype: true,
      withTypedArray: true,
      withSparseArray: true,
    });
    const bare: unknown[] = [
      null,
      -1,
      1e30,
      2n ** 70n,
      '\0',
      {},
      [{}],
      new Array(2),
      new Uint8Array(3000),
      Symbol('x'),
    ];
    const hostile: unknown[] = [
      ...some(anything, 15),
      ...bare,
      ...[undefined, Number.NaN, -5n, '', [], [null], true, () => 1, Object.create(null), new Array(300).fill(0)],
    ];
    const wrong = faults(({ codec }) =>
      first([...hostile, ...within(codec, bare)], (value) =>
        harm(() => {
          if (!(codec.encode(value, x64) instanceof Uint8Array)) throw new Error('encodes to no bytes');
          codec.toInt?.(value);
        }),
      ),
    );
    expect(wrong).toEqual([]);
  });

  it('refuses other texts with ERR_INVALID_VALUE, or takes them', () => {
    const unit = fc.constantFrom(...'0123456789abcfx:.,%[]{}="\\-+| \n@/');
    const hostile = [
      ...some(fc.string({ unit }), 25),
      ...['', '{}', '[]', '{"a":1}', '[1]', '[[]]', 'null', '[null]', 'a=1', '1,2', '{', '"x"', '{"__proto__":1}'],
      ...['__proto__=1', 'constructor=1', 'toString', '{"family":null}', '{"data":{}}'],
    ];
    const wrong = faults(({ codec }) =>
      first(hostile, (text) => {
        const found = harm(() => codec.encode(codec.parse(text), x64));
        return found && `${JSON.stringify(text)}: ${found}`;
      }),
    );
    expect(wrong).toEqual([]);
  });

  it('takes its sample as the JSON that --json shows', () => {
    const wrong = options.flatMap(({ name, aliasOf, access, declaration: { sample, value, input } }) => {
      const codec = (input ?? value) as Any;
      const writes = aliasOf === undefined && (access === 'rw' || access === 'wo');
      if (!writes || sample === undefined || sample === null || typeof sample !== 'object') return [];
      const bytes = hex(codec.encode(sample, x64));
      // Bytes are hex digits in both.
      const text = sample instanceof Uint8Array ? hex(sample) : (json(sample) as string);
      try {
        const again = hex(codec.encode(codec.parse(text), x64));
        return again === bytes ? [] : [`${name}: ${text} is ${again}, not ${bytes}`];
      } catch (error) {
        return [`${name}: ${text}: ${error}`];
      }
    });
    expect(wrong).toEqual([]);
  });
});
