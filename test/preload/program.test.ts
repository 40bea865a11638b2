// The unmodified program of express, fastify, pg, fetch, https, http2, ws, dgram and unix sockets, read from outside.
import { fileURLToPath } from 'node:url';
import {
  SO_KEEPALIVE,
  SO_PRIORITY,
  SO_RCVBUF,
  SO_REUSEADDR,
  SO_REUSEPORT,
  SO_SNDBUF,
  Socket,
  TCP_KEEPIDLE,
  TCP_KEEPINTVL,
  TCP_MAXSEG,
  TCP_NODELAY,
  TCP_USER_TIMEOUT,
} from 'sockctl';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Postgres, startPostgres } from '../clients/postgres.ts';
import { certificate, type Folder, folder, nodes, type Seen, socketsOf, startWith } from './programs.ts';

const rules = [
  {
    name: 'clients',
    match: { side: 'client', protocol: 'tcp' },
    enforce: true,
    options: {
      TCP_MAXSEG: 700,
      TCP_USER_TIMEOUT: 12_345,
      SO_KEEPALIVE: true,
      TCP_KEEPIDLE: 77,
      TCP_KEEPINTVL: 7,
      TCP_NODELAY: false,
    },
  },
  { name: 'servers', match: { side: 'server', protocol: 'tcp' }, options: { SO_REUSEPORT: true } },
  {
    name: 'accepted',
    match: { side: 'accepted', protocol: 'tcp' },
    options: { SO_PRIORITY: 3, TCP_USER_TIMEOUT: 23_456 },
  },
  { name: 'datagrams', match: { side: 'datagram' }, options: { SO_RCVBUF: 50_000, SO_PRIORITY: 4 } },
  { name: 'paths', match: { protocol: 'unix' }, options: { SO_SNDBUF: 60_000 } },
];

const reads = Object.fromEntries(
  [
    SO_KEEPALIVE,
    SO_PRIORITY,
    SO_RCVBUF,
    SO_REUSEADDR,
    SO_REUSEPORT,
    SO_SNDBUF,
    TCP_KEEPIDLE,
    TCP_KEEPINTVL,
    TCP_MAXSEG,
    TCP_NODELAY,
    TCP_USER_TIMEOUT,
  ].map(({ name, levelNumber, number }) => [name, [levelNumber, number] as const]),
);

let place: Folder;
let postgres: Postgres | undefined;
beforeAll(async () => {
  place = folder();
  place.policy(rules);
  certificate(place.path);
  postgres = await startPostgres();
});
afterAll(async () => {
  await postgres?.stop();
  place[Symbol.dispose]();
});

const stream = 1;
const unix = 1;

function expectAll(sockets: readonly Seen[], count: number, options: Record<string, number>): void {
  expect(sockets.map((socket) => socket.options)).toEqual(
    Array.from({ length: count }, () => expect.objectContaining(options)),
  );
}

for (const { name, command } of nodes) {
  for (const file of ['app.mjs', 'app.cjs']) {
    test(`${name}, ${file}: every socket has its options, and had them in time`, async (ctx) => {
      if (command === undefined) return ctx.skip(`${name} is not installed`);
      const env = { FOLDER: place.path, PG_PORT: postgres ? String(postgres.port) : '' };
      const app = fileURLToPath(new URL(file, import.meta.url));
      await using running = await startWith(command, [app], { cwd: place.path, env });
      const { pid, ports } = JSON.parse(running.first) as { pid: number; ports: Record<string, number> };
      const all = socketsOf(pid, reads);
      const servers = new Set(Object.values(ports));
      const tcp = all.filter(({ family, type, listening }) => family !== unix && type === stream && !listening);
      const accepted = tcp.filter(({ local }) => servers.has(Number(local)));
      const clients = tcp.filter(({ local }) => !servers.has(Number(local)));
      expectAll(clients, 8 + Number(postgres !== undefined), {
        TCP_USER_TIMEOUT: 12_345,
        SO_KEEPALIVE: 1,
        TCP_KEEPIDLE: 77,
        TCP_KEEPINTVL: 7,
        TCP_NODELAY: 0,
      });
      // The peers' mss: 700 without the 12 bytes of the timestamps. It is agreed on in the first packet.
      expectAll(accepted, 8, { SO_PRIORITY: 3, TCP_USER_TIMEOUT: 23_456, TCP_MAXSEG: 688 });
      const listeners = all.filter(({ listening, family }) => listening && family !== unix);
      expectAll(listeners, 8, { SO_REUSEPORT: 1 });
      expectAll(
        all.filter(({ type, family }) => type !== stream && family !== unix),
        3,
        { SO_RCVBUF: 100_000, SO_PRIORITY: 4, SO_REUSEADDR: 0 },
      );
      expectAll(
        all.filter(({ family }) => family === unix),
        3,
        { SO_SNDBUF: 120_000 },
      );
      // Two sockets share a port only if both had SO_REUSEPORT when they were bound.
      using second = new Socket();
      second.setsockopt(SO_REUSEPORT, true);
      second.bind(['127.0.0.1', ports.fastify as number]);
      expect(running.stderr()).toBe('');
    });
  }
}
