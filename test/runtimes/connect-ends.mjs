// connect(): options that need a connection, errors, and every way in which it ends early.
import net from 'node:net';
import { failure, lookupOf, open, secure } from './connect-sockets.mjs';
import { closedPort, echo, event, leaksNothing, peer, refused, same, sockctl, until } from './support.mjs';

const { apply, bornWith, connect, getsockopt, SO_KEEPALIVE, TCP_KEEPIDLE, TCP_NODELAY } = sockctl;

export const connectEndChecks = {
  'options that need a connection': async () => {
    const { port } = await echo(net.createServer);
    const socket = open({ host: '127.0.0.1', port, options: { SO_CNX_ADVICE: 1 } });
    same(bornWith(socket), []);
    await event(socket, 'connect');
    same(
      bornWith(socket).map(({ outcome }) => outcome),
      ['set'],
    );
    return 'after';
  },
  'noDelay, keepAlive, and a named option that says otherwise': async () => {
    const { port } = await echo(net.createServer);
    const keep = { noDelay: true, keepAlive: true, keepAliveInitialDelay: 7000 };
    const plain = open({ host: '127.0.0.1', port, ...keep });
    await event(plain, 'connect');
    same(
      [TCP_NODELAY, SO_KEEPALIVE, TCP_KEEPIDLE].map((option) => getsockopt(plain, option)),
      [true, true, 7],
    );
    const named = open({ host: '127.0.0.1', port, ...keep, options: { TCP_KEEPIDLE: 33 } });
    await event(named, 'connect');
    same(getsockopt(named, TCP_KEEPIDLE), 33);
  },
  'enforce: a later setKeepAlive': async () => {
    const { port } = await echo(net.createServer);
    const socket = open({ host: '127.0.0.1', port, enforce: true, options: { TCP_KEEPIDLE: 33, TCP_NODELAY: true } });
    await event(socket, 'connect');
    socket.setKeepAlive(true, 5000);
    socket.setNoDelay(true);
    socket.setNoDelay(false);
    same([getsockopt(socket, TCP_KEEPIDLE), getsockopt(socket, TCP_NODELAY)], [33, true]);
    socket.destroy();
    const encrypted = await secure({ enforce: true, options: { TCP_KEEPIDLE: 33 } });
    await event(encrypted, 'secureConnect');
    encrypted.setKeepAlive(true, 5000);
    same(getsockopt(encrypted, TCP_KEEPIDLE), 33);
  },
  "apply and snapshot at 'connect'": async () => {
    const { port } = await echo(net.createServer);
    const socket = open({ host: '127.0.0.1', port });
    await event(socket, 'connect');
    same(apply(socket, { SO_RCVBUF: 8192 })[0].outcome, 'doubled');
    if (sockctl.snapshot(socket).options.length < 80) throw new Error('too few options');
  },
  ECONNREFUSED: async () => {
    const port = await closedPort();
    const error = await failure(open({ host: '127.0.0.1', port }));
    const { code, errno, syscall, address, message } = error;
    same([code, errno, syscall, address, error.port], ['ECONNREFUSED', -111, 'connect', '127.0.0.1', port]);
    same(message, `connect ECONNREFUSED 127.0.0.1:${port}`);
    const all = await failure(open({ host: 'sockctl.example', port, lookup: lookupOf('127.0.0.1', '127.0.0.2') }));
    same([all.code, all.errors?.length], ['ECONNREFUSED', 2]);
    const encrypted = await failure(open({ host: '127.0.0.1', port, tls: true }));
    same(encrypted.code, 'ECONNREFUSED');
  },
  'ENOENT, ENOTFOUND, EADDRNOTAVAIL': async () => {
    const error = await failure(open({ path: '/nowhere/at/all' }));
    same([error.code, error.syscall, error.address], ['ENOENT', 'connect', '/nowhere/at/all']);
    const lookup = (_host, _options, done) => done(Object.assign(new Error('no'), { code: 'ENOTFOUND' }));
    same((await failure(open({ host: 'sockctl.example', port: 1, lookup }))).code, 'ENOTFOUND');
    const port = await closedPort();
    const bound = await failure(open({ host: '127.0.0.1', port, localAddress: '192.0.2.7' }));
    same([bound.code, bound.syscall], ['EADDRNOTAVAIL', 'bind']);
  },
  'an option that the kernel refuses': async () => {
    const server = peer();
    const error = await failure(open({ host: '127.0.0.1', port: server.port, options: { TCP_CONGESTION: 'nope' } }));
    same([error.name, error.code, error.option], ['SocketOptionError', 'ENOENT', 'TCP_CONGESTION']);
    await refused(() => connect({ port: 1, options: { SO_NOPE: 1 } }), 'ERR_UNKNOWN_OPTION');
  },
  'abort, connectTimeout, timeout, destroy': async () => {
    const silent = { host: '192.0.2.1', port: 9 };
    const controller = new AbortController();
    const aborted = failure(open({ ...silent, signal: controller.signal }));
    controller.abort();
    same((await aborted).name, 'AbortError');
    same((await failure(open({ ...silent, signal: AbortSignal.abort() }))).name, 'AbortError');
    const { port } = await echo(net.createServer);
    const hanging = { host: 'sockctl.example', port, lookup: () => undefined };
    same((await failure(open({ ...hanging, connectTimeout: 20 }))).code, 'ETIMEDOUT');
    const idle = open({ ...hanging, timeout: 20 });
    await event(idle, 'timeout');
    idle.destroy();
    await event(idle, 'close');
    const destroyed = open({ host: '127.0.0.1', port });
    destroyed.destroy();
    await event(destroyed, 'close');
  },
  blockList: async () => {
    if (Number.parseInt(process.versions.node, 10) < 22) return 'none';
    const blockList = new net.BlockList();
    blockList.addAddress('127.0.0.1');
    const server = peer();
    const error = await failure(open({ host: '127.0.0.1', port: server.port, blockList }));
    same(error.code, 'ERR_IP_BLOCKED');
  },
  onread: async () => {
    const { port } = await echo(net.createServer);
    let heard = '';
    const buffer = new Uint8Array(64);
    const callback = (length) => {
      heard += Buffer.from(buffer.subarray(0, length));
      return true;
    };
    const onread = { buffer, callback };
    open({ host: '127.0.0.1', port, onread }).write('world');
    if (!(await until(() => heard === 'hello world'))) throw new Error(`heard ${heard}`);
  },
  'a listener that throws is an uncaught exception, and leaks nothing': async () => {
    const { port } = await echo(net.createServer);
    await leaksNothing(20, async (i) => {
      const name = i % 2 === 0 ? 'lookup' : 'connectionAttempt';
      const uncaught = event(process, 'uncaughtException');
      const socket = connect({ host: 'sockctl.example', lookup: lookupOf('127.0.0.1'), port });
      socket.on(name, () => {
        throw new Error(name);
      });
      socket.on('error', () => undefined);
      const [error] = await uncaught;
      same(error.message, name);
      socket.destroy();
    });
  },
  '200 connects leak nothing': async () => {
    const { port } = await echo(net.createServer);
    const closed = await closedPort();
    await leaksNothing(200, async (i) => {
      const host = i % 2 === 0 ? '127.0.0.1' : 'sockctl.example';
      const lookup = i % 3 === 0 ? lookupOf('127.0.0.2', '127.0.0.1') : lookupOf('127.0.0.1');
      const socket = connect({ host, lookup, port: i % 5 === 0 ? closed : port, options: { TCP_NODELAY: true } });
      socket.on('error', () => undefined);
      const over = new Promise((resolve) => socket.once('close', resolve));
      if (i % 4 === 0) setTimeout(() => socket.destroy(), i % 7);
      else socket.once('connect', () => (i % 2 === 0 ? socket.end() : socket.destroy()));
      socket.resume();
      await over;
    });
  },
};
