// `npm run test:runtimes`: the same checks on Node 20 to 26, Bun and Deno; a table of what works where.
// A check that fails on a Node fails the run. Bun and Deno are reported: what they refuse is in the table, with its reason.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

process.chdir(fileURLToPath(new URL('.', import.meta.url)));
if (process.platform !== 'linux' || process.arch !== 'x64') {
  console.log('the runtimes are pinned for Linux on x64: skipped here');
  process.exit(0);
}
if (!existsSync('node_modules')) {
  console.log('installing the runtimes ...');
  const { status } = spawnSync('npm', ['ci', '--ignore-scripts', '--prefer-offline'], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (status !== 0) process.exit(1);
}

const node = (major) => [`node_modules/node${major}/bin/node`];
const deno = [
  'run',
  '--allow-ffi',
  '--allow-read',
  '--allow-write',
  '--allow-env',
  '--allow-net',
  '--allow-sys',
  '--allow-run',
  '--no-lock',
];
const runtimes = {
  'Node 20': node(20),
  'Node 22': node(22),
  'Node 24': node(24),
  'Node 26': node(26),
  Bun: ['node_modules/@oven/bun-linux-x64/bin/bun'],
  Deno: ['node_modules/@deno/linux-x64-glibc/deno', ...deno],
};

const results = {};
for (const [name, [command, ...args]] of Object.entries(runtimes)) {
  const { stdout, stderr, status, signal } = spawnSync(command, [...args, 'conformance.mjs'], {
    encoding: 'utf8',
    timeout: 120_000,
  });
  try {
    results[name] = JSON.parse(stdout.trim().split('\n').at(-1));
  } catch {
    results[name] = {};
    const last = stderr.trim().split('\n').slice(0, 3).join(' ');
    console.log(`${name} did not finish (${signal ?? `exit ${status}`}): ${last}`);
  }
}

const names = Object.keys(runtimes);
const features = [...new Set(Object.values(results).flatMap(Object.keys))];
const width = Math.max(...features.map(({ length }) => length));
const reasons = [];
let passed = 0;
let failed = 0;
console.log(`${' '.repeat(width)}  ${names.map((name) => name.padEnd(8)).join('')}`);
for (const feature of features) {
  const cells = names.map((name) => {
    const result = results[name][feature] ?? 'did not run';
    if (result === 'ok') passed += 1;
    else {
      if (name.startsWith('Node')) failed += 1;
      reasons.push(`${name}, ${feature}: ${result}`);
    }
    return (result === 'ok' ? 'ok' : 'refused').padEnd(8);
  });
  console.log(`${feature.padEnd(width)}  ${cells.join('')}`.trimEnd());
}
for (const reason of reasons) console.log(reason);
for (const name of names.filter((one) => one.startsWith('Node') && Object.keys(results[one]).length === 0)) {
  failed += 1;
  console.log(`${name} ran no check`);
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
