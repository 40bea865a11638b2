// Which rules a socket gets, and what comes of them: order, the last rule, enforcement, what is not known yet.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Policy, type PolicyMatch, parsePolicy, type SocketFacts } from '../../src/policy/index.ts';

const client: SocketFacts = { side: 'client', protocol: 'tcp', remote: '10.1.2.3', remotePort: 5432 };
const policyOf = (...rules: object[]): Policy => parsePolicy(JSON.stringify({ rules }));
const plain = ({ settings }: PolicyMatch): unknown => settings.map(([{ name }, value]) => [name, value]);

/** Whether a rule with this match is for a socket; undefined where that is open. */
function matches(match: object, facts: SocketFacts): boolean | undefined {
  const policy = policyOf({ match, options: {} });
  const found = policy.settingsFor(facts).rules.length === 1;
  return found || (policy.undecided(facts).length === 0 ? false : undefined);
}

describe('what applies', () => {
  const rules = [
    { name: 'all', options: { TCP_NODELAY: true, SO_KEEPALIVE: true, SO_PRIORITY: 1 }, enforce: true },
    { match: { remote: ':5432' }, options: { SO_KEEPALIVE: false, TCP_USER_TIMEOUT: '30s' } },
    { match: { remote: ':5433' }, options: { TCP_KEEPCNT: 3 } },
    { options: { IP_TOS: 'ef', SO_PRIORITY: 6 } },
  ];

  test('all: every rule that matches, in order; the last one wins per option, and is the one that enforces or not', () => {
    const found = policyOf(...rules).settingsFor(client);
    expect(found.rules.map(({ name, line }) => [name, line])).toEqual([
      ['all', 1],
      ['rules[1]', 1],
      ['rules[3]', 1],
    ]);
    expect(plain(found)).toEqual([
      ['TCP_NODELAY', true],
      ['SO_KEEPALIVE', false],
      ['TCP_USER_TIMEOUT', 30_000],
      ['IP_TOS', 0xb8],
      ['SO_PRIORITY', 6],
    ]);
    expect([...found.enforce]).toEqual(['TCP_NODELAY']);
  });

  test('first: one rule', () => {
    const policy = parsePolicy(JSON.stringify({ match: 'first', rules: rules.slice(1) }));
    expect(plain(policy.settingsFor(client))).toEqual([
      ['SO_KEEPALIVE', false],
      ['TCP_USER_TIMEOUT', 30_000],
    ]);
    expect(plain(policy.settingsFor({ ...client, remotePort: 5433 }))).toEqual([['TCP_KEEPCNT', 3]]);
    expect(policy.mode).toBe('first');
  });

  test('an alias is its option: a later rule wins over it', () => {
    const found = policyOf(
      { options: { IPV6_ADD_MEMBERSHIP: 'multiaddr=ff02::1' } },
      { options: { IPV6_JOIN_GROUP: 'multiaddr=ff02::2' } },
    ).settingsFor(client);
    expect(plain(found)).toEqual([['IPV6_JOIN_GROUP', { multiaddr: 'ff02::2' }]]);
  });

  test('the same rules give the same object, other rules another one', () => {
    const policy = policyOf(...rules);
    const found = policy.settingsFor(client);
    expect(policy.settingsFor({ ...client, remote: '::1', local: '::1', localPort: 9 })).toBe(found);
    expect(policy.settingsFor({ ...client, remotePort: 5433 })).not.toBe(found);
    expect(policy.settingsFor({ side: 'datagram', protocol: 'udp' }).rules).toHaveLength(2);
  });

  test('no rule: nothing', () => {
    const { settings, enforce, rules: none } = policyOf().settingsFor(client);
    expect({ settings, enforce: enforce.size, none }).toEqual({ settings: [], enforce: 0, none: [] });
  });
});

