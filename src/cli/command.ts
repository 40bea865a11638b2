// What a verb declares, and how its words are read. Help and completions come from the same declaration.
//
// Node's own parser does the splitting: a library for command lines costs 10 ms of start-up, as long as
// everything else that `sockctl list` does.
import { parseArgs } from 'node:util';
import { closest } from './closest.ts';
import { usage } from './usage.ts';

export interface Flag {
  readonly about: string;
  readonly short?: string;
  /** The name of the value that the flag takes; a switch without one. */
  readonly value?: string;
  /** The values that it takes, for checks and completions. */
  readonly choices?: readonly string[];
  /** It may be given several times. */
  readonly many?: boolean;
}

/** What stands at a place of the command line: completions offer it. */
export type Complete = 'option' | 'option or topic' | 'assignment' | readonly string[];

export interface Argument {
  readonly name: string;
  readonly about: string;
  readonly optional?: boolean;
  /** The last argument may repeat. */
  readonly many?: boolean;
  readonly complete?: Complete;
}

/** A parsed command line. */
export interface Request {
  readonly words: readonly string[];
  /** Whether a switch was given. */
  has(flag: string): boolean;
  /** The value of a flag that takes one. */
  value(flag: string): string | undefined;
  /** All values of a flag that may be repeated. */
  values(flag: string): readonly string[];
}

export interface Command {
  readonly summary: string;
  /** A paragraph or two for `--help`. */
  readonly about?: readonly string[];
  readonly arguments: readonly Argument[];
  readonly flags: Readonly<Record<string, Flag>>;
  /** What --json does, where it is not one document. */
  readonly json?: string;
  /** Lines that can be typed as they stand, each with what it does. */
  readonly examples: readonly (readonly [line: string, what: string])[];
  /** Prints, and returns the exit code. */
  run(request: Request): number | Promise<number>;
}

/** Flags that every verb has. */
export const commonFlags = {
  json: { about: 'one JSON document instead of text' },
  help: { about: 'this help', short: 'h' },
} satisfies Readonly<Record<string, Flag>>;

/** Every flag of a verb, the common ones last. */
export function flagsOf(command: Command): Record<string, Flag> {
  const { json = commonFlags.json.about } = command;
  return { ...command.flags, ...commonFlags, json: { ...commonFlags.json, about: json } };
}

/** `explain OPTION`, `list [PATTERN]`, `try KIND OPTION=VALUE...` */
export function synopsis(verb: string, command: Command): string {
  const words = command.arguments.map(({ name, optional, many }) => {
    const word = many ? `${name}...` : name;
    return optional ? `[${word}]` : word;
  });
  return [verb, ...words].join(' ');
}

function checkFlag(
  verb: string,
  flags: Record<string, Flag>,
  name: string,
  raw: string,
  value: string | undefined,
): void {
  const flag = Object.hasOwn(flags, name) ? flags[name] : undefined;
  if (flag === undefined) {
    const meant = closest(name, Object.keys(flags));
    throw usage(`${verb} has no flag ${raw}`, meant ? `Did you mean --${meant}?` : `See: sockctl ${verb} --help`);
  }
  if (flag.value === undefined && value !== undefined) throw usage(`${raw} takes no value`);
  if (flag.value === undefined) return;
  if (value === undefined || value === '') throw usage(`${raw} needs a value: ${raw} ${flag.value}`);
}

function checkCount(verb: string, command: Command, words: readonly string[]): void {
  const missing = command.arguments.find(({ optional }, i) => !optional && words[i] === undefined);
  if (missing) throw usage(`${verb} needs ${missing.name}`, `Usage: sockctl ${synopsis(verb, command)}`);
  const most = command.arguments.at(-1)?.many ? Number.POSITIVE_INFINITY : command.arguments.length;
  if (words.length <= most) return;
  throw usage(
    `${verb} takes ${most} argument${most === 1 ? '' : 's'}, got ${words.length}`,
    `Usage: sockctl ${synopsis(verb, command)}`,
  );
}

/** Reads the words behind a verb. */
export function parse(verb: string, command: Command, args: readonly string[]): Request | 'help' {
  const flags = flagsOf(command);
  const { tokens } = parseArgs({
    args: [...args],
    strict: false,
    allowPositionals: true,
    tokens: true,
    options: Object.fromEntries(
      Object.entries(flags).map(([name, { short, value }]) => [
        name,
        {
          type: value === undefined ? ('boolean' as const) : ('string' as const),
          ...(short !== undefined && { short }),
        },
      ]),
    ),
  });
  const words: string[] = [];
  const given = new Map<string, string | undefined>();
  const repeated = new Map<string, string[]>();
  for (const token of tokens) {
    if (token.kind === 'positional') words.push(token.value);
    if (token.kind !== 'option') continue;
    checkFlag(verb, flags, token.name, token.rawName, token.value);
    given.set(token.name, token.value);
    if (token.value !== undefined) repeated.set(token.name, [...(repeated.get(token.name) ?? []), token.value]);
  }
  if (given.has('help')) return 'help';
  checkCount(verb, command, words);
  return {
    words,
    has: (flag) => given.has(flag),
    value: (flag) => given.get(flag),
    values: (flag) => repeated.get(flag) ?? [],
  };
}

/** One of a few words, in any case: a kind, a platform, a shell. */
export function choose<Choice extends string>(what: string, typed: string, choices: readonly Choice[]): Choice {
  const found = choices.find((choice) => choice.toLowerCase() === typed.toLowerCase());
  if (found !== undefined) return found;
  const meant = closest(typed, choices);
  throw usage(
    `there is no ${what} ${typed || "''"}`,
    `${meant ? `Did you mean ${meant}? ` : ''}One of: ${choices.join(', ')}`,
  );
}
