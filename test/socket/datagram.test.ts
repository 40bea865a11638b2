// datagram(): options before bind, Node's errors, names, peers, aborts; nothing stays open.
import dgram from 'node:dgram';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { getsockopt, IPV6_UNICAST_HOPS, SO_MARK, SO_REUSEADDR, SO_REUSEPORT } from '../../src/index.ts';
import { bornWith } from '../../src/socket/birth.ts';
import { datagram } from '../../src/socket/datagram.ts';
import type { DatagramOptions } from '../../src/socket/datagram-options.ts';
import type { Thrown } from '../helpers.ts';

const open: dgram.Socket[] = [];
const closed = new WeakSet<dgram.Socket>();

async function make(options: DatagramOptions): Promise<dgram.Socket> {
  const socket = await datagram(options);
  socket.once('close', () => closed.add(socket));
  open.push(socket);
  return socket;
}

afterEach(() => {
  for (const socket of open.splice(0)) if (!closed.has(socket)) socket.close();
});

const four = { type: 'udp4', address: '127.0.0.1' } as const;
const openFds = (): number => readdirSync('/proc/self/fd').length;

async function errorOf(promise: Promise<unknown>): Promise<Thrown & { address?: string; port?: number }> {
  return promise.then(
    () => expect.fail('a rejection was expected'),
    (error) => error,
  );
}

async function heard(socket: dgram.Socket, send: () => void): Promise<string> {
  const message = once(socket, 'message');
  send();
  return String((await message)[0]);
}

describe('bind', () => {
  it('gives a bound dgram.Socket that hears and sends', async () => {
    const [one, two] = [await make(four), await make({ type: 'udp4' })];
    expect(one).toBeInstanceOf(dgram.Socket);
    expect(one.address()).toMatchObject({ address: '127.0.0.1', family: 'IPv4' });
    expect(two.address()).toMatchObject({ address: '0.0.0.0' });
    expect(await heard(one, () => two.send('hello', one.address().port, '127.0.0.1'))).toBe('hello');
  });

  it('leaves SO_REUSEADDR as asked: off, a second socket on the port is refused with the error of Node', async () => {
    const first = await make(four);
    expect(getsockopt(first, SO_REUSEADDR)).toBe(false);
    const { port } = first.address();
    const error = await errorOf(datagram({ ...four, port }));
    const plain = dgram.createSocket('udp4');
    plain.bind(port, '127.0.0.1');
    const [expected] = (await once(plain, 'error')) as [Thrown];
    plain.close();
    expect(error.message).toBe(`bind EADDRINUSE 127.0.0.1:${port}`);
    expect({ ...error }).toEqual({ ...expected });
    // One side is not enough.
    expect(await errorOf(datagram({ ...four, port, options: { SO_REUSEADDR: true } }))).toMatchObject({
      code: 'EADDRINUSE',
    });
  });

  it.each(['SO_REUSEADDR', 'SO_REUSEPORT'] as const)('lets two sockets share a port with %s', async (name) => {
    const options = { [name]: true };
    const first = await make({ ...four, options });
    const second = await make({ ...four, port: first.address().port, options });
    expect(second.address()).toEqual(first.address());
    expect(getsockopt(second, SO_REUSEADDR)).toBe(name === 'SO_REUSEADDR');
    expect(getsockopt(second, SO_REUSEPORT)).toBe(name === 'SO_REUSEPORT');
  });

  it('binds to a foreign address with IP_FREEBIND, and not without', async () => {
    const foreign = { type: 'udp4', address: '192.0.2.1' } as const;
    expect(await errorOf(datagram(foreign))).toMatchObject({ code: 'EADDRNOTAVAIL', syscall: 'bind' });
    expect((await make({ ...foreign, options: { IP_FREEBIND: true } })).address().address).toBe('192.0.2.1');
  });

  it('keeps IPv4 out of an IPv6 socket with IPV6_V6ONLY', async () => {
    const six = await make({ type: 'udp6', options: { IPV6_V6ONLY: true } });
    const { port } = six.address();
    expect((await make({ type: 'udp4', port })).address().port).toBe(port);
    const dual = await make({ type: 'udp6', options: { IPV6_V6ONLY: false } });
    expect(await errorOf(datagram({ type: 'udp4', port: dual.address().port }))).toMatchObject({ code: 'EADDRINUSE' });
  });

  it('gives a udp6 socket whose own calls mean IPv6', async () => {
    const socket = await make({ type: 'udp6', address: '::1' });
    socket.setTTL(7);
    expect(getsockopt(socket, IPV6_UNICAST_HOPS)).toBe(7);
    expect(await heard(socket, () => socket.send('me', socket.address().port, '::1'))).toBe('me');
  });

  it('resolves names, by a lookup of the caller where there is one', async () => {
    expect((await make({ type: 'udp4', address: 'localhost' })).address().address).toBe('127.0.0.1');
    const lookup: DatagramOptions['lookup'] = (name, { family }, callback) => {
      expect([name, family]).toEqual(['here', 4]);
      callback(null, [{ address: '127.0.0.2', family: 4 }]);
    };
    const here = await make({ type: 'udp4', address: 'here', lookup });
    expect(here.address().address).toBe('127.0.0.2');
    expect(await heard(here, () => here.send('by name', here.address().port, 'here'))).toBe('by name');
    const gone: DatagramOptions['lookup'] = (name, _options, callback) =>
      callback(Object.assign(new Error(`getaddrinfo ENOTFOUND ${name}`), { code: 'ENOTFOUND' }), []);
    expect(await errorOf(datagram({ type: 'udp4', address: 'gone', lookup: gone }))).toMatchObject({
      code: 'ENOTFOUND',
    });
  });

  it('tells in bornWith what became of the options', async () => {
    const socket = await make({ ...four, options: { SO_RCVBUF: 65536, IPV6_TCLASS: 32 } });
    expect(bornWith(socket)).toEqual([
      { name: 'SO_RCVBUF', asked: 65536, outcome: 'set' },
      { name: 'IPV6_TCLASS', asked: 32, outcome: 'skipped', why: 'this is an IPv4 socket' },
    ]);
  });
});

