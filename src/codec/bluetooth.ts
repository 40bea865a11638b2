// The structs of Bluetooth's options: security, streams, codecs, what a connection is.
import {
  BT_ISO_QOS_BIG_UNSET,
  btCodecIds,
  btIsoPhys,
  btSecurityLevels,
  btVoiceSettings,
  l2capModes,
} from '../constants/bluetooth.ts';
import { invalid } from '../errors.ts';
import { bytes } from './bytes.ts';
import { type Abi, type Codec, hostAbi } from './codec.ts';
import { enumeration, flags } from './enumeration.ts';
import { list } from './list.ts';
import { bool, u8, u16, u32 } from './scalar.ts';
import { sized } from './sized.ts';
import { struct, within } from './struct.ts';
import { union } from './union.ts';

/** struct bt_security: how well the link must be secured, and the key's length in bytes, which only a read tells. */
export function btSecurity() {
  return struct(
    'struct bt_security',
    { level: sized(enumeration(btSecurityLevels), 'u8'), key_size: u8({ unit: 'bytes' }) },
    { defaults: { key_size: 0 } },
  );
}

/** struct bt_power: whether a packet wakes the link from its sleep. */
export function btPower() {
  return struct('struct bt_power', { force_active: sized(bool(), 'u8') });
}

/** struct bt_voice: how voice is coded on the air. */
export function btVoice() {
  return struct('struct bt_voice', { setting: sized(enumeration(btVoiceSettings), 'u16') });
}

/** The group that a stream belongs to; the controller chooses where it is unset. */
const group = (): Codec<number> => u8({ words: { unset: BT_ISO_QOS_BIG_UNSET } });

/** One direction of a stream; all zero where there is none. */
const direction = () =>
  struct(
    'struct bt_iso_io_qos',
    {
      interval: u32({ unit: 'us' }),
      latency: u16({ unit: 'ms' }),
      sdu: u16({ unit: 'bytes' }),
      phy: sized(flags(btIsoPhys), 'u8'),
      rtn: u8({ unit: 'retries' }),
    },
    { defaults: { interval: 0, latency: 0, sdu: 0, phy: 0, rtn: 0 } },
  );

const common = { packing: u8({ max: 1 }), framing: u8({ max: 1 }), in: direction(), out: direction() };
const nothingSaid = { packing: 0, framing: 0, in: {}, out: {} };

/**
 * struct bt_iso_qos, a union in C: what a stream to one device wants (ucast) and what a broadcast wants (bcast). Nothing
 * in it says which, so a read of the whole struct has both: the socket's address tells. Timeouts count 10 ms.
 */
export function btIsoQos() {
  const ucast = struct(
    'struct bt_iso_ucast_qos',
    { cig: group(), cis: group(), sca: u8(), ...common },
    { defaults: { cig: BT_ISO_QOS_BIG_UNSET, cis: BT_ISO_QOS_BIG_UNSET, sca: 0, ...nothingSaid } },
  );
  const bcast = struct(
    'struct bt_iso_bcast_qos',
    {
      big: group(),
      bis: group(),
      sync_factor: u8(),
      ...common,
      encryption: u8({ max: 1 }),
      bcode: bytes({ size: 16 }),
      options: u8({ max: 7 }),
      skip: u16({ max: 0x1f3 }),
      sync_timeout: u16(),
      sync_cte_type: u8({ max: 0x1f }),
      mse: u8({ max: 0x1f }),
      timeout: u16(),
    },
    {
      defaults: {
        big: BT_ISO_QOS_BIG_UNSET,
        bis: BT_ISO_QOS_BIG_UNSET,
        sync_factor: 1,
        ...nothingSaid,
        encryption: 0,
        bcode: new Uint8Array(16),
        options: 0,
        skip: 0,
        sync_timeout: 2000,
        sync_cte_type: 0,
        mse: 0,
        timeout: 2000,
      },
    },
  );
  return union('union bt_iso_qos', { ucast, bcast }, { size: 60, align: 4, fits: 'within' });
}

/** A codec of the controller: its own by id, a maker's by cid (company) and vid (the company's number). */
export interface BtCodec {
  id: number;
  cid: number;
  vid: number;
  data_path: number;
  /** What the controller says of it, each in the form that the codec's specification has. */
  caps: readonly Uint8Array[];
}
type BtCodecInput = Partial<Omit<BtCodec, 'id'>> & { id: number | keyof typeof btCodecIds };

const packed = <Out, In>(codec: Codec<Out, In>): Codec<Out, In> => ({ ...codec, align: () => 1 });
const codecHead = {
  id: sized(enumeration(btCodecIds), 'u8'),
  cid: packed(u16()),
  vid: packed(u16()),
  data_path: u8(),
};
const codecDefaults = { cid: 0, vid: 0, data_path: 0 };

