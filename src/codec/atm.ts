// The structs of ATM's options: what traffic a connection has, whom it serves, and its address.
import {
  atmAals,
  atmClasses,
  atmHighLayers,
  atmL2Protocols,
  atmL3Protocols,
  atmModes,
  atmMultiplexing,
  atmTerminals,
} from '../constants/atm.ts';
import { bytes } from './bytes.ts';
import type { Codec } from './codec.ts';
import { type EnumInput, enumeration } from './enumeration.ts';
import { at, bits, layout, number } from './layout.ts';
import { list } from './list.ts';
import { int, u8, u32 } from './scalar.ts';
import { sized } from './sized.ts';
import { struct } from './struct.ts';
import { union } from './union.ts';

/** Traffic in one direction; rates are cells per second, -1 (`max`) is what the line has. */
export interface AtmTraffic {
  traffic_class: number;
  max_pcr: number;
  pcr: number;
  min_pcr: number;
  /** Microseconds. */
  max_cdv: number;
  /** Bytes. */
  max_sdu: number;
  icr: number;
  tbe: number;
  frtt: number;
  rif: number;
  rdf: number;
  nrm_pres: number;
  trm_pres: number;
  adtf_pres: number;
  cdf_pres: number;
  nrm: number;
  trm: number;
  adtf: number;
  cdf: number;
}
/** What a set takes: only the class must be given. */
export type AtmTrafficInput = Partial<Omit<AtmTraffic, 'traffic_class'>> & {
  traffic_class: EnumInput<keyof typeof atmClasses>;
};

const rate = () => int({ words: { max: -1 } });
const few = (offset: number, shift: number, width: number) =>
  bits(offset, 4, shift, width, u32({ max: 2 ** width - 1 }));

const trafficFields = {
  traffic_class: bits(0, 1, 0, 8, enumeration(atmClasses)),
  max_pcr: at(4, rate()),
  pcr: at(8, rate()),
  min_pcr: at(12, rate()),
  max_cdv: at(16, int({ unit: 'us' })),
  max_sdu: at(20, int({ unit: 'bytes' })),
  icr: number(24, 4),
  tbe: number(28, 4),
  frtt: few(32, 0, 24),
  rif: few(32, 24, 4),
  rdf: few(32, 28, 4),
  nrm_pres: few(36, 0, 1),
  trm_pres: few(36, 1, 1),
  adtf_pres: few(36, 2, 1),
  cdf_pres: few(36, 3, 1),
  nrm: few(36, 4, 3),
  trm: few(36, 7, 3),
  adtf: few(36, 10, 10),
  cdf: few(36, 20, 3),
} as const;

/** struct atm_trafprm: traffic in one direction. */
function traffic(): Codec<AtmTraffic, AtmTrafficInput> {
  const optional = (Object.keys(trafficFields) as (keyof AtmTraffic)[]).slice(1);
  return layout<AtmTraffic, AtmTrafficInput>({
    ctype: 'struct atm_trafprm',
    size: 40,
    fields: trafficFields,
    optional,
  });
}

/** What a connection wants: traffic in both directions, and the adaptation layer. */
export interface AtmQos<Traffic = AtmTraffic, Aal = number> {
  txtp: Traffic;
  rxtp: Traffic;
  aal: Aal;
}

/** struct atm_qos: traffic out and in, and the adaptation layer. */
export function atmQos() {
  return layout<AtmQos, AtmQos<AtmTrafficInput, EnumInput<keyof typeof atmAals>>>({
    ctype: 'struct atm_qos',
    size: 84,
    fields: { txtp: at(0, traffic()), rxtp: at(40, traffic()), aal: bits(80, 1, 0, 8, enumeration(atmAals)) },
  });
}

const short = () => sized(int({ min: -0x8000, max: 0x7fff }), 's16');

/** struct sockaddr_atmpvc: a permanent connection as interface, path and channel. */
export function sockaddrAtmpvc() {
  return layout<{ family: number; itf: number; vpi: number; vci: number }>({
    ctype: 'struct sockaddr_atmpvc',
    size: 12,
    fields: { family: number(0, 2), itf: at(4, short()), vpi: at(6, short()), vci: at(8, int()) },
  });
}

