// What a connection costs: net.connect, and connect() with and without options; the server is another process.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import net from 'node:net';
import { connect } from 'sockctl';
import type { Contender, Work } from './harness.ts';

const program = `require('node:net').createServer((socket) => socket.on('error', () => {}))
  .listen(0, '127.0.0.1', function () { console.log(this.address().port) });`;

/** A server in a process of its own, so that accepting does not count. */
export async function serve(): Promise<{ port: number; child: ChildProcess }> {
  const child = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(child.stdout as NodeJS.ReadableStream, 'data')) as [Buffer];
  return { port: Number(line), child };
}

/** One connection after the other. They end with a reset, so that no port is left in TIME_WAIT. */
function inTurns(open: () => net.Socket): Work {
  return async (count) => {
    const start = process.hrtime.bigint();
    for (let i = 0; i < count; i += 1) {
      await new Promise<void>((resolve, reject) => {
        const socket = open();
        socket.on('error', reject);
        socket.on('connect', () => socket.resetAndDestroy());
        socket.on('close', () => resolve());
      });
    }
    return Number(process.hrtime.bigint() - start);
  };
}

const options = { TCP_USER_TIMEOUT: 10_000, SO_KEEPALIVE: true, TCP_KEEPIDLE: 60, SO_RCVBUF: 262_144 };

export function connectContenders(port: number): Contender[] {
  const host = '127.0.0.1';
  return [
    { name: 'net.connect', work: inTurns(() => net.connect({ host, port })) },
    { name: 'connect', work: inTurns(() => connect({ host, port })) },
    { name: 'connect with four options', work: inTurns(() => connect({ host, port, options })) },
    { name: 'net.connect by name', work: inTurns(() => net.connect({ host: 'localhost', port })) },
    { name: 'connect by name, four options', work: inTurns(() => connect({ host: 'localhost', port, options })) },
  ];
}
