// The filter language: what is read as what, what is refused and where, and that nothing else is ever thrown.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { options, SockctlError } from '../../src/index.ts';
import { fields } from '../../src/live/filter/fields.ts';
import { parseFilter, type Subject } from '../../src/live/filter/index.ts';
import { errorOf } from '../helpers.ts';

const read = (text: string): string => String(parseFilter(text));

describe('what is written in several ways is one', () => {
  test.each([
    ['SO_KEEPALIVE=off and remote port 5432', 'SO_KEEPALIVE = off and remote.port = 5432'],
    ['so_keepalive == OFF AND dport :5432', 'SO_KEEPALIVE = OFF and remote.port = :5432'],
    ['SOL_SOCKET.SO_LINGER.ON = on', 'SO_LINGER.on = on'],
    ['state in (established, close-wait)', 'state = established, close-wait'],
    ['state not in (listen)', 'state != listen'],
    ['port 80,443 || !(proto udp && has pid)', 'port = 80, 443 or not (proto = udp and has pid)'],
    ['((port 80))', 'port = 80'],
    ['port 1 and (port 2 and port 3)', 'port = 1 and port = 2 and port = 3'],
    ['port 1 and port 2 or port 3', 'port = 1 and port = 2 or port = 3'],
    ['port 1 and (port 2 or port 3)', 'port = 1 and (port = 2 or port = 3)'],
    ['rtt > 100 ms', 'info.rtt > 100ms'],
    ['TCP_INFO.rtt>0.1s', 'info.rtt > 0.1s'],
    ['state estab', 'state = estab'],
    ['info.state established', 'info.state = established'],
    ['memory.drops>0', 'memory.drops > 0'],
    ["process 'a \\'b\\''", `process = "a 'b'"`],
    ['process "and"', 'process = "and"'],
    ['process "x*"', 'process = "x*"'],
    ['process x*', 'process = x*'],
    ['process "\\x1b[2J"', 'process = "\\x1b[2J"'],
    ['process !~ x*', 'process !~ x*'],
    [
      'SO_TIMESTAMPING=SOFTWARE|RX_SOFTWARE'.replaceAll(/\b(SOFT|RX)/g, 'SOF_TIMESTAMPING_$1'),
      /^SO_TIMESTAMPING = S.*\|S/,
    ],
    ['remote [2001:db8::/32]:443', 'remote = [2001:db8::/32]:443'],
  ])('%s', (text, canonical) => {
    if (typeof canonical === 'string') expect(read(text)).toBe(canonical);
    else expect(read(text)).toMatch(canonical);
    expect(read(read(text))).toBe(read(text));
  });

  test('every field is known by its name, in any case, and TCP_INFO by both forms', () => {
    for (const { name, aliases = [] } of fields) {
      for (const word of [name, name.toUpperCase(), ...aliases]) expect(read(`has ${word}`), word).toBe(`has ${name}`);
    }
    expect(read('has rtt')).toBe('has info.rtt');
    expect(new Set(fields.flatMap(({ name, aliases = [] }) => [name, ...aliases])).size).toBe(
      fields.flatMap(({ aliases = [] }) => [0, ...aliases]).length,
    );
  });

  test('every option that can be read without harm can be asked for, and compared with its own text', () => {
    for (const option of options) {
      const { declaration, access, name } = option;
      if (option.number < 0 || access === 'wo' || access === 'none') continue;
      if (declaration.query || declaration.sideEffect || declaration.secret) continue;
      const codec = option.codec as unknown as { decode(bytes: Uint8Array): unknown; format(value: unknown): string };
      const value = declaration.reads ?? declaration.sample;
      if (value === undefined) continue;
      const bytes = (option.input as unknown as { encode(value: unknown): Uint8Array }).encode(value);
      const seen = codec.decode(bytes);
      const subject: Subject = { field: () => undefined, option: () => seen };
      expect(parseFilter(`${name} = ${JSON.stringify(codec.format(seen))}`).holds(subject), name).toBe(true);
    }
  });
});

