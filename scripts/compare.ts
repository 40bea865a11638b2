// Compares the catalogue, the constants and the codecs with the system's headers.
import { options } from '../src/catalog/index.ts';
import type { Codec } from '../src/codec/codec.ts';
import * as constants from '../src/constants/index.ts';
import { askHeaders } from './headers.ts';

/** What was compared, what differs, and what these headers do not know. */
export interface Comparison {
  checked: { options: number; levels: number; constants: number; structs: number; fields: number };
  wrong: string[];
  unknown: { options: string[]; constants: string[]; structs: string[]; fields: string[] };
}

type AnyCodec = Codec<unknown, unknown>;

/** The prefix that C gives to the fields of a struct; our names leave it out. */
const prefixes: Readonly<Record<string, string>> = {
  group_filter: 'gf_',
  group_req: 'gr_',
  group_source_req: 'gsr_',
  in6_flowlabel_req: 'flr_',
  in6_pktinfo: 'ipi6_',
  ip6_mtuinfo: 'ip6m_',
  ip_mreq: 'imr_',
  ip_mreq_source: 'imr_',
  ip_mreqn: 'imr_',
  ip_msfilter: 'imsf_',
  ipv6_mreq: 'ipv6mr_',
  linger: 'l_',
  mf6cctl: 'mf6cc_',
  mfcctl: 'mfcc_',
  mif6ctl: 'mif6c_',
  mptcp_info: 'mptcpi_',
  sctp_add_streams: 'sas_',
  sctp_assoc_ids: 'gaids_',
  sctp_assoc_stats: 'sas_',
  sctp_assocparams: 'sasoc_',
  sctp_authchunk: 'sauth_',
  sctp_authchunks: 'gauth_',
  sctp_authinfo: 'auth_',
  sctp_authkey: 'sca_',
  sctp_authkeyid: 'scact_',
  sctp_default_prinfo: 'pr_',
  sctp_event: 'se_',
  sctp_event_subscribe: 'sctp_',
  sctp_hmacalgo: 'shmac_',
  sctp_initmsg: 'sinit_',
  sctp_nxtinfo: 'nxt_',
  sctp_paddrinfo: 'spinfo_',
  sctp_paddrparams: 'spp_',
  sctp_paddrthlds: 'spt_',
  sctp_paddrthlds_v2: 'spt_',
  sctp_prim: 'ssp_',
  sctp_prinfo: 'pr_',
  sctp_probeinterval: 'spi_',
  sctp_prstatus: 'sprstat_',
  sctp_rcvinfo: 'rcv_',
  sctp_reset_streams: 'srs_',
  sctp_rtoinfo: 'srto_',
  sctp_sack_info: 'sack_',
  sctp_setadaptation: 'ssb_',
  sctp_setpeerprim: 'sspp_',
  sctp_sndinfo: 'snd_',
  sctp_sndrcvinfo: 'sinfo_',
  sctp_status: 'sstat_',
  sctp_udpencaps: 'sue_',
  tcp_info: 'tcpi_',
  tcp_md5sig: 'tcpm_',
  vifctl: 'vifc_',
};

/** Fields whose names differ by more than the prefix. */
const renamed: Readonly<Record<string, string>> = {
  'linger.on': 'l_onoff',
  'sockaddr_atmpvc.family': 'sap_family',
  'sockaddr_atmpvc.itf': 'sap_addr.itf',
  'sockaddr_atmpvc.vci': 'sap_addr.vci',
  'sockaddr_atmpvc.vpi': 'sap_addr.vpi',
  'linger.seconds': 'l_linger',
  'group_filter.mode': 'gf_fmode',
  'ip_msfilter.group': 'imsf_multiaddr',
  'ip_msfilter.mode': 'imsf_fmode',
  'mif6ctl.rate_limit': 'vifc_rate_limit',
  'mif6ctl.threshold': 'vifc_threshold',
};

/** Fields that have no address of their own in C, or that are read through another field: a length, a union. */
const unaddressed = new Set([
  'tcp_info.delivery_rate_app_limited',
  'tcp_info.fastopen_client_fail',
  'tcp_info.rcv_wscale',
  'tcp_info.snd_wscale',
  'tcp_md5sig.key',
  'tcp_ao_add.key',
  'ip_msfilter.sources',
  'group_filter.sources',
  'sctp_assoc_ids.assoc_id',
  'sctp_authchunks.chunks',
  'sctp_authkey.key',
  'sctp_getaddrs.addrs',
  'sctp_hmacalgo.idents',
  'sctp_reset_streams.stream_list',
  'rds_free_mr_args.flags',
  'rds_get_mr_args.flags',
  'rds_get_mr_for_dest_args.flags',
  'rds_rx_trace_so.rx_trace_pos',
  'sockaddr_in.data',
  'sockaddr_in.family',
  'sockaddr_in6.data',
  'sockaddr_in6.family',
  'sockaddr.data',
  'sockaddr.family',
  'sockaddr.path',
  'sockaddr_in.path',
  'sockaddr_in6.path',
  'vifctl.lcl_ifindex',
  'xt_counters_info.counters',
]);

/** Constants whose header is not what the kernel takes: SO_TXREHASH refuses 255 and takes -1 (measured on 6.18). */
const different = new Set(['SOCK_TXREHASH_DEFAULT']);

/** Constants that are another number here, on purpose. */
const deliberate: Readonly<Record<string, string>> = {
  SOCK_TXREHASH_DEFAULT: 'the header says (u8)-1, and setsockopt takes -1 but refuses 255',
};

interface Span {
  first: number;
  last: number;
}

