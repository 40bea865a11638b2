// sockctl get: the values of options of live sockets, or of a fresh one.
import { lookup } from '../../catalog/index.ts';
import { formatAddress } from '../../codec/sockaddr-text.ts';
import { bold, dim } from '../../render/colours.ts';
import { escapeControls } from '../../render/escape.ts';
import { type Column, columnWidths, table } from '../../render/table.ts';
import { hanging } from '../../render/wrap.ts';
import type { Entry, Snapshot } from '../../snapshot.ts';
import type { Command, Request } from '../command.ts';
import { flow, print, width } from '../output.ts';
import type { Reading } from '../reading.ts';
import { fieldBlock, isWide } from '../render/fields.ts';
import { hex, writeList } from '../render/json.ts';
import { selectFlags } from '../select.ts';
import { subjectOf, targetAbout } from '../subject.ts';
import { usage } from '../usage.ts';

type Read = Reading<Snapshot>;

/** What the verb's other file has: loaded when it runs. */
type Reader = typeof import('../reading.ts');

const shown = ({ text }: Entry): string => text || '-';

/** One socket: a line an option; long structs in blocks below. */
function oneTable({ reasonOf }: Reader, { options, unreadable }: Snapshot, request: Request, named: boolean): string {
  const raw = request.has('raw');
  const columns: Column[] = [
    { title: 'OPTION' },
    ...(raw
      ? [
          { title: 'VALUE', most: 24, least: 16 },
          { title: 'RAW', paint: () => dim },
        ]
      : [{ title: 'VALUE' }]),
  ];
  const wide = raw ? [] : options.filter(({ text }) => isWide(text));
  const rows = options
    .filter((entry) => !wide.includes(entry))
    .map((entry) => [entry.name, shown(entry), ...(raw ? [hex(entry.raw)] : [])]);
  const missing = named ? unreadable.map((one) => [one.name, ...(raw ? ['-'] : []), `- (${reasonOf(one)})`]) : [];
  const all = [...rows, ...missing];
  const blocks = [
    ...(all.length > 0 ? [table(columns, all, { width: width() })] : []),
    ...wide.map(({ name, text }) => fieldBlock(name, text, width())),
  ];
  return blocks.join('\n');
}

const indented = (text: string): string => text.replace(/^(?=.)/gm, '  ');

/** Several sockets, one block each. */
function block(reader: Reader, read: Read, request: Request, named: boolean): string {
  const title = bold(hanging('', escapeControls(reader.headline(read)), width()));
  const { result, failure } = read;
  if (result === undefined) return `${title}\n${hanging('  ', escapeControls(failure?.message ?? ''), width())}\n`;
  return `${title}\n${indented(oneTable(reader, result, request, named))}`;
}

/** Several sockets and a few options: a line a socket, as far as that fits. */
function wideTable(all: readonly Read[], names: readonly string[]): string | undefined {
  const end = (address: Parameters<typeof formatAddress>[0] | undefined): string =>
    address ? formatAddress(address) : '-';
  const value = ({ result }: Read, name: string): string => {
    const entry = result?.options.find((one) => one.name === name);
    return entry ? shown(entry) : '-';
  };
  for (const ends of [true, false]) {
    const titles = ['SOCKET', 'PROCESS', ...(ends ? ['LOCAL', 'REMOTE'] : []), ...names];
    const columns = titles.map((title) => ({ title, most: 200 }));
    const rows = all.map((read) => [
      read.target,
      read.socket?.owners[0]?.process ?? '-',
      ...(ends ? [end(read.socket?.local), end(read.socket?.remote)] : []),
      ...names.map((name) => value(read, name)),
    ]);
    const widths = columnWidths([...columns, { title: '' }], rows, Number.POSITIVE_INFINITY);
    if (widths.reduce((sum, one) => sum + one + 2, -2) <= width()) return table(columns, rows, { width: width() });
  }
  return undefined;
}

const named = (name: string, reason: string): string => (reason.includes(name) ? reason : `${name}: ${reason}`);

/** What a table of several sockets has no room for: why there is a dash. */
function dashes({ reasonOf }: Reader, all: readonly Read[]): string {
  const reasons = new Map<string, string[]>();
  const note = (reason: string, target: string): void => {
    const targets = reasons.get(reason);
    if (targets) targets.push(target);
    else reasons.set(reason, [target]);
  };
  for (const { target, result, failure } of all) {
    if (failure) note(failure.message, target);
    for (const one of result?.unreadable ?? []) note(named(one.name, reasonOf(one)), target);
  }
  const lines = [...reasons].map(([reason, [target, ...others]]) => {
    return `${others.length > 0 ? `${others.length + 1} sockets` : target}: ${reason}`;
  });
  const more = lines.length > 5 ? [`... and ${lines.length - 5} more; --json has all`] : [];
  return [...lines.slice(0, 5), ...more]
    .map((line) => `${dim(hanging('- ', escapeControls(line), width()))}\n`)
    .join('');
}

