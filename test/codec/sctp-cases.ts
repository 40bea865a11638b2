// What the tests of SCTP's structs share: a case, its comparison with C, and the structs that Linux and FreeBSD have alike.
import { expect, it } from 'vitest';
import type { Abi } from '../../src/codec/abi.ts';
import type { Codec } from '../../src/codec/codec.ts';
import { bool, u32 } from '../../src/codec/scalar.ts';
import * as sctp from '../../src/codec/sctp.ts';
import * as auth from '../../src/codec/sctp-auth.ts';
import * as status from '../../src/codec/sctp-status.ts';
import { sized } from '../../src/codec/sized.ts';
import type { Filled } from './c-fills.ts';
import { x64 } from './every.ts';

// biome-ignore lint/suspicious/noExplicitAny: codecs of all types in one table
export type Any = Codec<any, any>;

export interface Case extends Filled {
  codec: Any;
  /** What a set takes. */
  given: unknown;
  /** What a read gives, where that is not what was given. */
  read?: unknown;
}

export const four = { family: 'inet', address: '192.0.2.7', port: 9899 } as const;
export const six = { family: 'inet6', address: '2001:db8::7', port: 9899 } as const;
export const path = { assoc_id: 3, address: six, state: 2, cwnd: 4380, srtt: 12, rto: 1000, mtu: 1500 };

