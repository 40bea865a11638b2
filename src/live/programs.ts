// By which names people know a process besides its own: its program's, and that of the script that it runs.
import { commandLine, executable, type ProcessFacts } from '../kernel/processes.ts';
import { pathGlob } from '../policy/glob.ts';

/** Programs whose first word is the one that people mean. */
const interpreters =
  /^(node|nodejs|bun|deno|tsx|python[\d.]*|pypy[\d.]*|ruby[\d.]*|perl[\d.]*|php[\d.]*|lua[\d.]*|ba?sh|dash|zsh)$/;
const scriptEnding = /\.(?:[cm]?[jt]sx?|pyw?|rb|pl|php|lua|sh)$/;

export const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** The paths of a process's program and script, and the word it was started by. Any bytes: escape them. */
export function programNames(pid: number): string[] {
  const path = executable(pid);
  const [first = '', ...words] = commandLine(pid);
  const names = [path ?? '', first];
  if (interpreters.test(baseName(path ?? first)) || interpreters.test(baseName(first))) {
    // `node --import hook.js app.js` and `deno run app.ts`: the first that is no flag may be a flag's value, or a verb.
    const plain = words.filter((word) => word !== '' && !word.startsWith('-'));
    names.push(plain[0] ?? '', plain.find((word) => scriptEnding.test(word)) ?? '');
  }
  return [...new Set(names)].filter((name) => name !== '');
}

/**
 * Whether a process is called one of these: by its own name, its program's or its script's; `*` is any part of a name.
 * With a slash a name is a whole path.
 */
export function processNamed(patterns: readonly string[]): (process: ProcessFacts) => boolean {
  const globs = patterns.map((pattern) => ({ glob: pathGlob(pattern), whole: pattern.includes('/') }));
  return ({ pid, name }) => {
    // The name first: what it was started with has to be asked for.
    if (globs.some(({ glob }) => glob.test(name))) return true;
    const names = programNames(pid);
    return globs.some(({ glob, whole }) => names.some((one) => glob.test(whole ? one : baseName(one))));
  };
}
