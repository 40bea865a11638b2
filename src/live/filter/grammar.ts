// A filter's text as a tree: or, and, not, parentheses, comparisons.

import { nearest } from '../../catalog/distance.ts';
import { suggest } from '../../catalog/index.ts';
import { type Comparison, type Test, type Written, WrongValue } from './comparison.ts';
import { type Field, fieldOf, fields } from './fields.ts';
import { comparisonOfOption, optionOf, pathIn, unusable } from './options.ts';
import { expected, type Token, tokensOf, wrong } from './tokens.ts';
import { type Compared, type Node, nameOf, type Operator } from './tree.ts';
import { comparisonOf } from './values.ts';

/** Parentheses and `not` within each other. No person writes so many, and each costs stack. */
const DEEPEST = 100;

const operators: Readonly<Record<string, Operator>> = {
  '=': '=',
  '==': '=',
  '!=': '!=',
  '~': '~',
  '!~': '!~',
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
};

const signs: Readonly<Record<string, string>> = { '&&': 'and', '||': 'or', '!': 'not' };
const example = 'Write FIELD VALUE or OPTION=VALUE: remote port 5432 and SO_KEEPALIVE=off';

/** Reads one text. */
export class Parser {
  readonly #tokens: readonly Token[];
  readonly #more: readonly Field[];
  #next = 0;
  #depth = 0;

  constructor(text: string, more: readonly Field[]) {
    this.#tokens = tokensOf(text);
    this.#more = more;
  }

  /** @throws SockctlError ERR_FILTER */
  read(): Node {
    if (this.#tokens.length === 1) throw wrong(1, 'it is empty', example);
    const node = this.#chain('or');
    if (this.#token.kind !== 'end') throw expected('and, or, or the end', this.#token, this.#afterValue());
    return node;
  }

  get #token(): Token {
    return this.#tokens[this.#next] as Token;
  }

  #take(): Token {
    const token = this.#token;
    if (token.kind !== 'end') this.#next += 1;
    return token;
  }

