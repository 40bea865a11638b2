// What every declaration must have, whatever option it is of: a skeleton of `npm run new-option` fails here until it is filled in.
import { expect, it } from 'vitest';
import { catalogFiles } from '../../scripts/catalog-file.ts';
import { type AnyOption, options } from '../../src/index.ts';

const names = new Set(options.map(({ name }) => name));
const faults = (fault: (option: AnyOption) => unknown): unknown[] =>
  options.map((option) => [option.name, fault(option)]).filter(([, what]) => what !== undefined && what !== false);

/** The texts of a declaration; values and codecs are none. */
function textsOf({ declaration }: AnyOption): string[] {
  const { summary, notes = [], since = '', man = '', why = '', late = '', instead = '' } = declaration;
  return [summary, since, man, why, late, instead, ...notes];
}

it('nothing is left to do', () => {
  expect(faults((option) => textsOf(option).find((text) => /\bTODO\b/.test(text)))).toEqual([]);
});

it('the summary is a sentence', () => {
  expect(faults(({ declaration: { summary } }) => !/^["A-Z0-9][\s\S]+\.$/.test(summary) && summary)).toEqual([]);
});

it('the version that brought it is one', () => {
  expect(faults(({ declaration: { since } }) => since && !/^\d+\.\d+(\.\d+)?$/.test(since) && since)).toEqual([]);
});

it('what to see is there', () => {
  expect(faults(({ declaration: { see } }) => see?.find((name) => !names.has(name)))).toEqual([]);
});

it('files that say so are sorted by C name; other names stand after their option', () => {
  for (const { path, text, entries } of catalogFiles('.')) {
    if (!/^\/\/ [^\n]*sorted by C name/.test(text)) continue;
    const own = entries.filter(({ of }) => of === undefined).map(({ name }) => name);
    expect([path, own]).toEqual([path, [...own].sort()]);
  }
});
