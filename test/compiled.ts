// Compiles programs of this repo into a private folder where `sockctl` means the compiled src/, on any Node: dist/ may
// be missing or older than the source, and Node 20 cannot strip types.
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));

export interface Compiled {
  /** Where the compiled tree lies: `src/`, `examples/`, ... as in the repo. */
  readonly out: string;
  /** A folder for PATH that has the command `sockctl`. */
  readonly bin: string;
  /** What the compiler said of the given files. */
  readonly errors: readonly string[];
  remove(): void;
}

/** A folder for one test file's programs, below the repo so that its packages are found. */
export function workFolder(name: string): string {
  const folder = join(root, '.tools', `${name}-${process.pid}`);
  mkdirSync(folder, { recursive: true });
  return folder;
}

/**
 * Compiles and type-checks TypeScript files together with src/ and the command.
 * @param folder from {@link workFolder}
 * @param files paths relative to the repo
 */
export function compile(folder: string, files: readonly string[]): Compiled {
  const up = (path: string): string => relative(folder, join(root, path));
  const paths = { sockctl: [up('src/index.ts')], 'sockctl/*': [up('src/*.ts')] };
  const config = {
    extends: up('tsconfig.json'),
    compilerOptions: { noEmit: false, rootDir: up('.'), outDir: 'out', paths },
    // All of src/: the command finds its verbs by the files in a folder.
    include: [up('src')],
    files: files.map(up),
  };
  const out = join(folder, 'out');
  const bin = join(folder, 'bin');
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
  mkdirSync(out, { recursive: true });
  mkdirSync(bin, { recursive: true });
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as object;
  writeFileSync(
    join(out, 'package.json'),
    JSON.stringify({ ...manifest, exports: { '.': './src/index.js', './*': './src/*.js' } }),
  );
  // The command finds the ready policies beside its package.json.
  symlinkSync(join(root, 'policies'), join(out, 'policies'));
  const command = join(bin, 'sockctl');
  writeFileSync(command, `#!/bin/sh\nexec '${process.execPath}' '${join(out, 'src/cli/main.js')}' "$@"\n`);
  chmodSync(command, 0o755);
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  const args = [tsc, '-p', folder, '--pretty', 'false'];
  const { stdout } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
  // Only what concerns the given files: `npm run check` is there for the rest.
  const errors = stdout.split('\n').filter((line) => files.some((file) => line.startsWith(file)));
  return { out, bin, errors, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
