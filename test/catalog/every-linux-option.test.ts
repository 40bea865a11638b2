// Every option name of Linux's headers is in the catalogue, at its level and with its number.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { options } from '../../src/catalog/index.ts';
import type { AnyOption } from '../../src/option.ts';

const [, ...rows] = readFileSync(new URL('linux-options.tsv', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => line.split('\t') as [level: string, name: string, number: string]);

const byName = new Map<string, AnyOption>(options.map((option) => [option.name, option]));
const levels = [...new Set(rows.map(([level]) => level))];
const byLevel = levels.map((level) => [level, rows.filter(([one]) => one === level)] as const);

it('reads the list', () => {
  expect(rows.length).toBeGreaterThan(650);
  expect(levels.length).toBe(45);
});

describe.each(byLevel)('%s', (level, ofLevel) => {
  it('has every name', () => {
    expect(ofLevel.filter(([, name]) => !byName.has(name)).map(([, name]) => name)).toEqual([]);
  });

  it('has every name at this level, with its number', () => {
    const found = ofLevel.flatMap(([, name, number]) => {
      const option = byName.get(name);
      if (!option) return [];
      const there = (option.levels as readonly string[]).includes(level);
      return there && option.declaration.on.linux === Number(number)
        ? []
        : [`${name}: ${number}, not ${option.declaration.on.linux} at ${option.levels}`];
    });
    expect(found).toEqual([]);
  });
});
