// The library in worker threads and cluster workers, its errno, and sockets of fetch.
import { fork } from 'node:child_process';
import { channel } from 'node:diagnostics_channel';
import http from 'node:http';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { event, fresh, later, listening, same, sockctl, until, works } from './support.mjs';

const { getsockopt, SO_TYPE, SOL_SOCKET, SOL_TCP } = sockctl;
const worker = new URL('./worker.mjs', import.meta.url);

export const threadChecks = {
  'errno of 20,000 refused calls': () => {
    const { fd } = fresh();
    const cases = [
      ['EBADF', () => getsockopt(2_000_000_000, SOL_SOCKET, SO_TYPE)],
      ['ENOPROTOOPT', () => getsockopt(fd, SOL_TCP, 9999)],
    ];
    for (let i = 0; i < 20_000; i += 1) {
      const [code, call] = cases[i % 2];
      try {
        call();
      } catch (error) {
        if (error.code === code) continue;
        throw error;
      }
      throw new Error(`expected ${code}`);
    }
  },
  'a worker thread': async () => {
    const thread = new Worker(worker);
    later(() => thread.terminate());
    same((await event(thread, 'message'))[0], { code: 'EBADF', type: 1 });
  },
  'cluster workers that share a port': async () => {
    const primary = fork(fileURLToPath(worker), ['primary'], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
    later(() => primary.kill());
    const [ports] = await event(primary, 'message');
    same(ports.length, 2);
    same(ports[0] > 0 && ports[0] === ports[1], true);
    return 'before';
  },
  'sockets of fetch, by undici:client:connected': async () => {
    const seen = [];
    const connected = channel('undici:client:connected');
    const note = ({ socket }) => seen.push(socket);
    connected.subscribe(note);
    later(() => connected.unsubscribe(note));
    const server = http.createServer((_request, response) => response.end('hello'));
    const port = await listening(server);
    same(await (await fetch(`http://127.0.0.1:${port}/`)).text(), 'hello');
    const other = process.versions.bun !== undefined || process.versions.deno !== undefined;
    if (other && seen.length === 0) return { cell: 'none', reason: 'its fetch gives no socket away: use node:http' };
    if (!(await until(() => seen.length > 0))) throw new Error('no socket came');
    works(seen[0]);
    return 'after';
  },
};
