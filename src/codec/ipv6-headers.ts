// The extension headers of IPv6 that carry options: hop-by-hop and destination options. Source: RFC 8200, linux/ipv6.h.
import { ipv6HeaderOptions } from '../constants/ipv6.ts';
import { invalid } from '../errors.ts';
import { bytes } from './bytes.ts';
import { type Codec, hostAbi, type InOf, type OutOf } from './codec.ts';
import { type EnumInput, enumeration } from './enumeration.ts';
import { exactly, joined, records } from './records.ts';
import { u8 } from './scalar.ts';
import { sized } from './sized.ts';
import { countOf, given, pad, struct } from './struct.ts';

/** One option: what it is, and its bytes. */
export interface HeaderOption {
  type: number;
  /** Not there for the one byte of padding that has no length. */
  data?: Uint8Array;
}
export type HeaderOptionInput<N extends string> = { type: EnumInput<N>; data?: Uint8Array };

const PAD1 = 0;

function headerOption<const T extends Readonly<Record<string, number>>>(
  ctype: string,
  names: T,
): Codec<HeaderOption, HeaderOptionInput<keyof T & string>> {
  const type = sized(enumeration(names), 'u8');
  const none = new Uint8Array();
  const whole = struct(ctype, { type, len: countOf('data', u8()), data: bytes() }, { defaults: { data: none } });
  return {
    ...whole,
    decode: (found, abi) => (found[0] === PAD1 ? { type: PAD1 } : whole.decode(found, abi)),
    encode(value, abi) {
      const found = whole.encode(value as never, abi);
      if (found[0] !== PAD1) return found;
      if (found.byteLength > 2) throw invalid('no data where the type is 0, one byte of padding', value);
      return found.subarray(0, 1);
    },
    parse: whole.parse,
    format: (value) => whole.format(value as never),
  };
}

/**
 * A row of options behind so many bytes that their header ends at a multiple of 8: a set writes the padding that lacks,
 * a read leaves that out. Padding elsewhere is an option like others. `padN` is the type of padding that has a length.
 */
export function headerOptions<const T extends Readonly<Record<string, number>>>(
  ctype: string,
  names: T,
  padN: number,
  before: number,
): Codec<readonly HeaderOption[], readonly HeaderOptionInput<keyof T & string>[]> {
  const row = records(headerOption(ctype, names), {
    room: 2040,
    length: ([type, length]) => (type === PAD1 ? 1 : (length ?? Number.NaN) + 2 || 0),
  });
  const encode: typeof row.encode = (value, abi) => {
    const found = row.encode(value, abi);
    const gap = -(before + found.byteLength) & 7;
    const padding = new Uint8Array(gap);
    if (gap > 1) padding.set([padN, gap - 2]);
    return joined([found, padding]);
  };
  const decode: typeof row.decode = (found, abi) => {
    const all = row.decode(found, abi);
    const last = all.at(-1);
    if (last?.type !== PAD1 && last?.type !== padN) return all;
    const rest = all.slice(0, -1);
    const [whole, again] = [row.encode(all as never, abi), encode(rest as never, abi)];
    return whole.byteLength === again.byteLength && whole.every((byte, at) => byte === again[at]) ? rest : all;
  };
  return { ...row, encode, decode };
}

/** The header of so many bytes that it has its length, in units of 8 bytes beyond the first 8, as its second byte. */
export function withLength(found: Uint8Array, value: unknown): Uint8Array {
  if (found.byteLength % 8 !== 0) throw invalid('a header whose length is a multiple of 8 bytes', value);
  // One unit less than its length could say: Linux takes no more.
  if (found.byteLength > 2040) throw invalid('a header of at most 2040 bytes', value);
  found[1] = found.byteLength / 8 - 1;
  return found;
}

/** The bytes of a header as far as its length says; of one that is cut short what is there, as a header of that length. */
export function ofLength(found: Uint8Array): Uint8Array {
  const whole = ((found[1] ?? 0) + 1) * 8;
  if (found.byteLength >= whole || found.byteLength < 8) return found.subarray(0, whole);
  const header = found.slice(0, found.byteLength & ~7);
  header[1] = header.byteLength / 8 - 1;
  return header;
}

const name = 'struct ipv6_opt_hdr';
const head = { nexthdr: u8(), hdrlen: pad(1) };
const options = headerOptions('struct ip6_opt', ipv6HeaderOptions, ipv6HeaderOptions.IPV6_TLV_PADN, 2);
const none = new Uint8Array();
const whole = struct(name, { ...head, options }, { defaults: { nexthdr: 0, options: [] } });
const raw = struct(name, { ...head, data: bytes() }, { defaults: { nexthdr: 0 } });
/** In text, and for those who describe it: the fields of both. */
const shown = struct(name, { ...head, options, data: bytes() }, { defaults: { nexthdr: 0, options: [], data: none } });

function parts() {
  const all = shown.shape?.parts() ?? [];
  return all.map((part) => (part.name === 'data' ? { ...part, offset: 2 } : part));
}

/**
 * A header of options. `nexthdr` is what follows it: the kernel fills that in as it sends. `data` is there only where
 * the bytes behind the length are no row of options, and has them all; `options` is empty then.
 */
export type OptionsHeader = OutOf<typeof whole> & { data?: Uint8Array };
export type OptionsHeaderInput = InOf<typeof whole> & { data?: Uint8Array };

/** A header that is there, or 'none': a set of no bytes takes it away, and without one a read has none. */
export function orNone<Out extends object, In extends object>(codec: Codec<Out, In>): Codec<Out | 'none', In | 'none'> {
  return {
    ...codec,
    accepts: `${codec.accepts}; or none`,
    variable: true,
    decode: (found, abi) => (found.byteLength === 0 ? 'none' : codec.decode(found, abi)),
    encode: (value, abi) => (value === 'none' ? new Uint8Array() : codec.encode(value, abi)),
    parse: (text) => (text.trim().toLowerCase() === 'none' ? 'none' : codec.parse(text)),
    format: (value) => (value === 'none' ? value : codec.format(value)),
  } as Codec<Out | 'none', In | 'none'>;
}

/** struct ipv6_opt_hdr and the options behind it (IPV6_HOPOPTS, IPV6_DSTOPTS): lengths and padding are written by a set. */
export function optionsHeader(): Codec<OptionsHeader, OptionsHeaderInput> {
  const encode = (value: OptionsHeaderInput, abi = hostAbi): Uint8Array => {
    const fields = given(value);
    if (fields?.data === undefined) return withLength(whole.encode(fields, abi), value);
    const { options: row = [], ...rest } = fields;
    if (row?.length !== 0) throw invalid('options or data, not both', value);
    return withLength(raw.encode(rest as never, abi), value);
  };
  const byOptions: Codec<OptionsHeader, OptionsHeaderInput> = { ...whole, encode };
  const { ctype, accepts, align, parse } = shown;
  return {
    ...{ ctype, accepts, align, parse, encode },
    variable: true,
    shape: { kind: 'struct', parts },
    size: () => 2040,
    decode(found, abi = hostAbi) {
      const header = ofLength(found);
      return exactly(byOptions, header, abi) ?? { options: [], ...raw.decode(header, abi) };
    },
    format: (value) => shown.format(value as never),
  };
}
