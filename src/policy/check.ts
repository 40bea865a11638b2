// Checks of the shape of a policy file: objects with known keys, texts, words; what was meant where one is wrong.
import { distance } from '../catalog/distance.ts';
import { lookup } from '../catalog/index.ts';
import { show } from '../errors.ts';
import { type Complain, type JsonNode, shown } from './json.ts';

/** What people write where another key is meant. */
const meant: Readonly<Record<string, string>> = {
  port: 'Write a port as "remote": ":443" or "local": ":8080"',
  address: 'Write it as "remote" or "local"',
  ip: 'Write it as "remote" or "local"',
  cidr: 'Write it as "remote" or "local"',
  hostname: 'Did you mean host?',
  settings: 'Did you mean options?',
  when: 'Did you mean match?',
  description: 'Did you mean comment?',
};

const near = (word: string, words: readonly string[]): string[] =>
  words.filter((other) => distance(word.toLowerCase().slice(0, 32), other.toLowerCase()) <= 2);

/** Walks over the nodes of a file and takes note of what is wrong; a check that fails gives undefined. */
export class Checker {
  readonly complain: Complain;

  constructor(complain: Complain) {
    this.complain = complain;
  }

  wrong(node: JsonNode, message: string): undefined {
    this.complain(node.at, node.path, message);
  }

  /** An object that has no other keys than these, by key; undefined where it is no object. */
  object(node: JsonNode, what: string, keys: readonly string[]): Partial<Record<string, JsonNode>> | undefined {
    if (node.members === undefined) return this.wrong(node, `expects ${what}, an object, got ${shown(node)}`);
    for (const { key, at, node: inside } of node.members) {
      if (!keys.includes(key)) this.complain(at, inside.path, `${what} has no key ${show(key)}. ${hintFor(key, keys)}`);
    }
    return Object.fromEntries(node.members.map(({ key, node: inside }) => [key, inside]));
  }

  text(node: JsonNode | undefined, what: string): string | undefined {
    if (node === undefined || (typeof node.value === 'string' && node.value.trim() !== '')) {
      return node?.value as string | undefined;
    }
    return this.wrong(node, `expects ${what}, a text in quotes, got ${shown(node)}`);
  }

  oneOf<T extends string>(node: JsonNode, words: readonly T[]): T | undefined {
    if (words.includes(node.value as T)) return node.value as T;
    const [likely] = typeof node.value === 'string' ? near(node.value, words) : [];
    const hint = likely === undefined ? '' : `. Did you mean "${likely}"?`;
    return this.wrong(node, `expects ${words.map((word) => `"${word}"`).join(' or ')}, got ${shown(node)}${hint}`);
  }

  /** One value, or each of a list. */
  oneOrMore(node: JsonNode): readonly JsonNode[] {
    if (node.items?.length === 0) this.wrong(node, 'an empty list would match nothing; leave the key out to match all');
    return node.items ?? [node];
  }
}

function hintFor(key: string, keys: readonly string[]): string {
  const option = lookup(key);
  if (option) return `Options stand in a rule's "options": { "${option.name}": ... }`;
  if (Object.hasOwn(meant, key)) return meant[key] as string;
  const likely = near(key, keys);
  return likely.length > 0 ? `Did you mean ${likely.join(' or ')}?` : `It takes ${keys.join(', ')}`;
}
