// What each level is, for the pages of docs/options/ and of the site: a title, and what its options are about.
import type { LevelName } from '../src/constants/levels.ts';

export interface LevelText {
  readonly title: string;
  readonly about: string;
}

export const levelTexts: Readonly<Record<LevelName, LevelText>> = {
  SOL_SOCKET: {
    title: 'every socket',
    about:
      'The options that the socket layer itself keeps, whatever the protocol: buffers, timeouts, addresses and ports, priorities, filters, timestamps. Some of them only make sense on some sockets; each page says which.',
  },
  SOL_TCP: {
    title: 'TCP',
    about:
      'One TCP connection or listener: when segments are sent, how a dead peer is noticed, what congestion control does, and TCP_INFO, which tells what the kernel knows of the connection. IPPROTO_TCP is the same number.',
  },
  SOL_UDP: {
    title: 'UDP',
    about: 'UDP sockets: corking, segmentation and reassembly of many datagrams in one call, encapsulation.',
  },
  SOL_IP: {
    title: 'IPv4',
    about:
      'What goes into the IPv4 header, multicast, and which further facts a program receives with each packet. IPPROTO_IP is the same number. IPv6 sockets have these options too, for IPv4 peers that they talk to.',
  },
  SOL_IPV6: {
    title: 'IPv6',
    about:
      'The counterpart of SOL_IP for IPv6: header fields, extension headers, multicast, and facts that come with each packet. IPPROTO_IPV6 is the same number.',
  },
  SOL_MPTCP: {
    title: 'Multipath TCP',
    about: 'What the kernel knows of a Multipath TCP connection and of each of its subflows.',
  },
  SOL_TLS: {
    title: 'TLS in the kernel',
    about:
      'Hands the keys of an established TLS session to the kernel, which then encrypts and decrypts records itself. TCP_ULP turns it on.',
  },
  SOL_RAW: { title: 'raw ICMP', about: 'Which ICMP messages a raw socket of IPPROTO_ICMP receives.' },
  SOL_ICMPV6: {
    title: 'raw ICMPv6',
    about: 'Which ICMPv6 messages a raw socket of IPPROTO_ICMPV6 receives (RFC 3542).',
  },
  SOL_UDPLITE: {
    title: 'UDP-Lite',
    about: 'UDP with a checksum that covers only the start of a datagram (RFC 3828): how much of it.',
  },
  SOL_SCTP: {
    title: 'SCTP',
    about:
      'Associations with several addresses and streams: timers, paths, authentication, streams, and notifications (RFC 6458). Many of the options name the association that they are about; on a one-to-one socket 0 does.',
  },
  SOL_DCCP: {
    title: 'DCCP',
    about: 'Datagrams with congestion control: services, checksum coverage, and the choice of the congestion control.',
  },
  SOL_LOCAL: {
    title: 'unix sockets of macOS and FreeBSD',
    about: 'Credentials and process ids of the peer, on sockets of AF_LOCAL. Linux has its own names at SOL_SOCKET.',
  },
  SOL_PACKET: {
    title: 'packet sockets',
    about: 'Frames as the network interface sees them: rings in shared memory, fanout to several sockets, statistics.',
  },
  SOL_NETLINK: {
    title: 'netlink',
    about: 'Sockets that talk to the kernel: groups to listen to, acknowledgements, dumps, strict checks.',
  },
  AF_VSOCK: {
    title: 'virtual machine sockets',
    about:
      'Sockets between a virtual machine and its host: buffer sizes and the time that a connect may take. The number of the family is the level.',
  },
  SOL_XDP: {
    title: 'AF_XDP',
    about: 'Frames straight from the driver into memory of the program: the rings, the memory, statistics.',
  },
  SOL_ALG: {
    title: 'crypto of the kernel',
    about: 'Sockets of AF_ALG: keys and sizes for the ciphers and hashes of the kernel.',
  },
  SOL_KCM: {
    title: 'kernel connection multiplexor',
    about: 'Messages over TCP connections that the kernel cuts out of the streams.',
  },
  SOL_SMC: { title: 'SMC', about: 'Shared memory communications: TCP sockets that move their data by RDMA.' },
  SOL_TIPC: {
    title: 'TIPC',
    about: 'Messages inside of a cluster: importance, delivery, groups, and the queues of the socket.',
  },
  SOL_RDS: { title: 'RDS', about: 'Reliable datagrams: memory for RDMA, congestion, and what the kernel counts.' },
  SOL_CAN_RAW: {
    title: 'raw CAN',
    about: 'Frames of a controller area network: filters, errors, loopback, CAN FD and XL.',
  },
  SOL_CAN_ISOTP: { title: 'ISO-TP', about: 'Long messages over CAN (ISO 15765-2): timing, padding, flow control.' },
  SOL_CAN_J1939: {
    title: 'J1939',
    about: 'The protocol of trucks and machines over CAN: filters, priorities, errors.',
  },
  SOL_BLUETOOTH: {
    title: 'every Bluetooth socket',
    about: 'Security, deferred setup, power, MTUs and codecs, for L2CAP, RFCOMM, SCO and ISO sockets.',
  },
  SOL_HCI: {
    title: 'Bluetooth HCI',
    about: 'Raw access to a Bluetooth controller: filters, direction and timestamps.',
  },
  SOL_L2CAP: {
    title: 'Bluetooth L2CAP',
    about: 'Options and facts of L2CAP channels, in the older form; SOL_BLUETOOTH has newer ones.',
  },
  SOL_SCO: { title: 'Bluetooth SCO', about: 'Options and facts of audio links.' },
  SOL_RFCOMM: {
    title: 'Bluetooth RFCOMM',
    about: 'Options and facts of serial links, in the older form. Windows has options of its own here.',
  },
  SOL_RXRPC: { title: 'RxRPC', about: 'Remote calls as AFS uses them: keys, security, upgrades of the service.' },
  SOL_PPPOL2TP: { title: 'PPP over L2TP', about: 'Sequence numbers, timeouts and debugging of an L2TP session.' },
  SOL_NFC: { title: 'NFC LLCP', about: 'Links between NFC devices: window and packet sizes.' },
  SOL_PNPIPE: { title: 'Phonet pipes', about: 'Data pipes to modems of Nokia phones.' },
  SOL_LLC: { title: 'LLC', about: 'IEEE 802.2 logical link control: timers, window sizes and retries.' },
  SOL_ATM: { title: 'ATM', about: 'Virtual circuits: quality of service, addresses, signalling.' },
  SOL_MCTP: { title: 'MCTP', about: 'Messages between the management controllers of a machine.' },
  SOL_IEEE802154: {
    title: 'IEEE 802.15.4',
    about: 'Low-power radio: acknowledgements and security of a datagram socket.',
  },
  SOL_MISDN: { title: 'mISDN', about: 'ISDN sockets: what is received along with each message.' },
  SOL_IUCV: { title: 'IUCV', about: 'Messages between guests of z/VM on s390.' },
  SOL_CAIF: { title: 'CAIF', about: 'Links to modems of ST-Ericsson.' },
  SOL_X25: { title: 'X.25', about: 'Sockets of X.25, which use level numbers of their own.' },
  SOL_AX25: { title: 'AX.25', about: 'Packet radio of amateurs: timers, window and retries of a connection.' },
  SOL_NETROM: { title: 'NET/ROM', about: 'Routing on top of AX.25: timers, window and retries of a connection.' },
  SOL_ROSE: { title: 'ROSE', about: 'X.25 over packet radio: timers, idle connections and facilities.' },
  SOL_IPX: { title: 'IPX', about: 'The protocol of NetWare, which Linux no longer has.' },
};

/** The systems that numbers are known for, as people write them. */
export const systemTitles: Readonly<Record<string, string>> = {
  linux: 'Linux',
  'linux-mips': 'Linux on MIPS',
  'linux-ppc': 'Linux on PowerPC',
  'linux-alpha': 'Linux on Alpha',
  'linux-hppa': 'Linux on PA-RISC',
  'linux-sparc': 'Linux on SPARC',
  darwin: 'macOS',
  freebsd: 'FreeBSD',
  windows: 'Windows',
};
