// Typed reads and sets of one descriptor, and the errors that name the option: what sockopt, apply and snapshot share.
import { onPlatform } from './codec/abi.ts';
import type { Codec } from './codec/codec.ts';
import { bytesToInt } from './codec/scalar.ts';
import { type LevelName, levelNumber, levelServes, levelTable, SOL_SOCKET } from './constants/levels.ts';
import { invalid, SockctlError } from './errors.ts';
import { named, optionRefusal } from './hints.ts';
import { errnoName } from './kernel/errno.ts';
import { resolveInterfaces } from './kernel/interfaces.ts';
import * as libc from './kernel/libc.ts';
import { type AnyOption, unsupported } from './option.ts';

resolveInterfaces();

// The same number on every system that this project knows.
const EINVAL = 22;

// SO_DOMAIN's number; this file may not ask the catalogue for it. Darwin has no such option.
const domainOption = onPlatform({ linux: 39, 'linux-mips': 0x1029, freebsd: 0x1019 });

/** The socket's address family (AF_*), or a negative errno; undefined where the system does not tell. */
export function familyOf(fd: number): number | undefined {
  if (domainOption === undefined) return undefined;
  const result = libc.readInt(fd, SOL_SOCKET, domainOption);
  return result < 0 ? result : libc.lastInt();
}

// The same of SO_PROTOCOL.
const protocolOption = onPlatform({ linux: 38, 'linux-mips': 0x1028, freebsd: 0x1016 });

/** The socket's protocol (IPPROTO_*, BTPROTO_*, ...), or undefined where the system does not tell. */
export function protocolOf(fd: number): number | undefined {
  if (protocolOption === undefined) return undefined;
  return libc.readInt(fd, SOL_SOCKET, protocolOption) < 0 ? undefined : libc.lastInt();
}

/** The level's number on a socket; only options of two levels ask for its family. */
export function levelOn(fd: number, option: AnyOption): number {
  return option.levels.length === 1 ? option.levelNumber : levelIn(familyOf(fd), option);
}

/** The level's number; of two levels the last that a family has: an IPv6 socket has both of multicast's. */
export function levelIn(family: number | undefined, option: AnyOption): number {
  const { levels } = option;
  if (levels.length === 1) return option.levelNumber;
  const own = levels.findLast((name) => levelServes(name, family)) ?? option.level;
  return levelNumber(own) ?? -1;
}

const hostLevels = (Object.keys(levelTable) as LevelName[]).map((level) => levelNumber(level));
const shared = new Set(hostLevels.filter((number, at) => hostLevels.indexOf(number) !== at));

/**
 * Whether the option's level is another protocol's on this socket: level 6 is TCP, and L2CAP on a Bluetooth socket,
 * where TCP_NODELAY would be L2CAP_OPTIONS. Only sockets of shared level numbers are asked for their family.
 */
export function isForeign(fd: number, { level, levels, levelNumber: number }: AnyOption): boolean {
  if (levels.length > 1 || !shared.has(number)) return false;
  const family = familyOf(fd);
  return family !== undefined && family >= 0 && !levelServes(level, family);
}

/** Bytes that a first read offers to the kernel. */
export function capacityOf(option: AnyOption): number {
  const { codec, declaration } = option;
  return declaration.length === 'grows' ? codec.size() + 512 : codec.size();
}

/** Reads a typed option of a descriptor; the generic path behind the fast one. */
export function readOption(fd: number, option: AnyOption, query?: unknown): unknown {
  checkReadable(option);
  const { declaration, codec } = option;
  if (declaration.query !== undefined) return codec.decode(readInOut(fd, option, query));
  const bytes = readBytes(fd, option);
  if (typeof bytes === 'number') throw optionRefusal('getsockopt', bytes, option, fd);
  return codec.decode(bytes);
}

/** What a read passes in where nothing is given: of a query that may leave everything out, all of it. */
function emptyQuery({ declaration }: AnyOption): Uint8Array | undefined {
  try {
    return declaration.query?.encode({} as never);
  } catch {
    return undefined;
  }
}

/** Whether an option can be read without being asked anything: it takes no query, or one that may be empty. */
export function readsAlone(option: AnyOption): boolean {
  return option.declaration.query === undefined || emptyQuery(option) !== undefined;
}

function readInOut(fd: number, option: AnyOption, query: unknown): Uint8Array {
  const { query: codec } = option.declaration as { query: Codec<unknown> };
  const asked =
    query === undefined ? emptyQuery(option) : encoded(option, query, () => codec.encode(query as never) as Uint8Array);
  if (asked === undefined) throw named(option, invalid(codec.accepts, query));
  const bytes = askedBytes(fd, option, asked);
  if (typeof bytes === 'number') throw optionRefusal('getsockopt', bytes, option, fd);
  return bytes;
}

function askedBytes(fd: number, option: AnyOption, asked: Uint8Array): Uint8Array | number {
  const buffer = new Uint8Array(Math.max(asked.byteLength, option.codec.size()));
  buffer.set(asked);
  const behind = option.declaration.query?.behind;
  const result = libc.readInto(fd, levelOn(fd, option), option.number, buffer, behind);
  if (result < 0) return result;
  if (behind) return buffer.copyWithin(result, behind.from).subarray(0, result + buffer.byteLength - behind.from);
  return buffer.subarray(0, result + (option.declaration.uncounted ?? 0));
}

/** The bytes of an option, a copy; or the negative errno. Never throws for what the kernel says. */
export function readBytes(fd: number, option: AnyOption): Uint8Array | number {
  const level = levelOn(fd, option);
  const result = readAt(fd, level, option);
  // A family's own level may only set (SOL_RDS); what was set is then told by the first.
  const told =
    option.levels.length === 1 ||
    level === option.levelNumber ||
    !(typeof result === 'number' && errnoName(-result) === 'ENOPROTOOPT');
  return told ? result : readAt(fd, option.levelNumber, option);
}

