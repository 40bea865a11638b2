// Sockets of other network namespaces: their tables, their defaults, and this thread back in its own each time.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getsockopt, type LiveSocket, SO_NETNS_COOKIE, Socket, type SocketsOptions, sockets } from '../../src/index.ts';
import { namespacesOf } from '../../src/live/namespaces.ts';
import { Owners, Place } from '../../src/live/place.ts';
import { compile, workFolder } from '../compiled.ts';
import { errorOf, hasPython } from '../helpers.ts';
import { type Python, python } from './check-programs.ts';

const root = process.platform === 'linux' && process.getuid?.() === 0;
const available = root && hasPython && spawnSync('unshare', ['--net', 'true']).status === 0;

describe.skipIf(!available)('needs root, python3 and unshare: network namespaces', () => {
  let program: Python;
  let namespace: number;

  const numberOf = (pid: number | 'self'): number =>
    Number(/\[(\d+)\]/.exec(readlinkSync(`/proc/${pid}/ns/net`))?.[1] as string);

  beforeAll(async () => {
    program = await python('unshare', '--net');
    namespace = numberOf(program.pid);
    await program.run(`
os.system('ip link set lo up')
open('/proc/sys/net/ipv4/tcp_wmem', 'w').write('4096 65536 4194304')
open('/proc/sys/net/ipv4/ip_default_ttl', 'w').write('77')
listener = socket(); listener.bind(('127.0.0.1', 0)); listener.listen()
plain = socket()
changed = socket(); changed.setsockopt(IPPROTO_IP, IP_TTL, 78); changed.bind(('127.0.0.1', 0))
named = socket(AF_UNIX); named.bind('\\0sockctl-' + str(os.getpid())); named.listen()`);
  });
  afterAll(() => program?.end());

  const list = async (options: SocketsOptions): Promise<LiveSocket[]> => {
    const found: LiveSocket[] = [];
    for await (const socket of sockets(options)) found.push(socket);
    return found;
  };
  const fdOf = async (name: string): Promise<number> => (await program.value(`${name}.fileno()`)) as number;
  const byName = (all: readonly LiveSocket[], fd: number): LiveSocket =>
    all.find(({ owners }) => owners.some((owner) => owner.pid === program.pid && owner.fd === fd)) as LiveSocket;

  it('are listed with all, alone by their number, and not with the own one', async () => {
    const fd = await fdOf('listener');
    const options = { proto: 'tcp', state: 'listen' } as const;
    expect(byName(await list(options), fd)).toMatchObject({ namespace, kind: 'tcp' });
    const alone = await list({ ...options, namespace });
    expect(alone).toHaveLength(1);
    expect(byName(alone, fd)).toBeDefined();
    expect(byName(await list({ ...options, namespace: 'own' }), fd)).toBeUndefined();
    expect(byName(await list({ proto: 'unix', namespace }), await fdOf('named'))).toMatchObject({
      local: { path: `\0sockctl-${program.pid}` },
    });
  });

  it('are compared with the defaults of their namespace, also where the kernel lists them not', async () => {
    const all = await list({ pid: program.pid });
    expect(byName(all, await fdOf('listener')).changed()).toEqual([]);
    const plain = byName(all, await fdOf('plain'));
    expect(plain).toMatchObject({ namespace, kind: 'tcp', state: 'CLOSE' });
    expect(plain.changed()).toEqual([]);
    expect(byName(all, await fdOf('changed')).changed()).toEqual([{ name: 'IP_TTL', value: '78', default: '77' }]);
  });

  it('this thread is back in its own network after each', async () => {
    const own = numberOf('self');
    const cookie = (): bigint => {
      using socket = new Socket();
      return getsockopt(socket, SO_NETNS_COOKIE);
    };
    const before = cookie();
    for (const socket of await list({ pid: program.pid })) socket.changed();
    expect(cookie()).toBe(before);
    expect(numberOf('self')).toBe(own);
    const place = new Place(namespace, [program.pid], new Owners());
    // Also when what is done there throws.
    const error = errorOf(() =>
      place.enter(() => {
        expect(cookie()).not.toBe(before);
        throw new Error('on the way');
      }),
    );
    expect(error.message).toBe('on the way');
    expect(cookie()).toBe(before);
  });

  it('in a worker thread only that thread goes there', async () => {
    const folder = workFolder('namespaces');
    const compiled = compile(folder, []);
    try {
      const worker = new Worker(
        `const { parentPort, workerData } = require('node:worker_threads');
         const { readlinkSync } = require('node:fs');
         const link = () => readlinkSync('/proc/thread-self/ns/net');
         import(workerData.library).then(({ sockets }) => {
           const before = link();
           const seen = new Set();
           for (let i = 0; i < 50; i++) for (const { namespace } of sockets({ proto: 'tcp' })) seen.add(namespace);
           parentPort.postMessage({ before, after: link(), seen: [...seen] });
         });`,
        { eval: true, workerData: { library: join(compiled.out, 'src/index.js') } },
      );
      const links = new Set<string>();
      const look = setInterval(() => links.add(readlinkSync('/proc/self/ns/net')), 0);
      const [message] = (await once(worker, 'message')) as [{ before: string; after: string; seen: number[] }];
      clearInterval(look);
      await worker.terminate();
      expect(message.seen).toContain(namespace);
      expect(message.after).toBe(message.before);
      expect([...links]).toEqual([readlinkSync('/proc/self/ns/net')]);
    } finally {
      compiled.remove();
    }
  });

  it('a process that has ended, or is elsewhere by now, does not stand for the namespace', async () => {
    const child = spawn('sleep', ['1000'], { stdio: 'ignore' });
    const ended = spawn('true', { stdio: 'ignore' });
    await once(ended, 'exit');
    try {
      const [dead, elsewhere] = [ended.pid as number, child.pid as number];
      const place = new Place(namespace, [dead, elsewhere, program.pid], new Owners());
      expect(place.enter(() => readlinkSync('/proc/thread-self/ns/net'))).toBe(`net:[${namespace}]`);
      const gone = new Place(namespace, [dead, elsewhere], new Owners());
      expect(errorOf(() => gone.enter(() => 1)).code).toBe('ERR_NO_PROCESS');
    } finally {
      child.kill();
    }
  });

  it('a number that no process is in is refused, with where to look', () => {
    expect(() => namespacesOf([process.pid], 1)).toThrow(/no process that may be seen is in network namespace 1/);
    const { places, unknown } = namespacesOf([program.pid, process.pid], namespace);
    expect([[...places], unknown]).toEqual([[[namespace, [program.pid]]], 0]);
  });

  it('what ends while it is listed is left out, and the listing goes on', async () => {
    const brief = await python('unshare', '--net');
    await brief.run("s = socket(); s.bind(('127.0.0.1', 0)); s.listen()");
    const number = numberOf(brief.pid);
    const listing = sockets({ proto: 'tcp', state: 'listen' })[Symbol.asyncIterator]();
    const first = await listing.next();
    await brief.end();
    const seen: LiveSocket[] = first.done ? [] : [first.value];
    for await (const socket of listing) seen.push(socket);
    // It was there or not; nothing of it is half there.
    for (const socket of seen.filter((one) => one.namespace === number)) expect(socket.owners).toEqual([]);
  });
});
