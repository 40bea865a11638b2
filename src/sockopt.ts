// getsockopt and setsockopt: Python's forms, the in/out form and the typed form. The heart.
import { checkBuffer, checkInt32, checkLength, checkOptionName, rawBytes } from './arguments.ts';
import { levelNumber } from './constants/levels.ts';
import { SockctlError } from './errors.ts';
import { optionRefusal } from './hints.ts';
import { quickDescriptor, type SocketLike, withDescriptor } from './kernel/descriptor.ts';
import * as libc from './kernel/libc.ts';
import { refusal } from './kernel/refusal.ts';
import type { AnyOption, Option, Readable, Writable } from './option.ts';
import { readOption, writeOption } from './typed.ts';

/** An option's number: Python's constant, or the typed option in its place. */
export type OptionName = number | AnyOption;
/** What the raw form sets: a C int, a switch, 64 bits, or bytes. */
export type RawValue = number | boolean | bigint | Uint8Array;

const isOption = (value: unknown): value is AnyOption =>
  typeof value === 'object' && value !== null && 'declaration' in value;

/**
 * Reads an option of a socket, typed: `getsockopt(socket, SO_LINGER)` gives `{ on, seconds }`.
 * See getsockopt(2). Linux, macOS, FreeBSD.
 * @throws SockctlError ERR_NO_FD, ERR_NOT_READABLE, ERR_UNSUPPORTED, all before the system call.
 * @throws SocketOptionError what the kernel refused: ENOTSOCK, EBADF, ENOPROTOOPT, EPERM, ...
 */
export function getsockopt<Out>(socket: SocketLike, option: Readable<Out>): Out;
/** Reads an in/out option: the kernel reads `query` from the buffer before it fills it (IP_MSFILTER). */
export function getsockopt<Out, Query>(
  socket: SocketLike,
  option: Option<Out, 'rw' | 'ro', never, Query>,
  query: Query,
): Out;
/** Reads a C int, as Python's two-argument form. */
export function getsockopt(socket: SocketLike, level: number, name: OptionName): number;
/** Reads bytes, at most `length` (0 to 1 MiB; Python stops at 1024). The result has the length that the kernel returned. */
export function getsockopt(socket: SocketLike, level: number, name: OptionName, length: number): Uint8Array;
/** In/out: the kernel reads the buffer, then fills it. Gives the part of the buffer that was filled. */
export function getsockopt(socket: SocketLike, level: number, name: OptionName, buffer: Uint8Array): Uint8Array;
export function getsockopt(socket: SocketLike, first: unknown, second?: unknown, third?: unknown): unknown {
  // The two fast paths come first and capture nothing: a closure here would allocate on every call.
  const fd = quickDescriptor(socket);
  if (typeof first === 'number') {
    if (fd < 0 || third !== undefined || (first | 0) !== first) return rawGet(socket, first, second, third);
    return rawInt(
      fd,
      first,
      typeof second === 'number' && (second | 0) === second ? second : optionNumber(first, second),
      second,
    );
  }
  if (isOption(first) && first.fromInt !== undefined && fd >= 0) {
    const result = libc.readInt(fd, first.levelNumber, first.number);
    if (result < 0) throw optionRefusal('getsockopt', result, first, fd);
    if (libc.lengthLeft() === 4) return first.fromInt(libc.lastInt());
  }
  return isOption(first) ? typedGet(socket, first, second) : rawGet(socket, first, second, third);
}

function typedGet(socket: SocketLike, option: AnyOption, query: unknown): unknown {
  return withDescriptor(socket, (fd) => readOption(fd, option, query));
}

function rawGet(socket: SocketLike, first: unknown, second: unknown, third: unknown): unknown {
  const level = checkInt32('level', first);
  const name = optionNumber(level, second);
  return withDescriptor(socket, (fd) =>
    third === undefined ? rawInt(fd, level, name, second) : rawRead(fd, level, name, second, third),
  );
}

function rawInt(fd: number, level: number, name: number, given: unknown): number {
  const result = libc.readInt(fd, level, name);
  if (result < 0) throw rawRefusal('getsockopt', result, level, given, fd);
  return libc.lastInt();
}

