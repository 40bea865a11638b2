// connect(): each option before connect(2) is proven from the peer's side.
import http from 'node:http';
import http2 from 'node:http2';
import https from 'node:https';
import net from 'node:net';
import { join } from 'node:path';
import { failure, lookupOf, open, secure } from './connect-sockets.mjs';
import {
  certificate,
  echo,
  event,
  folder,
  fresh,
  later,
  listening,
  peer,
  same,
  sockctl,
  talk,
  until,
  wait,
} from './support.mjs';

const { AF_INET6, bornWith, getsockopt } = sockctl;

/** The peer sees the mss that was asked for: 12 bytes of it are for timestamps. */
async function before(options, family, address = '127.0.0.1') {
  const server = peer(family, address);
  const socket = open({ port: server.port, options: { TCP_MAXSEG: 1000 }, ...options(server.port) });
  if (!(socket instanceof net.Socket)) throw new Error('not a net.Socket');
  const connected = event(socket, 'connect');
  const accepted = await server.accept();
  await connected;
  same(server.mss(accepted), 988);
  same(
    bornWith(socket).map(({ outcome }) => outcome),
    ['set'],
  );
  return 'before';
}

export const connectChecks = {
  'tcp4, TCP_MAXSEG': () => before(() => ({ host: '127.0.0.1' })),
  'tcp6, TCP_MAXSEG': async () => {
    const server = peer(AF_INET6, '::1');
    const socket = open({ host: '::1', port: server.port, options: { TCP_MAXSEG: 1000 } });
    const accepted = await server.accept();
    await until(() => !socket.connecting);
    same(server.mss(accepted), 988);
    return 'before';
  },
  'a name': () => before(() => ({ host: 'sockctl.example', lookup: lookupOf('127.0.0.1') })),
  'happy eyeballs, the first address refuses': () =>
    before(() => ({ host: 'sockctl.example', lookup: lookupOf('127.0.0.2', '127.0.0.1') })),
  'happy eyeballs, the first address is silent': async () => {
    // A listener whose queue is full drops what comes: that address never answers.
    const silent = fresh();
    const server = peer();
    silent.bind(['127.0.0.3', server.port]);
    silent.listen(0);
    const fill = ['a', 'b', 'c'].map(() => net.connect(server.port, '127.0.0.3').on('error', () => undefined));
    for (const socket of fill) later(() => socket.destroy());
    await wait(50);
    const lookup = lookupOf('127.0.0.3', '127.0.0.1');
    const socket = open({
      host: 'sockctl.example',
      port: server.port,
      lookup,
      autoSelectFamilyAttemptTimeout: 50,
      options: { TCP_MAXSEG: 1000 },
    });
    await event(socket, 'connect');
    same(socket.remoteAddress, '127.0.0.1');
    same(server.mss(await server.accept()), 988);
    same(socket.autoSelectFamilyAttemptedAddresses, [`127.0.0.3:${server.port}`, `127.0.0.1:${server.port}`]);
    return 'before';
  },
  'both directions, what comes early included': async () => {
    const { port } = await echo(net.createServer);
    const socket = open({ host: '127.0.0.1', port });
    same(socket.connecting, true);
    same(await talk(socket, 'world'), 'hello world');
    same([socket.bytesRead, socket.bytesWritten], [11, 5]);
  },
  'paused: nothing is lost, nothing comes before': async () => {
    const { port } = await echo(net.createServer);
    const socket = open({ host: '127.0.0.1', port });
    socket.pause();
    let early = false;
    socket.once('data', () => {
      early = true;
    });
    socket.pause();
    await event(socket, 'connect');
    await wait(50);
    same(early, false);
    same(await talk(socket.resume(), 'world'), 'hello world');
  },
  'addresses of the socket': async () => {
    const { port } = await echo(net.createServer);
    const socket = open({ host: '127.0.0.1', port, localAddress: '127.0.0.5' });
    await event(socket, 'connect');
    const { localAddress, remoteAddress, remotePort, remoteFamily } = socket;
    same([localAddress, remoteAddress, remotePort, remoteFamily], ['127.0.0.5', '127.0.0.1', port, 'IPv4']);
    same([socket.connecting, socket.pending, socket.readyState], [false, false, 'open']);
  },
  'tls, TCP_MAXSEG': async () => {
    const server = peer();
    const socket = open({ host: 'localhost', port: server.port, family: 4, options: { TCP_MAXSEG: 1000 }, tls: true });
    socket.on('error', () => undefined);
    same(server.mss(await server.accept()), 988);
    return 'before';
  },
  'tls, both directions': async () => {
    const socket = await secure({ family: 4 });
    await event(socket, 'secureConnect');
    same([socket.encrypted, socket.remoteAddress, bornWith(socket).length], [true, '127.0.0.1', 0]);
    same(await talk(socket, 'world'), 'hello world');
  },
  'tls, a wrong certificate': async () => {
    const socket = await secure({ tls: { rejectUnauthorized: true } });
    same((await failure(socket)).code, 'DEPTH_ZERO_SELF_SIGNED_CERT');
  },
  'tls, the name is checked': async () => {
    const ca = certificate().cert;
    const socket = await secure({ tls: { ca } });
    await event(socket, 'secureConnect');
    same(socket.authorized, true);
    const other = await secure({ host: 'other.example', lookup: lookupOf('127.0.0.1'), tls: { ca } });
    same((await failure(other)).code, 'ERR_TLS_CERT_ALTNAME_INVALID');
  },
  'for http, https and http2, by createConnection': async () => {
    const seen = [];
    const answer = (request, response) => {
      seen.push(getsockopt(request.socket ?? request.stream.session, sockctl.TCP_MAXSEG));
      response.end('hello');
    };
    const options = { TCP_MAXSEG: 1000 };
    const where = { host: '127.0.0.1' };
    const port = await listening(http.createServer(answer));
    const plain = { ...where, port, createConnection: () => open({ ...where, port, options }) };
    await event(http.get(plain), 'response');
    const encrypted = await listening(https.createServer(certificate(), answer));
    const make = () => open({ ...where, port: encrypted, options, tls: { rejectUnauthorized: false } });
    await event(https.get({ ...where, port: encrypted, createConnection: make }), 'response');
    const second = await listening(http2.createServer(answer));
    const createConnection = () => open({ ...where, port: second, options });
    const session = http2.connect(`http://127.0.0.1:${second}`, { createConnection });
    later(() => session.destroy());
    await event(session.request({ ':path': '/' }), 'response');
    same(seen, [988, 988, 988]);
    return 'before';
  },
  'unix path': async () => {
    const path = join(folder(), 's');
    await echo(net.createServer, path);
    const socket = open({ path, options: { SO_SNDBUF: 30_000 } });
    await event(socket, 'connect');
    same(getsockopt(socket, sockctl.SO_SNDBUF), 60_000);
    same(await talk(socket, 'world'), 'hello world');
  },
  'unix, abstract': async () => {
    const name = `\0sockctl-${process.pid}`;
    const server = fresh(sockctl.AF_UNIX);
    server.bind(name);
    server.listen();
    await event(open({ path: name }), 'connect');
  },
};
