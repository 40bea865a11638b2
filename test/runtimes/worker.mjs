// What threads.mjs starts: in a thread, or as the primary of a cluster, or as one of its workers.
import cluster from 'node:cluster';
import net from 'node:net';
import process from 'node:process';
import { isMainThread, parentPort } from 'node:worker_threads';
import { getsockopt, listen, SO_TYPE, Socket } from '../../dist/index.js';

function inThread() {
  const socket = new Socket();
  const type = getsockopt(socket, SO_TYPE);
  const { fd } = socket;
  socket.close();
  let code;
  try {
    getsockopt(fd + 1_000_000, SO_TYPE);
  } catch (error) {
    code = error.code;
  }
  parentPort.postMessage({ code, type });
}

/** Two workers listen on one port, each with a socket of its own; tells the ports that they say they have. */
function asPrimary() {
  const probe = net.createServer().listen(0, '127.0.0.1', () => {
    const { port } = probe.address();
    probe.close(() => {
      const ports = [];
      for (let i = 0; i < 2; i += 1) {
        cluster.fork({ SOCKCTL_PORT: String(port) }).on('message', (answer) => {
          ports.push(answer);
          if (ports.length === 2) process.send(ports);
        });
      }
    });
  });
  process.once('SIGTERM', () => {
    for (const one of Object.values(cluster.workers)) one.kill();
    process.exit();
  });
}

async function asWorker() {
  const options = { SO_REUSEPORT: true };
  const server = net.createServer();
  const port = Number(process.env.SOCKCTL_PORT);
  const answer = await listen(server, { port, host: '127.0.0.1', options }).then(
    () => server.address().port,
    (error) => error.message,
  );
  process.send(answer);
}

if (!isMainThread) inThread();
else if (cluster.isPrimary) asPrimary();
else asWorker();
