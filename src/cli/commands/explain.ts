// sockctl explain: one option, for someone who meets it for the first time.
import { get } from '../../catalog/index.ts';
import type { Command } from '../command.ts';
import { print, width } from '../output.ts';
import { document } from '../render/json.ts';

const explain: Command = {
  summary: 'explain one option: what it does, takes and needs, and its default here',
  about: [
    'The default is read from a fresh socket on this machine; where a sysctl governs it, its name and value are shown.',
  ],
  arguments: [{ name: 'OPTION', about: 'a name in any case; SOL_SOCKET.SO_LINGER works too', complete: 'option' }],
  flags: {},
  examples: [
    ['sockctl explain SO_LINGER', 'what it does and how to set it'],
    ['sockctl explain so_rcvbuf', 'any case will do'],
    ['sockctl explain TCP_KEEPIDLE --json | jq .default', 'the sysctl that holds its default'],
  ],
  async run({ words, has }) {
    const option = get(words[0] as string);
    const { explain } = await import('../../explain.ts');
    const explanation = explain(option);
    if (has('json')) {
      print(document(explanation));
      return 0;
    }
    const { explanationText } = await import('../render/explanation.ts');
    print(explanationText(option, explanation, width()));
    return 0;
  },
};

export default explain;
