// Every kind of socket that this kernel makes, made by python3: sockets() lists it as its program, ss and lsof see it.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getsockopt, type LiveSocket, SO_COOKIE, SO_DOMAIN, SO_PROTOCOL, SO_TYPE, sockets } from '../../src/index.ts';
import { hasPython } from '../helpers.ts';
import { enterNetwork } from '../socket/datagram-netns.ts';
import { type Python, python } from './check-programs.ts';

/** What python3 says of one of its sockets. */
interface Made {
  fd: number;
  inode: number;
  family: number;
  type: number;
  protocol: number;
}

// Each name is made where the kernel can; what it cannot make is missing from the answer.
const make = `
def every(folder):
    made = {}
    kept = []
    def keep(name, *ends):
        kept.extend(ends)
        made[name] = [dict(fd=s.fileno(), inode=os.fstat(s.fileno()).st_ino, family=int(s.family), type=int(s.type),
                           protocol=s.proto) for s in ends]
    def tcp(name, family, host, proto=0):
        server = socket(family, SOCK_STREAM, proto)
        server.bind((host, 0))
        server.listen(7)
        client = socket(family, SOCK_STREAM, proto)
        client.connect(server.getsockname()[:2])
        keep(name, server, client, server.accept()[0])
    def one(name, *sort, then=None):
        s = socket(*sort)
        if then: then(s)
        keep(name, s)
    def attempt(act, *args, **more):
        try: act(*args, **more)
        except OSError: pass
    attempt(tcp, 'tcp', AF_INET, '127.0.0.1')
    attempt(tcp, 'tcp6', AF_INET6, '::1')
    attempt(tcp, 'mptcp', AF_INET, '127.0.0.1', 262)
    attempt(one, 'tcp fresh', AF_INET, SOCK_STREAM)
    attempt(one, 'tcp bound', AF_INET, SOCK_STREAM, then=lambda s: s.bind(('127.0.0.1', 0)))
    attempt(one, 'udp', AF_INET, SOCK_DGRAM, then=lambda s: s.bind(('127.0.0.1', 0)))
    attempt(one, 'udp connected', AF_INET, SOCK_DGRAM, then=lambda s: s.connect(('127.0.0.1', 9)))
    attempt(one, 'udp fresh', AF_INET, SOCK_DGRAM)
    attempt(one, 'udp6', AF_INET6, SOCK_DGRAM, then=lambda s: s.bind(('::1', 0)))
    attempt(one, 'udplite', AF_INET, SOCK_DGRAM, 136, then=lambda s: s.bind(('127.0.0.1', 0)))
    attempt(one, 'raw', AF_INET, SOCK_RAW, 1)
    attempt(one, 'raw6', AF_INET6, SOCK_RAW, 58)
    attempt(one, 'packet', AF_PACKET, SOCK_RAW, 0)
    attempt(one, 'packet bound', AF_PACKET, SOCK_DGRAM, then=lambda s: s.bind(('lo', 0x0800)))
    attempt(one, 'netlink', AF_NETLINK, SOCK_RAW, 0, then=lambda s: s.bind((0, 1)))
    attempt(one, 'vsock', AF_VSOCK, SOCK_STREAM, then=lambda s: s.bind((0xffffffff, 0xffffffff)))
    attempt(one, 'vsock fresh', AF_VSOCK, SOCK_STREAM)
    attempt(one, 'xdp', 44, SOCK_RAW)
    attempt(one, 'icmp', AF_INET, SOCK_DGRAM, 1)
    attempt(one, 'alg', AF_ALG, SOCK_SEQPACKET)
    attempt(one, 'can', AF_CAN, SOCK_RAW)
    attempt(one, 'tipc', AF_TIPC, SOCK_STREAM)
    def listener(path):
        server = socket(AF_UNIX, SOCK_STREAM)
        server.bind(path)
        server.listen(3)
        client = socket(AF_UNIX, SOCK_STREAM)
        client.connect(path)
        return server, client, server.accept()[0]
    keep('unix', *listener(folder + '/stream'))
    keep('unix abstract', *listener('\\0sockctl-test-' + str(os.getpid())))
    keep('unix pair', *socketpair(AF_UNIX, SOCK_STREAM))
    keep('unix-dgram', *socketpair(AF_UNIX, SOCK_DGRAM))
    keep('unix-seqpacket', *socketpair(AF_UNIX, SOCK_SEQPACKET))
    one('unix-dgram bound', AF_UNIX, SOCK_DGRAM, then=lambda s: s.bind(folder + '/dgram'))
    one('unix fresh', AF_UNIX, SOCK_STREAM)
    globals()['kept'] = kept
    return made
`;

