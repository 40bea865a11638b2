// The words and signs of a filter's text, and its one error.
import { SockctlError, show } from '../../errors.ts';

/** A filter longer than this is none that a person wrote. */
const MOST_CHARACTERS = 0xffff;

/** `word`: as it stands; `quoted`: within quotes; `sign`: an operator, a comma, a parenthesis. */
export interface Token {
  readonly kind: 'word' | 'quoted' | 'sign' | 'end';
  readonly text: string;
  /** Which character of the filter it starts at, from 1. */
  readonly at: number;
}

/** The refusal of a filter. */
export function wrong(at: number, message: string, hint?: string): SockctlError {
  return new SockctlError('ERR_FILTER', `the filter is wrong at character ${at}: ${message}`, hint ? { hint } : {});
}

/** What stands at a place, for errors. */
export function shownToken({ kind, text }: Token): string {
  return kind === 'end' ? 'its end' : show(text);
}

/** The refusal of a token where something else is expected. */
export function expected(what: string, token: Token, hint?: string): SockctlError {
  return wrong(token.at, `expected ${what}, found ${shownToken(token)}`, hint);
}

// A single & or | belongs to a word: flags are joined so.
const SPACE = /\s+/y;
const SIGN = /==|!=|!~|<=|>=|&&|\|\||[=<>~!(),]/y;
const WORD = /(?:[^\s=<>~!(),"'&|]|&(?!&)|\|(?!\|))+/y;
const QUOTED = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/sy;

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it is about
const CONTROL = /[\0-\x1f\x7f-\x9f]/g;

/** A control character as quotes have it. */
const escaped = (sign: string): string => `\\x${sign.charCodeAt(0).toString(16).padStart(2, '0')}`;

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

/** What the quotes are around: `\n`, `\r`, `\t`, `\xNN`; any other character behind a backslash stands for itself. */
function unquoted(text: string): string {
  return text
    .slice(1, -1)
    .replace(/\\(?:x([0-9a-f]{2})|(.))/gis, (_, hex: string | undefined, sign: string) =>
      hex === undefined ? (escapes[sign] ?? sign) : String.fromCharCode(Number.parseInt(hex, 16)),
    );
}

/** A text that reads as itself: within quotes where it has to be. */
export function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&').replace(CONTROL, escaped)}"`;
}

/** Whether a text is one word as it stands, that can be shown, and no keyword. */
export function isPlain(text: string): boolean {
  WORD.lastIndex = 0;
  CONTROL.lastIndex = 0;
  if (CONTROL.test(text)) return false;
  return WORD.exec(text)?.[0].length === text.length && !/^(?:and|or|not)$/i.test(text);
}

/** @throws SockctlError ERR_FILTER quotes that do not close, control characters outside of them, and what is far too long */
export function tokensOf(text: string): Token[] {
  if (text.length > MOST_CHARACTERS) {
    throw wrong(MOST_CHARACTERS + 1, `a filter has at most ${MOST_CHARACTERS} characters, this one ${text.length}`);
  }
  const tokens: Token[] = [];
  let at = 0;
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    return pattern.exec(text)?.[0];
  };
  while (at < text.length) {
    const space = take(SPACE);
    if (space !== undefined) {
      at += space.length;
      continue;
    }
    const [kind, found] = oneOf(take);
    if (found === undefined) throw wrong(at + 1, `the ${text[at]} is not closed`);
    // Its text would show it in quotes, where a * is no pattern.
    const control = kind === 'word' ? found.search(CONTROL) : -1;
    if (control >= 0) {
      const hint = `Write it as "${escaped(found.charAt(control))}"`;
      throw wrong(at + control + 1, 'a control character stands outside quotes', hint);
    }
    tokens.push({ kind, text: kind === 'quoted' ? unquoted(found) : found, at: at + 1 });
    at += found.length;
  }
  tokens.push({ kind: 'end', text: '', at: text.length + 1 });
  return tokens;
}

function oneOf(take: (pattern: RegExp) => string | undefined): [Token['kind'], string | undefined] {
  const word = take(WORD);
  if (word !== undefined) return ['word', word];
  const sign = take(SIGN);
  return sign === undefined ? ['quoted', take(QUOTED)] : ['sign', sign];
}
