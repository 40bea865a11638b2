// connect(): a net.Socket or tls.TLSSocket whose options were set before connect(2).
import net from 'node:net';
import tls from 'node:tls';
import { AF_UNIX, SOCK_STREAM } from '../constants/families.ts';
import { withDescriptor } from '../kernel/descriptor.ts';
import { closeDescriptor, duplicate } from '../kernel/syscalls.ts';
import { familyOf } from '../typed.ts';
import { addressError, bindTo, type Candidate, domainOf } from './addresses.ts';
import { Birth, type BirthReport, remember } from './birth.ts';
import { type ConnectOptions, checkConnect, type Lookup, type Target } from './connect-options.ts';
import { enforce, setAgain } from './enforce.ts';
import { openConnected, openHandle } from './handle.ts';
import { type Attempt, race } from './race.ts';
import { candidatesFor } from './resolve.ts';

/** One call of connect(), as its parts share it. */
interface Call {
  readonly target: Target;
  readonly birth: Birth;
  readonly report: BirthReport[];
}

/**
 * A `net.Socket` that connects, like `net.connect`, with `options` set before connect(2); a `tls.TLSSocket` where `tls`
 * is given. Names are resolved and raced as RFC 8305 says: each address gets a fresh descriptor with the options.
 *
 * Errors come as 'error' events, with Node's own codes; a refused option is one too (SocketOptionError). See
 * {@link Birth} for options that do not fit the family of an address.
 * @throws SockctlError before anything is made: a wrong option, value or argument
 */
export function connect(
  options: ConnectOptions & { tls: tls.ConnectionOptions | true },
  listener?: () => void,
): tls.TLSSocket;
export function connect(options: ConnectOptions, listener?: () => void): net.Socket;
export function connect(given: ConnectOptions, listener?: () => void): net.Socket {
  const target = checkConnect(given);
  const call: Call = { target, birth: new Birth(target.options, 'connect'), report: [] };
  const socket = start(call);
  if (listener) socket.once(target.tls ? 'secureConnect' : 'connect', listener);
  return socket;
}

function start(call: Call): net.Socket {
  const { target } = call;
  const { signal } = target.passed;
  // Node destroys a socket whose signal is aborted from the start, and then connects it all the same.
  if (signal?.aborted) return new net.Socket({ ...target.passed });
  return target.path === undefined ? connectHost(call) : connectPath(call, target.path);
}

/** What both ways end with: options that need a connection, the report, the time limit. */
function finish(socket: net.Socket, { birth, report, target }: Call): void {
  remember(socket, report);
  const timer = target.connectTimeout === undefined ? undefined : setTimeout(expire, target.connectTimeout);
  function expire(): void {
    socket.destroy(timedOut(target));
  }
  socket.once('close', () => clearTimeout(timer));
  socket.prependOnceListener('connect', () => {
    clearTimeout(timer);
    try {
      if (birth.hasConnected) {
        withDescriptor(socket, (fd) => birth.set(fd, familyOf(fd) ?? 0, 'connected', report));
      }
      // Node has set these two by now; what was asked for by name counts.
      if (target.passed.keepAlive) setAgain(socket, birth, 'setKeepAlive');
      if (target.passed.noDelay) setAgain(socket, birth, 'setNoDelay');
      if (target.enforce) enforce(socket, birth);
    } catch (error) {
      socket.destroy(error as Error);
    }
  });
}

function timedOut({ host, port, path }: Target): Error {
  const address = path ?? host;
  return addressError('connect', { code: 'ETIMEDOUT', errno: -110 }, { address, ...(path === undefined && { port }) });
}

function secure(target: Target, options: tls.ConnectionOptions): tls.TLSSocket {
  return tls.connect({ ...target.passed, ...target.tls, ...options });
}

function connectPath(call: Call, path: string): net.Socket {
  const { target, birth, report } = call;
  let socket: net.Socket;
  try {
    const fd = birth.make(AF_UNIX, SOCK_STREAM, 0, report);
    socket = adopt(fd, target.passed);
    socket.connect({ path });
  } catch (error) {
    socket = new net.Socket(target.passed);
    socket.destroy(error as Error);
  }
  finish(socket, call);
  if (!target.tls) return socket;
  const encrypted = secure(target, { socket });
  remember(encrypted, report);
  return encrypted;
}

