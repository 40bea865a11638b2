// The options of an IPv4 header: routes, time stamps, labels. Source: RFC 791, linux/ip.h.
import {
  IPOPT_EOL,
  IPOPT_LSRR,
  IPOPT_NOP,
  IPOPT_RR,
  IPOPT_SSRR,
  IPOPT_TS,
  IPOPT_TS_TSONLY,
  ipHeaderOptions,
  ipTimestampFlags,
} from '../constants/ip-options.ts';
import { invalid } from '../errors.ts';
import { inAddr } from './address.ts';
import { bytes } from './bytes.ts';
import { type Abi, type Codec, hostAbi } from './codec.ts';
import { type EnumInput, enumeration } from './enumeration.ts';
import { list } from './list.ts';
import { exactly, filledUp, packed, records } from './records.ts';
import { u8 } from './scalar.ts';
import { be32, sized } from './sized.ts';
import { given, pad, struct, within } from './struct.ts';

const isRoute = (type: number): boolean => type === IPOPT_RR || type === IPOPT_LSRR || type === IPOPT_SSRR;
const isSingle = (type: number): boolean => type === IPOPT_EOL || type === IPOPT_NOP;

/** What one host on the way writes: milliseconds since midnight UTC, and its address where the option asks for it. */
export interface IpStamp {
  address?: string;
  time?: number;
}

/** One option of an IPv4 header. */
export interface IpOption {
  /** IPOPT_*. */
  type: number;
  /** Of routes and time stamps: where the next host writes, counted from 1 at the type. */
  pointer?: number;
  /** Of routes: the hosts, and zeros where one has still to write. */
  addresses?: readonly string[];
  /** Of time stamps: how many hosts found no room. */
  overflow?: number;
  /** Of time stamps: IPOPT_TS_*. */
  flag?: number;
  stamps?: readonly IpStamp[];
  /** What follows type and length, of all others. */
  data?: Uint8Array;
}

/** What a set takes: `pointer` is the first free place where it is left out. */
export type IpOptionInput = Omit<IpOption, 'type' | 'flag'> & {
  type: EnumInput<keyof typeof ipHeaderOptions>;
  flag?: EnumInput<keyof typeof ipTimestampFlags>;
};

const type = () => sized(enumeration(ipHeaderOptions), 'u8');
/** C has no struct for it. */
const name = 'IPv4 option';
const none = new Uint8Array();

// In memory, by type. The second byte is the length, filled in at the end.
const single = struct(name, { type: type() });
const other = struct(name, { type: type(), length: pad(1), data: bytes({ max: 38 }) }, { defaults: { data: none } });
const addresses = list(packed(inAddr()));
const route = struct(name, { type: type(), length: pad(1), pointer: u8(), addresses }, { defaults: { pointer: 4 } });
// flag: with the overflow in its upper half.
const stampFields = { type: type(), length: pad(1), pointer: u8(), flag: u8() };
const times = struct('time stamp', { time: packed(be32()) }, { defaults: { time: 0 } });
const both = struct(
  'time stamp',
  { address: packed(inAddr()), time: packed(be32()) },
  { defaults: { address: '0.0.0.0', time: 0 } },
);
const bareStamps = struct(name, { ...stampFields, stamps: list(times) }, { defaults: { pointer: 5 } });
const fullStamps = struct(name, { ...stampFields, stamps: list(both) }, { defaults: { pointer: 5 } });

const flag = () => enumeration(ipTimestampFlags);
const overflow = u8({ max: 15 });

/** In text, and for those who describe it: the fields of all types. */
const shown = struct(
  name,
  { type: type(), pointer: u8(), addresses, overflow, flag: sized(flag(), 'u8'), stamps: list(both), data: bytes() },
  { defaults: { pointer: 0, addresses: [], overflow: 0, flag: 0, stamps: [], data: none } },
);

function parts() {
  const offsets: Record<string, number> = {
    type: 0,
    pointer: 2,
    addresses: 3,
    overflow: 3,
    flag: 3,
    stamps: 4,
    data: 2,
  };
  const all = shown.shape?.parts() ?? [];
  return all.map((part) => ({ ...part, offset: offsets[part.name] ?? 0 }));
}

