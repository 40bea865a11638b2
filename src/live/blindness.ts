// What a listing could not see, in words that say what would help.
import { holds } from '../kernel/capabilities.ts';
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

/** A namespace whose tables cannot be asked; undefined: this process's own, whose number is not known. */
export function namespaceRefused(namespace: number | undefined, error: Error): Blindness {
  const which = namespace === undefined ? 'this network namespace' : `network namespace ${namespace}`;
  return {
    kind: 'namespace',
    ...(namespace !== undefined && { namespace }),
    message: `the tables of ${which} cannot be read (${error.message})`,
  };
}

/** What could not be seen of some processes, and what would help. */
function unseen(what: string, count: number, lost: string): string {
  const processes = count === 1 ? '1 process' : `${count} processes`;
  if (!mayPtrace()) return `the ${what} of ${processes} of other users may not be seen: run as root for ${lost}`;
  const message = `the ${what} of ${processes} may not be seen`;
  // The folders of others are closed before anybody asks who may trace them.
  if (!holds('CAP_DAC_READ_SEARCH') && !holds('CAP_DAC_OVERRIDE')) {
    return `${message}: besides CAP_SYS_PTRACE it needs CAP_DAC_READ_SEARCH`;
  }
  return `${message}: a security module or a user namespace guards them`;
}

/** Processes that do not even say in which namespace they are. */
export function namespacesUnknown(count: number): Blindness {
  return { kind: 'namespace', count, message: unseen('network namespaces', count, 'the sockets in these') };
}

/** What the owners of sockets were looked up in, and where it has gaps. */
export function ownersUnseen({ closed }: ProcessTable): Blindness[] {
  if (closed.length === 0) return [];
  const message = unseen('descriptors', closed.length, 'the owners and options of all');
  return [{ kind: 'processes', count: closed.length, message }];
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
