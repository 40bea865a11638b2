// The options of families that few kernels have: each sample is encoded, decoded, written and compared with C's bytes.
import { describe, expect, it } from 'vitest';
import { fromHex, toHex } from '../../src/codec/bytes.ts';
import { type AnyOption, options } from '../../src/index.ts';
import { type Filled, fillInC, missingInC } from '../codec/c-fills.ts';
import { i386, s390x, x64 } from '../codec/every.ts';

const levels = new Set([
  ...['SOL_BLUETOOTH', 'SOL_HCI', 'SOL_L2CAP', 'SOL_RFCOMM', 'SOL_SCO', 'SOL_RXRPC', 'SOL_PPPOL2TP', 'SOL_NFC'],
  ...['SOL_PNPIPE', 'SOL_LLC', 'SOL_ATM', 'SOL_MCTP', 'SOL_IEEE802154', 'SOL_MISDN', 'SOL_IUCV', 'SOL_CAIF'],
  ...['SOL_X25', 'SOL_AX25', 'SOL_NETROM', 'SOL_ROSE', 'SOL_IPX'],
]);
const mine = options.filter(({ level, platforms }) => levels.has(level) && platforms.includes('linux'));

/** What C assigns for a sample: a number or a name; the structs are compared in test/codec/. */
const inC: Readonly<Record<string, [type: string, value: string]>> = {
  AX25_BACKOFF: ['int', '0'],
  AX25_EXTSEQ: ['int', '1'],
  AX25_IDLE: ['int', '30'],
  AX25_PACLEN: ['int', '128'],
  AX25_T1: ['int', '20'],
  AX25_WINDOW: ['int', '4'],
  BT_CHANNEL_POLICY: ['uint32_t', 'BT_CHANNEL_POLICY_BREDR_PREFERRED'],
  BT_DEFER_SETUP: ['uint32_t', '1'],
  BT_FLUSHABLE: ['uint32_t', 'BT_FLUSHABLE_ON'],
  BT_MODE: ['uint8_t', 'BT_MODE_EXT_FLOWCTL'],
  BT_PHY: ['uint32_t', 'BT_PHY_LE_2M_TX | BT_PHY_LE_2M_RX'],
  BT_PKT_SEQNUM: ['uint32_t', '1'],
  BT_PKT_STATUS: ['uint32_t', '1'],
  BT_RCVMTU: ['uint16_t', '512'],
  BT_SNDMTU: ['uint16_t', '512'],
  CAIFSO_LINK_SELECT: ['int', 'CAIF_LINK_LOW_LATENCY'],
  HCI_DATA_DIR: ['int', '1'],
  HCI_TIME_STAMP: ['int', '1'],
  L2CAP_LM: ['uint32_t', 'L2CAP_LM_AUTH | L2CAP_LM_ENCRYPT'],
  LLC_OPT_ACK_TMR_EXP: ['int', '5'],
  LLC_OPT_PKTINFO: ['int', '1'],
  LLC_OPT_RETRY: ['int', '7'],
  LLC_OPT_RX_WIN: ['int', '16'],
  LLC_OPT_SIZE: ['int', '1024'],
  MCTP_OPT_ADDR_EXT: ['int', '1'],
  NETROM_T1: ['int', '60'],
  NFC_LLCP_MIUX: ['uint32_t', '120'],
  NFC_LLCP_RW: ['uint32_t', '4'],
  PNPIPE_ENCAP: ['int', 'PNPIPE_ENCAP_IP'],
  PNPIPE_HANDLE: ['int', '7'],
  PNPIPE_INITSTATE: ['int', '1'],
  PPPOL2TP_SO_DEBUG: ['int', 'PPPOL2TP_MSG_CONTROL | PPPOL2TP_MSG_SEQ'],
  PPPOL2TP_SO_RECVSEQ: ['int', '1'],
  PPPOL2TP_SO_REORDERTO: ['int', '1000'],
  RFCOMM_LM: ['uint32_t', 'RFCOMM_LM_AUTH | RFCOMM_LM_ENCRYPT'],
  ROSE_T1: ['int', '100'],
  RXRPC_MANAGE_RESPONSE: ['unsigned int', '1'],
  RXRPC_MIN_SECURITY_LEVEL: ['unsigned int', 'RXRPC_SECURITY_ENCRYPT'],
  SO_IPRMDATA_MSG: ['int', '1'],
  SO_MSGLIMIT: ['int', '100'],
  SO_MULTIPOINT: ['int', '1'],
  SO_SETCLP: ['int', '1'],
  // The headers of the C library lack these names: the numbers are those of net/af_ieee802154.h in the kernel.
  WPAN_SECURITY: ['int', '2'],
  WPAN_SECURITY_LEVEL: ['int', '6'],
  WPAN_WANTACK: ['int', '0'],
  WPAN_WANTLQI: ['int', '1'],
  X25_QBITINCL: ['int', '1'],
};

