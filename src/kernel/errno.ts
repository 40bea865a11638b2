// errno numbers to their names and the C library's words for them.
import { constants } from 'node:os';
import { native } from './ffi.ts';

const names = new Map<number, string>();

// Numbers of asm-generic/errno.h that socket calls can return and that Node's table leaves out.
const linuxOnly = {
  EUNATCH: 49,
  ENONET: 64,
  ENOPKG: 65,
  EREMOTE: 66,
  ECOMM: 70,
  EBADFD: 77,
  EUSERS: 87,
  ESOCKTNOSUPPORT: 94,
  EPFNOSUPPORT: 96,
  ESHUTDOWN: 108,
  ETOOMANYREFS: 109,
  EHOSTDOWN: 112,
  EUCLEAN: 117,
  EREMOTEIO: 121,
  ENOMEDIUM: 123,
  ENOKEY: 126,
  EKEYEXPIRED: 127,
  EKEYREVOKED: 128,
  EKEYREJECTED: 129,
};

function nameTable(): Map<number, string> {
  if (names.size === 0) {
    // Several names share a number (EAGAIN and EWOULDBLOCK): the one that man pages prefer stays.
    const preferred = new Set(['EAGAIN', 'EOPNOTSUPP', 'EDEADLK']);
    for (const [name, number] of Object.entries(constants.errno)) {
      if (!names.has(number) || preferred.has(name)) names.set(number, name);
    }
    if (process.platform === 'linux') for (const [name, number] of Object.entries(linuxOnly)) names.set(number, name);
  }
  return names;
}

/** The C name of an errno (positive): `EPERM`. */
export function errnoName(errno: number): string {
  return nameTable().get(errno) ?? `E${errno}`;
}

/** The C library's words, without a capital: `operation not permitted`. */
export function errnoText(errno: number): string {
  const text = native().strerror(errno);
  return text.charAt(0).toLowerCase() + text.slice(1);
}
