// What happens to TCP and unix stream sockets at connect, bind and listen, and to what a server accepts.
import { AF_INET, AF_INET6, AF_UNIX, SOCK_STREAM } from '../constants/families.ts';
import { closeDescriptor } from '../kernel/syscalls.ts';
import type { SocketFacts } from '../policy/match.ts';
import { overwriting, overwrittenBy } from '../socket/overwritten.ts';
import { type Address, type Handle, ownerOf, type Request } from './handles.ts';
import type { Actions } from './hooks.ts';
import { type Entry, program, type Session } from './session.ts';
import { failed } from './warn.ts';

/** What the calls that a program may have made early overwrite. */
const byStreams = overwriting.tcp.flatMap((call) => overwrittenBy[call]);

const hasNone = ({ fd }: Handle): boolean => fd === undefined || fd < 0;
const familyOf = (sixth: boolean): number => (sixth ? AF_INET6 : AF_INET);

/**
 * Gives a handle without a descriptor one that has the options; sets them on the one that it has.
 * @param early the program has called setKeepAlive or setNoDelay: libuv does these when it takes the descriptor
 */
function equip(session: Session, handle: Handle, entry: Entry, early = false): void {
  if (!hasNone(handle)) {
    session.set(entry, handle.fd as number, entry.plan?.birth, 'fresh');
    return;
  }
  const fd = session.make(entry, SOCK_STREAM);
  if (fd === undefined) return;
  // Where it is refused the runtime makes its own, and tells the program what is wrong.
  if (handle.open(fd) !== 0) closeDescriptor(fd);
  else if (early) session.keep(entry, fd, byStreams);
}

/** The addresses that the kernel has for a handle. */
function addressesOf(handle: Handle, remote: boolean): Partial<SocketFacts> {
  const local: Address = {};
  const peer: Address = {};
  handle.getsockname?.(local);
  if (remote) handle.getpeername?.(peer);
  return {
    ...(local.address !== undefined && { local: local.address, localPort: local.port }),
    ...(peer.address !== undefined && { remote: peer.address, remotePort: peer.port }),
  };
}

/** What happens when the connection is there, before the program hears of it. */
function whenDone(session: Session, handle: Handle, entry: Entry, request: Request): void {
  const done = request.oncomplete;
  if (done === undefined) return;
  request.oncomplete = function (status, ...rest) {
    try {
      const fd = handle.fd ?? -1;
      if (status === 0 && fd >= 0) {
        session.settle(entry, fd, addressesOf(handle, false), 'before-bind', 'before-connect');
        session.connected(entry, fd);
      }
      session.trace?.socket(entry, fd, status);
    } catch (error) {
      failed(error);
    }
    return Reflect.apply(done, this, [status, ...rest]);
  };
}

function client(
  session: Session,
  handle: Handle,
  facts: SocketFacts,
  family: number,
  request: Request,
  early: boolean,
): void {
  // A socket that was bound before, to a local address, is known already.
  const bound = session.entryOf(handle);
  const entry = bound ?? session.enter(handle, facts, family);
  if (entry === undefined) return;
  if (bound) session.settle(entry, handle.fd ?? -1, facts, 'before-bind');
  else equip(session, handle, entry, early);
  const later = session.trace || entry.plan?.birth.hasConnected || session.open(entry.facts);
  if (later) whenDone(session, handle, entry, request);
}

function accept(session: Session, handle: Handle, unix: boolean, path?: string): void {
  const where: Partial<SocketFacts> = unix ? { path } : addressesOf(handle, true);
  const family = unix ? AF_UNIX : familyOf(where.local?.includes(':') ?? false);
  const facts: SocketFacts = { side: 'accepted', protocol: unix ? 'unix' : 'tcp', program: program(), ...where };
  const entry = session.enter(handle, facts, family);
  if (entry === undefined || hasNone(handle)) return;
  const fd = handle.fd as number;
  session.set(entry, fd, entry.plan?.birth, 'fresh');
  session.connected(entry, fd);
  session.trace?.socket(entry, fd);
}

