// Checks the arguments of raw calls before the kernel sees them.
import { hostAbi } from './codec/abi.ts';
import { intBytes } from './codec/scalar.ts';
import { SockctlError, show } from './errors.ts';

/** The longest value that a call takes: 1 MiB. */
export const MAX_LENGTH = 1 << 20;

function wrong(what: string, expected: string, value: unknown): SockctlError {
  return new SockctlError('ERR_INVALID_ARGUMENT', `${what} must be ${expected}, got ${show(value)}`, { value });
}

/** A 32-bit integer: levels, families, types. */
export function checkInt32(what: string, value: unknown): number {
  if (typeof value === 'number' && (value | 0) === value) return value;
  throw wrong(what, 'a 32-bit integer', value);
}

/** An option's number. */
export function checkOptionName(value: unknown): number {
  if (typeof value === 'number' && (value | 0) === value) return value;
  throw wrong('option name', 'an option of the catalogue or a 32-bit integer', value);
}

/** An unsigned 32-bit integer, or -1 for the largest: addresses of netlink and vsock. */
export function checkUint32(what: string, value: unknown): number {
  if (value === -1) return 0xffffffff;
  if (typeof value === 'number' && value >>> 0 === value) return value;
  throw wrong(what, 'an integer from 0 to 4294967295', value);
}

/** A length in bytes, 0 to 1 MiB. */
export function checkLength(value: unknown): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= MAX_LENGTH) return value;
  throw wrong('length', `an integer from 0 to ${MAX_LENGTH}`, value);
}

/** A Uint8Array (a Buffer is one) that the kernel may read and fill: attached, not shared, at most 1 MiB. */
export function checkBuffer(what: string, value: unknown): Uint8Array {
  if (!(value instanceof Uint8Array)) {
    const hint =
      what === 'value'
        ? 'a number, a boolean, a bigint or a Uint8Array (structs: the typed form takes objects)'
        : 'a Uint8Array or a length';
    throw wrong(what, hint, value);
  }
  if (Object.prototype.toString.call(value.buffer) === '[object SharedArrayBuffer]')
    throw wrong(what, 'a buffer that is not shared', value);
  if (isDetached(value.buffer as ArrayBuffer)) throw wrong(what, 'a buffer that is not detached', value);
  if (value.byteLength > MAX_LENGTH) throw wrong(what, `at most ${MAX_LENGTH} bytes long`, value);
  return value;
}

function isDetached(buffer: ArrayBuffer & { detached?: boolean }): boolean {
  if (buffer.detached !== undefined) return buffer.detached;
  if (buffer.byteLength > 0) return false;
  // Node 20 has no `detached`, but no view can be made of a detached buffer.
  try {
    new Uint8Array(buffer);
    return false;
  } catch {
    return true;
  }
}

/** The bytes of a raw value: a number or boolean is a C int, a bigint has 64 bits. */
export function rawBytes(value: unknown): Uint8Array {
  if (typeof value === 'number' || typeof value === 'boolean') {
    const int = Number(value);
    if (!Number.isInteger(int) || int < -0x80000000 || int > 0xffffffff)
      throw wrong('value', 'an integer of 32 bits (64 bits: a bigint)', value);
    return intBytes(int);
  }
  if (typeof value === 'bigint') {
    if (value < -(2n ** 63n) || value >= 2n ** 64n) throw wrong('value', 'an integer of 64 bits', value);
    const bytes = new Uint8Array(8);
    new DataView(bytes.buffer).setBigUint64(0, BigInt.asUintN(64, value), hostAbi.littleEndian);
    return bytes;
  }
  return checkBuffer('value', value);
}
