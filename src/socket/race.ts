// Happy eyeballs (RFC 8305): attempts that start one after the other, run side by side, and end with one winner.
import type { Candidate } from './addresses.ts';

/** One attempt that is under way. */
export interface Attempt<T> {
  readonly done: Promise<T>;
  /** Ends it and frees what it holds; after `done` is settled it frees a result that was not taken. */
  cancel(): void;
}

export interface RaceOptions<T> {
  candidates: readonly Candidate[];
  start(candidate: Candidate): Attempt<T>;
  /** ms between two starts while none has failed (RFC 8305, section 5: 250, at least 10). */
  delay: number;
  signal: AbortSignal;
}

/** The order of RFC 8305, section 4: families alternate, beginning with that of the first address; no address twice. */
export function interleave(found: readonly Candidate[]): Candidate[] {
  const unique = [...new Map(found.map((candidate) => [candidate.address, candidate])).values()];
  const first = unique.filter(({ family }) => family === unique[0]?.family);
  const second = unique.filter(({ family }) => family !== unique[0]?.family);
  return first.flatMap((candidate, i) => [candidate, ...second.slice(i, i + 1)]).concat(second.slice(first.length));
}

/**
 * Runs the race. A failed attempt starts the next one at once.
 * @returns the first success; all other attempts are cancelled
 * @throws AggregateError with the code of the first failure, when all failed; the signal's reason, when it was aborted
 */
export function race<T>({
  candidates,
  start,
  delay,
  signal,
}: RaceOptions<T>): Promise<{ value: T; candidate: Candidate }> {
  return new Promise((resolve, reject) => {
    const running = new Set<Attempt<T>>();
    const failures: Error[] = [];
    let next = 0;
    let timer: NodeJS.Timeout | undefined;

    const settle = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', aborted);
      for (const attempt of running) attempt.cancel();
      running.clear();
    };
    const aborted = (): void => {
      settle();
      reject(signal.reason);
    };
    const startNext = (): void => {
      clearTimeout(timer);
      const candidate = candidates[next++];
      if (candidate === undefined) return;
      let attempt: Attempt<T>;
      try {
        attempt = start(candidate);
      } catch (error) {
        failed(error as Error);
        return;
      }
      running.add(attempt);
      attempt.done.then(
        (value) => {
          // A result that comes after the race has ended was freed by cancel().
          if (!running.delete(attempt)) return;
          settle();
          resolve({ value, candidate });
        },
        (error: Error) => {
          if (running.delete(attempt)) failed(error);
        },
      );
      if (next < candidates.length) timer = setTimeout(startNext, delay);
    };
    const failed = (error: Error): void => {
      failures.push(error);
      if (next < candidates.length) startNext();
      else if (running.size === 0) {
        settle();
        reject(together(failures));
      }
    };

    signal.addEventListener('abort', aborted, { once: true });
    if (signal.aborted) aborted();
    else startNext();
  });
}

/** As Node has it: one error for all, with the first one's code. */
function together(failures: readonly Error[]): Error {
  const [first] = failures as readonly [Error & { code?: string }];
  if (failures.length === 1) return first;
  return Object.assign(new AggregateError(failures), { code: first.code });
}
