// The structs of macOS, FreeBSD and Windows against C, laid out as their headers have them.
import { describe, expect, it } from 'vitest';
import * as bsd from '../../src/codec/bsd.ts';
import * as bsdTcp from '../../src/codec/bsd-tcp.ts';
import { toHex } from '../../src/codec/bytes.ts';
import type { Abi, Codec } from '../../src/codec/codec.ts';
import { utf16 } from '../../src/codec/utf16.ts';
import * as win from '../../src/codec/windows.ts';
import { type Filled, fillInC } from './c-fills.ts';
import { darwin, freebsd, windows } from './every.ts';

const head = `
#include <stdint.h>
#include <sys/time.h>
#include <netinet/in.h>
struct xucred_darwin { unsigned version; uint32_t uid; short ngroups; uint32_t groups[16]; };
struct xucred_freebsd { unsigned version; uint32_t uid; short ngroups; uint32_t groups[16];
  union { void *unused; int pid; } u; };
struct accept_filter_arg { char af_name[16]; char af_arg[256 - 16]; };
struct so_splice { int fd; int64_t max; struct timeval idle; };
struct udp_keepalive_offload { unsigned char data[32]; uint16_t interval; uint8_t data_len, type; };
struct storage { uint8_t len, family; char a[6]; int64_t align; char b[112]; };
struct msfilterreq { uint32_t ifindex, fmode, nsrcs, align; struct storage group; void *srcs; };
struct tcp_connection_info {
  uint8_t state, snd_wscale, rcv_wscale, pad1;
  uint32_t options, flags, rto, maxseg, snd_ssthresh, snd_cwnd, snd_wnd, snd_sbbytes, rcv_wnd, rttcur, srtt, rttvar;
  uint32_t cookie_req:1, cookie_rcv:1, syn_loss:1, syn_data_sent:1, syn_data_acked:1, syn_data_rcv:1, cookie_req_rcv:1,
    cookie_sent:1, cookie_invalid:1, cookie_wrong:1, no_cookie_rcv:1, heuristics_disable:1, send_blackhole:1,
    recv_blackhole:1, onebyte_proxy:1, pad2:17;
  uint64_t txpackets, txbytes, txretransmitbytes, rxpackets, rxbytes, rxoutoforderbytes, txretransmitpackets;
};
struct bsd_tcp_info {
  uint8_t state, ca_state, retransmits, probes, backoff, options, snd_wscale:4, rcv_wscale:4;
  uint32_t rto, ato, snd_mss, rcv_mss, unacked, sacked, lost, retrans, fackets, last_data_sent, last_ack_sent,
    last_data_recv, last_ack_recv, pmtu, rcv_ssthresh, rtt, rttvar, snd_ssthresh, snd_cwnd, advmss, reordering, rcv_rtt,
    rcv_space, snd_wnd, snd_bwnd, snd_nxt, rcv_nxt, toe_tid, snd_rexmitpack, rcv_ooopack, snd_zerowin, delivered_ce,
    received_ce, e1, e0, ce, re1, re0, rce, total_tlp;
  uint64_t total_tlp_bytes;
  uint32_t snd_una, snd_max, rcv_numsacks, rcv_adv, dupacks, pad[10];
};
struct tcp_perf_info { uint64_t cnt[13], proc[13], timebase; uint8_t stable; };
struct tcp_function_set { char name[32]; uint32_t pcbcnt; };
struct guid { uint32_t a; uint16_t b, c; uint8_t d[8]; };
#define INFO(T) struct { uint32_t sf[4], pf; struct guid id; uint32_t entry; \\
  struct { int len; uint32_t entries[7]; } chain; \\
  int version, family, max, min, type, protocol, offset, order, scheme; uint32_t message, reserved; T name[256]; }
typedef INFO(char) infoA;
typedef INFO(uint16_t) infoW;
struct icmp_error_info {
  union { struct { uint16_t family, port; uint8_t addr[4]; char zero[8]; } v4; uint32_t v6[7]; } src;
  int protocol; uint8_t type, code; };
`;

