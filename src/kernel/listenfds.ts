// The descriptors that a service manager passes on: systemd's LISTEN_FDS, LISTEN_PID and LISTEN_FDNAMES.
import { SockctlError, show } from '../errors.ts';
import { native } from './ffi.ts';

/** The first descriptor that is passed; see sd_listen_fds(3). */
const FIRST = 3;

const F_SETFD = 2;
const FD_CLOEXEC = 1;

/** One descriptor that was passed on. */
export interface PassedDescriptor {
  readonly fd: number;
  /** FileDescriptorName= of the unit, the unit's name where it has none, `unknown` where no names were passed. */
  readonly name: string;
}

/** The variables that a service manager sets. */
export type ListenEnvironment = Readonly<
  Partial<Record<'LISTEN_FDS' | 'LISTEN_PID' | 'LISTEN_FDNAMES', string | undefined>>
>;

function unusable(message: string, hint: string): SockctlError {
  return new SockctlError('ERR_INVALID_ARGUMENT', message, { hint });
}

/** A whole number in digits, as sd_listen_fds(3) takes it: no sign, no spaces. */
function digits(name: string, text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw unusable(
    `${name} must be a number, got ${show(text)}`,
    'The service manager sets it: do not set it in the unit or in a script',
  );
}

/**
 * What LISTEN_FDS and its companions say. Nothing is looked at but the variables.
 * @param pid the process that asks: LISTEN_PID must be its number, for children inherit the variables too
 * @throws SockctlError ERR_INVALID_ARGUMENT nothing was passed, it was passed to another process, or it is malformed
 */
export function parseListenFds(env: ListenEnvironment, pid: number): PassedDescriptor[] {
  const { LISTEN_FDS: fds, LISTEN_PID: forPid, LISTEN_FDNAMES: names } = env;
  if (fds === undefined || forPid === undefined) {
    throw unusable(
      `no sockets were passed to this process: ${fds === undefined ? 'LISTEN_FDS' : 'LISTEN_PID'} is not set`,
      'Start it from a systemd .socket unit, or try it with systemd-socket-activate -l 8080 node app.js',
    );
  }
  const meant = digits('LISTEN_PID', forPid);
  if (meant !== pid) {
    throw unusable(
      `the sockets of LISTEN_FDS were passed to process ${meant}, and this is process ${pid}`,
      'Let the unit start node itself, not npm or a shell (or use exec); a child or a cluster worker has none of them',
    );
  }
  const count = digits('LISTEN_FDS', fds);
  if (count === 0) throw unusable('LISTEN_FDS is 0: no sockets were passed', 'Give the .socket unit a ListenStream=');
  const listed = names === undefined ? [] : names.split(':');
  if (names !== undefined && listed.length !== count) {
    throw unusable(
      `LISTEN_FDNAMES has ${listed.length} names for ${count} descriptors: ${show(names)}`,
      'The service manager sets both: do not set them in the unit or in a script',
    );
  }
  return Array.from({ length: count }, (_, i) => ({ fd: FIRST + i, name: listed[i] ?? 'unknown' }));
}

/**
 * Keeps a descriptor from the programs that this process starts; Node does so by itself at its start. One that is not
 * open is left to its user's error.
 */
export function closeOnExec(fd: number): void {
  native().fcntl(fd, F_SETFD, 'int', FD_CLOEXEC);
}
