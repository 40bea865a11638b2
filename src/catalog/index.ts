// Finds options: by name in any case, by words, and what was meant by a typo.
import { hostAbi } from '../codec/abi.ts';
import { type LevelName, levelNumber, levelServes, levelTable } from '../constants/levels.ts';
import { SockctlError, show } from '../errors.ts';
import type { AnyOption, Option } from '../option.ts';
import * as all from './all.ts';
import { distance } from './distance.ts';

/** Every option by its C name, with its types. */
export type Catalog = typeof all;

/** What `apply` takes: the names of options that can be set, each with a value of its own type. */
export type Settings = {
  [Name in keyof Catalog as Catalog[Name] extends Option<infer _Out, infer Access, infer _In, infer _Query>
    ? Access extends 'rw' | 'wo'
      ? Name
      : never
    : never]?: Catalog[Name] extends Option<infer _Out, infer _Access, infer In, infer _Query> ? In : never;
};

/** By level, then by name. No option's declaration is asked for: the levels' files are read when they are used. */
function inOrder(found: readonly AnyOption[]): AnyOption[] {
  const levels = new Map<string, AnyOption[]>(Object.keys(levelTable).map((level) => [level, []]));
  for (const option of found) levels.get(option.level)?.push(option);
  return [...levels.values()].flatMap((own) => own.sort((one, other) => (one.name < other.name ? -1 : 1)));
}

/** Every option of the catalogue, other names of options included: by level, then by name. */
export const options: readonly AnyOption[] = /* @__PURE__ */ inOrder(Object.values(all) as AnyOption[]);

let byName: Map<string, AnyOption> | undefined;

function index(): Map<string, AnyOption> {
  byName ??= new Map(options.map((option) => [option.name, option]));
  return byName;
}

/** IPPROTO_TCP and SOL_TCP are one level. */
function sameLevel(option: AnyOption, level: string): boolean {
  const wanted = level.replace(/^(SOL|IPPROTO)_/, '');
  return option.levels.some((name) => name.replace(/^SOL_/, '') === wanted);
}

/**
 * The option of a name, in any case, with or without its level: `so_rcvbuf`, `SOL_SOCKET.SO_RCVBUF`,
 * `IPPROTO_TCP/TCP_NODELAY`. Undefined where the catalogue has none.
 */
export function lookup(name: string): AnyOption | undefined {
  if (typeof name !== 'string') return undefined;
  const parts = name.trim().toUpperCase().split(/[./:]/);
  const option = index().get(parts.at(-1) ?? '');
  if (option === undefined || parts.length > 2) return undefined;
  return parts.length === 2 && !sameLevel(option, parts[0] ?? '') ? undefined : option;
}

/**
 * The option of a name; an option object passes through.
 * @throws SockctlError ERR_UNKNOWN_OPTION, with the names that were probably meant.
 */
export function get(name: string | AnyOption): AnyOption {
  if (typeof name === 'object' && name !== null && 'declaration' in name) return name;
  const option = lookup(name);
  if (option) return option;
  throw unknownOption(name);
}

/** The error for a name that no option has; `also` is what else may have been meant. */
export function unknownOption(name: unknown, also: readonly string[] = []): SockctlError {
  const meant = [...new Set([...(typeof name === 'string' ? suggest(name) : []), ...also])];
  const hint = meant.length > 0 ? `Did you mean ${meant.join(' or ')}?` : 'Search the names with: sockctl list PATTERN';
  const given = (typeof name === 'string' ? name : show(name)).replace(/[^\x20-\x7e]/g, '?').slice(0, 80);
  return new SockctlError('ERR_UNKNOWN_OPTION', `no option is called ${given || "''"}`, { option: given, hint });
}

/** Which socket and which call a number is seen in; what is not known is left out. */
export interface Seen {
  /** SO_DOMAIN: AF_*. */
  family?: number | undefined;
  /** SO_PROTOCOL: IPPROTO_*, BTPROTO_*, ... */
  protocol?: number | undefined;
  /** Some numbers mean one option when it is read, and another when it is set: 26 is SO_ATTACH_FILTER and SO_GET_FILTER. */
  call?: 'getsockopt' | 'setsockopt' | undefined;
}

/**
 * Levels under whose number Linux has options of another as well: UDP and UDP-Lite are one code, and a raw socket of IPv6
 * has two of its options at its own level too.
 */
const secondLevels: readonly (readonly [at: LevelName, of: LevelName, numbers?: readonly number[]])[] = [
  ['SOL_UDPLITE', 'SOL_UDP'],
  ['SOL_UDP', 'SOL_UDPLITE'],
  // IPV6_CHECKSUM and IPV6_HDRINCL.
  ['SOL_RAW', 'SOL_IPV6', [7, 36]],
];

