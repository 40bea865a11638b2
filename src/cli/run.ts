// One command line, from its words to the exit code.

import { closest } from './closest.ts';
import { type Command, parse, type Request } from './command.ts';
import { guardOutput, print } from './output.ts';
import { usage } from './usage.ts';
import { fileOf, loadVerb, verbs } from './verbs.ts';

/** Help for the whole command is loaded only when asked for: it imports every verb. */
async function overview(): Promise<number> {
  const { overviewText } = await import('./render/help.ts');
  print(overviewText(await Promise.all(verbs().map(async (name) => ({ name, command: await loadVerb(name) })))));
  return 0;
}

async function help(verb: string, command: Command): Promise<number> {
  const { helpText } = await import('./render/help.ts');
  print(helpText(verb, command));
  return 0;
}

async function version(): Promise<number> {
  const { packageVersion } = await import('./version.ts');
  print(`sockctl ${packageVersion()}\n`);
  return 0;
}

function unknownVerb(verb: string): Error {
  if (verb.startsWith('-')) return usage(`there is no flag ${verb}`, 'See: sockctl --help');
  const meant = closest(verb, verbs());
  return usage(`there is no verb ${verb}`, meant ? `Did you mean ${meant}?` : `Verbs: ${verbs().join(', ')}`);
}

async function dispatch(words: readonly string[]): Promise<number> {
  const [verb, ...rest] = words;
  // A program that asked for JSON gets its answer as JSON wherever the flag stands.
  if (verb === '--json' && rest.length > 0) return dispatch([rest[0] as string, '--json', ...rest.slice(1)]);
  if (verb === '--help' || verb === '-h' || (verb === 'help' && rest.length === 0)) return overview();
  if (verb === '--version' || verb === '-V') return version();
  if (verb === 'help') return dispatch([rest[0] as string, '--help']);
  if (verb === undefined) throw usage('a verb is missing', `Verbs: ${verbs().join(', ')}. See: sockctl --help`);
  if (fileOf(verb) === undefined) throw unknownVerb(verb);
  const command = await loadVerb(verb);
  const request: Request | 'help' = parse(verb, command, rest);
  return request === 'help' ? help(verb, command) : await command.run(request);
}

/** Runs `sockctl` with these words. 0: done; 1: failed; 2: the command line was wrong. */
export async function run(words: readonly string[]): Promise<number> {
  guardOutput();
  try {
    return await dispatch(words);
  } catch (error) {
    const { complain } = await import('./complain.ts');
    const end = words.indexOf('--');
    return complain(error, (end < 0 ? words : words.slice(0, end)).includes('--json'));
  }
}
