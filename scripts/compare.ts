// Compares the catalogue, the constants and the codecs with C headers, for the interface that a toolchain compiles for.
import { options } from '../src/catalog/index.ts';
import { onPlatform } from '../src/codec/abi.ts';
import * as constants from '../src/constants/index.ts';
import { levelNumber } from '../src/constants/levels.ts';
import { cNames, deliberate, oneOfMany, unaddressed } from './c-names.ts';
import { compareLayout } from './compare-layout.ts';
import { optionsOf } from './header-options.ts';
import { type Headers, readHeaders } from './headers.ts';
import { type AnyCodec, fieldsOf, type Span, spansOf } from './spans.ts';
import type { Toolchain } from './toolchain.ts';

/** What was compared, what differs, what these headers do not know, and what the catalogue lacks. */
export interface Comparison {
  checked: { options: number; levels: number; constants: number; structs: number; fields: number; parts: number };
  wrong: string[];
  unknown: { options: string[]; constants: string[]; structs: string[]; fields: string[] };
  /** Options of the headers by level, each with the header that has it. */
  inHeaders: ReadonlyMap<string, ReadonlyMap<string, string>>;
}

/** The struct codecs that options use, one for each C type. */
function structCodecs(): Map<string, AnyCodec> {
  const found = new Map<string, AnyCodec>();
  for (const { codec, input, declaration } of options) {
    if (declaration.on.linux === undefined) continue;
    for (const one of [codec, input, declaration.query as AnyCodec | undefined] as (AnyCodec | undefined)[]) {
      const name = /^struct (\w+)$/.exec(one?.ctype ?? '')?.[1];
      if (one && name && one.indirect === undefined && !found.has(name)) found.set(name, one);
    }
  }
  return found;
}

const offset = (struct: string, name: string): string => `offsetof(struct ${struct}, ${name})`;
const length = (struct: string, name: string): string => `sizeof(((struct ${struct} *)0)->${name})`;
const size = (struct: string): string => `sizeof(struct ${struct})`;

interface Struct {
  name: string;
  codec: AnyCodec;
  /** Of every part of the value, and of its outermost fields. */
  parts: ReadonlyMap<string, Span>;
  fields: ReadonlyMap<string, Span>;
}

const fieldOf = (path: string): string => path.split(/[.[]/)[0] as string;

/** The parts of some outermost fields. */
function ofFields(parts: ReadonlyMap<string, Span>, fields: ReadonlySet<string>): Map<string, Span> {
  return new Map([...parts].filter(([path]) => fields.has(fieldOf(path))));
}

function readStructs(toolchain: Toolchain): Struct[] {
  return [...structCodecs()].map(([name, codec]) => {
    const parts = new Map(
      [...spansOf(codec, toolchain.abi)].filter(([path]) => !unaddressed.has(`${name}.${fieldOf(path)}`)),
    );
    return { name, codec, parts, fields: fieldsOf(parts) };
  });
}

/** Compares the outermost fields; gives those that these headers know. */
function compareFields(
  { name, codec, fields }: Struct,
  answers: ReadonlyMap<string, bigint>,
  result: Comparison,
): Set<string> {
  const known = new Set<string>();
  for (const [field, { first, last }] of fields) {
    const c = cNames(name, field).find((one) => answers.has(offset(name, one)));
    const at = c === undefined ? undefined : Number(answers.get(offset(name, c)));
    if (c === undefined || at === undefined) {
      result.unknown.fields.push(`${name}.${field}`);
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
      result.wrong.push(
        `struct ${name}: ${field} lies in bytes ${first} to ${last}, the headers have ${c} in ${at} to ${end - 1}`,
      );
    }
  }
  return known;
}

function compareStructs(toolchain: Toolchain, headers: Headers, result: Comparison): void {
  const structs = readStructs(toolchain);
  const questions = structs.flatMap(({ name, fields }) => [
    size(name),
    ...[...fields.keys()].flatMap((field) => cNames(name, field).flatMap((c) => [offset(name, c), length(name, c)])),
  ]);
  const answers = headers.ask([...new Set(questions)]);
  for (const struct of structs) {
    const { name, codec, parts } = struct;
    const theirs = answers.get(size(name));
    if (theirs === undefined) {
      result.unknown.structs.push(name);
      continue;
    }
    result.checked.structs += 1;
    const known = compareFields(struct, answers, result);
    const ours = codec.size(toolchain.abi);
    // A struct that has grown is longer here than in older headers, which do not know its last fields.
    const grown = BigInt(ours) > theirs && known.size < struct.fields.size;
    if (!codec.variable && !grown && BigInt(ours) !== theirs) {
      result.wrong.push(`struct ${name}: the codec has ${ours} bytes, the headers ${theirs}`);
    }
    const layout = headers.layouts?.get(name);
    if (layout === undefined) continue;
    const { checked, wrong } = compareLayout(name, ofFields(parts, known), layout, Number(theirs));
    result.checked.parts += checked;
    result.wrong.push(...wrong);
  }
}

function compareNumbers({ abi }: Toolchain, headers: Headers, result: Comparison): void {
  const here = options.flatMap((option) => {
    const number = onPlatform(option.declaration.on, abi);
    return number === undefined ? [] : [{ option, number }];
  });
  const values = Object.entries(constants).filter((entry): entry is [string, number] => typeof entry[1] === 'number');
  const levels = [...new Set(here.map(({ option }) => option.level))];
  const answers = headers.ask([
    ...new Set([...here.map(({ option }) => option.name), ...levels, ...values.map(([name]) => name)]),
  ]);
  const compare = (kind: 'options' | 'levels' | 'constants', name: string, ours: number): void => {
    const theirs = answers.get(name);
    if (theirs === undefined) {
      if (kind !== 'levels') result.unknown[kind].push(name);
      return;
    }
    result.checked[kind] += 1;
    if (BigInt.asIntN(32, theirs) !== BigInt.asIntN(32, BigInt(ours))) {
      result.wrong.push(`${name} is ${ours} here, ${theirs} in the headers`);
    }
  };
  for (const { option, number } of here) compare('options', option.name, number);
  for (const level of levels) compare('levels', level, levelNumber(level, abi) ?? -1);
  for (const [name, value] of values) if (!(name in deliberate)) compare('constants', name, value);
}

/** Compares everything with the headers that a toolchain has. */
export function compareWithHeaders(toolchain: Toolchain): Comparison {
  const headers = readHeaders(toolchain);
  const result: Comparison = {
    checked: { options: 0, levels: 0, constants: 0, structs: 0, fields: 0, parts: 0 },
    wrong: [],
    unknown: { options: [], constants: [], structs: [], fields: [] },
    inHeaders: optionsOf(headers.names),
  };
  compareNumbers(toolchain, headers, result);
  compareStructs(toolchain, headers, result);
  const known = new Set(options.map(({ name }) => name));
  for (const [level, found] of result.inHeaders) {
    for (const [name, header] of found) {
      if (!known.has(name)) result.wrong.push(`${level} ${name} (${header}) is not in the catalogue`);
    }
  }
  return result;
}
