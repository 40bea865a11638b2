// Socket: a descriptor of its own, made by socket(2), with the method names of Python's socket module.
import { channel } from 'node:diagnostics_channel';
import { checkInt32, checkUint32 } from '../arguments.ts';
import { SO_TYPE } from '../catalog/socket.ts';
import type { SocketAddress } from '../codec/sockaddr.ts';
import { sockaddr } from '../codec/sockaddr.ts';
import { AF_INET, AF_INET6, AF_NETLINK, AF_UNIX, AF_VSOCK, SOCK_STREAM } from '../constants/families.ts';
import { SockctlError, show } from '../errors.ts';
import * as kernel from '../kernel/socket.ts';
import type { Option, Readable, Writable } from '../option.ts';
import { getsockopt, type OptionName, type RawValue, setsockopt } from '../sockopt.ts';

/** An address as Python writes it (`['127.0.0.1', 8080]`, a unix path), or as a sockaddr. */
export type AddressInput =
  | SocketAddress
  | string
  | readonly [host: string, port: number, flowinfo?: number, scopeId?: number]
  | readonly [number, number];

const codec = sockaddr();

// As Node's own `net.client.socket`: who wants to know hears of every Socket that is made.
const made = channel('sockctl.socket');

interface Held {
  fd: number;
  identity: string | undefined;
}

// A thread that ends runs no finalizers: what it holds is closed when it says good-bye.
const open = new Set<Held>();

function hold(held: Held): void {
  if (open.size === 0) process.on('exit', releaseAll);
  open.add(held);
}

function releaseAll(): void {
  for (const held of [...open]) release(held);
}

function release(held: Held): void {
  open.delete(held);
  if (open.size === 0) process.off('exit', releaseAll);
  if (held.fd < 0) return;
  const { fd } = held;
  held.fd = -1;
  kernel.closeSocket(fd, held.identity);
}

// Only the descriptor is held here, never the Socket: that would keep it alive for ever.
const forgotten = new FinalizationRegistry<Held>(release);

/** @throws SocketOptionError ENOTSOCK, EBADF */
function checkSocket(fd: number): number {
  getsockopt(fd, SO_TYPE);
  return fd;
}

const words = (text: string): SockctlError => new SockctlError('ERR_INVALID_ARGUMENT', text);

/** Python's address of a family as a sockaddr. */
function toAddress(family: number, given: AddressInput): SocketAddress {
  if (typeof given === 'string') {
    if (family === AF_UNIX) return { family: 'unix', path: given };
    throw words(
      `an address of family ${family} is not a string, got ${show(given)}: use ['127.0.0.1', 8080] or a sockaddr object`,
    );
  }
  if (!Array.isArray(given)) return given as SocketAddress;
  const [first, second, flowinfo, scopeId] = given as readonly (string | number | undefined)[];
  if (family === AF_NETLINK) {
    return { family: 'netlink', pid: checkUint32('netlink pid', first), groups: checkUint32('netlink groups', second) };
  }
  if (family === AF_VSOCK) {
    return { family: 'vsock', cid: checkUint32('vsock cid', first), port: checkUint32('vsock port', second) };
  }
  const port = checkInt32('port', second);
  if (typeof first !== 'string') throw words(`the host must be an IP address, got ${show(first)}`);
  if (family === AF_INET6) {
    const extra = {
      ...(flowinfo !== undefined && { flowinfo: Number(flowinfo) }),
      ...(scopeId !== undefined && { scopeId: Number(scopeId) }),
    };
    return { family: 'inet6', address: first === '' ? '::' : first, port, ...extra };
  }
  if (family === AF_INET) return { family: 'inet', address: first === '' ? '0.0.0.0' : first, port };
  throw words(`an address of family ${family} is given as a sockaddr object, got ${show(given)}`);
}

/**
 * A socket that this process owns: close-on-exec, non-blocking. Closed by `close()`, by `using`, and when it is
 * garbage-collected. See socket(2), ip(7), unix(7). Linux, macOS, FreeBSD.
 */
export class Socket implements Disposable {
  readonly family: number;
  readonly type: number;
  readonly proto: number;
  readonly #held: Held;

