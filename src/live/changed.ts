// The options of a socket that are not at the system's default: not what a fresh socket of its sort has.
import { options as catalog } from '../catalog/index.ts';
import { SO_BUF_LOCK } from '../catalog/socket.ts';
import { onPlatform } from '../codec/abi.ts';
import { AF_PACKET } from '../constants/families.ts';
import type { AnyOption } from '../option.ts';
import { type Entry, planOf, type ReadPlan, readPlanned } from '../snapshot.ts';
import { Socket } from '../socket/socket.ts';
import { getsockopt } from '../sockopt.ts';
import { isTcp, type Sort } from './sort.ts';

/** An option of which the socket has not what a fresh one of its kind has. Values as text. */
export interface ChangedOption {
  readonly name: string;
  readonly value: string;
  readonly default: string;
}

/** What the kernel itself sets on a connection, or on the way to one: not what a program changed. */
export const ofConnections: ReadonlySet<string> = new Set([
  'TCP_MAXSEG',
  'TCP_WINDOW_CLAMP',
  'IPV6_ADDRFORM',
  'IPV6_MTU',
]);
const always = new Set(['SO_INCOMING_CPU', 'SO_BUF_LOCK', 'TCP_TIMESTAMP']);
/** Which bit of SO_BUF_LOCK tells that a program has set it; the kernel changes it by itself otherwise. */
export const bufferLocks = new Map([
  ['SO_SNDBUF', 'SOCK_SNDBUF_LOCK'],
  ['SO_RCVBUF', 'SOCK_RCVBUF_LOCK'],
]);

/** Whether an option is a setting: not a counter, a clock, nor what the kernel itself sets on the way. */
export function isChoice({ name, declaration, access }: AnyOption, tcp: boolean): boolean {
  if (access !== 'rw' || always.has(name)) return false;
  if (declaration.readback && onPlatform(declaration.readback) === 'volatile') return false;
  return !tcp || !(ofConnections.has(name) || name.includes('MULTICAST'));
}

/** Autotuning moves both; a set by the program locks them. */
export function isLocked(fd: number, option: AnyOption): boolean {
  const lock = bufferLocks.get(option.name);
  if (lock === undefined) return true;
  try {
    return (getsockopt(fd, SO_BUF_LOCK) as readonly string[]).includes(lock);
  } catch {
    return true;
  }
}

let plans: [ReadPlan, ReadPlan] | undefined;

/** The reads that matter, without those of counters and clocks. */
function planFor(sort: Sort): ReadPlan {
  plans ??= [false, true].map((tcp) => planOf(catalog.filter((option) => isChoice(option, tcp)))) as [
    ReadPlan,
    ReadPlan,
  ];
  return plans[isTcp(sort) ? 1 : 0];
}

function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** The network namespace whose defaults count. */
export interface DefaultsOf {
  readonly namespace: number | undefined;
  /** A process in it; undefined: it is this process's own. */
  readonly pid: number | undefined;
  /** Calls `act` in it. */
  enter<T>(act: () => T): T;
}

const here: DefaultsOf = { namespace: undefined, pid: undefined, enter: (act) => act() };

/** Reads what differs, with what a fresh socket of each sort has read once. */
export class Defaults {
  readonly #fresh = new Map<string, ReadonlyMap<AnyOption, Entry> | undefined>();

  /**
   * The options of a descriptor that are not at the default. Empty where no fresh socket of its sort can be made: raw
   * and packet sockets need a privilege.
   * @throws SocketOptionError EBADF, ENOTSOCK
   */
  changed(fd: number, sort: Sort, of: DefaultsOf = here): ChangedOption[] {
    const standard = this.standard(sort, of);
    if (standard === undefined) return [];
    const changed: ChangedOption[] = [];
    for (const entry of readPlanned(fd, planFor(sort)).options) {
      const fresh = standard.get(entry.option);
      // Where only one of both has the option, it is the state that differs.
      if (fresh === undefined || equalBytes(fresh.raw, entry.raw)) continue;
      if (!isLocked(fd, entry.option)) continue;
      const [value, normal] = [entry.text, fresh.text];
      // Padding, and bytes that mean nothing.
      if (value !== normal) changed.push({ name: entry.name, value, default: normal });
    }
    return changed;
  }

  /** What a fresh socket of a sort has, of the options that can be changed; undefined where none can be made. */
  standard(sort: Sort, of: DefaultsOf = here): ReadonlyMap<AnyOption, Entry> | undefined {
    const key = `${sort.join()},${of.pid === undefined ? '' : of.namespace}`;
    if (!this.#fresh.has(key)) this.#fresh.set(key, readFresh(sort, of));
    return this.#fresh.get(key);
  }
}

function readFresh(sort: Sort, of: DefaultsOf): ReadonlyMap<AnyOption, Entry> | undefined {
  const [domain, type, protocol] = sort;
  try {
    // A packet socket with a protocol would take packets at once.
    using socket = of.enter(() => new Socket(domain, type, domain === AF_PACKET ? 0 : protocol));
    return new Map(readPlanned(socket.fd, planFor(sort)).options.map((entry) => [entry.option, entry]));
  } catch {
    // Of another namespace at least what is usual here.
    return of.pid === undefined ? undefined : readFresh(sort, here);
  }
}
