// A PostgreSQL server of a test's own: TCP, TLS and a unix socket, user postgres, no password.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Daemon, folderFor, freePort, has, runAs, start } from './daemon.ts';

export interface Postgres extends Daemon {
  port: number;
}

/** The folder of initdb and postgres; Debian has one for each version. */
function binaries(): string | undefined {
  const base = '/usr/lib/postgresql';
  const versions = existsSync(base) ? readdirSync(base).sort((a, b) => Number(b) - Number(a)) : [];
  const found = versions.map((version) => join(base, version, 'bin')).find((bin) => existsSync(join(bin, 'initdb')));
  return found ?? (has('initdb') && has('postgres') ? '' : undefined);
}

/**
 * undefined where PostgreSQL is not installed.
 * @param namespace of `ip netns`, to run in
 */
export async function startPostgres(host = '127.0.0.1', namespace?: string): Promise<Postgres | undefined> {
  const bin = binaries();
  if (bin === undefined) return undefined;
  const folder = folderFor('postgres');
  const data = join(folder, 'data');
  runAs('postgres', [join(bin, 'initdb'), '-D', data, '-U', 'postgres', '-A', 'trust', '-N', '--no-instructions']);
  const port = await freePort();
  const settings = {
    listen_addresses: host,
    unix_socket_directories: folder,
    port,
    ssl: 'on',
    ssl_cert_file: join(folder, 'cert.pem'),
    ssl_key_file: join(folder, 'key.pem'),
    fsync: 'off',
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const access = join(data, 'pg_hba.conf');
  runAs('postgres', ['sh', '-c', `echo 'host all all all trust' >> ${access}`]);
  const command = [join(bin, 'postgres'), '-D', data, ...flags];
  return { ...(await start(folder, 'postgres', command, /ready to accept connections/, { namespace })), port };
}
