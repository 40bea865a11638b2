// sockctl ps: sockets of python3 programs, as their own calls, ss and lsof tell of them; filters, columns, order.
import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasPython } from '../helpers.ts';
import { type Python, python } from '../live/check-programs.ts';
import { installed, listed, type Result, sockctl } from './sockctl.ts';

const setUp = `
l = socket(); l.bind(('127.0.0.1', 0)); l.listen(77)
c = socket(); c.setsockopt(SOL_SOCKET, SO_KEEPALIVE, 1); c.setsockopt(IPPROTO_TCP, TCP_KEEPIDLE, 99)
c.connect(l.getsockname()); a = l.accept()[0]; a.setsockopt(IPPROTO_TCP, TCP_NODELAY, 1); c.sendall(b'x' * 33)
u = socket(AF_INET6, SOCK_DGRAM); u.bind(('::1', 0)); copy = os.dup(u.fileno())
n = socket(AF_UNIX); n.bind('\\0sockctl ps ' + str(os.getpid())); n.listen(3)
v = socket(AF_UNIX); v.connect(n.getsockname()); w = n.accept()[0]
f = socket(AF_INET, SOCK_DGRAM)
`;

const rows = ({ stdout }: Result): string[][] =>
  stdout
    .trimEnd()
    .split('\n')
    .map((line) => line.trim().split(/ {2,}/));

