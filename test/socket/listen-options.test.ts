// Options of listen() reach the kernel before bind(2): proven by shared ports, foreign addresses, and readers outside.
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import http from 'node:http';
import net from 'node:net';
import tls from 'node:tls';
import { afterEach, describe, expect, it } from 'vitest';
import {
  getsockopt,
  SO_DOMAIN,
  SO_PROTOCOL,
  SO_RCVBUF,
  SO_REUSEADDR,
  setsockopt,
  TCP_FASTOPEN,
  TCP_NODELAY,
  TCP_USER_TIMEOUT,
} from '../../src/index.ts';
import { readSysctl } from '../../src/kernel/sysctl.ts';
import { bornWith } from '../../src/socket/birth.ts';
import { listen } from '../../src/socket/listen.ts';
import type { ListenOptions } from '../../src/socket/listen-options.ts';
import { hasPython, pythonReads } from '../helpers.ts';
import { certificate } from '../kernel/certificate.ts';
import { closed, fdOf, hear, openFds, portOf, refusalOf, saying } from './listen-helpers.ts';

const servers: net.Server[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.listening && closed(server)));
});

async function listening(options: ListenOptions, server = saying('served')): Promise<net.Server> {
  servers.push(server);
  return listen(server, { host: '127.0.0.1', ...options });
}

const socketList = (port: number): string => execFileSync('ss', ['-tlnieH', `sport = :${port}`], { encoding: 'utf8' });

describe('before bind', () => {
  it('SO_REUSEPORT lets two servers share a port, and nothing else does', async () => {
    const options = { SO_REUSEPORT: true };
    const first = await listening({ port: 0, options }, saying('first'));
    const port = portOf(first);
    expect(await refusalOf(listening({ port }))).toMatchObject({ code: 'EADDRINUSE' });
    const second = await listening({ port, options }, saying('second'));
    expect(portOf(second)).toBe(port);
    const heard = new Set<string>();
    for (let i = 0; i < 64 && heard.size < 2; i++) heard.add(await hear({ port, host: '127.0.0.1' }));
    expect([...heard].sort()).toEqual(['first', 'second']);
  });

  it('IP_FREEBIND and IP_TRANSPARENT bind an address of nobody here', async (ctx) => {
    const host = '192.0.2.77';
    expect(await refusalOf(listening({ port: 0, host }))).toMatchObject({ code: 'EADDRNOTAVAIL' });
    const free = await listening({ port: 0, host, options: { IP_FREEBIND: true } });
    expect(free.address()).toMatchObject({ address: host });
    const six = await listening({ port: 0, host: '2001:db8::77', options: { IPV6_FREEBIND: true } });
    expect(six.address()).toMatchObject({ address: '2001:db8::77' });
    if (process.getuid?.() !== 0) ctx.skip('IP_TRANSPARENT needs CAP_NET_ADMIN');
    const transparent = await listening({ port: 0, host, options: { IP_TRANSPARENT: true } });
    expect(transparent.address()).toMatchObject({ address: host });
  });

  it('a restart finds its port free, as with Node: SO_REUSEADDR is on unless it is turned off', async () => {
    expect(getsockopt(await listening({ port: 0 }), SO_REUSEADDR)).toBe(true);
    expect(getsockopt(await listening({ port: 0, options: { SO_REUSEADDR: false } }), SO_REUSEADDR)).toBe(false);
  });

  it('all addresses by default; ipv6Only and IPV6_V6ONLY leave IPv4 alone', async () => {
    const dual = await listening({ port: 0, host: undefined });
    expect(socketList(portOf(dual))).toContain('v6only:0');
    for (const only of [{ ipv6Only: true }, { options: { IPV6_V6ONLY: true } }]) {
      const six = await listening({ port: 0, host: undefined, ...only });
      expect(socketList(portOf(six))).toContain('v6only:1');
      await expect(hear({ port: portOf(six), host: '127.0.0.1' })).rejects.toMatchObject({ code: 'ECONNREFUSED' });
      expect(await hear({ port: portOf(six), host: '::1' })).toBe('served');
    }
  });

  it('names are resolved, and an address may have a scope', async () => {
    const named = await listening({ port: 0, host: 'localhost' });
    expect(['127.0.0.1', '::1']).toContain((named.address() as net.AddressInfo).address);
    const scoped = await listening({ port: '0', host: '::1%lo' });
    expect(await hear({ port: portOf(scoped), host: '::1' })).toBe('served');
  });

  it('mptcp', async (ctx) => {
    if (readSysctl('net.mptcp.enabled') !== '1') ctx.skip('this kernel has no MPTCP');
    const server = await listening({ port: 0, protocol: 'mptcp', options: { SO_REUSEPORT: true } });
    expect(getsockopt(server, SO_PROTOCOL)).toBe(262);
    expect(await hear({ port: portOf(server), host: '127.0.0.1' })).toBe('served');
  });

  it('a family that does not have an option skips it, and says so', async () => {
    const server = await listening({ port: 0, options: { IPV6_FREEBIND: true, IP_FREEBIND: true } });
    expect(getsockopt(server, SO_DOMAIN)).toBe(2);
    expect(bornWith(server)).toMatchObject([
      { name: 'IPV6_FREEBIND', outcome: 'skipped' },
      { name: 'IP_FREEBIND', outcome: 'set' },
    ]);
  });
});

