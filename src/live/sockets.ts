// All sockets of the machine, or some: from the kernel's tables of every network namespace, and from descriptors.
import { SockctlError, SocketOptionError, show } from '../errors.ts';
import type { DumpEnd, Message } from '../kernel/netlink.ts';
import { inNamespaceOf, namespaceOf } from '../kernel/netns.ts';
import { processesHidden, processFacts, processIds } from '../kernel/processes.ts';
import { SockDiag } from '../kernel/sock-diag.ts';
import { Defaults } from './changed.ts';
import { found } from './found.ts';
import { Owners, Place } from './place.ts';
import { ProcessTable } from './processes.ts';
import { Query, type SocketsOptions } from './query.ts';
import type { LiveSocket } from './socket.ts';
import type { LiveProtocol } from './sort.ts';
import { type SocketTable, socketTables } from './tables.ts';

/** What a listing could not see, or not for sure. */
export interface Blindness {
  readonly kind: 'processes' | 'hidden' | 'namespace' | 'changing';
  /** How many processes; or the namespace's number. */
  readonly count?: number;
  readonly namespace?: number;
  /** In words, with what would help. */
  readonly message: string;
}

/** How often a table is asked again that changed while it was read. */
const REPEATS = 3;

const ENOENT = -2;

/** Milliseconds that a listing may keep the event loop from other work. */
const SLICE = 8;

/** The sockets that were asked for; each loop over it looks anew. */
export class SocketList implements AsyncIterable<LiveSocket>, Iterable<LiveSocket> {
  readonly #query: Query;
  #blindness: Blindness[] = [];

  constructor(options: SocketsOptions) {
    this.#query = new Query(options);
  }

  /** What the last loop could not see; complete when it has ended. */
  get blindness(): readonly Blindness[] {
    return this.#blindness;
  }

