// Lines of a given width: at spaces, within long values at their own marks, and else anywhere.

// Where a long value is broken, the best first: between fields, between flags, within a path or a name.
const marks = [',', '|', '/', '=', '_'];

/** The first part of a word that is too long: up to a mark that separates values, or just what fits. */
function head(word: string, room: number): string {
  const fits = word.slice(0, room);
  const at = marks.map((mark) => fits.lastIndexOf(mark)).find((found) => found >= room / 3);
  const part = at === undefined ? fits : fits.slice(0, at + 1);
  // Never between the halves of a character.
  return /[\ud800-\udbff]$/.test(part) && part.length > 1 ? part.slice(0, -1) : part;
}

/** Breaks text into lines of at most `room` characters. One empty line for an empty text. */
export function wrap(text: string, room: number): string[] {
  const space = Math.max(room, 8);
  if (text.length <= space) return [text];
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    let rest = word;
    const joined = line === '' ? rest : `${line} ${rest}`;
    if (joined.length <= space) {
      line = joined;
      continue;
    }
    if (line !== '') lines.push(line);
    while (rest.length > space) {
      const part = head(rest, space);
      lines.push(part);
      rest = rest.slice(part.length);
    }
    line = rest;
  }
  return [...lines, line];
}

/** A paragraph behind a first mark (`- `, `Type   `), its other lines indented as far. */
export function hanging(mark: string, text: string, room: number): string {
  const indent = ' '.repeat(mark.length);
  return wrap(text, room - mark.length)
    .map((line, i) => `${i === 0 ? mark : indent}${line}`.trimEnd())
    .join('\n');
}
