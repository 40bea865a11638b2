// The address in multicast requests that are for IPv4 and IPv6 alike: a sockaddr_storage, usually without a port.
import { type Codec, hostAbi } from './codec.ts';
import { sockaddrStorage } from './sockaddr.ts';
import { parseAddress } from './sockaddr-text.ts';
import type { SocketAddress, SocketAddressInput } from './sockaddr-types.ts';

/** An address as an object, or only its text: `'239.1.2.3'`, `'ff02::1'`. */
export type GroupAddressInput = SocketAddressInput | string;

/** A group's or sender's address; the text leaves out a port that is 0. */
export function groupAddress(): Codec<SocketAddress, GroupAddressInput> {
  const storage = sockaddrStorage();
  const accepts = 'an IPv4 or IPv6 address such as 239.1.2.3 or ff02::1';
  return {
    ctype: storage.ctype,
    accepts,
    size: storage.size,
    decode: storage.decode,
    // darwin packs these structs to multiples of four.
    align: (abi = hostAbi) => (abi.os === 'darwin' ? 4 : storage.align(abi)),
    encode: (value, abi) => storage.encode(typeof value === 'string' ? parseAddress(value, accepts) : value, abi),
    parse: (text) => parseAddress(text, accepts),
    format: (value) => {
      const bare = (value.family === 'inet' || (value.family === 'inet6' && !value.flowinfo)) && value.port === 0;
      if (!bare) return storage.format(value);
      return value.family === 'inet6' && value.scopeId ? `${value.address}%${value.scopeId}` : value.address;
    },
  };
}