const byte = <const T extends Readonly<Record<string, number>>>(names: T) => sized(enumeration(names), 'u8');

const l2 = union(
  'union l2',
  {
    itu: struct('itu', { mode: byte(atmModes), window: u8({ max: 127 }) }, { defaults: { mode: 0, window: 0 } }),
    user: u8(),
  },
  { size: 2, align: 1, fits: 'within' },
);
const l3 = union(
  'union l3',
  {
    itu: struct(
      'itu',
      { mode: byte(atmModes), def_size: u8({ max: 12 }), window: u8({ max: 127 }) },
      { defaults: { mode: 0, def_size: 0, window: 0 } },
    ),
    user: u8(),
    h310: struct(
      'h310',
      { term_type: byte(atmTerminals), fw_mpx_cap: byte(atmMultiplexing), bw_mpx_cap: byte(atmMultiplexing) },
      { defaults: { fw_mpx_cap: 0, bw_mpx_cap: 0 } },
    ),
    tr9577: struct('tr9577', { ipi: u8(), snap: bytes({ size: 5 }) }, { defaults: { snap: new Uint8Array(5) } }),
  },
  { size: 6, align: 1, fits: 'within' },
);

/** The member of a layer's union that its protocol uses. */
function memberOf(protocol: number, own: Readonly<Record<number, string>>): string | undefined {
  return protocol === 0 ? undefined : (own[protocol] ?? 'itu');
}
const ownL2 = { [atmL2Protocols.ATM_L2_USER]: 'user' };
const ownL3 = {
  [atmL3Protocols.ATM_L3_USER]: 'user',
  [atmL3Protocols.ATM_L3_H310]: 'h310',
  [atmL3Protocols.ATM_L3_TR9577]: 'tr9577',
};

function only<T extends object>(value: T, member: string | undefined): T {
  return Object.fromEntries(Object.entries(value).filter(([name]) => name === member)) as T;
}

/** struct atm_blli: the protocols above, and what each is told; a read has the member that the protocol uses. */
function lowLayers() {
  const whole = struct(
    'struct atm_blli',
    { l2_proto: byte(atmL2Protocols), l2, l3_proto: byte(atmL3Protocols), l3 },
    { defaults: { l2_proto: 0, l2: {}, l3_proto: 0, l3: {} } },
  );
  const decode: typeof whole.decode = (found, abi) => {
    const value = whole.decode(found, abi);
    return {
      ...value,
      l2: only(value.l2, memberOf(value.l2_proto, ownL2)),
      l3: only(value.l3, memberOf(value.l3_proto, ownL3)),
    };
  };
  return { ...whole, decode };
}

/** struct atm_bhli: whom the connection is for. The length is that of hl_info where a set does not give it. */
function highLayer() {
  const whole = struct(
    'struct atm_bhli',
    { hl_type: byte(atmHighLayers), hl_length: u8({ max: 8 }), hl_info: bytes({ size: 8 }) },
    { defaults: { hl_type: 0, hl_length: 0, hl_info: new Uint8Array() } },
  );
  const encode: typeof whole.encode = (value, abi) =>
    whole.encode({ ...value, hl_length: value?.hl_length ?? value?.hl_info?.byteLength ?? 0 }, abi);
  return { ...whole, encode };
}

/** struct atm_sap: the service access point of a switched connection: the layers above, at most three alternatives. */
export function atmSap() {
  const none = [{}, {}, {}] as const;
  return struct(
    'struct atm_sap',
    { bhli: highLayer(), blli: list(lowLayers(), { count: 3 }) },
    { defaults: { bhli: {}, blli: none } },
  );
}

/** struct atm_cirange: bits of path and channel numbers that an interface uses; -1 (`max`): as many as it has. */
export function atmCirange() {
  const count = () => sized(int({ min: -1, max: 127, words: { max: -1 } }), 's8');
  return struct('struct atm_cirange', { vpi_bits: count(), vci_bits: count() });
}
