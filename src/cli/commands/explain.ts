// sockctl explain: one option, or a topic across options, for someone who meets it for the first time.
import { lookup, numbered } from '../../catalog/index.ts';
import { topicOf, topics } from '../../guide/index.ts';
import type { Topic } from '../../guide/types.ts';
import type { AnyOption } from '../../option.ts';
import type { Command } from '../command.ts';
import { print, width } from '../output.ts';
import { document } from '../render/json.ts';

type Told = { readonly option: AnyOption } | { readonly topic: Topic };

/** What a word means: an option, those that a level and a number may be, or a topic. */
function told(word: string): Told[] {
  const option = lookup(word);
  const options = option ? [option] : numbered(word);
  if (options.length > 0) return options.map((one) => ({ option: one }));
  const topic = topicOf(word);
  return topic ? [{ topic }] : [];
}

async function toldOf(words: readonly string[]): Promise<Told[]> {
  const found = words.map(told);
  if (found.every((some) => some.length > 0)) return found.flat();
  // A topic may be written in several words.
  const topic = topicOf(words.join(' '));
  if (topic) return [{ topic }];
  const { unknownName } = await import('../unknown-name.ts');
  throw unknownName(words, words[found.findIndex((some) => some.length === 0)] as string);
}

/** Each with its text, or as data. */
async function show(all: readonly Told[], asJson: boolean): Promise<void> {
  // One file of the build has all that is needed: each further one costs a millisecond.
  const { explain, explanationText, topicText } = await import('../render/explanation.ts');
  if (asJson) {
    const data = all.map((one) => ('topic' in one ? one.topic : explain(one.option)));
    print(document(data.length === 1 ? data[0] : data));
    return;
  }
  const texts = all.map((one) =>
    'topic' in one ? topicText(one.topic, width()) : explanationText(one.option, explain(one.option), width()),
  );
  print(texts.join('\n'));
}

const explain: Command = {
  summary: 'explain an option, or a topic such as keepalive',
  about: [
    'The default is read from a fresh socket on this machine; where a sysctl governs it, its name and value are shown.',
    'A topic is a story across options: keepalive, latency, buffers, ... Without a name, the topics are listed.',
  ],
  arguments: [
    {
      name: 'NAME',
      about: 'an option in any case (SOL_SOCKET.SO_LINGER works too), a level and a number (6/1), or a topic',
      optional: true,
      many: true,
      complete: 'option or topic',
    },
  ],
  flags: {},
  examples: [
    ['sockctl explain SO_LINGER', 'what it does and how to set it'],
    ['sockctl explain keepalive', 'the story of an idle connection'],
    ['sockctl explain 6/18', 'what strace shows as a number'],
    ['sockctl explain TCP_KEEPIDLE --json | jq .default', 'the sysctl that holds its default'],
  ],
  async run({ words, has }) {
    if (words.length === 0) {
      const { topicList } = await import('../render/guide.ts');
      print(has('json') ? document(topics()) : topicList(topics(), width()));
      return 0;
    }
    await show(await toldOf(words), has('json'));
    return 0;
  },
};

export default explain;
