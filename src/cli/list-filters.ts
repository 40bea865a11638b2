// What narrows `sockctl list` down: flags, and which options each of them keeps.
import { type Abi, abis, hostAbi, onPlatform } from '../codec/abi.ts';
import { type Kind, kinds } from '../constants/kinds.ts';
import { type LevelName, levelTable } from '../constants/levels.ts';
import { choose, type Flag, type Request } from './command.ts';
import { forms, type Listed } from './listing.ts';
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

/** SOL_TCP, IPPROTO_TCP and tcp name one level; vsock has its family's name. */
function levelNamed(typed: string): LevelName {
  const bare = typed.toUpperCase().replace(/^(SOL_|IPPROTO_|AF_)?/, '');
  return choose('level', levels.find((level) => level.replace(/^(SOL|AF)_/, '') === bare) ?? typed, levels);
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

function byType(wanted: string): Test {
  const word = wanted.trim().toLowerCase();
  const known = forms.find((form) => form === word);
  if (known) return ({ form }) => form === known;
  return ({ type }) => type.toLowerCase() === word || type.toLowerCase() === `struct ${word}`;
}

function bySince(wanted: string): Test {
  const least = versionOf(wanted.trim().replace(/^v/, ''));
  if (!least) throw usage(`--since takes a version of Linux such as 5.10, got ${wanted}`);
  return ({ more }) => {
    const version = more.since === undefined ? undefined : versionOf(more.since);
    return version !== undefined && isAtLeast(version, least);
  };
}

function byNeeds(wanted: string): Test {
  const word = wanted.trim().toUpperCase().replace(/^CAP_/, '');
  if (word === 'ANY') return ({ more }) => more.needs !== undefined;
  return ({ more }) => more.needs?.toUpperCase().includes(`CAP_${word}`) ?? false;
}

/** The interface whose numbers are asked for: this machine's, unless another is named. */
export function abiOf({ value }: Request): Abi {
  const platform = value('platform');
  return platform === undefined ? hostAbi : (abis[choose('platform', platform, Object.keys(abis))] as Abi);
}

/** What the flags of a request keep. */
export function listTest(request: Request): Test {
  const { has, value } = request;
  const abi = abiOf(request);
  const tests: Test[] = [];
  const level = value('level');
  const access = value('access');
  const kind = value('kind');
  const given = { type: value('type'), since: value('since'), needs: value('needs') };
  const wanted = access === undefined ? undefined : choose('access', access, accesses);
  if (level !== undefined) {
    const named = levelNamed(level);
    tests.push(({ levels: own }) => own.includes(named));
  }
  if (wanted !== undefined) tests.push((one) => one.access === wanted);
  if (kind !== undefined) {
    const named: Kind = choose('kind', kind, kinds);
    tests.push((one) => one.kinds.includes(named));
  }
  if (given.type !== undefined) tests.push(byType(given.type));
  if (given.since !== undefined) tests.push(bySince(given.since));
  if (given.needs !== undefined) tests.push(byNeeds(given.needs));
  if (!has('all')) {
    tests.push((one) => (one.access !== 'none' || wanted === 'none') && onPlatform(one.platforms, abi) !== undefined);
  }
  return (one) => tests.every((test) => test(one));
}
