// The order of a listing: by columns, or what an operator looks for first.
import type { LiveSocket } from '../../live/socket.ts';
import type { LiveProtocol } from '../../live/sort.ts';
import type { Order } from './asked.ts';
import { keyOf } from './columns.ts';
import type { Look } from './look.ts';

type Key = string | number | bigint | undefined;

/** What is missing comes last, whichever way the rest is turned. */
function compare(a: Key, b: Key, descending: boolean): number {
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
  // Numbers before words, where a column has both.
  const mixed = Number(typeof a === 'string') - Number(typeof b === 'string');
  const way = mixed || (a < b ? -1 : Number(a > b));
  return descending ? -way : way;
}

/** The sockets in the order of these columns; of equal ones as they came. */
export function sorted(found: readonly LiveSocket[], order: readonly Order[], look: Look): LiveSocket[] {
  const keyed = found.map((socket) => ({ socket, keys: order.map(({ column }) => keyOf(column, socket, look)) }));
  keyed.sort((a, b) => {
    for (const [i, { descending }] of order.entries()) {
      const way = compare(a.keys[i], b.keys[i], descending);
      if (way !== 0) return way;
    }
    return 0;
  });
  return keyed.map(({ socket }) => socket);
}

const network = new Set<LiveProtocol>(['tcp', 'mptcp', 'udp', 'udplite', 'sctp', 'vsock']);

/** Who listens, who is connected, what watches the wire, and then the machine's own talk. */
function rank(socket: LiveSocket): number {
  const { proto, state } = socket;
  if (network.has(proto)) {
    if (state === 'LISTEN' || state === 'BOUND') return 0;
    if (state === 'UNCONNECTED' || state === 'CLOSE') return 7;
    return socket.inode === 0 ? 2 : 1;
  }
  if (proto === 'unix') {
    if (state === 'LISTEN' || state === 'BOUND') return 4;
    return state === 'CONNECTED' ? 5 : 7;
  }
  return proto === 'netlink' ? 6 : 3;
}

/** Listeners by port, the others by process. */
function keysOf(socket: LiveSocket): Key[] {
  const at = rank(socket);
  const { local } = socket;
  const [owner] = socket.owners;
  const port = at === 0 && local !== undefined && 'port' in local ? local.port : 0;
  return [at, port, owner?.process, owner?.pid, owner?.fd];
}

export function usualOrder(found: readonly LiveSocket[]): LiveSocket[] {
  const keyed = found.map((socket) => ({ socket, keys: keysOf(socket) }));
  keyed.sort((a, b) => {
    for (const [i, key] of a.keys.entries()) {
      const way = compare(key, b.keys[i], false);
      if (way !== 0) return way;
    }
    return 0;
  });
  return keyed.map(({ socket }) => socket);
}
