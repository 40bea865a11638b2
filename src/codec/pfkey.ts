// IPsec policies of sockets in the form of PF_KEY: struct sadb_x_policy and the requests behind it. Source: RFC 2367,
// linux/pfkeyv2.h, KAME's net/pfkeyv2.h.
import { ipsecDirections, ipsecLevels, ipsecModes, ipsecPolicies } from '../constants/ipsec.ts';
import { protocols } from '../constants/levels.ts';
import { invalid } from '../errors.ts';
import { type Abi, type Codec, hostAbi, type InOf, type OutOf, viewOf } from './codec.ts';
import { enumeration } from './enumeration.ts';
import { type GroupAddressInput, groupAddress } from './group-address.ts';
import { filledUp, joined, records } from './records.ts';
import { u16, u32 } from './scalar.ts';
import { sized } from './sized.ts';
import { sockaddr } from './sockaddr.ts';
import { parseAddress } from './sockaddr-text.ts';
import type { SocketAddress } from './sockaddr-types.ts';
import { pad, struct, within } from './struct.ts';

/** SADB_X_EXT_POLICY: what tells this extension of PF_KEY from others. */
const POLICY = 18;

/** An address as long as its family has it. */
function address(): Codec<SocketAddress, GroupAddressInput> {
  const accepts = 'an IPv4 or IPv6 address such as 192.0.2.1 or 2001:db8::1';
  const parse = (text: string) => parseAddress(text, accepts);
  const { format } = groupAddress();
  const { ctype, size, align, decode, encode } = sockaddr();
  return {
    ...{ ctype, accepts, size, align, decode, parse, format },
    variable: true,
    encode: (value, abi) => encode(typeof value === 'string' ? parse(value) : value, abi),
  };
}

const request = {
  proto: sized(enumeration(protocols), 'u16'),
  mode: sized(enumeration(ipsecModes), 'u8'),
  level: sized(enumeration(ipsecLevels), 'u8'),
};
const usual = { mode: ipsecModes.IPSEC_MODE_TRANSPORT, level: ipsecLevels.IPSEC_LEVEL_DEFAULT, reqid: 0 } as const;
const name = 'struct sadb_x_ipsecrequest';
const head = struct(
  name,
  { len: pad(2), ...request, reserved1: pad(2), reqid: u32(), reserved2: pad(4) },
  { defaults: usual },
);
/** KAME's own, on macOS and FreeBSD. */
const shortHead = struct(name, { len: pad(2), ...request, reqid: u16() }, { defaults: usual });
const headOf = ({ os }: Abi): typeof head => (os === 'linux' ? head : (shortHead as unknown as typeof head));

const none: SocketAddress = { family: 'inet', address: '0.0.0.0', port: 0 };
const shown = struct(
  name,
  { ...request, reqid: u32(), src: address(), dst: address() },
  { defaults: { ...usual, src: none, dst: none } },
);

/** One transformation: which protocol, and in tunnel mode from where to where. */
export type IpsecRequest = OutOf<typeof head> & { src?: SocketAddress; dst?: SocketAddress };
export type IpsecRequestInput = InOf<typeof head> & { src?: GroupAddressInput; dst?: GroupAddressInput };

/** The length of the address that these bytes start with; 0 of families that policies do not have. */
function addressLength(found: Uint8Array, abi: Abi): number {
  const { family } = sockaddr().decode(found, abi);
  if (family === 'inet') return 16;
  return family === 'inet6' ? 28 : 0;
}

function oneRequest(): Codec<IpsecRequest, IpsecRequestInput> {
  return {
    ctype: name,
    accepts: shown.accepts,
    variable: true,
    shape: {
      kind: 'struct',
      parts: (abi = hostAbi) => [
        ...(headOf(abi).shape?.parts(abi) ?? []),
        { name: 'src', offset: headOf(abi).size(abi), codec: address() },
        { name: 'dst', offset: headOf(abi).size(abi) + 16, codec: address() },
      ],
    },
    size: (abi = hostAbi) => headOf(abi).size(abi),
    align: () => 4,
    decode(found, abi = hostAbi) {
      const fixed = headOf(abi);
      const size = fixed.size(abi);
      const value: IpsecRequest = fixed.decode(found.subarray(0, size), abi);
      const behind = found.subarray(size);
      const length = addressLength(behind, abi);
      if (length === 0 || behind.byteLength < 2 * length) return value;
      const [src, dst] = [0, length].map((at) => sockaddr().decode(behind.subarray(at, at + length), abi));
      return { ...value, ...(src && { src }), ...(dst && { dst }) };
    },
    encode(value, abi = hostAbi) {
      if (typeof value !== 'object' || value === null) throw invalid(shown.accepts, value);
      const { src, dst, ...rest } = value;
      if ((src === undefined) !== (dst === undefined)) throw invalid('src and dst together, or neither', value);
      const ends = src !== undefined && dst !== undefined ? { src, dst } : {};
      const addresses = Object.entries(ends).map(([end, at]) =>
        within(`field ${end}`, () => address().encode(at, abi)),
      );
      const [length, other] = addresses.map((at) => addressLength(at, abi));
      if (length === 0 || length !== other) throw invalid('src and dst both of IPv4, or both of IPv6', value);
      const found = filledUp(joined([headOf(abi).encode(rest, abi), ...addresses]), 8);
      viewOf(found).setUint16(0, found.byteLength, abi.littleEndian);
      return found;
    },
    parse: shown.parse,
    format: (value) => shown.format(value as never),
  };
}

function whole() {
  const requests = records(oneRequest(), {
    room: 240,
    length(found, abi) {
      const least = headOf(abi).size(abi);
      const length = found.byteLength < least ? 0 : viewOf(found).getUint16(0, abi.littleEndian);
      return length < least ? 0 : length;
    },
  });
  return struct(
    'struct sadb_x_policy',
    {
      len: pad(2),
      exttype: pad(2),
      type: sized(enumeration(ipsecPolicies), 'u16'),
      dir: sized(enumeration(ipsecDirections), 'u8'),
      reserved: pad(1),
      id: u32(),
      priority: u32(),
      requests,
    },
    { defaults: { id: 0, priority: 0, requests: [] } },
  );
}

/** A socket's policy for one direction. */
export type IpsecPolicy = OutOf<ReturnType<typeof whole>>;
/** What a set takes: type and direction at least. */
export type IpsecPolicyInput = InOf<ReturnType<typeof whole>>;

/** struct sadb_x_policy, and behind it a struct sadb_x_ipsecrequest for each of `requests` (IP_IPSEC_POLICY). */
export function ipsecPolicy(): Codec<IpsecPolicy, IpsecPolicyInput> {
  const codec = whole();
  return {
    ...codec,
    encode(value, abi = hostAbi) {
      const found = codec.encode(value, abi);
      if (found.byteLength > 8 * 0xffff) throw invalid('fewer requests', value);
      const view = viewOf(found);
      view.setUint16(0, found.byteLength / 8, abi.littleEndian);
      view.setUint16(2, POLICY, abi.littleEndian);
      return found;
    },
  };
}
