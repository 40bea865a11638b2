// Completions, asked of the shells themselves.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { installed, json, shell, sockctl, withoutColours } from './sockctl.ts';

/** What bash offers for a line, as readline would ask. */
function bash(line: string): string[] {
  const words = line
    .replaceAll('=', ' = ')
    .split(' ')
    .map((word) => `'${word}'`)
    .join(' ');
  const script = `source <(sockctl completion bash)
COMP_LINE='${line}' COMP_POINT=${line.length} COMP_WORDS=(${words}) COMP_CWORD=$((\${#COMP_WORDS[@]}-1))
_sockctl; printf '%s\\n' "\${COMPREPLY[@]}"`;
  return shell('bash', script).stdout.split('\n').filter(Boolean);
}

function fish(line: string): string[] {
  const { stdout } = shell('fish', `sockctl completion fish | source\ncomplete -C '${line}'`);
  return stdout
    .split('\n')
    .filter(Boolean)
    .map((row) => row.split('\t')[0] as string);
}

/** Types a line and Tab into an interactive zsh, and gives what the screen then shows. */
function zsh(line: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'sockctl-zsh-'));
  try {
    writeFileSync(join(folder, 'script'), sockctl('completion', 'zsh').stdout);
    const program = `
zmodload zsh/zpty
zpty z zsh -f -i
zpty -w z "PS1='>'; stty columns 200 rows 60; autoload -U compinit; compinit -u -d ${folder}/dump; sockctl() { : }; source ${folder}/script; zstyle ':completion:*' list-separator --; setopt no_beep; print REA''DY"
zpty -r -m z out '*READY*'
zpty -w -n z $'${line}\\t'
sleep 1.5
zpty -w -n z $'\\t'
sleep 0.5
while zpty -r -t z part; do print -rn -- $part; done
zpty -d z`;
    return withoutColours(spawnSync('zsh', ['-f', '-c', program], { encoding: 'utf8', timeout: 20_000 }).stdout);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

describe('bash', () => {
  test('verbs', () => {
    expect(bash('sockctl ')).toEqual(
      expect.arrayContaining(['list', 'explain', 'show', 'try', 'completion', '--help']),
    );
    expect(bash('sockctl exp')).toEqual(['explain']);
  });

  test('topics, where they are explained', () => {
    expect(bash('sockctl explain keep')).toEqual(['keepalive']);
    expect(bash('sockctl explain SO_RCVBUF m')).toEqual(expect.arrayContaining(['MCAST_MSFILTER', 'mtu-discovery']));
    expect(bash('sockctl list keep')).toEqual([]);
  });

  test('what flags take, in any case', () => {
    expect(bash('sockctl list --level sol_tc')).toEqual(['SOL_TCP']);
  });

  test('option names, in any case', () => {
    expect(bash('sockctl explain SO_LING')).toEqual(['SO_LINGER']);
    expect(bash('sockctl explain tcp_keepi')).toEqual(['TCP_KEEPIDLE', 'TCP_KEEPINTVL']);
    expect(bash('sockctl list --level SOL_TCP tcp_nod')).toEqual(['TCP_NODELAY']);
  });

  test('kinds, and for try OPTION= and its values', () => {
    expect(bash('sockctl show unix')).toEqual(['unix', 'unix-dgram', 'unix-seqpacket']);
    expect(bash('sockctl try ud')).toEqual(['udp', 'udp6', 'udplite']);
    expect(bash('sockctl try tcp TCP_NODE')).toEqual(['TCP_NODELAY=']);
    expect(bash('sockctl try tcp SO_TYP')).toEqual([]);
    expect(bash('sockctl try tcp TCP_NODELAY=')).toEqual(['off', 'on']);
    expect(bash('sockctl try tcp SO_SNDBUF=1 tcp_nodelay=o')).toEqual(['off', 'on']);
    expect(bash('sockctl try tcp TCP_NODELAY=of')).toEqual(['off']);
  });

  test('flags and their values', () => {
    expect(bash('sockctl show --ra')).toEqual(['--raw']);
    expect(bash('sockctl list --platform w')).toEqual(['windows', 'windows-x64', 'windows-arm64', 'windows-ia32']);
    expect(bash('sockctl list -l SOL_TC')).toEqual(['SOL_TCP']);
    expect(bash('sockctl help sh')).toEqual(['show']);
  });

  test('the script is clean', () => {
    const { stderr, status } = shell('bash', 'set -u; source <(sockctl completion bash); complete -p sockctl');
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  });
});

describe.skipIf(!installed('fish'))('fish', () => {
  test('verbs, options, kinds, values, flags', () => {
    expect(fish('sockctl exp')).toEqual(['explain']);
    expect(fish('sockctl explain SO_LING')).toEqual(['SO_LINGER']);
    expect(fish('sockctl explain so_ling')).toEqual(['SO_LINGER']);
    expect(fish('sockctl show ud')).toEqual(['udp', 'udp6', 'udplite']);
    expect(fish('sockctl try tcp TCP_NODE')).toEqual(['TCP_NODELAY=']);
    expect(fish('sockctl try tcp SO_SNDBUF=1 TCP_NODELAY=o')).toEqual(['TCP_NODELAY=off', 'TCP_NODELAY=on']);
    expect(fish('sockctl list --platform w')).toEqual(['windows', 'windows-arm64', 'windows-ia32', 'windows-x64']);
    expect(fish('sockctl show --ra')).toEqual(['--raw']);
    expect(fish('sockctl list -l SOL_TCP TCP_NOD')).toEqual(['TCP_NODELAY']);
  });
});

describe.skipIf(!installed('zsh'))('zsh', () => {
  test('the script is clean', () => {
    const script = 'sockctl completion zsh | command zsh -n /dev/stdin';
    expect(shell('bash', script)).toMatchObject({ stderr: '', status: 0 });
  });

  test('verbs, options, kinds, values', () => {
    expect(zsh('sockctl exp')).toContain('explain');
    expect(zsh('sockctl explain so_ling')).toContain('SO_LINGER');
    expect(zsh('sockctl explain tcp_keep')).toMatch(/TCP_KEEPIDLE +-- /);
    expect(zsh('sockctl show unix')).toContain('unix-seqpacket');
    expect(zsh('sockctl try tcp tcp_node')).toContain('TCP_NODELAY=');
    expect(zsh('sockctl try tcp TCP_NODELAY=')).toMatch(/\boff +on\b/);
  }, 60_000);
});

test('--json holds the script', () => {
  const { value } = json('completion', 'bash');
  expect(value).toEqual({ shell: 'bash', script: sockctl('completion', 'bash').stdout });
});
