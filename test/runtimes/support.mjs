// What all checks need: comparisons, events, servers that are closed afterwards, a certificate.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as sockctl from '../../dist/index.js';

const { getsockopt, setsockopt } = sockctl;
const { SO_KEEPALIVE, SO_RCVBUF, SO_TYPE, SOL_SOCKET, SOCK_STREAM, TCP_MAXSEG } = sockctl;

export { sockctl };

export function same(found, expected) {
  const [a, b] = [found, expected].map((value) => JSON.stringify(value));
  if (a !== b) throw new Error(`expected ${b}, got ${a}`);
}

/** The error of a call that must fail with this code, thrown or rejected. */
export async function refused(call, code) {
  let error;
  try {
    await call();
  } catch (caught) {
    error = caught;
  }
  if (!error) throw new Error(`expected ${code}, but it succeeded`);
  if (error.code !== code) throw error;
  return error;
}

export const event = (emitter, name) =>
  new Promise((resolve, reject) => {
    emitter.once(name, (...args) => resolve(args));
    if (name !== 'error') emitter.once('error', reject);
  });

export const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Waits for what a runtime does a little later, at most two seconds; gives what `look` found. */
export async function until(look) {
  for (let i = 0; ; i += 1) {
    const found = look();
    if (found || i === 200) return found;
    await wait(10);
  }
}

const cleanups = [];

/** To be called when the check is over. */
export const later = (cleanup) => cleanups.push(cleanup);

/** Closes what a check opened. */
export async function cleanUp() {
  for (const cleanup of cleanups.splice(0).reverse()) {
    try {
      await cleanup();
    } catch {
      // What is closed already needs no closing.
    }
  }
}

export function folder() {
  const path = mkdtempSync(join(tmpdir(), 'sockctl-runtimes-'));
  later(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** Listens by the runtime's own means; gives the port. */
export async function listening(server, ...where) {
  later(() => server.close());
  server.on('error', () => undefined);
  server.listen(...(where.length > 0 ? where : [0, '127.0.0.1']));
  await event(server, 'listening');
  return server.address()?.port;
}

let made;
/** A self-signed certificate, made by openssl when it is first needed. */
export function certificate() {
  if (made) return made;
  const path = mkdtempSync(join(tmpdir(), 'sockctl-certificate-'));
  const [keyFile, certFile] = [join(path, 'key'), join(path, 'cert')];
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  const args = ['req', '-x509', ...curve, '-subj', '/CN=localhost', '-days', '2', '-keyout', keyFile, '-out', certFile];
  execFileSync('openssl', args, { stdio: 'ignore' });
  made = { key: readFileSync(keyFile), cert: readFileSync(certFile) };
  rmSync(path, { recursive: true });
  return made;
}

/** Sets and reads on a socket of the runtime: what is set must be what the kernel has. */
export function works(socket, type = SOCK_STREAM) {
  same(getsockopt(socket, SO_TYPE), type);
  setsockopt(socket, SO_KEEPALIVE, true);
  same(getsockopt(socket, SO_KEEPALIVE), true);
  same(getsockopt(socket, SOL_SOCKET, SO_KEEPALIVE), 1);
  setsockopt(socket, SOL_SOCKET, SO_RCVBUF, 8192);
  same(getsockopt(socket, SO_RCVBUF), 16384);
}

/** A Socket of the library, closed afterwards. */
export function fresh(...args) {
  const socket = new sockctl.Socket(...args);
  later(() => socket.close());
  return socket;
}

/**
 * A listener of bare system calls, so that no runtime stands between: `accept()` gives the next connection, and its mss
 * is what the client announced in its SYN.
 */
export function peer(family = sockctl.AF_INET, address = '127.0.0.1') {
  const server = fresh(family);
  server.bind([address, 0]);
  server.listen();
  return {
    port: server.getsockname().port,
    async accept() {
      const accepted = await until(() => server.accept());
      if (!accepted) throw new Error('no connection came');
      later(() => accepted[0].close());
      return accepted[0];
    },
    mss: (socket) => getsockopt(socket, TCP_MAXSEG),
    close: () => server.close(),
  };
}

/** An echo server of the runtime; it speaks first. */
export async function echo(make, ...where) {
  const server = make((socket) => {
    socket.on('error', () => undefined);
    socket.write('hello ');
    socket.pipe(socket);
  });
  return { server, port: await listening(server, ...where) };
}

/** Everything that comes until the other side ends. */
export async function talk(socket, text) {
  let heard = '';
  socket.setEncoding('utf8');
  socket.on('data', (chunk) => {
    heard += chunk;
    if (heard.length >= 'hello '.length + text.length) socket.end();
  });
  socket.write(text);
  await event(socket, 'close');
  return heard;
}

/** The inodes of the sockets that this process has open, by descriptor. */
export function openSockets() {
  return readdirSync('/proc/self/fd').filter((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`).startsWith('socket:');
    } catch {
      return false;
    }
  }).length;
}

/** Runs `work` many times and fails when sockets stay open. The first rounds count for what a runtime keeps for itself. */
export async function leaksNothing(rounds, work) {
  for (let i = 0; i < 20; i += 1) await work(i);
  await wait(50);
  const before = openSockets();
  for (let i = 0; i < rounds; i += 1) await work(i);
  if (await until(() => openSockets() <= before)) return;
  throw new Error(`${openSockets() - before} sockets stay open after ${rounds} rounds`);
}

/** A port on which nothing listens. */
export async function closedPort() {
  const server = net.createServer();
  const port = await listening(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}
