// Parameters of SCTP associations and paths, as options set them. Source: RFC 6458, linux/sctp.h, FreeBSD's sctp_uio.h.
import { sctpEvents, sctpPathFlags, sctpPrPolicies, sctpResetDirections, sctpSendFlags } from '../constants/sctp.ts';
import type { Codec } from './codec.ts';
import { flags } from './enumeration.ts';
import { list } from './list.ts';
import { bool, int, u8, u16, u32 } from './scalar.ts';
import { inOut, onFreebsd, packed, packedAddress, sctpAddress, sctpEnum, sctpFlags } from './sctp-struct.ts';
import { be16, be32, sized } from './sized.ts';
import { countOf, pad, struct } from './struct.ts';

const ms = () => u32({ unit: 'ms' });

/** struct sctp_rtoinfo: bounds of the retransmission timeout. 0 leaves a value as it is. */
export function sctpRtoinfo() {
  return inOut('struct sctp_rtoinfo', {
    fields: { assoc_id: int(), initial: ms(), max: ms(), min: ms() },
    asks: ['assoc_id'],
    defaults: { assoc_id: 0, initial: 0, max: 0, min: 0 },
  });
}

/** struct sctp_assocparams. A set takes the retransmissions and the cookie's life; 0 leaves a value as it is. */
export function sctpAssocparams() {
  const assoc_id = int();
  const counts = { asocmaxrxt: u16(), number_peer_destinations: u16() };
  const windows = { peer_rwnd: u32({ unit: 'bytes' }), local_rwnd: u32({ unit: 'bytes' }), cookie_life: ms() };
  return inOut('struct sctp_assocparams', {
    fields: { assoc_id, ...counts, ...windows },
    freebsd: { assoc_id, ...windows, ...counts },
    asks: ['assoc_id'],
    defaults: {
      assoc_id: 0,
      asocmaxrxt: 0,
      number_peer_destinations: 0,
      peer_rwnd: 0,
      local_rwnd: 0,
      cookie_life: 0,
    },
  });
}

/** struct sctp_initmsg: what an association is asked for. 0 leaves a value as it is. */
export function sctpInitmsg() {
  return struct(
    'struct sctp_initmsg',
    { num_ostreams: u16(), max_instreams: u16(), max_attempts: u16(), max_init_timeo: u16({ unit: 'ms' }) },
    { defaults: { num_ostreams: 0, max_instreams: 0, max_attempts: 0, max_init_timeo: 0 } },
  );
}

/** struct sctp_prim: the peer's address that data goes to. */
export function sctpPrim() {
  return inOut('struct sctp_prim', {
    fields: { assoc_id: int(), addr: packedAddress() },
    freebsd: { addr: sctpAddress(), assoc_id: int(), padding: pad(4) },
    asks: ['assoc_id'],
    defaults: { assoc_id: 0 },
  });
}

/** struct sctp_setpeerprim: the own address that the peer shall send to. */
export function sctpSetpeerprim() {
  const linux = struct(
    'struct sctp_setpeerprim',
    { assoc_id: int(), addr: packedAddress() },
    { defaults: { assoc_id: 0 } },
  );
  const fields = { addr: sctpAddress(), assoc_id: int(), padding: pad(4) };
  return onFreebsd(linux, struct('struct sctp_setpeerprim', fields, { defaults: { assoc_id: 0 } }));
}

/** struct sctp_setadaptation. */
export function sctpSetadaptation() {
  return struct('struct sctp_setadaptation', { adaptation_ind: u32() });
}

