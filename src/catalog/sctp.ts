// The options of SCTP (SOL_SCTP) that Linux has, sorted by C name, an alias after its option.
import { in6Addr, inAddr } from '../codec/address.ts';
import { enumeration, flags } from '../codec/enumeration.ts';
import { bool, int, u32 } from '../codec/scalar.ts';
import * as sctp from '../codec/sctp.ts';
import * as auth from '../codec/sctp-auth.ts';
import * as messages from '../codec/sctp-messages.ts';
import * as status from '../codec/sctp-status.ts';
import { addressRow } from '../codec/sctp-struct.ts';
import { sized } from '../codec/sized.ts';
import { sctpPfExpose, sctpResetRequests, sctpSchedulers } from '../constants/sctp.ts';
import { alias, option } from '../option.ts';

const oneToMany = 'Only on one-to-many sockets (SOCK_SEQPACKET); a one-to-one socket refuses it with EOPNOTSUPP.';
const needsAssociation = 'Without an association the read fails with EINVAL.';
const zeroLeaves = 'A value of 0 leaves what is there.';
const authFirst = 'Fails with EACCES until SCTP_AUTH_SUPPORTED, or net.sctp.auth_enable, is on.';
/** A set of a feature of the socket, before it has associations. */
const futureOnly = 'Counts for associations that are made later; what one has negotiated stays.';
/** A switch in a struct sctp_assoc_value. */
const switched = () => sized(bool(), 'u32');
const withAuth = { SCTP_AUTH_SUPPORTED: { assoc_value: true } };

export const SCTP_ADAPTATION_LAYER = option({
  name: 'SCTP_ADAPTATION_LAYER',
  level: 'SOL_SCTP',
  access: 'rw',
  value: sctp.sctpSetadaptation(),
  on: { linux: 7, freebsd: 8 },
  summary: 'A number that the peer is told when an association begins: which protocol is spoken on top of SCTP.',
  notes: ['The peer hears of it in a notification, SCTP_ADAPTATION_INDICATION.', futureOnly],
  when: 'before-connect',
  see: ['SCTP_EVENTS', 'SCTP_DEFAULT_SNDINFO'],
  man: 'RFC 6458, RFC 5061',
  sample: { adaptation_ind: 7 },
});

export const SCTP_ADD_STREAMS = option({
  name: 'SCTP_ADD_STREAMS',
  level: 'SOL_SCTP',
  access: 'wo',
  value: sctp.sctpAddStreams(),
  on: { linux: 121, freebsd: 0x903 },
  summary: 'Asks the peer of a running association for more streams, in either direction.',
  notes: [
    'The peer must allow it: SCTP_ENABLE_STREAM_RESET with SCTP_ENABLE_CHANGE_ASSOC_REQ on its side.',
    'The answer comes as a notification, SCTP_STREAM_CHANGE_EVENT.',
  ],
  when: 'connected',
  see: ['SCTP_RESET_STREAMS', 'SCTP_ENABLE_STREAM_RESET', 'SCTP_INITMSG'],
  man: 'RFC 6525',
  example: { outstrms: 2 },
});

export const SCTP_ASCONF_SUPPORTED = option({
  name: 'SCTP_ASCONF_SUPPORTED',
  level: 'SOL_SCTP',
  access: 'rw',
  ...sctp.sctpAssocValue(switched()),
  on: { linux: 128, freebsd: 40 },
  summary: 'Whether addresses may be added to and taken from a running association (ADD-IP).',
  notes: [futureOnly, 'A read that names an association says whether its peer can do it.'],
  default: 'net.sctp.addip_enable',
  when: 'before-connect',
  see: ['SCTP_AUTO_ASCONF', 'SCTP_SOCKOPT_BINDX_ADD', 'SCTP_AUTH_SUPPORTED'],
  man: 'RFC 5061',
  since: '5.4',
  sample: { assoc_value: true },
});

export const SCTP_ASSOCINFO = option({
  name: 'SCTP_ASSOCINFO',
  level: 'SOL_SCTP',
  access: 'rw',
  ...sctp.sctpAssocparams(),
  on: { linux: 1, freebsd: 2 },
  summary: 'How many retransmissions an association survives, how long its cookie lives, and its windows.',
  notes: [
    "A set takes asocmaxrxt and cookie_life; the peer's addresses and the windows are for reading.",
    zeroLeaves,
    'On an association of several paths, more retransmissions than those of all its paths together are refused.',
  ],
  default: 'net.sctp.association_max_retrans',
  when: 'any',
  see: ['SCTP_RTOINFO', 'SCTP_PEER_ADDR_PARAMS', 'SCTP_INITMSG'],
  man: 'RFC 6458',
  differs: { freebsd: 'The same fields in another order: the windows and the life of the cookie come first.' },
  sample: { asocmaxrxt: 5 },
});

export const SCTP_AUTHINFO = option({
  name: 'SCTP_AUTHINFO',
  level: 'SOL_SCTP',
  access: 'none',
  role: 'control message',
  value: messages.sctpAuthinfo(),
  on: { linux: 6, freebsd: 8 },
  summary: 'Beside a message that is sent: the number of the key that signs it.',
  instead: 'A control message of sendmsg; SCTP_AUTH_ACTIVE_KEY sets the key of all messages.',
  see: ['SCTP_AUTH_ACTIVE_KEY', 'SCTP_SNDINFO'],
  man: 'RFC 6458',
});

export const SCTP_AUTH_ACTIVE_KEY = option({
  name: 'SCTP_AUTH_ACTIVE_KEY',
  level: 'SOL_SCTP',
  access: 'rw',
  ...auth.sctpAuthkeyid(),
  on: { linux: 24, freebsd: 21 },
  summary: 'The number of the shared key that signs chunks from now on.',
  notes: ['Fails with EINVAL for a key that SCTP_AUTH_KEY has not set.', authFirst],
  when: 'any',
  after: withAuth,
  see: ['SCTP_AUTH_KEY', 'SCTP_AUTH_DEACTIVATE_KEY', 'SCTP_AUTH_DELETE_KEY'],
  man: 'RFC 6458, RFC 4895',
  example: { keynumber: 1 },
});

export const SCTP_AUTH_CHUNK = option({
  name: 'SCTP_AUTH_CHUNK',
  level: 'SOL_SCTP',
  access: 'wo',
  value: auth.sctpAuthchunk(),
  on: { linux: 21, freebsd: 18 },
  summary: 'Demands that one more type of chunk arrives signed; each call adds a type.',
  notes: [
    futureOnly,
    'INIT, INIT_ACK, SHUTDOWN_COMPLETE and AUTH cannot be signed and are refused with EINVAL.',
    authFirst,
  ],
  when: 'before-connect',
  after: withAuth,
  see: ['SCTP_LOCAL_AUTH_CHUNKS', 'SCTP_AUTH_KEY', 'SCTP_HMAC_IDENT'],
  man: 'RFC 6458, RFC 4895',
  sample: { chunk: 'DATA' },
});

