// The connections that are watched, and the questions to the kernel about them: single ones, or whole tables.
import { IPPROTO_TCP } from '../constants/levels.ts';
import { TCP_LISTEN } from '../constants/tcp.ts';
import {
  INET_DIAG_CONG,
  INET_DIAG_INFO,
  INET_DIAG_SKMEMINFO,
  type SockDiag,
  type Wanted,
} from '../kernel/sock-diag.ts';
import { InetSocket } from './inet.ts';
import { diagOf, type Place } from './place.ts';
import type { LiveSocket } from './socket.ts';
import { type SocketTable, socketTables } from './tables.ts';
import { Sample } from './watch-sample.ts';

/** A single question costs as much as so many records of a whole table. */
const QUESTION = 1.5;
/** Below that many, single questions are cheap whatever the table's size is. */
const FEW = 64;
/** ms for which the size of a table is believed. */
const REMEMBERED = 60_000;
const ENOENT = -2;
const ESTALE = -116;

interface Entry {
  readonly key: string;
  readonly cookie: bigint;
  /** struct inet_diag_sockid, where the kernel can be asked for it alone. */
  id: Uint8Array | undefined;
  /** The record of the last tick; of the listing where there was none yet. */
  socket: LiveSocket;
  /** When the last tick was that had it. */
  at: number | undefined;
}

/** What the kernel says of each entry; `ended` where it is gone for sure, nothing where it cannot be known now. */
type Answers = Map<Entry, LiveSocket | 'ended'>;

function tableOf({ proto, sort: [family] }: LiveSocket): SocketTable | undefined {
  return socketTables.find((table) => table.proto === proto && table.family === family);
}

/**
 * Only connections can be asked for alone: of a listener's address the kernel gives any that has it, of UDP sockets the
 * one that a packet would reach, and MPTCP's are found by other means.
 */
function idOf(socket: LiveSocket): Uint8Array | undefined {
  if (!(socket instanceof InetSocket) || socket.sort[2] !== IPPROTO_TCP) return undefined;
  return socket.remotePort === 0 ? undefined : socket.id;
}

/** What the kernel keeps of a connection that its process is done with. */
const isRemains = (socket: LiveSocket): boolean => socket.timer?.kind === 'time-wait';

/** The watched sockets of one table in one network namespace. */
class Group {
  readonly #table: SocketTable;
  readonly #wanted: Wanted;
  readonly entries = new Map<bigint, Entry>();
  #size = 0;
  #sizeKnown = Number.NEGATIVE_INFINITY;

  constructor(table: SocketTable, wanted: Wanted) {
    this.#table = table;
    this.#wanted = wanted;
  }

  look(diag: SockDiag, place: Place, now: number): Answers {
    const answers: Answers = new Map();
    const all = [...this.entries.values()];
    const single = all.filter(({ id }) => id !== undefined);
    const others = all.length - single.length;
    if (single.length > FEW && now - this.#sizeKnown > REMEMBERED) {
      this.#dump(diag, place, answers, this.#wanted);
      this.#sizeKnown = now;
    } else if (single.length > FEW && single.length * QUESTION >= this.#size) {
      this.#dump(diag, place, answers, this.#wanted);
    } else if (others > 0) {
      const listeners = all.every(({ id, socket }) => id !== undefined || socket.state === 'LISTEN');
      this.#dump(diag, place, answers, { ...this.#wanted, ...(listeners && { states: 1 << TCP_LISTEN }) });
    }
    this.#find(
      diag,
      place,
      answers,
      single.filter((entry) => !answers.has(entry)),
    );
    if (others > 0) this.#settle(diag, place, answers, all);
    return answers;
  }

  /** @returns whether all of the table was seen */
  #dump(diag: SockDiag, place: Place, answers: Answers, wanted: Wanted): boolean {
    const pieces = diag.dump(this.#table, wanted);
    let size = 0;
    for (;;) {
      const { done, value } = pieces.next();
      if (done) {
        if (wanted.states === undefined) this.#size = size;
        return !value.interrupted && value.errno === 0;
      }
      size += value.length;
      for (const message of value) this.#take(answers, this.#table.record(place, message));
    }
  }

  #take(answers: Answers, socket: LiveSocket): void {
    const entry = this.entries.get(socket.cookie as bigint);
    if (entry) answers.set(entry, isRemains(socket) ? 'ended' : socket);
  }

  #find(diag: SockDiag, place: Place, answers: Answers, entries: readonly Entry[]): void {
    const ids = entries.map(({ id }) => id as Uint8Array);
    const doubtful: Entry[] = [];
    for (const [index, answer] of diag.find(this.#table, ids, this.#wanted).entries()) {
      const entry = entries[index] as Entry;
      if (typeof answer !== 'number') this.#take(answers, this.#table.record(place, answer));
      else if (answer !== ENOENT && answer !== ESTALE) continue;
      else if (entry.at === undefined) doubtful.push(entry);
      else answers.set(entry, 'ended');
    }
    if (doubtful.length === 0) return;
    // One that was never found this way may only be out of its reach: in another routing domain.
    const whole = this.#dump(diag, place, answers, this.#wanted);
    for (const entry of doubtful) {
      if (answers.has(entry)) entry.id = undefined;
      else if (whole) answers.set(entry, 'ended');
    }
  }

  /** A table that changes while it is read may leave one out that is there: it has ended when it is missing twice. */
  #settle(diag: SockDiag, place: Place, answers: Answers, all: readonly Entry[]): void {
    const missing = all.filter((entry) => entry.id === undefined && !answers.has(entry));
    if (missing.length === 0) return;
    const whole = this.#dump(diag, place, answers, this.#wanted);
    for (const entry of missing) if (whole && !answers.has(entry)) answers.set(entry, 'ended');
  }
}

