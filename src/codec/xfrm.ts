// The IPsec policy of one socket: struct xfrm_userpolicy_info, with the templates behind it. Source: linux/xfrm.h.
import { AF_INET, AF_INET6 } from '../constants/families.ts';
import { protocols } from '../constants/levels.ts';
import { xfrmActions, xfrmDirections, xfrmModes, xfrmPolicyFlags, xfrmShares } from '../constants/xfrm.ts';
import { invalid } from '../errors.ts';
import { formatIpv4, in6Addr, parseIpv4, parseIpv6 } from './address.ts';
import type { Codec, InOf, OutOf } from './codec.ts';
import { enumeration, flags } from './enumeration.ts';
import { interfaceIndex } from './interface.ts';
import { list } from './list.ts';
import { u8, u32, u64 } from './scalar.ts';
import { be16, be32, sized } from './sized.ts';
import { struct } from './struct.ts';

/** xfrm_address_t: room for an IPv6 address; which of the two it has, a field beside it tells. */
function address(): Codec<string> {
  const accepts = 'an IPv4 or IPv6 address';
  const encode = (value: string): Uint8Array => {
    const four = parseIpv4(value);
    const bytes = four ? new Uint8Array(16) : parseIpv6(value);
    if (!bytes) throw invalid(accepts, value);
    if (four) bytes.set(four);
    return bytes;
  };
  const parse = (text: string): string => {
    encode(text.trim());
    return text.trim();
  };
  return { ...in6Addr(), ctype: 'xfrm_address_t', accepts, align: () => 4, encode, parse };
}

/** What a read shows of an address. */
function shownAs(found: string, family: number | undefined): string {
  return family === AF_INET ? formatIpv4((parseIpv6(found) as Uint8Array).subarray(0, 4)) : found;
}

const family = () => sized(enumeration({ AF_INET, AF_INET6 }), 'u16');
const byte = <const T extends Readonly<Record<string, number>>>(names: T) => sized(enumeration(names), 'u8');

/** struct xfrm_selector: which packets. What is left out is 0, and stands for any. */
function selector() {
  const any = { daddr: '::', saddr: '::', dport: 0, dport_mask: 0, sport: 0, sport_mask: 0 } as const;
  const whole = struct(
    'struct xfrm_selector',
    {
      daddr: address(),
      saddr: address(),
      dport: be16(),
      dport_mask: be16(),
      sport: be16(),
      sport_mask: be16(),
      family: family(),
      prefixlen_d: u8({ max: 128 }),
      prefixlen_s: u8({ max: 128 }),
      proto: sized(enumeration(protocols), 'u8'),
      ifindex: interfaceIndex(),
      user: u32(),
    },
    { defaults: { ...any, prefixlen_d: 0, prefixlen_s: 0, proto: 0, ifindex: 0, user: 0 } },
  );
  const decode: typeof whole.decode = (bytes, abi) => {
    const value = whole.decode(bytes, abi);
    const { daddr, saddr } = value;
    if (value.family === undefined) return value;
    return { ...value, daddr: shownAs(daddr, value.family), saddr: shownAs(saddr, value.family) };
  };
  return { ...whole, decode };
}

/** struct xfrm_user_tmpl: one transformation that the packets must have, all algorithms allowed unless said otherwise. */
function template() {
  const id = struct(
    'struct xfrm_id',
    { daddr: address(), spi: be32(), proto: sized(enumeration(protocols), 'u8') },
    { defaults: { daddr: '::', spi: 0 } },
  );
  const all = 0xffffffff;
  const whole = struct(
    'struct xfrm_user_tmpl',
    {
      id,
      family: family(),
      saddr: address(),
      reqid: u32(),
      mode: byte(xfrmModes),
      share: byte(xfrmShares),
      optional: u8(),
      aalgos: u32(),
      ealgos: u32(),
      calgos: u32(),
    },
    { defaults: { saddr: '::', reqid: 0, mode: 0, share: 0, optional: 0, aalgos: all, ealgos: all, calgos: all } },
  );
  const decode: typeof whole.decode = (bytes, abi) => {
    const value = whole.decode(bytes, abi);
    const { saddr, id: of } = value;
    if (saddr === undefined) return value;
    return {
      ...value,
      saddr: shownAs(saddr, value.family),
      id: { ...of, daddr: shownAs(of.daddr, value.family) },
    };
  };
  return { ...whole, decode };
}

