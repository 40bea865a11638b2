// Starts the preload in a thread: hooks now, everything else with the first socket.
import { createRequire } from 'node:module';
import { runtime } from '../kernel/runtime.ts';
import { policyFile, usualFile } from './file.ts';
import { handleClasses } from './handles.ts';
import { type Actions, hook } from './hooks.ts';
import { hookLate } from './hooks-late.ts';
import { failed, warnOnce } from './warn.ts';

const started = Symbol.for('sockctl.preload');
/** Whether SOCKCTL_TRACE asks for a trace. */
const isTraced = (asked: string | undefined): boolean => !['', '0', 'false'].includes(asked ?? '');

/** Starts it in this thread, once, however often it is called. It never throws. */
export function start(): void {
  try {
    if (Object.hasOwn(globalThis, started)) return;
    Object.defineProperty(globalThis, started, { value: true });
    const asked = process.env.SOCKCTL_TRACE;
    const trace = isTraced(asked) ? asked : undefined;
    const file = policyFile(process.env.SOCKCTL_POLICY);
    if (file === undefined && trace === undefined) {
      const text = `sockctl/register has nothing to do: there is no ./${usualFile}. Name a policy with SOCKCTL_POLICY=FILE`;
      warnOnce('none', text);
      return;
    }
    if (process.platform === 'win32') {
      warnOnce('windows', 'sockctl/register does nothing on Windows: its sockets cannot be reached');
      return;
    }
    const requireHere = createRequire(import.meta.url);
    let actions: Actions | undefined;
    let tried = false;
    const load = (): Actions | undefined => {
      if (tried) return actions;
      // Not twice, whatever happens; and not for a socket that loading itself opens.
      tried = true;
      const { actionsFor } = requireHere('./preload.cjs') as typeof import('./index.ts');
      actions = actionsFor(file, trace);
      return actions;
    };
    if (runtime === 'node') hook(handleClasses(), load, () => actions);
    else hookLate(load, () => actions);
  } catch (error) {
    failed(error);
  }
}
