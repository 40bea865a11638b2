// Makes dist/ from src/: types by tsc, code by rolldown (reading a hundred files costs start-up time); built beside the old one, then swapped.
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';
import { writeLater } from './later-parts.mjs';
import { deferred, neededBy, together, writeLevels } from './parts.mjs';
import { pure } from './pure.mjs';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const fresh = `.tools/dist-${process.pid}`;
const compiled = `.tools/tsc-${process.pid}`;
mkdirSync('.tools', { recursive: true });

// What package.json exports. Entry points in one group share what they have in common: the preload of leaks fills the
// list that sockctl/leaks tells.
const groups = [['index'], ['register'], ['testing', 'testing/vitest', 'testing/jest'], ['leaks', 'leaks/register']];

async function bundle() {
  const external = [/^node:/, 'koffi', 'prom-client', 'vitest', 'expect'];
  const asked = await writeLevels(compiled, `${fresh}/levels`);
  const byLibrary = together(asked, await writeLater(compiled, `${fresh}/levels`));
  // The library is one file: linking several by hundreds of names costs more than reading the catalogue twice.
  for (const group of groups) {
    const input = Object.fromEntries(group.map((entry) => [entry, `./${compiled}/${entry}.js`]));
    const isLibrary = group[0] === 'index';
    const plugins = [deferred(compiled, './levels/', isLibrary ? byLibrary : asked, isLibrary)];
    const bundled = await rolldown({ input, platform: 'node', external, plugins });
    // The comments are in the .d.ts files. What a group shares has the loader: it finds ./levels/ from here alone.
    await bundled.write({
      dir: fresh,
      format: 'esm',
      entryFileNames: '[name].js',
      chunkFileNames: '[name]-[hash].js',
      comments: false,
    });
  }
  // The same library for bundlers: nothing is read later, and what a program does not use is dropped.
  const whole = await rolldown({
    input: `./${compiled}/index.js`,
    platform: 'node',
    external,
    plugins: [pure(compiled)],
  });
  await whole.write({
    dir: fresh,
    format: 'esm',
    entryFileNames: 'whole.js',
    comments: { annotation: true, legal: false, jsdoc: false },
  });
  // What the preload needs once a socket appears: a require(), for a hook cannot wait.
  const lazy = await rolldown({
    input: `./${compiled}/preload/index.js`,
    platform: 'node',
    external,
    plugins: [deferred(compiled, './levels/', asked)],
  });
  await lazy.write({ dir: fresh, format: 'cjs', entryFileNames: 'preload.cjs', comments: false });
  // A verb stays a file of its own: only the one that runs is loaded.
  const verbs = readdirSync('src/cli/commands').map((file) => `cli/commands/${file.slice(0, -3)}`);
  const parts = await rolldown({
    input: Object.fromEntries(['cli/main', ...verbs].map((entry) => [entry, `./${compiled}/${entry}.js`])),
    platform: 'node',
    external,
    plugins: [deferred(compiled, '../levels/', asked)],
  });
  // What `sockctl explain` needs is what most verbs need: a fresh socket, and a look at it.
  const explains = neededBy(compiled, 'explain');
  // A module goes to the part of the highest priority that names it, or that needs it.
  const part = (name, priority, test) => ({ name, priority, test });
  // CommonJS, for Node reads that some 15 ms sooner than modules.
  await parts.write({
    dir: fresh,
    format: 'cjs',
    dynamicImportInCjs: false,
    entryFileNames: '[name].js',
    chunkFileNames: 'parts/[name].cjs',
    comments: false,
    // What the shell's every verb needs, what an option is, the catalogue, and what makes system calls: four files, not forty.
    codeSplitting: {
      groups: [
        part(
          'shell',
          3,
          /\/cli\/(closest|command|complain|listing|output|run|usage|verbs)\.js|\/render\/(colours|escape|table|wrap|json)\.js/,
        ),
        part(
          'base',
          5,
          /\/codec\/(abi|codec)\.js|\/catalog\/distance\.js|\/constants\/(levels|families)\.js|\/(option|errors)\.js/,
        ),
        part('addresses', 4.7, /\/codec\/(address|sockaddr|sockaddr-text|interface|text|bytes)\.js/),
        part('formats', 4.5, /\/codec\/(meminfo|tcp-info|tcp-info-whole)\.js|\/constants\/tcp\.js/),
        part('codec', 4, /\/(codec|constants)\//),
        part('catalog', 3, /\/catalog\//),
        part('explanation', 3, /\/cli\/render\/(explanation|guide|literal)\.js/),
        part('kernel', 3, (id) => explains(id) && id.includes('/kernel/')),
        part('wider', 2.5, /\/kernel\//),
        part(
          'live',
          2,
          /\/live\/(blindness|facts|inet|listing|namespaces|others|place|processes|programs|query|reach|socket|sort|tables|users|walk)\.js|\/cli\/ps\/(columns|json|listing|look|plain|values)\.js/,
        ),
        part('fresh', 2.5, (id) => explains(id)),
        part('sockets', 2, /\/socket\/|(?<!\/commands)\/(apply|outcome)\.js/),
      ],
    },
  });
  writeFileSync(`${fresh}/cli/package.json`, '{ "type": "commonjs" }\n');
  chmodSync(`${fresh}/cli/main.js`, 0o755);
}

/** `sockctl list` reads the catalogue as data, from one file: see src/cli/listing.ts. */
async function listing() {
  const [{ options }, { listed }] = await Promise.all(
    ['catalog/index', 'cli/listing'].map((name) => import(`../${compiled}/${name}.js`)),
  );
  writeFileSync(`${fresh}/cli/listing.json`, JSON.stringify(options.map(listed)));
}

const tsc = spawnSync(
  process.execPath,
  ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json', '--outDir', compiled],
  { stdio: 'inherit' },
);
if (tsc.status === 0) {
  await bundle();
  await listing();
  cpSync(compiled, fresh, { recursive: true, filter: (file) => !file.endsWith('.js') });
  rmSync('dist', { recursive: true, force: true });
  renameSync(fresh, 'dist');
} else {
  process.exitCode = 1;
}
rmSync(compiled, { recursive: true, force: true });