const headers = [
  ...['stdint.h', 'bluetooth/bluetooth.h', 'bluetooth/l2cap.h', 'bluetooth/rfcomm.h', 'linux/caif/caif_socket.h'],
  ...['linux/phonet.h', 'linux/if_pppol2tp.h', 'linux/rxrpc.h'],
];

const settable = mine.filter(({ access }) => access === 'rw' || access === 'wo');
const encode = ({ input }: AnyOption, value: unknown): Uint8Array => input.encode(value as never);

describe('samples', () => {
  const missing = missingInC(headers);
  const asked = Object.entries(inC).map(([name, [type, value]]): Filled & { name: string } => ({
    name,
    type,
    fill: `*p = ${value};`,
  }));
  const head = headers.map((header) => `#include <${header}>`).join('\n');
  const seen = (missing === undefined && fillInC(head, asked)) || [];

  for (const [at, { name }] of asked.entries()) {
    it(`${name} has the bytes that C has`, (context) => {
      if (missing) context.skip(missing);
      const option = mine.find((one) => one.name === name) as AnyOption;
      expect(toHex(encode(option, option.declaration.sample))).toBe(seen[at]);
      const read = option.codec.decode(fromHex(seen[at] as string) as Uint8Array) as never;
      expect(toHex(encode(option, read))).toBe(seen[at]);
    });
  }

  for (const option of settable) {
    it(`${option.name} comes back from its bytes and its text`, () => {
      const { codec, declaration, input } = option;
      expect(declaration.sample, 'it has a sample').not.toBe(undefined);
      const bytes = encode(option, declaration.sample);
      const read = codec.decode(bytes) as never;
      expect(toHex(encode(option, read))).toBe(toHex(bytes));
      expect(toHex(encode(option, input.parse(codec.format(read))))).toBe(toHex(bytes));
    });
  }
});

describe('any bytes', () => {
  for (const { name, codec } of mine) {
    it(`${name} can be read and written as text`, () => {
      for (const fill of [0, 1, 0x55, 0xaa, 0xff]) {
        for (const length of [0, 1, 2, 3, 5, 7, 8, 12, 16, 31, 32, 40, 59, 60, 84, 100]) {
          for (const abi of [x64, s390x, i386]) {
            const text = codec.format(codec.decode(new Uint8Array(length).fill(fill), abi) as never);
            expect(typeof text).toBe('string');
          }
        }
      }
    });
  }
});

describe('declarations', () => {
  it('are all there', () => {
    expect(mine).toHaveLength(100);
    expect(mine.filter(({ access }) => access === 'none').map(({ name }) => name)).toEqual([
      'LLC_OPT_UNKNOWN',
      'SO_CIRANGE',
      'CAIFSO_RSP_PARAM',
      'AX25_KILL',
    ]);
  });

  it('hold the level and the length in the numbers of ATM', () => {
    for (const { name, number, declaration } of mine.filter(({ level }) => level === 'SOL_ATM')) {
      expect([number >>> 22, number & 0xffff], name).toEqual([264, (declaration.value as { size(): number }).size()]);
    }
  });

  it('are bytes only where the kernel does not look inside', () => {
    const bytes = mine.filter(({ codec }) => codec.ctype === 'void' && codec.size() > 0).map(({ name }) => name);
    expect(bytes.sort()).toEqual(['BT_ISO_BASE', 'CAIFSO_REQ_PARAM', 'CAIFSO_RSP_PARAM']);
  });
});
