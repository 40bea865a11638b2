// The structs of the TCP Authentication Option (TCP_AO_*, RFC 5925).
import { TCP_AO_MAXKEYLEN, tcpAoKeyFlags } from '../constants/tcp.ts';
import { type Codec, hostAbi, viewOf } from './codec.ts';
import { flags } from './enumeration.ts';
import { interfaceIndex } from './interface.ts';
import { at, big, bits, layout, number } from './layout.ts';
import { bool, u32 } from './scalar.ts';
import { sockaddrStorage } from './sockaddr.ts';
import { struct } from './struct.ts';
import {
  type FlagInput,
  type FlagNames,
  type InterfaceInput,
  type KeyInput,
  keyed,
  type Sockaddr,
  type SockaddrInput,
  secret,
} from './tcp-keys.ts';
import { text } from './text.ts';

/** What a set takes: all but `Taken` may be left out, and is 0 then. */
type Loosely<T, Taken extends string> = Partial<Omit<T, Taken | 'ifindex' | 'keyflags'>> & {
  ifindex?: InterfaceInput;
  keyflags?: FlagInput<typeof tcpAoKeyFlags>;
};

/** A TCP-AO key to add (struct tcp_ao_add, 288 bytes). */
export interface AoAdd {
  /** The peer. */
  addr: Sockaddr;
  /** The hash: `hmac(sha1)`, `cmac(aes128)`, ... */
  alg_name: string;
  ifindex: number;
  /** Sign with this key at once. */
  set_current: boolean;
  /** Ask the peer to sign with this key. */
  set_rnext: boolean;
  /** Bits of the address that count. */
  prefix: number;
  /** KeyID in outgoing segments. */
  sndid: number;
  /** KeyID expected in incoming segments. */
  rcvid: number;
  /** Bytes of the signature; 0 for 12. */
  maclen: number;
  keyflags: FlagNames<typeof tcpAoKeyFlags>;
  key: Uint8Array;
}
/** What a set takes: all but the address, the algorithm and the key may be left out, and is 0 then. */
export type AoAddInput = { addr: SockaddrInput; alg_name: string; key: KeyInput } & Loosely<
  AoAdd,
  'addr' | 'alg_name' | 'key'
>;
/** struct tcp_ao_add. */
export function aoAdd(): Codec<AoAdd, AoAddInput> {
  return keyed(
    layout<AoAdd & { keylen: number }, AoAddInput & { keylen?: number }>({
      ctype: 'struct tcp_ao_add',
      size: 288,
      optional: ['ifindex', 'set_current', 'set_rnext', 'prefix', 'sndid', 'rcvid', 'maclen', 'keyflags', 'keylen'],
      fields: {
        addr: at(0, sockaddrStorage()),
        alg_name: at(128, fixedText(64)),
        ifindex: at(192, interfaceIndex()),
        set_current: bits(196, 4, 0, 1, bool()),
        set_rnext: bits(196, 4, 1, 1, bool()),
        prefix: number(202, 1),
        sndid: number(203, 1),
        rcvid: number(204, 1),
        maclen: number(205, 1, 'bytes'),
        keyflags: bits(206, 1, 0, 8, flags(tcpAoKeyFlags)),
        keylen: number(207, 1, 'bytes'),
        key: at(208, secret(TCP_AO_MAXKEYLEN)),
      },
    }),
  );
}

/** A TCP-AO key to delete (struct tcp_ao_del, 144 bytes). */
export interface AoDel {
  addr: Sockaddr;
  ifindex: number;
  /** Make `current_key` the key to sign with. */
  set_current: boolean;
  /** Make `rnext` the key to ask for. */
  set_rnext: boolean;
  /** Return before the key is out of use; listeners only. */
  del_async: boolean;
  prefix: number;
  sndid: number;
  rcvid: number;
  current_key: number;
  rnext: number;
  keyflags: FlagNames<typeof tcpAoKeyFlags>;
}
/** What a set takes: all but the address may be left out, and is 0 then. */
export type AoDelInput = { addr: SockaddrInput } & Loosely<AoDel, 'addr'>;

/** struct tcp_ao_del. */
export function aoDel(): Codec<AoDel, AoDelInput> {
  return layout<AoDel, AoDelInput>({
    ctype: 'struct tcp_ao_del',
    size: 144,
    optional: [
      'ifindex',
      'set_current',
      'set_rnext',
      'del_async',
      'prefix',
      'sndid',
      'rcvid',
      'current_key',
      'rnext',
      'keyflags',
    ],
    fields: {
      addr: at(0, sockaddrStorage()),
      ifindex: at(128, interfaceIndex()),
      set_current: bits(132, 4, 0, 1, bool()),
      set_rnext: bits(132, 4, 1, 1, bool()),
      del_async: bits(132, 4, 2, 1, bool()),
      prefix: number(138, 1),
      sndid: number(139, 1),
      rcvid: number(140, 1),
      current_key: number(141, 1),
      rnext: number(142, 1),
      keyflags: bits(143, 1, 0, 8, flags(tcpAoKeyFlags)),
    },
  });
}

/** TCP-AO of one socket as a whole (struct tcp_ao_info_opt, 48 bytes). */
export interface AoInfo {
  /** Set: take `current_key` over. Read: there is one. */
  set_current: boolean;
  /** The same for `rnext`. */
  set_rnext: boolean;
  /** Refuse peers that do not sign. */
  ao_required: boolean;
  /** Set: take the counters over. */
  set_counters: boolean;
  /** Do not ignore ICMP errors, which nobody signs. */
  accept_icmps: boolean;
  current_key: number;
  rnext: number;
  /** Segments: verified, failed, with an unknown key, not signed; and ICMP errors ignored. */
  pkt_good: bigint;
  pkt_bad: bigint;
  pkt_key_not_found: bigint;
  pkt_ao_required: bigint;
  pkt_dropped_icmp: bigint;
}

