// Where C headers declare the options of each level, and which of the names there are something else.
import type { LevelName } from '../src/constants/levels.ts';

/** Names of one prefix in some headers. */
export interface OptionNames {
  readonly level: LevelName;
  /** How the paths of the headers end. */
  readonly headers: readonly string[];
  readonly prefix: RegExp;
  /** Names of that prefix that are no options: what they are, and a pattern of them. */
  readonly others?: Readonly<Record<string, RegExp>>;
}

const in4 = ['/linux/in.h', '/bits/in.h', '/netinet/in.h'];
const in6 = ['/linux/in6.h', '/bits/in.h', '/netinet/in.h'];
const bluetooth = ['/bluetooth/bluetooth.h'];
const ends = { 'ends of a range of numbers': /_(BASE|MAX|BASE_CTL)$/ };

/** Every header of Linux that declares options. */
export const optionNames: readonly OptionNames[] = [
  { level: 'SOL_SOCKET', headers: ['/asm/socket.h', '/asm-generic/socket.h'], prefix: /^SO_/ },
  {
    level: 'SOL_TCP',
    headers: ['/linux/tcp.h', '/netinet/tcp.h'],
    prefix: /^TCP_/,
    others: {
      'states, and flags of the header': /^TCP_(ESTABLISHED|SYN_SENT|FLAG_\w+|RESERVED_BITS|DATA_OFFSET|CA_\w+)$/,
      'values of TCP_REPAIR and TCP_REPAIR_QUEUE': /^TCP_(REPAIR_(ON|OFF|OFF_NO_WP)|(NO|RECV|SEND)_QUEUE|QUEUES_NR)$/,
      'flags of structs': /^TCP_(MD5SIG_FLAG|AO_KEYF|RECEIVE_ZEROCOPY_FLAG|ACCECN)_\w+$/,
      'limits and sizes': /^TCP_(MSS|MSS_DEFAULT|MSS_DESIRED|MAXWIN|MAX_WINSHIFT|\w+MAXKEYLEN)$/,
      'parts of tcp_info over netlink': /^TCP_NLA_\w+$/,
      'parts of cookie transactions, which Linux 3.10 dropped':
        /^TCP_(COOKIE_(MIN|MAX|PAIR_SIZE|\w+_(ALWAYS|NEVER))|S_DATA_(IN|OUT))$/,
    },
  },
  {
    level: 'SOL_UDP',
    headers: ['/linux/udp.h', '/netinet/udp.h'],
    prefix: /^UDP_/,
    others: { 'values of UDP_ENCAP': /^UDP_ENCAP_\w+$/ },
  },
  {
    level: 'SOL_IP',
    headers: in4,
    prefix: /^(IP|MCAST)_/,
    others: {
      'values of IP_MTU_DISCOVER': /^IP_PMTUDISC_\w+$/,
      'modes of a source filter': /^MCAST_(EX|IN)CLUDE$/,
      'defaults and limits': /^IP_(DEFAULT_\w+|MAX_MEMBERSHIPS)$/,
    },
  },
  { level: 'SOL_IP', headers: ['/linux/netfilter_ipv4.h', '/linux/netfilter/ipset/ip_set.h'], prefix: /^SO_/ },
  { level: 'SOL_IP', headers: ['/linux/netfilter_ipv4/ip_tables.h'], prefix: /^IPT_SO_/, others: ends },
  { level: 'SOL_IP', headers: ['/linux/netfilter_arp/arp_tables.h'], prefix: /^ARPT_SO_/, others: ends },
  { level: 'SOL_IP', headers: ['/linux/netfilter_bridge/ebtables.h'], prefix: /^EBT_SO_/, others: ends },
  { level: 'SOL_IP', headers: ['/linux/ip_vs.h'], prefix: /^IP_VS_SO_/, others: ends },
  {
    level: 'SOL_IP',
    headers: ['/linux/mroute.h'],
    prefix: /^MRT_/,
    others: { ...ends, 'flags of MRT_FLUSH': /^MRT_FLUSH_\w+$/ },
  },
  {
    level: 'SOL_IPV6',
    headers: in6,
    prefix: /^IPV6_/,
    others: {
      'values of IPV6_MTU_DISCOVER, IPV6_ADDR_PREFERENCES and IPV6_RTHDR': /^IPV6_(PMTUDISC|PREFER_SRC|RTHDR)_\w+$/,
      'fields of headers': /^IPV6_(FL_[AFS]_|FLOWINFO_(FLOWLABEL|PRIORITY)$|PRIORITY_|TLV_|SRCRT_)\w*$/,
    },
  },
  { level: 'SOL_IPV6', headers: ['/linux/netfilter_ipv6/ip6_tables.h'], prefix: /^IP6T_SO_/, others: ends },
  {
    level: 'SOL_IPV6',
    headers: ['/linux/mroute6.h'],
    prefix: /^MRT6_/,
    others: { ...ends, 'flags of MRT6_FLUSH': /^MRT6_FLUSH_\w+$/ },
  },
  { level: 'SOL_RAW', headers: ['/linux/icmp.h'], prefix: /^ICMP_FILTER$/ },
  { level: 'SOL_ICMPV6', headers: ['/linux/icmpv6.h', '/netinet/icmp6.h'], prefix: /^ICMPV6_FILTER$/ },
  {
    level: 'SOL_MPTCP',
    headers: ['/linux/mptcp.h', '/linux/mptcp_pm.h'],
    prefix: /^MPTCP_/,
    others: {
      'flags of structs': /^MPTCP_(SUBFLOW|INFO)_FLAG_\w+$/,
      'parts of the path manager, over netlink': /^MPTCP_(PM|SUBFLOW_ATTR|ATTR|EVENT)_\w+$/,
      'reasons of a reset': /^MPTCP_RST_\w+$/,
    },
  },
  {
    level: 'SOL_TLS',
    headers: ['/linux/tls.h'],
    prefix: /^TLS_/,
    others: {
      'versions, ciphers and sizes of their keys': /^TLS_(1_[23]|CIPHER)_\w+$/,
      'control messages that have a number of their own': /^TLS_[SG]ET_RECORD_TYPE$/,
      'parts of tls_info over netlink, and values of them': /^TLS_(INFO|CONF)_\w+$/,
    },
  },
  {
    level: 'SOL_SCTP',
    headers: ['/linux/sctp.h'],
    prefix: /^SCTP_/,
    others: {
      'associations by a word': /^SCTP_(FUTURE|CURRENT|ALL)_ASSOC$/,
      'values and flags of options':
        /^SCTP_(PR_SCTP_|ENABLE_(RESET|CHANGE|STRRESET)_|STREAM_RESET_|SS_|AUTH_HMAC_)\w+$/,
      'flags of messages': /^SCTP_(SENDALL|NOTIFICATION|UNORDERED|ADDR_OVER|ABORT|SACK_IMMEDIATELY|EOF|PR_SCTP_ALL)$/,
      'flags of sctp_bindx': /^SCTP_BINDX_\w+$/,
      'states of associations and addresses':
        /^SCTP_(EMPTY|CLOSED|COOKIE_\w+|ESTABLISHED|SHUTDOWN_(PENDING|SENT|RECEIVED|ACK_SENT)|INACTIVE|PF|POTENTIALLY_FAILED|ACTIVE|UNCONFIRMED|UNKNOWN)$/,
      'notifications, and what they tell':
        /^SCTP_(SN_TYPE_|ASSOC_CHANGE|PEER_ADDR_CHANGE|SEND_FAILED|REMOTE_ERROR|SHUTDOWN_(EVENT|COMP|GUARD)|PARTIAL_DELIVERY|ADAPTATION_IND|AUTHENTICATION_|STREAM_(RESET|CHANGE)_|ASSOC_(RESET|CHANGE)_|SENDER_DRY|DATA_|COMM_|RESTART|CANT_STR|ADDR_|AUTH_(NEW|FREE|NO)|FAILED_THRESHOLD|RECEIVED_SACK|HEARTBEAT_SUCCESS|RESPONSE_TO|INTERNAL_ERROR|PEER_FAULTY|EVENT_)\w*$/,
    },
  },
  {
    level: 'SOL_DCCP',
    headers: ['/linux/dccp.h'],
    prefix: /^DCCP_/,
    others: {
      'packets, resets, control messages and limits': /^DCCP_(PKT|RESET|SCM|MAX|NR|SINGLE|SERVICE)_\w+$/,
    },
  },
  {
    level: 'SOL_PACKET',
    headers: ['/linux/if_packet.h'],
    prefix: /^PACKET_/,
    others: {
      'kinds of packets': /^PACKET_(HOST|BROADCAST|MULTICAST|OTHERHOST|OUTGOING|LOOPBACK|USER|KERNEL|FASTROUTE)$/,
      'values of PACKET_FANOUT and of memberships':
        /^PACKET_(FANOUT_(HASH|LB|CPU|ROLLOVER|RND|QM|CBPF|EBPF|FLAG_\w+)|MR_\w+)$/,
    },
  },
  {
    level: 'SOL_NETLINK',
    headers: ['/linux/netlink.h'],
    prefix: /^NETLINK_/,
    others: {
      'families, the third argument of socket(2)':
        /^NETLINK_(ROUTE|UNUSED|USERSOCK|FIREWALL|(SOCK|INET)_DIAG|NFLOG|XFRM|SELINUX|ISCSI|AUDIT|FIB_LOOKUP|CONNECTOR|NETFILTER|IP6_FW|DNRTMSG|KOBJECT_UEVENT|GENERIC|SCSITRANSPORT|ECRYPTFS|RDMA|CRYPTO|SMC)$/,
      states: /^NETLINK_(UN)?CONNECTED$/,
    },
  },
  {
    level: 'AF_VSOCK',
    headers: ['/linux/vm_sockets.h'],
    prefix: /^SO_VM_/,
  },
  {
    level: 'SOL_XDP',
    headers: ['/linux/if_xdp.h'],
    prefix: /^XDP_/,
    others: {
      'flags and offsets':
        /^XDP_(SHARED_UMEM|COPY|ZEROCOPY|USE_\w+|UMEM_(UNALIGNED|TX)_\w+|RING_\w+|OPTIONS_ZEROCOPY|PGOFF_\w+|UMEM_PGOFF_\w+|TXMD_\w+|PKT_CONTD|TX_METADATA|UNALIGNED_\w+)$/,
    },
  },
  {
    level: 'SOL_ALG',
    headers: ['/linux/if_alg.h'],
    prefix: /^ALG_/,
    others: { 'values of ALG_SET_OP': /^ALG_OP_\w+$/ },
  },
  { level: 'SOL_KCM', headers: ['/linux/kcm.h'], prefix: /^KCM_/, others: { 'the only protocol': /^KCM_PROTO_\w+$/ } },
  {
    level: 'SOL_TIPC',
    headers: ['/linux/tipc.h'],
    prefix: /^TIPC_/,
    others: {
      'values, limits, addresses, events and ioctls of TIPC':
        /^TIPC_(LOW|MEDIUM|HIGH|CRITICAL)_IMPORTANCE$|^TIPC_(RESERVED_TYPES|CONN_SHUTDOWN|REKEYING_NOW|CFG_SRV|TOP_SRV|LINK_STATE|UBIND|\w*_SCOPE|SUB_\w+|SUBSCR_\w+|PUBLISHED|WITHDRAWN|WAIT_FOREVER|OK|ERR_\w+|MAX_\w+|ADDR_\w+|SERVICE_\w+|SOCKET_ADDR|ERRINFO|RETDATA|DESTNAME|GROUP_(LOOPBACK|MEMBER_EVTS)|AEAD_\w+|NODE_\w+|CLUSTER_\w+|ZONE_\w+|CLUSTER|NODE|ZONE|NODEID_LEN)$/,
    },
  },
  {
    level: 'SOL_RDS',
    headers: ['/linux/rds.h'],
    prefix: /^(RDS6?|SO_RDS)_/,
    others: {
      'control messages': /^RDS_CMSG_\w+$/,
      'values, flags, protocols and limits':
        /^RDS_(CONG_MONITOR_SIZE|TRANS_\w+|RDMA_\w+|IB_\w*(GID_LEN|ABI\w*)|INFO_(CONNECTION_FLAG_\w+|MESSAGE_FLAG_\w+|FIRST|LAST)|MSG_\w+|RX_MAX_TRACES|ZCOOKIE\w*|MAX_ZCOOKIES|TRACE_\w+)$/,
    },
  },
  {
    level: 'SOL_CAN_RAW',
    headers: ['/linux/can/raw.h'],
    prefix: /^CAN_RAW_/,
    others: { limits: /^CAN_RAW_FILTER_MAX$/, 'flags of CAN_RAW_XL_VCID_OPTS': /^CAN_RAW_XL_VCID_(TX|RX)_\w+$/ },
  },
  {
    level: 'SOL_CAN_ISOTP',
    headers: ['/linux/can/isotp.h'],
    prefix: /^CAN_ISOTP_/,
    others: {
      'flags and defaults of structs':
        /^CAN_ISOTP_(DEFAULT_\w+|FRAME_TXTIME_ZERO|LISTEN_MODE|EXTEND_ADDR|[TR]X_(PADDING|EXT_ADDR)|CHK_\w+|HALF_DUPLEX|FORCE_\w+|WAIT_TX_DONE|SF_BROADCAST|CF_BROADCAST|DYN_FC_PARMS)$/,
    },
  },
  { level: 'SOL_CAN_J1939', headers: ['/linux/can/j1939.h'], prefix: /^SO_J1939_/ },
  {
    level: 'SOL_BLUETOOTH',
    headers: bluetooth,
    prefix: /^BT_/,
    others: {
      'values and states':
        /^BT_(SECURITY_\w+|FLUSHABLE_\w+|POWER_\w+|CHANNEL_POLICY_\w+|VOICE_\w+|PHY_\w+|MODE_\w+|ISO_QOS_\w+|CONNECTED|OPEN|BOUND|LISTEN|CONNECT2?|CONFIG|DISCONN|CLOSED|SCM_\w+)$/,
    },
  },
  { level: 'SOL_HCI', headers: ['/bluetooth/hci.h'], prefix: /^HCI_(DATA_DIR|FILTER|TIME_STAMP)$/ },
  { level: 'SOL_L2CAP', headers: ['/bluetooth/l2cap.h'], prefix: /^L2CAP_(OPTIONS|CONNINFO|LM)$/ },
  { level: 'SOL_SCO', headers: ['/bluetooth/sco.h'], prefix: /^SCO_(OPTIONS|CONNINFO)$/ },
  { level: 'SOL_RFCOMM', headers: ['/bluetooth/rfcomm.h'], prefix: /^RFCOMM_(CONNINFO|LM)$/ },
  {
    level: 'SOL_RXRPC',
    headers: ['/linux/rxrpc.h'],
    prefix: /^RXRPC_/,
    others: {
      'control messages':
        /^RXRPC_(USER_CALL_ID|ABORT|ACK|RESPONDED|NET_ERROR|BUSY|LOCAL_ERROR|NEW_CALL|EXCLUSIVE_CALL|UPGRADE_SERVICE|TX_LENGTH|SET_CALL_TIMEOUT|CHARGE_ACCEPT|OOB_ID|CHALLENGED|RXGK_\w+|RESP\w*|_SUPPORTED)$/,
      'values and codes':
        /^RXRPC_(SECURITY_(PLAIN|AUTH|ENCRYPT|NONE|RXKAD|RXK5|RXGK|YFS_RXGK)|_?_?MAX_\w+|CMSG_\w+|CALL_\w+|_*SUPPORTED|OOB_\w+|RESPONSE\w*|CHALLENGE)$/,
    },
  },
  { level: 'SOL_PPPOL2TP', headers: ['/linux/if_pppol2tp.h'], prefix: /^PPPOL2TP_SO_/ },
  {
    level: 'SOL_NFC',
    headers: ['/linux/nfc.h'],
    prefix: /^NFC_LLCP_/,
    others: { 'directions and sizes': /^NFC_LLCP_(RAW_HEADER_SIZE|MAX_SERVICE_NAME|DIRECTION_\w+)$/ },
  },
  {
    level: 'SOL_PNPIPE',
    headers: ['/linux/phonet.h'],
    prefix: /^PNPIPE_/,
    others: { values: /^PNPIPE_(ENCAP_\w+|CTRLREQ_MAX)$/ },
  },
  { level: 'SOL_LLC', headers: ['/linux/llc.h'], prefix: /^LLC_OPT_/, others: { limits: /^LLC_OPT_MAX\w*$/ } },
  { level: 'SOL_ATM', headers: ['/linux/atm.h', '/linux/atmdev.h'], prefix: /^SO_/ },
  { level: 'SOL_MCTP', headers: ['/linux/mctp.h'], prefix: /^MCTP_OPT_/ },
  { level: 'SOL_CAIF', headers: ['/linux/caif/caif_socket.h'], prefix: /^CAIFSO_/ },
  { level: 'SOL_X25', headers: ['/linux/x25.h'], prefix: /^X25_QBITINCL$/ },
  {
    level: 'SOL_AX25',
    headers: ['/linux/ax25.h'],
    prefix: /^AX25_/,
    others: { 'limits, and values of ioctls': /^AX25_(MTU|MAX_DIGIS|KILL|SET_RT_IPMODE|NOUID_\w+)$/ },
  },
  {
    level: 'SOL_NETROM',
    headers: ['/linux/netrom.h'],
    prefix: /^NETROM_/,
    others: { 'limits, and kinds of routes': /^NETROM_(MTU|NEIGH|NODE)$/ },
  },
  {
    level: 'SOL_ROSE',
    headers: ['/linux/rose.h'],
    prefix: /^ROSE_/,
    others: {
      'limits, and causes of a reset':
        /^ROSE_(MTU|MAX_DIGIS|DTE_\w+|NUMBER_BUSY|INVALID_\w+|NETWORK_\w+|OUT_OF_ORDER|ACCESS_BARRED|NOT_OBTAINABLE|\w+_PROCEDURE|SHIP_ABSENT)$/,
    },
  },
  { level: 'SOL_SMC', headers: ['/linux/smc.h', '/linux/smc_.h'], prefix: /^SMC_LIMIT_/ },
];
