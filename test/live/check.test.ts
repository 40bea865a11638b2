// Policies against sockets of a python3, which sets its options itself and sees what a mend has set.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readSysctl } from '../../src/kernel/sysctl.ts';
import { type CheckedSocket, type CheckOptions, check, mend } from '../../src/live/check.ts';
import { parsePolicy } from '../../src/policy/parse.ts';
import { errorOf, hasPython } from '../helpers.ts';
import { type Python, python } from './check-programs.ts';

const isRoot = process.getuid?.() === 0;

describe.skipIf(!hasPython)('check (needs python3)', () => {
  let program: Python;
  let folder: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'sockctl-check-'));
    program = await python();
    await program.run('l = create_server(("127.0.0.1", 0)); c = create_connection(l.getsockname()); a, _ = l.accept()');
  });

  afterAll(async () => {
    await program.end();
    rmSync(folder, { recursive: true });
  });

  type Rules = readonly Record<string, unknown>[];

  async function all(rules: Rules, options: CheckOptions = {}, mode = 'all'): Promise<CheckedSocket[]> {
    const policy = parsePolicy(JSON.stringify({ match: mode, rules }));
    const found: CheckedSocket[] = [];
    for await (const checked of check(policy, { pid: program.pid, ...options })) found.push(checked);
    return found;
  }

  /** What is said of one socket of the program. */
  async function of(socket: string, rules: Rules, options: CheckOptions = {}, mode = 'all'): Promise<CheckedSocket> {
    const inode = (await program.value(`os.fstat(${socket}.fileno()).st_ino`)) as number;
    const found = (await all(rules, options, mode)).find((checked) => checked.socket.inode === inode);
    if (found === undefined) throw new Error(`${socket} was not checked`);
    return found;
  }

  const reads = (socket: string, level: string, name: string): Promise<number> =>
    program.value(`${socket}.getsockopt(${level}, ${name})`);

  test('a violation says what it has, what it should have, which rule says so, and that it can be set', async () => {
    const rules = [{ name: 'alive', match: { side: 'client' }, options: { SO_KEEPALIVE: true, TCP_KEEPIDLE: '1min' } }];
    const { violations, rules: names, facts, unjudged } = await of('c', rules);
    const [, idle] = violations;
    expect(violations.map(({ option }) => option)).toEqual(['SO_KEEPALIVE', 'TCP_KEEPIDLE']);
    expect(idle).toEqual({
      option: 'TCP_KEEPIDLE',
      rule: 'alive',
      line: 1,
      has: '7200',
      asked: '60',
      should: '60',
      fix: 'live',
    });
    expect([names, facts.side, unjudged]).toEqual([['alive'], 'client', []]);
    // The rule is for clients: the others are not in the list.
    expect(await all(rules)).toHaveLength(1);
  });

  test('what the program has set itself is no violation: doubled, rounded, masked values neither', async () => {
    await program.run('d = create_connection(l.getsockname()); e, _ = l.accept()');
    await program.run('d.setsockopt(SOL_SOCKET, SO_RCVBUF, 50000); d.setsockopt(IPPROTO_IP, IP_TOS, 0x2b)');
    await program.run('d.setsockopt(SOL_SOCKET, SO_RCVTIMEO, struct.pack("ll", 1, 1))');
    const rules = [{ match: { side: 'client' }, options: { SO_RCVBUF: 50000, IP_TOS: 0x2b, SO_RCVTIMEO: '1001ms' } }];
    expect(await reads('d', 'SOL_SOCKET', 'SO_RCVBUF')).toBe(100000);
    expect(await of('d', rules)).toMatchObject({ violations: [], unjudged: [], compromises: [] });
    // Neither what was asked, halved by who knows the doubling, nor the default.
    await program.run('d.setsockopt(SOL_SOCKET, SO_RCVBUF, 25000)');
    const { violations } = await of('d', rules);
    expect(violations).toMatchObject([{ option: 'SO_RCVBUF', has: '50000', asked: '50000', should: '100000' }]);
    expect(violations[0]?.why).toContain('twice');
  });

  test('an autotuned buffer is more than was asked, and a violation', async () => {
    const { violations } = await of('c', [{ match: { side: 'client' }, options: { SO_RCVBUF: 4096 } }]);
    expect(violations).toMatchObject([{ option: 'SO_RCVBUF', should: '8192' }]);
  });

  test('what a sysctl cut is what the kernel lets it have: told, and no violation', async () => {
    await program.run('w = create_connection(l.getsockname()); x, _ = l.accept()');
    await program.run('w.setsockopt(SOL_SOCKET, SO_RCVBUF, 1 << 30)');
    const rules = [{ name: 'big', match: { side: 'client' }, options: { SO_RCVBUF: 1 << 30 } }];
    const { violations, compromises } = await of('w', rules);
    expect(violations).toEqual([]);
    const limit = Number(readSysctl('net.core.rmem_max'));
    expect(compromises).toMatchObject([{ option: 'SO_RCVBUF', rule: 'big', has: String(limit * 2) }]);
    expect(compromises[0]?.why).toContain(`net.core.rmem_max = ${limit}`);
    const other = await of('c', rules);
    expect(other.violations).toMatchObject([{ asked: String(1 << 30), should: String(limit * 2) }]);
    expect(other.violations[0]?.why).toContain('net.core.rmem_max');
  });

  test('the last rule of a file wins, and of "first" the first', async () => {
    const rules = [
      { name: 'one', match: { side: 'client' }, options: { SO_PRIORITY: 3 } },
      { name: 'two', options: { SO_PRIORITY: 0 } },
    ];
    expect((await of('c', rules)).violations).toEqual([]);
    expect((await of('c', rules, {}, 'first')).violations).toMatchObject([
      { rule: 'one', has: 'TC_PRIO_BESTEFFORT', should: '3' },
    ]);
  });

  test('rules by program know the process and what it runs', async () => {
    const rules = [
      { name: 'named', match: { program: 'python3*', side: 'client' }, options: { SO_PRIORITY: 5 } },
      { name: 'other', match: { program: 'ruby', side: 'client' }, options: { SO_PRIORITY: 6 } },
    ];
    expect((await of('c', rules)).rules).toEqual(['named']);
  });

  test('a rule that asks for a name is undecided, and what it would have changed is not judged', async () => {
    const rules = [
      { name: 'plain', match: { side: 'client' }, options: { TCP_USER_TIMEOUT: 5000, SO_PRIORITY: 0 } },
      { name: 'managed', match: { host: '*.example.com' }, options: { TCP_USER_TIMEOUT: 9000, TCP_NODELAY: true } },
    ];
    const { violations, unjudged, rules: names } = await of('c', rules);
    expect([names, violations]).toEqual([['plain'], []]);
    expect(unjudged).toMatchObject([
      { option: 'TCP_USER_TIMEOUT', rule: 'plain', reason: 'unknown' },
      { option: 'TCP_NODELAY', rule: 'managed', reason: 'unknown' },
    ]);
    expect(unjudged[0]?.why).toContain('"managed"');
    // In front of the rule that matches it has lost already; of "first" it may be the only one.
    const before = await of('c', [...rules].reverse());
    expect(before.violations).toMatchObject([{ option: 'TCP_USER_TIMEOUT', rule: 'plain' }]);
    const first = await of('c', [...rules].reverse(), {}, 'first');
    expect(first.violations).toEqual([]);
    expect(first.unjudged.map(({ option }) => option)).toEqual(['TCP_USER_TIMEOUT', 'SO_PRIORITY', 'TCP_NODELAY']);
    // A listener asks for no name.
    expect(await all([{ match: { host: '*' }, options: { SO_PRIORITY: 1 } }], { state: 'LISTEN' })).toEqual([]);
  });

  test('a rule that waits for an address is not for a socket without one', async () => {
    await program.run('u = socket(AF_INET, SOCK_DGRAM); u.bind(("127.0.0.1", 0))');
    expect(await all([{ match: { remote: ':53' }, options: { SO_PRIORITY: 1 } }], { proto: 'udp' })).toEqual([]);
  });

  test('options that a socket has not, that cannot be read, or that move by themselves are not judged', async () => {
    const options = { SO_PRIORITY: 0, UDP_CORK: true, IPV6_TCLASS: 8, SO_RCVBUFFORCE: 4096, TCP_QUICKACK: false };
    const { violations, unjudged } = await of('c', [{ match: { side: 'client' }, options }]);
    expect(violations).toEqual([]);
    expect(unjudged.map(({ option, reason }) => [option, reason])).toEqual([
      ['UDP_CORK', 'absent'],
      ['IPV6_TCLASS', 'absent'],
      ['SO_RCVBUFFORCE', 'unreadable'],
      ['TCP_QUICKACK', 'volatile'],
    ]);
  });

  test('unix sockets by their path, at both ends', async () => {
    const path = join(folder, 'app.sock');
    await program.run(`ul = socket(AF_UNIX); ul.bind(${JSON.stringify(path)}); ul.listen()`);
    await program.run(`uc = socket(AF_UNIX); uc.connect(${JSON.stringify(path)}); ua, _ = ul.accept()`);
    const found = await all([{ match: { path: join(folder, '*.sock') }, options: { SO_SNDBUF: '64KiB' } }]);
    expect(found.map(({ facts }) => facts.side).sort()).toEqual(['accepted', 'client', 'server']);
    for (const { violations } of found) expect(violations).toMatchObject([{ option: 'SO_SNDBUF', should: '131072' }]);
  });

  test('a mend sets it on the live socket: the program sees it, and a second look is clean', async () => {
    await program.run('m = create_connection(l.getsockname()); n, _ = l.accept()');
    const rules = [{ match: { side: 'client' }, options: { TCP_KEEPIDLE: 61, SO_KEEPALIVE: true, SO_SNDBUF: 30000 } }];
    const port = (await program.value('m.getsockname()[1]')) as number;
    const only: CheckOptions = {
      where: { test: ({ local }) => local !== undefined && 'port' in local && local.port === port },
    };
    const checked = await of('m', rules, { fix: true, ...only });
    expect(checked.violations).toEqual([]);
    expect(checked.mended).toMatchObject([
      { option: 'TCP_KEEPIDLE', before: '7200', after: '61' },
      { option: 'SO_KEEPALIVE', before: 'off', after: 'on' },
      { option: 'SO_SNDBUF', after: '60000', asked: '30000' },
    ]);
    expect(await reads('m', 'IPPROTO_TCP', 'TCP_KEEPIDLE')).toBe(61);
    expect(await reads('m', 'SOL_SOCKET', 'SO_KEEPALIVE')).toBe(1);
    expect(await reads('m', 'SOL_SOCKET', 'SO_SNDBUF')).toBe(60000);
    expect(await reads('c', 'SOL_SOCKET', 'SO_KEEPALIVE')).toBe(0);
    expect((await of('m', rules)).violations).toEqual([]);
  });

  test('what comes too late is named, and left alone', async () => {
    await program.run('late = create_server(("127.0.0.1", 0))');
    const options = { IP_FREEBIND: true, SO_REUSEPORT: true, TCP_DEFER_ACCEPT: 30 };
    const rules = [{ match: { side: 'server', local: `:${await program.value('late.getsockname()[1]')}` }, options }];
    const { violations, mended } = await of('late', rules, { fix: true });
    expect(violations).toMatchObject([{ option: 'IP_FREEBIND', has: 'off', fix: 'too-late' }]);
    expect(violations[0]?.why).toContain('before bind');
    expect(mended).toMatchObject([{ option: 'SO_REUSEPORT' }, { option: 'TCP_DEFER_ACCEPT', before: '0' }]);
    expect(mended[0]?.why).toContain('set late');
    expect(await reads('late', 'IPPROTO_IP', '15')).toBe(0);
    expect(await reads('late', 'IPPROTO_TCP', 'TCP_DEFER_ACCEPT')).toBeGreaterThanOrEqual(30);
    // Rounded to whole retransmissions, and the same again.
    expect((await of('late', rules)).violations.map(({ option }) => option)).toEqual(['IP_FREEBIND']);
  });

  test('a mend later on looks first: what the program has set meanwhile is none of ours', async () => {
    await program.run('y = create_connection(l.getsockname()); z, _ = l.accept()');
    const checked = await of('y', [{ match: { side: 'client' }, options: { SO_PRIORITY: 4 } }]);
    expect(checked.violations).toHaveLength(1);
    await program.run('y.setsockopt(SOL_SOCKET, SO_PRIORITY, 4)');
    expect(mend(checked)).toMatchObject({ violations: [], mended: [] });
    await program.run('y.close()');
    expect(mend(checked)).toBeUndefined();
  });

  test('nothing stays borrowed, and the program can close at once', async () => {
    const open = (): number => readdirSync('/proc/self/fd').length;
    await all([{ options: { SO_PRIORITY: 1 } }]);
    const before = open();
    for (let i = 0; i < 5; i++) await all([{ options: { SO_PRIORITY: 1, SO_REUSEPORT: true } }]);
    expect(open()).toBe(before);
  });

  test.skipIf(!isRoot)('a socket of a process that may not be seen is unseen, not clean (needs root)', async () => {
    const { seteuid, setegid } = process as Required<NodeJS.Process>;
    const port = (await program.value('l.getsockname()[1]')) as number;
    const rules = [{ match: { side: 'server', local: `:${port}`, program: 'python3*' }, options: { SO_PRIORITY: 1 } }];
    setegid(65534);
    seteuid(65534);
    let found: CheckedSocket[];
    try {
      found = await all(rules, { pid: undefined, namespace: 'own' });
    } finally {
      seteuid(0);
      setegid(0);
    }
    expect(found).toMatchObject([{ violations: [], unseen: { code: 'ERR_NO_SOCKET' } }]);
  });

  test('wrong arguments', () => {
    expect(errorOf(() => check('policy.json' as never)).message).toContain('parsePolicy');
    expect(errorOf(() => check(parsePolicy('{"rules":[]}'), 1 as never)).code).toBe('ERR_INVALID_ARGUMENT');
  });
});
