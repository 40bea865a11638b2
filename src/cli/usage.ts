// The refusal of a command line that cannot be right, whatever the state of the machine.
import { SockctlError } from '../errors.ts';

/** An ERR_USAGE error; the hint says what would be right. */
export function usage(message: string, hint?: string): SockctlError {
  return new SockctlError('ERR_USAGE', message, hint === undefined ? {} : { hint });
}

/** Codes that mean that the words given were wrong: exit 2, as against 1 for what did not work out. */
export const misuse: ReadonlySet<string> = new Set([
  'ERR_USAGE',
  'ERR_UNKNOWN_OPTION',
  'ERR_INVALID_VALUE',
  'ERR_INVALID_ARGUMENT',
  'ERR_NOT_READABLE',
  'ERR_NOT_WRITABLE',
  'ERR_POLICY',
  'ERR_FILTER',
]);