  /**
   * @param family AF_INET (default), AF_INET6, AF_UNIX, AF_NETLINK, AF_PACKET, AF_VSOCK
   * @param type SOCK_STREAM (default), SOCK_DGRAM, SOCK_RAW, SOCK_SEQPACKET
   * @param protocol 0, or IPPROTO_* (IPPROTO_MPTCP for Multipath TCP)
   * @param fileno take over this descriptor instead of making one: from then on this object closes it
   * @throws SocketOptionError EPERM (raw and packet sockets need CAP_NET_RAW), EAFNOSUPPORT, EPROTONOSUPPORT, EMFILE
   */
  constructor(family: number = AF_INET, type: number = SOCK_STREAM, protocol = 0, fileno?: number) {
    this.family = checkInt32('family', family);
    this.type = checkInt32('type', type);
    this.proto = checkInt32('protocol', protocol);
    const fd = fileno === undefined ? kernel.makeSocket(family, type, protocol) : checkSocket(fileno);
    this.#held = { fd, identity: kernel.identityOf(fd) };
    forgotten.register(this, this.#held, this);
    hold(this.#held);
    if (made.hasSubscribers) made.publish({ socket: this });
  }

  /** The descriptor, -1 when closed (as in Python's `fileno()`). */
  get fd(): number {
    return this.#held.fd;
  }

  /** The descriptor, -1 when closed. */
  fileno(): number {
    return this.#held.fd;
  }

  #open(): number {
    const { fd } = this.#held;
    if (fd >= 0) return fd;
    throw new SockctlError('ERR_NO_FD', 'this Socket is closed', { hint: 'Make a new Socket' });
  }

  getsockopt<Out>(option: Readable<Out>): Out;
  getsockopt<Out, Query>(option: Option<Out, 'rw' | 'ro', never, Query>, query: Query): Out;
  getsockopt(level: number, name: OptionName): number;
  getsockopt(level: number, name: OptionName, length: number): Uint8Array;
  getsockopt(level: number, name: OptionName, buffer: Uint8Array): Uint8Array;
  getsockopt(...args: unknown[]): unknown {
    return (getsockopt as (...all: unknown[]) => unknown)(this.#open(), ...args);
  }

  setsockopt<In>(option: Writable<In>, value: NoInfer<In>): void;
  setsockopt(level: number, name: OptionName, value: RawValue): void;
  setsockopt(level: number, name: OptionName, value: null, length: number): void;
  setsockopt(...args: unknown[]): void {
    (setsockopt as (...all: unknown[]) => void)(this.#open(), ...args);
  }

  /** @throws SocketOptionError EADDRINUSE, EADDRNOTAVAIL, EACCES, EINVAL */
  bind(address: AddressInput): void {
    kernel.bindSocket(this.#open(), codec.encode(toAddress(this.family, address)), show(address));
  }

  /** @param backlog connections that may wait to be accepted; the kernel caps it at net.core.somaxconn */
  listen(backlog = 128): void {
    kernel.listenSocket(this.#open(), checkInt32('backlog', backlog));
  }

  /** Starts to connect; true when it is done already, false when it goes on (SO_ERROR tells the end). */
  connect(address: AddressInput): boolean {
    return kernel.connectSocket(this.#open(), codec.encode(toAddress(this.family, address)), show(address));
  }

  /** The next connection and its peer's address, as in Python; undefined when none is waiting. */
  accept(): [Socket, SocketAddress] | undefined {
    const accepted = kernel.acceptSocket(this.#open());
    return accepted && [new Socket(this.family, this.type, this.proto, accepted.fd), codec.decode(accepted.address)];
  }

  getsockname(): SocketAddress {
    return codec.decode(kernel.nameOf(this.#open(), 'getsockname'));
  }

  /** @throws SocketOptionError ENOTCONN */
  getpeername(): SocketAddress {
    return codec.decode(kernel.nameOf(this.#open(), 'getpeername'));
  }

  /** Gives the descriptor away: it stays open, and closing it is the caller's business. */
  detach(): number {
    const fd = this.#open();
    forgotten.unregister(this);
    this.#held.fd = -1;
    release(this.#held);
    return fd;
  }

  /** Closes the descriptor. A second time does nothing, even if the number is another file's by then. */
  close(): void {
    forgotten.unregister(this);
    release(this.#held);
  }

  [Symbol.dispose](): void {
    this.close();
  }
}
