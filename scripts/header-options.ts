// Which constants of the headers are options, by level.
import * as constants from '../src/constants/index.ts';
import { type OptionNames, optionNames } from './header-levels.ts';

const has = ({ headers, prefix }: OptionNames, name: string, path: string): boolean =>
  prefix.test(name) && headers.some((end) => path.endsWith(end));

/** What a name is instead of an option, in words: a pattern says so, or it is a constant of ours. */
export function otherwise({ others = {} }: OptionNames, name: string): string | undefined {
  if (name in constants) return 'a constant of src/constants/';
  return Object.entries(others).find(([, pattern]) => pattern.test(name))?.[0];
}

/** The place that a header's constant has among the options, by its header and prefix. */
export function placeOf(name: string, path: string): OptionNames | undefined {
  return optionNames.find((place) => has(place, name, path));
}

/** A header as programs include it, from its path; `dirs` are searched before the compiler's own folders. */
export function headerOf(path: string, dirs: readonly string[]): string {
  const dir = dirs.find((one) => path.startsWith(`${one}/`));
  if (dir !== undefined) return path.slice(dir.length + 1);
  return path.replace(/^.*\/(include|lib\/gcc\/[^/]+\/[^/]+\/include)\//, '');
}

/** Options by level: each name with its header. */
export function optionsOf(
  names: ReadonlyMap<string, string>,
  dirs: readonly string[],
): Map<string, Map<string, string>> {
  const found = new Map<string, Map<string, string>>();
  for (const [name, path] of names) {
    const place = placeOf(name, path);
    if (place === undefined || otherwise(place, name) !== undefined) continue;
    const ofLevel = found.get(place.level) ?? new Map<string, string>();
    found.set(place.level, ofLevel.set(name, headerOf(path, dirs)));
  }
  return found;
}
