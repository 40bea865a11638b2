// The error queue of UDP sockets: what ICMP and the kernel say of datagrams, and that the runtime survives it.
import { execFileSync } from 'node:child_process';
import dgram from 'node:dgram';
import { once } from 'node:events';
import { writeSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  apply,
  IP_RECVERR,
  SO_TIMESTAMPING,
  SO_TIMESTAMPING_NEW,
  SOCK_DGRAM,
  Socket,
  setsockopt,
} from '../../src/index.ts';
import { datagram } from '../../src/socket/datagram.ts';
import { type DatagramSocket, watchErrorQueue } from '../../src/socket/datagram-errors.ts';
import type { DatagramOptions } from '../../src/socket/datagram-options.ts';
import { errorQueue, type QueuedError } from '../../src/socket/error-queue.ts';
import { errorOf } from '../helpers.ts';

const [, minor = 0] = process.versions.uv.split('.').map(Number);
/** libuv reads the queue itself, wrongly. */
const aborts = minor >= 52;
const open: dgram.Socket[] = [];

async function make(options: DatagramOptions): Promise<DatagramSocket> {
  const socket = await datagram(options);
  open.push(socket);
  return socket;
}

afterEach(() => {
  for (const socket of open.splice(0)) socket.close();
});

/** Ports of loopback where nobody listens. */
async function closedPort(type: 'udp4' | 'udp6' = 'udp4'): Promise<number> {
  const socket = await datagram({ type });
  const { port } = socket.address();
  await new Promise<void>((resolve) => socket.close(resolve));
  return port;
}

const told = async (socket: DatagramSocket, count: number): Promise<QueuedError[]> => {
  const errors: QueuedError[] = [];
  const end = new Promise<QueuedError[]>((resolve) => {
    socket.on('icmpError', (error) => {
      errors.push(error);
      if (errors.length === count) resolve(errors);
    });
  });
  return end;
};

const address = '127.0.0.1';

it('errorQueue tells when a datagram left, in both layouts of the message', () => {
  for (const option of [SO_TIMESTAMPING, SO_TIMESTAMPING_NEW]) {
    using receiver = new Socket(undefined, SOCK_DGRAM);
    receiver.bind([address, 0]);
    using socket = new Socket(undefined, SOCK_DGRAM);
    socket.connect(receiver.getsockname());
    const flags = ['SOF_TIMESTAMPING_TX_SOFTWARE', 'SOF_TIMESTAMPING_SOFTWARE', 'SOF_TIMESTAMPING_OPT_TSONLY'] as const;
    socket.setsockopt(option, { flags: [...flags], bind_phc: 0 });
    const before = Date.now();
    writeSync(socket.fd, 'hello');
    const [left] = errorQueue(socket);
    expect(left).toMatchObject({ origin: 'timestamping', info: 0 });
    expect(left?.times).toEqual({ software: expect.any(BigInt) });
    const ms = Number((left?.times?.software ?? 0n) / 1_000_000n);
    expect(ms).toBeGreaterThanOrEqual(before - 1);
    expect(ms).toBeLessThanOrEqual(Date.now() + 1);
  }
});

it('errorQueue reads what came back from a closed port, on any Node', async () => {
  const port = await closedPort();
  using socket = new Socket(undefined, SOCK_DGRAM);
  socket.setsockopt(IP_RECVERR, true);
  socket.connect([address, port]);
  expect(errorQueue(socket)).toEqual([]);
  execFileSync('sh', ['-c', 'printf hello >&3'], { stdio: ['ignore', 'ignore', 'inherit', socket.fd] });
  expect(errorQueue(socket)).toEqual([
    {
      code: 'ECONNREFUSED',
      errno: -111,
      origin: 'icmp',
      icmp: { type: 3, code: 3 },
      offender: { family: 'inet', address, port: 0 },
      destination: { family: 'inet', address, port },
      info: 0,
      data: 0,
      payload: new TextEncoder().encode('hello'),
    },
  ]);
  expect(errorQueue(socket)).toEqual([]);
});

it('refuses IP_RECVERR where the runtime would abort', async (ctx) => {
  if (!aborts) return ctx.skip('libuv before 1.52 leaves the error queue alone');
  await expect(datagram({ type: 'udp4', options: { IP_RECVERR: true } })).rejects.toMatchObject({
    code: 'ERR_RUNTIME',
    option: 'IP_RECVERR',
  });
});

