// C unions: the same bytes read in several ways, each under the name of its member.
import { invalid } from '../errors.ts';
import { type Abi, type Codec, hostAbi, type InOf, type OutOf } from './codec.ts';
import { joinFields, splitFields, unwrap, wrap } from './fields.ts';
import { within } from './struct.ts';

// biome-ignore lint/suspicious/noExplicitAny: a codec takes other types than it gives, in both directions
type Members = Readonly<Record<string, Codec<any, any>>>;
type Out<M> = { -readonly [K in keyof M]?: OutOf<M[K]> };
type In<M> = { -readonly [K in keyof M]?: InOf<M[K]> };

/** How long a union is, and which members its bytes have. */
export interface UnionSpec {
  /** Bytes of the largest member, with the padding behind it. */
  size: number;
  align: number;
  /** `exact`: a member is there where it has just the length that came back; `within`: where it fits into it. */
  fits: 'exact' | 'within';
}

/**
 * A codec for a C union. A read has each member that the length leaves possible; a set takes one, or several of the
 * same content, so that what was read can be set again (ERR_INVALID_VALUE otherwise). Where the length does not tell
 * members apart, a set has all bytes of the union, zeros behind a shorter member. Text: `member={field=...}`.
 */
export function union<const M extends Members>(ctype: string, members: M, spec: UnionSpec): Codec<Out<M>, In<M>> {
  type Loose = Record<string, unknown>;
  const names = Object.keys(members);
  const { size, align } = spec;
  const exact = spec.fits === 'exact';
  const accepts = `one of ${names.join(', ')}, each with its fields`;
  const encode = (value: In<M>, abi: Abi = hostAbi): Uint8Array => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw invalid(accepts, value);
    for (const name of Object.keys(value)) {
      if (!Object.hasOwn(members, name)) throw invalid(`${accepts}, not ${name}`, value);
    }
    const found = names
      .filter((name) => (value as Loose)[name] !== undefined)
      .map((name) =>
        within(`member ${name}`, () => (members[name] as Codec<unknown>).encode((value as Loose)[name], abi)),
      )
      .sort((a, b) => b.byteLength - a.byteLength);
    const longest = found[0] ?? new Uint8Array();
    // Members of a union are the same bytes.
    for (const one of found) {
      const differs = exact ? one.byteLength !== longest.byteLength : false;
      if (differs || one.some((byte, at) => byte !== longest[at])) throw invalid(`${accepts}, of one content`, value);
    }
    if (exact) return longest;
    const whole = new Uint8Array(size);
    whole.set(longest);
    return whole;
  };
  return {
    ctype,
    accepts,
    shape: {
      kind: 'union',
      parts: () => names.map((name) => ({ name, offset: 0, codec: members[name] as Codec<unknown> })),
    },
    ...(exact && { variable: true }),
    size: () => size,
    align: () => align,
    decode(bytes, abi) {
      const there = names.filter((name) => {
        const length = (members[name] as Codec<unknown>).size(abi);
        return exact ? length === bytes.byteLength : length <= bytes.byteLength;
      });
      return Object.fromEntries(
        there.map((name) => [name, (members[name] as Codec<unknown>).decode(bytes, abi)]),
      ) as Out<M>;
    },
    encode,
    parse(text) {
      const value: Loose = {};
      for (const piece of splitFields(text, accepts)) {
        const equals = piece.indexOf('=');
        const name = piece.slice(0, Math.max(equals, 0)).trim();
        if (!Object.hasOwn(members, name)) throw invalid(accepts, text);
        if (Object.hasOwn(value, name)) throw invalid(`${name} once`, text);
        const member = members[name] as Codec<unknown>;
        value[name] = within(`member ${name}`, () => member.parse(unwrap(piece.slice(equals + 1), accepts)));
      }
      encode(value as In<M>);
      return value;
    },
    format(value) {
      const there = names.filter((name) => (value as Loose)[name] !== undefined);
      const text = (name: string): string => (members[name] as Codec<unknown>).format((value as Loose)[name]);
      return joinFields(there.map((name) => `${name}=${wrap(text(name))}`));
    },
  };
}
