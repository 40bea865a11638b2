// connect(): a net.Socket or tls.TLSSocket whose options were set before connect(2).
import net from 'node:net';
import type tls from 'node:tls';
import { AF_UNIX, SOCK_STREAM } from '../constants/families.ts';
import { withDescriptor } from '../kernel/descriptor.ts';
import { duplicate } from '../kernel/syscalls.ts';
import { familyOf } from '../typed.ts';
import { connectAbstract } from './abstract.ts';
import type { Candidate } from './addresses.ts';
import { adopting } from './adopt.ts';
import { adoptsLate } from './adopt-runtime.ts';
import { Birth, type BirthReport, remember } from './birth.ts';
import { builtin } from './builtin.ts';
import { descriptorFor } from './candidate.ts';
import { aborted, limit } from './connect-limits.ts';
import { type ConnectOptions, checkConnect, type Lookup, type Target } from './connect-options.ts';
import { enforce, setAgain } from './enforce.ts';
import { adopt, moveHandle, openConnected, openHandle } from './handle.ts';
import { type Attempt, race } from './race.ts';
import { candidatesFor } from './resolve.ts';

// A socket that a client made may have a connect() of our own.
const startConnect = net.Socket.prototype.connect as (options: net.SocketConnectOpts) => net.Socket;

/** One call of connect(), as its parts share it. */
interface Call {
  readonly target: Target;
  readonly birth: Birth;
  readonly report: BirthReport[];
  /** Connect this socket, which is not connected yet, instead of a new one; without `tls`. */
  readonly socket?: net.Socket | undefined;
  /** Encrypt in this way instead of by `tls.connect`. */
  readonly encrypt?: ((options: tls.ConnectionOptions) => tls.TLSSocket) | undefined;
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
  const socket = connectWith(given, { birth: new Birth(given?.options, 'connect') });
  if (listener) socket.once(given.tls ? 'secureConnect' : 'connect', listener);
  return socket;
}

/** connect() for clients that bring a part of it: options that are checked already, a socket, a way to encrypt. */
export function connectWith(given: ConnectOptions, own: Pick<Call, 'birth' | 'socket' | 'encrypt'>): net.Socket {
  const target = checkConnect(given);
  const call: Call = { ...own, target, report: [] };
  const { signal } = target.passed;
  if (signal?.aborted) return aborted(target, signal);
  if (adoptsLate) return connectLate(call);
  return target.path === undefined ? connectHost(call) : connectPath(call, target.path);
}

/** What both ways end with: options that need a connection, and the report. */
function finish(socket: net.Socket, call: Call): void {
  const { birth, report, target } = call;
  remember(socket, report);
  const { keepAlive, noDelay } = target.passed;
  if (birth.hasConnected || target.enforce || keepAlive || noDelay) {
    socket.prependOnceListener('connect', () => connected(socket, call));
  }
}

function connected(socket: net.Socket, { birth, report, target }: Call): void {
  try {
    if (birth.hasConnected) {
      withDescriptor(socket, (fd) => birth.set(fd, familyOf(fd) ?? 0, 'connected', report));
    }
    // Node has set these two by now, also where their calls came before; what was asked for by name counts.
    if (target.enforce || target.passed.keepAlive) setAgain(socket, birth, 'setKeepAlive');
    if (target.enforce || target.passed.noDelay) setAgain(socket, birth, 'setNoDelay');
    if (target.enforce) enforce(socket, birth);
  } catch (error) {
    socket.destroy(error as Error);
  }
}

function secure(
  { target, encrypt = builtin('node:tls').connect }: Call,
  options: tls.ConnectionOptions,
): tls.TLSSocket {
  return encrypt({ ...target.passed, ...target.tls, ...options });
}

function connectPath(call: Call, path: string): net.Socket {
  const { target, birth, report } = call;
  let { socket } = call;
  try {
    const adopted = adopt(birth.make(AF_UNIX, SOCK_STREAM, 0, report), target.passed);
    if (socket) moveHandle(adopted, socket);
    socket ??= adopted;
    connectAbstract(socket, path);
    startConnect.call(socket, { path });
  } catch (error) {
    socket ??= new net.Socket(target.passed);
    socket.destroy(error as Error);
  }
  return finishOver(socket, call, {});
}

/** Bun and Deno: the socket gets its descriptor when that is connected. */
function connectLate(call: Call): net.Socket {
  const { host, port, path } = call.target;
  return finishOver(adopting(call), call, path === undefined ? { host, port } : {});
}

/** As {@link finish}, where TLS runs over a socket of its own. */
function finishOver(socket: net.Socket, call: Call, place: tls.ConnectionOptions): net.Socket {
  const { target, report } = call;
  finish(socket, call);
  const outer = target.tls ? secure(call, { ...place, socket }) : socket;
  if (outer !== socket) {
    remember(outer, report);
    if (target.enforce) outer.once('secureConnect', () => enforce(outer, call.birth));
  }
  // Node does this only for the sockets that it makes itself.
  const { timeout } = target.passed;
  if (timeout) outer.setTimeout(timeout);
  limit(outer, target);
  return outer;
}

/** Gives the socket a fresh descriptor for this address. */
function open(socket: net.Socket, { birth, report, target }: Call, candidate: Candidate): Candidate {
  openHandle(socket, descriptorFor(birth, target, candidate, report));
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
async function compete(outer: net.Socket, call: Call, candidates: readonly Candidate[]): Promise<Candidate> {
  const tried: string[] = [];
  const over = new AbortController();
  outer.once('close', () => over.abort());
  // Node's own name for the addresses that were tried.
  Object.assign(outer, { autoSelectFamilyAttemptedAddresses: tried });
  const { value: winner, candidate } = await race({
    candidates,
    delay: call.target.attemptDelay,
    signal: over.signal,
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

/** Answers Node's question for an address when the socket has a descriptor for it. */
function lookupFor(call: Call, outer: () => net.Socket): Lookup {
  const decide = async (candidates: readonly Candidate[]): Promise<Candidate> =>
    candidates.length > 1 ? compete(outer(), call, candidates) : open(outer(), call, candidates[0] as Candidate);
  return (_host, _options, done) => {
    // Outside of a promise: what a listener throws is the program's own uncaught exception.
    const settle = (error: Error | null, found?: Candidate): void => {
      process.nextTick(() => outer().destroyed || done(error, found?.address ?? '', found?.family ?? 0));
    };
    // Not at once: Node calls this before it has returned the socket.
    process.nextTick(() =>
      candidatesFor(call.target, (error, candidates) => {
        if (error) return settle(error);
        if (!outer().destroyed) decide(candidates).then((found) => settle(null, found), settle);
      }),
    );
  };
}

function connectHost(call: Call): net.Socket {
  const { target } = call;
  const { host, port } = target;
  const literal = net.isIP(host);
  let socket: net.Socket;
  const options: Record<string, unknown> = { ...target.passed, host, port };
  if (literal === 0) {
    options.lookup = lookupFor(call, () => socket);
    // Node tries the addresses one by one itself unless it is told not to, and each time with a new handle.
    options.autoSelectFamily = false;
  }
  if (target.tls) socket = secure(call, options as tls.ConnectionOptions);
  else if (call.socket) socket = startConnect.call(call.socket, options as unknown as net.TcpNetConnectOpts);
  else socket = net.connect(options as unknown as net.NetConnectOpts);
  if (literal !== 0) {
    try {
      open(socket, call, { address: host, family: literal as 4 | 6 });
    } catch (error) {
      socket.destroy(error as Error);
    }
  }
  finish(socket, call);
  limit(socket, target);
  return socket;
}
