// A watch on a terminal: the lines of one screen, for one connection or for many.
import type { Finding } from '../../live/diagnose.ts';
import type { Tick } from '../../live/watch-sample.ts';
import { bold, dim, green, type Paint, red, yellow } from '../../render/colours.ts';
import { escapeControls } from '../../render/escape.ts';
import { inTime } from '../../render/units.ts';
import { fieldNamed, isConnection, numberText, textOf, type WatchField } from './fields.ts';
import { findingText } from './lines.ts';
import { spark } from './spark.ts';
import { addressText, type View } from './views.ts';

/** The room that there is, and how it may be used. */
export interface Screen {
  readonly columns: number;
  readonly rows: number;
  readonly utf8: boolean;
}

/** What is watched, for the first line. */
export interface About {
  readonly what: string;
  readonly interval: number;
  readonly fields: readonly WatchField[] | undefined;
}

const paints: Readonly<Record<Finding['severity'], Paint>> = { problem: red, warning: yellow, note: dim };

/** Cut where the screen ends; to be painted afterwards. */
const cut = (text: string, room: number): string => (text.length > room ? text.slice(0, Math.max(0, room)) : text);

function title({ what, interval }: About, { elapsed }: Tick, right: string, columns: number): string {
  const left = `sockctl watch ${escapeControls(what)}`;
  const ends = [
    `${right}every ${inTime(interval * 1000)}, for ${inTime(elapsed * 1000)}`,
    right.replace(/, $/, ''),
    '',
  ];
  const end = ends.find(({ length }) => left.length + length + 2 <= columns) ?? '';
  return bold(cut(left, columns).padEnd(columns - end.length)) + dim(end);
}

/** Values of a row of the panel besides the one that is drawn. */
const rows: readonly (readonly [
  label: string,
  name: string,
  beside: readonly (readonly [string, string])[],
  most?: number,
])[] = [
  [
    'rtt',
    'rtt',
    [
      ['least', 'min_rtt'],
      ['var', 'rttvar'],
    ],
  ],
  [
    'window',
    'snd_cwnd',
    [
      ['ssthresh', 'snd_ssthresh'],
      ['mss', 'snd_mss'],
    ],
  ],
  ['in flight', 'in_flight', [["peer's window", 'snd_wnd']]],
  [
    'sending',
    'sending',
    [
      ['delivery', 'delivery_rate'],
      ['pace', 'pacing_rate'],
    ],
  ],
  ['receiving', 'receiving', [['window', 'rcv_wnd']]],
  [
    'sent again',
    'retransmitted',
    [
      ['in all', 'total_retrans'],
      ['lost', 'lost'],
    ],
  ],
  ['busy', 'busy_share', [], 1],
  ['by window', 'rwnd_share', [['in all', 'rwnd_share_total']], 1],
  ['by buffer', 'sndbuf_share', [['in all', 'sndbuf_share_total']], 1],
  ['recv queue', 'recvq', []],
  ['send queue', 'sendq', [['not sent', 'notsent_bytes']]],
  ['dropped', 'dropped', []],
];

const LABEL = 11;
const VALUE = 10;
const BESIDE = 36;
/** Lines from which on some may be left blank. */
const ROOMY = 16;

/** As many of them as there is room for: half a figure is a wrong one. */
function fitting(texts: readonly string[], room: number): string {
  const choices = texts.map((_, i) => texts.slice(0, texts.length - i).join('  '));
  return choices.find(({ length }) => length <= room) ?? '';
}

function panel(
  view: View,
  { columns, rows: height, utf8 }: Screen,
  wanted: readonly WatchField[] | undefined,
): string[] {
  const { sample } = view;
  const { socket } = sample;
  const who = [view.process, view.target].filter(Boolean).join(' ');
  const ends = `${addressText(socket.local)}${socket.remote ? ` -> ${addressText(socket.remote)}` : ''}`;
  const timer = socket.timer ? `  timer ${socket.timer.kind} in ${inTime(socket.timer.expires * 1000)}` : '';
  // What the numbers say comes before the last of the figures where there is little room.
  const gap = height < ROOMY ? [] : [''];
  const lines = [
    bold(cut(escapeControls(`${who}  ${socket.kind} ${sample.ended ? 'ended' : socket.state}`), columns)),
    cut(escapeControls(`${ends}  ${socket.congestion ?? ''}${timer}`), columns),
    ...gap,
  ];
  const shown = wanted
    ? wanted.map((field) => [field.name, field.name, []] as const)
    : rows.filter(
        ([, name]) =>
          (name !== 'dropped' || !isConnection(sample)) &&
          (fieldNamed(name).value(sample) !== undefined || view.past.get(name)?.some((one) => one !== undefined)),
      );
  const label = Math.max(LABEL, ...shown.map(([text]) => text.length + 1));
  const values = shown.map(([, name]) => escapeControls(textOf(fieldNamed(name), sample)));
  const valueRoom = Math.max(VALUE, ...values.map(({ length }) => length));
  const free = Math.max(0, columns - label - valueRoom - 2);
  const room = Math.min(free, Math.max(8, free - (wanted ? 0 : BESIDE)));
  const words = told(view.findings, columns, height).length;
  const kept = height - lines.length - Math.min(words, Math.floor(height / 3)) - gap.length;
  for (const [i, [text, name, beside, most]] of shown.slice(0, Math.max(1, kept)).entries()) {
    const more = fitting(
      beside.map(([word, other]) => `${word} ${textOf(fieldNamed(other), sample)}`),
      Math.min(BESIDE, free - room) - 2,
    );
    const line = spark(view.past.get(name) ?? [], room, utf8, most);
    lines.push(
      dim(text.padEnd(label)) +
        cut((values[i] as string).padStart(valueRoom), columns - label) +
        `  ${green(line)}  ${dim(more)}`.trimEnd(),
    );
  }
  lines.push(...gap, ...told(view.findings, columns, height - lines.length - gap.length));
  return lines;
}

