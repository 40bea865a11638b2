// An asynchronous loop over batches of records, which lets other work go on in between.

/** Milliseconds that a loop may keep the event loop from other work. */
const SLICE = 8;

/** Not an async generator: most of its steps need not wait, and there may be a million. */
export class Walk<T> implements AsyncIterableIterator<T, undefined> {
  readonly #batches: Generator<T[], undefined, undefined>;
  readonly #signal: AbortSignal | undefined;
  #batch: readonly T[] = [];
  #next = 0;
  #since = performance.now();

  constructor(batches: Generator<T[], undefined, undefined>, signal: AbortSignal | undefined) {
    this.#batches = batches;
    this.#signal = signal;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<IteratorResult<T, undefined>> {
    if (this.#next === this.#batch.length || this.#signal?.aborted) return this.#more();
    return Promise.resolve({ value: this.#batch[this.#next++] as T, done: false });
  }

  async #more(): Promise<IteratorResult<T, undefined>> {
    try {
      this.#signal?.throwIfAborted();
      if (performance.now() - this.#since > SLICE) {
        await new Promise(setImmediate);
        this.#since = performance.now();
        this.#signal?.throwIfAborted();
      }
      // Whoever asks twice at once has the next batch by now.
      while (this.#next === this.#batch.length) {
        const { done, value } = this.#batches.next();
        if (done) return { value: undefined, done: true };
        this.#batch = value;
        this.#next = 0;
      }
      return { value: this.#batch[this.#next++] as T, done: false };
    } catch (error) {
      // Whoever waits in the kernel's tables is let go.
      this.#leave();
      throw error;
    }
  }

  #leave(): void {
    this.#batch = [];
    this.#next = 0;
    this.#batches.return(undefined);
  }

  async return(): Promise<IteratorResult<T, undefined>> {
    this.#leave();
    return { value: undefined, done: true };
  }
}
