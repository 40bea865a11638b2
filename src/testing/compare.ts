// Reads options of a socket and tells, of each, whether it is as expected: what matchers and assertions share.
import { get } from '../catalog/index.ts';
import { SO_PROTOCOL, SO_TYPE } from '../catalog/socket.ts';
import { SockctlError, SocketOptionError, show } from '../errors.ts';
import { type SocketLike, withDescriptor } from '../kernel/descriptor.ts';
import type { AnyOption } from '../option.ts';
import { table } from '../render/table.ts';
import { Socket } from '../socket/socket.ts';
import { getsockopt } from '../sockopt.ts';
import { familyOf, readOption, writeOption } from '../typed.ts';
import { expectedText, noteOn, satisfies, valueText } from './expected.ts';

/** What became of one expectation. */
export interface Finding {
  readonly option: AnyOption;
  /** `same`; `differs`; `absent`: this socket has no such option; `unknown`: nothing could be read at all. */
  readonly verdict: 'same' | 'differs' | 'absent' | 'unknown';
  /** As text, with units; absent where only the presence of the option is expected. */
  readonly expected?: string;
  readonly actual?: string;
  readonly note?: string;
}

/** No socket to ask, or no right to: neither "it is so" nor "it is not so" may be claimed of it. */
const undecided = new Set(['ERR_NO_FD', 'ERR_FFI', 'EBADF', 'ENOTSOCK', 'EPERM', 'EACCES']);

type Refusal = SocketOptionError | SockctlError;

/** What the socket or the system says; everything else is wrong with the test. */
function isRefusal(error: unknown): error is Refusal {
  if (error instanceof SocketOptionError) return true;
  return error instanceof SockctlError && ['ERR_NO_FD', 'ERR_FFI', 'ERR_UNSUPPORTED'].includes(error.code);
}

/** A system without the option answers with its name; one whose sockets cannot be reached at all does not. */
const isUndecided = ({ code, option }: Refusal): boolean =>
  undecided.has(code) || (code === 'ERR_UNSUPPORTED' && option === undefined);

/** What a fresh socket of the same kind reads after a set; undefined where none can be made or the set is refused. */
function probe(fd: number, option: AnyOption, value: unknown): unknown {
  try {
    using socket = new Socket(familyOf(fd), getsockopt(fd, SO_TYPE) as number, getsockopt(fd, SO_PROTOCOL) as number);
    writeOption(socket.fd, option, value);
    return readOption(socket.fd, option);
  } catch {
    return undefined;
  }
}

/**
 * Compares one option. Without `expected` the socket must only have it.
 * @throws SockctlError where the expectation itself is wrong: a value that the option never has, an option that cannot
 * be read, something that is no socket
 */
export function compareOne(socket: SocketLike, named: AnyOption | string, ...expected: readonly unknown[]): Finding {
  const option = get(named);
  const wanted = expected.length > 0 ? { expected: expectedText(option, expected[0]) } : {};
  try {
    return withDescriptor(socket, (fd): Finding => {
      const actual = readOption(fd, option);
      const found = { option, ...wanted, actual: valueText(option, actual, expected[0]) };
      if (expected.length === 0) return { ...found, verdict: 'same' };
      if (satisfies(option, actual, expected[0], (value) => probe(fd, option, value)))
        return { ...found, verdict: 'same' };
      const note = noteOn(option, actual, expected[0]);
      return { ...found, verdict: 'differs', ...(note && { note }) };
    });
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return { option, ...wanted, verdict: isUndecided(error) ? 'unknown' : 'absent', note: error.message };
  }
}

/** Expectations by name, or pairs, which also take options that the catalogue does not have. */
export type ExpectedInput = Readonly<Record<string, unknown>> | readonly (readonly [AnyOption | string, unknown])[];

/**
 * Compares several options, in the order given.
 * @throws SockctlError as {@link compareOne}
 */
export function compareAll(socket: SocketLike, expected: ExpectedInput): Finding[] {
  if (typeof expected !== 'object' || expected === null) {
    throw new SockctlError(
      'ERR_INVALID_ARGUMENT',
      `expects an object of options by name, or pairs, got ${show(expected)}`,
    );
  }
  const pairs: unknown[] =
    Symbol.iterator in expected ? [...(expected as Iterable<unknown>)] : Object.entries(expected);
  if (pairs.length === 0) {
    throw new SockctlError('ERR_INVALID_ARGUMENT', 'expects at least one option, got none', {
      hint: 'For example { TCP_NODELAY: true }',
    });
  }
  return pairs.map((pair) => {
    if (Array.isArray(pair) && pair.length === 2) return compareOne(socket, pair[0], pair[1]);
    throw new SockctlError('ERR_INVALID_ARGUMENT', `expects pairs of option and value, got ${show(pair)}`);
  });
}

const titles = ['OPTION', 'EXPECTED', 'THE KERNEL HAS'];
const columns = [{ title: '' }, { title: '', most: 28 }, { title: '' }];

/** Findings as a table of 80 columns, with a line for every note; ends without a line end. */
export function findingsText(findings: readonly Finding[]): string {
  const rows = findings.map(({ option, expected = 'any value', actual = '(nothing)' }) => [
    option.name,
    expected,
    actual,
  ]);
  // Without the library's own titles: these are bold on a terminal, and a message may end up in a file.
  const lines = table(columns, [titles, ...rows], { width: 80, bare: true }).trimEnd();
  const reasons = findings.flatMap(({ option, note }) =>
    note ? [note.includes(option.name) ? note : `${option.name}: ${note}`] : [],
  );
  // A socket that is gone says the same of every option.
  const notes = findings.every(({ note }) => note === findings[0]?.note) ? [findings[0]?.note ?? ''] : reasons;
  return [lines, ...new Set(notes)].filter(Boolean).join('\n\n');
}
