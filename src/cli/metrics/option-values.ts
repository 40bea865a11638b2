// The values of options, read from as many sockets a pass as the time allows; the others keep theirs until it is their turn.
import { get } from '../../catalog/index.ts';
import { SockctlError } from '../../errors.ts';
import type { LiveSocket } from '../../live/socket.ts';
import type { AnyOption } from '../../option.ts';
import { planOf, type ReadPlan, readPlanned } from '../../snapshot.ts';
import { checkReadable } from '../../typed.ts';
import { Few } from './few.ts';
import { labelText, processOf } from './labels.ts';
import type { Known, Ledger } from './ledger.ts';
import type { Row } from './rows.ts';

/** ms that the reads of one pass may take. */
const BUDGET = 200;

/** Different values of an option that a process's sockets are told by; the rest is "other". */
const VALUES = 12;

/** Characters of a value: a structure has hundreds, which are no label. */
const LONGEST = 100;

/** Series of one option of one process, besides those of its values. */
const MORE = 2;

/** Options whose values are told. @throws SockctlError ERR_UNKNOWN_OPTION, ERR_NOT_READABLE */
export function optionsOf(names: readonly string[]): AnyOption[] {
  return [...new Set(names.map((name) => get(name)))].map((option) => {
    checkReadable(option);
    const { query, sideEffect } = option.declaration;
    if (query === undefined && !sideEffect) return option;
    const why = query === undefined ? 'a read changes it for its program' : 'it needs a query to be read';
    throw new SockctlError('ERR_NOT_READABLE', `${option.name} cannot be exported: ${why}`, { option: option.name });
  });
}

/** A value as a number, where it is one in any way. */
function numberOf(value: unknown): number | undefined {
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'number' || typeof value === 'bigint') return Number(value);
  return undefined;
}

/** What the values of a pass come to. */
export interface OptionRows {
  readonly sockets: Row[];
  readonly least: Row[];
  readonly most: Row[];
  readonly unread: number;
}

export class OptionValues {
  readonly #options: readonly AnyOption[];
  readonly #plan: ReadPlan;
  readonly #index: ReadonlyMap<AnyOption, number>;
  readonly #processes: number;
  /** Only what was read in this pass or before is to be read again: each has its turn. */
  #turn = 0;
  #spent = 0;
  readonly #nobodys = new Set<Known>();

  /** @param series how many may be made of them */
  constructor(options: readonly AnyOption[], series: number) {
    this.#options = options;
    this.#plan = planOf(options);
    this.#index = new Map(options.map((option, at) => [option, at]));
    this.#processes = Math.floor(series / (Math.max(1, options.length) * (VALUES + MORE)));
  }

  begin(): void {
    this.#spent = 0;
    this.#nobodys.clear();
  }

  /** Reads one socket's, if it is its turn and there is time. */
  read(socket: LiveSocket, known: Known, pass: number): void {
    known.process = processOf(socket);
    known.processPass = pass;
    if (socket.inode === 0) {
      // Nobody has it, and it has no options: nor does it hold up the turns of the others.
      delete known.options;
      this.#nobodys.add(known);
      return;
    }
    if (known.optionsPass > this.#turn || this.#spent > BUDGET) return;
    const began = performance.now();
    known.optionsPass = pass;
    this.#look(socket, known);
    this.#spent += performance.now() - began;
  }

  #look(socket: LiveSocket, known: Known): void {
    const texts: (string | undefined)[] = this.#options.map(() => undefined);
    const numbers: (number | undefined)[] = this.#options.map(() => undefined);
    try {
      for (const entry of socket.borrow(({ fd }) => readPlanned(fd, this.#plan)).options) {
        const at = this.#index.get(entry.option) as number;
        texts[at] = labelText(entry.text.length > LONGEST ? `${entry.text.slice(0, LONGEST)}...` : entry.text);
        numbers[at] = numberOf(entry.value);
      }
      known.options = texts;
      known.numbers = numbers;
    } catch {
      // Closed meanwhile, or not to be had: counted as unread.
      delete known.options;
    }
  }

  /** To be called when a pass is complete. */
  end(ledger: Ledger, pass: number): OptionRows {
    let oldest = Number.POSITIVE_INFINITY;
    let unread = 0;
    const few = new Few(this.#processes);
    const found = new Map<string, Spread>();
    for (const known of ledger) {
      const { optionsPass, options, numbers, process } = known;
      // Remembered, but not there, or not meant, in this pass.
      if (known.processPass !== pass) continue;
      if (!this.#nobodys.has(known)) oldest = Math.min(oldest, optionsPass);
      if (options === undefined) {
        unread++;
        continue;
      }
      const name = few.of(process ?? '');
      options.forEach((text, at) => {
        if (text === undefined) return;
        const key = `${name}\0${at}`;
        let spread = found.get(key);
        if (spread === undefined) {
          spread = new Spread(name, (this.#options[at] as AnyOption).name);
          found.set(key, spread);
        }
        spread.add(text, numbers?.[at]);
      });
    }
    this.#turn = Number.isFinite(oldest) ? oldest : 0;
    const spreads = [...found.values()];
    return {
      sockets: spreads.flatMap((spread) => spread.rows()),
      least: spreads.flatMap(({ labels, least }) => (Number.isFinite(least) ? [{ labels, value: least }] : [])),
      most: spreads.flatMap(({ labels, most }) => (Number.isFinite(most) ? [{ labels, value: most }] : [])),
      unread,
    };
  }
}

/** The values of one option of one process's sockets. */
class Spread {
  readonly labels: { process: string; option: string };
  least = Number.POSITIVE_INFINITY;
  most = Number.NEGATIVE_INFINITY;
  readonly #values = new Map<string, number>();
  readonly #few = new Few(VALUES);

  constructor(process: string, option: string) {
    this.labels = { process, option };
  }

  add(text: string, number: number | undefined): void {
    const value = this.#few.of(text);
    this.#values.set(value, (this.#values.get(value) ?? 0) + 1);
    if (number === undefined) return;
    this.least = Math.min(this.least, number);
    this.most = Math.max(this.most, number);
  }

  rows(): Row[] {
    return [...this.#values].map(([value, count]) => ({ labels: { ...this.labels, value }, value: count }));
  }
}
