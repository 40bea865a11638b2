// Violations of policies, counted: by rule, option and process.
import { basename } from 'node:path';
import { check } from '../../live/check.ts';
import type { SocketsOptions } from '../../live/query.ts';
import type { Policy } from '../../policy/policy.ts';
import { loadPolicy } from '../policy-file.ts';
import { policyChecked, policyUnseen, violations } from './families.ts';
import { Few } from './few.ts';
import { labelText, processOf } from './labels.ts';
import { put, type Rows } from './rows.ts';

/** A policy, and what it is called. */
export interface NamedPolicy {
  readonly name: string;
  readonly policy: Policy;
}

/**
 * The policies of these names or files; two files of one name are told apart by their paths.
 * @throws SockctlError ERR_POLICY
 */
export async function namedPolicies(given: readonly string[]): Promise<NamedPolicy[]> {
  const words = [...new Set(given)];
  const names = words.map((word) => basename(word, '.json'));
  return await Promise.all(
    words.map(async (word, at) => {
      const name = names[at] as string;
      const alone = names.indexOf(name) === names.lastIndexOf(name);
      const { policy } = await loadPolicy(word, 'sockctl metrics --policy FILE');
      return { name: labelText(alone ? name : word), policy };
    }),
  );
}

/** A look at all sockets' options takes time: it may have this part of one core, and no more. */
const SHARE = 0.1;

/** The counts of one policy, not newer than its cost allows. */
export class Violations {
  readonly #named: NamedPolicy;
  readonly #options: SocketsOptions;
  readonly #processes: number;
  #rows: Rows = new Map();
  #next = Number.NEGATIVE_INFINITY;

  /** @param series how many may be made of it */
  constructor(named: NamedPolicy, options: SocketsOptions, series: number) {
    this.#named = named;
    this.#options = options;
    const settings = named.policy.rules.reduce((sum, { settings }) => sum + settings.length, 0);
    this.#processes = Math.floor(series / Math.max(1, settings));
  }

  async rows(): Promise<Rows> {
    const began = performance.now();
    if (began < this.#next) return this.#rows;
    this.#rows = await this.#look();
    const ended = performance.now();
    this.#next = ended + (ended - began) / SHARE;
    return this.#rows;
  }

  async #look(): Promise<Rows> {
    const { name, policy } = this.#named;
    const few = new Few(this.#processes);
    const found = new Map<string, { labels: Record<string, string>; value: number }>();
    const total = { checked: 0, unseen: 0 };
    for await (const one of check(policy, this.#options)) {
      total.checked++;
      if (one.unseen) total.unseen++;
      if (one.violations.length === 0) continue;
      const process = few.of(processOf(one.socket));
      for (const { rule, option } of one.violations) {
        const labels = { policy: name, rule: labelText(rule), option, process };
        const key = Object.values(labels).join('\0');
        const row = found.get(key);
        if (row === undefined) found.set(key, { labels, value: 1 });
        else row.value++;
      }
    }
    const rows: Rows = new Map([[violations.name, [...found.values()]]]);
    put(rows, policyChecked.name, { labels: { policy: name }, value: total.checked });
    put(rows, policyUnseen.name, { labels: { policy: name }, value: total.unseen });
    return rows;
  }
}
