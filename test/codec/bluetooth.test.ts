// Bluetooth's structs, compared with what C makes of them; and their texts.
import { describe, expect, it } from 'vitest';
import {
  btCodecs,
  btConnInfo,
  btIsoQos,
  btPower,
  btSecurity,
  btVoice,
  l2capOptions,
  scoOptions,
} from '../../src/codec/bluetooth.ts';
import { fromHex, toHex } from '../../src/codec/bytes.ts';
import type { Codec } from '../../src/codec/codec.ts';
import { hciFilter } from '../../src/codec/hci.ts';
import { hciEvents } from '../../src/constants/bluetooth.ts';
import { interfaces } from './c-cases.ts';
import { type Filled, fillInC, missingInC } from './c-fills.ts';
import { s390x, x64 } from './every.ts';

const headers = [
  'bluetooth/bluetooth.h',
  'bluetooth/hci.h',
  'bluetooth/hci_lib.h',
  'bluetooth/l2cap.h',
  'bluetooth/rfcomm.h',
  'bluetooth/sco.h',
];

// The header of Debian 12 has an older form of the struct: declared here as the kernel has had it since 6.4.
const head = `${headers.map((header) => `#include <${header}>`).join('\n')}
struct ucast_qos { uint8_t cig, cis, sca, packing, framing; struct bt_iso_io_qos in, out; };
struct bcast_qos { uint8_t big, bis, sync_factor, packing, framing; struct bt_iso_io_qos in, out;
  uint8_t encryption, bcode[16], options; uint16_t skip, sync_timeout; uint8_t sync_cte_type, mse; uint16_t timeout; };
