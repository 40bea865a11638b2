// A program that knows nothing of sockctl: every kind of server, and a client of each. Modules come from its caller.
const { once } = require('node:events');
const { readFileSync } = require('node:fs');

const listening = async (server, ...where) => {
  server.listen(...where);
  await once(server, 'listening');
  return server.address().port;
};

module.exports = async function body({ dgram, express, fastify, http, http2, https, net, pg, tls, ws }) {
  const { FOLDER: folder, PG_PORT: pgPort } = process.env;
  const secure = { key: readFileSync(`${folder}/key.pem`), cert: readFileSync(`${folder}/cert.pem`) };
  const trusting = { rejectUnauthorized: false };
  const ports = {};
  const open = [];
  const path = `${folder}/${process.pid}.sock`;

  const app = express();
  app.get('/', (_request, response) => response.send('express'));
  const expressServer = app.listen(0);
  await once(expressServer, 'listening');
  ports.express = expressServer.address().port;

  const web = fastify();
  web.get('/', async () => 'fastify');
  await web.listen({ port: 0, host: '127.0.0.1' });
  ports.fastify = web.server.address().port;

  ports.http = await listening(
    http.createServer((_request, response) => response.end('http')),
    0,
    'localhost',
  );
  ports.https = await listening(
    https.createServer(secure, (_request, response) => response.end('https')),
    0,
    '127.0.0.1',
  );
  const h2 = http2.createSecureServer(secure);
  h2.on('stream', (stream) => stream.respond({ ':status': 200 }, { endStream: true }));
  ports.h2 = await listening(h2, 0, '::1');
  ports.net = await listening(
    net.createServer((socket) => socket.write('net')),
    0,
    '127.0.0.1',
  );
  ports.tls = await listening(
    tls.createServer(secure, (socket) => socket.write('tls')),
    0,
    '127.0.0.1',
  );
  const sockets = new ws.WebSocketServer({ port: 0, host: '127.0.0.1' });
  await once(sockets, 'listening');
  ports.ws = sockets.address().port;
  const unix = net.createServer((socket) => socket.write('unix'));
  unix.listen(path);
  await once(unix, 'listening');

  const agent = new http.Agent({ keepAlive: true });
  const secureAgent = new https.Agent({ keepAlive: true, ...trusting });
  const get = (module, options) =>
    new Promise((resolve, reject) => {
      const request = module.get(options, (response) => response.resume().on('end', resolve));
      request.on('error', reject);
    });
  await get(http, { port: ports.express, host: '127.0.0.1', agent });
  await get(https, { port: ports.https, host: '127.0.0.1', agent: secureAgent });
  const text = async (url) => (await fetch(url)).text();
  await text(`http://127.0.0.1:${ports.fastify}/`);
  await text(`http://localhost:${ports.http}/`);
  const session = http2.connect(`https://[::1]:${ports.h2}`, trusting);
  const stream = session.request({ ':path': '/' });
  stream.resume();
  await once(stream, 'end');
  const plain = net.connect({ port: ports.net, host: '127.0.0.1', localAddress: '127.0.0.1' });
  const encrypted = tls.connect({ port: ports.tls, host: '127.0.0.1', ...trusting });
  const local = net.connect(path);
  for (const socket of [plain, encrypted, local]) await once(socket, 'data');
  // What libraries do at any time: it overwrites the options of keep-alive and the delay.
  for (const socket of [plain, encrypted]) {
    socket.setKeepAlive(true, 1000);
    socket.setNoDelay(true);
  }
  const message = new ws.WebSocket(`ws://127.0.0.1:${ports.ws}`);
  await once(message, 'open');
  open.push(session, message);
  if (pgPort) {
    const client = new pg.Client({ host: '127.0.0.1', port: Number(pgPort), user: 'postgres', keepAlive: true });
    await client.connect();
    await client.query('select 1');
    open.push(client);
  }
  const udp = dgram.createSocket('udp4').bind(0, '127.0.0.1');
  await once(udp, 'listening');
  const udp6 = dgram.createSocket('udp6');
  await new Promise((resolve) => udp6.send('x', 9, '::1', resolve));
  const udpTo = dgram.createSocket('udp4');
  udpTo.connect(udp.address().port, '127.0.0.1');
  await once(udpTo, 'connect');

  process.stdout.write(`${JSON.stringify({ pid: process.pid, ports })}\n`);
  // Until it is told to end: everything stays open.
  process.stdin.on('end', () => process.exit(0)).resume();
  return open;
};