describe('icmpError', () => {
  beforeEach((ctx) => {
    if (aborts) ctx.skip('libuv 1.52 cannot have an error queue');
  });

  it.each([
    ['udp4', '127.0.0.1', 'IP_RECVERR', { type: 3, code: 3 }],
    ['udp6', '::1', 'IPV6_RECVERR', { type: 1, code: 4 }],
  ] as const)('%s tells of every closed port', async (type, host, name, icmp) => {
    const socket = await make({ type, address: host, options: { [name]: true } });
    const ports = await Promise.all([1, 2, 3].map(() => closedPort(type)));
    const errors = told(socket, 3);
    for (const port of ports) socket.send(`to ${port}`, port, host);
    expect(
      (await errors).map(({ code, icmp: what, destination, payload }) => ({
        code,
        what,
        destination,
        text: String(Buffer.from(payload)),
      })),
    ).toEqual(
      ports.map((port) => ({
        code: 'ECONNREFUSED',
        what: icmp,
        destination: { family: type === 'udp4' ? 'inet' : 'inet6', address: host, port },
        text: `to ${port}`,
      })),
    );
  });

  it('lets a datagram go where the error of another one stood in its way', async () => {
    const [socket, good] = [
      await make({ type: 'udp4', address, options: { IP_RECVERR: true } }),
      await make({ type: 'udp4' }),
    ];
    const port = await closedPort();
    const errors = told(socket, 1);
    const message = once(good, 'message');
    const results: unknown[] = [];
    socket.send('bad', port, address, (error) => results.push(error));
    socket.send('good', good.address().port, address, (error) => results.push(error));
    expect(String((await message)[0])).toBe('good');
    expect((await errors)[0]).toMatchObject({ destination: { port } });
    expect(results).toEqual([null, null]);
  });

  it('tells what the kernel itself refused, with the MTU', async () => {
    const options = { IP_RECVERR: true, IP_MTU_DISCOVER: 'IP_PMTUDISC_DO' } as const;
    const socket = await make({ type: 'udp4', address, options });
    const errors = told(socket, 1);
    // Loopback has an MTU of 65536; with headers this is one byte more than a datagram can have.
    const sent = new Promise((resolve) => socket.send(Buffer.alloc(65_508), 9, address, resolve));
    expect(await sent).toMatchObject({ code: 'EMSGSIZE' });
    expect((await errors)[0]).toMatchObject({ code: 'EMSGSIZE', origin: 'local', destination: { address } });
    expect((await errors)[0]?.mtu).toBeGreaterThan(0);
  });

  it('tells a connected socket as well, and never by an error event', async () => {
    const socket = await make({ type: 'udp4', connect: { port: await closedPort() }, options: { IP_RECVERR: true } });
    socket.on('error', (error) => expect.fail(String(error)));
    for (let i = 1; i < 4; i++) {
      const errors = told(socket, 1);
      socket.send(`${i}`);
      expect(Buffer.from((await errors)[0]?.payload ?? []).toString()).toBe(`${i}`);
      socket.removeAllListeners('icmpError');
    }
  });

  it('tells each of five thousand, and then rests', async () => {
    const socket = await make({ type: 'udp4', address, options: { IP_RECVERR: true } });
    const port = await closedPort();
    const errors = told(socket, 5000);
    for (let i = 0; i < 100; i++) {
      for (let k = 0; k < 50; k++) socket.send(`${i * 50 + k}`, port, address);
      await new Promise((resolve) => setImmediate(resolve));
    }
    const numbers = (await errors).map(({ payload }) => Number(Buffer.from(payload).toString()));
    expect(numbers.sort((a, b) => a - b)).toEqual(Array.from({ length: 5000 }, (_, i) => i));
    // A queue that is not empty makes Node poll without a pause: 300 ms of 300.
    const before = process.cpuUsage();
    await new Promise((resolve) => setTimeout(resolve, 300));
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1000).toBeLessThan(150);
  });

  it('can be had for a socket of Node that got the option otherwise', async () => {
    const socket = dgram.createSocket('udp4');
    expect(errorOf(() => watchErrorQueue(socket))).toMatchObject({ code: 'ERR_NO_FD' });
    socket.bind(0, address);
    await once(socket, 'listening');
    open.push(socket);
    apply(socket, { IP_RECVERR: true });
    const watched = watchErrorQueue(watchErrorQueue(socket));
    const errors = told(watched, 1);
    watched.send('x', await closedPort(), address);
    expect((await errors)[0]?.code).toBe('ECONNREFUSED');
    // Without the option the errors of a connected socket are Node's again.
    setsockopt(socket, IP_RECVERR, false);
    const port = await closedPort();
    await new Promise<void>((resolve) => socket.connect(port, address, resolve));
    const error = once(socket, 'error');
    socket.send('x');
    expect((await error)[0]).toMatchObject({ code: 'ECONNREFUSED', syscall: 'recvmsg' });
  });
});