export const SCTP_AUTH_DEACTIVATE_KEY = option({
  name: 'SCTP_AUTH_DEACTIVATE_KEY',
  level: 'SOL_SCTP',
  access: 'wo',
  value: auth.sctpAuthkeyid().value,
  on: { linux: 35, freebsd: 29 },
  summary: 'Says that a shared key will sign nothing more, so that it goes away when all that it signed has arrived.',
  notes: [
    'The notification SCTP_AUTHENTICATION_EVENT then says that the key is free.',
    'Fails with EINVAL for the key that is active, or that was never set.',
  ],
  when: 'any',
  after: withAuth,
  see: ['SCTP_AUTH_ACTIVE_KEY', 'SCTP_AUTH_DELETE_KEY'],
  man: 'RFC 6458, RFC 4895',
  example: { keynumber: 1 },
});

export const SCTP_AUTH_DELETE_KEY = option({
  name: 'SCTP_AUTH_DELETE_KEY',
  level: 'SOL_SCTP',
  access: 'wo',
  value: auth.sctpAuthkeyid().value,
  on: { linux: 25, freebsd: 22 },
  summary: 'Forgets a shared key.',
  notes: ['Fails with EINVAL for the key that is active, or that was never set.'],
  when: 'any',
  after: withAuth,
  see: ['SCTP_AUTH_KEY', 'SCTP_AUTH_DEACTIVATE_KEY'],
  man: 'RFC 6458, RFC 4895',
  example: { keynumber: 1 },
});

export const SCTP_AUTH_KEY = option({
  name: 'SCTP_AUTH_KEY',
  level: 'SOL_SCTP',
  access: 'wo',
  value: auth.sctpAuthkey(),
  on: { linux: 23, freebsd: 19 },
  summary: 'Sets a shared key under a number; SCTP_AUTH_ACTIVE_KEY then signs with it.',
  notes: [
    'Both ends need the same key under the same number.',
    'Linux refuses an empty key with EINVAL. The key is taken as it is: text stands for its UTF-8.',
  ],
  when: 'any',
  after: withAuth,
  secret: true,
  see: ['SCTP_AUTH_ACTIVE_KEY', 'SCTP_AUTH_DELETE_KEY', 'SCTP_AUTH_CHUNK'],
  man: 'RFC 6458, RFC 4895',
  sample: { keynumber: 1, key: 'correct horse' },
});

export const SCTP_AUTH_SUPPORTED = option({
  name: 'SCTP_AUTH_SUPPORTED',
  level: 'SOL_SCTP',
  access: 'rw',
  ...sctp.sctpAssocValue(switched()),
  on: { linux: 129, freebsd: 39 },
  summary: 'Whether chunks can be signed with keys that both ends share.',
  notes: [futureOnly, 'A read that names an association says whether its peer can do it.'],
  default: 'net.sctp.auth_enable',
  when: 'before-connect',
  see: ['SCTP_AUTH_KEY', 'SCTP_AUTH_CHUNK', 'SCTP_ASCONF_SUPPORTED'],
  man: 'RFC 4895',
  since: '5.4',
  sample: { assoc_value: true },
});

export const SCTP_AUTOCLOSE = option({
  name: 'SCTP_AUTOCLOSE',
  level: 'SOL_SCTP',
  access: 'rw',
  value: u32({ unit: 's' }),
  length: 'exact',
  on: { linux: 4, freebsd: 5 },
  summary: 'Closes associations that have carried no data for so many seconds; 0 keeps them.',
  notes: [oneToMany, 'More than net.sctp.max_autoclose is cut down to it.'],
  limit: 'net.sctp.max_autoclose',
  when: 'any',
  see: ['SCTP_STATUS', 'SCTP_GET_ASSOC_NUMBER'],
  man: 'RFC 6458',
  example: 60,
});

export const SCTP_AUTO_ASCONF = option({
  name: 'SCTP_AUTO_ASCONF',
  level: 'SOL_SCTP',
  access: 'rw',
  value: bool(),
  on: { linux: 30, freebsd: 24 },
  summary: 'Tells peers by itself when this host gains or loses an address.',
  notes: ['Only on sockets that are bound to all addresses: others refuse to turn it on with EINVAL.'],
  default: 'net.sctp.default_auto_asconf',
  when: 'any',
  see: ['SCTP_ASCONF_SUPPORTED', 'SCTP_SOCKOPT_BINDX_ADD'],
  man: 'RFC 6458, RFC 5061',
  example: true,
});

export const SCTP_CONTEXT = option({
  name: 'SCTP_CONTEXT',
  level: 'SOL_SCTP',
  access: 'rw',
  ...sctp.sctpAssocValue(u32()),
  on: { linux: 17, freebsd: 26 },
  summary: "A number of the program's own that comes with every message that is received.",
  notes: ['Messages that are sent have one of their own: SCTP_DEFAULT_SNDINFO.'],
  when: 'any',
  see: ['SCTP_RECVRCVINFO', 'SCTP_DEFAULT_SNDINFO'],
  man: 'RFC 6458',
  sample: { assoc_value: 42 },
});

export const SCTP_DEFAULT_PRINFO = option({
  name: 'SCTP_DEFAULT_PRINFO',
  level: 'SOL_SCTP',
  access: 'rw',
  ...sctp.sctpDefaultPrinfo(),
  on: { linux: 114, freebsd: 34 },
  summary: 'When messages are given up, unless the call that sends them says otherwise.',
  notes: [
    'The value is milliseconds for SCTP_PR_SCTP_TTL, retransmissions for SCTP_PR_SCTP_RTX, ' +
      'a priority for SCTP_PR_SCTP_PRIO (a lower number goes first).',
    'With SCTP_PR_SCTP_NONE the value becomes 0.',
  ],
  when: 'any',
  see: ['SCTP_PR_SUPPORTED', 'SCTP_PR_ASSOC_STATUS', 'SCTP_DEFAULT_SNDINFO'],
  man: 'RFC 6458, RFC 7496',
  differs: { freebsd: 'The same fields in another order, the association last; the policies have other numbers.' },
  sample: { policy: 'SCTP_PR_SCTP_TTL', value: 500 },
});

export const SCTP_DEFAULT_SEND_PARAM = option({
  name: 'SCTP_DEFAULT_SEND_PARAM',
  level: 'SOL_SCTP',
  access: 'rw',
  ...sctp.sctpSndrcvinfo(),
  on: { linux: 10, freebsd: 11 },
  summary:
    'How messages are sent that come without instructions of their own: stream, flags, payload protocol, lifetime.',
  notes: [
    'RFC 6458 calls it deprecated: SCTP_DEFAULT_SNDINFO and SCTP_DEFAULT_PRINFO replace it.',
    'The payload protocol (ppid) is written in network order here, so that 46 is what IANA registered as 46.',
    'A set does not use ssn, tsn and cumtsn.',
  ],
  when: 'any',
  see: ['SCTP_DEFAULT_SNDINFO', 'SCTP_DEFAULT_PRINFO'],
  man: 'RFC 6458',
  differs: {
    freebsd: 'The struct is 128 bytes long: the number of a key and reserved bytes follow. Flags have other numbers.',
  },
  sample: { stream: 1, ppid: 46, timetolive: 500 },
});

export const SCTP_DEFAULT_SNDINFO = option({
  name: 'SCTP_DEFAULT_SNDINFO',
  level: 'SOL_SCTP',
  access: 'rw',
  ...sctp.sctpSndinfo(),
  on: { linux: 34, freebsd: 33 },
  summary:
    'How messages are sent that come without instructions of their own: stream, flags, payload protocol, context.',
  notes: ['The payload protocol (ppid) is written in network order here, so that 46 is what IANA registered as 46.'],
  when: 'any',
  see: ['SCTP_DEFAULT_PRINFO', 'SCTP_DEFAULT_SEND_PARAM', 'SCTP_INITMSG'],
  man: 'RFC 6458',
  differs: { freebsd: 'The flags have other numbers.' },
  sample: { sid: 1, ppid: 46, flags: 'SCTP_UNORDERED' },
});

