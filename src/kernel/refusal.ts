// Builds the error for a system call that the kernel refused.
import { type ErrorDetails, SocketOptionError } from '../errors.ts';
import { errnoName, errnoText } from './errno.ts';

/** What the caller knows of the call: its subject as a person would write it, the option, a hint by errno name. */
export interface RefusalContext extends ErrorDetails {
  level?: number;
  subject?: string;
}

/** The error for a negative errno that a kernel call returned. */
export function refusal(syscall: string, negativeErrno: number, context: RefusalContext = {}): SocketOptionError {
  const errno = -negativeErrno;
  return new SocketOptionError({ ...context, errno, code: errnoName(errno), text: errnoText(errno), syscall });
}
