// Multicast requests: joining and leaving groups, of IPv4, of IPv6 and of either, and the interface for sending.
import { invalid } from '../errors.ts';
import { in6Addr, inAddr, parseIpv4 } from './address.ts';
import { type Abi, type Codec, hostAbi, isInvalid } from './codec.ts';
import { groupAddress } from './group-address.ts';
import { interfaceIndex } from './interface.ts';
import { struct } from './struct.ts';

export * from './source-filter.ts';

/** struct ip_mreq: an IPv4 group, and the address of the interface (0.0.0.0: the system chooses). Source: ip(7). */
export function ipMreq() {
  return struct('struct ip_mreq', { multiaddr: inAddr(), interface: inAddr() }, { defaults: { interface: '0.0.0.0' } });
}

/** struct ip_mreqn: as {@link ipMreq}, with the interface's index, which wins over the address. Source: ip(7). */
export function ipMreqn() {
  return struct(
    'struct ip_mreqn',
    { multiaddr: inAddr(), address: inAddr(), ifindex: interfaceIndex() },
    { defaults: { address: '0.0.0.0', ifindex: 0 }, aliases: { interface: 'ifindex' } },
  );
}

/**
 * struct ip_mreq_source: an IPv4 group on an interface, and one sender. Linux and Android have the interface second,
 * other systems the sender; the value and the text are the same. Source: ip(7), netinet/in.h of the BSDs.
 */
export function ipMreqSource() {
  const name = 'struct ip_mreq_source';
  const options = { defaults: { interface: '0.0.0.0' } };
  const [group, network, sender] = [inAddr(), inAddr(), inAddr()];
  const linux = struct(name, { multiaddr: group, interface: network, sourceaddr: sender }, options);
  const others = struct(name, { multiaddr: group, sourceaddr: sender, interface: network }, options);
  const layout = (abi: Abi = hostAbi): typeof linux => (abi.os === 'linux' ? linux : (others as typeof linux));
  const codec: typeof linux = {
    ...linux,
    decode: (bytes, abi) => layout(abi).decode(bytes, abi),
    encode: (value, abi) => layout(abi).encode(value, abi),
  };
  return codec;
}

/** struct ipv6_mreq: an IPv6 group, and the interface's index or name (0: the system chooses). Source: ipv6(7). */
export function ipv6Mreq() {
  return struct(
    'struct ipv6_mreq',
    { multiaddr: in6Addr(), interface: interfaceIndex() },
    { defaults: { interface: 0 }, aliases: { ifindex: 'interface' } },
  );
}

/** struct group_req: a group of either family, and the interface's index or name. Source: RFC 3678. */
export function groupReq() {
  return struct(
    'struct group_req',
    { interface: interfaceIndex(), group: groupAddress() },
    { defaults: { interface: 0 } },
  );
}

/** struct group_source_req: as {@link groupReq}, and one sender. Source: RFC 3678. */
export function groupSourceReq() {
  const fields = { interface: interfaceIndex(), group: groupAddress(), source: groupAddress() };
  return struct('struct group_source_req', fields, { defaults: { interface: 0 } });
}

/** The interface for sending: its address; its index; its name; or both as the kernel takes them. */
export type MulticastIf = string | number | { multiaddr?: string; address?: string; ifindex?: number | string };

/**
 * What IP_MULTICAST_IF takes: the interface's address (struct in_addr), or its index or name (struct ip_mreqn).
 * A string that is no IPv4 address is a name. Source: ip(7).
 */
export function multicastIf(): Codec<string | { multiaddr: string; address: string; ifindex: number }, MulticastIf> {
  const accepts = 'the address, the index or the name of an interface, or fields address, ifindex';
  const address = inAddr();
  const whole = struct(
    'struct ip_mreqn',
    { multiaddr: inAddr(), address: inAddr(), ifindex: interfaceIndex() },
    { defaults: { multiaddr: '0.0.0.0', address: '0.0.0.0', ifindex: 0 }, aliases: { interface: 'ifindex' } },
  );
  const encode = (value: MulticastIf, abi?: Abi): Uint8Array => {
    if (typeof value === 'object') return whole.encode(value, abi);
    if (typeof value === 'string' && parseIpv4(value.trim())) return address.encode(value.trim(), abi);
    try {
      return whole.encode({ ifindex: value }, abi);
    } catch (error) {
      throw isInvalid(error) ? invalid(accepts, value) : error;
    }
  };
  return {
    ctype: 'struct ip_mreqn',
    accepts,
    variable: true,
    size: () => 12,
    align: () => 4,
    decode: (bytes, abi) => (bytes.byteLength < 12 ? address.decode(bytes, abi) : whole.decode(bytes, abi)),
    encode,
    parse(text) {
      if (text.includes('=')) return whole.parse(text);
      encode(text);
      return text.trim();
    },
    format: (value) => (typeof value === 'string' ? value : whole.format(value)),
  };
}
