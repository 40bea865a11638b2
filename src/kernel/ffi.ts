// Loads an FFI at the first system call, never at import: the runtime's own where it is the faster one, else koffi.
import { hostAbi } from '../codec/abi.ts';
import { SockctlError } from '../errors.ts';
import { bindBun } from './ffi-bun.ts';
import type { Native } from './ffi-calls.ts';
import { bindDeno } from './ffi-deno.ts';
import { bindKoffi } from './ffi-koffi.ts';
import { ownFfi } from './ffi-own.ts';
import { noFfi } from './permission.ts';
import { runtime } from './runtime.ts';

export type { Call, Native } from './ffi-calls.ts';

const own = { bun: bindBun, deno: bindDeno, node: undefined }[runtime];

function bindAll(): Native {
  if (hostAbi.os === 'windows') {
    throw new SockctlError('ERR_UNSUPPORTED', 'Windows sockets cannot be reached: Node gives no handle there', {
      hint: 'Codecs, catalogue and explain work; calls on sockets need Linux, macOS or FreeBSD',
    });
  }
  try {
    if (own !== undefined && ownFfi) return own();
  } catch (error) {
    // Where Deno forbids its own FFI it forbids koffi too, with a longer list of what is missing.
    if ((error as Error).name === 'NotCapable') throw noFfi(error as Error);
  }
  try {
    return bindKoffi();
  } catch (error) {
    throw noFfi(error as Error);
  }
}

let bound: Native | undefined;

/**
 * The C library's calls; an FFI is loaded when they are asked for first.
 * @throws SockctlError ERR_FFI where none can be loaded, ERR_UNSUPPORTED on Windows.
 */
export function native(): Native {
  bound ??= bindAll();
  return bound;
}
