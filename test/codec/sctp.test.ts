// Values of SCTP options: what a read passes in, addresses, text forms, keys.
import { describe, expect, it } from 'vitest';
import * as sctp from '../../src/codec/sctp.ts';
import * as auth from '../../src/codec/sctp-auth.ts';
import * as status from '../../src/codec/sctp-status.ts';
import { addressRow, sctpAddress } from '../../src/codec/sctp-struct.ts';
import { freebsd, x64 } from './every.ts';
import { type Any, four, six } from './sctp-cases.ts';

describe('values of SCTP', () => {
  it('asks with an association and an address, and nothing else', () => {
    const { query } = sctp.sctpPaddrparams() as { query: Any };
    expect(query.encode({}, x64)).toEqual(new Uint8Array(156));
    const asked = query.encode({ assoc_id: 3, address: '192.0.2.7:9899' }, x64) as Uint8Array;
    expect(asked).toHaveLength(156);
    expect([...asked.subarray(0, 12)]).toEqual([3, 0, 0, 0, 2, 0, 0x26, 0xab, 192, 0, 2, 7]);
    expect(() => query.encode({ hbinterval: 1 }, x64)).toThrow(/fields assoc_id, address.*not hbinterval/);
    expect(query.encode({ assoc_id: 3 }, freebsd).findIndex((byte: number) => byte !== 0)).toBe(128);
    expect(auth.sctpAuthchunksQuery().encode({}, x64)).toEqual(new Uint8Array(8));
    expect(status.sctpGetaddrsQuery().encode({ assoc_id: 3 }, x64)).toEqual(Uint8Array.of(3, 0, 0, 0, 0, 0, 0, 0));
  });

  it('asks for all policies unless one is named, by the number of the system', () => {
    const { query } = status.sctpPrstatus() as { query: Any };
    expect(query.encode({}, x64)[6]).toBe(0x80);
    expect(query.encode({}, freebsd)[6]).toBe(0x0f);
    expect(query.encode({ policy: 'ttl', sid: 2 }, x64).subarray(4, 8)).toEqual(Uint8Array.of(2, 0, 0x10, 0));
  });

  it('needs a kind of notification', () => {
    const { query } = sctp.sctpEvent() as { query: Any };
    expect(() => query.encode({}, x64)).toThrow(/type is missing/);
    expect(query.encode({ type: 'SCTP_ASSOC_CHANGE' }, x64)).toEqual(Uint8Array.of(0, 0, 0, 0, 1, 0x80, 0, 0));
  });

  it('reads an older, shorter struct', () => {
    const events = sctp.sctpEventSubscribe();
    expect(Object.keys(events.decode(new Uint8Array(11), x64))).toHaveLength(11);
    const params = sctp.sctpPaddrparams().value;
    expect(Object.keys(params.decode(new Uint8Array(152), x64))).not.toContain('dscp');
  });

  it('reads addresses until they end, and no more than are told of', () => {
    const row = addressRow();
    const bytes = row.encode([four, six], x64);
    expect(bytes).toHaveLength(44);
    expect(row.decode(bytes.subarray(0, 43), x64)).toEqual([four, six]);
    expect(row.decode(bytes.subarray(0, 20), x64)).toEqual([four]);
    expect(row.decode(new Uint8Array(32), x64)).toEqual([]);
    const all = status.sctpGetaddrs();
    const told = all.encode({ assoc_id: 0, addrs: [four, four] }, x64);
    told[4] = 1;
    expect(all.decode(told, x64).addrs).toEqual([four]);
  });

  it('takes addresses as text and as JSON', () => {
    const row = addressRow();
    const wanted = Buffer.from(row.encode([four, six], x64)).toString('hex');
    for (const text of ['192.0.2.7:9899,[2001:db8::7]:9899', '["192.0.2.7:9899", "[2001:db8::7]:9899"]']) {
      expect(Buffer.from(row.encode(row.parse(text) as never, x64)).toString('hex')).toBe(wanted);
    }
    expect(() => row.encode([{ family: 'unix', path: '/x' }], x64)).toThrow(/IPv4 or IPv6/);
    expect(() => row.encode('127.0.0.1' as never, x64)).toThrow(/a list/);
    expect(sctpAddress().parse(' ANY ')).toBe('any');
    expect(sctpAddress().decode(new Uint8Array(128), x64)).toBe('any');
  });

  it('takes structs from the shell', () => {
    const params = sctp.sctpPaddrparams().value;
    const json = '{"address":"192.0.2.7:9899","flags":"SPP_HB_ENABLE","hbinterval":5000}';
    const fields = 'address=192.0.2.7:9899,flags=SPP_HB_ENABLE,hbinterval=5000';
    expect(params.encode(params.parse(json) as never, x64)).toEqual(params.encode(params.parse(fields) as never, x64));
    const key = auth.sctpAuthkey();
    expect([...key.encode(key.parse('keynumber=1,key=0x0a0b') as never, x64)]).toEqual([
      0, 0, 0, 0, 1, 0, 2, 0, 10, 11,
    ]);
    expect([...key.encode(key.parse('{"keynumber":1,"key":"ab"}') as never, x64)]).toEqual([
      0, 0, 0, 0, 1, 0, 2, 0, 97, 98,
    ]);
    const event = sctp.sctpEvent().value;
    expect(event.parse('type=ASSOC_CHANGE,on=yes')).toEqual({ type: 0x8001, on: true });
  });

  it('never shows a key that it refuses', () => {
    const { encode } = auth.sctpAuthkey();
    expect(() => encode({ key: '' }, x64)).toThrow(/key of 1 to 65535 bytes/);
    expect(() => encode({ key: 'hunter2'.repeat(10_000) }, x64)).toThrow(/1 to 65535 bytes/);
    expect(() => encode({ key: 'hunter2'.repeat(10_000) }, x64)).not.toThrow(/hunter2hunter2/);
  });
});