function readAt(fd: number, level: number, option: AnyOption): Uint8Array | number {
  const { number, codec, declaration } = option;
  const empty = declaration.query && emptyQuery(option);
  if (empty) return askedBytes(fd, option, empty);
  if (declaration.length === 'elements') {
    const count = libc.read(fd, level, number, 0);
    if (count < 0) return count;
    const bytes = libc.read(fd, level, number, count);
    return bytes < 0 ? bytes : libc.scratch.slice(0, bytes * (codec.indirect ?? 8));
  }
  const capacity = capacityOf(option);
  const length = libc.read(fd, level, number, capacity);
  if (length >= 0) return libc.scratch.slice(0, Math.min(length, capacity));
  if (declaration.length === 'at-most' && length === -EINVAL) return readShorter(fd, level, number, capacity, length);
  for (const size of length === -EINVAL ? (codec.sizes ?? []) : []) {
    if (libc.read(fd, level, number, size) >= 0) return libc.scratch.slice(0, size);
  }
  const needed = libc.lengthLeft();
  if (codec.variable !== true || needed <= capacity || needed > 1 << 20) return length;
  // ERANGE told how long the value is (SO_PEERGROUPS, SO_PEERSEC).
  const buffer = new Uint8Array(needed);
  const again = libc.readInto(fd, level, number, buffer);
  return again < 0 ? again : buffer.subarray(0, again);
}

/** The longest read that the kernel accepts, by halving: a few calls for at most 128 bytes. */
function readShorter(fd: number, level: number, number: number, capacity: number, failed: number): Uint8Array | number {
  let accepted = 0;
  let refused = capacity;
  let last = failed;
  while (refused - accepted > 1) {
    const length = (accepted + refused) >> 1;
    const result = libc.read(fd, level, number, length);
    if (result >= 0) {
      accepted = length;
    } else {
      refused = length;
      last = result;
    }
  }
  if (accepted === 0) return last;
  return libc.scratch.slice(0, libc.read(fd, level, number, accepted));
}

/** The C int of a value, for options that are set as one (`toInt`); a refusal carries the option's name. */
export function intOf(option: AnyOption, value: unknown): number {
  // Not through encoded(): its closure would be made on every call.
  try {
    return (option.toInt as (value: unknown) => number)(value);
  } catch (error) {
    throw refusedValue(option, value, error);
  }
}

/** Sets an option that is one C int; `value` is what was asked, for the error. */
export function writeInt(fd: number, option: AnyOption, int: number, value: unknown): void {
  const result = libc.writeInt(fd, option.levelNumber, option.number, int);
  if (result < 0) throw optionRefusal('setsockopt', result, option, fd, value);
}

/** Sets a typed option of a descriptor. */
export function writeOption(fd: number, option: AnyOption, value: unknown): void {
  checkWritable(option);
  if (option.toInt !== undefined) {
    writeInt(fd, option, intOf(option, value), value);
    return;
  }
  writeBytes(fd, option, encodeValue(option, value), value);
}

/** Sets an option to a value that is encoded already; `value` is what was asked, for the error. */
export function writeBytes(fd: number, option: AnyOption, bytes: Uint8Array, value: unknown): void {
  checkWritable(option);
  const level = levelOn(fd, option);
  const { indirect, asLength } = option.input;
  let result: number;
  if (indirect && bytes.byteLength % indirect === 0) {
    result = libc.writeIndirect(fd, level, option.number, bytes, indirect);
  } else if (asLength) {
    result = libc.write(fd, level, option.number, null, bytesToInt(bytes));
  } else {
    // Without bytes there is no address either: TIPC refuses one.
    result = libc.write(fd, level, option.number, bytes.byteLength === 0 ? null : bytes, bytes.byteLength);
  }
  if (result < 0) throw optionRefusal('setsockopt', result, option, fd, value);
}

/** @throws SockctlError when the option cannot be read: write-only, or not on this system. */
export function checkReadable(option: AnyOption): void {
  if (option.number < 0 || option.access === 'none') throw unsupported(option);
  const { name } = option;
  if (option.access === 'wo') {
    throw new SockctlError('ERR_NOT_READABLE', `${name} can only be set, not read`, {
      option: name,
      ...instead(option),
    });
  }
}

/** @throws SockctlError when the option cannot be set: read-only, or not on this system. */
export function checkWritable(option: AnyOption): void {
  if (option.number < 0 || option.access === 'none') throw unsupported(option);
  const { name } = option;
  if (option.access === 'ro') {
    throw new SockctlError('ERR_NOT_WRITABLE', `${name} can only be read, not set`, {
      option: name,
      ...instead(option),
    });
  }
}

/** The bytes of a value; a refusal carries the option's name. */
export function encodeValue(option: AnyOption, value: unknown): Uint8Array {
  return encoded(option, value, () => option.input.encode(value as never));
}

function encoded<T>(option: AnyOption, value: unknown, encode: () => T): T {
  try {
    return encode();
  } catch (error) {
    throw refusedValue(option, value, error);
  }
}

/** Whatever a value does to a codec (a detached buffer, a getter that throws), it is a value that is refused. */
function refusedValue(option: AnyOption, value: unknown, error: unknown): SockctlError {
  return named(option, error instanceof SockctlError ? error : invalid(option.input.accepts, value));
}

function instead(option: AnyOption): { hint?: string } {
  return option.declaration.instead ? { hint: option.declaration.instead } : {};
}
