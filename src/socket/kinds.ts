// A fresh socket of each kind that the shell knows, on loopback or nowhere, closed as a whole.
import { AF_INET, AF_UNIX, SOCK_DGRAM, SOCK_SEQPACKET, SOCK_STREAM } from '../constants/families.ts';
import { type Kind, kinds, kindTable } from '../constants/kinds.ts';
import { SockctlError, SocketOptionError } from '../errors.ts';
import { refusal } from '../kernel/refusal.ts';
import { makePair } from '../kernel/socket.ts';
import { Socket } from './socket.ts';

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

/** Kinds that are more than one call of socket(2). */
const makers: Partial<Record<Kind, () => [Socket, ...Socket[]]>> = {
  'tcp-listen': () => [listening()],
  'tcp-connected': connected,
  unix: () => unixPair(SOCK_STREAM),
  'unix-dgram': () => unixPair(SOCK_DGRAM),
  'unix-seqpacket': () => unixPair(SOCK_SEQPACKET),
};

/** The kernel's refusal of a kind, with what is lacking. */
function notMade(kind: Kind, { code, errno }: SocketOptionError): SocketOptionError {
  const absent = `This kernel has no ${kind} sockets, or the module for them is not there`;
  const denied = `It needs ${kind === 'phonet' ? 'CAP_SYS_ADMIN' : 'CAP_NET_RAW'}`;
  const hint = /NOSUPPORT$/.test(code) ? absent : /^E(PERM|ACCES)$/.test(code) ? denied : undefined;
  return refusal('socket', errno, { subject: `of kind ${kind}`, ...(hint !== undefined && { hint }) });
}

/**
 * Makes a fresh socket of a kind.
 * @throws SocketOptionError EPERM (raw, packet: CAP_NET_RAW), EAFNOSUPPORT, EPROTONOSUPPORT (a kernel without it)
 */
export function fresh(kind: Kind): FreshSocket {
  const asked = Object.hasOwn(kindTable, kind) ? kindTable[kind] : undefined;
  if (!asked) {
    throw new SockctlError('ERR_INVALID_ARGUMENT', `unknown kind of socket ${JSON.stringify(kind)}`, {
      hint: `One of ${kinds.join(', ')}`,
    });
  }
  try {
    return new FreshSocket(kind, makers[kind]?.() ?? [new Socket(...asked)]);
  } catch (error) {
    throw error instanceof SocketOptionError && error.syscall === 'socket' ? notMade(kind, error) : error;
  }
}
