// Finds guides: what is told of an option in depth, and the topics.
import type { AnyOption } from '../option.ts';
import { ipGuides } from './ip.ts';
import { ipv6Guides } from './ipv6.ts';
import { socketGuides } from './socket.ts';
import { tcpGuides } from './tcp.ts';
import { about } from './topics/about.ts';
import { topics } from './topics/index.ts';
import type { Guides, OptionGuide, Topic } from './types.ts';
import { udpGuides } from './udp.ts';
import { unixGuides } from './unix.ts';

/** The guides of each level. They are made when they are asked for, a level at a time: they are long. */
const byLevel: Readonly<Record<string, readonly (() => Guides)[]>> = {
  SOL_SOCKET: [socketGuides, unixGuides],
  SOL_TCP: [tcpGuides],
  SOL_UDP: [udpGuides],
  SOL_IP: [ipGuides],
  SOL_IPV6: [ipv6Guides],
};

/** Every guide, by the option's C name. */
export function allGuides(): Guides {
  const all = Object.values(byLevel).flat();
  return Object.assign({}, ...all.map((guides) => guides()));
}

/** The guide of an option; that of the option whose other name it is. */
export function guideOf({ name, aliasOf, level }: AnyOption): OptionGuide | undefined {
  for (const guides of byLevel[level] ?? []) {
    const own = guides();
    const found = own[name] ?? own[aliasOf ?? ''];
    if (found !== undefined) return found;
  }
  return undefined;
}

/** What a text names that is more than words: constants, errors, numbers, versions, protocols, programs. */
const named = (text: string): string[] =>
  text.match(/\b[A-Z][A-Z0-9_]{2,}\b|\bIPv[46]\b|\b(?:Node|macOS|FreeBSD|Windows)\b|\d[\d.]*(?<!\.)/g) ?? [];

/** The notes of a declaration that its guide does not tell as well: those that name something that it does not. */
export function notesBeside(guide: OptionGuide | undefined, { name, declaration }: AnyOption): readonly string[] {
  const { notes = [], late, needs, limit, default: standard } = declaration;
  if (guide === undefined) return notes;
  const { use, value, timing, interacts = [], mistakes } = guide;
  const facts = [name, late, needs, limit, standard, guide.default, value, timing];
  const told = new Set(named([...facts, ...use, ...interacts, ...mistakes].join(' ')));
  return notes.filter((note) => named(note).some((what) => !told.has(what)));
}

/** The topics that an option belongs to. */
export const topicsOf = (name: string): readonly string[] =>
  Object.entries<readonly string[]>(about)
    .filter(([, options]) => options.includes(name))
    .map(([topic]) => topic);

/** The topic of a word in any case, by its name or by a word that leads to it. */
export function topicOf(word: string): Topic | undefined {
  const wanted = word
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_]+/g, '-');
  return topics().find(({ name, words }) => name === wanted || words.includes(wanted));
}

export { topics };
