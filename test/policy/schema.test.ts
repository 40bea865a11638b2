// The JSON schema of policy files: up to date, and of one mind with the parser, for every option.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { policySchema } from '../../scripts/gen-schema.ts';
import { options } from '../../src/index.ts';
import { checkPolicy } from '../../src/policy/index.ts';
import { root } from '../compiled.ts';

const shipped = JSON.parse(readFileSync(join(root, 'schema/sockctl.schema.json'), 'utf8')) as object;
const validate = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true }).compile(shipped);

/** What both say of a file. */
function opinions(policy: unknown): { schema: boolean; parser: boolean; why: unknown } {
  const { mistakes } = checkPolicy(JSON.stringify(policy));
  const schema = validate(policy);
  return { schema, parser: mistakes.length === 0, why: { mistakes, errors: validate.errors?.slice(0, 3) } };
}

const both = (policy: unknown, good: boolean): void => {
  const { why, ...found } = opinions(policy);
  expect(found, JSON.stringify({ policy, why })).toEqual({ schema: good, parser: good });
};
const setting = (name: string, value: unknown): object => ({ rules: [{ options: { [name]: value } }] });
const usable = options.filter(({ access }) => access === 'rw' || access === 'wo');

test('it is up to date: npm run schema', () => {
  expect(JSON.parse(JSON.stringify(policySchema()))).toEqual(shipped);
});

describe('files', () => {
  test.each([
    { rules: [] },
    { $schema: './node_modules/sockctl/schema/sockctl.schema.json', comment: 'why', match: 'first', rules: [] },
    { rules: [{ name: 'x', comment: 'y', match: {}, options: {}, enforce: true }] },
    ...[
      { side: 'client' },
      { side: ['server', 'accepted'], protocol: ['tcp', 'mptcp'] },
      { local: 80, remote: [443, ':8000-8999', '!10.0.0.0/8', '!:22'] },
      {
        remote: [
          '::1',
          '2001:db8::/32',
          '[::1]:80',
          '[::]',
          '::ffff:10.0.0.1',
          '!::',
          '10.0.0.7:1-2',
          '[10.0.0.0/8]:1',
        ],
      },
      { path: ['/run/**', '!@x*'], program: '*.js' },
      { host: '!*.internal' },
    ].map((match) => ({ rules: [{ match, options: {} }] })),
  ])('good: %j', (policy) => both(policy, true));

  test.each([
    {},
    [],
    null,
    { rules: {} },
    { rules: [{}] },
    { rules: [null] },
    { rules: [], match: 'any' },
    { rules: [], extra: 1 },
    { rules: [{ options: [] }] },
    { rules: [{ options: {}, enforce: 1 }] },
    { rules: [{ options: {}, name: ' ' }] },
    { rules: [{ options: {}, when: {} }] },
    setting('TCP_NODELAI', true),
    setting('tcp_nodelay', true),
    setting('TCP_INFO', 1),
    ...[
      { port: 80 },
      { side: [] },
      { side: 'Client' },
      { protocol: 'sctp' },
      { remote: '443' },
      { remote: '*:443' },
      { remote: 'localhost' },
      { remote: 'localhost:80' },
      { remote: '' },
      { remote: '!' },
      { remote: ':' },
      { remote: 0 },
      { remote: 65_536 },
      { remote: 1.5 },
      { remote: '10.0.0' },
      { remote: '10.0.0.0/8:' },
      { remote: '[::1' },
      { remote: 'fe80::1%eth0' },
      { path: '' },
      { path: '!' },
      { host: [] },
      { host: 5 },
    ].map((match) => ({ rules: [{ match, options: {} }] })),
  ])('bad: %j', (policy) => both(policy, false));
});

