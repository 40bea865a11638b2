// Many options on one socket, with an honest report per option, and the way back where asked.

import { lookup } from './catalog/index.ts';
import { SO_TYPE } from './catalog/socket.ts';
import { onPlatform } from './codec/abi.ts';
import { SockctlError, SocketOptionError } from './errors.ts';
import { kindsText } from './hints.ts';
import { type SocketLike, withDescriptor } from './kernel/descriptor.ts';
import { readSysctl } from './kernel/sysctl.ts';
import type { AnyOption } from './option.ts';
import { equalValues, judge, type Outcome } from './outcome.ts';
import { type ApplyInput, checkSettings, type Setting } from './settings.ts';
import { hasMoment, type Stage, stageOf, tooLate } from './stage.ts';
import { isForeign, readBytes, writeOption } from './typed.ts';

/** What became of one option. */
export interface Report {
  readonly name: string;
  readonly level: string;
  readonly asked: unknown;
  /** What the kernel said before and after; absent where it cannot be read. */
  readonly before?: unknown;
  readonly after?: unknown;
  readonly outcome: Outcome;
  /** In words, wherever the outcome is not simply `applied`. */
  readonly why?: string;
  /** The errno's name, or our own code, of a refusal. */
  readonly code?: string;
  /** With `atomic`, after a refusal: whether this option has its old value again. */
  readonly restored?: boolean;
  /** The same as people write it. */
  readonly text: { readonly asked: string; readonly before?: string; readonly after?: string };
}

export interface ApplyOptions {
  /** After the first refusal stop, and give every option that was set its old value again. */
  atomic?: boolean;
}

/** What an option read at one moment. */
export interface Saved {
  readonly option: AnyOption;
  readonly bytes: Uint8Array;
}

function readable(option: AnyOption): boolean {
  const { declaration, access } = option;
  return access === 'rw' && declaration.query === undefined && declaration.sideEffect === undefined;
}

/** What it reads now; undefined where it cannot be read, or where a read does more than that. */
export function observe(fd: number, option: AnyOption): Uint8Array | undefined {
  if (!readable(option) || option.number < 0) return undefined;
  const bytes = readBytes(fd, option);
  return typeof bytes === 'number' ? undefined : bytes;
}

/** What the kernel says of an option that a socket does not have. */
export const absent: ReadonlySet<string> = new Set(['ENOPROTOOPT', 'EOPNOTSUPP', 'ERR_UNSUPPORTED']);

/** What people are shown of a key. */
const SECRET = '(secret)';

/** Outcomes of which nothing was set. */
export const failures: ReadonlySet<Outcome> = new Set(['refused', 'unsupported', 'too-late']);

/** What the steps of one apply share. */
export class Target {
  readonly fd: number;
  #stage: Stage | undefined;

  constructor(fd: number) {
    this.fd = fd;
  }

  /** Asked once, and only where an option depends on it. */
  get stage(): Stage {
    this.#stage ??= stageOf(this.fd);
    return this.#stage;
  }
}

/** A set before it is made. */
export interface Foreseen {
  readonly before: Uint8Array | undefined;
  /** Of a report: what is known by then. */
  readonly known: Omit<Report, 'outcome'>;
  /** Why it comes late, whether it does something still or not. */
  readonly late: string | undefined;
  /** The whole report, where it comes too late to be tried. */
  readonly missed: Report | undefined;
}

/** The text of a value, as a report may show it. */
export function shownText({ declaration, codec }: AnyOption, bytes: Uint8Array): string {
  return declaration.secret ? SECRET : codec.format(codec.decode(bytes) as never);
}

/** What is read before a set, and whether it comes too late. */
export function foresee(target: Target, { option, asked, bytes }: Setting): Foreseen {
  const { codec, name, level } = option;
  const foreign = option.number >= 0 && isForeign(target.fd, option);
  const before = foreign ? undefined : observe(target.fd, option);
  const known = {
    name,
    level,
    asked,
    ...(before && { before: codec.decode(before) }),
    text: { asked: askedAsText(option, asked, bytes), ...(before && { before: shownText(option, before) }) },
  };
  if (foreign) {
    const why = `${level} has another meaning on sockets of this family: ${name} is for ${kindsText(option)}`;
    return {
      before,
      known,
      late: undefined,
      missed: { ...known, outcome: 'unsupported', why, code: 'ERR_UNSUPPORTED' },
    };
  }
  const late = option.number >= 0 && hasMoment(option) ? tooLate(option, target.stage, asked) : undefined;
  const useless = late !== undefined && option.declaration.late === undefined;
  const missed = useless && !(before && equalValues(option, bytes, before));
  return {
    before,
    known,
    late,
    missed: missed ? { ...untouched(known), outcome: 'too-late', why: late, code: 'ERR_TOO_LATE' } : undefined,
  };
}

/** Of a set that was not made: what is read after is what was read before. */
function untouched(known: Foreseen['known']): Foreseen['known'] {
  if (known.text.before === undefined) return known;
  return { ...known, after: known.before, text: { ...known.text, after: known.text.before } };
}

