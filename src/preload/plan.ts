// What the sockets that match the same rules get, prepared once.
import { runtime } from '../kernel/runtime.ts';
import type { AnyOption, When } from '../option.ts';
import type { Protocol } from '../policy/match.ts';
import type { PolicyMatch, PolicySetting } from '../policy/policy.ts';
import { Birth, type BirthReport } from '../socket/birth.ts';
import { warnOnce } from './warn.ts';

/** The settings of one set of rules, for the sockets of one protocol. */
export interface Plan {
  readonly match: PolicyMatch;
  readonly birth: Birth;
  /** The settings that outlast what the program sets later. */
  readonly kept: readonly PolicySetting[];
  /** What these rules have and such a socket has not. */
  readonly skipped: readonly BirthReport[];
}

const isStream = (protocol: Protocol): boolean => protocol === 'tcp' || protocol === 'mptcp';

// What fills the error queue of a socket, which Node never empties: it spins, and from libuv 1.52 on it aborts.
const queued = new Set(['IP_RECVERR', 'IPV6_RECVERR', 'SO_TIMESTAMPING', 'SO_TIMESTAMPING_NEW']);

/**
 * Why sockets of this protocol do not get an option; undefined where they do. A family's own levels are the business of
 * Birth.
 */
function misfit({ name, level, levels: own, aliasOf }: AnyOption, protocol: Protocol): string | undefined {
  const levels: readonly string[] = own;
  const none = `a ${protocol} socket has no ${level.slice(4)} options`;
  if (levels.includes('SOL_TCP')) return isStream(protocol) ? undefined : none;
  if (levels.includes('SOL_UDP')) return protocol === 'udp' ? undefined : none;
  if (levels.includes('SOL_MPTCP')) return protocol === 'mptcp' ? undefined : none;
  return protocol === 'udp' && runtime === 'node' && queued.has(aliasOf ?? name)
    ? 'Node cannot bear what it puts into the error queue of a dgram.Socket; use datagram() of sockctl'
    : undefined;
}

const plans = new WeakMap<PolicyMatch, Map<Protocol, Plan>>();

/** The plan of rules that matched. The same rules give the same plan. */
export function planFor(match: PolicyMatch, protocol: Protocol): Plan {
  const known = plans.get(match) ?? new Map<Protocol, Plan>();
  plans.set(match, known);
  const plan = known.get(protocol) ?? makePlan(match, protocol);
  known.set(protocol, plan);
  return plan;
}

function makePlan(match: PolicyMatch, protocol: Protocol): Plan {
  const judged = match.settings.map((setting) => ({ setting, why: misfit(setting[0], protocol) }));
  const fitting = judged.filter(({ why }) => why === undefined).map(({ setting }) => setting);
  const enforced = ({ name, aliasOf }: AnyOption): boolean => match.enforce.has(aliasOf ?? name);
  for (const { setting, why } of judged) {
    if (why && queued.has(setting[0].name))
      warnOnce(`${setting[0].name} queue`, `${setting[0].name} is left out: ${why}`);
  }
  return {
    match,
    birth: new Birth(fitting, 'preload', { strict: false }),
    kept: fitting.filter(([option]) => enforced(option)),
    skipped: judged.flatMap(({ setting: [{ name }, asked], why }) =>
      why === undefined ? [] : [{ name, asked, outcome: 'skipped' as const, why }],
    ),
  };
}

const differences = new WeakMap<Plan, WeakMap<Plan, Birth>>();

/** What `later` sets and `earlier` did not: more is known of the socket now. */
export function difference(later: Plan, earlier: Plan): Birth {
  const known = differences.get(later) ?? new WeakMap<Plan, Birth>();
  differences.set(later, known);
  let birth = known.get(earlier);
  if (birth === undefined) {
    const had = new Map(earlier.birth.settings.map(({ option, asked }) => [option.name, asked]));
    const more = later.birth.settings.filter(({ option, asked }) => had.get(option.name) !== asked);
    birth = new Birth(
      more.map(({ option, asked }): PolicySetting => [option, asked]),
      'preload',
      { strict: false },
    );
    known.set(earlier, birth);
  }
  return birth;
}

/** The name of the rule whose value an option has. */
export function ruleOf({ rules }: PolicyMatch, name: string): string {
  return rules.findLast(({ settings }) => settings.some(([option]) => option.name === name))?.name ?? '';
}

/** The options that work only at a moment that is over. */
export function lateOnes({ settings }: Birth, passed: readonly When[]): { name: string; when: When }[] {
  return settings.flatMap(({ option: { name, declaration } }) =>
    declaration.when && passed.includes(declaration.when) ? [{ name, when: declaration.when }] : [],
  );
}
