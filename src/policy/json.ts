// Plain JSON with the place of every value, so that a mistake in a file can be pointed at.

import { show } from '../errors.ts';

/** One value, with where it stands in the text. */
export interface JsonNode {
  /** What JSON.parse gives. */
  readonly value: unknown;
  /** Offset in the text. */
  readonly at: number;
  /** `rules[2].options.TCP_NODELAY`; empty for the whole. */
  readonly path: string;
  readonly members?: readonly JsonMember[];
  readonly items?: readonly JsonNode[];
}

/** One `"key": value` of an object. */
export interface JsonMember {
  readonly key: string;
  readonly at: number;
  readonly node: JsonNode;
}

/** Takes note of a mistake. */
export type Complain = (at: number, path: string, message: string) => void;

/** Deeper than any option's value; the limit keeps a hostile text from exhausting the stack. */
const deepest = 64;
const number = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:e[+-]?\d+)?$/i;
const words: Readonly<Record<string, unknown>> = { true: true, false: false, null: null };
const stop = Symbol('the rest cannot be read');

/** A value as messages show it: what a list or an object has inside may be a key that nobody shall read. */
export function shown({ value, items, members }: JsonNode): string {
  if (items) return items.length === 0 ? 'an empty list' : 'a list';
  return members ? 'an object' : show(value);
}

/** The path of a key below a path; a key that is longer than any of ours is shortened. */
export function below(path: string, key: string): string {
  if (key.length > 60 || !/^[a-z_$][\w$]*$/i.test(key)) return `${path}[${show(key)}]`;
  return path === '' ? key : `${path}.${key}`;
}

class Reader {
  readonly #text: string;
  readonly #complain: Complain;
  #at = 0;

  constructor(text: string, complain: Complain) {
    this.#text = text;
    this.#complain = complain;
  }

  whole(): JsonNode {
    if (this.#text.startsWith('\ufeff')) this.#at = 1;
    this.#space('');
    if (this.#at === this.#text.length) this.#fail('', 'the file is empty; the smallest policy is { "rules": [] }');
    const node = this.#value('', 0);
    this.#space('');
    if (this.#at < this.#text.length) this.#fail('', `expects the end of the file, got ${this.#next()}`);
    return node;
  }

  #fail(path: string, message: string, at = this.#at): never {
    this.#complain(at, path, message);
    throw stop;
  }

  /** What stands here, for messages. */
  #next(): string {
    const [found] = /^(?:[\w$.+-]{1,30}|.)/su.exec(this.#text.slice(this.#at, this.#at + 32)) ?? [];
    return found === undefined ? 'the end of the file' : JSON.stringify(found);
  }

  /** What a pattern with the flag `y` finds here, which is stepped over. */
  #take(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0] ?? '';
    this.#at += found.length;
    return found;
  }

  /** Steps over white space; a comment is a mistake that hides no other. */
  #space(path: string): void {
    for (;;) {
      this.#take(/[ \t\n\r]*/y);
      const at = this.#at;
      if (this.#take(/\/\/.*|#.*|\/\*[\s\S]*?\*\//y) === '') return;
      this.#complain(
        at,
        path,
        'plain JSON has no comments. Use the key "comment", which the policy and each rule may have',
      );
    }
  }

  #value(path: string, depth: number): JsonNode {
    const at = this.#at;
    const sign = this.#text[at];
    if (depth > deepest) this.#fail(path, `has more than ${deepest} brackets in one another`);
    if (sign === '{') return this.#object(path, depth);
    if (sign === '[') return this.#array(path, depth);
    if (sign === '"') return { value: this.#string(path), at, path };
    if (sign === "'") this.#fail(path, 'a text has double quotes in JSON, not single ones');
    const word = this.#take(/[^\s,:[\]{}"'/#]*/y);
    if (Object.hasOwn(words, word)) return { value: words[word], at, path };
    if (number.test(word)) return { value: Number(word), at, path };
    this.#at = at;
    const hint = /^\w/.test(word) ? '. A text has double quotes, a number is decimal' : '';
    return this.#fail(path, `expects a value, got ${this.#next()}${hint}`);
  }

  #string(path: string): string {
    const start = this.#at;
    for (let at = start + 1; ; at += 1) {
      const code = this.#text.charCodeAt(at);
      if (Number.isNaN(code)) this.#fail(path, 'a text that has no closing quote', start);
      if (code < 0x20)
        this.#fail(path, 'a line break, tab or control character inside a text: write \\n, \\t, \\u0000', at);
      if (code === 0x5c) at += 1;
      if (code !== 0x22) continue;
      this.#at = at + 1;
      try {
        return JSON.parse(this.#text.slice(start, this.#at)) as string;
      } catch {
        this.#fail(path, 'a backslash that escapes nothing: write \\\\ for the backslash itself', start);
      }
    }
  }

  /** After a value: whether another one follows. A comma in front of the end is a mistake that hides no other. */
  #more(path: string, end: ']' | '}'): boolean {
    this.#space(path);
    const at = this.#at;
    const comma = this.#take(/,/y) !== '';
    this.#space(path);
    if (this.#text[this.#at] === end) {
      this.#at += 1;
      if (comma) this.#complain(at, path, `a comma in front of ${end}: plain JSON has no trailing commas`);
      return false;
    }
    if (!comma) this.#fail(path, `expects a comma or ${end}, got ${this.#next()}`);
    return true;
  }

  #opens(path: string, end: ']' | '}'): boolean {
    this.#at += 1;
    this.#space(path);
    if (this.#text[this.#at] !== end) return true;
    this.#at += 1;
    return false;
  }

  #array(path: string, depth: number): JsonNode {
    const at = this.#at;
    const items: JsonNode[] = [];
    for (let more = this.#opens(path, ']'); more; more = this.#more(path, ']')) {
      items.push(this.#value(`${path}[${items.length}]`, depth + 1));
    }
    return { value: items.map(({ value }) => value), at, path, items };
  }

  #object(path: string, depth: number): JsonNode {
    const at = this.#at;
    const members = new Map<string, JsonMember>();
    for (let more = this.#opens(path, '}'); more; more = this.#more(path, '}')) {
      const keyAt = this.#at;
      if (this.#text[keyAt] !== '"') this.#fail(path, `expects a key in double quotes, got ${this.#next()}`);
      const key = this.#string(path);
      const inside = below(path, key);
      if (members.has(key)) this.#complain(keyAt, inside, 'is there twice; the first one would be lost');
      this.#space(inside);
      if (this.#take(/:/y) === '') this.#fail(inside, `expects a colon and a value, got ${this.#next()}`);
      this.#space(inside);
      members.set(key, { key, at: keyAt, node: this.#value(inside, depth + 1) });
    }
    const list = [...members.values()];
    return { value: Object.fromEntries(list.map(({ key, node }) => [key, node.value])), at, path, members: list };
  }
}

/**
 * Reads plain JSON. Comments, trailing commas and keys that are there twice are complained of and read over; anything
 * else that is not JSON ends it.
 * @returns undefined where the text is no JSON at all
 */
export function readJson(text: string, complain: Complain): JsonNode | undefined {
  try {
    return new Reader(text, complain).whole();
  } catch (error) {
    if (error === stop) return undefined;
    throw error;
  }
}

/** Line and column, from 1, of an offset in a text. */
export function placesIn(text: string): (at: number) => { line: number; column: number } {
  const starts = [0];
  for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) starts.push(end + 1);
  return (at) => {
    let [low, high] = [0, starts.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((starts[middle] as number) <= at) low = middle;
      else high = middle;
    }
    return { line: low + 1, column: at - (starts[low] as number) + 1 };
  };
}
