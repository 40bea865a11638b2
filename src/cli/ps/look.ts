// What a listing needs besides the sockets: users by name, who is at the other end, options; each looked up once.
import { processUser } from '../../kernel/processes.ts';
import type { ChangedOption } from '../../live/changed.ts';
import { peerPath } from '../../live/facts.ts';
import type { Owner } from '../../live/processes.ts';
import type { LiveSocket } from '../../live/socket.ts';
import { userName } from '../../live/users.ts';
import type { AnyOption } from '../../option.ts';
import type { Entry, Snapshot } from '../../snapshot.ts';

/** Which options are read of each socket. */
export interface Reads {
  /** Those that are not at the system's default, all that are readable, or none. */
  readonly options: 'changed' | 'all' | 'none';
  /** Columns by C name. */
  readonly named: readonly AnyOption[];
}

/** The options of one socket. */
export interface Options {
  readonly changed?: readonly ChangedOption[];
  readonly all?: readonly Entry[];
  readonly named: ReadonlyMap<AnyOption, Entry>;
}

/** Reads what is asked for, of a descriptor that is ours for the moment. */
export type Read = (socket: { readonly fd: number }, only?: readonly AnyOption[]) => Snapshot;

/** The other end of a unix socket. */
export interface Peer {
  readonly inode: number;
  readonly path: string | undefined;
  readonly owners: readonly Owner[];
}

const none: Options = { named: new Map() };

export class Look {
  readonly #reads: Reads;
  readonly #read: Read | undefined;
  readonly #users = new Map<number, string | undefined>();
  #owner: { readonly pid: number; readonly process: string; readonly json: string } | undefined;
  #of: LiveSocket | undefined;
  #options: Options | undefined;
  /** How many sockets would not tell their options, by the reason: a message each. */
  readonly refusals = new Map<string, { count: number; message: string }>();

  /** @param read only needed where options are */
  constructor(reads: Reads, read?: Read) {
    this.#reads = reads;
    this.#read = read;
  }

  /** The user of a process. */
  userOf(pid: number): string | undefined {
    if (!this.#users.has(pid)) {
      const uid = processUser(pid);
      this.#users.set(pid, uid === undefined ? undefined : userName(uid));
    }
    return this.#users.get(pid);
  }

  /** The start of an owner in JSON, up to the descriptor's number: mostly it is the one before's. */
  ownerJson({ pid, process }: Pick<Owner, 'pid' | 'process'>, quote: (text: string | undefined) => string): string {
    const last = this.#owner;
    if (last?.pid === pid && last.process === process) return last.json;
    const json = `{"pid":${pid},"process":${quote(process)},"user":${quote(this.userOf(pid))},"fd":`;
    this.#owner = { pid, process, json };
    return json;
  }

  /** The user whose process has it; else the one who made it. */
  user(socket: LiveSocket): string | undefined {
    const [owner] = socket.owners;
    const user = owner && this.userOf(owner.pid);
    if (user !== undefined) return user;
    const uid = uidOf(socket);
    return uid === undefined ? undefined : userName(uid);
  }

  peer(socket: LiveSocket): Peer | undefined {
    const { peer } = socket;
    if (peer === undefined) return undefined;
    return { inode: peer, path: peerPath(socket), owners: socket.place.owners(peer) };
  }

  /** The options that were asked for; undefined where they cannot be read. All are read at the first question. */
  options(socket: LiveSocket): Options | undefined {
    if (this.#of !== socket) {
      this.#of = socket;
      this.#options = this.#attempt(socket);
    }
    return this.#options;
  }

  #attempt(socket: LiveSocket): Options | undefined {
    // Nobody has it (any more), or nobody who may be seen: that is said elsewhere.
    if (socket.owners.length === 0) return undefined;
    try {
      return this.#readAll(socket);
    } catch (error) {
      const { code = 'ERR_INTERNAL', message } = error as NodeJS.ErrnoException;
      // Closed, or its process ended, since it was listed.
      if (code === 'ERR_NO_PROCESS' || code === 'ERR_NO_SOCKET') return undefined;
      const known = this.refusals.get(code);
      if (known) known.count++;
      else this.refusals.set(code, { count: 1, message });
      return undefined;
    }
  }

  #readAll(socket: LiveSocket): Options {
    const { options, named } = this.#reads;
    const read = this.#read;
    if (read === undefined) return none;
    return socket.borrow((borrowed): Options => {
      const entries = (found: readonly Entry[]) => new Map(found.map((entry) => [entry.option, entry]));
      const { place, sort } = socket;
      const of = named.length === 0 ? none.named : entries(read(borrowed, named).options);
      if (options === 'none') return { named: of };
      if (options === 'all') return { all: read(borrowed).options, named: of };
      return { changed: place.defaults.changed(borrowed.fd, sort, place), named: of };
    });
  }
}

/** Who made it; what has no file any more says root, whoever it was. */
export function uidOf(socket: LiveSocket): number | undefined {
  return socket.inode === 0 ? undefined : socket.uid;
}
