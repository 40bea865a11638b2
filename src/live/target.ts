// The live sockets that a target names.
import { resolve } from 'node:path';
import { unescapeText } from '../codec/bytestring.ts';
import { namespaceOf } from '../kernel/netns.ts';
import { processFacts, workingDirectory } from '../kernel/processes.ts';
import { type AddressTest, addressPattern, ipBytes } from '../policy/address.ts';
import { pathGlob } from '../policy/glob.ts';
import { borrow } from './borrow.ts';
import { describe, sortOf } from './describe.ts';
import { FoundSocket } from './found.ts';
import { InetSocket } from './inet.ts';
import { nothing } from './nothing.ts';
import { Owners, Place } from './place.ts';
import type { Owner } from './processes.ts';
import { processNamed } from './programs.ts';
import { Query, type SocketsOptions } from './query.ts';
import { reached } from './reached.ts';
import type { LiveSocket } from './socket.ts';
import { type Blindness, readOptions, sockets } from './sockets.ts';
import type { LiveProtocol, Sort } from './sort.ts';
import { formatTarget, mistake, parseTarget, shapes, type Target } from './target-text.ts';

export { formatTarget, parseTarget, type Target } from './target-text.ts';

/** Protocols that have ports. */
const ported: readonly LiveProtocol[] = ['tcp', 'mptcp', 'udp', 'udplite', 'sctp'];

type Test = (socket: LiveSocket) => boolean;

function hasPort(port: number): Test {
  return (socket) => {
    // Without making text of the addresses: there may be a million.
    if (socket instanceof InetSocket) return socket.localPort === port || socket.remotePort === port;
    return [socket.local, socket.remote].some((end) => end !== undefined && 'port' in end && end.port === port);
  };
}

function hasAddress(test: AddressTest): Test {
  return ({ local, remote }) => {
    return [local, remote].some((end) => {
      if (end?.family !== 'inet' && end?.family !== 'inet6') return false;
      return test({ address: ipBytes(end.address), port: end.port }) === true;
    });
  };
}

