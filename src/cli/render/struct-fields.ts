// The fields of structs in `sockctl explain`: what each is, and what it takes.
import type { FieldText, LayoutText } from '../../codec/fields-text.ts';
import type { Explanation } from '../../explain.ts';
import { bold, cyan } from '../../render/colours.ts';
import { hanging } from '../../render/wrap.ts';

// Longer names and types have the rest of their line to themselves.
const NAME = 26;
const TYPE = 12;

const widest = (texts: readonly string[], most: number): number =>
  Math.max(0, ...texts.map(({ length }) => length).filter((length) => length <= most));

function rows(fields: readonly FieldText[], width: number): string {
  const names = widest(
    fields.map(({ name }) => name),
    NAME,
  );
  const types = widest(
    fields.map(({ type }) => type),
    TYPE,
  );
  return fields
    .map(({ name, type, value }) => {
      // A type whose name says it all is not said twice.
      const what = value === type ? '' : value;
      const text = type.length <= types ? `${type.padEnd(what === '' ? 0 : types)}  ${what}` : `${type}: ${what}`;
      return hanging(`  ${name.padEnd(names)}  `, text.trimEnd(), width).replace(name, () => cyan(name));
    })
    .join('\n');
}

function section(what: string, { type, array, choice, union, fields }: LayoutText, width: number): string {
  const kind = array ? `an array of ${type}` : type;
  const notes = [what, choice && 'one of several', union && 'in the same bytes'].filter(Boolean).join(', ');
  const heading = hanging('Fields of ', `${kind}${notes && ` (${notes})`}`, width);
  return `${heading.replace('Fields', bold)}\n${rows(fields, width)}`;
}

/** A section for each struct that an option takes or gives. */
export function fieldsText({ fields = [], reads = [], asks = [] }: Explanation, width: number): string[] {
  // Many reads are asked with what they fill in.
  const both = asks.length > 0 && asks.every(({ type }, at) => type === (reads[at] ?? fields[at])?.type);
  const given = both ? 'a read is asked with it, and gives it' : 'a read gives it';
  const told: readonly (readonly [string, readonly LayoutText[]])[] = [
    [reads.length > 0 ? 'a set takes it' : both ? given : '', fields],
    [given, reads],
    ['a read is asked with it', both ? [] : asks],
  ];
  return told.flatMap(([what, layouts]) => layouts.map((layout) => section(what, layout, width)));
}
