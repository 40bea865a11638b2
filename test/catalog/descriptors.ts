// python3 on descriptors of this process: what sockets do is seen from outside, where the library has no part in it.
import { execFileSync } from 'node:child_process';

/** Runs a python program that has the descriptors as 3, 4, ... and `fds`; gives what it prints, as JSON. */
export function onDescriptors<T>(fds: readonly number[], program: string): T {
  const head = `import json, os, socket, struct, sys, time\nfds = list(range(3, ${3 + fds.length}))\n`;
  const output = execFileSync('python3', ['-c', head + program], {
    stdio: ['ignore', 'pipe', 'inherit', ...fds],
    encoding: 'utf8',
  });
  return JSON.parse(output) as T;
}
