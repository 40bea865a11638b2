// The beat of a watch: at fixed times, without drift, and without catching up on what was missed.

/** Waits until the next multiple of the interval. */
export class Clock {
  readonly #interval: number;
  readonly #signal: AbortSignal | undefined;
  readonly #start = performance.now();
  #beat = 0;

  constructor(interval: number, signal: AbortSignal | undefined) {
    this.#interval = interval;
    this.#signal = signal;
  }

  /** ms since it was made. */
  get elapsed(): number {
    return performance.now() - this.#start;
  }

  /** The next beat that is still to come; how many went by before it. @throws the signal's reason */
  async next(): Promise<number> {
    const due = Math.max(this.#beat + 1, Math.ceil(this.elapsed / this.#interval));
    const missed = due - this.#beat - 1;
    this.#beat = due;
    await pause(due * this.#interval - this.elapsed, this.#signal);
    return missed;
  }
}

/** @throws the signal's reason */
function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(signal.reason);
      return;
    }
    const stop = (): void => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, milliseconds);
    signal?.addEventListener('abort', stop, { once: true });
  });
}
