// What the FFIs of Bun and Deno have in common: the C library's file, and C strings.
import { hostAbi } from '../codec/abi.ts';

/** Whether the runtime's own FFI is used: it was measured on Linux, where a variadic int travels like any other. */
export const ownFfi = hostAbi.os === 'linux';

/** The C library by its soname: glibc's, then musl's. */
const libraries = ['libc.so.6', `libc.musl-${hostAbi.arch === 'arm64' ? 'aarch64' : 'x86_64'}.so.1`];

/** Opens the C library under the first of its names that works. */
export function openLibc<T>(open: (library: string) => T): T {
  let first: unknown;
  for (const library of libraries) {
    try {
      return open(library);
    } catch (error) {
      first ??= error;
    }
  }
  throw first;
}

/** A string as C has it. */
export function cString(text: string): Uint8Array {
  return new TextEncoder().encode(`${text}\0`);
}
