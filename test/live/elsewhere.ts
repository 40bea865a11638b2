// The library in a process of its own that has less: another user, fewer capabilities, no /proc, a seccomp filter.
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compile, root, workFolder } from '../compiled.ts';

/** The unprivileged user, with nothing of root's left. */
export const nobody = ['setpriv', '--reuid', '65534', '--regid', '65534', '--clear-groups', '--inh-caps=-all'];

export interface Elsewhere {
  /**
   * Runs code there that calls `report(value)`; it has the library as `sockctl`, and `thrown(call)`.
   * @param before the command that takes things away: `setpriv ...`, `unshare ...`
   */
  // biome-ignore lint/suspicious/noExplicitAny: each test knows what it reports
  run(before: readonly string[], code: string): any;
  /** A program that refuses system calls by a seccomp filter; undefined where no C compiler is here. */
  readonly refuse: string | undefined;
  /** Whether other users may read the compiled tree. */
  readonly openToAll: boolean;
  remove(): void;
}

const head = `
const sockctl = await import(process.argv[1]);
const report = (value) => console.log(JSON.stringify(value, (_, one) => typeof one === 'bigint' ? String(one) : one));
const thrown = (call) => {
  try { call(); return {}; } catch ({ name, code, message, hint }) { return { name, code, message, hint }; }
};
const listed = (inodes, options = {}) => {
  const list = sockctl.sockets(options);
  const all = [...list].filter(({ inode }) => inodes.includes(inode));
  return {
    all: all.map(({ kind, state, inode, owners, uid }) => ({ kind, state, inode, uid, owners })),
    blindness: list.blindness,
  };
};
`;

/** Compiles src/ for one test file. */
export function elsewhere(name: string): Elsewhere {
  const folder = workFolder(name);
  const compiled = compile(folder, []);
  const library = join(compiled.out, 'src/index.js');
  const refuse = join(folder, 'refuse');
  const cc = spawnSync('cc', ['-O1', '-o', refuse, join(root, 'test/live/refuse.c')]);
  writeFileSync(join(folder, 'reads.mjs'), `await import(${JSON.stringify(library)});`);
  const run = (before: readonly string[], code: string): unknown => {
    const [command, ...args] = [...before, process.execPath, '--input-type=module', '-e', head + code, library];
    const { stdout, stderr, error } = spawnSync(command as string, args, { encoding: 'utf8', timeout: 60_000 });
    try {
      return JSON.parse(stdout);
    } catch {
      throw new Error(`${before.join(' ')}: ${error?.message ?? (stderr || stdout)}`);
    }
  };
  return {
    run,
    refuse: cc.status === 0 ? refuse : undefined,
    openToAll: spawnSync('setpriv', [...nobody.slice(1), process.execPath, join(folder, 'reads.mjs')]).status === 0,
    remove: compiled.remove,
  };
}
