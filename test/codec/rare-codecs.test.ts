// What holds for the types of protocols and systems that this kernel cannot make: answers of any length, JSON, bounds.
import { describe, expect, it } from 'vitest';
import * as atm from '../../src/catalog/atm.ts';
import * as bluetooth from '../../src/catalog/bluetooth.ts';
import * as protocols from '../../src/catalog/bluetooth-protocols.ts';
import * as bsd from '../../src/catalog/bsd.ts';
import * as darwinOnly from '../../src/catalog/darwin.ts';
import * as darwinIp from '../../src/catalog/darwin-ip.ts';
import * as dccp from '../../src/catalog/dccp.ts';
import * as freebsdOnly from '../../src/catalog/freebsd.ts';
import * as freebsdTcp from '../../src/catalog/freebsd-tcp.ts';
import * as local from '../../src/catalog/local.ts';
import * as rxrpc from '../../src/catalog/rxrpc.ts';
import * as sctp from '../../src/catalog/sctp.ts';
import * as sctpFreebsd from '../../src/catalog/sctp-freebsd.ts';
import * as windowsOnly from '../../src/catalog/windows.ts';
import * as windowsIp from '../../src/catalog/windows-ip.ts';
import type { Abi } from '../../src/codec/abi.ts';
import { toHex } from '../../src/codec/bytes.ts';
import type { Codec } from '../../src/codec/codec.ts';
import { icmp6Filter } from '../../src/codec/icmp-filter.ts';
import { sockaddr } from '../../src/codec/sockaddr.ts';
import { utf16 } from '../../src/codec/utf16.ts';
import type { AnyOption } from '../../src/option.ts';
import { darwin, freebsd, i386, mips, s390x, windows, x64 } from './every.ts';

const unprintable = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;
const abis: readonly Abi[] = [x64, i386, s390x, mips, darwin, freebsd, windows];

const linux = { ...atm, ...bluetooth, ...protocols, ...dccp, ...rxrpc, ...sctp, ...sctpFreebsd };
const foreign = { ...bsd, ...darwinOnly, ...darwinIp, ...freebsdOnly, ...freebsdTcp, ...local };
const options: readonly AnyOption[] = Object.values({ ...linux, ...foreign, ...windowsOnly, ...windowsIp });

/** Answers of a kernel, too short, too long, and of odd lengths. */
function* answers(size: number): Generator<Uint8Array> {
  for (const length of new Set([0, 1, 2, 3, 5, 7, 8, 9, 13, size - 1, size, size + 1, size + 37, 300])) {
    for (const fill of [0, 1, 0x41, 0xff]) yield new Uint8Array(Math.max(0, length)).fill(fill);
    yield Uint8Array.from({ length: Math.max(0, length) }, (_none, at) => (at * 167 + length * 31) & 0xff);
  }
}

