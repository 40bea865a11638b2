// `npm run check`: types, lint and format, dead code, the package as others will see it, and the import arrows.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const steps = [
  ['build', 'node', 'scripts/build.mjs'],
  ['types', 'tsc', '-p', '.'],
  ['lint and format', 'biome', 'check', '--error-on-warnings'],
  ['dead code', 'knip'],
  ['package lint', 'publint', '--strict', '--pack', 'false'],
  ['types as installed', 'attw', '--pack', '.', '--profile', 'esm-only', '--no-emoji'],
  ['import arrows', 'vitest', 'run', 'test/architecture.test.ts'],
];
const path = `${root}node_modules/.bin:${process.env.PATH}`;
const failed = [];
for (const [name, command, ...args] of steps) {
  const started = performance.now();
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, PATH: path },
  });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${status === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)`);
  if (status === 0) continue;
  failed.push(name);
  console.log(`${stdout}${stderr}`);
}
if (failed.length > 0) {
  console.error(`failed: ${failed.join(', ')}`);
  process.exit(1);
}
