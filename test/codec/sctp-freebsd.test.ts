// The structs of SCTP against C as FreeBSD lays them out.
import { describe, expect, it } from 'vitest';
import * as sctp from '../../src/codec/sctp.ts';
import * as messages from '../../src/codec/sctp-messages.ts';
import * as status from '../../src/codec/sctp-status.ts';
import { fillInC } from './c-fills.ts';
import { freebsd } from './every.ts';
import { type Case, compare, four, path } from './sctp-cases.ts';

// As netinet/sctp_uio.h of FreeBSD 14 lays them out, where it differs from Linux.
const bsd = `
#include <stdint.h>
#include <sys/socket.h>
#include <netinet/in.h>
typedef uint32_t id;
struct storage { uint8_t len, family; char a[6]; int64_t align; char b[112]; };
struct params { struct storage address; id assoc; uint32_t hb, mtu, flags, label; uint16_t rxt; uint8_t dscp; };
struct thlds { struct storage address; id assoc; uint16_t rxt, pf, cp; };
struct path { struct storage address; id assoc; int32_t state; uint32_t cwnd, srtt, rto, mtu; };
struct state { id assoc; int32_t state; uint32_t rwnd; uint16_t unack, pend, in, out; uint32_t frag; struct path primary; };
struct assoc { id assoc; uint32_t peer, local, cookie; uint16_t rxt, dests; };
struct prim { struct storage address; id assoc; uint8_t padding[4]; };
struct encaps { struct storage address; id assoc; uint16_t port; };
struct prinfo { uint16_t policy; uint32_t value; id assoc; };
struct snd { uint16_t stream, ssn, flags; uint32_t ppid, context, ttl, tsn, cumtsn; id assoc; uint16_t key, valid; char pad[92]; };
struct ext { uint16_t stream, ssn, flags; uint32_t ppid, context, ttl, tsn, cumtsn; id assoc; uint16_t nflags, nstream; uint32_t naid, nlength, nppid; uint16_t key, valid; char pad[76]; };
struct times { id assoc; uint32_t init, data, sack, shutdown, heartbeat, cookie, shutdownack; };
struct events { uint8_t data, association, address, send, peer, shutdown, partial, adaptation, auth, dry, reset; };
struct event { id assoc; uint16_t type; uint8_t on; };
static void bsd4(struct storage *at) { in4(at, "192.0.2.7", 9899); at->len = 16; at->family = AF_INET; }
`;

