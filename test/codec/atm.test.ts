// ATM's structs, compared with what C makes of them; and their texts.
import { describe, expect, it } from 'vitest';
import { atmCirange, atmQos, atmSap, sockaddrAtmpvc } from '../../src/codec/atm.ts';
import { fromHex, toHex } from '../../src/codec/bytes.ts';
import type { Codec } from '../../src/codec/codec.ts';
import * as atm from '../../src/constants/atm.ts';
import { interfaces } from './c-cases.ts';
import { type Filled, fillInC, missingInC } from './c-fills.ts';
import { s390x, x64 } from './every.ts';

const headers = ['linux/atm.h', 'linux/atmsap.h', 'linux/atmdev.h'];
const head = `#include <stdint.h>\n${headers.map((header) => `#include <${header}>`).join('\n')}`;

interface Case extends Filled {
  name: string;
  codec: Codec<unknown, unknown>;
  value: unknown;
}
const of = (codec: unknown): Codec<unknown, unknown> => codec as Codec<unknown, unknown>;

const traffic = {
  traffic_class: 4,
  max_pcr: -1,
  pcr: 1000,
  min_pcr: 10,
  max_cdv: 500,
  max_sdu: 1500,
  icr: 0xabcdef,
  tbe: 0x123456,
  frtt: 0xfedcba,
  rif: 9,
  rdf: 6,
  nrm_pres: 1,
  trm_pres: 0,
  adtf_pres: 1,
  cdf_pres: 0,
  nrm: 5,
  trm: 2,
  adtf: 0x2a5,
  cdf: 3,
};
const still = Object.fromEntries(Object.keys(traffic).map((name) => [name, 0]));
const fillTraffic = Object.entries(traffic)
  .map(([name, value]) => `p->txtp.${name} = ${value};`)
  .join(' ');
const nobody = { l2_proto: 0, l2: {}, l3_proto: 0, l3: {} };
const anybody = { hl_type: 0, hl_length: 0, hl_info: new Uint8Array(8) };

const cases: Case[] = [
  {
    name: 'atm_qos',
    codec: of(atmQos()),
    value: { txtp: traffic, rxtp: { ...still, traffic_class: 1 }, aal: 5 },
    type: 'struct atm_qos',
    fill: `${fillTraffic} p->rxtp.traffic_class = ATM_UBR; p->aal = ATM_AAL5;`,
  },
  {
    name: 'atm_sap with HDLC, and X.25',
    codec: of(atmSap()),
    value: {
      bhli: { hl_type: 2, hl_length: 3, hl_info: Uint8Array.of(1, 2, 3, 0, 0, 0, 0, 0) },
      blli: [
        { l2_proto: 10, l2: { itu: { mode: 1, window: 7 } }, l3_proto: 0, l3: {} },
        { l2_proto: 0, l2: {}, l3_proto: 6, l3: { itu: { mode: 2, def_size: 8, window: 127 } } },
        { l2_proto: 16, l2: { user: 0x5a }, l3_proto: 16, l3: { user: 0xa5 } },
      ],
    },
    type: 'struct atm_sap',
    fill: `p->bhli.hl_type = ATM_HL_USER; p->bhli.hl_length = 3; memcpy(p->bhli.hl_info, "\\1\\2\\3", 3);
      p->blli[0].l2_proto = ATM_L2_HDLC_NRM; p->blli[0].l2.itu.mode = ATM_IMD_NORMAL; p->blli[0].l2.itu.window = 7;
      p->blli[1].l3_proto = ATM_L3_X25; p->blli[1].l3.itu.mode = ATM_IMD_EXTENDED;
      p->blli[1].l3.itu.def_size = 8; p->blli[1].l3.itu.window = 127; p->blli[2].l2_proto = ATM_L2_USER;
      p->blli[2].l2.user = 0x5a; p->blli[2].l3_proto = ATM_L3_USER; p->blli[2].l3.user = 0xa5;`,
  },
  {
    name: 'atm_sap with H.310, and TR 9577',
    codec: of(atmSap()),
    value: {
      bhli: anybody,
      blli: [
        { ...nobody, l3_proto: 12, l3: { h310: { term_type: 3, fw_mpx_cap: 1, bw_mpx_cap: 5 } } },
        { ...nobody, l3_proto: 11, l3: { tr9577: { ipi: 0x80, snap: Uint8Array.of(1, 2, 3, 4, 5) } } },
        nobody,
      ],
    },
    type: 'struct atm_sap',
    fill: `p->blli[0].l3_proto = ATM_L3_H310; p->blli[0].l3.h310.term_type = ATM_TT_RXTX;
      p->blli[0].l3.h310.fw_mpx_cap = ATM_MC_TS; p->blli[0].l3.h310.bw_mpx_cap = ATM_MC_H221;
      p->blli[1].l3_proto = ATM_L3_TR9577; p->blli[1].l3.tr9577.ipi = 0x80;
      memcpy(p->blli[1].l3.tr9577.snap, "\\1\\2\\3\\4\\5", 5);`,
  },
  {
    name: 'sockaddr_atmpvc',
    codec: of(sockaddrAtmpvc()),
    value: { family: 8, itf: 1, vpi: -2, vci: 100_000 },
    type: 'struct sockaddr_atmpvc',
    fill: 'p->sap_family = AF_ATMPVC; p->sap_addr.itf = 1; p->sap_addr.vpi = -2; p->sap_addr.vci = 100000;',
  },
  {
    name: 'atm_cirange',
    codec: of(atmCirange()),
    value: { vpi_bits: 8, vci_bits: -1 },
    type: 'struct atm_cirange',
    fill: 'p->vpi_bits = 8; p->vci_bits = ATM_CI_MAX;',
  },
];

