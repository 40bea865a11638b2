// What became of options that were set, as a table and as data: `try`, `set`.
import type { Report } from '../../apply.ts';
import { lookup } from '../../catalog/index.ts';
import { bold, dim, green, type Paint, red, yellow } from '../../render/colours.ts';
import { type Column, columnWidths, table } from '../../render/table.ts';

/** A report of this library, or one of a set that was only foreseen. */
type AnyReport = Omit<Report, 'outcome'> & { readonly outcome: string };

/** Whether the option does not have what was asked because it could not be set. */
export function isBad({ outcome }: AnyReport): boolean {
  return outcome === 'refused' || outcome === 'unsupported' || outcome === 'too-late';
}

function outcomePaint(report: AnyReport): Paint {
  if (isBad(report)) return red;
  if (report.outcome === 'applied') return green;
  return report.outcome === 'unchanged' ? dim : yellow;
}

const columns: readonly Column[] = [
  { title: 'OPTION', paint: () => bold },
  { title: 'BEFORE', most: 20, least: 10, paint: () => dim },
  { title: 'ASKED', most: 20, least: 10 },
  { title: 'AFTER', most: 20, least: 10 },
  { title: 'OUTCOME' },
];

function cells({ name, text, outcome, why, restored }: AnyReport): string[] {
  const back =
    restored === undefined || outcome === 'refused' ? '' : restored ? ' (set back)' : ' (could not be set back)';
  return [name, text.before ?? '-', text.asked, text.after ?? '-', `${outcome}${back}${why ? `: ${why}` : ''}`];
}

/** Widths that the tables of several sockets share. */
export function reportWidths(reports: readonly AnyReport[], width: number): number[] {
  return columnWidths(columns, reports.map(cells), width);
}

/** One line an option: before, asked, after and the outcome. */
export function reportTable(
  reports: readonly AnyReport[],
  options: { width: number; widths?: readonly number[] },
): string {
  const painted = columns.map((column): Column => {
    if (column.title !== 'OUTCOME') return column;
    return { ...column, paint: (row) => (reports[row] ? outcomePaint(reports[row]) : undefined) };
  });
  return table(painted, reports.map(cells), options);
}

/** The same for programs. A key is not shown. */
export function reportData({ name, text, outcome, why, ...values }: AnyReport): object {
  const secret = lookup(name)?.declaration.secret === true;
  const [asked, before, after] = secret
    ? [text.asked, text.before, text.after]
    : [values.asked, values.before, values.after];
  return { name, asked: asked ?? null, before: before ?? null, after: after ?? null, outcome, why };
}
