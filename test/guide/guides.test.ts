// The texts of the guides and topics: what they name exists, they are whole sentences, and there are enough of them.
import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as constants from '../../src/constants/index.ts';
import { allGuides, notesBeside, topicOf, topicsOf } from '../../src/guide/index.ts';
import { about } from '../../src/guide/topics/about.ts';
import { topics as allTopics } from '../../src/guide/topics/index.ts';
import type { OptionGuide } from '../../src/guide/types.ts';
import { type AnyOption, type Explanation, explain, options } from '../../src/index.ts';

const guides = allGuides();
const topics = allTopics();

const catalogue = new Map<string, AnyOption>(options.map((option) => [option.name, option]));

interface Text {
  at: string;
  text: string;
  /** A sentence may lead over to what follows. */
  goesOn?: boolean;
}

const ofGuides: Text[] = Object.entries(guides).flatMap(([at, guide]) => {
  const { use, default: standard, value, timing, interacts, mistakes } = guide;
  const all = [...use, standard, value, timing, ...(interacts ?? []), ...mistakes];
  return all.filter((text) => text !== undefined).map((text) => ({ at, text }));
});
const ofTopics: Text[] = topics.flatMap(({ name, summary, sections }) => [
  { at: name, text: summary },
  ...sections.flatMap(({ heading, text, code }) =>
    text.map((paragraph, i) => ({
      at: `${name}: ${heading}`,
      text: paragraph,
      goesOn: text[i + 1]?.startsWith('- ') || (i === text.length - 1 && code !== undefined),
    })),
  ),
]);
const texts = [...ofGuides, ...ofTopics];
const complaints = (complain: (text: Text) => string[]): string[] =>
  texts.flatMap((text) => complain(text).map((what) => `${text.at}: ${what}`));

/** Names that C has and that are neither options nor constants of ours. */
const elsewhere =
  /^(CAP|CONFIG|MSG|SCM|SO_EE|BPF|SKF|EPOLL|POLL|SIOC|SIO|NETDEV|SYS|LISTEN|ERR|WSA)_|^(TIME_WAIT|(CLOSE|FIN)_WAIT(_[12])?|LAST_ACK|SO_EXCLUSIVEADDRUSE|SYN_(SENT|RECV))$/;
const named = (name: string): boolean => catalogue.has(name) || name in constants || elsewhere.test(name);
const someBeginsWith = (start: string): boolean =>
  [...catalogue.keys(), ...Object.keys(constants)].some((name) => name.startsWith(start)) || elsewhere.test(start);

/** Sysctls that are told of and that this kernel need not have. */
const sysctlsElsewhere: Record<string, string> = {
  'net.ipv4.tcp_tw_recycle': 'removed in Linux 4.12',
};
const hasSysctl = (name: string): boolean =>
  name in sysctlsElsewhere || existsSync(`/proc/sys/${name.replaceAll('.', '/')}`);

/** What a guide tells, by itself or together with the declaration; `set`: whether the option can be set. */
const parts: Record<string, (guide: OptionGuide, explained: Explanation, set: boolean) => boolean> = {
  'what it does and when to use it': ({ use }) => use.length > 0,
  'the default': (guide, { default: sysctl, live }, set) => Boolean(guide.default ?? sysctl ?? live) || !set,
  'the unit': ({ value }, { accepts, unit }) => !/^an integer/.test(accepts) || unit !== undefined || Boolean(value),
  'what is taken, and what the kernel makes of it': ({ value }, { accepts }, set) =>
    Boolean(value) || !set || /^(on or off|one of|no value)/.test(accepts),
  'when it is set, or read': ({ timing }) => Boolean(timing),
  'on which sockets': (_guide, { kinds }) => kinds.length > 0,
  'since when': (_guide, { since }) => /^\d+\.\d+(\.\d+)?$/.test(since ?? ''),
  'what it goes together with': ({ interacts }) => (interacts ?? []).length > 0,
  'a mistake': ({ mistakes }) => mistakes.length > 0,
  'where to read on': (_guide, { man }) => /\(\d\)|RFC \d|\.h$/.test(man ?? ''),
  'what other systems call it': (_guide, { platforms }) => Object.keys(platforms).length > 0,
};

