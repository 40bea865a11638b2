// With less than root, and with less of a system: what is still seen, what is said of the rest, and nothing that crashes.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasPython } from '../helpers.ts';
import { enterNetwork } from '../socket/datagram-netns.ts';
import { type Python, python } from './check-programs.ts';
import { type Elsewhere, elsewhere, nobody } from './elsewhere.ts';

// A network of its own: what else runs on this machine has no part in it.
const available =
  process.platform === 'linux' &&
  process.getuid?.() === 0 &&
  hasPython &&
  !spawnSync('setpriv', ['-V']).error &&
  enterNetwork();
/** A new mount namespace, in which a shell line prepares what the command finds. */
const mounts = (line: string): string[] => ['unshare', '--mount', 'sh', '-c', `${line} && exec "$@"`, 'sh'];

interface Listed {
  all: { kind: string; state: string; inode: number; uid?: number; owners: { pid: number; fd: number }[] }[];
  blindness: { kind: string; count?: number; message: string }[];
}
interface Refused {
  code?: string;
  message?: string;
  hint?: string;
}

const prepare = `
s = socket(); s.bind(('127.0.0.1', 0)); s.listen(); s.setsockopt(SOL_SOCKET, SO_PRIORITY, 3)
fresh = socket(); inode = lambda one: os.fstat(one.fileno()).st_ino`;

