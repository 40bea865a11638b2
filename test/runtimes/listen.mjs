// listen(): each option before bind is proven by what it allows, or by what a connection inherits.
import http from 'node:http';
import http2 from 'node:http2';
import https from 'node:https';
import net from 'node:net';
import { join } from 'node:path';
import tls from 'node:tls';
import {
  certificate,
  event,
  folder,
  fresh,
  later,
  leaksNothing,
  openSockets,
  refused,
  same,
  sockctl,
  works,
} from './support.mjs';

const { apply, bornWith, getsockopt, listen, SO_RCVBUF, TCP_DEFER_ACCEPT } = sockctl;

function closing(server) {
  server.on('error', () => undefined);
  later(() => server.close());
  return server;
}

/** Two servers on one port, which only sockets that have SO_REUSEPORT before bind can be. */
async function share(make, answer) {
  const options = { SO_REUSEPORT: true, SO_RCVBUF: 20_000 };
  const first = await listen(closing(make()), { port: 0, host: '127.0.0.1', options });
  const { port } = first.address();
  const second = await listen(closing(make()), { port, host: '127.0.0.1', options });
  same([second.address().port, second.listening], [port, true]);
  same(
    bornWith(first).map(({ outcome }) => outcome),
    ['set', 'set'],
  );
  await answer(port);
  return 'before';
}

const greet = (socket) => socket.on('error', () => undefined).end('hello');

async function heard(socket) {
  later(() => socket.destroy());
  let text = '';
  socket.setEncoding('utf8').on('data', (chunk) => {
    text += chunk;
  });
  await event(socket, 'close');
  return text;
}

async function body(ask) {
  const [response] = await event(
    ask.on('error', () => undefined),
    'response',
  );
  let text = '';
  for await (const chunk of response.setEncoding('utf8')) text += chunk;
  return text;
}

const reply = (_request, response) => response.setHeader('connection', 'close').end('hello');

