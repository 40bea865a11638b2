// The other calls on sockets: socket(2), bind, connect, listen, accept, names, close.
import { fstatSync } from 'node:fs';
import { SOCK_CLOEXEC, SOCK_NONBLOCK } from '../constants/families.ts';
import { native } from './ffi.ts';
import { socketInode } from './procfs.ts';
import { refusal } from './refusal.ts';
import { runtime } from './runtime.ts';

const F_SETFD = 2;
const F_SETFL = 4;
const FD_CLOEXEC = 1;
// O_NONBLOCK where socket(2) takes no flags (darwin).
const O_NONBLOCK = 4;

// Addresses pass through one buffer: sockaddr_un has 110 bytes, sockaddr_storage 128. The length lies at its end.
const memory = new Uint8Array(264);
const lengthCell = new Uint32Array(memory.buffer, 256, 1);
let base = 0;

function memoryAddress(): number {
  base ||= native().address(memory);
  return base;
}

function check(result: number, syscall: string, subject: string): number {
  if (result >= 0) return result;
  throw refusal(syscall, -native().errno(), { subject });
}

/** Close-on-exec and non-blocking, where the system has no call that makes them so from birth. */
function setFlags(fd: number): void {
  const libc = native();
  check(libc.fcntl(fd, F_SETFD, 'int', FD_CLOEXEC), 'fcntl', `fd ${fd}`);
  check(libc.fcntl(fd, F_SETFL, 'int', O_NONBLOCK), 'fcntl', `fd ${fd}`);
}

/** A new descriptor, close-on-exec and non-blocking. */
export function makeSocket(family: number, type: number, protocol: number): number {
  const libc = native();
  const atomic = SOCK_CLOEXEC !== 0 && SOCK_NONBLOCK !== 0;
  const flags = atomic ? SOCK_CLOEXEC | SOCK_NONBLOCK : 0;
  const fd = libc.socket(family, type | flags, protocol);
  // The words only where they are needed: this is on the way of every connection.
  if (fd < 0) throw refusal('socket', -libc.errno(), { subject: `family ${family} type ${type} protocol ${protocol}` });
  if (!atomic) setFlags(fd);
  return fd;
}

/** Two sockets that are connected to each other. */
export function makePair(family: number, type: number): [number, number] {
  const libc = native();
  const flags = SOCK_CLOEXEC | SOCK_NONBLOCK;
  check(libc.socketpair(family, type | flags, 0, memoryAddress()), 'socketpair', `family ${family} type ${type}`);
  const [first, second] = new Int32Array(memory.buffer, 0, 2);
  return [first as number, second as number];
}

/** bind(2) to a sockaddr's bytes. */
export function bindSocket(fd: number, address: Uint8Array, subject: string): void {
  memory.set(address);
  check(native().bind(fd, memoryAddress(), address.byteLength), 'bind', subject);
}

/** connect(2); false where it goes on in the background (EINPROGRESS). */
export function connectSocket(fd: number, address: Uint8Array, subject: string): boolean {
  memory.set(address);
  const libc = native();
  if (libc.connect(fd, memoryAddress(), address.byteLength) === 0) return true;
  const errno = libc.errno();
  const error = refusal('connect', -errno, { subject });
  if (error.code === 'EINPROGRESS') return false;
  throw error;
}

export function listenSocket(fd: number, backlog: number): void {
  check(native().listen(fd, backlog), 'listen', `fd ${fd}`);
}

/** The descriptor of the next waiting connection and its peer's sockaddr; undefined where none is waiting. */
export function acceptSocket(fd: number): { fd: number; address: Uint8Array } | undefined {
  const libc = native();
  const address = memoryAddress();
  lengthCell[0] = 128;
  const accepted = libc.accept4
    ? libc.accept4(fd, address, address + 256, SOCK_CLOEXEC | SOCK_NONBLOCK)
    : libc.accept(fd, address, address + 256);
  if (accepted < 0) {
    const error = refusal('accept', -libc.errno(), { subject: `fd ${fd}` });
    if (error.code === 'EAGAIN') return undefined;
    throw error;
  }
  if (!libc.accept4) setFlags(accepted);
  return { fd: accepted, address: memory.slice(0, Math.min(lengthCell[0], 128)) };
}

/** getsockname(2) or getpeername(2): the sockaddr's bytes. */
export function nameOf(fd: number, which: 'getsockname' | 'getpeername'): Uint8Array {
  const libc = native();
  const address = memoryAddress();
  lengthCell[0] = 128;
  check(libc[which](fd, address, address + 256), which, `fd ${fd}`);
  return memory.slice(0, Math.min(lengthCell[0], 128));
}

/** The inode of the file behind a descriptor. Deno knows only descriptors of its own: there /proc tells. */
export function inodeOf(fd: number): number {
  return (runtime === 'deno' ? socketInode(fd) : undefined) ?? fstatSync(fd).ino;
}

/** What tells one socket from another that got the same descriptor number later. */
export function identityOf(fd: number): string | undefined {
  try {
    const { dev, ino } = fstatSync(fd, { bigint: true });
    return `${dev}:${ino}`;
  } catch {
    return undefined;
  }
}

/** Closes the descriptor if it still is the socket that it was; a number that means another file now is left alone. */
export function closeSocket(fd: number, identity: string | undefined): void {
  if (identity !== undefined && identityOf(fd) !== identity) return;
  native().close(fd);
}
