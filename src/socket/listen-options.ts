// What listen() takes, checked before anything is made.
import { sockaddr } from '../codec/sockaddr.ts';
import { SockctlError, show } from '../errors.ts';
import type { AnyOption } from '../option.ts';
import type { ApplyInput } from '../settings.ts';
import { Birth } from './birth.ts';
import { checkPort, checkProtocol } from './connect-options.ts';

/** Where a server listens, and with which options. One of `port`, `path` and `systemd` says where. */
export interface ListenOptions {
  /** 0 lets the kernel choose. A text of digits is taken too, as it comes from the environment. */
  port?: number | string | undefined;
  /**
   * A name or an address of this machine; `fe80::1%eth0` has a scope. Default: all addresses, IPv6 and IPv4 on one
   * socket (`::`), or IPv4 alone (`0.0.0.0`) on a machine without IPv6.
   */
  host?: string | undefined;
  /** A unix path; an abstract name of Linux begins with NUL. */
  path?: string | undefined;
  /** Permission bits of the path, such as 0o660. Default: what the umask leaves of 0o777. */
  mode?: number | undefined;
  /**
   * A socket from the service manager (LISTEN_FDS): the one of this name (FileDescriptorName=), or with `true` the only
   * one. Where several have the name, each call takes the next one.
   */
  systemd?: boolean | string | undefined;
  /** Connections that may wait to be accepted; the kernel caps it at net.core.somaxconn. Default 511, as in Node. */
  backlog?: number | undefined;
  /** No IPv4 on the IPv6 socket. Default false, whatever net.ipv6.bindv6only says. */
  ipv6Only?: boolean | undefined;
  /** `mptcp` makes a socket of Multipath TCP (Linux), which serves clients of plain TCP as well. */
  protocol?: 'tcp' | 'mptcp' | undefined;
  /** Options of the listening socket, set before bind(2). Accepted TCP sockets inherit most of them. */
  options?: ApplyInput | undefined;
  /** Options that are set on each accepted socket before the program sees it. */
  accepted?: ApplyInput | undefined;
  /** Aborted before the server listens, listen() rejects; later, the server is closed, as in Node. */
  signal?: AbortSignal | undefined;
}

interface Common {
  readonly birth: Birth;
  readonly accepted: Birth | undefined;
  readonly backlog: number | undefined;
  readonly signal: AbortSignal | undefined;
}

/** Checked: one of the three ways to come by a listening descriptor. */
export type Plan = Common &
  (
    | {
        readonly kind: 'ip';
        /** undefined: all addresses. */
        readonly host: string | undefined;
        readonly port: number;
        readonly ipv6Only: boolean;
        readonly protocol: number;
      }
    | { readonly kind: 'path'; readonly path: string; readonly mode: number | undefined }
    | { readonly kind: 'systemd'; readonly name: string | undefined }
  );

/** Connections that wait, where nobody says how many: Node's number. */
export const defaultBacklog = 511;

/** A descriptor that listens, and what its owner needs to know. */
export interface Listening {
  readonly fd: number;
  readonly family: number;
  readonly backlog: number;
  /** What `server.address()` gives, for a unix socket. */
  readonly path?: string;
  /** To be called when the server closes, while the descriptor is still open; and by the one who closes it otherwise. */
  release?(): void;
}

const keys: readonly string[] = [
  'port',
  'host',
  'path',
  'mode',
  'systemd',
  'backlog',
  'ipv6Only',
  'protocol',
  'options',
  'accepted',
  'signal',
];

/** What Node's listen() takes and this one has in another form. */
const instead: Readonly<Record<string, string>> = {
  reusePort: 'Use options: { SO_REUSEPORT: true }',
  exclusive: 'Leave it out: the socket is always the own one of this process',
  readableAll: 'Use mode: 0o666',
  writableAll: 'Use mode: 0o666',
  fd: 'Use systemd: true for a socket that the service manager passed on',
};

function refused(message: string, hint?: string): SockctlError {
  return new SockctlError('ERR_INVALID_ARGUMENT', message, hint === undefined ? {} : { hint });
}

function checkKeys(given: object): void {
  for (const key of Object.keys(given)) {
    if (!keys.includes(key)) throw refused(`listen takes ${keys.join(', ')}, not ${key}`, instead[key]);
  }
}

function checkInteger(what: string, value: number | undefined, least: number, most: number): number | undefined {
  if (value === undefined || (Number.isInteger(value) && value >= least && value <= most)) return value;
  throw refused(`${what} must be an integer from ${least} to ${most}, got ${show(value)}`);
}

function checkMode(mode: number | undefined): void {
  if (mode === undefined || (Number.isInteger(mode) && mode >= 0 && mode <= 0o777)) return;
  const octal = Number.isInteger(mode) && mode >= 0 ? `0o${mode.toString(8)}` : show(mode);
  throw refused(`mode must be a number from 0 to 0o777, got ${octal}`, 'For example 0o660');
}

