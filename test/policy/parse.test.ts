// Policy files with mistakes: all are told, each with its place and the way out.
import { describe, expect, test } from 'vitest';
import { SockctlError } from '../../src/index.ts';
import { checkPolicy, parsePolicy } from '../../src/policy/index.ts';
import { errorOf } from '../helpers.ts';

const mistakesOf = (policy: unknown): string[] =>
  checkPolicy(JSON.stringify(policy)).mistakes.map(({ path, message }) => `${path}: ${message}`);
const rule = (part: object): string[] => mistakesOf({ rules: [{ options: {}, ...part }] });
const inOptions = (settings: object): string[] => rule({ options: settings });
const inMatch = (match: object): string[] => rule({ match });

test('every mistake at once, in the order of the file, with line and column', () => {
  const text = `{
  "match": "frist",
  "rules": [
    { "match": { "side": "sever", "remote": "443" }, "options": { "TCP_NODELAI": true } },
    { "options": { "TCP_KEEPIDLE": 99999, } },
  ]
}`;
  const error = errorOf(() => parsePolicy(text, { file: 'sockctl.json' }));
  expect(error).toBeInstanceOf(SockctlError);
  expect(error.code).toBe('ERR_POLICY');
  expect(error.message.split('\n')).toEqual([
    'the policy has 7 mistakes:',
    '  sockctl.json:2:12 match: expects "all" or "first", got "frist". Did you mean "first"?',
    '  sockctl.json:4:26 rules[0].match.side: expects "client" or "server" or "accepted" or "datagram", got "sever". Did you mean "server"?',
    '  sockctl.json:4:45 rules[0].match.remote: expects a port with a colon in front, got "443". Did you mean ":443"?',
    '  sockctl.json:4:67 rules[0].options.TCP_NODELAI: no option is called "TCP_NODELAI". Did you mean TCP_NODELAY?',
    '  sockctl.json:5:36 rules[1].options.TCP_KEEPIDLE: expects an integer from 1 to 32767 in s, got 99999',
    '  sockctl.json:5:41 rules[1].options: a comma in front of }: plain JSON has no trailing commas',
    '  sockctl.json:5:46 rules: a comma in front of ]: plain JSON has no trailing commas',
  ]);
});

test('one mistake, and a file without a name', () => {
  expect(errorOf(() => parsePolicy('{}')).message).toBe(
    'the policy has a mistake:\n  policy:1:1 a policy needs "rules", a list',
  );
});

describe('the shape', () => {
  test.each([
    [[], ': expects a policy, an object, got an empty list'],
    [{ rules: {} }, 'rules: expects a list of rules, got an object'],
    [{ rules: [7] }, 'rules[0]: expects a rule, an object, got 7'],
    [{ rules: [{}] }, 'rules[0]: a rule needs "options"; { } is for a rule that sets nothing'],
    [{ rules: [{ options: [] }] }, 'rules[0].options: expects options by name, an object, got an empty list'],
    [{ rules: [], rule: [] }, 'rule: a policy has no key "rule". Did you mean rules?'],
    [
      { rules: [], TCP_NODELAY: 1 },
      'TCP_NODELAY: a policy has no key "TCP_NODELAY". Options stand in a rule\'s "options": { "TCP_NODELAY": ... }',
    ],
    [{ rules: [], colour: 1 }, 'colour: a policy has no key "colour". It takes $schema, comment, match, rules'],
    [{ rules: [], comment: ['x'] }, 'comment: expects a comment, a text in quotes, got a list'],
  ])('%j', (policy, message) => {
    expect(mistakesOf(policy)).toEqual([message]);
  });

  test.each([
    [{ enforce: 'yes' }, 'rules[0].enforce: expects true or false, got "yes"'],
    [{ name: '' }, 'rules[0].name: expects a name, a text in quotes, got ""'],
    [{ match: 'all' }, 'rules[0].match: expects "match", an object, got "all"'],
    [
      { match: { port: 80 } },
      'rules[0].match.port: "match" has no key "port". Write a port as "remote": ":443" or "local": ":8080"',
    ],
    [{ match: { side: [] } }, 'rules[0].match.side: an empty list would match nothing; leave the key out to match all'],
    [{ match: { host: 5 } }, 'rules[0].match.host: expects a pattern, a text in quotes, got 5'],
    [{ match: { remote: ['!'] } }, 'rules[0].match.remote[0]: expects a pattern behind the !, got "!"'],
    [
      { match: { remote: 70_000 } },
      'rules[0].match.remote: expects a port from 1 to 65535, or two with a hyphen between them, got 70000',
    ],
  ])('%j', (part, message) => {
    expect(rule(part)).toEqual([message]);
  });
});

describe('a rule that no socket can have', () => {
  test.each([
    [
      { side: 'server', remote: ':80' },
      'rules[0].match.remote: would match no socket. A unix socket has no address, and a server no remote one: side "accepted" is for what it accepts',
    ],
    [
      { protocol: 'unix', local: ':80' },
      'rules[0].match.local: would match no socket. A unix socket has no address; match it by "path"',
    ],
    [
      { protocol: ['tcp', 'udp'], path: '/run/*' },
      'rules[0].match.path: would match no socket. Only sockets of protocol "unix" have a path',
    ],
    [
      { path: '/run/*', host: '*' },
      'rules[0].match.host: would match no socket. Only a "client" or "datagram" socket of an IP protocol asks for a name',
    ],
    [
      { side: ['server', 'accepted'], host: '*' },
      'rules[0].match.host: would match no socket. Only a "client" or "datagram" socket of an IP protocol asks for a name',
    ],
    [
      { side: 'datagram', protocol: 'tcp' },
      'rules[0].match: would match no socket: "datagram" is "udp" or "unix", the other sides are "tcp", "mptcp" or "unix"',
    ],
  ])('%j', (match, message) => {
    expect(inMatch(match)).toEqual([message]);
  });

  test('what one of several sides can have is none', () => {
    expect(inMatch({ side: ['server', 'client'], remote: ':80' })).toEqual([]);
    expect(inMatch({ side: 'datagram', protocol: 'unix', path: '@x' })).toEqual([]);
  });
});

