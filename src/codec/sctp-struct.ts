// What the structs of SCTP share: reads that name an association, values that FreeBSD has in another layout, addresses.
import { invalid } from '../errors.ts';
import { type Codec, hostAbi, type InOf, type OutOf } from './codec.ts';
import { enumeration, flags } from './enumeration.ts';
import { list } from './list.ts';
import { perSystem } from './per-system.ts';
import { joined } from './records.ts';
import { type IntType, sized } from './sized.ts';
import { sockaddr, sockaddrStorage } from './sockaddr.ts';
import { parseAddress } from './sockaddr-text.ts';
import type { SocketAddress, SocketAddressInput } from './sockaddr-types.ts';
import { type Fields, type Padding, pad, type StructIn, type StructOut, struct } from './struct.ts';

type Anything = Codec<OutOf<Fields[string]>, InOf<Fields[string]>>;

/** The codec of Linux, and the one of FreeBSD where that differs. Their types are those of Linux. */
export function onFreebsd<C extends Anything>(linux: C, freebsd: Anything): C {
  return perSystem(linux, { freebsd }) as C;
}

/** Numbers that have the same names on both systems. */
interface Tables {
  readonly linux: Readonly<Record<string, number>>;
  readonly freebsd: Readonly<Record<string, number>>;
}

/** One of several names, whose numbers differ between the systems. */
export function sctpEnum<const T extends Tables>(tables: T, type: IntType) {
  return onFreebsd(sized(enumeration<T['linux']>(tables.linux), type), sized(enumeration(tables.freebsd), type));
}

/** Any of several names, whose numbers differ between the systems. */
export function sctpFlags<const T extends Tables>(tables: T, type: IntType) {
  return onFreebsd(sized(flags<T['linux']>(tables.linux), type), sized(flags(tables.freebsd), type));
}

/** A field that lies right behind the one before it, as in C's packed structs. */
export function packed<Out, In>(codec: Codec<Out, In>, align = 1): Codec<Out, In> {
  return { ...codec, align: () => align };
}

/** Zeros where a read passes nothing in. */
function unasked(codec: Anything): Padding {
  return {
    ...pad(0),
    ctype: codec.ctype,
    size: codec.size,
    align: codec.align,
    encode: (_none, abi) => blank(codec, abi),
  };
}

function blank(codec: Anything, abi = hostAbi): Uint8Array {
  return new Uint8Array(codec.size(abi));
}

/** What {@link inOut} makes of a struct: the keys of a declaration. */
export interface InOut<F extends Fields, K extends keyof F & string, D> {
  value: Codec<StructOut<F>, StructIn<F, D>>;
  query: Codec<unknown, StructIn<Pick<F, K>, D>>;
  length: 'in-out';
}

/** A struct of which a read passes some fields in. */
export interface InOutSpec<F extends Fields, K extends keyof F & string, D> {
  fields: F;
  /** The fields as FreeBSD has them, where the order or the size differ. */
  freebsd?: Fields;
  /** The fields that a read passes in. */
  asks: readonly K[];
  /** Values of fields that a read or a set may leave out. */
  defaults?: D;
}

/** Declares a struct whose read names an association, and often an address: spread it into the declaration. */
export function inOut<
  const F extends Fields,
  const K extends keyof F & string,
  const D extends Partial<StructIn<F>> = Record<never, never>,
>(ctype: string, { fields, freebsd, asks, defaults }: InOutSpec<F, K, D>): InOut<F, K, D> {
  const asking = (all: Fields): Fields => {
    const shown = Object.entries(all).map(([name, codec]) => {
      return [name, (asks as readonly string[]).includes(name) ? codec : unasked(codec)];
    });
    return Object.fromEntries(shown);
  };
  const make = (all: Fields): Anything => struct(ctype, all, { defaults: (defaults ?? {}) as never });
  const both = (of: (all: Fields) => Fields): Anything => {
    const linux = make(of(fields));
    return freebsd === undefined ? linux : onFreebsd(linux, make(of(freebsd)));
  };
  return { value: both((all) => all), query: both(asking), length: 'in-out' } as InOut<F, K, D>;
}

const accepts = 'an IPv4 or IPv6 address with its port, such as 192.0.2.1:80 or [2001:db8::1]:80';

/** The address of a path; `'any'` where no single one is meant. */
export type SctpAddress = SocketAddress | 'any';
/** An address as an object, or only its text. */
export type SctpAddressInput = SocketAddressInput | string;

function toAddress(value: SctpAddressInput): SocketAddressInput {
  return typeof value === 'string' ? parseAddress(value, accepts) : value;
}

/** A struct sockaddr_storage inside an SCTP struct: 128 zeros are `'any'`. */
export function sctpAddress(): Codec<SctpAddress, SctpAddressInput> {
  const storage = sockaddrStorage();
  return {
    ctype: storage.ctype,
    accepts: `${accepts}, or any`,
    size: storage.size,
    align: storage.align,
    decode: (bytes, abi) => (bytes.every((byte) => byte === 0) ? 'any' : storage.decode(bytes, abi)),
    encode: (value, abi) => (value === 'any' ? new Uint8Array(128) : storage.encode(toAddress(value), abi)),
    parse: (text) => (text.trim().toLowerCase() === 'any' ? 'any' : parseAddress(text, accepts)),
    format: (value) => (value === 'any' ? value : storage.format(value)),
  };
}

/** The same in a packed struct of Linux, which has it right behind the association. */
export function packedAddress(): Codec<SctpAddress, SctpAddressInput> {
  return packed(sctpAddress(), 4);
}

const inetBytes = 16;
const inet6Bytes = 28;

/** Addresses one behind the other, each as long as its family has it: 16 bytes for IPv4, 28 for IPv6. */
export function addressRow(): Codec<readonly SocketAddress[], readonly SctpAddressInput[]> {
  const one = sockaddr();
  const { parse, format } = list({ ...one, accepts });
  return {
    ctype: 'struct sockaddr[]',
    accepts: `a list, each ${accepts}`,
    variable: true,
    size: () => 64 * inet6Bytes,
    align: () => 1,
    parse,
    format,
    decode(bytes, abi) {
      const found: SocketAddress[] = [];
      for (let at = 0; at < bytes.byteLength; ) {
        const address = one.decode(bytes.subarray(at, at + inet6Bytes), abi);
        if (address.family !== 'inet' && address.family !== 'inet6') break;
        found.push(address);
        at += address.family === 'inet' ? inetBytes : inet6Bytes;
      }
      return found;
    },
    encode(value, abi) {
      if (!Array.isArray(value)) throw invalid(`a list, each ${accepts}`, value);
      const parts = Array.from(value, (part: SctpAddressInput) => {
        const address = toAddress(part);
        if (address?.family !== 'inet' && address?.family !== 'inet6') throw invalid(accepts, part);
        return one.encode(address, abi);
      });
      return joined(parts);
    },
  };
}