export const SCTP_DELAYED_SACK = option({
  name: 'SCTP_DELAYED_SACK',
  level: 'SOL_SCTP',
  access: 'rw',
  ...sctp.sctpSackInfo(),
  on: { linux: 16, freebsd: 15 },
  summary: 'How long an acknowledgement may wait, and after how many packets it is sent anyway.',
  notes: [
    'At most 500 ms. A freq of 1 turns the delay off: a read then says a delay of 0.',
    zeroLeaves,
    'Linux also takes the shorter struct sctp_assoc_value, and logs that it is deprecated.',
  ],
  default: 'net.sctp.sack_timeout',
  when: 'any',
  see: ['SCTP_PEER_ADDR_PARAMS', 'SCTP_RTOINFO'],
  man: 'RFC 6458',
  sample: { delay: 100, freq: 4 },
});

export const SCTP_DELAYED_ACK = alias('SCTP_DELAYED_ACK', SCTP_DELAYED_SACK, { on: { linux: 16 } });

export const SCTP_DELAYED_ACK_TIME = alias('SCTP_DELAYED_ACK_TIME', SCTP_DELAYED_SACK, { on: { linux: 16 } });

export const SCTP_DISABLE_FRAGMENTS = option({
  name: 'SCTP_DISABLE_FRAGMENTS',
  level: 'SOL_SCTP',
  access: 'rw',
  value: bool(),
  on: { linux: 8, freebsd: 9 },
  summary: 'Refuses messages that do not fit into one packet, with EMSGSIZE, rather than sending them in pieces.',
  when: 'any',
  see: ['SCTP_MAXSEG', 'SCTP_PEER_ADDR_PARAMS'],
  man: 'RFC 6458',
  sample: true,
});

export const SCTP_DSTADDRV4 = option({
  name: 'SCTP_DSTADDRV4',
  level: 'SOL_SCTP',
  access: 'none',
  role: 'control message',
  value: inAddr(),
  on: { linux: 7, freebsd: 9 },
  summary: 'Beside a message that begins an association: one more IPv4 address of the peer.',
  instead: 'A control message of sendmsg; SCTP_SOCKOPT_CONNECTX connects to several addresses.',
  see: ['SCTP_DSTADDRV6', 'SCTP_SOCKOPT_CONNECTX'],
  man: 'RFC 6458',
});

export const SCTP_DSTADDRV6 = option({
  name: 'SCTP_DSTADDRV6',
  level: 'SOL_SCTP',
  access: 'none',
  role: 'control message',
  value: in6Addr(),
  on: { linux: 8, freebsd: 10 },
  summary: 'Beside a message that begins an association: one more IPv6 address of the peer.',
  instead: 'A control message of sendmsg; SCTP_SOCKOPT_CONNECTX connects to several addresses.',
  see: ['SCTP_DSTADDRV4', 'SCTP_SOCKOPT_CONNECTX'],
  man: 'RFC 6458',
});

export const SCTP_ECN_SUPPORTED = option({
  name: 'SCTP_ECN_SUPPORTED',
  level: 'SOL_SCTP',
  access: 'rw',
  ...sctp.sctpAssocValue(switched()),
  on: { linux: 130, freebsd: 37 },
  summary: 'Whether marks of congestion (ECN) are offered to the peer.',
  notes: [futureOnly, 'A read that names an association says whether its peer can do it.'],
  default: 'net.sctp.ecn_enable',
  when: 'before-connect',
  see: ['IP_TOS', 'SCTP_ASCONF_SUPPORTED'],
  man: 'RFC 9260',
  since: '5.4',
  sample: { assoc_value: false },
});

export const SCTP_ENABLE_STREAM_RESET = option({
  name: 'SCTP_ENABLE_STREAM_RESET',
  level: 'SOL_SCTP',
  access: 'rw',
  ...sctp.sctpAssocValue(sized(flags(sctpResetRequests), 'u32')),
  on: { linux: 118, freebsd: 0x900 },
  summary: 'What the peer may ask for on a running association: streams set back, all set back, more streams.',
  notes: ['Both ends must support it as well: SCTP_RECONFIG_SUPPORTED.'],
  when: 'any',
  see: ['SCTP_RESET_STREAMS', 'SCTP_RESET_ASSOC', 'SCTP_ADD_STREAMS', 'SCTP_RECONFIG_SUPPORTED'],
  man: 'RFC 6525',
  sample: { assoc_value: ['SCTP_ENABLE_RESET_STREAM_REQ', 'SCTP_ENABLE_CHANGE_ASSOC_REQ'] },
});

export const SCTP_EVENT = option({
  name: 'SCTP_EVENT',
  level: 'SOL_SCTP',
  access: 'rw',
  ...sctp.sctpEvent(),
  on: { linux: 127, freebsd: 30 },
  summary: 'Turns one kind of notification on or off, for the socket or for one association.',
  notes: [
    'Notifications arrive among the messages, marked with MSG_NOTIFICATION.',
    'Turning SCTP_SENDER_DRY_EVENT on while nothing is waiting brings one at once.',
  ],
  when: 'any',
  see: ['SCTP_EVENTS', 'SCTP_RECVRCVINFO'],
  man: 'RFC 6458',
  since: '5.0',
  differs: { freebsd: 'The notifications have other numbers.' },
  sample: { type: 'SCTP_ASSOC_CHANGE', on: true },
});

export const SCTP_EVENTS = option({
  name: 'SCTP_EVENTS',
  level: 'SOL_SCTP',
  access: 'rw',
  value: sctp.sctpEventSubscribe(),
  length: 'grows',
  on: { linux: 11, freebsd: 12 },
  summary: 'Which notifications arrive among the messages: one switch for each kind.',
  notes: [
    'What a set leaves out is off. A kernel that knows fewer kinds refuses the longer struct with EINVAL.',
    'RFC 6458 calls it deprecated: SCTP_EVENT sets one kind at a time, and per association.',
    'data_io_event is no notification: it brings SCTP_SNDRCV beside each message.',
  ],
  when: 'any',
  see: ['SCTP_EVENT', 'SCTP_RECVRCVINFO'],
  man: 'RFC 6458',
  differs: { freebsd: 'Eleven switches, up to stream_reset_event.' },
  sample: { association_event: true, shutdown_event: true },
});

export const SCTP_EXPOSE_POTENTIALLY_FAILED_STATE = option({
  name: 'SCTP_EXPOSE_POTENTIALLY_FAILED_STATE',
  level: 'SOL_SCTP',
  access: 'rw',
  ...sctp.sctpAssocValue(sized(enumeration(sctpPfExpose), 'u32')),
  on: { linux: 131 },
  summary: 'Whether programs are told of paths that may have failed, before they count as inactive.',
  notes: [
    'Disabled, SCTP_GET_PEER_ADDR_INFO fails with EACCES for such a path.',
    'Enabled, the notification SCTP_PEER_ADDR_CHANGE tells of the state too.',
  ],
  default: 'net.sctp.pf_expose',
  when: 'any',
  see: ['SCTP_PEER_ADDR_THLDS', 'SCTP_GET_PEER_ADDR_INFO'],
  man: 'RFC 7829',
  since: '5.5',
  sample: { assoc_value: 'enable' },
});

