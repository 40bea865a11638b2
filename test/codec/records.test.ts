// Rows of records of different lengths: whatever bytes say, a value that is read can be written, and is then the same.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonValue } from '../../src/cli/render/json.ts';
import type { Abi, Codec } from '../../src/codec/codec.ts';
import { controlMessages } from '../../src/codec/control-messages.ts';
import { ipOptions } from '../../src/codec/ip-options.ts';
import { optionsHeader } from '../../src/codec/ipv6-headers.ts';
import { ipsecPolicy } from '../../src/codec/pfkey.ts';
import { routingHeader } from '../../src/codec/routing-header.ts';
import { i386, s390x, x64 } from './every.ts';

// biome-ignore lint/suspicious/noExplicitAny: the codecs have all types
type Any = Codec<any, any>;

const octets = (maxLength: number, minLength = 0): fc.Arbitrary<Uint8Array> => fc.uint8Array({ minLength, maxLength });
const small = fc.uint8Array({ maxLength: 60, max: 12 });
const joined = (...parts: readonly (Uint8Array | readonly number[])[]): Uint8Array =>
  Uint8Array.from(parts.flatMap((part) => [...part]));

/** Options of headers, most of them of known types and of lengths that fit. */
const tlv = (types: readonly number[], own: number) =>
  fc
    .tuple(fc.constantFrom(...types), fc.uint8Array({ maxLength: 20, max: 9 }), fc.constantFrom(0, 0, 0, 1, -1))
    .map(([type, data, off]) => (type === 0 ? [0] : [type, Math.max(0, data.length + own + off), ...data]));
const rows = (types: readonly number[], own: number): fc.Arbitrary<Uint8Array> =>
  fc.array(tlv(types, own), { maxLength: 6 }).map((all) => joined(...all));
const header = (body: fc.Arbitrary<Uint8Array>, ...before: fc.Arbitrary<number>[]): fc.Arbitrary<Uint8Array> =>
  fc.tuple(fc.nat(255), fc.nat(9), fc.tuple(...before), body).map(([next, units, fixed, rest]) => {
    const bytes = joined([next, units], fixed, rest);
    return joined(bytes, new Uint8Array(-bytes.length & 7));
  });
const message = fc
  .tuple(fc.constantFrom(0, 41, 6), fc.constantFrom(1, 2, 8, 3, 5, 50, 57, 59, 67, 99), fc.oneof(octets(40), small))
  .map(([level, type, data]) => {
    const head = Buffer.alloc(16);
    head.writeBigUInt64LE(BigInt(16 + data.length));
    head.writeInt32LE(level, 8);
    head.writeInt32LE(type, 12);
    return joined(head, data, new Uint8Array(-data.length & 7));
  });

const cases: readonly [string, Any, fc.Arbitrary<Uint8Array>][] = [
  ['header options', ipOptions(), fc.oneof(octets(44), rows([0, 1, 7, 68, 131, 137, 148, 134, 9], 2))],
  ['a header of options', optionsHeader(), fc.oneof(octets(64, 8), header(rows([0, 1, 5, 30], 0)))],
  [
    'a routing header',
    routingHeader(),
    fc.oneof(octets(90, 8), header(fc.oneof(octets(80), small), fc.constantFrom(0, 2, 4, 3), fc.nat(3), fc.nat(3))),
  ],
  ['control messages', controlMessages(), fc.array(message, { maxLength: 4 }).map((all) => joined(...all))],
  ['a policy', ipsecPolicy(), fc.oneof(octets(80), small).map((bytes) => joined(new Uint8Array(16).fill(1), bytes))],
];

const json = (value: unknown): string => JSON.stringify(jsonValue(value));

describe.each(cases)('%s', (_name, codec, found) => {
  it('is the same after a set of what was read, and of its text', () => {
    fc.assert(
      fc.property(found, fc.constantFrom(x64, i386, s390x), (bytes: Uint8Array, abi: Abi) => {
        const value = codec.decode(bytes, abi);
        let again: Uint8Array;
        try {
          again = codec.encode(value, abi);
        } catch (error) {
          expect(error).toMatchObject({ code: 'ERR_INVALID_VALUE' });
          return;
        }
        expect(json(codec.decode(again, abi))).toBe(json(value));
        const text = codec.format(value);
        expect(codec.encode(codec.parse(text), abi)).toEqual(again);
      }),
      { numRuns: 300 },
    );
  });
});
