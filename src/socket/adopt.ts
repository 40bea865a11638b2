// connect() where the runtime's sockets take a descriptor only when it is connected: Bun and Deno.
import net from 'node:net';
import { AF_UNIX, SOCK_STREAM } from '../constants/families.ts';
import { SockctlError } from '../errors.ts';
import { closeDescriptor } from '../kernel/syscalls.ts';
import { type Candidate, ipAddress } from './addresses.ts';
import { adopterFor } from './adopt-runtime.ts';
import type { Birth, BirthReport } from './birth.ts';
import { descriptorFor } from './candidate.ts';
import type { Target } from './connect-options.ts';
import { dial } from './dial.ts';
import { type Attempt, race } from './race.ts';
import { candidatesFor } from './resolve.ts';

/** What connect() knows. */
interface Call {
  readonly target: Target;
  readonly birth: Birth;
  readonly report: BirthReport[];
  readonly socket?: net.Socket | undefined;
}

/** A connected descriptor and what became of its options. */
interface Dialled {
  readonly fd: number;
  readonly report: BirthReport[];
}

interface Blocks {
  check(address: string, family: 'ipv4' | 'ipv6'): boolean;
}

/** As Node refuses an address of its BlockList. */
function checkBlocked({ passed }: Target, { address, family }: Candidate): void {
  const { blockList } = passed as { blockList?: Blocks };
  if (!blockList?.check(address, `ipv${family}`)) return;
  throw Object.assign(new Error(`IP(${address}) is blocked by net.BlockList`), { code: 'ERR_IP_BLOCKED' });
}

/** What a listener throws is the program's own uncaught exception, and no end of the attempt. */
function tell(socket: net.Socket, event: string, ...args: unknown[]): void {
  if (socket.destroyed) return;
  try {
    socket.emit(event, ...args);
  } catch (error) {
    process.nextTick(() => {
      throw error;
    });
  }
}

function attempt(socket: net.Socket, { target, birth }: Call, candidate: Candidate): Attempt<Dialled> {
  const { address, family } = candidate;
  const { port } = target;
  const report: BirthReport[] = [];
  checkBlocked(target, candidate);
  const to = ipAddress(address, port);
  const fd = descriptorFor(birth, target, candidate, report);
  tell(socket, 'connectionAttempt', address, port, family);
  const { done, cancel } = dial(fd, to, { address, port });
  const told = (error: Error): never => {
    tell(socket, 'connectionAttemptFailed', address, port, family, error);
    throw error;
  };
  return { done: done.then(() => ({ fd, report }), told), cancel };
}

function resolved(socket: net.Socket, target: Target): Promise<readonly Candidate[]> {
  const { host } = target;
  const literal = net.isIP(host);
  if (literal !== 0) return Promise.resolve([{ address: host, family: literal as 4 | 6 }]);
  return new Promise((resolve, reject) => {
    candidatesFor(target, (error, candidates) => {
      if (!error) return resolve(candidates);
      tell(socket, 'lookup', error, undefined, undefined, host);
      reject(error);
    });
  });
}

async function dialHost(socket: net.Socket, call: Call): Promise<Dialled> {
  const { target } = call;
  const { host, port, attemptDelay } = target;
  const over = new AbortController();
  socket.once('close', () => over.abort());
  const candidates = await resolved(socket, target);
  const tried: string[] = [];
  if (candidates.length > 1) Object.assign(socket, { autoSelectFamilyAttemptedAddresses: tried });
  if (socket.destroyed) over.abort();
  const { value, candidate } = await race({
    candidates,
    delay: attemptDelay,
    signal: over.signal,
    start: (one) => {
      tried.push(`${one.address}:${port}`);
      return attempt(socket, call, one);
    },
  });
  if (net.isIP(host) === 0) tell(socket, 'lookup', null, candidate.address, candidate.family, host);
  return value;
}

async function dialPath({ birth }: Call, path: string): Promise<Dialled> {
  const report: BirthReport[] = [];
  const fd = birth.make(AF_UNIX, SOCK_STREAM, 0, report);
  await dial(fd, { family: 'unix', path }, { address: path }).done;
  return { fd, report };
}

function refuse(what: string, instead: string): never {
  throw new SockctlError('ERR_RUNTIME', `connect: ${what} cannot be had in this runtime`, { hint: instead });
}

/**
 * A `net.Socket` that gets its descriptor when that is connected. Until then it is `connecting`: what is written waits,
 * and `destroy()`, the signal and the time limit end the attempts.
 * @throws SockctlError ERR_RUNTIME an argument that this runtime's sockets do not heed when they are given a descriptor
 */
export function adopting(call: Call): net.Socket {
  const { target, report } = call;
  const adopter = adopterFor();
  const { onread } = target.passed as { onread?: unknown };
  if (onread && !adopter.onread) refuse('onread', "Read with 'data' events, or await the socket's chunks");
  const socket = call.socket ?? new net.Socket(target.passed);
  const take = adopter.prepare(socket, target);
  const run = async (): Promise<void> => {
    if (socket.destroyed) return;
    const dialled = target.path === undefined ? await dialHost(socket, call) : await dialPath(call, target.path);
    report.push(...dialled.report);
    // Outside of this promise: what a listener throws is the program's own uncaught exception.
    process.nextTick(() => (socket.destroyed ? closeDescriptor(dialled.fd) : take(dialled.fd)));
  };
  // Not at once: the caller has no listener on the socket yet.
  process.nextTick(() => run().catch((error: Error) => socket.destroy(error)));
  return socket;
}
