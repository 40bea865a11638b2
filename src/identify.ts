// Which option a level and a number are on a socket: what a system call's arguments mean.
import { optionsAt } from './catalog/index.ts';
import { type SocketLike, withDescriptor } from './kernel/descriptor.ts';
import type { AnyOption } from './option.ts';
import { familyOf, protocolOf } from './typed.ts';

/**
 * The option that a level and a number mean on a socket, by its family and protocol (SO_DOMAIN, SO_PROTOCOL) and by the
 * call: `identify(socket, 6, 1, 'setsockopt')` is TCP_NODELAY, and L2CAP_OPTIONS on a Bluetooth socket. Undefined where
 * the catalogue knows none. Linux, FreeBSD; macOS does not tell the family, so that other families' options may be meant.
 * @throws SockctlError ERR_NO_FD
 */
export function identify(
  socket: SocketLike,
  level: number,
  number: number,
  call: 'getsockopt' | 'setsockopt' = 'getsockopt',
): AnyOption | undefined {
  return withDescriptor(socket, (fd) => {
    const family = familyOf(fd);
    if (family !== undefined && family < 0) return undefined;
    return optionsAt(level, number, { family, protocol: protocolOf(fd), call })[0];
  });
}
