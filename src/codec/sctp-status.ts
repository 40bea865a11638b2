// What SCTP tells of associations: their state, paths, counters, addresses; and sockets that are split off.
import { SOCK_CLOEXEC, SOCK_NONBLOCK } from '../constants/families.ts';
import { sctpPathStates, sctpPrStatusPolicies, sctpStates } from '../constants/sctp.ts';
import { flags } from './enumeration.ts';
import { list } from './list.ts';
import { int, u16, u32, u64 } from './scalar.ts';
import { addressRow, inOut, packedAddress, sctpAddress, sctpEnum } from './sctp-struct.ts';
import { countOf, pad, struct } from './struct.ts';

const pathFields = {
  cwnd: u32({ unit: 'bytes' }),
  srtt: u32({ unit: 'ms' }),
  rto: u32({ unit: 'ms' }),
  mtu: u32({ unit: 'bytes' }),
};

/** struct sctp_paddrinfo: one path. */
export function sctpPaddrinfo() {
  const state = sctpEnum(sctpPathStates, 's32');
  return inOut('struct sctp_paddrinfo', {
    fields: { assoc_id: int(), address: packedAddress(), state, ...pathFields },
    freebsd: { address: sctpAddress(), assoc_id: int(), state, ...pathFields },
    asks: ['assoc_id', 'address'],
    defaults: { assoc_id: 0 },
  });
}

/** struct sctp_status: an association, with its primary path. */
export function sctpStatus() {
  return inOut('struct sctp_status', {
    fields: {
      assoc_id: int(),
      state: sctpEnum(sctpStates, 's32'),
      rwnd: u32({ unit: 'bytes' }),
      unackdata: u16(),
      penddata: u16(),
      instrms: u16(),
      outstrms: u16(),
      fragmentation_point: u32({ unit: 'bytes' }),
      primary: sctpPaddrinfo().value,
    },
    asks: ['assoc_id'],
    defaults: { assoc_id: 0 },
  });
}

/** struct sctp_assoc_stats: counters of an association. */
export function sctpAssocStats() {
  return inOut('struct sctp_assoc_stats', {
    fields: {
      assoc_id: int(),
      obs_rto_ipaddr: sctpAddress(),
      maxrto: u64({ unit: 'ms' }),
      isacks: u64(),
      osacks: u64(),
      opackets: u64({ unit: 'packets' }),
      ipackets: u64({ unit: 'packets' }),
      rtxchunks: u64(),
      outofseqtsns: u64(),
      idupchunks: u64(),
      gapcnt: u64(),
      ouodchunks: u64(),
      iuodchunks: u64(),
      oodchunks: u64(),
      iodchunks: u64(),
      octrlchunks: u64(),
      ictrlchunks: u64(),
    },
    asks: ['assoc_id'],
    defaults: { assoc_id: 0 },
  });
}

/** struct sctp_prstatus: messages that were given up, of one policy or of all. */
export function sctpPrstatus() {
  return inOut('struct sctp_prstatus', {
    fields: {
      assoc_id: int(),
      sid: u16(),
      policy: sctpEnum(sctpPrStatusPolicies, 'u16'),
      abandoned_unsent: u64(),
      abandoned_sent: u64(),
    },
    asks: ['assoc_id', 'sid', 'policy'],
    defaults: { assoc_id: 0, sid: 0, policy: 'SCTP_PR_SCTP_ALL' },
  });
}

/** struct sctp_assoc_ids: the ids of a socket's associations. */
export function sctpAssocIds() {
  return struct('struct sctp_assoc_ids', {
    number_of_ids: countOf('assoc_id', u32()),
    assoc_id: list(int(), { room: 1024 }),
  });
}

/** struct sctp_getaddrs: an association, and its addresses of one side. */
export function sctpGetaddrs() {
  return struct('struct sctp_getaddrs', {
    assoc_id: int(),
    addr_num: countOf('addrs', u32()),
    addrs: addressRow(),
  });
}

/** What a read of the addresses passes in: the association. */
export function sctpGetaddrsQuery() {
  return struct('struct sctp_getaddrs', { assoc_id: int(), addr_num: pad(4) }, { defaults: { assoc_id: 0 } });
}

/** struct sctp_getaddrs_old: bytes of addresses elsewhere in memory, to connect to. */
export function sctpConnectx3Query() {
  return struct(
    'struct sctp_getaddrs_old',
    { assoc_id: int(), addr_num: int(), addrs: u64({ word: true }) },
    { defaults: { assoc_id: 0 } },
  );
}

/** sctp_peeloff_arg_t: the association, and the descriptor of the new socket. */
export function sctpPeeloff() {
  return inOut('sctp_peeloff_arg_t', { fields: { associd: int(), sd: int() }, asks: ['associd'] });
}

/** sctp_peeloff_flags_arg_t: the same, with flags for the new descriptor. */
export function sctpPeeloffFlags() {
  const names = { SOCK_NONBLOCK, SOCK_CLOEXEC } as const;
  return inOut('sctp_peeloff_flags_arg_t', {
    fields: { associd: int(), sd: int(), flags: flags<typeof names>(names) },
    asks: ['associd', 'flags'],
    defaults: { flags: 0 },
  });
}

/** struct sctp_timeouts of FreeBSD: how often each timer of an association ran out. */
export function sctpTimeouts() {
  const count = u32();
  return inOut('struct sctp_timeouts', {
    fields: {
      assoc_id: int(),
      init: count,
      data: count,
      sack: count,
      shutdown: count,
      heartbeat: count,
      cookie: count,
      shutdownack: count,
    },
    asks: ['assoc_id'],
    defaults: { assoc_id: 0 },
  });
}