export const SCTP_EXPOSE_PF_STATE = alias('SCTP_EXPOSE_PF_STATE', SCTP_EXPOSE_POTENTIALLY_FAILED_STATE);

export const SCTP_FRAGMENT_INTERLEAVE = option({
  name: 'SCTP_FRAGMENT_INTERLEAVE',
  level: 'SOL_SCTP',
  access: 'rw',
  value: bool(),
  length: 'exact',
  on: { linux: 18, freebsd: 16 },
  summary: 'Lets pieces of several messages arrive in turn, when a long one is delivered in part.',
  notes: ['Ask for SCTP_RECVRCVINFO too: without it nobody can tell which message a piece belongs to.'],
  when: 'any',
  see: ['SCTP_PARTIAL_DELIVERY_POINT', 'SCTP_INTERLEAVING_SUPPORTED', 'SCTP_RECVRCVINFO'],
  man: 'RFC 6458',
  differs: {
    freebsd: 'A level: 1 mixes associations, and 2, which is set as a plain number, also the streams of one.',
  },
  sample: true,
});

export const SCTP_GET_ASSOC_ID_LIST = option({
  name: 'SCTP_GET_ASSOC_ID_LIST',
  level: 'SOL_SCTP',
  access: 'ro',
  value: status.sctpAssocIds(),
  on: { linux: 29, freebsd: 261 },
  summary: 'The ids of the associations of a socket, which other options take.',
  notes: [oneToMany, 'There is room for 1024 here; with more, the read fails with EINVAL.'],
  see: ['SCTP_GET_ASSOC_NUMBER', 'SCTP_STATUS'],
  man: 'RFC 6458',
});

export const SCTP_GET_ASSOC_NUMBER = option({
  name: 'SCTP_GET_ASSOC_NUMBER',
  level: 'SOL_SCTP',
  access: 'ro',
  value: u32(),
  on: { linux: 28, freebsd: 260 },
  summary: 'How many associations a socket has.',
  notes: [oneToMany],
  see: ['SCTP_GET_ASSOC_ID_LIST', 'SCTP_STATUS'],
  man: 'RFC 6458',
});

export const SCTP_GET_ASSOC_STATS = option({
  name: 'SCTP_GET_ASSOC_STATS',
  level: 'SOL_SCTP',
  access: 'ro',
  ...status.sctpAssocStats(),
  on: { linux: 112 },
  summary: 'Counters of an association: packets, chunks, acknowledgements, retransmissions, and the longest timeout.',
  notes: ['A read starts the search for the longest timeout (maxrto) anew.', needsAssociation],
  sideEffect: 'sets the longest observed retransmission timeout back',
  see: ['SCTP_STATUS', 'SCTP_GET_PEER_ADDR_INFO'],
  man: 'linux/sctp.h',
});

export const SCTP_GET_LOCAL_ADDRS = option({
  name: 'SCTP_GET_LOCAL_ADDRS',
  level: 'SOL_SCTP',
  access: 'ro',
  value: status.sctpGetaddrs(),
  query: status.sctpGetaddrsQuery(),
  length: 'in-out',
  // The length counts the addresses alone, not the two numbers in front of them.
  uncounted: 8,
  on: { linux: 109 },
  summary: 'The own addresses of an association, or with id 0 those that the socket is bound to.',
  notes: [
    'A socket that is bound to all addresses lists those of the host.',
    'With more than fit (some 60) the read fails with ENOMEM.',
  ],
  see: ['SCTP_GET_PEER_ADDRS', 'SCTP_SOCKOPT_BINDX_ADD'],
  man: 'RFC 6458',
});

export const SCTP_GET_PEER_ADDRS = option({
  name: 'SCTP_GET_PEER_ADDRS',
  level: 'SOL_SCTP',
  access: 'ro',
  value: status.sctpGetaddrs(),
  query: status.sctpGetaddrsQuery(),
  length: 'in-out',
  on: { linux: 108 },
  summary: 'All addresses of the peer of an association.',
  notes: [needsAssociation, 'With more than fit (some 60) the read fails with ENOMEM.'],
  see: ['SCTP_GET_LOCAL_ADDRS', 'SCTP_GET_PEER_ADDR_INFO'],
  man: 'RFC 6458',
});

export const SCTP_GET_PEER_ADDR_INFO = option({
  name: 'SCTP_GET_PEER_ADDR_INFO',
  level: 'SOL_SCTP',
  access: 'ro',
  ...status.sctpPaddrinfo(),
  on: { linux: 15, freebsd: 257 },
  summary: 'The state of one path: reachable or not, congestion window, round-trip time, timeout, MTU.',
  notes: [
    'The read names an address of the peer; one that is not is refused with EINVAL.',
    'A path that may have failed is told only with SCTP_EXPOSE_POTENTIALLY_FAILED_STATE, otherwise EACCES.',
  ],
  see: ['SCTP_STATUS', 'SCTP_GET_PEER_ADDRS', 'SCTP_PEER_ADDR_PARAMS'],
  man: 'RFC 6458',
  differs: { freebsd: 'The address comes first in the struct; the states have other numbers.' },
});

export const SCTP_HMAC_IDENT = option({
  name: 'SCTP_HMAC_IDENT',
  level: 'SOL_SCTP',
  access: 'rw',
  value: auth.sctpHmacalgo(),
  on: { linux: 22, freebsd: 20 },
  summary: 'Algorithms that may sign chunks, the preferred one first.',
  notes: ['Without SCTP_AUTH_HMAC_ID_SHA1 in it the list is refused with EINVAL.', authFirst, futureOnly],
  when: 'before-connect',
  after: withAuth,
  see: ['SCTP_AUTH_KEY', 'SCTP_AUTH_CHUNK'],
  man: 'RFC 6458, RFC 4895',
  sample: { idents: ['SCTP_AUTH_HMAC_ID_SHA1'] },
});

export const SCTP_INIT = option({
  name: 'SCTP_INIT',
  level: 'SOL_SCTP',
  access: 'none',
  role: 'control message',
  value: sctp.sctpInitmsg(),
  on: { linux: 0, freebsd: 1 },
  summary: 'Beside a message that begins an association: how many streams it shall have.',
  instead: 'A control message of sendmsg; SCTP_INITMSG sets the same for all associations of a socket.',
  see: ['SCTP_INITMSG'],
  man: 'RFC 6458',
});

export const SCTP_INITMSG = option({
  name: 'SCTP_INITMSG',
  level: 'SOL_SCTP',
  access: 'rw',
  value: sctp.sctpInitmsg(),
  length: 'exact',
  on: { linux: 2, freebsd: 3 },
  summary: 'What an association is asked for when it begins: streams in each direction, attempts, and their timeout.',
  notes: [zeroLeaves, 'Sockets that a listener accepts inherit it.', futureOnly],
  when: 'before-connect',
  see: ['SCTP_RTOINFO', 'SCTP_ADD_STREAMS', 'SCTP_STATUS'],
  man: 'RFC 6458',
  sample: { num_ostreams: 3, max_instreams: 4, max_attempts: 2, max_init_timeo: 1000 },
});

