// Numbers over time in one line: sparklines.

const blocks = [...'▁▂▃▄▅▆▇█'];
const ascii = [...'_.-=+*#@'];

/** Whether the terminal shows more than ASCII, by the locale. */
export function isUtf8({ LC_ALL, LC_CTYPE, LANG }: NodeJS.ProcessEnv = process.env): boolean {
  return /utf-?8/i.test(LC_ALL || LC_CTYPE || LANG || '');
}

/** The last values, as many as there is room; a gap where one is not known. From 0, or `least`, to `most`. */
export function spark(values: readonly (number | undefined)[], room: number, utf8: boolean, most?: number): string {
  const shown = values.slice(-room);
  const signs = utf8 ? blocks : ascii;
  const top = most ?? Math.max(0, ...shown.map((value) => value ?? 0));
  const line = shown.map((value) => {
    if (value === undefined) return ' ';
    const height = top > 0 ? Math.min(1, Math.max(0, value) / top) : 0;
    return signs[Math.round(height * (signs.length - 1))];
  });
  return line.join('').padStart(room);
}
