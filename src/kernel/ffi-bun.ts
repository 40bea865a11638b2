// The C library's calls through bun:ffi, which is faster on Bun than koffi; see bench/runtimes.mjs.
import { type CType, type Native, type Signature, signatures } from './ffi-calls.ts';
import { cString, openLibc } from './ffi-own.ts';
import { requireHere } from './require-here.ts';

type Function = (...args: unknown[]) => never;

interface BunFfi {
  dlopen(library: string, functions: object): { symbols: Record<string, Function> };
  ptr(buffer: Uint8Array): number;
  toArrayBuffer(address: number, offset: number, bytes: number): ArrayBuffer;
}

const types: Readonly<Record<CType, string>> = { int: 'i32', uint: 'u32', address: 'ptr', text: 'ptr', bytes: 'ptr' };

function declared({ takes, gives }: Signature): object {
  return { args: takes.map((type) => types[type]), returns: gives === 'text' ? 'cstring' : types[gives] };
}

/** @throws where the C library cannot be opened */
export function bindBun(): Native {
  const ffi = requireHere('bun:ffi') as BunFfi;
  const functions = {
    ...Object.fromEntries(Object.entries<Signature>(signatures).map(([name, one]) => [name, declared(one)])),
    fcntl: { args: ['i32', 'i32', 'i32'], returns: 'i32' },
    __errno_location: { args: [], returns: 'ptr' },
  };
  const { symbols } = openLibc((library) => ffi.dlopen(library, functions));
  const { fcntl, if_nametoindex, strerror, __errno_location, ...calls } = symbols as Record<string, Function>;
  // errno of this thread, as memory: reading it is no call.
  const errno = new Int32Array(ffi.toArrayBuffer((__errno_location as Function)(), 0, 4));
  return {
    ...(calls as unknown as Native),
    fcntl: (fd, command, _type, value) => (fcntl as Function)(fd, command, value),
    if_nametoindex: (name) => (if_nametoindex as Function)(cString(String(name))),
    strerror: (number) => String((strerror as Function)(number)),
    errno: () => errno[0] as number,
    address: (buffer) => {
      // Asked for its ArrayBuffer for the first time, JavaScriptCore may move the bytes of a small array: before, then.
      void buffer.buffer;
      return ffi.ptr(buffer);
    },
  };
}
