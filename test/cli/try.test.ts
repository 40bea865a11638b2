// sockctl try: what the table, the document and the exit code say of sets that work and of those that do not.
import { describe, expect, test } from 'vitest';
import { json, sockctl } from './sockctl.ts';

describe('try', () => {
  test('shows before, asked, after and the outcome', () => {
    const { stdout, stderr, status } = sockctl('try', 'tcp', 'so_sndbuf=4096', 'TCP_NODELAY=on');
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
    const lines = stdout.split('\n');
    expect(lines[0]).toMatch(/^OPTION {7}BEFORE {2}ASKED {2}AFTER {2}OUTCOME$/);
    expect(lines[1]).toMatch(/^SO_SNDBUF {4}\d+ +4096 {3}8192 {3}doubled: /);
    expect(stdout).toMatch(/^TCP_NODELAY {2}off {5}on {5}on {5}applied$/m);
  });

  test('a value may hold =, and structs are text', () => {
    const { value, status } = json('try', 'udp', 'IP_ADD_MEMBERSHIP=multiaddr=224.0.0.77,address=127.0.0.1');
    expect(status).toBe(0);
    expect(value).toMatchObject([{ name: 'IP_ADD_MEMBERSHIP', before: null, after: null, outcome: 'applied' }]);
  });

  test('an interface by its name', () => {
    expect(json('try', 'udp', 'SO_BINDTOIFINDEX=lo').value).toMatchObject([{ outcome: 'applied' }]);
    expect(json('try', 'udp', 'SO_BINDTOIFINDEX=nosuch0').status).toBe(2);
  });

  test('a name of another system is in the table, with what to use instead', () => {
    const { value, status } = json('try', 'udp', 'IP_RECVDSTADDR=on', 'SO_BROADCAST=on');
    expect(status).toBe(1);
    expect(value).toMatchObject([
      { outcome: 'unsupported', why: expect.stringContaining('IP_PKTINFO') },
      { outcome: 'applied' },
    ]);
  });

  test('negative numbers are values, not flags', () => {
    expect(json('try', 'tcp', 'IP_TTL=-1').status).toBe(0);
  });

  test('a refusal by the kernel is in the table, and the others still apply', () => {
    const { stdout, stderr, status } = sockctl('try', 'tcp', 'TCP_CONGESTION=nosuch', 'TCP_NODELAY=on');
    expect({ stderr, status }).toEqual({ stderr: '', status: 1 });
    expect(stdout.replace(/\s+/g, ' ')).toContain('refused: ENOENT');
    expect(stdout).toMatch(/TCP_NODELAY .*\bapplied/s);
  });

  test('--atomic sets nothing then', () => {
    const { value, status } = json(
      'try',
      'tcp',
      'TCP_NODELAY=on',
      'TCP_CONGESTION=nosuch',
      'SO_KEEPALIVE=on',
      '--atomic',
    );
    expect(status).toBe(1);
    expect(value.map(({ outcome }: { outcome: string }) => outcome)).toContain('refused');
    expect(
      sockctl('try', 'tcp', 'TCP_NODELAY=on', 'TCP_CONGESTION=nosuch', '--atomic').stdout.replace(/\s+/g, ' '),
    ).toContain('set back');
  });

  test('an option that the socket does not have', () => {
    const { value, status } = json('try', 'unix', 'TCP_NODELAY=on');
    expect(status).toBe(1);
    expect(value).toMatchObject([{ outcome: 'unsupported', why: expect.any(String) }]);
  });
});

describe('try --json', () => {
  test('has the keys that programs rely on, and values as values', () => {
    const { value } = json('try', 'tcp', 'SO_SNDBUF=4096', 'SO_LINGER=5s', 'SO_MAX_PACING_RATE=18446744073709551614');
    for (const one of value) {
      const keys = Object.keys(one).filter((key) => key !== 'why');
      expect(keys).toEqual(['name', 'asked', 'before', 'after', 'outcome']);
    }
    expect(value[0]).toMatchObject({
      name: 'SO_SNDBUF',
      asked: 4096,
      after: 8192,
      outcome: 'doubled',
      why: expect.any(String),
    });
    expect(value[1]).toMatchObject({
      asked: { on: true, seconds: 5 },
      before: { on: false, seconds: 0 },
      after: { on: true, seconds: 5 },
    });
    expect(value[2]).toMatchObject({ asked: '18446744073709551614', after: '18446744073709551614' });
  });
});
