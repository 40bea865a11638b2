// A network of its own for one test file: the process moves into it, and it goes away with the process.
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';

interface Koffi {
  load(path: null): { func(signature: string): (flags: number) => number };
}

const CLONE_NEWNET = 0x40000000;

/** Runs ip(8) in the network of this process. */
export const ip = (...args: string[]): string => execFileSync('ip', args, { encoding: 'utf8' });

/** Moves into an empty network namespace, with loopback up. False where that is not allowed. */
export function enterNetwork(): boolean {
  const { load } = createRequire(import.meta.url)('koffi') as Koffi;
  if (load(null).func('int unshare(int)')(CLONE_NEWNET) !== 0) return false;
  ip('link', 'set', 'lo', 'up');
  return true;
}
