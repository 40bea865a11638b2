// A Redis server of a test's own: TCP, TLS and a unix socket.
import { join } from 'node:path';
import { type Daemon, folderFor, freePort, has, start } from './daemon.ts';

export interface RedisServer extends Daemon {
  port: number;
  tlsPort: number;
  path: string;
}

/** undefined where Redis is not installed. */
export async function startRedis(): Promise<RedisServer | undefined> {
  if (!has('redis-server')) return undefined;
  const user = process.getuid?.() === 0 ? 'root' : String(process.env.USER);
  const folder = folderFor(user);
  const [port, tlsPort, path] = [await freePort(), await freePort(), join(folder, 'server.sock')];
  const settings = {
    bind: '127.0.0.1',
    port,
    'tls-port': tlsPort,
    'tls-cert-file': join(folder, 'cert.pem'),
    'tls-key-file': join(folder, 'key.pem'),
    'tls-auth-clients': 'no',
    unixsocket: path,
    save: '',
    dir: folder,
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]);
  return {
    ...(await start(folder, user, ['redis-server', ...flags], /eady to accept connections/)),
    port,
    tlsPort,
    path,
  };
}