describe('answers of any length', () => {
  it.each(options.map((option) => [option.name, option] as const))('%s', (_name, { declaration, codec }) => {
    for (const abi of abis.filter(({ os }) => declaration.on[os] !== undefined)) {
      for (const answer of answers(codec.size(abi))) {
        const text = codec.format(codec.decode(answer, abi) as never);
        expect(text).not.toMatch(unprintable);
        expect(text).not.toMatch(/undefined|NaN|\[object/);
      }
    }
  });
});

describe('JSON', () => {
  const plain = (value: unknown): boolean =>
    typeof value !== 'object' || value === null
      ? typeof value !== 'bigint'
      : !(value instanceof Uint8Array) && Object.values(value).every(plain);
  const documents = options.filter(
    ({ declaration: { sample, on } }) => typeof sample === 'object' && on.linux !== undefined && plain(sample),
  );

  it.each(documents.map((option) => [option.name, option] as const))('%s', (_name, { declaration, input }) => {
    const sent = toHex(input.encode(declaration.sample as never));
    if (declaration.sample !== null) {
      expect(toHex(input.encode(input.parse(JSON.stringify(declaration.sample)) as never))).toBe(sent);
    }
  });

  it('takes what a read gave: flags as a list, addresses as objects', () => {
    const filter = protocols.HCI_FILTER.input as Codec<unknown>;
    const document = '{"type_mask":["HCI_EVENT_PKT","0x100"],"event_mask":["EVT_CMD_COMPLETE"],"opcode":0}';
    expect(toHex(filter.encode(filter.parse(document), x64))).toBe('10010000004000000000000000000000');
    const primary = sctp.SCTP_PRIMARY_ADDR.input as Codec<unknown>;
    const address = '{"family":"inet","address":"192.0.2.1","port":80}';
    const [object, text] = [`{"addr":${address}}`, 'addr=192.0.2.1:80'].map((one) =>
      toHex(primary.encode(primary.parse(one), x64)),
    );
    expect(object).toBe(text);
  });

  it.each(['{}', '{"family":"inet"}', '{"family":"inet","address":5,"port":1}', '{"family":', '{"family":[]}'])(
    'refuses %s as an address',
    (text) => {
      const codec = sockaddr() as Codec<unknown>;
      expect(() => codec.encode(codec.parse(text), x64)).toThrow(
        expect.objectContaining({ code: 'ERR_INVALID_VALUE' }) as Error,
      );
    },
  );

  it.each(['["NO_SUCH_FLAG"]', '[1.5]', '[', '[{}]'])('refuses %s as flags', (text) => {
    expect(() => protocols.L2CAP_LM.codec.parse(text)).toThrow(
      expect.objectContaining({ code: 'ERR_INVALID_VALUE' }) as Error,
    );
  });
});

describe('counts that lie', () => {
  it('gives what came back, and no more', () => {
    const ids = sctp.SCTP_GET_ASSOC_ID_LIST.codec;
    expect(ids.decode(Uint8Array.of(255, 255, 255, 255, 7, 0, 0, 0, 1, 2), x64)).toEqual({ assoc_id: [7] });
    const chunks = sctp.SCTP_PEER_AUTH_CHUNKS.codec;
    expect(chunks.decode(Uint8Array.of(1, 0, 0, 0, 9, 0, 0, 0, 0, 15), x64)).toEqual({ assoc_id: 1, chunks: [0, 15] });
    const codecs = bluetooth.BT_CODEC.codec;
    expect(codecs.decode(Uint8Array.of(200, 5, 0, 0, 0, 0, 1, 3, 99, 1), x64)).toEqual([
      { id: 5, cid: 0, vid: 0, data_path: 1, caps: [Uint8Array.of(99, 1).subarray(1)] },
    ]);
    const peer = local.LOCAL_PEERCRED.codec.decode(new Uint8Array(80).fill(255), darwin);
    expect(peer.groups).toHaveLength(16);
  });
});

it('blocks more than sixteen types of ICMPv6 messages', () => {
  const codec = icmp6Filter();
  const block = Array.from({ length: 100 }, (_none, at) => at);
  expect(codec.decode(codec.encode({ block }, x64), x64)).toEqual({ block });
});

it('writes a name in UTF-16 on one line, and reads it back', () => {
  const codec = utf16({ size: 64 });
  for (const name of ['Wi-Fi', 'a\nb', '\u202ex', '\\u0041', '\\', '\ud800', '\u{e0001}', 'C:\\new']) {
    const line = codec.format(name);
    expect(line).not.toMatch(unprintable);
    expect(codec.parse(line)).toBe(name);
  }
});

it('asks ATM for the same class of traffic in both directions', () => {
  const { txtp, rxtp } = atm.SO_ATMQOS.declaration.sample as Record<'txtp' | 'rxtp', { traffic_class: string }>;
  expect(rxtp.traffic_class).toBe(txtp.traffic_class);
});

it('reads none of the options that only Windows sets, and sets none that no stack takes', () => {
  const { SO_BTH_AUTHENTICATE, SO_BTH_ENCRYPT, SO_BTH_MTU, SO_BTH_MTU_MAX, SO_BTH_MTU_MIN } = windowsOnly;
  expect(SO_BTH_MTU.access).toBe('rw');
  for (const option of [SO_BTH_AUTHENTICATE, SO_BTH_ENCRYPT, SO_BTH_MTU_MAX, SO_BTH_MTU_MIN]) {
    expect([option.name, option.access]).toEqual([option.name, 'wo']);
  }
  const { TCP_FIN_IS_RST, TCP_IDLE_REDUCE, TCP_LOG_LIMIT, TCP_SHARED_CWND_ALLOWED } = freebsdTcp;
  for (const option of [TCP_FIN_IS_RST, TCP_IDLE_REDUCE, TCP_LOG_LIMIT, TCP_SHARED_CWND_ALLOWED]) {
    expect([option.name, option.access]).toEqual([option.name, 'none']);
  }
});
