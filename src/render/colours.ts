// Colours, on a terminal that wants them.

function enabled(): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
  if (NO_COLOR) return false;
  if (FORCE_COLOR !== undefined) return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false';
  return process.stdout.isTTY === true && TERM !== 'dumb';
}

export type Paint = (text: string) => string;

const on = enabled();
const paint =
  (open: number, close: number): Paint =>
  (text) =>
    on && text !== '' ? `\x1b[${open}m${text}\x1b[${close}m` : text;

export const bold: Paint = paint(1, 22);
export const dim: Paint = paint(2, 22);
export const red: Paint = paint(31, 39);
export const green: Paint = paint(32, 39);
export const yellow: Paint = paint(33, 39);
export const cyan: Paint = paint(36, 39);
