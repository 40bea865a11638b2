// The options of vsock (level AF_VSOCK), sorted by C name.
import { int, u64 } from '../codec/scalar.ts';
import { timeval, timeval64 } from '../codec/time.ts';
import { alias, option } from '../option.ts';

const size = () => u64({ unit: 'bytes' });
const only = 'Stream and seqpacket sockets only: datagrams answer ENOPROTOOPT.';
const never = 'VMware reserved the number when it brought vsock to Linux; no kernel has served it.';
const connectTime = [
  'The default is 2 seconds, and 0 goes back to it: there is no way to wait forever.',
  'The other side must be there at once on one machine; across hypervisors a guest that starts may take longer.',
  only,
] as const;

export const SO_VM_SOCKETS_BUFFER_MAX_SIZE = option({
  name: 'SO_VM_SOCKETS_BUFFER_MAX_SIZE',
  level: 'AF_VSOCK',
  access: 'rw',
  value: size(),
  on: { linux: 2 },
  summary: 'The most that SO_VM_SOCKETS_BUFFER_SIZE of this socket may be.',
  notes: ['A size above it comes down to it at once.', 'The default is 256 KiB.', only],
  when: 'any',
  alters: ['SO_VM_SOCKETS_BUFFER_SIZE'],
  see: ['SO_VM_SOCKETS_BUFFER_SIZE', 'SO_VM_SOCKETS_BUFFER_MIN_SIZE'],
  man: 'vsock(7), linux/vm_sockets.h',
  since: '3.9',
  sample: 524288n,
});

export const SO_VM_SOCKETS_BUFFER_MIN_SIZE = option({
  name: 'SO_VM_SOCKETS_BUFFER_MIN_SIZE',
  level: 'AF_VSOCK',
  access: 'rw',
  value: size(),
  on: { linux: 1 },
  summary: 'The least that SO_VM_SOCKETS_BUFFER_SIZE of this socket may be.',
  notes: ['A size below it goes up to it at once.', 'The default is 128 bytes.', only],
  when: 'any',
  alters: ['SO_VM_SOCKETS_BUFFER_SIZE'],
  see: ['SO_VM_SOCKETS_BUFFER_SIZE', 'SO_VM_SOCKETS_BUFFER_MAX_SIZE'],
  man: 'vsock(7), linux/vm_sockets.h',
  since: '3.9',
  sample: 4096n,
});

export const SO_VM_SOCKETS_BUFFER_SIZE = option({
  name: 'SO_VM_SOCKETS_BUFFER_SIZE',
  level: 'AF_VSOCK',
  access: 'rw',
  value: size(),
  on: { linux: 0 },
  summary: 'How much the peer may send before this side has read it: the receive buffer of a vsock connection.',
  notes: [
    'SO_RCVBUF and SO_SNDBUF have no effect on vsock: this is what counts.',
    'The default is 256 KiB. A size beyond the two limits is moved to the nearer one without an error.',
    only,
  ],
  when: 'any',
  see: ['SO_VM_SOCKETS_BUFFER_MIN_SIZE', 'SO_VM_SOCKETS_BUFFER_MAX_SIZE', 'SO_RCVBUF'],
  man: 'vsock(7), linux/vm_sockets.h',
  since: '3.9',
  sample: 131072n,
});

export const SO_VM_SOCKETS_CONNECT_TIMEOUT_NEW = option({
  name: 'SO_VM_SOCKETS_CONNECT_TIMEOUT_NEW',
  level: 'AF_VSOCK',
  access: 'rw',
  value: timeval64(),
  on: { linux: 8 },
  summary: 'How long connect waits for the other side, with 64-bit seconds on every system.',
  notes: connectTime,
  readback: { linux: 'rounded' },
  why: 'Linux counts in clock ticks (4 ms at 250 Hz) and rounds up',
  when: 'before-connect',
  see: ['SO_VM_SOCKETS_CONNECT_TIMEOUT_OLD'],
  man: 'vsock(7), linux/vm_sockets.h',
  since: '5.16',
  sample: 5000,
});

export const SO_VM_SOCKETS_CONNECT_TIMEOUT_OLD = option({
  name: 'SO_VM_SOCKETS_CONNECT_TIMEOUT_OLD',
  level: 'AF_VSOCK',
  access: 'rw',
  value: timeval(),
  on: { linux: 6 },
  summary: 'How long connect waits for the other side; on 32-bit systems with 32-bit seconds.',
  notes: connectTime,
  readback: { linux: 'rounded' },
  why: 'Linux counts in clock ticks (4 ms at 250 Hz) and rounds up',
  when: 'before-connect',
  see: ['SO_VM_SOCKETS_CONNECT_TIMEOUT_NEW', 'SO_SNDTIMEO'],
  man: 'vsock(7), linux/vm_sockets.h',
  since: '3.9',
  sample: 5000,
});

export const SO_VM_SOCKETS_CONNECT_TIMEOUT = alias('SO_VM_SOCKETS_CONNECT_TIMEOUT', SO_VM_SOCKETS_CONNECT_TIMEOUT_OLD, {
  summary: 'How long connect waits for the other side.',
});

export const SO_VM_SOCKETS_NONBLOCK_TXRX = option({
  name: 'SO_VM_SOCKETS_NONBLOCK_TXRX',
  level: 'AF_VSOCK',
  access: 'none',
  role: 'never implemented',
  value: int(),
  on: { linux: 7 },
  summary: 'Was meant to make single sends and receives non-blocking for callers inside the kernel.',
  notes: [never],
  man: 'linux/vm_sockets.h',
  instead: 'Give MSG_DONTWAIT to send and receive calls',
});

export const SO_VM_SOCKETS_PEER_HOST_VM_ID = option({
  name: 'SO_VM_SOCKETS_PEER_HOST_VM_ID',
  level: 'AF_VSOCK',
  access: 'none',
  role: 'never implemented',
  value: int(),
  on: { linux: 3 },
  summary: 'Was meant to tell the number by which a host knows the virtual machine of the peer.',
  notes: [never],
  man: 'linux/vm_sockets.h',
  instead: "The peer's address has its context id (cid): SO_PEERNAME",
});

export const SO_VM_SOCKETS_TRUSTED = option({
  name: 'SO_VM_SOCKETS_TRUSTED',
  level: 'AF_VSOCK',
  access: 'none',
  role: 'never implemented',
  value: int(),
  on: { linux: 5 },
  summary: 'Was meant to tell whether the peer is a privileged process.',
  notes: [never],
  man: 'linux/vm_sockets.h',
  instead: "A port below 1024 in the peer's address means that it had CAP_NET_BIND_SERVICE",
});
