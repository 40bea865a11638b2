// How long a set lasts with --for: until the time is up, a signal comes, or nobody reads what is printed.
import { isBroken } from '../../kernel/readiness.ts';
import { LONGEST, millisecondsOf } from '../duration.ts';
import { usage } from '../usage.ts';

const units: Readonly<Record<string, number>> = { s: 1e3, m: 60e3, min: 60e3, h: 3600e3, d: 86400e3 };

/** `90s`, `10m`, `1h` in milliseconds. @throws SockctlError ERR_USAGE */
export function durationOf(text: string): number {
  const time = millisecondsOf(text, units);
  const example = 'Write 90s, 10m or 1h';
  if (time === undefined) throw usage(`--for takes a time with its unit, got ${text}`, example);
  if (time < 1) throw usage(`--for ${text} is no time at all`, example);
  if (time > LONGEST)
    throw usage(`--for ${text} is too long: 24 days at most`, 'Without --for it lasts as long as the socket');
  return time;
}

/** Why it ended. */
export type End = 'time' | 'output' | (typeof signals)[number];

/** What terminals and those who stop a program send. */
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const;

/**
 * Signals, the reader of the output and the clock, watched from before anything is set until it is told, or set back:
 * nothing ends the program in between.
 */
export class Hold {
  readonly ended: Promise<End>;
  #signal: NodeJS.Signals | undefined;
  #end: (end: End) => void = () => {};
  #timers: NodeJS.Timeout[] = [];
  readonly #handlers = signals.map((signal) => [signal, () => this.#come(signal)] as const);
  readonly #broken = (): void => this.#end('output');

  constructor() {
    this.ended = new Promise((resolve) => {
      this.#end = resolve;
    });
    for (const [signal, handler] of this.#handlers) process.on(signal, handler);
    process.stdout.on('error', this.#broken);
  }

  #come(signal: (typeof signals)[number]): void {
    this.#signal ??= signal;
    this.#end(signal);
  }

  /** The signal that came so far. */
  async signal(): Promise<NodeJS.Signals | undefined> {
    // Signals are looked for between two rounds of the loop; the first may have begun before they came.
    for (let round = 0; round < 2; round++) await new Promise((resolve) => setImmediate(resolve));
    return this.#signal;
  }

  /** From now on the time runs. */
  start(time: number): void {
    // A reader that goes is told of by nobody until something is written.
    const look = (): void => {
      if (isBroken(1)) this.#end('output');
    };
    this.#timers = [setTimeout(() => this.#end('time'), time), setInterval(look, 500)];
  }

  /** Signals do again what they do. */
  stop(): void {
    for (const [signal, handler] of this.#handlers) process.off(signal, handler);
    process.stdout.off('error', this.#broken);
    clearTimeout(this.#timers[0]);
    clearInterval(this.#timers[1]);
  }
}
