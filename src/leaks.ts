// Which sockets this process has open, since when, and who made them; and a test that none is left.
import { AssertionError } from 'node:assert';
import { setTimeout as sleep } from 'node:timers/promises';
import { socketDescriptors } from './kernel/procfs.ts';
import { openSockets as allOpen, type OpenSocket } from './leaks/open.ts';
import { reportOf } from './leaks/report.ts';
import { start, stop } from './leaks/tracker.ts';

export type { OpenSocket } from './leaks/open.ts';
export type { ChangedOption } from './live/changed.ts';

/**
 * Every socket that this process has open, by descriptor, as the kernel lists them: those that no object holds any
 * more, those of native code and those of other threads too. Reads all options of each, some 0.5 ms a socket.
 *
 * `age` and `stack` are there for sockets that were made while tracking was on ({@link trackSockets}), in this thread,
 * by `node:net`, `node:tls`, `node:http(s)`, `node:http2`, `node:dgram`, `fetch`, `node:child_process` or sockctl.
 * @throws SockctlError ERR_UNSUPPORTED on systems other than Linux, and without /proc
 */
export function openSockets(): OpenSocket[] {
  return allOpen();
}

/** Sockets as text of 80 columns, ages and stacks included: all open ones where none are given. Linux. */
export function report(sockets: readonly OpenSocket[] = openSockets()): string {
  return reportOf(sockets);
}

const inodes = (): Set<number> => new Set(socketDescriptors().map(({ inode }) => inode));

/** A time in which sockets are watched: see {@link trackSockets}. */
export class SocketTracker implements Disposable {
  readonly #before = inodes();
  #on = true;

  constructor() {
    start();
  }

  /** The sockets that were opened since this tracker began, and are still open. */
  sockets(): OpenSocket[] {
    const now = inodes();
    for (const inode of this.#before) now.delete(inode);
    return now.size === 0 ? [] : allOpen(now);
  }

  /** The same as text of 80 columns. */
  report(): string {
    return reportOf(this.sockets());
  }

  /** Stops tracking. What is known of open sockets stays known. */
  stop(): void {
    if (this.#on) stop();
    this.#on = false;
  }

  [Symbol.dispose](): void {
    this.stop();
  }
}

/**
 * Begins to note when sockets are made, and by whom: `using leaks = trackSockets()`. Costs some microseconds for each
 * new socket, nothing else, and keeps no socket alive. Works in workers, each thread for its own sockets. Linux.
 * @throws SockctlError ERR_UNSUPPORTED on systems other than Linux, and without /proc
 */
export function trackSockets(): SocketTracker {
  return new SocketTracker();
}

/** What {@link expectNoLeaks} allows. */
export interface LeakOptions {
  /** Milliseconds that sockets have to close after the callback is done, for the other end needs a moment; 1000. */
  grace?: number;
  /** Sockets that may stay open: those of a pool that the program keeps. */
  ignore?: (socket: OpenSocket) => boolean;
}

/** Sockets that were left open, with their report as the message. */
export class SocketLeakError extends AssertionError {
  readonly sockets: readonly OpenSocket[];

  constructor(sockets: readonly OpenSocket[], stackStartFn: (...args: never[]) => unknown) {
    const count = `${sockets.length} socket${sockets.length === 1 ? ' was' : 's were'} left open`;
    super({
      message: `${count}:\n\n${reportOf(sockets).replace(/^.*\n\n/, '')}`,
      operator: 'expectNoLeaks',
      stackStartFn,
    });
    this.sockets = sockets;
  }
}

/**
 * Runs a function and fails where it leaves sockets open that were not there before; gives back what it gives. Sockets
 * that other code opens meanwhile count too: run it alone. Linux.
 * @throws SocketLeakError the sockets, with the stacks that made them; what the function throws goes through
 * @throws SockctlError ERR_UNSUPPORTED on systems other than Linux, and without /proc
 */
export async function expectNoLeaks<T>(
  act: () => T | Promise<T>,
  { grace = 1000, ignore = () => false }: LeakOptions = {},
): Promise<Awaited<T>> {
  using tracker = trackSockets();
  const result = await act();
  const end = performance.now() + grace;
  let left = tracker.sockets().filter((socket) => !ignore(socket));
  while (left.length > 0 && performance.now() < end) {
    await sleep(10);
    left = tracker.sockets().filter((socket) => !ignore(socket));
  }
  if (left.length > 0) throw new SocketLeakError(left, expectNoLeaks);
  return result;
}
