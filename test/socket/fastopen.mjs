// Run inside a network namespace with TCP Fast Open on: a server and two connections, the second one with data in its SYN.
import { once } from 'node:events';
import { createServer, connect as nodeConnect } from 'node:net';
import { connect, getsockopt, setsockopt, TCP_FASTOPEN, TCP_INFO } from '../../dist/index.js';

const server = createServer((socket) => {
  socket.on('data', (data) => {
    const { options } = getsockopt(socket, TCP_INFO);
    console.log(`${data} ${options.includes('TCPI_OPT_SYN_DATA')}`);
    socket.end();
  });
}).listen(0, '127.0.0.1');
await once(server, 'listening');
setsockopt(server, TCP_FASTOPEN, 16);
const { port } = server.address();

async function send(make, words) {
  const socket = make();
  socket.write(words);
  socket.resume();
  await once(socket, 'close');
}
const options = { TCP_FASTOPEN_CONNECT: true };
const ours = () => connect({ host: '127.0.0.1', port, options });
// The first one only fetches the cookie.
await send(ours, 'cookie');
await send(ours, 'second');
await send(() => nodeConnect(port, '127.0.0.1'), 'plain');
server.close();