const common = ['SOL_SOCKET', 'SOL_TCP', 'SOL_IP', 'SOL_IPV6', 'SOL_UDP'];
/** Options of their own kind: packet filters, load balancer, multicast routing, and the forms of before RFC 3542. */
const family = /^(ARPT|EBT|IPT|IP6T|IP_VS|MRT6?)_|^IPV6_2292|_NEW$|^SO_IP_SET$|_IPSEC_POLICY$|_XFRM_POLICY$/;
const rare = [
  'IPV6_ADDRFORM',
  'IPV6_DSTOPTS',
  'IPV6_FLOWINFO',
  'IPV6_FLOWINFO_SEND',
  'IPV6_HDRINCL',
  'IPV6_HOPOPTS',
  'IPV6_JOIN_ANYCAST',
  'IPV6_LEAVE_ANYCAST',
  'IPV6_MULTICAST_ALL',
  'IPV6_PATHMTU',
  'IPV6_PKTINFO',
  'IPV6_RECVDSTOPTS',
  'IPV6_RECVERR_RFC4884',
  'IPV6_RECVFRAGSIZE',
  'IPV6_RECVHOPOPTS',
  'IPV6_RECVORIGDSTADDR',
  'IPV6_RECVPATHMTU',
  'IPV6_RECVRTHDR',
  'IPV6_ROUTER_ALERT',
  'IPV6_ROUTER_ALERT_ISOLATE',
  'IPV6_RTHDR',
  'IPV6_RTHDRDSTOPTS',
  'IPV6_UNICAST_IF',
  'IP_DROP_SOURCE_MEMBERSHIP',
  'IP_PASSSEC',
  'IP_PKTOPTIONS',
  'IP_PROTOCOL',
  'IP_RECVERR_RFC4884',
  'IP_RECVFRAGSIZE',
  'IP_RECVOPTS',
  'IP_RETOPTS',
  'IP_ROUTER_ALERT',
  'IP_UNBLOCK_SOURCE',
  'MCAST_BLOCK_SOURCE',
  'MCAST_LEAVE_GROUP',
  'MCAST_LEAVE_SOURCE_GROUP',
  'MCAST_MSFILTER',
  'MCAST_UNBLOCK_SOURCE',
  'SO_ATTACH_REUSEPORT_EBPF',
  'SO_BPF_EXTENSIONS',
  'SO_BSDCOMPAT',
  'SO_BUSY_POLL_BUDGET',
  'SO_CNX_ADVICE',
  'SO_DETACH_REUSEPORT_BPF',
  'SO_DEVMEM_DONTNEED',
  'SO_GET_FILTER',
  'SO_NOFCS',
  'SO_ORIGINAL_DST',
  'SO_PEERNAME',
  'SO_RCVPRIORITY',
  'SO_RIGHTS_NOTRUNC',
  'SO_WIFI_STATUS',
];

describe('texts of guides and topics', () => {
  it('name options and constants that exist', () => {
    const unknown = complaints(({ text }) =>
      [...text.matchAll(/\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b(_\*)?/g)]
        .filter(([name, many]) => !(many ? someBeginsWith(name.slice(0, -1)) : named(name)))
        .map(([name]) => name),
    );
    expect(unknown).toEqual([]);
  });

  it.skipIf(process.platform !== 'linux')('name sysctls that exist', () => {
    const unknown = complaints(({ text }) =>
      [...text.matchAll(/\b(?:net|kernel|vm|fs)\.[a-z]\w*(?:\.\w+)+/g)]
        .map(([name]) => name)
        .filter((name) => !hasSysctl(name)),
    );
    const listed = topics.flatMap(({ name, sysctls = [] }) =>
      sysctls.filter((sysctl) => !hasSysctl(sysctl)).map((sysctl) => `${name}: ${sysctl}`),
    );
    expect([...unknown, ...listed]).toEqual([]);
  });

  it('are whole sentences, spaced once', () => {
    const wrong = complaints(({ text, goesOn }) => {
      const ends = goesOn ? /[.:]$/ : /\.$/;
      return ends.test(text) && !/ {2}|^ |\n/.test(text) && /^(- )?\S/.test(text) ? [] : [JSON.stringify(text)];
    });
    expect(wrong).toEqual([]);
  });
});

