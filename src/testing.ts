// Socket options in tests: matchers for vitest and jest, and an assertion in the way of node:assert.
import { AssertionError } from 'node:assert';
import type { Catalog } from './catalog/index.ts';
import type { SocketLike } from './kernel/descriptor.ts';
import type { AnyOption, Option } from './option.ts';
import { compareAll, compareOne, type ExpectedInput, type Finding, findingsText } from './testing/compare.ts';
import type { Asked, Matcher } from './testing/expected.ts';

export { type Asked, asked, atLeast, containing, type Matcher } from './testing/expected.ts';

/** What may be expected of an option: what a read gives, what a set takes, or a description of either. */
export type Expected<Out, In = Out> = Out | In | Asked<In> | Matcher;

/** Options by name, each with what is expected of it. */
export type ExpectedOptions = {
  readonly [Name in keyof Catalog as Catalog[Name] extends Option<infer _Out, infer Access, infer _In, never>
    ? Access extends 'rw' | 'ro'
      ? Name
      : never
    : never]?: Catalog[Name] extends Option<infer Out, infer _Access, infer In, never> ? Expected<Out, In> : never;
};

/** The same as pairs, which also take options that the catalogue does not have. */
export type ExpectedPairs = readonly (readonly [AnyOption | keyof ExpectedOptions, unknown])[];

/** What the matchers add to `expect(socket)`. */
export interface SocketMatchers<R = void> {
  /** The kernel has this value for the option; without a value, the socket has the option at all. */
  toHaveSocketOption<Out, In>(
    option: Option<Out, 'rw' | 'ro', In>,
    ...value: [] | [Expected<NoInfer<Out>, NoInfer<In>>]
  ): R;
  toHaveSocketOption<Name extends keyof ExpectedOptions>(
    option: Name,
    ...value: [] | [NonNullable<ExpectedOptions[Name]>]
  ): R;
  /** The kernel has all of these values; the message lists every one that differs. */
  toHaveSocketOptions(expected: ExpectedOptions | ExpectedPairs): R;
}

/** What vitest and jest give to a matcher as `this`; nothing of it is needed but this. */
interface Context {
  readonly isNot?: boolean;
}

interface Result {
  pass: boolean;
  message: () => string;
}

/** A socket that cannot be asked fails the test both ways: `.not` must not pass because there is no socket. */
function result(context: Context, findings: readonly Finding[], message: (not: boolean) => string): Result {
  const not = context?.isNot === true;
  const unknown = findings.some(({ verdict }) => verdict === 'unknown');
  const pass = unknown ? not : findings.every(({ verdict }) => verdict === 'same');
  return { pass, message: () => message(not) };
}

function messageOne({ option, verdict, expected, actual, note }: Finding, not: boolean): string {
  const call = `expect(socket).${not ? 'not.' : ''}toHaveSocketOption(${option.name}${expected ? ', expected' : ''})`;
  const wanted = expected ?? 'any value';
  const lines = [`Expected: ${not ? 'not ' : ''}${wanted}`, `Received: ${actual ?? 'nothing, it cannot be read'}`];
  return [call, verdict === 'unknown' ? '' : lines.join('\n'), note ?? ''].filter(Boolean).join('\n\n');
}

const different = (findings: readonly Finding[]): Finding[] => findings.filter(({ verdict }) => verdict !== 'same');

const counted = (some: number, all: number): string => `${some} of ${all} option${all === 1 ? '' : 's'}`;

function messageAll(findings: readonly Finding[], not: boolean): string {
  const call = `expect(socket).${not ? 'not.' : ''}toHaveSocketOptions(expected)`;
  const shown = different(findings);
  if (shown.length === 0)
    return `${call}\n\nAll of them are as the test expects them not to be:\n\n${findingsText(findings)}`;
  return `${call}\n\n${counted(shown.length, findings.length)} not as expected:\n\n${findingsText(shown)}`;
}

/**
 * For `expect.extend(matchers)`, in vitest, jest, and whatever else has jest's interface. With the types:
 * `import 'sockctl/testing/vitest'` or `'sockctl/testing/jest'`, which extend `expect` themselves.
 *
 * An expectation that no socket can fulfil (an unknown name, a value that the option never has) is thrown as a
 * SockctlError, also behind `.not`. Linux, macOS, FreeBSD.
 */
export const matchers = {
  toHaveSocketOption(this: Context, socket: SocketLike, option: AnyOption | string, ...value: unknown[]): Result {
    const finding = compareOne(socket, option, ...value);
    return result(this, [finding], (not) => messageOne(finding, not));
  },
  toHaveSocketOptions(this: Context, socket: SocketLike, expected: ExpectedInput): Result {
    const findings = compareAll(socket, expected);
    return result(this, findings, (not) => messageAll(findings, not));
  },
};

const texts = (findings: readonly Finding[], which: 'actual' | 'expected'): Record<string, string | undefined> =>
  Object.fromEntries(findings.map((finding) => [finding.option.name, finding[which]]));

/**
 * Asserts that the kernel has these options for the socket: `assertSocketOptions(socket, { TCP_NODELAY: true })`.
 * @param message stands in front of the table of differences; an Error is thrown as it is, as node:assert does
 * @throws AssertionError with every option that differs, or that cannot be read; a socket without a descriptor too
 * @throws SockctlError where the expectation itself is wrong: an unknown name, a value that the option never has
 */
export function assertSocketOptions(
  socket: SocketLike,
  expected: ExpectedOptions | ExpectedPairs,
  message?: string | Error,
): void {
  const findings = compareAll(socket, expected as ExpectedInput);
  const wrong = different(findings);
  if (wrong.length === 0) return;
  if (message instanceof Error) throw message;
  const head = `${message === undefined ? '' : `${message}\n\n`}${counted(wrong.length, findings.length)} not as expected:`;
  throw new AssertionError({
    message: `${head}\n\n${findingsText(wrong)}`,
    actual: texts(wrong, 'actual'),
    expected: texts(wrong, 'expected'),
    operator: 'assertSocketOptions',
    stackStartFn: assertSocketOptions,
  });
}
