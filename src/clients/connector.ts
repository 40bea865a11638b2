// connector(): what undici (and so fetch) connects with, in the shape of undici's buildConnector.
import net from 'node:net';
import type tls from 'node:tls';
import type { ApplyInput } from '../settings.ts';
import { Birth } from '../socket/birth.ts';
import { builtin } from '../socket/builtin.ts';
import { connectWith } from '../socket/connect.ts';
import type { ConnectOptions } from '../socket/connect-options.ts';
import { SessionCache } from './sessions.ts';
import { wish } from './wish.ts';

/** The options of undici's `buildConnector`, and what `tls.connect` and `net.connect` take. */
export interface ConnectorOptions extends tls.ConnectionOptions {
  /** Offer HTTP/2 by ALPN; undici needs its own `allowH2` as well. */
  allowH2?: boolean | undefined;
  /** HTTP/2 without TLS, known beforehand. */
  useH2c?: boolean | undefined;
  /** TLS sessions that are kept for later connections. Default 100. */
  maxCachedSessions?: number | null | undefined;
  /** A unix path instead of the origin's host and port. */
  socketPath?: string | null | undefined;
  /** ms until the connection must stand, TLS included; 0 is no limit. Default 10,000. */
  timeout?: number | undefined;
  /** Default true. */
  keepAlive?: boolean | undefined;
  /** ms. Default 60,000. */
  keepAliveInitialDelay?: number | undefined;
  localAddress?: string | undefined;
  autoSelectFamily?: boolean | undefined;
  /** ms */
  autoSelectFamilyAttemptTimeout?: number | undefined;
}

/** What undici asks for. */
export interface Origin {
  hostname: string;
  host?: string | undefined;
  protocol: string;
  port: string;
  servername?: string | undefined;
  localAddress?: string | null | undefined;
  socketPath?: string | null | undefined;
  /** A proxy's connection, to be encrypted. */
  httpSocket?: net.Socket | undefined;
}

/** As undici calls it. */
export type Connector = (
  origin: Origin,
  callback: (...result: [null, net.Socket | tls.TLSSocket] | [Error, null]) => void,
) => void;

/** The name of a Host header, for SNI; empty where it is an address. */
function nameOf(host: string | undefined): string | undefined {
  const name = host?.replace(/:\d*$/, '') ?? '';
  return name === '' || name.startsWith('[') || net.isIP(name) !== 0 ? undefined : name;
}

/** An error as undici's own ConnectTimeoutError, which undici and its users know by `code`. */
function timeoutError({ hostname, port }: Origin, timeout: number): Error {
  const error = new Error(`Connect Timeout Error (attempted address: ${hostname}:${port}, timeout: ${timeout}ms)`);
  return Object.assign(error, { name: 'ConnectTimeoutError', code: 'UND_ERR_CONNECT_TIMEOUT' });
}

/**
 * The `connect` of undici's `Agent`, `Pool` and `Client`, whose sockets have `options` before connect(2):
 * `fetch(url, { dispatcher: new Agent({ connect: connector(options) }) })`. Linux, macOS, FreeBSD.
 * @param options socket options by name
 * @param buildOptions those of undici's `buildConnector`; undici does not hand on its own where it gets a function
 * @throws SockctlError an unknown option, a wrong value
 */
export function connector(options: ApplyInput, buildOptions: ConnectorOptions = {}): Connector {
  const {
    allowH2,
    useH2c,
    maxCachedSessions,
    socketPath,
    timeout = 10_000,
    session: ownSession,
    ...rest
  } = buildOptions;
  const birth = new Birth(options, 'connector');
  const sessions = new SessionCache(maxCachedSessions ?? 100);
  const defaults = { keepAlive: true, keepAliveInitialDelay: 60_000, noDelay: true };

  function wanted(origin: Origin, more: object): ConnectOptions {
    const localAddress = origin.localAddress ?? rest.localAddress;
    const path = origin.socketPath ?? socketPath;
    const port = origin.port || (origin.protocol === 'https:' ? 443 : 80);
    return wish({ ...defaults, ...more, ...rest, host: origin.hostname, port, path, localAddress });
  }

  function plain(origin: Origin): net.Socket {
    const socket = connectWith(wanted(origin, { highWaterMark: 65_536 }), { birth });
    return useH2c === true ? Object.assign(socket, { alpnProtocol: 'h2' }) : socket;
  }

  function encrypted(origin: Origin): tls.TLSSocket {
    const { hostname, httpSocket } = origin;
    const servername = origin.servername || rest.servername || nameOf(origin.host);
    const key = servername || hostname;
    const secure: tls.ConnectionOptions = {
      servername,
      session: ownSession ?? sessions.get(key),
      ALPNProtocols: allowH2 ? ['http/1.1', 'h2'] : ['http/1.1'],
    };
    const socket = httpSocket
      ? builtin('node:tls').connect({ ...rest, ...secure, host: hostname, socket: httpSocket })
      : (connectWith({ ...wanted(origin, { highWaterMark: 16_384 }), tls: secure }, { birth }) as tls.TLSSocket);
    return socket.on('session', (session) => sessions.set(key, session));
  }

  return (origin, callback) => {
    const isSecure = origin.protocol === 'https:';
    const socket = isSecure ? encrypted(origin) : plain(origin);
    const timer = timeout > 0 ? setTimeout(() => socket.destroy(timeoutError(origin, timeout)), timeout) : undefined;
    let told = false;
    const tell: typeof callback = (...result) => {
      clearTimeout(timer);
      if (!told) callback(...result);
      told = true;
    };
    socket.once(isSecure ? 'secureConnect' : 'connect', () => tell(null, socket));
    socket.on('error', (error) => tell(error, null));
    socket.once('close', () => clearTimeout(timer));
  };
}
