// Two network namespaces with a path of a given delay and loss between them: a program moves the packets between two
// tun devices, for not every kernel has netem.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { hasPython } from '../helpers.ts';
import { type Python, python } from './check-programs.ts';

const mover = `
import collections, ctypes, fcntl, os, random, select, struct, sys, time
libc = ctypes.CDLL(None, use_errno=True)
def tun(name):
    with open('/run/netns/' + name) as f:
        if libc.setns(f.fileno(), 0x40000000): raise OSError(ctypes.get_errno(), 'setns')
    fd = os.open('/dev/net/tun', os.O_RDWR | os.O_NONBLOCK)
    fcntl.ioctl(fd, 0x400454ca, struct.pack('16sH', b'path0', 1 | 0x1000))
    return fd
a, b = tun(sys.argv[1]), tun(sys.argv[2])
delay, loss, cut = float(sys.argv[3]), float(sys.argv[4]), False
print('up', flush=True)
queue = collections.deque()
rng = random.Random(1)
while True:
    wait = max(0, queue[0][0] - time.monotonic()) if queue else None
    for fd in select.select([a, b, 0], [], [], wait)[0]:
        if fd == 0:
            cut = os.read(0, 100) != b''
            if not cut: sys.exit()
            continue
        for _ in range(64):
            try: packet = os.read(fd, 65535)
            except BlockingIOError: break
            if cut or (len(packet) > 200 and rng.random() < loss): continue
            queue.append((time.monotonic() + delay, b if fd == a else a, packet))
    now = time.monotonic()
    while queue and queue[0][0] <= now:
        _, fd, packet = queue.popleft()
        try: os.write(fd, packet)
        except OSError: pass
`;

const ip = (...args: string[]): boolean => spawnSync('ip', args).status === 0;

/** Whether such a path can be made here. */
export const hasLab =
  process.platform === 'linux' &&
  process.getuid?.() === 0 &&
  hasPython &&
  existsSync('/dev/net/tun') &&
  spawnSync('ip', ['-V']).status === 0 &&
  spawnSync('unshare', ['--net', 'true']).status === 0;

export interface Lab {
  /** Where the sender is, and where the receiver. */
  readonly near: Python;
  readonly far: Python;
  /** From now on nothing gets through. */
  cut(): void;
  end(): Promise<void>;
}

/** The address of the receiver's end. */
export const FAR = '10.77.0.2';

let made = 0;

/** @param delay seconds in each direction @param loss the part of full packets that get lost */
export async function lab({ delay = 0.02, loss = 0 }: { delay?: number; loss?: number } = {}): Promise<Lab> {
  const names = ['a', 'b'].map((end) => `sockctl${process.pid}${made}${end}`) as [string, string];
  made++;
  for (const name of names) ip('netns', 'add', name);
  const child: ChildProcess = spawn('python3', ['-c', mover, ...names, String(delay), String(loss)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  await once(child.stdout as NodeJS.ReadableStream, 'data');
  for (const [i, name] of names.entries()) {
    ip('-n', name, 'addr', 'add', `10.77.0.${i + 1}/24`, 'dev', 'path0');
    ip('-n', name, 'link', 'set', 'path0', 'up');
  }
  const [near, far] = (await Promise.all(names.map((name) => python('ip', 'netns', 'exec', name)))) as [Python, Python];
  for (const program of [near, far]) await program.run('import threading, time');
  return {
    near,
    far,
    cut: () => void child.stdin?.write('cut\n'),
    async end() {
      await Promise.all([near.end(), far.end()]);
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
      for (const name of names) ip('netns', 'del', name);
    },
  };
}
