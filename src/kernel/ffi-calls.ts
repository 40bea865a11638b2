// The functions of the C library that this project calls, as one table that every FFI binds from.
import { hostAbi } from '../codec/abi.ts';

/**
 * `address`: a plain number, or 0. `text`: a C string that the function reads. `bytes`: a buffer that it fills.
 * All results fit into an int, also those of recvmsg(2), whose buffers are small.
 */
export type CType = 'int' | 'uint' | 'address' | 'text' | 'bytes';

/** What a function takes and gives. */
export interface Signature {
  readonly takes: readonly CType[];
  readonly gives: 'int' | 'uint' | 'address' | 'text';
}

const int = 'int';
const address = 'address';
const takes = (...types: CType[]): Signature => ({ takes: types, gives: 'int' });

/** Every function but fcntl(2), which is variadic: each FFI has its own way with these. */
export const signatures = {
  getsockopt: takes(int, int, int, address, address),
  setsockopt: takes(int, int, int, address, 'uint'),
  socket: takes(int, int, int),
  socketpair: takes(int, int, int, address),
  bind: takes(int, address, 'uint'),
  connect: takes(int, address, 'uint'),
  listen: takes(int, int),
  accept: takes(int, address, address),
  getsockname: takes(int, address, address),
  getpeername: takes(int, address, address),
  recvmsg: takes(int, address, int),
  poll: takes(address, 'uint', int),
  close: takes(int),
  // Linux, FreeBSD.
  ...(hostAbi.os !== 'darwin' && { accept4: takes(int, address, address, int) }),
  ...(hostAbi.os === 'linux' && {
    // Sizes are as long as addresses.
    send: takes(int, address, address, int),
    recv: takes(int, address, address, int),
    readlinkat: takes(int, address, address, address),
    setns: takes(int, int),
    // Variadic in the header only: on every processor of Linux such arguments travel like any others. Not every C
    // library has functions of their own for the calls that are made with it.
    syscall: takes(address, address, address, address),
  }),
  if_nametoindex: { takes: ['text'], gives: 'uint' },
  if_indextoname: { takes: ['uint', 'bytes'], gives: 'address' },
  strerror: { takes: [int], gives: 'text' },
} as const satisfies Record<string, Signature>;

type Given = number | bigint | string | Uint8Array | null;

/** A function of the C library whose result is a number. */
export type Call = (...args: Given[]) => number;

/** The C library as this project uses it. Addresses are plain numbers: koffi takes these fastest. */
export interface Native {
  getsockopt: Call;
  setsockopt: Call;
  socket: Call;
  socketpair: Call;
  bind: Call;
  connect: Call;
  listen: Call;
  accept: Call;
  getsockname: Call;
  getpeername: Call;
  recvmsg: Call;
  poll: Call;
  close: Call;
  /** Variadic, as fcntl(2) is: the third argument's type, then the argument. */
  fcntl(fd: number, command: number, type: 'int', value: number): number;
  accept4?: Call;
  // Linux.
  send?: Call;
  recv?: Call;
  readlinkat?: Call;
  setns?: Call;
  syscall?: Call;
  if_nametoindex: Call;
  if_indextoname(index: number, name: Uint8Array): unknown;
  strerror(errno: number): string;
  /** The errno of the call just before: nothing may come between the two. */
  errno(): number;
  /** Where the bytes of a buffer lie. They stay there while the buffer is referenced: it is not on V8's heap. */
  address(buffer: Uint8Array): number;
}
