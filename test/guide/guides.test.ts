// The texts of the guides and topics: what they name exists, they are whole sentences, and there are enough of them.
import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as constants from '../../src/constants/index.ts';
import { allGuides } from '../../src/guide/index.ts';
import { topics as allTopics } from '../../src/guide/topics/index.ts';
import { type AnyOption, options } from '../../src/index.ts';

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

  it('say when to use it, and what goes wrong', () => {
    const empty = Object.entries(guides).filter(([, { use, mistakes }]) => use.length === 0 || mistakes.length === 0);
    expect(empty.map(([name]) => name)).toEqual([]);
  });

  it('are there for the 120 options that people use most', () => {
    const levels = Object.keys(guides).flatMap((name) => catalogue.get(name)?.declaration.level ?? []);
    expect(Object.keys(guides).length).toBeGreaterThanOrEqual(120);
    for (const level of ['SOL_SOCKET', 'SOL_TCP', 'SOL_IP', 'SOL_IPV6', 'SOL_UDP']) expect(levels).toContain(level);
    // Unix sockets have their options at SOL_SOCKET.
    expect(guides).toHaveProperty('SO_PEERCRED');
  });
});

describe('topics', () => {
  it('name options that exist, and other topics', () => {
    const names = topics.map(({ name }) => name);
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
});
