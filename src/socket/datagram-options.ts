// What datagram() takes, checked.
import type dgram from 'node:dgram';
import { isIP } from 'node:net';
import { SockctlError, show } from '../errors.ts';
import type { ApplyInput } from '../settings.ts';
import { checkPort, type Lookup } from './connect-options.ts';
import { checkKeys } from './datagram-keys.ts';
import { type MulticastOptions, type MulticastSettings, multicastSettings } from './multicast.ts';

/** The only peer of a connected datagram socket. */
export interface DatagramPeer {
  /** A name or an address. Default: this machine. */
  readonly address?: string | undefined;
  readonly port: number;
  /** Goes unread: it is there so that what `address()` gives fits here. */
  readonly family?: string | undefined;
}

/** What datagram() takes. */
export interface DatagramOptions {
  readonly type: 'udp4' | 'udp6';
  /** A name or an address of this machine; `fe80::1%eth0` has a scope. Default: all addresses. */
  readonly address?: string | undefined;
  /** 0, the default, lets the kernel choose. */
  readonly port?: number | undefined;
  /** Socket options by name, set before bind(2); those that need a connection, after `connect`. */
  readonly options?: ApplyInput | undefined;
  readonly multicast?: MulticastOptions | undefined;
  /** Hear and send to this peer only. */
  readonly connect?: DatagramPeer | undefined;
  /** Ends the waiting, and later closes the socket. */
  readonly signal?: AbortSignal | undefined;
  /** In place of `dns.lookup`, here and when the socket sends to names. */
  readonly lookup?: Lookup | undefined;
}

/** Checked. */
export interface DatagramTarget {
  readonly type: 'udp4' | 'udp6';
  readonly family: 4 | 6;
  readonly address: string;
  readonly port: number;
  readonly options: ApplyInput | undefined;
  readonly multicast: MulticastSettings;
  readonly connect: { readonly address: string; readonly port: number } | undefined;
  readonly signal: AbortSignal | undefined;
  readonly lookup: Lookup | undefined;
}

const keys = ['type', 'address', 'port', 'options', 'multicast', 'connect', 'signal', 'lookup'];
/** How Node's dgram calls it. */
const instead = {
  reuseAddr: 'Use options: { SO_REUSEADDR: true }',
  reusePort: 'Use options: { SO_REUSEPORT: true }',
  ipv6Only: 'Use options: { IPV6_V6ONLY: true }',
  recvBufferSize: 'Use options: { SO_RCVBUF: bytes }',
  sendBufferSize: 'Use options: { SO_SNDBUF: bytes }',
  exclusive: 'A socket of datagram() is always exclusive: cluster workers share a port with SO_REUSEPORT',
  fd: 'datagram() makes the descriptor itself: use bind({ fd }) of node:dgram',
  host: 'It is called address',
};

function wrong(message: string, hint?: string): SockctlError {
  return new SockctlError('ERR_INVALID_ARGUMENT', message, hint === undefined ? {} : { hint });
}

/** A name passes; an address must be of the socket's family. */
function checkHost(what: string, value: unknown, family: 4 | 6): string {
  if (typeof value !== 'string' || value === '') throw wrong(`${what} is a name or an address, got ${show(value)}`);
  const is = isIP(value);
  if (is === 0 || is === family) return value;
  const mapped = is === 4 ? `, or '::ffff:${value}'` : '';
  throw wrong(`${what} ${value} is IPv${is}, and the socket is udp${family}`, `Use type 'udp${is}'${mapped}`);
}

function checkPeer(given: unknown, family: 4 | 6): DatagramTarget['connect'] {
  if (given === undefined) return undefined;
  checkKeys('connect', given, ['address', 'family', 'port'], { host: 'It is called address' });
  const { address = family === 4 ? '127.0.0.1' : '::1', port } = given as DatagramPeer;
  const checked = checkPort('connect.port', port);
  if (checked === 0) throw wrong('connect.port is the port of the peer, got 0');
  return { address: checkHost('connect.address', address, family), port: checked };
}

/**
 * @throws SockctlError ERR_INVALID_ARGUMENT: a key or a value that is none
 * @throws RangeError ERR_SOCKET_BAD_PORT, as Node
 */
export function checkDatagram(given: DatagramOptions): DatagramTarget {
  checkKeys('datagram', given, keys, instead);
  const { type, address, port, options, multicast, connect, signal, lookup } = given;
  if (type !== 'udp4' && type !== 'udp6') throw wrong(`type must be 'udp4' or 'udp6', got ${show(type)}`);
  if (lookup !== undefined && typeof lookup !== 'function') {
    throw wrong(`lookup is a function as dns.lookup, got ${show(lookup)}`);
  }
  if (signal !== undefined && typeof signal?.addEventListener !== 'function') {
    throw wrong(`signal is an AbortSignal, got ${show(signal)}`);
  }
  const family = type === 'udp4' ? 4 : 6;
  return {
    type,
    family,
    address: address === undefined ? (family === 4 ? '0.0.0.0' : '::') : checkHost('address', address, family),
    port: port === undefined ? 0 : checkPort('port', port),
    options,
    multicast: multicastSettings(multicast, family),
    connect: checkPeer(connect, family),
    signal,
    lookup,
  };
}

/** For `dgram.createSocket`: its own lookups are only for the names that the socket sends to. */
export function socketOptions({ type, family, signal, lookup }: DatagramTarget): dgram.SocketOptions {
  if (!lookup) return { type, ...(signal && { signal }) };
  const own = (
    name: string,
    _options: unknown,
    done: (error: Error | null, address: string, family: number) => void,
  ) => {
    if (isIP(name) !== 0) {
      process.nextTick(done, null, name, family);
      return;
    }
    lookup(name, { family }, (error, answer) => {
      const address = typeof answer === 'string' ? answer : answer?.[0]?.address;
      done(error, address ?? '', family);
    });
  };
  return { type, lookup: own as NonNullable<dgram.SocketOptions['lookup']>, ...(signal && { signal }) };
}
