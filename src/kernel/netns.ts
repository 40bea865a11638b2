// Network namespaces: which one a process is in, and a call made inside of another one.
import { closeSync, openSync, readlinkSync } from 'node:fs';
import { native } from './ffi.ts';
import { linuxCall } from './linux.ts';
import { refusal } from './refusal.ts';

const CLONE_NEWNET = 0x40000000;

/** The number of a process's network namespace; undefined where it may not be asked, or has ended. */
export function namespaceOf(pid: number | 'self'): number | undefined {
  try {
    const found = /^net:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/ns/net`));
    return found ? Number(found[1]) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Calls `act` while this thread is in the network namespace of a process. `act` must be synchronous: nothing else may
 * run in this thread before it is back in its own. Sockets made in it stay in that namespace.
 * @throws SocketOptionError EPERM without CAP_SYS_ADMIN; Node's ENOENT or EACCES where the process has ended or is not ours
 */
export function inNamespaceOf<T>(pid: number, act: () => T): T {
  const setns = linuxCall('setns');
  // Of this thread, not of the process: in a worker these can differ.
  const own = openSync('/proc/thread-self/ns/net', 'r');
  try {
    const other = openSync(`/proc/${pid}/ns/net`, 'r');
    try {
      if (setns(other, CLONE_NEWNET) < 0) {
        throw refusal('setns', -native().errno(), {
          subject: `the network namespace of process ${pid}`,
          hint: 'It needs CAP_SYS_ADMIN: run as root',
        });
      }
      try {
        return act();
      } finally {
        // It was this thread's a moment ago: there is nothing that could refuse it now but a seccomp filter.
        if (setns(own, CLONE_NEWNET) < 0) {
          const error = refusal('setns', -native().errno(), { subject: 'back to the own network namespace' });
          // Going on would make sockets in the wrong namespace.
          process.nextTick(() => {
            throw error;
          });
        }
      }
    } finally {
      closeSync(other);
    }
  } finally {
    closeSync(own);
  }
}
