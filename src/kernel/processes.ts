// The processes of this machine, as /proc tells of them.
import { existsSync, readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs';
import { SockctlError } from '../errors.ts';
import { holds } from './capabilities.ts';

/** What is known of one process. */
export interface ProcessFacts {
  readonly pid: number;
  /** The name that the kernel has for it, at most 15 bytes; a program may change it. */
  readonly name: string;
  /** Clock ticks from the machine's start to its own: with the pid it names one process for ever. */
  readonly start: number;
}

/**
 * The numbers of all processes that can be seen.
 * @throws SockctlError ERR_UNSUPPORTED on systems other than Linux, and without /proc
 */
export function processIds(): number[] {
  if (process.platform !== 'linux') {
    throw new SockctlError('ERR_UNSUPPORTED', 'only Linux lets other processes be asked for their sockets');
  }
  const unknown = processesUnknown();
  if (unknown === undefined) {
    return readdirSync('/proc')
      .map(Number)
      .filter((pid) => pid > 0);
  }
  throw new SockctlError('ERR_UNSUPPORTED', `the processes cannot be listed: ${unknown}`, {
    hint: 'It needs /proc; under the permission model of Node: --allow-fs-read=/proc',
  });
}

/** Why /proc does not tell of the processes here; undefined where it does. */
export function processesUnknown(): string | undefined {
  try {
    if (readlinkSync('/proc/self') === String(process.pid)) return undefined;
    // The numbers in it mean other processes to the kernel that is asked for them here.
    return '/proc is that of another pid namespace: mount -t proc proc /proc';
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'ENOENT' ? '/proc is not mounted' : `/proc may not be read: ${(error as Error).message}`;
  }
}

/** Undefined where there is no such process, or it may not be seen. */
export function processFacts(pid: number): ProcessFacts | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name stands in parentheses and may have some itself.
    const end = stat.lastIndexOf(')');
    const fields = stat.slice(end + 2).split(' ');
    return { pid, name: stat.slice(stat.indexOf('(') + 1, end), start: Number(fields[19]) };
  } catch {
    return undefined;
  }
}

/** The words that it was started with; a program may change them. Empty for a kernel thread. */
export function commandLine(pid: number): string[] {
  try {
    const text = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    return text === '' ? [] : text.replace(/\0$/, '').split('\0');
  } catch {
    return [];
  }
}

/** The path of its program; undefined where it may not be asked. */
export function executable(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/exe`).replace(/ \(deleted\)$/, '');
  } catch {
    return undefined;
  }
}

/** Its working directory, for the relative paths among its words. */
export function workingDirectory(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return undefined;
  }
}

/** Its effective user; undefined where there is no such process. */
export function processUser(pid: number): number | undefined {
  try {
    return statSync(`/proc/${pid}`).uid;
  } catch {
    return undefined;
  }
}

/** Whether processes of others are hidden from this user: /proc is mounted with hidepid. */
export function processesHidden(): boolean {
  return process.pid !== 1 && existsSync('/proc/self') && !existsSync('/proc/1');
}

/** Yama's ptrace_scope: 1 lets a user reach only its own children, 2 only CAP_SYS_PTRACE, 3 nobody. 0 without Yama. */
export function ptraceScope(): number {
  try {
    return Number(readFileSync('/proc/sys/kernel/yama/ptrace_scope', 'utf8'));
  } catch {
    return 0;
  }
}

/** Whether this process may reach those of other users. */
export function mayPtrace(): boolean {
  return holds('CAP_SYS_PTRACE') ?? false;
}
