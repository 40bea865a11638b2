// Sockets that no table of the kernel lists: fresh ones, and families without a table. What their descriptors tell.
import type { SocketAddress } from '../codec/sockaddr-types.ts';
import { borrow } from './borrow.ts';
import { type Described, describe, sortOf } from './describe.ts';
import type { Place } from './place.ts';
import type { Owner } from './processes.ts';
import { LiveSocket } from './socket.ts';
import type { Sort } from './sort.ts';

/** Nothing is known of it but that it is there. */
const unknown: Sort = [0, 0, 0];

export class FoundSocket extends LiveSocket {
  readonly sort: Sort;
  readonly inode: number;
  readonly #described: Described | undefined;

  constructor(place: Place, inode: number, sort: Sort, described?: Described) {
    super(place);
    this.sort = sort;
    this.inode = inode;
    this.#described = described;
  }

  get cookie(): undefined {
    return undefined;
  }

  /** `unknown` where it may not be borrowed. */
  override get kind(): string {
    return this.#described === undefined ? 'unknown' : super.kind;
  }

  get state(): string {
    return this.#described?.state ?? 'UNKNOWN';
  }

  get local(): SocketAddress | undefined {
    return this.#described?.local;
  }

  get remote(): SocketAddress | undefined {
    return this.#described?.remote;
  }
}

/** Looks at a socket through one of its owners; undefined where it was closed meanwhile. */
export function found(place: Place, inode: number, owners: readonly Owner[]): FoundSocket | undefined {
  let denied = false;
  for (const { pid, fd } of owners) {
    try {
      return borrow(pid, fd, { inode }, (socket) => {
        const sort = sortOf(socket.fd);
        return sort && new FoundSocket(place, inode, sort, describe(socket.fd, sort));
      });
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code !== 'ERR_NO_PROCESS' && code !== 'ERR_NO_SOCKET') denied = true;
    }
  }
  return denied ? new FoundSocket(place, inode, unknown) : undefined;
}
