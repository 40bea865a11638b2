// Every readable option of one socket at one moment, and what differs between two of them.
import { options as catalog, get } from './catalog/index.ts';
import { SO_DOMAIN } from './catalog/socket.ts';
import { levelServes } from './constants/levels.ts';
import { SockctlError, show } from './errors.ts';
import { optionRefusal } from './hints.ts';
import { type SocketLike, withDescriptor } from './kernel/descriptor.ts';
import { errnoName } from './kernel/errno.ts';
import * as libc from './kernel/libc.ts';
import type { AnyOption } from './option.ts';
import { capacityOf, checkReadable, familyOf, levelIn, protocolOf, readBytes, readsAlone } from './typed.ts';

/** One option as it was read. Only its place among the bytes is kept; bytes, value and text are made when asked for. */
export class Entry {
  readonly option: AnyOption;
  // Not #private: a snapshot makes more than a hundred of these, and such fields cost more to make.
  private readonly memory: Uint8Array;
  private readonly at: number;
  private readonly length: number;

  constructor(option: AnyOption, memory: Uint8Array, at: number, length: number) {
    this.option = option;
    this.memory = memory;
    this.at = at;
    this.length = length;
  }

  get name(): string {
    return this.option.name;
  }

  get level(): string {
    return this.option.level;
  }

  /** The kernel's bytes. */
  get raw(): Uint8Array {
    return this.memory.subarray(this.at, this.at + this.length);
  }

  get value(): unknown {
    return this.option.codec.decode(this.raw);
  }

  get text(): string {
    return this.option.codec.format(this.value as never);
  }
}

const refused = new Set(['EPERM', 'EACCES']);

/** An option that could not be read: it is not one of this socket's, or the process may not. */
export class Unreadable {
  readonly option: AnyOption;
  private readonly errno: number;

  /** @param errno positive; 0 where the kernel was not asked, for the level means another protocol there */
  constructor(option: AnyOption, errno: number) {
    this.option = option;
    this.errno = errno;
  }

  get name(): string {
    return this.option.name;
  }

  /** The errno's name, or ERR_UNSUPPORTED where the kernel was not asked. */
  get code(): string {
    return this.errno === 0 ? 'ERR_UNSUPPORTED' : errnoName(this.errno);
  }

  /** Without TCP_REPAIR, reads that need it answer EPERM even to root: these options are absent in that state. */
  get reason(): 'absent' | 'refused' {
    return refused.has(this.code) && this.option.declaration.after === undefined ? 'refused' : 'absent';
  }
}

export interface Snapshot {
  readonly options: readonly Entry[];
  /** Options of the socket's levels that it does not let be read, and all that were asked for by name. */
  readonly unreadable: readonly Unreadable[];
}

export interface SnapshotOptions {
  /** Also take reads that change something: SO_ERROR clears, SO_PEERPIDFD makes a descriptor. */
  sideEffects?: boolean;
  /** Only these options; all readable ones of the catalogue otherwise. */
  only?: readonly (AnyOption | string)[];
}

// The longest value that is read into the common buffer.
const SLOT = 1024;
interface Planned {
  option: AnyOption;
  /** Looked up once: an option finds its numbers when it is asked. */
  level: number;
  number: number;
  capacity: number;
}

/** Which options are read, and how: made once for many sockets. */
export interface ReadPlan {
  readonly options: readonly AnyOption[];
  readonly wanted: (option: AnyOption) => boolean;
  /** Options of levels that a socket does not have are told as unreadable. */
  readonly named: boolean;
  readonly sorts: Map<string, SortPlan>;
}

/** What sockets of one family and protocol are asked for. */
interface SortPlan {
  /** Options of a known size, read into one buffer. */
  readonly fixed: Planned[];
  readonly others: Planned[];
  /** A level's number means another protocol there (6 is TCP, and L2CAP on Bluetooth): these are not asked. */
  readonly foreign: Unreadable[];
  bytes: number;
}

function add(plan: SortPlan, option: AnyOption, family: number | undefined): void {
  const { declaration, codec, number } = option;
  const capacity = capacityOf(option);
  const level = levelIn(family, option);
  const planned = { option, level, number, capacity };
  const searched = declaration.length === 'elements' || declaration.length === 'at-most';
  const full = plan.bytes + capacity > libc.SCRATCH_BYTES;
  const grows = declaration.length === 'grows';
  if (
    full ||
    capacity > SLOT ||
    (codec.variable && !grows) ||
    searched ||
    level !== option.levelNumber ||
    declaration.query
  ) {
    plan.others.push(planned);
  } else {
    plan.fixed.push(planned);
    plan.bytes += (capacity + 7) & ~7;
  }
}

