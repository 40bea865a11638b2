// Why the FFI cannot be loaded, and the flag that allows it: by runtime and version.
import { hostAbi } from '../codec/abi.ts';
import { SockctlError } from '../errors.ts';
import { runtime } from './runtime.ts';

/** What a runtime says when it forbids something. */
interface Denial extends Error {
  code?: string;
  /** Node: the file that may not be read. */
  resource?: string;
}

interface Permission {
  has(scope: string): boolean;
}

function nodeMayLoadAddons(permission: Permission): boolean {
  // Node 20 has no word for it: there the flag itself is looked for.
  return permission.has('addon') || `${process.execArgv} ${process.env.NODE_OPTIONS ?? ''}`.includes('--allow-addons');
}

/** The flags that this Node still needs. */
function nodeFlags({ code, resource = '' }: Denial, permission: Permission): string[] {
  const flags: string[] = [];
  if (code === 'ERR_DLOPEN_DISABLED' || !nodeMayLoadAddons(permission)) flags.push('--allow-addons');
  if (code === 'ERR_ACCESS_DENIED') {
    // Everything that koffi reads lies there: its own package and the one for this processor.
    const packages = /^.*?\/node_modules\//.exec(resource)?.[0] ?? '*';
    flags.push(`--allow-fs-read=${packages}`);
  }
  return flags;
}

function missing(cause: Denial): { flags: string[]; version: string } | undefined {
  if (runtime === 'deno') {
    const flags = cause.message.match(/--allow-[a-z]+/g) ?? [];
    return flags.length === 0 ? undefined : { flags, version: `Deno ${process.versions.deno}` };
  }
  const { permission } = process as typeof process & { permission?: Permission };
  if (runtime !== 'node' || !permission) return undefined;
  if (cause.code !== 'ERR_DLOPEN_DISABLED' && cause.code !== 'ERR_ACCESS_DENIED') return undefined;
  return { flags: nodeFlags(cause, permission), version: `Node ${process.versions.node}` };
}

/** The error for an FFI that could not be loaded. */
export function noFfi(cause: Error): SockctlError {
  const found = missing(cause);
  const reason = cause.message.split('\n')[0];
  if (found) {
    const hint = `The permission model of ${found.version} needs ${found.flags.join(' ')} besides the flags that it has`;
    return new SockctlError('ERR_FFI', `system calls are not allowed here (${reason})`, { hint }, cause);
  }
  const { code } = cause as Denial;
  const hint =
    code === 'EMFILE' || code === 'ENFILE'
      ? 'No descriptor is left to open it with: close some, or raise the limit (ulimit -n)'
      : `Install it for ${hostAbi.os} on ${hostAbi.arch}: npm install sockctl, without --omit=optional`;
  return new SockctlError('ERR_FFI', `koffi could not be loaded (${reason})`, { hint }, cause);
}
