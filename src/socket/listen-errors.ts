// Refusals of socket(2), bind(2) and listen(2) in the shape of Node's own, with the way out.
import { getSystemErrorMap } from 'node:util';
import { SocketOptionError } from '../errors.ts';
import { readSysctl } from '../kernel/sysctl.ts';
import { type AddressError, addressError } from './addresses.ts';
import { builtin } from './builtin.ts';

/** Where it was to listen; Node gives a path the port -1. */
export interface Place {
  readonly address: string;
  readonly port: number;
}

/** Node's error of a refused listen: `listen EADDRINUSE: address already in use 127.0.0.1:80`. */
export interface ListenError extends AddressError {
  /** What to do about it. */
  hint?: string;
}

/** fe80::/10 without the interface that it belongs to. */
export function isLinkLocal(address: string): boolean {
  return /^fe[89ab].:[^%]*$/i.test(address);
}

function hintOf(code: string, { address, port }: Place): string | undefined {
  if (code === 'EADDRINUSE' && address.startsWith('\0')) return 'ss -xlp shows who has this abstract name';
  if (code === 'EINVAL' && isLinkLocal(address)) {
    return `A link-local address is one of an interface: ${address}%eth0; ip -6 address lists them`;
  }
  if (code === 'EADDRINUSE' && port >= 0) {
    return builtin('node:cluster').isWorker
      ? 'Each worker binds for itself: all of them need options: { SO_REUSEPORT: true }'
      : 'ss -tlnp shows who has it; sockets that all have SO_REUSEPORT share a port';
  }
  if (code === 'EADDRNOTAVAIL') return 'No interface has this address; IP_FREEBIND binds it all the same';
  if (code === 'EACCES' && port > 0) {
    const first = readSysctl('net.ipv4.ip_unprivileged_port_start') ?? '1024';
    return `Ports below ${first} need CAP_NET_BIND_SERVICE`;
  }
  return undefined;
}

/** As Node makes it: the words are libuv's, the message and the fields are in its form. */
export function listenError(cause: { code: string; errno: number }, place: Place, hint?: string): ListenError {
  const { address, port } = place;
  const text = getSystemErrorMap().get(cause.errno)?.[1] ?? cause.code;
  const where = port > 0 ? { address, port } : { address };
  const error: ListenError = addressError('listen', cause, where, text);
  if (port < 0) error.port = port;
  const help = hint ?? hintOf(cause.code, place);
  if (help !== undefined) error.hint = help;
  return error;
}

const ours: readonly string[] = ['socket', 'bind', 'listen'];

/** An error of the calls that lead to a listening socket becomes Node's; one of setsockopt(2) names its option already. */
export function asListenError(error: unknown, place: Place, hint?: string): unknown {
  return error instanceof SocketOptionError && ours.includes(error.syscall) ? listenError(error, place, hint) : error;
}

/** A second listen() on a server that listens, or that is about to. */
export function alreadyListening(): Error {
  const error = new Error('Listen method has been called more than once without closing.');
  return Object.assign(error, { code: 'ERR_SERVER_ALREADY_LISTEN' });
}

/** The server was closed before it listened. */
export function closedMeanwhile(): Error {
  return Object.assign(new Error('Server was closed before it was listening.'), { code: 'ERR_SERVER_NOT_RUNNING' });
}
