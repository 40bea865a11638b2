// Stacks as a reader wants them: the program's own frames, with paths as short as they can be.
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';

// This package where it is installed, or this source tree; nothing where it was bundled into a program.
const home = /^.*\/node_modules\/sockctl\/|^.*\/src\/(?=leaks\/stack\.[jt]s$)/.exec(import.meta.url)?.[0];
const homePath = home?.startsWith('file:') ? fileURLToPath(home) : home;

/** Node's, the engine's (`new Promise (<anonymous>)`), or this package's. */
function isInternal(frame: string): boolean {
  if (/(^|[\s(])node:|\((native|<anonymous>)\)$/.test(frame)) return true;
  return home !== undefined && homePath !== undefined && (frame.includes(home) || frame.includes(homePath));
}

/** `file:///app/src/a.js:1:2` as `src/a.js:1:2` where it lies below the working directory. */
function short(frame: string): string {
  return frame.replace(/file:\/\/[^\s)]*|\/[^\s)]*/, (place) => {
    const [, file = place, position = ''] = /^(.*?)((?::\d+)*)$/.exec(place) ?? [];
    try {
      const path = file.startsWith('file:') ? fileURLToPath(file) : file;
      const near = relative(process.cwd(), path);
      return `${near.startsWith('..') ? path : near}${position}`;
    } catch {
      // The working directory is gone, or the address is no file.
      return place;
    }
  });
}

/**
 * The frames of a stack that are the program's, innermost first: `main (app.js:3:5)`. Where all of them are Node's, the
 * two outermost of these; none for no stack.
 */
export function programFrames(stack: unknown): string[] {
  if (typeof stack !== 'string') return [];
  const frames = stack
    .split('\n')
    .map((line) => /^\s+at (.*)$/.exec(line)?.[1])
    .filter((frame) => frame !== undefined);
  const own = frames.filter((frame) => !isInternal(frame));
  return own.length > 0 ? own.map(short) : frames.slice(-2);
}