describe('match', () => {
  const unix: SocketFacts = { side: 'client', protocol: 'unix', path: '/run/app/db.sock' };
  const server: SocketFacts = { side: 'server', protocol: 'tcp', local: '0.0.0.0', localPort: 80 };
  const named = { ...client, host: 'Orders.eu-west-1.RDS.amazonaws.com.' };
  const script = { ...client, program: ['/srv/api/server.js', 'api worker'] };
  test.each([
    [{}, client, true],
    [{ side: 'client' }, client, true],
    [{ side: ['server', 'accepted'] }, client, false],
    [{ protocol: ['mptcp', 'tcp'] }, client, true],
    [{ protocol: 'mptcp' }, client, false],
    [{ remote: 5432 }, client, true],
    [{ remote: ['10.0.0.0/8', '!10.1.2.3'] }, client, false],
    [{ remote: ['10.0.0.0/8', '!10.1.2.4'] }, client, true],
    [{ remote: '!10.1.2.3' }, client, false],
    [{ remote: ['!10.0.0.0/8', '!192.168.0.0/16'] }, { ...client, remote: '8.8.8.8' }, true],
    [{ remote: ['192.168.0.0/16', ':5432'] }, client, true],
    [{ remote: '10.0.0.0/8' }, { ...client, remote: '::ffff:10.9.9.9' }, true],
    [{ local: '10.0.0.0/8' }, client, undefined],
    [{ local: '!10.0.0.0/8' }, client, undefined],
    [{ local: ':1234' }, { ...client, localPort: 0 }, undefined],
    [{ local: ':1234', remote: ':80' }, client, false],
    [{ remote: ['10.0.0.0/8', ':1'] }, { side: 'client', protocol: 'tcp', remotePort: 1 }, true],
    [{ remote: ['10.0.0.0/8', '!:1'] }, { side: 'client', protocol: 'tcp', remotePort: 1 }, false],
    [{ local: ':80' }, server, true],
    [{ remote: ':80' }, server, false],
    [{ remote: '!10.0.0.1' }, server, false],
    [{ remote: '!10.0.0.1' }, unix, false],
    [{ path: '/run/**' }, unix, true],
    [{ path: '/run/*' }, unix, false],
    [{ path: '/run/*/db.sock' }, unix, true],
    [{ path: '/run/**/app/*.sock' }, unix, true],
    [{ path: '/run/a**/db.sock' }, unix, true],
    [{ path: '/run/app/d**/b.sock' }, unix, false],
    [{ path: ['/run/**', '!**/db.sock'] }, unix, false],
    [{ path: '**' }, client, false],
    [{ path: '**' }, { side: 'server', protocol: 'unix' }, undefined],
    [{ path: '@app.*' }, { ...unix, path: '\0app.1' }, true],
    [{ path: '@app.*' }, { ...unix, path: '@app.1' }, true],
    [{ host: '*.rds.amazonaws.com' }, named, true],
    [{ host: ['*.amazonaws.com', '!*.eu-west-1.*'] }, named, false],
    [{ host: 'rds.amazonaws.com' }, named, false],
    [{ host: '*.amazonawsxcom' }, named, false],
    [{ host: '*' }, client, false],
    [{ program: 'server.js' }, script, true],
    [{ program: '/srv/**/*.js' }, script, true],
    [{ program: '/srv/*.js' }, script, false],
    [{ program: 'api *' }, script, true],
    [{ program: '!worker.js' }, script, true],
    [{ program: '!server.js' }, script, false],
    [{ program: '*' }, client, false],
  ] as const)('%j for %j: %s', (match, facts, expected) => {
    expect(matches(match, facts)).toBe(expected);
  });

  test('globs take every sign but * as it is', () => {
    const sign = fc.constantFrom(...'.+?^', '$', ...'{}()|[]\\/-aA\n');
    fc.assert(
      fc.property(fc.string({ unit: sign, minLength: 1 }), fc.string({ unit: sign, minLength: 1 }), (a, b) => {
        fc.pre(a.trim() !== '' && b.trim() !== '');
        expect(matches({ path: a }, { ...unix, path: b })).toBe(a === b);
        expect(matches({ path: `${a}**` }, { ...unix, path: a + b })).toBe(true);
        expect(matches({ path: `${a}*` }, { ...unix, path: a + b })).toBe(!b.includes('/'));
      }),
    );
  });
});

describe('what is not known yet', () => {
  const policy = policyOf(
    { name: 'here', match: { local: '10.0.0.0/8' }, options: { IP_TOS: 1 } },
    { name: 'there', match: { remote: '10.0.0.0/8' }, options: { IP_TTL: 9 } },
    { name: 'never', match: { path: '**' }, options: {} },
  );

  test('is told apart from what does not match, and decided by the next question', () => {
    expect(plain(policy.settingsFor(client))).toEqual([['IP_TTL', 9]]);
    expect(policy.undecided(client).map(({ name }) => name)).toEqual(['here']);
    const connected = { ...client, local: '10.1.1.1', localPort: 40_000 };
    expect(plain(policy.settingsFor(connected))).toEqual([
      ['IP_TOS', 1],
      ['IP_TTL', 9],
    ]);
    expect(policy.undecided(connected)).toEqual([]);
  });

  test('first: a rule behind the one that matches cannot change the result any more', () => {
    const first = (rules: readonly object[]): Policy => parsePolicy(JSON.stringify({ match: 'first', rules }));
    const [here, there] = [
      { match: { local: ':1' }, options: {} },
      { match: { remote: ':5432' }, options: {} },
    ];
    expect(first([there, here]).undecided(client)).toEqual([]);
    expect(first([here, there]).undecided(client)).toHaveLength(1);
  });
});
