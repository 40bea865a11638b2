// sockctl check: what it prints, what it mends, what the reports of CI servers hold, and its exit codes.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasPython } from '../helpers.ts';
import { type Python, python } from '../live/check-programs.ts';
import { command, isColoured, json, type Result, sockctl, sockctlWith, widest } from './sockctl.ts';

const alive = {
  rules: [
    {
      name: 'alive',
      match: { side: 'client' },
      options: { SO_KEEPALIVE: true, TCP_KEEPIDLE: '1min', TCP_SYNCNT: 3, SO_SNDBUF: '32KiB' },
    },
    { name: 'named', match: { host: 'db.example.com' }, options: { TCP_NODELAY: true } },
  ],
};

describe.skipIf(!hasPython)('check (needs python3)', () => {
  let program: Python;
  let folder: string;
  let policy: string;
  let pid: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'sockctl-check-'));
    policy = write('policy.json', alive);
    program = await python();
    pid = String(program.pid);
    await program.run('l = create_server(("127.0.0.1", 0)); b = create_connection(l.getsockname())');
    await program.run('c = create_connection(l.getsockname())');
  });

  afterAll(async () => {
    await program.end();
    rmSync(folder, { recursive: true });
  });

  function write(name: string, content: object | string): string {
    const file = join(folder, name);
    writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content, null, 2));
    return file;
  }

  const fresh = async (name: string): Promise<number> => {
    await program.run(`${name} = create_connection(l.getsockname())`);
    return (await program.value(`${name}.fileno()`)) as number;
  };

  test('the table: rule, process, what each option has and should have; what is too late; exit 1', async () => {
    const fd = await fresh('t');
    const { stdout, stderr, status } = sockctl('check', policy, `${pid}/${fd}`);
    expect([status, stderr]).toEqual([1, '']);
    const port = (await program.value('l.getsockname()[1]')) as number;
    expect(stdout).toContain(`  python3 ${pid}/${fd}, `);
    expect(stdout).toMatch(/^alive \(line 3\): 1 socket\n {4}OPTION +HAS +SHOULD HAVE\n/);
    expect(stdout).toContain(`to 127.0.0.1:${port}\n    SO_KEEPALIVE  off `);
    expect(stdout).toMatch(/^ {4}TCP_KEEPIDLE +7200 +60$/m);
    expect(stdout).toMatch(/^ {4}TCP_SYNCNT +\d+ +3; too late for this socket$/m);
    expect(stdout).toMatch(/^ {4}SO_SNDBUF +\d+ +65536 \(32768 asked\)/m);
    expect(stdout.replace(/\s+/g, ' ')).toContain('TCP_NODELAY of rule "named" not judged: whether the rule is for it');
    expect(stdout.replace(/\s+/g, ' ')).toContain('4 options. 3 can be set now (with --fix), 1 cannot.');
    expect(widest(stdout)).toBeLessThanOrEqual(80);
    expect(isColoured(stdout)).toBe(false);
    expect(isColoured(sockctlWith({ FORCE_COLOR: '1' }, 'check', policy, `${pid}/${fd}`).stdout)).toBe(true);
  });

  test('sockets of a process with the same violations share their lines', () => {
    const { stdout } = sockctl('check', policy, '--pid', pid);
    expect(stdout).toMatch(/, client, \d+ sockets: \d+, \d+/);
    expect(stdout.match(/TCP_KEEPIDLE/g)).toHaveLength(1);
  });

  test('--json: one document with every key; --all has the clean sockets too', () => {
    const { value, status } = json('check', policy, '--pid', pid);
    expect(status).toBe(1);
    expect(value).toMatchObject({ policy, file: policy, dryRun: false, blindness: expect.any(Array) });
    expect(value.checked).toBe(value.sockets.length);
    expect(value.sockets[0]).toMatchObject({ pid: program.pid, process: 'python3', side: 'client', rules: ['alive'] });
    expect(value.sockets[0].violations[0]).toEqual({
      option: 'SO_KEEPALIVE',
      rule: 'alive',
      line: 3,
      has: 'off',
      asked: 'on',
      should: 'on',
      fix: 'live',
    });
    const clean = write('clean.json', { rules: [{ match: { side: 'server' }, options: { SO_DEBUG: false } }] });
    expect(json('check', clean, '--pid', pid)).toMatchObject({ status: 0, value: { clean: 1, sockets: [] } });
    expect(json('check', clean, '--pid', pid, '--all').value.sockets).toHaveLength(1);
    expect(sockctl('check', clean, pid)).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^No violations of .*\s?in 1 socket\.\n$/),
    });
  });

  test('--fix sets what can be set: the program sees it; what is left is exit 1, and nothing left is 0', async () => {
    const fd = await fresh('m');
    const fixed = sockctl('check', policy, `${pid}/${fd}`, '--fix');
    expect(fixed.status).toBe(1);
    expect(fixed.stdout).toMatch(/Set now\n {4}OPTION +BEFORE +NOW\n/);
    expect(await program.value('m.getsockopt(IPPROTO_TCP, TCP_KEEPIDLE)')).toBe(60);
    expect(await program.value('m.getsockopt(SOL_SOCKET, SO_SNDBUF)')).toBe(65536);
    const left = json('check', policy, `${pid}/${fd}`).value.sockets[0].violations;
    expect(left.map(({ option }: { option: string }) => option)).toEqual(['TCP_SYNCNT']);
    const only = write('only.json', { rules: [{ match: { side: 'client' }, options: { SO_PRIORITY: 2 } }] });
    expect(sockctl('check', only, `${pid}/${fd}`, '--fix').status).toBe(0);
    expect(await program.value('m.getsockopt(SOL_SOCKET, SO_PRIORITY)')).toBe(2);
  });

  test('several sockets are not touched without a terminal or --yes; --dry-run touches none', async () => {
    const other = write('other.json', { rules: [{ match: { side: 'client' }, options: { SO_PRIORITY: 3 } }] });
    const refused = sockctl('check', other, pid, '--fix');
    expect([refused.status, refused.stdout]).toEqual([2, '']);
    expect(refused.stderr).toContain('--yes');
    const dry = sockctl('check', other, pid, '--fix', '--dry-run');
    expect(dry.status).toBe(1);
    expect(dry.stdout).toContain('--dry-run');
    expect(await program.value('b.getsockopt(SOL_SOCKET, SO_PRIORITY)')).toBe(0);
    expect(sockctl('check', other, pid, '--fix', '--yes').status).toBe(0);
    expect(await program.value('[x.getsockopt(SOL_SOCKET, SO_PRIORITY) for x in (b, c)]')).toEqual([3, 3]);
    expect(sockctl('check', other, pid, '--dry-run')).toMatchObject({ status: 2 });
  });

  test.each([
    ['n', 1, 0],
    ['y', 0, 5],
  ])('on a terminal it asks: %s', async (answer, status, priority) => {
    const asked = write('asked.json', { rules: [{ match: { side: 'client' }, options: { SO_PRIORITY: 5 } }] });
    await program.run('[x.setsockopt(SOL_SOCKET, SO_PRIORITY, 0) for x in (b, c)]');
    const terminal = `
import os, pty, sys
pid, fd = pty.fork()
if pid == 0:
    os.execv(sys.argv[1], sys.argv[1:])
seen = b''
answered = False
while True:
    try:
        piece = os.read(fd, 65536)
    except OSError:
        break
    if not piece:
        break
    seen += piece
    if not answered and b'[y/N]' in seen:
        os.write(fd, b'${answer}\\n')
        answered = True
print(answered)
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))`;
    const words = ['-c', terminal, process.execPath, command, 'check', asked, pid, '--fix'];
    const { status: code, stdout } = spawnSync('python3', words, { encoding: 'utf8' });
    expect([stdout.trim(), code]).toEqual(['True', status]);
    expect(await program.value('b.getsockopt(SOL_SOCKET, SO_PRIORITY)')).toBe(priority);
  });

  test('a policy with mistakes: every one on its line, exit 2, nothing touched', () => {
    const bad = write('bad.json', { rules: [{ options: { TCP_NODELAI: true } }, { options: { TCP_KEEPIDLE: -1 } }] });
    const { status, stderr } = sockctl('check', bad);
    expect(status).toBe(2);
    expect(stderr.split('\n')[0]).toBe('sockctl: the policy has 2 mistakes:');
    expect(stderr).toContain('Did you mean TCP_NODELAY?');
    expect(stderr.trimEnd().split('\n')).toHaveLength(3);
    const nowhere = sockctl('check', 'nat-keepaliv');
    expect(nowhere).toMatchObject({ status: 2, stderr: expect.stringContaining('Did you mean nat-keepalive?') });
    expect(sockctl('check', pid)).toMatchObject({ status: 2 });
    expect(json('check', bad)).toMatchObject({ status: 2, value: { error: { code: 'ERR_POLICY' } } });
  });

  test('wrong command lines', () => {
    expect(sockctl('check', policy, '--json', '--junit').status).toBe(2);
    expect(sockctl('check', policy, 'no-such-process-at-all')).toMatchObject({ status: 1 });
    expect(sockctl('check', policy, pid, '--output', join(folder, 'none/x'))).toMatchObject({ status: 1 });
  });

  describe('reports', () => {
    const hostile = 'a"<&\'>\u0007\u001b[31m\ufffe]]>';
    let named: string;

    beforeAll(async () => {
      named = write('hostile.json', {
        rules: [{ name: hostile, match: { side: 'client' }, options: { TCP_KEEPCNT: 5, SO_DEBUG: false } }],
      });
      // A process may call itself anything.
      await program.run('open("/proc/self/comm", "wb").write(b"\\x1b[2Je\\xff<&>\\x00\\x07")');
    });

    afterAll(() => program.run('open("/proc/self/comm", "w").write("python3")'));

    /** What xml.etree makes of it. */
    function parsed(xml: string): { attributes: Record<string, string>; cases: [Record<string, string>, string[]][] } {
      const read = `
import sys, json, xml.etree.ElementTree as E
root = E.parse(sys.stdin.buffer).getroot()
print(json.dumps({'attributes': root.attrib,
  'cases': [[c.attrib, [x.tag + ':' + x.attrib['message'] for x in c]] for c in root.iter('testcase')]}))`;
      const { stdout, stderr } = spawnSync('python3', ['-c', read], { input: xml, encoding: 'utf8' });
      expect(stderr).toBe('');
      return JSON.parse(stdout);
    }

    test('JUnit is XML that a parser reads, whatever processes and rules are called', () => {
      const { stdout, status }: Result = sockctl('check', named, '--pid', pid, '--junit');
      expect(status).toBe(1);
      const { attributes, cases } = parsed(stdout);
      expect(attributes).toMatchObject({ tests: String(cases.length), failures: String(cases.length), errors: '0' });
      const [first] = cases;
      expect(first?.[0]?.name).toContain('\\x1b[2Je');
      expect(first?.[0]?.classname).toContain('a"<&\'>\\x07\\x1b[31m');
      expect(first?.[1]).toEqual(['failure:TCP_KEEPCNT is 9, should be 5']);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
      expect(stdout).not.toMatch(/[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]/);
    });

    test('JUnit has the clean sockets as passed tests', () => {
      const clean = write('passed.json', { rules: [{ match: { side: 'client' }, options: { SO_DEBUG: false } }] });
      const { attributes, cases } = parsed(sockctl('check', clean, '--pid', pid, '--junit').stdout);
      expect(attributes.failures).toBe('0');
      expect(cases.length).toBeGreaterThan(1);
      expect(cases.every(([, inside]) => inside.length === 0)).toBe(true);
    });

    test('SARIF 2.1.0: a result for each violation, at the rule in the policy', () => {
      const { stdout, status } = sockctl('check', named, '--pid', pid, '--sarif');
      expect(status).toBe(1);
      const { version, $schema, runs } = JSON.parse(stdout);
      expect([version, $schema]).toEqual(['2.1.0', expect.stringContaining('sarif')]);
      const [{ tool, results, invocations }] = runs;
      expect(tool.driver).toMatchObject({ name: 'sockctl', rules: [{ id: hostile }] });
      expect(invocations).toMatchObject([{ executionSuccessful: true, exitCode: 1 }]);
      expect(results.length).toBeGreaterThan(1);
      for (const result of results) {
        expect(result).toMatchObject({ ruleId: hostile, ruleIndex: 0, level: 'error' });
        const [{ physicalLocation, logicalLocations }] = result.locations;
        expect(physicalLocation).toMatchObject({
          artifactLocation: { uri: expect.stringMatching(/^file:\/\/.*hostile\.json$/) },
          region: { startLine: 3 },
        });
        expect(logicalLocations[0].name).toMatch(/^\d+\/\d+$/);
      }
      // Two sockets of a pool are the same finding in the next run, whatever their descriptors.
      const prints = new Set(
        results.map((result: object) => JSON.stringify(Reflect.get(result, 'partialFingerprints'))),
      );
      expect(prints.size).toBe(1);
    });

    test('SARIF names a policy below the current folder by its path from there', () => {
      const words = [command, 'check', 'hostile.json', '--pid', pid, '--sarif'];
      const { stdout } = spawnSync(process.execPath, words, { cwd: folder, encoding: 'utf8' });
      const [{ results, originalUriBaseIds }] = JSON.parse(stdout).runs;
      const { artifactLocation } = results[0].locations[0].physicalLocation;
      expect(artifactLocation).toEqual({ uri: 'hostile.json', uriBaseId: 'SRCROOT' });
      expect(originalUriBaseIds.SRCROOT.uri).toMatch(/^file:\/\/.*\/$/);
    });

    test('--output writes the report, and prints the text', () => {
      const file = join(folder, 'report.xml');
      const { stdout, status } = sockctl('check', named, '--pid', pid, '--junit', '--output', file);
      expect(status).toBe(1);
      expect(stdout).toContain('TCP_KEEPCNT');
      expect(parsed(readFileSync(file, 'utf8')).cases.length).toBeGreaterThan(1);
      const text = join(folder, 'report.txt');
      expect(sockctl('check', named, '--pid', pid, '--output', text).stdout).toBe('');
      expect(readFileSync(text, 'utf8')).toContain('SHOULD HAVE');
    });

    test('a reader that goes away ends it in silence', () => {
      const line = `'${process.execPath}' '${command}' check '${named}' --pid ${pid} | head -1`;
      const { stdout, stderr } = spawnSync('bash', ['-c', line], { encoding: 'utf8' });
      expect([stdout.trimEnd().split('\n').length, stderr]).toEqual([1, '']);
    });
  });
});

describe('the ready policies', () => {
  test('--policies lists them, as data as well', () => {
    const { stdout, status } = sockctl('check', '--policies');
    expect(status).toBe(0);
    expect(stdout).toContain('nat-keepalive');
    expect(widest(stdout)).toBeLessThanOrEqual(80);
    const { value } = json('check', '--policies');
    expect(value.map(({ name }: { name: string }) => name)).toContain('database-clients');
  });
});
