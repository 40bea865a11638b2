// The JSON of policy files: the same values as JSON.parse gives, the place of every mistake, and nothing thrown.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type JsonNode, placesIn, readJson } from '../../src/policy/json.ts';

function read(text: string): { root: JsonNode | undefined; complaints: string[] } {
  const complaints: string[] = [];
  const root = readJson(text, (at, path, message) => {
    const { line, column } = placesIn(text)(at);
    complaints.push(`${line}:${column} ${path}: ${message}`);
  });
  return { root, complaints };
}

const fromNative = (text: string): { value: unknown } | undefined => {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
};

/** Whether it is JSON to us as to JSON.parse, with the same value. Keys that are there twice are our own complaint. */
function agrees(text: string): void {
  const { root, complaints } = read(text);
  const native = fromNative(text);
  const own = complaints.filter((one) => !one.endsWith('is there twice; the first one would be lost'));
  expect(own.length === 0, `${JSON.stringify(text)}: ${own}`).toBe(native !== undefined);
  if (native) expect(root?.value).toEqual(native.value);
}

describe('agrees with JSON.parse', () => {
  test('on JSON', () => {
    fc.assert(
      fc.property(fc.json(), fc.constantFrom(0, 1, '\t'), (text, space) =>
        agrees(JSON.stringify(JSON.parse(text), null, space)),
      ),
    );
  });

  test('on JSON with a few signs changed', () => {
    const signs = [...'{}[],:"\'\\/#0123456789.-+eE\n\t tfn\u00e9', '\u2028', '\ud800', '//', '/*', '*/', '""', '\\u'];
    const edits = fc.array(fc.tuple(fc.nat(), fc.nat(2), fc.constantFrom(...signs)), { maxLength: 3 });
    const edited = fc.tuple(fc.json({ maxDepth: 3 }), edits).map(([text, changes]) =>
      changes.reduce((whole, [at, cut, sign]) => {
        const where = at % (whole.length + 1);
        return whole.slice(0, where) + sign + whole.slice(where + cut);
      }, text),
    );
    fc.assert(fc.property(edited, agrees), { numRuns: 3000 });
  });

  test.each([
    '-0',
    '1e999',
    '-1.5E-3',
    '01',
    '1.',
    '.5',
    '+1',
    '0x1',
    '1e',
    '"\\ud800"',
    '"\\u12g4"',
    '{"__proto__": {"a": 1}}',
    'NaN',
    'tru',
    ' ',
  ])('on %s', (text) => agrees(text));
});

describe('mistakes', () => {
  test.each([
    ['', ['1:1 : the file is empty; the smallest policy is { "rules": [] }']],
    [
      '{"a": 1,\n  // why\n  "b": 2}',
      ['2:3 : plain JSON has no comments. Use the key "comment", which the policy and each rule may have'],
    ],
    [
      '{"a": [1, 2,],\n}',
      [
        '1:12 a: a comma in front of ]: plain JSON has no trailing commas',
        '1:14 : a comma in front of }: plain JSON has no trailing commas',
      ],
    ],
    ['{"a": 1, "a": 2}', ['1:10 a: is there twice; the first one would be lost']],
    ["{'a': 1}", ['1:2 : expects a key in double quotes, got "\'"']],
    ['{"a": \'x\'}', ['1:7 a: a text has double quotes in JSON, not single ones']],
    ['{a: 1}', ['1:2 : expects a key in double quotes, got "a"']],
    ['{"a b": yes}', ['1:9 ["a b"]: expects a value, got "yes". A text has double quotes, a number is decimal']],
    ['{"a": [1 2]}', ['1:10 a: expects a comma or ], got "2"']],
    ['{"a": "x\ny"}', ['1:9 a: a line break, tab or control character inside a text: write \\n, \\t, \\u0000']],
    ['{"a": "x', ['1:7 a: a text that has no closing quote']],
    ['{"a"', ['1:5 a: expects a colon and a value, got the end of the file']],
    ['{} {}', ['1:4 : expects the end of the file, got "{"']],
  ])('%j', (text, expected) => {
    expect(read(text).complaints).toEqual(expected);
  });

  test('a byte order mark is no mistake', () => {
    expect(read('\ufeff{"a": 1}')).toMatchObject({ root: { value: { a: 1 } }, complaints: [] });
  });

  test('a hundred thousand brackets do not exhaust the stack', () => {
    expect(read('['.repeat(100_000)).complaints).toEqual([expect.stringContaining('more than 64 brackets')]);
    expect(read('{"a":'.repeat(100_000)).complaints).toEqual([expect.stringContaining('more than 64 brackets')]);
  });

  test('a key of any length leaves the path readable', () => {
    const [complaint] = read(`{"${'x'.repeat(10_000)}" 1}`).complaints;
    expect(complaint).toContain('expects a colon');
    expect(complaint?.length).toBeLessThan(200);
  });

  test('every value knows its path and its place', () => {
    const text = '{\n "rules": [\n  { "options": { "TCP_NODELAY": true } }\n ]\n}';
    const { root } = read(text);
    const value = root?.members?.[0]?.node.items?.[0]?.members?.[0]?.node.members?.[0]?.node as JsonNode;
    expect({ path: value.path, ...placesIn(text)(value.at) }).toEqual({
      path: 'rules[0].options.TCP_NODELAY',
      line: 3,
      column: 33,
    });
  });
});
