// A socket of another process, borrowed: a copy of its descriptor, for as long as it takes.
import { SO_COOKIE, SO_TYPE } from '../catalog/socket.ts';
import { SockctlError, SocketOptionError, show } from '../errors.ts';
import { pidfdGetfd, pidfdOpen } from '../kernel/pidfd.ts';
import { mayPtrace, processFacts, ptraceScope } from '../kernel/processes.ts';
import { refusal } from '../kernel/refusal.ts';
import { inodeOf } from '../kernel/socket.ts';
import { closeDescriptor } from '../kernel/syscalls.ts';
import { getsockopt } from '../sockopt.ts';

/** What must be true of what is borrowed; a descriptor's number alone may mean another socket by now. */
export interface BorrowOptions {
  /** The process must have started then: clock ticks since the machine's start. Without it a pid may be another process's. */
  start?: number | undefined;
  /** It must be the socket of this inode. */
  inode?: number | undefined;
  /** It must be the socket with this SO_COOKIE. */
  cookie?: bigint | undefined;
}

/**
 * A socket of another process. It goes wherever the library takes a socket: `getsockopt(borrowed, SO_RCVBUF)`,
 * `apply`, `snapshot`. While it is open the connection stays open, even if its process closes it: close it at once.
 */
export class BorrowedSocket implements Disposable {
  /** The process, and its own number for the descriptor. */
  readonly of: { readonly pid: number; readonly fd: number };
  #fd: number;

  constructor(of: { pid: number; fd: number }, fd: number) {
    this.of = of;
    this.#fd = fd;
  }

  /** The copy's number in this process; -1 when it is closed. */
  get fd(): number {
    return this.#fd;
  }

