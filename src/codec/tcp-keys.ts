// Keys that sign TCP segments, and the struct of TCP_MD5SIG (RFC 2385).
import { TCP_MD5SIG_MAXKEYLEN, tcpMd5Flags } from '../constants/tcp.ts';
import { SockctlError } from '../errors.ts';
import { bytes, fromHex } from './bytes.ts';
import type { Codec, InOf, OutOf } from './codec.ts';
import { type FlagsInput, flags } from './enumeration.ts';
import { interfaceIndex } from './interface.ts';
import { at, bits, layout, number } from './layout.ts';
import { sockaddrStorage } from './sockaddr.ts';

const encoder = new TextEncoder();

export type Sockaddr = OutOf<ReturnType<typeof sockaddrStorage>>;
export type SockaddrInput = InOf<ReturnType<typeof sockaddrStorage>>;
export type InterfaceInput = InOf<ReturnType<typeof interfaceIndex>>;
export type FlagNames<T> = readonly (keyof T | (string & {}))[];
export type FlagInput<T> = FlagsInput<keyof T & string>;

/** A key: bytes, or a text of which the UTF-8 bytes count. */
export type KeyInput = Uint8Array | string;

/** The key of a struct that has its length in another field. In text: the key itself, or hex digits after `0x`. */
export function secret(room: number): Codec<Uint8Array, KeyInput> {
  const accepts = `a key of at most ${room} bytes (as text: the key itself, or 0x and hex digits)`;
  const inner = bytes({ size: room });
  const toBytes = (value: KeyInput): Uint8Array => {
    const key = typeof value === 'string' ? encoder.encode(value) : value;
    // The value is left out of the message: it is a secret.
    if (!(key instanceof Uint8Array) || key.byteLength > room) {
      throw new SockctlError('ERR_INVALID_VALUE', `expects ${accepts}`);
    }
    return key;
  };
  return {
    ctype: inner.ctype,
    accepts,
    size: inner.size,
    align: inner.align,
    decode: inner.decode,
    encode: (value, abi) => inner.encode(toBytes(value), abi),
    parse: (written) => toBytes((/^0x/i.test(written) && fromHex(written)) || written),
    format: (value) => `0x${inner.format(value)}`,
  };
}

/** Keeps `keylen` out of sight: it is the length of `key`. */
export function keyed<Out extends { key: Uint8Array }, In extends { key: KeyInput }>(
  inner: Codec<Out & { keylen: number }, In & { keylen?: number }>,
): Codec<Out, In> {
  const { ctype, accepts, size, align, parse, format } = inner;
  return {
    ctype,
    accepts,
    size,
    align,
    decode(found, abi) {
      const { keylen, ...rest } = inner.decode(found, abi);
      const out = rest as unknown as Out;
      return out.key ? { ...out, key: out.key.subarray(0, keylen) } : out;
    },
    encode(value, abi) {
      const key: unknown = value?.key;
      const length =
        typeof key === 'string' ? encoder.encode(key).byteLength : (key as Uint8Array | undefined)?.byteLength;
      return inner.encode({ ...value, keylen: Math.min(length ?? 0, 0xff) }, abi);
    },
    parse,
    format: (value) => format(value as Out & { keylen: number }),
  };
}

/** One key of TCP_MD5SIG (RFC 2385): for which peer, and the key; an empty key deletes. */
export interface Md5Sig {
  addr: Sockaddr;
  flags: FlagNames<typeof tcpMd5Flags>;
  prefixlen: number;
  ifindex: number;
  key: Uint8Array;
}
export type Md5SigInput = { addr: SockaddrInput; key: KeyInput; prefixlen?: number } & {
  flags?: FlagInput<typeof tcpMd5Flags>;
  ifindex?: InterfaceInput;
};

/** struct tcp_md5sig (216 bytes). */
export function md5sig(): Codec<Md5Sig, Md5SigInput> {
  return keyed(
    layout<Md5Sig & { keylen: number }, Md5SigInput & { keylen?: number }>({
      ctype: 'struct tcp_md5sig',
      size: 216,
      optional: ['flags', 'prefixlen', 'keylen', 'ifindex'],
      fields: {
        addr: at(0, sockaddrStorage()),
        flags: bits(128, 1, 0, 8, flags(tcpMd5Flags)),
        prefixlen: number(129, 1),
        keylen: number(130, 2),
        ifindex: at(132, interfaceIndex()),
        key: at(136, secret(TCP_MD5SIG_MAXKEYLEN)),
      },
    }),
  );
}
