// A struct of many fields, laid out in columns: TCP_INFO has more than seventy.
import { bold } from '../../render/colours.ts';
import { escapeControls } from '../../render/escape.ts';
import { wrap } from '../../render/wrap.ts';

const gap = 2;
const indent = 2;

/** `a=1,b={c=2,d=3}` as its fields; undefined where the text is not of that form. */
function fieldsOf(text: string): string[] | undefined {
  const fields: string[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at <= text.length; at++) {
    const sign = text[at];
    if (sign === '{' || sign === '[') depth++;
    else if (sign === '}' || sign === ']') depth--;
    else if (at === text.length || (sign === ',' && depth === 0)) {
      fields.push(text.slice(from, at));
      from = at + 1;
    }
  }
  return fields.every((field) => /^\w+=/.test(field)) ? fields : undefined;
}

/** Down each column, as many of them as fit. */
function grid(cells: readonly string[], room: number): string[] {
  for (let columns = Math.min(cells.length, 8); columns > 1; columns--) {
    const height = Math.ceil(cells.length / columns);
    const parts = Array.from({ length: columns }, (_, i) => cells.slice(i * height, (i + 1) * height));
    const widths = parts.map((part) => Math.max(0, ...part.map((cell) => cell.length)));
    if (widths.reduce((sum, one) => sum + one + gap, -gap) > room) continue;
    return Array.from({ length: height }, (_, y) =>
      parts
        .map((part, i) => (part[y] ?? '').padEnd((widths[i] as number) + gap))
        .join('')
        .trimEnd(),
    );
  }
  return cells.flatMap((cell) => wrap(cell, room));
}

/** Whether a value is better seen as a block of its own than in a table's cell. */
export function isWide(text: string): boolean {
  return text.length > 200 && fieldsOf(text) !== undefined;
}

/** The block of such a value. */
export function fieldBlock(name: string, text: string, width: number): string {
  const room = width - indent;
  const fields = (fieldsOf(text) ?? [text]).map(escapeControls);
  // What is wider than a third would leave room for one column only.
  const [narrow, wide] = [fields, fields].map((all, i) => all.filter((field) => field.length > room / 3 === (i === 1)));
  const lines = [...grid(narrow ?? [], room), ...(wide ?? []).flatMap((field) => wrap(field, room))];
  return `${bold(name)}\n${lines.map((line) => `${' '.repeat(indent)}${line}\n`).join('')}`;
}
