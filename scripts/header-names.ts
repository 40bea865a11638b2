// Reads which constants headers define, and where: macros and enumerators, in one run of the preprocessor.
import { spawnSync } from 'node:child_process';
import type { Toolchain } from './toolchain.ts';

/** What stands in front of every question: the headers' own switches. */
export const compilerFlags = ({ flags, includeDirs }: Toolchain): string[] => [
  ...flags,
  '-D_GNU_SOURCE',
  '-w',
  ...includeDirs.flatMap((dir) => ['-isystem', dir]),
];

const includesOf = (headers: readonly string[]): string => headers.map((name) => `#include <${name}>\n`).join('');

/** The text that the preprocessor makes of headers, with their macros, or undefined where one of them is missing. */
export function preprocessed(toolchain: Toolchain, headers: readonly string[]): string | undefined {
  const { status, stdout } = spawnSync(toolchain.command, ['-E', '-dD', ...compilerFlags(toolchain), '-x', 'c', '-'], {
    input: includesOf(headers),
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  return status === 0 ? stdout : undefined;
}

/** The headers of a list that are there, in its order. */
export function available(toolchain: Toolchain, headers: readonly string[]): string[] {
  if (preprocessed(toolchain, headers) !== undefined) return [...headers];
  return headers.filter((header) => preprocessed(toolchain, [header]) !== undefined);
}

/** The names in a list of enumerators, without their values. */
function enumerators(text: string): string[] {
  return text.split(',').flatMap((part) => /^\s*([A-Za-z_]\w*)/.exec(part)?.[1] ?? []);
}

/** The path of the header that defines each constant. Macros with arguments and empty ones are none. */
export function namesIn(toolchain: Toolchain, headers: readonly string[]): Map<string, string> {
  const found = new Map<string, string>();
  const there = available(toolchain, headers);
  let path = '';
  /** What stands in an open list of enumerators; undefined outside of one. */
  let list: string | undefined;
  const close = (): void => {
    for (const name of enumerators(list ?? '')) if (!found.has(name)) found.set(name, path);
    list = undefined;
  };
  for (const line of preprocessed(toolchain, there)?.split('\n') ?? []) {
    const place = /^# \d+ "([^"]*)"/.exec(line)?.[1];
    if (place !== undefined) path = place;
    const macro = /^#define (\w+) \S/.exec(line)?.[1];
    if (macro !== undefined && !found.has(macro)) found.set(macro, path);
    if (line.startsWith('#')) continue;
    const opened = /\benum\b[^;{]*\{(.*)$/.exec(line) ?? (/^\s*enum\b[^;{]*$/.test(line) ? ['', ''] : undefined);
    const text = list === undefined ? opened?.[1] : line.replace(/^\s*\{/, '');
    if (text === undefined) continue;
    list = `${list ?? ''} ${text.split('}')[0]}`;
    if (text.includes('}')) close();
    else if (text.includes(';')) list = undefined;
  }
  return found;
}
