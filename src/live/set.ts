// Options of sockets of running processes: set, with a report per socket and option, and set back.
import { apply, observe, restore, save, shownText } from '../apply.ts';
import { SockctlError, SocketOptionError, show } from '../errors.ts';
import { equalValues } from '../outcome.ts';
import { type ApplyInput, checkSettings, type Setting } from '../settings.ts';
import type { BorrowedSocket } from './borrow.ts';
import { foreseen, type LiveReport } from './set-foresee.ts';
import { concerns, isIdle } from './set-scope.ts';
import { isChange, isMoving, type Lasting, lastingOf, type UndoStep, undoOf } from './set-undo.ts';
import { LiveSocket } from './socket.ts';

export interface SetLiveOptions {
  /** All or nothing, socket by socket: what was set gets its old value back at the first refusal. */
  atomic?: boolean | undefined;
  /** Nothing is set: each report tells what would be, as far as that can be known. */
  dryRun?: boolean | undefined;
  /** Leave out the options that a socket does not have, or that do nothing on it, instead of reporting them. */
  fitting?: boolean | undefined;
}

/** What became of one socket. */
export interface SetResult {
  readonly socket: LiveSocket;
  /** An option each, in the order given. Empty where the socket could not be reached, or has none of the options. */
  readonly reports: readonly LiveReport[];
  /** Why it could not be reached: it is closed or another one by now, or the kernel does not hand it out. Nothing was set. */
  readonly error?: SockctlError | SocketOptionError;
  /** What to write, in this order, to get the old values back. */
  readonly undo: readonly UndoStep[];
  /** What was set for good. */
  readonly lasting: readonly Lasting[];
}

function known(error: unknown): SockctlError | SocketOptionError {
  if (error instanceof SockctlError || error instanceof SocketOptionError) return error;
  throw error;
}

/** The kernel's refusals name our copy of the descriptor: the process's own is what people know. */
function withOwner({ fd, of }: BorrowedSocket, report: LiveReport): LiveReport {
  const why = report.why?.replace(`on fd ${fd}`, `on fd ${of.fd} of process ${of.pid}`);
  return why === undefined ? report : { ...report, why };
}

/** What the kernel accepted and does not use. */
function withIdle(socket: LiveSocket, { option }: Setting, report: LiveReport): LiveReport {
  if (!isIdle(option, socket) || !(isChange(report) || report.outcome === 'unchanged')) return report;
  const why = `the kernel stores it, and it does nothing on a ${socket.kind} socket`;
  return { ...report, outcome: report.outcome === 'would-set' ? report.outcome : 'ignored', why };
}

function setOne(socket: LiveSocket, all: readonly Setting[], options: SetLiveOptions): SetResult {
  const { atomic = false, dryRun = false, fitting = false } = options;
  return socket.borrow((borrowed) => {
    const { fd } = borrowed;
    const steps = fitting ? all.filter(({ option }) => concerns(fd, socket, option)) : all;
    const saved = steps.map(({ option }) => save(fd, option));
    const made: readonly LiveReport[] = dryRun
      ? steps.map((step) => foreseen(fd, step))
      : apply(
          fd,
          steps.map(({ option, asked }) => [option, asked] as const),
          { atomic },
        );
    const reports = made.map((report, i) => withOwner(borrowed, withIdle(socket, steps[i] as Setting, report)));
    const changes = steps
      .map(({ option }, i) => ({ option, saved: saved[i] ?? [] }))
      .filter((_, i) => isChange(made[i] as LiveReport));
    const { undo, lasting } = dryRun ? { undo: [], lasting: lastingOf(fd, changes) } : undoOf(fd, saved, changes);
    return { socket, reports, undo, lasting: [...lasting].map(([{ name }, why]) => ({ name, why })) };
  });
}

function listOf(sockets: LiveSocket | Iterable<LiveSocket>): Iterable<LiveSocket> {
  if (sockets instanceof LiveSocket) return [sockets];
  if (typeof (sockets as { [Symbol.iterator]?: unknown } | undefined)?.[Symbol.iterator] === 'function') return sockets;
  throw new SockctlError('ERR_INVALID_ARGUMENT', `setLive takes sockets of sockets(), got ${show(sockets)}`);
}

/**
 * Sets options on sockets of running processes: `setLive(sockets({ pid }), { TCP_NODELAY: true })`. Each socket is
 * borrowed for as long as it takes, and only if it is the one that was listed. One that is gone, or that the kernel
 * refuses, is in its result and does not stop the others.
 * @throws SockctlError before anything is touched: an unknown name, a value that the option does not take, a read-only option
 */
export function setLive(
  sockets: LiveSocket | Iterable<LiveSocket>,
  values: ApplyInput,
  options: SetLiveOptions = {},
): SetResult[] {
  const steps = checkSettings(values, 'setLive');
  const results: SetResult[] = [];
  for (const socket of listOf(sockets)) {
    try {
      results.push(setOne(socket, steps, options));
    } catch (error) {
      results.push({ socket, reports: [], error: known(error), undo: [], lasting: [] });
    }
  }
  return results;
}

/** What became of one option that should get its old value back. */
export interface Reverted {
  readonly name: string;
  /** `left-alone`: somebody else has set it since. */
  readonly outcome: 'restored' | 'left-alone' | 'failed';
  /** What it reads now, as text. */
  readonly now: string | undefined;
  readonly why?: string;
}

export interface RevertResult {
  readonly socket: LiveSocket;
  readonly options: readonly Reverted[];
  /** The socket is gone: closed, or another one has its number. */
  readonly error?: SockctlError | SocketOptionError;
}

/** Somebody else's value is not ours to take away. */
function isOurs({ option, before, after }: UndoStep, now: Uint8Array | undefined): boolean {
  if (isMoving(option)) return true;
  return now !== undefined && (equalValues(option, now, after) || equalValues(option, now, before));
}

function revertOne(fd: number, steps: readonly UndoStep[]): Reverted[] {
  // All are looked at first: to set one back may change another.
  const ours = steps.map((step) => isOurs(step, observe(fd, step.option)));
  for (const [i, { option, before }] of steps.entries()) if (ours[i]) restore(fd, { option, bytes: before });
  return steps.map(({ option, before }, i): Reverted => {
    const bytes = observe(fd, option);
    const now = bytes && shownText(option, bytes);
    const { name } = option;
    if (!ours[i]) return { name, outcome: 'left-alone', now, why: 'it was set to another value meanwhile' };
    if (bytes && (isMoving(option) || equalValues(option, bytes, before))) return { name, outcome: 'restored', now };
    return { name, outcome: 'failed', now, why: `it was ${shownText(option, before)}` };
  });
}

/** Gives the options that {@link setLive} changed their old values back, on the sockets that are still the same. */
export function revertLive(results: Iterable<SetResult>): RevertResult[] {
  const reverted: RevertResult[] = [];
  for (const { socket, undo } of results) {
    if (undo.length === 0) continue;
    try {
      reverted.push({ socket, options: socket.borrow(({ fd }) => revertOne(fd, undo)) });
    } catch (error) {
      reverted.push({ socket, options: [], error: known(error) });
    }
  }
  return reverted;
}