function encodeStamps(value: IpOptionInput, abi: Abi): Uint8Array {
  const { flag: asked = IPOPT_TS_TSONLY, overflow: missed = 0, ...rest } = value;
  const kind = within('field flag', () => {
    const number = flag().toInt?.(asked) as number;
    if (number < 0 || number > 15) throw invalid(`${flag().accepts}, in 4 bits`, asked);
    return number;
  });
  const [over = 0] = within('field overflow', () => overflow.encode(missed));
  const whole = kind === IPOPT_TS_TSONLY ? bareStamps : fullStamps;
  return whole.encode({ ...rest, flag: (over << 4) | kind } as never, abi);
}

function encodeOne(all: IpOptionInput, abi: Abi): Uint8Array {
  if (typeof all !== 'object' || all === null) throw invalid(shown.accepts, all);
  const value = given(all);
  const [known = 0] = within('field type', () => type().encode(value.type));
  if (isSingle(known)) return single.encode(value, abi);
  const structured = value.data === undefined;
  if (structured && known === IPOPT_TS) return encodeStamps(value, abi);
  return structured && isRoute(known) ? route.encode(value as never, abi) : other.encode(value as never, abi);
}

function decodeOne(found: Uint8Array, abi: Abi): IpOption {
  const known = found[0] as number;
  if (isSingle(known)) return single.decode(found, abi);
  if (isRoute(known)) return route.decode(found, abi);
  if (known !== IPOPT_TS || found.byteLength < 4) return other.decode(found, abi);
  const whole = ((found[3] as number) & 15) === IPOPT_TS_TSONLY ? bareStamps : fullStamps;
  const { flag: halves, stamps, ...rest } = whole.decode(found, abi);
  return { ...rest, overflow: halves >> 4, flag: halves & 15, stamps };
}

function option(): Codec<IpOption, IpOptionInput> {
  const encode = (value: IpOptionInput, abi: Abi = hostAbi): Uint8Array => {
    const found = encodeOne(value, abi);
    if (found.byteLength > 40) throw invalid('at most 40 bytes of header options', value);
    if (found.byteLength > 1) found[1] = found.byteLength;
    return found;
  };
  const fields = { ...shown, decode: (found: Uint8Array, abi = hostAbi) => decodeOne(found, abi), encode };
  return {
    ...fields,
    shape: { kind: 'struct', parts },
    decode: (found, abi) => exactly(fields, found, abi) ?? other.decode(found, abi),
    parse: shown.parse,
    format: (value) => shown.format(value as never),
  };
}

/** The BSDs put the first host of a source route, or zeros, in front of what was set. */
const ofBsd = ({ os }: Abi): boolean => os === 'darwin' || os === 'freebsd';

/** The list as it was set, of what such a system gives back. */
function withFirstHost(all: readonly IpOption[], first: string): readonly IpOption[] {
  const isSource = ({ type, addresses }: IpOption): boolean =>
    (type === IPOPT_LSRR || type === IPOPT_SSRR) && addresses !== undefined;
  return all.map((one) => (isSource(one) ? { ...one, addresses: [first, ...(one.addresses ?? [])] } : one));
}

/**
 * The options of an IPv4 header (IP_OPTIONS), at most 40 bytes. A set fills them up to a multiple of 4 with IPOPT_EOL,
 * a read leaves that out.
 */
export function ipOptions(): Codec<readonly IpOption[], readonly IpOptionInput[]> {
  const row = records(option(), {
    room: 40,
    length: (found) => {
      const [first = 0, own = 0] = found;
      if (isSingle(first)) return 1;
      return own < 2 ? 0 : own;
    },
  });
  const decode = (found: Uint8Array, abi?: Abi): readonly IpOption[] => {
    const all = row.decode(found.subarray(0, 40), abi);
    const last = all.findLastIndex(({ type }) => type !== IPOPT_EOL);
    // At most as many as a set fills in again.
    return all.slice(0, Math.max(last + 1, all.length - 3));
  };
  return {
    ...row,
    size: (abi = hostAbi) => (ofBsd(abi) ? 44 : 40),
    decode(found, abi = hostAbi) {
      if (!ofBsd(abi)) return decode(found, abi);
      const first = inAddr().decode(found.subarray(0, 4), abi);
      const all = decode(found.subarray(4), abi);
      return first === '0.0.0.0' ? all : withFirstHost(all, first);
    },
    encode(value, abi) {
      const found = filledUp(row.encode(value, abi), 4);
      if (found.byteLength > 40) throw invalid('at most 40 bytes of header options', value);
      return found;
    },
  };
}