describe('values', () => {
  test.each([
    ['tcp_nodelay', true, 'no option is called "tcp_nodelay". Did you mean TCP_NODELAY?'],
    ['SOL_TCP.TCP_NODELAY', true, 'no option is called "SOL_TCP.TCP_NODELAY". Did you mean TCP_NODELAY?'],
    ['QUITE_ANOTHER', 1, 'no option is called "QUITE_ANOTHER". sockctl list PATTERN searches the names'],
    ['TCP_INFO', 1, 'TCP_INFO can only be read, not set'],
    ['TCP_NODELAY', 'maybe', 'expects on or off (true or false, 1 or 0), got "maybe"'],
    [
      'TCP_USER_TIMEOUT',
      '1.0005ms',
      'expects an integer from 0 to 2147483647 in ms or default; this would be 1.0005, got "1.0005ms"',
    ],
    [
      'TCP_USER_TIMEOUT',
      '30sec',
      'expects an integer from 0 to 2147483647 in ms or default, or a number with us, ms, s, min, h, got "30sec"',
    ],
    ['TCP_USER_TIMEOUT', '1000h', 'expects an integer from 0 to 2147483647 in ms or default, got 3600000000'],
    ['TCP_KEEPCNT', '5s', 'expects an integer from 1 to 127 in probes, got "5s"'],
    [
      'SO_RCVBUF',
      '10mb',
      'expects an integer from -2147483648 to 2147483647 in bytes, or a number with B, kB, MB, GB, KiB, MiB, GiB, got "10mb"',
    ],
    [
      'SO_MAX_PACING_RATE',
      2 ** 60,
      'expects an integer from 0 to 18446744073709551615 in bytes/s or unlimited; a number this large as a text, for JSON does not keep its digits, got 1152921504606847000',
    ],
    ['TCP_FASTOPEN_KEY', '0x', 'expects 16 or 32 bytes (as text: hex digits)'],
    [
      'IPV6_DSTOPTS',
      { options: [{ type: 30, data: '0' }] },
      'expects bytes (as text: hex digits), got "0" (in field data) (in element 0) (in field options)',
    ],
    ['SO_LINGER', {}, 'expects off, or whole seconds such as 5s ({ on, seconds }), got {}'],
  ])('%s = %j', (name, value, message) => {
    const [found = ''] = inOptions({ [name]: value });
    expect(found.slice(found.indexOf(': ') + 2)).toBe(message);
  });

  test('a key is never shown', () => {
    const found = inOptions({ TCP_MD5SIG: { addr: 'nowhere', key: 'hunter2' }, TCP_FASTOPEN: 'x' });
    expect(found).toHaveLength(2);
    expect(found.join()).not.toContain('hunter2');
  });

  test('an option and its other name in one rule', () => {
    const value = 'multiaddr=ff02::1';
    expect(inOptions({ IPV6_JOIN_GROUP: value, IPV6_ADD_MEMBERSHIP: value })).toEqual([
      'rules[0].options.IPV6_JOIN_GROUP: is another name of IPV6_ADD_MEMBERSHIP, which this rule sets as well',
    ]);
  });

  test.each([
    ['TCP_USER_TIMEOUT', '30s', 30_000],
    ['TCP_USER_TIMEOUT', '0.5 min', 30_000],
    ['TCP_KEEPIDLE', '1h', 3600],
    ['TCP_KEEPIDLE', '0x3c', 60],
    ['TCP_RTO_MIN_US', '1.001ms', 1001],
    ['SO_RCVBUF', '1MiB', 1 << 20],
    ['SO_RCVBUF', '0xff', 255],
    ['SO_RCVBUF', '0xB', 11],
    ['SO_MAX_PACING_RATE', '1.5MB/s', 1_500_000],
    ['SO_MAX_PACING_RATE', '18446744073709551615', 18446744073709551615n],
    ['IP_OPTIONS', [{ type: 148, data: '0a0b' }], [{ type: 148, data: Uint8Array.of(10, 11) }]],
    ['IPV6_DSTOPTS', { options: [{ type: 30, data: '01' }] }, { options: [{ type: 30, data: Uint8Array.of(1) }] }],
    ['IPV6_RTHDR', { type: 'IPV6_SRCRT_TYPE_4', segments: ['::1'] }, { type: 'IPV6_SRCRT_TYPE_4', segments: ['::1'] }],
    ['SO_RCVTIMEO', '5.5s', 5500],
    ['SO_LINGER', '5s', { on: true, seconds: 5 }],
    ['IP_TOS', 'ef', 0xb8],
    ['IP_MTU_DISCOVER', 'IP_PMTUDISC_DO', 2],
    ['SO_DETACH_FILTER', null, null],
    ['TCP_FASTOPEN_KEY', '00'.repeat(16), new Uint8Array(16)],
  ])('%s = %j is taken', (name, value, expected) => {
    const policy = parsePolicy(JSON.stringify({ rules: [{ options: { [name]: value } }] }));
    expect(policy.rules[0]?.settings).toEqual([[expect.objectContaining({ name }), expected]]);
  });
});
