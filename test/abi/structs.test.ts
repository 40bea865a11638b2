// What most sockets need, as C fills it for each processor: numbers, structs, times, bit fields.
import { describe, expect, it } from 'vitest';
import { crossAbis } from '../../scripts/toolchain.ts';
import * as ip from '../../src/catalog/ip.ts';
import * as ipv6 from '../../src/catalog/ipv6.ts';
import * as multicast from '../../src/catalog/multicast.ts';
import * as socket from '../../src/catalog/socket.ts';
import * as tcp from '../../src/catalog/tcp.ts';
import { SO_VM_SOCKETS_CONNECT_TIMEOUT } from '../../src/catalog/vsock.ts';
import { abis } from '../../src/codec/abi.ts';
import type { Codec } from '../../src/codec/codec.ts';
import type { TcpInfo } from '../../src/codec/tcp-info.ts';
import { compareWithC } from '../codec/c-cases.ts';
import { compilerFor, fillInC } from '../codec/c-fills.ts';

/** The codec of an option; the tests give it values of its own type. */
const codecOf = ({ codec }: { codec: unknown }): Codec<unknown, never> => codec as Codec<unknown, never>;

compareWithC('SOL_SOCKET', ['sys/socket.h', 'sys/time.h', 'linux/time_types.h', 'linux/net_tstamp.h'], {
  int: { type: 'int', fill: '*p = 300000;', codec: codecOf(socket.SO_RCVBUF), value: 300000 },
  'a negative int': { type: 'int', fill: '*p = -1;', codec: codecOf(socket.SO_PEEK_OFF), value: -1 },
  bool: { type: 'int', fill: '*p = 1;', codec: codecOf(socket.SO_KEEPALIVE), value: true },
  'a cookie': {
    type: '__u64',
    fill: '*p = 1ull << 40 | 5;',
    codec: codecOf(socket.SO_COOKIE),
    value: (1n << 40n) | 5n,
  },
  'a long': { type: 'unsigned long', fill: '*p = 125000;', codec: codecOf(socket.SO_MAX_PACING_RATE), value: 125000n },
  linger: {
    type: 'struct linger',
    fill: 'p->l_onoff = 1; p->l_linger = 300;',
    codec: codecOf(socket.SO_LINGER),
    value: { on: true, seconds: 300 },
  },
  'a time': {
    type: 'struct timeval',
    fill: 'p->tv_sec = 70000; p->tv_usec = 250000;',
    codec: codecOf(socket.SO_RCVTIMEO),
    value: 70000250,
  },
  'a time of 64 bits': {
    type: 'struct __kernel_sock_timeval',
    fill: 'p->tv_sec = 70000; p->tv_usec = 250000;',
    codec: codecOf(socket.SO_RCVTIMEO_NEW),
    value: 70000250,
  },
  credentials: {
    type: 'struct ucred',
    fill: 'p->pid = 70000; p->uid = 1000; p->gid = 65534;',
    codec: codecOf(socket.SO_PEERCRED),
    value: { pid: 70000, uid: 1000, gid: 65534 },
  },
  'time stamps': {
    type: 'struct so_timestamping',
    fill: 'p->flags = SOF_TIMESTAMPING_SOFTWARE; p->bind_phc = 0;',
    codec: codecOf(socket.SO_TIMESTAMPING),
    value: { flags: ['SOF_TIMESTAMPING_SOFTWARE'], bind_phc: 0 },
  },
});

