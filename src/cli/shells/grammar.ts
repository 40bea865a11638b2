// What can be typed where, as data: the verbs' own declarations and the catalogue. Each shell's script is made from it.
import { options } from '../../catalog/index.ts';
import { topics } from '../../guide/index.ts';
import type { AnyOption } from '../../option.ts';
import { type Argument, type Flag, flagsOf } from '../command.ts';
import { loadVerb, verbs } from '../verbs.ts';

export interface VerbGrammar {
  readonly name: string;
  readonly summary: string;
  readonly arguments: readonly Argument[];
  readonly flags: readonly (readonly [name: string, flag: Flag])[];
}

export interface OptionGrammar {
  readonly name: string;
  readonly summary: string;
  readonly settable: boolean;
  /** The words that its value can be: `on`, `off`, the names of an enum. */
  readonly values: readonly string[];
}

export interface Grammar {
  readonly verbs: readonly VerbGrammar[];
  readonly options: readonly OptionGrammar[];
  readonly topics: readonly { readonly name: string; readonly summary: string }[];
}

function optionGrammar({ name, access, declaration, input, number }: AnyOption): OptionGrammar {
  return {
    name,
    summary: declaration.summary.replace(/[^\x20-\x7e]/g, ' '),
    settable: number >= 0 && (access === 'rw' || access === 'wo'),
    values: Object.keys(input.names ?? {}).filter((value) => /^\w+$/.test(value)),
  };
}

export async function grammar(): Promise<Grammar> {
  const all = verbs().map(async (name): Promise<VerbGrammar> => {
    const command = await loadVerb(name);
    return { name, summary: command.summary, arguments: command.arguments, flags: Object.entries(flagsOf(command)) };
  });
  return {
    verbs: await Promise.all(all),
    // Names of other systems would stand among those that are meant; typed in full they are explained all the same.
    options: options.filter(({ number }) => number >= 0).map(optionGrammar),
    topics: topics().map(({ name, title }) => ({ name, summary: title.replace(/[^\x20-\x7e]/g, ' ') })),
  };
}

/** The argument at a place, counted from 0; the last one stands for all that follow where it repeats. */
export function argumentAt({ arguments: list }: VerbGrammar, place: number): Argument | undefined {
  return list[place] ?? (list.at(-1)?.many ? list.at(-1) : undefined);
}

/** Options by the set of words that their values can be, so that a script names each set once. */
export function valueGroups({ options: all }: Grammar): [names: string[], values: readonly string[]][] {
  const groups = new Map<string, [string[], readonly string[]]>();
  for (const { name, settable, values } of all) {
    if (!settable || values.length === 0) continue;
    const group = groups.get(values.join(' ')) ?? [[], values];
    group[0].push(name);
    groups.set(values.join(' '), group);
  }
  return [...groups.values()];
}

/** Text in single quotes, for all three shells. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