  /** Lets other work go on in between. */
  [Symbol.asyncIterator](): AsyncIterableIterator<LiveSocket, undefined> {
    return new Walk(this.#batches(), this.#query.options.signal);
  }

  /** The same in one go. */
  *[Symbol.iterator](): Generator<LiveSocket, undefined, undefined> {
    for (const batch of this.#batches()) yield* batch;
    return undefined;
  }

  *#batches(): Generator<LiveSocket[], undefined, undefined> {
    const blindness: Blindness[] = [];
    this.#blindness = blindness;
    for (const batch of listed(this.#query, blindness)) yield batch.filter((socket) => this.#query.takes(socket));
    return undefined;
  }
}

/** A loop over a list. Not an async generator: most of its steps need not wait, and there may be a million. */
class Walk implements AsyncIterableIterator<LiveSocket, undefined> {
  readonly #batches: Generator<LiveSocket[], undefined, undefined>;
  readonly #signal: AbortSignal | undefined;
  #batch: readonly LiveSocket[] = [];
  #next = 0;
  #since = performance.now();

  constructor(batches: Generator<LiveSocket[], undefined, undefined>, signal: AbortSignal | undefined) {
    this.#batches = batches;
    this.#signal = signal;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<IteratorResult<LiveSocket, undefined>> {
    const value = this.#batch[this.#next];
    if (value === undefined) return this.#more();
    this.#next++;
    return Promise.resolve({ value, done: false });
  }

  async #more(): Promise<IteratorResult<LiveSocket, undefined>> {
    try {
      for (;;) {
        this.#signal?.throwIfAborted();
        if (performance.now() - this.#since > SLICE) {
          await new Promise(setImmediate);
          this.#since = performance.now();
          this.#signal?.throwIfAborted();
        }
        const { done, value } = this.#batches.next();
        if (done) return { value: undefined, done: true };
        this.#batch = value;
        this.#next = 1;
        if (value[0] !== undefined) return { value: value[0], done: false };
      }
    } catch (error) {
      // Whoever waits in the kernel's tables is let go.
      this.#batches.return(undefined);
      throw error;
    }
  }

  async return(): Promise<IteratorResult<LiveSocket, undefined>> {
    this.#batch = [];
    this.#batches.return(undefined);
    return { value: undefined, done: true };
  }
}

/** Every namespace of the processes, each with one that is in it; the own one first. */
function namespaces(query: Query, table: ProcessTable | undefined): Map<number | undefined, number | undefined> {
  const own = namespaceOf('self');
  const { namespace = 'all' } = query.options;
  const found = new Map<number | undefined, number | undefined>();
  if (!query.ofSome) found.set(own, undefined);
  if (namespace === 'own') return found.set(own, undefined);
  for (const pid of table?.processes.map((process) => process.pid) ?? processIds()) {
    const number = namespaceOf(pid);
    if (number !== undefined && !found.has(number)) found.set(number, number === own ? undefined : pid);
  }
  if (namespace === 'all') return found;
  if (!found.has(namespace)) {
    throw new SockctlError('ERR_INVALID_ARGUMENT', `no process that may be seen is in network namespace ${namespace}`, {
      hint: 'readlink /proc/PID/ns/net shows the number of a process; sudo ip netns pids NAME the processes of a name',
    });
  }
  return new Map([[namespace, found.get(namespace)]]);
}

function scan({ pids, options, ofSome }: Query): ProcessTable | undefined {
  if (!ofSome) return undefined;
  const table = new ProcessTable(options.process, pids ?? processIds());
  const missing = pids?.find((pid) => processFacts(pid) === undefined);
  if (missing === undefined) return table;
  throw new SockctlError('ERR_NO_PROCESS', `there is no process ${missing}`, { hint: 'It has ended, or was mistyped' });
}

function* listed(query: Query, blindness: Blindness[]): Generator<LiveSocket[]> {
  const table = scan(query);
  const owners = new Owners(table);
  const defaults = new Defaults();
  // Of which sockets there was a record: what is left of the descriptors has none.
  const seen = new Set<number>();
  const absent = new Set<LiveProtocol>();
  const places = new Map<number | undefined, Place>();
  for (const [namespace, pid] of namespaces(query, table)) {
    const place = new Place(namespace, pid, owners, defaults);
    places.set(namespace, place);
    yield* ofPlace(query, place, seen, absent, blindness);
  }
  const { unlisted = wantsUnlisted(query, absent, table !== undefined) } = query.options;
  if (unlisted) yield* rest(query, owners.table, places, seen);
  if (owners.isRead) tellUnseen(owners.table, blindness);
}

/** Whether there can be sockets that were asked for and that no table has. */
function wantsUnlisted({ protos }: Query, absent: ReadonlySet<LiveProtocol>, scanned: boolean): boolean {
  if (protos === undefined || scanned) return true;
  const tabled = new Set(socketTables.map(({ proto }) => proto));
  return [...protos].some((proto) => absent.has(proto) || !tabled.has(proto));
}

/** @throws SocketOptionError EPERM, EPROTONOSUPPORT; Node's errors where the process has ended */
function diagOf({ pid }: Place): SockDiag {
  return pid === undefined ? new SockDiag() : inNamespaceOf(pid, () => new SockDiag());
}

function* ofPlace(
  query: Query,
  place: Place,
  seen: Set<number>,
  absent: Set<LiveProtocol>,
  blindness: Blindness[],
): Generator<LiveSocket[]> {
  let diag: SockDiag;
  try {
    diag = diagOf(place);
  } catch (error) {
    if (!(error instanceof SocketOptionError) && (error as NodeJS.ErrnoException).syscall !== 'open') throw error;
    // Its sockets are still found by their descriptors, as far as these may be borrowed.
    for (const { proto } of socketTables) absent.add(proto);
    blindness.push({
      kind: 'namespace',
      ...(place.namespace !== undefined && { namespace: place.namespace }),
      message: `the tables of network namespace ${place.namespace} cannot be read (${(error as Error).message})`,
    });
    return;
  }
  try {
    for (const table of socketTables) {
      if (query.wants(table)) yield* ofTable(query, { diag, table, place, seen, absent, blindness });
    }
  } finally {
    diag.close();
  }
}

interface Work {
  diag: SockDiag;
  table: SocketTable;
  place: Place;
  seen: Set<number>;
  absent: Set<LiveProtocol>;
  blindness: Blindness[];
}

/** One table; where it changed while it was read, again, for what was not seen yet. */
function* ofTable(query: Query, { diag, table, place, seen, absent, blindness }: Work): Generator<LiveSocket[]> {
  for (let attempt = 0; ; attempt++) {
    const pieces: Generator<Message[], DumpEnd> = diag.dump(table, query.wanted);
    let end = pieces.next();
    for (; !end.done; end = pieces.next()) {
      const batch: LiveSocket[] = [];
      for (const message of end.value) {
        const socket = table.record(place, message);
        const { inode } = socket;
        // What has no file any more (TIME_WAIT) cannot be told apart: it may come twice.
        if (inode !== 0 && attempt > 0 && seen.has(inode)) continue;
        if (inode === diag.inode) continue;
        seen.add(inode);
        batch.push(socket);
      }
      yield batch;
    }
    const { errno, interrupted } = end.value;
    if (errno === ENOENT || errno === -22 || errno === -93) absent.add(table.proto);
    if (!interrupted) return;
    if (attempt < REPEATS) continue;
    blindness.push({
      kind: 'changing',
      message: `the table of ${table.proto} sockets changed all the time while it was read: some may be missing`,
    });
    return;
  }
}

/** Takes note of the sockets in tables that were not asked for, or not for all states: a look at each is dearer. */
function skim(query: Query, place: Place, seen: Set<number>): void {
  using diag = diagOf(place);
  for (const table of socketTables) {
    if (query.wants(table) && query.states === undefined) continue;
    for (const batch of diag.dump(table)) for (const message of batch) seen.add(table.record(place, message).inode);
  }
}

function* rest(
  query: Query,
  table: ProcessTable,
  places: Map<number | undefined, Place>,
  seen: Set<number>,
): Generator<LiveSocket[]> {
  for (const place of places.values()) {
    try {
      skim(query, place, seen);
    } catch {
      // Then its descriptors are looked at one by one.
    }
  }
  const namespaceOfPid = new Map<number, number | undefined>();
  for (const inode of table.inodes()) {
    if (seen.has(inode)) continue;
    const owners = table.owners(inode);
    const pid = owners[0]?.pid as number;
    if (!namespaceOfPid.has(pid)) namespaceOfPid.set(pid, namespaceOf(pid));
    // None: a namespace that was not asked for.
    const place = places.get(namespaceOfPid.get(pid));
    const socket = place && found(place, inode, owners);
    if (socket) yield [socket];
  }
}

function tellUnseen({ closed }: ProcessTable, blindness: Blindness[]): void {
  if (closed.length > 0) {
    const which = closed.length === 1 ? '1 process' : `${closed.length} processes`;
    blindness.push({
      kind: 'processes',
      count: closed.length,
      message: `the descriptors of ${which} of other users may not be seen: run as root for the owners and options of all`,
    });
  }
  if (processesHidden()) {
    blindness.push({
      kind: 'hidden',
      message: '/proc hides the processes of other users (hidepid), or they are outside of this container',
    });
  }
}

/**
 * The sockets of this machine: of all processes, in all network namespaces, of every family.
 * `for await (const socket of sockets({ proto: 'tcp', info: true }))`. They come as the kernel lists them, none is
 * held; a socket that is opened or closed meanwhile may be there or not. Linux; without privileges the sockets of
 * others are there, but not who has them: `blindness` says what could not be seen.
 * @throws SockctlError ERR_INVALID_ARGUMENT, ERR_NO_PROCESS, ERR_UNSUPPORTED on other systems
 */
export function sockets(options: SocketsOptions = {}): SocketList {
  if (typeof options !== 'object' || options === null) {
    throw new SockctlError('ERR_INVALID_ARGUMENT', `sockets takes an object, got ${show(options)}`);
  }
  return new SocketList(options);
}
