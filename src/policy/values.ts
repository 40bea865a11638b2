// A value of a policy file as its option takes it.
import type { Unit } from '../codec/codec.ts';
import { invalid, SockctlError } from '../errors.ts';
import type { AnyOption } from '../option.ts';

const size = { B: 1, kB: 1e3, MB: 1e6, GB: 1e9, KiB: 2 ** 10, MiB: 2 ** 20, GiB: 2 ** 30 };
const time = { us: 1, ms: 1e3, s: 1e6, min: 60e6, h: 3600e6 };
const times = (unit: number): Record<string, number> =>
  Object.fromEntries(Object.entries(time).map(([name, factor]) => [name, factor / unit]));

/** What a text may have behind a number, and how many of the option's own units that is. Upper and lower case count. */
const quantities: Partial<Record<Unit, Readonly<Record<string, number>>>> = {
  bytes: size,
  'bytes/s': Object.fromEntries(Object.entries(size).map(([name, factor]) => [`${name}/s`, factor])),
  us: times(time.us),
  ms: times(time.ms),
  s: times(time.s),
};

/** How many of its own units an option's text may have behind a number; undefined where it has no unit. */
export function unitsOf({ input, codec }: AnyOption): Readonly<Record<string, number>> | undefined {
  const unit = input.unit ?? codec.unit;
  return unit && input.min !== undefined ? quantities[unit] : undefined;
}

function fromText(option: AnyOption, text: string): unknown {
  const { input } = option;
  const units = unitsOf(option);
  const [, amount, name = ''] = /^\s*(\d+(?:\.\d+)?)\s*([a-z]+(?:\/s)?)\s*$/i.exec(text) ?? [];
  if (units && amount !== undefined && Object.hasOwn(units, name)) {
    // 1.001 ms are 1001 us, and not 1000.9999999999999.
    const value = Number((Number(amount) * (units[name] as number)).toPrecision(15));
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

/**
 * The value that an option takes, of what JSON has: a text is the text that the shell takes (`"on"`, hex digits for
 * bytes), and may have a unit where the option has one (`"1MiB"`, `"30s"`); anything else is the value itself.
 * @throws SockctlError the option does not take it; its message has no option name and never a secret
 */
export function readValue(option: AnyOption, json: unknown): unknown {
  const { input, declaration } = option;
  try {
    const value = typeof json === 'string' ? fromText(option, json) : json;
    input.encode(value as never);
    return value;
  } catch (error) {
    if (declaration.secret) throw new SockctlError('ERR_INVALID_VALUE', `expects ${input.accepts}`);
    const large = typeof json === 'number' && Number.isInteger(json) && !Number.isSafeInteger(json);
    if (large)
      throw invalid(`${input.accepts}; a number this large as a text, for JSON does not keep its digits`, json);
    // What values do to codecs otherwise (a getter, a prototype) cannot come out of JSON, but is a refusal as well.
    throw error instanceof SockctlError ? error : invalid(input.accepts, json);
  }
}
