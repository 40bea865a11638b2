// The options of packet sockets (SOL_PACKET), sorted by C name.
import { enumeration, flags } from '../codec/enumeration.ts';
import { fanout, fanoutProgram, packetMreq, rolloverStats, tpacketReq, tpacketStats } from '../codec/packet.ts';
import { bool, int, u32 } from '../codec/scalar.ts';
import { PACKET_MR_PROMISC, TPACKET_V3, tpacketVersions } from '../constants/packet.ts';
import { timestampingFlags } from '../constants/timestamping.ts';
import { option } from '../option.ts';

const loopback = { ifindex: 1, type: PACKET_MR_PROMISC } as const;
const ring = { block_size: 4096, block_nr: 2, frame_size: 2048, frame_nr: 4 } as const;
const beforeRing = 'EBUSY once the socket has a ring.';
const ringRules = [
  'block_size is a multiple of the page size, frame_size of 16; frame_nr is what fits into all blocks (EINVAL).',
  'The last three fields are for TPACKET_V3, whose blocks are handed over when they are full or retire_blk_tov is over.',
  'Then map it with mmap(2). block_nr and frame_nr 0 take it away again; EBUSY while it is mapped.',
  "The memory is not swapped and counts as the kernel's own.",
] as const;

export const PACKET_ADD_MEMBERSHIP = option({
  name: 'PACKET_ADD_MEMBERSHIP',
  level: 'SOL_PACKET',
  access: 'wo',
  value: packetMreq(),
  on: { linux: 1 },
  summary: 'Makes a device receive more than its own frames: everything, all multicast, or one more address.',
  notes: [
    'The device goes back when the socket is closed: unlike the flag IFF_PROMISC, nothing is left behind by a crash.',
    'Memberships are counted; PACKET_DROP_MEMBERSHIP takes back one.',
    'It is about the device: which frames the socket sees, bind(2) and filters decide.',
  ],
  when: 'any',
  see: ['PACKET_DROP_MEMBERSHIP', 'SO_ATTACH_FILTER'],
  man: 'packet(7)',
  since: '2.2',
  sample: loopback,
});

export const PACKET_AUXDATA = option({
  name: 'PACKET_AUXDATA',
  level: 'SOL_PACKET',
  access: 'rw',
  value: bool(),
  on: { linux: 8 },
  summary: 'Each recvmsg also tells the length on the wire, the VLAN tag and where the headers lie.',
  notes: [
    'As struct tpacket_auxdata in a control message of the same name.',
    'Network cards take the VLAN tag out of the frame: this is where it went.',
  ],
  when: 'any',
  see: ['PACKET_ORIGDEV', 'PACKET_VERSION'],
  man: 'packet(7)',
  since: '2.6.21',
  sample: true,
});

export const PACKET_COPY_THRESH = option({
  name: 'PACKET_COPY_THRESH',
  level: 'SOL_PACKET',
  access: 'rw',
  value: int(),
  on: { linux: 7 },
  summary: 'With a ring, also queues packets that are too long for a slot, to be read whole with recvmsg.',
  notes: ['0, the default, turns it off; any other number means on. The ring marks such a packet with TP_STATUS_COPY.'],
  when: 'any',
  see: ['PACKET_RX_RING'],
  man: 'linux/if_packet.h',
  sample: 4,
});

export const PACKET_DROP_MEMBERSHIP = option({
  name: 'PACKET_DROP_MEMBERSHIP',
  level: 'SOL_PACKET',
  access: 'wo',
  value: packetMreq(),
  on: { linux: 2 },
  summary: 'Takes back one PACKET_ADD_MEMBERSHIP with the same interface, type and address.',
  notes: ['A membership that was never added is no error.'],
  when: 'any',
  see: ['PACKET_ADD_MEMBERSHIP'],
  man: 'packet(7)',
  since: '2.2',
  sample: loopback,
});

