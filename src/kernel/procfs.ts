// What Linux tells of this process: the descriptors that are sockets, whoever made them.
import { readdirSync, readlinkSync } from 'node:fs';
import { SockctlError } from '../errors.ts';

/** A descriptor that is a socket, and the socket's inode: a number that no other socket of the machine has meanwhile. */
export interface SocketDescriptor {
  readonly fd: number;
  readonly inode: number;
}

const folder = '/proc/self/fd';

/** The inode of the socket behind a descriptor; undefined where it is none, or closed. */
export function socketInode(fd: number | string): number | undefined {
  try {
    const found = /^socket:\[(\d+)\]$/.exec(readlinkSync(`${folder}/${fd}`));
    return found ? Number(found[1]) : undefined;
  } catch {
    return undefined;
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
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch (cause) {
    throw new SockctlError(
      'ERR_UNSUPPORTED',
      `the open sockets cannot be listed: ${(cause as Error).message}`,
      { hint: 'It needs /proc; under the permission model of Node: --allow-fs-read=*' },
      cause,
    );
  }
  return names
    .flatMap((name) => {
      const inode = socketInode(name);
      return inode === undefined ? [] : [{ fd: Number(name), inode }];
    })
    .sort((a, b) => a.fd - b.fd);
}
