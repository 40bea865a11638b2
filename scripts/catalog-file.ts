// The files of the catalogue as text: which one has an option, and where a new one goes.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Entry {
  readonly name: string;
  /** The option whose other name it is. */
  readonly of: string | undefined;
  /** Where its own lines begin and end, a comment right above included. */
  readonly start: number;
  readonly end: number;
}

/** One file of src/catalog/. */
export interface CatalogFile {
  readonly path: string;
  readonly text: string;
  readonly entries: readonly Entry[];
}

function entriesOf(text: string): Entry[] {
  return [...text.matchAll(/^export const ([A-Z]\w*) = (?:alias\(\s*'\w+',\s*(\w+)|\w+[(<])/gm)].map((match) => {
    const start = text.lastIndexOf('\n\n', match.index) + 2;
    const end = text.indexOf('\n\n', match.index);
    const of = match[2] ?? /^ {2}aliasOf: '(\w+)'/m.exec(text.slice(start, end))?.[1];
    return { name: match[1] as string, of, start, end: end < 0 ? text.length : end + 1 };
  });
}

/** The files of the catalogue of a tree that declare options. */
export function catalogFiles(root: string): CatalogFile[] {
  const folder = join(root, 'src/catalog');
  return readdirSync(folder)
    .map((file) => join(folder, file))
    .map((path) => ({ path, text: readFileSync(path, 'utf8') }))
    .map(({ path, text }) => ({ path, text, entries: entriesOf(text) }))
    .filter(({ entries }) => entries.length > 0);
}

/** Where an option is declared, as `FILE:LINE`; undefined where it is not. */
export function declaredAt(files: readonly CatalogFile[], name: string): string | undefined {
  for (const { path, text, entries } of files) {
    const entry = entries.find((one) => one.name === name);
    if (entry) return `${path}:${text.slice(0, text.indexOf(`export const ${name} `, entry.start)).split('\n').length}`;
  }
  return undefined;
}

/** The lines of an option's declaration; empty where the file does not have it. */
export function declarationIn({ text, entries }: CatalogFile, name: string): string {
  const entry = entries.find((one) => one.name === name);
  return entry === undefined ? '' : text.slice(entry.start, entry.end);
}

/** The file that has most of some names, and those of them that it has. */
export function fileWithMost(files: readonly CatalogFile[], names: ReadonlySet<string>) {
  const counted = files.map((file) => ({
    file,
    own: file.entries.filter((entry) => entry.of === undefined && names.has(entry.name)).map(({ name }) => name),
  }));
  const [most] = counted.sort((one, other) => other.own.length - one.own.length);
  return most && most.own.length > 0 ? most : undefined;
}

/** A file's text with one declaration more: before its other names, and the first option whose name comes later. */
export function withDeclaration({ text, entries }: CatalogFile, name: string, declaration: string): string {
  const next = entries.find((entry) => entry.of === name || (entry.of === undefined && entry.name > name));
  if (next === undefined) return `${text.trimEnd()}\n\n${declaration}`;
  return `${text.slice(0, next.start)}${declaration}\n${text.slice(next.start)}`;
}

/** A file's text with a name imported: beside others from there, or in a line of its own, in order. */
export function withImport(text: string, name: string, from: string): string {
  const imports = [...text.matchAll(/^import (?:type )?\{([^}]*)\} from '([^']+)';$/gm)];
  const same = imports.find(([line, , its]) => its === from && !line.startsWith('import type'));
  const names = (same?.[1] ?? '').split(',').map((one) => one.trim());
  if (names.includes(name)) return text;
  const line = `import { ${[...names, name].filter(Boolean).sort().join(', ')} } from '${from}';`;
  if (same) return text.replace(same[0], line);
  const next = imports.find(([, , its]) => (its as string) > from) ?? imports.at(-1);
  return next === undefined ? text : text.replace(next[0], `${line}\n${next[0]}`);
}