export const SCTP_INTERLEAVING_SUPPORTED = option({
  name: 'SCTP_INTERLEAVING_SUPPORTED',
  level: 'SOL_SCTP',
  access: 'rw',
  ...sctp.sctpAssocValue(switched()),
  on: { linux: 125, freebsd: 0x1206 },
  summary: 'Whether a long message may be interrupted by messages of other streams on the wire (I-DATA).',
  notes: ['Fails with EPERM unless net.sctp.intl_enable and SCTP_FRAGMENT_INTERLEAVE are on.', futureOnly],
  when: 'before-connect',
  see: ['SCTP_FRAGMENT_INTERLEAVE', 'SCTP_STREAM_SCHEDULER'],
  man: 'RFC 8260',
  example: { assoc_value: true },
});

export const SCTP_I_WANT_MAPPED_V4_ADDR = option({
  name: 'SCTP_I_WANT_MAPPED_V4_ADDR',
  level: 'SOL_SCTP',
  access: 'rw',
  value: bool(),
  on: { linux: 12, freebsd: 13 },
  summary: 'Shows IPv4 addresses to an IPv6 socket as ::ffff:192.0.2.1; off, they come as IPv4 addresses.',
  when: 'any',
  see: ['IPV6_V6ONLY', 'SCTP_GET_PEER_ADDRS'],
  man: 'RFC 6458',
  differs: { freebsd: 'Off unless it is turned on; Linux has it on.' },
  sample: false,
});

export const SCTP_LOCAL_AUTH_CHUNKS = option({
  name: 'SCTP_LOCAL_AUTH_CHUNKS',
  level: 'SOL_SCTP',
  access: 'ro',
  value: auth.sctpAuthchunks(),
  query: auth.sctpAuthchunksQuery(),
  length: 'in-out',
  on: { linux: 27, freebsd: 259 },
  summary: 'The types of chunks that must arrive signed here.',
  notes: [authFirst],
  after: withAuth,
  see: ['SCTP_PEER_AUTH_CHUNKS', 'SCTP_AUTH_CHUNK'],
  man: 'RFC 6458, RFC 4895',
});

export const SCTP_MAXSEG = option({
  name: 'SCTP_MAXSEG',
  level: 'SOL_SCTP',
  access: 'rw',
  ...sctp.sctpAssocValue(u32({ unit: 'bytes' })),
  on: { linux: 13, freebsd: 14 },
  summary: 'The longest piece that a message is sent in; 0 leaves it to the MTU of the path.',
  notes: [
    'A smaller MTU wins. On an association, a read gives what is really used.',
    'Linux also takes a plain C int, and logs that it is deprecated.',
  ],
  when: 'any',
  see: ['SCTP_DISABLE_FRAGMENTS', 'SCTP_PEER_ADDR_PARAMS'],
  man: 'RFC 6458',
  sample: { assoc_value: 1000 },
});

export const SCTP_MAX_BURST = option({
  name: 'SCTP_MAX_BURST',
  level: 'SOL_SCTP',
  access: 'rw',
  ...sctp.sctpAssocValue(u32({ unit: 'packets' })),
  on: { linux: 20, freebsd: 25 },
  summary: 'How many packets may leave at once, however wide the window is.',
  notes: ['Linux also takes a plain C int, and logs that it is deprecated.'],
  default: 'net.sctp.max_burst',
  when: 'any',
  see: ['SCTP_RTOINFO', 'SCTP_DELAYED_SACK'],
  man: 'RFC 6458',
  sample: { assoc_value: 8 },
});

export const SCTP_NODELAY = option({
  name: 'SCTP_NODELAY',
  level: 'SOL_SCTP',
  access: 'rw',
  value: bool(),
  on: { linux: 3, freebsd: 4 },
  summary: 'Sends small messages at once, rather than waiting until several fit into one packet.',
  when: 'any',
  see: ['TCP_NODELAY', 'SCTP_DELAYED_SACK'],
  man: 'RFC 6458',
  sample: true,
});

export const SCTP_NXTINFO = option({
  name: 'SCTP_NXTINFO',
  level: 'SOL_SCTP',
  access: 'none',
  role: 'control message',
  value: messages.sctpNxtinfo(),
  on: { linux: 4, freebsd: 6 },
  summary: 'Beside a received message: what is known of the one after it.',
  instead: 'A control message of recvmsg; SCTP_RECVNXTINFO turns it on.',
  see: ['SCTP_RECVNXTINFO'],
  man: 'RFC 6458',
});

export const SCTP_PARTIAL_DELIVERY_POINT = option({
  name: 'SCTP_PARTIAL_DELIVERY_POINT',
  level: 'SOL_SCTP',
  access: 'rw',
  value: u32({ unit: 'bytes' }),
  length: 'exact',
  on: { linux: 19, freebsd: 17 },
  summary: 'From which length on a message that is still arriving may be delivered in parts.',
  notes: ['More than half of SO_RCVBUF, as it reads, is refused with EINVAL.'],
  when: 'any',
  see: ['SCTP_FRAGMENT_INTERLEAVE', 'SO_RCVBUF'],
  man: 'RFC 6458',
  sample: 4096,
});

export const SCTP_PEER_ADDR_PARAMS = option({
  name: 'SCTP_PEER_ADDR_PARAMS',
  level: 'SOL_SCTP',
  access: 'rw',
  ...sctp.sctpPaddrparams(),
  on: { linux: 9, freebsd: 10 },
  summary: 'Heartbeats, MTU discovery, delayed acknowledgements and retransmissions of one path, or of all.',
  notes: [
    'The flags say what a set changes: hbinterval counts with SPP_HB_ENABLE, pathmtu with SPP_PMTUD_DISABLE, and so on.',
    'pathmaxrxt needs no flag; 0 leaves it as it is. A heartbeat interval of 0 needs SPP_HB_TIME_IS_ZERO.',
    'Two flags that contradict each other are refused with EINVAL, and so is a sackdelay above 500 ms.',
    'SPP_HB_DEMAND sends a heartbeat now, to an association or a path.',
  ],
  when: 'any',
  see: ['SCTP_GET_PEER_ADDR_INFO', 'SCTP_RTOINFO', 'SCTP_PEER_ADDR_THLDS', 'SCTP_PLPMTUD_PROBE_INTERVAL'],
  man: 'RFC 6458',
  differs: { freebsd: 'The fields have another order, and there is no sackdelay: SCTP_DELAYED_SACK has it.' },
  sample: { hbinterval: 5000, pathmaxrxt: 3, flags: 'SPP_HB_ENABLE' },
});

export const SCTP_PEER_ADDR_THLDS = option({
  name: 'SCTP_PEER_ADDR_THLDS',
  level: 'SOL_SCTP',
  access: 'rw',
  ...sctp.sctpPaddrthlds(),
  on: { linux: 31, freebsd: 35 },
  summary: 'After how many retransmissions a path counts as inactive, and after how many as potentially failed.',
  notes: ['A pathmaxrxt of 0 leaves it as it is; pathpfthld is always set.'],
  when: 'any',
  see: ['SCTP_PEER_ADDR_THLDS_V2', 'SCTP_PEER_ADDR_PARAMS', 'SCTP_EXPOSE_POTENTIALLY_FAILED_STATE'],
  man: 'RFC 7829',
  differs: {
    freebsd: 'The address comes first, and the struct ends with pathcpthld, as the second version has it here.',
  },
  sample: { pathmaxrxt: 4, pathpfthld: 2 },
});

