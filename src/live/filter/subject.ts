// What a filter asks of the thing that it is evaluated on: a socket of a listing, or one sample of a watch.

import type { AnyOption } from '../../option.ts';
import type { End } from '../../policy/address.ts';

/** One value of a field: a number in the field's own unit, a word, or one end of a connection. */
export type FieldValue = number | bigint | string | boolean | End;

/**
 * Anything that a filter can be evaluated on: `filter.holds(subject)`.
 *
 * A subject answers by the canonical names of the fields, as `fields` (fields.ts) and docs/filter.md list them:
 * `state`, `proto`, `pid`, `remote.port`, `recvq`, `info.rtt`, `memory.drops`, ... So a sample of a watch is
 *
 *     { field: (name) => name.startsWith('info.') ? sample.info?.[name.slice(5)] : ..., option: () => undefined }
 *
 * Numbers are in the units of TCP_INFO and SO_MEMINFO, that is as the kernel tells them: `info.rtt` in us. Fields of
 * its own (rates, differences since the last sample) a caller adds with `parseFilter(text, { fields })`.
 */
export interface Subject {
  /**
   * The value of a field. Undefined where it cannot be known, or is not there: then the comparison is neither true nor
   * false. Of several values (the pids of a socket that processes share) one must fit.
   */
  field(name: string): FieldValue | readonly FieldValue[] | undefined;
  /** The value of an option as `getsockopt` gives it; undefined where it cannot be read. */
  option(option: AnyOption): unknown;
}
