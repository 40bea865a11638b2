// The rules of ip_tables, ip6_tables and arp_tables as they lie in memory: entries of any length, one behind the other.
import { xtVerdicts } from '../constants/netfilter.ts';
import { invalid } from '../errors.ts';
import { bytes } from './bytes.ts';
import { type Abi, type Codec, hostAbi, type InOf, type OutOf, viewOf } from './codec.ts';
import { list } from './list.ts';
import { filledUp, joined } from './records.ts';
import { int, u8, u16, u32, u64 } from './scalar.ts';
import { pad, struct, within } from './struct.ts';
import { text } from './text.ts';
import { variants } from './variants.ts';

/** struct xt_counters: how many packets and bytes a rule has met. */
export function xtCounters() {
  return struct('struct xt_counters', { pcnt: u64(), bcnt: u64({ unit: 'bytes' }) });
}

/** In front of each part lies its length, which is not part of the value. */
const head = { length: pad(2), name: text({ size: 29, what: 'the name of an extension' }), revision: u8() };
const HEAD_BYTES = 32;

/** A match, or a target that is an extension: the bytes are laid out as only the extension knows. */
const extension = struct(
  'struct xt_entry_match',
  { ...head, data: bytes({ max: 0xff00 }) },
  { defaults: { revision: 0, data: new Uint8Array() } },
);
/** What to do, or the offset of the rule to go on with. */
const standard = struct(
  'struct xt_standard_target',
  { ...head, verdict: int({ words: xtVerdicts }) },
  { defaults: { name: '', revision: 0 } },
);
/** The rule in front of a chain of the user's, which has its name; and the last rule of a table. */
const failing = struct(
  'struct xt_error_target',
  { ...head, errorname: text({ size: 30, what: 'the name of a chain' }) },
  { defaults: { name: 'ERROR', revision: 0 } },
);
const target = variants('struct xt_entry_target', [standard, failing, extension], (found) => {
  const { name } = extension.decode(found);
  return name === '' ? 0 : name === 'ERROR' ? 1 : 2;
});

/** One rule as a read gives it. `Name` is the field that says which packets it is for. */
export type XtEntry<Name extends string, Where> = { readonly [Field in Name]: Where } & {
  /** Where it lies in the table, in bytes: what hook_entry, underflow and jumps speak of. */
  offset: number;
  comefrom: number;
  counters: OutOf<ReturnType<typeof xtCounters>>;
  /** What else a packet must be. */
  matches: readonly OutOf<typeof extension>[];
  target: OutOf<typeof target>;
};

/** What a set takes. An `offset` that is given must be the right one. */
export type XtEntryInput<Name extends string, Where> = { readonly [Field in Name]: Where } & {
  offset?: number;
  comefrom?: number;
  counters?: InOf<ReturnType<typeof xtCounters>>;
  matches?: readonly InOf<typeof extension>[];
  target: InOf<typeof target>;
};

/** Everything in a table begins at a multiple of what a 64-bit number in a struct is aligned to. */
const alignmentOf = (abi: Abi = hostAbi): number => (abi.arch === 'ia32' ? 4 : 8);

/** A match or a target with its length filled in, and zeros up to the next multiple. */
function withLength(content: Uint8Array, abi: Abi): Uint8Array {
  const part = filledUp(content, alignmentOf(abi));
  viewOf(part).setUint16(0, part.byteLength, abi.littleEndian);
  return part;
}

/** The match or target at an offset; undefined where it does not fit in front of `end`. */
function partAt(found: Uint8Array, offset: number, end: number, abi: Abi): Uint8Array | undefined {
  if (offset + HEAD_BYTES > end) return undefined;
  const length = viewOf(found).getUint16(offset, abi.littleEndian);
  return length < HEAD_BYTES || offset + length > end ? undefined : found.subarray(offset, offset + length);
}

type Loose = Record<string, unknown>;
type Head = Loose & { target_offset: number; next_offset: number };

