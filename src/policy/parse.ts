// Reads a policy file: all of its mistakes at once, each with its place and what to write instead.
import { lookup, suggest } from '../catalog/index.ts';
import { SockctlError, show } from '../errors.ts';
import { Checker } from './check.ts';
import { readMatch } from './conditions.ts';
import { type JsonNode, placesIn, readJson, shown } from './json.ts';
import { modes, Policy, type PolicyRule, type PolicySetting } from './policy.ts';
import { readValue } from './values.ts';

/** What is wrong at one place of a policy file. */
export interface PolicyMistake {
  /** `rules[2].options.TCP_NODELAI`; empty where it is about the file as a whole. */
  readonly path: string;
  /** From 1. */
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** The keys of a policy, and those of a rule. */
export const policyKeys = ['$schema', 'comment', 'match', 'rules'] as const;
export const ruleKeys = ['name', 'comment', 'match', 'options', 'enforce'] as const;

/** Why an option of this name cannot be in a policy; the exact C name is what the schema knows, so no other is taken. */
function unusable(name: string): string | undefined {
  const option = lookup(name);
  if (option?.name !== name) {
    const likely = option ? [option.name] : suggest(name);
    const hint = likely.length > 0 ? `Did you mean ${likely.join(' or ')}?` : 'sockctl list PATTERN searches the names';
    return `no option is called ${show(name)}. ${hint}`;
  }
  const { access, declaration } = option;
  const instead = declaration.instead ? `. ${declaration.instead}` : '';
  if (access === 'ro') return `${name} can only be read, not set${instead}`;
  return access === 'none' ? `${name} is a name, not an option that works${instead}` : undefined;
}

function readOptions(node: JsonNode, check: Checker): PolicySetting[] {
  const settings: PolicySetting[] = [];
  if (node.members === undefined) check.wrong(node, `expects options by name, an object, got ${shown(node)}`);
  for (const { key, at, node: value } of node.members ?? []) {
    const problem = unusable(key);
    const option = lookup(key);
    if (problem !== undefined) check.complain(at, value.path, problem);
    else if (option) {
      const main = option.aliasOf;
      const twice = node.members?.some((other) => other.key === main);
      if (twice) check.complain(at, value.path, `is another name of ${main}, which this rule sets as well`);
      try {
        settings.push([option, readValue(option, value.value)]);
      } catch (error) {
        if (!(error instanceof SockctlError)) throw error;
        check.wrong(value, error.message);
      }
    }
  }
  return settings;
}

function readRule(node: JsonNode, line: number, check: Checker): PolicyRule {
  const found = check.object(node, 'a rule', ruleKeys) ?? {};
  const { name, comment, match, options, enforce } = found;
  check.text(comment, 'a comment');
  if (node.members && !options) check.wrong(node, 'a rule needs "options"; { } is for a rule that sets nothing');
  if (enforce && typeof enforce.value !== 'boolean')
    check.wrong(enforce, `expects true or false, got ${shown(enforce)}`);
  return {
    name: check.text(name, 'a name') ?? node.path,
    line,
    settings: options ? readOptions(options, check) : [],
    enforce: enforce?.value === true,
    matches: match ? readMatch(match, check) : () => true,
  };
}

/**
 * Checks a policy file and tells every mistake in it.
 * @param text plain JSON
 * @param options.file its name, which the policy keeps
 * @throws SockctlError ERR_INVALID_ARGUMENT where it is no text
 * @returns the mistakes in the order of the file; the policy where there are none
 */
export function checkPolicy(
  text: string,
  { file }: { file?: string } = {},
): { policy?: Policy; mistakes: PolicyMistake[] } {
  if (typeof text !== 'string') {
    throw new SockctlError('ERR_INVALID_ARGUMENT', `a policy is read from its text, got ${show(text)}`);
  }
  const found: { at: number; path: string; message: string }[] = [];
  const check = new Checker((at, path, message) => found.push({ at, path, message }));
  const root = readJson(text, check.complain);
  const { comment, $schema, match, rules } = (root && check.object(root, 'a policy', policyKeys)) ?? {};
  check.text(comment, 'a comment');
  check.text($schema, "the JSON schema's address");
  const mode = match && check.oneOf(match, modes);
  if (rules && !rules.items) check.wrong(rules, `expects a list of rules, got ${shown(rules)}`);
  if (root?.members && !rules) check.wrong(root, 'a policy needs "rules", a list');
  const placeOf = placesIn(text);
  const list = rules?.items?.map((node) => readRule(node, placeOf(node.at).line, check)) ?? [];
  if (found.length === 0) return { policy: new Policy(list, mode, file), mistakes: [] };
  found.sort((a, b) => a.at - b.at);
  return { mistakes: found.map(({ at, path, message }) => ({ path, ...placeOf(at), message })) };
}

/**
 * The policy of a `sockctl.json`.
 * @param text plain JSON: `{ "match"?: "all" | "first", "rules": [{ "match"?, "options", "enforce"?, "name"? }] }`
 * @param options.file its name, for messages
 * @throws SockctlError ERR_POLICY with every mistake: line, column, path, what is expected, what was probably meant
 */
export function parsePolicy(text: string, { file = 'policy' }: { file?: string } = {}): Policy {
  const { policy, mistakes } = checkPolicy(text, { file });
  if (policy) return policy;
  const lines = mistakes.map(({ path, line, column, message }) => {
    return `\n  ${file}:${line}:${column} ${path && `${path}: `}${message}`;
  });
  const count = lines.length === 1 ? 'a mistake' : `${lines.length} mistakes`;
  throw new SockctlError('ERR_POLICY', `the policy has ${count}:${lines.join('')}`);
}