interface Case extends Filled {
  // biome-ignore lint/suspicious/noExplicitAny: the table holds codecs of all types
  readonly codec: Codec<any, any>;
  readonly abi: Abi;
  readonly value: object;
  /** A read only: not every field of the struct is known. */
  readonly readOnly?: true;
}

const info = {
  ...{ service_flags1: 1, service_flags2: 2, service_flags3: 3, service_flags4: 4, provider_flags: 8 },
  provider_id: 'e70f1aa0-ab8b-11cf-8ca3-00805f48a192',
  catalog_entry_id: 1001,
  chain: { len: 1, entries: [9, 0, 0, 0, 0, 0, 0] },
  ...{ version: 2, address_family: 2, max_sock_addr: 16, min_sock_addr: 15, socket_type: 1, protocol: 6 },
  ...{ protocol_max_offset: 7, network_byte_order: 0, security_scheme: 5, message_size: 11, provider_reserved: 12 },
  name: 'MSAFD',
};
const fillInfo = `for (int i = 0; i < 4; i++) p->sf[i] = i + 1; p->pf = 8;
  p->id = (struct guid){ 0xe70f1aa0, 0xab8b, 0x11cf, { 0x8c, 0xa3, 0, 0x80, 0x5f, 0x48, 0xa1, 0x92 } }; p->entry = 1001;
  p->chain.len = 1; p->chain.entries[0] = 9; p->version = 2; p->family = 2; p->max = 16; p->min = 15; p->type = 1;
  p->protocol = 6; p->offset = 7; p->scheme = 5; p->message = 11; p->reserved = 12;
  for (int i = 0; i < 5; i++) p->name[i] = "MSAFD"[i];`;

