// Where the names and values of our structs and constants differ from C's, and why.

/** The prefix that C gives to the fields of a struct; our names leave it out. */
const prefixes: Readonly<Record<string, string>> = {
  cmsghdr: 'cmsg_',
  group_filter: 'gf_',
  group_req: 'gr_',
  group_source_req: 'gsr_',
  in6_flowlabel_req: 'flr_',
  in6_pktinfo: 'ipi6_',
  in_pktinfo: 'ipi_',
  ip6_opt: 'ip6o_',
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
  nl_mmap_req: 'nm_',
  packet_mreq: 'mr_',
  sadb_x_ipsecrequest: 'sadb_x_ipsecrequest_',
  sadb_x_policy: 'sadb_x_policy_',
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
  tcp_bbr_info: 'bbr_',
  tcp_dctcp_info: 'dctcp_',
  tcp_info: 'tcpi_',
  tcp_md5sig: 'tcpm_',
  tcp_repair_opt: 'opt_',
  tcpvegas_info: 'tcpv_',
  tpacket_req3: 'tp_',
  tpacket_rollover_stats: 'tp_',
  tpacket_stats_v3: 'tp_',
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
  'ip_set_req_get_set.index': 'set.index',
  'ip_set_req_get_set.name': 'set.name',
  'ip_set_req_get_set_family.index': 'set.index',
  'ip_set_req_get_set_family.name': 'set.name',
  'ip_msfilter.mode': 'imsf_fmode',
  'mif6ctl.rate_limit': 'vifc_rate_limit',
  'mif6ctl.threshold': 'vifc_threshold',
  'mptcp_subflow_addrs.local': 'ss_local',
  'mptcp_subflow_addrs.remote': 'ss_remote',
};

/** Fields that have no address of their own in C, or that are read through another field: a length, a union. */
export const unaddressed = new Set([
  'af_alg_iv.iv',
  'atm_blli.l2',
  'atm_blli.l3',
  'can_filter.inverted',
  'cmsghdr.data',
  'fanout_args.flags',
  'fanout_args.type',
  'icmp6_filter.block',
  'icmp6_filter.pass',
  'icmp_filter.block',
  'icmp_filter.pass',
  'ip6_opt.data',
  'ipv6_opt_hdr.data',
  'ipv6_opt_hdr.options',
  'ipv6_rt_hdr.data',
  'packet_mreq.address',
  'sadb_x_ipsecrequest.dst',
  'sadb_x_ipsecrequest.src',
  'sadb_x_policy.requests',
  'tcp_bbr_info.bw',
  'tcp_info.delivery_rate_app_limited',
  'tcp_info.fastopen_client_fail',
  'tcp_info.rcv_wscale',
  'tcp_info.snd_wscale',
  'tcp_md5sig.key',
  'tcp_ao_add.key',
  'tcp_ao_getsockopt.key',
  'mptcp_full_info.mptcp_info',
  'mptcp_full_info.room',
  'ip_msfilter.sources',
  'group_filter.room',
  'group_filter.sources',
  'ip_msfilter.room',
  'mptcp_subflow_data.room',
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
  'sr6_tlv.data',
  'sockaddr_in.path',
  'sockaddr_in6.path',
  'vifctl.lcl_ifindex',
  'xt_counters_info.counters',
]);

/** Parts that tell one number from all others: not every byte makes a difference. */
export const oneOfMany = new Set(['ip_msfilter.mode', 'group_filter.mode']);

/**
 * Fields of C that no part of a value comes from: how long the list is that follows, how large its elements
 * are, and members of unions that another field chooses.
 */
const unread: ReadonlySet<string> = new Set([
  'arpt_replace.num_entries',
  'atm_sap.blli.l2',
  'atm_sap.blli.l3',
  'bt_codecs.num_codecs',
  'cmsghdr.cmsg_len',
  'ip6_opt.ip6o_len',
  'ip6t_replace.num_entries',
  'ip_msfilter.',
  'ip_vs_get_dests.num_dests',
  'ip_vs_get_services.num_services',
  'ipt_replace.num_entries',
  'ipv6_opt_hdr.hdrlen',
  'ipv6_rt_hdr.hdrlen',
  'mptcp_full_info.size_arrays_user',
  'mptcp_full_info.size_sfinfo_kernel',
  'mptcp_full_info.size_sfinfo_user',
  'mptcp_full_info.size_tcpinfo_kernel',
  'mptcp_full_info.size_tcpinfo_user',
  'mptcp_full_info.subflow_info',
  'mptcp_full_info.tcp_info',
  'mptcp_subflow_data.num_subflows',
  'mptcp_subflow_data.size_kernel',
  'mptcp_subflow_data.size_subflow_data',
  'mptcp_subflow_data.size_user',
  'sadb_x_ipsecrequest.sadb_x_ipsecrequest_len',
  'sadb_x_policy.sadb_x_policy_exttype',
  'sadb_x_policy.sadb_x_policy_len',
  'sctp_getaddrs.addr_num',
  'sr6_tlv.len',
]);

/** Constants that are another number here, on purpose. */
export const deliberate: Readonly<Record<string, string>> = {
  SOCK_TXREHASH_DEFAULT: 'the header says (u8)-1, and setsockopt takes -1 but refuses 255',
};

/** Whether a value need not have a part that comes from a field of C, by the field's path without indices. */
export function isUnread(struct: string, path: string): boolean {
  const [outermost] = path.split('.');
  const ours = [...unaddressed]
    .filter((one) => one.startsWith(`${struct}.`))
    .map((one) => one.slice(struct.length + 1));
  return unread.has(`${struct}.${path}`) || ours.some((field) => cNames(struct, field).includes(outermost as string));
}

/** What C may call a field of a struct: with its prefix, or as we do. */
export function cNames(struct: string, field: string): string[] {
  const known = renamed[`${struct}.${field}`];
  return known ? [known] : [`${prefixes[struct] ?? ''}${field}`, field];
}