describe.skipIf(!hasPython || process.platform !== 'linux')('ps (needs python3)', () => {
  let program: Python;
  let port: number;
  let pid: string;

  beforeAll(async () => {
    program = await python();
    for (const line of setUp.trim().split('\n')) await program.run(line);
    port = await program.value('l.getsockname()[1]');
    pid = String(program.pid);
  });
  afterAll(() => program?.end());

  const fd = (name: string): Promise<number> => program.value(`${name}.fileno()`);

  test('has every socket of a process, with the keys that the page names', async () => {
    // Its standard streams are sockets too: those of the test.
    const all = listed('--pid', pid, 'fd > 2');
    const fds = await program.value('[s.fileno() for s in (l, c, a, u, n, v, w, f)]');
    expect(all.map(({ owners }) => owners[0].fd).sort()).toEqual([...fds].sort());
    for (const one of all) {
      expect(Object.keys(one)).toEqual([
        ...['namespace', 'proto', 'kind', 'state', 'local', 'remote', 'recvq', 'sendq', 'uid', 'user', 'owners'],
        ...['interface', 'timer', 'inode', 'cookie', 'peer', 'options'],
      ]);
    }
  });

  test('--no-options writes each socket as the columns of its keys do', async () => {
    await program.run("s6 = socket(AF_INET6); s6.bind(('::1', 0)); s6.listen(1)");
    await program.run('c6 = socket(AF_INET6); c6.connect(s6.getsockname())');
    try {
      const keys = Object.keys(listed('--pid', pid, '--no-options')[0]).join(',');
      const written = (...args: string[]): string => {
        const { stdout } = sockctl('ps', '--pid', pid, ...args, '--json');
        return stdout.replace(/"expires":\d+/g, '"expires":0');
      };
      expect(written('--no-options')).toBe(written('--columns', keys));
      expect(written('--no-options', '--proto', 'xdp')).toBe('[\n]\n');
    } finally {
      await program.run('s6.close(); c6.close()');
    }
  });

  test('tells of a connection what its program has made of it', async () => {
    const [accepted] = listed('--port', `${port}`, '--state', 'established', '--local', `:${port}`);
    expect(accepted).toMatchObject({
      proto: 'tcp',
      kind: 'tcp',
      state: 'ESTABLISHED',
      local: { family: 'inet', address: '127.0.0.1', port },
      remote: { family: 'inet', address: '127.0.0.1', port: await program.value('c.getsockname()[1]') },
      recvq: 33,
      uid: process.getuid?.(),
      owners: [{ pid: program.pid, process: 'python3', fd: await fd('a') }],
      inode: await program.value('os.fstat(a.fileno()).st_ino'),
      options: [{ name: 'TCP_NODELAY', text: 'on', default: 'off' }],
    });
    const [client] = listed('--remote', `127.0.0.0/8:${port}`, '--state', 'ESTAB');
    expect(client.timer.kind).toBe('keepalive');
    expect(client.options.map(({ name, text }: { name: string; text: string }) => [name, text])).toEqual([
      ['SO_KEEPALIVE', 'on'],
      ['TCP_KEEPIDLE', '99'],
    ]);
  });

  test("a listener's queues are how many wait and how many may", () => {
    expect(listed('state', 'listen', 'and', 'port', `${port}`)).toMatchObject([{ recvq: 0, sendq: 77, remote: null }]);
  });

  test('a socket that is open twice has both descriptors', async () => {
    const [one] = listed('--pid', pid, '--proto', 'udp', '--state', 'bound');
    expect(one.kind).toBe('udp6');
    const fds = one.owners.map(({ fd }: { fd: number }) => fd);
    expect(fds.sort()).toEqual([await fd('u'), await program.value('copy')].sort());
    const { stdout } = sockctl('ps', '--pid', pid, '--proto', 'udp', '--state', 'bound', '--no-options');
    expect(stdout).toMatch(/ \d+\/\d+ \+1 /);
  });

  test('a unix socket tells who is at the other end', async () => {
    const name = await program.value('n.getsockname()[1:].decode()');
    const [client] = listed('--pid', pid, '--proto', 'unix', '--where', `fd=${await fd('v')}`);
    expect(client.peer).toEqual({
      inode: await program.value('os.fstat(w.fileno()).st_ino'),
      path: `\0${name}`,
      owners: [{ pid: program.pid, process: 'python3', fd: await fd('w') }],
    });
    const { stdout } = sockctl('ps', '--pid', pid, '--proto', 'unix', '--columns', 'fd,remote');
    expect(stdout).toContain(`@${name} (python3 ${pid}/${await fd('w')})`);
  });

  test.skipIf(!installed('ss'))(
    'agrees with ss on addresses, queues and inodes of all TCP sockets (needs ss)',
    async () => {
      const { stdout } = spawnSync('ss', ['-tanOHe', `sport = :${port} or dport = :${port}`], { encoding: 'utf8' });
      const told = stdout
        .trim()
        .split('\n')
        .map((line) => {
          const [, recvq, sendq, local, remote] = line.trim().split(/\s+/);
          return [recvq, sendq, local, remote?.replace('0.0.0.0:*', ''), /ino:(\d+)/.exec(line)?.[1]].join(' ');
        });
      const { stdout: ours } = sockctl(
        'ps',
        '--port',
        `${port}`,
        '--json',
        '--columns',
        'recvq,sendq,local,remote,inode',
      );
      const text = (end: { address: string; port: number } | null): string => (end ? `${end.address}:${end.port}` : '');
      const same = JSON.parse(ours).map(
        // biome-ignore lint/suspicious/noExplicitAny: the columns that were asked for
        (one: any) => [one.recvq, one.sendq, text(one.local), text(one.remote), one.inode].join(' '),
      );
      expect(same.sort()).toEqual(told.sort());
      expect(told).toHaveLength(3);
    },
  );

  test.skipIf(spawnSync('lsof', ['-v']).status !== 0)(
    'agrees with lsof on who has which descriptor (needs lsof)',
    () => {
      const { stdout } = spawnSync('lsof', ['-nP', '-a', '-p', pid, '-i', '-F', 'f'], { encoding: 'utf8' });
      const told = [...stdout.matchAll(/^f(\d+)$/gm)].map(([, one]) => Number(one));
      const ours = listed('--pid', pid, '--proto', 'tcp,udp', '--state', 'listen,established,bound').flatMap(
        ({ owners }) => owners.map(({ fd }: { fd: number }) => fd),
      );
      expect(ours.sort()).toEqual(told.sort());
    },
  );

  test('--option and --where read the options themselves', async () => {
    const fds = (...args: string[]) => listed('--pid', pid, ...args).map(({ owners }) => owners[0].fd);
    expect(fds('--option', 'TCP_NODELAY=on')).toEqual([await fd('a')]);
    expect(fds('--option', 'so_keepalive=on', '--option', 'TCP_KEEPIDLE=99')).toEqual([await fd('c')]);
    expect(fds('--where', `SO_KEEPALIVE=off and remote port ${await program.value('c.getsockname()[1]')}`)).toEqual([
      await fd('a'),
    ]);
    await program.run('a.setsockopt(IPPROTO_TCP, TCP_NODELAY, 0)');
    expect(fds('--option', 'TCP_NODELAY=on')).toEqual([]);
    await program.run('a.setsockopt(IPPROTO_TCP, TCP_NODELAY, 1)');
  });

  test('--process knows a process by its name, its program and its glob; --user by name and number', async () => {
    const has = (...args: string[]): boolean =>
      listed('--port', `${port}`, '--no-options', ...args).some(({ state }) => state === 'LISTEN');
    expect(has('--process', 'python3')).toBe(true);
    expect(has('--process', 'pyth*')).toBe(true);
    expect(has('--process', 'nginx,*thon3*')).toBe(true);
    expect(has('--process', 'pyth')).toBe(false);
    expect(has('--user', `${process.getuid?.()}`)).toBe(true);
    expect(has('--user', '4294967')).toBe(false);
  });

  test('--columns shows these in this order, also TCP_INFO, memory and options by C name', async () => {
    const args = ['--port', `${port}`, '--columns', 'state,fd,rtt,cwnd,rcvbuf,so_sndbuf,side'];
    const { stdout } = sockctl('ps', ...args, '--sort', 'fd');
    const [titles, first, client, accepted] = rows({ stdout, stderr: '', status: 0 });
    expect(titles).toEqual(['STATE', 'FD', 'RTT', 'CWND', 'RCVBUF', 'SO_SNDBUF', 'SIDE']);
    expect([first?.at(-1), client?.at(-1), accepted?.at(-1)]).toEqual(['server', 'client', 'accepted']);
    const one = listed(...args, '--state', 'established', '--local', `:${port}`)[0];
    expect(Object.keys(one)).toEqual(['state', 'fd', 'rtt', 'cwnd', 'rcvbuf', 'SO_SNDBUF', 'side']);
    expect(one.fd).toEqual([await fd('a')]);
    expect(one.rtt).toBeGreaterThan(0);
    expect(one.cwnd).toBe(
      await program.value('struct.unpack("I", a.getsockopt(IPPROTO_TCP, TCP_INFO, 192)[80:84])[0]'),
    );
    expect(one.SO_SNDBUF).toBe(await program.value('a.getsockopt(SOL_SOCKET, SO_SNDBUF)'));
    expect(one.rcvbuf).toBe(await program.value('a.getsockopt(SOL_SOCKET, SO_RCVBUF)'));
  });

  test('--sort takes several columns, and what has none comes last either way', () => {
    const states = (sort: string) =>
      listed('--pid', pid, '--columns', 'proto,recvq,rtt', '--sort', sort).map(
        ({ proto, recvq }) => `${proto} ${recvq}`,
      );
    expect(states('proto,-recvq')[0]).toBe('tcp 33');
    expect(states('proto,-recvq').at(-1)).toMatch(/^unix/);
    expect(states('-proto')[0]).toMatch(/^unix/);
    expect(states('rtt').at(-1)).not.toMatch(/^tcp/);
    expect(states('-rtt').at(-1)).not.toMatch(/^tcp/);
  });

  test('--all-options has every option that can be read, with its value', async () => {
    const [one] = listed('--pid', pid, '--all-options', '--where', `fd=${await fd('c')}`);
    expect(one.options.length).toBeGreaterThan(60);
    const idle = one.options.find(({ name }: { name: string }) => name === 'TCP_KEEPIDLE');
    expect(idle).toEqual({ name: 'TCP_KEEPIDLE', level: 'SOL_TCP', value: 99, text: '99' });
    expect(listed('--pid', pid, '--no-options')[0]).not.toHaveProperty('options');
  });

  test('listeners come first, then connections, then unix sockets', () => {
    const { stdout } = sockctl('ps', 'fd > 2', '--pid', pid, '--columns', 'state,proto');
    const shown = rows({ stdout, stderr: '', status: 0 }).slice(1);
    const [first, second, ...others] = shown.map((cells) => cells.join(' '));
    expect([first, second].sort()).toEqual(['BOUND udp', 'LISTEN tcp']);
    expect(others).toEqual([
      'ESTABLISHED tcp',
      'ESTABLISHED tcp',
      'LISTEN unix',
      'CONNECTED unix',
      'CONNECTED unix',
      'UNCONNECTED udp',
    ]);
  });
});