const freebsdCases: readonly Case[] = [
  {
    type: 'struct params',
    codec: sctp.sctpPaddrparams().value,
    given: { address: four, assoc_id: 3, hbinterval: 5000, pathmtu: 1400, flags: 0x11, pathmaxrxt: 3, dscp: 0xb8 },
    read: {
      address: four,
      assoc_id: 3,
      hbinterval: 5000,
      pathmtu: 1400,
      flags: ['SPP_HB_ENABLE', 'SPP_PMTUD_DISABLE'],
      ipv6_flowlabel: 0,
      pathmaxrxt: 3,
      dscp: 0xb8,
    },
    fill: 'bsd4(&p->address); p->assoc = 3; p->hb = 5000; p->mtu = 1400; p->flags = 0x11; p->rxt = 3; p->dscp = 0xb8;',
  },
  {
    type: 'struct thlds',
    codec: sctp.sctpPaddrthlds().value,
    given: { address: four, assoc_id: 3, pathmaxrxt: 4, pathpfthld: 2 },
    read: { address: four, assoc_id: 3, pathmaxrxt: 4, pathpfthld: 2, pathcpthld: 0xffff },
    fill: 'bsd4(&p->address); p->assoc = 3; p->rxt = 4; p->pf = 2; p->cp = 0xffff;',
  },
  {
    type: 'struct state',
    codec: status.sctpStatus().value,
    given: {
      assoc_id: 3,
      state: 8,
      rwnd: 65536,
      unackdata: 1,
      penddata: 2,
      instrms: 10,
      outstrms: 11,
      fragmentation_point: 1452,
      primary: { ...path, address: four, state: 1 },
    },
    fill: 'p->assoc = 3; p->state = 8; p->rwnd = 65536; p->unack = 1; p->pend = 2; p->in = 10; p->out = 11; p->frag = 1452; bsd4(&p->primary.address); p->primary.assoc = 3; p->primary.state = 1; p->primary.cwnd = 4380; p->primary.srtt = 12; p->primary.rto = 1000; p->primary.mtu = 1500;',
  },
  {
    type: 'struct assoc',
    codec: sctp.sctpAssocparams().value,
    given: { assoc_id: 3, asocmaxrxt: 5, number_peer_destinations: 2, peer_rwnd: 6, local_rwnd: 7, cookie_life: 8 },
    fill: 'p->assoc = 3; p->peer = 6; p->local = 7; p->cookie = 8; p->rxt = 5; p->dests = 2;',
  },
  {
    type: 'struct prim',
    codec: sctp.sctpPrim().value,
    given: { addr: four, assoc_id: 3 },
    fill: 'bsd4(&p->address); p->assoc = 3;',
  },
  {
    type: 'struct prim',
    codec: sctp.sctpSetpeerprim(),
    given: { addr: four, assoc_id: 3 },
    fill: 'bsd4(&p->address); p->assoc = 3;',
  },
  {
    type: 'struct encaps',
    codec: sctp.sctpUdpencaps().value,
    given: { address: four, assoc_id: 3, port: 9899 },
    fill: 'bsd4(&p->address); p->assoc = 3; p->port = htons(9899);',
  },
  {
    type: 'struct prinfo',
    codec: sctp.sctpDefaultPrinfo().value,
    given: { policy: 'SCTP_PR_SCTP_RTX', value: 4, assoc_id: 3 },
    read: { policy: 3, value: 4, assoc_id: 3 },
    fill: 'p->policy = 3; p->value = 4; p->assoc = 3;',
  },
  {
    type: 'struct snd',
    codec: sctp.sctpSndrcvinfo().value,
    given: { stream: 1, flags: 'SCTP_UNORDERED', ppid: 46, assoc_id: 3 },
    read: {
      stream: 1,
      ssn: 0,
      flags: ['SCTP_UNORDERED'],
      ppid: 46,
      context: 0,
      timetolive: 0,
      tsn: 0,
      cumtsn: 0,
      assoc_id: 3,
      keynumber: 0,
      keynumber_valid: 0,
    },
    fill: 'p->stream = 1; p->flags = 0x400; p->ppid = htonl(46); p->assoc = 3;',
  },
  {
    type: 'struct ext',
    codec: messages.sctpExtrcvinfo(),
    given: {
      stream: 1,
      ssn: 2,
      flags: [],
      ppid: 46,
      context: 4,
      timetolive: 5,
      tsn: 6,
      cumtsn: 7,
      assoc_id: 3,
      next_flags: 8,
      next_stream: 9,
      next_aid: 10,
      next_length: 11,
      next_ppid: 12,
      keynumber: 13,
      keynumber_valid: 1,
    },
    fill: 'p->stream = 1; p->ssn = 2; p->ppid = htonl(46); p->context = 4; p->ttl = 5; p->tsn = 6; p->cumtsn = 7; p->assoc = 3; p->nflags = 8; p->nstream = 9; p->naid = 10; p->nlength = 11; p->nppid = htonl(12); p->key = 13; p->valid = 1;',
  },
  {
    type: 'struct times',
    codec: status.sctpTimeouts().value,
    given: { assoc_id: 3, init: 1, data: 2, sack: 3, shutdown: 4, heartbeat: 5, cookie: 6, shutdownack: 7 },
    fill: 'p->assoc = 3; p->init = 1; p->data = 2; p->sack = 3; p->shutdown = 4; p->heartbeat = 5; p->cookie = 6; p->shutdownack = 7;',
  },
  {
    type: 'struct event',
    codec: sctp.sctpEvent().value,
    given: { assoc_id: 3, type: 'SCTP_STREAM_RESET_EVENT', on: true },
    read: { assoc_id: 3, type: 9, on: true },
    fill: 'p->assoc = 3; p->type = 9; p->on = 1;',
  },
];

describe('structs of SCTP on FreeBSD', () => {
  compare(freebsdCases, fillInC(bsd, freebsdCases), freebsd, 'here');

  it('has eleven switches for notifications', () => {
    const codec = sctp.sctpEventSubscribe();
    expect(codec.encode({ stream_reset_event: true }, freebsd)).toEqual(Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1));
    expect(() => codec.encode({ assoc_reset_event: true }, freebsd)).toThrow(/not assoc_reset_event/);
  });
});