export const SCTP_PEER_ADDR_THLDS_V2 = option({
  name: 'SCTP_PEER_ADDR_THLDS_V2',
  level: 'SOL_SCTP',
  access: 'rw',
  ...sctp.sctpPaddrthldsV2(),
  on: { linux: 37 },
  summary: 'SCTP_PEER_ADDR_THLDS, and after how many retransmissions another path becomes the primary one.',
  notes: ['A pathpfthld above pathcpthld is refused with EINVAL.', 'A pathmaxrxt of 0 leaves it as it is.'],
  when: 'any',
  see: ['SCTP_PEER_ADDR_THLDS', 'SCTP_PRIMARY_ADDR'],
  man: 'RFC 7829',
  since: '5.5',
  sample: { pathmaxrxt: 4, pathpfthld: 2, pathcpthld: 3 },
});

export const SCTP_PEER_AUTH_CHUNKS = option({
  name: 'SCTP_PEER_AUTH_CHUNKS',
  level: 'SOL_SCTP',
  access: 'ro',
  value: auth.sctpAuthchunks(),
  query: auth.sctpAuthchunksQuery(),
  length: 'in-out',
  on: { linux: 26, freebsd: 258 },
  summary: 'The types of chunks that the peer wants signed.',
  notes: [needsAssociation, 'Fails with EACCES when the peer cannot sign chunks.'],
  see: ['SCTP_LOCAL_AUTH_CHUNKS', 'SCTP_AUTH_CHUNK'],
  man: 'RFC 6458, RFC 4895',
});

export const SCTP_PLPMTUD_PROBE_INTERVAL = option({
  name: 'SCTP_PLPMTUD_PROBE_INTERVAL',
  level: 'SOL_SCTP',
  access: 'rw',
  ...sctp.sctpProbeinterval(),
  on: { linux: 133 },
  summary: "How often a path is probed for a larger MTU, with packets of SCTP's own; 0 does not.",
  notes: ['Less than 5000 ms is refused with EINVAL, except for 0.'],
  default: 'net.sctp.plpmtud_probe_interval',
  when: 'any',
  see: ['SCTP_PEER_ADDR_PARAMS', 'IP_MTU_DISCOVER'],
  man: 'RFC 8899',
  since: '5.14',
  sample: { interval: 6000 },
});

export const SCTP_PRIMARY_ADDR = option({
  name: 'SCTP_PRIMARY_ADDR',
  level: 'SOL_SCTP',
  access: 'rw',
  ...sctp.sctpPrim(),
  on: { linux: 6, freebsd: 7 },
  summary: 'The address of the peer that data goes to, as long as it answers.',
  notes: ['One that the peer does not have is refused with EINVAL.', needsAssociation],
  when: 'connected',
  see: ['SCTP_SET_PEER_PRIMARY_ADDR', 'SCTP_GET_PEER_ADDRS', 'SCTP_STATUS'],
  man: 'RFC 6458',
  differs: { freebsd: 'The address comes first in the struct, which is called sctp_setprim.' },
  example: { addr: '192.0.2.1:4000' },
});

export const SCTP_PRINFO = option({
  name: 'SCTP_PRINFO',
  level: 'SOL_SCTP',
  access: 'none',
  role: 'control message',
  value: messages.sctpPrinfo(),
  on: { linux: 5, freebsd: 7 },
  summary: 'Beside a message that is sent: when it is given up.',
  instead: 'A control message of sendmsg; SCTP_DEFAULT_PRINFO sets it for all messages.',
  see: ['SCTP_DEFAULT_PRINFO'],
  man: 'RFC 6458',
});

export const SCTP_PR_ASSOC_STATUS = option({
  name: 'SCTP_PR_ASSOC_STATUS',
  level: 'SOL_SCTP',
  access: 'ro',
  ...status.sctpPrstatus(),
  on: { linux: 115, freebsd: 264 },
  summary: 'How many messages of an association were given up: before they were sent, and after.',
  notes: ['The read names a policy; all of them together unless it does.', needsAssociation],
  see: ['SCTP_PR_STREAM_STATUS', 'SCTP_DEFAULT_PRINFO', 'SCTP_PR_SUPPORTED'],
  man: 'RFC 7496',
  differs: { freebsd: 'The policies have other numbers.' },
});

export const SCTP_PR_STREAM_STATUS = option({
  name: 'SCTP_PR_STREAM_STATUS',
  level: 'SOL_SCTP',
  access: 'ro',
  ...status.sctpPrstatus(),
  on: { linux: 116, freebsd: 263 },
  summary: 'How many messages of one stream were given up: before they were sent, and after.',
  notes: ['The read names the stream (sid) and a policy; all policies unless it does.', needsAssociation],
  see: ['SCTP_PR_ASSOC_STATUS', 'SCTP_DEFAULT_PRINFO'],
  man: 'RFC 7496',
  differs: { freebsd: 'The policies have other numbers.' },
});

export const SCTP_PR_SUPPORTED = option({
  name: 'SCTP_PR_SUPPORTED',
  level: 'SOL_SCTP',
  access: 'rw',
  ...sctp.sctpAssocValue(switched()),
  on: { linux: 113, freebsd: 38 },
  summary: 'Whether messages may be given up: partial reliability is offered to the peer.',
  notes: [futureOnly, 'A read that names an association says whether its peer can do it.'],
  default: 'net.sctp.prsctp_enable',
  when: 'before-connect',
  see: ['SCTP_DEFAULT_PRINFO', 'SCTP_PR_ASSOC_STATUS'],
  man: 'RFC 3758, RFC 7496',
  sample: { assoc_value: false },
});

export const SCTP_RCVINFO = option({
  name: 'SCTP_RCVINFO',
  level: 'SOL_SCTP',
  access: 'none',
  role: 'control message',
  value: messages.sctpRcvinfo(),
  on: { linux: 3, freebsd: 5 },
  summary: 'Beside a received message: its stream, its numbers, its payload protocol and its association.',
  instead: 'A control message of recvmsg; SCTP_RECVRCVINFO turns it on.',
  see: ['SCTP_RECVRCVINFO'],
  man: 'RFC 6458',
});

export const SCTP_RECONFIG_SUPPORTED = option({
  name: 'SCTP_RECONFIG_SUPPORTED',
  level: 'SOL_SCTP',
  access: 'rw',
  ...sctp.sctpAssocValue(switched()),
  on: { linux: 117, freebsd: 41 },
  summary: 'Whether streams may be set back and added on a running association.',
  notes: [futureOnly, 'A read that names an association says whether its peer can do it.'],
  default: 'net.sctp.reconf_enable',
  when: 'before-connect',
  see: ['SCTP_ENABLE_STREAM_RESET', 'SCTP_RESET_STREAMS', 'SCTP_ADD_STREAMS'],
  man: 'RFC 6525',
  sample: { assoc_value: true },
});

export const SCTP_RECVNXTINFO = option({
  name: 'SCTP_RECVNXTINFO',
  level: 'SOL_SCTP',
  access: 'rw',
  value: bool(),
  on: { linux: 33, freebsd: 32 },
  summary: 'Says beside each received message what is known of the next one (SCTP_NXTINFO).',
  when: 'any',
  see: ['SCTP_RECVRCVINFO', 'SCTP_NXTINFO'],
  man: 'RFC 6458',
  sample: true,
});

