// Finds guides: what is told of an option in depth, and the topics.
import type { AnyOption } from '../option.ts';
import { ipGuides } from './ip.ts';
import { ipv6Guides } from './ipv6.ts';
import { socketGuides } from './socket.ts';
import { tcpGuides } from './tcp.ts';
import { topics } from './topics/index.ts';
import type { OptionGuide, Topic } from './types.ts';
import { udpGuides } from './udp.ts';
import { unixGuides } from './unix.ts';

/** Every guide, by the option's C name. */
export const guides: Readonly<Record<string, OptionGuide>> = {
  ...socketGuides,
  ...unixGuides,
  ...tcpGuides,
  ...udpGuides,
  ...ipGuides,
  ...ipv6Guides,
};

/** The guide of an option; that of the option whose other name it is. */
export function guideOf({ name, aliasOf }: AnyOption): OptionGuide | undefined {
  return guides[name] ?? guides[aliasOf ?? ''];
}

/** The topic of a word in any case, by its name or by a word that leads to it. */
export function topicOf(word: string): Topic | undefined {
  const wanted = word
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_]+/g, '-');
  return topics.find(({ name, words }) => name === wanted || words.includes(wanted));
}
