// The error queue of a socket as values: which packet failed, where, and who says so.
import { IP_RECVERR } from '../catalog/ip.ts';
import { IPV6_RECVERR } from '../catalog/ipv6.ts';
import { SO_TIMESTAMPING, SO_TIMESTAMPING_NEW } from '../catalog/socket.ts';
import { hostAbi } from '../codec/abi.ts';
import { type SocketAddress, sockaddr } from '../codec/sockaddr.ts';
import { SOL_IP, SOL_IPV6, SOL_SOCKET } from '../constants/levels.ts';
import { type SocketLike, withDescriptor } from '../kernel/descriptor.ts';
import { errnoName } from '../kernel/errno.ts';
import { type Control, type ErrorMessage, takeError } from '../kernel/error-queue.ts';

/** Who reports an error, in the order of the kernel's numbers (SO_EE_ORIGIN_*). */
const origins = ['none', 'local', 'icmp', 'icmp6', 'timestamping', 'zerocopy', 'txtime'] as const;
/** By name; by number where the kernel is newer than this list. */
export type ErrorOrigin = (typeof origins)[number] | number;

/** Times of a packet (struct scm_timestamping), in ns: the kernel's are those of CLOCK_REALTIME, from 1970 on. */
export interface PacketTimes {
  /** By the kernel's clock; with SOF_TIMESTAMPING_SOFTWARE. */
  readonly software?: bigint;
  /** By the card's own clock; with SOF_TIMESTAMPING_RAW_HARDWARE. */
  readonly hardware?: bigint;
}

/** One entry of a socket's error queue (struct sock_extended_err). */
export interface QueuedError {
  /** The errno's name: `ECONNREFUSED` for a closed port, `EMSGSIZE` for too long a datagram; '' where there is none. */
  readonly code: string;
  /** Negative, as in Node's own errors. */
  readonly errno: number;
  /** `icmp`, `icmp6`: the network; `local`: this machine; `none`: the kernel kept no more than the errno. */
  readonly origin: ErrorOrigin;
  /** The ICMP type and code: 3 and 3 for a closed port. */
  readonly icmp?: { readonly type: number; readonly code: number };
  /** Whose ICMP message it is: a router on the way, or the peer itself. */
  readonly offender?: SocketAddress;
  /** Where the packet went to; the port is 0 where the kernel itself refused it and the socket is not connected. */
  readonly destination?: SocketAddress;
  /** bytes: the largest packet that fits the path; with EMSGSIZE. */
  readonly mtu?: number;
  /** ee_info and ee_data, whose meaning depends on the origin. */
  readonly info: number;
  readonly data: number;
  /** When it happened, where SO_TIMESTAMPING asked for that: what `info` and `data` mean is in linux/errqueue.h. */
  readonly times?: PacketTimes;
  /** The beginning of what was sent, as far as it came back. */
  readonly payload: Uint8Array;
}

// struct sock_extended_err; the offender's sockaddr follows.
const EXTENDED = 16;
const address = sockaddr();

function addressIn(bytes: Uint8Array): SocketAddress | undefined {
  // AF_UNSPEC: there is none.
  if (bytes.byteLength < 2 || (bytes[0] === 0 && bytes[1] === 0)) return undefined;
  return address.decode(bytes);
}

// A control message with times has the number of the option that asked for it.
const isTimes = (type: number): boolean => type === SO_TIMESTAMPING.number || type === SO_TIMESTAMPING_NEW.number;
const isError = (level: number, type: number): boolean =>
  (level === SOL_IP && type === IP_RECVERR.number) || (level === SOL_IPV6 && type === IPV6_RECVERR.number);

/** The first of the three times is the kernel's, the last one the card's; the second one is no longer used. */
function timesIn(controls: readonly Control[]): PacketTimes | undefined {
  const found = controls.find(({ level, type }) => level === SOL_SOCKET && isTimes(type));
  if (found === undefined) return undefined;
  const { data, type } = found;
  const bytes = type === SO_TIMESTAMPING_NEW.number ? 8 : hostAbi.wordBytes;
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const part = (at: number): bigint =>
    bytes === 8
      ? view.getBigInt64(at * bytes, hostAbi.littleEndian)
      : BigInt(view.getInt32(at * bytes, hostAbi.littleEndian));
  const time = (index: number): bigint => part(index * 2) * 1_000_000_000n + part(index * 2 + 1);
  const [software, hardware] = [time(0), time(2)];
  return { ...(software > 0n && { software }), ...(hardware > 0n && { hardware }) };
}

function decode({ name, controls, data: payload }: ErrorMessage): QueuedError {
  const times = timesIn(controls);
  const bytes = controls.find(({ level, type }) => isError(level, type))?.data ?? new Uint8Array(EXTENDED);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { littleEndian } = hostAbi;
  const errno = view.getUint32(0, littleEndian);
  const [from = 0, type = 0, code = 0] = bytes.subarray(4, 7);
  const origin = origins[from] ?? from;
  const info = view.getUint32(8, littleEndian);
  const offender = addressIn(bytes.subarray(EXTENDED));
  const destination = addressIn(name);
  return {
    code: errno === 0 ? '' : errnoName(errno),
    errno: 0 - errno,
    origin,
    ...((origin === 'icmp' || origin === 'icmp6') && { icmp: { type, code } }),
    ...(offender && { offender }),
    ...(destination && { destination }),
    ...(errnoName(errno) === 'EMSGSIZE' && { mtu: info }),
    info,
    data: view.getUint32(12, littleEndian),
    ...(times && { times }),
    payload,
  };
}

/** Everything that is in the queue of a descriptor, oldest first. */
export function drain(fd: number): QueuedError[] {
  const found: QueuedError[] = [];
  for (let next = takeError(fd); next !== undefined; next = takeError(fd)) found.push(decode(next));
  return found;
}

/**
 * Takes the pending errors out of a socket's error queue, oldest first: the network's (ICMP) and the kernel's own.
 * The queue is filled where IP_RECVERR or IPV6_RECVERR is on. A socket of `datagram()` that has one of them empties its
 * queue itself and emits 'icmpError'. Linux. See ip(7), recvmsg(2).
 * @throws SockctlError ERR_NO_FD; ERR_UNSUPPORTED on other systems
 */
export function errorQueue(socket: SocketLike): QueuedError[] {
  return withDescriptor(socket, drain);
}
