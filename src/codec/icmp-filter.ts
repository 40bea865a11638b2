// The filters of raw ICMP sockets: a bit for each type of message that does not get through. Source: raw(7), linux/icmp.h.
import { icmp6Types, icmpTypes } from '../constants/icmp.ts';
import { invalid } from '../errors.ts';
import { type Codec, hostAbi, viewOf } from './codec.ts';
import { type EnumInput, enumeration } from './enumeration.ts';
import { list } from './list.ts';
import { struct } from './struct.ts';

/** Which types of messages do not get through (`block`), or which are the only ones that do (`pass`). */
export interface IcmpFilter {
  block?: readonly number[];
  pass?: readonly number[];
}
/** The same as a set takes it: one of the two, types by number or name. */
export interface IcmpFilterInput<N extends string> {
  block?: readonly EnumInput<N>[];
  pass?: readonly EnumInput<N>[];
}

function filter<const T extends Readonly<Record<string, number>>>(
  ctype: string,
  names: T,
  words: number,
): Codec<IcmpFilter, IcmpFilterInput<keyof T & string>> {
  type In = IcmpFilterInput<keyof T & string>;
  const types = words * 32;
  const type = enumeration(names);
  const accepts = `block or pass, each a list of types from 0 to ${types - 1} or of their names`;
  // Only for the text, and to check: in memory there are no lists.
  const lists = struct(
    ctype,
    { block: list(type, { room: types }), pass: list(type, { room: types }) },
    { defaults: { block: [], pass: [] } },
  );
  const blocked = (value: In): boolean[] => {
    lists.encode(value);
    if ((value.block === undefined) === (value.pass === undefined)) throw invalid(accepts, value);
    const bits = new Array<boolean>(types).fill(value.block === undefined);
    for (const one of value.block ?? value.pass ?? []) {
      const at = type.toInt?.(one) ?? -1;
      if (at < 0 || at >= types) throw invalid(accepts, one);
      bits[at] = value.block !== undefined;
    }
    return bits;
  };
  return {
    ctype,
    accepts,
    names,
    size: () => words * 4,
    align: () => 4,
    decode(bytes, { littleEndian } = hostAbi) {
      const view = viewOf(bytes);
      const all = Array.from({ length: Math.floor(bytes.byteLength / 4) * 32 }, (_, at) => at);
      const isBlocked = (at: number): boolean =>
        ((view.getUint32((at >> 5) * 4, littleEndian) >>> (at & 31)) & 1) === 1;
      const block = all.filter(isBlocked);
      return block.length * 2 > all.length ? { pass: all.filter((at) => !isBlocked(at)) } : { block };
    },
    encode(value, { littleEndian } = hostAbi) {
      const bytes = new Uint8Array(words * 4);
      const view = viewOf(bytes);
      for (const [at, bit] of blocked(value).entries()) {
        const word = (at >> 5) * 4;
        if (bit) view.setUint32(word, view.getUint32(word, littleEndian) | (1 << (at & 31)), littleEndian);
      }
      return bytes;
    },
    parse(text) {
      const value = lists.parse(text) as In;
      blocked(value);
      return value;
    },
    format: (value) => lists.format(value as never),
  };
}

/** struct icmp_filter: 32 types; those from 32 on always get through. */
export function icmpFilter() {
  return filter('struct icmp_filter', icmpTypes, 1);
}

/** struct icmp6_filter: all 256 types. */
export function icmp6Filter() {
  return filter('struct icmp6_filter', icmp6Types, 8);
}