export const PACKET_FANOUT = option({
  name: 'PACKET_FANOUT',
  level: 'SOL_PACKET',
  access: 'rw',
  value: fanout(),
  on: { linux: 18 },
  summary: 'Puts the socket into a group whose sockets share out packets among them: capture on several processors.',
  notes: [
    'The socket must be bound to a protocol first: EINVAL otherwise. A socket stays in its group (EALREADY).',
    'All sockets of a group have the same type, flags, interface and protocol.',
    'As text: id=1,type=PACKET_FANOUT_HASH,flags=PACKET_FANOUT_FLAG_DEFRAG.',
    'In a C int: the id in the lower half, the type and the flags in the upper one. max_num_members makes it 8 bytes.',
    'A read gives zeros while the socket is in no group, and never max_num_members.',
    'A group has at most 256 sockets, or max_num_members of its first one (since Linux 5.11).',
  ],
  when: 'any',
  late: 'the socket leaves what it received alone',
  see: ['PACKET_FANOUT_DATA', 'PACKET_ROLLOVER_STATS', 'SO_ATTACH_REUSEPORT_CBPF'],
  man: 'packet(7)',
  since: '3.1',
  example: { id: 1, type: 'PACKET_FANOUT_HASH', flags: ['PACKET_FANOUT_FLAG_DEFRAG'] },
});

export const PACKET_FANOUT_DATA = option({
  name: 'PACKET_FANOUT_DATA',
  level: 'SOL_PACKET',
  access: 'wo',
  value: fanoutProgram(),
  on: { linux: 22 },
  summary: 'The program that chooses the socket of a fanout group: its result, modulo the sockets, is the choice.',
  notes: [
    'Instructions for a group of PACKET_FANOUT_CBPF, the descriptor of a loaded program for PACKET_FANOUT_EBPF.',
    'Only in such a group, EINVAL otherwise; for a socket that SO_LOCK_FILTER locked EPERM.',
    'Until it is set all packets go to the first socket.',
  ],
  when: 'any',
  see: ['PACKET_FANOUT', 'SO_ATTACH_FILTER', 'SO_LOCK_FILTER'],
  man: 'linux/if_packet.h',
  since: '4.3',
  example: [{ code: 0x06, jt: 0, jf: 0, k: 0 }],
});

export const PACKET_HDRLEN = option({
  name: 'PACKET_HDRLEN',
  level: 'SOL_PACKET',
  access: 'ro',
  value: int({ unit: 'bytes' }),
  query: enumeration(tpacketVersions),
  length: 'in-out',
  on: { linux: 11 },
  summary: 'How long the header of each packet is in a ring of a version, which the read passes in.',
  notes: ['Also how to ask which versions the kernel has: EINVAL for those that it does not know.'],
  see: ['PACKET_VERSION', 'PACKET_RX_RING'],
  man: 'packet(7)',
  since: '2.6.27',
});

export const PACKET_IGNORE_OUTGOING = option({
  name: 'PACKET_IGNORE_OUTGOING',
  level: 'SOL_PACKET',
  access: 'rw',
  value: bool(),
  on: { linux: 23 },
  summary: 'Shows what the machine receives and not what it sends.',
  notes: ['Cheaper than a filter: no copy is made. In a fanout group its flag IGNORE_OUTGOING counts.'],
  when: 'any',
  see: ['PACKET_FANOUT', 'SO_ATTACH_FILTER'],
  man: 'linux/if_packet.h',
  since: '4.20',
  sample: true,
});

export const PACKET_LOSS = option({
  name: 'PACKET_LOSS',
  level: 'SOL_PACKET',
  access: 'rw',
  value: bool(),
  on: { linux: 14 },
  summary: 'With a ring for sending, skips malformed packets instead of stopping at them.',
  notes: ['Without it such a packet is marked TP_STATUS_WRONG_FORMAT and the send call ends there.', beforeRing],
  when: 'any',
  see: ['PACKET_TX_RING'],
  man: 'packet(7)',
  since: '2.6.31',
  sample: true,
});

export const PACKET_ORIGDEV = option({
  name: 'PACKET_ORIGDEV',
  level: 'SOL_PACKET',
  access: 'rw',
  value: bool(),
  on: { linux: 9 },
  summary: 'Addresses of received packets name the device that they arrived on, not the bond or bridge above it.',
  when: 'any',
  see: ['PACKET_AUXDATA'],
  man: 'linux/if_packet.h',
  sample: true,
});