describe('connect', () => {
  it('hears the peer only, and tells its refusal', async () => {
    const [peer, other] = [await make(four), await make(four)];
    const socket = await make({ ...four, connect: peer.address(), options: { SO_MARK: 5 } });
    expect(socket.remoteAddress()).toMatchObject({ address: '127.0.0.1', port: peer.address().port });
    expect(getsockopt(socket, SO_MARK)).toBe(5);
    const all: string[] = [];
    socket.on('message', (text) => all.push(String(text)));
    const { port } = socket.address();
    await new Promise<unknown>((resolve) => other.send('stranger', port, '127.0.0.1', resolve));
    expect(await heard(socket, () => peer.send('friend', port, '127.0.0.1'))).toBe('friend');
    expect(all).toEqual(['friend']);
    peer.close();
    await once(peer, 'close');
    const refused = once(socket, 'error');
    socket.send('x');
    expect((await refused)[0]).toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('says what is wrong with a peer', async () => {
    expect((await errorOf(datagram({ ...four, connect: { address: '::1', port: 1 } }))).message).toBe(
      "connect.address ::1 is IPv6, and the socket is udp4. Use type 'udp6'",
    );
    // The limited broadcast address needs SO_BROADCAST.
    const broadcast = { ...four, connect: { address: '255.255.255.255', port: 9 } };
    expect(await errorOf(datagram(broadcast))).toMatchObject({ code: 'EACCES', syscall: 'connect', port: 9 });
  });
});

describe('arguments', () => {
  it.each([
    [{ type: 'udp4', adress: '::' }, 'datagram has no "adress". Did you mean address?'],
    [{ type: 'udp4', reuseAddr: true }, 'datagram has no "reuseAddr". Use options: { SO_REUSEADDR: true }'],
    [{ type: 'udp4', multicast: { group: [] } }, 'multicast has no "group". Did you mean groups?'],
    [{ type: 'udp4', connect: { prot: 1 } }, 'connect has no "prot". Did you mean port?'],
    [
      { type: 'udp4', constructor: 1 },
      'datagram has no "constructor". It has type, address, port, options, multicast, connect, signal, lookup',
    ],
    [{ type: 'udp' }, `type must be 'udp4' or 'udp6', got "udp"`],
    [
      { type: 'udp6', address: '127.0.0.1' },
      "address 127.0.0.1 is IPv4, and the socket is udp6. Use type 'udp4', or '::ffff:127.0.0.1'",
    ],
    [
      { type: 'udp6', address: 'fe80::1%nope' },
      '"fe80::1%nope" names no interface of this machine. ip link lists them',
    ],
    [{ type: 'udp4', options: { SO_RCVBUFF: 1 } }, 'no option is called SO_RCVBUFF. Did you mean SO_RCVBUF?'],
    [{ type: 'udp4', signal: {} }, 'signal is an AbortSignal, got {}'],
    [
      undefined,
      'datagram takes an object, got undefined. Its keys: type, address, port, options, multicast, connect, signal, lookup',
    ],
  ])('%j is refused', async (given, message) => {
    const before = openFds();
    expect((await errorOf(datagram(given as unknown as DatagramOptions))).message).toBe(message);
    expect(openFds()).toBe(before);
  });

  it('has the error of Node for a port', async () => {
    expect(await errorOf(datagram({ ...four, port: 65536 }))).toMatchObject({ code: 'ERR_SOCKET_BAD_PORT' });
  });

  it('closes what it made when the kernel refuses an option', async () => {
    const before = openFds();
    const error = await errorOf(datagram({ ...four, options: { SO_BINDTODEVICE: 'none-such' } }));
    expect(error).toMatchObject({ name: 'SocketOptionError', code: 'ENODEV', option: 'SO_BINDTODEVICE' });
    const early = await errorOf(
      datagram({ ...four, options: { SO_TIMESTAMPING: { flags: ['SOF_TIMESTAMPING_TX_SOFTWARE'] } } as never }),
    );
    expect(early).toMatchObject({ code: 'ERR_RUNTIME', option: 'SO_TIMESTAMPING' });
    // Somebody else closes the socket before it has the descriptor.
    const close = (message: unknown): void => void (message as { socket: dgram.Socket }).socket.close();
    subscribe('udp.socket', close);
    expect(await errorOf(datagram(four))).toMatchObject({ code: 'ERR_RUNTIME' });
    unsubscribe('udp.socket', close);
    expect(openFds()).toBe(before);
  });
});

describe('abort', () => {
  it('ends the waiting for a name, and closes the socket later', async () => {
    const before = openFds();
    const control = new AbortController();
    const never: DatagramOptions['lookup'] = () => {};
    const waiting = datagram({ type: 'udp4', address: 'slow', lookup: never, signal: control.signal });
    control.abort(new Error('enough'));
    expect(await errorOf(waiting)).toMatchObject({
      name: 'AbortError',
      code: 'ABORT_ERR',
      cause: { message: 'enough' },
    });
    expect(await errorOf(datagram({ ...four, signal: control.signal }))).toMatchObject({ code: 'ABORT_ERR' });
    const binding = new AbortController();
    const bound = datagram({ ...four, signal: binding.signal });
    queueMicrotask(() => binding.abort());
    expect(await errorOf(bound)).toMatchObject({ code: 'ABORT_ERR' });
    expect(openFds()).toBe(before);
    const later = new AbortController();
    const socket = await make({ ...four, signal: later.signal });
    later.abort();
    await once(socket, 'close');
    expect(openFds()).toBe(before);
  });

  it('leaks nothing in ten thousand that are refused, aborted or closed at random', { timeout: 120_000 }, async () => {
    const taken = await make(four);
    const before = openFds();
    const lookup: DatagramOptions['lookup'] = (_name, _options, callback) => {
      setImmediate(callback, null, [{ address: '127.0.0.1', family: 4 }]);
    };
    const outcomes = { bound: 0, aborted: 0, refused: 0 };
    const one = async (i: number): Promise<void> => {
      const control = new AbortController();
      const options: DatagramOptions[] = [
        four,
        { type: 'udp4', address: 'name', lookup },
        { ...four, port: taken.address().port },
        { ...four, connect: taken.address() },
        { ...four, options: { SO_BINDTODEVICE: 'none-such' } },
        { type: 'udp4', multicast: { groups: ['239.1.2.3'], interface: 0x7ffffffe } },
      ];
      const chosen = options[i % options.length] as DatagramOptions;
      const when = Math.random();
      if (when < 0.2) control.abort();
      else if (when < 0.4) queueMicrotask(() => control.abort());
      else if (when < 0.5) process.nextTick(() => control.abort());
      else if (when < 0.7) setImmediate(() => control.abort());
      try {
        const socket = await datagram({ ...chosen, signal: control.signal });
        outcomes.bound += 1;
        if (!control.signal.aborted) control.abort();
        await once(socket, 'close');
      } catch (error) {
        outcomes[(error as Thrown).code === 'ABORT_ERR' ? 'aborted' : 'refused'] += 1;
      }
    };
    for (let i = 0; i < 10_000; i += 100) await Promise.all(Array.from({ length: 100 }, (_, k) => one(i + k)));
    expect(outcomes.bound + outcomes.aborted + outcomes.refused).toBe(10_000);
    for (const count of Object.values(outcomes)) expect(count).toBeGreaterThan(500);
    expect(openFds()).toBe(before);
  });
});
