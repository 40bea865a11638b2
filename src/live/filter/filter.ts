// What a filter is to those who list sockets, and how several become one.
import type { AnyOption } from '../../option.ts';
import { every } from '../../policy/match.ts';
import type { LiveSocket } from '../socket.ts';
import type { LiveProtocol } from '../sort.ts';

/** What a listing has to ask the kernel for, so that a filter finds it; and what a filter will ask for by itself. */
export interface Needs {
  readonly info: boolean;
  readonly memory: boolean;
  readonly congestion: boolean;
  /** Whether it asks which processes have a socket: their descriptors are read then. */
  readonly owners: boolean;
  /** These are read on a borrowed descriptor. */
  readonly options: readonly AnyOption[];
}

/** What every socket has that a filter takes: the kernel need not list any other. */
export interface Implied {
  readonly protos?: ReadonlySet<LiveProtocol> | undefined;
  /** As `LiveSocket.state` has them. */
  readonly states?: ReadonlySet<string> | undefined;
}

/** A condition on sockets. */
export interface Filter {
  /** Whether it is for a socket; undefined where what it asks for cannot be known (an option that may not be read). */
  test(socket: LiveSocket): boolean | undefined;
  /** Nothing where it is not said. */
  readonly needs?: Needs | undefined;
  readonly implied?: Implied | undefined;
}

/** What all of some filters need. */
export function allNeeds(all: readonly (Needs | undefined)[]): Needs {
  const some = (key: 'info' | 'memory' | 'congestion' | 'owners'): boolean =>
    all.some((needs) => needs?.[key] === true);
  return {
    info: some('info'),
    memory: some('memory'),
    congestion: some('congestion'),
    owners: some('owners'),
    options: [...new Set(all.flatMap((needs) => needs?.options ?? []))],
  };
}

/** What is in all of the sets; those that are not there hold everything. */
function common<T>(sets: readonly (ReadonlySet<T> | undefined)[]): ReadonlySet<T> | undefined {
  const [first, ...rest] = sets.filter((set) => set !== undefined);
  return first && new Set([...first].filter((item) => rest.every((set) => set.has(item))));
}

/** What is in any of the sets; undefined where one holds everything. */
function union<T>(sets: readonly (ReadonlySet<T> | undefined)[]): ReadonlySet<T> | undefined {
  return sets.includes(undefined) ? undefined : new Set(sets.flatMap((set) => [...(set ?? [])]));
}

/** What follows from all of some filters together, or from any of them. */
export function joinImplied(how: 'and' | 'or', all: readonly (Implied | undefined)[]): Implied {
  const protos = all.map((implied) => implied?.protos);
  const states = all.map((implied) => implied?.states);
  return how === 'and'
    ? { protos: common(protos), states: common(states) }
    : { protos: union(protos), states: union(states) };
}

/**
 * One filter that takes what all of some take. The dear ones come last (those that read options, then those that ask
 * for processes): what does not change the verdict.
 */
export function allOf(filters: readonly Filter[]): Filter {
  const cost = ({ needs }: Filter): number => (needs?.options.length ? 2 : Number(needs?.owners === true));
  const sorted = [...filters].sort((one, other) => cost(one) - cost(other));
  return {
    test: every(sorted.map((filter) => (socket: LiveSocket) => filter.test(socket))),
    needs: allNeeds(filters.map(({ needs }) => needs)),
    implied: joinImplied(
      'and',
      filters.map(({ implied }) => implied),
    ),
  };
}
