// TCP_FASTOPEN_CONNECT set before connect(2): the server's kernel says that the data came with the SYN.
import { execFileSync, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const program = fileURLToPath(new URL('fastopen.mjs', import.meta.url));

test('the second connection carries its data in the SYN, a plain one does not', (context) => {
  if (process.getuid?.() !== 0) context.skip('a network namespace needs root');
  const name = `sockctl-tfo-${process.pid}`;
  if (spawnSync('ip', ['netns', 'add', name]).status !== 0) context.skip('no network namespace can be made here');
  const inside = (...command: string[]): string =>
    execFileSync('ip', ['netns', 'exec', name, ...command], { encoding: 'utf8' });
  try {
    inside('ip', 'link', 'set', 'lo', 'up');
    inside('sysctl', '-qw', 'net.ipv4.tcp_fastopen=3');
    expect(inside(process.execPath, program)).toBe('cookie false\nsecond true\nplain false\n');
  } finally {
    execFileSync('ip', ['netns', 'delete', name]);
  }
});
