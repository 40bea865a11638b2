// The descriptors of a process that are sockets, whoever made them: what /proc/PID/fd tells.
import { closeSync, openSync, readdirSync, readlinkSync } from 'node:fs';
import { hostAbi } from '../codec/abi.ts';
import { SockctlError } from '../errors.ts';
import { type Call, native } from './ffi.ts';
import { linuxCall } from './linux.ts';
import { refusal } from './refusal.ts';

/** A descriptor that is a socket, and the socket's inode: a number that no other socket of the machine has meanwhile. */
export interface SocketDescriptor {
  readonly fd: number;
  readonly inode: number;
}

/** The inode of the socket behind a descriptor; undefined where it is none, or closed. */
export function socketInode(fd: number | string, pid: number | 'self' = 'self'): number | undefined {
  try {
    const found = /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`));
    return found ? Number(found[1]) : undefined;
  } catch {
    return undefined;
  }
}

/** getdents64(2), by processor; others list a folder through Node, which makes a string of each name. */
const SYS_getdents64 = { x64: 217, ia32: 220, arm: 217, arm64: 61, riscv64: 61, loong64: 61, ppc64: 202, s390x: 220 };

// Entries of a folder in front, a link's text behind them.
const TEXT_AT = 32768;
const memory = new Uint8Array(TEXT_AT + 96);
const words = new Int32Array(memory.buffer);
const view = new DataView(memory.buffer);
let address = 0;

// Where struct linux_dirent64 has its length and its name.
const LENGTH = 16;
const NAME = 19;

const EACCES = 13;
const ZERO = 48;
/** What a link to a socket begins with. */
const prefix = new TextEncoder().encode('socket:[');
const [prefixStart, prefixEnd] = new Int32Array(prefix.slice().buffer);

/** The inode in the link's text; undefined for other files. */
function inodeIn(length: number): number | undefined {
  if (words[TEXT_AT / 4] !== prefixStart || words[TEXT_AT / 4 + 1] !== prefixEnd) return undefined;
  let inode = 0;
  for (let i = prefix.length; i < length - 1; i++) inode = inode * 10 + (memory[TEXT_AT + i] as number) - ZERO;
  return inode;
}

/** The number that stands at a place, up to its NUL; undefined for `.` and `..`. */
function numberAt(from: number): number | undefined {
  let number = 0;
  for (let at = from; memory[at] !== 0; at++) {
    const digit = (memory[at] as number) - ZERO;
    if (digit < 0 || digit > 9) return undefined;
    number = number * 10 + digit;
  }
  return number;
}

/** The inode behind the name that stands at a place. */
function inodeAt(readlinkat: Call, directory: number, name: number): number | undefined {
  const length = readlinkat(directory, address + name, address + TEXT_AT, memory.byteLength - TEXT_AT);
  // Root without CAP_SYS_PTRACE may list the descriptors of others, but not look at one. Others are closed by now.
  if (length < 0 && native().errno() === EACCES) {
    throw refusal('readlinkat', -EACCES, { subject: 'the descriptors of a process' });
  }
  return length > prefix.length ? inodeIn(length) : undefined;
}

/** The names as the kernel writes them, and each where it stands. */
function eachEntry(directory: number, getdents64: number, each: (fd: number, inode: number) => void): void {
  const [syscall, readlinkat] = [linuxCall('syscall'), linuxCall('readlinkat')];
  for (;;) {
    const filled = syscall(getdents64, directory, address, TEXT_AT);
    if (filled < 0) throw refusal('getdents64', -native().errno(), { subject: 'the descriptors of a process' });
    if (filled === 0) return;
    for (let at = 0; at < filled; at += view.getUint16(at + LENGTH, hostAbi.littleEndian)) {
      const fd = numberAt(at + NAME);
      const inode = fd === undefined ? undefined : inodeAt(readlinkat, directory, at + NAME);
      if (fd !== undefined && inode !== undefined) each(fd, inode);
    }
  }
}

/** The same by the names that Node has read. */
function eachName(directory: number, names: readonly string[], each: (fd: number, inode: number) => void): void {
  const readlinkat = linuxCall('readlinkat');
  for (const name of names) {
    for (let i = 0; i < name.length; i++) memory[i] = name.charCodeAt(i);
    memory[name.length] = 0;
    const inode = inodeAt(readlinkat, directory, 0);
    if (inode !== undefined) each(Number(name), inode);
  }
}

/**
 * Calls `each` with every descriptor of a process that is a socket. Through the FFI: Node's readlink takes twice as
 * long, which counts where a server has ten thousand connections.
 * @throws what Node throws, or SocketOptionError: ENOENT where the process has ended, EACCES where it may not be asked
 */
export function eachSocket(pid: number | 'self', each: (fd: number, inode: number) => void): void {
  const folder = `/proc/${pid}/fd`;
  const getdents64 = SYS_getdents64[process.arch as keyof typeof SYS_getdents64];
  address ||= native().address(memory);
  const directory = openSync(folder, 'r');
  try {
    if (getdents64 === undefined) eachName(directory, readdirSync(folder), each);
    else eachEntry(directory, getdents64, each);
  } finally {
    closeSync(directory);
  }
}

/**
 * All sockets of this process, those of its other threads and of native code too, by descriptor.
 * @throws SockctlError ERR_UNSUPPORTED on systems other than Linux, and where /proc cannot be read
 */
export function socketDescriptors(): SocketDescriptor[] {
  if (process.platform !== 'linux') {
    throw new SockctlError('ERR_UNSUPPORTED', 'only Linux tells a process which sockets it has open');
  }
  const found: SocketDescriptor[] = [];
  try {
    eachSocket('self', (fd, inode) => found.push({ fd, inode }));
  } catch (cause) {
    if (cause instanceof SockctlError) throw cause;
    throw new SockctlError(
      'ERR_UNSUPPORTED',
      `the open sockets cannot be listed: ${(cause as Error).message}`,
      { hint: 'It needs /proc; under the permission model of Node: --allow-fs-read=*' },
      cause,
    );
  }
  return found.sort((a, b) => a.fd - b.fd);
}
