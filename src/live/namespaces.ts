// The network namespaces of a machine, each with processes that are in it.
import { SockctlError } from '../errors.ts';
import { namespaceOf } from '../kernel/netns.ts';
import { processFacts } from '../kernel/processes.ts';

/** So many processes are remembered of each: one may end before its namespace is entered. */
const KEPT = 8;

/** Which namespaces are looked into. */
export interface Namespaces {
  /** By number; undefined where the own one has none that may be seen. No processes: it is the own one. */
  readonly places: ReadonlyMap<number | undefined, readonly number[]>;
  /** How many processes do not tell in which they are. */
  readonly unknown: number;
}

/**
 * The namespaces of these processes, the own one first.
 * @param wanted `all`, `own`, or the number of one
 * @param always the own one is looked into even if none of the processes is in it
 * @throws SockctlError ERR_INVALID_ARGUMENT where no process is in the one that is wanted
 */
export function namespacesOf(
  pids: readonly number[],
  wanted: 'all' | 'own' | number = 'all',
  always = true,
): Namespaces {
  const own = namespaceOf('self');
  const places = new Map<number | undefined, number[]>();
  if (wanted === 'own') return { places: places.set(own, []), unknown: 0 };
  if (always) places.set(own, []);
  let unknown = 0;
  for (const pid of pids) {
    const number = namespaceOf(pid);
    // Neither is a kernel thread's of interest, nor that of a process which has ended; but these may be asked.
    if (number === undefined) unknown += processFacts(pid) === undefined ? 0 : 1;
    else if (number === own) places.set(own, []);
    else {
      const known = places.get(number);
      if (known === undefined) places.set(number, [pid]);
      else if (known.length < KEPT) known.push(pid);
    }
  }
  if (wanted === 'all') return { places, unknown };
  const found = places.get(wanted);
  if (found !== undefined) return { places: new Map([[wanted, found]]), unknown: 0 };
  throw new SockctlError('ERR_INVALID_ARGUMENT', `no process that may be seen is in network namespace ${wanted}`, {
    hint: 'readlink /proc/PID/ns/net shows the number of a process; sudo ip netns pids NAME the processes of a name',
  });
}