const available = process.platform === 'linux' && process.getuid?.() === 0 && hasPython && enterNetwork();

describe.skipIf(!available)('needs root, python3 and a network namespace: every kind of socket', () => {
  let program: Python;
  let made: Record<string, Made[]>;
  let folder: string;
  const byInode = new Map<number, LiveSocket[]>();

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'sockctl-kinds-'));
    program = await python();
    await program.run(make);
    made = await program.value(`every(${JSON.stringify(folder)})`);
    for await (const socket of sockets({ info: true, memory: true, congestion: true, pid: program.pid })) {
      byInode.set(socket.inode, [...(byInode.get(socket.inode) ?? []), socket]);
    }
  });
  afterAll(async () => {
    await program?.end();
    if (folder) rmSync(folder, { recursive: true });
  });

  /** The records of a socket; one, but for MPTCP, whose connections have its file too. */
  const recordsOf = (name: string, index = 0): LiveSocket[] => {
    const one = made[name]?.[index];
    return one ? (byInode.get(one.inode) ?? []) : [];
  };
  const recordOf = (name: string, index = 0): LiveSocket => {
    const [record, ...more] = recordsOf(name, index);
    expect(record, `${name} is not listed`).toBeDefined();
    expect(more, `${name} is listed more than once`).toEqual([]);
    return record as LiveSocket;
  };

  it('lists every descriptor of the program that is a socket, and nothing else as its own', async () => {
    // The descriptor of the folder itself is closed by the time it is asked for.
    await program.run('link = lambda fd: os.readlink(fd) if os.path.islink(fd) else ""');
    const fds = await program.value("{fd: link('/proc/self/fd/' + fd) for fd in os.listdir('/proc/self/fd')}");
    const expected = Object.values(fds as Record<string, string>).flatMap((link) => {
      const found = /^socket:\[(\d+)\]$/.exec(link);
      return found ? [Number(found[1])] : [];
    });
    expect([...byInode.keys()].sort()).toEqual([...new Set(expected)].sort());
  });

  it.each([
    ['tcp', 'tcp'],
    ['tcp6', 'tcp6'],
    ['tcp fresh', 'tcp'],
    ['tcp bound', 'tcp'],
    ['udp', 'udp'],
    ['udp connected', 'udp'],
    ['udp fresh', 'udp'],
    ['udp6', 'udp6'],
    ['udplite', 'udplite'],
    ['raw', 'raw'],
    ['raw6', 'raw6'],
    ['packet', 'packet'],
    ['packet bound', 'packet'],
    ['netlink', 'netlink'],
    ['vsock', 'vsock'],
    ['vsock fresh', 'vsock'],
    ['xdp', 'xdp'],
    ['icmp', 'icmp'],
    ['alg', 'family-38'],
    ['can', 'family-29'],
    ['tipc', 'family-30'],
    ['unix', 'unix'],
    ['unix abstract', 'unix'],
    ['unix pair', 'unix'],
    ['unix-dgram', 'unix-dgram'],
    ['unix-seqpacket', 'unix-seqpacket'],
    ['unix-dgram bound', 'unix-dgram'],
    ['unix fresh', 'unix'],
  ])('%s has its kind, owner, user and options', (name, kind) => {
    for (const [index, one] of (made[name] ?? []).entries()) {
      const record = recordOf(name, index);
      expect(record.kind).toBe(kind);
      expect(record.owners).toEqual([
        { pid: program.pid, fd: one.fd, process: 'python3', start: expect.any(Number) as number },
      ]);
      expect([undefined, 0]).toContain(record.uid);
      record.borrow((socket) => {
        expect(socket.inode).toBe(one.inode);
        expect(getsockopt(socket, SO_DOMAIN)).toBe(one.family);
        expect(getsockopt(socket, SO_TYPE)).toBe(one.type);
        const [family, type, protocol] = record.sort;
        expect([family, type]).toEqual([one.family, one.type]);
        if (kind !== 'packet') expect(getsockopt(socket, SO_PROTOCOL)).toBe(protocol);
        // Where the table tells a cookie, it is the socket's own.
        if (record.cookie !== undefined) expect(getsockopt(socket, SO_COOKIE)).toBe(record.cookie);
      });
      expect(record.changed()).toEqual(expect.any(Array));
    }
  });

  it('names what this kernel cannot make', (context) => {
    const missing = ['mptcp', 'udplite', 'vsock', 'xdp', 'icmp', 'alg', 'can', 'tipc'].filter((name) => !made[name]);
    if (missing.length > 0) context.skip(`this kernel, or this user's group, makes no ${missing.join(', ')}`);
  });

  it('states and addresses are the program’s', async () => {
    const states = (name: string): string[] => (made[name] ?? []).map((_, index) => recordOf(name, index).state);
    expect(states('tcp')).toEqual(['LISTEN', 'ESTABLISHED', 'ESTABLISHED']);
    expect(states('tcp fresh')).toEqual(['CLOSE']);
    expect(states('tcp bound')).toEqual(['CLOSE']);
    expect(states('udp')).toEqual(['BOUND']);
    expect(states('udp connected')).toEqual(['CONNECTED']);
    expect(states('udp fresh')).toEqual(['UNCONNECTED']);
    expect(states('unix')).toEqual(['LISTEN', 'CONNECTED', 'CONNECTED']);
    expect(states('unix pair')).toEqual(['CONNECTED', 'CONNECTED']);
    expect(states('unix fresh')).toEqual(['UNCONNECTED']);
    expect(states('unix-dgram bound')).toEqual(['BOUND']);
    expect(states('netlink')).toEqual(['BOUND']);
    expect(states('packet bound')).toEqual(['BOUND']);

    const names = (await program.value(
      '{str(s.fileno()): s.getsockname()[:2] for s in kept if s.family in (AF_INET, AF_INET6) and s.type != SOCK_RAW}',
    )) as Record<string, [string, number]>;
    let compared = 0;
    for (const name of ['tcp', 'tcp6', 'tcp bound', 'udp', 'udp connected', 'udp6']) {
      for (const [index, { fd }] of (made[name] as Made[]).entries()) {
        const [address, port] = names[fd] as [string, number];
        expect(recordOf(name, index).local, name).toMatchObject({ address, port });
        compared++;
      }
    }
    expect(compared).toBe(10);
    const [, client, accepted] = [0, 1, 2].map((index) => recordOf('tcp', index)) as LiveSocket[];
    expect(client?.remote).toEqual(accepted?.local);
    expect(accepted?.remote).toEqual(client?.local);
    expect(recordOf('tcp fresh').local).toBeUndefined();
  });

  it('unix names: a path, an abstract one, none; and who is at the other end', () => {
    expect(recordOf('unix').local).toEqual({ family: 'unix', path: `${folder}/stream` });
    expect(recordOf('unix abstract').local).toEqual({ family: 'unix', path: `\0sockctl-test-${program.pid}` });
    expect(recordOf('unix pair').local).toBeUndefined();
    const [a, b] = made['unix pair'] as [Made, Made];
    expect(recordOf('unix pair', 0).peer).toBe(b.inode);
    expect(recordOf('unix pair', 1).peer).toBe(a.inode);
  });

  it('a raw socket has its protocol, and the default of that protocol', () => {
    expect(recordOf('raw').sort).toEqual([2, 3, 1]);
    // A socket of IPPROTO_RAW would have IP_HDRINCL on.
    expect(recordOf('raw').changed()).toEqual([]);
  });

  it('packet and netlink sockets say where they are bound', () => {
    expect(recordOf('packet bound')).toMatchObject({ interface: 1, local: { family: 'packet', ifindex: 1 } });
    expect(recordOf('netlink').local).toMatchObject({ family: 'netlink', groups: 1 });
  });

  it('MPTCP: the socket, and the TCP connection below it, which is not taken for it', (context) => {
    if (!made.mptcp) context.skip('this kernel has no MPTCP');
    const records = recordsOf('mptcp', 1);
    expect(records.map(({ kind }) => kind).sort()).toEqual(['mptcp', 'tcp']);
    const of = (kind: string): LiveSocket => records.find((record) => record.kind === kind) as LiveSocket;
    expect(of('mptcp').borrow((socket) => getsockopt(socket, SO_PROTOCOL))).toBe(262);
    expect(() => of('tcp').borrow()).toThrow(/one path of an MPTCP connection/);
    expect(of('tcp').info?.state).toBe(1);
  });

  it('TCP_INFO, SO_MEMINFO and the congestion control are those of the socket', () => {
    const record = recordOf('tcp', 1);
    expect(record.infoOf('snd_mss')).toBe(record.info?.snd_mss);
    expect(record.info?.bytes_received).toBe(0n);
    expect(record.congestion).toMatch(/^[a-z]+$/);
    expect(record.memory?.rcvbuf).toBeGreaterThan(0);
    expect(recordOf('udp').info).toBeUndefined();
    expect(recordOf('unix').memory?.sndbuf).toBeGreaterThan(0);
  });

  it('ss lists the same inodes, with the same states and queues', () => {
    const lines = execFileSync('ss', ['-tuwxaneH'], { encoding: 'utf8' }).trim().split('\n');
    const words: Record<string, string[]> = {
      ESTAB: ['ESTABLISHED', 'CONNECTED'],
      LISTEN: ['LISTEN'],
      UNCONN: ['CLOSE', 'BOUND', 'UNCONNECTED', 'CONNECTED'],
    };
    const told = new Map<number, string[]>();
    for (const line of lines) {
      const fields = line.trim().split(/\s+/);
      const inode = fields[0]?.startsWith('u_') ? Number(fields[5]) : Number(/ino:(\d+)/.exec(line)?.[1] ?? 0);
      if (inode !== 0) told.set(inode, fields);
    }
    let compared = 0;
    for (const [name, ends] of Object.entries(made)) {
      // ss does not ask for TCP sockets that are bound and no more, and tells no inode of raw ones.
      if (!/^(tcp6?|udp6?|unix|udp connected|unix (pair|abstract))$/.test(name)) continue;
      for (const [index, { inode }] of ends.entries()) {
        const record = recordOf(name, index);
        const [, state, received, sent] = told.get(inode) ?? [];
        expect(words[state as string], `${name} ${state}`).toContain(record.state);
        expect([record.recvQueue, record.sendQueue], name).toEqual([received, sent].map(Number));
        compared++;
      }
    }
    expect(compared).toBe(17);
  });

  it('lsof finds the same descriptors', (context) => {
    if (spawnSync('lsof', ['-v']).error) context.skip('no lsof here');
    // -F: a line for each field; f the descriptor, i the inode, t the type.
    const text = execFileSync('lsof', ['-nP', '-p', String(program.pid), '-Ffi'], { encoding: 'utf8' });
    const listed = [...text.matchAll(/^f(\d+)\n(?:i(\d+))?/gm)].map(([, fd]) => Number(fd));
    const ours = [...byInode.values()].flatMap((records) => (records[0] as LiveSocket).owners.map(({ fd }) => fd));
    expect(listed).toEqual(expect.arrayContaining(ours));
  });
});
