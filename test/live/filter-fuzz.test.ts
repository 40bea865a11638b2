// Random filters: nothing but ERR_FILTER is thrown, a filter's text is stable, and the logic is Kleene's.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { options, SockctlError } from '../../src/index.ts';
import { fields } from '../../src/live/filter/fields.ts';
import { parseFilter, type Subject } from '../../src/live/filter/index.ts';

const read = (text: string): string => String(parseFilter(text));

const words = [
  ...[
    'and',
    'or',
    'not',
    'in',
    'has',
    '(',
    ')',
    ',',
    '=',
    '!=',
    '<',
    '<=',
    '>',
    '>=',
    '~',
    '!~',
    '&&',
    '||',
    '!',
    '==',
  ],
  ...[
    'port',
    'local',
    'remote',
    'state',
    'process',
    'rtt',
    'info.options',
    'path',
    'SO_LINGER',
    'SO_LINGER.on',
    'user',
  ],
  ...['SO_KEEPALIVE', 'TCP_KEEPIDLE', 'TCP_CONGESTION', 'SO_TIMESTAMPING', 'SO_RCVTIMEO', 'IP_TTL', 'side', 'proto'],
  ...[
    '443',
    '80-90',
    '5s',
    '1ms',
    'ms',
    'on',
    'off',
    'tcp',
    'listen',
    '10.0.0.0/8',
    '::1',
    '[::1]:80',
    '/run/*',
    '"a b"',
  ],
  ...["'*'", '"', "'", '\\', '0x10', '-1', '1.5', 'none', '5s,x', 'root', '*', '**', '&', '|', '\u0000', 'é', '\ud800'],
];

describe('nothing but ERR_FILTER is thrown, and what is read stays', () => {
  const check = (text: string): void => {
    let filter: string;
    try {
      filter = read(text);
    } catch (error) {
      if (!(error instanceof SockctlError)) throw error;
      expect(error.code).toBe('ERR_FILTER');
      return;
    }
    expect(read(filter)).toBe(filter);
  };

  test('for words in any order', () => {
    const soup = fc.array(fc.tuple(fc.constantFrom(...words), fc.constantFrom(' ', '', '\n')), { maxLength: 12 });
    fc.assert(
      fc.property(soup, (parts) => check(parts.flat().join(''))),
      { numRuns: 5000 },
    );
  });

  test('for any option and field with any value', () => {
    const names = fc.constantFrom(...options.map(({ name }) => name), ...fields.map(({ name }) => name));
    const value = fc.oneof(
      fc.constantFrom(...words),
      fc.string(),
      fc.string({ unit: 'binary' }),
      fc.integer().map(String),
    );
    const operator = fc.constantFrom('=', '!=', '<', '>=', '~', '!~', '');
    const quote = (text: string): string => JSON.stringify(text);
    fc.assert(
      fc.property(names, operator, value, fc.boolean(), (name, sign, text, inQuotes) =>
        check(`${name} ${sign} ${inQuotes ? quote(text) : text}`),
      ),
      { numRuns: 3000 },
    );
  });

  test('for any text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), check), { numRuns: 500 });
  });
});

describe('random expressions', () => {
  type Tree = { op: 'and' | 'or'; of: Tree[] } | { op: 'not'; of: Tree } | { op: 'atom'; at: number };
  // Of different costs, so that their order is changed: a field, an owner's, an option.
  const atoms = ['proto = tcp', 'pid = 1', 'SO_KEEPALIVE = on', 'rtt > 5', 'TCP_NODELAY = on'];
  const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 5, withCrossShrink: true },
      fc.record({ op: fc.constant('atom' as const), at: fc.nat({ max: atoms.length - 1 }) }),
      fc.record({
        op: fc.constantFrom('and' as const, 'or' as const),
        of: fc.array(tie('tree'), { minLength: 1, maxLength: 4 }),
      }),
      fc.record({ op: fc.constant('not' as const), of: tie('tree') }),
    ),
  }));

  const write = (node: Tree): string => {
    if (node.op === 'atom') return atoms[node.at] as string;
    if (node.op === 'not') return `not (${write(node.of)})`;
    return `(${node.of.map(write).join(` ${node.op} `)})`;
  };

  /** Kleene's: false < unknown < true; `and` is the least, `or` the greatest. */
  const rank = (node: Tree, known: readonly number[]): number => {
    if (node.op === 'atom') return known[node.at] as number;
    if (node.op === 'not') return 2 - rank(node.of, known);
    const ranks = node.of.map((one) => rank(one, known));
    return node.op === 'and' ? Math.min(...ranks) : Math.max(...ranks);
  };

  test('are evaluated as three-valued logic has it, whatever the order, and so is their text', () => {
    const values = fc.tuple(...atoms.map(() => fc.constantFrom(0, 1, 2)));
    fc.assert(
      fc.property(tree, values, (node, known) => {
        const pick = <T>(at: number, no: T, yes: T): T | undefined => [no, undefined, yes][known[at] as number];
        const subject: Subject = {
          field: (name) =>
            name === 'proto' ? pick(0, 'udp', 'tcp') : name === 'pid' ? pick(1, [2, 3], [3, 1]) : pick(3, 5, 6),
          option: ({ name }) => pick(name === 'SO_KEEPALIVE' ? 2 : 4, false, true),
        };
        const filter = parseFilter(write(node));
        const verdict = [false, undefined, true][rank(node, known)];
        expect(filter.holds(subject)).toBe(verdict);
        expect(parseFilter(String(filter)).holds(subject)).toBe(verdict);
      }),
      { numRuns: 3000 },
    );
  });
});
