// Network interfaces: index to name and back, by the C library.
import { setInterfaceResolver } from '../codec/interface.ts';
import { native } from './ffi.ts';

/** The index of an interface, 0 where there is none of that name. */
export function interfaceIndex(name: string): number {
  return native().if_nametoindex(name);
}

/** The name of an interface, undefined where no interface has the index. */
function nameOf(index: number): string | undefined {
  const name = new Uint8Array(128);
  if (!native().if_indextoname(index, name)) return undefined;
  return new TextDecoder().decode(name.subarray(0, name.indexOf(0)));
}

/** Lets codecs take interface names: they are pure and cannot ask the system themselves. */
export function resolveInterfaces(): void {
  setInterfaceResolver({ index: interfaceIndex, name: nameOf });
}
