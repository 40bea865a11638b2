// Empties the error queue of a dgram.Socket before its runtime trips over it, and emits what was in it.
import type dgram from 'node:dgram';
import { IP_RECVERR } from '../catalog/ip.ts';
import { IPV6_RECVERR } from '../catalog/ipv6.ts';
import { SO_TIMESTAMPING, SO_TIMESTAMPING_NEW } from '../catalog/socket.ts';
import { bytesToInt } from '../codec/scalar.ts';
import {
  SOF_TIMESTAMPING_TX_ACK,
  SOF_TIMESTAMPING_TX_COMPLETION,
  SOF_TIMESTAMPING_TX_HARDWARE,
  SOF_TIMESTAMPING_TX_SCHED,
  SOF_TIMESTAMPING_TX_SOFTWARE,
} from '../constants/timestamping.ts';
import { SockctlError } from '../errors.ts';
import { dgramHandle } from '../kernel/descriptor.ts';
import { errnoName } from '../kernel/errno.ts';
import { runtime } from '../kernel/runtime.ts';
import type { AnyOption } from '../option.ts';
import { readBytes } from '../typed.ts';
import { drain, type QueuedError } from './error-queue.ts';

/** What a watched socket emits besides Node's own events. */
interface IcmpEvents {
  /** Something that was sent could not be delivered, say the network or this machine: not an error of the socket. */
  on(event: 'icmpError', listener: (error: QueuedError) => void): this;
  once(event: 'icmpError', listener: (error: QueuedError) => void): this;
}

/** A `dgram.Socket` that emits 'icmpError' where IP_RECVERR or IPV6_RECVERR is among its options. */
export type DatagramSocket = IcmpEvents & dgram.Socket;

type OnMessage = (nread: number, handle: object, buffer: Buffer | undefined, from: object | undefined) => void;

/** Node's UDP handle, as far as it is needed here. */
interface Handle {
  fd: number;
  onmessage?: OnMessage;
  /** Above 0: sent, plus 1; 0: will be sent later; below: the negative errno. */
  send(...args: unknown[]): number;
  getSendQueueCount(): number;
}

const switches: readonly AnyOption[] = [IP_RECVERR, IPV6_RECVERR];
/** ms between two looks at a send queue that is not empty. */
const LATER = 5;
/** Flags of SO_TIMESTAMPING that concern what is sent. */
const TRANSMITTED =
  SOF_TIMESTAMPING_TX_HARDWARE |
  SOF_TIMESTAMPING_TX_SOFTWARE |
  SOF_TIMESTAMPING_TX_SCHED |
  SOF_TIMESTAMPING_TX_ACK |
  SOF_TIMESTAMPING_TX_COMPLETION;
/** Times that one datagram is tried while errors of others are in its way. */
const MOST = 4;
/** Errors of recvmsg(2) that are not the network's. */
const ours = new Set(['ENOBUFS', 'ENOMEM', 'EBADF', 'EFAULT', 'EINVAL']);

/** IP_RECVERR and IPV6_RECVERR, as far as they are on. */
export function reporting(fd: number): AnyOption[] {
  return switches.filter((option) => {
    const bytes = option.number < 0 ? -1 : readBytes(fd, option);
    return typeof bytes !== 'number' && option.codec.decode(bytes) === true;
  });
}

/**
 * libuv reads the error queue itself since 1.52, takes the errno for the length of a message, and Node aborts the
 * process: at the first ICMP error, or at a later one however fast others empty the queue.
 */
function aborts(): boolean {
  const [major = 0, minor = 0] = process.versions.uv.split('.').map(Number);
  return runtime === 'node' && (major > 1 || minor >= 52);
}

function flagsOf(fd: number, option: AnyOption): number {
  const bytes = option.number < 0 ? -1 : readBytes(fd, option);
  return typeof bytes === 'number' ? 0 : bytesToInt(bytes.subarray(0, 4));
}

function refuse(option: AnyOption, what: string, why: string, hint: string): never {
  throw new SockctlError('ERR_RUNTIME', `${what} on a dgram.Socket ${why}`, { option: option.name, hint });
}