describe('what is wrong is said with its place', () => {
  test.each([
    ['', 1, 'it is empty'],
    ['   ', 1, 'it is empty'],
    ['port', 5, 'expected an operator or a value behind port, found its end. Write port=VALUE, or has port'],
    ['SO_KEEPALIVE and port 1', 14, 'Write SO_KEEPALIVE=VALUE, or has SO_KEEPALIVE'],
    ['port 70000', 6, 'expected a number from 0 to 65535, found "70000"'],
    ['port -1', 6, 'expected a number from 0 to 65535, found "-1"'],
    ['port 9-8', 6, 'Did you mean 8-9?'],
    ['port 80 443', 9, 'expected and, or, or the end, found "443"'],
    ['rtt > 5 parsecs', 7, 'expected a number, alone (us) or with us, ms, s, min, h, found "5parsecs"'],
    ['rtt > 5MS', 7, 'Did you mean 5ms?'],
    ['rtt > 99999999999999999999999', 7, 'up to 18446744073709551615'],
    ['total_retrans > 1s', 17, 'a number without a unit'],
    ['rt > 5', 1, 'Did you mean rto?'],
    ['drops > 0', 1, 'Did you mean memory.drops?'],
    ['SO_KEEPALIV=on', 1, 'Did you mean SO_KEEPALIVE?'],
    ['SO_KEEPALIVE=maybe', 14, 'expected on or off'],
    ['SO_KEEPALIVE > off', 14, 'the values of SO_KEEPALIVE have no order'],
    ['state foo', 7, 'expected one of established, '],
    ['proto tpc', 7, 'Did you mean tcp?'],
    ['local ~ 10.*', 7, 'local takes no pattern'],
    ['recvq > 1, 2', 10, '> takes one value, not a list'],
    ['user nobody-is-called-so', 6, 'a user of this machine'],
    ['remote example.com:80', 8, 'Names are not looked up'],
    ['remote 443', 8, 'Did you mean ":443"?'],
    ['remote 10.0.0.1/8', 8, 'Did you mean "10.0.0.0/8" or "10.0.0.1"?'],
    ['SO_LINGER.onn=on', 1, 'a field of SO_LINGER (on, seconds)'],
    ['TCP_NODELAY.on=on', 1, 'TCP_NODELAY alone'],
    ['TCP_INFO = 3', 12, 'Write TCP_INFO.state=VALUE'],
    ['SO_ERROR != 0', 1, 'reading SO_ERROR changes the socket'],
    ['TCP_MD5SIG = 1', 1, 'TCP_MD5SIG can only be set'],
    ['TCP_FASTOPEN_KEY = 00', 1, 'TCP_FASTOPEN_KEY is a secret'],
    ['TCP_KEEPIDLE = 0', 16, 'an integer from 1 to 32767'],
    ['((port 3)', 10, 'the ) of the ( at 1'],
    ['port 3)', 7, 'found ")"'],
    ['process=a=b', 10, 'stands in quotes'],
    ["process 'a", 9, "the ' is not closed"],
    ['"port" = 3', 1, 'expected a field or an option'],
    ['not', 4, 'expected a field or an option, found its end'],
    ['proto tcp and', 14, 'found its end'],
    ['process or', 9, 'behind process, found "or"'],
    ['process = or', 11, 'As a value it stands in quotes: "or"'],
    ['a & b', 1, 'found "a"'],
    ['port = = 3', 8, 'expected a value for port, found "="'],
    ['__proto__ = 1', 1, 'expected a field or an option'],
    ['process ~ "\u0000\u001b[2J" x', 19, 'found "x"'],
  ])('%j', (text, at, message) => {
    const error = errorOf(() => parseFilter(text));
    expect(error).toMatchObject({ name: 'SockctlError', code: 'ERR_FILTER' });
    expect(error.message).toContain(`at character ${at}: `);
    expect(error.message).toContain(message);
    expect(error.message).not.toContain('\n');
  });

  test('what is no text is no filter', () => {
    for (const value of [undefined, null, {}, 5, Symbol('x')]) {
      expect(errorOf(() => parseFilter(value as never))).toMatchObject({ code: 'ERR_FILTER' });
    }
  });

  test.each([
    ['parentheses', `${'('.repeat(10_000)}port 1${')'.repeat(10_000)}`, 'more than 100 deep'],
    ['not', `${'not '.repeat(10_000)}port 1`, 'more than 100 deep'],
    ['a text of megabytes', 'x'.repeat(5_000_000), 'at most 65535 characters'],
    ['a long word', 'x'.repeat(60_000), 'expected a field or an option'],
    ['a long number', `inode ${'9'.repeat(60_000)}`, 'expected a number'],
    ['a long pattern', `process ${'a*'.repeat(10_000)}`, 'a pattern of at most 4096'],
    ['an open quote', `process "${'\\"'.repeat(30_000)}`, 'is not closed'],
  ])('hostile: %s', (_, text, message) => {
    const error = errorOf(() => parseFilter(text));
    expect(error).toMatchObject({ name: 'SockctlError', code: 'ERR_FILTER' });
    expect(error.message).toContain(message);
    expect(error.message.length).toBeLessThan(600);
  });

  test('what is long but right is read', () => {
    const many = Array.from({ length: 4000 }, (_, at) => `port ${at + 1}`).join(' or ');
    const subject: Subject = { field: (name) => (name === 'port' ? [1, 4000] : undefined), option: () => undefined };
    expect(parseFilter(many).holds(subject)).toBe(true);
    const deep = `${'('.repeat(99)}port 1${')'.repeat(99)}`;
    expect(parseFilter(deep).holds(subject)).toBe(true);
    expect(parseFilter(`process ${'a*'.repeat(2048)}`).holds({ ...subject, field: () => 'a'.repeat(4000) })).toBe(true);
  });
});

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
