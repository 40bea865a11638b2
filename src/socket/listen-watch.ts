// Tells when a listen() that is under way has no point any more: its signal is aborted, or its server is closed.
import type net from 'node:net';
import { closedMeanwhile } from './listen-errors.ts';

/** A number that is another one after each listen() and close(); undefined where the runtime counts differently. */
function generationOf(server: net.Server): number | undefined {
  return (server as net.Server & { _listeningId?: number })._listeningId;
}

export class Watch {
  /** Never resolves; rejects with the signal's reason, or when the server is closed. */
  readonly stopped: Promise<never>;
  readonly #server: net.Server;
  readonly #generation: number | undefined;
  /** Ends the watch; nothing is left on the server or the signal. */
  end: () => void = () => {};

  constructor(server: net.Server, signal: AbortSignal | undefined) {
    this.#server = server;
    this.#generation = generationOf(server);
    this.stopped = new Promise<never>((_, reject) => {
      const aborted = (): void => reject(signal?.reason);
      // The 'close' of an earlier life of the server may come only now.
      const closed = (): void => {
        if (this.#generation === undefined || this.#isOver()) reject(closedMeanwhile());
      };
      signal?.addEventListener('abort', aborted, { once: true });
      server.on('close', closed);
      this.end = () => {
        signal?.removeEventListener('abort', aborted);
        server.off('close', closed);
      };
      if (signal?.aborted) aborted();
    });
    this.stopped.catch(() => {});
  }

  #isOver(): boolean {
    return generationOf(this.#server) !== this.#generation;
  }

  /** @throws where the server was closed, though its 'close' has not come yet */
  check(): void {
    if (this.#isOver()) throw closedMeanwhile();
  }
}
