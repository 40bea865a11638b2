// What others see of this process's connections: python3 borrows its descriptors, `ss` shows the server's ends.
import { execFileSync } from 'node:child_process';
import {
  type ApplyInput,
  SO_KEEPALIVE,
  TCP_KEEPCNT,
  TCP_KEEPIDLE,
  TCP_KEEPINTVL,
  TCP_MAXSEG,
  TCP_NODELAY,
  TCP_USER_TIMEOUT,
} from 'sockctl';
import { expect } from 'vitest';

/** Options that every client library overwrites in part, and one that only helps before connect(2): TCP_MAXSEG. */
export const wanted = {
  TCP_MAXSEG: 700,
  TCP_USER_TIMEOUT: 12_345,
  SO_KEEPALIVE: true,
  TCP_KEEPIDLE: 77,
  TCP_KEEPINTVL: 7,
  TCP_KEEPCNT: 5,
  TCP_NODELAY: false,
} satisfies ApplyInput;

const kept = {
  TCP_USER_TIMEOUT: 12_345,
  SO_KEEPALIVE: 1,
  TCP_KEEPIDLE: 77,
  TCP_KEEPINTVL: 7,
  TCP_KEEPCNT: 5,
  TCP_NODELAY: 0,
};

/** The peer's mss: 700 without the 12 bytes of the timestamps. */
const peerMss = 688;

const numbers: Record<string, [level: number, name: number]> = Object.fromEntries(
  [SO_KEEPALIVE, TCP_KEEPCNT, TCP_KEEPIDLE, TCP_KEEPINTVL, TCP_MAXSEG, TCP_NODELAY, TCP_USER_TIMEOUT].map((option) => [
    option.name,
    [option.name.startsWith('SO_') ? 1 : 6, option.number],
  ]),
);
numbers.SO_SNDBUF = [1, 7];

const program = `
import ctypes, json, os, socket, sys
asked = json.load(sys.stdin)
libc = ctypes.CDLL(None, use_errno=True)
pidfd = os.pidfd_open(asked['pid'])
found = []
for name in os.listdir('/proc/%d/fd' % asked['pid']):
    try:
        if not os.readlink('/proc/%d/fd/%s' % (asked['pid'], name)).startswith('socket:'): continue
        fd = libc.syscall(438, pidfd, int(name), 0)
        if fd < 0: continue
        with socket.socket(fileno=fd) as s:
            peer = s.getpeername()
            if (peer if isinstance(peer, str) else peer[1]) != asked['peer']: continue
            found.append({k: s.getsockopt(*v) for k, v in asked['options'].items()})
    except OSError:
        pass
print(json.dumps(found))`;

/**
 * The options of each of this process's connections to a peer, read by another process.
 * @param peer the peer's port, or the path of its unix socket
 */
export function readFromOutside(peer: number | string, names: readonly string[]): Record<string, number>[] {
  const options = Object.fromEntries(names.map((name) => [name, numbers[name]]));
  const input = JSON.stringify({ pid: process.pid, peer, options });
  return JSON.parse(execFileSync('python3', ['-c', program], { input, encoding: 'utf8' })) as Record<string, number>[];
}

/** The mss of each established connection that a server on this port has accepted. */
export function peerMsses(port: number): number[] {
  const out = execFileSync('ss', ['-tinH', 'state', 'established', `sport = :${port}`], { encoding: 'utf8' });
  return [...out.matchAll(/\bmss:(\d+)/g)].map(([, mss]) => Number(mss));
}

/** This process has `count` connections to the port, and all have what is {@link wanted}: here and at the server. */
export function expectWanted(port: number, count = 1): void {
  expect(readFromOutside(port, Object.keys(kept))).toEqual(Array.from({ length: count }, () => kept));
  expect(peerMsses(port)).toEqual(Array.from({ length: count }, () => peerMss));
}
