// The ways to the options of sockets, loaded.
import { borrow, closing } from './borrow.ts';
import { Defaults } from './changed.ts';
import { found } from './found.ts';
import type { Ways } from './reach.ts';

export function reached(): Ways {
  return { reach: { borrow, closing, found, defaults: new Defaults() }, wanted: false, load: async () => {} };
}
