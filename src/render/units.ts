// Numbers as people read them: `1.2 MB`, `310 us`, `62%`.

/** Three digits at most, without zeros at the end. */
function digits(value: number): string {
  if (Math.abs(value) >= 99.95) return String(Math.round(value));
  return value.toFixed(Math.abs(value) >= 9.995 ? 1 : 2).replace(/\.?0+$/, '');
}

const prefixes = ['', 'k', 'M', 'G', 'T', 'P', 'E'];

/** With a prefix of 1000: `950 B`, `1.2 MB`. */
export function scaled(value: number, unit: string): string {
  let at = 0;
  let rest = value;
  while (Math.abs(rest) >= 999.5 && at < prefixes.length - 1) {
    rest /= 1000;
    at++;
  }
  return `${at === 0 ? String(Math.round(rest)) : digits(rest)} ${prefixes[at]}${unit}`;
}

export const inBytes = (value: number): string => scaled(value, 'B');
export const inRate = (value: number): string => scaled(value, 'B/s');

/** A time: `310 us`, `41.5 ms`, `12 s`, `15 min`. */
export function inTime(us: number): string {
  if (us === 0) return '0 s';
  if (us < 999.5) return `${Math.round(us)} us`;
  if (us < 999_500) return `${digits(us / 1000)} ms`;
  if (us < 119_500_000) return `${digits(us / 1e6)} s`;
  if (us < 7_170_000_000) return `${Math.round(us / 60e6)} min`;
  return `${digits(us / 3600e6)} h`;
}

/** A part of a whole: `62%`, `0.4%`. */
export function inPercent(part: number): string {
  const percent = part * 100;
  return `${percent === 0 || percent >= 9.95 ? Math.round(percent) : digits(Number(percent.toPrecision(2)))}%`;
}
