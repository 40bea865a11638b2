// Sockets of other processes: pidfd_open(2) and pidfd_getfd(2), which Linux has since 5.6.
import { type Call, native } from './ffi.ts';
import { linuxCall } from './linux.ts';

// The same numbers on every processor that Node runs on; see arch/*/include in the kernel's source.
const SYS_pidfd_open = 434;
const SYS_pidfd_getfd = 438;

const syscall = (...args: [number, number, number, number]): number => {
  const call: Call = linuxCall('syscall');
  const result = call(...args);
  return result >= 0 ? result : -native().errno();
};

/** A descriptor that pins a process: its number cannot mean another one. Or the negative errno. */
export function pidfdOpen(pid: number): number {
  return syscall(SYS_pidfd_open, pid, 0, 0);
}

/** A copy of a descriptor of that process, close-on-exec. Or the negative errno. */
export function pidfdGetfd(pidfd: number, fd: number): number {
  return syscall(SYS_pidfd_getfd, pidfd, fd, 0);
}
