// The structs of SCTP against C on Linux: what a C program fills is what codecs write, and they read it back.
import { describe } from 'vitest';
import * as sctp from '../../src/codec/sctp.ts';
import * as messages from '../../src/codec/sctp-messages.ts';
import * as status from '../../src/codec/sctp-status.ts';
import { fillInC } from './c-fills.ts';
import { i386, s390x, x64 } from './every.ts';
import { type Case, common, compare, four, path, six } from './sctp-cases.ts';

const in4 = (field: string): string => `in4(&p->${field}, "192.0.2.7", 9899);`;
const in6 = (field: string): string => `in6(&p->${field}, "2001:db8::7", 9899);`;
const counters = ['maxrto', 'isacks', 'osacks', 'opackets', 'ipackets', 'rtxchunks', 'outofseqtsns', 'idupchunks'];
counters.push('gapcnt', 'ouodchunks', 'iuodchunks', 'oodchunks', 'iodchunks', 'octrlchunks', 'ictrlchunks');
const fillPath = (at: string, active: string): string =>
  `p->${at}spinfo_assoc_id = 3; ${in6(`${at}spinfo_address`)} p->${at}spinfo_state = ${active}; ` +
  `p->${at}spinfo_cwnd = 4380; p->${at}spinfo_srtt = 12; p->${at}spinfo_rto = 1000; p->${at}spinfo_mtu = 1500;`;

