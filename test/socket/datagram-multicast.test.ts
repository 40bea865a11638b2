// Multicast of datagram(), with real traffic between two interfaces of a network of its own.
import type dgram from 'node:dgram';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import * as sockctl from '../../src/index.ts';
import { bornWith } from '../../src/socket/birth.ts';
import { datagram } from '../../src/socket/datagram.ts';
import type { DatagramOptions } from '../../src/socket/datagram-options.ts';
import type { Thrown } from '../helpers.ts';
import { enterNetwork, ip } from './datagram-netns.ts';

let own = false;
const open: dgram.Socket[] = [];

beforeAll(() => {
  own = process.platform === 'linux' && process.getuid?.() === 0 && enterNetwork();
  if (!own) return;
  // Two networks: what is sent through v0 loops back to v0, and reaches its other end, where nobody is.
  for (const [name, end] of [
    ['v0', 'end0'],
    ['v1', 'end1'],
  ] as const) {
    ip('link', 'add', name, 'type', 'veth', 'peer', 'name', end);
    for (const one of [name, end]) ip('link', 'set', one, 'addrgenmode', 'none');
    for (const one of [name, end]) ip('link', 'set', one, 'up');
  }
  for (const address of ['10.9.0.1/24', '10.9.0.2/24', 'fd00::1/64', 'fd00::2/64', 'fe80::1/64']) {
    ip('address', 'add', address, 'dev', 'v0', ...(address.includes(':') ? ['nodad'] : []));
  }
  ip('address', 'add', '10.9.1.1/24', 'dev', 'v1');
  ip('address', 'add', 'fd01::1/64', 'dev', 'v1', 'nodad');
});

beforeEach((ctx) => {
  if (!own) ctx.skip('needs Linux and root, for a network namespace');
});

afterEach(() => {
  for (const socket of open.splice(0)) socket.close();
});

async function make(options: DatagramOptions): Promise<dgram.Socket> {
  const socket = await datagram(options);
  open.push(socket);
  return socket;
}

/** What a socket hears until a last datagram that is sent straight to it. */
async function hears(socket: dgram.Socket, send: () => Promise<void>): Promise<string[]> {
  const texts: string[] = [];
  const ended = new Promise<void>((resolve) => {
    socket.on('message', (text) => (String(text) === 'end' ? resolve() : texts.push(String(text))));
  });
  await send();
  // The backlog of the machine is passed in order; a moment more for what another processor has in hand.
  await new Promise((resolve) => setTimeout(resolve, 50));
  const { port, family } = socket.address();
  const last = await make({ type: family === 'IPv4' ? 'udp4' : 'udp6' });
  last.send('end', port, family === 'IPv4' ? '10.9.0.1' : 'fd00::1');
  await ended;
  socket.removeAllListeners('message');
  return texts.sort();
}

const sent = (socket: dgram.Socket, text: string, port: number, address: string): Promise<void> =>
  new Promise((resolve, reject) => socket.send(text, port, address, (error) => (error ? reject(error) : resolve())));

const families = [
  { type: 'udp4', group: '239.1.2.3', other: '239.9.9.9', first: '10.9.0.1', second: '10.9.0.2', far: '10.9.1.1' },
  { type: 'udp6', group: 'ff15::1:3', other: 'ff15::9:9', first: 'fd00::1', second: 'fd00::2', far: 'fd01::1' },
] as const;

