// Groups of sockets with the same labels, and what is added up of each. There are never more than a given number.
import { counted, listened, rtt, summed } from './families.ts';

/** What is told of a group. Counters go on where sockets end; the rest is counted anew in each pass. */
export class Group {
  /** The values of its labels. */
  readonly labels: readonly string[];
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

/** All groups. */
export class Groups {
  readonly limit: number;
  readonly #groups = new Map<string, Group>();
  readonly #other: Group;
  readonly #otherKey: string;
  #pass = 0;
  #now = 0;
  #full = false;
  /** Sockets that found no place in a group of their own. */
  overflow = 0;

  /**
   * @param labels how many labels there are
   * @param limit groups at most, the one for the rest included
   */
  constructor(labels: number, limit: number) {
    this.limit = Math.max(1, limit);
    this.#other = new Group(new Array<string>(labels).fill(OTHER));
    this.#otherKey = this.#other.labels.join('\0');
  }

  /** @param now ms on a clock that does not jump */
  begin(pass: number, now: number): void {
    this.#pass = pass;
    this.#now = now;
    this.#full = false;
    this.overflow = 0;
  }

  /** The group of these labels, ready for this pass. */
  of(labels: readonly string[]): Group {
    const key = labels.join('\0');
    // A process that is really called so, where its name is the only label.
    if (key === this.#otherKey) return this.touch(this.#other);
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
    if (group.pass !== this.#pass) group.begin(this.#pass, this.#now);
    return group;
  }

  /** Whether it is still one of these: a group without sockets may have gone. */
  has(group: Group): boolean {
    return group === this.#other || this.#groups.get(group.labels.join('\0')) === group;
  }

  /** Where all places are taken, the group goes that has been without sockets for longest; it was told once more since. */
  #hasRoom(): boolean {
    if (this.#groups.size < this.limit - 1) return true;
    if (this.#full) return false;
    let oldest: Group | undefined;
    for (const group of this.#groups.values()) {
      if (group.pass < this.#pass - 1 && (oldest === undefined || group.pass < oldest.pass)) oldest = group;
    }
    if (oldest === undefined) {
      this.#full = true;
      return false;
    }
    this.#groups.delete(oldest.labels.join('\0'));
    return this.limit > 1;
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