const missing = missingInC(headers);

describe.each(interfaces)('ATM structs in C, %s', (title, compiler, abi) => {
  const inC = missing === undefined ? fillInC(head, cases, compiler) : undefined;
  for (const [at, { name, codec, value }] of cases.entries()) {
    it(name, (context) => {
      if (inC === undefined) return context.skip(missing ?? `no C compiler for ${title}`);
      expect(toHex(codec.encode(value, abi))).toBe(inC[at]);
      const read = codec.decode(fromHex(inC[at] as string) as Uint8Array, abi);
      expect(read).toEqual(value);
      expect(toHex(codec.encode(codec.parse(codec.format(read)), abi))).toBe(inC[at]);
    });
  }
});

describe('constants of ATM', () => {
  it('has the names of the headers', (context) => {
    if (missing) context.skip(missing);
    const names = Object.values(atm).flatMap((table) => (typeof table === 'object' ? Object.entries(table) : []));
    const seen = fillInC(
      head,
      names.map(([name]) => ({ type: 'uint8_t', fill: `*p = ${name};` })),
    );
    expect(names.map(([, value]) => toHex(Uint8Array.of(value)))).toEqual(seen);
  });
});

describe('atmQos', () => {
  const codec = atmQos();

  it('lays bits out as big-endian compilers do', () => {
    const value = codec.decode(
      codec.encode({ txtp: { traffic_class: 1, frtt: 1 }, rxtp: { traffic_class: 0 }, aal: 5 }),
    );
    const bytes = codec.encode(value, s390x);
    expect(toHex(bytes.subarray(32, 36))).toBe('00000100');
    expect(codec.decode(bytes, s390x)).toEqual(value);
    expect(toHex(codec.encode(value, x64).subarray(32, 36))).toBe('01000000');
  });

  it('can be written in a shell', () => {
    const line = 'txtp={traffic_class=CBR,max_pcr=max,max_sdu=1500},rxtp={traffic_class=none},aal=ATM_AAL5';
    const read = codec.decode(codec.encode(codec.parse(line) as never));
    expect(read).toMatchObject({ txtp: { traffic_class: 2, max_pcr: -1, max_sdu: 1500 }, aal: 5 });
    expect(codec.format(read)).toContain('traffic_class=ATM_CBR,max_pcr=max');
    expect(() => codec.encode({ txtp: {}, rxtp: { traffic_class: 0 }, aal: 5 } as never)).toThrow(/traffic_class/);
    expect(() => codec.encode({ txtp: { traffic_class: 1, cdf: 8 }, rxtp: { traffic_class: 0 }, aal: 5 })).toThrow(
      /from 0 to 7/,
    );
  });
});

describe('atmSap', () => {
  const codec = atmSap();

  it('fills in what is left out, the length of hl_info included', () => {
    const read = codec.decode(codec.encode({ bhli: { hl_type: 'ATM_HL_ISO', hl_info: Uint8Array.of(7, 8) } }));
    expect(read.bhli).toMatchObject({ hl_type: 1, hl_length: 2 });
    expect(read.blli).toEqual([nobody, nobody, nobody]);
  });

  it('can be written in a shell', () => {
    const line = 'blli={{l2_proto=ISO8802},{l3_proto=TR9577,l3={tr9577={ipi=0x80,snap=0102030405}}},""}';
    const json =
      '{"blli":[{"l2_proto":"ISO8802"},{"l3_proto":"TR9577","l3":{"tr9577":{"ipi":128,"snap":"0102030405"}}},{}]}';
    const bytes = codec.encode(codec.parse(line) as never);
    expect(codec.decode(bytes).blli[1]).toMatchObject({ l3: { tr9577: { ipi: 0x80 } } });
    expect(codec.encode(codec.parse(json) as never)).toEqual(bytes);
    expect(() => codec.parse('blli={{l2_proto=ISO8802}}')).not.toThrow();
    expect(() => codec.encode({ blli: [{}] as never })).toThrow(/a list of 3/);
  });
});
