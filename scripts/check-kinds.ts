// `npm run check:catalog -- --kinds`: every readable option on every kind of socket that this kernel makes.
import { countsOf, kindHead, recordKinds } from './kind-counts.ts';
import { absentHere, specimens, tally } from './kinds.ts';

/** Prints a line a socket, and what is wrong; notes the counts for docs/coverage.md where a version is given. */
export function checkKinds(record: string | undefined): boolean {
  const here = specimens.filter((specimen) => absentHere(specimen) === undefined);
  const tallies = here.map(tally);
  const line = ([first = '', ...cells]: readonly (string | number)[]): string =>
    String(first).padEnd(20) + cells.map((cell) => String(cell).padStart(10)).join('');
  console.log(line(kindHead));
  const rows = tallies.map(countsOf);
  for (const [name, counts] of rows) console.log(line([name, ...counts]));
  const wrong = tallies.flatMap(({ name, wrong: lines }) => lines.map((one) => `${name}: ${one}`));
  for (const one of wrong) console.error(`WRONG ${one}`);
  const absent = specimens.filter((specimen) => !here.includes(specimen)).map(({ name }) => name);
  console.log(`this kernel makes no ${absent.join(', ')}`);
  console.log(wrong.length === 0 ? 'nothing differs' : `${wrong.length} differ`);
  if (record !== undefined) recordKinds(record, rows);
  return wrong.length === 0;
}
