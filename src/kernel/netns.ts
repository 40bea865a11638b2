// Network namespaces: which one a process is in, and a call made inside of another one.
import { closeSync, fstatSync, openSync, readlinkSync } from 'node:fs';
import { SockctlError } from '../errors.ts';
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
 * @param expected the namespace's number: the process may have ended, and its number be another one's by now
 * @throws SocketOptionError EPERM without CAP_SYS_ADMIN; Node's ENOENT or EACCES where the process has ended or is not ours
 * @throws SockctlError ERR_NO_PROCESS where the process is in another namespace than expected
 */
export function inNamespaceOf<T>(pid: number, act: () => T, expected?: number): T {
  const setns = linuxCall('setns');
  // Of this thread, not of the process: in a worker these can differ.
  const own = openSync('/proc/thread-self/ns/net', 'r');
  try {
    const other = openSync(`/proc/${pid}/ns/net`, 'r');
    try {
      if (expected !== undefined && fstatSync(other).ino !== expected) {
        throw new SockctlError('ERR_NO_PROCESS', `process ${pid} is not in network namespace ${expected} any more`);
      }
      if (setns(other, CLONE_NEWNET) < 0) {
        throw refusal('setns', -native().errno(), {
          subject: `the network namespace of process ${pid}`,
          hint: 'It needs CAP_SYS_ADMIN: run as root',
        });
      }
      try {
        return act();
      } finally {
        comeBack(own);
      }
    } finally {
      closeSync(other);
    }
  } finally {
    closeSync(own);
  }
}

function comeBack(own: number): void {
  if (linuxCall('setns')(own, CLONE_NEWNET) >= 0) return;
  // It was this thread's a moment ago: there is nothing that could refuse it now but a seccomp filter.
  const error = refusal('setns', -native().errno(), { subject: 'back to the own network namespace' });
  // Going on would make sockets in the wrong namespace.
  process.nextTick(() => {
    throw error;
  });
}
