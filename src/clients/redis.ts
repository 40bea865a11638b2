// redisConnector(): what ioredis connects with.
import type net from 'node:net';
import type tls from 'node:tls';
import { SockctlError } from '../errors.ts';
import type { ApplyInput } from '../settings.ts';
import { Birth } from '../socket/birth.ts';
import { connectWith } from '../socket/connect.ts';
import { wish } from './wish.ts';

/** The options of ioredis that say where and how to connect. */
interface RedisOptions {
  host?: string;
  port?: number;
  /** 4 or 6 */
  family?: number;
  path?: string;
  tls?: tls.ConnectionOptions;
  sentinels?: unknown;
  /** ms */
  disconnectTimeout?: number;
}

// ioredis types its connectors by a class with private members, which no other class can match.
// biome-ignore lint/suspicious/noExplicitAny: see above
type RedisConnector = new (options: any) => any;

/**
 * A class for the option `Connector` of ioredis: its connections have `options` before connect(2). TCP, TLS and unix
 * paths; not for sentinels.
 * @param options socket options by name
 * @throws SockctlError an unknown option, a wrong value
 */
export function redisConnector(options: ApplyInput): RedisConnector {
  const birth = new Birth(options, 'redisConnector');
  return class Connector {
    /** ioredis tells it when the connection was gone before it could listen. */
    firstError?: Error;
    readonly #options: RedisOptions;
    #connecting = false;
    #socket?: net.Socket;

    constructor(given: RedisOptions) {
      if (given.sentinels) {
        throw new SockctlError('ERR_INVALID_ARGUMENT', 'redisConnector does not know sentinels', {
          hint: 'Give host and port of the server, or set the options for the whole program with a policy',
        });
      }
      this.#options = given;
    }

    /** ioredis asks whether this server will do. */
    check(): boolean {
      return true;
    }

    async connect(): Promise<net.Socket> {
      const { host, port, family, path, tls: secure } = this.#options;
      this.#connecting = true;
      // ioredis may change its mind at once.
      await Promise.resolve();
      if (!this.#connecting) throw new Error('Connection is closed.');
      const where = path ? { path } : { host, port, family };
      const socket = connectWith({ ...wish({ ...where, ...secure }), tls: secure ? true : undefined }, { birth });
      socket.once('error', (error) => {
        this.firstError = error;
      });
      this.#socket = socket;
      return socket;
    }

    disconnect(): void {
      this.#connecting = false;
      const socket = this.#socket;
      if (!socket) return;
      const timer = setTimeout(() => socket.destroy(), this.#options.disconnectTimeout ?? 2000);
      socket.once('close', () => clearTimeout(timer));
      socket.end();
    }
  };
}
