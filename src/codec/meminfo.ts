// What a socket's queues hold (SO_MEMINFO).
import { u32 } from './scalar.ts';
import { struct } from './struct.ts';

/**
 * SO_MEMINFO's nine numbers, in the order of SK_MEMINFO_*: bytes, and for `drops` packets.
 * A kernel that returns fewer leaves the last ones absent. Linux. Source: linux/sock_diag.h.
 */
export function meminfo() {
  const size = u32({ unit: 'bytes' });
  const fields = {
    rmem_alloc: size,
    rcvbuf: size,
    wmem_alloc: size,
    sndbuf: size,
    fwd_alloc: size,
    wmem_queued: size,
    optmem: size,
    backlog: size,
    drops: u32({ unit: 'packets' }),
  };
  return struct('uint32_t[9]', fields, { grows: true });
}