describe('every option', () => {
  const inJson = (value: unknown): boolean => {
    const whole = JSON.stringify(value, (_key, part) =>
      typeof part === 'bigint' || ArrayBuffer.isView(part) ? '\u0000' : part,
    );
    return whole !== undefined && !whole.includes('\\u0000');
  };

  test.each(usable.map((option) => ({ option, name: option.name })))(
    '$name: its sample and its texts',
    ({ option, name }) => {
      const { input, codec, declaration } = option;
      const sample = declaration.sample === undefined ? declaration.example : declaration.sample;
      if (sample !== undefined && inJson(sample)) both(setting(name, sample), true);
      // The text of a sample, where a set takes what a read gives.
      if (sample !== undefined && sample !== null && input === codec) {
        const text = codec.format(codec.decode(input.encode(sample as never)) as never);
        both(setting(name, text), true);
      }
      // A struct's names are the values of its fields.
      const names = input.ctype.startsWith('struct ') ? [] : Object.keys(input.names ?? {});
      for (const word of [...names, ...Object.keys(input.words ?? {})]) both(setting(name, word), true);
      for (const wrong of [[[[]]], { no_such_field: 1 }]) expect(opinions(setting(name, wrong)).parser).toBe(false);
    },
  );

  test('numbers, switches and null are judged alike', () => {
    const edges = [
      0,
      1,
      -1,
      2,
      0.5,
      255,
      256,
      65_535,
      65_536,
      2 ** 31 - 1,
      2 ** 31,
      -(2 ** 31),
      -(2 ** 31) - 1,
      2 ** 32 - 1,
      2 ** 32,
      2 ** 53,
      1e300,
    ];
    const limits = usable.flatMap(({ input: { min, max } }) => [min, max]).filter((limit) => limit !== undefined);
    const value = fc.oneof(
      fc.constantFrom<unknown>(
        ...edges,
        ...limits.flatMap((limit) => [limit - 1, limit, limit + 1]),
        true,
        false,
        null,
      ),
      fc.integer(),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
    );
    fc.assert(
      fc.property(fc.constantFrom(...usable), value, ({ name }, found) => {
        const { schema, parser, why } = opinions(setting(name, found));
        expect(schema, JSON.stringify({ name, found, why })).toBe(parser);
      }),
      { numRuns: 5000 },
    );
  });

  test('texts of numbers: what the schema takes the parser takes, the limits apart', () => {
    const unit = fc.constantFrom('', 'B', 'KiB', 'kB', 'MB/s', 's', 'ms', 'us', 'min', 'h', 'KB', 'sec', 'm');
    const text = fc
      .tuple(fc.constantFrom('0x', '0b', '+', '-', ''), fc.nat(2000), fc.constantFrom('', ' '), unit)
      .map((parts) => parts.join(''));
    const numbers = usable.filter(({ input }) => input.min !== undefined);
    fc.assert(
      fc.property(fc.constantFrom(...numbers), text, ({ name, input: { min = 0, max = Infinity } }, found) => {
        const { schema, parser, why } = opinions(setting(name, found));
        if (parser) expect(schema, JSON.stringify({ name, found, why })).toBe(true);
        const amount = Number(found);
        if (schema && amount >= min && amount <= max) expect(parser, JSON.stringify({ name, found, why })).toBe(true);
      }),
      { numRuns: 5000 },
    );
  });
});

test('a text that the parser takes is not marked in an editor', () => {
  const texts = [
    'true',
    'false',
    'yes',
    'no',
    'enable',
    'disabled',
    'on',
    'off',
    '0',
    '1',
    '-1',
    '0x10',
    'none',
    '5s',
    'do',
    'ef',
    'EF',
  ];
  for (const { name } of usable) {
    for (const text of texts) {
      const { schema, parser, why } = opinions(setting(name, text));
      if (parser) expect(schema, JSON.stringify({ name, text, why })).toBe(true);
    }
  }
});

test('the policies of the guide are good ones', () => {
  const guide = readFileSync(join(root, 'docs/policy.md'), 'utf8');
  const blocks = [...guide.matchAll(/^```json\n([\s\S]*?)^```$/gm)].map(
    ([, text]) => JSON.parse(text as string) as unknown,
  );
  expect(blocks.length).toBeGreaterThan(3);
  for (const policy of blocks) both(policy, true);
});