const linux: readonly Case[] = [
  ...common,
  {
    type: 'struct sctp_assocparams',
    codec: sctp.sctpAssocparams().value,
    given: { assoc_id: 3, asocmaxrxt: 5, number_peer_destinations: 2, peer_rwnd: 6, local_rwnd: 7, cookie_life: 8 },
    fill: 'p->sasoc_assoc_id = 3; p->sasoc_asocmaxrxt = 5; p->sasoc_number_peer_destinations = 2; p->sasoc_peer_rwnd = 6; p->sasoc_local_rwnd = 7; p->sasoc_cookie_life = 8;',
  },
  {
    type: 'struct sctp_setpeerprim',
    codec: sctp.sctpSetpeerprim(),
    given: { assoc_id: 3, addr: '192.0.2.7:9899' },
    read: { assoc_id: 3, addr: four },
    fill: `p->sspp_assoc_id = 3; ${in4('sspp_addr')}`,
  },
  {
    type: 'struct sctp_prim',
    codec: sctp.sctpPrim().value,
    given: { assoc_id: 3, addr: six },
    fill: `p->ssp_assoc_id = 3; ${in6('ssp_addr')}`,
  },
  {
    type: 'struct sctp_paddrparams',
    codec: sctp.sctpPaddrparams().value,
    given: {
      assoc_id: 3,
      address: four,
      hbinterval: 5000,
      pathmaxrxt: 3,
      pathmtu: 1400,
      sackdelay: 200,
      flags: ['SPP_HB_ENABLE', 'SPP_PMTUD_DISABLE', 'SPP_SACKDELAY_ENABLE', 'SPP_IPV6_FLOWLABEL', 'SPP_DSCP'],
      ipv6_flowlabel: 0x12345,
      dscp: 0xb8,
    },
    fill: `p->spp_assoc_id = 3; ${in4('spp_address')} p->spp_hbinterval = 5000; p->spp_pathmaxrxt = 3; p->spp_pathmtu = 1400; p->spp_sackdelay = 200; p->spp_flags = SPP_HB_ENABLE | SPP_PMTUD_DISABLE | SPP_SACKDELAY_ENABLE | SPP_IPV6_FLOWLABEL | SPP_DSCP; p->spp_ipv6_flowlabel = 0x12345; p->spp_dscp = 0xb8;`,
  },
  {
    type: 'struct sctp_sndrcvinfo',
    codec: sctp.sctpSndrcvinfo().value,
    given: {
      stream: 1,
      ssn: 2,
      flags: 'unordered',
      ppid: 46,
      context: 4,
      timetolive: 5,
      tsn: 6,
      cumtsn: 7,
      assoc_id: 3,
    },
    read: {
      stream: 1,
      ssn: 2,
      flags: ['SCTP_UNORDERED'],
      ppid: 46,
      context: 4,
      timetolive: 5,
      tsn: 6,
      cumtsn: 7,
      assoc_id: 3,
    },
    fill: 'p->sinfo_stream = 1; p->sinfo_ssn = 2; p->sinfo_flags = SCTP_UNORDERED; p->sinfo_ppid = htonl(46); p->sinfo_context = 4; p->sinfo_timetolive = 5; p->sinfo_tsn = 6; p->sinfo_cumtsn = 7; p->sinfo_assoc_id = 3;',
  },
  {
    type: 'struct sctp_sndinfo',
    codec: sctp.sctpSndinfo().value,
    given: { sid: 1, flags: ['SCTP_EOF', 'SCTP_PR_SCTP_PRIO'], ppid: 46, context: 4, assoc_id: 3 },
    read: { sid: 1, flags: ['SCTP_PR_SCTP_PRIO', 'SCTP_EOF'], ppid: 46, context: 4, assoc_id: 3 },
    fill: 'p->snd_sid = 1; p->snd_flags = SCTP_EOF | SCTP_PR_SCTP_PRIO; p->snd_ppid = htonl(46); p->snd_context = 4; p->snd_assoc_id = 3;',
  },
  {
    type: 'struct sctp_event_subscribe',
    codec: sctp.sctpEventSubscribe(),
    given: { association_event: true, send_failure_event_event: true },
    read: {
      data_io_event: false,
      association_event: true,
      address_event: false,
      send_failure_event: false,
      peer_error_event: false,
      shutdown_event: false,
      partial_delivery_event: false,
      adaptation_layer_event: false,
      authentication_event: false,
      sender_dry_event: false,
      stream_reset_event: false,
      assoc_reset_event: false,
      stream_change_event: false,
      send_failure_event_event: true,
    },
    fill: 'p->sctp_association_event = 1; p->sctp_send_failure_event_event = 1;',
  },
  {
    type: 'struct sctp_event',
    codec: sctp.sctpEvent().value,
    given: { assoc_id: 3, type: 'SCTP_STREAM_RESET_EVENT', on: true },
    read: { assoc_id: 3, type: 0x800a, on: true },
    fill: 'p->se_assoc_id = 3; p->se_type = SCTP_STREAM_RESET_EVENT; p->se_on = 1;',
  },
  {
    type: 'struct sctp_default_prinfo',
    codec: sctp.sctpDefaultPrinfo().value,
    given: { assoc_id: 3, value: 500, policy: 'ttl' },
    read: { assoc_id: 3, value: 500, policy: 0x10 },
    fill: 'p->pr_assoc_id = 3; p->pr_value = 500; p->pr_policy = SCTP_PR_SCTP_TTL;',
  },
  {
    type: 'struct sctp_paddrthlds',
    codec: sctp.sctpPaddrthlds().value,
    given: { assoc_id: 3, address: six, pathmaxrxt: 4, pathpfthld: 2 },
    fill: `p->spt_assoc_id = 3; ${in6('spt_address')} p->spt_pathmaxrxt = 4; p->spt_pathpfthld = 2;`,
  },
  {
    type: 'struct sctp_paddrthlds_v2',
    codec: sctp.sctpPaddrthldsV2().value,
    given: { pathmaxrxt: 4, pathpfthld: 2, pathcpthld: 3 },
    read: { assoc_id: 0, address: 'any', pathmaxrxt: 4, pathpfthld: 2, pathcpthld: 3 },
    fill: 'p->spt_pathmaxrxt = 4; p->spt_pathpfthld = 2; p->spt_pathcpthld = 3;',
  },
  {
    type: 'struct sctp_udpencaps',
    codec: sctp.sctpUdpencaps().value,
    given: { assoc_id: 3, address: four, port: 9899 },
    fill: `p->sue_assoc_id = 3; ${in4('sue_address')} p->sue_port = htons(9899);`,
  },
  {
    type: 'struct sctp_probeinterval',
    codec: sctp.sctpProbeinterval().value,
    given: { assoc_id: 3, address: four, interval: 6000 },
    fill: `p->spi_assoc_id = 3; ${in4('spi_address')} p->spi_interval = 6000;`,
  },
  {
    type: 'struct sctp_paddrinfo',
    codec: status.sctpPaddrinfo().value,
    given: path,
    fill: fillPath('', 'SCTP_ACTIVE'),
  },
  {
    type: 'struct sctp_status',
    codec: status.sctpStatus().value,
    given: {
      assoc_id: 3,
      state: 4,
      rwnd: 65536,
      unackdata: 1,
      penddata: 2,
      instrms: 10,
      outstrms: 11,
      fragmentation_point: 1452,
      primary: path,
    },
    fill: `p->sstat_assoc_id = 3; p->sstat_state = SCTP_ESTABLISHED; p->sstat_rwnd = 65536; p->sstat_unackdata = 1; p->sstat_penddata = 2; p->sstat_instrms = 10; p->sstat_outstrms = 11; p->sstat_fragmentation_point = 1452; ${fillPath('sstat_primary.', 'SCTP_ACTIVE')}`,
  },
  {
    type: 'struct sctp_assoc_stats',
    codec: status.sctpAssocStats().value,
    given: {
      assoc_id: 3,
      obs_rto_ipaddr: four,
      ...Object.fromEntries(counters.map((name, at) => [name, BigInt(at) * 0x100000001n])),
    },
    fill: `p->sas_assoc_id = 3; ${in4('sas_obs_rto_ipaddr')} ${counters.map((name, at) => `p->sas_${name} = ${at} * 0x100000001ULL;`).join(' ')}`,
  },
  {
    type: 'struct sctp_prstatus',
    codec: status.sctpPrstatus().value,
    given: { assoc_id: 3, sid: 1, policy: 'all', abandoned_unsent: 4n, abandoned_sent: 0x100000001n },
    read: { assoc_id: 3, sid: 1, policy: 0x80, abandoned_unsent: 4n, abandoned_sent: 0x100000001n },
    fill: 'p->sprstat_assoc_id = 3; p->sprstat_sid = 1; p->sprstat_policy = SCTP_PR_SCTP_ALL; p->sprstat_abandoned_unsent = 4; p->sprstat_abandoned_sent = 0x100000001ULL;',
  },
  {
    type: 'struct sctp_getaddrs',
    codec: status.sctpGetaddrs(),
    given: { assoc_id: 3, addrs: [four, '[2001:db8::7]:9899', four] },
    read: { assoc_id: 3, addrs: [four, six, four] },
    fill: `p->assoc_id = 3; p->addr_num = 3; ${in4('addrs[0]')} ${in6('addrs[16]')} ${in4('addrs[44]')}`,
    bytes: 'sizeof(struct sctp_getaddrs) + 60',
  },
  {
    type: 'struct sctp_getaddrs_old',
    codec: status.sctpConnectx3Query(),
    given: { addr_num: 32, addrs: 0x12345678n },
    read: { assoc_id: 0, addr_num: 32, addrs: 0x12345678n },
    fill: 'p->addr_num = 32; p->addrs = (void *)0x12345678UL;',
  },
  {
    type: 'sctp_peeloff_arg_t',
    codec: status.sctpPeeloff().value,
    given: { associd: 3, sd: 17 },
    fill: 'p->associd = 3; p->sd = 17;',
  },
  {
    type: 'sctp_peeloff_flags_arg_t',
    codec: status.sctpPeeloffFlags().value,
    given: { associd: 3, sd: 17, flags: ['SOCK_NONBLOCK', 'SOCK_CLOEXEC'] },
    fill: 'p->p_arg.associd = 3; p->p_arg.sd = 17; p->flags = SOCK_CLOEXEC | SOCK_NONBLOCK;',
  },
  {
    type: 'struct sctp_rcvinfo',
    codec: messages.sctpRcvinfo(),
    given: { sid: 1, ssn: 2, flags: [], ppid: 46, tsn: 4, cumtsn: 5, context: 6, assoc_id: 3 },
    fill: 'p->rcv_sid = 1; p->rcv_ssn = 2; p->rcv_ppid = htonl(46); p->rcv_tsn = 4; p->rcv_cumtsn = 5; p->rcv_context = 6; p->rcv_assoc_id = 3;',
  },
  {
    type: 'struct sctp_nxtinfo',
    codec: messages.sctpNxtinfo(),
    given: { sid: 1, flags: 2, ppid: 46, length: 4, assoc_id: 3 },
    fill: 'p->nxt_sid = 1; p->nxt_flags = 2; p->nxt_ppid = htonl(46); p->nxt_length = 4; p->nxt_assoc_id = 3;',
  },
  {
    type: 'struct sctp_prinfo',
    codec: messages.sctpPrinfo(),
    given: { policy: 'rtx', value: 4 },
    read: { policy: 0x20, value: 4 },
    fill: 'p->pr_policy = SCTP_PR_SCTP_RTX; p->pr_value = 4;',
  },
  {
    type: 'struct sctp_authinfo',
    codec: messages.sctpAuthinfo(),
    given: { keynumber: 7 },
    fill: 'p->auth_keynumber = 7;',
  },
];

const head = '#include <netinet/in.h>\n#include <linux/sctp.h>';

describe('structs of SCTP on Linux, 64 bits', () => compare(linux, fillInC(head, linux), x64, 'here'));
describe('structs of SCTP on Linux, i386', () => compare(linux, fillInC(head, linux, 'linux-ia32'), i386, 'for i386'));
describe('structs of SCTP on Linux, s390x', () =>
  compare(linux, fillInC(head, linux, 'linux-s390x'), s390x, 'for s390x'));