/** Whether a level's options, or this one of them, have a level number on this system. */
function isAt(name: LevelName, level: number, number: number): boolean {
  if (levelNumber(name) === level) return true;
  return (
    hostAbi.os === 'linux' &&
    secondLevels.some(([at, of, only]) => of === name && levelNumber(at) === level && (only?.includes(number) ?? true))
  );
}

/**
 * The options that a level and a number mean on this system, as system calls have them (6 and 1 is TCP_NODELAY, and
 * L2CAP_OPTIONS on a Bluetooth socket). With what is known of the socket and of the call there is one at most.
 */
export function optionsAt(level: number, number: number, { family, protocol, call }: Seen = {}): AnyOption[] {
  if (number < 0) return [];
  const serves = (name: LevelName): boolean => isAt(name, level, number) && levelServes(name, family, protocol);
  return options.filter((option) => {
    if (option.aliasOf !== undefined || !option.levels.some(serves) || option.number !== number) return false;
    if (option.access === 'none') return false;
    if (call === undefined || option.access === 'rw') return true;
    return option.access === (call === 'getsockopt' ? 'ro' : 'wo');
  });
}

/** The level and the number of `6/1`, `0x6/0x1` or `SOL_TCP/1`; undefined where a text is nothing of the kind. */
export function levelAndNumber(text: string): readonly [level: string, number: string] | undefined {
  const [, level, number] = /^(\w+)[/:.](0x[0-9a-f]+|\d+)$/i.exec(text.trim()) ?? [];
  return level === undefined || number === undefined ? undefined : [level, number];
}

/** What `6/1`, `0x6/0x1` or `SOL_TCP/1` means, as traces of system calls have it. */
export function numbered(text: string): AnyOption[] {
  const [level, number] = levelAndNumber(text) ?? [];
  if (level === undefined) return [];
  if (/^\d/.test(level)) return optionsAt(Number(level), Number(number));
  const names = [level, `SOL_${level}`, `AF_${level}`].map((name) => name.toUpperCase().replace(/^IPPROTO_/, 'SOL_'));
  const named = names.find((name) => Object.hasOwn(levelTable, name)) as LevelName | undefined;
  const at = named && levelNumber(named);
  if (named === undefined || at === undefined) return [];
  return optionsAt(at, Number(number)).filter(({ levels }) => levels.includes(named));
}

const bare = (name: string): string =>
  name
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '')
    .replace(/^(SOL|SO|TCP|UDP|IPV6|IP|MCAST)/, '');

/** Up to three names that a misspelt one, or a level and a number, probably means; empty where nothing is near. */
export function suggest(name: string): string[] {
  if (typeof name !== 'string') return [];
  const known = numbered(name.slice(0, 64));
  if (known.length > 0) return known.slice(0, 3).map(({ name: real }) => real);
  const typed = name.trim().toUpperCase().slice(0, 64).split(/[./:]/).at(-1) ?? '';
  const short = bare(typed);
  const near = options
    .map(({ name: real }) => {
      if (short !== '' && bare(real) === short) return { real, far: 0.5 };
      return { real, far: Math.min(distance(typed, real), distance(short, bare(real)) + 1) };
    })
    .filter(({ real, far }) => far <= Math.max(1, Math.min(3, Math.floor(real.length / 4))))
    .sort((a, b) => a.far - b.far || a.real.length - b.real.length);
  const best = near[0]?.far ?? 0;
  return near
    .filter(({ far }) => far <= best + 1)
    .slice(0, 3)
    .map(({ real }) => real);
}

/** Options whose name, summary or notes have all the words; the best match first. */
export function search(text: string): AnyOption[] {
  if (typeof text !== 'string') return [];
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const score = (option: AnyOption): number => {
    const { name, aliasOf, declaration } = option;
    let total = 0;
    for (const word of words) {
      if (name.toLowerCase() === word) total += 100;
      else if (name.toLowerCase().includes(word)) total += 10;
      else if (declaration.summary.toLowerCase().includes(word)) total += 3;
      else if ([...(declaration.notes ?? []), declaration.instead ?? ''].join(' ').toLowerCase().includes(word))
        total += 1;
      else return 0;
    }
    return total - (aliasOf ? 0.5 : 0);
  };
  return options
    .map((option) => ({ option, points: score(option) }))
    .filter(({ points }) => points > 0)
    .sort((a, b) => b.points - a.points)
    .map(({ option }) => option);
}
