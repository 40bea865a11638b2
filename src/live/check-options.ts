// The options of one socket against what is wanted of them: read, judged, and set where that still works.
import { apply } from '../apply.ts';
import { onPlatform } from '../codec/abi.ts';
import { errnoName } from '../kernel/errno.ts';
import type { AnyOption } from '../option.ts';
import type { Setting } from '../settings.ts';
import { hasMoment, stageOf, tooLate } from '../stage.ts';
import { readBytes } from '../typed.ts';
import { ofConnections } from './changed.ts';
import { type Expectations, type Expected, matchOf } from './check-expected.ts';
import type { Wish } from './check-wanted.ts';
import type { LiveSocket } from './socket.ts';
import { isTcp } from './sort.ts';

/**
 * What can be done about a violation: `live`: it can be set now. `too-late`: only a new socket can have it.
 * `no-privilege`: the kernel refuses it to this user. `refused`: it was tried, and the kernel refused or ignored it.
 */
export type Fix = 'live' | 'too-late' | 'no-privilege' | 'refused';

/** An option that has not the value that the policy says. Values as text. */
export interface Violation {
  readonly option: string;
  /** The name of the rule that says so, and the line of the policy where it begins. */
  readonly rule: string;
  readonly line: number;
  readonly has: string;
  /** As the policy has it. */
  readonly asked: string;
  /** What would be read if it had been set: doubled, rounded, cut to a limit. */
  readonly should: string;
  /** Why `should` is not `asked`, or why it cannot be set. */
  readonly why?: string;
  readonly fix: Fix;
}

/** An option that a mend has set. */
export interface Mended {
  readonly option: string;
  readonly rule: string;
  readonly before: string;
  readonly after: string;
  readonly asked: string;
  /** Why it is not as it was asked, or what it does not do any more, set so late. */
  readonly why?: string;
}

/** An option that has what the kernel allows of what was asked. */
export interface Compromise {
  readonly option: string;
  readonly rule: string;
  readonly has: string;
  readonly asked: string;
  readonly why: string;
}

/**
 * An option that cannot be judged. `unknown`: whether the rule is for the socket; `absent`: such a socket does not have
 * it; `unreadable`: a read does not tell it, or changes something; `volatile`: the kernel changes it by itself;
 * `refused`: the kernel does not let it be read.
 */
export interface Unjudged {
  readonly option: string;
  readonly rule: string;
  readonly reason: 'unknown' | 'absent' | 'unreadable' | 'volatile' | 'refused';
  readonly why: string;
}

const SECRET = '(secret)';

function textOf({ codec, declaration }: AnyOption, bytes: Uint8Array): string {
  return declaration.secret ? SECRET : codec.format(codec.decode(bytes) as never);
}

function askedText({ option: { input, declaration }, asked, bytes }: Setting): string {
  if (declaration.secret) return SECRET;
  return typeof asked === 'string' ? asked : input.format(input.decode(bytes) as never);
}

/** Why a read would not tell what was set; undefined where it does. */
function blind({ option }: Setting, tcp: boolean): Pick<Unjudged, 'reason' | 'why'> | undefined {
  const { name, access, declaration } = option;
  if (access === 'wo') return { reason: 'unreadable', why: 'it can only be set, not read' };
  if (declaration.query)
    return { reason: 'unreadable', why: 'a read of it needs a question, which a rule does not have' };
  if (declaration.input) return { reason: 'unreadable', why: 'a read does not tell all that is set' };
  const moves = declaration.readback && onPlatform(declaration.readback) === 'volatile';
  if (moves || (tcp && ofConnections.has(name))) {
    return { reason: 'volatile', why: 'the kernel changes it by itself: a read does not tell what was set' };
  }
  return undefined;
}

const refusals = new Set(['EPERM', 'EACCES']);

function unreadable(errno: number): Pick<Unjudged, 'reason' | 'why'> {
  const code = errnoName(errno);
  if (refusals.has(code)) return { reason: 'refused', why: `the kernel does not let it be read (${code})` };
  return { reason: 'absent', why: `such a socket does not have it (${code})` };
}

/** One socket, as often as it is looked at. */
export class Inspection {
  readonly #socket: LiveSocket;
  readonly #wishes: readonly Wish[];
  readonly #expectations: Expectations;
  readonly #settings = new Map<Violation, Setting>();
  violations: readonly Violation[] = [];
  mended: readonly Mended[] = [];
  compromises: readonly Compromise[] = [];
  unjudged: readonly Unjudged[] = [];

