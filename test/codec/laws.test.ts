// What holds for every codec: nothing is lost between value, bytes and text, and hostile bytes do no harm.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hostAbi } from '../../src/codec/abi.ts';
import { darwin, everyCodec, freebsd, linuxAbis, others, windows, x64 } from './every.ts';

// Control characters, lone surrogates, and what moves or hides text on a terminal.
const unprintable = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;

describe.each(everyCodec)('$name', ({ codec, values }) => {
  it('decodes what it encoded, on every Linux', () => {
    fc.assert(
      fc.property(values, fc.constantFrom(...linuxAbis), (value, abi) => {
        expect(codec.decode(codec.encode(value, abi), abi)).toEqual(value);
      }),
    );
  });

  it('encodes the same bytes from its text', () => {
    fc.assert(
      fc.property(values, (value) => {
        const bytes = codec.encode(value, x64);
        const text = codec.format(codec.decode(bytes, x64));
        expect(text).not.toMatch(unprintable);
        expect(codec.encode(codec.parse(text), x64)).toEqual(bytes);
      }),
    );
  });

  it('gives the bytes that it says it has', () => {
    if (codec.variable) return;
    fc.assert(
      fc.property(values, fc.constantFrom(...linuxAbis), (value, abi) => {
        expect(codec.encode(value, abi).byteLength).toBe(codec.size(abi));
      }),
    );
  });

  it('has the same fast path as bytes', () => {
    const { toInt, fromInt } = codec;
    if (!toInt || !fromInt) return;
    fc.assert(
      fc.property(values, (value) => {
        const int = toInt(value);
        expect(new DataView(codec.encode(value).buffer).getInt32(0, hostAbi.littleEndian)).toBe(int | 0);
        expect(fromInt(int)).toEqual(value);
      }),
    );
  });

  it('refuses other values with ERR_INVALID_VALUE, or takes them', () => {
    fc.assert(
      fc.property(fc.anything({ withBigInt: true, withNullPrototype: true, withTypedArray: true }), (value) => {
        try {
          expect(codec.encode(value, x64)).toBeInstanceOf(Uint8Array);
        } catch (error) {
          expect(error).toMatchObject({ code: 'ERR_INVALID_VALUE' });
        }
      }),
    );
  });

  it('refuses other texts with ERR_INVALID_VALUE, or takes them', () => {
    const parts = fc.string({
      unit: fc.constantFrom(...'0123456789abcfx:.,%[]{}="\\-+| \n@/', 'unix:', 'vsock:', 'packet:'),
    });
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), parts), (text) => {
        try {
          codec.encode(codec.parse(text), x64);
        } catch (error) {
          expect(error).toMatchObject({ code: 'ERR_INVALID_VALUE' });
        }
      }),
    );
  });
});

describe.each([...everyCodec, ...others])('$name', ({ codec }) => {
  const abis = [...linuxAbis, darwin, freebsd, windows];
  /** Of any length, and with a family in front, so that addresses are reached too. */
  const hostile = fc.oneof(
    fc.uint8Array({ maxLength: 512 }),
    fc
      .tuple(
        fc.constantFrom(0, 1, 2, 10, 16, 17, 23, 28, 30, 40, 255),
        fc.constantFrom(0, 1, 2, 8, 136),
        fc.uint8Array({ maxLength: 300 }),
      )
      .map(([family, at, rest]) => Uint8Array.from([...new Array<number>(at).fill(0), family, 0, ...rest])),
  );

  it('decodes hostile bytes of every length to one line', () => {
    fc.assert(
      fc.property(hostile, fc.constantFrom(...abis), (bytes, abi) => {
        expect(codec.format(codec.decode(bytes, abi))).not.toMatch(unprintable);
      }),
    );
    for (let length = 0; length <= 512; length += 1) {
      const bytes = Uint8Array.from({ length }, (_none, at) => (at * 167 + length * 31) & 0xff);
      expect(codec.format(codec.decode(bytes, x64))).not.toMatch(unprintable);
    }
  });

  it('leaves the bytes alone that it is given', () => {
    const bytes = new Uint8Array(512).fill(7);
    codec.decode(bytes.subarray(16, 400), x64);
    expect(bytes.every((byte) => byte === 7)).toBe(true);
  });
});
