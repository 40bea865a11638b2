// What a test expects of an option: a value, or a description of one; and how both are compared with the kernel's.
import { inspect, isDeepStrictEqual } from 'node:util';
import { onPlatform } from '../codec/abi.ts';
import { SockctlError, show } from '../errors.ts';
import { readSysctl } from '../kernel/sysctl.ts';
import type { AnyOption } from '../option.ts';
import { encodeValue } from '../typed.ts';

/** A description of values, in the form that vitest, jest and sinon share: `expect.any(Number)`, {@link atLeast}. */
export interface Matcher {
  asymmetricMatch(actual: unknown): boolean;
}

/** A number that is read back as it would be after a set of `value`: see {@link asked}. */
export interface Asked<In = unknown> {
  readonly asked: In;
}

const mark = Symbol.for('jest.asymmetricMatcher');

const line = (value: unknown): string => inspect(value, { compact: true, breakLength: Number.POSITIVE_INFINITY });

/** The shape by which test runners know a description, and print it; `sample` is what it was made from. */
function matcher(words: string, asymmetricMatch: (actual: unknown) => boolean, sample?: object): Matcher {
  const told = (): string => words;
  return Object.assign(
    { $$typeof: mark, asymmetricMatch, toString: told, toAsymmetricMatcher: told, [inspect.custom]: told },
    sample && { sample },
  );
}

const isMatcher = (value: unknown): value is Matcher =>
  typeof value === 'object' && value !== null && typeof (value as Partial<Matcher>).asymmetricMatch === 'function';

class AskedFor<In> implements Asked<In> {
  readonly asked: In;
  constructor(value: In) {
    this.asked = value;
  }
}

/**
 * Expects what the kernel has after a set of `value`: the value itself; twice that where the kernel doubles (`asked(4096)`
 * holds for an SO_RCVBUF of 8192); what a fresh socket of the same kind reads where the kernel rounds (`asked(1)` holds
 * for an SO_RCVTIMEO of one clock tick). A value that was cut to a limit is none of these, and fails.
 */
export function asked<const In>(value: In): Asked<In> {
  return new AskedFor(value);
}

/** Expects a number, or a bigint, of at least `least`. */
export function atLeast(least: number | bigint): Matcher {
  return matcher(
    `at least ${least}`,
    (actual) => (typeof actual === 'number' || typeof actual === 'bigint') && actual >= least,
  );
}

/** Expects a struct of which only these fields are looked at: `containing({ state: TCP_ESTABLISHED })`. */
export function containing(fields: Readonly<Record<string, unknown>>): Matcher {
  const match = (actual: unknown): boolean =>
    typeof actual === 'object' &&
    actual !== null &&
    Object.entries(fields).every(([name, value]) => matches((actual as Record<string, unknown>)[name], value));
  return matcher(`with ${line(fields)}`, match, fields);
}

const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value);

const hasMatcher = (value: unknown): boolean =>
  isMatcher(value) || ((Array.isArray(value) || isPlain(value)) && Object.values(value).some(hasMatcher));

/** Deep equality in which a description may stand anywhere. */
function matches(actual: unknown, expected: unknown): boolean {
  if (isMatcher(expected)) return expected.asymmetricMatch(actual);
  if (!hasMatcher(expected)) return isDeepStrictEqual(actual, expected);
  if (Array.isArray(expected)) {
    return (
      Array.isArray(actual) &&
      actual.length === expected.length &&
      expected.every((part, i) => matches(actual[i], part))
    );
  }
  const wanted = expected as Record<string, unknown>;
  if (!isPlain(actual)) return false;
  const names = new Set([...Object.keys(actual), ...Object.keys(wanted)]);
  return [...names].every((name) => matches(actual[name], wanted[name]));
}

/**
 * A value in a form that a set takes (a name for a number, fields left out), as a read would give it; undefined where a
 * set takes another type altogether, or there is no set and the value is in no such form.
 */
function asRead(option: AnyOption, value: unknown): unknown {
  if (option.declaration.input !== undefined) return undefined;
  try {
    return option.codec.decode(encodeValue(option, value));
  } catch (error) {
    if (option.access === 'ro') return undefined;
    throw error;
  }
}

