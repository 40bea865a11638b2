// What is asked of a listing of sockets, checked once.
import { TCP_BOUND_INACTIVE } from '../constants/tcp.ts';
import { SockctlError, show } from '../errors.ts';
import type { ProcessFacts } from '../kernel/processes.ts';
import { INET_DIAG_CONG, INET_DIAG_INFO, INET_DIAG_SKMEMINFO, type Wanted } from '../kernel/sock-diag.ts';
import type { Filter } from './filter/filter.ts';
import type { LiveSocket } from './socket.ts';
import { type LiveProtocol, liveProtocols, plainStates, stateNumbers, stateOf } from './sort.ts';
import type { SocketTable } from './tables.ts';

/** Which sockets, and what of them. */
export interface SocketsOptions {
  /** One or several protocols; all by default. */
  proto?: LiveProtocol | readonly LiveProtocol[] | undefined;
  /** One or several states (`ESTABLISHED`, `listen`); all by default. */
  state?: string | readonly string[] | undefined;
  /** Only sockets that one of these processes has. */
  pid?: number | readonly number[] | undefined;
  /** Only sockets of processes that this accepts. */
  process?: ((process: ProcessFacts) => boolean) | undefined;
  /**
   * Only sockets that this is true for; a text as `parseFilter` reads it. What it asks for (TCP_INFO, memory) is asked
   * for as well, and where it is only for some protocols or states, only these are listed.
   */
  where?: Filter | string | undefined;
  /** TCP_INFO of each TCP socket. */
  info?: boolean | undefined;
  /** SO_MEMINFO. */
  memory?: boolean | undefined;
  /** The name of the congestion control. */
  congestion?: boolean | undefined;
  /** `all` (default): those of all processes that may be seen; `own`; or the number of one. */
  namespace?: 'all' | 'own' | number | undefined;
  /**
   * Also sockets that no table of the kernel lists: fresh ones, and those of families without a table. It needs a look
   * at the descriptors of all processes. By default on, unless only protocols are asked for whose tables are there.
   */
  unlisted?: boolean | undefined;
  /** Stops the listing: the loop over it throws the signal's reason. */
  signal?: AbortSignal | undefined;
}

/** The same with its filter read. */
export interface ReadOptions extends SocketsOptions {
  where?: Filter | undefined;
}

function list<T>(value: T | readonly T[] | undefined): readonly T[] | undefined {
  return value === undefined || Array.isArray(value) ? (value as readonly T[] | undefined) : [value as T];
}

/** What was asked for, of what can be at all; undefined where that is everything. */
function narrowed<T>(
  asked: readonly T[] | undefined,
  possible: ReadonlySet<T> | undefined,
): ReadonlySet<T> | undefined {
  if (asked === undefined) return possible;
  return new Set(possible === undefined ? asked : asked.filter((one) => possible.has(one)));
}

/** A question, checked. */
export class Query {
  readonly protos: ReadonlySet<LiveProtocol> | undefined;
  readonly states: ReadonlySet<string> | undefined;
  readonly pids: readonly number[] | undefined;
  readonly options: ReadOptions;
  readonly #where: Filter | undefined;

  constructor(options: ReadOptions) {
    const protos = list(options.proto);
    for (const proto of protos ?? []) {
      if (liveProtocols.includes(proto)) continue;
      throw new SockctlError('ERR_INVALID_ARGUMENT', `there is no protocol ${show(proto)} to look for`, {
        hint: `One of: ${liveProtocols.join(', ')}`,
      });
    }
    this.#where = options.where;
    const states = list(options.state);
    const { implied } = this.#where ?? {};
    this.protos = narrowed(protos, implied?.protos);
    this.states = narrowed(states?.map(stateOf), implied?.states);
    this.pids = list(options.pid);
    for (const pid of this.pids ?? []) {
      if (Number.isInteger(pid) && pid > 0) continue;
      throw new SockctlError('ERR_INVALID_ARGUMENT', `a process is a positive integer, got ${show(pid)}`);
    }
    this.options = options;
  }

  get ofSome(): boolean {
    return this.pids !== undefined || this.options.process !== undefined;
  }

  wants(table: SocketTable): boolean {
    return this.protos?.has(table.proto) ?? true;
  }

  /** What the kernel is asked for; where it can leave sockets out by their state, it does. */
  get wanted(): Wanted {
    const { info, memory, congestion } = this.options;
    const needs = this.#where?.needs;
    const attributes = [
      ...(info || needs?.info ? [INET_DIAG_INFO] : []),
      ...(memory || needs?.memory ? [INET_DIAG_SKMEMINFO] : []),
      ...(congestion || needs?.congestion ? [INET_DIAG_CONG] : []),
    ];
    const plain = this.states && plainStates.some((name) => this.states?.has(name));
    const asked = [...(this.states ?? [])].reduce((bits, name) => bits | (1 << (stateNumbers.get(name) ?? 0)), 0);
    // Linux lists a socket that is bound, and no more, by a state of its own, but says that it is CLOSE.
    const states = this.states?.has('CLOSE') ? asked | (1 << TCP_BOUND_INACTIVE) : asked;
    return { attributes, ...(this.states && !plain && { states }) };
  }

  takes(socket: LiveSocket): boolean {
    if (this.protos && !this.protos.has(socket.proto)) return false;
    if (this.states && !this.states.has(socket.state)) return false;
    if (this.ofSome && socket.owners.length === 0) return false;
    return this.#where === undefined || this.#where.test(socket) === true;
  }
}