/**
 * Refuses what would fill an error queue that the runtime cannot bear.
 * @throws SockctlError ERR_RUNTIME
 */
export function checkRuntime(fd: number): void {
  const stamps = [SO_TIMESTAMPING, SO_TIMESTAMPING_NEW].find((option) => (flagsOf(fd, option) & TRANSMITTED) !== 0);
  if (stamps) {
    const why = 'puts each datagram into the error queue, where nobody fetches it: Node spins or aborts';
    refuse(stamps, `${stamps.name} of what is sent`, why, 'Use a Socket, and errorQueue, for it');
  }
  const [option] = reporting(fd);
  if (option === undefined || !aborts()) return;
  const why = `lets the first ICMP error abort this process: libuv ${process.versions.uv} misreads the error queue`;
  const hint = "Leave it out and use connect, which tells 'error' when the peer refuses; Node 20 and 22 can have it";
  refuse(option, option.name, why, hint);
}

const watched = new WeakSet<object>();

/**
 * From now on the entries of the socket's error queue come as 'icmpError' events (QueuedError), and no more as 'error'
 * events or as failures of later sends that are not at fault. For a bound `dgram.Socket` with IP_RECVERR or
 * IPV6_RECVERR; `datagram()` does it itself. Without it Node uses a whole processor from the first ICMP error on.
 *
 * Reading SO_ERROR takes the sign by which Node notices an error: call {@link errorQueue} after it. Linux. See ip(7).
 * @throws SockctlError ERR_NO_FD: not bound, or closed; ERR_RUNTIME: not on Bun and Deno, nor on Node 24 and
 *   26, whose libuv (1.52) aborts the process when it finds something in an error queue
 */
export function watchErrorQueue(socket: dgram.Socket): DatagramSocket {
  if (runtime !== 'node') {
    throw new SockctlError(
      'ERR_RUNTIME',
      `the error queue of a dgram.Socket can be watched on Node, not on ${runtime}`,
    );
  }
  const handle = dgramHandle(socket) as Handle | undefined;
  const receive = handle?.onmessage;
  if (!handle || !receive || handle.fd < 0) {
    throw new SockctlError('ERR_NO_FD', 'this dgram.Socket is not bound, or closed', {
      hint: "Call watchErrorQueue from 'listening' on",
    });
  }
  checkRuntime(handle.fd);
  if (watched.has(handle)) return socket as DatagramSocket;
  watched.add(handle);

  const tell = (errors: readonly QueuedError[]): void => {
    for (const error of errors) socket.emit('icmpError', error);
  };

  handle.onmessage = (nread, ...rest): void => {
    if (nread >= 0) {
      receive(nread, ...rest);
      return;
    }
    const errors = drain(handle.fd);
    // With an empty queue it is the sign of an entry that is told already, or an error of the socket itself.
    const told = reporting(handle.fd).length > 0 && !ours.has(errnoName(-nread));
    if (errors.length > 0 || told) tell(errors);
    else receive(nread, ...rest);
  };

  let sweeping = false;
  const sweep = (): void => {
    sweeping = false;
    if (handle.fd < 0) return;
    tell(drain(handle.fd));
    sweepLater();
  };
  // Node sends what is in its queue later, and nothing of ours sees which error that takes away.
  const sweepLater = (): void => {
    if (sweeping || handle.getSendQueueCount() === 0) return;
    sweeping = true;
    setTimeout(sweep, LATER).unref();
  };

  const send = handle.send;
  handle.send = (...args): number => {
    let result = send.apply(handle, args);
    for (let tries = 1; result < 0; tries++) {
      const errors = drain(handle.fd);
      if (errors.length > 0) process.nextTick(tell, errors);
      // Unless an error of an earlier datagram took the place of this one, it is this one's own.
      if (tries === MOST || errors.every(({ origin }) => origin === 'local')) break;
      result = send.apply(handle, args);
    }
    sweepLater();
    return result;
  };
  return socket as DatagramSocket;
}
