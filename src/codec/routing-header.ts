// Routing headers of IPv6: which hosts the packets pass. Source: RFC 8754, RFC 6275, linux/ipv6.h, linux/seg6.h.
import { routingHeaderTypes, segmentRoutingFlags, segmentRoutingTlvs } from '../constants/ipv6.ts';
import { invalid } from '../errors.ts';
import { in6Addr } from './address.ts';
import { bytes } from './bytes.ts';
import { type Abi, type Codec, hostAbi } from './codec.ts';
import { type EnumInput, enumeration, type FlagsInput, flags } from './enumeration.ts';
import { type HeaderOption, type HeaderOptionInput, headerOptions, ofLength, withLength } from './ipv6-headers.ts';
import { list } from './list.ts';
import { exactly, joined, packed } from './records.ts';
import { u8 } from './scalar.ts';
import { be16, sized } from './sized.ts';
import { given, pad, struct, within } from './struct.ts';

type Flag = keyof typeof segmentRoutingFlags;
type Tlv = keyof typeof segmentRoutingTlvs;

/** A routing header. */
export interface RoutingHeader {
  /** What follows the header: the kernel fills it in as it sends. */
  nexthdr: number;
  /** IPV6_SRCRT_TYPE_*. */
  type: number;
  segments_left: number;
  /** Of type 4: the index of the last element of `segments`. */
  first_segment?: number;
  /** Of type 4. */
  flags?: readonly Flag[];
  tag?: number;
  /** Of types 0, 2 and 4: the hosts. Type 4 has the last of them first. */
  segments?: readonly string[];
  /** Of type 4: what follows the segments. */
  tlvs?: readonly HeaderOption[];
  /** Of other types: what follows `segments_left`. */
  data?: Uint8Array;
}

/** What a set takes: the type, and segments or data. */
export type RoutingHeaderInput = Partial<Omit<RoutingHeader, 'type' | 'flags' | 'tlvs'>> & {
  type: EnumInput<keyof typeof routingHeaderTypes>;
  flags?: FlagsInput<Flag>;
  tlvs?: readonly HeaderOptionInput<Tlv>[];
};

const { IPV6_SRCRT_TYPE_0, IPV6_SRCRT_TYPE_2, IPV6_SRCRT_TYPE_4 } = routingHeaderTypes;
const name = 'struct ipv6_rt_hdr';
const type = () => sized(enumeration(routingHeaderTypes), 'u8');
const head = { nexthdr: u8(), hdrlen: pad(1), type: type(), segments_left: u8() };
const segments = list(packed(in6Addr()), { room: 127 });
const tlvs = headerOptions('struct sr6_tlv', segmentRoutingTlvs, segmentRoutingTlvs.SR6_TLV_PADDING, 0);

// In memory, by type. Of type 4 the segments have what follows them as well.
const plain = struct(name, { ...head, reserved: pad(4), segments }, { defaults: { nexthdr: 0 } });
const srFields = { first_segment: u8(), flags: sized(flags(segmentRoutingFlags), 'u8'), tag: be16() };
const segmented = struct(
  'struct ipv6_sr_hdr',
  { ...head, ...srFields, segments: bytes() },
  { defaults: { nexthdr: 0, flags: 0, tag: 0 } },
);
const other = struct(name, { ...head, data: bytes() }, { defaults: { nexthdr: 0, segments_left: 0 } });

/** In text, and for those who describe it: the fields of all types. */
const shown = struct(
  name,
  { ...head, ...srFields, segments, tlvs, data: bytes() },
  {
    defaults: {
      ...{ nexthdr: 0, segments_left: 0, first_segment: 0, flags: 0, tag: 0 },
      ...{ segments: [], tlvs: [], data: new Uint8Array() },
    },
  },
);

function parts() {
  const all = shown.shape?.parts() ?? [];
  return all.map((part) => {
    if (part.name === 'data') return { ...part, offset: 4 };
    return part.name === 'tlvs' ? { ...part, offset: 24 } : part;
  });
}

function encodeSegments(value: RoutingHeaderInput, abi: Abi): Uint8Array {
  const { segments: hosts, tlvs: behind = [], ...rest } = value;
  const addresses = within('field segments', () => segments.encode(hosts as readonly string[], abi));
  const after = within('field tlvs', () => tlvs.encode(behind, abi));
  const last = Math.max(addresses.byteLength / 16 - 1, 0);
  const fields = { first_segment: last, segments_left: last, ...rest };
  return segmented.encode({ ...fields, segments: joined([addresses, after]) } as never, abi);
}

function encodeOne(all: RoutingHeaderInput, abi: Abi): Uint8Array {
  if (typeof all !== 'object' || all === null) throw invalid(shown.accepts, all);
  const value = given(all);
  const [known] = within('field type', () => type().encode(value.type));
  if (value.data !== undefined) return other.encode(value as never, abi);
  if (known === IPV6_SRCRT_TYPE_4) return encodeSegments(value, abi);
  if (known !== IPV6_SRCRT_TYPE_0 && known !== IPV6_SRCRT_TYPE_2) return other.encode(value as never, abi);
  return plain.encode({ segments_left: value.segments?.length ?? 0, ...value } as never, abi);
}

function decodeOne(found: Uint8Array, abi: Abi): RoutingHeader {
  const known = found[2];
  if (known === IPV6_SRCRT_TYPE_0 || known === IPV6_SRCRT_TYPE_2) return plain.decode(found, abi);
  if (known !== IPV6_SRCRT_TYPE_4) return other.decode(found, abi);
  const { segments: rest = new Uint8Array(), ...fields } = segmented.decode(found, abi);
  const end = ((fields.first_segment ?? 0) + 1) * 16;
  const hosts = segments.decode(rest.subarray(0, end), abi);
  const behind = tlvs.decode(rest.subarray(end), abi);
  return { ...fields, segments: hosts, ...(behind.length > 0 && { tlvs: behind }) };
}

/** struct ipv6_rt_hdr and what follows it, by its type (IPV6_RTHDR). A set writes the length. */
export function routingHeader(): Codec<RoutingHeader, RoutingHeaderInput> {
  const { ctype, accepts, align, parse } = shown;
  const encode = (value: RoutingHeaderInput, abi = hostAbi): Uint8Array => withLength(encodeOne(value, abi), value);
  const byType: Codec<RoutingHeader, RoutingHeaderInput> = {
    ...{ ctype, accepts, align, parse, encode },
    variable: true,
    shape: { kind: 'struct', parts },
    size: () => 2040,
    decode: (found, abi = hostAbi) => decodeOne(found, abi),
    format: (value) => shown.format(value as never),
  };
  return {
    ...byType,
    decode(found, abi) {
      const header = ofLength(found);
      return exactly(byType, header, abi) ?? other.decode(header, abi);
    },
  };
}
