// What narrows `sockctl list` down: flags, and which options each of them keeps.
import { type Abi, abis, hostAbi, onPlatform } from '../codec/abi.ts';
import { type Kind, kinds } from '../constants/kinds.ts';
import { type LevelName, levelNumber, levelTable } from '../constants/levels.ts';
import { closest } from './closest.ts';
import { choose, type Flag, type Request } from './command.ts';
import { accessOf, forms, type Listed } from './listing.ts';
import { usage } from './usage.ts';

const levels = Object.keys(levelTable) as LevelName[];
const accesses = ['rw', 'ro', 'wo', 'none'] as const;

export const listFlags = {
  level: { about: 'only this level', short: 'l', value: 'LEVEL', choices: levels },
  type: {
    about: 'only values of this form (bool, int, enum, flags, struct, ...) or of this C type (timeval)',
    short: 't',
    value: 'TYPE',
    choices: forms,
  },
  access: { about: 'only rw (read and write), ro, wo or none', value: 'ACCESS', choices: accesses },
  kind: { about: 'only options that this kind of socket has', short: 'k', value: 'KIND', choices: kinds },
  platform: {
    about: 'options and numbers of this system instead of this machine: darwin, linux-ppc64, ...',
    short: 'p',
    value: 'SYSTEM',
    choices: Object.keys(abis),
  },
  since: { about: 'only options that came with this Linux or a later one', value: 'VERSION' },
  needs: { about: 'only options that need a privilege: a capability, or any', value: 'CAPABILITY' },
  all: { about: 'also names that exist but cannot be used, and those of other systems', short: 'a' },
} as const satisfies Readonly<Record<string, Flag>>;

const bare = (level: string): string => level.toUpperCase().replace(/^(SOL|IPPROTO|AF)_/, '');

/**
 * SOL_TCP, IPPROTO_TCP and tcp name one level; vsock has its family's name. A number may be several levels.
 * @throws SockctlError ERR_USAGE
 */
export function levelsNamed(typed: string, abi: Abi = hostAbi): readonly LevelName[] {
  const wanted = bare(typed);
  const numbered = /^(0x[0-9a-f]+|\d+)$/i.test(typed);
  const found = levels.filter((level) =>
    numbered ? levelNumber(level, abi) === Number(typed) : bare(level) === wanted,
  );
  if (found.length > 0) return found;
  const meant = numbered ? undefined : closest(wanted, levels.map(bare));
  throw usage(
    `there is no level ${typed}`,
    `${meant ? `Did you mean ${meant.toLowerCase()}? ` : ''}One of: ${levels.join(', ')}`,
  );
}

/** The numbers of a version, so that 5.10 comes after 5.9; `<=6.1` and words have none. */
function versionOf(text: string): readonly number[] | undefined {
  return /^\d+(\.\d+){0,3}$/.test(text) ? text.split('.').map(Number) : undefined;
}

function isAtLeast(version: readonly number[], least: readonly number[]): boolean {
  for (const [at, part] of least.entries()) {
    const own = version[at] ?? 0;
    if (own !== part) return own > part;
  }
  return true;
}

type Test = (one: Listed) => boolean;

/** What other languages call a form. */
const sameForm: Readonly<Record<string, string>> = { boolean: 'bool', integer: 'int', number: 'int', string: 'text' };

function byType(wanted: string, all: readonly Listed[]): Test {
  const typed = wanted.trim().toLowerCase();
  const word = Object.hasOwn(sameForm, typed) ? sameForm[typed] : typed;
  const known = forms.find((form) => form === word);
  if (known) return ({ form }) => form === known;
  const test: Test = ({ type }) => [word, `struct ${word}`].includes(type.toLowerCase());
  if (all.some(test)) return test;
  const types = [...new Set(all.map(({ type }) => type.replace(/^struct /, '')))];
  const meant = closest(typed, [...forms, ...types]);
  throw usage(
    `--type: no option has the type ${wanted}`,
    `${meant ? `Did you mean ${meant}? ` : ''}It takes ${forms.join(', ')}, or a C type such as timeval`,
  );
}

