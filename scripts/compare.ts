// Compares the catalogue, the constants and the codecs with C headers, for the interface that a toolchain compiles for.
import { options as catalogue } from '../src/catalog/index.ts';
import { onPlatform } from '../src/codec/abi.ts';
import * as constants from '../src/constants/index.ts';
import { levelNumber } from '../src/constants/levels.ts';
import type { AnyOption } from '../src/option.ts';
import { deliberate } from './c-names.ts';
import { compareStructs } from './compare-structs.ts';
import { optionsOf } from './header-options.ts';
import { type Headers, readHeaders } from './headers.ts';
import type { Toolchain } from './toolchain.ts';

/** What was compared, what differs, what these headers do not know, and what the catalogue lacks. */
export interface Comparison {
  checked: { options: number; levels: number; constants: number; structs: number; fields: number; parts: number };
  wrong: string[];
  /** Of what is wrong, the options of the headers that the catalogue does not have. */
  lacking: string[];
  unknown: { options: string[]; constants: string[]; structs: string[]; fields: string[] };
  /** Options of the headers by level, each with the header that has it. */
  inHeaders: ReadonlyMap<string, ReadonlyMap<string, string>>;
}

function compareNumbers(options: readonly AnyOption[], { abi }: Toolchain, headers: Headers, result: Comparison): void {
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

/** Compares everything with the headers that a toolchain has; `options` are those of the catalogue, unless a test has others. */
export function compareWithHeaders(toolchain: Toolchain, options: readonly AnyOption[] = catalogue): Comparison {
  const headers = readHeaders(toolchain);
  const result: Comparison = {
    checked: { options: 0, levels: 0, constants: 0, structs: 0, fields: 0, parts: 0 },
    wrong: [],
    lacking: [],
    unknown: { options: [], constants: [], structs: [], fields: [] },
    inHeaders: optionsOf(headers.names, toolchain.includeDirs),
  };
  compareNumbers(options, toolchain, headers, result);
  const structs = compareStructs(toolchain.abi, headers, options);
  Object.assign(result.checked, structs.checked);
  Object.assign(result.unknown, structs.unknown);
  result.wrong.push(...structs.wrong);
  const known = new Map(options.map((option) => [option.name, option]));
  for (const [level, found] of result.inHeaders) {
    for (const [name, header] of found) {
      const option = known.get(name);
      if (option === undefined) {
        result.lacking.push(name);
        result.wrong.push(`${level} ${name} (${header}) is not in the catalogue`);
      } else if (!(option.levels as readonly string[]).includes(level)) {
        result.wrong.push(`${name} is at ${option.levels.join(' and ')} here, at ${level} in ${header}`);
      }
    }
  }
  return result;
}
