// whenReady(): every kind of object that gets a descriptor later.
import dgram from 'node:dgram';
import http from 'node:http';
import http2 from 'node:http2';
import net, { type AddressInfo } from 'node:net';
import tls from 'node:tls';
import { connect, getsockopt, SO_TYPE, Socket, TCP_NODELAY, whenReady } from 'sockctl';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { certificate } from '../kernel/certificate.ts';
import { named } from './peer.ts';

const server = net.createServer((socket) => socket.on('error', () => undefined));
let port = 0;
beforeAll(async () => {
  await whenReady(server.listen(0, '127.0.0.1'));
  ({ port } = server.address() as AddressInfo);
});
afterAll(() => server.close());

const reads = (socket: object): boolean => getsockopt(socket, SO_TYPE) === 1;

describe('resolves when options can be read', () => {
  test('net.Socket, connecting and connected', async () => {
    const socket = net.connect(port, '127.0.0.1');
    expect(reads(await whenReady(socket))).toBe(true);
    expect(await whenReady(socket)).toBe(socket);
    socket.destroy();
  });

  test('a connection with several addresses: not before the last one is chosen', async () => {
    const socket = connect({
      host: 'two.test',
      port,
      lookup: named('127.0.0.9', '127.0.0.1'),
      options: { TCP_NODELAY: true },
    });
    expect(getsockopt(await whenReady(socket), TCP_NODELAY)).toBe(true);
    expect(socket.remoteAddress).toBe('127.0.0.1');
    socket.destroy();
  });

  test('servers and dgram.Socket', async () => {
    const other = net.createServer();
    const waiting = whenReady(other);
    other.listen(0);
    expect(reads(await waiting)).toBe(true);
    other.close();
    const udp = dgram.createSocket('udp4');
    const ready = whenReady(udp);
    udp.bind(0);
    expect(getsockopt(await ready, SO_TYPE)).toBe(2);
    udp.close();
  });

  test('http requests, http2 sessions, TLS', async () => {
    const web = http.createServer((_request, response) => response.end());
    await whenReady(web.listen(0, '127.0.0.1'));
    const request = http.get({ port: (web.address() as AddressInfo).port, host: '127.0.0.1', agent: false });
    request.on('error', () => undefined);
    expect(reads(await whenReady(request))).toBe(true);
    request.destroy();
    web.close();

    const h2 = http2.createServer();
    await whenReady(h2.listen(0, '127.0.0.1'));
    const session = http2.connect(`http://127.0.0.1:${(h2.address() as AddressInfo).port}`);
    expect(reads(await whenReady(session))).toBe(true);
    session.destroy();
    h2.close();

    const secure = tls.createServer(certificate);
    await whenReady(secure.listen(0, '127.0.0.1'));
    const client = tls.connect({ port: (secure.address() as AddressInfo).port, rejectUnauthorized: false });
    client.on('error', () => undefined);
    expect(reads(await whenReady(client))).toBe(true);
    client.destroy();
    secure.close();
  });

  test('a Socket of ours and a number, at once', async () => {
    const socket = new Socket();
    expect(await whenReady(socket)).toBe(socket);
    socket.close();
  });
});

describe('rejects', () => {
  test("with the socket's own error", async () => {
    await expect(whenReady(net.connect(1, '127.0.0.1'))).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  test('when it closes first, and when it is closed', async () => {
    const socket = net.connect(port, '127.0.0.1');
    const waiting = whenReady(socket);
    socket.destroy();
    await expect(waiting).rejects.toMatchObject({ code: 'ERR_NO_FD' });
    await expect(whenReady(socket)).rejects.toMatchObject({ code: 'ERR_NO_FD' });
  });

  test('for what is no socket, and when aborted', async () => {
    await expect(whenReady({})).rejects.toMatchObject({ code: 'ERR_NO_FD' });
    await expect(whenReady(null as unknown as object)).rejects.toMatchObject({ code: 'ERR_INVALID_ARGUMENT' });
    const controller = new AbortController();
    const waiting = whenReady(net.createServer(), { signal: controller.signal });
    controller.abort();
    await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
  });
});
