// The filter language: what is read as what, and what is refused and where.
import { describe, expect, test } from 'vitest';
import type { Codec } from '../../src/codec/codec.ts';
import { options } from '../../src/index.ts';
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
      const { reads, sample } = declaration as { reads?: unknown; sample?: unknown };
      if (sample === undefined) continue;
      const { codec, input } = option as unknown as Record<'codec' | 'input', Codec<unknown>>;
      const seen = codec.decode(reads === undefined ? input.encode(sample) : codec.encode(reads));
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
    ['process ab\u0000*', 11, 'a control character stands outside quotes'],
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
    const flat = `${'(port 1) and not not '.repeat(1000)}port 4000`;
    expect(parseFilter(flat).holds(subject)).toBe(true);
    const deep = `${'('.repeat(99)}port 1${')'.repeat(99)}`;
    expect(parseFilter(deep).holds(subject)).toBe(true);
    expect(parseFilter(`process ${'a*'.repeat(2048)}`).holds({ ...subject, field: () => 'a'.repeat(4000) })).toBe(true);
  });
});
