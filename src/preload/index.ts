// Everything that the hooks need once a socket appears: a bundle of its own, loaded then.
import type { Policy } from '../policy/policy.ts';
import { datagramActions } from './datagrams.ts';
import type { Actions } from './hooks.ts';
import { lateActions } from './late.ts';
import { outOfDescriptors } from './passing.ts';
import { Session } from './session.ts';
import type { TraceTarget } from './sink.ts';
import { readPolicy } from './source.ts';
import { streamActions } from './streams.ts';
import { traceOf } from './trace.ts';
import { warnOnce } from './warn.ts';

/** The policy of this process. A broken one is a warning: the program must run all the same. */
function policyOf(file: string | undefined): Policy | undefined {
  try {
    return file === undefined ? undefined : readPolicy(file);
  } catch (error) {
    if (outOfDescriptors(error)) throw error;
    warnOnce('policy', `no option is set: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
}

/** What the hooks do with this policy and this trace; undefined where there is neither. */
export function actionsFor(file: string | undefined, traced: TraceTarget | undefined): Actions | undefined {
  const trace = traceOf(traced);
  const policy = policyOf(file);
  if (!policy && !trace) return undefined;
  const session = new Session(policy, trace);
  return {
    ...streamActions(session),
    ...datagramActions(session),
    ...lateActions(session),
    overwrote: (handle, call) => session.overwrote(handle, call),
  };
}
