// The structs of netfilter's options: tables of rules (iptables, ip6tables, arptables), their counters and revisions.

import { protocols } from '../constants/levels.ts';
import {
  arpHookBits,
  arptInverted,
  inetHookBits,
  ip6tFlags,
  ip6tInverted,
  iptFlags,
  iptInverted,
} from '../constants/netfilter.ts';
import { in6Addr, inAddr } from './address.ts';
import { bytes } from './bytes.ts';
import { type Abi, type Codec, hostAbi } from './codec.ts';
import { enumeration, flags } from './enumeration.ts';
import { list } from './list.ts';
import { u8, u32, u64 } from './scalar.ts';
import { be16, sized } from './sized.ts';
import { countOf, pad, struct } from './struct.ts';
import { text } from './text.ts';
import { withRoom } from './with-room.ts';
import { xtCounters, xtEntries } from './xtables.ts';

const tableName = () => text({ size: 32, what: 'the name of a table' });
const interfacePart = () => ({
  iniface: text({ size: 16, what: 'the name of an interface, + at its end for any that begins so' }),
  outiface: text({ size: 16, what: 'the name of an interface, + at its end for any that begins so' }),
  iniface_mask: bytes({ size: 16 }),
  outiface_mask: bytes({ size: 16 }),
});

/** Which bytes of an interface's name count: those up to a + at its end, otherwise all with the NUL; none of ''. */
function maskOf(name = ''): Uint8Array {
  const mask = new Uint8Array(16);
  const { length } = new TextEncoder().encode(name);
  return mask.fill(0xff, 0, name === '' ? 0 : name.endsWith('+') ? length - 1 : length + 1);
}

interface Interfaces {
  iniface?: string;
  outiface?: string;
  iniface_mask?: Uint8Array;
  outiface_mask?: Uint8Array;
}

/** Masks of interfaces that a set leaves out are those that iptables(8) makes from the names. */
function masked<Out, In extends Interfaces>(codec: Codec<Out, In>): Codec<Out, In> {
  return {
    ...codec,
    encode(value, abi) {
      if (typeof value !== 'object' || value === null) return codec.encode(value, abi);
      const { iniface_mask = maskOf(value.iniface), outiface_mask = maskOf(value.outiface) } = value;
      return codec.encode({ ...value, iniface_mask, outiface_mask }, abi);
    },
  };
}

const noMask = new Uint8Array(16);
const anyInterface = { iniface: '', outiface: '', iniface_mask: noMask, outiface_mask: noMask };

/** struct ipt_ip: which IPv4 packets a rule is for. */
function iptIp() {
  const any = { src: '0.0.0.0', dst: '0.0.0.0', smsk: '0.0.0.0', dmsk: '0.0.0.0', ...anyInterface };
  return masked(
    struct(
      'struct ipt_ip',
      {
        src: inAddr(),
        dst: inAddr(),
        smsk: inAddr(),
        dmsk: inAddr(),
        ...interfacePart(),
        proto: sized(enumeration(protocols), 'u16'),
        flags: sized(flags(iptFlags), 'u8'),
        invflags: sized(flags(iptInverted), 'u8'),
      },
      { defaults: { ...any, proto: 0, flags: [], invflags: [] } },
    ),
  );
}

/** struct ip6t_ip6: which IPv6 packets a rule is for. */
function ip6tIp6() {
  const any = { src: '::', dst: '::', smsk: '::', dmsk: '::', ...anyInterface };
  return masked(
    struct(
      'struct ip6t_ip6',
      {
        src: in6Addr(),
        dst: in6Addr(),
        smsk: in6Addr(),
        dmsk: in6Addr(),
        ...interfacePart(),
        proto: sized(enumeration(protocols), 'u16'),
        tos: u8(),
        flags: sized(flags(ip6tFlags), 'u8'),
        invflags: sized(flags(ip6tInverted), 'u8'),
      },
      { defaults: { ...any, proto: 0, tos: 0, flags: [], invflags: [] } },
    ),
  );
}

