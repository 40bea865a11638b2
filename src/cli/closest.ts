// The word that a typo of a verb, a kind or a flag was probably meant to be.

/** Letters to insert, drop, replace or swap with their neighbour. */
function distance(a: string, b: string): number {
  const rows = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  const at = (i: number, j: number): number => rows[i]?.[j] ?? Number.POSITIVE_INFINITY;
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    rows.push(row);
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      const swapped = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? at(i - 2, j - 2) + 1 : Number.POSITIVE_INFINITY;
      row.push(Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + same, swapped));
    }
  }
  return at(a.length, b.length);
}

/** The nearest of some words, where one is near; a word that the typed one begins counts as near. */
export function closest(typed: string, words: readonly string[]): string | undefined {
  const wanted = typed.toLowerCase().slice(0, 40);
  const begun = wanted === '' ? undefined : words.find((word) => word.toLowerCase().startsWith(wanted));
  if (begun !== undefined) return begun;
  const far = words.map((word) => ({ word, by: distance(wanted, word.toLowerCase()) })).sort((a, b) => a.by - b.by)[0];
  return far && far.by <= Math.max(1, Math.floor(far.word.length / 3)) ? far.word : undefined;
}
