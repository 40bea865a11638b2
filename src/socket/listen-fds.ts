// A listening descriptor from the service manager: systemd's LISTEN_FDS as the place to listen at.
import { SO_TYPE } from '../catalog/socket.ts';
import { TCP_INFO } from '../catalog/tcp.ts';
import { sockaddr } from '../codec/sockaddr.ts';
import { AF_INET, AF_INET6, AF_UNIX, SOCK_STREAM } from '../constants/families.ts';
import { SockctlError, SocketOptionError, show } from '../errors.ts';
import { closeOnExec, type PassedDescriptor, parseListenFds } from '../kernel/listenfds.ts';
import { listenSocket, nameOf } from '../kernel/socket.ts';
import { closeDescriptor, duplicate } from '../kernel/syscalls.ts';
import { equalValues } from '../outcome.ts';
import type { Setting } from '../settings.ts';
import { getsockopt } from '../sockopt.ts';
import { familyOf, readBytes } from '../typed.ts';
import { Birth, type BirthReport } from './birth.ts';
import { asListenError } from './listen-errors.ts';
import { defaultBacklog, type Listening, type Plan } from './listen-options.ts';

type SystemdPlan = Plan & { readonly kind: 'systemd' };

/** Descriptors that a server of this process listens on at the moment. */
const inUse = new Set<number>();

function refused(message: string, hint: string): SockctlError {
  return new SockctlError('ERR_INVALID_ARGUMENT', message, { hint });
}

function choose(passed: readonly PassedDescriptor[], wanted: string | undefined): PassedDescriptor {
  const names = [...new Set(passed.map(({ name }) => name))];
  if (wanted === undefined && names.length > 1) {
    throw refused(
      `the service manager passed sockets of ${names.length} names: ${names.join(', ')}`,
      `Say which: systemd: ${show(names[0])}`,
    );
  }
  const named = passed.filter(({ name }) => wanted === undefined || name === wanted);
  if (named.length === 0) {
    throw refused(
      `the service manager passed no socket named ${show(wanted)}, but ${names.join(', ')}`,
      'FileDescriptorName= in the .socket unit gives the name',
    );
  }
  const free = named.find(({ fd }) => !inUse.has(fd));
  if (free) return free;
  const which = named.length === 1 ? 'the socket' : `all ${named.length} sockets`;
  throw refused(
    `${which} named ${show(named[0]?.name)} of LISTEN_FDS ${named.length === 1 ? 'is' : 'are'} in use in this process`,
    'Close the server that has it, or let the unit pass another ListenStream=',
  );
}

/** @throws SockctlError the descriptor is no stream socket that a Node server can serve */
function checkPassed({ fd, name }: PassedDescriptor): number {
  const what = `descriptor ${fd} of LISTEN_FDS (${name})`;
  let type: number;
  try {
    type = Number(getsockopt(fd, SO_TYPE.levelNumber, SO_TYPE.number));
  } catch (cause) {
    if (!(cause instanceof SocketOptionError)) throw cause;
    const state = cause.code === 'EBADF' ? 'is not open' : 'is not a socket';
    throw refused(`${what} ${state}`, 'The variables are not from the service manager that started this process');
  }
  const family = familyOf(fd) ?? AF_INET;
  if (type === SOCK_STREAM && [AF_INET, AF_INET6, AF_UNIX].includes(family)) return family;
  throw refused(
    `${what} is not a stream socket of TCP or unix (family ${family}, type ${type})`,
    'A server needs ListenStream= with a port, an address or a path',
  );
}

/**
 * Options that bind(2) has passed by: an error, unless the descriptor came with the value.
 * @returns what is left to be set
 */
function checkTooLate(fd: number, { settings }: Birth, report: BirthReport[]): readonly Setting[] {
  return settings.filter(({ option, asked, bytes }) => {
    if (option.declaration.when !== 'before-bind') return true;
    const now = readBytes(fd, option);
    // Not an option of this family: the rule for families is Birth's.
    if (typeof now === 'number') return true;
    const { name } = option;
    if (!equalValues(option, now, bytes)) {
      throw new SockctlError(
        'ERR_INVALID_ARGUMENT',
        `${name} = ${show(asked)} is too late: the service manager has bound this socket, with ${show(option.codec.decode(now))}`,
        { option: name, hint: 'Set it in the .socket unit: see ReusePort=, FreeBind=, Transparent=, BindIPv6Only=' },
      );
    }
    report.push({ name, asked, outcome: 'set', why: 'the descriptor came with it' });
    return false;
  });
}

/** What the service manager gave it: listen(2) would set another one. A unix socket does not tell. */
function backlogOf(fd: number, family: number): number {
  if (family === AF_UNIX) return defaultBacklog;
  // tcp(7): of a listening socket tcpi_sacked is the limit of its queue.
  return getsockopt(fd, TCP_INFO).sacked || defaultBacklog;
}

function pathOf(fd: number): string {
  const address = sockaddr().decode(nameOf(fd, 'getsockname'));
  return address.family === 'unix' ? (address as { path: string }).path : '';
}

/**
 * The server gets a copy, so that a server that is closed, or that failed, can listen again.
 * @throws SockctlError what parseListenFds says; none of that name; not a socket for a server; an option that is too late
 */
export function openPassed({ name, birth, backlog }: SystemdPlan, report: BirthReport[]): Listening {
  const passed = parseListenFds(process.env, process.pid);
  for (const { fd } of passed) closeOnExec(fd);
  const chosen = choose(passed, name);
  const family = checkPassed(chosen);
  const tried: BirthReport[] = [];
  const rest = checkTooLate(chosen.fd, birth, tried);
  const queue = backlog ?? backlogOf(chosen.fd, family);
  const fd = duplicate(chosen.fd);
  try {
    new Birth(
      rest.map(({ option, asked }) => [option, asked] as const),
      'listen',
    ).set(fd, family, 'fresh', tried);
    listenSocket(fd, queue);
  } catch (error) {
    closeDescriptor(fd);
    throw asListenError(error, { address: `fd ${chosen.fd}`, port: -1 });
  }
  report.push(...tried);
  inUse.add(chosen.fd);
  const release = (): void => void inUse.delete(chosen.fd);
  return { fd, family, backlog: queue, release, ...(family === AF_UNIX && { path: pathOf(fd) }) };
}
