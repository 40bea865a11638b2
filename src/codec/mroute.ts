// The structs of multicast routing (MRT_*, MRT6_*): virtual interfaces, and entries of the forwarding cache.
import { MAXMIFS, MAXVIFS, mifFlags, VIFF_USE_IFINDEX, vifFlags } from '../constants/mroute.ts';
import { invalid } from '../errors.ts';
import { inAddr } from './address.ts';
import { type Codec, hostAbi, viewOf } from './codec.ts';
import { flags } from './enumeration.ts';
import { interfaceIndex } from './interface.ts';
import { list } from './list.ts';
import { int, u8, u16, u32 } from './scalar.ts';
import { sized } from './sized.ts';
import { sockaddrIn6 } from './sockaddr-in.ts';
import { struct } from './struct.ts';
import { variants } from './variants.ts';

const none = { flags: [], threshold: 1, rate_limit: 0, rmt_addr: '0.0.0.0' };

/** Flags of a virtual interface that is given by its index: they always say so. */
function flagsByIndex() {
  const codec = sized(flags(vifFlags), 'u8');
  const encode: typeof codec.encode = (value, abi) => {
    const bytes = codec.encode(value, abi);
    return bytes.map((byte) => byte | VIFF_USE_IFINDEX);
  };
  return { ...codec, encode };
}

/**
 * struct vifctl: a virtual interface of IPv4, by the address of the real one (`lcl_addr`), or by its index or name
 * (`lcl_ifindex`, which sets VIFF_USE_IFINDEX by itself). Source: linux/mroute.h.
 */
export function vifctl() {
  const head = { vifi: u16(), flags: sized(flags(vifFlags), 'u8'), threshold: u8(), rate_limit: u32() };
  const remote = { rmt_addr: inAddr() };
  const byIndex = { ...head, flags: flagsByIndex(), lcl_ifindex: interfaceIndex(), ...remote };
  const byAddress = struct(
    'struct vifctl',
    { ...head, lcl_addr: inAddr(), ...remote },
    { defaults: { ...none, lcl_addr: '0.0.0.0' } },
  );
  const both = [byAddress, struct('struct vifctl', byIndex, { defaults: none })] as const;
  const codec = variants('struct vifctl', both, (bytes) => ((bytes[2] ?? 0) & VIFF_USE_IFINDEX ? 1 : 0));
  // Both have the same length.
  return { ...codec, variable: false };
}

/** Hop limits of outgoing virtual interfaces, by their number; those at the end that are 0 may be left out. */
function ttls(): Codec<readonly number[]> {
  const some = list(u8());
  const accepts = `a list of at most ${MAXVIFS} hop limits, one for each virtual interface (0: not to that one)`;
  const encode = (value: readonly number[]): Uint8Array => {
    const bytes = some.encode(value);
    if (bytes.byteLength > MAXVIFS) throw invalid(accepts, value);
    const all = new Uint8Array(MAXVIFS);
    all.set(bytes);
    return all;
  };
  return {
    ctype: `unsigned char[${MAXVIFS}]`,
    accepts,
    size: () => MAXVIFS,
    align: () => 1,
    decode: (bytes) => [...bytes.subarray(0, bytes.findLastIndex((byte) => byte !== 0) + 1)],
    encode,
    parse: some.parse,
    format: some.format,
  };
}

/** struct mfcctl: an entry of the IPv4 forwarding cache. A set does not look at its counters. Source: linux/mroute.h. */
export function mfcctl() {
  return struct(
    'struct mfcctl',
    {
      origin: inAddr(),
      mcastgrp: inAddr(),
      parent: u16(),
      ttls: ttls(),
      pkt_cnt: u32(),
      byte_cnt: u32(),
      wrong_if: u32(),
      expire: int(),
    },
    { defaults: { parent: 0, ttls: [], pkt_cnt: 0, byte_cnt: 0, wrong_if: 0, expire: 0 } },
  );
}

/** struct mif6ctl: a virtual interface of IPv6, over the real one of an index or name. Source: linux/mroute6.h. */
export function mif6ctl() {
  return struct(
    'struct mif6ctl',
    {
      mifi: u16(),
      flags: sized(flags(mifFlags), 'u8'),
      threshold: u8(),
      pifi: sized(interfaceIndex(), 'u16'),
      rate_limit: u32(),
    },
    { defaults: { flags: [], threshold: 1, rate_limit: 0 } },
  );
}

/** struct if_set: a set of virtual interfaces, as the list of their numbers: a bit each in 32-bit words. */
function interfaceSet(): Codec<readonly number[]> {
  const some = list(u16({ max: 255 }));
  const accepts = `a list of virtual interfaces' numbers, from 0 to ${MAXMIFS - 1}`;
  return {
    ctype: 'struct if_set',
    accepts,
    size: () => 32,
    align: () => 4,
    decode(bytes, { littleEndian } = hostAbi) {
      const view = viewOf(bytes);
      return Array.from({ length: 256 }, (_none, at) => at).filter(
        (at) => (view.getUint32((at >> 5) * 4, littleEndian) >>> (at & 31)) & 1,
      );
    },
    encode(value, { littleEndian } = hostAbi) {
      some.encode(value);
      const bytes = new Uint8Array(32);
      const view = viewOf(bytes);
      for (const at of value) {
        const word = (at >> 5) * 4;
        view.setUint32(word, view.getUint32(word, littleEndian) | (1 << (at & 31)), littleEndian);
      }
      return bytes;
    },
    parse: some.parse,
    format: some.format,
  };
}

/** struct mf6cctl: an entry of the IPv6 forwarding cache. Source: linux/mroute6.h. */
export function mf6cctl() {
  return struct(
    'struct mf6cctl',
    { origin: sockaddrIn6(), mcastgrp: sockaddrIn6(), parent: u16(), ifset: interfaceSet() },
    { defaults: { parent: 0, ifset: [] } },
  );
}
