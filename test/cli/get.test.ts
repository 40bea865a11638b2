// sockctl get: what a program in python3 has set, read from outside; as a table, as values, as JSON.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasPython } from '../helpers.ts';
import { type Python, python } from '../live/check-programs.ts';
import { json, type Result, sockctl, widest } from './sockctl.ts';

/** What is on stdout, by words. */
const words = ({ stdout }: Result): string[][] =>
  stdout
    .trimEnd()
    .split('\n')
    .map((line) => line.trim().split(/ {2,}/));

const setUp = `
l = socket(); l.bind(('127.0.0.1', 0)); l.listen()
c = socket(); c.setsockopt(SOL_SOCKET, SO_KEEPALIVE, 1); c.setsockopt(IPPROTO_TCP, TCP_KEEPIDLE, 77)
c.setsockopt(SOL_SOCKET, SO_LINGER, struct.pack('ii', 1, 9)); c.connect(l.getsockname())
a = l.accept()[0]; a.setsockopt(IPPROTO_TCP, TCP_NODELAY, 1)
`;

describe.skipIf(!hasPython || process.platform !== 'linux')('get (needs python3)', () => {
  let program: Python;
  let port: number;
  let c: string;
  let a: string;

  beforeAll(async () => {
    program = await python();
    for (const line of setUp.trim().split('\n')) await program.run(line);
    port = await program.value('l.getsockname()[1]');
    c = `${program.pid}/${await program.value('c.fileno()')}`;
    a = `${program.pid}/${await program.value('a.fileno()')}`;
  });
  afterAll(() => program.end());

  test('reads what the program has set', () => {
    const result = sockctl('get', c, 'so_keepalive', 'TCP_KEEPIDLE', 'SO_LINGER');
    expect(result).toMatchObject({ status: 0, stderr: '' });
    expect(words(result)).toEqual([
      ['OPTION', 'VALUE'],
      ['SO_KEEPALIVE', 'on'],
      ['TCP_KEEPIDLE', '77'],
      ['SO_LINGER', '9s'],
    ]);
  });

  test('sees a later change', async () => {
    await program.run('c.setsockopt(IPPROTO_TCP, TCP_KEEPINTVL, 13)');
    expect(sockctl('get', c, 'TCP_KEEPINTVL', '--value').stdout).toBe('13\n');
    await program.run('c.setsockopt(IPPROTO_TCP, TCP_KEEPINTVL, 14)');
    expect(sockctl('get', c, 'TCP_KEEPINTVL', '--value').stdout).toBe('14\n');
  });

  test('without names all that can be read, those with side effects left out', () => {
    const result = sockctl('get', c);
    expect(result.status).toBe(0);
    const names = words(result).map(([name]) => name);
    expect(names.length).toBeGreaterThan(80);
    expect(names).toEqual(expect.arrayContaining(['SO_RCVBUF', 'TCP_NODELAY', 'IP_TTL', 'TCP_INFO']));
    expect(names).not.toContain('SO_ERROR');
    expect(widest(result.stdout)).toBeLessThanOrEqual(80);
  });

  test('a part of a name', () => {
    const result = sockctl('get', c, 'tcp_keep*');
    expect(words(result).map(([name]) => name)).toEqual(['OPTION', 'TCP_KEEPCNT', 'TCP_KEEPIDLE', 'TCP_KEEPINTVL']);
  });

  test('TCP_INFO in columns', () => {
    const { stdout } = sockctl('get', c, 'TCP_INFO');
    expect(stdout).toMatch(/^TCP_INFO\n {2}state=TCP_ESTABLISHED {2,}\w+=/);
    expect(widest(stdout)).toBeLessThanOrEqual(80);
    expect(stdout).toMatch(/\bsnd_mss=\d+/);
  });

  test('several sockets: a line each, with the ends as long as there is room', () => {
    const result = sockctl('get', `:${port}`, 'TCP_NODELAY');
    expect(words(result)[0]).toEqual(['SOCKET', 'PROCESS', 'LOCAL', 'REMOTE', 'TCP_NODELAY']);
    const lines = new Map(words(result).map((line) => [line[0], line.at(-1)]));
    expect([lines.get(c), lines.get(a)]).toEqual(['off', 'on']);
    expect(words(sockctl('get', `:${port}`, 'TCP_NODELAY', 'SO_KEEPALIVE', 'TCP_KEEPIDLE'))[0]).toEqual([
      'SOCKET',
      'PROCESS',
      'TCP_NODELAY',
      'SO_KEEPALIVE',
      'TCP_KEEPIDLE',
    ]);
  });

  test('several sockets and more options than fit: a block each', () => {
    const { stdout } = sockctl(
      'get',
      `:${port}`,
      'TCP_NODELAY',
      'TCP_CONGESTION',
      'TCP_USER_TIMEOUT',
      'SO_MAX_PACING_RATE',
    );
    expect(widest(stdout)).toBeLessThanOrEqual(80);
    expect(stdout).toMatch(
      new RegExp(`^${c} python3[\\w.]*, tcp ESTABLISHED, 127.0.0.1:\\d+ to 127.0.0.1:${port}\n {2}OPTION`, 'm'),
    );
  });

  test('the flags narrow the choice', () => {
    const { value } = json('get', `:${port}`, 'SO_TYPE', '--state', 'listen', '--pid', `${program.pid}`);
    expect(value).toMatchObject([{ pid: program.pid, state: 'LISTEN' }]);
    expect(value).toHaveLength(1);
  });

  test('--json has the keys that programs rely on', () => {
    const { value, status } = json('get', c, 'SO_LINGER', 'IPV6_V6ONLY');
    expect(status).toBe(0);
    const [one] = value;
    expect(Object.keys(one)).toEqual([
      ...['target', 'pid', 'fd', 'process', 'kind', 'state', 'local', 'remote', 'inode', 'options', 'unreadable'],
    ]);
    expect(one).toMatchObject({
      target: c,
      pid: program.pid,
      kind: 'tcp',
      state: 'ESTABLISHED',
      remote: { family: 'inet', address: '127.0.0.1', port },
      options: [
        {
          name: 'SO_LINGER',
          level: 'SOL_SOCKET',
          value: { on: true, seconds: 9 },
          text: '9s',
          raw: expect.stringMatching(/^([0-9a-f]{2}){8}$/),
        },
      ],
      unreadable: [{ name: 'IPV6_V6ONLY', code: expect.stringMatching(/^E/), why: expect.stringContaining('tcp6') }],
    });
    expect(json('get', `:${port}`, 'TCP_NODELAY').value).toHaveLength(3);
  });

  test('--raw', () => {
    expect(words(sockctl('get', c, 'TCP_KEEPIDLE', '--raw'))[1]).toEqual(['TCP_KEEPIDLE', '77', '4d000000']);
    expect(sockctl('get', c, 'TCP_KEEPIDLE', '--raw', '--value').stdout).toBe('4d000000\n');
  });

  test('what cannot be read says why; exit 1 where nothing could be', () => {
    const some = sockctl('get', c, 'TCP_NODELAY', 'UDP_CORK');
    expect(some.status).toBe(0);
    expect(some.stdout.replace(/\s+/g, ' ')).toMatch(/UDP_CORK - \([\w:]* ?UDP_CORK is for udp, udp6/);
    const none = sockctl('get', c, 'UDP_CORK', '--value');
    expect(none).toMatchObject({ status: 1, stdout: '\n', stderr: expect.stringContaining('UDP_CORK is for udp') });
  });

  test('a named read does what it does', async () => {
    // Refused: the error waits for the program.
    await program.run(
      "e = socket(); e.setblocking(False); d = socket(); d.bind(('127.0.0.1', 0)); e.connect_ex(d.getsockname())",
    );
    const target = `${program.pid}/${await program.value('e.fileno()')}`;
    expect(sockctl('get', target, 'SO_ERROR', '--value').stdout).toBe('111\n');
    expect(await program.value('e.getsockopt(SOL_SOCKET, SO_ERROR)')).toBe(0);
  });

  test('a kind is a fresh socket', () => {
    expect(sockctl('get', 'udp', 'SO_TYPE', '--value').stdout).toBe('SOCK_DGRAM\n');
    expect(json('get', 'tcp', 'SO_KEEPALIVE').value).toMatchObject([{ target: 'tcp', pid: null, kind: 'tcp' }]);
  });

  test('a descriptor is not left open, nor the connection', async () => {
    await program.run('x = socket(); x.connect(l.getsockname()); y = l.accept()[0]; y.settimeout(20)');
    expect(sockctl('get', `${program.pid}/${await program.value('x.fileno()')}`).status).toBe(0);
    await program.run('x.close()');
    expect(await program.value('len(y.recv(1))')).toBe(0);
  });

  describe('refusals', () => {
    test.each([
      [['get'], 2, 'get needs TARGET'],
      [['get', 'SO_LINGER', '1/3'], 2, 'the target comes first'],
      [['get', '1/3', 'SO_LINGER=5s'], 2, 'sockctl set TARGET OPTION=VALUE'],
      [['get', '1/3', 'SO_LINGR'], 2, 'Did you mean SO_LINGER?'],
      [['get', '1/3', 'SO_LIN?*'], 2, 'no option'],
      [['get', '1/3', 'IP_MSFILTER'], 2, 'needs a query'],
      [['get', '1/3', '--value'], 2, 'needs the name of an option'],
      [['get', '::1:80', 'SO_TYPE'], 2, '[::1]:80'],
      [['get', 'tcp', 'SO_TYPE', '--state', 'listen'], 2, 'fresh socket'],
      [['get', '2147483647/3', 'SO_TYPE'], 1, 'there is no process 2147483647'],
      [['get', 'nosuchprogram', 'SO_TYPE'], 1, 'no process is called'],
      [['get', '\x1b[2Jx', 'SO_TYPE'], 1, 'no process is called'],
    ] as const)('%j', (args, status, message) => {
      const result = sockctl(...args);
      expect(result).toMatchObject({ status, stdout: '' });
      expect(result.stderr).toContain(message);
      expect(result.stderr).toMatch(/^sockctl: [\x20-\x7e]+\n$/);
    });

    test('a closed descriptor, one that is no socket', () => {
      expect(sockctl('get', `${program.pid}/999`, 'SO_TYPE')).toMatchObject({
        status: 1,
        stderr: expect.stringContaining('no descriptor 999'),
      });
    });
  });
});
