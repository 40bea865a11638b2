// A network namespace with its sockets' owners: what all records of one listing share.
import { AF_INET, AF_INET6 } from '../constants/families.ts';
import { IPPROTO_MPTCP } from '../constants/levels.ts';
import { inNamespaceOf } from '../kernel/netns.ts';
import { type ProcessFacts, processesUnknown, processIds } from '../kernel/processes.ts';
import { inodeIn, SockDiag } from '../kernel/sock-diag.ts';
import type { Defaults } from './changed.ts';
import { type Owner, ProcessTable } from './processes.ts';
import type { Reach, Ways } from './reach.ts';

/** The processes of one listing; read when they are first asked for. */
export class Owners {
  #table: ProcessTable | undefined;

  constructor(table?: ProcessTable) {
    this.#table = table;
  }

  /** Whether somebody has asked. */
  get isRead(): boolean {
    return this.#table !== undefined;
  }

  get table(): ProcessTable {
    // Without /proc nobody's are known: the listing says so.
    this.#table ??= new ProcessTable(undefined, processesUnknown() === undefined ? processIds() : []);
    return this.#table;
  }
}

export class Place {
  /** The namespace's number; undefined where it may not be asked. */
  readonly namespace: number | undefined;
  /** A process that is in it; undefined where it is this process's own. */
  readonly pid: number | undefined;
  readonly #owners: Owners;
  readonly #pids: readonly number[];
  readonly #ways: Ways | undefined;
  #mptcp: ReadonlySet<number> | undefined;

  /**
   * @param pids processes that are in it: one of them may end meanwhile; none where it is this process's own
   * @param ways to the options of its sockets, where somebody asks for them
   */
  constructor(
    namespace: number | undefined,
    pids: readonly number[] | number | undefined,
    owners: Owners,
    ways?: Ways,
  ) {
    this.namespace = namespace;
    this.#pids = typeof pids === 'number' ? [pids] : (pids ?? []);
    this.pid = this.#pids[0];
    this.#owners = owners;
    this.#ways = ways;
  }

  get reach(): Reach {
    const reach = this.#ways?.reach;
    if (reach === undefined) throw new Error('the ways to the options of sockets are not loaded');
    return reach;
  }

  get defaults(): Defaults {
    return this.reach.defaults;
  }

  owners(inode: number): Owner[] {
    return this.#owners.table.owners(inode);
  }

  /** The owner of a socket that has one, without making an object of it; false where it has none, or more. */
  onlyOwner(inode: number, use: (process: ProcessFacts, fd: number) => void): boolean {
    return this.#owners.table.only(inode, use);
  }

  /** The inodes of its MPTCP sockets: a TCP socket that has one of these is a path of that connection. */
  get mptcp(): ReadonlySet<number> {
    this.#mptcp ??= mptcpInodes(this);
    return this.#mptcp;
  }

  /**
   * Calls `act`, which is synchronous, with this thread in the namespace.
   * @throws SocketOptionError EPERM; Node's errors, or SockctlError ERR_NO_PROCESS, where its processes have ended
   */
  enter<T>(act: () => T): T {
    let failure: unknown;
    for (const pid of this.#pids) {
      try {
        return inNamespaceOf(pid, act, this.namespace);
      } catch (error) {
        if (!hasLeft(error)) throw error;
        failure = error;
      }
    }
    if (failure !== undefined) throw failure;
    return act();
  }
}

/** Whether the process is what failed, so that another one in the namespace will do. */
function hasLeft(error: unknown): boolean {
  const { code, syscall } = error as NodeJS.ErrnoException;
  return code === 'ERR_NO_PROCESS' || syscall === 'open';
}

/**
 * A way to the kernel's tables of a place.
 * @throws SocketOptionError EPERM, EPROTONOSUPPORT; as {@link Place.enter} does where its processes have ended
 */
export function diagOf(place: Place): SockDiag {
  return place.enter(() => new SockDiag());
}

function mptcpInodes(place: Place): ReadonlySet<number> {
  const inodes = new Set<number>();
  try {
    using diag = diagOf(place);
    for (const family of [AF_INET, AF_INET6]) {
      for (const batch of diag.dump({ family, protocol: IPPROTO_MPTCP })) {
        for (const message of batch) inodes.add(inodeIn(message));
      }
    }
  } catch {
    // Where the table may not be read, TCP's may not either.
  }
  return inodes;
}
