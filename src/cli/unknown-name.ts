// What `explain` says of a word that is neither an option nor a topic: what was probably meant.
import { levelAndNumber, lookup, numbered, unknownOption } from '../catalog/index.ts';
import { SockctlError } from '../errors.ts';
import { topics } from '../guide/index.ts';
import { closest } from './closest.ts';
import { levelsNamed } from './list-filters.ts';
import { usage } from './usage.ts';

/** The levels of a word; empty where it is none. */
function levelsOf(word: string): readonly string[] {
  try {
    return levelsNamed(word);
  } catch (error) {
    if (error instanceof SockctlError) return [];
    throw error;
  }
}

/** The error for one of the words that were typed. */
export function unknownName(words: readonly string[], word: string): SockctlError {
  const [level, number] = levelAndNumber(word) ?? [];
  if (level !== undefined) {
    // What is no level says so itself.
    const names = levelsNamed(level).join(', ');
    return usage(
      `level ${level} (${names}) has no option ${number}`,
      `What it has: sockctl list --level ${level} --all`,
    );
  }
  if (words.length > 1) {
    // `6 1`, as it stands in a trace; `so rcvbuf`.
    const meant = numbered(words.join('/'))[0] ?? lookup(words.join('_'));
    if (meant) return unknownOption(words.join(' '), [meant.name]);
  }
  const levels = levelsOf(word);
  if (levels.length > 0) {
    return usage(
      `${word} is a level${levels.includes(word) ? '' : ` (${levels.join(', ')})`}`,
      `Its options: sockctl list --level ${word}`,
    );
  }
  const typed = words.join('-');
  const names = topics().flatMap(({ name, words: others }) => [name, ...others]);
  const topic = typed.length > 3 ? closest(typed, names) : undefined;
  return unknownOption(word, topic === undefined ? [] : [`the topic ${topic}`]);
}
