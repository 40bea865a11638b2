// datagram(): a dgram.Socket whose options were set before bind(2).
import type dgram from 'node:dgram';
import { isIP } from 'node:net';
import { SO_REUSEADDR, SO_REUSEPORT } from '../catalog/socket.ts';
import { SOCK_DGRAM } from '../constants/families.ts';
import { SockctlError } from '../errors.ts';
import { dgramHandle, withDescriptor } from '../kernel/descriptor.ts';
import { errnoName } from '../kernel/errno.ts';
import { runtime } from '../kernel/runtime.ts';
import { closeDescriptor } from '../kernel/syscalls.ts';
import { readOption, writeOption } from '../typed.ts';
import { abortError, addressError, domainOf, ipAddress } from './addresses.ts';
import { bindAdopted } from './adopt-datagram.ts';
import { adoptsLate } from './adopt-runtime.ts';
import { Birth, type BirthReport, remember } from './birth.ts';
import { builtin } from './builtin.ts';
import { checkRuntime, type DatagramSocket, reporting, watchErrorQueue } from './datagram-errors.ts';
import { checkDatagram, type DatagramOptions, type DatagramTarget, socketOptions } from './datagram-options.ts';
import { candidatesFor } from './resolve.ts';

function checkAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw abortError(signal);
}

/** The first address of a name that fits the socket; an address stays what it is. */
function resolve(host: string, { family, lookup, signal }: DatagramTarget): Promise<string> {
  return new Promise((done, fail) => {
    if (isIP(host) !== 0) return done(host);
    const abort = (): void => fail(abortError(signal as AbortSignal));
    signal?.addEventListener('abort', abort, { once: true });
    candidatesFor({ host, family, hints: 0, lookup, several: false }, (error, [first]) => {
      signal?.removeEventListener('abort', abort);
      if (first) done(first.address);
      else fail(error);
    });
  });
}

const reuse = [SO_REUSEADDR, SO_REUSEPORT];

/** The socket works with this descriptor from now on, and closes it. The descriptor is closed where that fails. */
function adopt(socket: dgram.Socket, fd: number): void {
  try {
    const handle = dgramHandle(socket) as { open?(fd: number): number } | undefined;
    if (typeof handle?.open !== 'function') {
      throw new SockctlError('ERR_RUNTIME', 'this runtime gives no handle of a dgram.Socket before bind(2)', {
        hint: "Set the options with apply() at 'listening'",
      });
    }
    const asked = reuse.map((option) => readOption(fd, option));
    const failed = handle.open(fd);
    if (failed) throw addressError('open', { code: errnoName(-failed), errno: failed }, {});
    // libuv turns one of them on whenever it opens a UDP descriptor.
    for (const [i, option] of reuse.entries()) {
      if (readOption(fd, option) !== asked[i]) writeOption(fd, option, asked[i]);
    }
  } catch (error) {
    release(socket, fd);
    throw error;
  }
}

/** Closes the descriptor, through the socket where the socket has it. */
function release(socket: dgram.Socket, fd: number): void {
  const handle = dgramHandle(socket) as { fd?: number } | undefined;
  if (handle?.fd !== fd) closeDescriptor(fd);
}

/** Runs a call that ends with a callback, an 'error' event, or the socket's end. */
function done(
  socket: dgram.Socket,
  signal: AbortSignal | undefined,
  start: (callback: (error?: Error) => void) => void,
) {
  return new Promise<void>((resolve, reject) => {
    const closed = (): void => reject(signal ? abortError(signal) : new Error('the socket was closed'));
    const failed = (error: Error): void => settle(error);
    function settle(error?: Error): void {
      socket.off('error', failed);
      socket.off('close', closed);
      if (error) reject(error);
      else resolve();
    }
    socket.once('error', failed);
    socket.once('close', closed);
    start(settle);
  });
}

/** A fresh descriptor with its options; what `multicast` asks for first, so that options by name have the last word. */
function make(births: readonly [multicast: Birth, options: Birth], domain: number, report: BirthReport[]): number {
  const [first, second] = births;
  const fd = first.make(domain, SOCK_DGRAM, 0, report);
  try {
    second.set(fd, domain, 'fresh', report);
    checkRuntime(fd);
    return fd;
  } catch (error) {
    closeDescriptor(fd);
    throw error;
  }
}

/**
 * A bound `dgram.Socket`, with `options` set before bind(2): `datagram({ type: 'udp4', port: 5353, options: {
 * SO_REUSEADDR: true } })`. SO_REUSEADDR and SO_REUSEPORT are as asked, both off by default. In a cluster worker the
 * socket is the worker's own.
 *
 * `multicast` joins groups, for named senders only where they have `sources`, at interfaces by name, index or address;
 * IP_MULTICAST_ALL is off then, unless `all` says otherwise. With IP_RECVERR or IPV6_RECVERR among the options what
 * could not be delivered comes as 'icmpError' events, see {@link watchErrorQueue}. What became of the options is in
 * `bornWith(socket)`. Linux, macOS, FreeBSD; Node. See udp(7), ip(7), RFC 3678.
 * @throws SockctlError before anything is made: a wrong option, value or argument
 * @throws SocketOptionError the kernel refuses an option
 * @throws Error as Node's: `bind EADDRINUSE 127.0.0.1:53` with code, errno, syscall, address, port; `getaddrinfo`;
 *   `ABORT_ERR` when the signal is aborted. Nothing stays open.
 */
export async function datagram(given: DatagramOptions): Promise<DatagramSocket> {
  const target = checkDatagram(given);
  const { multicast, signal, connect, port } = target;
  const birth = new Birth(target.options, 'datagram');
  const before = new Birth(multicast.before, 'datagram');
  const joins = new Birth(multicast.joins, 'datagram');
  checkAborted(signal);
  const address = await resolve(target.address, target);
  const peer = connect && (await resolve(connect.address, target));
  const domain = domainOf(target.family);
  // Refuses a scope that is no interface, which Node takes for none.
  for (const one of [address, peer ?? address]) ipAddress(one, port);
  checkAborted(signal);
  const report: BirthReport[] = [];
  const socket = builtin('node:dgram').createSocket(socketOptions(target));
  try {
    const fd = make([before, birth], domain, report);
    if (!adoptsLate) adopt(socket, fd);
    await done(socket, signal, (callback) => {
      // In a cluster worker a socket that is not exclusive would be the primary's.
      if (adoptsLate) bindAdopted(socket, fd, { address, port }, callback);
      else socket.bind({ port, address, exclusive: true }, callback);
    });
    checkAborted(signal);
    withDescriptor(socket, (fd) => {
      joins.set(fd, domain, 'fresh', report);
      if (runtime === 'node' && reporting(fd).length > 0) watchErrorQueue(socket);
    });
    if (connect && peer) {
      await done(socket, signal, (callback) => socket.connect(connect.port, peer, callback));
      withDescriptor(socket, (fd) => birth.set(fd, domain, 'connected', report));
    }
  } catch (error) {
    if (dgramHandle(socket)) socket.close();
    throw error;
  }
  remember(socket, report);
  return socket as DatagramSocket;
}
