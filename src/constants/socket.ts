// Values that socket-level options take and return: priorities, buffer locks, send times, memory counters.

/** Traffic that nothing was said about: where a socket starts. */
export const TC_PRIO_BESTEFFORT = 0;
/** Below best effort: what may wait for as long as it takes. */
export const TC_PRIO_FILLER = 1;
/** Large transfers that nobody waits for. */
export const TC_PRIO_BULK = 2;
/** Large transfers that somebody waits for. */
export const TC_PRIO_INTERACTIVE_BULK = 4;
/** Small packets that somebody waits for: terminals, calls. The highest one that needs no capability. */
export const TC_PRIO_INTERACTIVE = 6;
/** The network's own messages, such as routing. Needs a capability. */
export const TC_PRIO_CONTROL = 7;
/** The highest priority that queues with 16 bands tell apart. */
export const TC_PRIO_MAX = 15;

/** Priorities by name, for SO_PRIORITY. Linux (linux/pkt_sched.h). */
export const priorities = {
  TC_PRIO_BESTEFFORT,
  TC_PRIO_FILLER,
  TC_PRIO_BULK,
  TC_PRIO_INTERACTIVE_BULK,
  TC_PRIO_INTERACTIVE,
  TC_PRIO_CONTROL,
  TC_PRIO_MAX,
} as const;

/** The send buffer has a size of its own: the kernel no longer adjusts it. */
export const SOCK_SNDBUF_LOCK = 1;
/** The receive buffer has a size of its own: the kernel no longer adjusts it. */
export const SOCK_RCVBUF_LOCK = 2;

/** Locks by name, for SO_BUF_LOCK. Linux (linux/socket.h). */
export const bufferLocks = { SOCK_SNDBUF_LOCK, SOCK_RCVBUF_LOCK } as const;

/** A connection keeps its hash, and with it its path, for life. */
export const SOCK_TXREHASH_DISABLED = 0;
/** A connection that loses packets takes a new hash, and so perhaps another path. */
export const SOCK_TXREHASH_ENABLED = 1;
/** Whatever net.core.txrehash says. The header has 255, an unsigned byte, but SO_TXREHASH refuses 255 and takes -1. */
export const SOCK_TXREHASH_DEFAULT = -1;

/** Rehash modes by name, for SO_TXREHASH. Linux (linux/socket.h). */
export const txRehashModes = { SOCK_TXREHASH_DISABLED, SOCK_TXREHASH_ENABLED, SOCK_TXREHASH_DEFAULT } as const;

/** The time of a packet is the latest one at which it is of use, not the one to send it at. */
export const SOF_TXTIME_DEADLINE_MODE = 1;
/** Packets that missed their time are reported on the error queue. */
export const SOF_TXTIME_REPORT_ERRORS = 2;

/** Flags of SO_TXTIME by name. Linux (linux/net_tstamp.h). */
export const txTimeFlags = { SOF_TXTIME_DEADLINE_MODE, SOF_TXTIME_REPORT_ERRORS } as const;

/** Wall-clock time: jumps when somebody sets the clock. */
export const CLOCK_REALTIME = 0;
/** Time since some point in the past: never jumps. Linux's number; other systems have others. */
export const CLOCK_MONOTONIC = 1;
/** International atomic time: wall-clock time without leap seconds, as PTP hardware keeps it. Linux. */
export const CLOCK_TAI = 11;

/** The clocks that SO_TXTIME accepts, by name. Linux (linux/time.h). */
export const txTimeClocks = { CLOCK_REALTIME, CLOCK_MONOTONIC, CLOCK_TAI } as const;

/** Bytes that wait to be read, with the kernel's bookkeeping around them. */
export const SK_MEMINFO_RMEM_ALLOC = 0;
/** The receive buffer's size, as SO_RCVBUF reads it. */
export const SK_MEMINFO_RCVBUF = 1;
/** Bytes handed to the network device and not yet sent. */
export const SK_MEMINFO_WMEM_ALLOC = 2;
/** The send buffer's size, as SO_SNDBUF reads it. */
export const SK_MEMINFO_SNDBUF = 3;
/** Bytes set aside for this socket and not in use. */
export const SK_MEMINFO_FWD_ALLOC = 4;
/** Bytes that wait to be sent or acknowledged. */
export const SK_MEMINFO_WMEM_QUEUED = 5;
/** Bytes that options, filters and control messages occupy; net.core.optmem_max caps them. */
export const SK_MEMINFO_OPTMEM = 6;
/** Bytes that arrived while the socket was busy and are not sorted in yet. */
export const SK_MEMINFO_BACKLOG = 7;
/** Packets dropped since the socket was made: a count, not bytes. */
export const SK_MEMINFO_DROPS = 8;

/** Places of SO_MEMINFO's counters by name. Linux (linux/sock_diag.h). */
export const memoryCounters = {
  SK_MEMINFO_RMEM_ALLOC,
  SK_MEMINFO_RCVBUF,
  SK_MEMINFO_WMEM_ALLOC,
  SK_MEMINFO_SNDBUF,
  SK_MEMINFO_FWD_ALLOC,
  SK_MEMINFO_WMEM_QUEUED,
  SK_MEMINFO_OPTMEM,
  SK_MEMINFO_BACKLOG,
  SK_MEMINFO_DROPS,
} as const;

/** shutdown(2): no more is read. The same numbers on every system, Windows included (SD_RECEIVE). */
export const SHUT_RD = 0;
/** shutdown(2): no more is sent; the peer reads the end of the stream. */
export const SHUT_WR = 1;
/** shutdown(2): both. */
export const SHUT_RDWR = 2;