export const PACKET_QDISC_BYPASS = option({
  name: 'PACKET_QDISC_BYPASS',
  level: 'SOL_PACKET',
  access: 'rw',
  value: bool(),
  on: { linux: 20 },
  summary: "Sends straight to the driver, past the kernel's queues: faster, without shaping or fairness.",
  notes: [
    'Packets that the network card has no room for are dropped, not queued.',
    'For generators of test traffic. Other packet sockets do not see what is sent so.',
  ],
  when: 'any',
  see: ['PACKET_TX_RING'],
  man: 'packet(7)',
  since: '3.14',
  sample: true,
});

export const PACKET_RECV_OUTPUT = option({
  name: 'PACKET_RECV_OUTPUT',
  level: 'SOL_PACKET',
  access: 'none',
  role: 'never implemented',
  value: int(),
  on: { linux: 3 },
  summary: 'Was meant to show sent packets as well, which bound packet sockets see anyway.',
  man: 'linux/if_packet.h',
  instead: 'Bind with protocol ETH_P_ALL to see sent packets; PACKET_IGNORE_OUTGOING leaves them out',
});

export const PACKET_RESERVE = option({
  name: 'PACKET_RESERVE',
  level: 'SOL_PACKET',
  access: 'rw',
  value: u32({ max: 0x7fffffff, unit: 'bytes' }),
  on: { linux: 12 },
  summary: "Leaves so many bytes free in front of each packet in the ring, for headers of the program's own.",
  notes: ['A VLAN tag can be put back there without moving the packet.', beforeRing],
  when: 'any',
  see: ['PACKET_RX_RING', 'PACKET_HDRLEN'],
  man: 'packet(7)',
  sample: 16,
});

export const PACKET_ROLLOVER_STATS = option({
  name: 'PACKET_ROLLOVER_STATS',
  level: 'SOL_PACKET',
  access: 'ro',
  value: rolloverStats(),
  on: { linux: 21 },
  summary: 'How often a fanout group with rollover had to give a packet to another socket.',
  notes: [
    'all counts them, huge those of flows that take most of the traffic, failed those for which no socket had room.',
    'Only in a group of PACKET_FANOUT_ROLLOVER or with its flag: EINVAL otherwise.',
  ],
  see: ['PACKET_FANOUT', 'PACKET_STATISTICS'],
  man: 'linux/if_packet.h',
  after: { PACKET_FANOUT: { type: 'PACKET_FANOUT_ROLLOVER' } },
  since: '4.2',
});

export const PACKET_RX_RING = option({
  name: 'PACKET_RX_RING',
  level: 'SOL_PACKET',
  access: 'wo',
  value: tpacketReq(),
  on: { linux: 5 },
  summary: 'Makes a ring in memory that the kernel writes received packets into: no system call for each packet.',
  notes: ringRules,
  when: 'any',
  see: ['PACKET_VERSION', 'PACKET_TX_RING', 'PACKET_RESERVE', 'PACKET_HDRLEN'],
  man: 'packet(7)',
  sample: ring,
});

export const PACKET_STATISTICS = option({
  name: 'PACKET_STATISTICS',
  level: 'SOL_PACKET',
  access: 'ro',
  value: tpacketStats(),
  on: { linux: 6 },
  summary: 'How many packets the socket received since the last read, and how many it had no room for.',
  notes: [
    'packets includes the dropped ones.',
    'freeze_q_cnt, how often the ring was full, is only there with TPACKET_V3.',
  ],
  sideEffect: 'sets the counters back to 0',
  see: ['PACKET_ROLLOVER_STATS', 'SO_RXQ_OVFL', 'SO_MEMINFO'],
  man: 'packet(7)',
});

export const PACKET_TIMESTAMP = option({
  name: 'PACKET_TIMESTAMP',
  level: 'SOL_PACKET',
  access: 'rw',
  value: flags(timestampingFlags),
  on: { linux: 17 },
  summary: "Which clock stamps the packets in the ring: the kernel's, or that of the network card.",
  notes: [
    "SOF_TIMESTAMPING_RAW_HARDWARE asks for the card's; where it gives none, and by default, the kernel's is used.",
    'The card must have been told to stamp packets, with ioctl SIOCSHWTSTAMP.',
  ],
  when: 'any',
  see: ['SO_TIMESTAMPING', 'PACKET_RX_RING'],
  man: 'packet(7)',
  since: '2.6.36',
  sample: ['SOF_TIMESTAMPING_RAW_HARDWARE'],
});

