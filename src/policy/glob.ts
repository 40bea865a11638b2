// Globs: `*` for a part of a name, `**` for any number of folders.

const literal = (text: string): string => text.replace(/[.+?^${}()|[\]\\/-]/g, '\\$&');

/**
 * A glob over paths: `*` is anything but a slash, `**` anything at all; as a folder of its own `**` is also no folder.
 * Every other sign stands for itself.
 */
export function pathGlob(pattern: string): RegExp {
  const parts = pattern.split(/((?<=^|\/)\*{2,}\/|\*{2,}|\*)/).map((part) => {
    if (/^\*{2,}\/$/.test(part)) return '(?:.*\\/)?';
    if (/^\*{2,}$/.test(part)) return '.*';
    return part === '*' ? '[^/]*' : literal(part);
  });
  return new RegExp(`^${parts.join('')}$`, 's');
}

/** A glob over host names: `*` is anything, dots included; upper and lower case are the same. */
export function hostGlob(pattern: string): RegExp {
  const parts = pattern.replace(/\.$/, '').split(/\*+/).map(literal);
  return new RegExp(`^${parts.join('.*')}$`, 'is');
}