  constructor(socket: LiveSocket, wishes: readonly Wish[], expectations: Expectations) {
    this.#socket = socket;
    this.#wishes = wishes;
    this.#expectations = expectations;
  }

  /** Reads and judges every option that is wanted. */
  look(fd: number): void {
    const violations: Violation[] = [];
    const compromises: Compromise[] = [];
    const unjudged: Unjudged[] = [];
    this.#settings.clear();
    for (const wish of this.#wishes) {
      const { setting, rule, rival } = wish;
      const { option } = setting;
      const names = { option: option.name, rule: rule.name };
      if (option.number < 0) {
        unjudged.push({ ...names, reason: 'absent', why: 'this system does not have it' });
        continue;
      }
      const hidden = rival ? unknown(wish) : blind(setting, isTcp(this.#socket.sort));
      const read = hidden ? undefined : readBytes(fd, option);
      if (hidden || read === undefined || typeof read === 'number') {
        unjudged.push({ ...names, ...(hidden ?? unreadable(-(read as number))) });
        continue;
      }
      const expected = this.#expectations.of(this.#socket, setting);
      const match = matchOf(setting, this.#socket.sort, read, expected);
      if (match === 'none') {
        const violation = violationOf(wish, read, expected, fd);
        violations.push(violation);
        this.#settings.set(violation, setting);
      } else if (match === 'cut') {
        const texts = { has: textOf(option, read), asked: askedText(setting) };
        compromises.push({ ...names, ...texts, why: expected.why ?? 'the kernel keeps no more' });
      }
    }
    Object.assign(this, { violations, compromises, unjudged });
  }

  /** Sets what can be set, in the policy's order, and looks again. */
  mend(fd: number): void {
    const tried = new Map<string, [Violation, string | undefined, after: string]>();
    // A set may alter what was right before (IP_TOS alters SO_PRIORITY): that is set then as well, each option once.
    const next = (): Violation | undefined =>
      this.violations.find(({ option, fix }) => fix === 'live' && !tried.has(option));
    for (let violation = next(); violation !== undefined; violation = next()) {
      const setting = this.#settings.get(violation) as Setting;
      const [report] = apply(fd, [[setting.option, setting.asked]]);
      const why = report?.code === undefined ? report?.why : refusalText(setting.option, report.code);
      tried.set(violation.option, [violation, why, report?.text.after ?? violation.should]);
      this.look(fd);
    }
    if (tried.size === 0) return;
    const left = new Set(this.violations.map(({ option }) => option));
    this.violations = this.violations.map((violation): Violation => {
      const [, why] = tried.get(violation.option) ?? [];
      if (!tried.has(violation.option)) return violation;
      return { ...violation, fix: 'refused', ...(why !== undefined && { why }) };
    });
    const done = [...tried.values()].filter(([{ option }]) => !left.has(option));
    const more = done.map(([{ option, rule, has, asked }, why, after]): Mended => {
      return { option, rule, before: has, after, asked, ...(why !== undefined && { why }) };
    });
    this.mended = [...this.mended, ...more];
  }
}

/** Not the error's own words: they speak of the borrowed descriptor. */
function refusalText({ declaration: { needs } }: AnyOption, code: string): string {
  return `the kernel refuses it (${code})${needs ? `: it needs ${needs}` : ''}`;
}

function unknown({ rule, rival }: Wish): Pick<Unjudged, 'reason' | 'why'> {
  const name = rival === rule ? 'the rule is for it' : `rule ${JSON.stringify(rival?.name)} decides instead`;
  return {
    reason: 'unknown',
    why: `whether ${name} is not known: which host was asked for, an open socket does not tell`,
  };
}

function violationOf({ setting, rule }: Wish, read: Uint8Array, expected: Expected, fd: number): Violation {
  const { option, asked } = setting;
  const late = hasMoment(option) ? tooLate(option, stageOf(fd), asked) : undefined;
  const still = option.declaration.late;
  const denied = expected.code !== undefined && refusals.has(expected.code);
  const wanted = askedText(setting);
  const should = expected.bytes ? textOf(option, expected.bytes) : wanted;
  const fix: Fix = late && !still ? 'too-late' : denied ? 'no-privilege' : 'live';
  const changed = should !== wanted ? expected.why : late && `set late: ${still}`;
  const why = fix === 'too-late' ? late : denied ? refusalText(option, expected.code as string) : changed;
  return {
    option: option.name,
    rule: rule.name,
    line: rule.line,
    has: textOf(option, read),
    asked: wanted,
    should,
    ...(why !== undefined && { why }),
    fix,
  };
}