export const SCTP_RECVRCVINFO = option({
  name: 'SCTP_RECVRCVINFO',
  level: 'SOL_SCTP',
  access: 'rw',
  value: bool(),
  on: { linux: 32, freebsd: 31 },
  summary: 'Says beside each received message its stream, its payload protocol and its association (SCTP_RCVINFO).',
  when: 'any',
  see: ['SCTP_RECVNXTINFO', 'SCTP_RCVINFO', 'SCTP_EVENTS'],
  man: 'RFC 6458',
  sample: true,
});

export const SCTP_REMOTE_UDP_ENCAPS_PORT = option({
  name: 'SCTP_REMOTE_UDP_ENCAPS_PORT',
  level: 'SOL_SCTP',
  access: 'rw',
  ...sctp.sctpUdpencaps(),
  on: { linux: 132, freebsd: 36 },
  summary: 'The UDP port of the peer that SCTP packets travel to inside of UDP; 0 sends them as they are.',
  notes: ['For paths that let only UDP and TCP through. net.sctp.udp_port is the port where this host listens.'],
  default: 'net.sctp.encap_port',
  when: 'any',
  see: ['UDP_ENCAP', 'SCTP_PEER_ADDR_PARAMS'],
  man: 'RFC 6951',
  since: '5.11',
  differs: { freebsd: 'The address comes first in the struct.' },
  sample: { port: 9899 },
});

export const SCTP_RESET_ASSOC = option({
  name: 'SCTP_RESET_ASSOC',
  level: 'SOL_SCTP',
  access: 'wo',
  value: int(),
  length: 'exact',
  on: { linux: 120, freebsd: 0x902 },
  summary: 'Starts an association afresh without ending it: all its numbers begin again. The value is its id.',
  notes: [
    'The peer must allow it: SCTP_ENABLE_STREAM_RESET with SCTP_ENABLE_RESET_ASSOC_REQ on its side.',
    'The answer comes as a notification, SCTP_ASSOC_RESET_EVENT.',
  ],
  when: 'connected',
  see: ['SCTP_RESET_STREAMS', 'SCTP_ENABLE_STREAM_RESET'],
  man: 'RFC 6525',
  example: 1,
});

export const SCTP_RESET_STREAMS = option({
  name: 'SCTP_RESET_STREAMS',
  level: 'SOL_SCTP',
  access: 'wo',
  value: sctp.sctpResetStreams(),
  on: { linux: 119, freebsd: 0x901 },
  summary: 'Starts the numbers of single streams again at 0; an empty list means all of them.',
  notes: [
    'The peer must allow it: SCTP_ENABLE_STREAM_RESET with SCTP_ENABLE_RESET_STREAM_REQ on its side.',
    'The answer comes as a notification, SCTP_STREAM_RESET_EVENT.',
  ],
  when: 'connected',
  see: ['SCTP_RESET_ASSOC', 'SCTP_ADD_STREAMS', 'SCTP_ENABLE_STREAM_RESET'],
  man: 'RFC 6525',
  example: { flags: 'SCTP_STREAM_RESET_OUTGOING', stream_list: [1] },
});

export const SCTP_REUSE_PORT = option({
  name: 'SCTP_REUSE_PORT',
  level: 'SOL_SCTP',
  access: 'rw',
  value: bool(),
  on: { linux: 36, freebsd: 28 },
  summary: 'Lets several one-to-one sockets share a port, of which only one may listen.',
  notes: [
    'After bind a set fails with EFAULT. A one-to-many socket refuses it with EOPNOTSUPP.',
    'To spread associations over listeners is what SO_REUSEPORT does.',
  ],
  when: 'before-bind',
  see: ['SO_REUSEADDR', 'SO_REUSEPORT'],
  man: 'RFC 6458',
  since: '4.19',
  sample: true,
});

export const SCTP_RTOINFO = option({
  name: 'SCTP_RTOINFO',
  level: 'SOL_SCTP',
  access: 'rw',
  ...sctp.sctpRtoinfo(),
  on: { linux: 0, freebsd: 1 },
  summary: 'The timeout of retransmissions: its first value, and its bounds.',
  notes: [zeroLeaves, 'A least value above the greatest one is refused with EINVAL.'],
  default: 'net.sctp.rto_initial',
  when: 'any',
  see: ['SCTP_ASSOCINFO', 'SCTP_PEER_ADDR_PARAMS', 'SCTP_GET_PEER_ADDR_INFO'],
  man: 'RFC 6458',
  sample: { initial: 2000, max: 10000, min: 500 },
});

export const SCTP_SENDMSG_CONNECT = option({
  name: 'SCTP_SENDMSG_CONNECT',
  level: 'SOL_SCTP',
  access: 'none',
  role: 'internal',
  value: int(),
  on: { linux: 126 },
  summary: 'A number that the kernel hands to security modules when a message begins an association.',
  instead: 'No option: getsockopt and setsockopt refuse it with ENOPROTOOPT.',
  see: ['SCTP_SOCKOPT_CONNECTX'],
  man: 'linux/sctp.h',
});

export const SCTP_SET_PEER_PRIMARY_ADDR = option({
  name: 'SCTP_SET_PEER_PRIMARY_ADDR',
  level: 'SOL_SCTP',
  access: 'wo',
  value: sctp.sctpSetpeerprim(),
  on: { linux: 5, freebsd: 6 },
  summary: "Asks the peer to send to one of this side's addresses, as long as it answers.",
  notes: [
    'Fails with EPERM where either end cannot change addresses: SCTP_ASCONF_SUPPORTED.',
    'An address that the association does not have is refused with EADDRNOTAVAIL.',
  ],
  when: 'connected',
  see: ['SCTP_PRIMARY_ADDR', 'SCTP_GET_LOCAL_ADDRS', 'SCTP_ASCONF_SUPPORTED'],
  man: 'RFC 6458, RFC 5061',
  differs: { freebsd: 'The address comes first in the struct.' },
  example: { addr: '192.0.2.2:4000' },
});

export const SCTP_SNDINFO = option({
  name: 'SCTP_SNDINFO',
  level: 'SOL_SCTP',
  access: 'none',
  role: 'control message',
  value: sctp.sctpSndinfo().value,
  on: { linux: 2, freebsd: 4 },
  summary: 'Beside a message that is sent: its stream, its flags, its payload protocol and its association.',
  instead: 'A control message of sendmsg; SCTP_DEFAULT_SNDINFO sets the same for all messages.',
  see: ['SCTP_DEFAULT_SNDINFO'],
  man: 'RFC 6458',
});

export const SCTP_SNDRCV = option({
  name: 'SCTP_SNDRCV',
  level: 'SOL_SCTP',
  access: 'none',
  role: 'control message',
  value: sctp.sctpSndrcvinfo().value,
  on: { linux: 1, freebsd: 2 },
  summary: 'Beside a message, in both directions: stream, flags, payload protocol; deprecated.',
  instead: 'A control message; SCTP_DEFAULT_SNDINFO and SCTP_RECVRCVINFO are the options that replace it.',
  see: ['SCTP_SNDINFO', 'SCTP_RCVINFO', 'SCTP_EVENTS'],
  man: 'RFC 6458',
});

