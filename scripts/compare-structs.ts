// Compares every struct that options use with C's: its size, its fields, and every part within them.
import type { Abi } from '../src/codec/abi.ts';
import type { AnyOption } from '../src/option.ts';
import { cNames, oneOfMany, unaddressed } from './c-names.ts';
import { compareLayout, fieldAt, unreadIn } from './compare-layout.ts';
import type { Leaf } from './dwarf.ts';
import type { Headers } from './headers.ts';
import { type AnyCodec, fieldsOf, type Span, spansOf } from './spans.ts';

/** What was compared, what differs, and what these headers do not know. */
export interface StructComparison {
  readonly checked: { structs: number; fields: number; parts: number };
  readonly wrong: string[];
  readonly unknown: { structs: string[]; fields: string[] };
}

/** A codec of a C struct, and the first option that has it. */
interface Use {
  readonly name: string;
  readonly codec: AnyCodec;
  readonly option: string;
  /** A read passes it in: that need not name all fields. */
  readonly query: boolean;
}

interface Struct extends Use {
  /** Of every part of the value. */
  readonly all: ReadonlyMap<string, Span>;
  /** Of the parts that can be compared, and of their outermost fields. */
  readonly parts: ReadonlyMap<string, Span>;
  readonly fields: ReadonlyMap<string, Span>;
}

/** The struct codecs that options of Linux use, also as elements of lists, within other structs, and as variants. */
function structCodecs(abi: Abi, options: readonly AnyOption[]): Use[] {
  const found = new Map<AnyCodec, Use>();
  const seen = new Set<AnyCodec>();
  const visit = (codec: AnyCodec, option: string, query: boolean): void => {
    if (seen.has(codec)) return;
    seen.add(codec);
    const name = /^struct (\w+)$/.exec(codec.ctype)?.[1];
    if (name && codec.indirect === undefined) found.set(codec, { name, codec, option, query });
    for (const part of codec.shape?.parts(abi) ?? []) {
      if (part.codec.shape !== undefined) visit(part.codec as AnyCodec, option, query);
    }
  };
  for (const { name, codec, input, declaration } of options) {
    if (declaration.on.linux === undefined) continue;
    visit(codec as AnyCodec, name, false);
    visit(input as AnyCodec, name, false);
    if (declaration.query !== undefined) visit(declaration.query as AnyCodec, name, true);
  }
  return [...found.values()];
}

