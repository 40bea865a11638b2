// The open sockets of this process: what the kernel lists, with what was noted when they were made.
import { socketDescriptors, socketInode } from '../kernel/procfs.ts';
import { type ChangedOption, Defaults } from '../live/changed.ts';
import { type Described, describe, sortOf } from '../live/describe.ts';
import { programFrames } from './stack.ts';
import { type Origin, originOf, originsByInode } from './tracker.ts';

/** One open socket of this process. */
export interface OpenSocket extends Described {
  readonly fd: number;
  /** The socket's own number: a descriptor is used again after a close, an inode is not. */
  readonly inode: number;
  /** What is not as on a fresh socket of its kind. */
  readonly options: readonly ChangedOption[];
  /** Milliseconds since it was made; absent where that is not known: see {@link openSockets}. */
  readonly age?: number;
  /** Who made it, the innermost call first, without the frames of Node; for an accepted socket who made its server. */
  readonly stack?: readonly string[];
  /** What it is, where it is not the program's own: standard input or output, or the channel to a parent process. */
  readonly role?: 'stdio' | 'ipc';
  /** Accepted by a server of this thread. */
  readonly accepted?: true;
}

function roleOf(fd: number): OpenSocket['role'] {
  if (fd <= 2) return 'stdio';
  const { channel } = process as { channel?: { fd?: unknown } };
  return channel?.fd === fd ? 'ipc' : undefined;
}

function madeBy({ since, made, server }: Origin, now: number): Partial<OpenSocket> {
  const maker = server && originOf(server);
  const stack = programFrames(maker ? maker.made.stack : made.stack);
  return {
    age: Math.max(0, now - since),
    ...(stack.length > 0 && { stack }),
    ...(server && { accepted: true as const }),
  };
}

function describeOne(fd: number, defaults: Defaults): (Described & Pick<OpenSocket, 'options'>) | undefined {
  const sort = sortOf(fd);
  if (sort === undefined) return undefined;
  try {
    return { ...describe(fd, sort), options: defaults.changed(fd, sort) };
  } catch {
    // Closed by another thread just now.
    return undefined;
  }
}

/**
 * Every socket that this process has open, by descriptor: those that no object holds any more too, and those of native
 * code and of other threads. Reads some hundred options of each (some 0.5 ms a socket).
 *
 * `age` and `stack` are there for sockets that were made while tracking was on ({@link trackSockets}), in this thread,
 * by `node:net`, `node:tls`, `node:http(s)`, `node:http2`, `node:dgram`, `fetch`, `node:child_process` or sockctl.
 * @param inodes only these
 * @throws SockctlError ERR_UNSUPPORTED on systems other than Linux, and without /proc
 */
export function openSockets(inodes?: ReadonlySet<number>): OpenSocket[] {
  const listed = socketDescriptors().filter(({ inode }) => !inodes || inodes.has(inode));
  const origins = originsByInode();
  const now = performance.now();
  const defaults = new Defaults();
  return listed.flatMap(({ fd, inode }) => {
    const described = describeOne(fd, defaults);
    // Another thread may have closed it meanwhile, and opened another by the same number.
    if (described === undefined || socketInode(fd) !== inode) return [];
    const origin = origins.get(inode);
    const role = roleOf(fd);
    return [{ fd, inode, ...described, ...(origin && madeBy(origin, now)), ...(role && { role }) }];
  });
}
