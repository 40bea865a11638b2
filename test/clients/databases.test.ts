// pg, mysql2 and ioredis against real servers: TCP, TLS and unix sockets.
import type net from 'node:net';
import { Redis } from 'ioredis';
import mysql from 'mysql2/promise';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { createConnection } from '../../src/clients/create-connection.ts';
import { redisConnector } from '../../src/clients/redis.ts';
import { errorOf } from '../helpers.ts';
import { certificate } from '../kernel/certificate.ts';
import { need } from './daemon.ts';
import { type Mariadb, startMariadb } from './mariadb.ts';
import { expectWanted, readFromOutside, wanted } from './outside.ts';
import { type Postgres, startPostgres } from './postgres.ts';
import { type RedisServer, startRedis } from './redis-server.ts';

const ca = certificate.cert.toString();
const buffers = { SO_SNDBUF: 40_000 };
const doubled = { SO_SNDBUF: 80_000 };

describe('pg', () => {
  let server: Postgres | undefined;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server?.stop());

  async function query(client: pg.Client | pg.Pool): Promise<unknown> {
    const { rows } = await client.query('select 1 + 1 as two, ssl from pg_stat_ssl where pid = pg_backend_pid()');
    return rows[0];
  }

  test('Client: options survive its setNoDelay and setKeepAlive', async (ctx) => {
    const { port } = need(ctx, server, 'PostgreSQL');
    const stream = createConnection(wanted);
    const client = new pg.Client({ host: '127.0.0.1', port, user: 'postgres', keepAlive: true, stream });
    await client.connect();
    onTestFinished(() => client.end());
    expect(await query(client)).toEqual({ two: 2, ssl: false });
    expect(await query(client)).toEqual({ two: 2, ssl: false });
    expectWanted(port);
  });

  test('Client with TLS, by a name', async (ctx) => {
    const { port } = need(ctx, server, 'PostgreSQL');
    const warnings: unknown[] = [];
    const warn = (warning: Error): unknown => warnings.push(warning);
    process.on('warning', warn);
    const stream = createConnection(wanted);
    const client = new pg.Client({ host: 'localhost', port, user: 'postgres', keepAlive: true, ssl: { ca }, stream });
    await client.connect();
    onTestFinished(() => client.end());
    expect(await query(client)).toEqual({ two: 2, ssl: true });
    expectWanted(port);
    // What comes later goes through both layers.
    (client as unknown as { connection: { stream: net.Socket } }).connection.stream.setKeepAlive(true, 1000);
    expectWanted(port);
    process.off('warning', warn);
    expect(warnings).toEqual([]);
  });

  test('Pool', async (ctx) => {
    const { port } = need(ctx, server, 'PostgreSQL');
    const stream = createConnection(wanted);
    const pool = new pg.Pool({ host: '127.0.0.1', port, user: 'postgres', max: 2, stream });
    onTestFinished(() => pool.end());
    await Promise.all([pool.query('select pg_sleep(0.2)'), pool.query('select pg_sleep(0.2)')]);
    expect(await query(pool)).toEqual({ two: 2, ssl: false });
    expectWanted(port, 2);
  });

  test('Client by a unix socket', async (ctx) => {
    const { port, folder } = need(ctx, server, 'PostgreSQL');
    const client = new pg.Client({ host: folder, port, user: 'postgres', stream: createConnection(buffers) });
    await client.connect();
    onTestFinished(() => client.end());
    expect(await query(client)).toEqual({ two: 2, ssl: false });
    expect(readFromOutside(`${folder}/.s.PGSQL.${port}`, ['SO_SNDBUF'])).toEqual([doubled]);
  });

  test('errors reach pg: nobody there, an option that a unix socket cannot have', async (ctx) => {
    const { folder } = need(ctx, server, 'PostgreSQL');
    const stream = createConnection(wanted);
    const gone = new pg.Client({ host: '127.0.0.1', port: 1, user: 'postgres', stream });
    await expect(gone.connect()).rejects.toMatchObject({ code: 'ECONNREFUSED', port: 1 });
    const nowhere = new pg.Client({ host: folder, port: 1, user: 'postgres', stream: createConnection(buffers) });
    await expect(nowhere.connect()).rejects.toMatchObject({ code: 'ENOENT', syscall: 'connect' });
    const unfit = new pg.Client({ host: folder, port: 1, user: 'postgres', stream });
    await expect(unfit.connect()).rejects.toMatchObject({ code: 'ERR_INVALID_ARGUMENT', option: 'TCP_MAXSEG' });
  });
});

