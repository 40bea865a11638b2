// How far a socket has come (bound, listening, connected), and which options are too late by then.
import { SO_ACCEPTCONN, SO_PROTOCOL, SO_TYPE } from './catalog/socket.ts';
import { TCP_INFO } from './catalog/tcp.ts';
import { sockaddr } from './codec/sockaddr.ts';
import { SOCK_STREAM } from './constants/families.ts';
import { IPPROTO_TCP } from './constants/levels.ts';
import { SocketOptionError, show } from './errors.ts';
import { nameOf } from './kernel/socket.ts';
import type { AnyOption, When } from './option.ts';
import { readOption } from './typed.ts';

/** How far a socket has come. A connecting socket counts as connected: its SYN is on the way. */
export interface Stage {
  readonly bound: boolean;
  readonly listening: boolean;
  readonly connected: boolean;
  readonly stream: boolean;
}

function quiet<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof SocketOptionError) return undefined;
    throw error;
  }
}

function hasName(fd: number): boolean {
  const name = quiet(() => sockaddr().decode(nameOf(fd, 'getsockname')));
  if (name === undefined) return false;
  if ('port' in name) return name.port !== 0;
  return name.family === 'unix' && name.path !== '';
}

function connecting(fd: number): boolean {
  const TCP_CLOSE = 7;
  const TCP_LISTEN = 10;
  if (quiet(() => readOption(fd, SO_PROTOCOL)) !== IPPROTO_TCP) return false;
  const info = quiet(() => readOption(fd, TCP_INFO)) as { state?: number } | undefined;
  return info?.state !== undefined && info.state !== TCP_CLOSE && info.state !== TCP_LISTEN;
}

/** Asks the kernel how far a socket has come. */
export function stageOf(fd: number): Stage {
  const listening = quiet(() => readOption(fd, SO_ACCEPTCONN)) === true;
  const connected = !listening && (quiet(() => nameOf(fd, 'getpeername')) !== undefined || connecting(fd));
  const stream = quiet(() => readOption(fd, SO_TYPE)) === SOCK_STREAM;
  return { bound: listening || connected || hasName(fd), listening, connected, stream };
}

/** Whether an option has a moment after which a set does not do what it is for. */
export function hasMoment({ declaration: { when } }: AnyOption): boolean {
  return when === 'before-bind' || when === 'before-listen' || when === 'before-connect';
}

const passed: { readonly [K in When]?: (stage: Stage) => boolean } = {
  'before-bind': ({ bound }) => bound,
  'before-listen': ({ listening, connected }) => listening || connected,
  'before-connect': ({ connected }) => connected,
};

function state({ listening, connected }: Stage): string {
  if (listening) return 'listening';
  return connected ? 'connected' : 'bound';
}

/** Why a set comes too late on a socket of this stage, and what to use instead; undefined where it is in time. */
export function tooLate({ name, declaration }: AnyOption, stage: Stage, asked: unknown): string | undefined {
  const { when, secret } = declaration;
  if (when === undefined || !passed[when]?.(stage)) return undefined;
  const options = `options: { ${name}: ${secret ? '...' : show(asked)} }`;
  const maker = stage.stream ? `connect({ host, port, ${options} })` : `datagram({ type, port, ${options} })`;
  const instead = stage.listening ? `listen(server, { port, ${options} })` : maker;
  return `it must be set ${when.replace('-', ' ')}, and this socket is ${state(stage)} already; make the socket with it: ${instead}`;
}
