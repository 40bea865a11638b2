// The descriptor of a socket object that gives none away: the one of this process that has the same addresses (Linux).
import { sockaddr } from '../codec/sockaddr.ts';
import { socketDescriptors } from './procfs.ts';
import { nameOf } from './socket.ts';

/** What socket objects tell of themselves. */
interface Told {
  readonly remoteAddress?: unknown;
  readonly remotePort?: unknown;
  readonly localPort?: unknown;
  readonly listening?: unknown;
  readonly socket?: unknown;
  address?(): unknown;
}

/** `address:port` without what tells an IPv4 address from the same one on an IPv6 socket. */
const place = (address: unknown, port: unknown): string => `${String(address).replace(/^::ffff:/i, '')}:${port}`;

function nameOn(fd: number, which: 'getsockname' | 'getpeername'): { place: string; port: number } | undefined {
  try {
    const name = sockaddr().decode(nameOf(fd, which)) as { address?: string; port?: number };
    return name.port === undefined ? undefined : { place: place(name.address, name.port), port: name.port };
  } catch {
    return undefined;
  }
}

type Matches = (fd: number) => boolean;

function matcher(told: Told): Matches | undefined {
  const { remoteAddress, remotePort, localPort } = told;
  if (typeof remoteAddress === 'string' && typeof remotePort === 'number' && typeof localPort === 'number') {
    const peer = place(remoteAddress, remotePort);
    return (fd) => nameOn(fd, 'getpeername')?.place === peer && nameOn(fd, 'getsockname')?.port === localPort;
  }
  if (told.listening !== true || typeof told.address !== 'function') return undefined;
  const own = told.address() as { address?: unknown; port?: unknown } | null;
  if (typeof own?.port !== 'number') return undefined;
  const here = place(own.address, own.port);
  return (fd) => nameOn(fd, 'getsockname')?.place === here && nameOn(fd, 'getpeername') === undefined;
}

/** The descriptor, where exactly one fits: it stays the object's own. Reads all descriptors of the process. */
export function searchDescriptor(socket: object): number | undefined {
  const told = socket as Told;
  const matches = matcher(told) ?? (told.socket instanceof Object ? matcher(told.socket) : undefined);
  if (process.platform !== 'linux' || !matches) return undefined;
  const found = socketDescriptors().filter(({ fd }) => matches(fd));
  return found.length === 1 ? found[0]?.fd : undefined;
}
