// The structs of CAN sockets against C, and what their sets take besides.
import { describe, expect, it } from 'vitest';
import { CAN_RAW_ERR_FILTER, CAN_RAW_FILTER } from '../../src/catalog/can.ts';
import { CAN_ISOTP_LL_OPTS, CAN_ISOTP_OPTS, CAN_ISOTP_RECV_FC } from '../../src/catalog/isotp.ts';
import { SO_J1939_FILTER } from '../../src/catalog/j1939.ts';
import { canRawVcidOptions } from '../../src/codec/can.ts';
import { compareWithC } from './c-cases.ts';
import { s390x } from './every.ts';

compareWithC('structs of CAN', ['netinet/in.h', 'linux/can/raw.h', 'linux/can/error.h'], {
  'filters of raw sockets': {
    type: 'struct can_filter',
    bytes: '2 * sizeof *p',
    fill: 'p[0].can_id = 0x123 | CAN_INV_FILTER | CAN_EFF_FLAG; p[0].can_mask = CAN_EFF_FLAG | 0x7ff; p[1].can_id = 5;',
    codec: CAN_RAW_FILTER.codec,
    value: [
      { can_id: 0x80000123, can_mask: 0x800007ff, inverted: true },
      { can_id: 5, can_mask: 0, inverted: false },
    ],
  },
  'classes of errors': {
    type: 'can_err_mask_t',
    fill: '*p = CAN_ERR_ACK | CAN_ERR_RESTARTED;',
    codec: CAN_RAW_ERR_FILTER.codec,
    value: ['CAN_ERR_ACK', 'CAN_ERR_RESTARTED'],
  },
});

compareWithC('structs of ISO-TP', ['netinet/in.h', 'linux/can/isotp.h'], {
  options: {
    type: 'struct can_isotp_options',
    fill:
      'p->flags = CAN_ISOTP_LISTEN_MODE | CAN_ISOTP_CF_BROADCAST; p->frame_txtime = CAN_ISOTP_FRAME_TXTIME_ZERO;' +
      'p->ext_address = 1; p->txpad_content = 2; p->rxpad_content = 3; p->rx_ext_address = 4;',
    codec: CAN_ISOTP_OPTS.codec,
    value: {
      flags: ['CAN_ISOTP_LISTEN_MODE', 'CAN_ISOTP_CF_BROADCAST'],
      frame_txtime: 0xffffffff,
      ext_address: 1,
      txpad_content: 2,
      rxpad_content: 3,
      rx_ext_address: 4,
    },
  },
  'flow control': {
    type: 'struct can_isotp_fc_options',
    fill: 'p->bs = 8; p->stmin = 0xf1; p->wftmax = 2;',
    codec: CAN_ISOTP_RECV_FC.codec,
    value: { bs: 8, stmin: 0xf1, wftmax: 2 },
  },
  'link layer': {
    type: 'struct can_isotp_ll_options',
    fill: 'p->mtu = CANFD_MTU; p->tx_dl = 64; p->tx_flags = CANFD_BRS;',
    codec: CAN_ISOTP_LL_OPTS.codec,
    value: { mtu: 72, tx_dl: 64, tx_flags: ['CANFD_BRS'] },
  },
});

compareWithC('structs of J1939', ['netinet/in.h', 'linux/can/j1939.h'], {
  filters: {
    type: 'struct j1939_filter',
    bytes: '2 * sizeof *p',
    fill:
      'p[0].name = 0x1122334455667788ULL; p[0].name_mask = ~0ULL; p[0].pgn = 0xea00; p[0].pgn_mask = 0x3ff00;' +
      'p[0].addr = 0x20; p[0].addr_mask = 0xff; p[1].addr = 1;',
    codec: SO_J1939_FILTER.codec,
    value: [
      {
        name: 0x1122334455667788n,
        name_mask: 0xffffffffffffffffn,
        pgn: 0xea00,
        pgn_mask: 0x3ff00,
        addr: 0x20,
        addr_mask: 0xff,
      },
      { name: 0n, name_mask: 0n, pgn: 0, pgn_mask: 0, addr: 1, addr_mask: 0 },
    ],
  },
});

describe('sets of CAN options', () => {
  it('writes identifiers in hex, and reads filters from JSON', () => {
    const { codec, input } = CAN_RAW_FILTER;
    const parsed = input.parse('[{"can_id":"0x123","can_mask":2047},{"can_id":1,"can_mask":1,"inverted":true}]');
    const bytes = input.encode(parsed as never);
    expect(codec.format(codec.decode(bytes))).toBe(
      '{can_id=0x123,can_mask=0x7ff,inverted=off},{can_id=0x1,can_mask=0x1,inverted=on}',
    );
    expect(input.encode([])).toEqual(new Uint8Array());
  });

  it('keeps the flag of inverted filters where big-endian systems have it', () => {
    const { input, codec } = CAN_RAW_FILTER;
    const bytes = input.encode([{ can_id: 1, can_mask: 2, inverted: true }], s390x);
    expect([...bytes]).toEqual([0x20, 0, 0, 1, 0, 0, 0, 2]);
    expect(codec.decode(bytes, s390x)).toEqual([{ can_id: 1, can_mask: 2, inverted: true }]);
  });

  it('lays out virtual networks as linux/can/raw.h of 6.9 has them', () => {
    const value = { flags: ['CAN_RAW_XL_VCID_TX_SET', 'CAN_RAW_XL_VCID_RX_FILTER'], tx_vcid: 1, rx_vcid: 2 } as const;
    expect([...canRawVcidOptions().encode({ ...value, rx_vcid_mask: 3 })]).toEqual([5, 1, 2, 3]);
  });
});
