// The structs of CAN sockets: filters of raw sockets, virtual networks of CAN XL, ISO-TP, filters of J1939.
import { CAN_INV_FILTER, CANFD_BRS, CANFD_ESI, CANFD_FDF, canVcidFlags, isotpFlags } from '../constants/can.ts';
import { type Codec, hostAbi, viewOf } from './codec.ts';
import { flags } from './enumeration.ts';
import { list } from './list.ts';
import { bool, u8, u32, u64 } from './scalar.ts';
import { sized } from './sized.ts';
import { struct } from './struct.ts';

/** A number that people write in hex: an identifier, a mask. */
function hex<Out extends number | bigint, In>(codec: Codec<Out, In>): Codec<Out, In> {
  return { ...codec, format: (value) => `0x${value.toString(16)}` };
}

/** A filter of a raw socket: it takes frames with `(id & can_mask) == (can_id & can_mask)`. */
export interface CanFilter {
  /** With CAN_EFF_FLAG for 29 bits, CAN_RTR_FLAG for requests. */
  can_id: number;
  can_mask: number;
  /** It takes the others: CAN_INV_FILTER. */
  inverted: boolean;
}

/** struct can_filter. CAN_INV_FILTER in can_id is a field of its own. Source: linux/can.h. */
function canFilter(): Codec<CanFilter, Omit<CanFilter, 'inverted'> & { inverted?: boolean }> {
  const shown = struct(
    'struct can_filter',
    { can_id: hex(u32()), can_mask: hex(u32()), inverted: bool() },
    { defaults: { inverted: false } },
  );
  return {
    ...shown,
    size: () => 8,
    decode(bytes, { littleEndian } = hostAbi) {
      const view = viewOf(bytes);
      const id = view.getUint32(0, littleEndian);
      const inverted = (id & CAN_INV_FILTER) !== 0;
      return { can_id: (id & ~CAN_INV_FILTER) >>> 0, can_mask: view.getUint32(4, littleEndian), inverted };
    },
    encode(value, abi = hostAbi) {
      const bytes = shown.encode(value, abi);
      const view = viewOf(bytes);
      const inverted = view.getUint32(8, abi.littleEndian) !== 0 ? CAN_INV_FILTER : 0;
      view.setUint32(0, view.getUint32(0, abi.littleEndian) | inverted, abi.littleEndian);
      return bytes.subarray(0, 8);
    },
  };
}

/** The filters of a raw socket, of which one must take a frame (CAN_RAW_JOIN_FILTERS: all of them). */
export function canFilters() {
  return list(canFilter());
}

/** struct can_raw_vcid_options: which virtual network of CAN XL frames are sent to, and heard from. */
export function canRawVcidOptions() {
  return struct(
    'struct can_raw_vcid_options',
    { flags: sized(flags(canVcidFlags), 'u8'), tx_vcid: u8(), rx_vcid: u8(), rx_vcid_mask: u8() },
    { defaults: { tx_vcid: 0, rx_vcid: 0, rx_vcid_mask: 0 } },
  );
}

/** struct can_isotp_options. What may be left out is as a fresh socket has it. Source: linux/can/isotp.h. */
export function canIsotpOptions() {
  return struct(
    'struct can_isotp_options',
    {
      flags: sized(flags(isotpFlags), 'u32'),
      frame_txtime: u32({ unit: 'ns' }),
      ext_address: u8(),
      txpad_content: u8(),
      rxpad_content: u8(),
      rx_ext_address: u8(),
    },
    {
      defaults: {
        flags: [],
        frame_txtime: 0,
        ext_address: 0,
        txpad_content: 0xcc,
        rxpad_content: 0xcc,
        rx_ext_address: 0,
      },
    },
  );
}

/** struct can_isotp_fc_options: what a receiver asks for in flow control frames. */
export function canIsotpFcOptions() {
  return struct(
    'struct can_isotp_fc_options',
    { bs: u8(), stmin: u8(), wftmax: u8() },
    { defaults: { bs: 0, stmin: 0, wftmax: 0 } },
  );
}

/** struct can_isotp_ll_options: the frames that a message is cut into. */
export function canIsotpLlOptions() {
  const tx_flags = sized(flags({ CANFD_BRS, CANFD_ESI, CANFD_FDF }), 'u8');
  return struct('struct can_isotp_ll_options', { mtu: u8(), tx_dl: u8(), tx_flags }, { defaults: { tx_flags: [] } });
}

/** The filters of a J1939 socket (struct j1939_filter); a mask of 0 lets everything pass. Source: linux/can/j1939.h. */
export function j1939Filters() {
  return list(
    struct(
      'struct j1939_filter',
      {
        name: hex(u64()),
        name_mask: hex(u64()),
        pgn: hex(u32()),
        pgn_mask: hex(u32()),
        addr: hex(u8()),
        addr_mask: hex(u8()),
      },
      { defaults: { name: 0n, name_mask: 0n, pgn: 0, pgn_mask: 0, addr: 0, addr_mask: 0 } },
    ),
  );
}
