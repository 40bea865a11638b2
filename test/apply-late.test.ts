// apply(): options whose moment has passed are reported as too late, with what to use instead.
import { once } from 'node:events';
import net, { type AddressInfo } from 'node:net';
import { AF_INET, AF_UNIX, apply, fresh, getsockopt, SO_REUSEPORT, SOCK_DGRAM, Socket, TCP_MAXSEG } from 'sockctl';
import { describe, expect, test } from 'vitest';

describe('too late', () => {
  test('on a bound socket', () => {
    const socket = new Socket();
    expect(apply(socket, { IP_FREEBIND: true })[0]?.outcome).toBe('applied');
    socket.bind(['127.0.0.1', 0]);
    const [report] = apply(socket, { IP_BIND_ADDRESS_NO_PORT: true });
    expect(report).toMatchObject({ outcome: 'too-late', code: 'ERR_TOO_LATE', before: false, after: false });
    expect(report?.why).toContain('this socket is bound already');
    expect(report?.why).toContain('connect({ host, port, options: { IP_BIND_ADDRESS_NO_PORT: true } })');
    socket.close();
  });

  test('on a listening socket, where listen() is the way', () => {
    using listening = fresh('tcp-listen');
    const [report] = apply(listening, { IP_FREEBIND: true });
    expect(report?.why).toContain('listening already');
    expect(report?.why).toContain('listen(server, { port, options: { IP_FREEBIND: true } })');
  });

  test('on a bound datagram socket, where datagram() is the way', () => {
    const socket = new Socket(AF_INET, SOCK_DGRAM);
    socket.bind(['127.0.0.1', 0]);
    expect(apply(socket, { IP_FREEBIND: true })[0]?.why).toContain('datagram({ type, port,');
    socket.close();
  });

  test('on a connection, and the kernel is not asked', () => {
    using connected = fresh('tcp-connected');
    const before = getsockopt(connected, TCP_MAXSEG);
    const reports = apply(connected, { TCP_MAXSEG: 700, TCP_SYNCNT: 2, TCP_FASTOPEN_CONNECT: true });
    expect(reports.map(({ outcome }) => outcome)).toEqual(['too-late', 'too-late', 'too-late']);
    expect(getsockopt(connected, TCP_MAXSEG)).toBe(before);
  });

  test('while it is connecting: the SYN is on its way', async () => {
    const socket = new Socket();
    // Nobody answers there: the listener's queue is full.
    const listener = new Socket();
    listener.bind(['127.0.0.4', 0]);
    listener.listen(0);
    const name = listener.getsockname();
    const fillers = [new Socket(), new Socket()];
    for (const filler of fillers) filler.connect(name);
    await new Promise((done) => setTimeout(done, 20));
    expect(socket.connect(name)).toBe(false);
    expect(apply(socket, { TCP_SYNCNT: 2 })[0]?.outcome).toBe('too-late');
    for (const one of [socket, listener, ...fillers]) one.close();
  });

  test('not where it has the value already', () => {
    const socket = new Socket();
    apply(socket, { IP_FREEBIND: true });
    socket.bind(['127.0.0.1', 0]);
    expect(apply(socket, { IP_FREEBIND: true })[0]?.outcome).toBe('unchanged');
    socket.close();
  });

  test('an atomic apply takes the others back', () => {
    using connected = fresh('tcp-connected');
    const reports = apply(connected, { TCP_NODELAY: true, TCP_SYNCNT: 2, SO_KEEPALIVE: true }, { atomic: true });
    expect(reports.map(({ outcome, restored }) => [outcome, restored])).toEqual([
      ['applied', true],
      ['too-late', undefined],
      ['refused', true],
    ]);
  });

  test('on a connection of Node', async () => {
    const server = net.createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const socket = net.connect((server.address() as AddressInfo).port, '127.0.0.1');
    await once(socket, 'connect');
    expect(apply(socket, { TCP_SYNCNT: 2 })[0]?.outcome).toBe('too-late');
    expect(apply(server, { IP_FREEBIND: true })[0]?.outcome).toBe('too-late');
    socket.destroy();
    server.close();
  });
});

describe('late, but of use', () => {
  test('SO_RCVBUF on a connection: set, and what it does not do any more', () => {
    using connected = fresh('tcp-connected');
    const [report] = apply(connected, { SO_RCVBUF: 40_000 });
    expect(report?.outcome).toBe('doubled');
    expect(report?.why).toContain('set late: the buffer changes, the window scale was fixed');
  });

  test('SO_REUSEPORT on a bound socket: another one can join', () => {
    const [first, second] = [new Socket(), new Socket()];
    first.bind(['127.0.0.1', 0]);
    first.listen();
    expect(apply(first, { SO_REUSEPORT: true })[0]).toMatchObject({ outcome: 'applied' });
    second.setsockopt(SO_REUSEPORT, true);
    second.bind(first.getsockname());
    second.listen();
    first.close();
    second.close();
  });

  test('a fresh socket says nothing of it', () => {
    for (const socket of [new Socket(), new Socket(AF_INET, SOCK_DGRAM), new Socket(AF_UNIX)]) {
      const [report] = apply(socket, { SO_RCVBUF: 40_000 });
      expect(report?.why).not.toContain('late');
      socket.close();
    }
  });
});
