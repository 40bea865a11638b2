// The options of SCTP that FreeBSD has and Linux lacks, sorted by C name.
import { bool, u32 } from '../codec/scalar.ts';
import { sctpAssocValue } from '../codec/sctp.ts';
import { sctpExtrcvinfo } from '../codec/sctp-messages.ts';
import { sctpTimeouts } from '../codec/sctp-status.ts';
import { sized } from '../codec/sized.ts';
import { alias, option } from '../option.ts';
import { SCTP_ADAPTATION_LAYER, SCTP_MAX_BURST } from './sctp.ts';

export const SCTP_ADAPTION_LAYER = alias('SCTP_ADAPTION_LAYER', SCTP_ADAPTATION_LAYER, {
  on: { freebsd: 8 },
  man: 'sctp(4)',
});

export const SCTP_EXPLICIT_EOR = option({
  name: 'SCTP_EXPLICIT_EOR',
  level: 'SOL_SCTP',
  access: 'rw',
  value: bool(),
  on: { freebsd: 27 },
  summary: 'Several calls send one message, which ends where the flag SCTP_EOR says so; off, each call is a message.',
  notes: ['The stream stays the same until the message has ended; a change in between fails.'],
  when: 'any',
  see: ['SCTP_DEFAULT_SNDINFO', 'SCTP_PARTIAL_DELIVERY_POINT'],
  man: 'sctp(4), RFC 6458',
  sample: true,
});

export const SCTP_EXTRCV = option({
  name: 'SCTP_EXTRCV',
  level: 'SOL_SCTP',
  access: 'none',
  role: 'control message',
  value: sctpExtrcvinfo(),
  on: { freebsd: 3 },
  summary: 'Beside a received message: its stream and payload protocol, and what is known of the next message.',
  instead: 'A control message of recvmsg; SCTP_USE_EXT_RCVINFO turns it on, SCTP_RECVRCVINFO replaces it.',
  see: ['SCTP_USE_EXT_RCVINFO', 'SCTP_SNDRCV'],
  man: 'RFC 6458',
});

export const SCTP_MAXBURST = alias('SCTP_MAXBURST', SCTP_MAX_BURST, { on: { freebsd: 25 }, man: 'sctp(4)' });

export const SCTP_MAX_CWND = option({
  name: 'SCTP_MAX_CWND',
  level: 'SOL_SCTP',
  access: 'rw',
  ...sctpAssocValue(u32({ unit: 'bytes' })),
  on: { freebsd: 50 },
  summary: 'The widest congestion window that a path may have; 0 is no limit.',
  when: 'any',
  see: ['SCTP_MAX_BURST', 'SCTP_GET_PEER_ADDR_INFO'],
  man: 'netinet/sctp.h',
  sample: { assoc_value: 65536 },
});

export const SCTP_NRSACK_SUPPORTED = option({
  name: 'SCTP_NRSACK_SUPPORTED',
  level: 'SOL_SCTP',
  access: 'rw',
  ...sctpAssocValue(sized(bool(), 'u32')),
  on: { freebsd: 48 },
  summary:
    'Whether acknowledgements may say that data will not be thrown away again, so that the sender can forget it.',
  when: 'before-connect',
  see: ['SCTP_DELAYED_SACK', 'SCTP_PKTDROP_SUPPORTED'],
  man: 'netinet/sctp.h',
  sample: { assoc_value: true },
});

export const SCTP_PKTDROP_SUPPORTED = option({
  name: 'SCTP_PKTDROP_SUPPORTED',
  level: 'SOL_SCTP',
  access: 'rw',
  ...sctpAssocValue(sized(bool(), 'u32')),
  on: { freebsd: 49 },
  summary:
    'Whether routers may report packets that were lost to errors of the link, so that they are sent again at once.',
  when: 'before-connect',
  see: ['SCTP_NRSACK_SUPPORTED', 'SCTP_ECN_SUPPORTED'],
  man: 'sctp(4)',
  sample: { assoc_value: true },
});

export const SCTP_TIMEOUTS = option({
  name: 'SCTP_TIMEOUTS',
  level: 'SOL_SCTP',
  access: 'ro',
  ...sctpTimeouts(),
  on: { freebsd: 262 },
  summary: 'How often each timer of an association ran out.',
  see: ['SCTP_STATUS', 'SCTP_GET_ASSOC_STATS'],
  man: 'netinet/sctp_uio.h',
});

export const SCTP_USE_EXT_RCVINFO = option({
  name: 'SCTP_USE_EXT_RCVINFO',
  level: 'SOL_SCTP',
  access: 'rw',
  value: bool(),
  on: { freebsd: 23 },
  summary: 'Says beside each received message also what is known of the next one (SCTP_EXTRCV).',
  notes: ['RFC 6458 calls it deprecated: SCTP_RECVRCVINFO and SCTP_RECVNXTINFO replace it.'],
  when: 'any',
  see: ['SCTP_RECVRCVINFO', 'SCTP_RECVNXTINFO', 'SCTP_EXTRCV'],
  man: 'sctp(4), RFC 6458',
  sample: true,
});