describe.skipIf(!available)('needs root, python3 and setpriv: with less', () => {
  let there: Elsewhere;
  let ofRoot: Python;
  let ofNobody: Python;
  const inodes: Record<'root' | 'nobody' | 'fresh', number> = { root: 0, nobody: 0, fresh: 0 };
  const fds = { root: 0, nobody: 0 };

  beforeAll(async () => {
    there = elsewhere('faults');
    ofRoot = await python();
    ofNobody = await python();
    // By itself, for python3 may be in a folder that is closed to others; that alone would guard it from its own user.
    await ofNobody.run(
      'import ctypes; os.setgroups([]); os.setgid(65534); os.setuid(65534); ctypes.CDLL(None).prctl(4, 1)',
    );
    for (const [name, program] of [
      ['root', ofRoot],
      ['nobody', ofNobody],
    ] as const) {
      await program.run(prepare);
      inodes[name] = (await program.value('inode(s)')) as number;
      fds[name] = (await program.value('s.fileno()')) as number;
    }
    inodes.fresh = (await ofRoot.value('inode(fresh)')) as number;
  });
  afterAll(async () => {
    await ofRoot?.end();
    await ofNobody?.end();
    there?.remove();
  });

  const kinds = ({ blindness }: Listed): string[] => blindness.map(({ kind }) => kind);
  const find = ({ all }: Listed, inode: number) => all.find((one) => one.inode === inode);
  /** A listing, with the options of both listeners and the refusals of these. */
  const look = (
    before: readonly string[],
    options = "{ namespace: 'own' }",
    more: readonly number[] = [],
  ): { list: Listed; root: Refused; nobody: Refused } =>
    there.run(
      before,
      `
      const list = listed(${JSON.stringify([...Object.values(inodes), ...more])}, ${options});
      const borrowed = (pid, fd) => thrown(() => sockctl.borrow(pid, fd, (one) => sockctl.snapshot(one)));
      report({ list, root: borrowed(${ofRoot.pid}, ${fds.root}), nobody: borrowed(${ofNobody.pid}, ${fds.nobody}) });`,
    );

  describe('as another user', () => {
    it('all sockets of the tables are there, owners and options of the own ones only, and it says so', (context) => {
      if (!there.openToAll) context.skip('this checkout is closed to other users');
      const { list, root, nobody: own } = look(nobody);
      expect(find(list, inodes.root)).toMatchObject({ kind: 'tcp', state: 'LISTEN', uid: 0, owners: [] });
      expect(find(list, inodes.nobody)?.owners).toMatchObject([{ pid: ofNobody.pid, fd: fds.nobody }]);
      expect(find(list, inodes.fresh)).toBeUndefined();
      expect(kinds(list)).toEqual(['processes']);
      for (const { count, message } of list.blindness)
        expect([(count as number) > 0, message]).toEqual([true, expect.stringContaining('run as root')]);
      expect(own).toEqual({});
      expect(root).toMatchObject({ name: 'SocketOptionError', code: 'EPERM' });
      expect(root.hint).toBe(
        `Process ${ofRoot.pid} is another user's, or guards itself (setuid, PR_SET_DUMPABLE): run as root, or with CAP_SYS_PTRACE`,
      );
    });

    it('a program of the same user that guards itself is refused, and root reads it', async (context) => {
      if (!there.openToAll) context.skip('this checkout is closed to other users');
      const PR_SET_DUMPABLE = 4;
      await ofNobody.run(`ctypes.CDLL(None).prctl(${PR_SET_DUMPABLE}, 0, 0, 0, 0)`);
      const { list, nobody: guarded } = look(nobody);
      expect(find(list, inodes.nobody)?.owners).toEqual([]);
      expect(guarded).toMatchObject({ code: 'EPERM' });
      expect(guarded.hint).toContain('PR_SET_DUMPABLE');
      expect(look([]).nobody).toEqual({});
      await ofNobody.run(`ctypes.CDLL(None).prctl(${PR_SET_DUMPABLE}, 1, 0, 0, 0)`);
      expect(look(nobody).nobody).toEqual({});
    });

    it('hidepid: the processes of others are not there at all', (context) => {
      if (!there.openToAll) context.skip('this checkout is closed to other users');
      const { list, nobody: own } = look([...mounts('mount -t proc -o hidepid=2 proc /proc'), ...nobody]);
      expect(kinds(list)).toEqual(['hidden']);
      expect(list.blindness[0]?.message).toContain('hidepid');
      expect(find(list, inodes.root)?.owners).toEqual([]);
      expect(find(list, inodes.nobody)?.owners).toHaveLength(1);
      expect(own).toEqual({});
    });
  });

  it('without CAP_SYS_PTRACE root is refused what has more than it', () => {
    const { list, root, nobody: other } = look(['setpriv', '--bounding-set=-sys_ptrace', '--inh-caps=-sys_ptrace']);
    expect(find(list, inodes.root)?.owners).toEqual([]);
    expect(kinds(list)).toContain('processes');
    for (const refused of [root, other]) {
      expect(refused.code).toBe('EPERM');
      expect(refused.hint).toContain('CAP_SYS_PTRACE');
    }
  });

  it('CAP_SYS_PTRACE alone opens no folder of others: that takes CAP_DAC_READ_SEARCH, which is said', (context) => {
    if (!there.openToAll) context.skip('this checkout is closed to other users');
    const as = (capabilities: string): Listed =>
      look([...nobody.slice(0, -1), `--inh-caps=${capabilities}`, `--ambient-caps=${capabilities}`]).list;
    const one = as('+sys_ptrace');
    expect(find(one, inodes.root)?.owners).toEqual([]);
    expect(one.blindness.map(({ message }) => message)).toEqual([
      expect.stringContaining('it needs CAP_DAC_READ_SEARCH'),
    ]);
    const both = as('+sys_ptrace,+dac_read_search');
    expect(find(both, inodes.root)?.owners).toHaveLength(1);
    expect(find(both, inodes.fresh)).toMatchObject({ kind: 'tcp', state: 'CLOSE' });
  });

  it('Yama: the hint names its setting', (context) => {
    if (!existsSync('/proc/sys/kernel/yama/ptrace_scope')) context.skip('this kernel is built without Yama');
    if (!there.openToAll) context.skip('this checkout is closed to other users');
    expect(look(nobody).root.hint).toMatch(/Yama|another user/);
  });

  it('in a user namespace: the capability is there, but not over processes outside', () => {
    const { list, root } = look(['unshare', '--user', '--map-root-user']);
    expect(find(list, inodes.root)).toBeDefined();
    expect(root.code).toBe('EPERM');
    expect(root.hint).toContain('user namespace');
  });

  describe('without /proc', () => {
    it.each([
      ['unmounted', 'umount -l /proc', '/proc is not mounted'],
      ['empty', 'mount -t tmpfs none /proc', '/proc is not mounted'],
    ])('%s: the tables are there, nobody is known, and it says so', (_, line, words) => {
      const { list, root } = look(mounts(line));
      expect(find(list, inodes.root)).toMatchObject({ kind: 'tcp', state: 'LISTEN', owners: [] });
      expect(kinds(list)).toEqual(['hidden']);
      expect(list.blindness[0]?.message).toContain(words);
      // Whoever knows the descriptor needs no /proc.
      expect(root).toEqual({});
    });

    it('what asks for processes is refused, and says why', () => {
      const refused = there.run(
        mounts('umount -l /proc'),
        'report([{ pid: 1 }, { process: () => true }].map((options) => thrown(() => [...sockctl.sockets(options)])))',
      ) as Refused[];
      for (const { code, message } of refused) {
        expect([code, message]).toEqual(['ERR_UNSUPPORTED', expect.stringContaining('/proc is not mounted')]);
      }
    });

    it('that of another pid namespace is not taken for ours', () => {
      const { all, blindness } = there.run(
        ['unshare', '--pid', '--fork'],
        `report(listed([${inodes.root}], { namespace: 'own' }))`,
      ) as Listed;
      expect(all.find(({ inode }) => inode === inodes.root)?.owners).toEqual([]);
      expect(blindness.map(({ message }) => message)).toEqual([expect.stringContaining('another pid namespace')]);
    });
  });

  it('a pid that is another process’s by now is not taken for the one that was meant', (context) => {
    // In a pid namespace of its own the next number can be chosen, and no other program is in the way.
    const script = `
import os, socket, subprocess, sys, time
def child():
    r, w = os.pipe()
    pid = os.fork()
    if pid == 0:
        s = socket.socket(); os.dup2(s.fileno(), 50); os.write(w, b'x'); time.sleep(1000)
    os.read(r, 1)
    return pid, open(f'/proc/{pid}/stat').read().rsplit(')')[1].split()[19]
first = child()
time.sleep(0.05)
os.kill(first[0], 9); os.waitpid(first[0], 0)
open('/proc/sys/kernel/ns_last_pid', 'w').write(str(first[0] - 1))
second = child()
subprocess.run(sys.argv[1:], env={**os.environ, 'FIRST': str(first), 'SECOND': str(second)})`;
    const before = ['unshare', '--pid', '--fork', '--kill-child', '--mount-proc', 'python3', '-c', script];
    const {
      pids,
      starts,
      meant,
      there: found,
    } = there.run(
      before,
      `
      const [[first, one], [second, two]] = [process.env.FIRST, process.env.SECOND].map((text) => text.match(/[0-9]+/g).map(Number));
      const type = () => sockctl.borrow(second, 50, { start: two }, (socket) => sockctl.getsockopt(socket, sockctl.SO_TYPE));
      const meant = thrown(() => sockctl.borrow(first, 50, { start: one }));
      report({ pids: [first, second], starts: [one, two], meant, there: type() });`,
    );
    if (pids[0] !== pids[1]) context.skip('pids cannot be chosen here');
    expect(starts[0]).not.toBe(starts[1]);
    expect(meant).toMatchObject({ code: 'ERR_NO_PROCESS', message: expect.stringContaining('is another one by now') });
    expect(found).toBe(1);
  });

  describe('under a seccomp filter', () => {
    const EPERM = 1;
    const ENOSYS = 38;

    it.each([
      ['pidfd_open', EPERM, 'EPERM', 'forbids pidfd_open'],
      ['pidfd_open', ENOSYS, 'ENOSYS', 'Linux 5.6'],
      ['pidfd_getfd', EPERM, 'EPERM', 'seccomp'],
      ['pidfd_getfd', ENOSYS, 'ENOSYS', 'Linux 5.6'],
    ])('%s refused with errno %i: the tables tell, descriptors are unknown', (call, errno, code, words) => {
      if (!there.refuse) return expect(there.refuse, 'no C compiler').toBeUndefined();
      const { list, root } = look([there.refuse, `${call}=${errno}`, '--']);
      expect(root.code).toBe(code);
      expect(root.hint).toContain(words);
      expect(find(list, inodes.root)?.owners).toMatchObject([{ pid: ofRoot.pid, fd: fds.root }]);
      expect(find(list, inodes.fresh)).toMatchObject({ kind: 'unknown', state: 'UNKNOWN' });
    });

    it.each([EPERM, ENOSYS])('netlink sockets refused with errno %i: all are found by their descriptors', (errno) => {
      if (!there.refuse) return expect(there.refuse, 'no C compiler').toBeUndefined();
      const { list, root } = look([there.refuse, `socket:16=${errno}`, '--']);
      expect(kinds(list)).toEqual(expect.arrayContaining(['namespace']));
      expect(list.blindness[0]?.message).toMatch(/cannot be read \(.*(EPERM|ENOSYS|not permitted|not implemented)/);
      expect(find(list, inodes.root)).toMatchObject({ kind: 'tcp', state: 'LISTEN' });
      expect(find(list, inodes.fresh)).toMatchObject({ kind: 'tcp', state: 'CLOSE' });
      expect(root).toEqual({});
    });

    it.each([EPERM, ENOSYS])(
      'setns refused with errno %i: other namespaces are told, the own one is whole',
      async (errno) => {
        if (!there.refuse) return expect(there.refuse, 'no C compiler').toBeUndefined();
        const inside = await python('unshare', '--net');
        try {
          await inside.run(prepare);
          const inode = (await inside.value('inode(s)')) as number;
          const { list } = look([there.refuse, `setns=${errno}`, '--'], '{}', [inode]);
          expect(kinds(list)).toContain('namespace');
          expect(find(list, inodes.root)).toBeDefined();
          // Its descriptors may still be borrowed.
          expect(find(list, inode)).toMatchObject({ kind: 'tcp', state: 'LISTEN' });
        } finally {
          await inside.end();
        }
      },
    );
  });
});