/** The values alone; an empty line for one that could not be read. */
async function printValues(
  { reasonOf }: Reader,
  all: Iterable<Read>,
  names: readonly string[],
  raw: boolean,
): Promise<void> {
  for (const { target, result, failure } of all) {
    for (const name of names) {
      const entry = result?.options.find((one) => one.name === name);
      const text = entry && escapeControls(raw ? hex(entry.raw) : entry.text);
      if (!(await flow(`${text ?? ''}\n`))) return;
      if (entry) continue;
      const unreadable = result?.unreadable.find((one) => one.name === name);
      const why = unreadable ? reasonOf(unreadable) : (failure?.message ?? '');
      process.stderr.write(`sockctl: ${escapeControls(`${name} of ${target}: ${why}`)}\n`);
    }
  }
}

function* counted(all: Iterable<Read>, each: (read: Read) => void): Generator<Read> {
  for (const one of all) {
    each(one);
    yield one;
  }
}

async function printText(
  reader: Reader,
  all: Iterable<Read>,
  several: boolean,
  names: readonly string[],
  request: Request,
): Promise<void> {
  const asked = names.length > 0;
  if (!several) {
    for (const { result } of all) print(oneTable(reader, result as Snapshot, request, asked));
    return;
  }
  const listed = asked && !request.has('raw') ? [...all] : all;
  const wide = Array.isArray(listed) ? wideTable(listed, names) : undefined;
  if (wide !== undefined) {
    print(wide);
    print(dashes(reader, listed as Read[]));
    return;
  }
  let first = true;
  for (const read of listed) {
    if (!(await flow(`${first ? '' : '\n'}${block(reader, read, request, asked)}`))) return;
    first = false;
  }
}

const get: Command = {
  summary: 'read options of live sockets',
  about: [
    'Reads options of sockets that are open in any process, without touching these. Several sockets make a table, or ' +
      'a block each where it would not fit. An OPTION may have * for any part of a name.',
    'What is named is read, whatever a read does besides: SO_ERROR clears the error that the program waits for, ' +
      'TCP_SAVED_SYN can be read once. Without names such reads are left out. Exit code 1 if nothing could be read.',
  ],
  arguments: [
    { name: 'TARGET', about: targetAbout },
    {
      name: 'OPTION',
      about: 'in any case; without it all that can be read',
      optional: true,
      many: true,
      complete: 'option',
    },
  ],
  flags: {
    raw: { about: "the kernel's bytes as well, in hex; with --value instead of the text" },
    value: { about: 'the values alone, one a line, for scripts' },
    ...selectFlags,
  },
  examples: [
    ['sockctl get 4211/23 SO_KEEPALIVE TCP_KEEPIDLE', 'two options of descriptor 23 of process 4211'],
    ['sockctl get :5432 TCP_INFO', 'of each connection to or from a port'],
    ["sockctl get nginx 'TCP_KEEP*' --state ESTABLISHED", 'of the connections of a program, by part of a name'],
    ['sockctl get 4211/23 TCP_CONGESTION --value', 'the bare value'],
    ['sockctl get @/tmp/.X11-unix/X0 SO_PEERCRED --json', 'of a unix socket, as data'],
  ],
  async run(request) {
    const [word = '', ...words] = request.words;
    const meant = lookup(word);
    if (meant)
      throw usage(`${meant.name} is an option: the target comes first`, 'Usage: sockctl get TARGET [OPTION...]');
    const reader = await import('../reading.ts');
    const options = reader.optionsNamed(words);
    if (options.length === 0 && request.has('value')) {
      throw usage('--value needs the name of an option', 'Usage: sockctl get TARGET OPTION --value');
    }
    const subject = await subjectOf(word, request);
    let read = 0;
    const named = options.length > 0;
    const all = counted(reader.readings(subject, reader.reader(named ? { only: options } : {})), ({ result }) => {
      read += result?.options.length ?? 0;
    });
    const names = options.map(({ name }) => name);
    if (request.has('json')) await writeList(flow, entries(reader, all, named));
    else if (request.has('value')) await printValues(reader, all, names, request.has('raw'));
    else await printText(reader, all, 'sockets' in subject && subject.sockets.length > 1, names, request);
    return read > 0 ? 0 : 1;
  },
};

function* entries(reader: Reader, all: Iterable<Read>, named: boolean): Generator<object> {
  for (const read of all) {
    const { result, failure } = read;
    const unreadable = named ? (result?.unreadable ?? []) : [];
    yield {
      ...reader.factsOf(read),
      options: result ? reader.optionJson(result) : [],
      unreadable: unreadable.map((one) => ({ name: one.name, code: one.code, why: reader.reasonOf(one) })),
      ...(failure && { error: reader.failureJson(failure) }),
    };
  }
}

export default get;
