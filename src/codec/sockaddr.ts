// Socket addresses of every family: struct sockaddr_in, _in6, _un, _nl, _ll, _vm, and the 128 bytes that hold any.
import { invalid } from '../errors.ts';
import { type Abi, type Codec, hostAbi } from './codec.ts';
import { type Family, familyOf } from './sockaddr-families.ts';
import { formatAddress, parseAddress } from './sockaddr-text.ts';
import type { SocketAddress, SocketAddressInput } from './sockaddr-types.ts';

export type * from './sockaddr-types.ts';

const accepts =
  'a socket address: 127.0.0.1:80, [::1]:80, unix:/path, unix:@abstract, netlink:pid,groups, packet:..., vsock:cid:port';

/** The BSDs start with a byte for the length, and have one for the family. */
function hasLength(abi: Abi): boolean {
  return abi.os === 'darwin' || abi.os === 'freebsd';
}

function readFamily(bytes: Uint8Array, abi: Abi): number {
  const [first = 0, second = 0] = bytes;
  if (hasLength(abi)) return second;
  return abi.littleEndian ? first + second * 256 : first * 256 + second;
}

function decode(bytes: Uint8Array, abi: Abi, padded: boolean): SocketAddress {
  const number = readFamily(bytes, abi);
  const family = familyOf(number, abi);
  if (family && bytes.byteLength >= family.least) return family.decode(bytes, abi, padded);
  return { family: number, data: Uint8Array.from(bytes.subarray(2)) };
}

function encodeFamily(value: SocketAddressInput, abi: Abi): [number: number, bytes: Uint8Array] {
  if (typeof value?.family === 'number') {
    const { family, data } = value;
    const most = hasLength(abi) ? 0xff : 0xffff;
    if (!Number.isInteger(family) || family < 0 || family > most) throw invalid(`a family from 0 to ${most}`, value);
    if (!(data instanceof Uint8Array) || data.byteLength > 253) throw invalid('data of at most 253 bytes', value);
    const bytes = new Uint8Array(2 + data.byteLength);
    bytes.set(data, 2);
    return [family, bytes];
  }
  const family: Family | undefined = familyOf(value?.family, abi);
  if (!family) throw invalid(accepts, value);
  for (const key of Object.keys(value)) {
    if (key !== 'family' && !family.keys.includes(key))
      throw invalid(`fields family, ${family.keys.join(', ')}, not ${key}`, value);
  }
  return [family.number(abi) as number, family.encode(value as never, abi)];
}

function encode(value: SocketAddressInput, abi: Abi): Uint8Array {
  const [family, bytes] = encodeFamily(value, abi);
  if (hasLength(abi)) {
    bytes[0] = bytes.byteLength;
    bytes[1] = family;
  } else {
    bytes[0] = abi.littleEndian ? family & 255 : family >> 8;
    bytes[1] = abi.littleEndian ? family >> 8 : family & 255;
  }
  return bytes;
}

/**
 * A socket address as long as its family has it (SO_PEERNAME, bind, connect). Values are objects with a `family`:
 * `{ family: 'inet', address: '127.0.0.1', port: 80 }`; families that are not known keep their number and bytes.
 * A zone in text (`[fe80::1%eth0]:80`) is an interface. Source: ip(7), ipv6(7), unix(7), netlink(7), packet(7), vsock(7).
 */
export function sockaddr(): Codec<SocketAddress, SocketAddressInput> {
  return {
    ctype: 'struct sockaddr',
    accepts,
    variable: true,
    size: () => 128,
    align: () => 4,
    decode: (bytes, abi = hostAbi) => decode(bytes, abi, false),
    encode: (value, abi = hostAbi) => encode(value, abi),
    parse: (text) => parseAddress(text, accepts),
    format: formatAddress,
  };
}

/** struct sockaddr_storage: 128 bytes that hold a socket address of any family, zeros after it. */
export function sockaddrStorage(): Codec<SocketAddress, SocketAddressInput> {
  const { variable: _length, ...plain } = sockaddr();
  return {
    ...plain,
    ctype: 'struct sockaddr_storage',
    size: () => 128,
    align: (abi = hostAbi) => (abi.os === 'linux' ? abi.wordBytes : 8),
    decode: (bytes, abi = hostAbi) => decode(bytes.subarray(0, 128), abi, true),
    encode(value, abi = hostAbi) {
      const bytes = encode(value, abi);
      if (bytes.byteLength > 128) throw invalid('a socket address of at most 128 bytes', value);
      const whole = new Uint8Array(128);
      whole.set(bytes);
      return whole;
    },
  };
}
