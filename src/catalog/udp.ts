// The options of UDP (SOL_UDP), sorted by C name.
import { enumeration } from '../codec/enumeration.ts';
import { bool, int } from '../codec/scalar.ts';
import { UDP_ENCAP_ESPINUDP, udpEncapsulations } from '../constants/udp.ts';
import { option } from '../option.ts';

export const UDP_CORK = option({
  name: 'UDP_CORK',
  level: 'SOL_UDP',
  access: 'rw',
  value: bool(),
  on: { linux: 1 },
  summary: 'Collects everything that is written into one datagram, which leaves when the option is turned off.',
  notes: [
    'Turning it off sends at once; closing the socket discards what was collected.',
    'A write that would make it larger than a datagram can be fails with EMSGSIZE and discards what was collected.',
    'Per send call, the flag MSG_MORE does the same.',
  ],
  when: 'any',
  see: ['TCP_CORK', 'UDP_SEGMENT'],
  man: 'udp(7)',
  since: '2.5.44',
  sample: true,
});

export const UDP_ENCAP = option({
  name: 'UDP_ENCAP',
  level: 'SOL_UDP',
  access: 'rw',
  value: enumeration(udpEncapsulations),
  on: { linux: 100 },
  summary: 'The protocol that datagrams on this socket carry inside, for the kernel to unpack (IPsec, L2TP).',
  notes: [
    'Programs can set ESPINUDP and L2TPINUDP, and NONE to go back; the other values belong to kernel drivers.',
    'Values that the kernel does not serve fail with ENOPROTOOPT; newer kernels have dropped ESPINUDP_NON_IKE.',
    'With ESPINUDP the kernel takes ESP packets, and the program still receives the key exchange (RFC 3948).',
  ],
  when: 'any',
  see: ['IP_XFRM_POLICY', 'UDP_NO_CHECK6_TX'],
  man: 'udp(7), RFC 3948',
  since: '2.6',
  sample: UDP_ENCAP_ESPINUDP,
});

export const UDP_GRO = option({
  name: 'UDP_GRO',
  level: 'SOL_UDP',
  access: 'rw',
  value: bool(),
  on: { linux: 104 },
  summary: 'Receives several datagrams of one sender in a single read, with their common size in a control message.',
  notes: [
    'Read with recvmsg and a large buffer: without the control message UDP_GRO the datagrams cannot be told apart.',
    'Runtimes that read one datagram at a time (node:dgram) would see several as one: leave it off there.',
  ],
  when: 'any',
  see: ['UDP_SEGMENT'],
  man: 'udp(7)',
  since: '5.0',
  sample: true,
});

export const UDP_NO_CHECK6_RX = option({
  name: 'UDP_NO_CHECK6_RX',
  level: 'SOL_UDP',
  access: 'rw',
  value: bool(),
  on: { linux: 102 },
  summary: 'Accepts IPv6 datagrams whose UDP checksum is 0, which IPv6 otherwise drops.',
  notes: ['For tunnels (RFC 6935, RFC 6936).', 'IPv4 sockets accept it, to no effect: there 0 always means "none".'],
  when: 'any',
  see: ['UDP_NO_CHECK6_TX', 'SO_NO_CHECK'],
  man: 'RFC 6936',
  since: '3.16',
  sample: true,
});

export const UDP_NO_CHECK6_TX = option({
  name: 'UDP_NO_CHECK6_TX',
  level: 'SOL_UDP',
  access: 'rw',
  value: bool(),
  on: { linux: 101 },
  summary: 'Sends IPv6 datagrams with a UDP checksum of 0, to save computing it twice in tunnels.',
  notes: [
    'A receiver without UDP_NO_CHECK6_RX drops them.',
    'IPv4 sockets accept it, to no effect: there SO_NO_CHECK does this.',
  ],
  when: 'any',
  see: ['UDP_NO_CHECK6_RX', 'SO_NO_CHECK'],
  man: 'RFC 6936',
  since: '3.16',
  sample: true,
});

export const UDP_SEGMENT = option({
  name: 'UDP_SEGMENT',
  level: 'SOL_UDP',
  access: 'rw',
  value: int({ min: 0, max: 65535, unit: 'bytes', words: { off: 0 } }),
  on: { linux: 103 },
  summary: 'Cuts what one send call passes into datagrams of this size, late in the kernel or in the network card.',
  notes: [
    '0 turns it off; the last datagram of a call may be shorter.',
    'One call sends at most 128 datagrams (EINVAL) and about 64 KiB in all (EMSGSIZE).',
    'A control message of the same name sets the size for one call.',
    'A size above the path MTU fails with EMSGSIZE at the next send: segments are never fragmented.',
  ],
  when: 'any',
  see: ['UDP_GRO', 'UDP_CORK', 'IP_MTU'],
  man: 'udp(7)',
  since: '4.18',
  sample: 1400,
});
