// The rules of a policy, and which of them a socket gets.
import type { AnyOption } from '../option.ts';
import { type Condition, Known, type SocketFacts } from './match.ts';

/** Whether all rules that match apply, or the first one only. */
export const modes = ['all', 'first'] as const;
export type PolicyMode = (typeof modes)[number];

/** An option with the value that a rule gives it. */
export type PolicySetting = readonly [option: AnyOption, value: unknown];

/** One rule of a policy. */
export interface PolicyRule {
  /** Its `name`; `rules[2]` where it has none. */
  readonly name: string;
  /** The line of the file where it begins. */
  readonly line: number;
  /** Options and values in the order of the file. */
  readonly settings: readonly PolicySetting[];
  readonly enforce: boolean;
  /** Whether it is for a socket; undefined where that depends on what is not known yet. */
  readonly matches: Condition;
}

/** What a socket gets. The same rules give the same object, so that it can be the key of a WeakMap. */
export interface PolicyMatch {
  /** The rules that match, in the order of the file. */
  readonly rules: readonly PolicyRule[];
  /** Each option once, with the value of the last rule that has it, in the order of these last sets. */
  readonly settings: readonly PolicySetting[];
  /** C names of the options whose value comes from a rule that enforces; an alias counts as its option. */
  readonly enforce: ReadonlySet<string>;
}

/** An option by its main name: a later rule wins over an alias as well. */
const mainName = ({ name, aliasOf }: AnyOption): string => aliasOf ?? name;

function merged(rules: readonly PolicyRule[]): PolicyMatch {
  const last = new Map<string, PolicySetting>();
  const enforce = new Set<string>();
  for (const rule of rules) {
    for (const setting of rule.settings) {
      const name = mainName(setting[0]);
      last.delete(name);
      last.set(name, setting);
      if (rule.enforce) enforce.add(name);
      else enforce.delete(name);
    }
  }
  return { rules, settings: [...last.values()], enforce };
}

/** The rules of one policy file; {@link parsePolicy} makes it. */
export class Policy {
  readonly rules: readonly PolicyRule[];
  readonly mode: PolicyMode;
  readonly file: string | undefined;
  readonly #results = new Map<string, PolicyMatch>();

  constructor(rules: readonly PolicyRule[], mode: PolicyMode = 'all', file?: string) {
    this.rules = rules;
    this.mode = mode;
    this.file = file;
  }

  /**
   * What a socket gets by what is known of it now. With `all`, every rule that matches applies in the order of the
   * file and the last one wins per option; with `first`, the first rule that matches is the only one.
   * A rule that asks for what is not known (yet) does not match; {@link undecided} tells which rules these are.
   */
  settingsFor(facts: SocketFacts): PolicyMatch {
    const known = new Known(facts);
    let key = '';
    for (const [at, rule] of this.rules.entries()) {
      if (rule.matches(known) !== true) continue;
      key += `${at},`;
      if (this.mode === 'first') break;
    }
    let result = this.#results.get(key);
    if (result === undefined) {
      result = merged(
        key
          .split(',')
          .slice(0, -1)
          .map((at) => this.rules[Number(at)] as PolicyRule),
      );
      this.#results.set(key, result);
    }
    return result;
  }

  /**
   * The rules that do not match now and may match once more is known of the socket: ask {@link settingsFor} again
   * then (a client's local address after connect). Empty: nothing that is still unknown can change the result.
   */
  undecided(facts: SocketFacts): PolicyRule[] {
    const known = new Known(facts);
    const open: PolicyRule[] = [];
    for (const rule of this.rules) {
      const verdict = rule.matches(known);
      if (verdict === undefined) open.push(rule);
      else if (verdict && this.mode === 'first') break;
    }
    return open;
  }
}
