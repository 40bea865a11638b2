// By which names people know a process besides its own: its program's, and that of the script that it runs.
import { resolve } from 'node:path';
import { commandLine, executable, type ProcessFacts, workingDirectory } from '../kernel/processes.ts';
import { pathGlob } from '../policy/glob.ts';

/** Programs whose first word is the one that people mean. */
const interpreters =
  /^(node|nodejs|bun|deno|tsx|python[\d.]*|pypy[\d.]*|ruby[\d.]*|perl[\d.]*|php[\d.]*|lua[\d.]*|ba?sh|dash|zsh)$/;
const scriptEnding = /\.(?:[cm]?[jt]sx?|pyw?|rb|pl|php|lua|sh)$/;

export const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

interface Words {
  /** Its program's path, and the word it was started by. */
  readonly program: readonly string[];
  /** What an interpreter runs. */
  readonly script: readonly string[];
}

function wordsOf(pid: number): Words {
  const path = executable(pid);
  const [first = '', ...words] = commandLine(pid);
  const program = [path ?? '', first].filter((word) => word !== '');
  if (!interpreters.test(baseName(path ?? first)) && !interpreters.test(baseName(first)))
    return { program, script: [] };
  // `node --import hook.js app.js` and `deno run app.ts`: the first that is no flag may be a flag's value, or a verb.
  const plain = words.filter((word) => word !== '' && !word.startsWith('-'));
  const script = [plain[0], plain.find((word) => scriptEnding.test(word))].filter((word) => word !== undefined);
  return { program, script };
}

/** The paths of a process's program and script, and the word it was started by. Any bytes: escape them. */
export function programNames(pid: number): string[] {
  const { program, script } = wordsOf(pid);
  return [...new Set([...program, ...script])];
}

/**
 * The same as whole paths, as far as the folder that the process is in tells them. A program's name without a slash was
 * looked for in PATH, so that it is no file of that folder; a script is one.
 */
export function programPaths(pid: number): string[] {
  const folder = workingDirectory(pid);
  if (folder === undefined) return [];
  const { program, script } = wordsOf(pid);
  return [...program.filter((word) => word.includes('/')), ...script].map((word) => resolve(folder, word));
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
