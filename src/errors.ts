// The two error classes, and the one table of our own error codes.

/** Every code that a {@link SockctlError} can carry, with what it means. Docs and types are checked against this table. */
export const errorCodes = {
  ERR_NO_FD: 'The socket has no descriptor: not yet, not any more, or none that can be found.',
  ERR_UNKNOWN_OPTION: 'No option of that name is in the catalogue.',
  ERR_UNSUPPORTED: 'The option, or the operation, does not exist on this system.',
  ERR_NOT_READABLE: 'The option can only be set.',
  ERR_NOT_WRITABLE: 'The option can only be read.',
  ERR_INVALID_VALUE: 'The value is not one that the option takes.',
  ERR_INVALID_ARGUMENT: 'An argument of the call itself is wrong: the level, the name, the length, the buffer.',
  ERR_TOO_LATE: 'The option must be set before bind, listen or connect, and this socket is past that.',
  ERR_POLICY: 'The policy file cannot be used: it is not there, not JSON, or a rule in it is wrong.',
  ERR_NO_PROCESS: 'There is no such process: not any more, or it is another one by now.',
  ERR_NO_SOCKET: 'No open socket is meant: closed, another one by now, a file, or nothing that the target names.',
  ERR_FILTER: 'A filter cannot be read: a word in it is wrong, or something is missing.',
  ERR_RUNTIME: 'This runtime cannot do it, or not at this point; the message says what to do instead.',
  ERR_USAGE: 'The command line of the shell is wrong: an unknown verb, kind or flag, or one too few or too many.',
  ERR_INTERNAL: 'A mistake of sockctl itself; SOCKCTL_DEBUG=1 makes the shell print where it happened.',
  ERR_FFI: 'The native part (koffi, or the FFI of Bun or Deno) could not be loaded, so no system call can be made.',
} as const;

/** The code of our own refusals. */
export type SockctlErrorCode = keyof typeof errorCodes;

/** What an error is about, for programs: merged into the error object and into the shell's `--json` errors. */
export interface ErrorDetails {
  /** The option's C name, or its number where the catalogue was not asked. */
  option?: string | number;
  /** The value that was refused. */
  value?: unknown;
  /** What to do instead. */
  hint?: string;
}

/** Our own refusal, made before any system call. */
export class SockctlError extends Error {
  override readonly name = 'SockctlError';
  readonly code: SockctlErrorCode;
  readonly option?: string | number;
  readonly value?: unknown;
  readonly hint?: string;

  constructor(code: SockctlErrorCode, message: string, details: ErrorDetails = {}, cause?: unknown) {
    super(details.hint ? `${message}. ${details.hint}` : message, cause === undefined ? undefined : { cause });
    this.code = code;
    if (details.option !== undefined) this.option = details.option;
    if ('value' in details) this.value = details.value;
    if (details.hint !== undefined) this.hint = details.hint;
  }
}

/** What the kernel refused, and where. */
export interface KernelRefusal extends ErrorDetails {
  /** The positive errno of the C library. */
  errno: number;
  code: string;
  /** The C library's own words for the errno. */
  text: string;
  syscall: string;
  level?: number;
  /** The operation as a person would write it: `SO_MARK = 5 on fd 21`. */
  subject?: string;
}

/** The kernel's refusal, shaped like Node's system errors: `code`, negative `errno`, `syscall`. */
export class SocketOptionError extends Error {
  override readonly name = 'SocketOptionError';
  readonly code: string;
  /** Negative, as in Node's own system errors: -1 for EPERM. */
  readonly errno: number;
  readonly syscall: string;
  readonly level?: number;
  readonly option?: string | number;
  readonly hint?: string;

  constructor(refusal: KernelRefusal) {
    const where = refusal.subject ? `${refusal.syscall} ${refusal.subject}` : refusal.syscall;
    super(`${refusal.code}: ${refusal.text}, ${where}${refusal.hint ? `. ${refusal.hint}` : ''}`);
    this.code = refusal.code;
    this.errno = -refusal.errno;
    this.syscall = refusal.syscall;
    if (refusal.level !== undefined) this.level = refusal.level;
    if (refusal.option !== undefined) this.option = refusal.option;
    if (refusal.hint !== undefined) this.hint = refusal.hint;
  }
}

/** A value as error messages show it: short, on one line, never throwing. */
export function show(value: unknown): string {
  try {
    if (typeof value === 'string') return JSON.stringify(value.length > 60 ? `${value.slice(0, 57)}...` : value);
    if (typeof value === 'bigint') return `${value}n`;
    if (value instanceof Uint8Array) return `${value.constructor?.name ?? 'Uint8Array'}(${value.byteLength} bytes)`;
    if (typeof value === 'function') return 'a function';
    if (typeof value === 'object' && value !== null) {
      const text = (_key: string, part: unknown): unknown => {
        if (typeof part === 'bigint') return `${part}`;
        return part instanceof Uint8Array ? show(part) : part;
      };
      const json = JSON.stringify(value, text) ?? 'an object';
      return json.length > 80 ? `${json.slice(0, 77)}...` : json;
    }
    return String(value);
  } catch {
    return 'an object that cannot be shown';
  }
}

/** The refusal of a value by a codec; the option's name is put in front by whoever knows it. */
export function invalid(expected: string, value: unknown): SockctlError {
  return new SockctlError('ERR_INVALID_VALUE', `expects ${expected}, got ${show(value)}`, { value });
}
