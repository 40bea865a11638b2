// `npm run check:catalog [INCLUDE_DIR...]`: numbers, struct sizes and field offsets against the system's headers.
// Name the include folders of newer kernel headers to cover options that the installed ones lack.
import { compareWithHeaders } from './compare.ts';
import { findCompiler } from './headers.ts';

const compiler = findCompiler();
if (compiler === undefined) {
  console.error('no C compiler here: install cc, gcc or clang');
  process.exit(1);
}
const { checked, wrong, unknown } = compareWithHeaders(compiler, process.argv.slice(2));
const counts = Object.entries(checked).map(([kind, count]) => `${count} ${kind}`);
console.log(`agree or differ: ${counts.join(', ')}`);
for (const [kind, names] of Object.entries(unknown)) {
  if (names.length > 0) console.log(`not in these headers: ${names.length} ${kind}: ${names.sort().join(', ')}`);
}
for (const line of wrong) console.error(`WRONG ${line}`);
console.log(wrong.length === 0 ? 'nothing differs' : `${wrong.length} differ`);
process.exitCode = wrong.length === 0 ? 0 : 1;
