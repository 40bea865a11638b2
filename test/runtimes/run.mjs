// `npm run test:runtimes`: the same checks on Node 20 to 26, Bun and Deno; a table of what works where.
// With `-- --write` the table goes into docs/runtimes.md; without, the run fails where the page says something else.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { agrees, render, write } from './page.mjs';
import { permissions } from './permissions.mjs';

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
const runtimes = {
  'Node 20': node(20),
  'Node 22': node(22),
  'Node 24': node(24),
  'Node 26': node(26),
  Bun: ['node_modules/@oven/bun-linux-x64/bin/bun'],
  Deno: ['node_modules/@deno/linux-x64-glibc/deno', 'run', '--allow-all', '--no-lock'],
};
const names = Object.keys(runtimes);

const results = {};
const problems = [];
for (const [name, [command, ...args]] of Object.entries(runtimes)) {
  const { stdout, stderr, status, signal } = spawnSync(command, [...args, 'conformance.mjs'], {
    encoding: 'utf8',
    timeout: 180_000,
  });
  try {
    results[name] = JSON.parse(stdout.trim().split('\n').at(-1));
  } catch {
    results[name] = {};
    const last = stderr.trim().split('\n').slice(0, 3).join(' ');
    problems.push(`${name} did not finish (${signal ?? `exit ${status}`}): ${last}`);
  }
}

const allowed = {};
for (const [name, [command]] of Object.entries(runtimes)) {
  try {
    const found = permissions(name, command);
    if (found) allowed[name] = found;
  } catch (error) {
    problems.push(`${name}, permission model: ${error.message}`);
  }
}

const groups = {};
for (const key of new Set(Object.values(results).flatMap(Object.keys))) {
  const [group, ...rest] = key.split('/');
  groups[group] ??= [];
  groups[group].push(rest.join('/'));
}

const width = Math.max(
  ...Object.values(groups)
    .flat()
    .map(({ length }) => length),
);
const reasons = [];
let passed = Object.keys(allowed).length;
for (const [group, features] of Object.entries(groups)) {
  console.log(`\n${group.padEnd(width)}  ${names.map((name) => name.padEnd(9)).join('')}`.trimEnd());
  for (const feature of features) {
    const cells = names.map((name) => {
      const { cell, reason } = results[name][`${group}/${feature}`] ?? { cell: 'missing', reason: 'did not run' };
      const good = ['ok', 'before', 'after', 'none'].includes(cell);
      if (good) passed += 1;
      else reasons.push(`${name}, ${group} ${feature}: ${reason}`);
      // Node has to do everything. Elsewhere a refusal that says what to do instead is an answer.
      if (cell === 'refused' && !name.startsWith('Node')) passed += 1;
      else if (!good) problems.push(`${name}, ${group} ${feature}: ${reason}`);
      return cell.padEnd(9);
    });
    console.log(`${feature.padEnd(width)}  ${cells.join('')}`.trimEnd());
  }
}
console.log('\nPermission models');
for (const [name, { calls, net }] of Object.entries(allowed)) console.log(`${name}: ${[...calls, ...net].join(' ')}`);
console.log(`\n${reasons.join('\n')}`);

const measured = render(names, groups, results, allowed);
if (process.argv.includes('--write')) write(measured);
else if (!agrees(measured)) problems.push('docs/runtimes.md says something else: npm run test:runtimes -- --write');
for (const problem of problems) console.log(`FAILED ${problem}`);
console.log(`${passed} passed, ${problems.length} failed`);
process.exitCode = problems.length === 0 ? 0 : 1;
