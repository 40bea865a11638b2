// What is used of the handles inside of Node's sockets, and how their methods are wrapped.
import dgram from 'node:dgram';
import net from 'node:net';
import { getOwnSymbol } from './symbols.ts';
import { failed } from './warn.ts';

/** TCP, Pipe or UDP; what only some have is optional. */
export interface Handle {
  readonly fd?: number;
  open(fd: number): number;
  getsockname?(out: Address): number;
  getpeername?(out: Address): number;
  /** Tells a server's handle from a client's. */
  getProviderType?(): number;
  onconnection?: OnConnection;
}

export interface Address {
  address?: string;
  port?: number;
}

type OnConnection = (this: unknown, status: number, client?: Handle) => unknown;

/** What connect() of a handle is given; the runtime calls `oncomplete` when it is done. */
export interface Request {
  localAddress?: string;
  localPort?: number;
  oncomplete?: (this: unknown, status: number, ...rest: unknown[]) => unknown;
}

// biome-ignore lint/suspicious/noExplicitAny: the arguments differ from method to method, and are passed on as they are
type Arguments = any[];
type Method = (this: Handle, ...args: Arguments) => unknown;

/** What is done around a method of a handle. `before` may change the arguments. */
export interface Around {
  before?(handle: Handle, args: Arguments): unknown;
  after?(handle: Handle, args: Arguments, result: unknown): unknown;
}

/** Wraps a method; one that this runtime does not have is left out. A hook never throws into the program. */
export function wrap(prototype: object | undefined, name: string, { before, after }: Around): void {
  const descriptor = prototype && Object.getOwnPropertyDescriptor(prototype, name);
  const original = descriptor?.value as Method | undefined;
  if (typeof original !== 'function' || !descriptor?.configurable) return;
  const wrapped = function (this: Handle, ...args: Arguments): unknown {
    try {
      before?.(this, args);
    } catch (error) {
      failed(error);
    }
    const result = Reflect.apply(original, this, args);
    try {
      after?.(this, args, result);
    } catch (error) {
      failed(error);
    }
    return result;
  };
  Object.defineProperty(wrapped, 'name', { value: name });
  Object.defineProperty(prototype, name, { ...descriptor, value: wrapped });
}

/** The handle of a stream that is refused for its arguments, after the handle was made: nothing is opened. */
function handleOf(refused: object): Handle | undefined {
  const socket = new net.Socket();
  socket.on('error', () => {});
  try {
    socket.connect(refused as net.NetConnectOpts);
  } catch {
    // That is what was asked for.
  }
  const handle = (socket as net.Socket & { _handle?: Handle | null })._handle ?? undefined;
  socket.destroy();
  return handle;
}

/** The prototypes of the handles of this runtime; one that it does not have is undefined. */
export interface HandleClasses {
  readonly tcp: object | undefined;
  readonly pipe: object | undefined;
  readonly udp: object | undefined;
  isServer(handle: Handle): boolean;
}

function udpHandle(): object | undefined {
  const socket = dgram.createSocket('udp4');
  const { handle } = (getOwnSymbol(socket, 'state symbol') ?? {}) as { handle?: object };
  socket.close();
  return handle;
}

/** Finds the classes without a system call. */
export function handleClasses(): HandleClasses {
  const tcp = handleOf({ port: 65536 });
  const type = tcp?.getProviderType?.();
  const [tcpPrototype, pipe, udp] = [tcp, handleOf({ path: {} }), udpHandle()].map(
    (handle) => handle && (Object.getPrototypeOf(handle) as object),
  );
  return { tcp: tcpPrototype, pipe, udp, isServer: (handle) => handle.getProviderType?.() !== type };
}

/** What is used of a net.Socket or net.Server. */
interface Owner {
  /** The name that is being resolved. */
  _host?: string | null;
  /** The path of a server. */
  _pipeName?: string | null;
}

/** The net.Socket or net.Server that a handle belongs to. */
export function ownerOf(handle: Handle): Owner | undefined {
  return getOwnSymbol(handle, 'owner_symbol') as Owner | undefined;
}
