// Compares every part of a codec's value, also within arrays and structs inside of structs, with C's layout.
import { isUnread, oneOfMany } from './c-names.ts';
import type { Leaf } from './dwarf.ts';
import type { Span } from './spans.ts';

const end = ({ offset, bytes }: Leaf): number => offset + bytes - 1;

/** What is wrong with where a part lies; undefined where a number, a text or several whole fields lie there. */
function fault({ first, last }: Span, layout: readonly Leaf[]): string | undefined {
  const start = layout.find((leaf) => leaf.offset <= first && end(leaf) >= first);
  if (start === undefined) return 'in padding';
  if (start.loose) return undefined;
  if (start.offset !== first) return `within ${start.path}, which begins at ${start.offset}`;
  const stop = layout.find((leaf) => leaf.offset <= last && end(leaf) >= last);
  // A text need not depend on its last bytes.
  if (stop === undefined) return 'up to padding';
  if (stop.loose || stop.bytes > 8 || end(stop) === last) return undefined;
  return `up to the middle of ${stop.path}, which ends at ${end(stop)}`;
}

/** Compares parts of a struct. What lies behind the struct is the list that it ends with. */
export function compareLayout(
  name: string,
  parts: ReadonlyMap<string, Span>,
  layout: readonly Leaf[],
  size: number,
): { checked: number; wrong: string[] } {
  const within = [...parts].filter(([path, { first }]) => first < size && !oneOfMany.has(`${name}.${path}`));
  const wrong = within.flatMap(([path, span]) => {
    const what = fault(span, layout);
    return what === undefined ? [] : [`${path} lies in bytes ${span.first} to ${span.last}, ${what}`];
  });
  return { checked: within.length, wrong };
}

/** What only fills up, or is kept for later. */
const isFiller = ({ path }: Leaf): boolean => /pad|reserved|unused|^_|\._/i.test(path);

/** The field of C that lies where a part does; undefined where C only fills up there, or has ended. */
export function fieldAt({ first }: Span, layout: readonly Leaf[]): Leaf | undefined {
  return layout.find((leaf) => leaf.offset <= first && end(leaf) >= first && !isFiller(leaf));
}

/** Fields of C that no part of a value comes from. */
export function unreadIn(name: string, spans: readonly Span[], layout: readonly Leaf[]): string[] {
  return layout
    .filter((leaf) => !spans.some(({ first, last }) => first <= end(leaf) && last >= leaf.offset))
    .filter((leaf) => !isFiller(leaf) && !isUnread(name, leaf.path.replace(/\[\d+\]/g, '')))
    .map((leaf) => `no part of the value comes from ${leaf.path}, in bytes ${leaf.offset} to ${end(leaf)}`);
}
