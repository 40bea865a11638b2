// datagram() where a dgram.Socket takes a descriptor only when it is bound: Bun and Deno.
import type dgram from 'node:dgram';
import { SO_REUSEADDR, SO_REUSEPORT } from '../catalog/socket.ts';
import { dgramHandle } from '../kernel/descriptor.ts';
import { errnoName } from '../kernel/errno.ts';
import { runtime } from '../kernel/runtime.ts';
import { closeDescriptor } from '../kernel/syscalls.ts';
import { readOption, writeOption } from '../typed.ts';
import { addressError, bindTo } from './addresses.ts';

interface Handle {
  open(fd: number): number;
  bind?: () => number;
  bind6?: () => number;
}

interface Place {
  readonly address: string;
  readonly port: number;
}

/** Bun: documented. It turns SO_REUSEADDR on for every UDP descriptor that it is given. */
function giveBun(socket: dgram.Socket, fd: number, _place: Place, callback: () => void): void {
  const asked = [SO_REUSEADDR, SO_REUSEPORT].map((option) => ({ option, value: readOption(fd, option) }));
  socket.prependOnceListener('listening', () => {
    for (const { option, value } of asked) if (readOption(fd, option) !== value) writeOption(fd, option, value);
  });
  socket.bind({ fd, exclusive: true }, callback);
}

/** Deno refuses bind({ fd }): its handle takes the descriptor, and finds the bind(2) that follows done. */
function giveDeno(socket: dgram.Socket, fd: number, place: Place, callback: () => void): void {
  const handle = dgramHandle(socket) as unknown as Handle;
  const failed = handle.open(fd);
  if (failed) throw addressError('open', { code: errnoName(-failed), errno: failed }, {});
  const done = (): number => {
    delete handle.bind;
    delete handle.bind6;
    return 0;
  };
  handle.bind = done;
  handle.bind6 = done;
  socket.bind({ ...place, exclusive: true }, callback);
}

/**
 * Binds the descriptor and gives it to the socket, which closes it from then on; it is closed here where that fails.
 * @param callback when the socket listens; what goes wrong is thrown, or comes as the socket's 'error'
 * @throws as Node does for a refused bind
 */
export function bindAdopted(socket: dgram.Socket, fd: number, place: Place, callback: () => void): void {
  try {
    bindTo(fd, place.address, place.port);
    (runtime === 'bun' ? giveBun : giveDeno)(socket, fd, place, callback);
  } catch (error) {
    closeDescriptor(fd);
    throw error;
  }
}
