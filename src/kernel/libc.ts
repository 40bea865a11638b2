// getsockopt(2) and setsockopt(2) themselves, on one buffer that is used again and again.
import { hostAbi } from '../codec/abi.ts';
import { type Native, native } from './ffi.ts';

/** Bytes of the buffer that ordinary reads and sets use; longer values bring a buffer of their own. */
export const SCRATCH_BYTES = 65536;

// The last 8 bytes hold the length argument. Too large for V8's heap, so the address never changes.
const memory = new Uint8Array(SCRATCH_BYTES + 8);
const lengthCell = new Uint32Array(memory.buffer, SCRATCH_BYTES, 1);
/** What the last call read, or what the next one sets. Copy before the next call. */
export const scratch: Uint8Array = memory.subarray(0, SCRATCH_BYTES);
const firstInt = new Int32Array(memory.buffer, 0, 1);

let calls: Native | undefined;
let valueAddress = 0;
let lengthAddress = 0;

function load(): Native {
  calls = native();
  valueAddress = calls.address(memory);
  lengthAddress = valueAddress + SCRATCH_BYTES;
  return calls;
}

/** errno of the call just made, as a negative number. Nothing may come between the two. */
function failure(libc: Native): number {
  return -libc.errno();
}

// RDS_INFO_* succeed with the length of an element, not with 0.

/**
 * Reads into {@link scratch}, offering `capacity` bytes to the kernel.
 * @returns the length that the kernel gave back, or the negative errno.
 */
export function read(fd: number, level: number, name: number, capacity: number): number {
  const libc = calls ?? load();
  lengthCell[0] = capacity;
  if (libc.getsockopt(fd, level, name, valueAddress, lengthAddress) >= 0) return lengthCell[0];
  return failure(libc);
}

/** The length argument as the kernel left it, also after a refusal (ERANGE tells the length that is needed). */
export function lengthLeft(): number {
  return lengthCell[0] as number;
}

/**
 * Reads one C int, the fast path.
 * @returns 0, or the negative errno; the value is {@link lastInt}.
 */
export function readInt(fd: number, level: number, name: number): number {
  const libc = calls ?? load();
  firstInt[0] = 0;
  lengthCell[0] = 4;
  return libc.getsockopt(fd, level, name, valueAddress, lengthAddress) >= 0 ? 0 : failure(libc);
}

/** The int that {@link readInt} read. */
export function lastInt(): number {
  return firstInt[0] as number;
}

// Two in/out reads of Linux (IP_MSFILTER, MCAST_MSFILTER) believe the count in the buffer and write behind its end:
// the kernel never gets the caller's buffer, but a copy with this much room behind it.
const GUARD = 1 << 18;
let guarded = new Uint8Array(0);

/**
 * Reads into a buffer of the caller's, whose bytes the kernel sees first. With `behind` the kernel is offered the bytes
 * in front of `from`; at `pointers` there are offsets into the buffer, which become addresses.
 * @returns the length that the kernel gave back, or the negative errno.
 */
export function readInto(
  fd: number,
  level: number,
  name: number,
  buffer: Uint8Array,
  behind?: { readonly from: number; readonly pointers: readonly number[] },
): number {
  const libc = calls ?? load();
  if (guarded.byteLength < buffer.byteLength + GUARD) guarded = new Uint8Array(buffer.byteLength + GUARD);
  guarded.set(buffer);
  const address = libc.address(guarded);
  const view = new DataView(guarded.buffer);
  for (const at of behind?.pointers ?? []) {
    view.setBigUint64(at, view.getBigUint64(at, hostAbi.littleEndian) + BigInt(address), hostAbi.littleEndian);
  }
  lengthCell[0] = behind?.from ?? buffer.byteLength;
  if (libc.getsockopt(fd, level, name, address, lengthAddress) < 0) return failure(libc);
  buffer.set(guarded.subarray(0, buffer.byteLength));
  return lengthCell[0] as number;
}

/**
 * One of a run of reads into {@link scratch}, each behind the one before: what a snapshot uses.
 * The caller keeps `offset` + `capacity` within {@link SCRATCH_BYTES}.
 */
export function readAtOffset(fd: number, level: number, name: number, offset: number, capacity: number): number {
  const libc = calls ?? load();
  lengthCell[0] = capacity;
  const result = libc.getsockopt(fd, level, name, valueAddress + offset, lengthAddress);
  return result >= 0 ? (lengthCell[0] as number) : failure(libc);
}

/** Sets one C int. Returns 0 or the negative errno. */
export function writeInt(fd: number, level: number, name: number, value: number): number {
  const libc = calls ?? load();
  firstInt[0] = value;
  return libc.setsockopt(fd, level, name, valueAddress, 4) === 0 ? 0 : failure(libc);
}

/** Sets bytes; null passes no buffer with the length, as Python's None does. Returns 0 or the negative errno. */
export function write(fd: number, level: number, name: number, bytes: Uint8Array | null, length: number): number {
  const libc = calls ?? load();
  let address = 0;
  if (bytes !== null && length <= SCRATCH_BYTES) {
    scratch.set(bytes);
    address = valueAddress;
  } else if (bytes !== null) {
    address = libc.address(bytes);
  }
  return libc.setsockopt(fd, level, name, address, length) === 0 ? 0 : failure(libc);
}

/** Sets a struct { unsigned short count; void *elements; } over the bytes (struct sock_fprog). */
export function writeIndirect(
  fd: number,
  level: number,
  name: number,
  bytes: Uint8Array,
  elementBytes: number,
): number {
  const libc = calls ?? load();
  const pointerAt = hostAbi.wordBytes;
  // The elements lie behind the struct in the same buffer; an empty program still has a valid address.
  const program = new Uint8Array(Math.max(16 + bytes.byteLength, 128));
  program.set(bytes, 16);
  const view = new DataView(program.buffer);
  const address = libc.address(program);
  const { littleEndian } = hostAbi;
  view.setUint16(0, bytes.byteLength / elementBytes, littleEndian);
  if (pointerAt === 4) view.setUint32(4, address + 16, littleEndian);
  else view.setBigUint64(8, BigInt(address + 16), littleEndian);
  return libc.setsockopt(fd, level, name, address, pointerAt * 2) === 0 ? 0 : failure(libc);
}
