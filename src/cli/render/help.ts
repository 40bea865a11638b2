// Help: of the whole command, and of one verb.

import { bold, cyan, dim } from '../../render/colours.ts';
import { hanging } from '../../render/wrap.ts';
import { type Command, type Flag, flagsOf, synopsis } from '../command.ts';
import { width } from '../output.ts';

const room = (): number => Math.min(width(), 100);

function pairs(rows: readonly (readonly [string, string])[]): string {
  const longest = Math.max(...rows.map(([left]) => left.length));
  return rows
    .map(([left, right]) => {
      const mark = `  ${left.padEnd(longest)}  `;
      return hanging(mark, right, room()).replace(left, () => cyan(left));
    })
    .join('\n');
}

function flagWord(name: string, { short, value }: Flag): string {
  return `${short ? `-${short}, ` : '    '}--${name}${value ? ` ${value}` : ''}`;
}

function flagAbout({ about, choices }: Flag): string {
  return choices ? `${about}: ${choices.join(', ')}` : about;
}

function exampleLines(examples: Command['examples']): string {
  return examples.map(([line, what]) => `  ${line}\n${dim(hanging('      ', what, room()))}`).join('\n');
}

const section = (title: string, body: string): string => `${bold(title)}\n${body}\n`;

/** `sockctl VERB --help` */
export function helpText(verb: string, command: Command): string {
  const summary = `${command.summary[0]?.toUpperCase()}${command.summary.slice(1)}.`;
  const paragraphs = [summary, ...(command.about ?? [])].map((text) => `${hanging('', text, room())}\n`);
  const flags = Object.entries(flagsOf(command)).map(
    ([name, flag]) => [flagWord(name, flag), flagAbout(flag)] as const,
  );
  const words = command.arguments.map(({ name, about }) => [name, about] as const);
  return [
    `${bold('Usage:')} sockctl ${synopsis(verb, command)} [FLAGS]\n`,
    ...paragraphs,
    ...(words.length > 0 ? [section('Arguments', pairs(words))] : []),
    section('Flags', pairs(flags)),
    section('Examples', exampleLines(command.examples)),
  ].join('\n');
}

/** `sockctl --help` */
export function overviewText(verbs: readonly { name: string; command: Command }[]): string {
  return [
    `${bold('Usage:')} sockctl VERB [ARGUMENTS] [FLAGS]\n`,
    `${hanging('', 'Read, change and explain the options of sockets.', room())}\n`,
    section('Verbs', pairs(verbs.map(({ name, command }) => [synopsis(name, command), command.summary] as const))),
    section('Examples', exampleLines(verbs.flatMap(({ command }) => command.examples.slice(0, 1)))),
    `${hanging('', 'Every verb has --json and --help. Exit code: 0 done, 1 failed or refused, 2 the command line was wrong. NO_COLOR turns colours off.', room())}\n`,
  ].join('\n');
}
