// Runs a TypeScript program of this repo on any Node that the package supports: `node scripts/run.mjs FILE.ts [ARG...]`.
// Node 20 cannot strip types itself, so the tree is compiled into .tools/ first, without checking (npm run check does).
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const [file, ...rest] = process.argv.slice(2);
if (file === undefined || !existsSync(file)) {
  console.error('usage: node scripts/run.mjs FILE.ts [ARG...]');
  process.exit(2);
}
const tsc = spawnSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.tools.json'], {
  cwd: root,
  stdio: 'inherit',
});
if (tsc.status !== 0) process.exit(tsc.status ?? 1);

const compiled = resolve(root, '.tools', relative(root, resolve(file)).replace(/\.ts$/, '.js'));
process.argv = [process.argv[0], compiled, ...rest];
await import(pathToFileURL(compiled).href);