const cases: readonly Case[] = [
  {
    type: 'struct xucred_darwin',
    fill: 'p->uid = 501; p->ngroups = 2; p->groups[0] = 20; p->groups[1] = 80;',
    codec: bsd.xucred(),
    abi: darwin,
    value: { version: 0, uid: 501, groups: [20, 80] },
  },
  {
    type: 'struct xucred_freebsd',
    fill: 'p->uid = 1001; p->ngroups = 1; p->groups[0] = 1001; p->u.pid = 4321;',
    codec: bsd.xucred(),
    abi: freebsd,
    value: { version: 0, uid: 1001, groups: [1001], pid: 4321 },
  },
  {
    type: 'struct accept_filter_arg',
    fill: 'strcpy(p->af_name, "httpready"); strcpy(p->af_arg, "x");',
    codec: bsd.acceptFilter(),
    abi: freebsd,
    value: { name: 'httpready', arg: 'x' },
  },
  {
    type: 'struct so_splice',
    fill: 'p->fd = 7; p->max = 1LL << 40; p->idle.tv_sec = 2; p->idle.tv_usec = 500000;',
    codec: bsd.soSplice(),
    abi: freebsd,
    value: { fd: 7, max: 1n << 40n, idle: 2500 },
  },
  {
    type: 'struct udp_keepalive_offload',
    fill: 'p->data[31] = 9; p->interval = 300; p->data_len = 32; p->type = 1;',
    codec: bsd.udpKeepaliveOffload(),
    abi: darwin,
    value: {
      data: Uint8Array.from({ length: 32 }, (_, at) => (at === 31 ? 9 : 0)),
      interval: 300,
      data_len: 32,
      type: 1,
    },
  },
  ...[darwin, freebsd].map(
    (abi): Case => ({
      type: 'struct msfilterreq',
      fill: `p->ifindex = 1; p->fmode = 2; p->nsrcs = 3; in4(&p->group, "239.1.2.3", 0); p->group.len = 16;
        p->group.family = 2; p->srcs = (void *)0x1000;`,
      codec: bsd.msfilterreq(),
      abi,
      value: { ifindex: 1, fmode: 2, nsrcs: 3, group: { family: 'inet', address: '239.1.2.3', port: 0 }, srcs: 4096n },
    }),
  ),
  {
    type: 'struct tcp_connection_info',
    fill: `p->state = 4; p->snd_wscale = 6; p->rcv_wscale = 7; p->options = 7; p->flags = 2; p->rto = 230;
      p->maxseg = 1448;
      p->snd_ssthresh = 1; p->snd_cwnd = 14480; p->snd_wnd = 131072; p->snd_sbbytes = 3; p->rcv_wnd = 65536;
      p->rttcur = 4;
      p->srtt = 5; p->rttvar = 6; p->cookie_req = 1; p->onebyte_proxy = 1; p->no_cookie_rcv = 1; p->txpackets = 11;
      p->txbytes = 12; p->txretransmitbytes = 13; p->rxpackets = 14; p->rxbytes = 1ULL << 40; p->rxoutoforderbytes = 16;
      p->txretransmitpackets = 17;`,
    codec: bsdTcp.tcpConnectionInfo(),
    abi: darwin,
    value: {
      ...{ state: 4, snd_wscale: 6, rcv_wscale: 7, flags: ['TCPCI_FLAG_REORDERING_DETECTED'], rto: 230, maxseg: 1448 },
      options: ['TCPCI_OPT_TIMESTAMPS', 'TCPCI_OPT_SACK', 'TCPCI_OPT_WSCALE'],
      ...{ snd_ssthresh: 1, snd_cwnd: 14480, snd_wnd: 131072, snd_sbbytes: 3, rcv_wnd: 65536, rttcur: 4, srtt: 5 },
      ...{ rttvar: 6, tfo_cookie_req: true, tfo_cookie_rcv: false, tfo_syn_loss: false, tfo_syn_data_sent: false },
      ...{ tfo_syn_data_acked: false, tfo_syn_data_rcv: false, tfo_cookie_req_rcv: false, tfo_cookie_sent: false },
      ...{ tfo_cookie_invalid: false, tfo_cookie_wrong: false, tfo_no_cookie_rcv: true, tfo_heuristics_disable: false },
      ...{
        tfo_send_blackhole: false,
        tfo_recv_blackhole: false,
        tfo_onebyte_proxy: true,
        txpackets: 11n,
        txbytes: 12n,
      },
      ...{
        txretransmitbytes: 13n,
        rxpackets: 14n,
        rxbytes: 1n << 40n,
        rxoutoforderbytes: 16n,
        txretransmitpackets: 17n,
      },
    },
  },
  {
    type: 'struct bsd_tcp_info',
    fill: `p->state = 4; p->options = 0x43; p->snd_wscale = 6; p->rcv_wscale = 9; p->rto = 230000; p->snd_mss = 1448;
      p->rcv_mss = 1460; p->last_data_recv = 8; p->rtt = 20000; p->rttvar = 5000; p->snd_ssthresh = 77;
      p->snd_cwnd = 14480;
      p->rcv_space = 65536; p->snd_wnd = 131072; p->snd_nxt = 1; p->rcv_nxt = 2; p->toe_tid = 3; p->snd_rexmitpack = 4;
      p->rcv_ooopack = 5; p->snd_zerowin = 6; p->delivered_ce = 7; p->received_ce = 8; p->total_tlp = 9;
      p->total_tlp_bytes = 1ULL << 40; p->snd_una = 10; p->snd_max = 11; p->rcv_numsacks = 12; p->rcv_adv = 13;
      p->dupacks = 14;`,
    codec: bsdTcp.freebsdTcpInfo(),
    abi: freebsd,
    readOnly: true,
    value: {
      ...{ state: 4, options: ['TCPI_OPT_TIMESTAMPS', 'TCPI_OPT_SACK', 'TCPI_OPT_ACE'], snd_wscale: 6, rcv_wscale: 9 },
      ...{ rto: 230000, snd_mss: 1448, rcv_mss: 1460, last_data_recv: 8, rtt: 20000, rttvar: 5000, snd_ssthresh: 77 },
      ...{ snd_cwnd: 14480, rcv_space: 65536, snd_wnd: 131072, snd_nxt: 1, rcv_nxt: 2, toe_tid: 3, snd_rexmitpack: 4 },
      ...{ rcv_ooopack: 5, snd_zerowin: 6, delivered_ce: 7, received_ce: 8, total_tlp: 9, total_tlp_bytes: 1n << 40n },
      ...{ snd_una: 10, snd_max: 11, rcv_numsacks: 12, rcv_adv: 13, dupacks: 14 },
    },
  },
  {
    type: 'struct tcp_perf_info',
    fill: 'p->cnt[12] = 5; p->proc[0] = 6; p->timebase = 7; p->stable = 1;',
    codec: bsdTcp.tcpPerfInfo(),
    abi: freebsd,
    value: {
      cnt_counters: Array.from({ length: 13 }, (_, at) => (at === 12 ? 5n : 0n)),
      proc_time: Array.from({ length: 13 }, (_, at) => (at === 0 ? 6n : 0n)),
      timebase: 7n,
      tb_is_stable: 1,
    },
  },
  {
    type: 'struct tcp_function_set',
    fill: 'strcpy(p->name, "rack"); p->pcbcnt = 3;',
    codec: bsdTcp.tcpFunctionSet(),
    abi: freebsd,
    value: { name: 'rack', pcbcnt: 3 },
  },
  { type: 'infoA', fill: fillInfo, codec: win.protocolInfoA(), abi: windows, value: info },
  { type: 'infoW', fill: fillInfo, codec: win.protocolInfoW(), abi: windows, value: info },
  {
    type: 'struct icmp_error_info',
    fill: `p->src.v4.family = 2; memcpy(p->src.v4.addr, "\\300\\0\\2\\1", 4);
      p->protocol = 1; p->type = 3; p->code = 1;`,
    codec: win.icmpErrorInfo(),
    abi: windows,
    value: { srcaddress: { family: 'inet', address: '192.0.2.1', port: 0 }, protocol: 1, type: 3, code: 1 },
  },
];