/** What a path is tested with, `@` in front of abstract names. */
function pathTest(written: string): (path: string, owners: () => readonly Owner[]) => boolean {
  const path = unescapeText(written);
  if (path.startsWith('@') || !/[/*]/.test(path)) {
    const glob = pathGlob(path);
    return (name) => glob.test(name);
  }
  const glob = pathGlob(resolve(path));
  return (name, owners) => {
    if (name.startsWith('@')) return false;
    if (name.startsWith('/')) return glob.test(name);
    // It was bound by a relative path: of its process's folder then, which is mostly the one it is in now.
    return owners().some(({ pid }) => {
      const folder = workingDirectory(pid);
      return folder !== undefined && glob.test(resolve(folder, name));
    });
  };
}

/** Sockets that have the name, and those at the other end of a connection to one: these have no name of their own. */
async function atPath(written: string, options: SocketsOptions): Promise<[LiveSocket[], string[]]> {
  const test = pathTest(written);
  const names = new Set<string>();
  const named = new Set<number>();
  const found: LiveSocket[] = [];
  const waiting: LiveSocket[] = [];
  // The other end may be one that was not selected: it is looked for among all.
  const query = new Query(readOptions(options));
  const all = sockets({ proto: 'unix', namespace: options.namespace, memory: options.memory, signal: options.signal });
  for await (const socket of all) {
    const { local } = socket;
    const name = local?.family === 'unix' ? local.path.replace(/^\0/, '@') : undefined;
    if (name !== undefined) names.add(name);
    if (name !== undefined && test(name, () => socket.owners)) {
      named.add(socket.inode);
      found.push(socket);
    } else if (socket.peer !== undefined) waiting.push(socket);
  }
  for (const socket of waiting) if (named.has(socket.peer as number)) found.push(socket);
  return [found.filter((socket) => ofProcesses(socket, query) && query.takes(socket)), [...names]];
}

/** The processes that were asked for; a listing of all does not look at them. */
function ofProcesses({ owners }: LiveSocket, { pids, options }: Query): boolean {
  if (pids === undefined && options.process === undefined) return true;
  return owners.some(({ pid, process: name, start }) => {
    return (pids?.includes(pid) ?? true) && (options.process?.({ pid, name, start }) ?? true);
  });
}

/** A place with one owner of one socket: nobody else's descriptors need be read. */
class OneOwner extends Place {
  readonly #owner: Owner;

  constructor(owner: Owner) {
    const namespace = namespaceOf(owner.pid);
    const own = namespace === undefined || namespace === namespaceOf('self');
    super(namespace, own ? undefined : owner.pid, new Owners(), reached());
    this.#owner = owner;
  }

  override owners(): Owner[] {
    return [this.#owner];
  }
}

/**
 * One descriptor, looked at without listing anything.
 * @throws as borrow does
 */
function oneDescriptor(pid: number, fd: number): LiveSocket {
  const facts = processFacts(pid);
  return borrow(pid, fd, { start: facts?.start }, (socket) => {
    const owner = { pid, fd, process: facts?.name ?? '', start: facts?.start ?? 0 };
    const sort = sortOf(socket.fd) as Sort;
    return new FoundSocket(new OneOwner(owner), socket.inode, sort, describe(socket.fd, sort));
  });
}

async function byDescriptor(pid: number, fd: number, options: SocketsOptions): Promise<LiveSocket[]> {
  const one = oneDescriptor(pid, fd);
  const { info, memory, congestion, where, namespace } = options;
  if (!(info || memory || congestion || where || typeof namespace === 'number')) {
    return !ofProcesses(one, new Query(readOptions(options))) || !new Query(readOptions(options)).takes(one)
      ? []
      : [one];
  }
  // These are in the kernel's table of its protocol.
  const found: LiveSocket[] = [];
  const narrow: SocketsOptions = { ...options, ...withPid(options, pid) };
  if (options.proto === undefined) narrow.proto = one.proto;
  for await (const socket of sockets(narrow)) if (socket.inode === one.inode) found.push(socket);
  return found;
}

function withPid({ pid: given }: SocketsOptions, pid: number): SocketsOptions {
  return { pid: given === undefined || [given].flat().includes(pid) ? pid : [] };
}

function withName({ process: given }: SocketsOptions, name: string): SocketsOptions {
  const named = processNamed([name]);
  // This process is meant by its number only: whoever looks for `node` is one.
  return { process: (facts) => facts.pid !== process.pid && (given?.(facts) ?? true) && named(facts) };
}

/** How the sockets of a target are found: by what the listing is narrowed, and which of it are meant. */
function planOf(target: Target, options: SocketsOptions): [SocketsOptions, Test] {
  const any: Test = () => true;
  switch (target.kind) {
    case 'process':
      return [{ ...options, ...withPid(options, target.pid) }, any];
    case 'name':
      return [{ ...options, ...withName(options, target.name) }, any];
    case 'port':
      return [{ ...options, proto: options.proto ?? ported }, hasPort(target.port)];
    case 'address': {
      const test = addressPattern(target.pattern);
      if (typeof test !== 'function') throw mistake(target.pattern, `It takes ${test.expects}`);
      return [{ ...options, proto: options.proto ?? [...ported, 'icmp', 'raw'] }, hasAddress(test)];
    }
    default:
      throw mistake(formatTarget(target), `Write ${shapes}`);
  }
}

/**
 * The live sockets that a target names, of those that the options select.
 * @param tell what the listing could not see, where there was one: some that are meant may be missing
 * @throws SockctlError ERR_NO_PROCESS, ERR_NO_SOCKET where there is none, ERR_INVALID_ARGUMENT
 * @throws SocketOptionError EPERM where a descriptor may not be borrowed
 */
export async function findSockets(
  target: string | Target,
  options: SocketsOptions = {},
  tell?: (blindness: readonly Blindness[]) => void,
): Promise<LiveSocket[]> {
  const wanted = typeof target === 'string' ? parseTarget(target) : target;
  if (wanted.kind === 'descriptor') {
    const found = await byDescriptor(wanted.pid, wanted.fd, options);
    return found.length > 0 ? found : Promise.reject(nothing(wanted, { options, blindness: [] }));
  }
  if (wanted.kind === 'unix') {
    const [found, paths] = await atPath(wanted.path, options);
    return found.length > 0 ? found : Promise.reject(nothing(wanted, { options, blindness: [], paths }));
  }
  const [narrow, test] = planOf(wanted, options);
  const list = sockets(narrow);
  const found: LiveSocket[] = [];
  for await (const socket of list) if (test(socket)) found.push(socket);
  tell?.(list.blindness);
  return found.length > 0 ? found : Promise.reject(nothing(wanted, { options, blindness: list.blindness }));
}
