// What a policy file may have for an option, as JSON schema: the codecs themselves are asked, so that both agree.
import { type AnyOption, shownValue } from '../src/option.ts';
import { readValue, unitsOf } from '../src/policy/values.ts';

/** A schema, or a part of one. */
export type Schema = Readonly<Record<string, unknown>>;

/** Whether a set of the option takes a value: the codec itself is asked, so that schema and parser cannot differ. */
function takes({ input }: AnyOption, value: unknown): boolean {
  try {
    input.encode(value as never);
    return true;
  } catch {
    return false;
  }
}

/** Whether a policy may have this text for the option. */
function reads(option: AnyOption, text: string): boolean {
  try {
    readValue(option, text);
    return true;
  } catch {
    return false;
  }
}

/** Numbers of any option: the limits are found by asking where the codec does not tell them. */
function numberForms(option: AnyOption): Schema[] {
  const { min, max, words = {} } = option.input;
  const least = [min, -(2 ** 31), -(2 ** 15), -(2 ** 7), -1, 0].find(
    (value) => value !== undefined && takes(option, value),
  );
  const ofBits = [32, 31, 16, 15, 8, 7].map((bits) => 2 ** bits - 1);
  const most = [max, Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER / 1000, ...ofBits];
  const greatest = most.find((value) => value !== undefined && takes(option, value));
  if (least === undefined || greatest === undefined) return [];
  const type = takes(option, 0.5) ? 'number' : 'integer';
  const outside = Object.values(words)
    .map(Number)
    .filter((value) => Number.isSafeInteger(value) && value < least);
  const special = [...Object.keys(words), ...new Set(outside)];
  return [{ type, minimum: least, maximum: greatest }, ...(special.length > 0 ? [{ enum: special }] : [])];
}

/** Patterns that many options share, by the name of their definition. */
export const texts: Record<string, Schema> = {
  hex: { type: 'string', pattern: '^\\s*(0[xX])?[0-9a-fA-F\\s:]*$' },
  span: { type: 'string', pattern: '^\\s*(\\d+(\\.\\d+)?\\s*(s|ms|us)?|never)\\s*$' },
};

/** A reference to the pattern of an integer, with the units that may be behind it. */
function integerText(option: AnyOption): Schema {
  const units = Object.keys(unitsOf(option) ?? {});
  const quantity = units.length > 0 ? `|\\d+(\\.\\d+)?\\s*(${units.join('|')})` : '';
  const name = ['integer', ...units.slice(0, 1)].join('-').replace('/', '-per-');
  texts[name] = {
    type: 'string',
    pattern: `^\\s*([+-]?(0[xX][0-9a-fA-F]+|0[oO][0-7]+|0[bB][01]+|\\d+)${quantity})\\s*$`,
  };
  return { $ref: `#/$defs/${name}` };
}

/** Names in other letters, and without what they have in common in front: `do` for IP_PMTUDISC_DO. */
function otherNames(option: AnyOption, names: readonly string[]): Schema[] {
  const ends = names.flatMap((name) => name.split('_').map((_, at, parts) => parts.slice(at).join('_')));
  const all = new Set(ends.flatMap((text) => [text, text.toLowerCase(), text.toUpperCase()]));
  const read = [...all].filter((text) => !names.includes(text) && reads(option, text));
  return read.length > 0 ? [{ type: 'string', pattern: `^(${read.join('|')})$` }] : [];
}

/** Texts, as far as a pattern can tell them from others. */
function textForms(option: AnyOption): Schema[] {
  const { input } = option;
  if (input.min !== undefined) return [integerText(option), ...otherNames(option, Object.keys(input.words ?? {}))];
  if (input.ctype === 'void') return [{ $ref: '#/$defs/hex' }];
  // Names that stand inside a struct's fields or a list's elements are more than a pattern can tell.
  if (input.names === undefined || /^struct |\[\]$/.test(input.ctype)) return [{ type: 'string' }];
  if (takes(option, 0.5)) return [{ $ref: '#/$defs/span' }];
  const names = Object.keys(input.names);
  const others = ['none', 'off', 'on'].filter((text) => !names.includes(text) && reads(option, text));
  const besides = [...otherNames(option, names), ...(reads(option, '1') ? [integerText(option)] : [])];
  if (!takes(option, [])) return [{ enum: [...others, ...names] }, ...besides];
  const joined = `^(${names.join('|')})(\\|(${names.join('|')}))*$`;
  return [{ enum: [...others, ...names] }, { type: 'string', pattern: joined }, ...besides];
}

/** What a set of the option takes in JSON. */
export function valueSchema(option: AnyOption): Schema {
  const { input, declaration } = option;
  if (takes(option, true)) return { $ref: '#/$defs/switch' };
  if (takes(option, null)) return { enum: [null, ...(reads(option, 'none') ? ['none'] : [])] };
  const forms = [...numberForms(option), ...textForms(option)];
  const sample = shownValue(declaration);
  const isList = Array.isArray(sample) || input.ctype.endsWith('[]');
  if (input.names && takes(option, [])) forms.push({ type: 'array', items: { enum: Object.keys(input.names) } });
  else if (isList) forms.push({ type: 'array' });
  const isStruct = input.ctype.startsWith('struct ') && input.ctype !== 'struct sock_fprog';
  const plain = typeof sample === 'object' && sample !== null && !Array.isArray(sample) && !ArrayBuffer.isView(sample);
  if (plain || (isStruct && !isList && !/time(val)?$/.test(input.ctype))) forms.push({ type: 'object' });
  return forms.length === 1 ? (forms[0] as Schema) : { anyOf: forms };
}