const offset = (struct: string, name: string): string => `offsetof(struct ${struct}, ${name})`;
const length = (struct: string, name: string): string => `sizeof(((struct ${struct} *)0)->${name})`;
const size = (struct: string): string => `sizeof(struct ${struct})`;
const fieldOf = (path: string): string => path.split(/[.[]/)[0] as string;

/** The parts of some outermost fields. */
function ofFields(parts: ReadonlyMap<string, Span>, fields: ReadonlySet<string>): Map<string, Span> {
  return new Map([...parts].filter(([path]) => fields.has(fieldOf(path))));
}

function readStructs(abi: Abi, options: readonly AnyOption[]): Struct[] {
  return structCodecs(abi, options).map((use) => {
    const all = spansOf(use.codec, abi);
    const parts = new Map([...all].filter(([path]) => !unaddressed.has(`${use.name}.${fieldOf(path)}`)));
    return { ...use, all, parts, fields: fieldsOf(parts) };
  });
}

/** Compares the outermost fields; gives those that these headers know. */
function compareFields(
  { name, codec, fields }: Struct,
  answers: ReadonlyMap<string, bigint>,
  layout: readonly Leaf[],
  result: StructComparison,
): Set<string> {
  const known = new Set<string>();
  for (const [field, span] of fields) {
    const { first, last } = span;
    const c = cNames(name, field).find((one) => answers.has(offset(name, one)));
    const at = c === undefined ? undefined : Number(answers.get(offset(name, c)));
    if (c === undefined || at === undefined) {
      // C has no address for bit fields: the layout tells of them.
      if (layout.some(({ path }) => cNames(name, field).includes(path))) {
        known.add(field);
        continue;
      }
      const there = fieldAt(span, layout);
      if (there === undefined) result.unknown.fields.push(`${name}.${field}`);
      else result.wrong.push(`the headers have no ${field}; in its bytes ${first} to ${last} they have ${there.path}`);
      continue;
    }
    result.checked.fields += 1;
    known.add(field);
    const end = at + Number(answers.get(length(name, c)));
    // Text and addresses need not depend on all of their bytes, but start with the first and stay within.
    const wholly = last === end - 1 || codec.variable || end - at > 8;
    const exact = first === at && wholly;
    const loose = end - at > 8 || oneOfMany.has(`${name}.${field}`);
    if (first < at || last >= end || !(exact || loose)) {
      result.wrong.push(`${field} lies in bytes ${first} to ${last}, the headers have ${c} in ${at} to ${end - 1}`);
    }
  }
  return known;
}

function compareOne(struct: Struct, answers: ReadonlyMap<string, bigint>, headers: Headers, abi: Abi) {
  const { name, codec, all, fields, parts } = struct;
  const result: StructComparison = {
    checked: { structs: 0, fields: 0, parts: 0 },
    wrong: [],
    unknown: { structs: [], fields: [] },
  };
  const theirs = answers.get(size(name));
  if (theirs === undefined) {
    result.unknown.structs.push(name);
    return result;
  }
  result.checked.structs += 1;
  const layout = headers.layouts?.get(name);
  const known = compareFields(struct, answers, layout ?? [], result);
  const ours = codec.size(abi);
  // A struct that has grown is longer here than in older headers, which do not know its last fields.
  const grown = BigInt(ours) > theirs && known.size < fields.size;
  if (!codec.variable && !grown && BigInt(ours) !== theirs) {
    result.wrong.push(`the codec has ${ours} bytes, the headers ${theirs}`);
  }
  if (layout !== undefined) {
    const { checked, wrong } = compareLayout(name, ofFields(parts, known), layout, Number(theirs));
    result.checked.parts += checked;
    result.wrong.push(...wrong);
    // A value that is no record has no parts: a time, an address.
    const whole = struct.query || all.size === 0;
    if (!whole) result.wrong.push(...unreadIn(name, [...all.values()], layout));
  }
  return result;
}

/** Compares every struct of some options with those of some headers. */
export function compareStructs(abi: Abi, headers: Headers, options: readonly AnyOption[]): StructComparison {
  const structs = readStructs(abi, options);
  const questions = structs.flatMap(({ name, fields }) => [
    size(name),
    ...[...fields.keys()].flatMap((field) => cNames(name, field).flatMap((c) => [offset(name, c), length(name, c)])),
  ]);
  const answers = headers.ask([...new Set(questions)]);
  const found = structs.map((struct) => ({ ...struct, ...compareOne(struct, answers, headers, abi) }));
  const once = (of: (one: (typeof found)[number]) => string[]): string[] => [...new Set(found.flatMap(of))];
  const users = new Map<string, Set<string>>();
  for (const { name, option, wrong } of found) {
    for (const what of wrong) {
      const key = `${name}\n${what}`;
      users.set(key, (users.get(key) ?? new Set()).add(option));
    }
  }
  const sum = (kind: keyof StructComparison['checked']): number =>
    found.reduce((total, { checked }) => total + checked[kind], 0);
  return {
    checked: {
      structs: new Set(found.filter(({ checked }) => checked.structs > 0).map(({ name }) => name)).size,
      fields: sum('fields'),
      parts: sum('parts'),
    },
    wrong: [...users].map(([key, names]) => {
      const [name, what] = key.split('\n');
      return `struct ${name} (${[...names].join(', ')}): ${what}`;
    }),
    unknown: { structs: once(({ unknown }) => unknown.structs), fields: once(({ unknown }) => unknown.fields) },
  };
}
