// sockctl completion: a script that teaches a shell the verbs, flags, kinds and option names.
import { type Command, choose } from '../command.ts';
import { print } from '../output.ts';
import { document } from '../render/json.ts';

const shells = ['bash', 'zsh', 'fish'] as const;

// One import each, by a name that a bundler can follow.
const scripts = {
  bash: () => import('../shells/bash.ts'),
  zsh: () => import('../shells/zsh.ts'),
  fish: () => import('../shells/fish.ts'),
};

const completion: Command = {
  summary: 'print a script that completes verbs, kinds, option names and values',
  about: ['The script holds the names of this version: make it again after an update.'],
  arguments: [{ name: 'SHELL', about: shells.join(', '), complete: shells }],
  flags: {},
  examples: [
    ['source <(sockctl completion bash)', 'for this bash session; in ~/.bashrc for every one'],
    ['source <(sockctl completion zsh)', 'the same for zsh, after compinit'],
    ['sockctl completion fish > ~/.config/fish/completions/sockctl.fish', 'for fish, for good'],
  ],
  async run({ words, has }) {
    const shell = choose('shell', words[0] as string, shells);
    const { grammar } = await import('../shells/grammar.ts');
    const { script } = await scripts[shell]();
    const text = script(await grammar());
    print(has('json') ? document({ shell, script: text }) : text);
    return 0;
  },
};

export default completion;
