// Which options concern which sockets: one that a socket does not have, or that does nothing on it, is not set in passing.
import { absent } from '../apply.ts';
import { levelServes } from '../constants/levels.ts';
import { errnoName } from '../kernel/errno.ts';
import { type AnyOption, type Kind, kinds } from '../option.ts';
import { readBytes } from '../typed.ts';
import type { LiveSocket } from './socket.ts';
import type { LiveProtocol } from './sort.ts';

const noStreams: readonly LiveProtocol[] = ['udp', 'udplite', 'icmp', 'raw', 'unix', 'netlink', 'packet', 'xdp'];
const noPackets: readonly LiveProtocol[] = ['unix', 'netlink', 'vsock'];

/** Options of every socket that the kernel stores and never looks at on some. */
const idle: Readonly<Record<string, readonly LiveProtocol[]>> = {
  SO_KEEPALIVE: [...noStreams, 'vsock'],
  SO_LINGER: noStreams,
  SO_MARK: noPackets,
  SO_PRIORITY: noPackets,
  SO_MAX_PACING_RATE: noPackets,
};

/** Whether the kernel stores the option there and does nothing with it. */
export function isIdle({ name }: AnyOption, { proto }: LiveSocket): boolean {
  return idle[name]?.includes(proto) ?? false;
}

/** What the catalogue calls such a socket; undefined where it has no word for it. */
function kindIn({ kind, state }: LiveSocket): Kind | undefined {
  if (kind === 'tcp' && state === 'LISTEN') return 'tcp-listen';
  if (kind === 'tcp' && state === 'ESTABLISHED') return 'tcp-connected';
  if (kind === 'mptcp6') return 'mptcp';
  return kinds.find((known) => known === kind);
}

/** Whether a socket has the option: by a read where that is possible, else by its kind. */
function has(fd: number, socket: LiveSocket, option: AnyOption): boolean {
  // The number of a level means another protocol in other families.
  if (!option.levels.some((level) => levelServes(level, socket.sort[0]))) return false;
  const { access, declaration } = option;
  if (access !== 'rw' || declaration.query || declaration.sideEffect) {
    const kind = kindIn(socket);
    return kind === undefined || option.kinds.includes(kind);
  }
  const result = readBytes(fd, option);
  return typeof result !== 'number' || !absent.has(errnoName(-result));
}

/** Whether a set of the option is of use on a socket. One that this system lacks concerns all: that is reported. */
export function concerns(fd: number, socket: LiveSocket, option: AnyOption): boolean {
  return option.number < 0 || (!isIdle(option, socket) && has(fd, socket, option));
}