/** struct arpt_arp: which ARP packets a rule is for. */
function arptArp() {
  const device = (): Codec<{ addr: Uint8Array; mask: Uint8Array }> =>
    struct('struct arpt_devaddr_info', { addr: bytes({ size: 16 }), mask: bytes({ size: 16 }) });
  const anyDevice = { addr: noMask, mask: noMask };
  const any = { src: '0.0.0.0', tgt: '0.0.0.0', smsk: '0.0.0.0', tmsk: '0.0.0.0', ...anyInterface };
  const numbers = {
    arhln: 0,
    arhln_mask: 0,
    arpop: 0,
    arpop_mask: 0,
    arhrd: 0,
    arhrd_mask: 0,
    arpro: 0,
    arpro_mask: 0,
  };
  return masked(
    struct(
      'struct arpt_arp',
      {
        src: inAddr(),
        tgt: inAddr(),
        smsk: inAddr(),
        tmsk: inAddr(),
        arhln: u8(),
        arhln_mask: u8(),
        src_devaddr: device(),
        tgt_devaddr: device(),
        arpop: be16(),
        arpop_mask: be16(),
        arhrd: be16(),
        arhrd_mask: be16(),
        arpro: be16(),
        arpro_mask: be16(),
        ...interfacePart(),
        flags: u8(),
        invflags: sized(flags(arptInverted), 'u16'),
      },
      { defaults: { ...any, ...numbers, src_devaddr: anyDevice, tgt_devaddr: anyDevice, flags: 0, invflags: [] } },
    ),
  );
}

/** One of the three kinds of tables. */
function family<Hooks, HooksIn, Points, Entries, EntriesIn>(
  prefix: string,
  hooks: Codec<Hooks, HooksIn>,
  points: Codec<Points>,
  entries: Codec<readonly Entries[], readonly EntriesIn[]>,
) {
  const name = tableName();
  const size = u32({ max: 1 << 24, unit: 'bytes' });
  const info = struct(`struct ${prefix}_getinfo`, {
    name,
    valid_hooks: hooks,
    hook_entry: points,
    underflow: points,
    num_entries: u32(),
    size,
  });
  const inside = struct(
    `struct ${prefix}_replace`,
    {
      name,
      valid_hooks: hooks,
      num_entries: countOf('entries', u32()),
      size,
      hook_entry: points,
      underflow: points,
      num_counters: u32(),
      counters: u64({ word: true }),
      entries,
    },
    { defaults: { size: 0, counters: 0n } },
  );
  /** The size follows from the rules. */
  const replace: typeof inside = {
    ...inside,
    encode(value, abi: Abi = hostAbi) {
      if (!Array.isArray(value?.entries)) return inside.encode(value, abi);
      return inside.encode({ ...value, size: entries.encode(value.entries, abi).byteLength }, abi);
    },
  };
  const get = struct(
    `struct ${prefix}_get_entries`,
    { name, size, entrytable: entries },
    { defaults: { entrytable: [] } },
  );
  return {
    /** struct *_getinfo. */
    info: () => info,
    /** What reading it passes in: the table's name. */
    infoQuery: () => struct(info.ctype, { name, filled: pad(info.size() - 32) }),
    /** struct *_get_entries. */
    entries: () => get,
    /** What reading it passes in: the table's name, and the size that *_GET_INFO tells. */
    entriesQuery: () => withRoom(get, ({ size: room }) => room),
    /** struct *_replace; `size` is made from the entries. */
    replace: () => replace,
  };
}

const inetPoints = () =>
  struct('unsigned int[5]', {
    pre_routing: u32(),
    local_in: u32(),
    forward: u32(),
    local_out: u32(),
    post_routing: u32(),
  });
const arpPoints = () => struct('unsigned int[3]', { in: u32(), out: u32(), forward: u32() });
const bits = <const T extends Readonly<Record<string, number>>>(names: T) => sized(flags(names), 'u32');

/** The structs of ip_tables (IPT_SO_*). Source: linux/netfilter_ipv4/ip_tables.h. */
export const ipt = family('ipt', bits(inetHookBits), inetPoints(), xtEntries('struct ipt_entry', 'ip', iptIp(), true));
/** The structs of ip6_tables (IP6T_SO_*). Source: linux/netfilter_ipv6/ip6_tables.h. */
export const ip6t = family(
  'ip6t',
  bits(inetHookBits),
  inetPoints(),
  xtEntries('struct ip6t_entry', 'ipv6', ip6tIp6(), true),
);
/** The structs of arp_tables (ARPT_SO_*). Source: linux/netfilter_arp/arp_tables.h. */
export const arpt = family(
  'arpt',
  bits(arpHookBits),
  arpPoints(),
  xtEntries('struct arpt_entry', 'arp', arptArp(), false),
);

/** struct xt_get_revision: the name of an extension, and the revision that a program wants. */
export function xtGetRevision() {
  const fields = { name: text({ size: 29, what: 'the name of an extension' }), revision: u8() };
  return struct('struct xt_get_revision', fields, { defaults: { revision: 0 } });
}

/** struct xt_counters_info: numbers to be added to the counters of a table's rules, one pair for each of them. */
export function xtCountersInfo() {
  return struct('struct xt_counters_info', {
    name: tableName(),
    num_counters: countOf('counters', u32()),
    counters: list(xtCounters()),
  });
}
