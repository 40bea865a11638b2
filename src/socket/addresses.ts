// IP addresses as people write them to what the kernel takes, and errors in the shape of Node's own.
import { isIP } from 'node:net';
import { sockaddr } from '../codec/sockaddr.ts';
import type { SocketAddressInput } from '../codec/sockaddr-types.ts';
import { AF_INET, AF_INET6 } from '../constants/families.ts';
import { SockctlError, SocketOptionError, show } from '../errors.ts';
import { interfaceIndex } from '../kernel/interfaces.ts';
import { bindSocket } from '../kernel/socket.ts';

/** One address to try: 4 or 6 as Node's `family`. */
export interface Candidate {
  readonly address: string;
  readonly family: 4 | 6;
}

/** AF_INET or AF_INET6 of Node's 4 or 6. */
export const domainOf = (family: 4 | 6): number => (family === 6 ? AF_INET6 : AF_INET);

/**
 * A sockaddr of a literal address; `fe80::1%eth0` has the interface's index as its scope.
 * @throws SockctlError ERR_INVALID_ARGUMENT not an IP address, no such interface
 */
export function ipAddress(text: string, port: number): SocketAddressInput {
  const [address = '', scope] = text.split('%');
  if (isIP(text) === 4) return { family: 'inet', address, port };
  if (isIP(text) !== 6) throw new SockctlError('ERR_INVALID_ARGUMENT', `expects an IP address, got ${show(text)}`);
  if (scope === undefined) return { family: 'inet6', address, port };
  const scopeId = /^\d+$/.test(scope) ? Number(scope) : interfaceIndex(scope);
  if (scopeId === 0) {
    throw new SockctlError('ERR_INVALID_ARGUMENT', `${show(text)} names no interface of this machine`, {
      hint: 'ip link lists them',
    });
  }
  return { family: 'inet6', address, port, scopeId };
}

/** An error as Node's net and dgram make them: `code`, `errno`, `syscall`, `address`, `port`. */
export interface AddressError extends Error {
  code: string;
  errno: number;
  syscall: string;
  address?: string;
  port?: number;
}

/**
 * The error that Node would give for a refused bind, listen or connect.
 * @param detail what Node puts behind the code: listen and bind explain (`address already in use`), connect does not
 */
export function addressError(
  syscall: string,
  cause: { code: string; errno: number },
  where: { address?: string; port?: number },
  detail = '',
): AddressError {
  const place = where.address === undefined ? '' : ` ${where.address}${where.port ? `:${where.port}` : ''}`;
  const error = new Error(`${syscall} ${cause.code}${detail ? `: ${detail}` : ''}${place}`);
  const { address, port } = where;
  const shape = { ...(address !== undefined && { address }), ...(port && { port }) };
  return Object.assign(error, { code: cause.code, errno: cause.errno, syscall, ...shape });
}

/** The error of what a signal ended. */
export function abortError(signal: AbortSignal): Error {
  const error = new Error('The operation was aborted', { cause: signal.reason });
  return Object.assign(error, { name: 'AbortError', code: 'ABORT_ERR' });
}

/**
 * bind(2) of a descriptor to a literal address; a refusal has the shape of Node's.
 * @param port 0 lets the kernel choose
 */
export function bindTo(fd: number, address: string, port: number): void {
  const bytes = sockaddr().encode(ipAddress(address, port));
  try {
    bindSocket(fd, bytes, `${address}:${port}`);
  } catch (error) {
    if (!(error instanceof SocketOptionError)) throw error;
    throw addressError('bind', error, { address, port });
  }
}
