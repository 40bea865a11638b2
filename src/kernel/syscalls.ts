// Small calls on bare descriptors: close, duplicate, and the state of a socket.
import { hostAbi } from '../codec/abi.ts';
import { native } from './ffi.ts';
import { refusal } from './refusal.ts';

const F_DUPFD_CLOEXEC = hostAbi.os === 'darwin' ? 67 : hostAbi.os === 'freebsd' ? 17 : 1030;

/** Closes a descriptor that nobody else knows of. */
export function closeDescriptor(fd: number): void {
  native().close(fd);
}

/**
 * A second descriptor of the same socket, close-on-exec.
 * @throws SocketOptionError EMFILE, EBADF
 */
export function duplicate(fd: number): number {
  const libc = native();
  const copy = libc.fcntl(fd, F_DUPFD_CLOEXEC, 'int', 3);
  if (copy < 0) throw refusal('fcntl', -libc.errno(), { subject: `F_DUPFD_CLOEXEC of fd ${fd}` });
  return copy;
}