function applyOne(target: Target, setting: Setting): Report {
  const { fd } = target;
  const { option, bytes } = setting;
  const { before, known, late, missed } = foresee(target, setting);
  if (missed) return missed;
  try {
    setting.write(fd);
  } catch (error) {
    if (!(error instanceof SocketOptionError || error instanceof SockctlError)) throw error;
    const { code, message } = error;
    if (code === 'EBADF' || code === 'ENOTSOCK') {
      // With a socket in place it is the value that names no descriptor of this process (SO_ATTACH_BPF).
      if (typeof readBytes(fd, SO_TYPE) === 'number') throw error;
      const why = `${code}: its value is a descriptor of this process, and ${known.text.asked} is not one that it takes`;
      return { ...untouched(known), outcome: 'refused', why, code };
    }
    return { ...untouched(known), outcome: absent.has(code) ? 'unsupported' : 'refused', why: message, code };
  }
  const after = observe(fd, option);
  const verdict = judge(option, { asked: bytes, before, after });
  return {
    ...known,
    ...(after && { after: option.codec.decode(after) }),
    ...verdict,
    ...(late && { why: [verdict.why, `set late: ${option.declaration.late}`].filter(Boolean).join('; ') }),
    text: { ...known.text, ...(after && { after: shownText(option, after) }) },
  };
}

function askedAsText(option: AnyOption, asked: unknown, bytes: Uint8Array): string {
  const codec = option.input;
  if (option.declaration.secret) return SECRET;
  return typeof asked === 'string' ? asked : codec.format(codec.decode(bytes) as never);
}

/** What a set may change: the option itself and the ones that it alters, oldest last. */
export function save(fd: number, option: AnyOption): Saved[] {
  const touched = [option, ...(option.declaration.alters ?? []).map(lookup)];
  return touched.flatMap((other) => {
    const bytes = other && observe(fd, other);
    return other && bytes ? [{ option: other, bytes }] : [];
  });
}

/** A set that gives an option its old value back; by another name where that one may exceed the limit. */
export interface WayBack {
  readonly by: AnyOption;
  readonly value: unknown;
}

/** What must be written so that a read gives `old` again. */
export function wayBack(option: AnyOption, old: unknown): WayBack {
  const { unset, readback, limit } = option.declaration;
  if (unset && unset.reads === old) return { by: option, value: unset.write };
  // Half of what was read gives a doubled option its old value back.
  if (!readback || onPlatform(readback) !== 'doubled' || typeof old !== 'number') return { by: option, value: old };
  const value = Math.floor(old / 2);
  // Autotuning goes beyond what a plain set may ask for.
  const force = limit && value > Number(readSysctl(limit)) ? lookup(`${option.name}FORCE`) : undefined;
  return { by: force ?? option, value };
}

/** Whether it reads that value again. Where a set has more to it than a read tells, an equal read proves nothing. */
export function restore(fd: number, { option, bytes }: Saved): boolean {
  const equal = (now: Uint8Array | undefined): boolean => now !== undefined && equalValues(option, now, bytes);
  const partial = option.declaration.input !== undefined;
  if (!partial && equal(observe(fd, option))) return true;
  try {
    const { by, value } = wayBack(option, option.codec.decode(bytes));
    writeOption(fd, by, value);
  } catch {
    return false;
  }
  return !partial && equal(observe(fd, option));
}

/**
 * Sets several options in the order given and tells what became of each: `apply(socket, { SO_RCVBUF: 4 << 20 })`.
 * A refusal by the kernel is in the report and does not stop the others, unless `atomic`.
 * @throws SockctlError before anything is set: an unknown name, a value that the option does not take, a read-only option, no descriptor.
 * @throws SocketOptionError EBADF or ENOTSOCK: there is no socket.
 */
export function apply(socket: SocketLike, values: ApplyInput, { atomic = false }: ApplyOptions = {}): Report[] {
  const steps = checkSettings(values);
  return withDescriptor(socket, (fd) => {
    const target = new Target(fd);
    const reports: Report[] = [];
    const saved: Saved[][] = [];
    for (const step of steps) {
      if (atomic) saved.push(save(fd, step.option));
      const report = applyOne(target, step);
      reports.push(report);
      if (atomic && failures.has(report.outcome)) return undo(fd, reports, saved, steps);
    }
    return reports;
  });
}

function undo(fd: number, reports: readonly Report[], saved: readonly Saved[][], steps: readonly Setting[]): Report[] {
  const undone = new Map<number, boolean>();
  // Backwards, so that an option which was set twice ends with its first value.
  for (let i = reports.length - 2; i >= 0; i--) {
    const mine = saved[i] as Saved[];
    // A write-only option is restored through what it alters (SO_RCVBUFFORCE through SO_RCVBUF), or not at all.
    undone.set(i, mine.map((one) => restore(fd, one)).every(Boolean) && mine.length > 0);
  }
  const failed = reports.at(-1) as Report;
  const rest = steps.slice(reports.length).map(({ option, asked, bytes }): Report => {
    const why = `not tried: ${failed.name} was ${failed.outcome} and the apply is atomic`;
    return {
      name: option.name,
      level: option.level,
      asked,
      outcome: 'refused',
      why,
      restored: true,
      text: { asked: askedAsText(option, asked, bytes) },
    };
  });
  const done = reports.map(
    (report, i): Report => (i === reports.length - 1 ? report : { ...report, restored: undone.get(i) ?? false }),
  );
  return [...done, ...rest];
}
