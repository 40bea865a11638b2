// Errors of datagrams that wait in a queue: of hosts that do not answer, in a network of its own.
import { writeFileSync } from 'node:fs';
import { beforeEach, expect, it } from 'vitest';
import { getsockopt, SO_MEMINFO } from '../../src/index.ts';
import { datagram } from '../../src/socket/datagram.ts';
import { errorQueue, type QueuedError } from '../../src/socket/error-queue.ts';
import { enterNetwork, ip } from './datagram-netns.ts';

const [, minor = 0] = process.versions.uv.split('.').map(Number);

beforeEach((ctx) => {
  if (minor >= 52) return ctx.skip('libuv 1.52 cannot have an error queue');
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || !enterNetwork()) {
    ctx.skip('needs Linux and root, for a network namespace');
  }
  ip('link', 'add', 'v0', 'type', 'veth', 'peer', 'name', 'end0');
  for (const name of ['v0', 'end0']) ip('link', 'set', name, 'up');
  ip('address', 'add', '10.9.0.1/24', 'dev', 'v0');
  // One question, and 50 ms for the answer.
  writeFileSync('/proc/sys/net/ipv4/neigh/v0/retrans_time_ms', '50');
  writeFileSync('/proc/sys/net/ipv4/neigh/v0/mcast_solicit', '1');
});

const idle = async (): Promise<void> => {
  const before = process.cpuUsage();
  await new Promise((resolve) => setTimeout(resolve, 200));
  const { user, system } = process.cpuUsage(before);
  expect((user + system) / 1000).toBeLessThan(100);
};

it('tells of a host that is not there', async () => {
  const socket = await datagram({ type: 'udp4', options: { IP_RECVERR: true } });
  const error = new Promise<QueuedError>((resolve) => socket.once('icmpError', resolve));
  socket.send('anybody?', 9, '10.9.0.77');
  expect(await error).toMatchObject({
    code: 'EHOSTUNREACH',
    origin: 'icmp',
    icmp: { type: 3, code: 1 },
    offender: { address: '10.9.0.1' },
    destination: { address: '10.9.0.77', port: 9 },
    payload: new TextEncoder().encode('anybody?'),
  });
  await idle();
  socket.close();
});

it('finds the errors of datagrams that Node held back', async () => {
  const socket = await datagram({ type: 'udp4', options: { IP_RECVERR: true, SO_SNDBUF: 4608 } });
  const hosts: unknown[] = [];
  socket.on('icmpError', ({ destination }) => hosts.push((destination as { address: string }).address));
  // These wait for the address of a host that is not there, until they fill the send buffer.
  const full = ({ wmem_alloc: used = 0, sndbuf = 0 } = getsockopt(socket, SO_MEMINFO)): boolean => used >= sndbuf;
  while (!full()) {
    socket.send(Buffer.alloc(1000), 9, '10.9.0.77');
    await new Promise((resolve) => setImmediate(resolve));
  }
  // These are sent when the others have failed, and take the sign of that away before Node reads it.
  for (const text of ['one', 'two']) socket.send(text, 9, '127.0.0.1');
  await new Promise((resolve) => setImmediate(resolve));
  expect(socket.getSendQueueCount()).toBe(2);
  while (socket.getSendQueueCount() > 0) await new Promise((resolve) => setTimeout(resolve, 10));
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(hosts).toContain('10.9.0.77');
  expect(errorQueue(socket)).toEqual([]);
  await idle();
  socket.close();
});