/** The findings, as many as there is room; of the first its beginning at least. */
function told(findings: readonly Finding[], columns: number, room: number): string[] {
  const lines: string[] = [];
  for (const finding of findings) {
    const text = findingText(finding, columns, '').trimEnd().split('\n');
    if (lines.length > 0 && lines.length + text.length > room) break;
    lines.push(...text.slice(0, Math.max(0, room)).map((line) => paints[finding.severity](line)));
  }
  return lines;
}

const weights: Readonly<Record<Finding['severity'], number>> = { problem: 1e6, warning: 1e4, note: 1 };

/** How interesting a connection is: what is wrong with it first, then what it does. */
function interest({ findings, sample }: View): number {
  const wrong = findings.reduce((sum, { severity }) => sum + weights[severity], 0);
  const rate = (sample.sending ?? 0) + (sample.receiving ?? 0);
  return (
    wrong + (sample.retransmitted ?? 0) * 100 + Math.log2(1 + rate) * 10 + Math.log2(1 + (sample.socket.recvQueue ?? 0))
  );
}

const usual = ['rtt', 'sending', 'receiving', 'retransmitted', 'busy_share'].map(fieldNamed);
const queues = ['recvq', 'sendq', 'dropped'].map(fieldNamed);
const TARGET = 14;
const REMOTE = 21;

function cellRoom({ kind, title: name }: WatchField): number {
  return Math.max({ time: 7, bytes: 7, rate: 9, count: 5, share: 4, word: 11 }[kind], name.length);
}

function table(
  views: readonly View[],
  { columns, rows: height, utf8 }: Screen,
  wanted: readonly WatchField[] | undefined,
): string[] {
  const fields = wanted ?? (views.some(({ sample }) => isConnection(sample)) ? usual : queues);
  const used = TARGET + REMOTE + 2 + fields.reduce((sum, field) => sum + cellRoom(field) + 1, 0);
  const drawnRoom = Math.min(24, columns - used - 1);
  const sorted = [...views].sort((a, b) => interest(b) - interest(a));
  const worst = sorted.find(({ findings: [first] }) => first !== undefined && first.severity !== 'note');
  const below = worst ? ['', ...told(worst.findings.slice(0, 1), columns, Math.min(4, Math.floor(height / 4)))] : [];
  if (worst) below[0] = bold(cut(escapeControls(`${worst.process} ${worst.target}`), columns));
  const room = Math.max(1, height - 2 - below.length - 1);
  const head = [
    'PROCESS'.padEnd(TARGET),
    'REMOTE'.padEnd(REMOTE),
    ...fields.map((field) => field.title.padStart(cellRoom(field))),
  ].join(' ');
  const lines = sorted.slice(0, room).map((view) => {
    const { sample, findings } = view;
    const { remote, state, local } = sample.socket;
    const where = remote ? addressText(remote) : `${state} ${local && 'port' in local ? `:${local.port}` : ''}`;
    const text = [
      cut(escapeControls(view.process || view.target), TARGET).padEnd(TARGET),
      cut(escapeControls(sample.ended ? 'ended' : where), REMOTE).padEnd(REMOTE),
      ...fields.map((field) => cut(escapeControls(textOf(field, sample)), cellRoom(field)).padStart(cellRoom(field))),
    ].join(' ');
    const [first] = findings;
    const paint = sample.ended
      ? dim
      : first && first.severity !== 'note'
        ? paints[first.severity]
        : (plain: string) => plain;
    const traffic = (view.past.get('sending') ?? []).map(
      (value, i) => (value ?? 0) + (view.past.get('receiving')?.[i] ?? 0),
    );
    return paint(cut(text, columns)) + (drawnRoom >= 8 ? ` ${green(spark(traffic, drawnRoom, utf8))}` : '');
  });
  const left = sorted.length - lines.length;
  const rest = left > 0 ? [dim(`${left} more`)] : [];
  return [bold(cut(head, columns)), ...lines.slice(0, left > 0 ? room : undefined), ...rest, ...below];
}

/** The lines of a screen; no more than fit. */
export function frame(about: About, tick: Tick, views: readonly View[], screen: Screen): string[] {
  const one = views.length === 1;
  const count = one ? '' : `${numberText('count', views.length)} sockets, `;
  const top = title(about, tick, count, screen.columns);
  const [first] = views;
  const inner = { ...screen, rows: screen.rows - 1 };
  const body =
    first === undefined
      ? ['', 'nothing to watch yet']
      : one
        ? panel(first, inner, about.fields)
        : table(views, inner, about.fields);
  return [top, ...body].slice(0, screen.rows);
}