function same(option: AnyOption, actual: unknown, wanted: unknown): boolean {
  const { codec } = option;
  return (
    codec.format(actual as never) === codec.format(wanted as never) ||
    codec.same?.(actual as never, wanted as never) === true
  );
}

const doubles = ({ declaration: { readback } }: AnyOption): boolean =>
  readback !== undefined && onPlatform(readback) === 'doubled';

const rounds = ({ declaration: { readback } }: AnyOption): boolean =>
  readback !== undefined && ['rounded', 'masked'].includes(onPlatform(readback) ?? '');

/**
 * Whether the kernel's value is the expected one.
 * @param probe what a fresh socket of the same kind reads after a set of the value; undefined where there is none
 * @throws SockctlError ERR_INVALID_VALUE: the option never has such a value, so the test itself is wrong
 */
export function satisfies(
  option: AnyOption,
  actual: unknown,
  expected: unknown,
  probe: (value: unknown) => unknown,
): boolean {
  if (expected instanceof AskedFor) {
    const wanted = asRead(option, expected.asked);
    if (wanted !== undefined && same(option, actual, wanted)) return true;
    if (doubles(option)) return typeof wanted === 'number' && actual === wanted * 2;
    const read = rounds(option) ? probe(expected.asked) : undefined;
    return read !== undefined && same(option, actual, read);
  }
  if (expected === undefined) {
    throw new SockctlError('ERR_INVALID_VALUE', `${option.name} is expected to be undefined, which no option is`, {
      option: option.name,
      hint: 'Leave the value out to expect no more than that the socket has the option',
    });
  }
  if (matches(actual, expected)) return true;
  const wanted = hasMatcher(expected) ? undefined : asRead(option, expected);
  return wanted !== undefined && same(option, actual, wanted);
}

/** A value as text, with its unit where it is one number; of a struct what a description speaks of. */
export function valueText({ codec, declaration }: AnyOption, value: unknown, expected?: unknown): string {
  if (declaration.secret) return '(secret)';
  const { sample } = (isMatcher(expected) ? expected : {}) as { sample?: unknown };
  if (isPlain(sample) && isPlain(value)) {
    return line(Object.fromEntries(Object.keys(sample).map((name) => [name, value[name]])));
  }
  const text = codec.format(value as never);
  return codec.unit && /^-?\d+$/.test(text) ? `${text} ${codec.unit}` : text || '(empty)';
}

/** What was expected, as text. */
export function expectedText(option: AnyOption, expected: unknown): string {
  if (option.declaration.secret) return '(secret)';
  if (expected instanceof AskedFor) return `asked(${show(expected.asked)})`;
  if (isMatcher(expected)) {
    const { toAsymmetricMatcher } = expected as { toAsymmetricMatcher?: () => string };
    const { sample } = expected as { sample?: unknown };
    const told = toAsymmetricMatcher?.call(expected) ?? String(expected);
    const words = told === '[object Object]' ? 'what asymmetricMatch takes' : told;
    return sample === undefined || /[<{]/.test(words) ? words : `${words} ${show(sample)}`;
  }
  if (hasMatcher(expected)) return line(expected);
  try {
    return valueText(option, asRead(option, expected) ?? expected);
  } catch {
    return show(expected);
  }
}

/** What helps to understand a difference; undefined where there is nothing to say. */
export function noteOn(option: AnyOption, actual: unknown, expected: unknown): string | undefined {
  const { why, limit, secret } = option.declaration;
  const value = expected instanceof AskedFor ? expected.asked : expected;
  if (secret || hasMatcher(value)) return undefined;
  if (!doubles(option)) return why;
  if (typeof value !== 'number' || typeof actual !== 'number') return undefined;
  if (actual === value * 2)
    return `${why}: after a set of ${value} it reads ${actual}. Expect ${actual}, or asked(${value})`;
  const most = limit && actual < value * 2 ? readSysctl(limit) : undefined;
  return most && Number(most) < value ? `the kernel cuts what is asked to ${limit} = ${most}` : undefined;
}
