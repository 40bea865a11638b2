// Patterns of addresses, against python's ipaddress module, and what is said of wrong ones.
import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatIpv4, formatIpv6 } from '../../src/codec/address.ts';
import { addressPattern, ipBytes, type Verdict } from '../../src/policy/address.ts';
import { hasPython } from '../helpers.ts';

function verdict(pattern: string, address?: string, port?: number): Verdict {
  const test = addressPattern(pattern);
  if (typeof test !== 'function') throw new Error(`${pattern}: expects ${test.expects}`);
  return test({ address: address === undefined ? undefined : ipBytes(address), port });
}

const oracle = `
import sys, json, ipaddress
def plain(a):
    return getattr(a, 'ipv4_mapped', None) or a
out = []
for base, bits, fact in json.load(sys.stdin):
    strict = True
    try:
        ipaddress.ip_network(f'{base}/{bits}')
    except ValueError:
        strict = False
    net = ipaddress.ip_network(f'{base}/{bits}', strict=False)
    text = str(net)
    first = plain(net.network_address)
    if first.version == 4 and net.version == 6 and bits >= 96:
        net = ipaddress.ip_network(f'{first}/{bits - 96}')
    fact = plain(ipaddress.ip_address(fact))
    out.append([strict, text, fact.version == net.version and fact in net])
print(json.dumps(out))`;

const seed = Number(process.env.SEED ?? Date.now() % 1_000_000);

/** An address, and another one that differs from some bit on, so that half of the networks have both. */
const pairs = fc
  .tuple(
    fc.constantFrom(4, 16, 12),
    fc.uint8Array({ minLength: 16, maxLength: 16 }),
    fc.nat(127),
    fc.nat(128),
    fc.boolean(),
  )
  .map(([kind, random, flipped, prefix, mapFact]) => {
    const size = kind === 4 ? 4 : 16;
    const bytes = random.slice(0, size);
    // 12: an IPv4-mapped one.
    if (kind === 12) bytes.set([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255]);
    const other = bytes.slice();
    const at = kind === 12 ? 96 + (flipped % 32) : flipped % (size * 8);
    other[at >> 3] = (other[at >> 3] as number) ^ (0x80 >> (at & 7));
    const bits = kind === 12 ? 90 + (prefix % 39) : prefix % (size * 8 + 1);
    const text = (found: Uint8Array): string => (size === 4 ? formatIpv4(found) : formatIpv6(found));
    const fact = size === 4 && mapFact ? `::ffff:${text(other)}` : text(other);
    return [text(bytes), bits, fact] as const;
  });
const texts = fc
  .tuple(fc.oneof(fc.ipV4(), fc.ipV6()), fc.nat(128), fc.oneof(fc.ipV4(), fc.ipV6()))
  .map(([base, bits, fact]) => [base, base.includes(':') ? bits : bits % 33, fact] as const);

test(`networks are those of python's ipaddress (SEED=${seed})`, (ctx) => {
  if (!hasPython) ctx.skip('there is no python3 to compare with');
  const cases = fc.sample(fc.oneof(pairs, pairs, texts), { numRuns: 6000, seed });
  const input = JSON.stringify(cases);
  const answers = JSON.parse(execFileSync('python3', ['-c', oracle], { input, encoding: 'utf8' })) as [
    boolean,
    string,
    boolean,
  ][];
  const inside = answers.filter(([, , hit]) => hit).length;
  expect(inside).toBeGreaterThan(1000);
  expect(answers.length - inside).toBeGreaterThan(1000);
  for (const [at, [base, bits, fact]] of cases.entries()) {
    const [strict, network, hit] = answers[at] as [boolean, string, boolean];
    expect(typeof addressPattern(`${base}/${bits}`) === 'function', `${base}/${bits}`).toBe(strict);
    expect(verdict(network, fact), `${fact} in ${network}`).toBe(hit);
    expect(verdict(`[${network}]:1-9`, fact, 5), `${fact} in ${network}`).toBe(hit);
  }
});

describe('what is not known', () => {
  test.each([
    ['10.0.0.0/8:5432', '10.1.1.1', 5432, true],
    ['10.0.0.0/8:5432', '10.1.1.1', 5433, false],
    ['10.0.0.0/8:5432', '10.1.1.1', undefined, undefined],
    ['10.0.0.0/8:5432', '11.1.1.1', undefined, false],
    ['10.0.0.0/8:5432', undefined, 5433, false],
    ['10.0.0.0/8:5432', undefined, 5432, undefined],
    [':8000-8999', undefined, 8999, true],
    [':8000-8999', '::1', 9000, false],
    [':443', '::1', undefined, undefined],
    ['::1', '::1', undefined, true],
    ['::1', undefined, 1, undefined],
    ['[::1]', '::1', 1, true],
    ['[2001:db8::/32]:443', '2001:db8:ffff::1', 443, true],
    ['[2001:db8::/32]:443', '2001:db9::', 443, false],
    ['fe80::/10', 'fe80::1%eth0', 1, true],
    ['0.0.0.0/0', '::ffff:1.2.3.4', 1, true],
    ['::/0', '::ffff:1.2.3.4', 1, false],
    ['::/0', '1.2.3.4', 1, false],
    ['::ffff:10.0.0.0/104', '10.9.9.9', 1, true],
    ['10.0.0.0/8', 'no address', 1, undefined],
  ] as const)('%s for %s port %s: %s', (pattern, address, port, expected) => {
    expect(verdict(pattern, address, port)).toBe(expected);
  });
});

describe('mistakes', () => {
  test.each([
    ['443', 'a port with a colon in front', 'Did you mean ":443"?'],
    ['*:443', 'a port with a colon in front', 'Did you mean ":443"?'],
    [':9000-8000', 'the lower port first', 'Did you mean ":8000-9000"?'],
    [':0', 'a port from 1 to 65535, or two with a hyphen between them', undefined],
    [':65536', 'a port from 1 to 65535, or two with a hyphen between them', undefined],
    ['10.0.0.1:', 'a port from 1 to 65535, or two with a hyphen between them', undefined],
    ['10.1.0.0/8', 'a network without bits behind its prefix', 'Did you mean "10.0.0.0/8" or "10.1.0.0"?'],
    ['2001:db8::1/32', 'a network without bits behind its prefix', 'Did you mean "2001:db8::/32" or "2001:db8::1"?'],
    ['10.0.0.0/33', 'a prefix length from 0 to 32', undefined],
    ['::/129', 'a prefix length from 0 to 128', undefined],
    ['fe80::1%eth0', 'an address without a zone', 'The interface does not count'],
    ['localhost:5432', expect.stringContaining('an address, a network'), 'Names are matched by "host"'],
    ['10.*', expect.stringContaining('an address, a network'), expect.stringContaining('prefix length')],
    ['10.0.0', expect.stringContaining('an address, a network'), undefined],
    ['[::1', expect.stringContaining('an address, a network'), undefined],
    ['[]:80', expect.stringContaining('an address, a network'), undefined],
    ['10.0.0.0/8/8', expect.stringContaining('an address, a network'), undefined],
  ])('%s', (pattern, expects, hint) => {
    expect(addressPattern(pattern)).toEqual(hint === undefined ? { expects } : { expects, hint });
  });
});
