// `npm run new-option NAME [-- INCLUDE_DIR...]`: writes the skeleton of an option that headers have and the catalogue lacks.
// `--root DIR` writes into another tree of the source.
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { parseArgs } from 'node:util';
import { NoSkeleton, type Skeleton, skeleton } from './skeleton.ts';
import { hostToolchain } from './toolchain.ts';

function fail(message: string): never {
  console.error(message);
  process.exit(1);
}

/** In the house's style, imports in order; as it is where the formatter is not installed. */
function formatted(text: string, path: string): string {
  const asked = ['check', '--write', `--stdin-file-path=${relative('.', path).replace(/^(\.\.\/)+/, '')}`];
  const { status, stdout } = spawnSync('node_modules/.bin/biome', asked, { input: text, encoding: 'utf8' });
  return status === 0 && stdout !== '' ? stdout : text;
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { root: { type: 'string', default: '.' } },
});
const [name, ...includeDirs] = positionals;
if (name === undefined) fail('usage: npm run new-option NAME [-- INCLUDE_DIR...]');
const toolchain = hostToolchain(includeDirs);
if (toolchain === undefined) fail('no C compiler here: install cc, gcc or clang');

let made: Skeleton;
try {
  made = skeleton(values.root, name, toolchain);
} catch (error) {
  if (error instanceof NoSkeleton) fail(error.message);
  throw error;
}
console.log(`${name}: ${made.level} ${made.number}, ${made.header}`);
for (const hint of made.hints) console.log(hint);
for (const [path, text] of made.files) {
  writeFileSync(path, formatted(text, path));
  console.log(`written: ${path}`);
}
console.log(`
Now fill in what says TODO, in words of your own; the tests fail until then. Look up in the kernel's source:
- access, and value: what getsockopt and setsockopt do with it
- when, kinds, needs, min and max, readback: what the kernel demands, and what it changes
- sample: a value other than the default, so that the option tests itself
- numbers on other processors, where its header is asm/socket.h: on: { linux: N, 'linux-hppa': N, 'linux-sparc': N }
CONTRIBUTING.md tells the rest.`);
