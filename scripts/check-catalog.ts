// `npm run check:catalog [-- INCLUDE_DIR...]`: numbers, struct sizes and layouts against the system's headers.
// Name the include folders of newer kernel headers to compare with what the installed ones lack.
// `--kinds` reads every readable option on every kind of socket that this kernel makes instead.
// `--record LINUX_VERSION` notes how many options these headers have, or what the kernel answered, for docs/coverage.md.
import { parseArgs } from 'node:util';
import { options } from '../src/catalog/index.ts';
import { compareWithHeaders } from './compare.ts';
import { coverage } from './coverage.ts';
import { recordHeaders } from './header-counts.ts';
import { hostToolchain } from './toolchain.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { record: { type: 'string' }, kinds: { type: 'boolean' } },
});
if (values.kinds) {
  // Only this part makes sockets: the comparison with headers needs no kernel.
  const { checkKinds } = await import('./check-kinds.ts');
  process.exit(checkKinds(values.record) ? 0 : 1);
}
const toolchain = hostToolchain(positionals);
if (toolchain === undefined) {
  console.error('no C compiler here: install cc, gcc or clang');
  process.exit(1);
}
const { checked, wrong, lacking: missing, unknown, inHeaders } = compareWithHeaders(toolchain);

const names = new Set(options.map(({ name }) => name));
const rows = coverage('linux').map(({ level, options: all, typed, opaque, valueless, unusable }) => {
  const theirs = [...(inHeaders.get(level)?.keys() ?? [])];
  const lacking = theirs.filter((name) => !names.has(name)).length;
  return { level, numbers: [all, theirs.length, lacking, typed, opaque, valueless, unusable] };
});
const sums = rows.reduce(
  (total, { numbers }) => total.map((sum, at) => sum + (numbers[at] as number)),
  Array<number>(7).fill(0),
);
const line = (first: string, cells: readonly (string | number)[]): string =>
  first.padEnd(16) + cells.map((cell) => String(cell).padStart(10)).join('');
console.log(line('level', ['sockctl', 'headers', 'lacking', 'typed', 'bytes', 'no value', 'unusable']));
for (const { level, numbers } of rows) console.log(line(level, numbers));
console.log(line('all', sums));
const counts = Object.entries(checked).map(([kind, count]) => `${count} ${kind}`);
console.log(`\nagree or differ: ${counts.join(', ')}`);
for (const [kind, found] of Object.entries(unknown)) {
  if (found.length > 0) console.log(`not in these headers: ${found.length} ${kind}: ${found.sort().join(', ')}`);
}
for (const line of wrong) console.error(`WRONG ${line}`);
const folders = positionals.length > 0 ? ` -- ${positionals.join(' ')}` : '';
for (const name of missing) console.error(`to declare it: npm run new-option ${name}${folders}`);
console.log(wrong.length === 0 ? 'nothing differs' : `${wrong.length} differ`);
process.exitCode = wrong.length === 0 ? 0 : 1;
if (values.record !== undefined) {
  recordHeaders(values.record, new Map([...inHeaders].map(([level, found]) => [level, found.size])));
}
