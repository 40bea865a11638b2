// Two sockets' options side by side: of live sockets, fresh ones, the system's default, and saved documents.
import { options as catalog, lookup } from '../catalog/index.ts';
import { AF_PACKET } from '../constants/families.ts';
import { SockctlError } from '../errors.ts';
import { bufferLocks, type DefaultsOf, isChoice } from '../live/changed.ts';
import { kindOf, type Sort } from '../live/sort.ts';
import type { AnyOption } from '../option.ts';
import { type Snapshot, snapshot } from '../snapshot.ts';
import { Socket } from '../socket/socket.ts';
import { hex } from './render/json.ts';

/** One option as it was read, or saved. */
export interface Value {
  readonly level: string;
  readonly text: string;
  /** In hex. */
  readonly raw: string;
}

/** One socket at one moment. */
export interface Taken {
  readonly target: string;
  readonly options: ReadonlyMap<string, Value>;
  /** Its network namespace, where it is open. */
  readonly place?: DefaultsOf | undefined;
}

/** An option that is not the same; null where a socket does not have it. */
export interface Difference {
  readonly name: string;
  readonly level: string;
  readonly a: string | null;
  readonly b: string | null;
}

export interface Comparison {
  readonly a: string | null;
  readonly b: string | null;
  readonly differences: readonly Difference[];
  /** Settings that only one of them has: these are of its kind or its state, and no difference. */
  readonly onlyA: readonly string[];
  readonly onlyB: readonly string[];
}

export function taken(target: string, { options }: Snapshot, place?: DefaultsOf): Taken {
  const values = options.map(({ name, level, text, raw }): [string, Value] => [name, { level, text, raw: hex(raw) }]);
  return { target, options: new Map(values), place };
}

function decoded({ options }: Taken, name: string): unknown {
  const value = options.get(name);
  return value && lookup(name)?.codec.decode(Uint8Array.from(Buffer.from(value.raw, 'hex')));
}

/** What socket(2) made it from; undefined where a document does not have that. */
function sortOf(one: Taken): Sort | undefined {
  const [domain, type, protocol] = ['SO_DOMAIN', 'SO_TYPE', 'SO_PROTOCOL'].map((name) => decoded(one, name));
  return typeof domain === 'number' && typeof type === 'number' ? [domain, type, Number(protocol ?? 0)] : undefined;
}

/**
 * A fresh socket of the same sort, in the same network namespace where that may be entered.
 * @throws SockctlError where none can be made
 */
export function defaultOf(one: Taken): Taken {
  const sort = sortOf(one);
  if (sort === undefined) {
    throw new SockctlError('ERR_INVALID_ARGUMENT', `${one.target} does not tell what sort of socket it is`, {
      hint: 'SO_DOMAIN, SO_TYPE and SO_PROTOCOL do: save it with sockctl show TARGET --json',
    });
  }
  const [domain, type, protocol] = sort;
  // A packet socket with a protocol would take packets at once.
  const make = (): Socket => new Socket(domain, type, domain === AF_PACKET ? 0 : protocol);
  const there = (): Socket | undefined => {
    try {
      return one.place?.enter(make);
    } catch {
      // Then what is usual here.
      return undefined;
    }
  };
  try {
    using socket = there() ?? make();
    return taken('default', snapshot(socket));
  } catch (cause) {
    throw new SockctlError(
      'ERR_UNSUPPORTED',
      `no fresh ${kindOf(sort)} socket can be made to compare with: ${(cause as Error).message}`,
      {},
      cause,
    );
  }
}

/** Autotuning moves the buffers of both: then a difference is nobody's choice. */
function isAutotuned(name: string, sides: readonly Taken[]): boolean {
  const lock = bufferLocks.get(name);
  if (lock === undefined) return false;
  return !sides.some(({ options }) => options.get('SO_BUF_LOCK')?.text.split('|').includes(lock));
}

const order = new Map(catalog.map(({ name }, i) => [name, i]));

/** @param all also counters, clocks, addresses, and what only one of them has */
export function compare(a: Taken, b: Taken, all: boolean): Comparison {
  const tcp = [a, b].some(({ options }) => [...options.values()].some(({ level }) => level === 'SOL_TCP'));
  const counts = (name: string, option: AnyOption | undefined): boolean =>
    all || (option !== undefined && isChoice(option, tcp) && !isAutotuned(name, [a, b]));
  const differences: Difference[] = [];
  const onlyA: string[] = [];
  const onlyB: string[] = [];
  const names = [...new Set([...a.options.keys(), ...b.options.keys()])];
  // What this version does not know comes last.
  names.sort((x, y) => (order.get(x) ?? order.size) - (order.get(y) ?? order.size));
  for (const name of names) {
    const [one, other] = [a.options.get(name), b.options.get(name)];
    if ((one && other && (one.raw === other.raw || one.text === other.text)) || !counts(name, lookup(name))) continue;
    if (!one) onlyB.push(name);
    if (!other) onlyA.push(name);
    if (!all && !(one && other)) continue;
    const { level } = (one ?? other) as Value;
    differences.push({ name, level, a: one?.text ?? null, b: other?.text ?? null });
  }
  return { a: a.target, b: b.target, differences, onlyA, onlyB };
}
