// The structs of packet socket options: memberships, rings, statistics, fanout groups. Source: packet(7), linux/if_packet.h.
import { fanoutFlags, fanoutModes, packetMemberships, ringFeatures } from '../constants/packet.ts';
import { invalid } from '../errors.ts';
import { type Instruction, sockFprog } from './bpf.ts';
import { fromHex, toHex } from './bytes.ts';
import { type Abi, type Codec, hostAbi } from './codec.ts';
import { type EnumInput, enumeration, type FlagsInput, flags } from './enumeration.ts';
import { interfaceIndex } from './interface.ts';
import { int, u16, u32, u64 } from './scalar.ts';
import { sized } from './sized.ts';
import { struct } from './struct.ts';

/** mr_alen and mr_address: a hardware address of at most eight bytes behind its length. */
function shortAddress(): Codec<string> {
  const accepts = 'at most 8 bytes as hex digits with colons, such as 01:00:5e:00:00:01';
  const encode = (value: string): Uint8Array => {
    const found = typeof value === 'string' ? fromHex(value) : undefined;
    if (!found || found.byteLength > 8) throw invalid(accepts, value);
    const bytes = new Uint8Array(8);
    bytes.set(found);
    return Uint8Array.from([found.byteLength, ...bytes]);
  };
  return {
    ctype: 'unsigned char[8]',
    accepts,
    size: () => 10,
    align: () => 2,
    decode(bytes, abi = hostAbi) {
      const length = u16().decode(bytes.subarray(0, 2), abi);
      return toHex(bytes.subarray(2, 2 + Math.min(length, 8)), ':');
    },
    encode(value, abi = hostAbi) {
      const [length = 0, ...rest] = encode(value);
      return Uint8Array.from([...u16().encode(length, abi), ...rest]);
    },
    parse(text) {
      encode(text);
      return text.trim().toLowerCase();
    },
    format: (value) => value,
  };
}

/** struct packet_mreq: what a device shall receive besides its own frames; the address only where the type has one. */
export function packetMreq() {
  return struct(
    'struct packet_mreq',
    { ifindex: interfaceIndex(), type: sized(enumeration(packetMemberships), 'u16'), address: shortAddress() },
    { defaults: { address: '' }, aliases: { interface: 'ifindex' } },
  );
}

/**
 * struct tpacket_req and struct tpacket_req3, whose first 16 bytes it is: always passed whole, for a kernel that is
 * asked for an older ring reads only its beginning.
 */
export function tpacketReq() {
  return struct(
    'struct tpacket_req3',
    {
      block_size: u32({ unit: 'bytes' }),
      block_nr: u32(),
      frame_size: u32({ unit: 'bytes' }),
      frame_nr: u32(),
      retire_blk_tov: u32({ unit: 'ms' }),
      sizeof_priv: u32({ unit: 'bytes' }),
      feature_req_word: flags(ringFeatures),
    },
    { defaults: { retire_blk_tov: 0, sizeof_priv: 0, feature_req_word: 0 } },
  );
}

/** What PACKET_STATISTICS counts: packets since the last read. */
export interface TpacketStats {
  /** Packets that reached the socket's filter and passed it, those that were dropped included. */
  packets: number;
  /** Packets for which there was no room. */
  drops: number;
  /** How often the ring was full (TPACKET_V3 only). */
  freeze_q_cnt?: number;
}

/** struct tpacket_stats (8 bytes), or struct tpacket_stats_v3 (12 bytes) of a ring of TPACKET_V3. */
export function tpacketStats(): Codec<TpacketStats, Partial<TpacketStats>> {
  const counters = { packets: u32({ unit: 'packets' }), drops: u32({ unit: 'packets' }), freeze_q_cnt: u32() };
  return struct('struct tpacket_stats_v3', counters, { grows: true }) as Codec<TpacketStats, Partial<TpacketStats>>;
}

/** struct tpacket_rollover_stats: how often a fanout group had to choose another socket. */
export function rolloverStats() {
  return struct('struct tpacket_rollover_stats', { all: u64(), huge: u64(), failed: u64() });
}

/** A fanout group as a read gives it. */
export interface Fanout {
  id: number;
  /** One of PACKET_FANOUT_HASH, ... */
  type: number;
  flags: readonly (keyof typeof fanoutFlags | (string & {}))[];
  /** Sets only: how many sockets the group may have, of which the first one tells. */
  max_num_members?: number;
}
/** What a set takes: everything may be left out, and is 0 then. */
export interface FanoutInput {
  id?: number;
  type?: EnumInput<keyof typeof fanoutModes>;
  flags?: FlagsInput<keyof typeof fanoutFlags>;
  max_num_members?: number;
}

/** The upper eight bits of the 16 that type and flags share. */
function upperFlags() {
  const all = flags(fanoutFlags);
  return sized(
    {
      ...all,
      fromInt: (int: number) => all.fromInt?.(int << 8) ?? [],
      toInt: (value: FlagsInput<keyof typeof fanoutFlags>) => (all.toInt?.(value) ?? 0) >>> 8,
    },
    'u8',
  );
}

const littleAbi: Abi = { ...hostAbi, littleEndian: true };

/** Turns each 32-bit number round on systems that have the highest byte first. */
function inOrder(bytes: Uint8Array, { littleEndian }: Abi): Uint8Array {
  if (littleEndian) return bytes;
  return bytes.map((_, at) => bytes[at - (at % 4) + 3 - (at % 4)] ?? 0);
}

/**
 * A fanout group in a C int: id, type and flags packed. With `max_num_members` struct fanout_args, which has that in
 * four more bytes (Linux 5.11).
 */
export function fanout(): Codec<Fanout, FanoutInput> {
  const packed = struct(
    'struct fanout_args',
    { id: u16(), type: sized(enumeration(fanoutModes), 'u8'), flags: upperFlags(), max_num_members: u32() },
    { defaults: { id: 0, type: 0, flags: 0 }, grows: true },
  ) as unknown as Codec<Fanout, FanoutInput>;
  return {
    ...packed,
    accepts: packed.accepts.replace('flags)', 'flags, max_num_members)'),
    decode: (bytes, abi = hostAbi) => packed.decode(inOrder(bytes, abi), littleAbi),
    encode: (value, abi = hostAbi) => inOrder(packed.encode(value, littleAbi), abi),
  };
}

/**
 * The program that shares out a group's packets: instructions of classic BPF (struct sock_fprog), or the descriptor of
 * a loaded eBPF program.
 */
export function fanoutProgram(): Codec<number | readonly Instruction[]> {
  const program = sockFprog();
  const descriptor = int({ min: 0 });
  const accepts = `${program.accepts}, or the descriptor of an eBPF program`;
  return {
    ctype: 'struct sock_fprog',
    accepts,
    variable: true,
    indirect: 8,
    size: program.size,
    align: program.align,
    decode: (bytes, abi) => (bytes.byteLength === 4 ? descriptor : program).decode(bytes, abi),
    encode: (value, abi) => (typeof value === 'number' ? descriptor.encode(value, abi) : program.encode(value, abi)),
    parse: (text) => (/^\s*\d+\s*$/.test(text) ? descriptor : program).parse(text),
    format: (value) => (typeof value === 'number' ? descriptor.format(value) : program.format(value)),
  };
}