function rawRead(fd: number, level: number, name: number, given: unknown, third: unknown): Uint8Array {
  const buffer = typeof third === 'number' ? new Uint8Array(checkLength(third)) : checkBuffer('buffer', third);
  const result = libc.readInto(fd, level, name, buffer);
  if (result < 0) throw rawRefusal('getsockopt', result, level, given, fd);
  // SO_GET_FILTER counts instructions, not bytes; a plain number cannot tell.
  const unit = isOption(given) && given.declaration.length === 'elements' ? (given.codec.indirect ?? 1) : 1;
  return buffer.subarray(0, result * unit);
}

/**
 * Sets an option of a socket, typed: `setsockopt(socket, SO_LINGER, { on: true, seconds: 5 })`.
 * See setsockopt(2). Linux, macOS, FreeBSD.
 * @throws SockctlError ERR_INVALID_VALUE, ERR_NO_FD, ERR_NOT_WRITABLE, ERR_UNSUPPORTED, all before the system call.
 * @throws SocketOptionError what the kernel refused, with a hint of what it needs.
 */
export function setsockopt<In>(socket: SocketLike, option: Writable<In>, value: NoInfer<In>): void;
/** Sets a C int (number or boolean), 64 bits (bigint) or bytes, as Python does. */
export function setsockopt(socket: SocketLike, level: number, name: OptionName, value: RawValue): void;
/** Passes no buffer but a length, as Python's `setsockopt(level, name, None, length)`. */
export function setsockopt(socket: SocketLike, level: number, name: OptionName, value: null, length: number): void;
export function setsockopt(
  socket: SocketLike,
  first: unknown,
  second: unknown,
  third?: unknown,
  fourth?: unknown,
): void {
  const fd = quickDescriptor(socket);
  if (isOption(first)) {
    if (fd >= 0) writeOption(fd, first, second);
    else typedSet(socket, first, second);
    return;
  }
  const level = checkInt32('level', first);
  const name = optionNumber(level, second);
  const bytes = third === null ? null : rawBytes(third);
  const length = bytes === null ? checkLength(fourth) : bytes.byteLength;
  if (fd >= 0) rawSet(fd, level, name, bytes, length, second);
  else rawSetSlow(socket, level, name, bytes, length, second);
}

function typedSet(socket: SocketLike, option: AnyOption, value: unknown): void {
  withDescriptor(socket, (fd) => writeOption(fd, option, value));
}

function rawSet(
  fd: number,
  level: number,
  name: number,
  bytes: Uint8Array | null,
  length: number,
  given: unknown,
): void {
  const result = libc.write(fd, level, name, bytes, length);
  if (result < 0) throw rawRefusal('setsockopt', result, level, given, fd);
}

function rawSetSlow(
  socket: SocketLike,
  level: number,
  name: number,
  bytes: Uint8Array | null,
  length: number,
  given: unknown,
): void {
  withDescriptor(socket, (fd) => rawSet(fd, level, name, bytes, length, given));
}

/** The number of an option that is given by number or as an option, whose level must then be the one given. */
function optionNumber(level: number, name: unknown): number {
  if (!isOption(name)) return checkOptionName(name);
  if (name.levelNumber === level && name.number >= 0) return name.number;
  return numberAtLevel(level, name);
}

/** An option that has two levels, or that is used wrongly. */
function numberAtLevel(level: number, name: AnyOption): number {
  const number = name.valueOf();
  const { levels } = name;
  if (levels.some((its) => levelNumber(its) === level)) return number;
  throw new SockctlError(
    'ERR_INVALID_ARGUMENT',
    `${name.name} is an option of ${levels.join(' and ')}, not of level ${level}`,
    { option: name.name, value: level },
  );
}

function rawRefusal(syscall: string, result: number, level: number, given: unknown, fd: number): Error {
  if (isOption(given)) return optionRefusal(syscall, result, given, fd);
  const option = given as number;
  return refusal(syscall, result, { level, option, subject: `level ${level} option ${option} on fd ${fd}` });
}
