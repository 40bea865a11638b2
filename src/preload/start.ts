// Starts the preload in a thread: hooks now, everything else with the first socket.
import { createRequire } from 'node:module';
import { runtime } from '../kernel/runtime.ts';
import { policyFile, usualFile } from './file.ts';
import { handleClasses } from './handles.ts';
import { type Actions, hook } from './hooks.ts';
import { hookLate } from './hooks-late.ts';
import { outOfDescriptors } from './passing.ts';
import { traceTarget } from './sink.ts';
import { warnOnce } from './warn.ts';

const started = Symbol.for('sockctl.preload');

/** Starts it in this thread, once, however often it is called. It never throws. */
export function start(): void {
  try {
    if (Object.hasOwn(globalThis, started)) return;
    Object.defineProperty(globalThis, started, { value: true });
    const trace = traceTarget(process.env.SOCKCTL_TRACE);
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
      // Not for a socket that loading itself opens.
      tried = true;
      try {
        const { actionsFor } = requireHere('./preload.cjs') as typeof import('./index.ts');
        actions = actionsFor(file, trace);
        return actions;
      } catch (error) {
        tried = !outOfDescriptors(error);
        throw error;
      }
    };
    if (runtime === 'node') hook(handleClasses(), load, () => actions);
    else hookLate(load, () => actions);
  } catch (error) {
    const { name, message } = error as Error;
    const flags = name === 'NotCapable' ? '. Deno needs --allow-ffi --allow-read --allow-env for it' : '';
    warnOnce('start', `sockctl/register does nothing: ${message}${flags}`);
  }
}
