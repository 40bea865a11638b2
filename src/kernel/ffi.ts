// Loads koffi at the first system call, never at import, and binds the C library's socket calls.
import { createRequire } from 'node:module';
import { hostAbi } from '../codec/abi.ts';
import { SockctlError } from '../errors.ts';

type Call = (...args: (number | bigint | string | Uint8Array | null)[]) => number;

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
  close: Call;
  /** Variadic, as fcntl(2) is: the third argument's type, then the argument. */
  fcntl(fd: number, command: number, type: 'int', value: number): number;
  /** Linux, FreeBSD. */
  accept4?: Call;
  if_nametoindex: Call;
  if_indextoname(index: number, name: Uint8Array): number | bigint | null;
  strerror(errno: number): string;
  errno(): number;
  /** Where the bytes of a buffer lie. They stay there while the buffer is referenced: it is not on V8's heap. */
  address(buffer: Uint8Array): number;
}

interface Koffi {
  load(path: string | null): { func(signature: string): never };
  errno(): number;
  address(buffer: Uint8Array): bigint;
}

function loadKoffi(): Koffi {
  try {
    return createRequire(import.meta.url)('koffi') as Koffi;
  } catch (cause) {
    throw new SockctlError(
      'ERR_FFI',
      `koffi could not be loaded (${(cause as Error).message.split('\n')[0]})`,
      {
        hint: 'Install without --omit=optional; under the permission model allow addons and file reads (Node: --allow-addons --allow-fs-read=*, Deno: --allow-ffi --allow-read --allow-env)',
      },
      cause,
    );
  }
}

function bindAll(): Native {
  if (hostAbi.os === 'windows') {
    throw new SockctlError('ERR_UNSUPPORTED', 'Windows sockets cannot be reached: Node gives no handle there', {
      hint: 'Codecs, catalogue and explain work; calls on sockets need Linux, macOS or FreeBSD',
    });
  }
  const koffi = loadKoffi();
  const libc = koffi.load(null);
  const fn = (signature: string): never => libc.func(signature);
  return {
    getsockopt: fn('int getsockopt(int, int, int, uintptr_t, uintptr_t)'),
    setsockopt: fn('int setsockopt(int, int, int, uintptr_t, uint32_t)'),
    socket: fn('int socket(int, int, int)'),
    socketpair: fn('int socketpair(int, int, int, uintptr_t)'),
    bind: fn('int bind(int, uintptr_t, uint32_t)'),
    connect: fn('int connect(int, uintptr_t, uint32_t)'),
    listen: fn('int listen(int, int)'),
    accept: fn('int accept(int, uintptr_t, uintptr_t)'),
    getsockname: fn('int getsockname(int, uintptr_t, uintptr_t)'),
    getpeername: fn('int getpeername(int, uintptr_t, uintptr_t)'),
    close: fn('int close(int)'),
    fcntl: fn('int fcntl(int, int, ...)'),
    ...(hostAbi.os !== 'darwin' && { accept4: fn('int accept4(int, uintptr_t, uintptr_t, int)') }),
    if_nametoindex: fn('unsigned int if_nametoindex(const char *)'),
    if_indextoname: fn('uintptr_t if_indextoname(unsigned int, void *)'),
    strerror: fn('const char *strerror(int)'),
    errno: koffi.errno,
    address: (buffer) => Number(koffi.address(buffer)),
  };
}

let bound: Native | undefined;

/**
 * The C library's calls; koffi is loaded when they are asked for first.
 * @throws SockctlError ERR_FFI where koffi cannot be loaded, ERR_UNSUPPORTED on Windows.
 */
export function native(): Native {
  bound ??= bindAll();
  return bound;
}