/** struct sctp_paddrparams: heartbeats, MTU and retransmissions of one path, of an association or of the socket. */
export function sctpPaddrparams() {
  return inOut('struct sctp_paddrparams', {
    fields: {
      assoc_id: int(),
      address: packedAddress(),
      hbinterval: ms(),
      pathmaxrxt: u16(),
      pathmtu: packed(u32({ unit: 'bytes' })),
      sackdelay: packed(u32({ unit: 'ms', max: 500 })),
      flags: packed(flags(sctpPathFlags)),
      ipv6_flowlabel: packed(u32({ max: 0xfffff })),
      dscp: u8(),
    },
    freebsd: {
      address: sctpAddress(),
      assoc_id: int(),
      hbinterval: ms(),
      pathmtu: u32({ unit: 'bytes' }),
      flags: flags(sctpPathFlags),
      ipv6_flowlabel: u32(),
      pathmaxrxt: u16(),
      dscp: u8(),
    },
    asks: ['assoc_id', 'address'],
    defaults: {
      assoc_id: 0,
      address: 'any',
      hbinterval: 0,
      pathmaxrxt: 0,
      pathmtu: 0,
      sackdelay: 0,
      flags: 0,
      ipv6_flowlabel: 0,
      dscp: 0,
    },
  });
}

/** struct sctp_sndrcvinfo. The protocol identifier is in network order, as it travels. */
export function sctpSndrcvinfo() {
  const fields = {
    stream: u16(),
    ssn: u16(),
    flags: sctpFlags(sctpSendFlags, 'u16'),
    ppid: be32(),
    context: u32(),
    timetolive: ms(),
    tsn: u32(),
    cumtsn: u32(),
    assoc_id: int(),
  };
  const zeros = { stream: 0, ssn: 0, flags: 0, ppid: 0, context: 0, timetolive: 0, tsn: 0, cumtsn: 0, assoc_id: 0 };
  return inOut('struct sctp_sndrcvinfo', {
    fields,
    freebsd: { ...fields, keynumber: u16(), keynumber_valid: u16(), reserved: pad(92) },
    asks: ['assoc_id'],
    defaults: { ...zeros, keynumber: 0, keynumber_valid: 0 },
  });
}

/** struct sctp_sndinfo. The protocol identifier is in network order, as it travels. */
export function sctpSndinfo() {
  return inOut('struct sctp_sndinfo', {
    fields: { sid: u16(), flags: sctpFlags(sctpSendFlags, 'u16'), ppid: be32(), context: u32(), assoc_id: int() },
    asks: ['assoc_id'],
    defaults: { sid: 0, flags: 0, ppid: 0, context: 0, assoc_id: 0 },
  });
}

/** struct sctp_default_prinfo: when messages are given up; the value is in milliseconds or counts, by the policy. */
export function sctpDefaultPrinfo() {
  const policy = sctpEnum(sctpPrPolicies, 'u16');
  return inOut('struct sctp_default_prinfo', {
    fields: { assoc_id: int(), value: u32(), policy },
    freebsd: { policy, value: u32(), assoc_id: int() },
    asks: ['assoc_id'],
    defaults: { assoc_id: 0, value: 0 },
  });
}

const subscriptions = [
  'data_io_event',
  'association_event',
  'address_event',
  'send_failure_event',
  'peer_error_event',
  'shutdown_event',
  'partial_delivery_event',
  'adaptation_layer_event',
  'authentication_event',
  'sender_dry_event',
  'stream_reset_event',
  'assoc_reset_event',
  'stream_change_event',
  'send_failure_event_event',
] as const;

type Subscription = (typeof subscriptions)[number];

/** Which notifications come, by name. What an older kernel does not know is absent. */
export type SctpEventSubscribe = { [Name in Subscription]?: boolean };

/** struct sctp_event_subscribe: one byte each. What a set leaves out is off. FreeBSD has the first eleven. */
export function sctpEventSubscribe(): Codec<SctpEventSubscribe> {
  const of = (names: readonly Subscription[]): Codec<SctpEventSubscribe> => {
    const fields = Object.fromEntries(names.map((name) => [name, sized(bool(), 'u8')]));
    const defaults = Object.fromEntries(names.map((name) => [name, false]));
    return struct('struct sctp_event_subscribe', fields, { grows: true, defaults }) as Codec<SctpEventSubscribe>;
  };
  return onFreebsd(of(subscriptions), of(subscriptions.slice(0, 11)));
}

