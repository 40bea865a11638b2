// Network interfaces: their names, and their indexes that can be given as names.
import { invalid } from '../errors.ts';
import { type Abi, type Codec, hostAbi, parseInteger } from './codec.ts';
import { bytesToInt, intBytes } from './scalar.ts';
import { text } from './text.ts';

/** How names and indexes become one another: a question to the system, which codecs cannot ask themselves. */
export interface InterfaceResolver {
  /** The index of an interface, 0 where none has the name. */
  index(name: string): number;
  /** The name of an interface, undefined where none has the index. */
  name(index: number): string | undefined;
}

const none: InterfaceResolver = { index: () => 0, name: () => undefined };
let resolver = none;

/** Lets codecs know interfaces by name; without it they know indexes only. Undefined takes it back. */
export function setInterfaceResolver(given: InterfaceResolver | undefined): void {
  resolver = given ?? none;
}

const accepts = "an interface's index or name (0 for none)";

/** The index that is meant by an index, a name, or a text of either (ERR_INVALID_VALUE where there is none). */
export function toInterfaceIndex(value: number | string): number {
  if (typeof value === 'number' && value === (value | 0)) return value;
  if (typeof value !== 'string') throw invalid(accepts, value);
  const name = value.trim();
  const found = /^[^\0/\s]+$/.test(name) ? resolver.index(name) : 0;
  if (found !== 0) return found;
  if (!/^[+-]?\d/.test(name)) throw invalid(`${accepts}; this system has none of that name`, value);
  const index = Number(parseInteger(name, accepts));
  if (index !== (index | 0)) throw invalid(accepts, value);
  return index;
}

/** An interface's name, or its index where the name is not known or would read as something else. */
export function formatInterface(index: number): string {
  const name = index > 0 ? resolver.name(index) : undefined;
  return name !== undefined && /^[a-z_][\w.:@-]*$/i.test(name) ? name : String(index);
}

/** Where the index lies in network byte order: everywhere, or on some systems only. */
export interface InterfaceIndexSpec {
  bigEndian?: boolean;
}

/**
 * An interface's index in a C int, some options' in network byte order (IP_UNICAST_IF). A read gives the number, 0 for
 * none; a set takes the number or the name; the text is the name where the system knows it.
 */
export function interfaceIndex({ bigEndian = false }: InterfaceIndexSpec = {}): Codec<number, number | string> {
  const order = (abi: Abi = hostAbi): Abi => (bigEndian ? { ...abi, littleEndian: false } : abi);
  const swap = (int: number): number => bytesToInt(intBytes(int), order());
  return {
    ctype: bigEndian ? '__be32' : 'int',
    accepts,
    size: () => 4,
    align: () => 4,
    fromInt: bigEndian ? swap : (int) => int,
    toInt: bigEndian ? (value) => swap(toInterfaceIndex(value)) : toInterfaceIndex,
    decode: (bytes, abi) => bytesToInt(bytes, order(abi)),
    encode: (value, abi) => intBytes(toInterfaceIndex(value), order(abi)),
    parse: toInterfaceIndex,
    format: formatInterface,
  };
}

/** An interface's name, of at most 15 bytes (SO_BINDTODEVICE); '' for none. */
export function interfaceName(): Codec<string> {
  return text({ size: 16, what: "an interface's name (empty for none)" });
}