/** A plan for those of these options that can be read without passing anything in. */
export function planOf(options: readonly AnyOption[], sideEffects = false): ReadPlan {
  const wanted = ({ access, aliasOf, declaration, number, levelNumber }: AnyOption): boolean => {
    const readable = (access === 'rw' || access === 'ro') && number >= 0 && levelNumber >= 0;
    return readable && !aliasOf && !declaration.query && (!declaration.sideEffect || sideEffects);
  };
  return { options, wanted, named: false, sorts: new Map() };
}

/** What is named is read, whatever it does besides; what cannot be read is refused. */
function planNamed(names: readonly (AnyOption | string)[]): ReadPlan {
  if (!Array.isArray(names)) throw new SockctlError('ERR_INVALID_ARGUMENT', '`only` takes a list of options');
  const options = (names as readonly (AnyOption | string)[]).map((name) => {
    const option = get(name);
    checkReadable(option);
    if (!readsAlone(option)) {
      throw new SockctlError('ERR_NOT_READABLE', `${option.name} needs a query to be read`, { option: option.name });
    }
    return option;
  });
  return { options, wanted: () => true, named: true, sorts: new Map() };
}

let plans: [ReadPlan, ReadPlan] | undefined;

function planFor({ sideEffects = false, only }: SnapshotOptions): ReadPlan {
  if (only) return planNamed(only);
  plans ??= [planOf(catalog), planOf(catalog, true)];
  return plans[sideEffects ? 1 : 0];
}

/**
 * Reads every option that the socket has. Reads with side effects are left out unless asked.
 * @throws SockctlError ERR_NO_FD; SocketOptionError where the descriptor is closed or no socket.
 */
export function snapshot(socket: SocketLike, wanted: SnapshotOptions = {}): Snapshot {
  if (typeof wanted !== 'object' || wanted === null) {
    throw new SockctlError('ERR_INVALID_ARGUMENT', `snapshot takes { sideEffects, only }, got ${show(wanted)}`);
  }
  return withDescriptor(socket, (fd) => readPlanned(fd, planFor(wanted)));
}

/** Reads what is planned of a descriptor. */
export function readPlanned(fd: number, plan: ReadPlan): Snapshot {
  const family = familyOf(fd);
  if (family !== undefined && family < 0) throw optionRefusal('getsockopt', family, SO_DOMAIN, fd);
  const { fixed, others, foreign, bytes } = forSort(plan, family, protocolOf(fd));
  const entries: Entry[] = [];
  const unreadable: Unreadable[] = [...foreign];
  // The kernel writes each value behind the one before, into memory that is warm; one copy takes them all.
  const memory = new Uint8Array(bytes);
  let at = 0;
  for (const { option, level, number, capacity } of fixed) {
    const length = libc.readAtOffset(fd, level, number, at, capacity);
    if (length < 0) {
      unreadable.push(new Unreadable(option, -length));
      continue;
    }
    // Some reads return a length beyond what was offered; only so much was written.
    const kept = length < capacity ? length : capacity;
    entries.push(new Entry(option, memory, at, kept));
    at = (at + kept + 7) & ~7;
  }
  memory.set(libc.scratch.subarray(0, at));
  for (const { option } of others) {
    const result = readBytes(fd, option);
    if (typeof result === 'number') unreadable.push(new Unreadable(option, -result));
    else entries.push(new Entry(option, result, 0, result.byteLength));
  }
  return { options: entries, unreadable };
}

/** The part of a plan for sockets of one family and protocol: only options of their levels are looked at, once. */
function forSort(plan: ReadPlan, family: number | undefined, protocol: number | undefined): SortPlan {
  const key = `${family} ${protocol}`;
  const known = plan.sorts.get(key);
  if (known) return known;
  const made: SortPlan = { fixed: [], others: [], foreign: [], bytes: 0 };
  for (const option of plan.options) {
    if (option.levels.some((level) => levelServes(level, family, protocol))) {
      if (plan.wanted(option)) add(made, option, family);
    } else if (plan.named) made.foreign.push(new Unreadable(option, 0));
  }
  plan.sorts.set(key, made);
  return made;
}

/** One option that is not the same in two snapshots; `undefined` where a socket did not have it. */
export interface Difference {
  readonly name: string;
  readonly level: string;
  readonly a: string | undefined;
  readonly b: string | undefined;
}

/** What differs from snapshot `a` to snapshot `b`, as text, in the catalogue's order. */
export function diff(a: Snapshot, b: Snapshot): Difference[] {
  const texts = (snapshot: Snapshot): Map<AnyOption, string> =>
    new Map(snapshot.options.map((entry) => [entry.option, entry.text]));
  const before = texts(a);
  const after = texts(b);
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter((option) => before.get(option) !== after.get(option))
    .sort((x, y) => catalog.indexOf(x) - catalog.indexOf(y))
    .map((option) => ({ name: option.name, level: option.level, a: before.get(option), b: after.get(option) }));
}