function decodeCodecs(found: Uint8Array, abi: Abi): BtCodec[] {
  const head = struct('struct bt_codec', { ...codecHead, num_caps: u8() });
  const codecs: BtCodec[] = [];
  let at = 1;
  for (let left = found[0] ?? 0; left > 0 && at + head.size(abi) <= found.byteLength; left -= 1) {
    const { num_caps, ...rest } = head.decode(found.subarray(at, at + head.size(abi)), abi);
    at += head.size(abi);
    const caps: Uint8Array[] = [];
    for (let more = num_caps; more > 0 && at < found.byteLength; more -= 1) {
      const end = at + 1 + (found[at] as number);
      caps.push(Uint8Array.from(found.subarray(at + 1, end)));
      at = end;
    }
    codecs.push({ ...rest, caps });
  }
  return codecs;
}

/**
 * struct bt_codecs: a list of codecs, each with a list of capabilities, packed one behind the other. A list that came
 * back cut ends earlier.
 */
export function btCodecs(): Codec<readonly BtCodec[], readonly BtCodecInput[]> {
  const cap = bytes({ max: 255 });
  const head = struct('struct bt_codec', { ...codecHead, num_caps: u8() }, { defaults: codecDefaults });
  const words = struct(
    'struct bt_codec',
    { ...codecHead, caps: list(cap) },
    { defaults: { ...codecDefaults, caps: [] } },
  );
  const text = list(words);
  const encodeOne = ({ caps = [], ...rest }: BtCodecInput, abi: Abi): number[] => {
    // The form of the text checks the fields, their lengths included.
    words.encode({ ...rest, caps: [] }, abi);
    if (!Array.isArray(caps) || caps.length > 255) throw invalid(words.accepts, caps);
    const tails = caps.map((one, at) => within(`element ${at}`, () => cap.encode(one as Uint8Array, abi)));
    return [
      ...head.encode({ ...rest, num_caps: caps.length }, abi),
      ...tails.flatMap((tail) => [tail.byteLength, ...tail]),
    ];
  };
  return {
    ctype: 'struct bt_codecs',
    accepts: text.accepts,
    variable: true,
    size: () => 1024,
    align: () => 1,
    decode: (found, abi = hostAbi) => decodeCodecs(found, abi),
    encode(value, abi = hostAbi) {
      if (!Array.isArray(value) || value.length > 255) throw invalid(text.accepts, value);
      const parts = value.map((one: BtCodecInput, at) =>
        within(`element ${at}`, () => {
          if (typeof one !== 'object' || one === null) throw invalid(words.accepts, one);
          return encodeOne(one, abi);
        }),
      );
      return Uint8Array.from([value.length, ...parts.flat()]);
    },
    parse: (line) => text.parse(line),
    format: (value) => text.format(value),
  };
}

/** A class of device: 24 bits, the lowest byte first. Text: `0x5a020c`. */
function classOfDevice(): Codec<number> {
  const whole = u32({ max: 0xffffff });
  return {
    ...whole,
    ctype: 'uint8_t[3]',
    size: () => 3,
    align: () => 1,
    decode: (found) => (found[0] ?? 0) | ((found[1] ?? 0) << 8) | ((found[2] ?? 0) << 16),
    encode(value) {
      const bits = whole.toInt?.(value) as number;
      return Uint8Array.of(bits & 255, (bits >> 8) & 255, bits >> 16);
    },
    format: (value) => `0x${value.toString(16).padStart(6, '0')}`,
  };
}

/** struct l2cap_conninfo, rfcomm_conninfo, sco_conninfo: the controller's handle of the link, and what the peer is. */
export function btConnInfo(name: 'l2cap_conninfo' | 'rfcomm_conninfo' | 'sco_conninfo') {
  return struct(`struct ${name}`, { hci_handle: u16(), dev_class: classOfDevice() });
}

/** struct l2cap_options: sizes, mode and retransmission of a channel. */
export function l2capOptions() {
  return struct('struct l2cap_options', {
    omtu: u16({ unit: 'bytes' }),
    imtu: u16({ unit: 'bytes' }),
    flush_to: u16({ unit: 'ms' }),
    mode: sized(enumeration(l2capModes), 'u8'),
    fcs: u8(),
    max_tx: u8(),
    txwin_size: u16({ unit: 'packets' }),
  });
}

/** struct sco_options: the largest packet. */
export function scoOptions() {
  return struct('struct sco_options', { mtu: u16({ unit: 'bytes' }) });
}