describe.each(families)('$type', ({ type, group, other, first, second, far }) => {
  const sender = (address: string, name = 'v0', more = {}): Promise<dgram.Socket> =>
    make({ type, address, multicast: { interface: name, ...more } });
  const both = async (port: number): Promise<void> => {
    await sent(await sender(second), 'second', port, group);
    await sent(await sender(first), 'first', port, group);
  };

  it('hears a group that it joined at an interface by name, and not what another interface has', async () => {
    const socket = await make({ type, multicast: { groups: [{ group, interface: 'v0' }] } });
    const { port } = socket.address();
    const texts = await hears(socket, async () => {
      await both(port);
      await sent(await sender(far, 'v1'), 'far', port, group);
    });
    expect(texts).toEqual(['first', 'second']);
  });

  it('hears the named source only, and the other one not', async () => {
    const socket = await make({ type, multicast: { groups: [{ group, interface: 'v0', sources: [first] }] } });
    expect(await hears(socket, () => both(socket.address().port))).toEqual(['first']);
    const two = await make({ type, multicast: { groups: [{ group, interface: 'v0', sources: [first, second] }] } });
    expect(await hears(two, () => both(two.address().port))).toEqual(['first', 'second']);
    expect(bornWith(two).map(({ name, outcome }) => [name, outcome])).toEqual([
      [type === 'udp4' ? 'IP_MULTICAST_ALL' : 'IPV6_MULTICAST_ALL', 'set'],
      ['MCAST_JOIN_SOURCE_GROUP', 'set'],
      ['MCAST_JOIN_SOURCE_GROUP', 'set'],
    ]);
  });

  it('hears groups of other sockets only with `all` where sources are named', async () => {
    const joined = await make({ type, multicast: { interface: 'v0', groups: [other] } });
    const sources = { interface: 'v0', groups: [{ group, sources: [first] }] };
    const closed = await make({ type, multicast: sources });
    const opened = await make({ type, multicast: { ...sources, all: true } });
    const plain = await make({ type, multicast: { interface: 'v0', groups: [group] } });
    const strict = await make({ type, multicast: { interface: 'v0', groups: [group], all: false } });
    const say = (socket: dgram.Socket) => async () => sent(await sender(first), 'other', socket.address().port, other);
    expect(await hears(joined, say(joined))).toEqual(['other']);
    expect(await hears(closed, say(closed))).toEqual([]);
    expect(await hears(opened, say(opened))).toEqual(['other']);
    expect(await hears(plain, say(plain))).toEqual(['other']);
    expect(await hears(strict, say(strict))).toEqual([]);
  });

  it('sends through the interface of a name, an index or an address', async () => {
    const { ifindex } = JSON.parse(ip('-j', 'link', 'show', 'v1'))[0] as { ifindex: number };
    const at = await make({ type, multicast: { interface: far, groups: [group] } });
    const texts = await hears(at, async () => {
      for (const name of ['v1', ifindex, far]) {
        const socket = await make({ type, multicast: { interface: name } });
        if (type === 'udp6') expect(sockctl.getsockopt(socket, sockctl.IPV6_MULTICAST_IF)).toBe(ifindex);
        await sent(socket, `by ${typeof name}`, at.address().port, group);
      }
      await sent(await sender(first), 'through v0', at.address().port, group);
    });
    expect(texts).toEqual(['by number', 'by string', 'by string']);
  });

  it('sets how far it goes, and whether it comes back', async () => {
    const socket = await sender(first, 'v0', { ttl: 5, loopback: false });
    const [hops, loop] =
      type === 'udp4'
        ? [sockctl.IP_MULTICAST_TTL, sockctl.IP_MULTICAST_LOOP]
        : [sockctl.IPV6_MULTICAST_HOPS, sockctl.IPV6_MULTICAST_LOOP];
    expect(sockctl.getsockopt(socket, hops)).toBe(5);
    expect(sockctl.getsockopt(socket, loop)).toBe(false);
    const member = await make({ type, multicast: { interface: 'v0', groups: [group] } });
    const { port } = member.address();
    expect(await hears(member, () => sent(socket, 'silent', port, group))).toEqual([]);
  });

  it('says what is wrong, and leaves nothing open', async () => {
    const before = readdirSync('/proc/self/fd').length;
    const errorOf = (multicast: unknown): Promise<Thrown> =>
      datagram({ type, multicast } as DatagramOptions).then(
        () => expect.fail('a rejection was expected'),
        (error) => error,
      );
    const v = type === 'udp4' ? 4 : 6;
    const cases: [unknown, string][] = [
      [{ groups: [{ group, interface: 'v9' }] }, 'no interface of this machine is called "v9". ip address lists them'],
      [{ interface: '10.8.8.8' }, 'no interface of this machine has the address 10.8.8.8. ip address lists them'],
      [
        { groups: [first] },
        `a multicast group is a multicast address of IPv${v}, got "${first}". Groups lie in 224.0.0.0/4 and ff00::/8`,
      ],
      [{ groups: ['x'] }, `a multicast group is a multicast address of IPv${v}, got "x"`],
      [
        { groups: [{ group, sources: [group] }] },
        `a source of ${group} is an address of IPv${v}, got "${group}". A source is a sender, not a group`,
      ],
      [
        { groups: [{ group, sources: [] }] },
        `sources of ${group} are a list of addresses, got []. Leave it out to hear everybody`,
      ],
      [{ groups: [{ group, source: [first] }] }, 'a multicast group has no "source". Did you mean sources?'],
      [{ groups: group }, `multicast.groups is a list, got "${group}"`],
    ];
    for (const [multicast, message] of cases) expect((await errorOf(multicast)).message).toBe(message);
    expect(await errorOf({ groups: [{ group, interface: 4321 }] })).toMatchObject({
      code: 'ENODEV',
      option: 'MCAST_JOIN_GROUP',
    });
    expect(readdirSync('/proc/self/fd').length).toBe(before);
  });
});

it('takes the scope of an address, and of a group', async () => {
  const socket = await make({ type: 'udp6', address: 'fe80::1%v0', multicast: { groups: ['ff02::4321%v0'] } });
  expect(socket.address()).toMatchObject({ address: 'fe80::1%v0', family: 'IPv6' });
  const igmp = ip('maddress', 'show', 'dev', 'v0');
  expect(igmp).toContain('ff02::4321');
});

it('IP_MTU_DISCOVER with IP_PMTUDISC_DO refuses what does not fit', async () => {
  ip('link', 'set', 'lo', 'mtu', '1500');
  const options = { IP_MTU_DISCOVER: 'IP_PMTUDISC_DO' } as const;
  const [strict, plain] = [await make({ type: 'udp4', options }), await make({ type: 'udp4' })];
  const { port } = plain.address();
  await expect(sent(strict, 'x'.repeat(1473), port, '127.0.0.1')).rejects.toMatchObject({ code: 'EMSGSIZE' });
  const message = once(plain, 'message');
  await sent(strict, 'x'.repeat(1472), port, '127.0.0.1');
  expect((await message)[0]).toHaveLength(1472);
  const whole = once(strict, 'message');
  await sent(plain, 'x'.repeat(1473), strict.address().port, '127.0.0.1');
  expect((await whole)[0]).toHaveLength(1473);
});