function bySince(wanted: string): Test {
  const least = versionOf(wanted.trim().replace(/^v/, ''));
  if (!least) throw usage(`--since takes a version of Linux such as 5.10, got ${wanted}`);
  return ({ more }) => {
    const version = more.since === undefined ? undefined : versionOf(more.since);
    return version !== undefined && isAtLeast(version, least);
  };
}

function byNeeds(wanted: string, all: readonly Listed[]): Test {
  const word = wanted.trim().toUpperCase().replace(/^CAP_/, '');
  if (word === 'ANY') return ({ more }) => more.needs !== undefined;
  const needed = ({ more }: Listed): readonly string[] => more.needs?.match(/CAP_[A-Z_]+/g) ?? [];
  const known = [...new Set(all.flatMap(needed))].sort();
  const [name = `CAP_${word}`] = known.filter((one) => one === `CAP_${word}`);
  if (known.includes(name)) return (one) => needed(one).includes(name);
  const meant = closest(name, known);
  throw usage(
    `--needs: no option needs ${wanted}`,
    `${meant ? `Did you mean ${meant}? ` : ''}One of: ${known.join(', ')}, any`,
  );
}

/** What systems and processors are called elsewhere: by Node, by uname(1), by Debian. */
const sameName: Readonly<Record<string, string>> = {
  macos: 'darwin',
  mac: 'darwin',
  win32: 'windows',
  x86_64: 'x64',
  amd64: 'x64',
  aarch64: 'arm64',
  i386: 'ia32',
  i686: 'ia32',
  armhf: 'arm',
  ppc64le: 'ppc64',
};

function platformNamed(typed: string): string {
  const parts = typed.toLowerCase().split('-');
  const name = parts.map((part) => (Object.hasOwn(sameName, part) ? sameName[part] : part)).join('-');
  // A processor alone is Linux's.
  const found = [name, `linux-${name}`].find((one) => Object.hasOwn(abis, one));
  return found ?? choose('platform', typed, Object.keys(abis));
}

/** The interface whose numbers are asked for: this machine's, unless another is named. */
export function abiOf({ value }: Request): Abi {
  const platform = value('platform');
  return platform === undefined ? hostAbi : (abis[platformNamed(platform)] as Abi);
}

/** The flags of a request as they were given, but for those of the output. */
export function flagsGiven({ has, value }: Request): string[] {
  return Object.keys(listFlags)
    .filter(has)
    .map((name) => [`--${name}`, value(name)].filter((part) => part !== undefined).join(' '));
}

/**
 * What the flags of a request keep of the listing.
 * @throws SockctlError ERR_USAGE for a word that means nothing there
 */
export function listTest(request: Request, all: readonly Listed[], unusable: boolean): Test {
  const { value } = request;
  const abi = abiOf(request);
  const tests: Test[] = [];
  const level = value('level');
  const access = value('access');
  const kind = value('kind');
  const given = { type: value('type'), since: value('since'), needs: value('needs') };
  const wanted = access === undefined ? undefined : choose('access', access, accesses);
  if (level !== undefined) {
    const named = levelsNamed(level, abi);
    tests.push(({ levels: own }) => own.some((name) => named.includes(name)));
  }
  if (wanted !== undefined) tests.push((one) => accessOf(one, abi) === wanted);
  if (kind !== undefined) {
    const named: Kind = choose('kind', kind, kinds);
    tests.push((one) => one.kinds.includes(named));
  }
  if (given.type !== undefined) tests.push(byType(given.type, all));
  if (given.since !== undefined) tests.push(bySince(given.since));
  if (given.needs !== undefined) tests.push(byNeeds(given.needs, all));
  if (!unusable) {
    tests.push(
      (one) => (accessOf(one, abi) !== 'none' || wanted === 'none') && onPlatform(one.platforms, abi) !== undefined,
    );
  }
  return (one) => tests.every((test) => test(one));
}