  /** The socket's inode: what `/proc/PID/fd` and `ss -e` show. */
  get inode(): number {
    return inodeOf(this.#fd);
  }

  close(): void {
    const fd = this.#fd;
    this.#fd = -1;
    if (fd >= 0) closeDescriptor(fd);
  }

  [Symbol.dispose](): void {
    this.close();
  }
}

/** Why the kernel refuses to hand out a descriptor, and what to do. */
function hintFor(syscall: string, code: string, pid: number): string | undefined {
  if (code === 'ENOSYS') {
    return 'It needs Linux 5.6, and a sandbox (seccomp) that allows pidfd_open and pidfd_getfd';
  }
  if (code !== 'EPERM' && code !== 'EACCES') return undefined;
  // The kernel lets everybody open a pidfd, and have descriptors of the own process.
  if (syscall === 'pidfd_open' || pid === process.pid) {
    return `A sandbox (seccomp) or a security module forbids ${syscall}: allow it there`;
  }
  if (mayPtrace()) {
    return `A sandbox (seccomp) or a security module forbids it, or process ${pid} is outside of this user namespace`;
  }
  const scope = ptraceScope();
  if (scope === 3) return 'Yama forbids it to everybody until the next boot (kernel.yama.ptrace_scope = 3)';
  if (scope > 0) return `Yama forbids it (kernel.yama.ptrace_scope = ${scope}): run as root, or with CAP_SYS_PTRACE`;
  return `Process ${pid} is another user's, or guards itself (setuid, PR_SET_DUMPABLE): run as root, or with CAP_SYS_PTRACE`;
}

function gone(pid: number): SockctlError {
  return new SockctlError('ERR_NO_PROCESS', `there is no process ${pid}`, {
    hint: 'It has ended, or its number was mistyped: see sockctl ps',
  });
}

/** What pidfd_open(2) says of a thread: EINVAL until Linux 6.8. */
const noLeader = new Set(['ENOENT', 'EINVAL']);

function refused(syscall: string, result: number, pid: number, fd: number): Error {
  const error = refusal(syscall, result, { subject: `fd ${fd} of process ${pid}` });
  if (error.code === 'ESRCH') return gone(pid);
  if (error.code === 'EBADF') {
    return new SockctlError('ERR_NO_SOCKET', `process ${pid} has no descriptor ${fd}`, {
      hint: `It has closed it, or never had it: sockctl ps --pid ${pid} lists its sockets`,
    });
  }
  if (syscall === 'pidfd_open' && noLeader.has(error.code)) {
    return new SockctlError('ERR_NO_PROCESS', `${pid} is a thread, not a process`, {
      hint: `grep Tgid /proc/${pid}/status shows its process, which has the same descriptors`,
    });
  }
  const hint = hintFor(syscall, error.code, pid);
  return hint === undefined ? error : refusal(syscall, result, { subject: `fd ${fd} of process ${pid}`, hint });
}

function checkNumber(what: string, value: number, least: number): void {
  if (Number.isInteger(value) && value >= least && value <= 0x7fffffff) return;
  throw new SockctlError(
    'ERR_INVALID_ARGUMENT',
    `${what} is an integer from ${least} to 2147483647, got ${show(value)}`,
  );
}

/** Whether a copy is a socket at all, and the one that was meant. */
function checkSame(socket: BorrowedSocket, { inode, cookie }: BorrowOptions): void {
  const { pid, fd } = socket.of;
  try {
    if (cookie !== undefined) {
      if (getsockopt(socket.fd, SO_COOKIE) === cookie) return;
    } else {
      // A file or a pipe has no options: that is said here, not at the first read.
      getsockopt(socket.fd, SO_TYPE);
      if (inode === undefined || socket.inode === inode) return;
    }
  } catch (error) {
    // EBADF: it was opened with O_PATH.
    if (!(error instanceof SocketOptionError) || !['ENOTSOCK', 'EBADF'].includes(error.code)) throw error;
    throw new SockctlError('ERR_NO_SOCKET', `descriptor ${fd} of process ${pid} is not a socket`, {
      hint: `sockctl ps --pid ${pid} lists its sockets`,
    });
  }
  throw new SockctlError('ERR_NO_SOCKET', `descriptor ${fd} of process ${pid} is another socket by now`, {
    hint: 'It was closed, and its number given to another: look again',
  });
}

function take(pid: number, fd: number, options: BorrowOptions): BorrowedSocket {
  checkNumber('a process', pid, 1);
  checkNumber('a descriptor', fd, 0);
  const pidfd = pidfdOpen(pid);
  if (pidfd < 0) throw refused('pidfd_open', pidfd, pid, fd);
  let copy: number;
  try {
    // The pidfd pins the process first, then the question is whether it is the right one.
    const { start } = options;
    if (start !== undefined && processFacts(pid)?.start !== start) {
      throw new SockctlError('ERR_NO_PROCESS', `process ${pid} is another one by now`, {
        hint: 'The one that was meant has ended, and its number was given to another: look again',
      });
    }
    copy = pidfdGetfd(pidfd, fd);
  } finally {
    closeDescriptor(pidfd);
  }
  if (copy < 0) throw refused('pidfd_getfd', copy, pid, fd);
  const socket = new BorrowedSocket({ pid, fd }, copy);
  try {
    checkSame(socket, options);
    return socket;
  } catch (error) {
    socket.close();
    throw error;
  }
}

/**
 * Borrows a socket of a running process: its own, the same user's, with CAP_SYS_PTRACE anybody's. Linux 5.6 and later;
 * see pidfd_getfd(2).
 *
 * With `use` the copy is closed when it returns, throws, or its promise settles. Without it the caller closes: it is
 * {@link Disposable} (`using`).
 * @param pid the process
 * @param fd its descriptor's number: what `/proc/PID/fd` and `sockctl ps` show
 * @throws SockctlError ERR_NO_PROCESS, ERR_NO_SOCKET (no such descriptor, no socket, another socket than asked for), ERR_UNSUPPORTED
 * @throws SocketOptionError EPERM (another user's process, Yama, seccomp: the hint says which), ENOSYS before Linux 5.6, EMFILE
 */
export function borrow(pid: number, fd: number, options?: BorrowOptions): BorrowedSocket;
export function borrow<T>(pid: number, fd: number, use: (socket: BorrowedSocket) => T): T;
export function borrow<T>(pid: number, fd: number, options: BorrowOptions, use: (socket: BorrowedSocket) => T): T;
export function borrow<T>(
  pid: number,
  fd: number,
  second: BorrowOptions | ((socket: BorrowedSocket) => T) = {},
  third?: (socket: BorrowedSocket) => T,
): T | BorrowedSocket {
  const use = typeof second === 'function' ? second : third;
  const socket = take(pid, fd, typeof second === 'function' ? {} : second);
  return use === undefined ? socket : closing(socket, use);
}

/** Calls `use`, and closes after it; after its promise where it gives one. */
export function closing<T>(socket: BorrowedSocket, use: (socket: BorrowedSocket) => T): T {
  let waits = false;
  try {
    const result = use(socket);
    if (typeof (result as PromiseLike<unknown> | undefined)?.then !== 'function') return result;
    waits = true;
    return Promise.resolve(result).finally(() => socket.close()) as T;
  } finally {
    if (!waits) socket.close();
  }
}
