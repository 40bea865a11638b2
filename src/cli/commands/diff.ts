// sockctl diff: what two sockets have not in common, or a socket and the default, or a socket now and then.
import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { kinds } from '../../option.ts';
import { dim } from '../../render/colours.ts';
import { escapeControls } from '../../render/escape.ts';
import { table } from '../../render/table.ts';
import { hanging } from '../../render/wrap.ts';
import type { Command, Request } from '../command.ts';
import type { Comparison, Taken } from '../compare.ts';
import { print, width } from '../output.ts';
import { document } from '../render/json.ts';
import { selectFlags } from '../select.ts';
import { subjectOf, targetAbout } from '../subject.ts';
import { usage } from '../usage.ts';

/** Sockets that could not be read are trouble, but no reason to leave the others. */
interface Side {
  /** The document's name; empty for what is open now. */
  readonly from: string;
  readonly sockets: readonly Taken[];
  readonly failures: readonly Error[];
}

async function sideOf(word: string, request: Request): Promise<Side> {
  const { isDocument, readDocument } = await import('../saved.ts');
  if (isDocument(word)) {
    return { from: word === '-' ? 'standard input' : basename(word), sockets: readDocument(word), failures: [] };
  }
  const [{ readings, reader }, { taken }] = await Promise.all([import('../reading.ts'), import('../compare.ts')]);
  const read = reader({});
  const sockets: Taken[] = [];
  const failures: Error[] = [];
  try {
    for (const { target, socket, result, failure } of readings(await subjectOf(word, request), read)) {
      if (result) sockets.push(taken(target, result, socket?.place));
      else if (failure) failures.push(failure);
    }
  } catch (error) {
    if ((error as { code?: unknown }).code === 'ERR_NO_PROCESS' && !/[/:]/.test(word) && existsSync(word)) {
      throw usage(`no process is called ${word}`, `For the file: ./${word}`);
    }
    throw error;
  }
  return { from: '', sockets, failures };
}

/** Which sockets are compared: with the one, with the default, or each with the one of the same name. */
async function comparisons(a: readonly Taken[], b: readonly Taken[] | 'default', all: boolean): Promise<Comparison[]> {
  const { compare, defaultOf } = await import('../compare.ts');
  if (b === 'default') return a.map((one) => compare(one, defaultOf(one), all));
  const [only] = b;
  if (b.length === 1 && only) return a.map((one) => compare(one, only, all));
  const pairs = a.map((one) => ({ one, other: b.find(({ target }) => target === one.target) }));
  if (a.length === 1 && pairs[0]?.other === undefined) {
    const names = b.map(({ target }) => target);
    const shown = `${names.slice(0, 5).join(', ')}${names.length > 5 ? ', ...' : ''}`;
    throw usage(`the second is ${b.length} sockets`, `Name one of them: ${shown}`);
  }
  const none = { differences: [], onlyA: [], onlyB: [] };
  const seen = new Set(pairs.map(({ other }) => other));
  return [
    ...pairs.map(({ one, other }) => (other ? compare(one, other, all) : { a: one.target, b: null, ...none })),
    ...(a.length === 1 ? [] : b.filter((one) => !seen.has(one)).map(({ target }) => ({ a: null, b: target, ...none }))),
  ];
}

const isSame = ({ a, b, differences }: Comparison): boolean => a !== null && b !== null && differences.length === 0;

/** Where both come from: a document's name, empty for what is open now. */
type Names = readonly [string, string];

/** The two, told apart by where they come from where they are called the same. */
function titlesOf({ a, b }: Comparison, names: Names): [string, string] {
  const from = (target: string | null, name: string): string =>
    a === b && name !== '' ? `${target} in ${name}` : (target ?? '');
  return [from(a, names[0]), from(b, names[1])];
}

