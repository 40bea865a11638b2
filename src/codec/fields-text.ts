// The fields of a C type in words: where each lies, its C type, and what it takes; for `explain` and the documentation.
import { abis } from './abi.ts';
import type { Codec, Part } from './codec.ts';

// biome-ignore lint/suspicious/noExplicitAny: any option's codec
type Any = Codec<any, never>;

/** One field; those of a struct inside it follow with its name in front: `stats.packets`, `addrs[].port`. */
export interface FieldText {
  readonly name: string;
  /** bytes from the beginning, on 64-bit Linux; `+8` counts from the beginning of its element of an array. */
  readonly offset: string;
  /** As C declares it: `uint32_t`, `uint8_t : 4`. */
  readonly type: string;
  /** What it takes or gives: `number in ms, 0 to 100`, `one of AF_INET, AF_INET6`. */
  readonly value: string;
}

/** A struct, or one of several that a value may be. */
export interface LayoutText {
  readonly type: string;
  /** The value is an array of these. */
  readonly array: boolean;
  /** One of several, told apart by the content. */
  readonly choice: boolean;
  /** The members lie in the same bytes. */
  readonly union: boolean;
  readonly fields: readonly FieldText[];
}

/** How names and other words are marked. */
export interface Marks {
  name(text: string): string;
  plain(text: string): string;
}

const unmarked: Marks = { name: (text) => text, plain: (text) => text };
const linux = abis.linux;
/** Names beyond these are only counted. */
const ENOUGH = 24;

/** What a read of zeros gives: it tells which JavaScript type the value has. */
function zero(codec: Any): unknown {
  try {
    return codec.decode(new Uint8Array(codec.size()));
  } catch {
    return undefined;
  }
}

/** The range of a number, where it is not just that of its C type. */
function range({ min, max, ctype }: Any, width?: number): string {
  const widths: Readonly<Record<string, number>> = { uint8_t: 8, uint16_t: 16, uint32_t: 32, __be16: 16, __be32: 32 };
  const widest = 2 ** (width ?? widths[ctype] ?? 0) - 1;
  if (min === undefined || max === undefined || (min === 0 && max === widest)) return '';
  return min === -0x80000000 && max === 0x7fffffff ? '' : `, ${min} to ${max}`;
}

/** A value in words. `width` is its number of bits, where these are fewer than the type has. */
function valueText(codec: Any, { name, plain }: Marks, width?: number): string {
  const { names, unit, words, accepts } = codec;
  const example = zero(codec);
  const inUnit = unit ? ` in ${unit}` : '';
  const named = Object.keys(names ?? {});
  const special = words ? `; ${Object.keys(words).map(name).join(', ')}` : '';
  if (typeof example === 'boolean') return 'boolean';
  if (named.length > 0) {
    const more = named.length > ENOUGH ? ` and ${named.length - ENOUGH} more` : '';
    return `${Array.isArray(example) ? 'any of' : 'one of'} ${named.slice(0, ENOUGH).map(name).join(', ')}${more}`;
  }
  if (typeof example === 'number') return `number${inUnit}${range(codec, width)}${special}`;
  if (typeof example === 'bigint') return `bigint${inUnit}${special}`;
  return plain(accepts);
}

/** The element of a list, and of lists of lists, with brackets behind its name; any other type as it is. */
export function inside(codec: Any, path: string): { codec: Any; path: string } {
  if (codec.shape?.kind !== 'list') return { codec, path };
  const [element] = codec.shape.parts(linux);
  return element ? inside(element.codec, `${path}[]`) : { codec, path };
}

/** A number that a struct keeps in fewer bytes than its codec has, and bits of one, as C declares them. */
function fieldType({ codec, bytes, bits }: Part): string {
  const type = bytes === undefined ? codec.ctype : `uint${bytes * 8}_t`;
  return bits === undefined ? type : `${type} : ${bits}`;
}

function rowsOf(part: Part, base: number, before: string, depth: number, marks: Marks): FieldText[] {
  const name = before === '' ? part.name : `${before}.${part.name}`;
  const offset = base + part.offset;
  const { codec, path } = inside(part.codec, name);
  const { shape } = codec;
  if (shape === undefined || shape.kind === 'choice' || depth > 3) {
    const where = path.includes('[]') && before.includes('[]') ? `+${offset}` : String(offset);
    const value = valueText(part.codec, marks, part.bits ?? (part.bytes && part.bytes * 8));
    return [{ name: path, offset: where, type: fieldType(part), value }];
  }
  const listHere = path.endsWith('[]') && path !== name;
  return shape.parts(linux).flatMap((inner) => rowsOf(inner, listHere ? 0 : offset, path, depth + 1, marks));
}

/** The structs that a value is made of, with their fields; none for a single number or text. */
export function layoutsOf(codec: Any, marks = unmarked, choice = false): readonly LayoutText[] {
  const { codec: element, path } = inside(codec, '');
  const { shape, ctype } = element;
  if (shape === undefined) return [];
  const array = path !== '';
  if (shape.kind === 'choice') {
    const all = shape.parts(linux).flatMap((part) => layoutsOf(part.codec, marks, true));
    return all.map((one) => ({ ...one, array: array || one.array }));
  }
  const fields = shape.parts(linux).flatMap((part) => rowsOf(part, 0, '', 0, marks));
  return [{ type: ctype, array, choice, union: shape.kind === 'union', fields }];
}