function checkPath(path: string): void {
  try {
    sockaddr().encode({ family: 'unix', path });
  } catch (error) {
    const { message } = error as Error;
    throw refused(`path ${message}`, 'Use a shorter one: it may be relative to the working directory');
  }
}

function checkType(what: string, value: unknown, type: 'string' | 'boolean'): void {
  if (value !== undefined && typeof value !== type) throw refused(`${what} must be a ${type}, got ${show(value)}`);
}

function checkSignal(signal: AbortSignal | undefined): AbortSignal | undefined {
  if (signal === undefined || signal instanceof AbortSignal) return signal;
  throw refused(`signal must be an AbortSignal, got ${show(signal)}`);
}

/** What belongs to another way of listening than the chosen one. */
function checkAbsent(given: ListenOptions, chosen: string, others: readonly (keyof ListenOptions)[]): void {
  const extra = others.find((key) => given[key] !== undefined);
  if (extra !== undefined) throw refused(`${extra} does not go with ${chosen}`, `Leave out ${extra}, or ${chosen}`);
}

/** An option in the wrong one of `options` and `accepted` would silently do nothing. */
function checkMoments(birth: Birth, misplaced: AnyOption['declaration']['when'], text: string, hint: string): void {
  const found = birth.settings.find(({ option }) => option.declaration.when === misplaced);
  if (found === undefined) return;
  const { name } = found.option;
  throw new SockctlError('ERR_INVALID_ARGUMENT', `${name} = ${show(found.asked)} ${text}`, { option: name, hint });
}

function checkCommon({ options, accepted, backlog, signal }: ListenOptions): Common {
  const birth = new Birth(options, 'listen');
  checkMoments(birth, 'connected', 'is for connections, not for a listening socket', 'Put it into accepted');
  // Not strict: a connection that lacks one option is better than none.
  const born = accepted === undefined ? undefined : new Birth(accepted, 'listen', { strict: false });
  if (born) {
    checkMoments(born, 'before-bind', 'does nothing on an accepted socket, which is bound', 'Put it into options');
  }
  return {
    birth,
    accepted: born?.settings.length ? born : undefined,
    backlog: checkInteger('backlog', backlog, 1, 0x7fffffff),
    signal: checkSignal(signal),
  };
}

/** @throws SockctlError ERR_INVALID_ARGUMENT, ERR_UNKNOWN_OPTION, ERR_INVALID_VALUE; Node's ERR_SOCKET_BAD_PORT */
export function checkListen(given: ListenOptions): Plan {
  if (typeof given !== 'object' || given === null) {
    throw refused(
      `listen takes a server and an object, got ${show(given)}`,
      'For example listen(server, { port: 8080, options: { SO_REUSEPORT: true } })',
    );
  }
  checkKeys(given);
  const { port, host, path, mode, systemd, ipv6Only, protocol } = given;
  checkType('host', host, 'string');
  checkType('path', path, 'string');
  checkType('ipv6Only', ipv6Only, 'boolean');
  const common = checkCommon(given);
  if (systemd !== undefined && systemd !== false) {
    if (systemd !== true && (typeof systemd !== 'string' || systemd === '')) {
      throw refused(`systemd must be true or a name, got ${show(systemd)}`);
    }
    checkAbsent(given, 'systemd', ['port', 'host', 'path', 'mode', 'ipv6Only', 'protocol']);
    return { ...common, kind: 'systemd', name: systemd === true ? undefined : systemd };
  }
  if (path !== undefined) {
    checkAbsent(given, 'path', ['port', 'host', 'ipv6Only', 'protocol']);
    if (path === '') throw refused('path must not be empty', "For example '/run/app.sock', or '\\0app' (abstract)");
    checkMode(mode);
    checkPath(path);
    if (mode !== undefined && path.startsWith('\0')) {
      throw refused(
        'mode does not go with an abstract name, which has no permissions',
        'Use a path, or leave out mode',
      );
    }
    return { ...common, kind: 'path', path, mode };
  }
  if (port === undefined) {
    throw refused('listen needs a port, a path or systemd', 'Use port: 0 for a port that the kernel chooses');
  }
  checkAbsent(given, 'port', ['mode']);
  if (ipv6Only !== undefined && common.birth.settings.some(({ option }) => option.name === 'IPV6_V6ONLY')) {
    throw refused('ipv6Only and IPV6_V6ONLY say the same', 'Leave out one of them');
  }
  return {
    ...common,
    kind: 'ip',
    host: host || undefined,
    port: checkPort('options.port', port),
    ipv6Only: ipv6Only ?? false,
    protocol: checkProtocol(protocol),
  };
}
