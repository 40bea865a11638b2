// Which live sockets a verb is about: the flags that ps, get, set, watch, check and metrics share.
import type { Filter } from '../live/filter/filter.ts';
import type { SocketsOptions } from '../live/query.ts';
import type { LiveProtocol } from '../live/sort.ts';
import { choose, type Flag, type Request } from './command.ts';
import { usage } from './usage.ts';

/** For the flags of a verb: `{ ...selectFlags, ... }`. */
export const selectFlags = {
  pid: { about: 'only sockets of these processes', value: 'PID[,PID]' },
  process: { about: "by a process's name, its program's or its script's; * is any part", value: 'NAME[,NAME]' },
  user: { about: 'by the user who made the socket, or whose process has it', value: 'USER[,USER]' },
  proto: {
    about: 'tcp, mptcp, udp, udplite, sctp, icmp, raw, unix, netlink, packet, vsock, xdp, other',
    value: 'PROTO[,PROTO]',
  },
  state: { about: 'ESTABLISHED, LISTEN, TIME_WAIT, ...; CONNECTED, BOUND, UNCONNECTED', value: 'STATE[,STATE]' },
  port: { about: 'local or remote port, or a range of them', value: 'PORT[,PORT]' },
  local: { about: 'local address, network, :port, or path of a unix socket', value: 'ADDRESS[,ADDRESS]' },
  remote: { about: 'remote address, network or :port: 10.0.0.0/8, [::1]:443', value: 'ADDRESS[,ADDRESS]' },
  option: { about: 'an option that has this value; may be repeated', value: 'OPTION=VALUE', many: true },
  where: { about: "a filter: 'SO_KEEPALIVE=off and remote port 5432'; may be repeated", value: 'FILTER', many: true },
} satisfies Readonly<Record<string, Flag>>;

type Test = Filter['test'];

/** The words of a comma list; undefined where the flag is not given. */
function listOf(request: Request, flag: keyof typeof selectFlags): string[] | undefined {
  const text = request.value(flag);
  if (text === undefined) return undefined;
  const words = text.split(',').map((word) => word.trim());
  if (words.includes('')) throw usage(`--${flag} has an empty word in ${text}`, `--${flag} ${selectFlags[flag].value}`);
  return words;
}

/** One of them is for it; undefined where none is for sure, and one cannot be known. */
function some(tests: readonly Test[]): Test {
  if (tests.length === 1) return tests[0] as Test;
  return (socket) => {
    let verdict: boolean | undefined = false;
    for (const test of tests) {
      const one = test(socket);
      if (one === true) return true;
      if (one === undefined) verdict = undefined;
    }
    return verdict;
  };
}

/** All of them are for it. The cheap ones come first: a `false` spares the others. */
function every(tests: readonly Test[]): Test {
  if (tests.length === 1) return tests[0] as Test;
  return (socket) => {
    let verdict: boolean | undefined = true;
    for (const test of tests) {
      const one = test(socket);
      if (one === false) return false;
      if (one === undefined) verdict = undefined;
    }
    return verdict;
  };
}

function pidsOf(words: readonly string[]): number[] {
  return words.map((word) => {
    if (/^[1-9]\d{0,9}$/.test(word)) return Number(word);
    throw usage(`--pid takes numbers of processes, got ${word}`, 'For a name: --process NAME');
  });
}

async function protosOf(words: readonly string[]): Promise<LiveProtocol[]> {
  const { liveProtocols } = await import('../live/sort.ts');
  return words.map((word) => choose('protocol', word, liveProtocols));
}

async function processTest(patterns: readonly string[]): Promise<NonNullable<SocketsOptions['process']>> {
  const { processNamed } = await import('../live/programs.ts');
  return processNamed(patterns);
}

async function userTest(words: readonly string[]): Promise<Test> {
  const [{ userId }, { processUser }] = await Promise.all([
    import('../live/users.ts'),
    import('../kernel/processes.ts'),
  ]);
  const wanted = new Set(
    words.map((word) => {
      const uid = userId(word);
      if (uid === undefined) throw usage(`there is no user ${word}`, 'A number works where a name is not known');
      return uid;
    }),
  );
  const users = new Map<number, number | undefined>();
  const userOf = (pid: number): number | undefined => {
    if (!users.has(pid)) users.set(pid, processUser(pid));
    return users.get(pid);
  };
  return (socket) => {
    // What nobody has any more says 0, whoever had it.
    if (socket.inode !== 0 && socket.uid !== undefined && wanted.has(socket.uid)) return true;
    return socket.owners.some(({ pid }) => wanted.has(userOf(pid) as number));
  };
}

