// Filters: which live sockets are meant, in words. docs/filter.md has the language.
import { SockctlError, show } from '../../errors.ts';
import type { LiveSocket } from '../socket.ts';
import { type Condition, compile, impliedBy, needsOf } from './compile.ts';
import type { Field } from './fields.ts';
import type { Filter, Implied, Needs } from './filter.ts';
import { Parser } from './grammar.ts';
import { LiveSubject } from './live-subject.ts';
import type { Subject } from './subject.ts';
import { format } from './tree.ts';

export type { Field } from './fields.ts';
export { allOf, type Filter, type Implied, type Needs } from './filter.ts';
export type { FieldValue, Subject } from './subject.ts';

/** A filter that was read from a text. */
export class ParsedFilter implements Filter {
  readonly needs: Needs;
  readonly implied: Implied;
  readonly #condition: Condition;
  readonly #text: string;

  constructor(text: string, more: readonly Field[]) {
    const node = new Parser(text, more).read();
    this.needs = needsOf(node);
    this.implied = impliedBy(node);
    this.#condition = compile(node);
    this.#text = format(node);
  }

  test(socket: LiveSocket): boolean | undefined {
    using subject = new LiveSubject(socket);
    return this.#condition(subject);
  }

  /** Whether it is true of anything that has fields: a sample of a watch, a record of a file. */
  holds(subject: Subject): boolean | undefined {
    return this.#condition(subject);
  }

  /** The filter with every operator and parenthesis that it has: read again, it is the same. */
  toString(): string {
    return this.#text;
  }
}

/** What a filter is read with. */
export interface FilterOptions {
  /** Fields besides those that sockets have, for {@link ParsedFilter.holds}. Their names are lower case. */
  fields?: readonly Field[] | undefined;
}

/**
 * Reads a filter: `state established and remote port 5432 and SO_KEEPALIVE=off`, `rtt > 100ms or total_retrans > 0`.
 * What cannot be known of a socket (an option that may not be read, the process of another user's socket) makes a
 * comparison neither true nor false, so that neither it nor its `not` takes the socket.
 * @throws SockctlError ERR_FILTER, with the place of what is wrong
 */
export function parseFilter(text: string, { fields = [] }: FilterOptions = {}): ParsedFilter {
  if (typeof text === 'string') return new ParsedFilter(text, fields);
  throw new SockctlError('ERR_FILTER', `a filter is a text, got ${show(text)}`);
}