/** Structs that both systems have alike, with numbers that are alike. */
export const common: readonly Case[] = [
  {
    type: 'struct sctp_rtoinfo',
    codec: sctp.sctpRtoinfo().value,
    given: { assoc_id: 3, initial: 2000, max: 10000, min: 500 },
    fill: 'p->srto_assoc_id = 3; p->srto_initial = 2000; p->srto_max = 10000; p->srto_min = 500;',
  },
  {
    type: 'struct sctp_initmsg',
    codec: sctp.sctpInitmsg(),
    given: { num_ostreams: 3, max_instreams: 4, max_attempts: 5, max_init_timeo: 6000 },
    fill: 'p->sinit_num_ostreams = 3; p->sinit_max_instreams = 4; p->sinit_max_attempts = 5; p->sinit_max_init_timeo = 6000;',
  },
  {
    type: 'struct sctp_setadaptation',
    codec: sctp.sctpSetadaptation(),
    given: { adaptation_ind: 0x01020304 },
    fill: 'p->ssb_adaptation_ind = 0x01020304;',
  },
  {
    type: 'struct sctp_sack_info',
    codec: sctp.sctpSackInfo().value,
    given: { assoc_id: 3, delay: 100, freq: 4 },
    fill: 'p->sack_assoc_id = 3; p->sack_delay = 100; p->sack_freq = 4;',
  },
  {
    type: 'struct sctp_assoc_value',
    codec: sctp.sctpAssocValue(u32()).value,
    given: { assoc_id: 3, assoc_value: 1400 },
    fill: 'p->assoc_id = 3; p->assoc_value = 1400;',
  },
  {
    type: 'struct sctp_assoc_value',
    codec: sctp.sctpAssocValue(sized(bool(), 'u32')).value,
    given: { assoc_value: true },
    read: { assoc_id: 0, assoc_value: true },
    fill: 'p->assoc_value = 1;',
  },
  {
    type: 'struct sctp_stream_value',
    codec: sctp.sctpStreamValue().value,
    given: { assoc_id: 3, stream_id: 7, stream_value: 9 },
    fill: 'p->assoc_id = 3; p->stream_id = 7; p->stream_value = 9;',
  },
  {
    type: 'struct sctp_authchunk',
    codec: auth.sctpAuthchunk(),
    given: { chunk: 'ASCONF' },
    read: { chunk: 193 },
    fill: 'p->sauth_chunk = 193;',
  },
  {
    type: 'struct sctp_hmacalgo',
    codec: auth.sctpHmacalgo(),
    given: { idents: ['SCTP_AUTH_HMAC_ID_SHA256', 'SCTP_AUTH_HMAC_ID_SHA1'] },
    read: { idents: [3, 1] },
    fill: 'p->shmac_number_of_idents = 2; p->shmac_idents[0] = SCTP_AUTH_HMAC_ID_SHA256; p->shmac_idents[1] = SCTP_AUTH_HMAC_ID_SHA1;',
    bytes: 'sizeof(struct sctp_hmacalgo) + 4',
  },
  {
    type: 'struct sctp_authkey',
    codec: auth.sctpAuthkey(),
    given: { assoc_id: 3, keynumber: 2, key: 'käse' },
    read: { assoc_id: 3, keynumber: 2, key: new TextEncoder().encode('käse') },
    fill: 'p->sca_assoc_id = 3; p->sca_keynumber = 2; p->sca_keylength = 5; memcpy(p->sca_key, "k\\xc3\\xa4se", 5);',
    bytes: 'sizeof(struct sctp_authkey) + 5',
  },
  {
    type: 'struct sctp_authkeyid',
    codec: auth.sctpAuthkeyid().value,
    given: { assoc_id: 3, keynumber: 2 },
    fill: 'p->scact_assoc_id = 3; p->scact_keynumber = 2;',
  },
  {
    type: 'struct sctp_authchunks',
    codec: auth.sctpAuthchunks(),
    given: { assoc_id: 3, chunks: [0, 'ASCONF', 'ASCONF_ACK'] },
    read: { assoc_id: 3, chunks: [0, 193, 128] },
    fill: 'p->gauth_assoc_id = 3; p->gauth_number_of_chunks = 3; p->gauth_chunks[1] = 193; p->gauth_chunks[2] = 128;',
    bytes: 'sizeof(struct sctp_authchunks) + 3',
  },
  {
    type: 'struct sctp_assoc_ids',
    codec: status.sctpAssocIds(),
    given: { assoc_id: [3, 4, 70000] },
    fill: 'p->gaids_number_of_ids = 3; p->gaids_assoc_id[0] = 3; p->gaids_assoc_id[1] = 4; p->gaids_assoc_id[2] = 70000;',
    bytes: 'sizeof(struct sctp_assoc_ids) + 12',
  },
  {
    type: 'struct sctp_reset_streams',
    codec: sctp.sctpResetStreams(),
    given: { assoc_id: 3, flags: 'SCTP_STREAM_RESET_OUTGOING', stream_list: [1, 5] },
    read: { assoc_id: 3, flags: ['SCTP_STREAM_RESET_OUTGOING'], stream_list: [1, 5] },
    fill: 'p->srs_assoc_id = 3; p->srs_flags = SCTP_STREAM_RESET_OUTGOING; p->srs_number_streams = 2; p->srs_stream_list[0] = 1; p->srs_stream_list[1] = 5;',
    bytes: 'sizeof(struct sctp_reset_streams) + 4',
  },
  {
    type: 'struct sctp_add_streams',
    codec: sctp.sctpAddStreams(),
    given: { assoc_id: 3, instrms: 2, outstrms: 4 },
    fill: 'p->sas_assoc_id = 3; p->sas_instrms = 2; p->sas_outstrms = 4;',
  },
];

export function compare(cases: readonly Case[], filled: readonly string[] | undefined, abi: Abi, here: string): void {
  for (const [at, { type, codec, given, read = given }] of cases.entries()) {
    it(`${type} ${JSON.stringify(given, (_key, part) => (typeof part === 'bigint' ? `${part}` : part)).slice(0, 60)}`, (context) => {
      if (filled === undefined) context.skip(`no C compiler ${here}`);
      const bytes = Buffer.from((filled as readonly string[])[at] as string, 'hex');
      expect(Buffer.from(codec.encode(given, abi)).toString('hex')).toBe(bytes.toString('hex'));
      expect(codec.decode(bytes, abi)).toEqual(read);
      // The text form says the same, and so does JSON.
      if (abi !== x64) return;
      const again = codec.parse(codec.format(codec.decode(bytes, abi)));
      expect(Buffer.from(codec.encode(again, abi)).toString('hex')).toBe(bytes.toString('hex'));
    });
  }
}