const limits = () => {
  const bytes = { soft_byte_limit: u64({ unit: 'bytes' }), hard_byte_limit: u64({ unit: 'bytes' }) };
  const packets = { soft_packet_limit: u64({ unit: 'packets' }), hard_packet_limit: u64({ unit: 'packets' }) };
  const added = { soft_add_expires_seconds: u64({ unit: 's' }), hard_add_expires_seconds: u64({ unit: 's' }) };
  const used = { soft_use_expires_seconds: u64({ unit: 's' }), hard_use_expires_seconds: u64({ unit: 's' }) };
  return { ...bytes, ...packets, ...added, ...used };
};
const noLimits = Object.fromEntries(Object.keys(limits()).map((name) => [name, 0n])) as Record<
  keyof ReturnType<typeof limits>,
  bigint
>;
const noUse = { bytes: 0n, packets: 0n, add_time: 0n, use_time: 0n };

const policyFields = () => ({
  sel: selector(),
  lft: struct('struct xfrm_lifetime_cfg', limits(), { defaults: noLimits }),
  curlft: struct(
    'struct xfrm_lifetime_cur',
    { bytes: u64({ unit: 'bytes' }), packets: u64({ unit: 'packets' }), add_time: u64(), use_time: u64() },
    { defaults: noUse },
  ),
  priority: u32(),
  index: u32(),
  dir: byte(xfrmDirections),
  action: byte(xfrmActions),
  flags: sized(flags(xfrmPolicyFlags), 'u8'),
  share: byte(xfrmShares),
});
const usual = { lft: noLimits, curlft: noUse, priority: 0, index: 0, action: 0, flags: [], share: 0 } as const;

function policy() {
  return struct('struct xfrm_userpolicy_info', policyFields(), { defaults: usual });
}
type Template = ReturnType<typeof template>;
/** A socket's policy. */
export type XfrmPolicy = OutOf<ReturnType<typeof policy>> & { tmpls: readonly OutOf<Template>[] };
/** What a set takes: the family of `sel` and `dir` at least. */
export type XfrmPolicyInput = InOf<ReturnType<typeof policy>> & { tmpls?: readonly InOf<Template>[] };

/**
 * The policy, and after it as many transformations as `tmpls` has: none lets packets pass as they are.
 * A set takes 'none' as well, which takes the policies of both directions away.
 */
export function xfrmPolicy(): Codec<XfrmPolicy | 'none', XfrmPolicyInput | 'none'> {
  const info = policy();
  const tmpls = list(template());
  // Only its text is of use: in memory the templates begin behind the padding.
  const shown = struct(info.ctype, { ...policyFields(), tmpls }, { defaults: { ...usual, tmpls: [] } });
  return {
    ctype: info.ctype,
    accepts: `${shown.accepts}; or none`,
    variable: true,
    shape: {
      kind: 'struct',
      parts: (abi) => [...(info.shape?.parts(abi) ?? []), { name: 'tmpls', offset: info.size(abi), codec: tmpls }],
    },
    size: info.size,
    align: info.align,
    decode(bytes, abi) {
      if (bytes.byteLength === 0) return 'none';
      const size = info.size(abi);
      return { ...info.decode(bytes.subarray(0, size), abi), tmpls: tmpls.decode(bytes.subarray(size), abi) };
    },
    encode(value, abi) {
      if (value === 'none') return new Uint8Array();
      if (typeof value !== 'object' || value === null) throw invalid(shown.accepts, value);
      const { tmpls: behind = [], ...rest } = value;
      const parts = [info.encode(rest, abi), tmpls.encode(behind, abi)] as const;
      const whole = new Uint8Array(parts[0].byteLength + parts[1].byteLength);
      whole.set(parts[0]);
      whole.set(parts[1], parts[0].byteLength);
      return whole;
    },
    parse: (text) => (text.trim().toLowerCase() === 'none' ? 'none' : shown.parse(text)),
    format: (value) => (value === 'none' ? value : shown.format(value as never)),
  };
}