function asTable(one: Comparison, names: Names): string {
  const { a, b, differences } = one;
  if (a === null || b === null) {
    return `${hanging('', escapeControls(`${a ?? b} is only in ${(a === null ? names[1] : names[0]) || 'what is open now'}`), width())}\n`;
  }
  const [first, second] = titlesOf(one, names);
  const columns = [{ title: 'OPTION' }, { title: first, most: 30, least: 12 }, { title: second }];
  const rows = differences.map(({ name, a: before, b: after }) => [name, before ?? '-', after ?? '-']);
  return table(columns, rows, { width: width() });
}

function asText(all: readonly Comparison[], names: Names): string {
  const differ = all.filter((one) => !isSame(one));
  const blocks = differ.map((one) => asTable(one, names));
  const note = (sentence: string): string => `${dim(hanging('', escapeControls(sentence), width()))}\n`;
  const [only] = all;
  if (all.length > 1 || only === undefined) {
    return [...blocks, note(`${all.length} sockets compared, ${differ.length} of them different.`)].join('\n');
  }
  const titles = titlesOf(only, names);
  // With --all they are in the table.
  const apart = only.differences.some(({ a, b }) => a === null || b === null)
    ? 0
    : only.onlyA.length + only.onlyB.length;
  const sentences = [
    ...(differ.length === 0
      ? [
          `${titles.join(' and ')} ${apart > 0 ? 'do not differ in the settings that both have' : 'have the same settings'}.`,
        ]
      : []),
    ...(apart > 0 ? [`${apart} settings are on one of them only (--all lists them).`] : []),
  ];
  return [...blocks, ...(sentences.length > 0 ? [note(sentences.join(' '))] : [])].join('\n');
}

async function run(request: Request): Promise<number> {
  const [first = '', second = 'default'] = request.words;
  if (first.toLowerCase() === 'default') {
    throw usage('the default is of a socket: name that first', 'Usage: sockctl diff TARGET default');
  }
  if (first === '-' && second === '-') throw usage('only one of both can be standard input');
  const a = await sideOf(first, request);
  const b = second.toLowerCase() === 'default' ? undefined : await sideOf(second, request);
  const found = await comparisons(a.sockets, b?.sockets ?? 'default', request.has('all'));
  if (request.has('json')) print(document(found.map((one) => ({ ...one, same: isSame(one) }))));
  else print(asText(found, [a.from, b?.from ?? '']));
  const failures = [...a.failures, ...(b?.failures ?? [])];
  for (const failure of failures) process.stderr.write(`sockctl: ${escapeControls(failure.message)}\n`);
  if (failures.length > 0) return 2;
  return found.every(isSame) ? 0 : 1;
}

const diff: Command = {
  summary: 'compare the options of two sockets, or of one with the default',
  about: [
    'A and B are live sockets, kinds of fresh ones, or documents that show --json or get --json has written: a path with ' +
      'a slash or .json at its end, - for standard input. Without B, or with the word default, each socket of A is ' +
      'compared with a fresh one of its sort. Of several sockets on both sides, those of the same name are compared.',
    'Settings count: not counters, clocks, addresses, nor buffer sizes that the kernel tunes by itself. ' +
      'Exit code 0 where they are the same, 1 where they differ, 2 for anything that went wrong.',
  ],
  arguments: [
    { name: 'A', about: `${targetAbout}; or a saved document`, complete: kinds },
    { name: 'B', about: 'the same, or default', optional: true, complete: ['default', ...kinds] },
  ],
  flags: {
    all: { about: 'also counters, clocks, addresses, and options that only one of them has', short: 'a' },
    ...selectFlags,
  },
  examples: [
    ['sockctl diff 4211/23 4211/24', 'two sockets of one process'],
    ['sockctl diff nginx --state LISTEN', 'what a program changed on its listeners'],
    ['sockctl show 4211/23 --json > before.json', 'keep what it has now; later:'],
    ['sockctl diff before.json 4211/23', 'then and now'],
    ['sockctl diff tcp-listen tcp-connected --all', 'two kinds of fresh sockets'],
  ],
  async run(request) {
    try {
      return await run(request);
    } catch (error) {
      const { complain } = await import('../complain.ts');
      // As diff(1) has it: 1 is for a difference.
      complain(error, request.has('json'));
      return 2;
    }
  },
};

export default diff;
