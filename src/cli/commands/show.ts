// sockctl show: every option of a live socket, or of a fresh one of a kind, and which of them are not at the default.
import { onPlatform } from '../../codec/abi.ts';
import { type AnyOption, type Kind, kinds } from '../../option.ts';
import { bold, dim, yellow } from '../../render/colours.ts';
import { escapeControls } from '../../render/escape.ts';
import { columnWidths, table } from '../../render/table.ts';
import { hanging } from '../../render/wrap.ts';
import type { Entry, Snapshot } from '../../snapshot.ts';
import type { Command } from '../command.ts';
import { flow, print, width } from '../output.ts';
import type { Reading } from '../reading.ts';
import { document, hex, writeList } from '../render/json.ts';
import { selectFlags } from '../select.ts';
import { type Subject, subjectOf, targetAbout } from '../subject.ts';

// What these kinds are made from: their options are compared with those of such a socket.
const madeFrom: Partial<Record<Kind, Kind>> = { 'tcp-listen': 'tcp', 'tcp-connected': 'tcp' };

interface Shown {
  target: string;
  /** Of a live socket: which one it is. */
  title?: string;
  kind: string;
  /** The kind whose fresh sockets it was compared with; undefined where none could be made. */
  base: string | undefined;
  snapshot: Snapshot;
  changed: ReadonlySet<string>;
}

type Reader = typeof import('../reading.ts');

/** Settings have defaults; a cookie, a counter, a clock or what the kernel adjusts by itself has none. */
function hasDefault({ access, declaration }: AnyOption): boolean {
  return access === 'rw' && onPlatform(declaration.readback ?? {}) !== 'volatile';
}

async function look(kind: Kind, read: (fd: number) => Snapshot): Promise<Shown> {
  const [{ diff }, { fresh }] = await Promise.all([import('../../snapshot.ts'), import('../../socket/kinds.ts')]);
  const readFresh = (of: Kind): Snapshot => {
    using socket = fresh(of);
    return read(socket.fd);
  };
  const own = readFresh(kind);
  const base = madeFrom[kind] ?? kind;
  const settings = new Set(own.options.filter(({ option }) => hasDefault(option)).map(({ name }) => name));
  const differences =
    base === kind ? [] : diff(readFresh(base), own).filter(({ name, a }) => a !== undefined && settings.has(name));
  return { target: kind, kind, base, snapshot: own, changed: new Set(differences.map(({ name }) => name)) };
}

/** What is read of a live socket while it is borrowed. */
type Looked = Pick<Shown, 'kind' | 'base' | 'snapshot' | 'changed'>;

function looking(reader: Reader, subject: Subject, read: ReturnType<Reader['reader']>): Iterable<Reading<Looked>> {
  return reader.readings(subject, (fd, socket) => {
    const { kind, sort, place } = socket as NonNullable<typeof socket>;
    const comparable = place.defaults.standard(sort, place) !== undefined;
    const changed = new Set(place.defaults.changed(fd, sort, place).map(({ name }) => name));
    return { kind, base: comparable ? kind : undefined, snapshot: read(fd, socket), changed };
  });
}

const count = (n: number, one: string): string => `${n} ${one}${n === 1 ? '' : 's'}`;

/** One table a level; all of them share their column widths. */
function tables(entries: readonly Entry[], changed: ReadonlySet<string>, raw: boolean): string {
  const columns = [
    { title: '' },
    { title: 'OPTION' },
    ...(raw ? [{ title: 'VALUE', most: 24, least: 16 }, { title: 'RAW' }] : [{ title: 'VALUE' }]),
  ];
  const cells = ({ name, text, raw: bytes }: Entry): string[] => {
    return [changed.has(name) ? '*' : '', name, text || '-', ...(raw ? [hex(bytes)] : [])];
  };
  const widths = columnWidths(columns, entries.map(cells), width());
  const levels = [...new Set(entries.map(({ level }) => level))];
  const titles = table(columns, [], { width: width(), widths });
  const blocks = levels.map((level) => {
    const own = entries.filter((entry) => entry.level === level);
    const mark = (row: number) => (changed.has(own[row]?.name ?? '') ? yellow : undefined);
    const painted = columns.map((column) => ({ ...column, paint: column.title === 'RAW' ? () => dim : mark }));
    return `${bold(`${level} (${own[0]?.option.levelNumber})`)}\n${table(painted, own.map(cells), { width: width(), widths, bare: true })}`;
  });
  return titles + blocks.join('\n');
}

function footer({ title, kind, base, snapshot: { options, unreadable }, changed }: Shown, all: boolean): string {
  const refused = unreadable.filter(({ reason }) => reason === 'refused').length;
  const absent = unreadable.length - refused;
  const sentences = [
    `${count(options.length, 'option')} of ${title ? 'this' : 'a'} ${kind} socket.`,
    ...(changed.size > 0 ? [`* marks ${changed.size} not at the default of a fresh ${base} socket.`] : []),
    ...(base === undefined ? ['No fresh one could be made here to compare it with.'] : []),
    ...(absent > 0 ? [`${count(absent, 'other')} cannot be read on it${all ? '' : ' (--all lists them)'}.`] : []),
    ...(refused > 0 ? [`${refused} refused for want of a privilege or a mode.`] : []),
  ];
  return `\n${dim(hanging('', sentences.join(' '), width()))}\n`;
}

