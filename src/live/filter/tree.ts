// A filter as a tree, and the text of a tree.
import type { AnyOption } from '../../option.ts';
import type { Order, Test, Written } from './comparison.ts';
import type { Field } from './fields.ts';
import { isPlain, quoted } from './tokens.ts';

/** What is compared: a field, or an option with a path into its value. */
export type Compared =
  | { readonly kind: 'field'; readonly field: Field }
  | { readonly kind: 'option'; readonly option: AnyOption; readonly path: readonly string[] };

export type Operator = '=' | '!=' | '~' | '!~' | Order;

/** A filter as a tree. */
export type Node =
  | { readonly kind: 'and' | 'or'; readonly of: readonly Node[] }
  | { readonly kind: 'not'; readonly of: Node }
  | { readonly kind: 'has'; readonly what: Compared }
  | {
      readonly kind: 'compare';
      readonly what: Compared;
      readonly operator: Operator;
      readonly values: readonly Written[];
      readonly tests: readonly Test[];
      /** The values are compared with a list as a whole, and not with each of it. */
      readonly whole: boolean;
      /** The names that `=` asks for, where it asks for words. */
      readonly names: readonly (string | undefined)[];
    };

/** How a thing is called in the text that a filter gives of itself. */
export function nameOf(what: Compared): string {
  return what.kind === 'field' ? what.field.name : [what.option.name, ...what.path].join('.');
}

function valueText({ text, quoted: isQuoted }: Written): string {
  return isPlain(text) && !(isQuoted && text.includes('*')) ? text : quoted(text);
}

/** The one text of a tree: what was left out is there, what has two names has one. */
export function format(node: Node): string {
  const inner = (one: Node): string => (one.kind === 'and' || one.kind === 'or' ? `(${format(one)})` : format(one));
  switch (node.kind) {
    case 'and':
      return node.of.map((one) => inner(one)).join(' and ');
    case 'or':
      return node.of.map((one) => (one.kind === 'and' ? format(one) : inner(one))).join(' or ');
    case 'not':
      return `not ${inner(node.of)}`;
    case 'has':
      return `has ${nameOf(node.what)}`;
    case 'compare':
      return `${nameOf(node.what)} ${node.operator} ${node.values.map(valueText).join(', ')}`;
  }
}
