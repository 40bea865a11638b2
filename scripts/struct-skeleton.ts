// Writes the skeleton of a struct's codec from the layout that C gives it.
import type { Leaf } from './dwarf.ts';

/** A codec's source, and what its file and its function are called. */
export interface StructSkeleton {
  readonly file: string;
  readonly factory: string;
  readonly source: string;
  /** Fields that are bytes for now: arrays, and structs within. */
  readonly open: readonly string[];
}

interface Field {
  readonly name: string;
  readonly type: 'number' | 'bigint' | 'Uint8Array';
  readonly place: string;
}

const pascal = (name: string): string => name.replace(/(?:^|_)(\w)/g, (_, letter: string) => letter.toUpperCase());
const isPadding = (name: string): boolean => /^_*(pad|reserved|res|unused)\w*$/.test(name);

/** The field that some leaves of one name make. */
function fieldOf(name: string, leaves: readonly Leaf[]): Field {
  const [first] = leaves as [Leaf];
  const offset = Math.min(...leaves.map((leaf) => leaf.offset));
  const bytes = Math.max(...leaves.map((leaf) => leaf.offset + leaf.bytes)) - offset;
  const single = leaves.length === 1 && first.path === name && !first.loose;
  if (single && bytes === 8) return { name, type: 'bigint', place: `big(${offset})` };
  if (single && [1, 2, 4].includes(bytes)) {
    const signed = bytes === 4 ? `at(${offset}, int())` : `at(${offset}, sized(int(), 's${bytes * 8}'))`;
    return { name, type: 'number', place: first.signed ? signed : `number(${offset}, ${bytes})` };
  }
  return { name, type: 'Uint8Array', place: `at(${offset}, bytes({ size: ${bytes} }))` };
}

/** The skeleton of a struct that has this layout and size, from a header. */
export function structSkeleton(struct: string, header: string, layout: readonly Leaf[], size: number): StructSkeleton {
  const byName = new Map<string, Leaf[]>();
  for (const leaf of layout) {
    const name = leaf.path.split(/[.[]/)[0] as string;
    if (name !== '' && !isPadding(name)) byName.set(name, [...(byName.get(name) ?? []), leaf]);
  }
  const fields = [...byName].map(([name, leaves]) => fieldOf(name, leaves));
  const uses = (word: string): boolean => fields.some(({ place }) => new RegExp(`\\b${word}\\(`).test(place));
  const from = (module: string, names: readonly string[]): string[] => {
    const used = names.filter((name) => name === 'layout' || uses(name));
    return used.length > 0 ? [`import { ${used.join(', ')} } from './${module}.ts';`] : [];
  };
  const type = pascal(struct);
  const factory = type.replace(/^./, (letter) => letter.toLowerCase());
  const source = [
    `// struct ${struct}. TODO: what it tells or takes.`,
    ...from('bytes', ['bytes']),
    ...from('layout', ['at', 'big', 'layout', 'number']),
    ...from('scalar', ['int']),
    ...from('sized', ['sized']),
    '',
    `/** TODO: what struct ${struct} is, and what each field means (${header}). */`,
    `export interface ${type} {`,
    ...fields.map((field) => `  ${field.name}: ${field.type};`),
    '}',
    '',
    `/** The codec of struct ${struct}. */`,
    `export function ${factory}() {`,
    `  return layout<${type}>({`,
    `    ctype: 'struct ${struct}',`,
    `    size: ${size},`,
    `    fields: { ${fields.map((field) => `${field.name}: ${field.place}`).join(', ')} },`,
    '  });',
    '}',
    '',
  ];
  const open = fields.filter((field) => field.type === 'Uint8Array').map(({ name }) => name);
  return { file: `${struct.replaceAll('_', '-')}.ts`, factory, source: source.join('\n'), open };
}
