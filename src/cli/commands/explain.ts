// sockctl explain: one option, or a topic across options, for someone who meets it for the first time.
import { get, lookup, optionsAt } from '../../catalog/index.ts';
import { type LevelName, levelNumber, levelTable } from '../../constants/levels.ts';
import { topicOf, topics } from '../../guide/index.ts';
import type { AnyOption } from '../../option.ts';
import type { Command } from '../command.ts';
import { print, width } from '../output.ts';
import { document } from '../render/json.ts';

/** What `6/1` or `SOL_TCP/1` means, as system calls have it: several options where the level's number is shared. */
function byNumbers(word: string): AnyOption[] {
  const [, level = '', number = ''] = /^(\w+)[/:.](0x[0-9a-f]+|\d+)$/i.exec(word.trim()) ?? [];
  if (number === '') return [];
  if (/^\d/.test(level)) return optionsAt(Number(level), Number(number));
  const names = [level, `SOL_${level}`, `AF_${level}`].map((name) => name.toUpperCase().replace(/^IPPROTO_/, 'SOL_'));
  const named = names.find((name) => Object.hasOwn(levelTable, name)) as LevelName | undefined;
  const at = named && levelNumber(named);
  if (named === undefined || at === undefined) return [];
  return optionsAt(at, Number(number)).filter(({ levels }) => levels.includes(named));
}

async function explainTopic(word: string, asJson: boolean): Promise<boolean> {
  const topic = topicOf(word);
  if (topic === undefined) return false;
  const { topicText } = await import('../render/guide.ts');
  print(asJson ? document(topic) : topicText(topic, width()));
  return true;
}

async function explainOptions(options: readonly AnyOption[], asJson: boolean): Promise<void> {
  // One file of the build has all that is needed: each further one costs a millisecond.
  const { explain, explanationText } = await import('../render/explanation.ts');
  const all = options.map((option) => explain(option));
  if (asJson) {
    print(document(all.length === 1 ? all[0] : all));
    return;
  }
  const texts = all.map((explanation, at) => explanationText(options[at] as AnyOption, explanation, width()));
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
      complete: 'option',
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
    const found = words.map((word) => {
      const named = lookup(word);
      return named ? [named] : byNumbers(word);
    });
    // A topic may be written in several words.
    if (found.every((options) => options.length === 0) && (await explainTopic(words.join(' '), has('json')))) return 0;
    // get() knows what was probably meant.
    const options = found.flatMap((some, at) => (some.length > 0 ? some : [get(words[at] as string)]));
    await explainOptions(options, has('json'));
    return 0;
  },
};

export default explain;