describe('structs of other systems', () => {
  const filled = fillInC(head, cases);

  it.for(cases.map((one, at) => [`${one.type} (${one.abi.os})`, one, at] as const))('%s', ([, one, at], ctx) => {
    if (filled === undefined) return ctx.skip('no C compiler');
    const hex = filled[at] as string;
    const { codec, abi, value, readOnly } = one;
    const bytes = Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
    expect(codec.size(abi)).toBe(bytes.byteLength);
    expect(codec.decode(bytes, abi)).toEqual(value);
    if (!readOnly) expect(toHex(codec.encode(value, abi))).toBe(hex);
    const again = codec.parse(codec.format(codec.decode(bytes, abi)));
    expect(codec.decode(codec.encode(again, abi), abi)).toEqual(value);
  });

  it('gives the fields that are there: an older FreeBSD ends struct tcp_info in padding', () => {
    const info = bsdTcp.freebsdTcpInfo().decode(new Uint8Array(236), freebsd);
    expect(info).toMatchObject({ state: 0, snd_zerowin: 0, dupacks: 0 });
    expect(bsdTcp.freebsdTcpInfo().decode(new Uint8Array(132), freebsd)).not.toHaveProperty('delivered_ce');
    expect(bsd.xucred().decode(new Uint8Array(76), freebsd)).not.toHaveProperty('pid');
  });

  it('writes and reads a UUID as it stands, and a GUID by its parts', () => {
    const text = '00112233-4455-6677-8899-aabbccddeeff';
    expect(toHex(bsd.uuid().encode(text))).toBe('00112233445566778899aabbccddeeff');
    expect(toHex(bsd.uuid({ guid: true }).encode(text))).toBe('33221100554477668899aabbccddeeff');
    expect(bsd.uuid({ guid: true }).decode(bsd.uuid({ guid: true }).encode(text))).toBe(text);
    expect(() => bsd.uuid().encode('00112233')).toThrow('hex digits');
  });

  it('keeps names in UTF-16', () => {
    const codec = utf16({ size: 16 });
    expect(toHex(codec.encode('Zü€'))).toBe(`5a00fc00ac20${'0000'.repeat(5)}`);
    expect(codec.decode(codec.encode('\u{1f600}'))).toBe('\u{1f600}');
    expect(() => codec.encode('12345678')).toThrow('at most 7');
  });

  it('takes fields of structs as JSON, as the shell gives them', () => {
    expect(bsd.acceptFilter().parse('{"name":"dataready"}')).toEqual({ name: 'dataready' });
    expect(bsd.soSplice().parse('fd=-1')).toEqual({ fd: -1 });
  });
});
