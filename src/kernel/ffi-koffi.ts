// The C library's calls through koffi: on Node, and where the runtime has no FFI of its own that could be measured.
import { type CType, type Native, type Signature, signatures } from './ffi-calls.ts';
import { requireHere } from './require-here.ts';

interface Koffi {
  load(path: string | null): { func(signature: string): never };
  errno(): number;
  address(buffer: Uint8Array): bigint;
}

const c: Readonly<Record<CType, string>> = {
  int: 'int',
  uint: 'unsigned int',
  address: 'uintptr_t',
  text: 'const char *',
  bytes: 'void *',
};

/** @throws what the runtime says where koffi is not installed, or may not be loaded */
export function bindKoffi(): Native {
  const koffi = requireHere('koffi') as Koffi;
  const libc = koffi.load(null);
  const bound = Object.entries<Signature>(signatures).map(([name, { takes, gives }]) => [
    name,
    libc.func(`${c[gives]} ${name}(${takes.map((type) => c[type]).join(', ')})`),
  ]);
  return {
    ...Object.fromEntries(bound),
    fcntl: libc.func('int fcntl(int, int, ...)'),
    errno: koffi.errno,
    address: (buffer) => Number(koffi.address(buffer)),
  };
}