describe('mysql2', () => {
  let server: Mariadb | undefined;
  beforeAll(async () => {
    server = await startMariadb();
  });
  afterAll(() => server?.stop());

  test.for(['plain', 'TLS'])('%s', async (how, ctx) => {
    const { port } = need(ctx, server, 'MariaDB');
    const client = await mysql.createConnection({
      host: 'localhost',
      port,
      user: 'root',
      stream: createConnection(wanted),
      ...(how === 'TLS' && { ssl: { ca } }),
    });
    onTestFinished(() => client.end());
    const [rows] = await client.query("show status like 'Ssl_version'");
    expect(rows).toEqual([{ Variable_name: 'Ssl_version', Value: how === 'TLS' ? 'TLSv1.3' : '' }]);
    expectWanted(port);
  });

  test('its own keepalive and TCP_NODELAY stay where nothing else is asked for', async (ctx) => {
    const { port } = need(ctx, server, 'MariaDB');
    const stream = createConnection({ TCP_USER_TIMEOUT: 12_345 });
    const options = { host: '127.0.0.1', port, user: 'root', stream };
    const client = await mysql.createConnection({ ...options, keepAliveInitialDelay: 33_000 });
    onTestFinished(() => client.end());
    const read = readFromOutside(port, ['SO_KEEPALIVE', 'TCP_KEEPIDLE', 'TCP_NODELAY', 'TCP_USER_TIMEOUT']);
    // The connection of the test before may be on its way out still.
    expect(read).toContainEqual({ SO_KEEPALIVE: 1, TCP_KEEPIDLE: 33, TCP_NODELAY: 1, TCP_USER_TIMEOUT: 12_345 });
  });

  test('a pool, and a unix socket', async (ctx) => {
    const { port, socketPath } = need(ctx, server, 'MariaDB');
    const tcp = mysql.createPool({ host: '127.0.0.1', port, user: 'root', stream: createConnection(wanted) });
    onTestFinished(() => tcp.end());
    await Promise.all([tcp.query('select sleep(0.2)'), tcp.query('select sleep(0.2)')]);
    expectWanted(port, 2);
    const unix = await mysql.createConnection({ socketPath, user: 'root', stream: createConnection(buffers) });
    onTestFinished(() => unix.end());
    expect((await unix.query('select 1 as one'))[0]).toEqual([{ one: 1 }]);
    expect(readFromOutside(socketPath, ['SO_SNDBUF'])).toEqual([doubled]);
  });

  test('nobody there', async () => {
    const options = { host: '127.0.0.1', port: 1, user: 'root', stream: createConnection(wanted) };
    await expect(mysql.createConnection(options)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });
});

describe('ioredis', () => {
  let server: RedisServer | undefined;
  beforeAll(async () => {
    server = await startRedis();
  });
  afterAll(() => server?.stop());

  test('TCP: options survive its setNoDelay and setKeepAlive', async (ctx) => {
    const { port } = need(ctx, server, 'Redis');
    const client = new Redis({ port, keepAlive: 1000, Connector: redisConnector(wanted) });
    onTestFinished(() => client.disconnect());
    expect(await client.set('key', 'value')).toBe('OK');
    expect(await client.get('key')).toBe('value');
    expectWanted(port);
  });

  test('TLS and a unix socket', async (ctx) => {
    const { tlsPort, path } = need(ctx, server, 'Redis');
    const Connector = redisConnector(wanted);
    const secure = new Redis({ host: 'localhost', port: tlsPort, tls: { ca }, Connector });
    onTestFinished(() => secure.disconnect());
    expect(await secure.ping()).toBe('PONG');
    expectWanted(tlsPort);
    const unix = new Redis({ path, Connector: redisConnector(buffers) });
    onTestFinished(() => unix.disconnect());
    expect(await unix.ping()).toBe('PONG');
    expect(readFromOutside(path, ['SO_SNDBUF'])).toEqual([doubled]);
  });

  test('a connection that is lost is made again, with its options', async (ctx) => {
    const { port } = need(ctx, server, 'Redis');
    const client = new Redis({ port, Connector: redisConnector(wanted), retryStrategy: () => 10 });
    onTestFinished(() => client.disconnect());
    await client.ping();
    (client as unknown as { stream: net.Socket }).stream.destroy();
    await new Promise((resolve) => client.once('ready', resolve));
    expect(await client.ping()).toBe('PONG');
    expectWanted(port);
  });

  test('nobody there; quit at once; sentinels', async (ctx) => {
    const { port } = need(ctx, server, 'Redis');
    const options = { lazyConnect: true, retryStrategy: () => null };
    const Connector = redisConnector(wanted);
    const gone = new Redis({ ...options, port: 1, Connector });
    const errors: unknown[] = [];
    gone.on('error', (error) => errors.push(error));
    await expect(gone.connect()).rejects.toThrow('Connection is closed');
    expect(errors).toMatchObject([{ code: 'ECONNREFUSED', port: 1 }]);
    const brief = new Redis({ ...options, port, Connector });
    const connecting = brief.connect();
    brief.disconnect();
    await expect(connecting).rejects.toThrow('Connection is closed');
    expect(readFromOutside(port, [])).toEqual([]);
    const sentinels = [{ host: '127.0.0.1', port: 1 }];
    expect(errorOf(() => new Redis({ sentinels, name: 'a', Connector })).message).toContain('sentinels');
  });
});
