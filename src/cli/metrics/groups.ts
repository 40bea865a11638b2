// Groups of sockets with the same labels, and what is added up of each. There are never more than a given number.
import { counted, listened, rtt, summed } from './families.ts';

const keyOf = (labels: readonly string[]): string => labels.join('\0');

/** What is told of a group. Counters go on where sockets end; the rest is counted anew in each pass. */
export class Group {
  /** The values of its labels. */
  readonly labels: readonly string[];
  readonly key: string;
  /** In the order of `counted`, in the kernel's units. */
  readonly counters: number[] = counted.map(() => 0);
  dropped = 0;
  seen = 0;
  /** One a bucket, the last one for what is above them all; not added up yet. */
  readonly rtt: number[] = [...rtt.buckets, Number.POSITIVE_INFINITY].map(() => 0);
  /** In us. */
  rttSum = 0;
  readonly sums: number[] = summed.map(() => 0);
  readonly listening: number[] = listened.map(() => 0);
  readonly states = new Map<string, number>();
  readonly timers = new Map<string, number>();
  /** Whether it has connections with TCP_INFO, or had some; listeners; anything that tells its drops. */
  hasInfo = false;
  hasListeners = false;
  hasMemory = false;
  /** The pass in which it last had a socket, and when that was. */
  pass = 0;
  at = 0;

  constructor(labels: readonly string[]) {
    this.labels = labels;
    this.key = keyOf(labels);
  }

  /** Forgets what was there at the pass before. */
  begin(pass: number, now: number): void {
    this.pass = pass;
    this.at = now;
    this.clear();
  }

  clear(): void {
    this.sums.fill(0);
    this.listening.fill(0);
    this.states.clear();
    this.timers.clear();
    this.hasListeners = false;
  }

  /** @param us microseconds, as the kernel has it: whole numbers add up without an error */
  observeRtt(us: number): void {
    const bucket = rtt.buckets.findIndex((bound) => us <= bound * 1e6);
    const at = bucket < 0 ? rtt.buckets.length : bucket;
    this.rtt[at] = (this.rtt[at] as number) + 1;
    this.rttSum += us;
  }
}

export const OTHER = 'other';

/** ms after which a group that has no sockets is forgotten. */
const FORGET = 3_600_000;

/**
 * ms in which every place may be given to another group once. Each new group is a set of new series: programs of ever
 * new names must not fill the memory of who collects them.
 */
const RENEWAL = 300_000;

/** All groups. */
export class Groups {
  readonly limit: number;
  /** Those that had sockets last come last. */
  readonly #groups = new Map<string, Group>();
  readonly #other: Group;
  /** How many places may be given to another group now. */
  #renewals: number;
  #pass = 0;
  #now = 0;
  #full = false;
  #eldest: Iterator<Group, undefined> | undefined;
  /** Sockets that found no place in a group of their own. */
  overflow = 0;

  /**
   * @param labels how many labels there are
   * @param limit groups at most, the one for the rest included
   */
  constructor(labels: number, limit: number) {
    this.limit = Math.max(1, limit);
    this.#other = new Group(new Array<string>(labels).fill(OTHER));
    this.#renewals = this.limit;
  }

  /** @param now ms on a clock that does not jump */
  begin(pass: number, now: number): void {
    const passed = pass === 1 ? 0 : now - this.#now;
    this.#renewals = Math.min(this.limit, this.#renewals + (passed / RENEWAL) * this.limit);
    this.#pass = pass;
    this.#now = now;
    this.#full = false;
    this.#eldest = undefined;
    this.overflow = 0;
  }

  /** The group of these labels, ready for this pass. */
  of(labels: readonly string[]): Group {
    const key = keyOf(labels);
    // A process that is really called so, where its name is the only label.
    if (key === this.#other.key) return this.touch(this.#other);
    let group = this.#groups.get(key);
    if (group === undefined && this.#hasRoom()) {
      group = new Group(labels);
      this.#groups.set(key, group);
    }
    if (group === undefined) {
      this.overflow++;
      group = this.#other;
    }
    return this.touch(group);
  }

  touch(group: Group): Group {
    if (group.pass === this.#pass) return group;
    group.begin(this.#pass, this.#now);
    if (this.#groups.delete(group.key)) this.#groups.set(group.key, group);
    return group;
  }

  /** Whether it is still one of these: a group without sockets may have gone. */
  has(group: Group): boolean {
    return group === this.#other || this.#groups.get(group.key) === group;
  }

  /** Where all places are taken, the group goes that has been without sockets for longest; it was told once more since. */
  #hasRoom(): boolean {
    if (this.#groups.size < this.limit - 1) return true;
    if (this.#full) return false;
    // One iterator a pass: what was deleted at the front slows down each new one.
    this.#eldest ??= this.#groups.values();
    const { value: oldest } = this.#eldest.next();
    this.#full = oldest === undefined || oldest.pass >= this.#pass - 1 || this.#renewals < 1;
    if (this.#full) return false;
    this.#renewals--;
    this.#groups.delete((oldest as Group).key);
    return true;
  }

  /** To be called when a pass is complete: what has no sockets keeps its counters for a while, and nothing else. */
  end(): void {
    for (const [key, group] of this.#groups) {
      if (group.pass === this.#pass) continue;
      group.clear();
      if (this.#now - group.at > FORGET) this.#groups.delete(key);
    }
    if (this.#other.pass !== this.#pass) this.#other.clear();
  }

  /** Those that are told. */
  *[Symbol.iterator](): Generator<Group, undefined, undefined> {
    yield* this.#groups.values();
    if (this.#other.pass > 0) yield this.#other;
    return undefined;
  }

  get size(): number {
    return this.#groups.size + (this.#other.pass > 0 ? 1 : 0);
  }
}
