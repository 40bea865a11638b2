// TLS sessions by server, so that a later connection need not shake hands in full.

/** The newest sessions, at most `limit`. */
export class SessionCache {
  readonly #limit: number;
  readonly #sessions = new Map<string, Buffer>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  get(key: string): Buffer | undefined {
    return this.#sessions.get(key);
  }

  set(key: string, session: Buffer): void {
    // The newest is the last one.
    this.#sessions.delete(key);
    this.#sessions.set(key, session);
    for (const oldest of this.#sessions.keys()) {
      if (this.#sessions.size <= this.#limit) return;
      this.#sessions.delete(oldest);
    }
  }
}
