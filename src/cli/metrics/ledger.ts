// What each socket's counters were when it was last seen: what came since then is added to its group's, so that a
// group's counters never go down when connections end.
import type { Group } from './groups.ts';

/** What is remembered of one socket. */
export interface Known {
  pass: number;
  /** Its counters at that pass; empty while it has told none. */
  values: number[];
  drops: number;
  group: Group;
  /**
   * Its process, and the pass in which it had it; the texts and numbers of its options, and the pass in which they were
   * read: see option-values.ts.
   */
  process?: string;
  processPass?: number;
  options?: readonly (string | undefined)[];
  numbers?: readonly (number | undefined)[];
  optionsPass: number;
}

const WRAP = 2 ** 32;
const HALF = 2 ** 31;

/**
 * What a counter has gone up by. Those of 32 bits wrap around; one that is smaller otherwise was set to 0 by
 * disconnect(2) in between, with the same socket.
 */
export function increase(before: number, now: number, narrow = true): number {
  if (now >= before) return now - before;
  if (narrow && before >= HALF && before < WRAP && now < HALF) return now + WRAP - before;
  return now;
}

/** How many passes a socket is remembered for that a look which missed some has not seen. */
const PATIENCE = 3;

/** Every socket that is there, by namespace and cookie: before Linux 5.10 each namespace counts its own cookies. */
export class Ledger {
  readonly #namespaces = new Map<number | undefined, Map<bigint, Known>>();

  find(namespace: number | undefined, cookie: bigint): Known | undefined {
    return this.#namespaces.get(namespace)?.get(cookie);
  }

  add(namespace: number | undefined, cookie: bigint, known: Known): Known {
    let sockets = this.#namespaces.get(namespace);
    if (sockets === undefined) {
      sockets = new Map();
      this.#namespaces.set(namespace, sockets);
    }
    sockets.set(cookie, known);
    return known;
  }

  /**
   * Forgets the sockets that are gone.
   * @param sure whether the pass has seen all that is there: a socket that was only missed must not count twice
   */
  sweep(pass: number, sure: boolean): void {
    const least = sure ? pass : pass - PATIENCE;
    for (const [namespace, sockets] of this.#namespaces) {
      for (const [cookie, known] of sockets) if (known.pass < least) sockets.delete(cookie);
      if (sockets.size === 0) this.#namespaces.delete(namespace);
    }
  }

  get size(): number {
    let size = 0;
    for (const sockets of this.#namespaces.values()) size += sockets.size;
    return size;
  }

  *[Symbol.iterator](): Generator<Known, undefined, undefined> {
    for (const sockets of this.#namespaces.values()) yield* sockets.values();
    return undefined;
  }
}
