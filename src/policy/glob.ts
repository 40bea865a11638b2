// Globs: `*` for a part of a name, `**` for any number of folders.

const literal = (text: string): string => text.replace(/[.+?^${}()|[\]\\/-]/g, '\\$&');

/** What may stand in front of a piece of a pattern: as little of it as will do, and as much as there is. */
interface Gap {
  readonly least: string;
  readonly most: string;
}

const anything: Gap = { least: '.*?', most: '.*' };
const folders: Gap = { least: '(?:.*?\\/)??', most: '(?:.*\\/)?' };
const within: Gap = { least: '[^/]*?', most: '[^/]*' };

/**
 * The pieces of a pattern, in their order, with a gap in front of all but the first. Each gap but the last is as short
 * as it can be, and is never tried anew: the gap behind takes what this one leaves. So the time is that of a few passes
 * over the text, where plain `.*` would need a pass for every combination of gaps.
 */
class Pieces {
  readonly #first: string;
  readonly #rest: { readonly gap: Gap; readonly piece: string }[] = [];

  constructor(first: string) {
    this.#first = first;
  }

  add(gap: Gap, piece: string): void {
    this.#rest.push({ gap, piece });
  }

  /** @param to what is behind the last piece: the end of the text, or nothing where another gap follows */
  source(to: '$' | '', names: { next: number }): string {
    const last = to === '$' ? this.#rest.length - 1 : this.#rest.length;
    const found = this.#rest.map(({ gap, piece }, at) => {
      if (at === last) return gap.most + piece;
      const name = `g${names.next++}`;
      return `(?=(?<${name}>${gap.least}${piece}))\\k<${name}>`;
    });
    return this.#first + found.join('') + to;
  }
}

/**
 * A glob over paths: `*` is anything but a slash, `**` anything at all; as a folder of its own `**` is also no folder.
 * Every other sign stands for itself.
 */
export function pathGlob(pattern: string): RegExp {
  const names = { next: 0 };
  const [first = '', ...rest] = pattern.split(/((?<=^|\/)\*{2,}\/|\*{2,})/);
  const piecesOf = (text: string): Pieces => {
    const [head = '', ...parts] = text.split('*').map(literal);
    const pieces = new Pieces(head);
    for (const part of parts) pieces.add(within, part);
    return pieces;
  };
  const whole = new Pieces(piecesOf(first).source(rest.length > 0 ? '' : '$', names));
  for (let at = 0; at < rest.length; at += 2) {
    const isLast = at + 2 === rest.length;
    const gap = rest[at]?.endsWith('/') ? folders : anything;
    whole.add(gap, piecesOf(rest[at + 1] as string).source(isLast ? '$' : '', names));
  }
  return new RegExp(`^${whole.source('$', names)}`, 's');
}

/** A glob over host names: `*` is anything, dots included; upper and lower case are the same. */
export function hostGlob(pattern: string): RegExp {
  const [first = '', ...rest] = pattern.replace(/\.$/, '').split(/\*+/).map(literal);
  const pieces = new Pieces(first);
  for (const piece of rest) pieces.add(anything, piece);
  return new RegExp(`^${pieces.source('$', { next: 0 })}`, 'is');
}