/** Comes between the kernel's new connection and the program's 'connection' event. */
function watchAccepts(session: Session, handle: Handle, unix: boolean): void {
  const { onconnection } = handle;
  const path = ownerOf(handle)?._pipeName ?? undefined;
  if (typeof onconnection !== 'function') return;
  handle.onconnection = function (status, connection) {
    try {
      if (connection) accept(session, connection, unix, path);
    } catch (error) {
      failed(error);
    }
    return Reflect.apply(onconnection, this, [status, connection]);
  };
}

const UV_TCP_IPV6ONLY = 1;

/** libuv writes IPV6_V6ONLY itself at bind, by a flag: what a rule says must be in the flag. */
function ipv6Only(entry: Entry, args: unknown[]): void {
  const wanted = entry.plan?.birth.settings.find(({ option }) => option.name === 'IPV6_V6ONLY');
  if (!wanted) return;
  const flags = Number(args[2] ?? 0);
  args[2] = wanted.option.toInt?.(wanted.asked as never) ? flags | UV_TCP_IPV6ONLY : flags & ~UV_TCP_IPV6ONLY;
}

type StreamActions = Pick<
  Actions,
  'connects' | 'binds' | 'connectsPath' | 'boundPath' | 'listens' | 'listening' | 'standsIn'
>;

/** The hooks' actions for stream sockets. */
export function streamActions(session: Session): StreamActions {
  const concerned = [false, true].map((unix) =>
    session.concerns({ side: 'accepted', protocol: unix ? 'unix' : 'tcp' }),
  );
  return {
    connects(handle, args, sixth, early) {
      const [request, remote, remotePort] = args as [Request, string, number];
      const facts: SocketFacts = {
        side: 'client',
        protocol: 'tcp',
        program: program(),
        remote,
        remotePort,
        host: ownerOf(handle)?._host ?? undefined,
        local: request.localAddress || undefined,
        localPort: request.localPort,
      };
      client(session, handle, facts, familyOf(sixth), request, early);
    },
    binds(handle, args, sixth, server) {
      const [local, localPort] = args as [string, number];
      const host = server ? undefined : (ownerOf(handle)?._host ?? undefined);
      const side = server ? 'server' : 'client';
      const facts: SocketFacts = { side, protocol: 'tcp', program: program(), local, localPort, host };
      const entry = session.enter(handle, facts, familyOf(sixth), true);
      if (!entry) return;
      equip(session, handle, entry);
      if (sixth) ipv6Only(entry, args);
    },
    connectsPath(handle, args) {
      const [request, path] = args as [Request, string];
      client(session, handle, { side: 'client', protocol: 'unix', program: program(), path }, AF_UNIX, request, false);
    },
    boundPath(handle, args) {
      const facts: SocketFacts = { side: 'server', protocol: 'unix', program: program(), path: args[0] as string };
      const entry = session.enter(handle, facts, AF_UNIX, true);
      if (entry && !hasNone(handle)) equip(session, handle, entry);
    },
    listens(handle, unix) {
      const where = addressesOf(handle, false);
      const family = unix ? AF_UNIX : familyOf(where.local?.includes(':') ?? false);
      const known = session.entryOf(handle);
      if (known) session.settle(known, handle.fd ?? -1, where, 'before-bind');
      else if (!hasNone(handle)) {
        const facts: SocketFacts = { side: 'server', protocol: unix ? 'unix' : 'tcp', program: program(), ...where };
        const entry = session.enter(handle, facts, family, true);
        if (entry) equip(session, handle, entry);
      }
      if (concerned[Number(unix)]) watchAccepts(session, handle, unix);
    },
    listening(handle, status) {
      const entry = session.entryOf(handle);
      if (entry) session.trace?.socket(entry, handle.fd ?? -1, status);
    },
    standsIn(handle, unix) {
      if (concerned[Number(unix)]) watchAccepts(session, handle, unix);
    },
  };
}
