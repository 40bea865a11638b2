// SOCKCTL_TRACE: what became of each socket, as text of 80 columns or as JSON lines.
import { errnoName } from '../kernel/errno.ts';
import type { AnyOption } from '../option.ts';
import { judge } from '../outcome.ts';
import { escapeJson } from '../render/escape.ts';
import type { Birth } from '../socket/birth.ts';
import { readBytes } from '../typed.ts';
import { type Line, type OptionLine, textOf } from './line.ts';
import { ruleOf } from './plan.ts';
import type { Entry } from './session.ts';
import { type Sink, sinkFor, type TraceTarget } from './sink.ts';

function readable({ access, number, declaration }: AnyOption): boolean {
  return access === 'rw' && number >= 0 && declaration.query === undefined && declaration.sideEffect === undefined;
}

function read(fd: number, option: AnyOption): Uint8Array | undefined {
  const bytes = readable(option) ? readBytes(fd, option) : undefined;
  return typeof bytes === 'number' ? undefined : bytes;
}

function text(option: AnyOption, bytes: Uint8Array | undefined): string | undefined {
  if (bytes === undefined) return undefined;
  return option.declaration.secret ? '(secret)' : option.codec.format(option.codec.decode(bytes) as never);
}

export class Trace {
  readonly #write: Sink;
  readonly #json: boolean;

  constructor(write: Sink, json: boolean) {
    this.#write = write;
    this.#json = json;
  }

  /** Keeps what the options were before they are set for the first time. */
  observe(entry: Entry, fd: number, { settings }: Birth): void {
    entry.before ??= new Map();
    for (const { option } of settings) {
      const bytes = entry.before.has(option.name) ? undefined : read(fd, option);
      if (bytes) entry.before.set(option.name, bytes);
    }
  }

  /** Tells of a socket that is connected, listens or is bound; with a status below 0, of one that failed. */
  socket(entry: Entry, fd: number, status = 0): void {
    const { facts } = entry;
    this.#print({
      ...this.#head(entry),
      ...(typeof facts.host === 'string' && { host: facts.host }),
      ...(status < 0 && { failed: errnoName(-status) }),
      options: this.#options(entry, fd),
    });
  }

  /** Tells of options that the program itself has overwritten, or would have, were they not enforced. */
  overwritten(entry: Entry, fd: number, call: string, names: readonly string[]): void {
    const options: OptionLine[] = [];
    for (const { option } of entry.plan?.birth.settings ?? []) {
      if (!names.includes(option.name)) continue;
      const rule = entry.plan ? ruleOf(entry.plan.match, option.name) : '';
      const kept = entry.plan?.kept.some(([one]) => one === option) ?? false;
      const after = text(option, read(fd, option));
      const outcome = kept ? 'enforced' : 'overwritten';
      options.push({ name: option.name, rule, outcome, ...(after !== undefined && { after }) });
    }
    if (options.length > 0) this.#print({ ...this.#head(entry), by: call, options });
  }

  #head({ facts: { side, protocol, path, local, localPort, remote, remotePort } }: Entry): Omit<Line, 'options'> {
    return {
      time: new Date().toISOString(),
      pid: process.pid,
      side,
      protocol,
      ...(path !== undefined && { path: path.replace(/^\0/, '@') }),
      ...(local !== undefined && { local: { address: local, port: localPort ?? 0 } }),
      ...(remote !== undefined && { remote: { address: remote, port: remotePort ?? 0 } }),
    };
  }

  #options({ plan, report, before }: Entry, fd: number): OptionLine[] {
    return report.map(({ name, outcome, why, error }): OptionLine => {
      const setting = plan?.birth.settings.find(({ option }) => option.name === name);
      const rule = plan ? ruleOf(plan.match, name) : '';
      if (outcome === 'refused' || setting === undefined) {
        return { name, rule, outcome, ...(error && { code: error.code }), ...(why !== undefined && { why }) };
      }
      const { option, bytes } = setting;
      const was = before?.get(name);
      const now = fd >= 0 ? read(fd, option) : undefined;
      const verdict = outcome === 'set' ? judge(option, { asked: bytes, before: was, after: now }) : { outcome, why };
      const values = { before: text(option, was), asked: text(option, bytes), after: text(option, now) };
      return {
        name,
        rule,
        outcome: verdict.outcome,
        ...(verdict.why !== undefined && { why: verdict.why }),
        ...Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)),
        ...(plan?.kept.some(([one]) => one === option) && { enforced: true as const }),
      };
    });
  }

  #print(line: Line): void {
    this.#write(`${this.#json ? escapeJson(JSON.stringify(line)) : textOf(line)}\n`);
  }
}

/** The trace that is asked for; undefined for none. */
export function traceOf(target: TraceTarget | undefined): Trace | undefined {
  return target && new Trace(sinkFor(target), target.json);
}
