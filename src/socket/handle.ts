// Gives the handle inside of a runtime's socket a descriptor that was made before.
import net from 'node:net';
import { SockctlError } from '../errors.ts';
import { errnoName } from '../kernel/errno.ts';
import { closeDescriptor } from '../kernel/syscalls.ts';
import { addressError } from './addresses.ts';

/** What a connect of the handle is answered with. */
export interface Request {
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
  openHandle(socket, fd);
  findsConnected(socket);
}

/** The next connect() of this socket, whose descriptor is connected already, finds it done. */
export function findsConnected(socket: net.Socket): void {
  const handle = handleOf(socket);
  const done: Connect = (request) => {
    delete handle.connect;
    delete handle.connect6;
    setImmediate(() => request.oncomplete(0, handle._parent ?? handle, request, true, true));
    return 0;
  };
  handle.connect = done;
  handle.connect6 = done;
}

/** A net.Socket of a descriptor that is not connected yet; the descriptor is closed where Node does not take it. */
export function adopt(fd: number, options: net.SocketConstructorOpts): net.Socket {
  try {
    // Without manualStart Node would read at once, and fail for want of a connection.
    return new net.Socket({ ...options, fd, manualStart: true } as net.SocketConstructorOpts);
  } catch (error) {
    closeDescriptor(fd);
    throw error;
  }
}

/** `to` has the handle of `from` from now on: for a socket that exists before it is known what it shall connect to. */
export function moveHandle(from: net.Socket, to: net.Socket): void {
  const [giver, taker] = [from, to] as unknown as Record<'_handle', Record<symbol, unknown> | null>[];
  const handle = giver?._handle;
  if (!handle || !taker) throw new SockctlError('ERR_RUNTIME', 'this runtime gives no handle before connect(2)');
  // Node keeps the socket of a handle below a symbol of its own.
  for (const key of Object.getOwnPropertySymbols(handle)) if (handle[key] === from) handle[key] = to;
  taker._handle = handle;
  giver._handle = null;
}