const text = (value: unknown): string =>
  JSON.stringify(value, (_key, part) => (typeof part === 'bigint' ? `${part}n` : part)) ?? '';

/** Which bytes each field of a struct depends on, found by changing one byte after the other: codecs need not tell. */
function spansOf(codec: AnyCodec): Map<string, Span> {
  const size = codec.size();
  const blank = codec.decode(new Uint8Array(size));
  const spans = new Map<string, Span>();
  if (typeof blank !== 'object' || blank === null || Array.isArray(blank)) return spans;
  for (let at = 0; at < size; at += 1) {
    for (const byte of [1, 0x7f, 0xff]) {
      const bytes = new Uint8Array(size);
      bytes[at] = byte;
      const value = codec.decode(bytes) as Record<string, unknown>;
      for (const [field, part] of Object.entries(value)) {
        if (text(part) === text((blank as Record<string, unknown>)[field])) continue;
        if (unaddressed.has(`${codec.ctype.slice('struct '.length)}.${field}`)) continue;
        spans.set(field, { first: spans.get(field)?.first ?? at, last: at });
      }
    }
  }
  return spans;
}

/** The struct codecs that options use, one for each C type. */
function structCodecs(): Map<string, AnyCodec> {
  const found = new Map<string, AnyCodec>();
  for (const { codec, input, declaration } of options) {
    for (const one of [codec, input, declaration.query as AnyCodec | undefined] as (AnyCodec | undefined)[]) {
      const name = /^struct (\w+)$/.exec(one?.ctype ?? '')?.[1];
      if (one && name && one.indirect === undefined && !found.has(name)) found.set(name, one);
    }
  }
  return found;
}

function cNames(struct: string, field: string): string[] {
  const known = renamed[`${struct}.${field}`];
  return known ? [known] : [`${prefixes[struct] ?? ''}${field}`, field];
}

const offset = (struct: string, name: string): string => `offsetof(struct ${struct}, ${name})`;
const length = (struct: string, name: string): string => `sizeof(((struct ${struct} *)0)->${name})`;
const size = (struct: string): string => `sizeof(struct ${struct})`;

function compareStructs(compiler: string, includeDirs: readonly string[], result: Comparison): void {
  const structs = [...structCodecs()].map(([name, codec]) => ({ name, codec, spans: spansOf(codec) }));
  const questions = structs.flatMap(({ name, spans }) => [
    size(name),
    ...[...spans.keys()].flatMap((field) => cNames(name, field).flatMap((c) => [offset(name, c), length(name, c)])),
  ]);
  const answers = askHeaders(compiler, [...new Set(questions)], includeDirs);
  for (const { name, codec, spans } of structs) {
    const theirs = answers.get(size(name));
    if (theirs === undefined) {
      result.unknown.structs.push(name);
      continue;
    }
    result.checked.structs += 1;
    if (!codec.variable && BigInt(codec.size()) !== theirs) {
      result.wrong.push(`struct ${name}: the codec has ${codec.size()} bytes, the headers ${theirs}`);
    }
    for (const [field, { first, last }] of spans) {
      const c = cNames(name, field).find((one) => answers.has(offset(name, one)));
      const at = c === undefined ? undefined : Number(answers.get(offset(name, c)));
      if (c === undefined || at === undefined) {
        result.unknown.fields.push(`${name}.${field}`);
        continue;
      }
      result.checked.fields += 1;
      const end = at + Number(answers.get(length(name, c)));
      // Text and addresses need not depend on all of their bytes, but start with the first and stay within.
      const wholly = last === end - 1 || codec.variable || end - at > 8;
      if (first < at || (first !== at && end - at <= 8) || last >= end || !wholly) {
        result.wrong.push(
          `struct ${name}: ${field} lies in bytes ${first} to ${last}, the headers have ${c} in ${at} to ${end - 1}`,
        );
      }
    }
  }
}

/** Compares everything; headers in `includeDirs` (those of a newer kernel) are searched before the system's. */
export function compareWithHeaders(compiler: string, includeDirs: readonly string[] = []): Comparison {
  const result: Comparison = {
    checked: { options: 0, levels: 0, constants: 0, structs: 0, fields: 0 },
    wrong: [],
    unknown: { options: [], constants: [], structs: [], fields: [] },
  };
  const numbers = Object.entries(constants).filter((entry): entry is [string, number] => typeof entry[1] === 'number');
  const here = options.filter(({ number }) => number >= 0);
  const names = [
    ...new Set([...here.map(({ name }) => name), ...here.map(({ level }) => level), ...numbers.map(([name]) => name)]),
  ];
  const answers = askHeaders(compiler, names, includeDirs);
  const compare = (kind: 'options' | 'levels' | 'constants', name: string, ours: number): void => {
    const theirs = answers.get(name);
    if (theirs === undefined) {
      if (kind !== 'levels') result.unknown[kind].push(name);
      return;
    }
    result.checked[kind] += 1;
    if (different.has(name)) return;
    if (BigInt.asIntN(32, theirs) !== BigInt.asIntN(32, BigInt(ours)))
      result.wrong.push(`${name} is ${ours} here, ${theirs} in the headers`);
  };
  for (const { name, number } of here) compare('options', name, number);
  for (const level of new Set(here.map((option) => option.level))) {
    compare('levels', level, (here.find((option) => option.level === level) as { levelNumber: number }).levelNumber);
  }
  for (const [name, value] of numbers) {
    if (!(name in deliberate)) compare('constants', name, value);
  }
  compareStructs(compiler, includeDirs, result);
  return result;
}
