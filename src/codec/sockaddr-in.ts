// struct sockaddr_in and struct sockaddr_in6 where only that family fits: in structs, and as whole values.
import { invalid } from '../errors.ts';
import type { Abi, Codec } from './codec.ts';
import { type GroupAddressInput, groupAddress } from './group-address.ts';
import type { Inet6Address, InetAddress, SocketAddress } from './sockaddr-types.ts';

function one<Out extends SocketAddress>(family: 'inet' | 'inet6', size: number): Codec<Out, GroupAddressInput> {
  const any = groupAddress();
  const version = family === 'inet' ? 4 : 6;
  const example = family === 'inet' ? '192.0.2.1 or 192.0.2.1:80' : '2001:db8::1 or [2001:db8::1]:80';
  const accepts = `an IPv${version} address such as ${example}`;
  const encode = (value: GroupAddressInput, abi?: Abi): Uint8Array => {
    const bytes = any.encode(value, abi);
    if (any.decode(bytes, abi).family !== family) throw invalid(accepts, value);
    return bytes.slice(0, size);
  };
  return {
    ctype: `struct sockaddr_in${family === 'inet' ? '' : '6'}`,
    accepts,
    size: () => size,
    align: () => 4,
    decode: (bytes, abi) => any.decode(bytes.subarray(0, size), abi) as Out,
    encode,
    parse(text) {
      const value = any.parse(text) as GroupAddressInput;
      encode(value);
      return value;
    },
    format: any.format,
  };
}

/** struct sockaddr_in: an IPv4 address and a port; a set also takes the text `'192.0.2.1:80'`. Source: ip(7). */
export function sockaddrIn(): Codec<InetAddress, GroupAddressInput> {
  return one('inet', 16);
}

/** struct sockaddr_in6: an IPv6 address and a port; a set also takes the text `'[2001:db8::1]:80'`. Source: ipv6(7). */
export function sockaddrIn6(): Codec<Inet6Address, GroupAddressInput> {
  return one('inet6', 28);
}
