// The calls that only Linux has.
import { SockctlError } from '../errors.ts';
import { type Call, native } from './ffi.ts';

/**
 * One of Linux' own calls.
 * @throws SockctlError ERR_UNSUPPORTED on other systems
 */
export function linuxCall(name: 'send' | 'recv' | 'readlinkat' | 'setns' | 'syscall'): Call {
  const call = native()[name];
  if (call) return call;
  throw new SockctlError(
    'ERR_UNSUPPORTED',
    `sockets of other processes can only be reached on Linux, not on ${process.platform}`,
    {
      hint: 'Sockets of this process can be read here: getsockopt, setsockopt, apply, snapshot',
    },
  );
}
