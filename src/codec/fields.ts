// The text form of things that have parts: comma-separated, with braces around parts that have commas themselves.
import { invalid } from '../errors.ts';

/** The pieces between the commas that stand outside of braces and quotes; undefined where these do not close. */
function pieces(text: string): string[] | undefined {
  const found: string[] = [];
  let depth = 0;
  let quoted = false;
  let start = 0;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at];
    if (quoted && sign === '\\') at += 1;
    else if (sign === '"') quoted = !quoted;
    else if (quoted) continue;
    else if (sign === '{') depth += 1;
    else if (sign === '}') depth -= 1;
    else if (sign === ',' && depth === 0) {
      found.push(text.slice(start, at));
      start = at + 1;
    }
    if (depth < 0) return undefined;
  }
  if (depth !== 0 || quoted) return undefined;
  found.push(text.slice(start));
  return found;
}

/** What stands in a JSON document, as pieces of the text form: `{"a": 1}` is `a=1`, `["b"]` is `b`; undefined for others. */
function fromJson(text: string): string[] | undefined {
  if (!/^\s*(\{\s*["}]|\[)/.test(text)) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const part = (one: unknown): string =>
    typeof one === 'object' && one !== null ? `{${JSON.stringify(one)}}` : wrap(String(one));
  if (Array.isArray(value)) return value.map(part);
  return Object.entries(value as object).map(([name, one]) => `${name}=${part(one)}`);
}

/** The pieces of a text, which may also be JSON; none of an empty text. */
export function splitFields(text: string, accepts: string): string[] {
  if (text.trim() === '') return [];
  const document = fromJson(text);
  if (document) return document;
  const found = pieces(text);
  if (!found) throw invalid(`${accepts}, with braces and quotes that close`, text);
  return found.map((piece) => piece.trim());
}

/** The text of the pieces together. */
export function joinFields(found: readonly string[]): string {
  return found.join(',');
}

/** One value's text, made safe to stand between commas. */
export function wrap(text: string): string {
  if (text !== '' && text.trim() === text && !/[,{}"]/.test(text)) return text;
  return text !== '' && text.trim() === text && pieces(text) ? `{${text}}` : JSON.stringify(text);
}

/** The value's text that {@link wrap} made safe. */
export function unwrap(text: string, accepts: string): string {
  const trimmed = text.trim();
  if (trimmed.startsWith('{') && trimmed.endsWith('}')) return trimmed.slice(1, -1);
  if (!trimmed.startsWith('"')) return trimmed;
  try {
    return String(JSON.parse(trimmed));
  } catch {
    throw invalid(`${accepts}, with quotes that close`, text);
  }
}
