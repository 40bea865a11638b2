// The structs of IPv6 options: in6_pktinfo, in6_flowlabel_req, ip6_mtuinfo.
import { flowlabelActions, flowlabelFlags, flowlabelShares, IPV6_FLOWINFO_FLOWLABEL } from '../constants/ipv6.ts';
import { in6Addr } from './address.ts';
import { type Codec, hostAbi, type InOf, type OutOf } from './codec.ts';
import { enumeration, flags } from './enumeration.ts';
import { interfaceIndex } from './interface.ts';
import { bytesToInt, intBytes, u8, u16, u32 } from './scalar.ts';
import { sockaddr } from './sockaddr.ts';
import { pad, struct } from './struct.ts';

/** A named value in a field that is narrower than a C int. */
function narrow<Out, In>(names: Codec<Out, In>, field: Codec<number>): Codec<Out, In> {
  return {
    ctype: field.ctype,
    accepts: names.accepts,
    ...(names.names && { names: names.names }),
    size: field.size,
    align: field.align,
    decode: (bytes, abi) => names.decode(intBytes(field.decode(bytes, abi), abi), abi),
    encode: (value, abi) => field.encode(bytesToInt(names.encode(value, abi), abi), abi),
    parse: names.parse,
    format: names.format,
  };
}

/** The 20 bits of a flow label, in network byte order on every system. */
function flowLabel(): Codec<number> {
  const { accepts, size, align, decode, encode, parse, format } = u32({ max: IPV6_FLOWINFO_FLOWLABEL });
  return {
    ctype: '__be32',
    accepts,
    size,
    align,
    decode: (bytes, abi = hostAbi) => decode(bytes, { ...abi, littleEndian: false }),
    encode: (value, abi = hostAbi) => encode(value, { ...abi, littleEndian: false }),
    parse,
    format,
  };
}

type Address = ReturnType<typeof sockaddr>;

/** struct sockaddr_in6 as a field: 28 bytes whatever the address in it is. */
function sockaddrIn6(): Codec<OutOf<Address>, InOf<Address>> {
  const any = sockaddr();
  const size = 28;
  return {
    ctype: 'struct sockaddr_in6',
    accepts: any.accepts,
    size: () => size,
    align: () => 4,
    decode: (bytes, abi) => any.decode(bytes, abi),
    encode(value, abi) {
      const bytes = new Uint8Array(size);
      bytes.set(any.encode(value, abi).subarray(0, size));
      return bytes;
    },
    parse: any.parse,
    format: any.format,
  };
}

/**
 * struct in6_pktinfo (RFC 3542): the source address and the interface of outgoing packets.
 * `::` and 0, which a set may leave out, mean that the system chooses. Source: linux/ipv6.h.
 */
export function in6Pktinfo() {
  return struct(
    'struct in6_pktinfo',
    { addr: in6Addr(), ifindex: interfaceIndex() },
    { defaults: { addr: '::', ifindex: 0 } },
  );
}

/**
 * struct in6_flowlabel_req: a request to the kernel's table of leased flow labels (RFC 6437).
 * `label` has 20 bits; `expires` and `linger` are seconds. Linux only. Source: linux/in6.h.
 */
export function in6FlowlabelReq() {
  return struct(
    'struct in6_flowlabel_req',
    {
      dst: in6Addr(),
      label: flowLabel(),
      action: narrow(enumeration(flowlabelActions), u8()),
      share: narrow(enumeration(flowlabelShares), u8()),
      flags: narrow(flags(flowlabelFlags), u16()),
      expires: u16({ unit: 's' }),
      linger: u16({ unit: 's' }),
      reserved: pad(4),
    },
    { defaults: { dst: '::', label: 0, action: 0, share: 0, flags: 0, expires: 0, linger: 0 } },
  );
}

/** struct ip6_mtuinfo (RFC 3542): a destination and the path MTU to it in bytes. Source: linux/ipv6.h. */
export function ip6Mtuinfo() {
  return struct('struct ip6_mtuinfo', { addr: sockaddrIn6(), mtu: u32({ unit: 'bytes' }) });
}
