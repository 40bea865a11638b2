// Times on the command line: `90s`, `10m`.

/** ms that a timer of the runtime can wait at most. */
export const LONGEST = 2 ** 31 - 1;

/**
 * A time in ms; undefined where it is none.
 * @param units ms by the words that the flag takes
 * @param bare the unit of a number that stands alone; without it a unit is required
 */
export function millisecondsOf(text: string, units: Readonly<Record<string, number>>, bare = ''): number | undefined {
  const [, amount, unit] = /^(\d+(?:\.\d+)?)([a-z]*)$/.exec(text) ?? [];
  const word = unit || bare;
  if (amount === undefined || !Object.hasOwn(units, word)) return undefined;
  return Math.round(Number(amount) * (units[word] as number));
}
