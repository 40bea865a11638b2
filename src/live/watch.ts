// Connections watched over time: at each tick what the kernel tells of them, and what has changed since the last one.
import { SockctlError, show } from '../errors.ts';
import type { SocketsOptions } from './query.ts';
import { LiveSocket } from './socket.ts';
import { sockets } from './sockets.ts';
import type { LiveProtocol } from './sort.ts';
import { findSockets, parseTarget, type Target } from './target.ts';
import { Clock } from './watch-clock.ts';
import type { Tick } from './watch-sample.ts';
import { WatchSet } from './watch-set.ts';

/**
 * Which sockets are watched: what a listing takes, and a target as the shell has them (`:443`, `nginx`, `4211/23`).
 * Of TCP there is TCP_INFO always.
 */
export interface WatchSelection extends Omit<SocketsOptions, 'info' | 'unlisted' | 'signal'> {
  target?: string | Target | undefined;
}

export interface WatchOptions {
  /** ms from one tick to the next: 1000 by default, 10 at least. */
  interval?: number | undefined;
  /** ms after which new connections are looked for: 1000 by default; later where that takes more than a fiftieth of the time. */
  relist?: number | undefined;
  /** Go on where nothing is there to be watched, at first or any more. Without it the loop ends then. */
  wait?: boolean | undefined;
  /** Ends the loop at any moment: it throws the signal's reason. */
  signal?: AbortSignal | undefined;
}

const LEAST_INTERVAL = 10;
const LONGEST = 2 ** 31 - 1;
/** A listing takes this part of the time at most; where there is nothing else to do, more. */
const PART = 50;
const WAITING_PART = 4;

/** What has ports, and so connections. */
const usual: readonly LiveProtocol[] = ['tcp', 'mptcp', 'udp', 'udplite', 'sctp'];

function duration(what: string, value: number, least: number): number {
  if (typeof value === 'number' && value >= least && value <= LONGEST) return value;
  throw new SockctlError(
    'ERR_INVALID_ARGUMENT',
    `${what} is a number of ms from ${least} to ${LONGEST}, got ${show(value)}`,
  );
}

/** Looks for what is to be watched. */
class Search {
  readonly #target: Target | undefined;
  readonly #options: SocketsOptions;
  readonly #fixed: readonly LiveSocket[] | undefined;
  readonly #pause: number;
  /** What each tick has besides TCP_INFO. */
  readonly wanted: { memory?: boolean | undefined; congestion?: boolean | undefined } = {};
  #due = 0;
  #dueIdle = 0;