/**
 * The rules of a table, as many as the bytes have. The lengths inside of an entry are not part of the value: they are
 * made from its parts. Source: linux/netfilter/x_tables.h.
 * @param name the field that says which packets a rule is for, at the beginning of an entry
 * @param cached whether nfcache, which nobody looks at any more, follows it
 */
export function xtEntries<Name extends string, Out, In>(
  ctype: string,
  name: Name,
  where: Codec<Out, In>,
  cached: boolean,
): Codec<readonly XtEntry<Name, Out>[], readonly XtEntryInput<Name, In>[]> {
  const nfcache = cached ? { nfcache: u32() } : {};
  const lengths = { target_offset: u16(), next_offset: u16() };
  const rest = { comefrom: u32(), counters: xtCounters() };
  const usual = { ...(cached && { nfcache: 0 }), comefrom: 0, counters: { pcnt: 0n, bcnt: 0n } };
  const first = struct(ctype, { [name]: where, ...nfcache, ...lengths, ...rest }) as unknown as Codec<Head>;
  // Only its text is of use: in memory the parts are elsewhere.
  const shown = struct(
    ctype,
    { offset: u32(), [name]: where, ...nfcache, ...rest, matches: list(extension), target },
    { defaults: { offset: undefined, ...usual, matches: [] } as never },
  ) as unknown as Codec<Loose>;
  const texts = list(shown);

  const decodeAt = (found: Uint8Array, offset: number, abi: Abi): [value: Loose, next: number] | undefined => {
    const size = first.size(abi);
    if (offset + size > found.byteLength) return undefined;
    const { target_offset, next_offset, ...fields } = first.decode(found.subarray(offset, offset + size), abi);
    const next = offset + next_offset;
    const goal = next <= found.byteLength && partAt(found, offset + target_offset, next, abi);
    if (!goal) return undefined;
    const matches: unknown[] = [];
    for (let at = offset + size; ; ) {
      const part = partAt(found, at, offset + target_offset, abi);
      if (!part) break;
      matches.push(extension.decode(part, abi));
      at += part.byteLength;
    }
    return [{ offset, ...fields, matches, target: target.decode(goal, abi) }, next];
  };

  const encodeAt = (value: Loose, offset: number, abi: Abi): Uint8Array => {
    if (typeof value !== 'object' || value === null) throw invalid(shown.accepts, value);
    const { offset: given = offset, matches = [], target: goal, ...fields } = value;
    if (given !== offset) throw invalid(`offset ${offset}, where the rule lies`, given);
    if (!Array.isArray(matches)) throw invalid(shown.accepts, value);
    const parts = [
      ...Array.from(matches, (one) => within('field matches', () => withLength(extension.encode(one, abi), abi))),
      within('field target', () => withLength(target.encode(goal as never, abi), abi)),
    ];
    const { byteLength } = joined(parts);
    const next_offset = first.size(abi) + byteLength;
    const target_offset = next_offset - (parts.at(-1) as Uint8Array).byteLength;
    return joined([first.encode({ ...usual, ...fields, target_offset, next_offset }, abi), ...parts]);
  };

  const codec: Codec<readonly Loose[]> = {
    ctype: `${ctype}[]`,
    accepts: texts.accepts,
    variable: true,
    // How much room a read needs, its query says.
    size: () => 0,
    align: alignmentOf,
    decode(found, abi = hostAbi) {
      const all: Loose[] = [];
      for (let at = 0; ; ) {
        const entry = decodeAt(found, at, abi);
        if (!entry) return all;
        all.push(entry[0]);
        at = entry[1];
      }
    },
    encode(value, abi = hostAbi) {
      if (!Array.isArray(value)) throw invalid(texts.accepts, value);
      let offset = 0;
      const all = Array.from(value, (one: Loose, at) => {
        const entry = within(`element ${at}`, () => encodeAt(one, offset, abi));
        offset += entry.byteLength;
        return entry;
      });
      return joined(all);
    },
    parse: texts.parse,
    format: texts.format,
  };
  return codec as never;
}
