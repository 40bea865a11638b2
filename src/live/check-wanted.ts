// What the rules of a policy want of one live socket, and what cannot be said because nobody knows enough of it.
import type { AnyOption } from '../option.ts';
import type { SocketFacts } from '../policy/match.ts';
import type { Policy, PolicyRule } from '../policy/policy.ts';
import { Setting } from '../settings.ts';

/** One option with the value that a rule wants. */
export interface Wish {
  readonly setting: Setting;
  /** The rule that decides the value. */
  readonly rule: PolicyRule;
  /** A rule that would decide otherwise, if it is for the socket: that is not known. */
  readonly rival?: PolicyRule;
}

export interface Wanted {
  /** The rules that match, in the order of the file. */
  readonly rules: readonly PolicyRule[];
  readonly wishes: readonly Wish[];
}

const mainName = ({ name, aliasOf }: AnyOption): string => aliasOf ?? name;

function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

/** What a rule does about an option: gives it the same value, another one, or nothing. */
function gives({ settings }: PolicyRule, { option, bytes }: Setting): 'same' | 'other' | 'nothing' {
  const own = settings.findLast(([other]) => mainName(other) === mainName(option));
  if (own === undefined) return 'nothing';
  return equalBytes(new Setting(...own).bytes, bytes) ? 'same' : 'other';
}

/** The answers of one policy; sockets that the same rules are for share one. */
export class Wants {
  readonly #policy: Policy;
  readonly #known = new Map<string, Wanted>();

  constructor(policy: Policy) {
    this.#policy = policy;
  }

  of(facts: SocketFacts): Wanted {
    const { rules, settings } = this.#policy.settingsFor(facts);
    const open = this.#open(facts);
    const key = [rules, open].map((list) => list.map((rule) => this.#policy.rules.indexOf(rule)).join()).join(';');
    let wanted = this.#known.get(key);
    if (wanted === undefined) {
      wanted = { rules, wishes: [...this.#decided(rules, settings, open), ...this.#undecided(rules, open)] };
      this.#known.set(key, wanted);
    }
    return wanted;
  }

  /**
   * The rules that ask for what nobody knows of this socket. A rule that waits for an address is none of them: a live
   * socket that is not connected has no remote one.
   */
  #open(facts: SocketFacts): PolicyRule[] {
    const open = this.#policy.undecided(facts);
    if (open.length === 0) return open;
    const { host, program } = facts;
    const waiting = this.#policy.undecided({ ...facts, host: host ?? undefined, program: program ?? undefined });
    return open.filter((rule) => !waiting.includes(rule));
  }

  #decided(rules: readonly PolicyRule[], settings: PolicyRule['settings'], open: readonly PolicyRule[]): Wish[] {
    const { mode, rules: all } = this.#policy;
    return settings.map((pair): Wish => {
      const setting = new Setting(...pair);
      const rule = rules.findLast((one) => one.settings.includes(pair)) as PolicyRule;
      const rival = open.find((one) => {
        const given = gives(one, setting);
        // Of `first`, an open rule in front would be the only one; else one behind would win.
        return mode === 'first' ? given !== 'same' : given === 'other' && all.indexOf(one) > all.indexOf(rule);
      });
      return { setting, rule, ...(rival && { rival }) };
    });
  }

  /** What only rules want of which it is not known whether they match. */
  #undecided(rules: readonly PolicyRule[], open: readonly PolicyRule[]): Wish[] {
    const decided = new Set(rules.flatMap(({ settings }) => settings.map(([option]) => mainName(option))));
    const wishes: Wish[] = [];
    for (const rule of open) {
      for (const pair of rule.settings) {
        if (decided.has(mainName(pair[0]))) continue;
        wishes.push({ setting: new Setting(...pair), rule, rival: rule });
      }
    }
    return wishes;
  }
}