/** struct sctp_event: one notification, on or off. */
export function sctpEvent() {
  return inOut('struct sctp_event', {
    fields: { assoc_id: int(), type: sctpEnum(sctpEvents, 'u16'), on: sized(bool(), 'u8') },
    asks: ['assoc_id', 'type'],
    defaults: { assoc_id: 0 },
  });
}

/** struct sctp_sack_info: delayed acknowledgements. 0 leaves a value as it is. */
export function sctpSackInfo() {
  return inOut('struct sctp_sack_info', {
    fields: { assoc_id: int(), delay: u32({ unit: 'ms', max: 500 }), freq: u32({ unit: 'packets' }) },
    asks: ['assoc_id'],
    defaults: { assoc_id: 0, delay: 0, freq: 0 },
  });
}

/** struct sctp_assoc_value: one value for one association, or for those to come. */
export function sctpAssocValue<Out, In>(assoc_value: Codec<Out, In>) {
  return inOut('struct sctp_assoc_value', {
    fields: { assoc_id: int(), assoc_value },
    asks: ['assoc_id'],
    defaults: { assoc_id: 0 },
  });
}

/** struct sctp_stream_value: one value for one stream. */
export function sctpStreamValue() {
  return inOut('struct sctp_stream_value', {
    fields: { assoc_id: int(), stream_id: u16(), stream_value: u16() },
    asks: ['assoc_id', 'stream_id'],
    defaults: { assoc_id: 0 },
  });
}

const thresholds = { pathmaxrxt: u16(), pathpfthld: u16() };
const anyPath = { assoc_id: 0, address: 'any' } as const;

/** struct sctp_paddrthlds: retransmissions until a path counts as inactive, and as potentially failed. */
export function sctpPaddrthlds() {
  return inOut('struct sctp_paddrthlds', {
    fields: { assoc_id: int(), address: sctpAddress(), ...thresholds },
    freebsd: { address: sctpAddress(), assoc_id: int(), ...thresholds, pathcpthld: u16() },
    asks: ['assoc_id', 'address'],
    defaults: { ...anyPath, pathmaxrxt: 0, pathcpthld: 0xffff },
  });
}

/** struct sctp_paddrthlds_v2: also the retransmissions until another path becomes the primary one. */
export function sctpPaddrthldsV2() {
  return inOut('struct sctp_paddrthlds_v2', {
    fields: { assoc_id: int(), address: sctpAddress(), ...thresholds, pathcpthld: u16() },
    asks: ['assoc_id', 'address'],
    defaults: { ...anyPath, pathmaxrxt: 0 },
  });
}

/** struct sctp_udpencaps: the peer's UDP port, in network order; 0 is no UDP. */
export function sctpUdpencaps() {
  return inOut('struct sctp_udpencaps', {
    fields: { assoc_id: int(), address: sctpAddress(), port: be16() },
    freebsd: { address: sctpAddress(), assoc_id: int(), port: be16() },
    asks: ['assoc_id', 'address'],
    defaults: anyPath,
  });
}

/** struct sctp_probeinterval: the time between probes of the path's MTU; 0 is none. */
export function sctpProbeinterval() {
  return inOut('struct sctp_probeinterval', {
    fields: { assoc_id: int(), address: sctpAddress(), interval: ms() },
    asks: ['assoc_id', 'address'],
    defaults: anyPath,
  });
}

/** struct sctp_reset_streams: streams that start again at number 0; an empty list is all of them. */
export function sctpResetStreams() {
  return struct(
    'struct sctp_reset_streams',
    {
      assoc_id: int(),
      flags: sized(flags(sctpResetDirections), 'u16'),
      number_streams: countOf('stream_list', u16()),
      stream_list: list(u16()),
    },
    { defaults: { assoc_id: 0 } },
  );
}

/** struct sctp_add_streams: how many more streams, in each direction. */
export function sctpAddStreams() {
  return struct(
    'struct sctp_add_streams',
    { assoc_id: int(), instrms: u16(), outstrms: u16() },
    { defaults: { assoc_id: 0, instrms: 0, outstrms: 0 } },
  );
}
