// A fresh socket of each kind that the shell knows, on loopback or nowhere, closed as a whole.
import * as family from '../constants/families.ts';
import { IPPROTO_MPTCP } from '../constants/levels.ts';
import { SockctlError } from '../errors.ts';
import { makePair } from '../kernel/socket.ts';
import { type Kind, kinds } from '../option.ts';
import { Socket } from './socket.ts';

const { AF_INET, AF_INET6, AF_NETLINK, AF_PACKET, AF_UNIX, AF_VSOCK } = family;
const { SOCK_DGRAM, SOCK_RAW, SOCK_SEQPACKET, SOCK_STREAM } = family;
// A protocol number that nobody uses (RFC 3692): a raw socket of it sees no traffic.
const IPPROTO_EXPERIMENT = 253;

/** A fresh socket, and whatever it needs to be what it is (a connected one has a peer). */
export class FreshSocket implements Disposable {
  readonly kind: Kind;
  readonly socket: Socket;
  readonly #all: readonly Socket[];

  constructor(kind: Kind, all: readonly [Socket, ...Socket[]]) {
    this.kind = kind;
    this.#all = all;
    this.socket = all[0];
  }

  get fd(): number {
    return this.socket.fd;
  }

  close(): void {
    for (const socket of this.#all) socket.close();
  }

  [Symbol.dispose](): void {
    this.close();
  }
}

function listening(): Socket {
  const socket = new Socket(AF_INET, SOCK_STREAM);
  try {
    socket.bind(['127.0.0.1', 0]);
    socket.listen();
    return socket;
  } catch (error) {
    socket.close();
    throw error;
  }
}

function connected(): [Socket, ...Socket[]] {
  const listener = listening();
  const client = new Socket(AF_INET, SOCK_STREAM);
  try {
    client.connect(listener.getsockname());
    const accepted = listener.accept();
    return accepted ? [client, accepted[0], listener] : [client, listener];
  } catch (error) {
    client.close();
    listener.close();
    throw error;
  }
}

function unixPair(type: number): [Socket, ...Socket[]] {
  const [first, second] = makePair(AF_UNIX, type);
  return [new Socket(AF_UNIX, type, 0, first), new Socket(AF_UNIX, type, 0, second)];
}

const makers: Record<Kind, () => [Socket, ...Socket[]]> = {
  tcp: () => [new Socket(AF_INET, SOCK_STREAM)],
  tcp6: () => [new Socket(AF_INET6, SOCK_STREAM)],
  'tcp-listen': () => [listening()],
  'tcp-connected': connected,
  udp: () => [new Socket(AF_INET, SOCK_DGRAM)],
  udp6: () => [new Socket(AF_INET6, SOCK_DGRAM)],
  unix: () => unixPair(SOCK_STREAM),
  'unix-dgram': () => unixPair(SOCK_DGRAM),
  'unix-seqpacket': () => unixPair(SOCK_SEQPACKET),
  raw: () => [new Socket(AF_INET, SOCK_RAW, IPPROTO_EXPERIMENT)],
  raw6: () => [new Socket(AF_INET6, SOCK_RAW, IPPROTO_EXPERIMENT)],
  // Protocol 0 receives nothing until it is bound.
  packet: () => [new Socket(AF_PACKET, SOCK_RAW)],
  netlink: () => [new Socket(AF_NETLINK, SOCK_RAW)],
  mptcp: () => [new Socket(AF_INET, SOCK_STREAM, IPPROTO_MPTCP)],
  vsock: () => [new Socket(AF_VSOCK, SOCK_STREAM)],
};

/**
 * Makes a fresh socket of a kind.
 * @throws SocketOptionError EPERM (raw, packet: CAP_NET_RAW), EAFNOSUPPORT, EPROTONOSUPPORT (a kernel without it)
 */
export function fresh(kind: Kind): FreshSocket {
  const make = Object.hasOwn(makers, kind) ? makers[kind] : undefined;
  if (!make) {
    throw new SockctlError('ERR_INVALID_ARGUMENT', `unknown kind of socket ${JSON.stringify(kind)}`, {
      hint: `One of ${kinds.join(', ')}`,
    });
  }
  return new FreshSocket(kind, make());
}
