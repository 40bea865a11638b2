// Options that only answer in some state: with a connection, or after another option was set.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  AF_INET6,
  type AnyOption,
  fresh,
  getsockopt,
  IPV6_MTU,
  IPV6_PATHMTU,
  type Kind,
  lookup,
  options,
  SO_PEERNAME,
  Socket,
  setsockopt,
} from '../../src/index.ts';

const set = setsockopt as (socket: object, option: AnyOption, value: unknown) => void;
const get = getsockopt as (socket: object, option: AnyOption) => unknown;

it('the peer and the path of a connected IPv6 socket', () => {
  using server = new Socket(AF_INET6);
  server.bind(['::1', 0]);
  server.listen();
  using client = new Socket(AF_INET6);
  client.connect(server.getsockname());
  expect(getsockopt(client, SO_PEERNAME)).toEqual(server.getsockname());
  expect(getsockopt(client, IPV6_MTU)).toBe(65536);
  expect(getsockopt(client, IPV6_PATHMTU)).toMatchObject({ mtu: 65536 });
});

it('the peer of a connected IPv4 socket and of a unix one', () => {
  using tcp = fresh('tcp-connected');
  expect(getsockopt(tcp, SO_PEERNAME)).toEqual(tcp.socket.getpeername());
  using unix = fresh('unix');
  expect(getsockopt(unix, SO_PEERNAME)).toEqual({ family: 'unix', path: '' });
});

const dependent = options.filter(
  ({ name, access, declaration }) =>
    (access === 'rw' || access === 'ro') &&
    declaration.after &&
    !declaration.query &&
    !declaration.sideEffect &&
    // A fanout group takes bound sockets only: packet.test.ts has one.
    name !== 'PACKET_ROLLOVER_STATS',
);
function makeable(kind: Kind): boolean {
  try {
    fresh(kind).close();
    return true;
  } catch {
    return false;
  }
}

const hasTls = readFileSync('/proc/sys/net/ipv4/tcp_available_ulp', 'utf8').split(/\s/).includes('tls');
describe.runIf(process.getuid?.() === 0)('after what it needs (as root)', () => {
  for (const option of dependent) {
    it(option.name, (context) => {
      if (option.level === 'SOL_TLS' && !hasTls) context.skip('no kernel TLS in this kernel');
      const kind = option.declaration.sampleOn ?? (option.kinds[0] as Kind);
      if (!makeable(kind)) context.skip(`no ${kind} socket in this kernel`);
      using socket = fresh(kind);
      try {
        for (const [name, value] of Object.entries(option.declaration.after ?? {}))
          set(socket, lookup(name) as AnyOption, value);
        get(socket, option);
      } catch (error) {
        const absent = (error as { code?: string }).code === 'ENOPROTOOPT' && option.declaration.since !== undefined;
        if (absent) context.skip(`this kernel has no ${option.name} (Linux ${option.declaration.since})`);
        throw error;
      }
    });
  }
});
