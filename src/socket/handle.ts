// Gives the handle inside of a runtime's socket a descriptor that was made before.
import type net from 'node:net';
import { SockctlError } from '../errors.ts';
import { errnoName } from '../kernel/errno.ts';
import { closeDescriptor } from '../kernel/syscalls.ts';
import { addressError } from './addresses.ts';

/** What a connect of the handle is answered with. */
interface Request {
  oncomplete(status: number, handle: object, request: Request, readable: boolean, writable: boolean): void;
}

type Connect = (request: Request, address: string, port: number) => number;

/** TCP or TLSWrap, as far as it is needed here. */
export interface Handle {
  open?(fd: number): number;
  connect?: Connect;
  connect6?: Connect;
  /** Of a TLSWrap: the TCP handle below. */
  _parent?: Handle;
}

/** The handle of a socket on which connect() was called, before its connect(2). */
function handleOf(socket: net.Socket): Handle & { open(fd: number): number } {
  const handle = (socket as net.Socket & { _handle?: Handle | null })._handle;
  if (typeof handle?.open === 'function') return handle as Handle & { open(fd: number): number };
  throw new SockctlError('ERR_RUNTIME', 'this runtime gives no handle before connect(2)', {
    hint: 'Set the options with apply() at the connect event',
  });
}

/** The socket connects with this descriptor from now on, and closes it. The descriptor is closed where that fails. */
export function openHandle(socket: net.Socket, fd: number): Handle {
  let failed = -1;
  try {
    const handle = handleOf(socket);
    failed = handle.open(fd);
    if (failed) throw addressError('open', { code: errnoName(-failed), errno: failed }, {});
    return handle;
  } catch (error) {
    closeDescriptor(fd);
    throw error;
  }
}

/**
 * As {@link openHandle}, with a descriptor that is connected already: the socket's own connect(2) finds it done, so
 * that the runtime does everything that follows from a connection.
 */
export function openConnected(socket: net.Socket, fd: number): void {
  const handle = openHandle(socket, fd);
  const done: Connect = (request) => {
    delete handle.connect;
    delete handle.connect6;
    setImmediate(() => request.oncomplete(0, handle._parent ?? handle, request, true, true));
    return 0;
  };
  handle.connect = done;
  handle.connect6 = done;
}
