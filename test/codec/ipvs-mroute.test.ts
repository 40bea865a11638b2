// The structs of IP Virtual Server and of multicast routing against C.
import { describe, expect, it } from 'vitest';
import * as vs from '../../src/catalog/ipvs.ts';
import * as mr from '../../src/catalog/mroute.ts';
import type { Codec } from '../../src/codec/codec.ts';
import { sockaddrIn, sockaddrIn6 } from '../../src/codec/sockaddr-in.ts';
import { compareWithC } from './c-cases.ts';
import { i386, s390x, x64 } from './every.ts';

const inC = (field: string, address: string): string => `inet_pton(AF_INET, "${address}", (void *)&p->${field});`;

const service =
  `p->protocol = IPPROTO_TCP; ${inC('addr', '192.0.2.1')} p->port = htons(80); strcpy(p->sched_name, "rr");` +
  `p->flags = IP_VS_SVC_F_PERSISTENT; p->timeout = 300; p->netmask = ~0;`;
const serviceRead = {
  protocol: 6,
  addr: '192.0.2.1',
  port: 80,
  fwmark: 0,
  sched_name: 'rr',
  flags: ['IP_VS_SVC_F_PERSISTENT'],
  timeout: 300,
  netmask: '255.255.255.255',
};
const nothing = {
  conns: 0,
  inpkts: 0,
  outpkts: 0,
  inbytes: 0n,
  outbytes: 0n,
  cps: 0,
  inpps: 0,
  outpps: 0,
  inbps: 0,
  outbps: 0,
};
const destRead = {
  addr: '198.51.100.1',
  port: 8080,
  conn_flags: ['IP_VS_CONN_F_DROUTE'],
  weight: 2,
  u_threshold: 3,
  l_threshold: 4,
};
const dest =
  'd->conn_flags = IP_VS_CONN_F_DROUTE; d->weight = 2; d->u_threshold = 3; d->l_threshold = 4; d->port = htons(8080);';

compareWithC('structs of IP Virtual Server', ['netinet/in.h', 'linux/ip_vs.h'], {
  'a service and its server': {
    type: 'struct { struct ip_vs_service_user s; struct ip_vs_dest_user d; }',
    fill: `struct ip_vs_dest_user *d = &p->d; inet_pton(AF_INET, "198.51.100.1", &d->addr); ${dest} ${service.replaceAll('p->', 'p->s.')}`.replace(
      '&p->addr',
      '&p->s.addr',
    ),
    codec: vs.IP_VS_SO_SET_ADDDEST.input as Codec<unknown>,
    value: { service: serviceRead, dest: destRead },
  },
  services: {
    type: 'struct ip_vs_get_services',
    bytes: 'sizeof *p + sizeof(struct ip_vs_service_entry)',
    fill: `p->num_services = 1; struct ip_vs_service_entry *all = p->entrytable;
      { struct ip_vs_service_entry *p = all; ${service} p->num_dests = 2; p->stats.conns = 1; p->stats.outbytes = 1ULL << 40;
      p->stats.outbps = 9; }`,
    codec: vs.IP_VS_SO_GET_SERVICES.codec,
    value: {
      entrytable: [{ ...serviceRead, num_dests: 2, stats: { ...nothing, conns: 1, outbytes: 1n << 40n, outbps: 9 } }],
    },
  },
  'the servers of a service': {
    type: 'struct ip_vs_get_dests',
    bytes: 'sizeof *p + sizeof(struct ip_vs_dest_entry)',
    fill: `p->protocol = IPPROTO_UDP; p->fwmark = 7; p->num_dests = 1; struct ip_vs_dest_entry *d = p->entrytable;
      inet_pton(AF_INET, "198.51.100.1", &d->addr); ${dest} d->persistconns = 5; d->stats.inbytes = 6;`,
    codec: vs.IP_VS_SO_GET_DESTS.codec,
    value: {
      protocol: 17,
      addr: '0.0.0.0',
      port: 0,
      fwmark: 7,
      entrytable: [{ ...destRead, activeconns: 0, inactconns: 0, persistconns: 5, stats: { ...nothing, inbytes: 6n } }],
    },
  },
  'the threads': {
    type: 'struct ip_vs_daemon_user',
    bytes: '2 * sizeof *p',
    fill: 'p[0].state = IP_VS_STATE_MASTER; strcpy(p[0].mcast_ifn, "eth0"); p[0].syncid = 7;',
    codec: vs.IP_VS_SO_GET_DAEMON.codec,
    value: [
      { state: 1, mcast_ifn: 'eth0', syncid: 7 },
      { state: 0, mcast_ifn: '', syncid: 0 },
    ],
  },
  timeouts: {
    type: 'struct ip_vs_timeout_user',
    fill: 'p->tcp_timeout = 900; p->tcp_fin_timeout = 120; p->udp_timeout = 300;',
    codec: vs.IP_VS_SO_GET_TIMEOUT.codec,
    value: { tcp_timeout: 900, tcp_fin_timeout: 120, udp_timeout: 300 },
  },
});