const group = '203.0.113.7';
compareWithC('IP and IPv6', ['netinet/in.h'], {
  'a membership': {
    type: 'struct ip_mreqn',
    fill: `inet_pton(AF_INET, "${group}", &p->imr_multiaddr); p->imr_ifindex = 259;`,
    codec: codecOf({ codec: ip.IP_ADD_MEMBERSHIP.input }),
    value: { multiaddr: group, address: '0.0.0.0', ifindex: 259 },
  },
  'a membership of IPv6': {
    type: 'struct ipv6_mreq',
    fill: 'inet_pton(AF_INET6, "ff02::1", &p->ipv6mr_multiaddr); p->ipv6mr_interface = 259;',
    codec: codecOf({ codec: ipv6.IPV6_ADD_MEMBERSHIP.input }),
    value: { multiaddr: 'ff02::1', interface: 259 },
  },
  'a group and a source': {
    type: 'struct group_source_req',
    fill: `p->gsr_interface = 259; in4(&p->gsr_group, "${group}", 0); in4(&p->gsr_source, "192.0.2.1", 0);`,
    codec: codecOf({ codec: multicast.MCAST_JOIN_SOURCE_GROUP.input }),
    value: {
      interface: 259,
      group: { family: 'inet', address: group, port: 0 },
      source: { family: 'inet', address: '192.0.2.1', port: 0 },
    },
  },
});

/** As linux/tcp.h has it from 6.7 on. */
const aoInfo = `struct {
  __u32 set_current : 1, set_rnext : 1, ao_required : 1, set_counters : 1, accept_icmps : 1, reserved : 27;
  __u16 reserved2; __u8 current_key, rnext;
  __u64 pkt_good, pkt_bad, pkt_key_not_found, pkt_ao_required, pkt_dropped_icmp;
}`;
compareWithC('TCP and vsock', ['sys/socket.h', 'sys/time.h', 'linux/tcp.h'], {
  'a window': {
    type: 'struct tcp_repair_window',
    fill: 'p->snd_wl1 = 1; p->snd_wnd = 70000; p->max_window = 3; p->rcv_wnd = 4; p->rcv_wup = 1u << 31;',
    codec: codecOf(tcp.TCP_REPAIR_WINDOW),
    value: { snd_wl1: 1, snd_wnd: 70000, max_window: 3, rcv_wnd: 4, rcv_wup: 2 ** 31 },
  },
  'bits of TCP-AO': {
    type: aoInfo,
    fill: 'p->set_rnext = 1; p->accept_icmps = 1; p->rnext = 7; p->pkt_bad = 1ull << 40;',
    codec: codecOf(tcp.TCP_AO_INFO),
    value: {
      set_current: false,
      set_rnext: true,
      ao_required: false,
      set_counters: false,
      accept_icmps: true,
      current_key: 0,
      rnext: 7,
      pkt_good: 0n,
      pkt_bad: 1n << 40n,
      pkt_key_not_found: 0n,
      pkt_ao_required: 0n,
      pkt_dropped_icmp: 0n,
    },
  },
  'a time of vsock': {
    type: 'struct timeval',
    fill: 'p->tv_sec = 2; p->tv_usec = 500000;',
    codec: codecOf(SO_VM_SOCKETS_CONNECT_TIMEOUT),
    value: 2500,
  },
});

describe.each(crossAbis)('TCP_INFO, %s', (name) => {
  it('has its bit fields where C has them', (context) => {
    const compiler = compilerFor(name);
    if (typeof compiler === 'string') return context.skip(compiler);
    const fill = `p->tcpi_state = 1; p->tcpi_snd_wscale = 7; p->tcpi_rcv_wscale = 9;
      p->tcpi_delivery_rate_app_limited = 1; p->tcpi_fastopen_client_fail = 2; p->tcpi_rtt = 70000;
      p->tcpi_bytes_acked = 1ull << 40;`;
    const head = '#include <linux/tcp.h>';
    const [hex = ''] = fillInC(head, [{ type: 'struct tcp_info', fill }], name) ?? [];
    const bytes = new Uint8Array(Buffer.from(hex, 'hex'));
    const codec = tcp.TCP_INFO.codec as Codec<TcpInfo>;
    const abi = abis[name];
    const found = codec.decode(bytes, abi);
    expect(found).toMatchObject({
      state: 1,
      snd_wscale: 7,
      rcv_wscale: 9,
      delivery_rate_app_limited: true,
      fastopen_client_fail: 2,
      rtt: 70000,
      bytes_acked: 1n << 40n,
    });
    expect(codec.encode(found, abi)).toEqual(bytes);
  });
});
