// Sockets of the whole machine: listed, borrowed, read and set, also those of another process.
import { spawn } from 'node:child_process';
import { readlinkSync } from 'node:fs';
import net from 'node:net';
import process from 'node:process';
import { Worker } from 'node:worker_threads';
import { event, fresh, later, leaksNothing, listening, refused, same, sockctl } from './support.mjs';

const { borrow, getsockopt, setsockopt, snapshot, sockets, SO_KEEPALIVE, SO_TYPE, SOCK_STREAM, TCP_KEEPIDLE } = sockctl;

/** A listener of another process, which ends with the check. */
async function stranger() {
  const code =
    'import socket, sys; s = socket.socket(); s.bind(("127.0.0.1", 0)); s.listen(); print(s.fileno(), s.getsockname()[1], flush=True); sys.stdin.read()';
  const child = spawn('python3', ['-c', code], { stdio: ['pipe', 'pipe', 'inherit'] });
  later(() => child.kill());
  const [data] = await event(child.stdout, 'data');
  const [fd, port] = String(data).split(' ').map(Number);
  return { pid: child.pid, fd, port };
}

const namespace = () => readlinkSync('/proc/thread-self/ns/net');

export const liveChecks = {
  'sockets(), with TCP_INFO and owners': async () => {
    const server = net.createServer();
    const port = await listening(server);
    const client = net.connect(port, '127.0.0.1');
    later(() => client.destroy());
    await event(client, 'connect');
    let seen = 0;
    for await (const socket of sockets({
      proto: 'tcp',
      info: true,
      memory: true,
      congestion: true,
      namespace: 'own',
    })) {
      if (socket.remote?.port !== port) continue;
      seen += 1;
      same([socket.state, socket.info.state, socket.infoOf('state')], ['ESTABLISHED', 1, 1]);
      same(socket.memory.rcvbuf > 0, true);
      same(
        socket.owners.map(({ pid }) => pid),
        [process.pid],
      );
    }
    same(seen, 1);
  },
  'sockets() in one go, of every kind': () => {
    const { fd } = fresh(sockctl.AF_UNIX);
    const list = sockets({ pid: process.pid });
    const found = [...list].find(({ owners }) => owners.some((owner) => owner.fd === fd));
    same([found.kind, found.state, list.blindness.length], ['unix', 'UNCONNECTED', 0]);
  },
  'borrow() of another process': async () => {
    const { pid, fd } = await stranger();
    borrow(pid, fd, (socket) => setsockopt(socket, TCP_KEEPIDLE, 61));
    same(
      borrow(pid, fd, (socket) => getsockopt(socket, TCP_KEEPIDLE)),
      61,
    );
    same(borrow(pid, fd, (socket) => snapshot(socket).options.length) > 80, true);
    await refused(() => borrow(pid, 999), 'ERR_NO_SOCKET');
    await refused(() => borrow(2 ** 30, 0), 'ERR_NO_PROCESS');
  },
  'changed() against the default': async () => {
    const { pid, fd } = await stranger();
    borrow(pid, fd, (socket) => setsockopt(socket, SO_KEEPALIVE, true));
    const [found] = [...sockets({ pid })];
    same(
      found.changed().map(({ name, value }) => [name, value]),
      [['SO_KEEPALIVE', 'on']],
    );
  },
  'other network namespaces, and back': async () => {
    const child = spawn('unshare', ['--net', 'sleep', '100'], { stdio: 'ignore' });
    later(() => child.kill());
    const before = namespace();
    const other = () => readlinkSync(`/proc/${child.pid}/ns/net`);
    for (let i = 0; i < 200 && other() === before; i += 1) await new Promise((resolve) => setTimeout(resolve, 10));
    const number = Number(/\d+/.exec(other())[0]);
    const kinds = [...sockets({ namespace: number })].map((socket) => socket.namespace);
    same(kinds.length > 0 && kinds.every((one) => one === number), true);
    same(namespace(), before);
  },
  'in a worker thread': async () => {
    const { pid, fd } = await stranger();
    const thread = new Worker(new URL('./live-worker.mjs', import.meta.url), { workerData: { pid, fd } });
    later(() => thread.terminate());
    same((await event(thread, 'message'))[0], { type: SOCK_STREAM, listed: true });
  },
  '200 borrows and listings leak nothing': async () => {
    const { pid, fd } = await stranger();
    await leaksNothing(200, () => {
      same(
        borrow(pid, fd, (socket) => getsockopt(socket, SO_TYPE)),
        SOCK_STREAM,
      );
      for (const _ of sockets({ proto: 'unix', namespace: 'own' })) break;
    });
  },
};
