// How sockets are listed: from the kernel's tables of every network namespace, and from descriptors.
import { SockctlError, SocketOptionError } from '../errors.ts';
import { errnoName } from '../kernel/errno.ts';
import type { DumpEnd, Message } from '../kernel/netlink.ts';
import { namespaceOf } from '../kernel/netns.ts';
import { processesUnknown, processFacts, processIds } from '../kernel/processes.ts';
import type { SockDiag } from '../kernel/sock-diag.ts';
import { type Blindness, namespaceRefused, namespacesUnknown, ownersUnseen, processesUnseen } from './blindness.ts';
import { namespacesOf } from './namespaces.ts';
import { diagOf, Owners, Place } from './place.ts';
import { ProcessTable } from './processes.ts';
import { Query, type ReadOptions } from './query.ts';
import type { Ways } from './reach.ts';
import type { LiveSocket } from './socket.ts';
import type { LiveProtocol } from './sort.ts';
import { type SocketTable, wholeTables } from './tables.ts';
import { Walk } from './walk.ts';

/** How often a table is asked again that changed while it was read. */
const REPEATS = 3;

/** The kernel has no such table: ENOENT, EINVAL, EPROTONOSUPPORT. */
const noTable = new Set([-2, -22, -93]);
/** The dump broke off: EINTR, EAGAIN, ENOMEM, EBUSY, ENOBUFS. */
const brokenOff = new Set([-4, -11, -12, -16, -105]);

export type { Blindness } from './blindness.ts';

/** The sockets that were asked for; each loop over it looks anew. */
export class SocketList implements AsyncIterable<LiveSocket>, Iterable<LiveSocket> {
  readonly #query: Query;
  readonly #ways: () => Ways;
  #blindness: Blindness[] = [];

  /** @param ways to the options of the sockets; new ones for each loop */
  constructor(options: ReadOptions, ways: () => Ways) {
    this.#query = new Query(options);
    this.#ways = ways;
  }

  /** What the last loop could not see; complete when it has ended. */
  get blindness(): readonly Blindness[] {
    return this.#blindness;
  }

