// Filters on real sockets: a python3 sets options, and exactly its sockets that have them are selected.
import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { parseFilter } from '../../src/live/filter/index.ts';
import { LiveSocket } from '../../src/live/socket.ts';
import { sockets } from '../../src/live/sockets.ts';
import { hasPython } from '../helpers.ts';
import { type Python, python } from './check-programs.ts';

const possible = process.platform === 'linux' && hasPython && process.getuid?.() === 0;

describe.skipIf(!possible)('sockets of a python3 (needs root, for TCP_CONGESTION and the owners)', () => {
  let program: Python;
  /** The inodes of the program's sockets by name. */
  let inodes: Record<string, number>;
  /** The same as a listing has them that no filter narrows. */
  let all: LiveSocket[];

  beforeAll(async () => {
    program = await python();
    const lines = [
      'def tcp():\n  s = socket()\n  s.connect(server.getsockname())\n  return s',
      "server = socket(); server.bind(('127.0.0.1', 0)); server.listen()",
      'a, b, c = tcp(), tcp(), tcp(); accepted = [server.accept()[0] for _ in range(3)]',
      'a.setsockopt(SOL_SOCKET, SO_KEEPALIVE, 1); a.setsockopt(IPPROTO_TCP, TCP_KEEPIDLE, 90)',
      'b.setsockopt(IPPROTO_TCP, TCP_NODELAY, 1); b.setsockopt(IPPROTO_TCP, TCP_USER_TIMEOUT, 30000)',
      "c.setsockopt(SOL_SOCKET, SO_LINGER, struct.pack('ii', 1, 5)); c.setsockopt(IPPROTO_TCP, TCP_CONGESTION, b'reno')",
      "a.sendall(b'x' * 1000)",
      'udp = socket(AF_INET, SOCK_DGRAM); udp.bind(("127.0.0.1", 0)); udp.setsockopt(SOL_SOCKET, SO_RCVBUF, 100000)',
      'udp6 = socket(AF_INET6, SOCK_DGRAM); udp6.connect(("::1", udp.getsockname()[1]))',
      'local = socket(AF_UNIX); local.bind("\\0filter-test-%d" % os.getpid()); local.listen()',
      'everything = dict(server=server, a=a, b=b, c=c, udp=udp, udp6=udp6, local=local)',
      'everything.update(a2=accepted[0], b2=accepted[1], c2=accepted[2])',
    ];
    for (const line of lines) await program.run(line);
    inodes = await program.value('{name: os.fstat(s.fileno()).st_ino for name, s in everything.items()}');
    const wanted = new Set(Object.values(inodes));
    const list = sockets({ info: true, memory: true, congestion: true });
    all = [...list].filter(({ inode }) => wanted.has(inode));
    expect(all).toHaveLength(wanted.size);
  });
  afterAll(() => program?.end());

  const names = (found: Iterable<LiveSocket>): string[] => {
    const byInode = new Map(Object.entries(inodes).map(([name, inode]) => [inode, name]));
    return [...found].flatMap(({ inode }) => byInode.get(inode) ?? []).sort();
  };
  const selected = (where: string): string[] => names(sockets({ where }));

  const tcp = ['a', 'a2', 'b', 'b2', 'c', 'c2'];
  test.each([
    ['SO_KEEPALIVE=on', ['a']],
    ['SO_KEEPALIVE=on and TCP_KEEPIDLE > 60s', ['a']],
    ['TCP_KEEPIDLE 60-100', ['a']],
    ['proto tcp and SO_KEEPALIVE=off', [...tcp.slice(1), 'server']],
    ['TCP_NODELAY=on', ['b']],
    ['not TCP_NODELAY=on', ['a', 'a2', 'b2', 'c', 'c2', 'server']],
    ['TCP_NODELAY=on or SO_LINGER.on=on', ['b', 'c']],
    ['TCP_USER_TIMEOUT 1s-40s', ['b']],
    ['SO_LINGER = 5s', ['c']],
    ['TCP_CONGESTION = reno', ['c']],
    ['congestion re*', ['c']],
    ['SO_RCVBUF = 200000', ['udp']],
    ['SO_RCVBUF >= 200kB and proto udp and SO_RCVBUF < 200001', ['udp']],
    ['state listen', ['local', 'server']],
    ['state listen and proto tcp', ['server']],
    ['state established', tcp],
    ['kind udp6 and state connected', ['udp6']],
    ['side client', ['a', 'b', 'c']],
    ['side accepted and SO_KEEPALIVE=off', ['a2', 'b2', 'c2']],
    ['remote 127.0.0.0/8', tcp],
    ['remote [::1]', ['udp6']],
    ['local 127.0.0.1 and not has remote', ['server', 'udp']],
    ['path @filter-test-*', ['local']],
    ['recvq > 999B and state established', ['a2']],
    ['rtt > 0us and rtt < 1h', tcp],
    ['bytes_acked > 999 and bytes_sent >= 1kB', ['a']],
    ['info.options = SACK|TIMESTAMPS', tcp],
    ['memory.rcvbuf = 200000', ['udp']],
    ['timer keepalive', ['a']],
    ['proto tcp and timer none', [...tcp.slice(1), 'server']],
    ['user root', [...tcp, 'local', 'server', 'udp', 'udp6']],
    ['user != root', []],
    ['SO_TYPE = dgram', ['udp', 'udp6']],
    ['SO_DOMAIN = AF_UNIX', ['local']],
  ])('%s', async (where, expected) => {
    // Of all that the machine has; those of others are not looked at.
    const mine = `pid ${program.pid} and (${where})`;
    expect(selected(mine)).toEqual([...expected].sort());
    // What is left out of the listing (other states and protocols) would not have been selected either.
    const filter = parseFilter(mine);
    expect(names(all.filter((socket) => filter.test(socket) === true))).toEqual([...expected].sort());
  });

  test('by process, descriptor, inode and port', async () => {
    const { pid } = program;
    expect(selected(`process python3* and inode ${inodes.a}`)).toEqual(['a']);
    expect(selected(`process nothing-is-called-so`)).toEqual([]);
    const fd = (await program.value('b.fileno()')) as number;
    expect(selected(`pid ${pid} and fd ${fd}`)).toEqual(['b']);
    const port = (await program.value('server.getsockname()[1]')) as number;
    expect(selected(`port ${port}`)).toEqual([...tcp, 'server'].sort());
    expect(selected(`remote port ${port}`)).toEqual(['a', 'b', 'c']);
    expect(selected(`sport = :${port} and state = estab`)).toEqual(['a2', 'b2', 'c2']);
  });

  test('a socket that nobody has any more has no options: neither with nor without', async () => {
    await program.run(
      'gone = tcp(); left = gone.getsockname()[1]; other = server.accept()[0]; gone.close(); other.close()',
    );
    const port = (await program.value('left')) as number;
    await vi.waitFor(() => {
      expect([...sockets({ where: `state time-wait and local port ${port}` })]).toHaveLength(1);
    });
    for (const where of [
      'SO_KEEPALIVE=on',
      'not SO_KEEPALIVE=on',
      'SO_KEEPALIVE != on',
      'has SO_KEEPALIVE',
      'has pid',
    ]) {
      expect([...sockets({ where: `state time-wait and local port ${port} and ${where}` })], where).toHaveLength(0);
    }
  });

  test('one descriptor is borrowed for all options, none where no option can change the verdict, and none stays', () => {
    const borrowed = vi.spyOn(LiveSocket.prototype, 'borrow');
    const [socket] = [...sockets({ where: `inode ${inodes.a}` })];
    const open = (): string[] => readdirSync('/proc/self/fd');
    const before = open().length;
    const count = (where: string): number => {
      borrowed.mockClear();
      parseFilter(where).test(socket as LiveSocket);
      return borrowed.mock.calls.length;
    };
    expect(count('SO_KEEPALIVE=on and TCP_NODELAY=off and TCP_KEEPIDLE > 5 and SO_LINGER = off')).toBe(1);
    expect(count('SO_KEEPALIVE=on and proto udp')).toBe(0);
    expect(count('SO_KEEPALIVE=on or proto tcp')).toBe(0);
    expect(count('TCP_NODELAY=off and state listen')).toBe(0);
    // Not an option of this socket, and one that the kernel refuses: both are not known.
    expect(count('UDP_SEGMENT=1')).toBe(0);
    expect(count('TCP_ULP=tls or SO_PEERSEC=x or TCP_NODELAY=on')).toBeLessThanOrEqual(1);
    expect(open()).toHaveLength(before);
    borrowed.mockRestore();
  });

  test('a filter that cannot be read is refused before anything is listed', () => {
    expect(() => sockets({ where: 'port' })).toThrow('the filter is wrong at character 5');
  });

  test('asks for what it needs, and adds it to what was asked for', () => {
    const [socket] = [...sockets({ where: `inode ${inodes.a} and rtt > 0`, memory: true })];
    expect(socket?.info?.rtt).toBeGreaterThan(0);
    expect(socket?.memory?.rcvbuf).toBeGreaterThan(0);
    expect([...sockets({ proto: 'udp', where: 'rtt > 0' })]).toEqual([]);
    expect(
      names(sockets({ proto: ['udp', 'tcp'], state: 'listen', where: `pid ${program.pid} and proto tcp` })),
    ).toEqual(['server']);
  });
});
