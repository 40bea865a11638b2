// docs/filter.md names every field of the filter language with its unit, and its examples can be read.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { fields } from '../../src/live/filter/fields.ts';
import { parseFilter } from '../../src/live/filter/index.ts';

const page = readFileSync(new URL('../../docs/filter.md', import.meta.url), 'utf8');
/** The words in backquotes of the first cell, and the text of the second. */
const rows = [...page.matchAll(/^\| (.*?) \|(.*?)\|/gm)].map(([, first = '', second = '']) => ({
  first,
  second: second.trim(),
}));
const wordsOf = (text: string): string[] => [...text.matchAll(/`([^`]+)`/g)].map(([, word]) => word as string);

describe('docs/filter.md', () => {
  test('has every field with its unit', () => {
    for (const { name, aliases = [], type, unit, source } of fields) {
      const short = name.replace(/^info\./, '');
      if (source === 'info') {
        const [row] = rows.filter(({ second }) => wordsOf(second).some((word) => word === name || word === short));
        const kinds: Record<string, string> = {
          enum: 'a name',
          flags: 'flags',
          bool: 'on or off',
          number: unit ?? 'none',
        };
        expect(row?.first, name).toBe(kinds[type]);
      } else if (source === 'memory') expect(page, name).toContain(`\`${name}\``);
      else {
        const row = rows.find(({ first }) => wordsOf(first)[0] === name);
        expect(row?.second, name).toBe(unit ?? '');
        for (const alias of aliases.filter((word) => word !== 'protocol'))
          expect(wordsOf(row?.first ?? '')).toContain(alias);
      }
    }
  });

  test('has examples that can be read', () => {
    const block = /```\n([\s\S]*?)```/.exec(page)?.[1]?.trim().split('\n') ?? [];
    const compared = rows.map(({ first }) => wordsOf(first)).filter((words) => / /.test(words[0] ?? ''));
    const examples = [...block, ...compared.flat().filter((text) => text.includes(' '))];
    expect(examples.length).toBeGreaterThan(12);
    for (const text of examples)
      expect(() => parseFilter(/^(local|remote) port$/.test(text) ? `${text} 1` : text), text).not.toThrow();
  });
});