  /** Lets other work go on in between. */
  [Symbol.asyncIterator](): AsyncIterableIterator<LiveSocket, undefined> {
    return new Walk(this.batches(), this.#query.options.signal);
  }

  /** The same in one go. */
  *[Symbol.iterator](): Generator<LiveSocket, undefined, undefined> {
    const { signal } = this.#query.options;
    for (const batch of this.batches()) {
      for (const socket of batch) {
        signal?.throwIfAborted();
        yield socket;
      }
    }
    return undefined;
  }

  /**
   * As many at a time as the kernel gives. Where the ways to their options are loaded late, somebody has to load them
   * when they are wanted.
   */
  *batches(): Generator<LiveSocket[], undefined, undefined> {
    const blindness: Blindness[] = [];
    this.#blindness = blindness;
    const query = this.#query;
    for (const batch of listed(query, blindness, this.#ways())) yield batch.filter((socket) => query.takes(socket));
    return undefined;
  }
}

/** What one listing goes along with. */
interface Listing {
  readonly query: Query;
  /** Of which sockets, by inode, there was a record: what is left of the descriptors has none. With half a cookie. */
  readonly seen: Map<number, number>;
  /** Protocols whose table is not there, somewhere. */
  readonly absent: Set<LiveProtocol>;
  readonly blindness: Blindness[];
  /** The sockets that the listing itself asks by. */
  readonly own: Set<number>;
}

function scan({ pids, options, ofSome }: Query): ProcessTable | undefined {
  if (!ofSome) return undefined;
  const table = new ProcessTable(options.process, pids ?? processIds());
  const missing = pids?.find((pid) => processFacts(pid) === undefined);
  if (missing === undefined) return table;
  throw new SockctlError('ERR_NO_PROCESS', `there is no process ${missing}`, { hint: 'It has ended, or was mistyped' });
}

function* listed(query: Query, blindness: Blindness[], ways: Ways): Generator<LiveSocket[]> {
  query.options.signal?.throwIfAborted();
  const looksAround = query.options.namespace !== 'own' && processesUnknown() === undefined;
  if (query.ofSome) processIds();
  const scanned = scan(query);
  const owners = new Owners(scanned);
  const listing: Listing = { query, seen: new Map(), absent: new Set(), blindness, own: new Set() };
  const pids = scanned?.processes.map(({ pid }) => pid) ?? (looksAround ? processIds() : []);
  const { places, unknown } = namespacesOf(pids, query.options.namespace, scanned === undefined);
  const looked = new Map<number | undefined, Place>();
  for (const [namespace, inside] of places) {
    const place = new Place(namespace, inside, owners, ways);
    looked.set(namespace, place);
    yield* ofPlace(listing, place);
  }
  const { unlisted = wantsUnlisted(listing, scanned !== undefined) } = query.options;
  if (unlisted) yield* rest(listing, owners.table, looked, ways);
  if (owners.isRead) blindness.push(...ownersUnseen(owners.table));
  else if (unknown > 0) blindness.push(namespacesUnknown(unknown));
  blindness.push(...processesUnseen());
}

/** Whether there can be sockets that were asked for and that no table has. */
function wantsUnlisted({ query: { protos }, absent }: Listing, scanned: boolean): boolean {
  if (protos === undefined || scanned) return true;
  const tabled = new Set(wholeTables.map(({ proto }) => proto));
  return [...protos].some((proto) => absent.has(proto) || !tabled.has(proto));
}

/** A way to the tables of a place; undefined where there is none, which is told. */
function openDiag({ absent, blindness, own }: Listing, place: Place): SockDiag | undefined {
  try {
    const diag = diagOf(place);
    own.add(diag.inode);
    return diag;
  } catch (error) {
    const { code, syscall } = error as NodeJS.ErrnoException;
    if (!(error instanceof SocketOptionError) && syscall !== 'open' && code !== 'ERR_NO_PROCESS') throw error;
    // Its sockets are still found by their descriptors, as far as these may be borrowed.
    for (const { proto } of wholeTables) absent.add(proto);
    blindness.push(namespaceRefused(place.namespace, error as Error));
    return undefined;
  }
}

function* ofPlace(listing: Listing, place: Place): Generator<LiveSocket[]> {
  using diag = openDiag(listing, place);
  if (diag === undefined) return;
  for (const table of wholeTables) {
    if (listing.query.wants(table)) yield* ofTable(listing, diag, table, place);
  }
}

/** One table; where it changed while it was read, again, for what was not seen yet. */
function* ofTable(listing: Listing, diag: SockDiag, table: SocketTable, place: Place): Generator<LiveSocket[]> {
  const { blindness, absent } = listing;
  let end = yield* recordsOf(listing, diag, table, place);
  for (let repeats = 0; isIncomplete(end) && repeats < REPEATS; repeats++) {
    // By a socket of its own: what is left of a dump that broke off is in the way of the next one.
    using again = openDiag(listing, place);
    if (again === undefined) return;
    end = yield* recordsOf(listing, again, table, place);
  }
  if (isIncomplete(end)) {
    blindness.push({
      kind: 'changing',
      message: `the table of ${table.proto} sockets changed all the time while it was read: some may be missing`,
    });
  } else if (end.errno !== 0) {
    absent.add(table.proto);
    if (noTable.has(end.errno)) return;
    blindness.push({
      kind: 'table',
      message: `the kernel refuses its table of ${table.proto} sockets (${errnoName(-end.errno)})`,
    });
  }
}

const isIncomplete = ({ errno, interrupted }: DumpEnd): boolean => interrupted || brokenOff.has(errno);

function* recordsOf(
  { own, query, seen }: Listing,
  diag: SockDiag,
  table: SocketTable,
  place: Place,
): Generator<LiveSocket[], DumpEnd> {
  const pieces: Generator<Message[], DumpEnd> = diag.dump(table, query.wanted);
  for (;;) {
    const { done, value } = pieces.next();
    if (done) return value;
    const batch: LiveSocket[] = [];
    for (const message of value) {
      const socket = table.record(place, message);
      const { inode } = socket;
      // What has no file any more (TIME_WAIT) may come twice. The cookie is there because MPTCP's sockets have the file
      // that their connections have too.
      if (inode !== 0) {
        const cookie = message.piece.view.getInt32(message.at + table.cookieAt);
        if (seen.get(inode) === cookie || own.has(inode)) continue;
        seen.set(inode, cookie);
      }
      batch.push(socket);
    }
    yield batch;
  }
}

/** Takes note of the sockets in tables that were not asked for, or not for all states: a look at each is dearer. */
function skim({ query, seen }: Listing, place: Place): void {
  using diag = diagOf(place);
  for (const table of wholeTables) {
    if (query.wants(table) && query.states === undefined) continue;
    for (const batch of diag.dump(table)) for (const message of batch) seen.set(table.record(place, message).inode, 0);
  }
}

function* rest(
  listing: Listing,
  table: ProcessTable,
  places: ReadonlyMap<number | undefined, Place>,
  ways: Ways,
): Generator<LiveSocket[]> {
  for (const place of places.values()) {
    try {
      skim(listing, place);
    } catch {
      // Then its descriptors are looked at one by one.
    }
  }
  const namespaceOfPid = new Map<number, number | undefined>();
  for (const inode of table.inodes()) {
    if (listing.seen.has(inode) || listing.own.has(inode)) continue;
    const owners = table.owners(inode);
    const pid = owners[0]?.pid as number;
    if (!namespaceOfPid.has(pid)) namespaceOfPid.set(pid, namespaceOf(pid));
    // None: a namespace that was not asked for.
    const place = places.get(namespaceOfPid.get(pid));
    if (place === undefined) continue;
    if (ways.reach === undefined) {
      ways.wanted = true;
      yield [];
    }
    const socket = place.reach.found(place, inode, owners);
    if (socket) yield [socket];
  }
}
