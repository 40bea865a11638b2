// What all verbs share: help, errors and exit codes, colours, width, a reader that goes away.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  command,
  installed,
  isColoured,
  json,
  shell,
  sockctl,
  sockctlWith,
  widest,
  withoutColours,
} from './sockctl.ts';

const verbs = readdirSync(new URL('../../src/cli/commands', import.meta.url)).map((file) => file.replace('.ts', ''));

describe('help', () => {
  test('names every verb', () => {
    const { stdout, status } = sockctl('--help');
    expect(status).toBe(0);
    for (const verb of verbs) expect(stdout).toContain(`\n  ${verb} `);
    expect(widest(stdout)).toBeLessThanOrEqual(80);
    expect(sockctl('help').stdout).toBe(stdout);
    expect(sockctl('-h').stdout).toBe(stdout);
  });

  test.each(verbs)('%s --help has examples and fits 80 columns', (verb) => {
    const { stdout, stderr, status } = sockctl(verb, '--help');
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
    expect(stdout).toContain(`Usage: sockctl ${verb}`);
    expect(stdout.split('Examples\n')[1]).toContain(`sockctl`);
    expect(stdout).toContain('--json');
    expect(widest(stdout)).toBeLessThanOrEqual(80);
    expect(sockctl('help', verb).stdout).toBe(stdout);
  });

  test.each(verbs)('the examples of %s run', (verb) => {
    const examples = (sockctl(verb, '--help').stdout.split('Examples\n')[1] ?? '').match(/^ {2}\S.*$/gm) ?? [];
    expect(examples.length).toBeGreaterThan(1);
    for (const example of examples) {
      // run needs a policy and a program, set and check --fix change whatever has that number, watch and metrics go on
      // until they are stopped, diff without its sockets is trouble (2, as of diff(1)), check needs the policy's file:
      // their own tests have what they need.
      if (
        / > |jq|source|--fix|sockctl diff (?!tcp)|sockctl (run|set|watch|metrics)\b|sockctl check \S+\.json/.test(
          example,
        )
      )
        continue;
      // Examples may show a refusal (1), never a mistake of the command line (2).
      expect(shell('bash', example).status, example).toBeLessThan(2);
    }
  });

  test('--version', () => {
    expect(sockctl('--version').stdout).toMatch(/^sockctl \d+\.\d+\.\d+\n$/);
  });
});

describe('misuse', () => {
  test.each([
    [[], 'a verb is missing. Verbs: '],
    [['lst'], 'Did you mean list?'],
    [['frobnicate'], 'Verbs: '],
    [['--frob'], 'no flag --frob'],
    [['toString'], 'there is no verb toString'],
    [['../run'], 'there is no verb ../run'],
    [['list', '--al'], 'Did you mean --all?'],
    [['list', '--json=yes'], 'takes no value'],
    [['list', '--level'], 'needs a value'],
    [['list', '--level', 'tpc'], 'Did you mean'],
    [['list', '--platform', 'plan9'], 'One of: linux'],
    [['list', 'a', 'b'], 'takes 1 argument, got 2'],
    [['explain', 'SO_LINGR'], 'Did you mean SO_LINGER?'],
    [['show', 'tpc'], 'Did you mean tcp?'],
    [['show', ''], "there is no kind ''"],
    [['try', 'tcp'], 'try needs OPTION=VALUE'],
    [['try', 'tcp', 'SO_LINGER'], 'SO_LINGER has no value'],
    [['try', 'tcp', 'SO_SNDBUF='], 'SO_SNDBUF expects an integer'],
    [['try', 'tcp', 'SO_SNDBUF=many'], 'got "many"'],
    [['try', 'tcp', '=5'], 'no option is called'],
    [['try', 'tcp', 'SO_SNDBUF=4096', 'SO_NONE=1'], 'no option is called SO_NONE'],
    [['try', 'tcp', 'SO_TYPE=1'], 'SO_TYPE'],
    [['completion', 'tcsh'], 'One of: bash, zsh, fish'],
  ])('%j', (args, message) => {
    const { stdout, stderr, status } = sockctl(...args);
    expect(status).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain(message);
    expect(stderr).toMatch(/^sockctl: [^\n]+\n$/);
  });

  test('as JSON it is a document on stdout', () => {
    const { value, status } = json('explain', 'SO_LINGR');
    expect(status).toBe(2);
    expect(value.error).toMatchObject({
      code: 'ERR_UNKNOWN_OPTION',
      option: 'SO_LINGR',
      hint: 'Did you mean SO_LINGER?',
    });
    expect(value.error.message).toContain('SO_LINGR');
    expect(json('frob')).toMatchObject({ status: 2, value: { error: { code: 'ERR_USAGE' } } });
    expect(json('try', 'tcp', 'so_sndbuf=x')).toMatchObject({
      status: 2,
      value: { error: { code: 'ERR_INVALID_VALUE', value: 'x' } },
    });
  });

  test('what was typed cannot drive the terminal', () => {
    for (const args of [['explain', 'SO_\x1b[2J\n'], ['show', '\x1b]0;x\x07'], ['\x9b31m'], ['list', '\u202eevil']]) {
      const { stdout, stderr } = sockctl(...args);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these must not be there
      expect(stdout + stderr.slice(0, -1)).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]/);
    }
  });
});

