// Network interfaces: index to name and back, by the C library.
import { setInterfaceResolver } from '../codec/interface.ts';
import { native } from './ffi.ts';

/** The index of an interface, 0 where there is none of that name. */
export function interfaceIndexOf(name: string): number {
  return native().if_nametoindex(name);
}

/** The name of an interface, undefined where no interface has the index. */
export function interfaceNameOf(index: number): string | undefined {
  const name = new Uint8Array(128);
  if (!native().if_indextoname(index, name)) return undefined;
  return new TextDecoder().decode(name.subarray(0, name.indexOf(0)));
}

// Codecs take interface names; they are pure and cannot ask the system themselves.
setInterfaceResolver({ index: interfaceIndexOf, name: interfaceNameOf });
