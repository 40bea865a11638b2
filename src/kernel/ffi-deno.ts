// The C library's calls through Deno.dlopen, which is faster on Deno than koffi; see bench/runtimes.mjs.
import { type CType, type Native, type Signature, signatures } from './ffi-calls.ts';
import { cString, openLibc } from './ffi-own.ts';

type Pointer = object | null;
type Function = (...args: unknown[]) => never;

interface DenoFfi {
  dlopen(library: string, functions: object): { symbols: Record<string, Function> };
  UnsafePointer: { of(buffer: Uint8Array): Pointer; value(pointer: Pointer): bigint; create(address: bigint): Pointer };
  UnsafePointerView: {
    getArrayBuffer(pointer: Pointer, bytes: number): ArrayBuffer;
    getCString(pointer: Pointer): string;
  };
}

const types: Readonly<Record<CType, string>> = {
  int: 'i32',
  uint: 'u32',
  // Objects, not numbers: V8 calls straight into C with these, and not with numbers of 64 bits.
  address: 'pointer',
  text: 'buffer',
  bytes: 'buffer',
};

function declared({ takes, gives }: Signature): object {
  return { parameters: takes.map((type) => types[type]), result: gives === 'text' ? 'pointer' : types[gives] };
}

/** Enough for the addresses of a snapshot. */
const REMEMBERED = 1024;

/** Numbers to Deno's pointer objects; making one costs more than the call. */
class Pointers {
  readonly #known = new Map<number, Pointer>();
  readonly #create: (address: bigint) => Pointer;

  constructor(create: (address: bigint) => Pointer) {
    this.#create = create;
  }

  of(address: number): Pointer {
    let pointer = this.#known.get(address);
    if (pointer === undefined) {
      if (this.#known.size >= REMEMBERED) this.#known.clear();
      pointer = this.#create(BigInt(address));
      this.#known.set(address, pointer);
    }
    return pointer;
  }
}

/** @throws Deno's NotCapable without --allow-ffi */
export function bindDeno(): Native {
  const { dlopen, UnsafePointer, UnsafePointerView } = (globalThis as unknown as { Deno: DenoFfi }).Deno;
  const functions = {
    ...Object.fromEntries(Object.entries<Signature>(signatures).map(([name, one]) => [name, declared(one)])),
    fcntl: { parameters: ['i32', 'i32', 'i32'], result: 'i32' },
    __errno_location: { parameters: [], result: 'pointer' },
  };
  const { symbols } = openLibc((library) => dlopen(library, functions));
  const call = (name: string): Function => symbols[name] as Function;
  const pointers = new Pointers(UnsafePointer.create);

  const bound = Object.entries<Signature>(signatures).map(([name, { takes }]): [string, Function] => {
    const original = call(name);
    const at = takes.flatMap((type, i) => (type === 'address' ? [i] : []));
    if (at.length === 0) return [name, original];
    return [
      name,
      (...args) => {
        for (const i of at) args[i] = pointers.of(args[i] as number);
        return original(...args);
      },
    ];
  });

  // errno of this thread, as memory: reading it is no call.
  const errno = new Int32Array(UnsafePointerView.getArrayBuffer(call('__errno_location')(), 4));
  const [get, set, fcntl] = [call('getsockopt'), call('setsockopt'), call('fcntl')];
  return {
    ...(Object.fromEntries(bound) as unknown as Native),
    // Called most, and mostly with the same buffer.
    getsockopt: (fd, level, name, value, length) =>
      get(fd, level, name, pointers.of(value as number), pointers.of(length as number)),
    setsockopt: (fd, level, name, value, length) => set(fd, level, name, pointers.of(value as number), length),
    fcntl: (fd, command, _type, value) => fcntl(fd, command, value),
    if_nametoindex: (name) => call('if_nametoindex')(cString(String(name))),
    strerror: (number) => UnsafePointerView.getCString(call('strerror')(number)),
    errno: () => errno[0] as number,
    address: (buffer) => Number(UnsafePointer.value(UnsafePointer.of(buffer))),
  };
}
