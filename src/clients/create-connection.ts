// createConnection(): one function for the clients that let their users make the connection.
import net from 'node:net';
import { SockctlError, show } from '../errors.ts';
import type { ApplyInput } from '../settings.ts';
import { Birth } from '../socket/birth.ts';
import { connectWith } from '../socket/connect.ts';
import { unconnected } from './unconnected.ts';
import { wish } from './wish.ts';

/** Fits http2.connect, http.request, https.request and ws as `createConnection`, and pg and mysql2 as `stream`. */
export type CreateConnection = (first?: object, second?: object) => net.Socket;

/** What the clients hand over; each has some of it. */
interface Asked {
  host?: string | null;
  hostname?: string;
  port?: string | number | null;
  path?: string | null;
  protocol?: string | null;
  servername?: string;
  socketPath?: string;
  ALPNProtocols?: unknown;
  /** Of https.request, which need not name its protocol. */
  _defaultAgent?: { protocol?: string };
  /** Of mysql2. */
  config?: MysqlConfig;
}

interface MysqlConfig extends Asked {
  enableKeepAlive?: boolean;
  /** ms */
  keepAliveInitialDelay?: number;
}

const sniOf = (host: string, asked: Asked): string | undefined =>
  asked.servername ?? (net.isIP(host) === 0 ? host : undefined);

function forHttp2(birth: Birth, authority: Asked, options: Asked): net.Socket {
  const protocol = authority.protocol || options.protocol || 'https:';
  const secure = protocol === 'https:';
  if (!secure && protocol !== 'http:') {
    throw new SockctlError('ERR_INVALID_ARGUMENT', `HTTP/2 goes over http: or https:, got ${show(protocol)}`);
  }
  const host = (authority.hostname || authority.host || 'localhost').replace(/^\[(.*)\]$/, '$1');
  const port = authority.port || (secure ? 443 : 80);
  const tls = secure && { ALPNProtocols: ['h2'] as string[], servername: sniOf(host, options) };
  return connectWith({ host, port, ...wish(options), tls }, { birth });
}

function forHttp(birth: Birth, asked: Asked): net.Socket {
  const protocol = asked.protocol ?? asked._defaultAgent?.protocol ?? 'http:';
  const secure = protocol === 'https:' || protocol === 'wss:';
  const wanted = wish(asked);
  const tls = secure && { servername: sniOf(wanted.host ?? 'localhost', asked) };
  return connectWith({ ...wanted, port: wanted.port ?? (secure ? 443 : 80), tls }, { birth });
}

function forMysql(birth: Birth, config: MysqlConfig): net.Socket {
  const { host, port, socketPath, enableKeepAlive, keepAliveInitialDelay } = config;
  // mysql2 sets these two on its own sockets alone.
  const calls = { noDelay: true, keepAlive: enableKeepAlive === true, keepAliveInitialDelay };
  return connectWith(wish(socketPath ? { path: socketPath } : { host, port, ...calls }), { birth });
}

/**
 * A function that makes connections which have `options` before connect(2), for clients that take one:
 * `createConnection` of `http2.connect`, `http.request`, `https.request` and ws, `stream` of pg and mysql2. It tells
 * the clients apart by what they call it with. TLS where the client leaves that to the connection.
 * @param options socket options by name; they outlast later calls of `setKeepAlive` and `setNoDelay`
 * @throws SockctlError an unknown option, a wrong value
 */
export function createConnection(options: ApplyInput): CreateConnection {
  const birth = new Birth(options, 'createConnection');
  return (first = {}, second) => {
    const asked = first as Asked;
    if (typeof second === 'object' && second !== null) return forHttp2(birth, asked, second);
    if (asked.config) return forMysql(birth, asked.config);
    const nowhere = [asked.host, asked.port, asked.path].every((part) => part === undefined || part === null);
    // pg connects by itself.
    return nowhere ? unconnected(birth) : forHttp(birth, asked);
  };
}