export const SCTP_SOCKOPT_BINDX_ADD = option({
  name: 'SCTP_SOCKOPT_BINDX_ADD',
  level: 'SOL_SCTP',
  access: 'wo',
  value: addressRow(),
  on: { linux: 100 },
  summary: 'Binds the socket to further addresses; this is how sctp_bindx works.',
  notes: [
    'All addresses have the same port, that of the socket; IPv4 sockets take IPv4 addresses only.',
    'On a running association the peer is told, where both ends can change addresses.',
  ],
  when: 'any',
  see: ['SCTP_SOCKOPT_BINDX_REM', 'SCTP_GET_LOCAL_ADDRS', 'SCTP_ASCONF_SUPPORTED'],
  man: 'RFC 6458',
  sample: ['127.0.0.1:0'],
});

export const SCTP_SOCKOPT_BINDX_REM = option({
  name: 'SCTP_SOCKOPT_BINDX_REM',
  level: 'SOL_SCTP',
  access: 'wo',
  value: addressRow(),
  on: { linux: 101 },
  summary: 'Takes addresses from those that the socket is bound to; this is how sctp_bindx works.',
  notes: ['The last address stays: to take it is refused.'],
  when: 'any',
  see: ['SCTP_SOCKOPT_BINDX_ADD', 'SCTP_GET_LOCAL_ADDRS'],
  man: 'RFC 6458',
  example: ['192.0.2.2:4000'],
});

export const SCTP_SOCKOPT_CONNECTX = option({
  name: 'SCTP_SOCKOPT_CONNECTX',
  level: 'SOL_SCTP',
  access: 'wo',
  value: addressRow(),
  on: { linux: 110 },
  summary: 'Connects to a peer that has several addresses; this is how sctp_connectx works.',
  notes: [
    'All addresses have the same port. The peer answers with the addresses that it really has.',
    'A non-blocking socket fails with EINPROGRESS, and goes on connecting.',
    'The kernel returns the id of the association from setsockopt; read it with SCTP_STATUS.',
  ],
  when: 'before-connect',
  see: ['SCTP_GET_PEER_ADDRS', 'SCTP_SOCKOPT_CONNECTX3', 'SCTP_PRIMARY_ADDR'],
  man: 'RFC 6458',
  example: ['192.0.2.1:4000', '198.51.100.1:4000'],
});

export const SCTP_SOCKOPT_CONNECTX3 = option({
  name: 'SCTP_SOCKOPT_CONNECTX3',
  level: 'SOL_SCTP',
  access: 'ro',
  value: int(),
  query: status.sctpConnectx3Query(),
  length: 'in-out',
  on: { linux: 111 },
  summary: 'SCTP_SOCKOPT_CONNECTX as a read: it connects, and gives the id of the association.',
  notes: [
    'The query has the addresses only as a pointer: addrs is where they lie, addr_num how many bytes they have.',
    'Without memory of its own at a known place a program cannot use it: SCTP_SOCKOPT_CONNECTX does the same.',
  ],
  sideEffect: 'connects',
  see: ['SCTP_SOCKOPT_CONNECTX', 'SCTP_SOCKOPT_CONNECTX_OLD'],
  man: 'linux/sctp.h',
});

export const SCTP_SOCKOPT_CONNECTX_OLD = option({
  name: 'SCTP_SOCKOPT_CONNECTX_OLD',
  level: 'SOL_SCTP',
  access: 'wo',
  value: addressRow(),
  on: { linux: 107 },
  summary: 'SCTP_SOCKOPT_CONNECTX as older libraries use it: it does not tell the id of the association.',
  when: 'before-connect',
  see: ['SCTP_SOCKOPT_CONNECTX'],
  man: 'linux/sctp.h',
  example: ['192.0.2.1:4000', '198.51.100.1:4000'],
});

export const SCTP_SOCKOPT_PEELOFF = option({
  name: 'SCTP_SOCKOPT_PEELOFF',
  level: 'SOL_SCTP',
  access: 'ro',
  ...status.sctpPeeloff(),
  on: { linux: 102 },
  summary: 'Splits one association off from a one-to-many socket, into a socket of its own.',
  notes: [
    'The read gives the new descriptor (sd), which nobody closes but the caller; it is not closed on exec.',
    'Refused with EINVAL on one-to-one sockets, and on sockets that were split off themselves.',
  ],
  sideEffect: 'makes a new descriptor',
  see: ['SCTP_SOCKOPT_PEELOFF_FLAGS', 'SCTP_GET_ASSOC_ID_LIST'],
  man: 'RFC 6458',
});

export const SCTP_SOCKOPT_PEELOFF_FLAGS = option({
  name: 'SCTP_SOCKOPT_PEELOFF_FLAGS',
  level: 'SOL_SCTP',
  access: 'ro',
  ...status.sctpPeeloffFlags(),
  on: { linux: 122 },
  summary: 'SCTP_SOCKOPT_PEELOFF with flags for the new descriptor: SOCK_CLOEXEC and SOCK_NONBLOCK.',
  notes: ['The read gives the new descriptor (sd), which nobody closes but the caller.'],
  sideEffect: 'makes a new descriptor',
  see: ['SCTP_SOCKOPT_PEELOFF', 'SCTP_GET_ASSOC_ID_LIST'],
  man: 'RFC 6458',
});

export const SCTP_STATUS = option({
  name: 'SCTP_STATUS',
  level: 'SOL_SCTP',
  access: 'ro',
  ...status.sctpStatus(),
  on: { linux: 14, freebsd: 256 },
  summary: "The state of an association: the peer's window, what is under way, streams, and its primary path.",
  notes: [needsAssociation],
  see: ['SCTP_GET_PEER_ADDR_INFO', 'SCTP_ASSOCINFO', 'SCTP_GET_ASSOC_STATS'],
  man: 'RFC 6458',
  differs: { freebsd: 'The states have other numbers, and the primary path has its address first.' },
});

export const SCTP_STREAM_SCHEDULER = option({
  name: 'SCTP_STREAM_SCHEDULER',
  level: 'SOL_SCTP',
  access: 'rw',
  ...sctp.sctpAssocValue(sized(enumeration(sctpSchedulers), 'u32')),
  on: { linux: 123 },
  summary: 'Which stream sends next, when several have something to send.',
  notes: ['A long message is not interrupted, except with SCTP_INTERLEAVING_SUPPORTED.'],
  when: 'any',
  see: ['SCTP_STREAM_SCHEDULER_VALUE', 'SCTP_INTERLEAVING_SUPPORTED'],
  man: 'RFC 8260',
  sample: { assoc_value: 'SCTP_SS_RR' },
});

export const SCTP_STREAM_SCHEDULER_VALUE = option({
  name: 'SCTP_STREAM_SCHEDULER_VALUE',
  level: 'SOL_SCTP',
  access: 'rw',
  ...sctp.sctpStreamValue(),
  on: { linux: 124 },
  summary: 'What the scheduler of streams is told of one stream: for SCTP_SS_PRIO its priority, a lower number first.',
  notes: [needsAssociation],
  when: 'connected',
  see: ['SCTP_STREAM_SCHEDULER'],
  man: 'RFC 8260',
  example: { stream_id: 1, stream_value: 10 },
});