function portTest(words: readonly string[]): Test {
  const ranges = words.map((word) => {
    const [, low = '', high = low] = /^:?(\d{1,5})(?:-(\d{1,5}))?$/.exec(word) ?? [];
    const [from, to] = [Number(low), Number(high)];
    if (low !== '' && from <= to && to <= 0xffff) return [from, to] as const;
    throw usage(`--port takes 443 or 8000-8999, got ${word}`);
  });
  return (socket) => {
    // What a raw socket has in that place is its protocol.
    if (socket.proto === 'raw') return false;
    const { local, remote } = socket;
    for (const end of [local, remote]) {
      if (end === undefined || !('port' in end)) continue;
      if (ranges.some(([from, to]) => end.port >= from && end.port <= to)) return true;
    }
    return false;
  };
}

const isPath = (word: string): boolean => /^[/@]/.test(word);

async function endTest(which: 'local' | 'remote', words: readonly string[]): Promise<Test> {
  const [{ addressPattern, ipBytes }, { pathGlob }] = await Promise.all([
    import('../policy/address.ts'),
    import('../policy/glob.ts'),
  ]);
  const tests = words.map((word): Test => {
    if (isPath(word)) {
      const glob = pathGlob(word);
      return (socket) => {
        const end = socket[which];
        return end?.family === 'unix' && glob.test(end.path.replace(/^\0/, '@'));
      };
    }
    const test = addressPattern(word);
    if (typeof test !== 'function') throw usage(`--${which} takes ${test.expects}, got ${word}`, test.hint);
    return (socket) => {
      const end = socket[which];
      if (end?.family !== 'inet' && end?.family !== 'inet6') return false;
      return test({ address: ipBytes(end.address), port: end.port });
    };
  });
  return some(tests);
}

/** The tests and the filters as one; `TCP_NODELAY=off` is a filter as it stands. */
async function filterOf(tests: readonly Test[], texts: readonly string[]): Promise<Filter> {
  if (texts.length === 0) return { test: every(tests) };
  const { allOf, parseFilter } = await import('../live/filter/index.ts');
  return allOf([...tests.map((test) => ({ test })), ...texts.map((text) => parseFilter(text))]);
}

function assignmentsOf(request: Request): readonly string[] {
  const texts = request.values('option');
  for (const text of texts) {
    if (/^\s*\w+\s*(=|!=|[<>]=?)\s*\S/.test(text)) continue;
    throw usage(`--option takes OPTION=VALUE, got ${text}`, 'TCP_NODELAY=off; sockctl list names the options');
  }
  return texts;
}

/**
 * What the flags say, as options of `sockets()` and `findSockets()`.
 * @param more filters besides --where, such as the word behind `ps`
 * @throws SockctlError ERR_USAGE, ERR_FILTER, ERR_INVALID_ARGUMENT
 */
export async function selectionOf(request: Request, more: readonly string[] = []): Promise<SocketsOptions> {
  const list = (flag: keyof typeof selectFlags): string[] | undefined => listOf(request, flag);
  const [pid, process, user, proto, state, port, local, remote] = [
    list('pid'),
    list('process'),
    list('user'),
    list('proto'),
    list('state'),
    list('port'),
    list('local'),
    list('remote'),
  ];
  const tests: Test[] = [
    ...(port ? [portTest(port)] : []),
    ...(local ? [await endTest('local', local)] : []),
    ...(remote ? [await endTest('remote', remote)] : []),
    ...(user ? [await userTest(user)] : []),
  ];
  // Only these have paths; a verb that looks at a few protocols looks there then.
  const paths = [...(local ?? []), ...(remote ?? [])];
  const implied: LiveProtocol[] | undefined = paths.length > 0 && paths.every(isPath) ? ['unix'] : undefined;
  const protos = proto ? await protosOf(proto) : implied;
  const texts = [...more, ...request.values('where'), ...assignmentsOf(request)];
  return {
    ...(pid && { pid: pidsOf(pid) }),
    ...(process && { process: await processTest(process) }),
    ...(protos && { proto: protos }),
    ...(state && { state }),
    ...(tests.length + texts.length > 0 && { where: await filterOf(tests, texts) }),
  };
}

/** Whether any of the flags narrows the choice. */
export function isSelective(request: Request): boolean {
  return Object.keys(selectFlags).some((flag) => request.has(flag));
}
