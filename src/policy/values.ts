// A value of a policy file as its option takes it.
import { isInvalid, type Unit } from '../codec/codec.ts';
import { invalid, SockctlError } from '../errors.ts';
import type { AnyOption } from '../option.ts';

const size = { B: 1, kB: 1e3, MB: 1e6, GB: 1e9, KiB: 2 ** 10, MiB: 2 ** 20, GiB: 2 ** 30 };
const time = { us: 1, ms: 1e3, s: 1e6, min: 60e6, h: 3600e6 };
const timesIn = (unit: number): Record<string, number> =>
  Object.fromEntries(Object.entries(time).map(([name, factor]) => [name, factor / unit]));

/** What a text may have behind a number, and how many of the option's own units that is. Upper and lower case count. */
const quantities: Partial<Record<Unit, Readonly<Record<string, number>>>> = {
  bytes: size,
  'bytes/s': Object.fromEntries(Object.entries(size).map(([name, factor]) => [`${name}/s`, factor])),
  us: timesIn(time.us),
  ms: timesIn(time.ms),
  s: timesIn(time.s),
};

/** 1.001 ms are 1001 us, and not 1000.9999999999999. */
export function times(amount: number, factor: number): number {
  return Number((amount * factor).toPrecision(15));
}

/** What may stand behind a number that counts in `unit`, and how many of them that is; undefined where nothing may. */
export function unitsIn(unit: Unit | undefined): Readonly<Record<string, number>> | undefined {
  return unit && quantities[unit];
}

/** What of an option says how its values are written. */
type Written = Pick<AnyOption, 'input' | 'codec' | 'declaration'>;

/** How many of its own units an option's text may have behind a number; undefined where it has no unit. */
export function unitsOf({
  input,
  codec,
}: Pick<Written, 'input' | 'codec'>): Readonly<Record<string, number>> | undefined {
  const unit = input.unit ?? codec.unit;
  return input.min === undefined ? undefined : unitsIn(unit);
}

function fromText(option: Written, text: string): unknown {
  const { input } = option;
  const units = unitsOf(option);
  const [, amount, name = ''] = /^\s*(\d+(?:\.\d+)?)\s*([a-z]+(?:\/s)?)\s*$/i.exec(text) ?? [];
  if (units && amount !== undefined && Object.hasOwn(units, name)) {
    const value = times(Number(amount), units[name] as number);
    if (Number.isInteger(value)) return value;
    throw invalid(`${input.accepts}; this would be ${value}`, text);
  }
  try {
    return input.parse(text);
  } catch (error) {
    if (!units || amount === undefined) throw error;
    throw invalid(`${input.accepts}, or a number with ${Object.keys(units).join(', ')}`, text);
  }
}

/** The value, where the option takes it. */
function taken({ input }: Written, value: unknown): unknown {
  input.encode(value as never);
  return value;
}

/** A value as it is; or else a list or fields with texts for parts that have no other form in JSON, such as bytes. */
function fromJson(option: Written, json: unknown): unknown {
  try {
    return taken(option, json);
  } catch (error) {
    const hasParts = typeof json === 'object' && json !== null;
    if (!hasParts || !isInvalid(error) || typeof error.value !== 'string') throw error;
    return taken(option, option.input.parse(JSON.stringify(json)));
  }
}

/**
 * The value that an option takes, of what JSON has: a text is the text that the shell takes (`"on"`, hex digits for
 * bytes), also inside of lists and fields, and may have a unit where the option has one (`"1MiB"`, `"30s"`); anything
 * else is the value itself.
 * @throws SockctlError the option does not take it; its message has no option name and never a secret
 */
export function readValue(option: Written, json: unknown): unknown {
  const { input, declaration } = option;
  try {
    return typeof json === 'string' ? taken(option, fromText(option, json)) : fromJson(option, json);
  } catch (error) {
    if (declaration.secret) throw new SockctlError('ERR_INVALID_VALUE', `expects ${input.accepts}`);
    const large = typeof json === 'number' && Number.isInteger(json) && !Number.isSafeInteger(json);
    if (large)
      throw invalid(`${input.accepts}; a number this large as a text, for JSON does not keep its digits`, json);
    // What values do to codecs otherwise (a getter, a prototype) cannot come out of JSON, but is a refusal as well.
    throw error instanceof SockctlError ? error : invalid(input.accepts, json);
  }
}
