// What must work on every runtime: each check makes its own sockets, uses the library, and throws when it is wrong.
import dgram from 'node:dgram';
import { openSync } from 'node:fs';
import http from 'node:http';
import http2 from 'node:http2';
import https from 'node:https';
import net from 'node:net';
import { join } from 'node:path';
import tls from 'node:tls';
import { certificate, event, folder, fresh, later, listening, refused, same, sockctl, works } from './support.mjs';

const { apply, getsockopt, setsockopt, snapshot } = sockctl;
const { SO_KEEPALIVE, SO_LINGER, SO_RCVTIMEO, SO_TYPE, SOL_SOCKET, SOCK_DGRAM, SOCK_STREAM, TCP_NODELAY } = sockctl;

async function tcpPair() {
  const server = net.createServer();
  const port = await listening(server);
  const accepted = event(server, 'connection');
  const client = net.connect(port, '127.0.0.1');
  later(() => client.destroy());
  await event(client, 'connect');
  const [peer] = await accepted;
  later(() => peer.destroy());
  return { server, client, peer };
}

async function secure() {
  const server = tls.createServer(certificate());
  const port = await listening(server);
  const accepted = event(server, 'secureConnection');
  const client = tls.connect({ port, host: '127.0.0.1', rejectUnauthorized: false });
  later(() => client.destroy());
  await event(client, 'secureConnect');
  const [peer] = await accepted;
  later(() => peer.destroy());
  return { server, client, peer };
}

async function answered(server, ask) {
  const port = await listening(server);
  const request = event(server, 'request');
  const sent = ask(port);
  sent.on('error', () => undefined);
  sent.end();
  later(() => sent.destroy());
  const [incoming, response] = await request;
  works(incoming.socket);
  response.end();
  return sent;
}

/** Every check by the name that the table shows. */
export const checks = {
  'raw get and set': () => {
    const { fd } = fresh();
    setsockopt(fd, SOL_SOCKET, SO_KEEPALIVE, 1);
    same(getsockopt(fd, SOL_SOCKET, SO_KEEPALIVE), 1);
    same([...getsockopt(fd, SOL_SOCKET, SO_KEEPALIVE, 4)], [1, 0, 0, 0]);
    setsockopt(fd, SOL_SOCKET, SO_LINGER, new Uint8Array([1, 0, 0, 0, 5, 0, 0, 0]));
    same([...getsockopt(fd, SOL_SOCKET, SO_LINGER, 8)], [1, 0, 0, 0, 5, 0, 0, 0]);
  },
  'typed get and set': () => {
    const { fd } = fresh();
    setsockopt(fd, SO_LINGER, { on: true, seconds: 5 });
    same(getsockopt(fd, SO_LINGER), { on: true, seconds: 5 });
    setsockopt(fd, SO_RCVTIMEO, 5500);
    same(getsockopt(fd, SO_RCVTIMEO), 5500);
    setsockopt(fd, TCP_NODELAY, true);
    same(getsockopt(fd, TCP_NODELAY), true);
  },
  'Socket class': async () => {
    const server = fresh();
    server.bind(['127.0.0.1', 0]);
    server.listen();
    const client = fresh();
    client.connect(server.getsockname());
    works(client);
    client.close();
    client.close();
    await refused(() => client.getsockopt(SO_TYPE), 'ERR_NO_FD');
  },
  '{ fd }': () => works({ fd: fresh().fd }),
  'a number': () => works(fresh().fd),
  'net.Socket': async () => works((await tcpPair()).client),
  'net.Socket, accepted': async () => works((await tcpPair()).peer),
  'net.Server': async () => works((await tcpPair()).server),
  'unix socket': async () => {
    const path = join(folder(), 's');
    const server = net.createServer();
    await listening(server, path);
    const client = net.connect(path);
    later(() => client.destroy());
    await event(client, 'connect');
    works(client);
  },
  'tls.TLSSocket': async () => works((await secure()).client),
  'tls.TLSSocket, accepted': async () => works((await secure()).peer),
  'http.Server': async () => {
    const server = http.createServer();
    await listening(server);
    works(server);
  },
  'http, incoming and outgoing': async () => {
    const sent = await answered(http.createServer(), (port) => http.request({ port, host: '127.0.0.1', agent: false }));
    works(sent.socket);
  },
  'https, incoming and outgoing': async () => {
    const options = { host: '127.0.0.1', rejectUnauthorized: false, agent: false };
    const sent = await answered(https.createServer(certificate()), (port) => https.request({ ...options, port }));
    works(sent.socket);
  },
  'http2 session': async () => {
    const server = http2.createServer();
    const port = await listening(server);
    const accepted = event(server, 'session');
    const client = http2.connect(`http://127.0.0.1:${port}`);
    later(() => client.destroy());
    await event(client, 'connect');
    works(client);
    works((await accepted)[0]);
  },
  'dgram.Socket': async () => {
    const socket = dgram.createSocket('udp4');
    later(() => socket.close());
    socket.bind(0, '127.0.0.1');
    await event(socket, 'listening');
    works(socket, SOCK_DGRAM);
  },
  apply: () => {
    const [buffer, delay] = apply(fresh(), { SO_RCVBUF: 8192, TCP_NODELAY: true });
    same([buffer.outcome, delay.outcome], ['doubled', 'applied']);
  },
  snapshot: () => {
    const { options } = snapshot(fresh());
    if (options.length < 80) throw new Error(`only ${options.length} options`);
    same(options.find(({ name }) => name === 'SO_TYPE').value, SOCK_STREAM);
  },
  EBADF: async () => {
    const socket = fresh();
    const { fd } = socket;
    socket.close();
    await refused(() => getsockopt(fd, SO_TYPE), 'EBADF');
  },
  ENOTSOCK: async () => {
    const fd = openSync('/dev/null', 'r');
    await refused(() => getsockopt(fd, SO_TYPE), 'ENOTSOCK');
  },
  'not yet connected': async () => {
    const socket = new net.Socket();
    later(() => socket.destroy());
    await refused(() => getsockopt(socket, SO_TYPE), 'ERR_NO_FD');
  },
};
