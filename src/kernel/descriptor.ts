// From any socket object of a runtime to its descriptor; says when there will be one where there is none yet.
import { SockctlError } from '../errors.ts';
import { native } from './ffi.ts';
import { runtime } from './runtime.ts';
import { searchDescriptor } from './search.ts';

/** A descriptor, or an object that has one: documented so, or by what the runtimes keep inside. */
export type SocketLike = number | object;

interface Handle {
  fd?: unknown;
  fdForIpc?: () => number;
  _parent?: unknown;
  _parentWrap?: { stream?: unknown };
}

/** What the runtimes' socket objects look like inside; every part may be missing. */
interface Inside {
  type?: unknown;
  fd?: unknown;
  socket?: unknown;
  session?: unknown;
  stream?: unknown;
  _handle?: Handle | null;
  _parent?: unknown;
  destroyed?: boolean;
  closed?: boolean;
  listening?: boolean;
  constructor?: { name?: string };
}

const usable = (fd: unknown): fd is number =>
  typeof fd === 'number' && Number.isInteger(fd) && fd >= 0 && fd <= 0x7fffffff;

/**
 * The descriptor where it can be had without a copy: numbers, `{ fd }`, sockets and servers of `node:net`,
 * `node:http(s)`, `node:tls`. -1 where the slower {@link withDescriptor} has to look further.
 */
export function quickDescriptor(socket: SocketLike): number {
  if (typeof socket === 'number') return checkNumber(socket);
  if (typeof socket !== 'object' || socket === null) return -1;
  const inside = socket as Inside;
  // A dgram.Socket tells its type in words, and its `_handle` warns (DEP0112): the slower way knows it.
  const handle = typeof inside.type === 'string' ? undefined : inside._handle;
  const fd = handle ? handle.fd : inside.fd;
  return usable(fd) ? fd : -1;
}

function checkNumber(fd: number): number {
  if (Number.isInteger(fd) && fd >= 0 && fd <= 0x7fffffff) return fd;
  throw new SockctlError('ERR_INVALID_ARGUMENT', `a descriptor is an integer from 0 to 2147483647, got ${fd}`, {
    value: fd,
  });
}

/** What Node and Bun, and Deno, call it. */
const stateNames: readonly (string | undefined)[] = ['state symbol', 'kStateSymbol'];
let dgramState: symbol | undefined;

/** What a dgram.Socket works with inside; undefined for other objects, and once it is closed. */
export function dgramHandle(socket: object): Handle | undefined {
  if (dgramState === undefined || !(dgramState in socket)) {
    const found = Object.getOwnPropertySymbols(socket).find(({ description }) => stateNames.includes(description));
    if (found === undefined) return undefined;
    dgramState = found;
  }
  return (socket as Record<symbol, { handle?: Handle }>)[dgramState]?.handle;
}

interface Found {
  fd: number;
  /** The descriptor is a copy that we must close. */
  copy: boolean;
}

function fromHandle(handle: Handle | null | undefined): Found | undefined {
  if (!handle) return undefined;
  if (usable(handle.fd)) return { fd: handle.fd, copy: false };
  if (typeof handle.fdForIpc === 'function') {
    const fd = handle.fdForIpc();
    if (usable(fd)) return { fd, copy: true };
  }
  // Deno's TLS: the handle of TCP below is no socket object that could be searched.
  return handle._parent === handle ? undefined : fromHandle(handle._parent as Handle | null | undefined);
}