  constructor(selection: string | WatchSelection | readonly LiveSocket[], pause: number, signal?: AbortSignal) {
    this.#pause = pause;
    if (Array.isArray(selection)) {
      const other = selection.find((one) => !(one instanceof LiveSocket));
      if (other !== undefined) throw wrong(other);
      this.#fixed = selection as readonly LiveSocket[];
      this.#options = {};
      return;
    }
    if (typeof selection !== 'string' && (typeof selection !== 'object' || selection === null)) throw wrong(selection);
    const { target, ...rest } = typeof selection === 'string' ? { target: selection } : (selection as WatchSelection);
    this.#target = typeof target === 'string' ? parseTarget(target) : target;
    // What is watched is asked for afterwards; a filter wants to know more, and a descriptor is looked for in no table
    // where nothing is asked for.
    const descriptor = this.#target?.kind === 'descriptor';
    const all = rest.where !== undefined || descriptor;
    const proto = rest.proto ?? (this.#target?.kind === 'unix' ? 'unix' : descriptor ? undefined : usual);
    this.#options = { ...rest, proto, info: all, memory: all, congestion: all, unlisted: false, signal };
    this.wanted = { memory: rest.memory, congestion: rest.congestion };
  }

  /** Whether nothing can join later. */
  get isFixed(): boolean {
    return this.#fixed !== undefined || this.#target?.kind === 'descriptor';
  }

  /** @param idle nothing is watched */
  isDue(idle: boolean): boolean {
    return !this.isFixed && performance.now() >= (idle ? this.#dueIdle : this.#due);
  }

  /** @throws SockctlError ERR_NO_PROCESS, ERR_NO_SOCKET where a target names none */
  async all(): Promise<readonly LiveSocket[]> {
    if (this.#fixed) return this.#fixed;
    const start = performance.now();
    try {
      if (this.#target !== undefined) return await findSockets(this.#target, this.#options);
      const found: LiveSocket[] = [];
      for await (const socket of sockets(this.#options)) found.push(socket);
      return found;
    } finally {
      const took = performance.now() - start;
      this.#due = start + Math.max(this.#pause, took * PART);
      this.#dueIdle = start + Math.max(this.#pause, took * WAITING_PART);
    }
  }

  /** The same, where it does not matter that there is none. */
  async more(): Promise<readonly LiveSocket[]> {
    try {
      return await this.all();
    } catch (error) {
      if (isNothing(error)) return [];
      throw error;
    }
  }
}

function wrong(value: unknown): SockctlError {
  return new SockctlError(
    'ERR_INVALID_ARGUMENT',
    `watch takes a target, options or sockets of sockets(), got ${show(value)}`,
  );
}

const isNothing = (error: unknown): boolean =>
  error instanceof SockctlError && (error.code === 'ERR_NO_SOCKET' || error.code === 'ERR_NO_PROCESS');

function nothingToWatch(): SockctlError {
  return new SockctlError('ERR_NO_SOCKET', 'there is nothing to watch', {
    hint:
      'No socket fits, or only what is left of a connection (TIME_WAIT). --wait waits for one; those without ports, ' +
      'such as unix sockets, are watched where their protocol is named: --proto unix',
  });
}

/**
 * Watches connections: `for await (const { samples } of watch(':443', { interval: 100 }))`. Each tick has a sample for
 * every connection, with its record and what has changed since the tick before; one that has ended is there once more.
 * New ones that fit join in. The kernel is asked by netlink alone: no descriptor is borrowed, so no connection is kept
 * alive. Ticks come at fixed times; where one takes too long, those that it should have been are left out. Linux.
 * @throws SockctlError ERR_INVALID_ARGUMENT; in the loop what {@link sockets} and findSockets throw
 */
export function watch(
  selection: string | WatchSelection | readonly LiveSocket[],
  options: WatchOptions = {},
): AsyncGenerator<Tick, undefined, undefined> {
  const { interval = 1000, relist = 1000, wait = false, signal } = options;
  duration('interval', interval, LEAST_INTERVAL);
  const search = new Search(selection, duration('relist', relist, 0), signal);
  return ticks(search, interval, wait, signal);
}

async function* ticks(
  search: Search,
  interval: number,
  wait: boolean,
  signal: AbortSignal | undefined,
): AsyncGenerator<Tick, undefined, undefined> {
  using set = new WatchSet(search.wanted);
  // Also while nobody waits for the next tick.
  const stop = (): void => set.close();
  signal?.throwIfAborted();
  signal?.addEventListener('abort', stop, { once: true });
  try {
    set.add(wait ? await search.more() : await search.all());
    signal?.throwIfAborted();
    if (set.size === 0 && !wait) throw nothingToWatch();
    const clock = new Clock(interval, signal);
    for (let number = 0, missed = 0; ; number++) {
      const [time, elapsed] = [Date.now(), clock.elapsed];
      yield { number, time, elapsed, samples: set.look(), missed };
      signal?.throwIfAborted();
      missed = await clock.next();
      if (search.isDue(set.size === 0) || (set.size === 0 && !wait)) set.add(search.isFixed ? [] : await search.more());
      signal?.throwIfAborted();
      if (set.size === 0 && !wait) return undefined;
    }
  } finally {
    signal?.removeEventListener('abort', stop);
  }
}
