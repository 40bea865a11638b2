// Tables that keep to the width of the terminal: the last column wraps with a hanging indent.
import { bold, type Paint } from './colours.ts';
import { escapeControls } from './escape.ts';
import { wrap } from './wrap.ts';

export interface Column {
  readonly title: string;
  /** The widest that the column gets; longer cells wrap within it. The last column takes what is left. */
  readonly most?: number;
  /** As narrow as it may become to leave room for the last column; its natural width otherwise. */
  readonly least?: number;
  /** How one row's cell is coloured. */
  readonly paint?: (row: number) => Paint | undefined;
}

export interface TableOptions {
  readonly width: number;
  /** Leave out the titles. */
  readonly bare?: boolean;
  /** Widths of columns that several tables share. */
  readonly widths?: readonly number[];
}

const gap = 2;
// A last column narrower than this goes below its row instead.
const narrow = 24;
const below = 4;

const room = (widths: readonly number[], width: number): number =>
  width - widths.reduce((sum, one) => sum + one + gap, 0);

/** The widths with the widest spare columns cut until the last one has so much room; undefined where they cannot be. */
function cut(
  natural: readonly number[],
  columns: readonly Column[],
  width: number,
  wanted: number,
): number[] | undefined {
  const widths = [...natural];
  while (room(widths, width) < wanted) {
    const spare = widths.map((one, i) => one - (columns[i]?.least ?? one));
    const most = Math.max(...spare);
    if (most <= 0) return undefined;
    const widest = spare.indexOf(most);
    widths[widest] = (widths[widest] as number) - 1;
  }
  return widths;
}

/** Widths of all columns but the last: their longest cell, titles included, less where the last one has no room. */
export function columnWidths(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  width: number,
): number[] {
  const widths = columns.slice(0, -1).map(({ title, most = 40 }, i) => {
    const longest = rows.reduce((so, row) => Math.max(so, escapeControls(row[i] ?? '').length), title.length);
    return Math.min(longest, Math.max(most, title.length));
  });
  // Without room beside them the last column goes below, and the others only have to fit themselves.
  return cut(widths, columns, width, narrow) ?? cut(widths, columns, width, -gap) ?? widths;
}

/** The table as text that ends with a line end. Cells are escaped here. */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[], options: TableOptions): string {
  const { width, bare } = options;
  const safe = rows.map((row) => row.map(escapeControls));
  const widths = options.widths ?? columnWidths(columns, safe, width);
  const left = room(widths, width);
  const under = left < narrow && safe.some((row) => (row.at(-1) ?? '').length > left);
  const last = columns.length - 1;

  const line = (cells: readonly string[], paints: readonly (Paint | undefined)[]): string[] => {
    const blocks = cells.map((cell, i) => wrap(cell, i < last ? (widths[i] as number) : under ? width - below : left));
    const side = under ? blocks.slice(0, -1) : blocks;
    const height = Math.max(...side.map((block) => block.length));
    const lines = Array.from({ length: height }, (_, y) =>
      joinLine(
        side.map((block) => block[y] ?? ''),
        widths,
        paints,
      ),
    );
    const hung = under ? (blocks[last] ?? []).filter((text) => text !== '') : [];
    return [...lines, ...hung.map((text) => `${' '.repeat(below)}${(paints[last] ?? plain)(text)}`)];
  };

  const names = columns.map(({ title }, i) => (under && i === last ? '' : title));
  const titles = bare
    ? []
    : line(
        names,
        columns.map(() => bold),
      );
  const body = safe.flatMap((row, y) =>
    line(
      row,
      columns.map(({ paint }) => paint?.(y)),
    ),
  );
  return [...titles, ...body].map((text) => `${text}\n`).join('');
}

const plain: Paint = (text) => text;

function joinLine(cells: readonly string[], widths: readonly number[], paints: readonly (Paint | undefined)[]): string {
  let text = '';
  let at = 0;
  let column = 0;
  for (const [i, cell] of cells.entries()) {
    if (cell !== '') {
      text += ' '.repeat(column - at) + (paints[i] ?? plain)(cell);
      at = column + cell.length;
    }
    column += (widths[i] ?? 0) + gap;
  }
  return text;
}
