// The ways from a listed socket to its options: apart from the listing, for they need the catalogue, which takes longer to load.
import type { borrow, closing } from './borrow.ts';
import type { Defaults } from './changed.ts';
import type { found } from './found.ts';

export interface Reach {
  readonly borrow: typeof borrow;
  readonly closing: typeof closing;
  readonly found: typeof found;
  /** What a fresh socket has, read once a listing. */
  readonly defaults: Defaults;
}

/** A reach that may be loaded only when the first socket needs it. */
export interface Ways {
  reach: Reach | undefined;
  /** A listing goes on when it is loaded. */
  wanted: boolean;
  load(): Promise<void>;
}

/** For listings that mostly tell what the kernel's tables have. */
export function lateReach(): Ways {
  const ways: Ways = {
    reach: undefined,
    wanted: false,
    load: async () => {
      const { reached } = await import('./reached.ts');
      ways.reach = reached().reach;
      ways.wanted = false;
    },
  };
  return ways;
}
