// What SCTP puts beside messages: the structs of its control messages (RFC 6458, section 5.3).
import { sctpPrPolicies, sctpSendFlags } from '../constants/sctp.ts';
import { int, u16, u32 } from './scalar.ts';
import { sctpEnum, sctpFlags } from './sctp-struct.ts';
import { be32 } from './sized.ts';
import { pad, struct } from './struct.ts';

/** struct sctp_rcvinfo: of the message that was received. */
export function sctpRcvinfo() {
  return struct('struct sctp_rcvinfo', {
    sid: u16(),
    ssn: u16(),
    flags: sctpFlags(sctpSendFlags, 'u16'),
    ppid: be32(),
    tsn: u32(),
    cumtsn: u32(),
    context: u32(),
    assoc_id: int(),
  });
}

/** struct sctp_nxtinfo: of the message after it. */
export function sctpNxtinfo() {
  return struct('struct sctp_nxtinfo', {
    sid: u16(),
    flags: u16(),
    ppid: be32(),
    length: u32({ unit: 'bytes' }),
    assoc_id: int(),
  });
}

/** struct sctp_prinfo: when the message is given up. */
export function sctpPrinfo() {
  return struct('struct sctp_prinfo', { policy: sctpEnum(sctpPrPolicies, 'u16'), value: u32() });
}

/** struct sctp_authinfo: the key that signs the message. */
export function sctpAuthinfo() {
  return struct('struct sctp_authinfo', { keynumber: u16() });
}

/** struct sctp_extrcvinfo of FreeBSD: of the message that was received, and of the one after it. */
export function sctpExtrcvinfo() {
  return struct('struct sctp_extrcvinfo', {
    stream: u16(),
    ssn: u16(),
    flags: sctpFlags(sctpSendFlags, 'u16'),
    ppid: be32(),
    context: u32(),
    timetolive: u32({ unit: 'ms' }),
    tsn: u32(),
    cumtsn: u32(),
    assoc_id: int(),
    next_flags: u16(),
    next_stream: u16(),
    next_aid: u32(),
    next_length: u32({ unit: 'bytes' }),
    next_ppid: be32(),
    keynumber: u16(),
    keynumber_valid: u16(),
    reserved: pad(76),
  });
}
