// A listening descriptor at a unix path: stale sockets make way, live ones do not, and the path goes when the server does.
import { type BigIntStats, chmodSync, lstatSync, renameSync, unlinkSync } from 'node:fs';
import { constants } from 'node:os';
import { resolve } from 'node:path';
import { sockaddr } from '../codec/sockaddr.ts';
import { AF_UNIX, SOCK_DGRAM, SOCK_STREAM } from '../constants/families.ts';
import { SocketOptionError } from '../errors.ts';
import { bindSocket, connectSocket, listenSocket, makeSocket } from '../kernel/socket.ts';
import { closeDescriptor } from '../kernel/syscalls.ts';
import type { BirthReport } from './birth.ts';
import { asListenError, listenError, type Place } from './listen-errors.ts';
import { defaultBacklog, type Listening, type Plan } from './listen-options.ts';

type PathPlan = Plan & { readonly kind: 'path' };

const addressInUse = (place: Place, hint: string): Error =>
  listenError({ code: 'EADDRINUSE', errno: -constants.errno.EADDRINUSE }, place, hint);

function inspect(path: string): BigIntStats | undefined {
  return lstatSync(path, { bigint: true, throwIfNoEntry: false });
}

/** Tells a file from another one that got the same inode number later. */
function identityAt(path: string): string | undefined {
  try {
    const found = inspect(path);
    return found && `${found.dev}:${found.ino}:${found.birthtimeNs}`;
  } catch {
    return undefined;
  }
}

/**
 * Whether a socket at this path has an owner. Asked by a datagram socket: a server has another type, so that no
 * connection comes about, for which it would have to answer; what has no owner refuses before types are compared.
 */
function isLive(path: string): boolean {
  const probe = makeSocket(AF_UNIX, SOCK_DGRAM, 0);
  try {
    connectSocket(probe, sockaddr().encode({ family: 'unix', path }), path);
    return true;
  } catch (error) {
    if (!(error instanceof SocketOptionError)) throw error;
    return error.code !== 'ECONNREFUSED';
  } finally {
    closeDescriptor(probe);
  }
}

/** Bytes of sun_path, less the NUL at its end, on the system that has the fewest. */
const PATH_ROOM = 103;

const listensThere = 'A socket that is open has this path';

/** @throws EADDRINUSE where the path does not make way: only a socket that nobody listens on does */
function removeStale(path: string, place: Place): void {
  const found = inspect(path);
  if (found === undefined) return;
  if (!found.isSocket()) {
    throw addressInUse(place, 'There is a file at this path that is not a socket: it is never removed');
  }
  if (isLive(path)) throw addressInUse(place, listensThere);
  try {
    takeAway(path, place);
  } catch (error) {
    const { code, syscall, message } = error as NodeJS.ErrnoException;
    if (syscall !== 'rename' && syscall !== 'unlink') throw error;
    // ENOENT: another process was faster; bind(2) tells who has it now.
    if (code !== 'ENOENT') throw addressInUse(place, `Nobody listens there, but it cannot be removed: ${message}`);
  }
}

/**
 * Moves the socket aside before the question that counts: another process may have replaced the stale one meanwhile, and
 * gets its own back.
 */
function takeAway(path: string, place: Place): void {
  const aside = `${path}.${process.pid}`;
  if (Buffer.byteLength(aside) > PATH_ROOM) {
    unlinkSync(path);
    return;
  }
  renameSync(path, aside);
  if (isLive(aside)) {
    renameSync(aside, path);
    throw addressInUse(place, listensThere);
  }
  unlinkSync(aside);
}

/** Paths to be removed when the process exits, by the function that does it. */
const bound = new Set<() => void>();

function removeAll(): void {
  for (const remove of [...bound]) remove();
}

/** A function that removes the path once, if it still is the socket with this identity. */
function remover(path: string, identity: string): () => void {
  const remove = (): void => {
    if (!bound.delete(remove)) return;
    if (bound.size === 0) process.off('exit', removeAll);
    try {
      if (identityAt(path) === identity) unlinkSync(path);
    } catch {
      // The folder is not ours any more: the path is as closed as it can be.
    }
  };
  if (bound.size === 0) process.on('exit', removeAll);
  bound.add(remove);
  return remove;
}

function bindPath(fd: number, path: string, place: Place): void {
  const bytes = sockaddr().encode({ family: 'unix', path });
  try {
    bindSocket(fd, bytes, path);
  } catch (error) {
    if ((error as { code?: string }).code !== 'EADDRINUSE' || path.startsWith('\0')) throw error;
    removeStale(path, place);
    bindSocket(fd, bytes, path);
  }
}

/** From bind(2) to listen(2), with nobody let in between; what removes the path later. */
function publish(
  fd: number,
  { path, mode, backlog = defaultBacklog }: PathPlan,
  place: Place,
): (() => void) | undefined {
  bindPath(fd, path, place);
  // The working directory may be another one by the time of the removal.
  const file = path.startsWith('\0') ? undefined : resolve(path);
  const identity = file && identityAt(file);
  const remove = file && identity ? remover(file, identity) : undefined;
  try {
    if (mode !== undefined) chmodSync(path, mode);
    listenSocket(fd, backlog);
    if (file && (identity === undefined || identityAt(file) !== identity)) {
      throw addressInUse(place, 'Another process took the path meanwhile');
    }
  } catch (error) {
    remove?.();
    throw error;
  }
  return remove;
}

/** @throws Node's errors of listen(); SocketOptionError of an option; what chmod(2) says */
export function openPath(plan: PathPlan, report: BirthReport[]): Listening {
  const { path, birth, backlog = defaultBacklog } = plan;
  const place: Place = { address: path, port: -1 };
  const tried: BirthReport[] = [];
  const fd = birth.make(AF_UNIX, SOCK_STREAM, 0, tried);
  try {
    const release = publish(fd, plan, place);
    report.push(...tried);
    return { fd, family: AF_UNIX, backlog, path, ...(release && { release }) };
  } catch (error) {
    closeDescriptor(fd);
    throw asListenError(error, place);
  }
}
