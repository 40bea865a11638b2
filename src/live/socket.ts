// One socket of the machine, whoever has it: what the kernel's tables tell of it, and the way to its options.

import type { OutOf } from '../codec/codec.ts';
import type { meminfo } from '../codec/meminfo.ts';
import type { SocketAddress } from '../codec/sockaddr-types.ts';
import type { TcpInfo } from '../codec/tcp-info.ts';
import { SockctlError } from '../errors.ts';
import type { BorrowedSocket } from './borrow.ts';
import type { ChangedOption } from './changed.ts';
import type { Place } from './place.ts';
import type { Owner } from './processes.ts';
import { kindOf, type LiveProtocol, protocolOf, type Sort } from './sort.ts';

function belowMptcp(): SockctlError {
  return new SockctlError(
    'ERR_NO_SOCKET',
    'this tcp socket cannot be borrowed: it is one path of an MPTCP connection',
    {
      hint: 'The socket of protocol mptcp with the same descriptor has the options',
    },
  );
}

/** What a TCP socket waits for. */
export interface SocketTimer {
  /** `retransmit` (of data, a SYN or a FIN), `keepalive` (or SYN-ACK), `time-wait`, `probe` (the peer's window is 0). */
  readonly kind: 'retransmit' | 'keepalive' | 'time-wait' | 'probe' | (string & {});
  /** ms until it fires. */
  readonly expires: number;
  /** How often it fired in a row: retransmissions, probes. */
  readonly retries: number;
}

/** SO_MEMINFO's numbers. */
export type SocketMemory = OutOf<ReturnType<typeof meminfo>>;

/** What the records of all families have in common. Each field is read from the kernel's answer when it is asked for. */
export abstract class LiveSocket {
  /** The network namespace that it is in, and who has which socket there. */
  readonly place: Place;
  #owners: readonly Owner[] | undefined;

  constructor(place: Place) {
    this.place = place;
  }

  /** Family, type and protocol, as socket(2) takes them. */
  abstract readonly sort: Sort;
  /** The number of the socket's file; 0 where it has none (any more): TIME_WAIT, the kernel's own. */
  abstract readonly inode: number;
  /** SO_COOKIE: no other socket has it until the next boot. Absent where the kernel's table does not tell it. */
  abstract readonly cookie: bigint | undefined;
  /** A TCP state without its prefix (`ESTABLISHED`); of other protocols LISTEN, CONNECTED, BOUND or UNCONNECTED. */
  abstract readonly state: string;
  /** Absent where it is not bound, or has no name. */
  abstract readonly local: SocketAddress | undefined;
  /** Absent where it is not connected, or the peer has no name. */
  abstract readonly remote: SocketAddress | undefined;

  /** `tcp`, `udp`, `unix`, ... whatever the family. */
  get proto(): LiveProtocol {
    return protocolOf(this.sort);
  }

  /** `tcp`, `tcp6`, `unix-dgram`, ...: with the family. */
  get kind(): string {
    return kindOf(this.sort);
  }

  /** The user that made it, where the kernel's table tells. */
  get uid(): number | undefined {
    return undefined;
  }

  /** Bytes that arrived and were not read; of a listener: connections that wait for accept(2). */
  get recvQueue(): number | undefined {
    return undefined;
  }

  /** Bytes that were sent and not acknowledged; of a listener: how many connections may wait. */
  get sendQueue(): number | undefined {
    return undefined;
  }

  /** TCP_INFO; only with `info`. */
  get info(): TcpInfo | undefined {
    return undefined;
  }

  /** One field of {@link info}, without decoding the others: for many sockets. */
  infoOf<Field extends keyof TcpInfo>(_field: Field): TcpInfo[Field] | undefined {
    return undefined;
  }

  /** SO_MEMINFO; only with `memory`. */
  get memory(): SocketMemory | undefined {
    return undefined;
  }

  /** TCP_CONGESTION; only with `congestion`. */
  get congestion(): string | undefined {
    return undefined;
  }

  /** The timer that runs. */
  get timer(): SocketTimer | undefined {
    return undefined;
  }

  /** The interface that it is bound to, by index. */
  get interface(): number | undefined {
    return undefined;
  }

  /** Of a unix socket: the inode of the one at the other end. */
  get peer(): number | undefined {
    return undefined;
  }

  /** A TCP connection below one of MPTCP: the descriptor is that of the MPTCP socket, and so are the options. */
  get isSubflow(): boolean {
    return false;
  }

  /** The number of its network namespace: what `/proc/PID/ns/net` shows. */
  get namespace(): number | undefined {
    return this.place.namespace;
  }

  /** The processes that have it open, as far as they may be seen. The first question reads all processes' descriptors. */
  get owners(): readonly Owner[] {
    this.#owners ??= this.inode === 0 ? [] : this.place.owners(this.inode);
    return this.#owners;
  }

  /**
   * Borrows the socket from one of its processes, and makes sure that it is this one still.
   * With `use` it is closed after it; without it the caller closes.
   * @throws SockctlError ERR_NO_SOCKET where no process (that may be seen) has it
   * @throws SocketOptionError EPERM, as {@link borrow} does
   */
  borrow(): BorrowedSocket;
  borrow<T>(use: (socket: BorrowedSocket) => T): T;
  borrow<T>(use?: (socket: BorrowedSocket) => T): T | BorrowedSocket {
    const { borrow, closing } = this.place.reach;
    let failure: unknown;
    for (const { pid, fd } of this.owners) {
      let socket: BorrowedSocket;
      try {
        socket = borrow(pid, fd, { inode: this.inode, cookie: this.cookie });
      } catch (error) {
        // Another of its processes may still have it, or let us have it.
        failure ??= error;
        continue;
      }
      return use === undefined ? socket : closing(socket, use);
    }
    if (failure !== undefined && this.isSubflow) throw belowMptcp();
    throw failure ?? this.#unreachable();
  }

  #unreachable(): SockctlError {
    const why =
      this.inode === 0
        ? 'no process has it any more: the kernel keeps it until it is done'
        : 'no process that may be seen has it open';
    return new SockctlError('ERR_NO_SOCKET', `this ${this.kind} socket cannot be borrowed: ${why}`, {
      hint: this.inode === 0 ? 'Its options cannot be read' : 'Run as root to see the processes of others',
    });
  }

  /**
   * Its options that differ from those of a fresh socket of its kind in its namespace, read now.
   * @throws as {@link borrow} does
   */
  changed(): ChangedOption[] {
    return this.borrow((socket) => this.place.defaults.changed(socket.fd, this.sort, this.place));
  }
}
