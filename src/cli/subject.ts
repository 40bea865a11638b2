// What a verb looks at: a fresh socket of a kind, or the live sockets that a target names.
import type { LiveSocket } from '../live/socket.ts';
import { type Kind, kinds } from '../option.ts';
import { closest } from './closest.ts';
import { choose, type Request } from './command.ts';
import { isSelective, selectionOf } from './select.ts';
import { usage } from './usage.ts';

export type Subject = { readonly kind: Kind } | { readonly sockets: readonly LiveSocket[] };

/** What `--help` says of the word. */
export const targetAbout =
  "PID/FD, PID, :PORT, ADDRESS:PORT, a process's name, a unix socket's path or @name; or a kind, for a fresh socket";

/**
 * A kind's name is a fresh socket; `name:tcp` is a process that is called so.
 * @throws SockctlError ERR_USAGE for a misspelt kind; what findSockets throws
 */
export async function subjectOf(word: string, request: Request): Promise<Subject> {
  if (word === '' || kinds.some((kind) => kind === word.toLowerCase())) {
    const kind = choose('kind', word, kinds);
    if (!isSelective(request)) return { kind };
    throw usage(
      `${kind} is a fresh socket: there is nothing to choose from`,
      `For the process of that name: name:${kind}. For live sockets: sockctl ps`,
    );
  }
  return { sockets: await liveSockets(word, request) };
}

/** Without what has no options of its own, unless that is all: nobody has it open any more (TIME_WAIT), a path of MPTCP. */
export function withOptions(sockets: readonly LiveSocket[]): readonly LiveSocket[] {
  const some = sockets.filter(({ inode, isSubflow }) => inode !== 0 && !isSubflow);
  return some.length > 0 ? some : sockets;
}

/** The live sockets of a target. */
async function liveSockets(word: string, request: Request): Promise<LiveSocket[]> {
  const [{ findSockets, parseTarget }, selection] = await Promise.all([
    import('../live/target.ts'),
    selectionOf(request),
  ]);
  const target = parseTarget(word);
  let found: LiveSocket[];
  try {
    found = await findSockets(target, selection);
  } catch (error) {
    const { code } = error as { code?: unknown };
    const kind = target.kind === 'name' && code === 'ERR_NO_PROCESS' ? closest(word, kinds) : undefined;
    if (kind === undefined) throw error;
    throw usage(`there is no kind and no process ${word}`, `Did you mean ${kind}?`);
  }
  return byOwner(withOptions(found));
}

/** In the order of their processes and descriptors. */
export function byOwner(sockets: readonly LiveSocket[]): LiveSocket[] {
  const place = ({ owners: [first] }: LiveSocket): readonly [number, number] => [
    first?.pid ?? Number.POSITIVE_INFINITY,
    first?.fd ?? 0,
  ];
  return sockets
    .map((socket) => ({ socket, at: place(socket) }))
    .sort(({ at: a }, { at: b }) => (a[0] === b[0] ? a[1] - b[1] : a[0] < b[0] ? -1 : 1))
    .map(({ socket }) => socket);
}

/** `4211/23`: how a live socket is named, by the first that has it; its inode where nobody may be seen to. */
export function nameOfSocket({ owners: [owner], inode }: LiveSocket): string {
  return owner ? `${owner.pid}/${owner.fd}` : `inode ${inode}`;
}

/** Calls `act` in the socket's network namespace, for the names of interfaces; here where that may not be entered. */
export function besideOf<T>({ place }: LiveSocket, act: (elsewhere: boolean) => T): T {
  if (place.pid === undefined) return act(false);
  let entered = false;
  try {
    return place.enter(() => {
      entered = true;
      return act(true);
    });
  } catch (error) {
    if (entered) throw error;
    return act(false);
  }
}
