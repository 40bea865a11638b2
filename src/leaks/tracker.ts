// Notes when each socket is made, and by whom, from what Node itself publishes; holds none of them.
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { Socket } from 'node:net';
import { withDescriptor } from '../kernel/descriptor.ts';
import { socketInode } from '../kernel/procfs.ts';

/** How a socket came to be. */
export interface Origin {
  /** By performance.now(). */
  readonly since: number;
  /** Its stack is made into text only when it is asked for. */
  readonly made: { readonly stack?: string };
  /** Of an accepted socket: the server that accepted it. */
  readonly server?: object;
}

type Message = Record<string, unknown>;

// Deep enough to reach the program below fetch, which has some thirty frames of its own.
const frames = 60;

// The stack is held by the map alone, as long as its socket lives: an unread stack refers to the objects of its calls.
const origins = new WeakMap<object, Origin>();
const seen = new Set<WeakRef<object>>();
const gone = new FinalizationRegistry<WeakRef<object>>((ref) => seen.delete(ref));

function stackAbove(callee: (...args: never[]) => unknown): { stack?: string } {
  const holder: { stack?: string } = {};
  const { stackTraceLimit } = Error;
  try {
    Error.stackTraceLimit = frames;
    Error.captureStackTrace(holder, callee);
  } catch {
    // A frozen Error, or a system without it: the socket is known by its age alone.
  } finally {
    try {
      Error.stackTraceLimit = stackTraceLimit;
    } catch {}
  }
  return holder;
}

function note(socket: unknown, origin: () => Origin): void {
  if (typeof socket !== 'object' || socket === null || origins.has(socket)) return;
  origins.set(socket, origin());
  const ref = new WeakRef(socket);
  seen.add(ref);
  gone.register(socket, ref);
}

/** A socket, server or child process that the program's own call makes right now. */
function onMade(message: unknown): void {
  const { socket, server, process: child } = message as Message;
  note(socket ?? server ?? child, () => ({ since: performance.now(), made: stackAbove(onMade) }));
}

/** No frame of the program is on the stack then: the server's own origin tells more. */
function onAccepted(message: unknown): void {
  const { socket } = message as Message;
  const server = (socket as { server?: object } | undefined)?.server;
  note(socket, () => ({ since: performance.now(), made: {}, ...(server && { server }) }));
}

const channels = [
  ['net.client.socket', onMade],
  ['net.server.socket', onAccepted],
  ['tracing:net.server.listen:asyncStart', onMade],
  ['udp.socket', onMade],
  ['child_process', onMade],
  ['sockctl.socket', onMade],
] as const;

let running = 0;
let unwrap = (): void => {};

/** Node 20 publishes what net.connect makes, but not what tls.connect and `new Socket().connect()` do. */
function wrapConnect(): void {
  if (!process.versions.node.startsWith('20.')) return;
  const { connect } = Socket.prototype;
  function wrapped(this: Socket, ...args: [never]): Socket {
    if (running > 0) note(this, () => ({ since: performance.now(), made: stackAbove(wrapped) }));
    return connect.apply(this, args);
  }
  Socket.prototype.connect = wrapped;
  unwrap = () => {
    // Whoever wrapped it after us keeps calling ours, which then only passes on.
    if (Socket.prototype.connect === wrapped) Socket.prototype.connect = connect;
  };
}

/** Begins to note sockets; each start needs a {@link stop}. */
export function start(): void {
  if (running++ > 0) return;
  for (const [name, listener] of channels) subscribe(name, listener);
  wrapConnect();
}

/** Ends it. What is known of sockets that are open stays known. */
export function stop(): void {
  if (--running > 0) return;
  for (const [name, listener] of channels) unsubscribe(name, listener);
  unwrap();
}

function inodeOf(socket: unknown): number | undefined {
  if (typeof socket !== 'object' || socket === null) return undefined;
  try {
    // Not by descriptor: where a runtime hands out copies, the copy has another one.
    return withDescriptor(socket, socketInode);
  } catch {
    // Not connected yet, or closed.
    return undefined;
  }
}

/** The origins of all sockets that are open now, by the socket's inode. */
export function originsByInode(): Map<number, Origin> {
  const found = new Map<number, Origin>();
  for (const ref of seen) {
    const object = ref.deref();
    const origin = object && origins.get(object);
    if (origin === undefined) continue;
    // A child process stands for the pipes to it, which on Linux are sockets.
    const { stdio } = object as { stdio?: readonly unknown[] };
    for (const socket of Array.isArray(stdio) ? stdio : [object]) {
      const inode = inodeOf(socket);
      // TLS over a socket shares it with that socket, which was there first.
      if (inode !== undefined && !found.has(inode)) found.set(inode, origin);
    }
  }
  return found;
}

/** The origin of a server, for the sockets that it accepted. */
export function originOf(server: object): Origin | undefined {
  return origins.get(server);
}
