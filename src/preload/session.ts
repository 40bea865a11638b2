// One policy at work in a thread: what each socket gets, and what became of it.
import { withDescriptor } from '../kernel/descriptor.ts';
import { writeInt } from '../kernel/libc.ts';
import { makeSocket } from '../kernel/socket.ts';
import { closeDescriptor } from '../kernel/syscalls.ts';
import type { When } from '../option.ts';
import type { SocketFacts } from '../policy/match.ts';
import type { Policy } from '../policy/policy.ts';
import type { Birth, BirthReport, Moment } from '../socket/birth.ts';
import { notes } from '../socket/note.ts';
import { type OverwritingCall, overwrittenBy } from '../socket/overwritten.ts';
import { writeOption } from '../typed.ts';
import { difference, lateOnes, type Plan, planFor, ruleOf } from './plan.ts';
import { type QuickSet, quickSets } from './quick.ts';
import type { Trace } from './trace.ts';
import { failed, warnOnce } from './warn.ts';

/** What is known of one socket. */
export interface Entry {
  facts: SocketFacts;
  /** undefined where no rule has anything for it. */
  plan: Plan | undefined;
  readonly family: number;
  /** Sockets with the same outcome share it: copied before it grows. */
  report: readonly BirthReport[];
  /** Only with a trace: the bytes of each option before it was set. */
  before?: Map<string, Uint8Array>;
}

const known = notes<Entry>();
let names: string[] | undefined;

/** The names by which rules know this program. */
export function program(): readonly string[] {
  names ??= [process.argv[1], process.title].filter((one) => one !== undefined);
  return names;
}

/** Not with every(): a closure for each socket is what a quick way has to save. */
function allSet(fd: number, sets: readonly QuickSet[]): boolean {
  for (const { level, name, value } of sets) if (writeInt(fd, level, name, value) !== 0) return false;
  return true;
}

export class Session {
  readonly trace: Trace | undefined;
  readonly #policy: Policy | undefined;

  constructor(policy: Policy | undefined, trace: Trace | undefined) {
    this.#policy = policy;
    this.trace = trace;
  }

  /** Whether sockets of this side can get anything, or are traced. */
  concerns(facts: SocketFacts): boolean {
    const known = { ...facts, program: program() };
    return this.trace !== undefined || this.open(known) || (this.#policy?.settingsFor(known).settings.length ?? 0) > 0;
  }

  /** Whether something that is not known yet can still change what this socket gets. */
  open(facts: SocketFacts): boolean {
    return (this.#policy?.undecided(facts).length ?? 0) > 0;
  }

  entryOf(handle: object): Entry | undefined {
    return known.of(handle);
  }

  /**
   * Takes note of a socket.
   * @param more whether there is more to come for it, even if nothing is left to be kept or traced
   * @returns undefined where it gets nothing and is not traced, now and later
   */
  enter(handle: object, facts: SocketFacts, family: number, more = false): Entry | undefined {
    const match = this.#policy?.settingsFor(facts);
    const plan = match && match.settings.length > 0 ? planFor(match, facts.protocol) : undefined;
    if (!plan && !this.trace && !this.open(facts)) return undefined;
    const entry: Entry = { facts, plan, family, report: plan?.skipped ?? [] };
    // Each note costs time when connections are many, so only where it is looked for later.
    if (more || this.trace || !plan || plan.kept.length > 0) known.put(handle, entry);
    return entry;
  }

  /** A fresh descriptor that has what the entry's rules say; undefined where there is nothing to set. */
  make(entry: Entry, type: number): number | undefined {
    if (!entry.plan || entry.plan.birth.settings.length === 0) return undefined;
    const fd = makeSocket(entry.family, type, 0);
    try {
      this.set(entry, fd, entry.plan.birth, 'fresh');
      return fd;
    } catch (error) {
      closeDescriptor(fd);
      throw error;
    }
  }

  /** Sets what belongs to this moment; what the kernel refuses is a warning. */
  set(entry: Entry, fd: number, birth: Birth | undefined, moment: Moment): void {
    if (birth === undefined) return;
    const quick = this.trace ? undefined : quickSets.get(birth, entry.family, moment);
    if (quick && allSet(fd, quick.sets)) {
      entry.report = entry.report.length === 0 ? quick.report : [...entry.report, ...quick.report];
      return;
    }
    this.trace?.observe(entry, fd, birth);
    const report: BirthReport[] = [];
    birth.set(fd, entry.family, moment, report);
    for (const one of report) if (one.outcome === 'refused') this.#refused(entry, one);
    quickSets.learn(birth, entry.family, moment, report);
    entry.report = [...entry.report, ...report];
  }

  #refused({ plan }: Entry, { name, error, why }: BirthReport): void {
    const rule = plan ? ruleOf(plan.match, name) : '';
    warnOnce(`${name} ${error?.code}`, `rule "${rule}": ${why}. The program runs on without it`);
  }

  /**
   * More is known of the socket now: sets what the rules that match from now on add.
   * @param passed the moments that are over
   */
  settle(entry: Entry, fd: number, more: Partial<SocketFacts>, ...passed: readonly When[]): void {
    const { facts, plan } = entry;
    entry.facts = { ...facts, ...more };
    if (!this.#policy || !this.open(facts)) return;
    const match = this.#policy.settingsFor(entry.facts);
    if (match === plan?.match || match.settings.length === 0) return;
    const later = planFor(match, facts.protocol);
    const birth = plan ? difference(later, plan) : later.birth;
    entry.plan = later;
    for (const { name, when } of lateOnes(birth, passed)) {
      const text = `${name} comes too late: it works only ${when.replace('-', ' ')}, and the rule asks for what is known after that`;
      warnOnce(`${name} late`, `rule "${ruleOf(match, name)}": ${text}`);
    }
    this.set(entry, fd, birth, 'fresh');
  }

  /** The socket is connected: sets what had to wait for that. */
  connected(entry: Entry, fd: number): void {
    if (entry.plan?.birth.hasConnected) this.set(entry, fd, entry.plan.birth, 'connected');
  }

  /** Sets those of these options again that are enforced and that this socket has. */
  keep(entry: Entry, fd: number, options: readonly string[]): void {
    const { plan, report } = entry;
    for (const [option, asked] of plan?.kept ?? []) {
      const { name } = option;
      if (!options.includes(name) || !report.some((one) => one.name === name && one.outcome === 'set')) continue;
      try {
        writeOption(fd, option, asked);
      } catch (error) {
        failed(error);
      }
    }
  }

  /** The program has made a call that overwrites options: sets again what is enforced, and the trace tells. */
  overwrote(handle: object, call: OverwritingCall): void {
    const entry = known.of(handle);
    if (!entry?.plan || (entry.plan.kept.length === 0 && !this.trace)) return;
    const options = overwrittenBy[call];
    withDescriptor(handle, (fd) => {
      this.keep(entry, fd, options);
      this.trace?.overwritten(entry, fd, call, options);
    });
  }
}