describe('colours', () => {
  test('none in a pipe, forced by FORCE_COLOR, never with NO_COLOR', () => {
    expect(isColoured(sockctl('list', 'keep').stdout)).toBe(false);
    expect(isColoured(sockctlWith({ FORCE_COLOR: '1' }, 'list', 'keep').stdout)).toBe(true);
    expect(isColoured(sockctlWith({ FORCE_COLOR: '0' }, 'list', 'keep').stdout)).toBe(false);
    expect(isColoured(sockctlWith({ FORCE_COLOR: '1', NO_COLOR: '1' }, 'list', 'keep').stdout)).toBe(false);
    expect(isColoured(sockctlWith({ FORCE_COLOR: '1' }, 'list', 'keep', '--json').stdout)).toBe(false);
  });

  test('without its colours the output is the same', () => {
    for (const args of [
      ['show', 'tcp-connected', '--changed'],
      ['explain', 'SO_RCVBUF'],
      ['try', 'tcp', 'TCP_NODELAY=on'],
    ]) {
      const coloured = withoutColours(sockctlWith({ FORCE_COLOR: '1' }, ...args).stdout);
      expect(coloured.replace(/\d/g, '')).toBe(sockctl(...args).stdout.replace(/\d/g, ''));
    }
  });

  test.skipIf(!installed('python3'))('a terminal gets colours and its own width', () => {
    const program = `
import fcntl, os, pty, struct, sys, termios
pid, fd = pty.fork()
if pid == 0:
    fcntl.ioctl(1, termios.TIOCSWINSZ, struct.pack('HHHH', 24, int(sys.argv[1]), 0, 0))
    os.execvp(sys.argv[2], sys.argv[2:])
out = b''
try:
    while True:
        part = os.read(fd, 65536)
        if not part: break
        out += part
except OSError:
    pass
os.waitpid(pid, 0)
sys.stdout.buffer.write(out)`;
    for (const [columns, env] of [
      [100, {}],
      [50, { NO_COLOR: '1' }],
    ] as const) {
      const { FORCE_COLOR: _, NO_COLOR: __, ...rest } = process.env;
      const options = { encoding: 'utf8' as const, env: { ...rest, TERM: 'xterm', ...env } };
      const { stdout } = spawnSync(
        'python3',
        ['-c', program, String(columns), process.execPath, command, 'list', 'keep'],
        options,
      );
      expect(isColoured(stdout)).toBe(columns === 100);
      const width = widest(withoutColours(stdout).replaceAll('\r', ''));
      expect(width).toBeLessThanOrEqual(columns);
      expect(width).toBeGreaterThan(columns - 30);
    }
  });
});

describe('the output', () => {
  test.each([
    ['list'],
    ['list', '--all'],
    ['show', 'tcp'],
    ['show', 'tcp-connected', '--raw', '--all'],
    ['show', 'udp6', '-v'],
    ['explain', 'SO_RCVBUF'],
    ['explain', 'keepalive'],
  ])('%s %s fits 80 columns', (...args) => {
    // Programs and commands to try are copied: they stay as they are, behind two spaces.
    const text = sockctl(...args).stdout.replace(/^In a (program|shell)\n( {2}.*\n|\n(?= {2}))*/gm, '');
    const code = args[1] === 'keepalive' ? /^ {2}(?! *-).*\n/gm : /^$/;
    expect(widest(text.replace(code, ''))).toBeLessThanOrEqual(80);
  });

  test('a reader that goes away ends it silently', () => {
    for (const line of [
      'sockctl list | head -1',
      'sockctl show tcp --json | head -c 5',
      'sockctl completion bash | true',
    ]) {
      const { stderr, status } = shell('bash', `set -o pipefail; ${line}`);
      expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
    }
  });

  test('a full disk is told', () => {
    const { stderr, status } = shell('bash', 'sockctl list > /dev/full');
    expect(stderr).toMatch(/^sockctl: cannot write the output: ENOSPC\n$/);
    expect(status).toBe(1);
  });
});
