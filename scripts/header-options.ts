// Which constants of the headers are options, by level.
import * as constants from '../src/constants/index.ts';
import { type OptionNames, optionNames } from './header-levels.ts';

const has = ({ headers, prefix }: OptionNames, name: string, path: string): boolean =>
  prefix.test(name) && headers.some((end) => path.endsWith(end));

/** What a name is instead of an option: a pattern says so, or it is a constant of ours. */
function otherwise({ others = {} }: OptionNames, name: string): boolean {
  return name in constants || Object.values(others).some((pattern) => pattern.test(name));
}

/** The place that a header's constant has among the options, by its header and prefix. */
export function placeOf(name: string, path: string): OptionNames | undefined {
  return optionNames.find((place) => has(place, name, path));
}

/** Options by level: each name with the path of its header. */
export function optionsOf(names: ReadonlyMap<string, string>): Map<string, Map<string, string>> {
  const found = new Map<string, Map<string, string>>();
  for (const [name, path] of names) {
    const place = placeOf(name, path);
    if (place === undefined || otherwise(place, name)) continue;
    const ofLevel = found.get(place.level) ?? new Map<string, string>();
    found.set(place.level, ofLevel.set(name, path.replace(/^.*\/(include|lib\/gcc\/[^/]+\/[^/]+\/include)\//, '')));
  }
  return found;
}
