// A MariaDB server of a test's own: TCP, TLS and a unix socket; anybody may log in.
import { join } from 'node:path';
import { type Daemon, folderFor, freePort, has, runAs, start } from './daemon.ts';

export interface Mariadb extends Daemon {
  port: number;
  socketPath: string;
}

/** undefined where MariaDB is not installed. */
export async function startMariadb(): Promise<Mariadb | undefined> {
  if (!has('mariadbd') || !has('mariadb-install-db')) return undefined;
  const folder = folderFor('mysql');
  const data = join(folder, 'data');
  const install = ['mariadb-install-db', '--no-defaults', `--datadir=${data}`, '--skip-test-db'];
  runAs('mysql', [...install, '--auth-root-authentication-method=normal']);
  const port = await freePort();
  const socketPath = join(folder, 'server.sock');
  const command = [
    'mariadbd',
    '--no-defaults',
    `--datadir=${data}`,
    `--port=${port}`,
    `--socket=${socketPath}`,
    '--bind-address=127.0.0.1',
    '--skip-grant-tables',
    `--ssl-cert=${join(folder, 'cert.pem')}`,
    `--ssl-key=${join(folder, 'key.pem')}`,
  ];
  const daemon = await start(folder, 'mysql', command, /ready for connections/, { signal: 'SIGTERM' });
  return { ...daemon, port, socketPath };
}
