// One look at a watched connection: what the kernel tells of it now, and what has changed since the look before.
import type { TcpInfo } from '../codec/tcp-info.ts';
import type { LiveSocket } from './socket.ts';

/** Parts of the time in which there was something to send or to be acknowledged: from 0 to 1. */
export interface LimitShares {
  /** In which the peer's window was the limit. */
  readonly rwnd: number;
  /** In which the send buffer was the limit. */
  readonly sndbuf: number;
}

type Name<Type> = {
  [Field in keyof TcpInfo]-?: NonNullable<TcpInfo[Field]> extends Type ? Field : never;
}[keyof TcpInfo];
/** The fields of TCP_INFO that only grow, or that are plain numbers. */
export type Counter = Name<number | bigint>;

const COUNTERS_WRAP = 2 ** 32;

/** What a watched connection is at one tick. Everything but the record itself is read when it is asked for. */
export class Sample {
  /** The same for a connection as long as it is watched; no other one has it. */
  readonly key: string;
  /** What the kernel says now; of a connection that has ended the last that it said. */
  readonly socket: LiveSocket;
  /** What it said at the tick before; absent when it was not there, or not watched. */
  readonly before: LiveSocket | undefined;
  /** ms between the two; 0 where there is no tick before. */
  readonly milliseconds: number;
  /** Its first tick. */
  readonly appeared: boolean;
  /** It is not there any more, or only as a TIME_WAIT; told once. */
  readonly ended: boolean;

  constructor(key: string, socket: LiveSocket, before: LiveSocket | undefined, milliseconds: number, ended = false) {
    this.key = key;
    this.socket = socket;
    this.before = before;
    this.milliseconds = before === undefined ? 0 : milliseconds;
    this.appeared = before === undefined && !ended;
    this.ended = ended;
  }

  /** Then TCP_INFO is mostly of no connection. */
  get #listens(): boolean {
    return this.socket.state === 'LISTEN';
  }

  /** How much a counter of TCP_INFO has grown since the tick before; undefined where it is not known at both. */
  grown(field: Counter): number | undefined {
    if (this.before === undefined || this.#listens) return undefined;
    const [now, then] = [this.socket.infoOf(field), this.before.infoOf(field)];
    if (now === undefined || then === undefined) return undefined;
    const more = Number(now) - Number(then);
    // Those of 32 bits wrap around.
    return more < 0 && typeof now === 'number' ? more + COUNTERS_WRAP : more;
  }

  #perSecond(field: Counter): number | undefined {
    const more = this.grown(field);
    return more === undefined || this.milliseconds <= 0 ? undefined : (more * 1000) / this.milliseconds;
  }

  /** Segments sent again since the tick before. */
  get retransmitted(): number | undefined {
    return this.grown('total_retrans');
  }

  /** Bytes/s that the peer acknowledged since the tick before. */
  get sending(): number | undefined {
    return this.#perSecond('bytes_acked');
  }

  /** Bytes/s that arrived in order since the tick before. */
  get receiving(): number | undefined {
    return this.#perSecond('bytes_received');
  }

  /** Bytes that are sent and not acknowledged, as segments of full size at most. */
  get inFlight(): number | undefined {
    const { socket } = this;
    const [unacked, sacked, lost, again, size] = (['unacked', 'sacked', 'lost', 'retrans', 'snd_mss'] as const).map(
      (field) => socket.infoOf(field),
    ) as (number | undefined)[];
    if (unacked === undefined || size === undefined || this.#listens) return undefined;
    return Math.max(0, unacked - (sacked ?? 0) - (lost ?? 0) + (again ?? 0)) * size;
  }

  /** The part of the time since the tick before in which there was something to send or to be acknowledged: 0 to 1. */
  get busy(): number | undefined {
    const us = this.grown('busy_time');
    return us === undefined || this.milliseconds <= 0 ? undefined : Math.min(1, us / 1000 / this.milliseconds);
  }

  /** What was the limit in that part of the time; undefined where there was none. */
  get limits(): LimitShares | undefined {
    return shares(this.grown('busy_time'), this.grown('rwnd_limited'), this.grown('sndbuf_limited'));
  }

  /** The same over the connection's whole life. */
  get lifetimeLimits(): LimitShares | undefined {
    const of = (field: Counter): number | undefined => {
      const value = this.socket.infoOf(field);
      return value === undefined ? undefined : Number(value);
    };
    return shares(of('busy_time'), of('rwnd_limited'), of('sndbuf_limited'));
  }

  /** Packets dropped since the tick before for want of room: UDP's receive buffer, a listener's queue. */
  get dropped(): number | undefined {
    const [now, then] = [this.socket.memory?.drops, this.before?.memory?.drops];
    if (now === undefined || then === undefined) return undefined;
    return now >= then ? now - then : now - then + COUNTERS_WRAP;
  }
}

function shares(busy: number | undefined, rwnd: number | undefined, sndbuf: number | undefined) {
  if (!busy || rwnd === undefined || sndbuf === undefined) return undefined;
  // The kernel rounds each to its ticks.
  return { rwnd: Math.min(1, rwnd / busy), sndbuf: Math.min(1, sndbuf / busy) };
}

/** What all watched connections are at one moment. */
export interface Tick {
  /** 0, 1, 2, ... */
  readonly number: number;
  /** When, in ms since 1970. */
  readonly time: number;
  /** ms since the first tick. */
  readonly elapsed: number;
  /** In the order in which they were found. Those that have ended since the tick before come last. */
  readonly samples: readonly Sample[];
  /** How many intervals were left out before this tick because the machine, or who takes the ticks, was too slow. */
  readonly missed: number;
}
