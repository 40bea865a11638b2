// `npm run fuzz [CALLS] [SEED]`: a million random calls to the kernel, then a hundred thousand hostile arguments.
import { spawnSync } from 'node:child_process';
import { fuzzArguments } from './fuzz-arguments.ts';
import { fuzzKernel } from './fuzz-kernel.ts';
import { inNamespace, leftOut } from './fuzz-sockets.ts';

const [calls = 1_000_000, seed = Date.now() % 1_000_000] = process.argv.slice(2).map(Number);

/** In a network namespace of its own, what a call does to routes, groups and queues stays inside. */
function runInNamespace(): boolean {
  if (inNamespace) return false;
  const self = [process.execPath, process.argv[1] as string, String(calls), String(seed)];
  const flags = ['--net', ...(process.getuid?.() === 0 ? [] : ['--map-root-user'])];
  if (spawnSync('unshare', [...flags, 'true']).status !== 0) return false;
  const { status, signal } = spawnSync(
    'unshare',
    [...flags, 'sh', '-c', 'ip link set lo up 2>/dev/null; exec "$@"', 'sh', ...self],
    {
      stdio: 'inherit',
      env: { ...process.env, SOCKCTL_FUZZ_NAMESPACE: '1' },
    },
  );
  if (signal) console.error(`ended by ${signal}`);
  process.exitCode = status ?? 1;
  return true;
}

function main(): void {
  console.log(`seed ${seed}`);
  console.log('left out:');
  for (const { level, from, to, on, why } of leftOut)
    console.log(`  level ${level}, ${from}${to > from ? `..${to}` : ''} (${on}): ${why}`);
  const started = performance.now();
  const kernel = fuzzKernel(calls, seed);
  const refusals = Object.entries(kernel.refused).sort((a, b) => b[1] - a[1]);
  console.log(
    `${kernel.calls} calls in ${((performance.now() - started) / 1000).toFixed(1)} s on ${kernel.kinds.join(', ')}`,
  );
  console.log(
    `  ${kernel.succeeded} succeeded; refused: ${refusals.map(([code, count]) => `${code} ${count}`).join(', ')}`,
  );
  console.log(
    `  descriptors leaked: ${kernel.leakedDescriptors}; memory: ${kernel.grownMiB >= 0 ? '+' : ''}${kernel.grownMiB.toFixed(1)} MiB`,
  );
  const hostile = fuzzArguments(Math.max(100, calls / 10), seed);
  console.log(
    `${hostile.calls} hostile calls: ${hostile.succeeded} succeeded; ${Object.entries(hostile.codes)
      .map(([code, count]) => `${code} ${count}`)
      .join(', ')}`,
  );
  const wrong = [...kernel.wrong, ...hostile.wrong];
  if (kernel.leakedDescriptors > 0) wrong.push(`${kernel.leakedDescriptors} descriptors leaked`);
  if (kernel.grownMiB > 32) wrong.push(`memory grew by ${kernel.grownMiB.toFixed(1)} MiB`);
  for (const line of wrong) console.error(`WRONG ${line}`);
  console.log(wrong.length === 0 ? 'nothing wrong' : `${wrong.length} wrong`);
  process.exitCode = wrong.length === 0 ? 0 : 1;
}

if (!runInNamespace()) main();
