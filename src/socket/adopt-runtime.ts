// How Bun's and Deno's sockets are given a descriptor that is connected.
import net from 'node:net';
import { runtime } from '../kernel/runtime.ts';
import type { Target } from './connect-options.ts';
import { type Handle, openHandle, type Request } from './handle.ts';

/** Gives a socket its descriptor, which the socket closes from then on. */
type Take = (fd: number) => void;

interface Adopter {
  /** Whether the socket heeds the argument `onread`. */
  readonly onread: boolean;
  /** Makes the socket one that connects. */
  prepare(socket: net.Socket, target: Target): Take;
}

// A socket that a client made may have a connect() of our own.
const startConnect = net.Socket.prototype.connect as (options: object) => net.Socket;

const bun: Adopter = {
  onread: false,
  prepare(socket) {
    // Bun's connect({ fd }) emits 'connect' before it returns: so the socket must look as if connect() had been called.
    Object.assign(socket, { connecting: true });
    return (fd) => void startConnect.call(socket, { fd });
  },
};

const deno: Adopter = {
  onread: true,
  prepare(socket, { host, port, passed }) {
    const { noDelay, keepAlive, keepAliveInitialDelay } = passed as net.TcpSocketConnectOpts;
    const given = { noDelay, keepAlive, keepAliveInitialDelay };
    // An address, so that Deno asks no name server. A unix socket lives in a handle of TCP just as well: only its
    // connect, which does not come to pass, is different.
    startConnect.call(socket, { ...given, host: net.isIP(host) ? host : '127.0.0.1', port });
    const handle = (socket as net.Socket & { _handle: Handle })._handle;
    let request: Request | undefined;
    let open = false;
    const complete = (): void => {
      if (!request || !open) return;
      open = false;
      delete handle.connect;
      delete handle.connect6;
      request.oncomplete(0, handle, request, true, true);
    };
    // Deno's handle would connect with a socket of its own, whatever it was opened with.
    handle.connect = (given) => {
      request = given;
      setImmediate(complete);
      return 0;
    };
    handle.connect6 = handle.connect;
    return (fd) => {
      try {
        openHandle(socket, fd);
      } catch (error) {
        socket.destroy(error as Error);
        return;
      }
      open = true;
      complete();
    };
  },
};

/** Whether connect() has to connect first and adopt then. */
export const adoptsLate: boolean = runtime !== 'node';

/** This runtime's way. */
export function adopterFor(): Adopter {
  return runtime === 'bun' ? bun : deno;
}