it('makes just the room that the kernel asks for', () => {
  const query = (option: { declaration: { query?: unknown } }): Codec<unknown> => option.declaration.query as never;
  const { declaration, codec } = vs.IP_VS_SO_GET_SERVICE;
  expect((declaration.query as Codec<unknown>).encode({ protocol: 6 }, x64)).toHaveLength(codec.size(x64));
  expect((declaration.query as Codec<unknown>).encode({ protocol: 6 }, i386)).toHaveLength(codec.size(i386));
  expect(query(vs.IP_VS_SO_GET_SERVICES).encode({ num_services: 2 }, x64)).toHaveLength(8 + 2 * codec.size(x64));
  expect(query(vs.IP_VS_SO_GET_DESTS).encode({ protocol: 6, num_dests: 1 }, x64)).toHaveLength(24 + 96);
  // Of a longer buffer only what the count says is read.
  const room = new Uint8Array(8 + 2 * codec.size(x64)).fill(1, 0, 1);
  expect(vs.IP_VS_SO_GET_SERVICES.codec.decode(room, x64).entrytable).toHaveLength(1);
  expect(vs.IP_VS_SO_SET_FLUSH.input.encode(null as never)).toHaveLength(0);
});

compareWithC('structs of IPv4 multicast routing', ['netinet/in.h', 'linux/mroute.h'], {
  'an interface by its address': {
    type: 'struct vifctl',
    fill: `p->vifc_vifi = 3; p->vifc_flags = VIFF_TUNNEL; p->vifc_threshold = 4; p->vifc_rate_limit = 5;
      ${inC('vifc_lcl_addr', '192.0.2.1')} ${inC('vifc_rmt_addr', '192.0.2.2')}`,
    codec: mr.MRT_ADD_VIF.input as Codec<unknown>,
    value: {
      vifi: 3,
      flags: ['VIFF_TUNNEL'],
      threshold: 4,
      rate_limit: 5,
      lcl_addr: '192.0.2.1',
      rmt_addr: '192.0.2.2',
    },
  },
  'an interface by its index': {
    type: 'struct vifctl',
    fill: 'p->vifc_flags = VIFF_USE_IFINDEX; p->vifc_threshold = 1; p->vifc_lcl_ifindex = 4711;',
    codec: mr.MRT_ADD_VIF.input as Codec<unknown>,
    value: {
      vifi: 0,
      flags: ['VIFF_USE_IFINDEX'],
      threshold: 1,
      rate_limit: 0,
      lcl_ifindex: 4711,
      rmt_addr: '0.0.0.0',
    },
  },
  'an entry': {
    type: 'struct mfcctl',
    fill: `${inC('mfcc_origin', '192.0.2.1')} ${inC('mfcc_mcastgrp', '239.1.2.3')} p->mfcc_parent = 1;
      p->mfcc_ttls[0] = 2; p->mfcc_ttls[31] = 3; p->mfcc_expire = -1; p->mfcc_wrong_if = 4;`,
    codec: mr.MRT_ADD_MFC.input as Codec<unknown>,
    value: {
      origin: '192.0.2.1',
      mcastgrp: '239.1.2.3',
      parent: 1,
      ttls: [2, ...new Array<number>(30).fill(0), 3],
      pkt_cnt: 0,
      byte_cnt: 0,
      wrong_if: 4,
      expire: -1,
    },
  },
});

compareWithC('structs of IPv6 multicast routing', ['netinet/in.h', 'linux/mroute6.h'], {
  'an interface': {
    type: 'struct mif6ctl',
    fill: 'p->mif6c_mifi = 1; p->mif6c_flags = MIFF_REGISTER; p->vifc_threshold = 2; p->mif6c_pifi = 4711; p->vifc_rate_limit = 4;',
    codec: mr.MRT6_ADD_MIF.input as Codec<unknown>,
    value: { mifi: 1, flags: ['MIFF_REGISTER'], threshold: 2, pifi: 4711, rate_limit: 4 },
  },
  'an entry': {
    type: 'struct mf6cctl',
    fill: `in6(&p->mf6cc_origin, "2001:db8::1", 0); in6(&p->mf6cc_mcastgrp, "ff0e::1", 0); p->mf6cc_parent = 5;
      IF_SET(1, &p->mf6cc_ifset); IF_SET(31, &p->mf6cc_ifset); IF_SET(32, &p->mf6cc_ifset);`,
    codec: mr.MRT6_ADD_MFC.input as Codec<unknown>,
    value: {
      origin: { family: 'inet6', address: '2001:db8::1', port: 0 },
      mcastgrp: { family: 'inet6', address: 'ff0e::1', port: 0 },
      parent: 5,
      ifset: [1, 31, 32],
    },
  },
});

describe('addresses of one family', () => {
  it('take objects and text, and refuse the other family', () => {
    const bytes = sockaddrIn().encode('192.0.2.1:80');
    expect(bytes).toHaveLength(16);
    expect(sockaddrIn().decode(bytes)).toEqual({ family: 'inet', address: '192.0.2.1', port: 80 });
    expect(sockaddrIn6().encode({ family: 'inet6', address: '::1', port: 1 }, s390x)).toHaveLength(28);
    expect(() => sockaddrIn().encode('::1')).toThrow(/an IPv4 address/);
    expect(() => sockaddrIn6().parse('192.0.2.1')).toThrow(/an IPv6 address/);
  });
});
