// The preload on Bun and Deno: the options are set once the runtime shows a descriptor, and read from outside.
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SO_PRIORITY, SO_SNDBUF, TCP_KEEPCNT, TCP_KEEPIDLE } from 'sockctl';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Folder, folder, registerPath, socketsOf, start } from './programs.ts';

const modules = fileURLToPath(new URL('../runtimes/node_modules/', import.meta.url));
const runtimes = [
  { name: 'Bun', command: join(modules, '@oven/bun-linux-x64/bin/bun'), flags: ['--preload', registerPath] },
  {
    name: 'Deno',
    command: join(modules, '@deno/linux-x64-glibc/deno'),
    flags: ['run', '-A', '--no-lock', '--preload', registerPath],
  },
];
const reads = Object.fromEntries(
  [SO_PRIORITY, SO_SNDBUF, TCP_KEEPCNT, TCP_KEEPIDLE].map(({ name, levelNumber, number }) => [
    name,
    [levelNumber, number] as const,
  ]),
);

let place: Folder;
beforeAll(() => {
  place = folder();
  place.policy([
    { match: { side: 'client', protocol: 'tcp' }, enforce: true, options: { TCP_KEEPIDLE: 77, TCP_MAXSEG: 700 } },
    { match: { side: 'server', protocol: 'tcp' }, options: { TCP_KEEPCNT: 4 } },
    { match: { side: 'accepted', protocol: 'tcp' }, options: { SO_PRIORITY: 3 } },
    { match: { side: 'datagram' }, options: { SO_PRIORITY: 5 } },
    { match: { protocol: 'unix' }, options: { SO_SNDBUF: 60_000 } },
  ]);
  writeFileSync(
    join(place.path, 'app.mjs'),
    `import dgram from 'node:dgram';
     import http from 'node:http';
     import net from 'node:net';
     import { once } from 'node:events';
     const server = net.createServer((socket) => socket.write('HTTP/1.1 200 OK\\r\\ncontent-length: 1\\r\\n\\r\\nx'));
     server.listen(0, '127.0.0.1');
     await once(server, 'listening');
     const { port } = server.address();
     const client = net.connect(port, '127.0.0.1');
     await once(client, 'data');
     client.setKeepAlive(true, 5000);
     const agent = new http.Agent({ keepAlive: true });
     await new Promise((done) => http.get({ port, host: '127.0.0.1', agent }, (response) => response.resume().on('end', done)));
     const path = process.env.FOLDER + '/' + process.pid + '.sock';
     const unix = net.createServer((socket) => socket.write('x')).listen(path);
     await once(unix, 'listening');
     const local = net.connect(path);
     await once(local, 'data');
     const datagram = dgram.createSocket('udp4').bind(0, '127.0.0.1');
     await once(datagram, 'listening');
     console.log(JSON.stringify({ pid: process.pid, port }));
     process.stdin.on('end', () => process.exit(0)).resume();`,
  );
});
afterAll(() => place[Symbol.dispose]());

for (const { name, command, flags } of runtimes) {
  test(`${name}: sockets of net, http, dgram and unix, after connect, accept and bind`, async (ctx) => {
    if (!existsSync(command)) return ctx.skip(`${name} is not installed`);
    const env = { FOLDER: place.path };
    await using running = await start(command, [...flags, join(place.path, 'app.mjs')], { cwd: place.path, env });
    const { pid, port } = JSON.parse(running.first) as { pid: number; port: number };
    const all = socketsOf(pid, reads);
    const options = (list: typeof all): object[] => list.map((one) => one.options);
    const tcp = all.filter(({ family, type }) => family !== 1 && type === 1);
    expect(options(tcp.filter(({ peer }) => peer === port))).toMatchObject([
      { TCP_KEEPIDLE: 77 },
      { TCP_KEEPIDLE: 77 },
    ]);
    expect(options(tcp.filter(({ listening }) => listening))).toMatchObject([{ TCP_KEEPCNT: 4 }]);
    expect(options(tcp.filter(({ local, peer }) => local === port && peer !== null))).toMatchObject([
      { SO_PRIORITY: 3 },
      { SO_PRIORITY: 3 },
    ]);
    expect(options(all.filter(({ type }) => type === 2))).toMatchObject([{ SO_PRIORITY: 5 }]);
    const paths = all.filter(({ family }) => family === 1);
    expect(options(paths)).toMatchObject(paths.map(() => ({ SO_SNDBUF: 120_000 })));
    expect(paths.length).toBe(3);
    // What cannot work any more is said once, and not silently set.
    expect(running.stderr().match(/TCP_MAXSEG is for before connect/g)).toHaveLength(1);
  });
}
