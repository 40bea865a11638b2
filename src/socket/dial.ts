// connect(2) of a bare descriptor, for runtimes whose sockets take one only when it is connected.
import { SO_ERROR } from '../catalog/socket.ts';
import { sockaddr } from '../codec/sockaddr.ts';
import type { SocketAddressInput } from '../codec/sockaddr-types.ts';
import { SOL_SOCKET } from '../constants/levels.ts';
import { SocketOptionError } from '../errors.ts';
import { errnoName } from '../kernel/errno.ts';
import { isWritable } from '../kernel/readiness.ts';
import { connectSocket } from '../kernel/socket.ts';
import { closeDescriptor } from '../kernel/syscalls.ts';
import { getsockopt } from '../sockopt.ts';
import { addressError } from './addresses.ts';
import type { Attempt } from './race.ts';

/** ms between two looks: the first ones, and the most. A connection is noticed late by an eighth of its time at most. */
const FIRST_LOOK = 1;
const LAST_LOOK = 20;

/** The errno of a connect(2) that is over, 0 where it succeeded; undefined while it goes on. */
function outcome(fd: number): number | undefined {
  return isWritable(fd) ? getsockopt(fd, SOL_SOCKET, SO_ERROR) : undefined;
}

/**
 * Connects a descriptor and gives it back; it is closed when that fails or is cancelled. Neither Bun nor Deno tells
 * when a descriptor is ready, so it is looked at: at once, which is enough on this machine, and then ever less often.
 * @param where for the error, which has the shape of Node's
 */
export function dial(fd: number, to: SocketAddressInput, where: { address: string; port?: number }): Attempt<number> {
  let timer: NodeJS.Timeout | undefined;
  let held = true;
  const release = (): void => {
    clearTimeout(timer);
    if (held) closeDescriptor(fd);
    held = false;
  };
  const done = new Promise<number>((resolve, reject) => {
    const refuse = (error: unknown): void => {
      release();
      reject(error);
    };
    const started = performance.now();
    const look = (): void => {
      try {
        const errno = outcome(fd);
        if (errno === undefined) {
          const elapsed = performance.now() - started;
          timer = setTimeout(look, Math.min(LAST_LOOK, Math.max(FIRST_LOOK, elapsed / 8)));
        } else if (errno === 0) resolve(fd);
        else refuse(addressError('connect', { code: errnoName(errno), errno: -errno }, where));
      } catch (error) {
        refuse(error);
      }
    };
    try {
      if (connectSocket(fd, sockaddr().encode(to), where.address)) resolve(fd);
      else look();
    } catch (error) {
      refuse(error instanceof SocketOptionError ? addressError('connect', error, where) : error);
    }
  });
  return { done, cancel: release };
}
