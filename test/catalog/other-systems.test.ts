// The options of macOS, FreeBSD and Windows: every name of their headers with its number, and the bytes of values.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as catalog from '../../src/catalog/all.ts';
import { get, lookup, options } from '../../src/catalog/index.ts';
import type { Abi, Os } from '../../src/codec/abi.ts';
import { toHex } from '../../src/codec/bytes.ts';
import { levelNumber } from '../../src/constants/levels.ts';
import { explain, getsockopt, Socket, setsockopt } from '../../src/index.ts';
import type { AnyOption } from '../../src/option.ts';
import { darwin, freebsd, windows } from '../codec/every.ts';
import { errorOf } from '../helpers.ts';

const [, ...rows] = readFileSync(new URL('other-os-options.tsv', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => line.split('\t') as [os: Os, level: string, name: string, number: string]);

/** Names in the list that are no options, by what they are; a system in braces where it is so only there. */
const nonOptions: Readonly<Record<string, readonly RegExp[]>> = {
  'a value of an IPv6 address': [/^IPV6_ADDR_/],
  'a limit or a value of the struct of UDP_KEEPALIVE_OFFLOAD': [
    /^UDP_KEEPALIVE_(OFFLOAD_TYPE_AIRPLAY|OFFLOAD_DATA_SIZE|INTERVAL_MAX_SECONDS)$/,
  ],
  'a value of a system call of its own (tracker_action)': [/^SO_TRACKER_/],
  'the length of a name': [/^TCP_FUNCTION_NAME_LEN_MAX$/],
  'where the numbers of other makers begin': [/^TCP_VENDOR$/],
  'a value of SO_OPENTYPE': [/^SO_SYNCHRONOUS_/],
  'a value of ioctl SIO_TCP_INITIAL_RTO': [/^TCP_INITIAL_RTO_DEFAULT_/],
  'a value of TCP_OFFLOAD_PREFERENCE': [/^TCP_OFFLOAD_(NO_PREFERENCE|NOT_PREFERRED|PREFERRED)$/],
  'SCTP: an id that stands for associations': [/^SCTP_(FUTURE|CURRENT|ALL)_ASSOC$/],
  'SCTP: the state of an address': [/^SCTP_(ACTIVE|INACTIVE|UNCONFIRMED)$/],
  'SCTP: what an event tells': [
    /^SCTP_ADDR_(AVAILABLE|UNREACHABLE|REMOVED|ADDED|MADE_PRIM|CONFIRMED)$/,
    /^SCTP_(ASSOC_SUPPORTS_\w+|(ASSOC|STREAM)_(RESET|CHANGE)_\w+|COMM_(UP|LOST)|RESTART|SHUTDOWN_COMP|CANT_STR_ASSOC)$/,
    /^SCTP_(AUTH_(NEW_KEY|NO_AUTH|FREE_KEY)|DATA_(UNSENT|SENT)|PARTIAL_DELIVERY_ABORTED)$/,
  ],
  'SCTP: a flag of a message, or a policy for it': [
    /^SCTP_(EOF|ABORT|UNORDERED|ADDR_OVER|SENDALL|EOR|SACK_IMMEDIATELY|NOTIFICATION|COMPLETE|PR_SCTP_\w+)$/,
    /^SCTP_(NO_NEXT_MSG|NEXT_MSG_\w+)$/,
  ],
  'SCTP: what sctp_sendv and sctp_recvv are given': [/^SCTP_(RECVV|SENDV)_\w+$/, /^SCTP_SEND_\w+_VALID$/],
  'SCTP: the length of padding': [/^SCTP_ALIGN_RESV_PAD/],
  "between #ifndef __APPLE__ in macOS's header": [/^SO_ACCEPTFILTER \{darwin\}$/],
  "between #if 0 in macOS's header": [/^IPV6_RECVDSTADDR \{darwin\}$/],
};
const reasonOf = (name: string, os: Os): string | undefined =>
  Object.entries(nonOptions).find(([, names]) =>
    names.some((one) => one.test(name) || one.test(`${name} {${os}}`)),
  )?.[0];

/** Names for which the list has the number of RFC 2292, and the catalogue that of RFC 3542. */
const rfc2292 = ['PKTINFO', 'HOPLIMIT', 'NEXTHOP', 'HOPOPTS', 'DSTOPTS', 'RTHDR'].map((name) => `IPV6_${name}`);

const levels: Readonly<Record<string, readonly string[]>> = {
  IPPROTO_IP: ['SOL_IP'],
  IPPROTO_IPV6: ['SOL_IPV6'],
  IPPROTO_TCP: ['SOL_TCP'],
  IPPROTO_UDP: ['SOL_UDP'],
  ICMP6: ['SOL_ICMPV6'],
  SCTP: ['SOL_SCTP'],
  MCAST: ['SOL_IP', 'SOL_IPV6'],
};
/** The names of ws2bth.h are at the level of RFCOMM, though they begin with SO. */
const levelsOf = (level: string, name: string): readonly string[] =>
  name.startsWith('SO_BTH_') ? ['SOL_RFCOMM'] : (levels[level] ?? [level]);

describe('every name of the systems', () => {
  it('is an option with its number, or has a reason not to be one', () => {
    expect(rows.length).toBeGreaterThan(700);
    const wrong = rows.flatMap(([os, level, name, number]) => {
      const option = lookup(name);
      const reason = reasonOf(name, os);
      if (reason !== undefined) return option?.declaration.on[os] === undefined ? [] : [`${os} ${name} is ${reason}`];
      if (!option) return [`${os} ${name} is missing`];
      const at = levelsOf(level, name);
      const there = at.every((one) => (option.levels as readonly string[]).includes(one));
      if (!there) return [`${os} ${name} is at ${level}, not at ${option.levels}`];
      const known = os === 'darwin' && rfc2292.includes(name) ? `IPV6_2292${name.slice(5)}` : name;
      const has = get(known).declaration.on[os];
      return has === Number(number) ? [] : [`${os} ${known} is ${number}, not ${has}`];
    });
    expect(wrong).toEqual([]);
  });

  it('is at a level that the system has', () => {
    const abis = { darwin, freebsd, windows } as const;
    const without = options.flatMap((option) =>
      (['darwin', 'freebsd', 'windows'] as const).flatMap((os) =>
        option.declaration.on[os] === undefined ||
        option.levels.some((level) => levelNumber(level, abis[os]) !== undefined)
          ? []
          : [`${option.name} on ${os}`],
      ),
    );
    expect(without).toEqual([]);
  });

  it('has two numbers on macOS where RFC 2292 and RFC 3542 disagree, and says so', () => {
    for (const name of rfc2292) {
      const old = get(`IPV6_2292${name.slice(5)}`).declaration.on.darwin;
      expect(get(name).declaration.on.darwin).not.toBe(old);
      expect(get(name).declaration.differs?.darwin).toContain(`is ${old}`);
    }
  });
});

/** What a set passes on a system, in hex. */
const bytesOf = (option: AnyOption, value: unknown, abi: Abi): string =>
  toHex((option.input as { encode(value: unknown, abi: Abi): Uint8Array }).encode(value, abi));

describe('one name, another type', () => {
  it.each<[string, unknown, Abi, string]>([
    ['IP_MULTICAST_TTL', 7, darwin, '07'],
    ['IP_MULTICAST_TTL', 7, freebsd, '07'],
    ['IP_MULTICAST_TTL', 7, windows, '07000000'],
    ['IP_MULTICAST_LOOP', true, darwin, '01'],
    ['IP_MULTICAST_LOOP', false, freebsd, '00'],
    ['IP_MULTICAST_LOOP', true, windows, '01000000'],
    ['SO_RCVTIMEO', 1500, windows, 'dc050000'],
    ['SO_RCVTIMEO', 1500, freebsd, '010000000000000020a1070000000000'],
    ['SO_LINGER', { on: true, seconds: 5 }, windows, '01000500'],
    ['SO_LINGER_SEC', { on: true, seconds: 5 }, darwin, '0100000005000000'],
    ['IP_UNICAST_IF', 5, windows, '00000005'],
    ['IPV6_UNICAST_IF', 5, windows, '05000000'],
    ['IPV6_HOPLIMIT', true, windows, '01000000'],
    ['IPV6_PKTINFO', true, windows, '01000000'],
    ['IPV6_PKTINFO', { addr: '::1', ifindex: 2 }, darwin, '0000000000000000000000000000000102000000'],
    ['IPV6_MTU_DISCOVER', 'IP_PMTUDISC_DONT', windows, '02000000'],
    ['TCP_MD5SIG', true, freebsd, '01000000'],
    ['IP_RETOPTS', Uint8Array.of(1, 1), darwin, '0101'],
    ['TCP_KEEPALIVE', 60, darwin, '3c000000'],
    ['ICMP6_FILTER', { pass: [0, 129] }, freebsd, `01${'00'.repeat(15)}02${'00'.repeat(15)}`],
    ['ICMP6_FILTER', { block: [0] }, { ...freebsd, os: 'linux' }, `01${'00'.repeat(31)}`],
    ['TCP_MAXRT', -1, windows, 'ffffffff'],
    ['TCP_KEEPINIT', 75, freebsd, '4b000000'],
    ['IP_PORTRANGE', 'IP_PORTRANGE_LOW', freebsd, '02000000'],
    [
      'SO_SPLICE',
      { fd: 5, max: 7, idle: 1500 },
      freebsd,
      `0500000000000000${'07'.padEnd(16, '0')}010000000000000020a1070000000000`,
    ],
    ['MCAST_JOIN_GROUP', { interface: 1, group: '239.1.2.3' }, darwin, `0100000010020000ef010203${'00'.repeat(120)}`],
    [
      'MCAST_JOIN_GROUP',
      { interface: 1, group: '239.1.2.3' },
      freebsd,
      `010000000000000010020000ef010203${'00'.repeat(120)}`,
    ],
    [
      'MCAST_JOIN_GROUP',
      { interface: 1, group: '239.1.2.3' },
      windows,
      `010000000000000002000000ef010203${'00'.repeat(120)}`,
    ],
  ])('%s of %o', (name, value, abi, hex) => {
    expect(bytesOf(get(name), value, abi)).toBe(hex);
  });

  it('reads the index of IP_UNICAST_IF in the order of each system', () => {
    const read = (bytes: number[], abi?: Abi) => catalog.IP_UNICAST_IF.codec.decode(Uint8Array.from(bytes), abi);
    expect(read([5, 0, 0, 0], windows)).toBe(5);
    expect(read([0, 0, 0, 5])).toBe(5);
  });

  it('refuses what one byte cannot hold', () => {
    expect(() => bytesOf(catalog.IP_MULTICAST_TTL, -1, darwin)).toThrow('0 to 255');
    expect(bytesOf(catalog.IP_MULTICAST_TTL, -1, { ...darwin, os: 'linux' })).toBe('ffffffff');
  });
});

describe('one name, another access', () => {
  it.each<[string, Os, string]>([
    ['IPV6_HOPLIMIT', 'linux', 'none'],
    ['IPV6_HOPLIMIT', 'windows', 'rw'],
    ['IPV6_NEXTHOP', 'freebsd', 'rw'],
    ['IP_RETOPTS', 'darwin', 'ro'],
    ['IP_RETOPTS', 'linux', 'rw'],
    ['IPV6_TCLASS', 'windows', 'none'],
    ['SO_SNDLOWAT', 'linux', 'ro'],
    ['SO_SNDLOWAT', 'darwin', 'rw'],
    ['SO_TIMESTAMP', 'windows', 'none'],
    ['TCP_MAXSEG', 'windows', 'ro'],
    ['TCP_MAXSEG', 'darwin', 'rw'],
    ['TCP_MD5SIG', 'freebsd', 'rw'],
  ])('%s on %s: %s', (name, os, access) => {
    expect(get(name).accessIn(os)).toBe(access);
  });

  it('is said of systems that have the name, and only where it differs', () => {
    // Another name has what is told of its option.
    const own = options.filter(({ aliasOf }) => aliasOf === undefined);
    const wrong = own.flatMap(({ name, declaration: { access, accessOn = {}, on } }) =>
      (Object.entries(accessOn) as [Os, string][])
        .filter(([os, there]) => there === access || on[os] === undefined)
        .map(([os]) => `${name} on ${os}`),
    );
    expect(wrong).toEqual([]);
  });
});

const foreign = options.filter(
  ({ level, declaration: { on } }) => level !== 'SOL_SCTP' && on.linux === undefined && Object.keys(on).length > 0,
);

describe('names that Linux does not have', () => {
  it('say what to use instead, with options that there are', () => {
    expect(foreign.length).toBeGreaterThan(260);
    expect(foreign.filter(({ declaration }) => !declaration.instead).map(({ name }) => name)).toEqual([]);
    const named = foreign.flatMap(({ name, declaration }) =>
      [...(declaration.see ?? []), ...(declaration.aliasOf ? [declaration.aliasOf] : [])].map((other) => [name, other]),
    );
    expect(named.filter(([, other]) => !lookup(other as string))).toEqual([]);
  });

  it('become bytes of their system with their sample, a text, and the same bytes again', () => {
    const sampled = foreign.filter(({ declaration }) => declaration.sample !== undefined);
    expect(sampled.length).toBeGreaterThan(180);
    for (const { name, declaration, input } of sampled) {
      for (const abi of [darwin, freebsd, windows].filter(({ os }) => declaration.on[os] !== undefined)) {
        const hex = toHex(input.encode(declaration.sample as never, abi));
        const again = input.decode(input.encode(declaration.sample as never, abi), abi) as never;
        expect([name, toHex(input.encode(again, abi))]).toEqual([name, hex]);
        expect([name, toHex(input.encode(input.parse(input.format(again)) as never, abi))]).toEqual([name, hex]);
      }
    }
  });

  it('are refused with the way out', () => {
    using socket = new Socket();
    const nosigpipe = errorOf(() => setsockopt(socket, catalog.SO_NOSIGPIPE, true));
    expect(nosigpipe).toMatchObject({ code: 'ERR_UNSUPPORTED', hint: expect.stringContaining('MSG_NOSIGNAL') });
    expect(nosigpipe.message).toContain('exists on darwin, freebsd, not on linux');
    expect(errorOf(() => getsockopt(socket, catalog.LOCAL_PEERCRED)).hint).toContain('SO_PEERCRED');
    expect(errorOf(() => setsockopt(socket, catalog.TCP_NOPUSH, true)).hint).toContain('TCP_CORK');
  });

  it.each([
    ['ip_bound_if', 'SO_BINDTODEVICE'],
    ['IP_BINDANY', 'IP_TRANSPARENT'],
    ['SO_REUSEPORT_LB', 'SO_REUSEPORT'],
    ['TCP_KEEPALIVE', 'TCP_KEEPIDLE'],
    ['tcp_maxrt', 'TCP_USER_TIMEOUT'],
    ['IP_DONTFRAGMENT', 'IP_MTU_DISCOVER'],
    ['SO_ACCEPTFILTER', 'TCP_DEFER_ACCEPT'],
    ['SO_SETFIB', 'SO_MARK'],
  ])('%s is explained, with %s', (name, instead) => {
    const explained = explain(name);
    expect(explained.number).toBeNull();
    expect(explained.instead).toContain(instead);
  });
});
