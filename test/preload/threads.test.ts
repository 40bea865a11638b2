// The preload in worker threads, in cluster workers with every kind of sharing, and in forked processes.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SO_PRIORITY, SO_REUSEPORT, TCP_KEEPCNT, TCP_MAXSEG } from 'sockctl';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Folder, folder, nodes, register, socketsOf, startWith } from './programs.ts';

const rules = [
  { match: { side: 'client' }, options: { TCP_MAXSEG: 700 } },
  { match: { side: 'server' }, options: { SO_REUSEPORT: true, TCP_KEEPCNT: 4 } },
  { match: { side: 'accepted' }, options: { SO_PRIORITY: 3 } },
  { match: { side: 'datagram' }, options: { SO_PRIORITY: 5 } },
];
const reads = Object.fromEntries(
  [SO_PRIORITY, SO_REUSEPORT, TCP_KEEPCNT, TCP_MAXSEG].map(({ name, levelNumber, number }) => [
    name,
    [levelNumber, number] as const,
  ]),
);

let place: Folder;
beforeAll(() => {
  place = folder();
  place.policy(rules);
});
afterAll(() => place[Symbol.dispose]());

function program(name: string, text: string): string {
  const file = join(place.path, name);
  writeFileSync(file, text);
  return file;
}

const server = `
import net from 'node:net';
import dgram from 'node:dgram';
import { once } from 'node:events';
export async function pair(serverOptions) {
  const server = net.createServer((socket) => socket.write('x')).listen({ port: 0, host: '127.0.0.1', ...serverOptions });
  await once(server, 'listening');
  const client = net.connect(server.address().port, '127.0.0.1');
  await once(client, 'data');
  const datagram = dgram.createSocket('udp4').bind({ port: 0, address: '127.0.0.1', ...serverOptions });
  await once(datagram, 'listening');
  return server.address().port;
}
`;

/** A server, a client and the connection that was accepted, each in the process that has it. */
function expectTriple(pids: readonly number[], port: number, datagrams = 1): void {
  const all = pids.flatMap((pid) => socketsOf(pid, reads));
  const streams = all.filter(({ type }) => type === 1);
  const of = (list: typeof all): object[] => list.map(({ options }) => options);
  const listening = streams.filter((one) => one.listening && one.local === port);
  // A listening socket that is shared is seen in each process that has it.
  expect(new Set(of(listening).map((one) => JSON.stringify(one))).size).toBe(1);
  expect(listening[0]?.options).toMatchObject({ SO_REUSEPORT: 1, TCP_KEEPCNT: 4 });
  expect(of(streams.filter((one) => !one.listening && one.local === port))).toMatchObject([
    { SO_PRIORITY: 3, TCP_MAXSEG: 688 },
  ]);
  const priorities = all.filter(({ type }) => type === 2).map(({ options }) => options.SO_PRIORITY);
  expect(priorities.length).toBeGreaterThanOrEqual(datagrams);
  expect(new Set(priorities)).toEqual(new Set([5]));
}

for (const { name, command } of nodes) {
  test(`${name}: worker threads`, async (ctx) => {
    if (command === undefined) return ctx.skip(`${name} is not installed`);
    program('pair.mjs', server);
    const main = program(
      'threads.mjs',
      `import { Worker, isMainThread, parentPort } from 'node:worker_threads';
       import { fileURLToPath } from 'node:url';
       import { pair } from './pair.mjs';
       if (isMainThread) {
         const worker = new Worker(fileURLToPath(import.meta.url));
         worker.once('message', (port) => console.log(JSON.stringify({ pid: process.pid, port })));
         process.stdin.on('end', () => process.exit()).resume();
       } else {
         parentPort.postMessage(await pair());
         parentPort.on('message', () => {});
       }`,
    );
    await using running = await startWith(command, [main], { cwd: place.path });
    const { pid, port } = JSON.parse(running.first) as { pid: number; port: number };
    expectTriple([pid], port);
    expect(running.stderr()).toBe('');
  });

  const sharing = {
    'round robin': '',
    'shared handles': 'cluster.schedulingPolicy = cluster.SCHED_NONE;',
    exclusive: '',
  };
  for (const [how, policy] of Object.entries(sharing)) {
    test(`${name}: cluster, ${how}`, async (ctx) => {
      if (command === undefined) return ctx.skip(`${name} is not installed`);
      program('pair.mjs', server);
      const main = program(
        'cluster.mjs',
        `import cluster from 'node:cluster';
         import { pair } from './pair.mjs';
         ${policy}
         if (cluster.isPrimary) {
           const worker = cluster.fork();
           worker.on('message', (port) => console.log(JSON.stringify({ pids: [process.pid, worker.process.pid], port })));
           process.stdin.on('end', () => { worker.kill(); process.exit(); }).resume();
         } else {
           process.send(await pair({ exclusive: ${how === 'exclusive'} }));
         }`,
      );
      await using running = await startWith(command, [main], { cwd: place.path });
      const { pids, port } = JSON.parse(running.first) as { pids: number[]; port: number };
      expectTriple(pids, port);
      expect(running.stderr()).toBe('');
    });
  }

  test(`${name}: options of accepted sockets are there before the program sees them, once; its own come after`, async (ctx) => {
    if (command === undefined) return ctx.skip(`${name} is not installed`);
    const library = new URL('index.js', register).href;
    const main = program(
      'accepted.mjs',
      `import cluster from 'node:cluster';
       import net from 'node:net';
       import { once } from 'node:events';
       import { getsockopt, SO_PRIORITY, setsockopt } from ${JSON.stringify(library)};
       const serve = async (where) => {
         const seen = [];
         const server = net.createServer((socket) => {
           seen.push(getsockopt(socket, SO_PRIORITY));
           setsockopt(socket, SO_PRIORITY, 1);
           setTimeout(() => { seen.push(getsockopt(socket, SO_PRIORITY)); socket.destroy(); }, 20);
         }).listen(where);
         await once(server, 'listening');
         const address = server.address();
         const client = net.connect(typeof address === 'string' ? address : address.port);
         client.on('error', () => {});
         await once(client, 'close');
         return seen;
       };
       const both = async () => [await serve(0), await serve(process.env.FOLDER + '/' + process.pid + '.sock')];
       if (cluster.isPrimary) {
         const own = await both();
         const worker = cluster.fork();
         worker.on('message', (workers) => { console.log(JSON.stringify([own, workers])); worker.kill(); });
         process.stdin.on('end', () => process.exit()).resume();
       } else {
         process.send(await both());
       }`,
    );
    await using running = await startWith(command, [main], { cwd: place.path, env: { FOLDER: place.path } });
    const one = [
      [3, 1],
      [3, 1],
    ];
    expect(JSON.parse(running.first)).toEqual([one, one]);
  });

  test(`${name}: child_process.fork, with the option of the command line and with NODE_OPTIONS`, async (ctx) => {
    if (command === undefined) return ctx.skip(`${name} is not installed`);
    program('pair.mjs', server);
    const child = program('child.mjs', "import { pair } from './pair.mjs'; process.send(await pair());");
    const main = program(
      'fork.mjs',
      `import { fork } from 'node:child_process';
       const child = fork(${JSON.stringify(child)});
       child.on('message', (port) => console.log(JSON.stringify({ pid: child.pid, port })));
       process.stdin.on('end', () => { child.kill(); process.exit(); }).resume();`,
    );
    await using running = await startWith(command, [main], { cwd: place.path });
    const { pid, port } = JSON.parse(running.first) as { pid: number; port: number };
    expectTriple([pid], port);
  });
}