/** A net.Socket of a descriptor that is not connected yet; the descriptor is closed where Node does not take it. */
function adopt(fd: number, options: net.SocketConstructorOpts): net.Socket {
  try {
    // Without manualStart Node would read at once, and fail for want of a connection.
    return new net.Socket({ ...options, fd, manualStart: true } as net.SocketConstructorOpts);
  } catch (error) {
    closeDescriptor(fd);
    throw error;
  }
}

/** Gives the socket a fresh descriptor for this address. */
function open(socket: net.Socket, { birth, report, target }: Call, candidate: Candidate): Candidate {
  const { family } = candidate;
  const fd = birth.make(domainOf(family), SOCK_STREAM, target.protocol, report);
  const { localAddress, localPort } = target;
  try {
    if (localAddress !== undefined || localPort > 0) {
      bindTo(fd, localAddress ?? (family === 6 ? '::' : '0.0.0.0'), localPort);
    }
  } catch (error) {
    closeDescriptor(fd);
    throw error;
  }
  openHandle(socket, fd);
  return candidate;
}

/** One address of several: a socket of its own, which reads nothing. */
function attempt(outer: net.Socket, { target, birth }: Call, candidate: Candidate): Attempt<Racer> {
  const { address } = candidate;
  const racer = net.connect({ ...blocking(target), host: address, port: target.port });
  const report: BirthReport[] = [];
  racer.pause();
  const done = new Promise<Racer>((resolve, reject) => {
    for (const event of ['connectionAttempt', 'connectionAttemptFailed']) {
      racer.on(event, (...args) => outer.emit(event, ...args));
    }
    racer.on('error', reject);
    racer.on('connect', () => resolve({ socket: racer, report }));
    try {
      open(racer, { target, birth, report }, candidate);
    } catch (error) {
      racer.destroy(error as Error);
    }
  });
  return { done, cancel: () => racer.destroy() };
}

interface Racer {
  socket: net.Socket;
  report: BirthReport[];
}

/** What Node checks for each address. */
function blocking({ passed }: Target): object {
  const { blockList } = passed as { blockList?: unknown };
  return blockList === undefined ? {} : { blockList };
}

/** Several addresses: the winner's connection goes on under a second descriptor, in the handle of `outer`. */
async function compete(
  outer: net.Socket,
  call: Call,
  candidates: readonly Candidate[],
  signal: AbortSignal,
): Promise<Candidate> {
  const tried: string[] = [];
  // Node's own name for the addresses that were tried.
  Object.assign(outer, { autoSelectFamilyAttemptedAddresses: tried });
  const { value: winner, candidate } = await race({
    candidates,
    delay: call.target.attemptDelay,
    signal,
    start: (one) => {
      tried.push(`${one.address}:${call.target.port}`);
      return attempt(outer, call, one);
    },
  });
  try {
    const fd = withDescriptor(winner.socket, duplicate);
    openConnected(outer, fd);
  } finally {
    winner.socket.destroy();
  }
  call.report.push(...winner.report);
  return candidate;
}

function connectHost(call: Call): net.Socket {
  const { target } = call;
  const { host, port } = target;
  const over = new AbortController();
  let socket: net.Socket;
  const lookup: Lookup = (_host, _options, done) => {
    const settle = (error: Error | null, found?: Candidate): void => {
      if (!socket.destroyed) done(error, found?.address ?? '', found?.family ?? 0);
    };
    const decide = async (candidates: readonly Candidate[]): Promise<Candidate> =>
      candidates.length > 1
        ? compete(socket, call, candidates, over.signal)
        : open(socket, call, candidates[0] as Candidate);
    // Not at once: Node calls this before it has returned the socket.
    process.nextTick(() =>
      candidatesFor(target, (error, candidates) => {
        if (error) return settle(error);
        if (!socket.destroyed) decide(candidates).then((found) => settle(null, found), settle);
      }),
    );
  };
  // Node tries the addresses one by one itself unless it is told not to, and each time with a new handle.
  const options = { ...target.passed, host, port, lookup, autoSelectFamily: false } as net.TcpNetConnectOpts;
  socket = target.tls ? secure(target, options as tls.ConnectionOptions) : net.connect(options);
  socket.once('close', () => over.abort());
  const literal = net.isIP(host);
  if (literal !== 0) {
    try {
      open(socket, call, { address: host, family: literal as 4 | 6 });
    } catch (error) {
      socket.destroy(error as Error);
    }
  }
  finish(socket, call);
  return socket;
}
