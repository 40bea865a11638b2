// Makes the skeleton of an option's declaration from what headers say of it, for one tree of the source.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { nearest } from '../src/catalog/distance.ts';
import { options } from '../src/catalog/index.ts';
import type { AnyOption } from '../src/option.ts';
import { catalogFiles, declarationIn, declaredAt, fileWithMost, withDeclaration, withImport } from './catalog-file.ts';
import { accessOf, commentOf, structOf } from './header-hints.ts';
import { headerOf, optionsOf, otherwise, placeOf } from './header-options.ts';
import { type Headers, readHeaders } from './headers.ts';
import { structSkeleton } from './struct-skeleton.ts';
import type { Toolchain } from './toolchain.ts';

/** What is to be written, and what is to be told. */
export interface Skeleton {
  /** Texts by path: the file of the catalogue, and the codec's own where there is a new one. */
  readonly files: ReadonlyMap<string, string>;
  readonly level: string;
  readonly number: number;
  readonly header: string;
  /** Hints for who fills the skeleton in. */
  readonly hints: readonly string[];
}

/** Why there is no skeleton, in words. */
export class NoSkeleton extends Error {}

/** How an option's value is written, what must be imported for it, and a new file with its codec. */
interface Value {
  readonly text: string;
  readonly imported: readonly [name: string, from: string];
  readonly codec?: { readonly path: string; readonly source: string };
  readonly hint?: string;
}

/** The version of the kernel's headers that have this one: an option of theirs is as old, or older. */
function versionOf(path: string, header: string): string {
  const file = `${path.slice(0, -header.length)}linux/version.h`;
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const [major, minor] = ['MAJOR', 'PATCHLEVEL'].map((part) => new RegExp(`_${part} (\\d+)`).exec(text)?.[1]);
  return minor === undefined ? 'the first Linux that has it' : `${major}.${minor} or earlier`;
}

const usesStruct = (option: AnyOption, struct: string): boolean => {
  const { codec, input } = option;
  return [codec, input].some(({ ctype }) => ctype === `struct ${struct}`);
};

/** The value of an option that has a struct: as another option has it, or with a codec of its own. */
function structValue(root: string, struct: string, header: string, headers: Headers): Value {
  const files = catalogFiles(root);
  for (const option of options.filter((one) => usesStruct(one, struct))) {
    const file = files.find(({ entries }) => entries.some(({ name }) => name === option.name));
    const call = file && /^ {2}value: ((\w+)\(.*\)),$/m.exec(declarationIn(file, option.name));
    const [, text, factory] = call ?? [];
    const from =
      file && new RegExp(`^import \\{[^}]*\\b${factory}\\b[^}]*\\} from '([^']+)';`, 'm').exec(file.text)?.[1];
    if (text && factory && from)
      return { text, imported: [factory, from], hint: `struct ${struct}: as ${option.name}` };
  }
  const size = Number(headers.ask([`sizeof(struct ${struct})`]).get(`sizeof(struct ${struct})`));
  const layout = headers.layouts?.get(struct) ?? [];
  const { file, factory, source, open } = structSkeleton(struct, header, layout, size);
  const path = join(root, 'src/codec', file);
  const left = open.length > 0 ? `; bytes for now: ${open.join(', ')}` : '';
  const hint = `struct ${struct} has ${size} bytes: ${path}${left}`;
  if (existsSync(path)) return { text: `${factory}()`, imported: [factory, `../codec/${file}`], hint };
  return { text: `${factory}()`, imported: [factory, `../codec/${file}`], codec: { path, source }, hint };
}

/** How most of some declarations say their level. */
function levelText(declarations: readonly string[], level: string): string {
  const counts = new Map<string, number>();
  for (const text of declarations) {
    const said = /^ {2}level: (.*),$/m.exec(text)?.[1];
    if (said) counts.set(said, (counts.get(said) ?? 0) + 1);
  }
  return [...counts].sort(([, one], [, other]) => other - one)[0]?.[0] ?? `'${level}'`;
}

/** The header that has a name, and its place among the options. */
function placeIn(headers: Headers, name: string, dirs: readonly string[]) {
  const path = headers.names.get(name);
  const all = [...optionsOf(headers.names, dirs).values()].flatMap((found) => [...found.keys()]);
  if (path === undefined) {
    const near = nearest(name, all);
    throw new NoSkeleton(`no header has ${name}${near ? `. Did you mean ${near}?` : ''}`);
  }
  const header = headerOf(path, dirs);
  const place = placeOf(name, path);
  if (place === undefined) {
    throw new NoSkeleton(`${name} is in ${header}, not among the options that scripts/header-levels.ts knows there`);
  }
  const what = otherwise(place, name);
  if (what !== undefined) throw new NoSkeleton(`${name} is no option: ${what}`);
  return { path, place, header };
}

/** The options that stand beside a name: those of its header that have its first word, or else all of its place. */
function besides(headers: Headers, name: string, path: string): Set<string> {
  const place = placeOf(name, path);
  const all = [...headers.names].filter(([one, its]) => placeOf(one, its) === place).map(([one]) => one);
  const alike = all.filter((one) => one !== name && one.split('_')[0] === name.split('_')[0]);
  return new Set(alike.length > 0 ? alike : all);
}

/** The skeleton of an option that headers have and a tree does not. Throws {@link NoSkeleton}. */
export function skeleton(
  root: string,
  name: string,
  toolchain: Toolchain,
  read: () => Headers = () => readHeaders(toolchain),
): Skeleton {
  const files = catalogFiles(root);
  const there = declaredAt(files, name);
  if (there !== undefined) throw new NoSkeleton(`${name} is declared already: ${there}`);
  const headers = read();
  const { path, place, header } = placeIn(headers, name, toolchain.includeDirs);
  const number = Number(headers.ask([name]).get(name) ?? Number.NaN);
  if (Number.isNaN(number)) throw new NoSkeleton(`${name} is no number in ${header}`);
  const home = fileWithMost(files, besides(headers, name, path));
  if (home === undefined)
    throw new NoSkeleton(`no file of src/catalog has options of ${header}: write one, and name it in all.ts`);

  const comment = commentOf(name, path);
  const struct = structOf(name, comment, new Set(headers.layouts?.keys()));
  const value: Value = struct
    ? structValue(root, struct, header, headers)
    : { text: 'int()', imported: ['int', '../codec/scalar.ts'] };
  const level = levelText(
    home.own.map((one) => declarationIn(home.file, one)),
    place.level,
  );
  const declaration = `export const ${name} = option({
  name: '${name}',
  level: ${level},
  access: '${accessOf(name, comment)}',
  value: ${value.text},
  on: { linux: ${number} },
  summary: 'TODO: one sentence that says what it does.',
  man: '${header}',
  since: 'TODO: ${versionOf(path, header)}',
});
`;
  const text = withImport(withDeclaration(home.file, name, declaration), ...value.imported);
  return {
    files: new Map([[home.file.path, text], ...(value.codec ? [[value.codec.path, value.codec.source] as const] : [])]),
    level: place.level,
    number,
    header,
    hints: [
      comment ? `${header} says: ${comment}` : `${header} says nothing of it`,
      ...(value.hint ? [value.hint] : ['no struct is called like it: an int, until the kernel says otherwise']),
    ],
  };
}
