// The options of AF_XDP sockets (SOL_XDP), sorted by C name.
import { int } from '../codec/scalar.ts';
import { xdpMmapOffsets, xdpOptions, xdpStatistics, xdpUmemReg } from '../codec/xdp.ts';
import { option } from '../option.ts';

const entries = () => int({ min: 1, max: 0x40000000 });
const power = 'The number of entries must be a power of two (EINVAL), and is set once.';
const mapped = 'Then map it with mmap(2): XDP_MMAP_OFFSETS tells where its parts lie.';

export const XDP_MAX_TX_SKB_BUDGET = option({
  name: 'XDP_MAX_TX_SKB_BUDGET',
  level: 'SOL_XDP',
  access: 'wo',
  value: int({ min: 32, unit: 'packets' }),
  on: { linux: 9 },
  summary: 'How many packets one send call hands to the network card at most, where packets are copied.',
  notes: ['From 32, the default, to the entries of the TX ring; EACCES otherwise, and without a TX ring.'],
  when: 'any',
  after: { XDP_TX_RING: 64 },
  see: ['XDP_TX_RING'],
  man: 'linux/if_xdp.h',
  since: '6.17',
  sample: 48,
});

export const XDP_MMAP_OFFSETS = option({
  name: 'XDP_MMAP_OFFSETS',
  level: 'SOL_XDP',
  access: 'ro',
  value: xdpMmapOffsets(),
  on: { linux: 1 },
  summary: 'Where producer, consumer, descriptors and flags lie in the four rings, once these are mapped.',
  notes: [
    'rx and tx are the rings of packets, fr and cr those of free and of completed buffers (fill, completion).',
    'Before Linux 5.4 rings had no flags.',
  ],
  see: ['XDP_RX_RING', 'XDP_TX_RING', 'XDP_UMEM_FILL_RING', 'XDP_UMEM_COMPLETION_RING'],
  man: 'linux/if_xdp.h',
  since: '4.18',
});

export const XDP_OPTIONS = option({
  name: 'XDP_OPTIONS',
  level: 'SOL_XDP',
  access: 'ro',
  value: xdpOptions(),
  on: { linux: 8 },
  summary: 'Whether a bound socket really goes without copies (XDP_OPTIONS_ZEROCOPY).',
  notes: ['bind(2) falls back to copying where the driver cannot do better, unless it is told XDP_ZEROCOPY.'],
  see: ['XDP_STATISTICS', 'XDP_UMEM_REG'],
  man: 'linux/if_xdp.h',
  since: '5.3',
});

export const XDP_RX_RING = option({
  name: 'XDP_RX_RING',
  level: 'SOL_XDP',
  access: 'wo',
  value: entries(),
  on: { linux: 2 },
  summary: 'Makes the ring in which received packets are announced, with so many entries.',
  notes: [power, mapped, 'A socket needs this ring or XDP_TX_RING before it can be bound.'],
  when: 'before-bind',
  see: ['XDP_TX_RING', 'XDP_UMEM_REG', 'XDP_MMAP_OFFSETS'],
  man: 'linux/if_xdp.h',
  since: '4.18',
  sample: 64,
});

export const XDP_STATISTICS = option({
  name: 'XDP_STATISTICS',
  level: 'SOL_XDP',
  access: 'ro',
  value: xdpStatistics(),
  length: 'grows',
  on: { linux: 7 },
  summary: 'How many packets and descriptors the socket lost, and why.',
  notes: [
    'rx_fill_ring_empty_descs rises while the program gives back buffers too slowly.',
    'Before Linux 5.9 there are three counters, and rx_dropped includes packets for which the ring was full.',
  ],
  see: ['XDP_UMEM_FILL_RING', 'XDP_RX_RING'],
  man: 'linux/if_xdp.h',
  since: '4.18',
});

export const XDP_TX_RING = option({
  name: 'XDP_TX_RING',
  level: 'SOL_XDP',
  access: 'wo',
  value: entries(),
  on: { linux: 3 },
  summary: 'Makes the ring in which the program announces packets to be sent, with so many entries.',
  notes: [power, mapped],
  when: 'before-bind',
  see: ['XDP_RX_RING', 'XDP_UMEM_COMPLETION_RING', 'XDP_MAX_TX_SKB_BUDGET'],
  man: 'linux/if_xdp.h',
  since: '4.18',
  sample: 64,
});

export const XDP_UMEM_COMPLETION_RING = option({
  name: 'XDP_UMEM_COMPLETION_RING',
  level: 'SOL_XDP',
  access: 'wo',
  value: entries(),
  on: { linux: 6 },
  summary: 'Makes the ring in which the kernel gives back buffers whose packets have been sent.',
  notes: [power, mapped, 'Both rings of the packet memory are needed, even where a program only receives.'],
  when: 'before-bind',
  see: ['XDP_UMEM_FILL_RING', 'XDP_UMEM_REG', 'XDP_TX_RING'],
  man: 'linux/if_xdp.h',
  since: '4.18',
  sample: 64,
});

export const XDP_UMEM_FILL_RING = option({
  name: 'XDP_UMEM_FILL_RING',
  level: 'SOL_XDP',
  access: 'wo',
  value: entries(),
  on: { linux: 5 },
  summary: 'Makes the ring in which the program hands free buffers to the kernel, for packets to be received into.',
  notes: [power, mapped],
  when: 'before-bind',
  see: ['XDP_UMEM_COMPLETION_RING', 'XDP_UMEM_REG', 'XDP_RX_RING'],
  man: 'linux/if_xdp.h',
  since: '4.18',
  sample: 64,
});

export const XDP_UMEM_REG = option({
  name: 'XDP_UMEM_REG',
  level: 'SOL_XDP',
  access: 'wo',
  value: xdpUmemReg(),
  on: { linux: 4 },
  summary: 'Registers the memory that packets lie in, cut into chunks of one size.',
  notes: [
    'addr is an address of this process, at the start of a page: such memory comes from mmap(2), not from JavaScript.',
    'chunk_size is 2048 to the size of a page, and a power of two unless XDP_UMEM_UNALIGNED_CHUNK_FLAG is set.',
    'The memory is locked: it counts against RLIMIT_MEMLOCK without CAP_IPC_LOCK.',
    'Once for each socket: EBUSY after that. Other sockets can share it with XDP_SHARED_UMEM of bind(2).',
  ],
  when: 'before-bind',
  see: ['XDP_UMEM_FILL_RING', 'XDP_UMEM_COMPLETION_RING', 'XDP_MMAP_OFFSETS'],
  man: 'linux/if_xdp.h',
  since: '4.18',
});