describe('guides', () => {
  it('are of options of the catalogue', () => {
    expect(Object.keys(guides).filter((name) => !catalogue.has(name))).toEqual([]);
    expect(Object.keys(guides).filter((name) => catalogue.get(name)?.declaration.aliasOf)).toEqual([]);
  });

  it('show their own option, in TypeScript and in the shell', () => {
    const without = Object.entries(guides).filter(
      ([name, { typescript, shell }]) => ![typescript, shell].every((text) => new RegExp(`\\b${name}\\b`).test(text)),
    );
    expect(without.map(([name]) => name)).toEqual([]);
  });

  it.skipIf(process.platform !== 'linux').each(Object.entries(parts))('all tell %s', (_part, tells) => {
    const without = Object.entries(guides).filter(([name, guide]) => {
      const explained = explain(name);
      return !tells(guide, explained, explained.access !== 'ro');
    });
    expect(without.map(([name]) => name)).toEqual([]);
  });

  it('are there for all options of the common levels but those few people meet', () => {
    const without = options.filter(
      ({ name, levels, access, aliasOf, platforms }) =>
        levels.some((level) => common.includes(level)) &&
        access !== 'none' &&
        aliasOf === undefined &&
        platforms.includes('linux') &&
        !(name in guides),
    );
    const names = without.map(({ name }) => name).filter((name) => !family.test(name));
    expect(names.sort()).toEqual([...rare].sort());
    expect(Object.keys(guides).length).toBeGreaterThanOrEqual(160);
  });
});

describe('beside a guide', () => {
  it('a note stays where it names something that the guide does not', () => {
    const option = catalogue.get('SO_BUSY_POLL') as AnyOption;
    const guide = guides.SO_BUSY_POLL as OptionGuide;
    const [kept] = notesBeside(guide, option);
    expect(kept).toContain('Older kernels ask for CAP_NET_ADMIN');
    expect(notesBeside(undefined, option)).toEqual(option.declaration.notes);
    const told = { ...guide, interacts: [kept as string] };
    expect(notesBeside(told, option)).not.toContain(kept);
  });

  it('the topics of an option are named', () => {
    expect(topicsOf('SO_KEEPALIVE')).toEqual(['keepalive', 'dead-peers']);
    expect(explain('TCP_NODELAY').topics).toEqual(['latency']);
    expect(explain('SO_DEBUG')).not.toHaveProperty('topics');
  });
});

describe('topics', () => {
  it('name options that exist, and other topics', () => {
    const names = topics.map(({ name }) => name);
    expect(Object.keys(about)).toEqual(names);
    for (const { name, options: about, see = [] } of topics) {
      expect(
        about.filter((option) => !catalogue.has(option)),
        name,
      ).toEqual([]);
      expect(
        see.filter((topic) => topic === name || !names.includes(topic)),
        name,
      ).toEqual([]);
      expect(about.length, name).toBeGreaterThan(0);
    }
  });

  it('have a title, a story, sources, and words that lead to one of them only', () => {
    for (const { name, title, sections, sources } of topics) {
      expect(title, name).not.toBe('');
      expect(sections.length, name).toBeGreaterThan(1);
      expect(sources.length, name).toBeGreaterThan(0);
      expect(
        sections.filter(({ heading }) => /\.$|^\s*$/.test(heading)),
        name,
      ).toEqual([]);
    }
    const words = topics.flatMap(({ name, words }) => [name, ...words]);
    expect(words.filter((word, i) => words.indexOf(word) !== i)).toEqual([]);
    expect(words.filter((word) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(word))).toEqual([]);
  });

  it.each([
    ['dead peers', 'dead-peers'],
    ['Connection timed out', 'dead-peers'],
    ['keep alive', 'keepalive'],
    ['nagle', 'latency'],
    ['delayed ACK', 'latency'],
    ['bdp', 'buffers'],
    ['bandwidth-delay product', 'buffers'],
    ['receive buffer', 'buffers'],
    ['address already in use', 'reuse'],
    ['reuseport', 'reuse'],
    ['TIME_WAIT', 'reuse'],
    ['port exhaustion', 'reuse'],
    ['RST', 'closing'],
    ['CLOSE_WAIT', 'closing'],
    ['connection reset by peer', 'closing'],
    ['broken pipe', 'closing'],
    ['igmp', 'multicast'],
    ['tproxy', 'transparent-proxying'],
    ['transparent proxy', 'transparent-proxying'],
    ['dscp', 'priorities'],
    ['qos', 'priorities'],
    ['ptp', 'timestamps'],
    ['busy poll', 'busy-polling'],
    ['pmtu', 'mtu-discovery'],
    ['path MTU discovery', 'mtu-discovery'],
    ['unix socket', 'peer-credentials'],
    ['peercred', 'peer-credentials'],
  ])('%j leads to %s', (word, name) => {
    expect(topicOf(word)?.name).toBe(name);
  });
});
