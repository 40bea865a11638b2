// The descriptors of a process that are sockets, whoever made them: what /proc/PID/fd tells.
import { closeSync, openSync, readdirSync, readlinkSync } from 'node:fs';
import { SockctlError } from '../errors.ts';
import { native } from './ffi.ts';
import { linuxCall } from './linux.ts';

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

// A name of digits in front, the link's text behind it.
const TEXT_AT = 32;
const memory = new Uint8Array(128);
let address = 0;

const ZERO = 48;
/** What a link to a socket begins with. */
const prefix = new TextEncoder().encode('socket:[');

/** The inode in the link's text; undefined for other files. */
function inodeIn(length: number): number | undefined {
  for (let i = 0; i < prefix.length; i++) if (memory[TEXT_AT + i] !== prefix[i]) return undefined;
  let inode = 0;
  for (let i = prefix.length; i < length - 1; i++) inode = inode * 10 + (memory[TEXT_AT + i] as number) - ZERO;
  return inode;
}

/**
 * Calls `each` with every descriptor of a process that is a socket. Through the FFI: Node's readlink takes twice as
 * long, which counts where a server has ten thousand connections.
 * @throws what Node throws: ENOENT where the process has ended, EACCES where it may not be asked
 */
export function eachSocket(pid: number | 'self', each: (fd: number, inode: number) => void): void {
  const folder = `/proc/${pid}/fd`;
  const names = readdirSync(folder);
  if (names.length === 0) return;
  address ||= native().address(memory);
  const readlinkat = linuxCall('readlinkat');
  const directory = openSync(folder, 'r');
  try {
    for (const name of names) {
      for (let i = 0; i < name.length; i++) memory[i] = name.charCodeAt(i);
      memory[name.length] = 0;
      const length = readlinkat(directory, address, address + TEXT_AT, memory.byteLength - TEXT_AT);
      const inode = length > prefix.length ? inodeIn(length) : undefined;
      if (inode !== undefined) each(Number(name), inode);
    }
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