export const listenChecks = {
  'net, SO_REUSEPORT': () =>
    share(
      () => net.createServer(greet),
      async (port) => same(await heard(net.connect(port, '127.0.0.1')), 'hello'),
    ),
  'tls, SO_REUSEPORT': () =>
    share(
      () => tls.createServer(certificate(), greet),
      async (port) => same(await heard(tls.connect({ port, host: '127.0.0.1', rejectUnauthorized: false })), 'hello'),
    ),
  'http, SO_REUSEPORT': () =>
    share(
      () => http.createServer(reply),
      async (port) => same(await body(http.get({ port, host: '127.0.0.1', agent: false })), 'hello'),
    ),
  'http through a server of net, SO_REUSEPORT': () => {
    const app = http.createServer(reply);
    return share(
      () => net.createServer((socket) => app.emit('connection', socket)),
      async (port) => same(await body(http.get({ port, host: '127.0.0.1', agent: false })), 'hello'),
    );
  },
  'https through a server of tls, SO_REUSEPORT': () => {
    const app = http.createServer(reply);
    return share(
      () => tls.createServer(certificate(), (socket) => app.emit('connection', socket)),
      async (port) => {
        const where = { port, host: '127.0.0.1', agent: false, rejectUnauthorized: false };
        same(await body(https.get(where)), 'hello');
      },
    );
  },
  'https, SO_REUSEPORT': () =>
    share(
      () => https.createServer(certificate(), reply),
      async (port) => {
        const where = { port, host: '127.0.0.1', agent: false, rejectUnauthorized: false };
        same(await body(https.get(where)), 'hello');
      },
    ),
  'http2, SO_REUSEPORT': () =>
    share(
      () => http2.createServer((_request, response) => response.end('hello')),
      async (port) => {
        const session = http2.connect(`http://127.0.0.1:${port}`);
        later(() => session.destroy());
        const stream = session.request({ ':path': '/' });
        same(await heard(stream), 'hello');
      },
    ),
  'a foreign address, IP_FREEBIND': async () => {
    const server = closing(net.createServer());
    const error = await refused(() => listen(server, { port: 0, host: '192.0.2.9' }), 'EADDRNOTAVAIL');
    same([error.syscall, error.address], ['listen', '192.0.2.9']);
    await listen(server, { port: 0, host: '192.0.2.9', options: { IP_FREEBIND: true } });
    same(server.address().address, '192.0.2.9');
    return 'before';
  },
  'an option that connections inherit, SO_RCVBUF': async () => {
    const server = closing(net.createServer());
    await listen(server, { port: 0, host: '127.0.0.1', options: { SO_RCVBUF: 20_000 } });
    const accepted = event(server, 'connection');
    const client = net.connect(server.address().port, '127.0.0.1');
    later(() => client.destroy());
    const [socket] = await accepted;
    later(() => socket.destroy());
    same(getsockopt(socket, SO_RCVBUF), 40_000);
    return 'before';
  },
  'both families on one socket': async () => {
    const server = await listen(closing(net.createServer(greet)), { port: 0 });
    same(await heard(net.connect(server.address().port, '127.0.0.1')), 'hello');
    same(await heard(net.connect(server.address().port, '::1')), 'hello');
  },
  'the backlog': async () => {
    const { readFileSync } = await import('node:fs');
    const server = await listen(closing(net.createServer()), { port: 0, host: '127.0.0.1', backlog: 7 });
    const { port } = server.address();
    const place = `0100007F:${port.toString(16).toUpperCase().padStart(4, '0')}`;
    if (!readFileSync('/proc/net/tcp', 'utf8').includes(place)) throw new Error('not listening');
    same(backlogOf(await ss(port)), 7);
  },
  accepted: async () => {
    const server = closing(net.createServer());
    await listen(server, { port: 0, host: '127.0.0.1', accepted: { TCP_KEEPIDLE: 33 } });
    const accepted = event(server, 'connection');
    const client = net.connect(server.address().port, '127.0.0.1');
    later(() => client.destroy());
    const [socket] = await accepted;
    later(() => socket.destroy());
    same(getsockopt(socket, sockctl.TCP_KEEPIDLE), 33);
    return 'after';
  },
  'unix path, with its mode, and gone when closed': async () => {
    const { existsSync, statSync } = await import('node:fs');
    const path = join(folder(), 's');
    const server = await listen(closing(net.createServer(greet)), { path, mode: 0o600 });
    same([statSync(path).mode & 0o777, server.address()], [0o600, path]);
    same(await heard(net.connect(path)), 'hello');
    await new Promise((resolve) => server.close(resolve));
    same(existsSync(path), false);
  },
  'unix, abstract': async () => {
    const name = `\0sockctl-listen-${process.pid}`;
    await listen(closing(net.createServer(greet)), { path: name });
    const client = fresh(sockctl.AF_UNIX);
    client.connect(name);
  },
  'the listening server as a socket of the library': async () => {
    const server = await listen(closing(net.createServer()), { port: 0, host: '127.0.0.1' });
    works(server);
    same(apply(server, { TCP_DEFER_ACCEPT: 3 })[0].outcome === 'failed', false);
    if (getsockopt(server, TCP_DEFER_ACCEPT) < 3) throw new Error('not set');
  },
  'EADDRINUSE, and the server can listen again': async () => {
    const first = await listen(closing(net.createServer()), { port: 0, host: '127.0.0.1' });
    const { port } = first.address();
    const second = closing(net.createServer());
    const error = await refused(() => listen(second, { port, host: '127.0.0.1' }), 'EADDRINUSE');
    same(
      [error.errno, error.syscall, error.address, error.port, second.listening],
      [-98, 'listen', '127.0.0.1', port, false],
    );
    await listen(second, { port: 0, host: '127.0.0.1' });
  },
  'abort closes the server': async () => {
    const controller = new AbortController();
    const server = closing(net.createServer());
    await listen(server, { port: 0, host: '127.0.0.1', signal: controller.signal });
    controller.abort();
    await event(server, 'close');
    await refused(() => listen(server, { port: 0, signal: AbortSignal.abort() }), 20);
  },
  '200 listens leak nothing': async () => {
    const taken = await listen(closing(net.createServer()), { port: 0, host: '127.0.0.1' });
    const { port } = taken.address();
    const path = join(folder(), 's');
    await leaksNothing(200, async (i) => {
      const server = net.createServer().on('error', () => undefined);
      const where = i % 5 === 0 ? { port } : i % 5 === 1 ? { path } : { port: 0 };
      const host = where.path ? {} : { host: '127.0.0.1' };
      await listen(server, { ...where, ...host, options: { SO_RCVBUF: 20_000 } }).catch(() => undefined);
      if (server.listening) await new Promise((resolve) => server.close(resolve));
    });
    if (openSockets() > 60) throw new Error('too many sockets');
  },
};

async function ss(port) {
  const { execFileSync } = await import('node:child_process');
  return execFileSync('ss', ['-Hltn', `sport = :${port}`], { encoding: 'utf8' });
}

/** The third column of ss is the backlog of a listener. */
const backlogOf = (line) => Number(line.trim().split(/\s+/)[2]);
