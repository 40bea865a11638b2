// datagram(): each option before bind is proven by what it allows.
import dgram from 'node:dgram';
import { event, fresh, later, leaksNothing, refused, same, sockctl, works } from './support.mjs';

const { AF_INET, bornWith, datagram, getsockopt, SO_REUSEADDR, SO_REUSEPORT, SOCK_DGRAM } = sockctl;

async function open(options) {
  const socket = await datagram(options);
  later(() => socket.close());
  socket.on('error', () => undefined);
  return socket;
}

const loopback = { type: 'udp4', address: '127.0.0.1' };

async function hears(socket, port, address = '127.0.0.1') {
  const message = event(socket, 'message');
  const sender = dgram.createSocket('udp4');
  later(() => sender.close());
  sender.send('hello', port, address);
  const [text, from] = await message;
  same([String(text), from.address], ['hello', '127.0.0.1']);
}

export const datagramChecks = {
  'bind and talk': async () => {
    const socket = await open(loopback);
    if (!(socket instanceof dgram.Socket)) throw new Error('not a dgram.Socket');
    same(socket.address().address, '127.0.0.1');
    await hears(socket, socket.address().port);
    works(socket, SOCK_DGRAM);
  },
  'SO_REUSEPORT, two on one port': async () => {
    const options = { SO_REUSEPORT: true };
    const first = await open({ ...loopback, options });
    const { port } = first.address();
    const second = await open({ ...loopback, port, options });
    same(second.address().port, port);
    same(
      bornWith(second).map(({ outcome }) => outcome),
      ['set'],
    );
    return 'before';
  },
  'SO_REUSEADDR as asked, not as the runtime has it': async () => {
    const socket = await open(loopback);
    same([getsockopt(socket, SO_REUSEADDR), getsockopt(socket, SO_REUSEPORT)], [false, false]);
    const rival = fresh(AF_INET, SOCK_DGRAM);
    sockctl.setsockopt(rival, SO_REUSEADDR, true);
    await refused(() => rival.bind(['127.0.0.1', socket.address().port]), 'EADDRINUSE');
  },
  'a foreign address, IP_FREEBIND': async () => {
    await refused(() => datagram({ type: 'udp4', address: '192.0.2.9' }), 'EADDRNOTAVAIL');
    const socket = await open({ type: 'udp4', address: '192.0.2.9', options: { IP_FREEBIND: true } });
    same(socket.address().address, '192.0.2.9');
    return 'before';
  },
  udp6: async () => {
    const socket = await open({ type: 'udp6', address: '::1', options: { IPV6_V6ONLY: true } });
    same([socket.address().address, getsockopt(socket, sockctl.IPV6_V6ONLY)], ['::1', true]);
    return 'before';
  },
  'multicast by interface name': async () => {
    const multicast = { groups: [{ group: '239.1.2.3', interface: 'lo' }], interface: 'lo', loopback: true };
    const socket = await open({ type: 'udp4', address: '0.0.0.0', multicast });
    const message = event(socket, 'message');
    const sender = await open({ type: 'udp4', multicast: { interface: 'lo', loopback: true } });
    sender.send('hello', socket.address().port, '239.1.2.3');
    same(String((await message)[0]), 'hello');
  },
  connect: async () => {
    const one = await open(loopback);
    const { port } = one.address();
    const other = await open({ ...loopback, connect: { address: '127.0.0.1', port } });
    same(other.remoteAddress().port, port);
    const message = event(one, 'message');
    other.send('hello');
    same(String((await message)[0]), 'hello');
  },
  EADDRINUSE: async () => {
    const socket = await open(loopback);
    const { port } = socket.address();
    const error = await refused(() => datagram({ ...loopback, port }), 'EADDRINUSE');
    same([error.errno, error.syscall, error.address, error.port], [-98, 'bind', '127.0.0.1', port]);
  },
  'an option that the kernel refuses': async () => {
    const error = await refused(() => datagram({ ...loopback, options: { SO_BINDTODEVICE: 'nope0' } }), 'ENODEV');
    same(error.option, 'SO_BINDTODEVICE');
  },
  '200 datagram sockets leak nothing': () =>
    leaksNothing(200, async (i) => {
      const port = i % 4 === 0 ? { address: '192.0.2.9' } : {};
      const socket = await datagram({ ...loopback, ...port, options: { SO_RCVBUF: 20_000 } }).catch(() => undefined);
      if (socket) await new Promise((resolve) => socket.close(resolve));
    }),
};