  /** The keyword that a token is, by word or by sign. */
  #keyword({ kind, text }: Token = this.#token): string | undefined {
    if (kind === 'sign') return signs[text];
    const word = text.toLowerCase();
    return kind === 'word' && (word === 'and' || word === 'or' || word === 'not') ? word : undefined;
  }

  #takes(sign: string): boolean {
    const { kind, text } = this.#token;
    if (kind !== 'sign' || text !== sign) return false;
    this.#next += 1;
    return true;
  }

  #isWord(word: string, { kind, text }: Token = this.#token): boolean {
    return kind === 'word' && text.toLowerCase() === word;
  }

  #chain(kind: 'and' | 'or'): Node {
    const inner = (): Node => (kind === 'or' ? this.#chain('and') : this.#one());
    const of = [inner()];
    while (this.#keyword() === kind) {
      this.#next += 1;
      of.push(inner());
    }
    if (of.length === 1) return of[0] as Node;
    return { kind, of: of.flatMap((node) => (node.kind === kind ? node.of : [node])) };
  }

  #deeper(read: () => Node): Node {
    this.#depth += 1;
    if (this.#depth > DEEPEST) throw wrong(this.#token.at, `it is nested more than ${DEEPEST} deep`);
    const node = read();
    this.#depth -= 1;
    return node;
  }

  #one(): Node {
    if (this.#keyword() === 'not') {
      this.#next += 1;
      return { kind: 'not', of: this.#deeper(() => this.#one()) };
    }
    const open = this.#token;
    if (!this.#takes('(')) return this.#comparison();
    const node = this.#deeper(() => this.#chain('or'));
    if (!this.#takes(')')) throw expected(`and, or, or the ) of the ( at ${open.at}`, this.#token, this.#afterValue());
    return node;
  }

  /** What was probably meant by a word behind a whole comparison. */
  #afterValue(): string | undefined {
    if (this.#token.kind === 'sign' && this.#token.text === '=') return 'A text that has = in it stands in quotes';
    return this.#token.kind === 'word' || this.#token.kind === 'quoted'
      ? 'Several values have commas between them; one of several words stands in quotes'
      : undefined;
  }

  #comparison(): Node {
    const first = this.#take();
    if (this.#isWord('has', first) && this.#token.kind === 'word' && this.#keyword() === undefined) {
      return { kind: 'has', what: this.#compared(this.#take()) };
    }
    const what = this.#compared(first);
    const operator = this.#operator(what);
    const comparison = this.#prepared(first, () =>
      what.kind === 'field' ? comparisonOf(what.field) : comparisonOfOption(what.option, what.path),
    );
    const test = this.#testMaker(what, operator, comparison);
    const found = this.#values(what, operator, comparison);
    const values = found.map(({ written }) => written);
    const tests = found.map(({ token, written }) => this.#prepared(token, () => test(written)));
    const names = values.map((value) => (operator === '=' ? comparison.name?.(value) : undefined));
    return { kind: 'compare', what, operator, values, tests, names, whole: comparison.whole === true };
  }

  #prepared<T>(token: Token, prepare: () => T): T {
    try {
      return prepare();
    } catch (error) {
      if (error instanceof WrongValue) throw expected(error.message, token, error.hint);
      throw error;
    }
  }

  #compared(token: Token): Compared {
    if (token.kind !== 'word' || this.#keyword(token) !== undefined) {
      throw expected('a field or an option', token, token.kind === 'quoted' ? undefined : example);
    }
    // `remote port 5432` reads better than remote.port.
    const port = /^(?:local|remote)$/i.test(token.text) && this.#isWord('port');
    if (port) this.#next += 1;
    const field = fieldOf(port ? `${token.text}.port` : token.text, this.#more);
    if (field) return { kind: 'field', field };
    const part = optionOf(token.text);
    if (part === undefined) throw expected('a field or an option', token, this.#meant(token.text));
    const problem = unusable(part.option);
    if (problem !== undefined) throw wrong(token.at, problem);
    return { kind: 'option', option: part.option, path: this.#prepared(token, () => pathIn(part)) };
  }

  #meant(word: string): string {
    const names = [...this.#more, ...fields].flatMap(({ name, aliases = [] }) => [name, ...aliases]);
    const lower = word.toLowerCase();
    const bare = names.map((name) => name.replace(/^info\./, ''));
    const near = names.find((name) => name.endsWith(`.${lower}`)) ?? nearest(lower, bare) ?? suggest(word)[0];
    return near === undefined ? example : `Did you mean ${near}?`;
  }

  #operator(what: Compared): Operator {
    const { kind, text } = this.#token;
    const sign = kind === 'sign' && Object.hasOwn(operators, text) ? operators[text] : undefined;
    if (sign !== undefined || this.#isWord('in')) {
      this.#next += 1;
      return sign ?? '=';
    }
    const next = this.#tokens[this.#next + 1];
    if (this.#keyword() === 'not' && next && this.#isWord('in', next)) {
      this.#next += 2;
      return '!=';
    }
    const name = nameOf(what);
    if (this.#keyword() !== undefined || kind === 'end' || text === ')') {
      throw expected(`an operator or a value behind ${name}`, this.#token, `Write ${name}=VALUE, or has ${name}`);
    }
    return '=';
  }

  /** What makes the test of one value. */
  #testMaker(what: Compared, operator: Operator, comparison: Comparison): (written: Written) => Test {
    const { order, glob } = comparison;
    const at = this.#tokens[this.#next - 1] as Token;
    switch (operator) {
      case '=':
      case '!=':
        return comparison.equal;
      case '~':
      case '!~':
        if (glob) return glob;
        throw wrong(at.at, `${nameOf(what)} takes no pattern`, 'Compare it with = or !=');
      default:
        if (order) return (written) => order(operator, written);
        throw wrong(at.at, `the values of ${nameOf(what)} have no order`, 'Compare it with = or !=');
    }
  }

  #values(what: Compared, operator: Operator, comparison: Comparison): { token: Token; written: Written }[] {
    const listed = this.#takes('(');
    const found = [this.#value(what, comparison)];
    while (this.#takes(',')) {
      if (operator.startsWith('<') || operator.startsWith('>')) {
        throw wrong((this.#tokens[this.#next - 1] as Token).at, `${operator} takes one value, not a list`);
      }
      found.push(this.#value(what, comparison));
    }
    if (listed && !this.#takes(')')) throw expected(', or ) behind a value', this.#token);
    return found;
  }

  #value(what: Compared, { units }: Comparison): { token: Token; written: Written } {
    const token = this.#token;
    if ((token.kind !== 'word' && token.kind !== 'quoted') || this.#keyword() !== undefined) {
      const hint = token.kind === 'word' ? `As a value it stands in quotes: "${token.text}"` : undefined;
      throw expected(`a value for ${nameOf(what)}`, token, hint);
    }
    this.#next += 1;
    const unit = this.#token;
    // `100 ms`: no other word can stand here.
    const joined = units && token.kind === 'word' && /^\d[\d.]*$/.test(token.text) && unit.kind === 'word';
    if (!joined || this.#keyword() !== undefined) {
      return { token, written: { text: token.text, quoted: token.kind === 'quoted' } };
    }
    this.#next += 1;
    const text = token.text + unit.text;
    return { token: { ...token, text }, written: { text, quoted: false } };
  }
}