function missing({ snapshot: { unreadable } }: Shown): string {
  const rows = unreadable.map(({ name, code, reason }) => [name, `${code}${reason === 'refused' ? ' (refused)' : ''}`]);
  return `\n${bold('Not readable on this socket')}\n${table([{ title: 'OPTION' }, { title: 'CODE' }], rows, { width: width() })}`;
}

function asJson({ target, snapshot: { unreadable } }: Shown, entries: readonly Entry[]): object {
  return {
    target,
    options: entries.map(({ name, level, value, text, raw }) => ({ name, level, value: value ?? null, text, raw })),
    unreadable: unreadable.map(({ name, code }) => ({ name, code })),
  };
}

const titled = (title: string): string => `${bold(hanging('', escapeControls(title), width()))}\n`;

function asText(shown: Shown, entries: readonly Entry[], all: boolean, raw: boolean): string {
  const title = shown.title ? titled(shown.title) : '';
  const body = entries.length > 0 ? tables(entries, shown.changed, raw) : '';
  return title + body + (all ? missing(shown) : '') + footer(shown, all);
}

interface Form {
  json(shown: Shown): object;
  text(shown: Shown): string;
}

/** Prints one socket after the other; the exit code. */
async function showLive(
  reader: Reader,
  all: Iterable<Reading<Looked>>,
  form: Form,
  output: 'text' | 'document' | 'list',
): Promise<number> {
  let seen = 0;
  const made = function* (): Generator<[Shown | undefined, Reading<Looked>]> {
    for (const one of all) {
      if (one.result) seen++;
      yield [one.result && { ...one.result, target: one.target, title: reader.headline(one) }, one];
    }
  };
  if (output === 'text') {
    let between = '';
    for (const [shown, one] of made()) {
      const text = shown
        ? form.text(shown)
        : `${titled(reader.headline(one))}${hanging('', escapeControls(one.failure?.message ?? ''), width())}\n`;
      if (!(await flow(between + text))) break;
      between = '\n';
    }
  } else {
    const documents = function* (): Generator<object> {
      for (const [shown, { target, failure }] of made()) {
        yield shown
          ? form.json(shown)
          : { target, options: [], unreadable: [], error: reader.failureJson(failure as Error) };
      }
    };
    if (output === 'list') await writeList(flow, documents());
    else for (const one of documents()) print(document(one));
  }
  return seen > 0 ? 0 : 1;
}

const show: Command = {
  summary: 'show every option of a live socket, or of a fresh one',
  about: [
    'Reads every option of the sockets that the target names, in whichever process they are; or makes a socket of the ' +
      'kind, reads its options, and closes it. Nothing else is touched.',
    'Options are grouped by level. A star marks settings that differ from those of a fresh socket.',
  ],
  arguments: [{ name: 'TARGET', about: `${targetAbout}: ${kinds.join(', ')}`, complete: kinds }],
  flags: {
    all: { about: 'also list the options that cannot be read on it, with the error code', short: 'a' },
    changed: { about: 'only settings that are not at the default', short: 'c' },
    raw: { about: "the kernel's bytes as well, in hex", short: 'v' },
    'side-effects': { about: 'also reads that change something (SO_ERROR clears the error)' },
    ...selectFlags,
  },
  examples: [
    ['sockctl show tcp', 'the options of a fresh TCP socket'],
    ['sockctl show 4211/23', 'of descriptor 23 of process 4211'],
    ['sockctl show nginx --state LISTEN --changed', 'what a program changed on its listeners'],
    ['sockctl show tcp-connected --changed', 'what connecting changed'],
    ['sockctl show udp6 --raw', "with the kernel's bytes"],
    ["sockctl show unix --json | jq '.options[] | {name, value}'", 'as data'],
  ],
  async run(request) {
    const { words, has } = request;
    const subject = await subjectOf(words[0] as string, request);
    const reader = await import('../reading.ts');
    const read = reader.reader({ sideEffects: has('side-effects') });
    const wanted = ({ snapshot, changed }: Shown): readonly Entry[] =>
      has('changed') ? snapshot.options.filter(({ name }) => changed.has(name)) : snapshot.options;
    const form: Form = {
      json: (shown) => asJson(shown, wanted(shown)),
      text: (shown) => asText(shown, wanted(shown), has('all'), has('raw')),
    };
    if ('sockets' in subject) {
      const output = !has('json') ? 'text' : subject.sockets.length > 1 ? 'list' : 'document';
      return showLive(reader, looking(reader, subject, read), form, output);
    }
    const shown = await look(subject.kind, read);
    print(has('json') ? document(form.json(shown)) : form.text(shown));
    return 0;
  },
};

export default show;