export const PACKET_TX_HAS_OFF = option({
  name: 'PACKET_TX_HAS_OFF',
  level: 'SOL_PACKET',
  access: 'rw',
  value: bool(),
  on: { linux: 19 },
  summary: 'With a ring for sending, lets each packet begin where its header says, not right behind the header.',
  notes: ['The place is tp_mac for raw and tp_net for datagram sockets.', beforeRing],
  when: 'any',
  see: ['PACKET_TX_RING'],
  man: 'linux/if_packet.h',
  sample: true,
});

export const PACKET_TX_RING = option({
  name: 'PACKET_TX_RING',
  level: 'SOL_PACKET',
  access: 'wo',
  value: tpacketReq(),
  on: { linux: 13 },
  summary: 'Makes a ring in memory from which the kernel sends packets: one send call for many.',
  notes: ringRules,
  when: 'any',
  see: ['PACKET_RX_RING', 'PACKET_LOSS', 'PACKET_TX_HAS_OFF', 'PACKET_QDISC_BYPASS'],
  man: 'packet(7)',
  since: '2.6.31',
  sample: ring,
});

export const PACKET_TX_TIMESTAMP = option({
  name: 'PACKET_TX_TIMESTAMP',
  level: 'SOL_PACKET',
  access: 'none',
  role: 'control message',
  value: int(),
  on: { linux: 16 },
  summary: 'The type of the control message with which a packet socket tells when a packet was sent.',
  see: ['PACKET_TIMESTAMP', 'SO_TIMESTAMPING'],
  man: 'linux/if_packet.h',
  instead: 'Ask for it with SO_TIMESTAMPING and read it with recvmsg and MSG_ERRQUEUE',
});

export const PACKET_VERSION = option({
  name: 'PACKET_VERSION',
  level: 'SOL_PACKET',
  access: 'rw',
  value: enumeration(tpacketVersions),
  on: { linux: 10 },
  summary: 'The layout of the rings that are made after it.',
  notes: [
    'TPACKET_V1, the default, has another layout in 32-bit programs: take TPACKET_V2 or TPACKET_V3.',
    'It also decides how much PACKET_STATISTICS tells.',
    beforeRing,
  ],
  when: 'any',
  see: ['PACKET_RX_RING', 'PACKET_TX_RING', 'PACKET_HDRLEN'],
  man: 'packet(7)',
  since: '2.6.27',
  sample: TPACKET_V3,
});

export const PACKET_VNET_HDR = option({
  name: 'PACKET_VNET_HDR',
  level: 'SOL_PACKET',
  access: 'rw',
  value: bool(),
  on: { linux: 15 },
  summary: 'Puts a virtio header of 10 bytes in front of each packet: unfinished checksums, segments to be cut.',
  notes: ['For virtual machines that are connected through a packet socket.', 'Raw packet sockets only.', beforeRing],
  when: 'any',
  alters: ['PACKET_VNET_HDR_SZ'],
  see: ['PACKET_VNET_HDR_SZ'],
  man: 'linux/if_packet.h',
  sample: true,
});

export const PACKET_VNET_HDR_SZ = option({
  name: 'PACKET_VNET_HDR_SZ',
  level: 'SOL_PACKET',
  access: 'rw',
  value: int({ min: 0, max: 12, unit: 'bytes' }),
  on: { linux: 24 },
  summary: 'As PACKET_VNET_HDR, with the length of the header: 10, or 12 with the number of buffers in it.',
  notes: ['Only 0, 10 and 12 are accepted (EINVAL).', 'Raw packet sockets only.', beforeRing],
  when: 'any',
  alters: ['PACKET_VNET_HDR'],
  see: ['PACKET_VNET_HDR'],
  man: 'linux/if_packet.h',
  since: '6.4',
  sample: 12,
});
