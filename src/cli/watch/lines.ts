// A watch as lines that are appended: for pipes, files and logs.

import type { Finding } from '../../live/diagnose.ts';
import type { Tick } from '../../live/watch-sample.ts';
import { escapeControls, escapeJson } from '../../render/escape.ts';
import { hanging } from '../../render/wrap.ts';
import { jsonValue } from '../render/json.ts';
import { ownFields, textOf, type WatchField } from './fields.ts';
import { addressText, type View } from './views.ts';

/** What writes a watch: the text of each tick. */
export interface Writer {
  tick(tick: Tick, views: readonly View[]): string;
}

const TARGET = 11;

/** As wide as what a field may say. */
function roomOf({ kind, title }: WatchField): number {
  const usual = { time: 8, bytes: 8, rate: 9, count: 5, share: 5, word: 12 }[kind];
  return Math.max(usual, title.length);
}

const seconds = (ms: number): string => (ms / 1000).toFixed(1);

/** `! ` for what is wrong, `- ` for what explains. */
export const markOf = ({ severity }: Finding): string => (severity === 'note' ? '- ' : '! ');

/** A finding as text: what is the case, what to do about it. */
export function findingText(finding: Finding, width: number, indent: string): string {
  const { sentence, advice, command } = finding;
  const more = [advice, command && `(${command})`].filter(Boolean).join(' ');
  const lines = [hanging(`${indent}${markOf(finding)}`, escapeControls(sentence), width)];
  if (more) lines.push(hanging(`${indent}  `, escapeControls(more), width));
  return `${lines.join('\n')}\n`;
}

/** One line a connection and tick, and a finding when it is new. */
export class TextLines implements Writer {
  readonly #fields: readonly WatchField[];
  readonly #width: number;
  readonly #told = new Map<string, Set<string>>();
  #titled = false;

  constructor(fields: readonly WatchField[], width: number) {
    this.#fields = fields;
    this.#width = width;
  }

  #line(time: string, target: string, cells: readonly string[]): string {
    const padded = this.#fields.map((field, i) => (cells[i] ?? '').padStart(roomOf(field)));
    const rest = padded.join(' ');
    // A longer name takes room from the blanks behind it, so that the columns stay where they are.
    const blanks = rest.length - rest.trimStart().length;
    const moved = rest.slice(Math.min(blanks, Math.max(0, target.length - TARGET)));
    return `${time.padStart(7)} ${target.padEnd(TARGET)} ${moved}`.trimEnd().concat('\n');
  }

  tick({ elapsed }: Tick, views: readonly View[]): string {
    let text = '';
    if (!this.#titled) {
      text += this.#line(
        'SECONDS',
        'PID/FD',
        this.#fields.map(({ title }) => title),
      );
      this.#titled = true;
    }
    for (const view of views) {
      const { sample, key, target } = view;
      if (sample.ended) {
        text += `${seconds(elapsed).padStart(7)} ${target.padEnd(TARGET)} ended\n`;
        this.#told.delete(key);
        continue;
      }
      if (sample.appeared) text += `${seconds(elapsed).padStart(7)} ${escapeControls(this.#introduction(view))}\n`;
      // Its first tick has no differences, and so mostly nothing to say.
      text += this.#line(
        seconds(elapsed),
        target,
        this.#fields.map((field) => escapeControls(textOf(field, sample))),
      );
      text += this.#news(view);
    }
    return text;
  }

  #introduction({ target, process, sample: { socket } }: View): string {
    const { kind, state, local, remote } = socket;
    const end = remote === undefined ? '' : ` -> ${addressText(remote)}`;
    return `${target.padEnd(TARGET)} ${process ? `${process}, ` : ''}${kind} ${state} ${addressText(local)}${end}`;
  }

  #news({ key, findings }: View): string {
    const told = this.#told.get(key);
    this.#told.set(key, new Set(findings.map(({ code }) => code)));
    return findings
      .filter(({ code }) => !told?.has(code))
      .map((finding) => findingText(finding, this.#width, ' '.repeat(20)))
      .join('');
  }
}

/** What a tick is for a connection. */
export const events = ['appeared', 'sample', 'ended'] as const;

export function eventOf({ sample: { appeared, ended } }: View): (typeof events)[number] {
  if (ended) return 'ended';
  return appeared ? 'appeared' : 'sample';
}

/** One JSON document a line, a line a connection and tick. */
export class JsonLines implements Writer {
  readonly #fields: readonly WatchField[] | undefined;

  /** @param fields undefined: everything that there is */
  constructor(fields: readonly WatchField[] | undefined) {
    this.#fields = fields;
  }

  tick({ time, elapsed }: Tick, views: readonly View[]): string {
    let text = '';
    for (const view of views) {
      const head = {
        time: new Date(time).toISOString(),
        elapsed: Math.round(elapsed) / 1000,
        event: eventOf(view),
        target: view.target,
      };
      const body = this.#fields === undefined ? whole(view) : values(this.#fields, view);
      text += `${escapeJson(JSON.stringify(jsonValue({ ...head, ...body })))}\n`;
    }
    return text;
  }
}

/** A share of a third has no more digits than it means. */
const short = (value: number | string | undefined): unknown =>
  typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(6)) : (value ?? null);

function values(fields: readonly WatchField[], { sample }: View): Record<string, unknown> {
  return Object.fromEntries(fields.map((field) => [field.name, short(field.value(sample))]));
}

const told = new Set(['state', 'timer']);

function whole(view: View): Record<string, unknown> {
  const { sample, findings, owners } = view;
  const { socket } = sample;
  return {
    kind: socket.kind,
    state: socket.state,
    local: socket.local ?? null,
    remote: socket.remote ?? null,
    namespace: socket.namespace ?? null,
    cookie: socket.cookie,
    owners: owners.map(({ pid, process, fd }) => ({ pid, process, fd })),
    timer: socket.timer ?? null,
    ...values(
      ownFields.filter(({ name }) => !told.has(name)),
      view,
    ),
    congestion: socket.congestion,
    info: socket.info,
    memory: socket.memory,
    findings,
  };
}

/** A cell of CSV. Quoted where it needs to be; a spreadsheet would take `=` for a formula. */
function cell(value: number | string | undefined): string {
  if (value === undefined) return '';
  if (typeof value === 'number') return String(short(value));
  const safe = escapeControls(value).replace(/^(?=[=+@-])/, "'");
  return /[",']/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Comma-separated values with a line of titles: plain numbers, in us, bytes, bytes/s, and parts from 0 to 1. */
export class CsvLines implements Writer {
  readonly #fields: readonly WatchField[];
  #titled = false;

  constructor(fields: readonly WatchField[]) {
    this.#fields = fields;
  }

  tick({ time, elapsed }: Tick, views: readonly View[]): string {
    const titles = ['time', 'elapsed', 'event', 'target', 'process', 'local', 'remote'];
    let text = this.#titled ? '' : `${[...titles, ...this.#fields.map(({ name }) => name)].join(',')}\n`;
    this.#titled = true;
    for (const view of views) {
      const { local, remote } = view.sample.socket;
      const ends = [local, remote].map((end) => (end === undefined ? undefined : addressText(end)));
      const head = [new Date(time).toISOString(), Math.round(elapsed) / 1000, eventOf(view), view.target, view.process];
      const cells = this.#fields.map((field) => field.value(view.sample));
      text += `${[...head, ...ends, ...cells].map(cell).join(',')}\n`;
    }
    return text;
  }
}
