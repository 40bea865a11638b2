// Finds guides: what is told of an option in depth, and the topics.
import type { AnyOption } from '../option.ts';
import { ipGuides } from './ip.ts';
import { ipv6Guides } from './ipv6.ts';
import { socketGuides } from './socket.ts';
import { tcpGuides } from './tcp.ts';
import { topics } from './topics/index.ts';
import type { Guides, OptionGuide, Topic } from './types.ts';
import { udpGuides } from './udp.ts';
import { unixGuides } from './unix.ts';

/** The guides of each level. They are made when they are asked for, a level at a time: they are long. */
const byLevel: Readonly<Record<string, () => Guides>> = {
  SOL_SOCKET: () => ({ ...socketGuides(), ...unixGuides() }),
  SOL_TCP: tcpGuides,
  SOL_UDP: udpGuides,
  SOL_IP: ipGuides,
  SOL_IPV6: ipv6Guides,
};

/** Every guide, by the option's C name. */
export function allGuides(): Guides {
  return Object.assign({}, ...Object.values(byLevel).map((own) => own()));
}

/** The guide of an option; that of the option whose other name it is. */
export function guideOf({ name, aliasOf, level }: AnyOption): OptionGuide | undefined {
  const own = byLevel[level]?.();
  return own?.[name] ?? own?.[aliasOf ?? ''];
}

/** The topic of a word in any case, by its name or by a word that leads to it. */
export function topicOf(word: string): Topic | undefined {
  const wanted = word
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_]+/g, '-');
  return topics().find(({ name, words }) => name === wanted || words.includes(wanted));
}

export { topics };
