// Connections in every state that can be made to last, and what the kernel tells of each: queues, timers, owners.
import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LiveSocket, type SocketsOptions, sockets } from '../../src/index.ts';
import { hasPython } from '../helpers.ts';
import { enterNetwork, ip } from '../socket/datagram-netns.ts';
import { type Python, python } from './check-programs.ts';

const make = `
def connected(family=AF_INET, host='127.0.0.1'):
    server = socket(family, SOCK_STREAM)
    server.bind((host, 0))
    server.listen(5)
    client = socket(family, SOCK_STREAM)
    client.connect(server.getsockname())
    accepted = server.accept()[0]
    return server, client, accepted
kept = []
port = lambda s: s.getsockname()[1]
inode = lambda s: os.fstat(s.fileno()).st_ino
`;

const available = process.platform === 'linux' && process.getuid?.() === 0 && hasPython && enterNetwork();

describe.skipIf(!available)('needs root, python3 and a network namespace: states', () => {
  let program: Python;
  beforeAll(async () => {
    // An address whose packets go nowhere.
    ip('link', 'add', 'nowhere', 'type', 'bridge');
    ip('addr', 'add', '192.0.2.1/24', 'dev', 'nowhere');
    ip('link', 'set', 'nowhere', 'up');
    ip('neigh', 'add', '192.0.2.9', 'lladdr', '02:00:00:00:00:09', 'dev', 'nowhere');
    program = await python();
    await program.run(make);
  });
  afterAll(() => program?.end());

  const list = async (options: SocketsOptions = {}): Promise<LiveSocket[]> => {
    const found: LiveSocket[] = [];
    for await (const socket of sockets({ proto: 'tcp', namespace: 'own', info: true, ...options })) found.push(socket);
    return found;
  };
  const portOf = (end: LiveSocket['local']): number | undefined => (end && 'port' in end ? end.port : undefined);
  /** Looks until there is one: what the kernel does on its own takes its time. */
  const eventually = async (options: SocketsOptions, is: (socket: LiveSocket) => boolean): Promise<LiveSocket> => {
    for (;;) {
      const found = (await list(options)).find(is);
      if (found) return found;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  const byInode = async (expression: string, options: SocketsOptions = {}): Promise<LiveSocket> => {
    const inode = (await program.value(`inode(${expression})`)) as number;
    return (await list(options)).find((socket) => socket.inode === inode) as LiveSocket;
  };

  it('TIME_WAIT: no file, no owner, no user, a timer; it cannot be borrowed', async () => {
    await program.run('s, c, a = connected(); p = port(c); c.close(); a.close(); s.close()');
    const local = (await program.value('p')) as number;
    const socket = await eventually({ state: 'time-wait' }, (one) => portOf(one.local) === local);
    expect(socket).toMatchObject({ inode: 0, uid: undefined, owners: [], info: undefined });
    expect(socket.timer).toMatchObject({ kind: 'time-wait' });
    expect(socket.timer?.expires).toBeGreaterThan(0);
    expect(socket.timer?.expires).toBeLessThanOrEqual(60_000);
    expect(() => socket.borrow()).toThrow(/no process has it any more/);
  });

  it('SYN_SENT: the SYN is sent again by a timer', async () => {
    await program.run("syn = socket(); syn.setblocking(False); syn.connect_ex(('192.0.2.9', 81))");
    const socket = await byInode('syn', { state: 'SYN_SENT' });
    expect(socket).toMatchObject({ state: 'SYN_SENT', remote: { family: 'inet', address: '192.0.2.9', port: 81 } });
    expect(socket.timer).toMatchObject({ kind: 'retransmit' });
    expect(socket.infoOf('unacked')).toBe(1);
    await program.run('syn.close()');
  });

  it('a listener: who waits, and how many may', async () => {
    await program.run(`
listener = socket(); listener.bind(('127.0.0.1', 0)); listener.listen(9)
waiting = [create_connection(listener.getsockname()) for _ in range(3)]`);
    const socket = await byInode('listener', { state: 'listen' });
    expect([socket.recvQueue, socket.sendQueue, socket.state]).toEqual([3, 9, 'LISTEN']);
    // Connections that were not accepted have no file, and yet bytes may wait in them.
    const port = (await program.value('port(listener)')) as number;
    const early = (await list({ state: 'ESTABLISHED' })).filter(({ local }) => portOf(local) === port);
    expect(early.map(({ inode, owners }) => [inode, owners])).toEqual([1, 2, 3].map(() => [0, []]));
    await program.run('listener.close(); [s.close() for s in waiting]');
  });

  it('the queues are the bytes that nobody has read, and those that nobody has acknowledged', async () => {
    await program.run("s, c, a = connected(); c.sendall(b'x' * 1234); kept = [s, c, a]");
    const receiver = await eventually({ memory: true }, (socket) => socket.recvQueue === 1234);
    expect(receiver.inode).toBe(await program.value('inode(a)'));
    expect(receiver.memory?.rmem_alloc).toBeGreaterThan(1233);
    await program.run('s.close(); c.setsockopt(SOL_SOCKET, SO_SNDBUF, 65536); c.setblocking(False)');
    const sent = (await program.value(
      "(lambda f: f(f, 0))(lambda f, n: f(f, n + c.send(b'y' * 4096)) if n < 40960 else n)",
    )) as number;
    expect(sent).toBe(40960);
    const sender = await byInode('c');
    const reader = await byInode('a');
    expect((sender.sendQueue as number) + (reader.recvQueue as number)).toBe(sent + 1234);
    await program.run('c.close(); a.close()');
  });

  it('an orphan keeps its bytes, and its user, but no process', async () => {
    // The peer's window is closed: the rest of the bytes must wait, whoever has closed.
    await program.run(`
s, c, a = connected()
a.setsockopt(SOL_SOCKET, SO_RCVBUF, 4096)
c.setblocking(False)
p = port(c)
try:
    while True: c.send(b'z' * 65536)
except BlockingIOError: pass
c.close()`);
    const local = (await program.value('p')) as number;
    const orphan = await eventually({}, (socket) => portOf(socket.local) === local && socket.state === 'FIN_WAIT1');
    expect(orphan).toMatchObject({ inode: 0, owners: [], uid: 0 });
    expect(orphan.sendQueue).toBeGreaterThan(0);
    expect(() => orphan.borrow()).toThrow(/ERR_NO_SOCKET|no process has it any more/);
    await program.run('a.close(); s.close()');
  });

  it('keepalive shows as a timer, with the time that was set', async () => {
    await program.run(`
s, c, a = connected()
c.setsockopt(SOL_SOCKET, SO_KEEPALIVE, 1); c.setsockopt(IPPROTO_TCP, TCP_KEEPIDLE, 77)`);
    const { timer } = await byInode('c');
    expect(timer).toMatchObject({ kind: 'keepalive', retries: 0 });
    expect(timer?.expires).toBeGreaterThan(60_000);
    expect(timer?.expires).toBeLessThanOrEqual(77_000);
    await program.run('s.close(); c.close(); a.close()');
  });

  it('link-local addresses have their interface', async () => {
    const address = /inet6 (fe80::\S+)\/64/.exec(ip('-6', 'addr', 'show', 'nowhere'))?.[1] as string;
    const index = Number(ip('-o', 'link', 'show', 'nowhere').split(':')[0]);
    await program.run(`
import time
def link():
    # The address is tentative at first.
    while True:
        s = socket(AF_INET6)
        try:
            s.bind(('${address}', 0, 0, ${index}))
            break
        except OSError: time.sleep(0.05)
    s.listen()
    return s
local = link()`);
    const socket = await byInode('local');
    expect(socket).toMatchObject({ interface: index, local: { family: 'inet6', address, scopeId: index } });
    await program.run('local.close()');
  });

  it('IPv4 on a socket of both families is IPv6 with an address of IPv4', async () => {
    await program.run(`
both = socket(AF_INET6); both.bind(('::', 0)); both.listen()
four = create_connection(('127.0.0.1', port(both))); there = both.accept()[0]`);
    const listener = await byInode('both');
    expect(listener).toMatchObject({ kind: 'tcp6', local: { family: 'inet6', address: '::' } });
    const accepted = await byInode('there');
    expect(accepted).toMatchObject({ kind: 'tcp6', remote: { family: 'inet6', address: '::ffff:127.0.0.1' } });
    const client = await byInode('four');
    expect(client).toMatchObject({ kind: 'tcp', remote: { family: 'inet', address: '127.0.0.1' } });
    await program.run('both.close(); four.close(); there.close()');
  });

  it('a socket that several processes have names them all, and goes on when one has ended', async () => {
    await program.run(`
shared = socket(); shared.bind(('127.0.0.1', 0)); shared.listen()
copy = os.dup(shared.fileno())
child = os.fork()
if child == 0:
    import signal
    signal.pause()`);
    const child = (await program.value('child')) as number;
    const [fd, copy] = (await program.value('[shared.fileno(), copy]')) as [number, number];
    const socket = await byInode('shared');
    expect(socket.owners.map(({ pid, fd }) => [pid, fd])).toEqual(
      [program.pid, child].sort((a, b) => a - b).flatMap((pid) => [fd, copy].map((one) => [pid, one])),
    );
    await program.run('os.kill(child, 9); os.waitpid(child, 0)');
    // The list is from before; the socket is the same, and one of its processes still has it.
    expect(socket.borrow(({ of }) => of.pid)).toBe(program.pid);
    expect((await byInode('shared')).owners.map(({ pid }) => pid)).toEqual([program.pid, program.pid]);
    await program.run('os.close(copy); shared.close()');
  });

  it('CLOSE asks for bound ones too; a state of others than TCP is one of theirs', async () => {
    await program.run("bound = socket(); bound.bind(('127.0.0.1', 0))");
    expect((await byInode('bound', { state: 'close' })).state).toBe('CLOSE');
    const states = new Set((await list({ proto: ['unix', 'udp'], state: 'listen' })).map(({ state }) => state));
    expect([...states].every((state) => state === 'LISTEN')).toBe(true);
    expect(() => sockets({ state: 'bogus' })).toThrow(/there is no state bogus|no state/);
  });

  it('ss counts the same sockets', async () => {
    const count = (await list({ state: ['ESTABLISHED', 'LISTEN', 'TIME_WAIT'] })).length;
    const lines = execFileSync('ss', ['-tanH', 'state', 'established', 'state', 'listening', 'state', 'time-wait']);
    expect(lines.toString().split('\n').length - 1).toBe(count);
  });
});
