// SO_MEMINFO: what the socket's queues hold, in bytes; drops counts packets. See linux/sock_diag.h.
import { u32 } from './scalar.ts';
import { struct } from './struct.ts';

/** Nine counters in SK_MEMINFO_*'s order; a kernel that returns fewer leaves the last ones absent. */
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
