// What several tests need: the error that a call throws, a python3 that reads the same descriptor.
import { execFileSync, spawnSync } from 'node:child_process';

/** Either of the two error classes. */
export interface Thrown extends Error {
  code: string;
  errno?: number;
  syscall?: string;
  level?: number;
  option?: string | number;
  value?: unknown;
  hint?: string;
}

/** The error that a call throws; fails the test when it throws none. */
export function errorOf(call: () => unknown): Thrown {
  try {
    call();
  } catch (error) {
    return error as Thrown;
  }
  throw new Error('the call was expected to throw');
}

export const hasPython = spawnSync('python3', ['-V']).status === 0;

/** What python3's socket module reads from an inherited descriptor, in hex; the errno's name where it refuses. */
export function pythonReads(fd: number, reads: readonly { level: number; name: number; length: number }[]): string[] {
  const program = `
import sys, json, errno, socket
# Any family: python asks an XDP socket for its name otherwise, and refuses bytes on a vsock one.
s = socket.socket(socket.AF_INET, socket.SOCK_STREAM, 0, fileno=3)
out = []
for r in json.load(sys.stdin):
    try:
        v = s.getsockopt(r['level'], r['name'], r['length'])
        out.append(v.hex())
    except OSError as e:
        out.append(errno.errorcode[e.errno])
s.detach()
print(json.dumps(out))`;
  // The descriptor is the child's number 3; its standard input carries the questions.
  const output = execFileSync('python3', ['-c', program], {
    input: JSON.stringify(reads),
    stdio: ['pipe', 'pipe', 'inherit', fd],
    encoding: 'utf8',
  });
  return JSON.parse(output) as string[];
}
