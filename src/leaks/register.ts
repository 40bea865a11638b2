// `node --import sockctl/leaks/register app.js`: tracks from the start, and prints the open sockets at exit or upon a signal.
import { writeSync } from 'node:fs';
import { constants } from 'node:os';
import { isMainThread, threadId } from 'node:worker_threads';
import { openSockets } from './open.ts';
import { reportOf } from './report.ts';
import { start } from './tracker.ts';

function print(why: string): void {
  try {
    // The sockets of other threads stand in the report of the main thread.
    const sockets = openSockets().filter(({ age }) => isMainThread || age !== undefined);
    const where = isMainThread ? `process ${process.pid}` : `process ${process.pid}, thread ${threadId}`;
    if (isMainThread || sockets.length > 0) writeSync(2, `sockctl: ${where}, ${why}: ${reportOf(sockets)}`);
  } catch {
    // Standard error may be closed, /proc may be missing: the program comes first.
  }
}

// Where nothing is asked, at exit only: a listener would take a signal from a program that means to die by it.
const asked = (process.env.SOCKCTL_LEAKS ?? 'exit').split(',').map((one) => one.trim());

start();
for (const when of asked) {
  if (when === 'exit') process.on('exit', () => print('at exit'));
  else if (isMainThread && when !== '') {
    try {
      // SIGKILL and SIGSTOP throw by themselves.
      if (!(when in constants.signals)) throw new RangeError('no such signal');
      process.on(when as NodeJS.Signals, () => print(`upon ${when}`));
    } catch {
      process.emitWarning(`SOCKCTL_LEAKS takes exit and the names of signals, not ${when}`);
    }
  }
}
