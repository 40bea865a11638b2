// What permissions.mjs runs under a permission model: prints what became of a socket, a connection and a server.
import net from 'node:net';
import process from 'node:process';
import { connect, datagram, listen, Socket, setsockopt, TCP_NODELAY } from '../../dist/index.js';

const steps = {
  socket() {
    const socket = new Socket();
    setsockopt(socket, TCP_NODELAY, true);
    socket.bind(['127.0.0.1', 0]);
    socket.listen();
    return socket;
  },
  async connect(server) {
    const { port } = server.getsockname();
    for (const host of ['127.0.0.1', 'localhost']) {
      const socket = connect({ host, port });
      await new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject));
      socket.destroy();
    }
  },
  async listen() {
    const server = await listen(net.createServer(), { port: 0, host: '127.0.0.1' });
    server.close();
  },
  async datagram() {
    const socket = await datagram({ type: 'udp4', address: '127.0.0.1' });
    socket.close();
  },
};

const results = {};
let server;
for (const [name, step] of Object.entries(steps)) {
  try {
    server = (await step(server)) ?? server;
    results[name] = 'ok';
  } catch ({ name: kind, code, message, hint }) {
    results[name] = { kind, code, message, hint };
  }
}
process.stdout.write(`${JSON.stringify(results)}\n`, () => process.exit(0));
