// What a listing could not see, in words that say what would help.
import { mayPtrace, processesHidden, processesUnknown } from '../kernel/processes.ts';
import type { ProcessTable } from './processes.ts';

/** What a listing could not see, or not for sure. */
export interface Blindness {
  /**
   * `processes`: their descriptors may not be seen. `hidden`: /proc does not show all processes, or is not there.
   * `namespace`: a network namespace could not be entered. `table`: the kernel refused one of its tables.
   * `changing`: a table changed all the time while it was read.
   */
  readonly kind: 'processes' | 'hidden' | 'namespace' | 'table' | 'changing';
  /** How many processes; or the namespace's number. */
  readonly count?: number;
  readonly namespace?: number;
  /** In words, with what would help. */
  readonly message: string;
}

const processesOf = (count: number): string => (count === 1 ? '1 process' : `${count} processes`);

/** A namespace whose tables cannot be asked; undefined: this process's own, whose number is not known. */
export function namespaceRefused(namespace: number | undefined, error: Error): Blindness {
  const which = namespace === undefined ? 'this network namespace' : `network namespace ${namespace}`;
  return {
    kind: 'namespace',
    ...(namespace !== undefined && { namespace }),
    message: `the tables of ${which} cannot be read (${error.message})`,
  };
}

/** Root is refused what a security module guards, or what is outside of its user namespace. */
const wayOut = (): string => (mayPtrace() ? 'a security module or a user namespace guards them' : 'run as root');

/** Processes that do not even say in which namespace they are. */
export function namespacesUnknown(count: number): Blindness {
  return {
    kind: 'namespace',
    count,
    message: `the network namespaces of ${processesOf(count)} may not be seen, and sockets in these may be missing: ${wayOut()}`,
  };
}

/** What the owners of sockets were looked up in, and where it has gaps. */
export function ownersUnseen({ closed }: ProcessTable): Blindness[] {
  if (closed.length === 0) return [];
  return [
    {
      kind: 'processes',
      count: closed.length,
      message: `the descriptors and namespaces of ${processesOf(closed.length)} may not be seen, and so not whose these sockets are, nor their options: ${wayOut()}`,
    },
  ];
}

/** Whether there are processes of which nothing is known. */
export function processesUnseen(): Blindness[] {
  const why = processesUnknown();
  if (why !== undefined) {
    return [{ kind: 'hidden', message: `which process has which socket is not known: ${why}` }];
  }
  if (!processesHidden()) return [];
  return [
    {
      kind: 'hidden',
      message:
        '/proc hides the processes of other users (hidepid): run as root for the owners, options and namespaces of all',
    },
  ];
}
