// Checks of values that the kernel changes after they were set, or that limits of now do not explain any more.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readSysctl } from '../../src/kernel/sysctl.ts';
import { type CheckedSocket, check } from '../../src/live/check.ts';
import { parsePolicy } from '../../src/policy/parse.ts';
import { root } from '../compiled.ts';
import { hasPython } from '../helpers.ts';
import { type Python, python } from './check-programs.ts';

const setup = 'ip link set lo up && sysctl -qw net.ipv4.tcp_ecn=1';
const mayEcn = hasPython && spawnSync('unshare', ['--net', 'sh', '-c', setup]).status === 0;
const isRoot = process.getuid?.() === 0;

async function checked(text: string, program: Python, fix = false): Promise<CheckedSocket[]> {
  const found: CheckedSocket[] = [];
  for await (const one of check(parsePolicy(text), { pid: program.pid, fix })) found.push(one);
  return found;
}

const rule = (match: object, options: object): string => JSON.stringify({ rules: [{ match, options }] });

describe.skipIf(!mayEcn)('connections with ECN (needs python3, unshare --net, ip, sysctl)', () => {
  let program: Python;

  beforeAll(async () => {
    program = await python('unshare', '--net');
    await program.run(`os.system(${JSON.stringify(setup)})`);
    await program.run('l = create_server(("127.0.0.1", 0)); c = create_connection(l.getsockname()); a, _ = l.accept()');
    await program.run('k = create_server(("::1", 0), family=AF_INET6); d = create_connection(k.getsockname()[:2])');
    await program.run('b, _ = k.accept()');
    await program.run('for s in (c, a): s.setsockopt(IPPROTO_IP, IP_TOS, 4)');
    await program.run('for s in (d, b): s.setsockopt(IPPROTO_IPV6, IPV6_TCLASS, 4)');
    await program.run('for s in (c, d): s.send(b"x")');
  });

  afterAll(() => program.end());

  test('the bits that the kernel sets as it sends are no violation; another DSCP is one', async () => {
    // Else there is nothing to see here.
    expect(await program.value('c.getsockopt(IPPROTO_IP, IP_TOS)')).toBe(6);
    expect(await program.value('d.getsockopt(IPPROTO_IPV6, IPV6_TCLASS)')).toBe(6);
    const four = { side: 'client', remote: '0.0.0.0/0' };
    expect(await checked(rule(four, { IP_TOS: 'le' }), program)).toMatchObject([{ violations: [] }]);
    expect(await checked(rule(four, { IP_TOS: 'ef' }), program)).toMatchObject([{ violations: [{ has: '6' }] }]);
    const six = { side: 'client', remote: '::/0' };
    expect(await checked(rule(six, { IPV6_TCLASS: 4 }), program)).toMatchObject([{ violations: [] }]);
  });

  test('a mend of such a socket is done, and tells what is read now', async () => {
    const found = await checked(rule({ side: 'client', remote: '0.0.0.0/0' }, { IP_TOS: 'cs1' }), program, true);
    expect(found).toMatchObject([{ violations: [], mended: [{ before: '6', after: '34' }] }]);
    await program.run('c.setsockopt(IPPROTO_IP, IP_TOS, 4)');
  });

  test('bulk-transfer asks of IPv6 for the byte that IPv6 has', async () => {
    const text = readFileSync(join(root, 'policies/bulk-transfer.json'), 'utf8');
    const found = await checked(text, program);
    expect(found).toHaveLength(4);
    const options = found.flatMap(({ violations }) => violations.map(({ option }) => option));
    expect(new Set(options)).toEqual(new Set(['TCP_NOTSENT_LOWAT', 'TCP_USER_TIMEOUT']));
  });
});

test.skipIf(!hasPython)('what a mend itself alters is mended with it (needs python3)', async () => {
  const program = await python();
  try {
    await program.run('s = socket(AF_INET, SOCK_DGRAM); s.bind(("127.0.0.1", 0))');
    await program.run('s.setsockopt(SOL_SOCKET, SO_PRIORITY, 5)');
    const found = await checked(rule({ protocol: 'udp' }, { IP_TOS: 'ef', SO_PRIORITY: 5 }), program, true);
    expect(found).toMatchObject([{ violations: [], mended: [{ option: 'IP_TOS' }, { option: 'SO_PRIORITY' }] }]);
    expect(await program.value('s.getsockopt(SOL_SOCKET, SO_PRIORITY)')).toBe(5);
  } finally {
    await program.end();
  }
});

describe.skipIf(!hasPython || !isRoot)('buffers beyond the limit (needs python3, root)', () => {
  test('more than the limit of now allows is not to be cut: it is what was asked, or nearer to it', async () => {
    const limit = Number(readSysctl('net.core.rmem_max'));
    const program = await python();
    try {
      await program.run('s = socket(AF_INET, SOCK_DGRAM); s.bind(("127.0.0.1", 0))');
      const text = rule({ protocol: 'udp' }, { SO_RCVBUF: limit * 4 });
      const force = (size: number): Promise<void> => program.run(`s.setsockopt(SOL_SOCKET, 33, ${size})`);
      await force(limit * 4);
      expect(await checked(text, program)).toMatchObject([{ violations: [], compromises: [] }]);
      await force(limit * 2);
      const has = String(limit * 4);
      expect(await checked(text, program)).toMatchObject([{ violations: [], compromises: [{ has }] }]);
      await force(limit * 8);
      expect(await checked(text, program)).toMatchObject([{ violations: [{ option: 'SO_RCVBUF' }] }]);
    } finally {
      await program.end();
    }
  });
});