describe('before listen, read from outside', () => {
  it('TCP_DEFER_ACCEPT and TCP_FASTOPEN', async (ctx) => {
    if (!hasPython) ctx.skip('python3 is not here');
    const server = await listening({ port: 0, options: { TCP_DEFER_ACCEPT: 7, TCP_FASTOPEN: 19 } });
    const [deferred, fastOpen] = pythonReads(fdOf(server), [
      { level: 6, name: 9, length: 4 },
      { level: 6, name: 23, length: 4 },
    ]);
    expect([deferred, fastOpen]).toEqual(['07000000', '13000000']);
    expect(getsockopt(server, TCP_FASTOPEN)).toBe(19);
  });

  it('TCP_DEFER_ACCEPT holds a connection back until the client speaks', async () => {
    const server = await listening({ port: 0, options: { TCP_DEFER_ACCEPT: 30 } });
    const accepted: string[] = [];
    server.on('connection', () => accepted.push('connection'));
    const client = net.connect(portOf(server), '127.0.0.1');
    await once(client, 'connect');
    // A second, talkative client gets in: the first one could have, too.
    expect(await hear({ port: portOf(server), host: '127.0.0.1' }, 'hello')).toBe('served');
    expect(accepted).toHaveLength(1);
    client.write('hello');
    await once(client, 'data');
    expect(accepted).toHaveLength(2);
    client.destroy();
  });

  it('the backlog, capped by net.core.somaxconn; 511 by default', async () => {
    const most = Number(readSysctl('net.core.somaxconn'));
    for (const [backlog, kept] of [
      [7, 7],
      [undefined, Math.min(511, most)],
      [1_000_000, most],
    ] as const) {
      const server = await listening({ port: 0, backlog });
      expect(socketList(portOf(server)).split(/\s+/)[2]).toBe(String(kept));
    }
  });

  it('SO_RCVBUF is inherited by what is accepted', async () => {
    const server = await listening({ port: 0, options: { SO_RCVBUF: 30_000 } });
    const accepted = once(server, 'connection');
    const client = net.connect(portOf(server), '127.0.0.1');
    const [socket] = (await accepted) as [net.Socket];
    expect(getsockopt(socket, SO_RCVBUF)).toBe(60_000);
    client.destroy();
  });
});

describe('accepted', () => {
  it.each(['net', 'http', 'tls'] as const)('sets options before the program sees the socket: %s', async (kind) => {
    const seen: number[] = [];
    const look = (socket: net.Socket): void => void seen.push(getsockopt(socket, TCP_USER_TIMEOUT));
    const server = { net: net.createServer(), http: http.createServer(), tls: tls.createServer(certificate) }[kind];
    server.on('connection', look);
    await listening({ port: 0, accepted: { TCP_USER_TIMEOUT: 12_345, TCP_NODELAY: true } }, server);
    const client = net.connect(portOf(server), '127.0.0.1');
    const [socket] = (await once(server, 'connection')) as [net.Socket];
    expect(seen).toEqual([12_345]);
    expect(getsockopt(socket, TCP_NODELAY)).toBe(true);
    expect(bornWith(socket)).toMatchObject([{ name: 'TCP_USER_TIMEOUT', outcome: 'set' }, { name: 'TCP_NODELAY' }]);
    client.destroy();
    socket.destroy();
  });

  it('one that the kernel refuses is a warning, once, and the connection lives', async () => {
    const warnings: Error[] = [];
    const note = (warning: Error): void => void warnings.push(warning);
    process.on('warning', note);
    try {
      const accepted = { TCP_CONGESTION: 'none-such', TCP_USER_TIMEOUT: 5000 };
      const server = await listening({ port: 0, accepted });
      for (let i = 0; i < 3; i++) expect(await hear({ port: portOf(server), host: '127.0.0.1' })).toBe('served');
      expect(warnings.map(({ name, message }) => `${name}: ${message}`)).toEqual([
        expect.stringMatching(/^SockctlWarning: TCP_CONGESTION was not set on an accepted socket: ENOENT/),
      ]);
    } finally {
      process.off('warning', note);
    }
  });

  it('belongs to one life of the server', async () => {
    const server = await listening({ port: 0, accepted: { TCP_USER_TIMEOUT: 5000 } });
    const before = openFds();
    server.close();
    expect(server.listenerCount('connection')).toBe(2);
    await listening({ port: 0 }, server);
    expect(server.listenerCount('connection')).toBe(1);
    const accepted = once(server, 'connection');
    const client = net.connect(portOf(server), '127.0.0.1');
    const [socket] = (await accepted) as [net.Socket];
    expect(getsockopt(socket, TCP_USER_TIMEOUT)).toBe(0);
    setsockopt(socket, TCP_USER_TIMEOUT, 1);
    client.destroy();
    await closed(server);
    expect(openFds()).toBeLessThanOrEqual(before);
  });

  it("ends with it, also where Node's own listen() begins the next one", async () => {
    const server = await listening({ port: 0, accepted: { TCP_USER_TIMEOUT: 5000 } });
    await closed(server);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const accepted = once(server, 'connection');
    const client = net.connect(portOf(server), '127.0.0.1');
    const [socket] = (await accepted) as [net.Socket];
    expect(getsockopt(socket, TCP_USER_TIMEOUT)).toBe(0);
    client.destroy();
    await closed(server);
  });
});