function find(socket: object, depth: number): Found | undefined {
  if (depth > 6) return undefined;
  const inside = socket as Inside;
  const dgram = fromHandle(dgramHandle(socket));
  if (dgram) return dgram;
  if (typeof inside.fd === 'function') {
    const fd: unknown = (inside.fd as () => unknown).call(socket);
    if (usable(fd)) return { fd, copy: false };
  }
  // A session's `socket` is a Proxy that has `_handle` though it does not own it; a dgram.Socket never gets here.
  const handle = dgramState !== undefined && dgramState in socket ? null : inside._handle;
  const own = fromHandle(handle);
  if (own) return own;
  if (usable(inside.fd)) return { fd: inside.fd, copy: false };
  // TLS over a stream, requests and responses, sessions: the socket is one step further down.
  const below = [
    inside._parent,
    handle?._parent,
    handle?._parentWrap?.stream,
    handle?._parentWrap,
    inside.socket,
    inside.session,
    inside.stream,
  ];
  for (const next of below) {
    if (typeof next !== 'object' || next === null || next === socket) continue;
    const found = find(next, depth + 1);
    if (found) return found;
  }
  return undefined;
}

function className(socket: object): string {
  return (socket as Inside).constructor?.name || 'object';
}

function whyNone(socket: object): SockctlError {
  const inside = socket as Inside & {
    on?: unknown;
    listen?: unknown;
    bind?: unknown;
    connect?: unknown;
    connecting?: boolean;
    pending?: boolean;
  };
  const name = className(socket);
  const none = (what: string, hint: string): SockctlError =>
    new SockctlError('ERR_NO_FD', `this ${name} ${what}`, { hint });
  if (inside.fd === -1) return none('is closed: its descriptor is gone', 'Set and read options before it closes');
  if (typeof inside.on !== 'function') {
    return new SockctlError(
      'ERR_NO_FD',
      `${name === 'Object' ? 'this object' : `this ${name}`} is not a socket and has no fd`,
      {
        hint: 'Pass a socket, a server, an object with a numeric fd, or a descriptor number',
      },
    );
  }
  if (inside.destroyed || inside.closed)
    return none('is closed: its descriptor is gone', 'Set and read options before it closes');
  if (inside.listening) {
    return none(
      'has no descriptor here: the primary process of the cluster owns the listening socket',
      'Listen with { exclusive: true }, or set the options on accepted connections',
    );
  }
  if (typeof inside.listen === 'function') {
    return none('has no descriptor: it is not listening', "It has one from 'listening' on, until close()");
  }
  if (typeof inside.bind === 'function') {
    return none('has no descriptor: it is not bound, or closed', "It has one from 'listening' on: call bind() first");
  }
  if (inside.connecting)
    return none('has no descriptor yet: it is still connecting', "It has one at the latest at 'connect'");
  const elsewhere = 'Its data does not flow through a socket of this process that can be found from here';
  if (inside.pending === false) return none('has no descriptor of its own', elsewhere);
  if (typeof inside.connect === 'function') {
    return none(
      'has no descriptor yet: it is not connected',
      "It has one when connect() has started, at the latest at 'connect'",
    );
  }
  if ('socket' in inside)
    return none('has no socket yet, or not any more', "It has one from its 'socket' or 'connect' event on");
  return none('has no descriptor', elsewhere);
}

/** Bun's http servers and their sockets keep no descriptor where it could be found. */
function searched(socket: object): Found | undefined {
  const fd = runtime === 'bun' ? searchDescriptor(socket) : undefined;
  return fd === undefined ? undefined : { fd, copy: false };
}

/**
 * Finds the descriptor of any socket object and hands it to `use`; a copy that had to be made (Deno) is closed after.
 * @throws SockctlError ERR_NO_FD that says when there will be one.
 */
export function withDescriptor<T>(socket: SocketLike, use: (fd: number) => T): T {
  const quick = quickDescriptor(socket);
  if (quick >= 0) return use(quick);
  if (typeof socket !== 'object' || socket === null) {
    throw new SockctlError(
      'ERR_INVALID_ARGUMENT',
      `expects a socket or a descriptor, got ${socket === null ? 'null' : typeof socket}`,
    );
  }
  const found = find(socket, 0) ?? searched(socket);
  if (!found) throw whyNone(socket);
  try {
    return use(found.fd);
  } finally {
    if (found.copy) native().close(found.fd);
  }
}
