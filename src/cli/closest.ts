// The word that a typo of a verb, a kind or a flag was probably meant to be.
import { nearest } from '../catalog/distance.ts';

/** The nearest of some words, where one is near; a word that the typed one begins counts as near. */
export function closest(typed: string, words: readonly string[]): string | undefined {
  const wanted = typed.toLowerCase().slice(0, 40);
  const begun = wanted === '' ? undefined : words.find((word) => word.toLowerCase().startsWith(wanted));
  return begun ?? nearest(typed, words);
}