struct iso_qos { union { struct ucast_qos ucast; struct bcast_qos bcast; }; };
struct one_codec { uint8_t num; uint8_t id; uint16_t cid, vid; uint8_t path, caps, len; } __attribute__((packed));
`;

interface Case extends Filled {
  name: string;
  codec: Codec<unknown, unknown>;
  value: unknown;
  /** What a read has, where that is more than was set. */
  reads?: unknown;
}
const of = (codec: unknown): Codec<unknown, unknown> => codec as Codec<unknown, unknown>;

const silent = { interval: 0, latency: 0, sdu: 0, phy: [], rtn: 0 };
const stream = { interval: 10_000, latency: 20, sdu: 120, phy: ['BT_ISO_PHY_2M'], rtn: 5 };
const fillStream = (at: string): string =>
  `p->${at}.interval = 10000; p->${at}.latency = 20; p->${at}.sdu = 120; p->${at}.phy = 2; p->${at}.rtn = 5;`;
const bcode = Uint8Array.from({ length: 16 }, (_, at) => at + 1);
const bcast = {
  big: 1,
  bis: 0xff,
  sync_factor: 24,
  packing: 1,
  framing: 0,
  in: silent,
  out: stream,
  encryption: 1,
  bcode,
  options: 3,
  skip: 0x123,
  sync_timeout: 0x4000,
  sync_cte_type: 4,
  mse: 31,
  timeout: 0x1234,
};

const cases: Case[] = [
  {
    name: 'bt_security',
    codec: of(btSecurity()),
    value: { level: 3, key_size: 16 },
    type: 'struct bt_security',
    fill: 'p->level = BT_SECURITY_HIGH; p->key_size = 16;',
  },
  {
    name: 'bt_power',
    codec: of(btPower()),
    value: { force_active: true },
    type: 'struct bt_power',
    fill: 'p->force_active = BT_POWER_FORCE_ACTIVE_ON;',
  },
  {
    name: 'bt_voice',
    codec: of(btVoice()),
    value: { setting: 0x60 },
    type: 'struct bt_voice',
    fill: 'p->setting = BT_VOICE_CVSD_16BIT;',
  },
  {
    name: 'bt_iso_qos of one device',
    codec: of(btIsoQos()),
    value: { ucast: { cig: 1, cis: 2, sca: 7, packing: 1, framing: 1, in: stream, out: silent } },
    reads: { ucast: { cig: 1, cis: 2, sca: 7, packing: 1, framing: 1, in: stream, out: silent } },
    type: 'struct iso_qos',
    fill: `p->ucast.cig = 1; p->ucast.cis = 2; p->ucast.sca = 7; p->ucast.packing = 1; p->ucast.framing = 1; ${fillStream('ucast.in')}`,
  },
  {
    name: 'bt_iso_qos of a broadcast',
    codec: of(btIsoQos()),
    value: { bcast },
    reads: { bcast },
    type: 'struct iso_qos',
    fill: `p->bcast.big = 1; p->bcast.bis = 255; p->bcast.sync_factor = 24; p->bcast.packing = 1; ${fillStream('bcast.out')}
      p->bcast.encryption = 1; for (int i = 0; i < 16; i++) p->bcast.bcode[i] = i + 1; p->bcast.options = 3;
      p->bcast.skip = 0x123; p->bcast.sync_timeout = 0x4000; p->bcast.sync_cte_type = 4; p->bcast.mse = 31;
      p->bcast.timeout = 0x1234;`,
  },
  {
    name: 'bt_codecs of one codec',
    codec: of(btCodecs()),
    value: [{ id: 5, cid: 0x1234, vid: 0x5678, data_path: 1, caps: [] }],
    type: 'struct bt_codecs',
    bytes: '8',
    fill: 'p->num_codecs = 1; p->codecs[0].id = 5; p->codecs[0].cid = 0x1234; p->codecs[0].vid = 0x5678; p->codecs[0].data_path_id = 1;',
  },
  {
    name: 'bt_codecs with a capability',
    codec: of(btCodecs()),
    value: [{ id: 2, cid: 1, vid: 2, data_path: 3, caps: [Uint8Array.of(9, 8, 7)] }],
    type: 'struct one_codec',
    bytes: '12',
    fill: 'p->num = 1; p->id = 2; p->cid = 1; p->vid = 2; p->path = 3; p->caps = 1; p->len = 3; memcpy((char *)p + 9, "\\x09\\x08\\x07", 3);',
  },
  {
    name: 'hci_filter',
    codec: of(hciFilter()),
    value: {
      type_mask: ['HCI_ACLDATA_PKT', 'HCI_EVENT_PKT'],
      event_mask: ['EVT_DISCONN_COMPLETE', 'EVT_CMD_COMPLETE', '0x1f', 'EVT_LE_META_EVENT', 'EVT_VENDOR'],
      opcode: 0x0c03,
    },
    type: 'struct hci_filter',
    fill: `hci_filter_clear(p); hci_filter_set_ptype(HCI_EVENT_PKT, p); hci_filter_set_ptype(HCI_ACLDATA_PKT, p);
      hci_filter_set_event(EVT_CMD_COMPLETE, p); hci_filter_set_event(EVT_LE_META_EVENT, p);
      hci_filter_set_event(EVT_DISCONN_COMPLETE, p); hci_filter_set_event(0x1f, p);
      p->event_mask[1] |= 0x80000000; hci_filter_set_opcode(htobs(0x0c03), p);`,
  },
  {
    name: 'hci_filter of all events',
    codec: of(hciFilter()),
    value: { type_mask: ['HCI_VENDOR_PKT'], event_mask: 'all', opcode: 0 },
    reads: undefined,
    type: 'struct hci_filter',
    fill: 'hci_filter_set_ptype(HCI_VENDOR_PKT, p); hci_filter_all_events(p);',
  },
  {
    name: 'l2cap_options',
    codec: of(l2capOptions()),
    value: { omtu: 1, imtu: 1024, flush_to: 65535, mode: 3, fcs: 1, max_tx: 5, txwin_size: 63 },
    type: 'struct l2cap_options',
    fill: `p->omtu = 1; p->imtu = 1024; p->flush_to = 65535; p->mode = L2CAP_MODE_ERTM; p->fcs = 1; p->max_tx = 5;
      p->txwin_size = 63;`,
  },
  ...(['l2cap_conninfo', 'rfcomm_conninfo', 'sco_conninfo'] as const).map((name) => ({
    name,
    codec: of(btConnInfo(name)),
    value: { hci_handle: 0x2a, dev_class: 0x5a020c },
    type: `struct ${name}`,
    fill: 'p->hci_handle = 0x2a; p->dev_class[0] = 0x0c; p->dev_class[1] = 0x02; p->dev_class[2] = 0x5a;',
  })),
  {
    name: 'sco_options',
    codec: of(scoOptions()),
    value: { mtu: 60 },
    type: 'struct sco_options',
    fill: 'p->mtu = 60;',
  },
];

const missing = missingInC(headers);

describe.each(interfaces)('Bluetooth structs in C, %s', (title, compiler, abi) => {
  const inC = missing === undefined ? fillInC(head, cases, compiler) : undefined;
  for (const [at, { name, codec, value, ...rest }] of cases.entries()) {
    it(name, (context) => {
      if (inC === undefined) return context.skip(missing ?? `no C compiler for ${title}`);
      const bytes = fromHex(inC[at] as string) as Uint8Array;
      expect(toHex(codec.encode(value, abi))).toBe(inC[at]);
      const read = codec.decode(bytes, abi);
      if (!('reads' in rest)) expect(read).toEqual(value);
      else if (rest.reads !== undefined) expect(read).toMatchObject(rest.reads as object);
      expect(toHex(codec.encode(codec.parse(codec.format(read)), abi))).toBe(inC[at]);
    });
  }
});

it('knows the events of hci.h', (context) => {
  if (missing) context.skip(missing);
  const names = Object.keys(hciEvents);
  const seen = fillInC(
    head,
    names.map((name) => ({ type: 'uint8_t', fill: `*p = ${name} & 63;` })),
  );
  expect(Object.values(hciEvents).map((code) => toHex(Uint8Array.of(code)))).toEqual(seen);
});

describe('btIsoQos', () => {
  const codec = btIsoQos();

  it('fills in what is left out', () => {
    const ucast = codec.decode(codec.encode({ ucast: {} })).ucast;
    expect(ucast).toEqual({ cig: 255, cis: 255, sca: 0, packing: 0, framing: 0, in: silent, out: silent });
    const read = codec.decode(codec.encode({ bcast: {} })).bcast;
    expect(read).toMatchObject({ big: 255, bis: 255, sync_factor: 1, sync_timeout: 2000, timeout: 2000 });
  });

  it('takes back what was read, and one content only', () => {
    const read = codec.decode(codec.encode({ bcast }));
    expect(Object.keys(read)).toEqual(['ucast', 'bcast']);
    expect(codec.decode(codec.encode(read as never))).toEqual(read);
    expect(() => codec.encode({ ucast: { cig: 9 }, bcast } as never)).toThrow(/of one content/);
    expect(() => codec.encode({ other: 1 } as never)).toThrow(/not other/);
    expect(() => codec.encode({ bcast: { options: 8 } })).toThrow(/in member bcast/);
  });

  it('has no broadcast in the 32 bytes of Linux 6.0', () => {
    const read = codec.decode(codec.encode({ ucast: { cig: 3 } }).subarray(0, 32));
    expect(Object.keys(read)).toEqual(['ucast']);
  });

  it('can be written in a shell', () => {
    const line = 'ucast={cig=1,cis=2,out={interval=10000,latency=10,sdu=40,phy=2M,rtn=2}}';
    const json = '{"ucast":{"cig":1,"cis":2,"out":{"interval":10000,"latency":10,"sdu":40,"phy":"2M","rtn":2}}}';
    const bytes = codec.encode(codec.parse(line) as never);
    expect(codec.decode(bytes).ucast).toMatchObject({ cig: 1, cis: 2, out: { sdu: 40, phy: ['BT_ISO_PHY_2M'] } });
    expect(codec.encode(codec.parse(json) as never)).toEqual(bytes);
  });
});

describe('btCodecs', () => {
  const codec = btCodecs();
  const two = [
    { id: 2, cid: 0, vid: 0, data_path: 0, caps: [] },
    { id: 255, cid: 0x1d, vid: 3, data_path: 1, caps: [Uint8Array.of(1, 2), Uint8Array.of()] },
  ];

  it('keeps lists in lists', () => {
    for (const abi of [x64, s390x]) expect(codec.decode(codec.encode(two, abi), abi)).toEqual(two);
    expect(toHex(codec.encode(two, s390x))).toBe('0202000000000000ff001d0003010202010200');
    expect(codec.decode(codec.encode(codec.parse(codec.format(two)) as never))).toEqual(two);
    expect(codec.decode(codec.encode(codec.parse('[{"id":"MSBC","data_path":1}]') as never))).toEqual([
      { id: 5, cid: 0, vid: 0, data_path: 1, caps: [] },
    ]);
  });

  it('leaves out what did not come back', () => {
    const bytes = codec.encode(two);
    expect(codec.decode(bytes.subarray(0, 10))).toEqual(two.slice(0, 1));
    expect(codec.decode(new Uint8Array())).toEqual([]);
    for (let end = 0; end < bytes.byteLength; end += 1) codec.decode(bytes.subarray(0, end));
  });

  it('refuses what it cannot pass on', () => {
    const take = codec.encode as (value: unknown) => Uint8Array;
    expect(() => take(null)).toThrow(/a list/);
    expect(() => take([1])).toThrow(/fields id/);
    expect(() => take([{ id: 2, name: 1 }])).toThrow(/not name \(in element 0\)|not name/);
    expect(() => take([{ id: 2, caps: 5 }])).toThrow(/fields id/);
    expect(() => take([{ id: 2, caps: [new Uint8Array(256)] }])).toThrow(/at most 255 bytes/);
  });
});

describe('hciFilter', () => {
  const codec = hciFilter();

  it('reads and writes names of events', () => {
    const read = codec.parse('type_mask=EVENT_PKT,event_mask=cmd_complete|EVT_CMD_STATUS|0x1f') as never;
    const value = codec.decode(codec.encode(read));
    expect(value).toEqual({
      type_mask: ['HCI_EVENT_PKT'],
      event_mask: ['EVT_CMD_COMPLETE', 'EVT_CMD_STATUS', '0x1f'],
      opcode: 0,
    });
    expect(codec.format(value)).toBe(
      'type_mask=HCI_EVENT_PKT,event_mask=EVT_CMD_COMPLETE|EVT_CMD_STATUS|0x1f,opcode=0',
    );
    const all = codec.decode(codec.encode({ type_mask: 0, event_mask: 'all' }));
    expect(all.event_mask).toHaveLength(64);
    expect(codec.format(all)).toBe('type_mask=none,event_mask=all,opcode=0');
    expect(codec.decode(codec.encode(codec.parse('type_mask=0,event_mask=none') as never)).event_mask).toEqual([]);
  });

  it('has the lower word first on every system', () => {
    expect(toHex(codec.encode({ type_mask: 0, event_mask: [1, 62], opcode: 0x0c03 }, s390x))).toBe(
      '00000000' + '00000002' + '40000000' + '030c0000',
    );
  });

  it('refuses other events', () => {
    for (const event_mask of ['some', 5, ['EVT_OTHER'], [64], [-1], [1.5], [null]]) {
      expect(() => codec.encode({ type_mask: 0, event_mask } as never)).toThrow(/names of events/);
    }
    expect(() => codec.parse('type_mask=0,event_mask=nonsense')).toThrow(/names of events/);
  });
});