/** One network namespace: a socket into its tables stays open as long as something is watched in it. */
class Home {
  readonly diag: SockDiag;
  readonly groups = new Map<SocketTable, Group>();
  /** The last listing's: it knows the owners of newer sockets as well. */
  place: Place;

  /** @throws as diagOf does */
  constructor(place: Place) {
    this.place = place;
    this.diag = diagOf(place);
  }

  group(table: SocketTable, wanted: Wanted): Group {
    const group = this.groups.get(table) ?? new Group(table, wanted);
    this.groups.set(table, group);
    return group;
  }

  get size(): number {
    return [...this.groups.values()].reduce((sum, { entries }) => sum + entries.size, 0);
  }
}

/** Everything that is watched. Whoever makes one closes it. */
export class WatchSet implements Disposable {
  readonly #homes = new Map<number | undefined, Home>();
  readonly #wanted: Wanted;

  /** What is asked for besides TCP_INFO. */
  constructor({ memory, congestion }: { memory?: boolean | undefined; congestion?: boolean | undefined } = {}) {
    const attributes = [INET_DIAG_INFO];
    if (memory) attributes.push(INET_DIAG_SKMEMINFO);
    if (congestion) attributes.push(INET_DIAG_CONG);
    this.#wanted = { attributes };
  }

  get size(): number {
    return [...this.#homes.values()].reduce((sum, { size }) => sum + size, 0);
  }

  /** Watches these too. What no table lists, and what is no more than the remains of a connection, is left out. */
  add(sockets: Iterable<LiveSocket>): void {
    for (const socket of sockets) {
      const { cookie } = socket;
      const table = tableOf(socket);
      if (cookie === undefined || table === undefined || isRemains(socket)) continue;
      const home = this.#home(socket.place);
      if (home === undefined) continue;
      const { entries } = home.group(table, this.#wanted);
      if (entries.has(cookie)) continue;
      const key = `${home.place.namespace ?? 0}:${cookie}`;
      home.place = socket.place;
      entries.set(cookie, { key, cookie, id: idOf(socket), socket, at: undefined });
    }
  }

  #home(place: Place): Home | undefined {
    const known = this.#homes.get(place.namespace);
    if (known) return known;
    try {
      const home = new Home(place);
      this.#homes.set(place.namespace, home);
      return home;
    } catch {
      // The process by which the namespace was found has ended; the next listing finds another.
      return undefined;
    }
  }

  /** What the kernel says of each now. Those that have ended come last, and are not watched any more. */
  look(): Sample[] {
    const samples: Sample[] = [];
    const ended: Sample[] = [];
    for (const [namespace, home] of this.#homes) {
      for (const [table, group] of home.groups) {
        const now = performance.now();
        const answers = group.look(home.diag, home.place, now);
        for (const entry of group.entries.values()) {
          const answer = answers.get(entry);
          if (answer === undefined) continue;
          if (answer === 'ended') {
            group.entries.delete(entry.cookie);
            ended.push(new Sample(entry.key, entry.socket, undefined, 0, true));
            continue;
          }
          const before = entry.at === undefined ? undefined : entry.socket;
          samples.push(new Sample(entry.key, answer, before, now - (entry.at ?? now)));
          entry.socket = answer;
          entry.at = now;
        }
        if (group.entries.size === 0) home.groups.delete(table);
      }
      if (home.size === 0) {
        home.diag.close();
        this.#homes.delete(namespace);
      }
    }
    return [...samples, ...ended];
  }

  close(): void {
    for (const { diag } of this.#homes.values()) diag.close();
    this.#homes.clear();
  }

  [Symbol.dispose](): void {
    this.close();
  }
}