const aoInfoFields = {
  set_current: bits(0, 4, 0, 1, bool()),
  set_rnext: bits(0, 4, 1, 1, bool()),
  ao_required: bits(0, 4, 2, 1, bool()),
  set_counters: bits(0, 4, 3, 1, bool()),
  accept_icmps: bits(0, 4, 4, 1, bool()),
  current_key: number(6, 1),
  rnext: number(7, 1),
  pkt_good: big(8),
  pkt_bad: big(16),
  pkt_key_not_found: big(24),
  pkt_ao_required: big(32),
  pkt_dropped_icmp: big(40),
} as const;

/** struct tcp_ao_info_opt. */
export function aoInfo(): Codec<AoInfo, Partial<AoInfo>> {
  const optional = Object.keys(aoInfoFields) as (keyof AoInfo)[];
  return layout<AoInfo, Partial<AoInfo>>({ ctype: 'struct tcp_ao_info_opt', size: 48, fields: aoInfoFields, optional });
}

/** One key of TCP_AO_GET_KEYS (struct tcp_ao_getsockopt, 304 bytes). */
export interface AoKey {
  addr: Sockaddr;
  alg_name: string;
  key: Uint8Array;
  /** How many keys match the query; the read gives the first. */
  nkeys: number;
  is_current: boolean;
  is_rnext: boolean;
  get_all: boolean;
  sndid: number;
  rcvid: number;
  prefix: number;
  maclen: number;
  keyflags: FlagNames<typeof tcpAoKeyFlags>;
  ifindex: number;
  pkt_good: bigint;
  pkt_bad: bigint;
}

const aoKeyFields = {
  addr: at(0, sockaddrStorage()),
  alg_name: at(128, fixedText(64)),
  key: at(192, secret(TCP_AO_MAXKEYLEN)),
  nkeys: number(272, 4),
  is_current: bits(276, 2, 0, 1, bool()),
  is_rnext: bits(276, 2, 1, 1, bool()),
  get_all: bits(276, 2, 2, 1, bool()),
  sndid: number(278, 1),
  rcvid: number(279, 1),
  prefix: number(280, 1),
  maclen: number(281, 1, 'bytes'),
  keyflags: bits(282, 1, 0, 8, flags(tcpAoKeyFlags)),
  keylen: number(283, 1, 'bytes'),
  ifindex: at(284, interfaceIndex()),
  pkt_good: big(288),
  pkt_bad: big(296),
} as const;

/** struct tcp_ao_getsockopt as a read returns it. */
export function aoKey(): Codec<AoKey, AoKey> {
  return keyed<AoKey, AoKey>(
    layout<AoKey & { keylen: number }, AoKey & { keylen?: number }>({
      ctype: 'struct tcp_ao_getsockopt',
      size: 304,
      fields: aoKeyFields,
    }),
  );
}

/** Which key TCP_AO_GET_KEYS should give: the first of all, or the first that has these. */
export type AoKeyQuery = Partial<Pick<AoKey, 'is_current' | 'is_rnext' | 'get_all' | 'sndid' | 'rcvid' | 'prefix'>> & {
  addr?: SockaddrInput;
  ifindex?: InterfaceInput;
  keyflags?: FlagInput<typeof tcpAoKeyFlags>;
};

/** The same as a read passes it in. */
export function aoKeyQuery(): Codec<Partial<AoKey>, AoKeyQuery> {
  const { addr, is_current, is_rnext, get_all, sndid, rcvid, prefix, keyflags, ifindex } = aoKeyFields;
  const fields = { addr, is_current, is_rnext, get_all, sndid, rcvid, prefix, keyflags, ifindex };
  const optional = Object.keys(fields) as (keyof typeof fields)[];
  const query = layout<Pick<AoKey, keyof typeof fields>, AoKeyQuery>({
    ctype: 'struct tcp_ao_getsockopt',
    size: 304,
    fields,
    optional,
  });
  return {
    ...query,
    encode(value, abi = hostAbi) {
      const found = query.encode(value, abi);
      // The kernel takes the buffer's length for the step from key to key: more than one would not fit behind it.
      viewOf(found).setUint32(aoKeyFields.nkeys.offset, 1, abi.littleEndian);
      return found;
    },
  };
}

/** A C array of characters inside a struct: its length does not vary. */
function fixedText(size: number): Codec<string> {
  const { variable: _varies, ...inner } = text({ size });
  return inner;
}

/** A number in network byte order on every system. */
function be32(): Codec<number> {
  const { fromInt: _fast, toInt: _too, ...inner } = u32();
  return {
    ...inner,
    ctype: '__be32',
    decode: (found, abi = hostAbi) => inner.decode(found, { ...abi, littleEndian: false }),
    encode: (value, abi = hostAbi) => inner.encode(value, { ...abi, littleEndian: false }),
  };
}

/** struct tcp_ao_repair (16 bytes): initial sequence numbers, and how often the numbers wrapped around since. */
export function aoRepair() {
  return struct('struct tcp_ao_repair', { snt_isn: be32(), rcv_isn: be32(), snd_sne: u32(), rcv_sne: u32() });
}
