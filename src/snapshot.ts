// Every readable option of one socket at one moment, and what differs between two of them.
import { options as catalog } from './catalog/index.ts';
import { levelFamilies } from './constants/levels.ts';
import { type SocketLike, withDescriptor } from './kernel/descriptor.ts';
import { errnoName } from './kernel/errno.ts';
import * as libc from './kernel/libc.ts';
import type { AnyOption } from './option.ts';
import { capacityOf, familyOf, optionRefusal, readBytes } from './typed.ts';

/** One option as it was read. The bytes are kept; value and text are decoded when asked for. */
export class Entry {
  readonly option: AnyOption;
  /** The kernel's bytes. */
  readonly raw: Uint8Array;

  constructor(option: AnyOption, raw: Uint8Array) {
    this.option = option;
    this.raw = raw;
  }

  get name(): string {
    return this.option.name;
  }

  get level(): string {
    return this.option.level;
  }

  get value(): unknown {
    return this.option.codec.decode(this.raw);
  }

  get text(): string {
    return this.option.codec.format(this.value as never);
  }
}

/** An option that could not be read: it is not one of this socket's, or the process may not. */
export interface Unreadable {
  readonly name: string;
  readonly option: AnyOption;
  /** The errno's name; ERR_UNSUPPORTED where the kernel was not asked, for the level means another protocol there. */
  readonly code: string;
  readonly reason: 'absent' | 'refused';
}

export interface Snapshot {
  readonly options: readonly Entry[];
  readonly unreadable: readonly Unreadable[];
}

export interface SnapshotOptions {
  /** Also take reads that change something: SO_ERROR clears, SO_PEERPIDFD makes a descriptor. */
  sideEffects?: boolean;
  /** Only these options; all readable ones of the catalogue otherwise. */
  only?: readonly AnyOption[];
}

// Bytes that every read may use at least; longer values (byte strings) are read one by one.
const SLOT = 1024;
const refused = new Set(['EPERM', 'EACCES']);

interface Plan {
  fixed: { option: AnyOption; capacity: number }[];
  others: AnyOption[];
  bytes: number;
}

function plan(options: readonly AnyOption[], sideEffects: boolean): Plan {
  const result: Plan = { fixed: [], others: [], bytes: 0 };
  for (const option of options) {
    const { declaration, access } = option;
    const readable = (access === 'rw' || access === 'ro') && option.number >= 0 && option.levelNumber >= 0;
    if (!readable || declaration.aliasOf || declaration.query || (declaration.sideEffect && !sideEffects)) continue;
    const capacity = capacityOf(option);
    const simple = capacity <= SLOT && !option.codec.variable && declaration.length !== 'elements' && declaration.length !== 'at-most' && typeof declaration.level === 'string';
    if (simple) {
      result.fixed.push({ option, capacity });
      result.bytes += (capacity + 7) & ~7;
    } else {
      result.others.push(option);
    }
  }
  return result;
}

let plans: [Plan, Plan] | undefined;

function planFor({ sideEffects = false, only }: SnapshotOptions): Plan {
  if (only) return plan(only, sideEffects);
  plans ??= [plan(catalog, false), plan(catalog, true)];
  return plans[sideEffects ? 1 : 0];
}

/**
 * Reads every option that the socket has. Reads with side effects are left out unless asked.
 * @throws SockctlError ERR_NO_FD; SocketOptionError where the descriptor is closed or no socket.
 */
export function snapshot(socket: SocketLike, wanted: SnapshotOptions = {}): Snapshot {
  return withDescriptor(socket, (fd) => read(fd, planFor(wanted)));
}

function read(fd: number, { fixed, others, bytes }: Plan): Snapshot {
  const entries: Entry[] = [];
  const unreadable: Unreadable[] = [];
  const family = familyOf(fd);
  const missing = (option: AnyOption, result: number): void => {
    const code = errnoName(-result);
    if (code === 'EBADF' || code === 'ENOTSOCK') throw optionRefusal('getsockopt', result, option, fd);
    unreadable.push({ name: option.name, option, code, reason: refused.has(code) ? 'refused' : 'absent' });
  };
  // One buffer for all: each value lies behind the one before, so nothing is copied.
  const memory = new Uint8Array(Math.max(bytes + 512, 4096));
  const base = libc.addressOf(memory);
  let at = 0;
  for (const { option, capacity } of fixed) {
    if (foreign(option, family)) {
      unreadable.push({ name: option.name, option, code: 'ERR_UNSUPPORTED', reason: 'absent' });
      continue;
    }
    const length = libc.readBehind(fd, option.levelNumber, option.number, base + at, capacity);
    if (length < 0) {
      missing(option, length);
      continue;
    }
    entries.push(new Entry(option, memory.subarray(at, at + Math.min(length, capacity))));
    at = (at + length + 7) & ~7;
  }
  for (const option of others) {
    const result = foreign(option, family) ? -1 : readBytes(fd, option);
    if (typeof result !== 'number') entries.push(new Entry(option, result));
    else if (foreign(option, family)) unreadable.push({ name: option.name, option, code: 'ERR_UNSUPPORTED', reason: 'absent' });
    else missing(option, result);
  }
  return { options: entries, unreadable };
}

/** A level's number means another protocol on this family (6 is TCP, and L2CAP on Bluetooth): do not ask. */
function foreign(option: AnyOption, family: number | undefined): boolean {
  const families = levelFamilies[option.level];
  return families !== undefined && family !== undefined && family >= 0 && !families.includes(family);
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
  const texts = (snapshot: Snapshot): Map<AnyOption, string> => new Map(snapshot.options.map((entry) => [entry.option, entry.text]));
  const before = texts(a);
  const after = texts(b);
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter((option) => before.get(option) !== after.get(option))
    .sort((x, y) => catalog.indexOf(x) - catalog.indexOf(y))
    .map((option) => ({ name: option.name, level: option.level, a: before.get(option), b: after.get(option) }));
}
